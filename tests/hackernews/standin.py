"""A small Hacker News on loopback: Algolia's search and the site's own API over the same items."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import web

from bot.clock import Clock
from tests.hackernews.faults import Faults, Handler

Json = dict[str, Any]
Dialect = Literal["2023", "2026"]
HITS_AT_MOST = 1000
FILTER = re.compile(r"created_at_i(>=|<=|>|<|=)([0-9]+)")


@dataclass(frozen=True)
class Item:
    """A story or a comment; `gone` when it was deleted or killed."""

    id: int
    author: str
    at: datetime
    html: str
    title: str | None = None
    parent_id: int | None = None
    story_id: int | None = None
    gone: bool = False


class StandIn:
    """Shows the items that are there by its clock. Use it as an async context manager.

    `recorded` has bodies to answer with, unchanged, by a part of the path and query.
    """

    def __init__(self, clock: Clock, dialect: Dialect = "2026"):
        self.dialect = dialect
        self.faults = Faults()
        self.requests: list[str] = []
        self.user_agents: set[str] = set()
        self.recorded: dict[str, bytes] = {}
        self._clock = clock
        self._items: dict[int, Item] = {}
        self._next_id = 40_000_000
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def algolia(self) -> str:
        return f"http://127.0.0.1:{self._port}/algolia"

    @property
    def firebase(self) -> str:
        return f"http://127.0.0.1:{self._port}/firebase"

    def post_thread(self, title: str, at: datetime, author: str = "whoishiring") -> int:
        """Somebody posts a story."""
        return self._add(Item(self._new_id(), author, at, "Please state the location.", title=title))

    def post(self, parent_id: int, html: str, at: datetime, author: str = "someone") -> int:
        """Somebody posts a comment under a story or another comment."""
        parent = self._items[parent_id]
        return self._add(
            Item(self._new_id(), author, at, html, None, parent_id, parent.story_id or parent.id)
        )

    def edit(self, item_id: int, html: str) -> None:
        """Somebody changes what they wrote."""
        self._items[item_id] = replace(self._items[item_id], html=html)

    def remove(self, item_id: int, gone: bool = True) -> None:
        """A comment is deleted, or, with gone=False, is back."""
        self._items[item_id] = replace(self._items[item_id], gone=gone)

    def asked(self, part: str) -> int:
        """How many requests had this in their path or query."""
        return sum(part in request for request in self.requests)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._middleware()])
        app.router.add_get("/algolia/search_by_date", self._search)
        app.router.add_get("/algolia/items/{id}", self._tree)
        app.router.add_get("/firebase/user/{name}.json", self._user)
        app.router.add_get("/firebase/item/{id}.json", self._item)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def _middleware(self) -> Any:
        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            path = str(request.rel_url.human_repr())
            self.requests.append(path)
            self.user_agents.add(request.headers["User-Agent"])
            fault = self.faults.take(path)
            answer = self._recorded_or(handler, path)
            return await (answer(request) if fault is None else fault(request, answer))

        return middleware

    def _recorded_or(self, handler: Handler, path: str) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            for part, body in self.recorded.items():
                if part in path:
                    return web.Response(body=body, content_type="application/json")
            return await handler(request)

        return answer

    def _new_id(self) -> int:
        self._next_id += 7
        return self._next_id

    def _add(self, item: Item) -> int:
        self._items[item.id] = item
        return item.id

    def _there(self) -> Iterator[Item]:
        now = self._clock.now()
        return (item for item in self._items.values() if item.at <= now and not item.gone)

    async def _search(self, request: web.Request) -> web.Response:
        kind, about = request.query["tags"].split(",")
        matching = [item for item in self._there() if _has_tags(item, kind, about)]
        for operator, bound in FILTER.findall(request.query.get("numericFilters", "")):
            matching = [item for item in matching if _compares(item, operator, int(bound))]
        matching.sort(key=lambda item: (item.at, item.id), reverse=True)
        size = min(int(request.query.get("hitsPerPage", 20)), HITS_AT_MOST)
        hits = [self._hit(item) for item in matching[:size]]
        return web.json_response({"hits": hits, "nbHits": len(matching), "hitsPerPage": size, "page": 0})

    async def _tree(self, request: web.Request) -> web.Response:
        item = next((one for one in self._there() if str(one.id) == request.match_info["id"]), None)
        if item is None:
            return web.json_response({"status": 404, "error": "Not Found"}, status=404)
        return web.json_response(self._with_children(item))

    async def _user(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        ids = sorted((item.id for item in self._there() if item.author == name), reverse=True)
        return web.json_response({"id": name, "submitted": ids} if ids else None)

    async def _item(self, request: web.Request) -> web.Response:
        item = self._items.get(int(request.match_info["id"]))
        if item is None or item.at > self._clock.now():
            return web.json_response(None)
        found: Json = {
            "id": item.id,
            "type": "comment" if item.parent_id else "story",
            "time": int(item.at.timestamp()),
        }
        kids = [
            one.id for one in self._items.values() if one.parent_id == item.id and one.at <= self._clock.now()
        ]
        if kids:
            # By rank, which is anything but the order of time.
            found["kids"] = sorted(kids, key=lambda one: one * 7919 % 1000)
        if item.gone:
            return web.json_response(found | {"deleted": True})
        given = {"by": item.author, "text": item.html, "parent": item.parent_id, "title": item.title}
        return web.json_response(found | {name: value for name, value in given.items() if value is not None})

    def _hit(self, item: Item) -> Json:
        text = {"comment_text": item.html} if item.parent_id else {"story_text": item.html}
        fields = {
            "title": item.title,
            "parent_id": item.parent_id,
            "story_id": item.story_id or item.id,
            **text,
        }
        return self._written(item) | {"objectID": str(item.id)} | self._in_dialect(fields)

    def _with_children(self, item: Item) -> Json:
        children = [self._with_children(one) for one in self._there() if one.parent_id == item.id]
        fields = {
            "title": item.title,
            "parent_id": item.parent_id,
            "story_id": item.story_id,
            "text": item.html,
        }
        kind = "comment" if item.parent_id else "story"
        return (
            self._written(item)
            | {"id": item.id, "type": kind, "children": children}
            | self._in_dialect(fields)
        )

    def _written(self, item: Item) -> Json:
        instant = item.at.strftime("%Y-%m-%dT%H:%M:%S") + (".000Z" if self.dialect == "2023" else "Z")
        return {"author": item.author, "created_at": instant, "created_at_i": int(item.at.timestamp())}

    def _in_dialect(self, fields: Json) -> Json:
        if self.dialect == "2023":
            return fields
        return {name: value for name, value in fields.items() if value is not None}


def _has_tags(item: Item, kind: str, about: str) -> bool:
    if kind == "story":
        return item.parent_id is None and about == f"author_{item.author}"
    return item.parent_id is not None and about == f"story_{item.story_id}"


def _compares(item: Item, operator: str, bound: int) -> bool:
    at = int(item.at.timestamp())
    results = {">=": at >= bound, "<=": at <= bound, ">": at > bound, "<": at < bound, "=": at == bound}
    return results[operator]
