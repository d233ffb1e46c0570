"""The invented study server, as server.toml and people/ describe it. Nobody in it exists."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

from bot.localtime import instant

FOLDER = Path(__file__).parent
EARLIEST, LATEST = -35, 45
"""Minutes before and after the time of their routine at which people check in."""


@dataclass(frozen=True, slots=True)
class PastCheckIn:
    """What somebody reported for a local day, and when."""

    at: datetime
    done: str
    next: str
    blocked: str
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Person:
    """A member: who, where, since when, with which routine; and whether a page looks through their eyes."""

    key: str
    name: str
    username: str
    zone: str
    joined: date
    days: str
    at: time
    ping: bool
    viewer: bool
    checkins: Sequence[PastCheckIn]

    @property
    def city(self) -> str:
        """The city their time zone is named after."""
        return self.zone.rsplit("/", 1)[-1].replace("_", " ")


@dataclass(frozen=True, slots=True)
class Channel:
    """A text channel."""

    name: str
    topic: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something a member wrote beside the check-ins."""

    at: datetime
    by: str
    channel: str
    text: str


@dataclass(frozen=True)
class World:
    """The server with its people and what they said; `owner` is the key of who looks after it."""

    name: str
    owner: str
    zone: str
    prompt_hour: int
    checkin_channel: str
    channels: Sequence[Channel]
    people: Sequence[Person]
    said: Sequence[Said]

    @cached_property
    def begins(self) -> datetime:
        """When the first member came."""
        return min(joining(person) for person in self.people)


def joining(person: Person) -> datetime:
    """The instant at which a member came and set their routine: early on their first day."""
    return instant(person.joined, time(0, 5), person.zone)


def load() -> World:
    """The world of the demo."""
    server = tomllib.loads((FOLDER / "server.toml").read_text(encoding="utf-8"))
    paths = sorted((FOLDER / "people").glob("*.toml"))
    return World(
        name=server["name"],
        owner=server["owner"],
        zone=server["zone"],
        prompt_hour=server["prompt_hour"],
        checkin_channel=server["checkin_channel"],
        channels=[Channel(**channel) for channel in server["channel"]],
        people=[_person(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths],
        said=[Said(**{**said, "at": said["at"].astimezone(UTC)}) for said in server["said"]],
    )


def _person(key: str, table: dict[str, Any]) -> Person:
    return Person(
        key=key,
        name=table["name"],
        username=table["username"],
        zone=table["zone"],
        joined=table["joined"],
        days=table["days"],
        at=table["at"],
        ping=table["ping"],
        viewer=table.get("viewer", False),
        checkins=[_checkin(key, table, entry) for entry in table["checkin"]],
    )


def _checkin(key: str, person: dict[str, Any], entry: dict[str, Any]) -> PastCheckIn:
    # People are neither punctual nor random: the same day has the same minute at every start.
    minutes = EARLIEST + crc32(f"{key} {entry['on']}".encode()) % (LATEST - EARLIEST)
    return PastCheckIn(
        at=instant(entry["on"], person["at"], person["zone"]) + timedelta(minutes=minutes),
        done=entry["done"],
        next=entry.get("next", ""),
        blocked=entry.get("blocked", ""),
        kind=entry["kind"],
        minutes=entry["minutes"],
    )
