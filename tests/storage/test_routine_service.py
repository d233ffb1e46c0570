"""Planning a routine: what is kept, when the next ping comes, and what a change of zone does to the days."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.checkins.rules import Entry
from bot.errors import NoRoutine, UnknownDays, UnknownTime, UserError
from bot.localtime import ONE_DAY, Occurrence, Weekdays, local_day
from bot.routines.rules import Routine
from bot.services import Services
from tests.clocks import ManualClock

GUILD, ADA, BEN = 1, 10, 20
MONDAY = date(2026, 3, 2)
AUCKLAND, HONOLULU, BERLIN = "Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin"


@pytest.fixture
async def services(services: Services) -> Services:
    """A server in Berlin; it is one o'clock on Monday afternoon."""
    await services.servers.set_up(GUILD, checkin_channel_id=5, zone=BERLIN, prompt_time=time(9))
    return services


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def days_done(services: Services, user: int = ADA) -> set[str]:
    query = "select local_day from checkin where guild_id = ? and user_id = ?"
    return await services.database.read(lambda db: {day for (day,) in db.execute(query, (GUILD, user))})


async def lost(services: Services, user: int = ADA) -> set[date]:
    """The days that a member missed, or would have, had nothing covered them."""
    ledger = await services.checkins.ledger(GUILD, user)
    return {day.day for day in ledger if day.state in ("missed", "frozen")}


async def check_in(services: Services, text: str = "Something") -> date:
    return (await services.checkins.report(GUILD, ADA, Entry(text))).checkin.day


async def test_the_usual_routine_is_every_day_in_the_servers_zone_without_a_ping(
    services: Services, clock: ManualClock
) -> None:
    planned = await services.routines.plan(GUILD, ADA)
    assert planned.routine == Routine(clock.now(), MONDAY, BERLIN, Weekdays.EVERY_DAY, time(9), ping=False)
    assert planned.next_ping is None
    assert await services.routines.find(GUILD, ADA) == planned


async def test_what_is_not_given_stays_as_it_was(services: Services, clock: ManualClock) -> None:
    await services.routines.plan(GUILD, ADA, zone="tokyo", days="mon-fri", at="0:00", ping=True)
    for given in ({"days": "sat"}, {"at": "19:30"}, {"ping": False}, {"zone": BERLIN}, {}):
        before = (await services.routines.find(GUILD, ADA)).routine
        clock.advance(minutes=1)
        arguments: dict[str, Any] = given
        after = (await services.routines.plan(GUILD, ADA, **arguments)).routine
        changed = {"from_day"} | set(given)
        assert {
            name: getattr(after, name) for name in ("zone", "days", "at", "ping") if name not in changed
        } == {name: getattr(before, name) for name in ("zone", "days", "at", "ping") if name not in changed}
    assert after == Routine(clock.now(), MONDAY, BERLIN, Weekdays.SATURDAY, time(19, 30), ping=False)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"zone": "Nowhere at all"}, UserError),
        ({"days": "someday"}, UnknownDays),
        ({"at": "25:00"}, UnknownTime),
    ],
)
async def test_what_cannot_be_read_changes_nothing(
    services: Services, given: dict[str, Any], error: type[Exception]
) -> None:
    before = await services.routines.plan(GUILD, ADA, days="mon-fri", ping=True)
    with pytest.raises(error):
        await services.routines.plan(GUILD, ADA, **({"ping": False} | given))
    assert await services.routines.find(GUILD, ADA) == before


async def test_without_a_routine_there_is_none_to_show_or_to_stop(services: Services) -> None:
    for act in (services.routines.find, services.routines.stop):
        with pytest.raises(NoRoutine):
            await act(GUILD, ADA)


async def test_after_a_stop_nothing_is_due_and_nothing_is_planned(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, days="daily", ping=True)
    clock.advance(days=1)
    await services.routines.stop(GUILD, ADA)
    for act in (services.routines.find, services.routines.stop):
        with pytest.raises(NoRoutine):
            await act(GUILD, ADA)
    planned = await services.database.read(
        lambda db: db.execute("select kind from due where user_id <> 0").fetchall()
    )
    assert planned == []
    clock.advance(days=2)
    ledger = await services.checkins.ledger(GUILD, ADA)
    assert [day.state.value for day in ledger] == ["frozen", "rest", "rest", "rest"]
    again = await services.routines.plan(GUILD, ADA, ping=True)
    assert again.routine.days == Weekdays.EVERY_DAY
    assert again.next_ping is not None


async def test_a_change_of_days_does_not_reach_back(services: Services, clock: ManualClock) -> None:
    await services.routines.plan(GUILD, ADA, days="mon-fri")
    clock.advance(days=7)
    before = await services.checkins.ledger(GUILD, ADA)
    await services.routines.plan(GUILD, ADA, days="sat, sun")
    after = await services.checkins.ledger(GUILD, ADA)
    assert after[:-1] == before[:-1]
    assert (before[-1].state.value, after[-1].state.value) == ("today", "rest")


# --- pings


async def test_the_next_ping_is_at_the_members_own_time_on_one_of_their_days(services: Services) -> None:
    planned = await services.routines.plan(GUILD, ADA, zone="new york", days="tue, fri", at="7pm", ping=True)
    assert planned.next_ping == Occurrence(date(2026, 3, 3), utc("2026-03-04T00:00"))
    today = await services.routines.plan(GUILD, BEN, at="13:01", ping=True)
    assert today.next_ping == Occurrence(MONDAY, utc("2026-03-02T12:01"))
    tomorrow = await services.routines.plan(GUILD, BEN, at="13:00", ping=True)
    assert tomorrow.next_ping == Occurrence(MONDAY + ONE_DAY, utc("2026-03-03T12:00"))


@pytest.mark.parametrize(
    "change", [{"at": "18:00"}, {"zone": HONOLULU}, {"zone": "Asia/Kolkata"}, {"days": "daily"}]
)
async def test_the_next_ping_is_never_on_a_day_that_had_one(
    services: Services, clock: ManualClock, change: dict[str, Any]
) -> None:
    await services.routines.plan(GUILD, ADA, at="14:00", ping=True)
    clock.set(utc("2026-03-02T13:00"))
    await services.delivery.claim_due()
    changed = await services.routines.plan(GUILD, ADA, **change)
    assert changed.next_ping is not None
    assert changed.next_ping.day == MONDAY + ONE_DAY
    await services.routines.plan(GUILD, ADA, ping=False)
    again = await services.routines.plan(GUILD, ADA, ping=True)
    assert again.next_ping == changed.next_ping


async def test_however_a_member_moves_no_local_day_has_two_pings(
    services: Services, clock: ManualClock
) -> None:
    draw = random.Random(11)
    zones = [AUCKLAND, HONOLULU, BERLIN, "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]
    pings = "select local_day from delivery where kind = 'ping' and user_id = ? order by id"
    for _ in range(120):
        if draw.random() < 0.4:
            await services.routines.plan(
                GUILD,
                ADA,
                zone=draw.choice(zones),
                at=f"{draw.randrange(24)}:{draw.randrange(60):02}",
                ping=True,
            )
        clock.advance(hours=draw.randrange(1, 20))
        await services.delivery.claim_due()
    days = await services.database.read(lambda db: [day for (day,) in db.execute(pings, (ADA,))])
    assert len(days) > 20
    assert days == sorted(set(days))


async def kinds_planned(services: Services, user: int = ADA) -> list[str]:
    query = "select kind from due where guild_id = ? and user_id = ? order by kind"
    return await services.database.read(lambda db: [kind for (kind,) in db.execute(query, (GUILD, user))])


@pytest.mark.parametrize(
    ("direct", "second", "kinds"),
    [
        (False, False, ["ping"]),
        (False, True, ["ping", "second_ping"]),
        (True, False, ["direct_ping"]),
        (True, True, ["direct_ping", "direct_second_ping"]),
    ],
)
async def test_exactly_the_pings_that_were_chosen_are_planned(
    services: Services, direct: bool, second: bool, kinds: list[str]
) -> None:
    for user in (ADA, BEN):
        await services.routines.plan(GUILD, user, at="18:00", ping=True)
    await services.routines.choose_pings(GUILD, ADA, direct=not direct, second=not second)
    await services.routines.choose_pings(GUILD, ADA, direct=direct)
    planned = await services.routines.choose_pings(GUILD, ADA, second=second)
    assert await kinds_planned(services) == kinds
    assert await kinds_planned(services, BEN) == ["ping"]
    assert planned.second_at == (time(20) if second else None)
    assert planned.next_ping == Occurrence(MONDAY, utc("2026-03-02T17:00"))
    # It holds for a routine that is set later, too.
    await services.routines.plan(GUILD, ADA, at="17:00")
    assert await kinds_planned(services) == kinds


async def test_choosing_pings_wakes_none_that_were_not_asked_for(services: Services) -> None:
    with pytest.raises(NoRoutine):
        await services.routines.choose_pings(GUILD, ADA, direct=True)
    await services.routines.plan(GUILD, ADA, ping=False)
    planned = await services.routines.choose_pings(GUILD, ADA, direct=True, second=True)
    assert planned.next_ping is None
    assert await kinds_planned(services) == []


# --- moving


async def test_however_a_member_moves_nothing_that_was_done_is_gained_or_lost(
    services: Services, clock: ManualClock
) -> None:
    draw = random.Random(7)
    zones = [AUCKLAND, HONOLULU, BERLIN, "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]
    expected: set[str] = set()
    zone = BERLIN
    for _ in range(150):
        if draw.random() < 0.5:
            zone = draw.choice(zones)
            await services.routines.plan(GUILD, ADA, zone=zone)
            assert await days_done(services) == expected
        if draw.random() < 0.5:
            day = await check_in(services)
            assert day == local_day(clock.now(), zone)
            expected.add(day.isoformat())
        clock.advance(hours=draw.randrange(1, 12))
    assert await days_done(services) == expected


async def test_a_streak_is_as_long_after_a_move_over_the_date_line_and_back(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, zone=AUCKLAND)
    for _ in range(3):
        await check_in(services)
        clock.advance(days=1)
    fourth = await services.checkins.report(GUILD, ADA, Entry("In Auckland"))
    assert fourth.streak == 4
    await services.routines.plan(GUILD, ADA, zone=HONOLULU)
    clock.advance(days=1)  # it is that day again
    same_day = await services.checkins.report(GUILD, ADA, Entry("In Honolulu"))
    assert (same_day.checkin.day, same_day.is_new, same_day.streak) == (fourth.checkin.day, False, 4)
    await services.routines.plan(GUILD, ADA, zone=AUCKLAND)
    back = await services.checkins.report(GUILD, ADA, Entry("In Auckland again"))
    assert (back.checkin.day, back.streak) == (fourth.checkin.day + ONE_DAY, 5)


async def test_the_form_of_a_day_that_comes_again_holds_what_was_reported_for_it(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, zone=AUCKLAND)
    first = await check_in(services, "The first day's work")
    clock.advance(days=1)
    await check_in(services, "The second day's work")
    await services.routines.plan(GUILD, ADA, zone=HONOLULU)
    form = await services.checkins.form(GUILD, ADA)
    assert form.day == first
    assert (form.entry.done, form.edits) == ("The first day's work", True)


@pytest.mark.parametrize(
    ("zone", "now", "to"),
    [
        (HONOLULU, "2026-03-03T20:00", AUCKLAND),  # ten in the morning; over there it is tomorrow
        (BERLIN, "2026-03-03T22:30", "Europe/Helsinki"),  # half an hour before midnight; over there after it
    ],
)
async def test_a_move_to_the_east_does_not_cost_the_day_that_it_ends(
    services: Services, clock: ManualClock, zone: str, now: str, to: str
) -> None:
    clock.set(utc(now) - timedelta(days=1))
    await services.routines.plan(GUILD, ADA, zone=zone)
    await check_in(services)
    clock.set(utc(now))
    assert await lost(services) == set()
    await services.routines.plan(GUILD, ADA, zone=to)
    assert await lost(services) == set()
    assert (await services.checkins.report(GUILD, ADA, Entry("At once"))).streak == 2
