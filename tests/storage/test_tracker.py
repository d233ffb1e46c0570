"""The tracker over a real database: saving, moving, noting, and nobody else's business."""

from datetime import UTC, date, datetime, time

import pytest

from bot.errors import (
    ApplicationGone,
    DateToCome,
    LeadGone,
    NothingNoted,
    NotSetUp,
    TextTooLong,
    TooManyNotes,
    TooManyOpenJobs,
    TrackerFull,
    UnknownPastDate,
    UserError,
)
from bot.services import Services
from bot.tracker import moving, saving
from bot.tracker.rules import Application, Job, Kept, Note, State, Step, clean_job
from tests.clocks import ManualClock
from tests.stored_leads import put_lead, remove_lead

GUILD, OTHER, ADA, BEN, CLEO = 1, 2, 10, 20, 30
MONDAY = date(2026, 3, 2)
BERLIN, AUCKLAND = "Europe/Berlin", "Pacific/Auckland"


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers in Berlin; it is one o'clock on Monday afternoon. Two leads of Acme's, one of Bolt's."""
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=5, zone=BERLIN, prompt_time=time(9))
    await services.database.write(put_lead, 7, by_founder=True)
    await services.database.write(put_lead, 8)
    await services.database.write(put_lead, 9, "Bolt", roles=())
    return services


async def add(services: Services, company: str = "Acme", *, guild: int = GUILD, user: int = ADA) -> int:
    """Save a job by hand and answer its id."""
    return (await services.tracker.add(guild, user, clean_job(company))).application.id


async def apply(services: Services, company: str = "Acme", *, guild: int = GUILD, user: int = ADA) -> int:
    """Save a job by hand, apply for it, and answer its id."""
    number = await add(services, company, guild=guild, user=user)
    await services.tracker.move(guild, user, number, State.APPLIED)
    return number


async def jobs(services: Services, guild: int = GUILD, user: int = ADA) -> list[Application]:
    board = (await services.tracker.board(guild, user)).board
    return [card.application for card in board.cards]


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
    await services.routines.plan(GUILD, ADA, zone=AUCKLAND)
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


async def test_what_others_sent_or_what_was_sent_in_another_server_warns_nobody(services: Services) -> None:
    await apply(services, user=BEN)
    await apply(services, guild=OTHER)
    assert (await services.tracker.save(GUILD, ADA, 7)).earlier == ()


async def test_a_member_sees_how_they_stand_to_a_lead_before_they_save_it(services: Services) -> None:
    before = await services.tracker.standing(GUILD, ADA, 8)
    assert (before.application, before.earlier, before.applied_here) == (None, (), None)
    number = await apply(services)
    standing = await services.tracker.standing(GUILD, ADA, 8)
    assert standing.application is None
    assert [each.id for each in standing.earlier] == [number]
    saved = await services.tracker.save(GUILD, ADA, 8)
    assert (await services.tracker.standing(GUILD, ADA, 8)).application == saved.application
    with pytest.raises(LeadGone):
        await services.tracker.standing(GUILD, ADA, 999)


async def test_how_many_of_us_applied_is_told_to_those_who_agreed_and_of_two_at_least(
    services: Services,
) -> None:
    async def told(user: int) -> int | None:
        return (await services.tracker.standing(GUILD, user, 7)).applied_here

    for user in (ADA, BEN, CLEO):
        await apply(services, user=user)
    assert [await told(user) for user in (ADA, BEN, CLEO)] == [None, None, None]
    await services.tracker.choose(GUILD, ADA, counted=True)
    assert await told(ADA) is None, "only one of them agreed"
    await services.tracker.choose(GUILD, BEN, counted=True)
    assert [await told(user) for user in (ADA, BEN, CLEO)] == [2, 2, None]
    await services.tracker.choose(GUILD, CLEO, counted=True)
    assert [await told(user) for user in (ADA, BEN, CLEO)] == [3, 3, 3]
    await services.tracker.choose(GUILD, BEN, counted=False)
    assert [await told(user) for user in (ADA, BEN, CLEO)] == [2, None, 2]


async def test_only_those_who_sent_something_are_counted_each_once_and_each_server_by_itself(
    services: Services,
) -> None:
    for user in (ADA, BEN, CLEO):
        await services.tracker.choose(GUILD, user, counted=True)
        await services.tracker.choose(OTHER, user, counted=True)
    for _twice in range(2):
        await apply(services)
    await add(services, user=BEN)
    await apply(services, guild=OTHER, user=CLEO)
    assert (await services.tracker.standing(GUILD, ADA, 7)).applied_here is None
    number = (await services.tracker.save(GUILD, BEN, 7)).application.id
    await services.tracker.move(GUILD, BEN, number, State.APPLIED)
    await services.tracker.move(GUILD, BEN, number, State.REJECTED)
    assert (await services.tracker.standing(GUILD, ADA, 7)).applied_here == 2
    assert (await services.tracker.open(GUILD, BEN, number)).applied_here == 2
    assert (await services.tracker.standing(GUILD, ADA, 9)).applied_here is None


async def test_notes_and_rounds_are_kept_with_their_days_and_can_be_erased(
    services: Services, clock: ManualClock
) -> None:
    number = await add(services)
    await services.tracker.note(GUILD, ADA, number, "Found them by a post")
    await services.tracker.add_round(GUILD, ADA, number, "Task", "next friday")
    clock.advance(days=1)
    await services.tracker.note(GUILD, ADA, number, "Asked Ben about them")
    opened = await services.tracker.add_round(GUILD, ADA, number, "Call with the founder", "yesterday")
    assert [(note.day, note.text) for note in opened.record.notes] == [
        (MONDAY, "Found them by a post"),
        (date(2026, 3, 3), "Asked Ben about them"),
    ]
    assert [(each.day, each.text) for each in opened.record.rounds] == [
        (MONDAY, "Call with the founder"),
        (date(2026, 3, 6), "Task"),
    ]
    first_note, task = opened.record.notes[0].id, opened.record.rounds[1].id
    for _press in range(2):
        await services.tracker.erase(GUILD, ADA, number, Kept.NOTE, first_note)
        left = await services.tracker.erase(GUILD, ADA, number, Kept.ROUND, task)
    assert [note.text for note in left.record.notes] == ["Asked Ben about them"]
    assert [each.text for each in left.record.rounds] == ["Call with the founder"]


async def test_a_note_without_words_or_with_too_many_is_refused(services: Services) -> None:
    number = await add(services)
    with pytest.raises(NothingNoted):
        await services.tracker.note(GUILD, ADA, number, " \n ")
    with pytest.raises(TextTooLong, match="1001 characters"):
        await services.tracker.note(GUILD, ADA, number, "x" * 1001)
    with pytest.raises(UserError):
        await services.tracker.add_round(GUILD, ADA, number, "Call", "some day")
    opened = await services.tracker.open(GUILD, ADA, number)
    assert (opened.record.notes, opened.record.rounds) == ((), ())


async def test_a_job_has_room_for_fifty_notes_and_twenty_rounds(services: Services) -> None:
    number, other = await add(services), await add(services, "Bolt")
    for count in range(20):
        await services.tracker.add_round(GUILD, ADA, number, f"Round {count}")
    with pytest.raises(TooManyNotes, match="20 notes"):
        await services.tracker.add_round(GUILD, ADA, number, "One more")
    for count in range(50):
        await services.tracker.note(GUILD, ADA, number, f"Note {count}")
    with pytest.raises(TooManyNotes, match="50 notes"):
        await services.tracker.note(GUILD, ADA, number, "One more")
    await services.tracker.note(GUILD, ADA, other, "There is room here")


async def test_two_hundred_jobs_may_be_open_and_one_that_is_over_makes_room(
    services: Services, clock: ManualClock
) -> None:
    def fill(db, how_many, state):  # type: ignore[no-untyped-def]
        for count in range(how_many):
            saved = saving.save_job(db, GUILD, ADA, Job(f"Company {count}"), clock.now())
            if state is not State.SAVED:
                moving.move(db, GUILD, ADA, saved.application.id, state, "", clock.now())
        return saved.application.id

    last = await services.database.write(fill, 200, State.SAVED)
    with pytest.raises(TooManyOpenJobs, match="200"):
        await add(services)
    with pytest.raises(TooManyOpenJobs):
        await services.tracker.save(GUILD, ADA, 7)
    await services.tracker.move(GUILD, ADA, last, State.NOT_FOR_ME)
    await add(services)
    with pytest.raises(TooManyOpenJobs):
        await services.tracker.move(GUILD, ADA, last, State.SAVED)
    await add(services, user=BEN)


async def test_a_tracker_holds_a_thousand_jobs(services: Services, clock: ManualClock) -> None:
    def fill(db):  # type: ignore[no-untyped-def]
        db.executemany(
            "insert into application (guild_id, user_id, company, role, place, link, state, since, saved_at,"
            " changed_at) values (?, ?, 'Old', '', '', '', 'rejected', '2026-01-01', 0, 0)",
            [(GUILD, ADA)] * 1000,
        )

    await services.database.write(fill)
    with pytest.raises(TrackerFull, match="1000"):
        await add(services)


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


async def test_a_job_is_out_of_reach_for_others_and_from_other_servers(services: Services) -> None:
    number = await apply(services)
    await services.tracker.note(GUILD, ADA, number, "A note")
    note = (await services.tracker.open(GUILD, ADA, number)).record.notes[0]
    for guild, user in ((GUILD, BEN), (OTHER, ADA)):
        tracker, key = services.tracker, (guild, user, number)
        for attempt in (
            tracker.open(*key),
            tracker.edit(*key, Job("Mine")),
            tracker.remove(*key),
            tracker.move(*key, State.OFFER),
            tracker.note(*key, "A note"),
            tracker.add_round(*key, "A round"),
            tracker.erase(*key, Kept.NOTE, note.id),
            tracker.followed_up(*key),
            tracker.remind(*key, wanted=False),
            tracker.first_message(*key),
            tracker.follow_up(*key),
        ):
            with pytest.raises(ApplicationGone):
                await attempt
        assert (await tracker.board(guild, user)).board.cards == []
        assert (await tracker.csv(guild, user)).count(b"\r\n") == 1
    record = (await services.tracker.open(GUILD, ADA, number)).record
    assert record.notes == [Note(note.id, MONDAY, "A note")]


async def test_a_note_of_one_job_is_not_erased_by_way_of_another(services: Services) -> None:
    one, other = await add(services), await add(services, "Bolt")
    note = (await services.tracker.note(GUILD, ADA, one, "Keep me")).record.notes[0]
    await services.tracker.erase(GUILD, ADA, other, Kept.NOTE, note.id)
    await services.tracker.erase(GUILD, ADA, one, Kept.ROUND, note.id)
    assert (await services.tracker.open(GUILD, ADA, one)).record.notes == [note]


async def test_the_file_holds_all_of_a_members_jobs_with_what_was_noted(services: Services) -> None:
    number = await apply(services)
    await services.tracker.note(GUILD, ADA, number, "=cmd")
    await add(services, "Bolt")
    text = (await services.tracker.csv(GUILD, ADA)).decode("utf-8-sig")
    assert text.count("\r\n") == 3
    assert "Acme,,,,Applied,2026-03-02,2026-03-02,2026-03-09," in text
    assert "2026-03-02 =cmd" in text


async def test_drafts_speak_of_the_job_and_of_what_the_member_showed(services: Services) -> None:
    number = (await services.tracker.save(GUILD, ADA, 7)).application.id
    without = await services.tracker.first_message(GUILD, ADA, number)
    assert "shown nothing" in without.advice[0]
    assert "nobody gets round to" in without.text, "the post says that a founder is hiring"
    from bot.checkins.rules import Entry, KindOfWork

    await services.checkins.report(GUILD, ADA, Entry("https://demo.example", kind=KindOfWork.SHOWING))
    await services.checkins.report(GUILD, BEN, Entry("https://ben.example"))
    await services.checkins.report(OTHER, ADA, Entry("https://other.example"))
    draft = await services.tracker.first_message(GUILD, ADA, number, founder=False)
    assert "https://demo.example" in draft.text
    assert "nobody gets round to" not in draft.text
    assert "a week ago" in (await services.tracker.follow_up(GUILD, ADA, number)).text


async def test_before_a_server_is_set_up_nothing_is_tracked(services: Services) -> None:
    for attempt in (
        services.tracker.save(99, ADA, 7),
        services.tracker.add(99, ADA, Job("Acme")),
        services.tracker.board(99, ADA),
    ):
        with pytest.raises(NotSetUp):
            await attempt


async def test_choices_are_kept_apart_and_one_leaves_the_other(services: Services) -> None:
    await services.tracker.choose(GUILD, ADA, counted=True)
    choice = await services.tracker.choose(GUILD, ADA, follow_ups=False)
    assert (choice.counted, choice.follow_ups) == (True, False)
    assert (await services.tracker.board(OTHER, ADA)).choice.follow_ups
    assert not (await services.tracker.board(GUILD, BEN)).choice.counted


async def test_who_is_forgotten_has_no_jobs_and_is_counted_no_more(services: Services) -> None:
    for user in (ADA, BEN):
        await services.tracker.choose(GUILD, user, counted=True)
        await apply(services, user=user)
    await services.database.write(services.tracker.forget_member, GUILD, BEN)
    assert await jobs(services, user=BEN) == []
    assert (await services.tracker.standing(GUILD, ADA, 7)).applied_here is None
    assert len(await jobs(services)) == 1


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
