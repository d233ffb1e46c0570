"""The machine the bot runs on: its clock, its data about time zones, and its Python."""

import platform
import re
import sqlite3
import zoneinfo
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib import metadata, resources
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.wording import span

CLOCK, ZONES, VERSIONS = "clock", "zone data", "versions"

MAY_BE_OFF_BY = timedelta(seconds=5)
IS_WRONG_BY = timedelta(minutes=1)

OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""

SHOWN = ("discord.py", "aiohttp", "pydantic", "pillow", "tzdata")

UPDATE = "Update it: apt install --only-upgrade tzdata, or whatever your system has for it."


def off_by(date_header: str, asked: datetime, answered: datetime) -> timedelta | None:
    """By how much this machine's clock is ahead of a server's; None where the header is no date.

    The header has whole seconds, so the result is good to half a second and half the time of the answer.
    """
    try:
        told = parsedate_to_datetime(date_header)
    except ValueError:
        return None
    told = told.replace(tzinfo=told.tzinfo or UTC)
    return asked + (answered - asked) / 2 - (told + timedelta(seconds=0.5))


def judge_clock(off: timedelta) -> Finding:
    """Whether this machine's clock is right, by how much it is ahead."""
    told = (
        f"This machine's clock is {span(abs(off))} {'ahead of' if off > timedelta() else 'behind'} Discord's"
    )
    if abs(off) <= MAY_BE_OFF_BY:
        return ok(CLOCK, "This machine's clock is that of Discord, to within some seconds.")
    advice = "Have it set over the network: timedatectl set-ntp true, or chrony."
    return wrong(CLOCK, f"{told}.", advice) if abs(off) > IS_WRONG_BY else warning(CLOCK, f"{told}.", advice)


def judge_zones(zones: Collection[str], now: datetime) -> Finding:
    """Whether the zones that are in use are known, and known as well as the tzdata package knows them."""
    unknown = sorted(zone for zone in zones if _clock(zone) is None)
    if unknown:
        return wrong(ZONES, f"Not known here: {', '.join(unknown)}.", UPDATE)
    version, where = _version()
    told = f"Version {version or 'unknown'} of {where}; {len(zones)} zones are in use."
    if outdated := sorted(zone for zone in zones if _differs(zone, now)):
        return warning(
            ZONES,
            f"{told} The tzdata package knows better by now in: {', '.join(outdated)}.",
            UPDATE,
        )
    year = re.match(r"(\d{4})[a-z]", version or "")
    if year and now.year - int(year[1]) >= 2:
        return warning(ZONES, told, UPDATE)
    return ok(ZONES, told)


def judge_versions() -> Finding:
    """What the program runs on."""
    installed = ", ".join(f"{name} {version}" for name, version in _installed())
    told = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {installed}."
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        return wrong(VERSIONS, told, f"SQLite has to be {oldest} or newer: use a newer Python or system.")
    return ok(VERSIONS, told)


def _installed() -> Iterator[tuple[str, str]]:
    yield "autodidact", metadata.version("autodidact")
    for name in SHOWN:
        yield name, metadata.version(name)


def _version() -> tuple[str | None, str]:
    """The version of the zone data that holds, and whose it is."""
    for folder in zoneinfo.TZPATH:
        if (Path(folder) / "UTC").exists():
            return _version_in(Path(folder)), f"the system's ({folder})"
    return metadata.version("tzdata"), "the tzdata package"


def _version_in(folder: Path) -> str | None:
    for name in ("tzdata.zi", "+VERSION"):
        try:
            with (folder / name).open(encoding="ascii") as file:
                found = re.search(r"\d{4}[a-z]+", file.readline())
        except (OSError, ValueError):
            continue
        if found:
            return found[0]
    return None


def _clock(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return None


def _differs(zone: str, now: datetime) -> bool:
    """Whether a day of the coming year has another offset than in the tzdata package."""
    parts = zone.split("/")
    file = resources.files("tzdata.zoneinfo").joinpath(*parts)
    held = _clock(zone)
    try:
        with file.open("rb") as content:
            packaged = ZoneInfo.from_file(content, key=zone)
    except (OSError, ValueError):
        return False
    days = (now + timedelta(days=number) for number in range(366))
    return any(day.astimezone(held).utcoffset() != day.astimezone(packaged).utcoffset() for day in days)
