"""Which rules the zone data of this machine holds, and letting go of those that were read before."""

import zoneinfo
from hashlib import blake2b
from importlib import resources
from pathlib import Path

from bot import localtime, zones


def rules_of(zone: str) -> str | None:
    """A few letters that stand for a zone's rules as the machine has them now; None where it has none.

    Nothing that was read before is asked, so this notices that the data was brought up to date meanwhile.
    """
    parts = zone.split("/")
    for folder in zoneinfo.TZPATH:
        try:
            return _letters(Path(folder, *parts).read_bytes())
        except (OSError, ValueError):
            continue
    try:
        return _letters(resources.files("tzdata.zoneinfo").joinpath(*parts).read_bytes())
    except (OSError, ValueError, ModuleNotFoundError):
        return None


def forget_rules() -> None:
    """Have the rules of every zone read anew when they are needed next."""
    zoneinfo.ZoneInfo.clear_cache()
    localtime.forget_rules()
    zones.forget_rules()


def _letters(content: bytes) -> str:
    return blake2b(content, digest_size=6).hexdigest()
