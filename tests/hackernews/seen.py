"""What tests see of the reading: what is stored, and how many rounds there are."""

from datetime import datetime

from bot.leads import intake
from bot.leads.rounds import Rounds
from bot.leads.threads import Thread
from bot.storage.database import Database
from tests.clocks import ManualClock


async def stored(database: Database, thread: int) -> set[int]:
    """The posts of a thread that are stored and not gone."""
    return set(await database.read(intake.stored_hashes, thread))


async def threads(database: Database) -> dict[int, Thread]:
    """The threads that are stored, by their ids."""
    return {thread.id: thread for thread in await database.read(intake.known_threads)}


async def rounds_until(rounds: Rounds, clock: ManualClock, until: datetime) -> int:
    """Tick whenever a round is due up to an instant; answers how many there were."""
    count = 0
    while True:
        next_at = (await rounds.status()).next_at
        if next_at >= until:
            clock.set(until)
            return count
        clock.set(max(clock.now(), next_at))
        assert await rounds.tick() is not None
        count += 1
