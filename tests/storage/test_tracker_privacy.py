"""Whose business a tracker is: its member's alone, but for how many of those who agreed have applied."""

import pytest

from bot.errors import (
    ApplicationGone,
    LeadGone,
)
from bot.services import Services
from bot.tracker.rules import Job, Kept, Note, State
from tests.storage.jobs import ADA, BEN, CLEO, GUILD, MONDAY, OTHER, add, apply, jobs, set_up


@pytest.fixture
async def services(services: Services) -> Services:
    return await set_up(services)


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
