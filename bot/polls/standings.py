"""How polls stand while people vote: reckoned beside everything else, and a little behind.

A reckoning of thousands of taps takes longer than a tap may take. So what is dealt next goes by the last one,
and a new one is begun when something has changed and none is under way. It reads all taps anew, in one
consistent state: whatever was taken back, forgotten or never stored cannot be left in it, and after a restart
there is nothing to repair.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from bot.polls import counting
from bot.polls.reckoning import Reckoned, Votes, reckon, without_votes
from bot.storage.database import Database

log = logging.getLogger(__name__)

REST = 9
"""A reckoning is followed by a rest of so many times as long, so that people's taps come first."""

POLLS_KEPT = 50

WhenSettled = Callable[[int, int], Awaitable[object]]
"""Called after a reckoning of a poll that is settled by it: server, poll."""


class Standings:
    """The last reckoning of each poll that people vote in; may be asked in any thread, told in the loop's."""

    def __init__(self, database: Database, when_settled: WhenSettled):
        self._database = database
        self._when_settled = when_settled
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="standings")
        self._known: OrderedDict[int, Reckoned] = OrderedDict()
        self._changed: set[int] = set()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._closed = False

    def last(self, poll_id: int, ideas: int) -> Reckoned:
        """The last reckoning of a poll, which may not know the newest taps; at first it knows none."""
        known = self._known.get(poll_id)
        return known if known is not None and known.ideas == ideas else without_votes(ideas)

    def knows(self, poll_id: int) -> bool:
        """Whether a poll has been reckoned since the start."""
        return poll_id in self._known

    def changed(self, guild_id: int, poll_id: int) -> None:
        """Tell that votes of a poll came or went."""
        self._changed.add(poll_id)
        if poll_id not in self._tasks and not self._closed:
            task = asyncio.create_task(self._keep_up(guild_id, poll_id), name=f"standing of poll {poll_id}")
            self._tasks[poll_id] = task

    async def now(self, guild_id: int, poll_id: int) -> Reckoned | None:
        """A reckoning with all votes; None where the poll is gone."""
        votes = await self._database.read(counting.votes_of, guild_id, poll_id)
        return None if votes is None else await self._reckon(votes)

    async def close(self) -> None:
        """Begin nothing more, and leave what is under way."""
        self._closed = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _keep_up(self, guild_id: int, poll_id: int) -> None:
        try:
            while poll_id in self._changed:
                self._changed.discard(poll_id)
                began = time.monotonic()
                reckoned = await self.now(guild_id, poll_id)
                if reckoned is None:
                    return
                self._keep(poll_id, reckoned)
                if reckoned.is_settled:
                    await self._when_settled(guild_id, poll_id)
                await asyncio.sleep(REST * (time.monotonic() - began))
        except Exception:
            log.exception("the standing of poll %d could not be reckoned", poll_id, extra={"poll": poll_id})
        finally:
            del self._tasks[poll_id]

    def _keep(self, poll_id: int, reckoned: Reckoned) -> None:
        self._known[poll_id] = reckoned
        self._known.move_to_end(poll_id)
        while len(self._known) > POLLS_KEPT:
            self._known.popitem(last=False)

    async def _reckon(self, votes: Votes) -> Reckoned:
        return await asyncio.get_running_loop().run_in_executor(self._thread, reckon, votes)
