"""Starting and stopping blocks of focus: what is kept, what counts for which day, and who sees it."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.errors import BlockOver, NotSetUp, UnknownFocusLength
from bot.focus.rules import Effort, InFocus
from bot.focus.service import Started, minutes_on
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER, ADA, BEN, CLEO = 1, 2, 10, 20, 30
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers that keep UTC; it is Monday noon."""
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    return services


async def start(
    services: Services,
    user: int = ADA,
    minutes: int = 50,
    *,
    guild: int = GUILD,
    effort: Effort | None = Effort.HIGH,
    seen: bool = True,
) -> Started:
    return await services.focus.start(guild, user, minutes=minutes, effort=effort, seen=seen)


async def counted(
    services: Services, clock: ManualClock, user: int = ADA, day: date = MONDAY, guild: int = GUILD
) -> int:
    return await services.database.read(minutes_on, guild, user, day, clock.now())


async def companies(services: Services, guild: int = GUILD) -> list[tuple[str, int, int]]:
    """The companies that have or will have a message: its state, and what of it is shown and wanted."""
    query = "select state, shown, wanted from delivery where kind = 'company' and guild_id = ? order by id"
    return await services.database.read(lambda db: [tuple(row) for row in db.execute(query, (guild,))])


async def test_a_block_runs_for_its_minutes_from_now_on(services: Services, clock: ManualClock) -> None:
    started = await start(services, minutes=25, effort=Effort.LOW)
    assert (started.is_new, started.others, started.minutes_today) == (True, [], 0)
    assert (started.block.effort, started.block.minutes) == (Effort.LOW, 25)
    assert (started.block.began_at, started.block.ends_at) == (
        clock.now(),
        clock.now() + timedelta(minutes=25),
    )
    assert started.block.company is None


async def test_a_second_start_answers_the_block_that_runs_and_changes_nothing(
    services: Services, clock: ManualClock
) -> None:
    first = await start(services, minutes=90)
    clock.advance(minutes=89, seconds=59)
    second = await start(services, minutes=25, effort=Effort.LOW, seen=False)
    assert not second.is_new
    assert second.block == first.block
    clock.advance(seconds=1)
    assert (await start(services)).is_new


@pytest.mark.parametrize("minutes", [-25, 0, 1, 24, 51, 100_000])
async def test_other_lengths_are_refused_and_nothing_is_kept(services: Services, minutes: int) -> None:
    with pytest.raises(UnknownFocusLength, match="25, 50 or 90"):
        await start(services, minutes=minutes)
    assert (await start(services)).is_new


async def test_in_a_server_that_is_not_set_up_nothing_starts(services: Services) -> None:
    with pytest.raises(NotSetUp):
        await start(services, guild=99)


async def test_whoever_joins_without_a_word_has_the_effort_of_their_last_block(
    services: Services, clock: ManualClock
) -> None:
    assert (await start(services, effort=None)).block.effort is Effort.HIGH
    clock.advance(hours=1)
    await start(services, effort=Effort.MIDDLE)
    clock.advance(hours=1)
    assert (await start(services, effort=None)).block.effort is Effort.MIDDLE
    assert (await start(services, BEN, effort=None)).block.effort is Effort.HIGH


# --- stopping


async def test_a_block_that_is_stopped_counts_its_whole_minutes(
    services: Services, clock: ManualClock
) -> None:
    block = (await start(services)).block
    clock.advance(minutes=12, seconds=59)
    stopped = await services.focus.stop(GUILD, ADA, block.id)
    assert (stopped.minutes, stopped.minutes_today) == (12, 12)
    assert await counted(services, clock) == 12
    assert (await start(services)).is_new


async def test_only_a_running_block_of_ones_own_can_be_stopped(
    services: Services, clock: ManualClock
) -> None:
    block = (await start(services)).block
    for guild, user, number in ((GUILD, BEN, block.id), (OTHER, ADA, block.id), (GUILD, ADA, block.id + 1)):
        with pytest.raises(BlockOver):
            await services.focus.stop(guild, user, number)
    clock.advance(minutes=50)
    with pytest.raises(BlockOver):
        await services.focus.stop(GUILD, ADA, block.id)
    assert await counted(services, clock) == 50


async def test_the_button_of_an_earlier_block_does_not_stop_a_later_one(
    services: Services, clock: ManualClock
) -> None:
    first = (await start(services)).block
    await services.focus.stop(GUILD, ADA, first.id)
    second = (await start(services)).block
    clock.advance(minutes=10)
    with pytest.raises(BlockOver):
        await services.focus.stop(GUILD, ADA, first.id)
    assert (await start(services)).block == second


# --- what counts for which day


async def test_the_minutes_of_a_day_are_those_of_all_its_blocks_that_are_over(
    services: Services, clock: ManualClock
) -> None:
    await start(services, minutes=25)
    assert await counted(services, clock) == 0
    clock.advance(minutes=24, seconds=59)
    assert await counted(services, clock) == 0
    clock.advance(seconds=1)
    assert await counted(services, clock) == 25
    block = (await start(services, minutes=90)).block
    clock.advance(minutes=10, seconds=30)
    assert (await start(services)).minutes_today == 25
    await services.focus.stop(GUILD, ADA, block.id)
    assert await counted(services, clock) == 35
    assert await counted(services, clock, BEN) == 0
    assert await counted(services, clock, guild=OTHER) == 0
    assert await counted(services, clock, day=TUESDAY) == 0


async def test_blocks_that_others_do_not_see_count_as_well(services: Services, clock: ManualClock) -> None:
    await start(services, seen=False)
    clock.advance(minutes=50)
    assert await counted(services, clock) == 50


async def test_a_block_over_midnight_counts_for_the_day_on_which_it_is_over(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, zone="Asia/Tokyo")  # nine hours ahead
    clock.set(datetime(2026, 3, 2, 14, 50, tzinfo=UTC))
    await start(services, minutes=25)
    clock.advance(minutes=25)
    assert await counted(services, clock) == 0
    assert await counted(services, clock, day=TUESDAY) == 25


async def test_a_block_that_is_stopped_before_midnight_counts_for_the_day_before(
    services: Services, clock: ManualClock
) -> None:
    clock.set(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    block = (await start(services)).block
    clock.advance(minutes=20)
    await services.focus.stop(GUILD, ADA, block.id)
    assert await counted(services, clock) == 20
    assert await counted(services, clock, day=TUESDAY) == 0


async def test_no_day_counts_more_minutes_than_it_has(services: Services, clock: ManualClock) -> None:
    for _ in range(16):
        await start(services, minutes=90)
        clock.advance(minutes=90)
    await start(services, minutes=25)
    clock.advance(minutes=25)
    # Whoever moves to the west lives through hours of a day again; here, all blocks are of one day.
    await services.database.write(lambda db: db.execute("update focus set local_day = '2026-03-02'").rowcount)
    assert await counted(services, clock) == 24 * 60


async def test_the_check_in_starts_with_the_minutes_of_the_day(
    services: Services, clock: ManualClock
) -> None:
    assert (await services.checkins.form(GUILD, ADA)).entry.minutes is None
    await start(services)
    clock.advance(minutes=50)
    assert (await services.checkins.form(GUILD, ADA)).entry.minutes == 50


# --- company


async def test_a_member_is_told_who_else_is_in_focus_now(services: Services, clock: ManualClock) -> None:
    ada = (await start(services, ADA, 90)).block
    clock.advance(minutes=5)
    ben = (await start(services, BEN, 25)).block
    await start(services, 40, 50, seen=False)
    await start(services, 50, 50, guild=OTHER)
    seen = await start(services, CLEO)
    assert seen.others == [InFocus(BEN, ben.ends_at), InFocus(ADA, ada.ends_at)]
    clock.advance(minutes=25)
    assert (await start(services, CLEO)).others == [InFocus(ADA, ada.ends_at)]
    await services.focus.stop(GUILD, ADA, ada.id)
    assert (await start(services, CLEO)).others == []


async def test_two_blocks_that_overlap_are_a_company_and_a_third_joins_it(
    services: Services, clock: ManualClock
) -> None:
    await start(services, ADA)
    assert await companies(services) == []
    clock.advance(minutes=10)
    ben = (await start(services, BEN)).block
    assert await companies(services) == [("pending", 0, 1)]
    clock.advance(minutes=10)
    cleo = (await start(services, CLEO)).block
    assert ben.company == cleo.company == clock.now() - timedelta(minutes=10)
    assert await companies(services) == [("pending", 0, 2)]


async def test_blocks_one_after_the_other_are_no_company(services: Services, clock: ManualClock) -> None:
    await start(services, ADA, 25)
    clock.advance(minutes=25)
    assert (await start(services, BEN)).block.company is None
    assert await companies(services) == []


@pytest.mark.parametrize("seen", [(False, True), (True, False), (False, False)])
async def test_a_block_that_others_do_not_see_is_in_no_company(
    services: Services, seen: Sequence[bool]
) -> None:
    for user, visible in zip((ADA, BEN), seen, strict=True):
        assert (await start(services, user, seen=visible)).block.company is None
    assert await companies(services) == []


async def test_blocks_of_different_servers_are_no_company(services: Services) -> None:
    await start(services, ADA)
    elsewhere = await start(services, BEN, guild=OTHER)
    assert elsewhere.others == []
    assert elsewhere.block.company is None
    assert (await start(services, ADA, guild=OTHER)).block.company is not None
    assert (await companies(services), len(await companies(services, OTHER))) == ([], 1)


async def test_a_company_takes_in_nobody_of_another_server(services: Services) -> None:
    await start(services, ADA, guild=OTHER)
    for user in (BEN, CLEO):
        await start(services, user)
    assert (await start(services, ADA, guild=OTHER)).block.company is None


async def test_a_block_that_others_do_not_see_leaves_no_trace_in_what_is_sent(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    await start(services, ADA, seen=False)
    clock.advance(minutes=20)
    await start(services, BEN)
    clock.advance(hours=2)
    await services.delivery.claim_due()
    rows = db.execute("select user_id from delivery where kind in ('focus_end', 'company')").fetchall()
    assert [user for (user,) in rows] == [BEN]


# --- a person's data


async def test_all_of_a_member_can_be_given_out_and_nothing_of_others(
    services: Services, db: sqlite3.Connection
) -> None:
    await start(services, ADA)
    await start(services, ADA, guild=OTHER)
    await start(services, BEN)
    given_out = services.focus.export_member(db, GUILD, ADA)
    assert [(row["guild_id"], row["user_id"], row["minutes"]) for row in given_out["focus"]] == [
        (GUILD, ADA, 50)
    ]
    assert json.loads(json.dumps(given_out)) == given_out


async def test_who_is_forgotten_has_no_block_and_the_others_keep_theirs(
    services: Services, clock: ManualClock
) -> None:
    for guild in (GUILD, OTHER):
        for user in (ADA, BEN):
            await start(services, user, guild=guild)
    await services.database.write(services.focus.forget_member, GUILD, ADA)
    assert not (await start(services, BEN)).is_new
    assert (await start(services, ADA)).is_new
    assert not (await start(services, ADA, guild=OTHER)).is_new


async def test_to_forget_whoever_was_in_no_company_changes_nothing_that_is_sent(
    services: Services, db: sqlite3.Connection
) -> None:
    def sent() -> list[tuple[object, ...]]:
        return [tuple(row) for row in db.execute("select * from delivery order by id")]

    await start(services, CLEO, seen=False)
    await start(services, ADA)
    await start(services, BEN)
    before = sent()
    await services.database.write(services.focus.forget_member, GUILD, CLEO)
    assert before
    assert sent() == before
