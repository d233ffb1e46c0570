"""Zone data with rules that no country has made, in a folder that zoneinfo can be pointed at."""

from __future__ import annotations

import zoneinfo
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.zone_data import forget_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_TRANSITIONS = (0, 0, 0, 0, 1, 4)
_ONE_OFFSET = b"\0\0\0\0" + b"\0" + b"\0" + b"LMT\0"


def make_zone(folder: Path, zone: str, rule: str) -> None:
    """Make a zone that keeps a POSIX rule for ever, such as "<+03>-3" for three hours ahead of UTC.

    A file that is there is replaced in one step, as packages do it.
    """
    counts = b"".join(number.to_bytes(4, "big") for number in _NO_TRANSITIONS)
    block = b"TZif2" + bytes(15) + counts + _ONE_OFFSET
    file = folder.joinpath(*zone.split("/"))
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.write_bytes(block + block + b"\n" + rule.encode("ascii") + b"\n")
    unfinished.rename(file)


@contextmanager
def zones_from(folder: Path) -> Iterator[None]:
    """Have this process read a zone from a folder, if it is there, and else from the tzdata package."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([folder.absolute()])
    forget_rules()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(before)
        forget_rules()
