"""The invented study server, as server.toml and people/ describe it. Nobody in it exists."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path

from bot.localtime import instant
from demo import choosing, shelving
from demo.biography import Person, read_person
from demo.choosing import Choosing
from demo.shelving import Shelving

FOLDER = Path(__file__).parent


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


@dataclass(frozen=True, slots=True)
class Outage:
    """From when to when nobody could reach the bot."""

    began: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """When the admin chose the day of the look back and wrote the server's own questions, and these."""

    at: datetime
    look_back_day: int
    look_back_hour: int
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class LeadsWanted:
    """When the admin chose where and when job leads are posted, and which suit the server."""

    at: datetime
    channel: str
    hour: int
    mark: int
    places: str
    languages: str


@dataclass(frozen=True)
class World:
    """The server with its people and what they said; `owner` is the key of who looks after it.

    Before `opens` all is lived through the bot's services alone, so that months pass in a moment; from then
    on the bot stands in the channels.
    """

    name: str
    owner: str
    zone: str
    prompt_hour: int
    checkin_channel: str
    opens: datetime
    settled: Settled
    leads: LeadsWanted
    channels: Sequence[Channel]
    people: Sequence[Person]
    said: Sequence[Said]
    outages: Sequence[Outage]
    choosing: Choosing
    shelving: Shelving

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
        opens=server["opens"].astimezone(UTC),
        settled=Settled(**{**server["settled"], "at": server["settled"]["at"].astimezone(UTC)}),
        leads=LeadsWanted(**{**server["leads"], "at": server["leads"]["at"].astimezone(UTC)}),
        channels=[Channel(**channel) for channel in server["channel"]],
        people=[read_person(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths],
        said=[Said(**{**said, "at": said["at"].astimezone(UTC)}) for said in server["said"]],
        outages=[
            Outage(outage["began"].astimezone(UTC), outage["ended"].astimezone(UTC))
            for outage in server["outage"]
        ],
        choosing=choosing.load(),
        shelving=shelving.load(),
    )
