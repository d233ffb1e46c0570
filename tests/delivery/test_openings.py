"""First direct messages are opened one after the other, and hold up nothing else."""

import asyncio
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage
from bot.delivery.due import Due
from bot.delivery.messenger import Direct, Place, Post
from bot.delivery.openings import OPENING_EVERY
from bot.delivery.outbox import Delivery as Row
from bot.delivery.service import Delivery
from bot.errors import TryLater
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.inline_database import InlineDatabase
from tests.delivery.virtual_time import run

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MEMBERS = 100


class LoopClock:
    """Goes on with the event loop."""

    def now(self) -> datetime:
        return NOON + timedelta(seconds=asyncio.get_running_loop().time())


class Letters(OneMessage):
    """Comes as a direct message to members, and in a channel to user 0."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + timedelta(days=1)

    def message_key(self, due: Due, part: int) -> str:
        return f"letter:{due.guild_id}:{due.user_id}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Row], now: datetime) -> Composed:
        guild_id, user_id = rows[0].guild_id, rows[0].user_id
        return Composed(Post(Direct(guild_id, user_id) if user_id else Place(guild_id, 10), "a letter"))


KINDS: dict[str, Kind] = {"letter": Letters()}


def put_letter(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    due = Due("letter", guild_id, user_id, "UTC", date(2026, 5, 4), NOON)
    kind = KINDS["letter"]
    outbox.put(db, due, kind.message_key(due, 0), kind.too_late_at(due), NOON)


def put_letters(db: sqlite3.Connection) -> None:
    """In each of a hundred servers one to a member, and after it one for the channel."""
    for guild_id in range(1, MEMBERS + 1):
        put_letter(db, guild_id, 1000 + guild_id)
        put_letter(db, guild_id, 0)


async def tick_for(delivery: Delivery, messenger: FakeMessenger, seconds: float) -> None:
    ends = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < ends:
        await delivery.send_outstanding(messenger)
        await asyncio.sleep(5.0)


def test_a_hundred_openings_are_apart_reach_everybody_and_hold_up_no_channel(database_path: Path) -> None:
    async def main() -> FakeMessenger:
        messenger, clock = FakeMessenger(LoopClock()), LoopClock()
        messenger.latency = 0.1
        database = await InlineDatabase.open(database_path)
        await database.write(put_letters)
        await tick_for(Delivery(database, clock, KINDS), messenger, MEMBERS * OPENING_EVERY + 30)
        attempts = await database.read(
            lambda db: [row["attempts"] for row in db.execute("select attempts from delivery")]
        )
        await database.close()
        assert set(attempts) == {0}
        return messenger

    messenger = run(main())
    opened = [call.loop_time for call in messenger.called("open_direct")]
    assert len(opened) == MEMBERS
    assert min(later - earlier for earlier, later in pairwise(opened)) >= OPENING_EVERY - 0.01
    assert opened[-1] <= MEMBERS * OPENING_EVERY + 10
    to_channels = [call.loop_time for call in messenger.called("send") if call.place.channel_id > 0]
    assert len(to_channels) == MEMBERS
    # Nobody paces these here, so nothing but openings could hold them up.
    assert max(to_channels) < 10.0
    assert len(messenger.messages) == 2 * MEMBERS


def test_an_opening_that_failed_waits_for_another_turn(database_path: Path) -> None:
    async def main() -> FakeMessenger:
        messenger = FakeMessenger(LoopClock())
        messenger.fail("open_direct", TryLater("Discord answered 500"), times=3)
        database = await InlineDatabase.open(database_path)
        for number in range(1, 6):
            await database.write(put_letter, number, 1000 + number)
        await tick_for(Delivery(database, LoopClock(), KINDS), messenger, 120)
        await database.close()
        return messenger

    messenger = run(main())
    opened = [call.loop_time for call in messenger.called("open_direct")]
    assert len(opened) == 8
    assert min(later - earlier for earlier, later in pairwise(opened)) >= OPENING_EVERY - 0.01
    assert len(messenger.messages) == 5
