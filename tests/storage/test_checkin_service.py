"""Checking in: the form, the day it counts for, the ledger and the streak, over a real database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.checkins.deliveries import KINDS, PromptContent, Prompts
from bot.checkins.rules import Entry, Evidence, KindOfWork
from bot.checkins.service import Form, evidence_of
from bot.delivery.due import Due
from bot.delivery.messenger import Post
from bot.delivery.outbox import Delivery
from bot.errors import NoRoutine, NotSetUp
from bot.localtime import ONE_DAY, next_occurrence
from bot.servers.service import PROMPT
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER = 1, 2
ADA, BEN = 10, 20
MONDAY = date(2026, 3, 2)
LOADER = Entry("Built a loader", "Test it", "Nothing", KindOfWork.SHOWING, 50)
PLAIN = Entry("Something")


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers that have been set up, one in Berlin and one in Tokyo."""
    for guild, zone in ((GUILD, "Europe/Berlin"), (OTHER, "Asia/Tokyo")):
        await services.servers.set_up(guild, checkin_channel_id=guild, zone=zone, prompt_time=time(9))
    return services


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def ledger_of(services: Services, user: int = ADA, guild: int = GUILD) -> list[tuple[int, str]]:
    """The days of the month and what became of them."""
    return [(day.day.day, day.state.value) for day in await services.checkins.ledger(guild, user)]


async def count(services: Services, table: str) -> int:
    return await services.database.read(
        lambda db: int(db.execute(f"select count(*) from {table}").fetchone()[0])
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda services: services.checkins.form(99, ADA),
        lambda services: services.checkins.report(99, ADA, PLAIN),
        lambda services: services.checkins.ledger(99, ADA),
        lambda services: services.routines.plan(99, ADA, days="daily", ping=True),
    ],
    ids=["form", "report", "ledger", "plan"],
)
async def test_on_a_server_that_was_not_set_up_nothing_happens(
    services: Services, act: Callable[[object], Awaitable[object]]
) -> None:
    due = await count(services, "due")
    with pytest.raises(NotSetUp):
        await act(services)
    assert [await count(services, table) for table in ("checkin", "routine", "delivery")] == [0, 0, 0]
    assert await count(services, "due") == due


async def test_the_first_form_is_empty_and_the_next_one_holds_what_was_reported(services: Services) -> None:
    assert await services.checkins.form(GUILD, ADA) == Form(MONDAY, Entry(""), edits=False)
    await services.checkins.report(GUILD, ADA, LOADER)
    assert await services.checkins.form(GUILD, ADA) == Form(MONDAY, LOADER, edits=True)
    assert await services.checkins.form(GUILD, BEN) == Form(MONDAY, Entry(""), edits=False)


async def test_the_form_of_the_next_day_is_empty_but_for_the_kind_of_work(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, LOADER)
    clock.advance(days=1)
    form = await services.checkins.form(GUILD, ADA)
    assert form == Form(MONDAY + ONE_DAY, Entry("", kind=KindOfWork.SHOWING), edits=False)


async def test_a_second_check_in_on_a_day_changes_the_first_and_adds_nothing(
    services: Services, clock: ManualClock
) -> None:
    first = await services.checkins.report(GUILD, ADA, PLAIN)
    assert (first.is_new, first.due, first.streak, first.checkin.day) == (True, True, 1, MONDAY)
    clock.advance(hours=3)
    second = await services.checkins.report(GUILD, ADA, LOADER)
    assert (second.is_new, second.streak, second.checkin.entry) == (False, 1, LOADER)
    assert await count(services, "checkin") == 1
    assert await count(services, "delivery") == 1
    assert await ledger_of(services) == [(2, "done")]


async def test_of_many_reports_sent_at_once_one_is_the_first(services: Services) -> None:
    entries = [Entry(f"Version {number}") for number in range(20)]
    reports = await asyncio.gather(*(services.checkins.report(GUILD, ADA, entry) for entry in entries))
    assert [report.is_new for report in reports].count(True) == 1
    assert await count(services, "checkin") == 1
    assert (await services.checkins.form(GUILD, ADA)).entry in entries


async def test_the_day_is_the_one_on_the_members_wall(services: Services, clock: ManualClock) -> None:
    clock.set(utc("2026-03-02T23:30"))
    assert (await services.checkins.form(GUILD, ADA)).day == MONDAY + ONE_DAY
    await services.routines.plan(GUILD, ADA, zone="America/New_York")
    assert (await services.checkins.form(GUILD, ADA)).day == MONDAY
    assert (await services.checkins.report(GUILD, ADA, PLAIN)).checkin.day == MONDAY
    assert (await services.checkins.report(GUILD, BEN, PLAIN)).checkin.day == MONDAY + ONE_DAY


async def test_a_form_opened_before_midnight_counts_for_that_day_though_it_is_sent_after(
    services: Services, clock: ManualClock
) -> None:
    clock.set(utc("2026-03-02T22:50"))  # ten to midnight in Berlin
    opened = (await services.checkins.form(GUILD, ADA)).day
    clock.advance(minutes=30)
    late = await services.checkins.report(GUILD, ADA, PLAIN, form_day=opened)
    assert (late.checkin.day, late.is_new, late.streak) == (MONDAY, True, 1)
    assert await ledger_of(services) == [(2, "done"), (3, "today")]
    clock.advance(hours=14)
    too_late = await services.checkins.report(GUILD, BEN, PLAIN, form_day=opened)
    assert (too_late.checkin.day, too_late.checkin.late) == (MONDAY + ONE_DAY, False)


async def test_a_streak_goes_on_over_rest_days_and_a_rest_day_done_is_an_extra(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, days="mon-fri")
    streaks = []
    for number in (0, 1, 2, 3, 4, 5, 7, 9):  # all the week, Saturday as well, Monday, and not on Tuesday
        clock.set(utc("2026-03-02T12:00") + timedelta(days=number))
        report = await services.checkins.report(GUILD, ADA, PLAIN)
        streaks.append((report.due, report.streak))
    # The second Tuesday is not in the first week any more, and six days earn no freeze.
    assert streaks == [*((True, number) for number in range(1, 6)), (False, 5), (True, 6), (True, 1)]
    assert await ledger_of(services) == [
        (2, "done"), (3, "done"), (4, "done"), (5, "done"), (6, "done"), (7, "done"), (8, "rest"),
        (9, "done"), (10, "missed"), (11, "done"),
    ]  # fmt: skip


async def test_a_ledger_begins_when_its_member_does(services: Services, clock: ManualClock) -> None:
    assert await ledger_of(services) == []
    clock.advance(days=3)
    await services.routines.plan(GUILD, ADA)
    clock.advance(days=1)
    clock.set(utc("2026-03-06T11:00"))
    assert await ledger_of(services) == [(5, "frozen"), (6, "today")]


async def test_two_servers_with_the_same_members_know_nothing_of_each_other(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, days="mon-fri", at="07:00", ping=True)
    await services.checkins.report(GUILD, ADA, LOADER)
    clock.advance(days=1)
    await services.checkins.report(GUILD, ADA, LOADER)
    assert await services.checkins.form(OTHER, ADA) == Form(MONDAY + ONE_DAY, Entry(""), edits=False)
    assert await ledger_of(services, guild=OTHER) == []
    with pytest.raises(NoRoutine):
        await services.routines.find(OTHER, ADA)
    with pytest.raises(NoRoutine):
        await services.routines.stop(OTHER, ADA)
    there = await services.checkins.report(OTHER, ADA, PLAIN)
    assert (there.is_new, there.streak) == (True, 1)
    here = await services.checkins.report(GUILD, ADA, LOADER)
    assert (here.is_new, here.streak) == (False, 2)
    assert (await services.checkins.form(GUILD, ADA)).entry == LOADER
    assert (await services.checkins.form(OTHER, ADA)).entry == PLAIN


async def test_a_check_in_has_no_reason_not_to_be_shown_until_there_is_one(services: Services) -> None:
    await services.checkins.report(GUILD, ADA, PLAIN)
    assert await services.checkins.why_no_card(GUILD, ADA, MONDAY) is None


@given(
    moment=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(sorted(available_timezones())),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
@example(utc("2026-03-28T23:00"), "America/Nuuk", time(23))  # the clocks leave out the last hour of the day
@example(utc("2026-03-28T23:00"), "America/Nuuk", time(23, 59))
@example(utc("2026-04-23T12:00"), "Africa/Cairo", time(0))
def test_nothing_is_too_late_when_it_is_due(moment: datetime, zone: str, at: time) -> None:
    occurrence = next_occurrence(moment, zone, at)
    assert occurrence is not None
    for name, kind in KINDS.items():
        due = Due(name, GUILD, ADA, zone, occurrence.day, occurrence.at)
        assert kind.too_late_at(due) >= occurrence.at + timedelta(minutes=1)


async def test_the_prompt_names_everybody_of_its_day_however_far_apart_their_zones_are(
    services: Services, clock: ManualClock
) -> None:
    await services.servers.set_up(3, checkin_channel_id=3, zone="Etc/GMT+12", prompt_time=time(23))
    clock.set(utc("2026-03-01T10:05"))  # five past midnight on Monday at the first clocks of the day
    await services.routines.plan(3, ADA, zone="Pacific/Kiritimati")
    assert (await services.checkins.report(3, ADA, PLAIN)).checkin.day == MONDAY
    due_at = utc("2026-03-03T11:00")  # eleven at night on Monday at the last ones
    row = Delivery(1, PROMPT, 3, 0, MONDAY, "key", due_at, due_at + ONE_DAY, 1, 1, None, None, None)
    composed = await services.database.read(lambda db: Prompts().compose(db, [row], clock.now()))
    assert isinstance(composed.post, Post)
    assert isinstance(composed.post.content, PromptContent)
    assert composed.post.content.members == [ADA]


async def test_evidence_is_each_link_once_the_newest_first_and_only_the_members_own(
    services: Services, clock: ManualClock
) -> None:
    demo, page, other = "https://demo.example", "https://page.example", "https://other.example"
    await services.checkins.report(GUILD, ADA, Entry(f"{demo} and {other}", kind=KindOfWork.SHOWING))
    first_day = clock.now().date()
    clock.advance(days=1)
    await services.checkins.report(GUILD, ADA, Entry(f"{page} and again {demo}"))
    await services.checkins.report(GUILD, BEN, Entry("https://ben.example"))
    for kind in (KindOfWork.LEARNING, KindOfWork.JOB_HUNT):
        clock.advance(days=1)
        await services.checkins.report(GUILD, ADA, Entry("https://paper.example", kind=kind))
    found = await services.database.read(evidence_of, GUILD, ADA, 10)
    second_day = first_day + ONE_DAY
    assert found == [
        Evidence(page, second_day, showing=False),
        Evidence(demo, second_day, showing=True),
        Evidence(other, first_day, showing=True),
    ]
    assert await services.database.read(evidence_of, GUILD, ADA, 1) == found[:1]
    assert await services.database.read(evidence_of, 99, ADA, 10) == []
