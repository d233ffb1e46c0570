"""Whatever the bot starts itself goes out at one pace below Discord's 50 requests a second."""

import asyncio
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.checkins.rules import Entry
from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage
from bot.delivery.due import Due
from bot.delivery.messenger import Place, Post
from bot.delivery.outbox import Delivery as Row
from bot.delivery.service import Delivery
from bot.services import SENDS_PER_SECOND, Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.inline_database import InlineDatabase
from tests.delivery.virtual_time import run

DISCORDS_LIMIT = 50
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class Notices(OneMessage):
    """A kind of message with nothing to it."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + timedelta(days=1)

    def message_key(self, due: Due, part: int) -> str:
        return f"notice:{due.guild_id}:{due.user_id}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Row], now: datetime) -> Composed:
        return Composed(Post(Place(rows[0].guild_id, rows[0].guild_id), "a notice"))


KINDS: dict[str, Kind] = {"notice": Notices()}


def busiest_second(times: Sequence[float]) -> int:
    """The most requests in any second, wherever it begins."""
    ordered = sorted(times)
    return max(bisect_left(ordered, begin + 1.0) - index for index, begin in enumerate(ordered))


def put_notice(db: sqlite3.Connection, guild_id: int, number: int) -> None:
    due = Due("notice", guild_id, number, "UTC", date(2026, 5, 4), NOON)
    kind = KINDS["notice"]
    outbox.put(db, due, kind.message_key(due, 0), kind.too_late_at(due), NOON)


def fill_outbox(db: sqlite3.Connection, servers: int, messages: int) -> None:
    for guild_id in range(1, servers + 1):
        for number in range(messages):
            put_notice(db, guild_id, number)


def test_2000_messages_to_400_servers_never_pass_discords_limit_and_keep_up_the_pace(
    database_path: Path,
) -> None:
    clock = ManualClock(NOON)
    messenger = FakeMessenger(clock)
    messenger.latency = 0.3

    async def main() -> float:
        database = await InlineDatabase.open(database_path)
        delivery = Delivery(database, clock, KINDS, SENDS_PER_SECOND)
        await database.write(fill_outbox, 400, 5)
        began = asyncio.get_running_loop().time()
        assert await delivery.send_outstanding(messenger) == 2000
        await database.close()
        return asyncio.get_running_loop().time() - began

    took = run(main())
    times = [call.loop_time for call in messenger.called("send")]
    assert len(times) == len(messenger.messages) == len(messenger.calls) == 2000
    assert set(Counter(call.place.guild_id for call in messenger.calls).values()) == {5}
    assert max(messenger.most_in_flight.values()) == 1
    assert busiest_second(times) <= DISCORDS_LIMIT
    assert 2000 / DISCORDS_LIMIT <= took <= 2000 / SENDS_PER_SECOND / 0.95


def test_a_burst_after_a_pause_does_not_pass_discords_limit_either(database_path: Path) -> None:
    clock = ManualClock(NOON)
    messenger = FakeMessenger(clock)

    async def main() -> None:
        database = await InlineDatabase.open(database_path)
        delivery = Delivery(database, clock, KINDS, SENDS_PER_SECOND)
        for _ in range(3):
            await database.write(lambda db: db.execute("delete from delivery"))
            await database.write(fill_outbox, 150, 1)
            await delivery.send_outstanding(messenger)
            await asyncio.sleep(60)
        await database.close()

    run(main())
    times = [call.loop_time for call in messenger.calls]
    assert len(times) == 450
    assert busiest_second(times) <= DISCORDS_LIMIT


def test_opened_threads_changes_and_searches_go_at_the_same_pace(database_path: Path) -> None:
    clock = ManualClock(NOON - timedelta(hours=1))
    messenger = FakeMessenger(clock)
    servers = range(1, 81)

    async def main() -> None:
        database = await InlineDatabase.open(database_path)
        services = Services(database, clock, SENDS_PER_SECOND)
        for guild_id in servers:
            await services.servers.set_up(
                guild_id, checkin_channel_id=guild_id, zone="UTC", prompt_time=time(12, 0)
            )
            await services.routines.plan(guild_id, 7, ping=False)
        clock.set(NOON)
        messenger.fail("send", TimeoutError(), times=40, after_effect=True)
        await services.delivery.tick(messenger)
        clock.advance(minutes=1)
        await services.delivery.tick(messenger)
        for guild_id in servers:
            await services.checkins.report(guild_id, 7, Entry("Read a paper"))
        await services.delivery.tick(messenger)
        await database.close()

    run(main())
    kinds = Counter(call.method for call in messenger.calls)
    assert kinds == {"send": 160, "find": 40, "open_thread": 80, "edit": 80}
    assert busiest_second([call.loop_time for call in messenger.calls]) <= DISCORDS_LIMIT
    assert len(messenger.prompts) == len(messenger.cards) == 80


def test_a_call_for_one_server_waits_a_few_turns_and_not_for_the_whole_queue(database_path: Path) -> None:
    clock = ManualClock(NOON)
    messenger = FakeMessenger(clock)
    messenger.latency = 0.2

    async def main() -> float:
        database = await InlineDatabase.open(database_path)
        delivery = Delivery(database, clock, KINDS, SENDS_PER_SECOND)
        await database.write(fill_outbox, 400, 5)
        queue = asyncio.create_task(delivery.send_outstanding(messenger))
        await asyncio.sleep(5)
        await database.write(put_notice, 999, 7)
        began = asyncio.get_running_loop().time()
        assert await delivery.send_outstanding(messenger, only_guild=999) == 1
        took = asyncio.get_running_loop().time() - began
        await queue
        await database.close()
        return took

    assert run(main()) < 2.0
