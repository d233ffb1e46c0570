"""One round over Hacker News as a process of its own: `python -m ... DATABASE ALGOLIA FIREBASE`."""

import asyncio
import sys
from contextlib import nullcontext
from pathlib import Path

from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.web import Web
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.hackernews.month import POSTED


async def read(path: Path, algolia: str, firebase: str) -> None:
    """Run the round."""
    clock = ManualClock(POSTED)
    database = await Database.open(path)
    web = Web(clock, pace=nullcontext())
    await Rounds(database, clock, HackerNews(web, algolia, firebase)).run()


if __name__ == "__main__":
    asyncio.run(read(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
