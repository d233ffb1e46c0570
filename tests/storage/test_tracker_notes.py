"""What is noted about jobs, how many there may be, and the file and the drafts that come of them."""

import sqlite3
from datetime import date

import pytest

from bot.checkins.rules import Entry, KindOfWork
from bot.errors import (
    NothingNoted,
    TextTooLong,
    TooManyNotes,
    TooManyOpenJobs,
    TrackerFull,
    UserError,
)
from bot.services import Services
from bot.tracker import saving
from bot.tracker.rules import Job, Kept, State
from tests.clocks import ManualClock
from tests.storage.jobs import ADA, BEN, GUILD, MONDAY, OTHER, add, apply, set_up


@pytest.fixture
async def services(services: Services) -> Services:
    return await set_up(services)


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
    def fill(db: sqlite3.Connection) -> int:
        names = [f"Company {number}" for number in range(200)]
        return [saving.save_job(db, GUILD, ADA, Job(name), clock.now()) for name in names][-1].application.id

    last = await services.database.write(fill)
    with pytest.raises(TooManyOpenJobs, match="200"):
        await add(services)
    with pytest.raises(TooManyOpenJobs):
        await services.tracker.save(GUILD, ADA, 7)
    await services.tracker.move(GUILD, ADA, last, State.NOT_FOR_ME)
    await add(services)
    with pytest.raises(TooManyOpenJobs):
        await services.tracker.move(GUILD, ADA, last, State.SAVED)
    await add(services, user=BEN)


async def test_a_tracker_holds_a_thousand_jobs(services: Services) -> None:
    def fill(db: sqlite3.Connection) -> None:
        db.executemany(
            "insert into application (guild_id, user_id, company, role, place, link, state, since, saved_at,"
            " changed_at) values (?, ?, 'Old', '', '', '', 'rejected', '2026-01-01', 0, 0)",
            [(GUILD, ADA)] * 1000,
        )

    await services.database.write(fill)
    with pytest.raises(TrackerFull, match="1000"):
        await add(services)


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
    await services.checkins.report(GUILD, ADA, Entry("https://demo.example", kind=KindOfWork.SHOWING))
    await services.checkins.report(GUILD, BEN, Entry("https://ben.example"))
    await services.checkins.report(OTHER, ADA, Entry("https://other.example"))
    draft = await services.tracker.first_message(GUILD, ADA, number, founder=False)
    assert "https://demo.example" in draft.text
    assert "nobody gets round to" not in draft.text
    assert "I wrote to you about" in (await services.tracker.follow_up(GUILD, ADA, number)).text
