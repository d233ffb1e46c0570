"""What each server sees, held in memory with its index, and searched in one thread of its own.

Each shelf's index is made of what that server sees and of nothing else, so that no server learns by an
answer, or by how a word is mended, what another one has. All that have nothing of their own share one.
"""

import asyncio
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar

from bot.resources import store
from bot.resources.documents import document_of
from bot.resources.resource import Resource
from bot.resources.store import Edition
from bot.search.document import Document
from bot.search.meanings import Meanings
from bot.search.reading import Read, read
from bot.search.search import Index
from bot.storage.database import Database

P = ParamSpec("P")
T = TypeVar("T")

HELD = 4
"""How many shelves are held in memory; that of whoever asked longest ago goes first.

One more takes some 4 MB; to make it anew takes a tenth of a second.
"""


class Common:
    """What shelves have in common: the catalogue's resources and what was read of each, kept once.

    For the thread of `Shelves` only.
    """

    def __init__(self) -> None:
        self._resources: dict[int, Resource] = {}
        self._read: dict[int, tuple[Read, Sequence[str]]] = {}

    def of(self, resource: Resource) -> Resource:
        """The same resource as other shelves have, unless it is a server's own or has changed."""
        if resource.is_own:
            return resource
        kept = self._resources.setdefault(resource.id, resource)
        if kept != resource:
            self._resources[resource.id] = resource
            self._read.pop(resource.id, None)
        return self._resources[resource.id]

    def read(self, document: Document, meanings: Meanings) -> tuple[Read, Sequence[str]]:
        """What the document of a resource says; that of one of the catalogue is read once."""
        if document.key not in self._resources:
            return read(document, meanings)
        if document.key not in self._read:
            self._read[document.key] = read(document, meanings)
        return self._read[document.key]


class Shelf:
    """What a server sees at one time; `resources` by id. Its index is for the thread of `Shelves` only."""

    def __init__(
        self, edition: Edition, seen: Iterable[Resource], stand_ins: Mapping[str, int], common: Common
    ):
        resources = [common.of(one) for one in seen]
        self.edition = edition
        self.resources: Mapping[int, Resource] = MappingProxyType({one.id: one for one in resources})
        self.index = Index((document_of(one.id, one.entry) for one in resources), reader=common.read)
        self._by_slug = {one.entry.slug: one for one in resources if one.entry.slug is not None}
        self._by_slug |= {slug: self.resources[number] for slug, number in stand_ins.items()}

    def replacement_of(self, resource: Resource) -> Resource | None:
        """What to use in place of a resource that is dead, where that is known and on the shelf."""
        slug = resource.entry.replaced_by
        return None if slug is None else self._by_slug.get(slug)


class Shelves:
    """The shelves of all servers, of which those are held that were used last."""

    def __init__(self, database: Database, held: int = HELD):
        self._database = database
        self._limit = held
        self._common = Common()
        self._held: OrderedDict[int | None, Shelf] = OrderedDict()
        self._building = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")

    async def use(
        self,
        guild_id: int,
        edition: Edition,
        job: Callable[Concatenate[Shelf, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Have a job done with a server's shelf, which is in that edition, or in a later one.

        It is done in the thread that may use the index.
        """
        shelf = self._held_in(edition)
        if shelf is None:
            async with self._building:
                shelf = self._held_in(edition) or await self._build(guild_id)
        return await self._in_thread(partial(job, shelf, *args, **kwargs))

    async def close(self) -> None:
        """Finish what was begun, and let go of all shelves."""
        held, self._held = self._held, OrderedDict()
        for shelf in held.values():
            self._thread.submit(shelf.index.close)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.shutdown)

    def _held_in(self, edition: Edition) -> Shelf | None:
        shelf = self._held.get(edition.guild_id)
        if shelf is None or shelf.edition != edition:
            return None
        self._held.move_to_end(edition.guild_id)
        return shelf

    async def _build(self, guild_id: int) -> Shelf:
        edition, resources, stand_ins = await self._database.read(_read, guild_id)
        shelf = self._held_in(edition)
        if shelf is None:
            shelf = await self._in_thread(partial(Shelf, edition, resources, stand_ins, self._common))
        earlier = self._held.pop(edition.guild_id, shelf)
        self._held[edition.guild_id] = shelf
        gone = [] if earlier is shelf else [earlier]
        while len(self._held) > self._limit:
            gone.append(self._held.popitem(last=False)[1])
        for one in gone:
            # Whoever uses it was in the line before this.
            self._thread.submit(one.index.close)
        return shelf

    async def _in_thread(self, job: Callable[[], T]) -> T:
        # What is said there is in the language of whoever asks.
        return await asyncio.get_running_loop().run_in_executor(self._thread, copy_context().run, job)


def _read(db: sqlite3.Connection, guild_id: int) -> tuple[Edition, list[Resource], dict[str, int]]:
    return store.edition_of(db, guild_id), store.on_shelf(db, guild_id), store.stand_ins(db, guild_id)
