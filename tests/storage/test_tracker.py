"""The tracker over a real database: saving, moving, changing and removing jobs, and who is warned."""

from datetime import UTC, date, datetime

import pytest

from bot.errors import (
    ApplicationGone,
    DateToCome,
    LeadGone,
    NotSetUp,
    UnknownPastDate,
)
from bot.services import Services
from bot.tracker.rules import Job, State, Step, clean_job
from tests.clocks import ManualClock
from tests.storage.jobs import ADA, BEN, GUILD, MONDAY, add, apply, jobs, set_up
from tests.stored_leads import remove_lead


@pytest.fixture
async def services(services: Services) -> Services:
    return await set_up(services)


async def test_a_lead_is_saved_with_its_facts_and_they_stay_when_the_post_is_gone(services: Services) -> None:
    saved = await services.tracker.save(GUILD, ADA, 7)
    assert saved.is_new
    assert saved.application.job == Job(
        "Acme", "ML Engineer", "Porto", "https://news.ycombinator.com/item?id=7", founder=True
    )
    assert (saved.application.state, saved.application.since) == (State.SAVED, MONDAY)
    await services.database.write(remove_lead, 7)
    assert await jobs(services) == [saved.application]
    again = await services.tracker.save(GUILD, ADA, 7)
    assert (again.application, again.is_new) == (saved.application, False)
    with pytest.raises(LeadGone):
        await services.tracker.save(GUILD, BEN, 7)


async def test_saving_a_lead_twice_finds_the_job_as_it_is_by_now(services: Services) -> None:
    first = await services.tracker.save(GUILD, ADA, 7)
    await services.tracker.move(GUILD, ADA, first.application.id, State.REJECTED)
    again = await services.tracker.save(GUILD, ADA, 7)
    assert (again.application.id, again.application.state) == (first.application.id, State.REJECTED)
    assert len(await jobs(services)) == 1


async def test_a_job_by_hand_needs_only_a_company(services: Services) -> None:
    saved = await services.tracker.add(GUILD, ADA, clean_job("Acme"))
    assert saved.application.job == Job("Acme")
    assert saved.application.lead_id is None


async def test_each_change_is_kept_with_its_day_and_the_same_state_again_is_none(
    services: Services, clock: ManualClock
) -> None:
    number = await add(services)
    clock.advance(days=1)
    for _press in range(2):
        await services.tracker.move(GUILD, ADA, number, State.APPLIED)
    clock.advance(days=3)
    await services.tracker.move(GUILD, ADA, number, State.INTERVIEWING, "yesterday")
    record = (await services.tracker.open(GUILD, ADA, number)).record
    assert record.steps == [
        Step(MONDAY, "saved"),
        Step(date(2026, 3, 3), "applied"),
        Step(date(2026, 3, 5), "interviewing"),
    ]
    assert record.application.applied_on == date(2026, 3, 3)
    assert record.application.since == date(2026, 3, 5)


async def test_the_day_is_the_members_own(services: Services, clock: ManualClock) -> None:
    await services.routines.plan(GUILD, ADA, zone="Pacific/Auckland")
    # Monday noon in UTC is one in the morning of Tuesday in Auckland.
    number = await apply(services)
    assert (await services.tracker.open(GUILD, ADA, number)).record.application.applied_on == date(2026, 3, 3)


async def test_a_day_to_come_or_that_cannot_be_read_is_refused_and_nothing_is_changed(
    services: Services,
) -> None:
    number = await add(services)
    for typed, error in (("2026-03-09", DateToCome), ("one fine day", UnknownPastDate)):
        with pytest.raises(error):
            await services.tracker.move(GUILD, ADA, number, State.APPLIED, typed)
    assert [job.state for job in await jobs(services)] == [State.SAVED]


@pytest.mark.parametrize(
    ("before", "after", "joy"),
    [
        (State.APPLIED, State.INTERVIEWING, True),
        (State.INTERVIEWING, State.OFFER, True),
        (State.GHOSTED, State.OFFER, True),
        (State.OFFER, State.OFFER, False),
        (State.SAVED, State.APPLIED, False),
        (State.APPLIED, State.REJECTED, False),
    ],
)
async def test_an_interview_or_an_offer_is_a_joy_the_first_time(
    services: Services, before: State, after: State, joy: bool
) -> None:
    number = await add(services)
    await services.tracker.move(GUILD, ADA, number, before)
    moved = await services.tracker.move(GUILD, ADA, number, after)
    assert (moved.is_joy, moved.before, moved.application.state) == (joy, before, after)


async def test_whoever_is_about_to_apply_to_a_company_again_is_told_of_what_they_sent(
    services: Services, clock: ManualClock
) -> None:
    first = await services.tracker.save(GUILD, ADA, 7)
    assert first.earlier == ()
    await services.tracker.move(GUILD, ADA, first.application.id, State.APPLIED)
    other = await services.tracker.save(GUILD, ADA, 9)
    assert other.earlier == ()
    again = await services.tracker.save(GUILD, ADA, 8)
    assert [each.id for each in again.earlier] == [first.application.id]
    by_hand = await services.tracker.add(GUILD, ADA, clean_job("ACME Labs"))
    assert [each.id for each in by_hand.earlier] == [first.application.id]
    # It warns, and hinders nobody.
    moved = await services.tracker.move(GUILD, ADA, again.application.id, State.APPLIED)
    assert moved.application.state is State.APPLIED
    assert [each.id for each in moved.earlier] == [first.application.id]
    opened = await services.tracker.open(GUILD, ADA, first.application.id)
    assert [each.id for each in opened.earlier] == [again.application.id]


async def test_the_facts_of_a_job_can_be_changed_and_then_the_company_counts_as_it_is(
    services: Services,
) -> None:
    number = await apply(services, "Acmee Robotics")
    await services.tracker.edit(GUILD, ADA, number, clean_job("Bolt", "Analyst", founder=True))
    assert [each.id for each in (await services.tracker.save(GUILD, ADA, 9)).earlier] == [number]
    assert (await services.tracker.save(GUILD, ADA, 7)).earlier == ()
    record = (await services.tracker.open(GUILD, ADA, number)).record
    assert record.application.job == Job("Bolt", "Analyst", founder=True)
    assert record.application.state is State.APPLIED


async def test_a_removed_job_is_gone_with_all_that_was_noted_and_its_number_is_never_used_again(
    services: Services,
) -> None:
    number = await apply(services)
    await services.tracker.note(GUILD, ADA, number, "A note")
    await services.tracker.add_round(GUILD, ADA, number, "A round")
    removed = await services.tracker.remove(GUILD, ADA, number)
    assert removed.id == number
    left = await services.database.read(
        lambda db: [
            db.execute(f"select count(*) from {table}").fetchone()[0]
            for table in sorted(services.tracker.tables)
        ]
    )
    assert left == [0, 0, 0, 0, 0]
    assert await add(services) > number
    with pytest.raises(ApplicationGone):
        await services.tracker.open(GUILD, ADA, number)


async def test_before_a_server_is_set_up_nothing_is_tracked(services: Services) -> None:
    for attempt in (
        services.tracker.save(99, ADA, 7),
        services.tracker.add(99, ADA, Job("Acme")),
        services.tracker.board(99, ADA),
    ):
        with pytest.raises(NotSetUp):
            await attempt


async def test_what_was_applied_for_in_the_past_is_told_no_earlier_than_tomorrow(
    services: Services, clock: ManualClock
) -> None:
    number = await add(services)
    moved = await services.tracker.move(GUILD, ADA, number, State.APPLIED, "2026-02-20")
    assert moved.application.follow_up is not None
    assert moved.application.follow_up.on == date(2026, 3, 3)
    # Before ten in the morning, today is early enough.
    clock.set(datetime(2026, 3, 3, 8, 59, tzinfo=UTC))
    other = await add(services, "Bolt")
    moved = await services.tracker.move(GUILD, ADA, other, State.APPLIED, "2026-02-20")
    assert moved.application.follow_up is not None
    assert moved.application.follow_up.on == date(2026, 3, 3)
