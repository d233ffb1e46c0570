"""What members can do with resources; what their curators can do is in `bot.resources.curation`."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.errors import NotSetUp
from bot.localtime import local_day, week_of
from bot.personal_data import MemberRows, Record
from bot.resources import finding, marking, marks_store, misses_store, store
from bot.resources.answers import Answer, FoundResource, Mine, Page
from bot.resources.browsing import Wanted, page_of
from bot.resources.entry import Step
from bot.resources.errors import NothingNext
from bot.resources.finding import SearchedShelf
from bot.resources.link_health import dead_on_shelf, health_of
from bot.resources.marking import Marking
from bot.resources.misses import words_to_tell
from bot.resources.next import Next, choose
from bot.resources.purpose import MARKS
from bot.resources.resource import NO_MARK, NOT_CHECKED, Resource, Shown
from bot.resources.shelves import Shelf, Shelves
from bot.resources.standing import Known, known_of
from bot.resources.store import Edition
from bot.search.facets import Filters, Kind
from bot.servers.service import require_server
from bot.storage.database import Database

EVERYTHING = Filters()

FOUND = 5
"""How many resources an answer has."""


class Resources(MemberRows):
    """The resources that the members of a server see, and what they are to each."""

    name = "resources"
    purpose = MARKS
    tables = MARKS.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock
        self._shelves = Shelves(database)

    async def close(self) -> None:
        """Let go of the thread that searches."""
        await self._shelves.close()

    async def find(
        self, guild_id: int, user_id: int, query: str, filters: Filters = EVERYTHING, limit: int = FOUND
    ) -> Answer:
        """What fits a query, the best first; what nothing was found for is counted, without who asked.

        Raises QueryEmpty and QueryTooLong.
        """
        words = finding.clean_query(query)
        edition, helped = await self._database.read(_edition_and_helped, guild_id)
        searched = await self._shelves.use(guild_id, edition, finding.search, words, filters, limit, helped)
        if not searched.found:
            if not searched.fit_without_filters:
                await self._count_miss(guild_id, words)
            return Answer(words, (), searched.respelt, searched.nearest, searched.fit_without_filters)
        return await self._database.read(_answer, guild_id, user_id, words, searched, helped)

    async def complete(self, guild_id: int, typed: str) -> list[Resource]:
        """The resources, 25 at most, that somebody may mean by what they typed so far; none for nothing."""
        edition = await self._database.read(store.edition_of, guild_id)
        return await self._shelves.use(guild_id, edition, finding.complete, typed)

    async def chosen(self, guild_id: int, typed: str) -> Resource:
        """The resource that somebody chose from a list, by its id, or typed, by its title or another name.

        Raises NoSuchResource.
        """
        edition = await self._database.read(store.edition_of, guild_id)
        return await self._shelves.use(guild_id, edition, finding.chosen, typed)

    async def browse(
        self,
        guild_id: int,
        *,
        step: Step | None = None,
        topic: str | None = None,
        kind: Kind | None = None,
        page: int = 0,
    ) -> Page:
        """A page of what there is, by what is chosen; the last page where there are not so many."""
        edition, helped = await self._database.read(_edition_and_helped, guild_id)
        wanted = Wanted(step, topic, kind)
        found = await self._shelves.use(guild_id, edition, _page, wanted, page, helped)
        links = await self._database.read(health_of, [one.id for one in found.resources])
        return replace(found, helped=helped, links=links)

    async def next_for(self, guild_id: int, user_id: int, passed: Collection[int] = ()) -> Next:
        """The one that comes next for a member, but for those that they passed over; raises NothingNext."""
        edition, known, dead = await self._database.read(_known, guild_id, user_id, self._clock.now())
        found = await self._shelves.use(guild_id, edition, _next, known, {*passed, *dead})
        if found is None:
            raise NothingNext
        return found

    async def show(self, guild_id: int, user_id: int, resource_id: int) -> Shown:
        """All that a member sees of a resource; one that they marked even once it is gone.

        Raises ResourceGone.
        """
        return await self._database.read(marking.shown, guild_id, user_id, resource_id)

    async def save(self, guild_id: int, user_id: int, resource_id: int, *, on: bool) -> Shown:
        """Keep a resource for later, or no more; raises ResourceGone."""
        return await self._mark(guild_id, user_id, resource_id, Marking.SAVED, on)

    async def start(self, guild_id: int, user_id: int, resource_id: int, *, on: bool) -> Shown:
        """Begin with a resource, be it anew, or not to have begun; raises ResourceGone."""
        return await self._mark(guild_id, user_id, resource_id, Marking.STARTED, on)

    async def finish(self, guild_id: int, user_id: int, resource_id: int, *, on: bool) -> Shown:
        """Be through with a resource, or not yet; raises ResourceGone."""
        return await self._mark(guild_id, user_id, resource_id, Marking.FINISHED, on)

    async def thank(self, guild_id: int, user_id: int, resource_id: int, *, on: bool) -> Shown:
        """Say that a resource helped, which counts once for each member; raises ResourceGone."""
        return await self._mark(guild_id, user_id, resource_id, Marking.HELPED, on)

    async def report_dead(self, guild_id: int, user_id: int, resource_id: int) -> Shown:
        """Say that a link is dead, which the curators hear; a second time it changes nothing.

        Raises ResourceGone.
        """
        now = self._clock.now()
        return await self._database.write(marking.report_dead, guild_id, user_id, resource_id, now)

    async def of_member(self, guild_id: int, user_id: int) -> Mine:
        """What is a member's: what they saved, began, finished and suggested."""
        return await self._database.read(marking.mine, guild_id, user_id)

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """All rows that belong to the member, by table, each with the title and address of its resource."""
        exported = super().export_member(db, guild_id, user_id)
        numbers = {row["resource_id"] for rows in exported.values() for row in rows}
        resources = store.find_all(db, guild_id, [number for number in numbers if isinstance(number, int)])
        said = {
            number: {"title": one.entry.title, "address": one.entry.address}
            for number, one in resources.items()
        }
        return {
            table: [{**row, **said.get(int(row["resource_id"] or 0), {})} for row in rows]
            for table, rows in exported.items()
        }

    async def _mark(
        self, guild_id: int, user_id: int, resource_id: int, marking_: Marking, on: bool
    ) -> Shown:
        now = self._clock.now()
        return await self._database.write(marking.mark, guild_id, user_id, resource_id, marking_, on, now)

    async def _count_miss(self, guild_id: int, query: str) -> None:
        words = words_to_tell(query)
        if words is not None:
            await self._database.write(_add_miss, guild_id, words, self._clock.now())


def _edition_and_helped(db: sqlite3.Connection, guild_id: int) -> tuple[Edition, dict[int, int]]:
    return store.edition_of(db, guild_id), marks_store.helped(db, guild_id)


def _answer(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    query: str,
    searched: SearchedShelf,
    helped: Mapping[int, int],
) -> Answer:
    ids = [one.resource.id for one in searched.found]
    marks = marks_store.find_all(db, guild_id, user_id, ids)
    health = health_of(db, ids)
    found = [
        FoundResource(
            one.resource,
            one.reasons,
            helped.get(one.resource.id, 0),
            marks.get(one.resource.id, NO_MARK),
            health.get(one.resource.id, NOT_CHECKED),
            one.replacement,
        )
        for one in searched.found
    ]
    return Answer(query, found, searched.respelt, searched.nearest)


def _add_miss(db: sqlite3.Connection, guild_id: int, words: str, now: datetime) -> None:
    try:
        zone = require_server(db, guild_id).zone
    except NotSetUp:
        zone = "UTC"
    misses_store.add(db, guild_id, week_of(local_day(now, zone)), words)


def _known(
    db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime
) -> tuple[Edition, Known, Collection[int]]:
    edition = store.edition_of(db, guild_id)
    return edition, known_of(db, guild_id, user_id, now), dead_on_shelf(db, guild_id).keys()


def _page(shelf: Shelf, wanted: Wanted, page: int, helped: Mapping[int, int]) -> Page:
    return page_of(shelf.resources.values(), wanted, page, helped)


def _next(shelf: Shelf, known: Known, passed: Collection[int]) -> Next | None:
    return choose(shelf.resources.values(), known.standing(), passed)
