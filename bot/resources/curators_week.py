"""What a server's curators are told on a Monday: what was missed, which links are dead, what waits."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.delivery import outbox
from bot.errors import NotSetUp
from bot.localtime import Weekdays, next_occurrence, week_of
from bot.resources import marks_store, misses_store, store, suggestions_store
from bot.resources.entry import Entry
from bot.resources.link_health import dead_on_shelf
from bot.resources.planning import MONDAY_MORNING, WEEK
from bot.resources.resource import LinkHealth, Resource
from bot.servers.service import require_server

MISSES_TOLD, LINKS_TOLD = 20, 10
SHARED_TOPICS = 2
"""How many topics something must share with what is dead to be proposed in its place."""
A_WEEK = timedelta(weeks=1)
EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A resource whose link is dead by the bot's own look, and what could stand in its place, if anything."""

    resource: Resource
    health: LinkHealth
    instead: Resource | None = None


@dataclass(frozen=True, slots=True)
class CuratorsWeekContent:
    """The week before `day`, a Monday.

    `misses` are words that were searched and not found, with how often, the most frequent first, and
    `more_misses` how many other words there were. `dead` are the links that are dead now, the latest first,
    and `more_dead` how many there are besides; `reported` those of the others that members reported since the
    last report, with how many did so in all. `waiting` suggestions are to be decided.
    """

    day: date
    misses: Sequence[tuple[str, int]]
    more_misses: int
    dead: Sequence[DeadLink]
    more_dead: int
    reported: Sequence[tuple[Resource, int]]
    waiting: int


def content_of(
    db: sqlite3.Connection, guild_id: int, day: date, since: datetime
) -> CuratorsWeekContent | None:
    """The report of a day, if the last one was due at an instant; None where there is nothing worth telling.

    Links that were dead before are no reason for another report, but are told in one.
    """
    misses = misses_store.of_week(db, guild_id, week_of(day) - A_WEEK)
    dead = _dead(db, guild_id)
    known = {link.resource.id for link in dead}
    reported = [each for each in _reported(db, guild_id, since) if each[0].id not in known]
    waiting = suggestions_store.count_waiting(db, guild_id)
    newly_dead = any(link.health.dead_since and link.health.dead_since >= since for link in dead)
    if not (misses or newly_dead or reported or waiting):
        return None
    return CuratorsWeekContent(
        day,
        misses[:MISSES_TOLD],
        max(0, len(misses) - MISSES_TOLD),
        dead[:LINKS_TOLD],
        max(0, len(dead) - LINKS_TOLD),
        reported[:LINKS_TOLD],
        waiting,
    )


def upcoming(db: sqlite3.Connection, guild_id: int, now: datetime) -> CuratorsWeekContent | None:
    """What the next report would say if it were due now; None where there is nothing to tell yet."""
    try:
        zone = require_server(db, guild_id).zone
    except NotSetUp:
        zone = "UTC"
    due = next_occurrence(now, zone, MONDAY_MORNING, Weekdays.MONDAY)
    return None if due is None else content_of(db, guild_id, due.day, told_until(db, guild_id))


def told_until(db: sqlite3.Connection, guild_id: int) -> datetime:
    """When the last report that was posted was due; long ago where there was none."""
    earlier = outbox.newest_sent(db, WEEK, guild_id, EVER)
    return earlier.due_at if earlier else EVER


def _dead(db: sqlite3.Connection, guild_id: int) -> list[DeadLink]:
    health = dead_on_shelf(db, guild_id)
    resources = store.find_all(db, guild_id, health)
    # What the catalogue calls dead itself is known.
    dead = [DeadLink(one, health[one.id]) for one in resources.values() if not one.entry.dead]
    dead.sort(key=lambda link: (link.health.dead_since or EVER, link.resource.id), reverse=True)
    told = dead[:LINKS_TOLD]
    if told:
        shelf = store.on_shelf(db, guild_id)
        alive = [one for one in shelf if not one.entry.dead and one.id not in health]
        told = [replace(link, instead=most_alike(link.resource, alive)) for link in told]
    return [*told, *dead[LINKS_TOLD:]]


def most_alike(resource: Resource, others: Iterable[Resource]) -> Resource | None:
    """The one of the same kind that is most like a resource; None if none shares two of its topics."""
    wanted = resource.entry
    fitting = [
        one
        for one in others
        if one.entry.kind is wanted.kind and len(_common(wanted, one.entry)) >= SHARED_TOPICS
    ]
    return max(fitting, key=lambda one: (_shared(wanted, one.entry), -one.id), default=None)


def _common(one: Entry, other: Entry) -> set[str]:
    return set(one.topics) & set(other.topics)


def _shared(one: Entry, other: Entry) -> float:
    """How much two resources share: their topics, then whom they are for and what they cost."""
    topics = len(_common(one, other)) / len(set(one.topics) | set(other.topics))
    return topics + 0.2 * (one.level is other.level) + 0.2 * (one.cost is other.cost)


def _reported(db: sqlite3.Connection, guild_id: int, since: datetime) -> list[tuple[Resource, int]]:
    reports = marks_store.reported_since(db, guild_id, since)
    seen = store.seen_of(db, guild_id, [number for number, _ in reports])
    resources = store.find_all(db, guild_id, seen)
    return [(resources[number], times) for number, times in reports if number in resources]
