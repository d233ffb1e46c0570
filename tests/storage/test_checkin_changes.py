"""Late reports, changes and deletions of check-ins, over a real database."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.checkins.rules import Entry, KindOfWork
from bot.errors import (
    AlreadyCheckedIn,
    NoDayOffLeft,
    NoSuchCheckIn,
    NothingDueToday,
    NotSetUp,
    TooLateToReport,
    UserError,
)
from bot.focus.rules import Effort
from bot.localtime import ONE_DAY
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20
MONDAY = date(2026, 3, 2)
TUESDAY, WEDNESDAY = MONDAY + ONE_DAY, MONDAY + 2 * ONE_DAY


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers in UTC; it is noon on Monday, 2 March."""
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=guild, zone="Etc/UTC", prompt_time=time(9))
    return services


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


async def states(services: Services, user: int = ADA, guild: int = GUILD) -> list[str]:
    return [day.state.value for day in await services.checkins.ledger(guild, user)]


async def rows(services: Services, query: str) -> list[tuple[Any, ...]]:
    found = await services.database.read(lambda db: db.execute(query).fetchall())
    return [tuple(row) for row in found]


@pytest.mark.parametrize("act", ["recent", "find", "delete", "yesterdays_form", "not_today"])
async def test_on_a_server_that_was_not_set_up_nothing_can_be_changed(services: Services, act: str) -> None:
    day = (MONDAY,) if act in ("find", "delete") else ()
    with pytest.raises(NotSetUp):
        await getattr(services.checkins, act)(99, ADA, *day)


@pytest.mark.parametrize(
    ("hour", "minute", "opens"), [(0, 0, True), (11, 59, True), (12, 0, False), (23, 59, False)]
)
async def test_the_form_for_yesterday_opens_until_noon(
    services: Services, clock: ManualClock, hour: int, minute: int, opens: bool
) -> None:
    clock.set(at(TUESDAY, hour, minute))
    if opens:
        form = await services.checkins.yesterdays_form(GUILD, ADA)
        assert (form.day, form.late, form.edits) == (MONDAY, True, False)
    else:
        with pytest.raises(TooLateToReport):
            await services.checkins.yesterdays_form(GUILD, ADA)


@pytest.mark.parametrize(
    ("sent_at", "day", "late"),
    [
        (at(TUESDAY, 0, 59), MONDAY, False),  # the hour of grace after midnight
        (at(TUESDAY, 1, 0), MONDAY, True),
        (at(TUESDAY, 11, 59), MONDAY, True),
        (at(TUESDAY, 12, 59), MONDAY, True),  # the hour of grace after noon
        (at(TUESDAY, 13, 0), TUESDAY, False),
    ],
)
async def test_a_form_of_monday_counts_by_when_it_is_sent(
    services: Services, clock: ManualClock, sent_at: datetime, day: date, late: bool
) -> None:
    clock.set(sent_at)
    report = await services.checkins.report(GUILD, ADA, Entry("Sent"), form_day=MONDAY)
    assert (report.checkin.day, report.checkin.late) == (day, late)


async def test_a_late_check_in_stays_late_when_it_is_changed_and_a_timely_one_timely(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, BEN, Entry("In time"))
    clock.set(at(TUESDAY, 9))
    await services.checkins.report(GUILD, ADA, Entry("Late"), form_day=MONDAY)
    clock.set(at(WEDNESDAY, 18))
    for user in (ADA, BEN):
        changed = await services.checkins.report(GUILD, user, Entry("Changed"), form_day=MONDAY)
        assert (changed.checkin.day, changed.is_new) == (MONDAY, False)
    assert (await states(services, ADA))[0] == "late"
    assert (await states(services, BEN))[0] == "done"


async def test_a_deleted_and_reported_again_check_in_of_yesterday_is_late(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("In time"))
    clock.set(at(TUESDAY, 9))
    await services.checkins.delete(GUILD, ADA, MONDAY)
    report = await services.checkins.report(GUILD, ADA, Entry("Again"), form_day=MONDAY)
    assert (report.is_new, report.checkin.late) == (True, True)


async def test_what_is_sent_for_a_closed_day_takes_the_place_of_nothing(
    services: Services, clock: ManualClock
) -> None:
    clock.set(at(TUESDAY, 9))
    await services.checkins.report(GUILD, ADA, Entry("Tuesday's own"))
    clock.set(at(TUESDAY, 14))
    with pytest.raises(UserError):
        await services.checkins.report(GUILD, ADA, Entry("Monday's, too late"), form_day=MONDAY)
    assert (await services.checkins.find(GUILD, ADA, TUESDAY)).entry.done == "Tuesday's own"


async def test_a_change_for_a_day_over_a_week_ago_takes_the_place_of_nothing(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday's own"))
    clock.advance(days=8)
    await services.checkins.report(GUILD, ADA, Entry("Today's own"))
    with pytest.raises(UserError):
        await services.checkins.report(GUILD, ADA, Entry("Changed too late"), form_day=MONDAY)
    texts = await rows(services, "select done from checkin order by local_day")
    assert texts == [("Monday's own",), ("Today's own",)]


async def test_the_recent_ones_reach_back_seven_days_the_newest_first(
    services: Services, clock: ManualClock
) -> None:
    for number in range(10):
        clock.set(at(MONDAY + number * ONE_DAY, 12))
        await services.checkins.report(GUILD, ADA, Entry(f"Day {number}"))
    recent = await services.checkins.recent(GUILD, ADA)
    assert [checkin.entry.done for checkin in recent.checkins] == [f"Day {n}" for n in range(9, 1, -1)]
    assert [checkin.user_id for checkin in recent.checkins] == [ADA] * 8
    assert (await services.checkins.recent(GUILD, BEN)).checkins == []


async def test_days_ahead_after_a_move_to_the_west_can_be_changed_too(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, zone="Pacific/Kiritimati")
    await services.checkins.report(GUILD, ADA, Entry("Tuesday there"))
    await services.routines.plan(GUILD, ADA, zone="Pacific/Pago_Pago")
    recent = await services.checkins.recent(GUILD, ADA)
    assert [checkin.day for checkin in recent.checkins] == [TUESDAY]
    changed = await services.checkins.report(GUILD, ADA, Entry("Better"), form_day=TUESDAY)
    assert (changed.checkin.day, changed.is_new) == (TUESDAY, False)
    await services.checkins.delete(GUILD, ADA, TUESDAY)
    assert (await services.checkins.recent(GUILD, ADA)).checkins == []


@pytest.mark.parametrize("days", [0, 7])
async def test_a_check_in_can_be_deleted_for_a_week(
    services: Services, clock: ManualClock, days: int
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday", minutes=30))
    clock.advance(days=days)
    deleted = await services.checkins.delete(GUILD, ADA, MONDAY)
    assert (deleted.day, deleted.entry.minutes) == (MONDAY, 30)
    assert await rows(services, "select * from checkin") == []


async def test_after_a_week_it_stays(services: Services, clock: ManualClock) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    clock.advance(days=8)
    for act in (services.checkins.find, services.checkins.delete):
        with pytest.raises(NoSuchCheckIn):
            await act(GUILD, ADA, MONDAY)
    assert await rows(services, "select done from checkin") == [("Monday",)]


@pytest.mark.parametrize(("minutes_after", "changes"), [(59, True), (60, False)])
async def test_a_change_sent_after_its_week_never_becomes_a_check_in_of_today(
    services: Services, clock: ManualClock, minutes_after: int, changes: bool
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    clock.set(at(MONDAY + 7 * ONE_DAY, 23, 59))
    form = await services.checkins.form(GUILD, ADA, MONDAY)
    clock.set(at(MONDAY + 8 * ONE_DAY, 0) + timedelta(minutes=minutes_after))
    if changes:
        await services.checkins.report(GUILD, ADA, Entry("Changed"), form_day=form.day)
    else:
        with pytest.raises(NoSuchCheckIn):
            await services.checkins.report(GUILD, ADA, Entry("Changed"), form_day=form.day)
    stored = ("2026-03-02", "Changed" if changes else "Monday")
    assert await rows(services, "select local_day, done from checkin") == [stored]


async def test_of_two_deletions_at_once_one_finds_nothing(services: Services) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    done = await asyncio.gather(
        *(services.checkins.delete(GUILD, ADA, MONDAY) for _press in range(2)), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in done) == ["CheckIn", "NoSuchCheckIn"]


async def test_a_deletion_touches_neither_other_members_nor_other_servers_nor_other_days(
    services: Services, clock: ManualClock
) -> None:
    for guild, user in ((GUILD, ADA), (GUILD, BEN), (OTHER, ADA)):
        await services.checkins.report(guild, user, Entry("Here: https://example.org/a"))
    clock.advance(days=1)
    await services.checkins.report(GUILD, ADA, Entry("Tuesday: https://example.org/b"))
    await services.checkins.delete(GUILD, ADA, MONDAY)
    left = [(GUILD, ADA, "2026-03-03"), (GUILD, BEN, "2026-03-02"), (OTHER, ADA, "2026-03-02")]
    for table in ("checkin", "evidence"):
        found = await rows(services, f"select guild_id, user_id, local_day from {table} order by 1, 2, 3")
        assert found == left


async def test_the_form_starts_with_the_usual_kind_after_the_newest_was_deleted(services: Services) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Shown", kind=KindOfWork.SHOWING))
    await services.checkins.delete(GUILD, ADA, MONDAY)
    assert (await services.checkins.form(GUILD, ADA)).entry.kind is KindOfWork.BUILDING


async def test_evidence_is_what_the_newest_text_holds(services: Services) -> None:
    texts = (
        "https://example.org/1 https://example.org/2",
        "https://example.org/2",
        "none",
        " ".join(f"https://example.org/{number}" for number in range(20)),
    )
    for text in texts:
        await services.checkins.report(GUILD, ADA, Entry(text, next="https://example.org/next"))
        kept = await rows(services, "select url from evidence order by position")
        assert [url for (url,) in kept] == [word for word in text.split() if "://" in word][:10]


async def test_a_freeze_that_a_deletion_would_have_needed_is_reckoned_anew(
    services: Services, clock: ManualClock
) -> None:
    for number in range(8):
        clock.set(at(MONDAY + number * ONE_DAY, 12))
        report = await services.checkins.report(GUILD, ADA, Entry("Done"))
    assert (report.streak, report.freezes) == (8, 1)
    await services.checkins.delete(GUILD, ADA, TUESDAY)
    days = await services.checkins.ledger(GUILD, ADA)
    # One of the free days of the first week covers it; seven days done still earn the freeze.
    assert (days[1].state, days[-1].freezes) == ("frozen", 1)


async def test_deleting_the_first_check_in_ever_lets_the_ledger_begin_later(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("First"))
    clock.advance(days=2)
    await services.checkins.report(GUILD, ADA, Entry("Second"))
    await services.checkins.delete(GUILD, ADA, MONDAY)
    assert await states(services) == ["done"]


async def test_who_deletes_all_stands_where_they_began(services: Services) -> None:
    await services.checkins.report(GUILD, ADA, Entry("First"))
    await services.checkins.delete(GUILD, ADA, MONDAY)
    assert await services.checkins.ledger(GUILD, ADA) == []
    again = await services.checkins.report(GUILD, ADA, Entry("First again"))
    assert (again.is_new, again.streak, again.away) == (True, 1, 0)


async def focus(services: Services, clock: ManualClock, minutes: int) -> None:
    await services.focus.start(GUILD, ADA, minutes=minutes, effort=Effort.HIGH, seen=False)
    clock.advance(minutes=minutes)


async def test_the_minutes_of_focus_are_filled_in(services: Services, clock: ManualClock) -> None:
    await focus(services, clock, 50)
    assert (await services.checkins.form(GUILD, ADA)).entry.minutes == 50
    assert (await services.checkins.form(OTHER, ADA)).entry.minutes is None
    await services.checkins.report(GUILD, ADA, Entry("Done", minutes=120))
    assert (await services.checkins.form(GUILD, ADA)).entry.minutes == 120


async def test_minutes_that_the_member_corrected_downwards_stay_corrected(
    services: Services, clock: ManualClock
) -> None:
    await focus(services, clock, 50)
    await services.checkins.report(GUILD, ADA, Entry("Looked out of the window for half of it", minutes=25))
    assert (await services.checkins.form(GUILD, ADA)).entry.minutes == 25


# "Not today"


async def test_not_today_makes_rest_of_two_days_a_week(services: Services, clock: ManualClock) -> None:
    for number in (0, 2):
        clock.set(at(MONDAY + number * ONE_DAY, 12))
        assert await services.checkins.not_today(GUILD, ADA) == MONDAY + number * ONE_DAY
    clock.set(at(MONDAY + 6 * ONE_DAY, 23, 59))  # Sunday
    with pytest.raises(NoDayOffLeft):
        await services.checkins.not_today(GUILD, ADA)
    # Another server, another member and the next week have days off of their own.
    await services.checkins.not_today(OTHER, ADA)
    await services.checkins.not_today(GUILD, BEN)
    clock.advance(minutes=1)
    await services.checkins.not_today(GUILD, ADA)
    kept = await rows(
        services, "select local_day from rest_day where guild_id = 1 and user_id = 10 order by 1"
    )
    assert kept == [("2026-03-02",), ("2026-03-04",), ("2026-03-09",)]


async def test_a_hundred_presses_at_once_take_one_day_off(services: Services) -> None:
    results = await asyncio.gather(
        *(services.checkins.not_today(GUILD, ADA) for _press in range(100)), return_exceptions=True
    )
    assert all(isinstance(result, date | NothingDueToday) for result in results)
    assert await rows(services, "select count(*) from rest_day") == [(1,)]


async def test_not_today_is_refused_once_the_day_is_done_even_where_it_was_late_or_an_extra(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, BEN, days="tue")
    for user in (ADA, BEN):
        await services.checkins.report(GUILD, user, Entry("Done"))
        with pytest.raises(AlreadyCheckedIn):
            await services.checkins.not_today(GUILD, user)
    assert await rows(services, "select count(*) from rest_day") == [(0,)]


async def test_a_check_in_on_a_day_off_makes_it_done_and_its_deletion_a_day_off_again(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    clock.set(at(TUESDAY, 12))
    await services.checkins.not_today(GUILD, ADA)
    await services.checkins.report(GUILD, ADA, Entry("After all"))
    assert await states(services) == ["done", "done"]
    await services.checkins.delete(GUILD, ADA, TUESDAY)
    assert await states(services) == ["done", "rest"]


async def test_after_a_day_off_the_streak_goes_on(services: Services, clock: ManualClock) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    clock.set(at(TUESDAY, 12))
    await services.checkins.not_today(GUILD, ADA)
    clock.set(at(WEDNESDAY, 13))
    report = await services.checkins.report(GUILD, ADA, Entry("Wednesday"))
    assert (report.streak, report.yesterday_open, report.consistency.of) == (2, False, 2)


async def test_many_late_reports_at_once_are_one(services: Services, clock: ManualClock) -> None:
    clock.set(at(TUESDAY, 9))
    reports = await asyncio.gather(
        *(
            services.checkins.report(
                GUILD, ADA, Entry(f"{number}: https://example.org/{number}"), form_day=MONDAY
            )
            for number in range(20)
        )
    )
    assert [report.is_new for report in reports].count(True) == 1
    assert len(await rows(services, "select * from checkin")) == 1
    assert len(await rows(services, "select * from evidence")) == 1


async def test_the_break_is_counted_in_days_and_planned_days_off_alone_are_none(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, BEN, days="mon")
    for user in (ADA, BEN):
        await services.checkins.report(GUILD, user, Entry("Monday"))
    clock.advance(days=7)
    away = {user: (await services.checkins.report(GUILD, user, Entry("Back"))).away for user in (ADA, BEN)}
    assert away == {ADA: 6, BEN: 0}
    assert (await services.checkins.report(GUILD, ADA, Entry("Changed"))).away == 0
    clock.advance(days=14, seconds=timedelta(hours=1).total_seconds())
    # For Ben, one Monday in between was due.
    assert (await services.checkins.report(GUILD, BEN, Entry("Back"))).away == 13
