"""What the invented people do with resources, as shelf.toml tells."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.resources.addresses import address_key
from bot.resources.entry import Entry
from bot.resources.links.rules import ALIVE, NOT_THERE, Looked, failed
from bot.resources.reading import read_entry

if TYPE_CHECKING:
    from demo.doings import Doing
    from demo.stage import Stage

FILE = Path(__file__).parent / "shelf.toml"

BETWEEN = timedelta(hours=3)
"""Between two resources that somebody marks."""


@dataclass(frozen=True, slots=True)
class Curators:
    """When the admin gave the curators a channel."""

    at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class OwnResource:
    """A resource that the server has of its own, who suggested it, and when it went from the web."""

    entry: Entry
    by: str
    at: datetime
    gone: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedSuggestion:
    """A suggestion, and why and when it was declined, if it was."""

    title: str
    address: str
    good_for: str
    by: str
    at: datetime
    declined_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """What some searched for in vain, one after the other."""

    query: str
    by: Sequence[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class DeadLinkReport:
    """Somebody found that the link of one of the server's own resources is dead."""

    title: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Marks:
    """What resources are to somebody, by their titles, from an instant on."""

    by: str
    at: datetime
    saved: Sequence[str] = ()
    started: Sequence[str] = ()
    finished: Sequence[str] = ()
    helped: Sequence[str] = ()

    def one_by_one(self) -> Iterator[tuple[datetime, str, str]]:
        """When they marked which resource as what: "save", "start", "finish" or "thank"."""
        done = (
            ("finish", self.finished),
            ("start", self.started),
            ("save", self.saved),
            ("thank", self.helped),
        )
        marks = [(what, title) for what, titles in done for title in titles]
        for number, (what, title) in enumerate(marks):
            yield self.at + number * BETWEEN, what, title


@dataclass(frozen=True, slots=True)
class Shelving:
    """All that people do with resources."""

    curators: Curators
    own: Sequence[OwnResource]
    suggestions: Sequence[PlannedSuggestion]
    misses: Sequence[Miss]
    reports: Sequence[DeadLinkReport]
    marks: Sequence[Marks]


def load() -> Shelving:
    """What the file says."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Shelving(
        Curators(**_in_utc(table["curators"])),
        [_own(_in_utc(entry)) for entry in table["own"]],
        [PlannedSuggestion(**_in_utc(entry)) for entry in table["suggestion"]],
        [Miss(**_in_utc(entry)) for entry in table["miss"]],
        [DeadLinkReport(**_in_utc(entry)) for entry in table["report"]],
        [Marks(**_in_utc(entry)) for entry in table["marks"]],
    )


def _own(table: dict[str, Any]) -> OwnResource:
    about = {name: table.pop(name) for name in ("by", "at", "gone") if name in table}
    return OwnResource(read_entry({"maths": False, **table}), **about)


def _in_utc(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.astimezone(UTC) if isinstance(value, datetime) else value for name, value in entry.items()
    }


class InventedLinks:
    """Looks at links without a network: all are fine but those that have gone from the invented web."""

    def __init__(self, clock: Clock):
        self._clock = clock
        self._gone = {address_key(own.entry.address): own.gone for own in load().own if own.gone is not None}

    async def look(self, address: str) -> Looked:
        """Whether there is something behind an address by now."""
        gone = self._gone.get(address_key(address))
        is_gone = gone is not None and gone <= self._clock.now()
        return Looked(failed(NOT_THERE) if is_gone else ALIVE, frozenset({urlsplit(address).netloc}))


async def gives_curators_a_channel(stage: "Stage") -> None:
    """The admin gives the curators a channel."""
    channel = stage.channels[stage.world.shelving.curators.channel]
    await stage.actors[stage.world.owner].slash(stage.checkin_channel, "setup", curators_channel=channel)


def takes_in(own: OwnResource) -> "Doing":
    """Somebody suggests a resource, and a curator fills in the rest and takes it in."""

    async def happen(stage: "Stage") -> None:
        curation, entry = stage.services.curation, own.entry
        suggestion = await curation.suggest(
            stage.guild.id,
            stage.actors[own.by].id,
            address=entry.address,
            title=entry.title,
            good_for=entry.good_for,
        )
        filled_in = ("kind", "level", "topics", "cost", "maths", "step")
        fields = {name: getattr(entry, name) for name in filled_in}
        if entry.minutes is not None:
            fields["hours"] = entry.minutes / 60
        await curation.change(stage.guild.id, suggestion.id, **fields)
        await curation.accept(stage.guild.id, suggestion.id)

    return happen


def suggests(planned: PlannedSuggestion) -> "Doing":
    """Somebody suggests a resource."""

    async def happen(stage: "Stage") -> None:
        await stage.services.curation.suggest(
            stage.guild.id,
            stage.actors[planned.by].id,
            address=planned.address,
            title=planned.title,
            good_for=planned.good_for,
        )

    return happen


def declines(planned: PlannedSuggestion) -> "Doing":
    """A curator declines what somebody suggested."""

    async def happen(stage: "Stage") -> None:
        curation = stage.services.curation
        (waiting,) = (one for one in await curation.queue(stage.guild.id) if one.entry.title == planned.title)
        await curation.decline(stage.guild.id, waiting.id, planned.reason)

    return happen


def searches(query: str, by: str) -> "Doing":
    """Somebody searches for something."""

    async def happen(stage: "Stage") -> None:
        await stage.services.resources.find(stage.guild.id, stage.actors[by].id, query)

    return happen


def reports(report: DeadLinkReport) -> "Doing":
    """Somebody says that a link is dead."""

    async def happen(stage: "Stage") -> None:
        whose = stage.guild.id, stage.actors[report.by].id
        found = await stage.services.resources.chosen(stage.guild.id, report.title)
        await stage.services.resources.report_dead(*whose, found.id)

    return happen


def marks(by: str, what: str, title: str) -> "Doing":
    """Somebody saves, starts or finishes a resource, or thanks for it."""

    async def happen(stage: "Stage") -> None:
        resources, whose = stage.services.resources, (stage.guild.id, stage.actors[by].id)
        marking = {
            "save": resources.save,
            "start": resources.start,
            "finish": resources.finish,
            "thank": resources.thank,
        }[what]
        found = await resources.chosen(stage.guild.id, title)
        await marking(*whose, found.id, on=True)

    return happen
