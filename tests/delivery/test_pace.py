"""However much is due, requests arrive at Discord's pace of fifty a second, and hardly slower."""

import asyncio
import random
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.checkins.rules import Entry
from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage
from bot.delivery.due import Due
from bot.delivery.messenger import Place, Post
from bot.delivery.outbox import Delivery as Row
from bot.delivery.service import Delivery
from bot.services import Services
from cogs.pace import ON_THE_WAY, Pace, in_background
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.inline_database import InlineDatabase
from tests.delivery.virtual_time import run

DISCORDS_LIMIT = 50
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class PacedMessenger(FakeMessenger):
    """Every request waits for its turn, and takes a little while to arrive, now less and now more."""

    def __init__(self, clock: ManualClock, pace: Pace):
        super().__init__(clock)
        self._pace = pace
        self._ways = random.Random(8)

    def _request(self, method: str, place: Place) -> AbstractAsyncContextManager[None]:
        return self._paced(super()._request(method, place))

    @asynccontextmanager
    async def _paced(self, request: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
        turn = await self._pace.turn()
        self._pace.left(turn)
        await asyncio.sleep(self._ways.uniform(0.0, ON_THE_WAY))
        try:
            async with request:
                yield
        finally:
            self._pace.over(turn)


def new_messenger(clock: ManualClock) -> PacedMessenger:
    return PacedMessenger(clock, Pace(DISCORDS_LIMIT, asyncio.get_running_loop().time))


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


@pytest.mark.parametrize("latency", [0.002, 0.2, 0.4])
def test_2000_messages_to_400_servers_never_pass_discords_limit_and_keep_up_the_pace(
    latency: float, database_path: Path
) -> None:
    clock = ManualClock(NOON)

    async def main() -> PacedMessenger:
        messenger = new_messenger(clock)
        messenger.latency = latency
        database = await InlineDatabase.open(database_path)
        delivery = Delivery(database, clock, KINDS)
        await database.write(fill_outbox, 400, 5)
        with in_background():
            assert await delivery.send_outstanding(messenger) == 2000
        await database.close()
        return messenger

    messenger = run(main())
    times = [call.loop_time for call in messenger.called("send")]
    assert len(times) == len(messenger.messages) == len(messenger.calls) == 2000
    assert set(Counter(call.place.guild_id for call in messenger.calls).values()) == {5}
    assert max(messenger.most_in_flight.values()) == 1
    assert busiest_second(times) <= DISCORDS_LIMIT
    assert 2000 / (times[-1] - times[0]) >= 0.95 * DISCORDS_LIMIT


def test_a_burst_after_a_pause_does_not_pass_discords_limit_either(database_path: Path) -> None:
    clock = ManualClock(NOON)

    async def main() -> PacedMessenger:
        messenger = new_messenger(clock)
        database = await InlineDatabase.open(database_path)
        delivery = Delivery(database, clock, KINDS)
        for _ in range(3):
            await database.write(lambda db: db.execute("delete from delivery"))
            await database.write(fill_outbox, 150, 1)
            await delivery.send_outstanding(messenger)
            await asyncio.sleep(60)
        await database.close()
        return messenger

    times = [call.loop_time for call in run(main()).calls]
    assert len(times) == 450
    assert busiest_second(times) <= DISCORDS_LIMIT


def test_opened_threads_changes_and_searches_go_at_the_same_pace(database_path: Path) -> None:
    clock = ManualClock(NOON - timedelta(hours=1))
    servers = range(1, 81)

    async def main() -> PacedMessenger:
        messenger = new_messenger(clock)
        database = await InlineDatabase.open(database_path)
        services = Services(database, clock)
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
        return messenger

    messenger = run(main())
    kinds = Counter(call.method for call in messenger.calls)
    assert kinds == {"send": 160, "find": 40, "open_thread": 80, "edit": 80}
    assert busiest_second([call.loop_time for call in messenger.calls]) <= DISCORDS_LIMIT
    assert len(messenger.prompts) == len(messenger.cards) == 80


def test_what_somebody_waits_for_overtakes_the_whole_queue(database_path: Path) -> None:
    clock = ManualClock(NOON)

    async def main() -> float:
        messenger = new_messenger(clock)
        messenger.latency = 0.2
        database = await InlineDatabase.open(database_path)
        delivery = Delivery(database, clock, KINDS)
        await database.write(fill_outbox, 400, 5)
        with in_background():
            queue = asyncio.create_task(delivery.send_outstanding(messenger))
        await asyncio.sleep(5)
        await database.write(put_notice, 999, 7)
        began = asyncio.get_running_loop().time()
        await delivery.deliver_in(messenger, 999)
        took = asyncio.get_running_loop().time() - began
        assert any(call.place.guild_id == 999 for call in messenger.calls)
        await queue
        await database.close()
        return took

    # A slot, the way there, and the answer; the rest is rounding.
    assert run(main()) < 1.0 / DISCORDS_LIMIT + ON_THE_WAY + 0.2 + 0.02
