"""Pauses: what is kept, how they join and end, what they do to the days and to the pings."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.checkins.rules import Entry
from bot.errors import (
    DateIsOver,
    DateTooFar,
    NoRoutine,
    NoSuchDate,
    NotPaused,
    NotSetUp,
    PauseGone,
    RangeBackwards,
    UnknownDate,
    UserError,
)
from bot.localtime import ONE_DAY, Occurrence
from bot.routines.absences import Back
from bot.routines.rules import Pause
from bot.routines.service import is_away
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER_GUILD, ADA, BEN = 1, 2, 10, 20
MONDAY = date(2026, 3, 2)


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers in Berlin; it is one o'clock on Monday afternoon."""
    for guild in (GUILD, OTHER_GUILD):
        await services.servers.set_up(guild, checkin_channel_id=5, zone="Europe/Berlin", prompt_time=time(9))
    return services


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


async def kept(services: Services, user: int = ADA, guild: int = GUILD) -> list[tuple[str, str]]:
    query = "select first_day, last_day from pause where guild_id = ? and user_id = ? order by first_day"
    rows = await services.database.read(lambda db: db.execute(query, (guild, user)).fetchall())
    return [(first, last) for first, last in rows]


async def states(services: Services) -> list[str]:
    return [entry.state.value for entry in await services.checkins.ledger(GUILD, ADA)]


async def test_a_pause_holds_both_its_ends(services: Services) -> None:
    away = await services.routines.pause(GUILD, ADA, "tomorrow", "friday")
    assert (away.pause, away.today, away.joined) == (Pause(day("03-03"), day("03-06")), MONDAY, False)
    for number in range(7):
        expected = day("03-03") <= MONDAY + number * ONE_DAY <= day("03-06")
        found = await services.database.read(is_away, GUILD, ADA, MONDAY + number * ONE_DAY)
        assert found is expected


async def test_a_pause_without_a_last_day_is_the_day_or_week_that_is_named(services: Services) -> None:
    assert (await services.routines.pause(GUILD, ADA, "2026-03-05")).pause == Pause(
        day("03-05"), day("03-05")
    )
    assert (await services.routines.pause(GUILD, BEN, "next week")).pause == Pause(day("03-09"), day("03-15"))


async def test_a_pause_is_reckoned_in_the_members_own_days(services: Services, clock: ManualClock) -> None:
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    await services.routines.plan(GUILD, ADA, zone="Pacific/Kiritimati")  # it is Tuesday there
    away = await services.routines.pause(GUILD, ADA, "today", "tomorrow")
    assert away.pause == Pause(day("03-03"), day("03-04"))


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        ("2026-02-30", None, NoSuchDate),
        ("31 feb", "tomorrow", NoSuchDate),
        ("tomorrow", "31.4.", NoSuchDate),
        ("someday", None, UnknownDate),
        ("tomorrow", "@everyone", UnknownDate),
        ("", None, UnknownDate),
        ("yesterday", None, DateIsOver),
        ("2026-03-01", "2026-03-05", DateIsOver),
        ("2026-03-05", "2026-03-04", RangeBackwards),
        ("tomorrow", "2027-03-04", DateTooFar),
        ("2027-03-04", None, DateTooFar),
        ("**" * 2000, None, UnknownDate),
    ],
)
async def test_a_pause_that_cannot_be_is_refused_with_a_sentence_and_changes_nothing(
    services: Services, first: str, last: str | None, error: type[UserError]
) -> None:
    await services.routines.pause(GUILD, ADA, "tomorrow")
    with pytest.raises(error) as raised:
        await services.routines.pause(GUILD, ADA, first, last)
    assert 20 < len(str(raised.value)) < 200
    assert await kept(services) == [("2026-03-03", "2026-03-03")]


async def test_a_pause_may_last_a_year(services: Services) -> None:
    away = await services.routines.pause(GUILD, ADA, "today", "2027-03-02")
    assert (away.pause.last - away.pause.first).days == 365
    with pytest.raises(UserError):
        await services.routines.pause(GUILD, BEN, "today", "2027-03-03")
    assert await kept(services, BEN) == []


@pytest.mark.parametrize(
    ("first", "last", "joined", "expected"),
    [
        ("2026-03-12", "2026-03-20", True, [("2026-03-10", "2026-03-20")]),  # over its end
        ("2026-03-05", "2026-03-10", True, [("2026-03-05", "2026-03-15")]),  # over its beginning
        ("2026-03-11", "2026-03-12", True, [("2026-03-10", "2026-03-15")]),  # within
        ("2026-03-05", "2026-03-25", True, [("2026-03-05", "2026-03-25")]),  # around
        ("2026-03-16", "2026-03-17", True, [("2026-03-10", "2026-03-17")]),  # right after
        ("2026-03-08", "2026-03-09", True, [("2026-03-08", "2026-03-15")]),  # right before
        ("2026-03-17", "2026-03-18", False, [("2026-03-10", "2026-03-15"), ("2026-03-17", "2026-03-18")]),
    ],
)
async def test_a_pause_over_a_pause_becomes_one_with_it(
    services: Services, first: str, last: str, joined: bool, expected: list[tuple[str, str]]
) -> None:
    await services.routines.pause(GUILD, ADA, "2026-03-10", "2026-03-15")
    assert (await services.routines.pause(GUILD, ADA, first, last)).joined is joined
    assert await kept(services) == expected


async def test_a_pause_may_join_several(services: Services) -> None:
    for pause in (("2026-03-04", "2026-03-05"), ("2026-03-08", "2026-03-09"), ("2026-03-20", "2026-03-21")):
        await services.routines.pause(GUILD, ADA, *pause)
    await services.routines.pause(GUILD, ADA, "2026-03-05", "2026-03-08")
    assert await kept(services) == [("2026-03-04", "2026-03-09"), ("2026-03-20", "2026-03-21")]


async def test_a_pause_belongs_to_one_member_of_one_server(services: Services) -> None:
    await services.routines.pause(GUILD, ADA, "today", "friday")
    assert await kept(services, BEN) == []
    assert await kept(services, ADA, OTHER_GUILD) == []
    with pytest.raises(NotPaused):
        await services.routines.resume(OTHER_GUILD, ADA)
    assert len(await kept(services)) == 1


async def test_pausing_needs_a_server_that_is_set_up_but_no_routine(services: Services) -> None:
    for act in (services.routines.pause(3, ADA, "today"), services.routines.resume(3, ADA)):
        with pytest.raises(NotSetUp):
            await act


# --- ending a pause


async def test_a_running_pause_ends_yesterday_and_today_is_due_again(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA)
    await services.routines.pause(GUILD, ADA, "today", "2026-03-08")
    clock.advance(days=3)
    assert await states(services) == ["paused"] * 4
    back = await services.routines.resume(GUILD, ADA)
    assert back == Back(Pause(MONDAY, day("03-08")), day("03-05"))
    assert await states(services) == ["paused"] * 3 + ["today"]
    assert await kept(services) == [("2026-03-02", "2026-03-04")]


async def test_a_pause_that_began_today_vanishes(services: Services) -> None:
    await services.routines.pause(GUILD, ADA, "today", "friday")
    await services.routines.resume(GUILD, ADA)
    assert await kept(services) == []


async def test_without_a_running_pause_the_next_one_is_dropped(services: Services) -> None:
    await services.routines.pause(GUILD, ADA, "2026-03-20", "2026-03-22")
    await services.routines.pause(GUILD, ADA, "2026-03-10", "2026-03-12")
    await services.routines.resume(GUILD, ADA)
    assert await kept(services) == [("2026-03-20", "2026-03-22")]


async def test_ending_the_running_pause_keeps_those_to_come(services: Services) -> None:
    await services.routines.pause(GUILD, ADA, "2026-03-20", "2026-03-22")
    await services.routines.pause(GUILD, ADA, "today", "tomorrow")
    await services.routines.resume(GUILD, ADA)
    assert await kept(services) == [("2026-03-20", "2026-03-22")]


async def test_with_nothing_paused_there_is_nothing_to_end(services: Services, clock: ManualClock) -> None:
    with pytest.raises(NotPaused):
        await services.routines.resume(GUILD, ADA)
    await services.routines.pause(GUILD, ADA, "today")
    clock.advance(days=1)
    with pytest.raises(NotPaused):
        await services.routines.resume(GUILD, ADA)
    assert await kept(services) == [("2026-03-02", "2026-03-02")]


async def test_the_pause_that_is_meant_is_ended_and_no_other(services: Services) -> None:
    await services.routines.pause(GUILD, ADA, "today", "tomorrow")
    await services.routines.pause(GUILD, ADA, "2026-03-20", "2026-03-22")
    await services.routines.resume(GUILD, ADA, day("03-22"))
    assert await kept(services) == [("2026-03-02", "2026-03-03")]
    with pytest.raises(PauseGone):
        await services.routines.resume(GUILD, ADA, day("03-22"))
    assert await kept(services) == [("2026-03-02", "2026-03-03")]


async def test_days_that_are_over_stay_as_they_were_whatever_is_paused_and_resumed(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA)
    await services.checkins.report(GUILD, ADA, Entry("The first day"))
    clock.advance(days=1)
    await services.routines.pause(GUILD, ADA, "today", "friday")
    clock.advance(days=2)
    before = await services.checkins.ledger(GUILD, ADA)
    await services.routines.pause(GUILD, ADA, "today", "next friday")
    assert (await services.checkins.ledger(GUILD, ADA))[:-1] == before[:-1]
    await services.routines.resume(GUILD, ADA)
    assert (await services.checkins.ledger(GUILD, ADA))[:-1] == before[:-1]


# --- pauses and pings


async def test_the_next_ping_is_said_to_come_after_the_pause(services: Services) -> None:
    await services.routines.plan(GUILD, ADA, at="18:00", ping=True, days="mon-fri")
    await services.routines.pause(GUILD, ADA, "today", "friday")
    await services.routines.pause(GUILD, ADA, "2026-03-09")
    planned = await services.routines.find(GUILD, ADA)
    assert planned.next_ping == Occurrence(day("03-10"), datetime(2026, 3, 10, 17, tzinfo=UTC))
    await services.routines.resume(GUILD, ADA)
    back = await services.routines.find(GUILD, ADA)
    assert back.next_ping == Occurrence(MONDAY, datetime(2026, 3, 2, 17, tzinfo=UTC))


async def test_the_overview_holds_the_pauses_that_are_not_over(
    services: Services, clock: ManualClock
) -> None:
    with pytest.raises(NoRoutine):
        await services.routines.overview(GUILD, ADA)
    await services.routines.pause(GUILD, ADA, "today")
    await services.routines.pause(GUILD, ADA, "2026-03-20")
    alone = await services.routines.overview(GUILD, ADA)
    assert (alone.planned, len(alone.pauses), alone.today) == (None, 2, MONDAY)
    clock.advance(days=1)
    planned = await services.routines.plan(GUILD, ADA)
    overview = await services.routines.overview(GUILD, ADA)
    assert (overview.planned, overview.pauses) == (planned, (Pause(day("03-20"), day("03-20")),))


# --- what is offered while typing


async def test_what_is_typed_is_offered_first_with_the_day_that_it_comes_to(services: Services) -> None:
    choices = await services.routines.date_choices(GUILD, ADA, "next friday")
    assert (choices[0].text, choices[0].value) == ("next friday", "2026-03-06")
    week = (await services.routines.date_choices(GUILD, ADA, "next week"))[0]
    # The whole week stays meant when the choice is sent without a last day.
    assert (week.value, week.first, week.last) == ("next week", day("03-09"), day("03-15"))


async def test_a_last_day_is_never_offered_before_the_first(services: Services) -> None:
    choices = await services.routines.date_choices(GUILD, ADA, "", "2026-03-09")
    assert choices
    assert all(choice.last >= day("03-09") for choice in choices)


@pytest.mark.parametrize(
    ("typed", "first"), [("31 feb", None), ("@everyone", "tomorrow"), ("friday", "nonsense")]
)
async def test_what_names_no_day_offers_nothing(services: Services, typed: str, first: str | None) -> None:
    assert await services.routines.date_choices(GUILD, ADA, typed, first) == []


async def test_nothing_is_offered_where_the_bot_is_not_set_up(services: Services) -> None:
    assert await services.routines.date_choices(3, ADA, "tomorrow") == []


async def test_whatever_is_offered_first_can_be_sent(services: Services) -> None:
    for choice in await services.routines.date_choices(GUILD, ADA, ""):
        away = await services.routines.pause(GUILD, ADA, choice.value)
        assert away.pause.first <= choice.first <= choice.last <= away.pause.last
        assert choice.first - MONDAY <= timedelta(days=31)
