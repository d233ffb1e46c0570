"""What the invented people do, as events in order: they join, check in, and talk.

The older weeks go straight into the services; the last days, and those that come while somebody watches, go
through the real forms. Whichever way, the bot posts its prompts, pings and cards itself.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.checkins.rules import Entry, KindOfWork
from demo.world import PastCheckIn, Person, Said, World, joining

if TYPE_CHECKING:
    from demo.stage import Stage

THROUGH_DISCORD_SINCE = datetime(2026, 3, 3, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody does at an instant."""

    at: datetime
    happen: Callable[["Stage"], Awaitable[None]]


def events(world: World) -> list[Event]:
    """Everything that people do, in the order in which they do it."""
    return sorted(_events(world), key=lambda event: event.at)


def _events(world: World) -> Iterator[Event]:
    yield Event(world.begins, _sets_up)
    for person in world.people:
        yield Event(joining(person), _joins(person))
        for checkin in person.checkins:
            through_discord = checkin.at >= THROUGH_DISCORD_SINCE
            yield Event(checkin.at, (_fills_form if through_discord else _is_stored)(person, checkin))
    for said in world.said:
        yield Event(said.at, _says(said))


async def _sets_up(stage: "Stage") -> None:
    await stage.actors[stage.world.owner].slash(
        stage.checkin_channel,
        "setup",
        channel=stage.checkin_channel,
        zone=stage.world.zone,
        hour=stage.world.prompt_hour,
    )


def _joins(person: Person) -> Callable[["Stage"], Awaitable[None]]:
    async def happen(stage: "Stage") -> None:
        actor = stage.actors[person.key]
        if person.key != stage.world.owner:
            stage.guild.add_member(actor.user)
        await stage.services.checkins.plan(
            stage.guild.id,
            actor.id,
            zone=person.zone,
            days=person.days,
            at=person.at.isoformat("minutes"),
            ping=person.ping,
        )

    return happen


def _is_stored(person: Person, checkin: PastCheckIn) -> Callable[["Stage"], Awaitable[None]]:
    entry = Entry(checkin.done, checkin.next, checkin.blocked, KindOfWork(checkin.kind), checkin.minutes)

    async def happen(stage: "Stage") -> None:
        await stage.services.checkins.report(stage.guild.id, stage.actors[person.key].id, entry)

    return happen


def _fills_form(person: Person, checkin: PastCheckIn) -> Callable[["Stage"], Awaitable[None]]:
    values = {
        "done": checkin.done,
        "next": checkin.next,
        "blocked": checkin.blocked,
        "kind": checkin.kind,
        "minutes": str(checkin.minutes),
    }

    async def happen(stage: "Stage") -> None:
        actor = stage.actors[person.key]
        form = await actor.slash(stage.checkin_channel, "checkin")
        await actor.submit_modal(form, values)

    return happen


def _says(said: Said) -> Callable[["Stage"], Awaitable[None]]:
    async def happen(stage: "Stage") -> None:
        await stage.actors[said.by].send(stage.channels[said.channel], said.text)

    return happen
