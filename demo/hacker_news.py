"""The invented Hacker News on the web: what the bot's own client would be answered there by now."""

import re
from typing import Any

from bot.clock import Clock
from bot.leads.web import Web
from demo.hiring import algolia, load

_SINCE = re.compile(r"created_at_i>=(\d+)")
_UNTIL = re.compile(r"created_at_i<=(\d+)")


class InventedWeb(Web):
    """Answers at once what Algolia would say of the invented threads at the instant of a clock."""

    def __init__(self, clock: Clock):
        super().__init__(clock)
        self._now = clock.now
        self._threads = load()

    async def get(self, url: str, **params: str | int) -> Any:
        """The answer under an address of Algolia. Nothing else is asked for, since this never fails."""
        self.asked += 1
        resource, _, item_id = url.removesuffix("/").rpartition("/")
        if resource.endswith("/items"):
            return algolia.item(self._threads, int(item_id), self._now())
        kind, _, of = str(params["tags"]).partition(",")
        hits = int(params["hitsPerPage"])
        if kind == "story":
            return algolia.stories(self._threads, self._now(), hits=hits)
        limits = str(params.get("numericFilters", ""))
        since, until = _SINCE.search(limits), _UNTIL.search(limits)
        return algolia.comments(
            self._threads,
            int(of.removeprefix("story_")),
            self._now(),
            since=int(since[1]) if since else 0,
            until=int(until[1]) if until else None,
            hits=hits,
        )
