"""What a resource is to a member, within a transaction."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.resources import marks_store, store, suggestions_store
from bot.resources.answers import Marked, Mine
from bot.resources.errors import ResourceGone
from bot.resources.link_health import doubt, health_of
from bot.resources.resource import NO_MARK, NOT_CHECKED, Mark, Resource, Shown


class Marking(StrEnum):
    """What a member can say that a resource is to them."""

    SAVED = "saved"
    STARTED = "started"
    FINISHED = "finished"
    HELPED = "helped"


def shown(db: sqlite3.Connection, guild_id: int, user_id: int, resource_id: int) -> Shown:
    """All that a member sees of a resource; raises ResourceGone unless it is on the shelf or marked."""
    resource = store.find_on_shelf(db, guild_id, resource_id)
    mark = marks_store.find(db, guild_id, user_id, resource_id)
    is_gone = resource is None
    if resource is None and mark != NO_MARK:
        resource = store.find_all(db, guild_id, [resource_id]).get(resource_id)
    if resource is None:
        raise ResourceGone
    slug = resource.entry.replaced_by
    reporters = marks_store.reporters(db, guild_id, resource_id)
    return Shown(
        resource,
        mark,
        marks_store.count_helped(db, guild_id, resource_id),
        health_of(db, [resource_id]).get(resource_id, NOT_CHECKED),
        store.find_by_slug(db, guild_id, slug) if slug is not None else None,
        len(reporters),
        user_id in reporters,
        is_gone,
    )


def mark(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    resource_id: int,
    marking: Marking,
    on: bool,
    now: datetime,
) -> Shown:
    """Mark a resource, or take the mark off; a second time it changes nothing.

    A mark can be taken off what is gone. Raises ResourceGone.
    """
    earlier = marks_store.find(db, guild_id, user_id, resource_id)
    if on:
        _require(db, guild_id, resource_id)
    changed = marked(earlier, marking, on, now)
    if changed != earlier:
        marks_store.save(db, guild_id, user_id, resource_id, changed)
    if changed == NO_MARK and store.find_on_shelf(db, guild_id, resource_id) is None:
        return Shown(_known(db, guild_id, resource_id), is_gone=True)
    return shown(db, guild_id, user_id, resource_id)


def marked(earlier: Mark, marking: Marking, on: bool, now: datetime) -> Mark:
    """What a resource is once it is marked; what is begun again is not finished any more."""
    now = now.replace(microsecond=0)
    if marking is Marking.SAVED:
        return replace(earlier, saved_at=(earlier.saved_at or now) if on else None)
    if marking is Marking.HELPED:
        return replace(earlier, helped_at=(earlier.helped_at or now) if on else None)
    if marking is Marking.FINISHED:
        return replace(earlier, finished_at=(earlier.finished_at or now) if on else None)
    if not on:
        return replace(earlier, started_at=None)
    return earlier if earlier.is_under_way else replace(earlier, started_at=now, finished_at=None)


def report_dead(
    db: sqlite3.Connection, guild_id: int, user_id: int, resource_id: int, now: datetime
) -> Shown:
    """Note that a member says that a link is dead; a second time it changes nothing. Raises ResourceGone."""
    _require(db, guild_id, resource_id)
    if marks_store.report(db, guild_id, user_id, resource_id, now):
        doubt(db, resource_id, now)
    return shown(db, guild_id, user_id, resource_id)


def mine(db: sqlite3.Connection, guild_id: int, user_id: int) -> Mine:
    """What is a member's, each resource in one list."""
    marks = marks_store.of_member(db, guild_id, user_id)
    resources = store.find_all(db, guild_id, marks)
    seen = store.seen_of(db, guild_id, marks)

    def those(when: Callable[[Mark], datetime | None]) -> list[Marked]:
        found = [
            (at, one.id, Marked(one, marks[one.id], one.id not in seen))
            for one in resources.values()
            if (at := when(marks[one.id])) is not None
        ]
        return [each for _, _, each in sorted(found, key=lambda each: each[:2], reverse=True)]

    return Mine(
        saved=those(lambda mark: mark.saved_at if mark.is_saved and not _is_begun(mark) else None),
        started=those(lambda mark: mark.started_at if mark.is_under_way else None),
        finished=those(lambda mark: mark.finished_at),
        helped=those(lambda mark: None if mark.is_saved or _is_begun(mark) else mark.helped_at),
        suggestions=suggestions_store.of_member(db, guild_id, user_id),
    )


def _is_begun(mark: Mark) -> bool:
    return mark.is_under_way or mark.is_finished


def _require(db: sqlite3.Connection, guild_id: int, resource_id: int) -> None:
    if store.find_on_shelf(db, guild_id, resource_id) is None:
        raise ResourceGone


def _known(db: sqlite3.Connection, guild_id: int, resource_id: int) -> Resource:
    found: Mapping[int, Resource] = store.find_all(db, guild_id, [resource_id])
    if resource_id not in found:
        raise ResourceGone
    return found[resource_id]
