"""Buddies over a real database: finding, showing, leaving, and what must hold whatever happens."""

import random
import sqlite3
from datetime import timedelta

import pytest

from bot.buddies.service import Buddies, Paired, Waiting
from bot.checkins.rules import Entry
from bot.errors import BuddyAlready, NoBuddy, NotSetUp, NotYourBuddy
from bot.localtime import ONE_DAY
from bot.services import Services
from tests.clocks import ManualClock
from tests.storage.buddy_pairs import (
    ADA,
    BEN,
    BERLIN,
    CLEO,
    DAN,
    GUILD,
    HONOLULU,
    MONDAY,
    OTHER_GUILD,
    TOKYO,
    announced,
    buddy_of,
    end_pauses,
    pair_up,
    pause,
    set_up_two_servers,
)


@pytest.fixture
async def services(services: Services) -> Services:
    await set_up_two_servers(services)
    return services


@pytest.fixture
def buddies(services: Services) -> Buddies:
    return services.buddies


# Finding.


async def test_the_first_waits_and_the_second_is_paired_with_them(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    first = await buddies.find(GUILD, ADA)
    assert first == Waiting(clock.now(), is_away=False, parted_from=None)
    second = await buddies.find(GUILD, BEN)
    assert isinstance(second, Paired)
    assert (second.buddy_id, second.since) == (ADA, clock.now())
    assert await buddy_of(services, ADA) == BEN
    assert await announced(services) == 1


async def test_who_asks_twice_keeps_their_place(buddies: Buddies, clock: ManualClock) -> None:
    first = await buddies.find(GUILD, ADA)
    clock.advance(days=3)
    assert await buddies.find(GUILD, ADA) == first


async def test_one_buddy_at_a_time(services: Services, buddies: Buddies) -> None:
    await pair_up(services)
    with pytest.raises(BuddyAlready):
        await buddies.find(GUILD, ADA)
    with pytest.raises(BuddyAlready):
        await buddies.stop_looking(GUILD, ADA)
    assert isinstance(await buddies.find(GUILD, CLEO), Waiting)


async def test_members_whose_days_hardly_overlap_are_not_paired(services: Services, buddies: Buddies) -> None:
    await services.routines.plan(GUILD, ADA, zone=HONOLULU)
    await buddies.find(GUILD, ADA)
    assert isinstance(await buddies.find(GUILD, BEN), Waiting), "Honolulu and Berlin share four hours"
    await services.routines.plan(GUILD, CLEO, zone=TOKYO)
    found = await buddies.find(GUILD, CLEO)
    assert isinstance(found, Paired)
    assert found.buddy_id == ADA, "ten hours with Honolulu are more than seven with Berlin"


async def test_a_move_of_zones_lets_people_find_each_other(services: Services, buddies: Buddies) -> None:
    await services.routines.plan(GUILD, ADA, zone=HONOLULU)
    await buddies.find(GUILD, ADA)
    await buddies.find(GUILD, BEN)
    await services.routines.plan(GUILD, ADA, zone=TOKYO)
    await buddies.tend()
    assert await buddy_of(services, ADA) == BEN


async def test_a_search_needs_a_server_that_is_set_up(buddies: Buddies) -> None:
    with pytest.raises(NotSetUp):
        await buddies.find(99, ADA)
    with pytest.raises(NoBuddy):
        await buddies.show(99, ADA)


async def test_who_stops_looking_is_not_found(services: Services, buddies: Buddies) -> None:
    await buddies.find(GUILD, ADA)
    await buddies.stop_looking(GUILD, ADA)
    await buddies.find(GUILD, BEN)
    assert await buddies.leave(GUILD, BEN) is None
    assert isinstance(await buddies.find(GUILD, CLEO), Waiting)
    for nobody in (ADA, BEN):
        with pytest.raises(NoBuddy):
            await buddies.show(GUILD, nobody)
        with pytest.raises(NoBuddy):
            await buddies.leave(GUILD, nobody)


async def test_nothing_of_one_server_counts_in_another(services: Services, buddies: Buddies) -> None:
    await buddies.find(GUILD, ADA)
    assert isinstance(await buddies.find(OTHER_GUILD, BEN), Waiting)
    await buddies.find(OTHER_GUILD, CLEO)
    await buddies.find(GUILD, BEN)
    assert await buddy_of(services, BEN) == ADA
    assert await buddy_of(services, BEN, OTHER_GUILD) == CLEO
    await buddies.leave(GUILD, BEN)
    await buddies.gone(GUILD, ADA, CLEO)
    assert await buddy_of(services, BEN, OTHER_GUILD) == CLEO
    await services.checkins.report(GUILD, CLEO, Entry("Only for the first"))
    shown = await buddies.show(OTHER_GUILD, BEN)
    assert isinstance(shown, Paired)
    assert shown.checkins == []
    # Who parted in the one may meet in the other.
    await buddies.leave(OTHER_GUILD, BEN)
    await buddies.leave(OTHER_GUILD, CLEO)
    await pair_up(services, ADA, BEN, OTHER_GUILD)


# Looking.


async def test_a_buddys_last_seven_days_are_shown_with_the_newest_first(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    for number in range(9):
        await services.checkins.report(GUILD, BEN, Entry(f"Day {number}, see https://example.org/{number}"))
        clock.advance(days=1)
    clock.advance(days=-1)
    await pair_up(services)
    shown = await buddies.show(GUILD, ADA)
    assert isinstance(shown, Paired)
    assert [checkin.day - MONDAY for checkin in shown.checkins] == [
        number * ONE_DAY for number in range(8, 1, -1)
    ]
    assert shown.checkins[0].links == ("https://example.org/8",)
    assert not shown.is_away


async def test_a_paused_buddy_is_shown_as_away(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    await pair_up(services)
    await pause(services, BEN, 1, 2)
    for away in (False, True, True, False):
        shown = await buddies.show(GUILD, ADA)
        assert isinstance(shown, Paired)
        assert shown.is_away is away
        clock.advance(days=1)


# Leaving.


async def test_who_leaves_is_free_and_the_other_goes_back_to_the_search(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    await pair_up(services)
    assert await buddies.leave(GUILD, BEN) == ADA
    with pytest.raises(NoBuddy):
        await buddies.show(GUILD, BEN)
    assert await buddies.show(GUILD, ADA) == Waiting(clock.now(), is_away=False, parted_from=BEN)
    clock.advance(days=8)
    assert (await buddies.show(GUILD, ADA)).parted_from is None, "it is told for a week"


async def test_who_is_left_is_paired_with_somebody_who_waits_at_once(
    services: Services, buddies: Buddies
) -> None:
    await pair_up(services)
    await buddies.find(GUILD, CLEO)
    await buddies.leave(GUILD, BEN)
    shown = await buddies.show(GUILD, ADA)
    assert isinstance(shown, Paired)
    assert (shown.buddy_id, shown.parted_from) == (CLEO, BEN)
    assert await announced(services) == 2


@pytest.mark.parametrize("leaver", [ADA, BEN])
async def test_those_who_parted_are_not_paired_again_within_60_days(
    services: Services, buddies: Buddies, clock: ManualClock, leaver: int
) -> None:
    await pair_up(services)
    await buddies.leave(GUILD, leaver)
    await buddies.find(GUILD, leaver)
    for _ in range(59):
        clock.advance(days=1)
        await buddies.tend()
        assert await buddy_of(services, ADA) is None
    clock.advance(days=1)
    await buddies.tend()
    assert await buddy_of(services, ADA) == BEN


async def test_only_the_last_parting_is_told(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    for buddy in (BEN, DAN, CLEO):
        await buddies.find(GUILD, buddy)
        if buddy == BEN:
            await buddies.find(GUILD, ADA)
        clock.advance(hours=1)
        await buddies.leave(GUILD, buddy)
        assert (await buddies.show(GUILD, ADA)).parted_from == buddy


async def test_an_old_button_does_not_part_from_a_new_buddy(services: Services, buddies: Buddies) -> None:
    await pair_up(services)
    await buddies.leave(GUILD, BEN, ADA)
    await buddies.find(GUILD, CLEO)
    for user, buddy in ((ADA, BEN), (BEN, ADA), (DAN, ADA)):
        with pytest.raises(NotYourBuddy):
            await buddies.leave(GUILD, user, buddy)
    assert await buddy_of(services, ADA) == CLEO


async def test_pairs_made_within_a_second_are_all_announced(services: Services, buddies: Buddies) -> None:
    for other in (BEN, CLEO, DAN):
        await buddies.find(GUILD, other)
        if other == BEN:
            await buddies.find(GUILD, ADA)
        assert await buddy_of(services, ADA) == other
        await buddies.leave(GUILD, other)
    assert await announced(services) == 3


# Going.


async def test_a_buddy_who_left_the_server_is_replaced(services: Services, buddies: Buddies) -> None:
    await pair_up(services)
    assert isinstance(await buddies.gone(GUILD, ADA, BEN), Waiting)
    with pytest.raises(NoBuddy):
        await buddies.show(GUILD, BEN)
    # Who comes back simply goes on, with the same buddy too.
    await buddies.find(GUILD, BEN)
    assert await buddy_of(services, ADA) == BEN


async def test_somebody_elses_buddy_cannot_be_declared_gone(services: Services, buddies: Buddies) -> None:
    await pair_up(services)
    with pytest.raises(NoBuddy):
        await buddies.gone(GUILD, CLEO, BEN)
    assert isinstance(await buddies.gone(GUILD, ADA, CLEO), Paired)
    assert await buddy_of(services, BEN) == ADA


# Personal data.


async def fill(services: Services, db: sqlite3.Connection) -> None:
    """Ada and Ben stand in every table, in both servers, on both sides."""
    for guild in (GUILD, OTHER_GUILD):
        await pair_up(services, ADA, BEN, guild)
        await services.buddies.leave(guild, BEN)
        await services.buddies.find(guild, CLEO)
        await services.buddies.find(guild, BEN)
        for user, by in ((ADA, CLEO), (CLEO, ADA)):
            db.execute("insert into nudge values (?, ?, '2026-03-01', ?, 0)", (guild, user, by))


def mentioning(db: sqlite3.Connection, user: int, guild: int) -> set[str]:
    found = set()
    for table in Buddies.tables:
        rows = db.execute(f"select * from {table} where guild_id = ?", (guild,))
        found |= {table for row in rows if user in (row["user_id"], dict(row).get("with_user_id"))}
        rows = db.execute(f"select * from {table} where guild_id = ?", (guild,))
        found |= {table for row in rows if dict(row).get("by_user_id") == user}
    return found


async def test_an_export_has_the_members_own_rows_only(services: Services, db: sqlite3.Connection) -> None:
    await fill(services, db)
    export = services.buddies.export_member(db, GUILD, ADA)
    assert export.keys() == Buddies.tables
    rows = [row for table in export.values() for row in table]
    assert {(row["guild_id"], row["user_id"]) for row in rows} == {(GUILD, ADA)}
    assert [row["with_user_id"] for row in export["buddy"]] == [CLEO]
    assert [row["with_user_id"] for row in export["buddy_before"]] == [BEN]
    assert [row["by_user_id"] for row in export["nudge"]] == [CLEO]


async def test_forgetting_takes_the_rows_on_both_sides_of_one_server(
    services: Services, db: sqlite3.Connection
) -> None:
    await fill(services, db)
    assert mentioning(db, ADA, GUILD) == {"buddy", "buddy_before", "nudge"}
    assert mentioning(db, BEN, GUILD) == {"buddy_search", "buddy_before"}
    for user in (ADA, BEN):
        await services.database.write(services.buddies.forget_member, GUILD, user)
        assert mentioning(db, user, GUILD) == set()
        assert mentioning(db, user, OTHER_GUILD) != set()
    with pytest.raises(NoBuddy):
        await services.buddies.show(GUILD, CLEO)


# Whatever happens.


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_pairs_are_of_two_and_nobody_is_in_two(
    services: Services, db: sqlite3.Connection, clock: ManualClock, seed: int
) -> None:
    chance = random.Random(seed)
    members = range(100, 109)
    zones = (BERLIN, TOKYO, HONOLULU, "America/New_York", "Pacific/Auckland", "Asia/Kolkata")
    for member in members:
        await services.routines.plan(GUILD, member, zone=chance.choice(zones))
    buddies, made = services.buddies, 0
    for _step in range(150):
        member = chance.choice(members)
        clock.advance(hours=chance.choice((0, 1, 30)))
        day = (clock.now().date() - MONDAY).days
        match chance.randrange(7):
            case 0 | 1 | 2:
                if await buddy_of(services, member) is None:
                    await buddies.find(GUILD, member)
            case 3:
                if await buddy_of(services, member) is not None:
                    await buddies.leave(GUILD, member)
            case 4:
                await end_pauses(services, member)
                await pause(services, member, day - 1, day + chance.randrange(9))
            case 5:
                buddy = await buddy_of(services, member)
                if buddy is not None:
                    await buddies.gone(GUILD, member, buddy)
            case 6:
                await services.database.write(buddies.forget_member, GUILD, member)
        await buddies.tend()
        pairs = {(row["user_id"], row["with_user_id"]) for row in db.execute("select * from buddy")}
        waiting = {user for (user,) in db.execute("select user_id from buddy_search")}
        assert pairs == {(other, one) for one, other in pairs}
        assert len({one for one, _ in pairs}) == len(pairs)
        assert all(one != other for one, other in pairs)
        assert waiting.isdisjoint(one for one, _ in pairs)
        made = max(made, len(pairs))
    assert made >= 4
    assert clock.now().date() - MONDAY > timedelta(days=30)
