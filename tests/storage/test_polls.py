"""Polls over a real database: starting them, what is in them, who may do what, and their limits."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.errors import DateIsOver, TextTooLong, UnknownDate, UserError
from bot.ideas.errors import IdeaGone, TooManyIdeas
from bot.polls.errors import (
    DeadlineTooFar,
    DeadlineTooSoon,
    InPollAlready,
    MayNotAskEveryone,
    NotYourEntry,
    NotYourPoll,
    PollFull,
    PollNameMissing,
    TooManyPolls,
    TooManyPollsHere,
    VotedOn,
)
from bot.polls.rules import ENTRIES_AT_MOST, Phase, Scope
from bot.polls.service import PollView, Wanted
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.led_polls import WANTED, Leader, an_idea
from tests.open_polls import numbered_ideas

GUILD, OTHER, CHANNEL = 1001, 1002, 55
ADA, BEN, CLEO = 7, 8, 9


@pytest.fixture
def lead(services: Services, clock: ManualClock) -> Leader:
    """In a server that was never set up: polls need none."""
    return Leader(services, clock, FakeMessenger(clock))


async def start(services: Services, user: int = ADA, guild: int = GUILD, **wanted: object) -> PollView:
    # What a test wants otherwise is named by its field.
    asked: Wanted = replace(WANTED, **wanted)  # type: ignore[arg-type]
    return await services.polls.start(guild, user, CHANNEL, asked, may_ask_everyone=True)


# Starting.


async def test_a_poll_begins_to_collect_with_dates_for_all_that_follows(
    services: Services, clock: ManualClock
) -> None:
    poll = (await start(services, until="in 10 days")).poll
    assert (poll.phase, poll.user_id, poll.channel_id) == (Phase.COLLECT, ADA, CHANNEL)
    assert clock.now() == poll.started_at < poll.collect_until < poll.cards_until < poll.final_until
    # It is Monday, 2 March, and without any set-up days are those of UTC.
    assert poll.final_until == datetime(2026, 3, 13, tzinfo=UTC)
    assert [each.id for each in await services.polls.running(GUILD)] == [poll.id]


async def test_its_last_day_is_over_in_the_zone_of_its_starter(services: Services) -> None:
    await services.servers.set_up(GUILD, checkin_channel_id=5, zone="Asia/Tokyo", prompt_time=time(9))
    await services.routines.plan(GUILD, BEN, zone="Europe/Berlin", days="every day", at="13:00")
    tokyo = (await start(services, ADA, until="2026-03-10")).poll
    berlin = (await start(services, BEN, until="2026-03-10")).poll
    assert tokyo.final_until == datetime(2026, 3, 10, 15, tzinfo=UTC)
    assert berlin.final_until == datetime(2026, 3, 10, 23, tzinfo=UTC)


@pytest.mark.parametrize("until", ["yesterday", "2026-03-01"])
async def test_a_deadline_in_the_past_is_refused(services: Services, until: str) -> None:
    with pytest.raises(UserError) as refused:
        await start(services, until=until)
    assert isinstance(refused.value, DateIsOver | DeadlineTooSoon)
    assert await services.polls.recent(GUILD, 10) == []


async def test_a_deadline_has_to_be_far_enough_and_no_further(services: Services, clock: ManualClock) -> None:
    with pytest.raises(DeadlineTooFar):
        await start(services, until="in 91 days")
    with pytest.raises(UnknownDate):
        await start(services, until="when it is done")
    clock.advance(hours=11, minutes=30)
    with pytest.raises(DeadlineTooSoon):
        await start(services, until="today")


async def test_a_poll_has_a_name_that_can_be_read(services: Services) -> None:
    for name in ("", "  \n ", "\u200b"):
        with pytest.raises(PollNameMissing):
            await start(services, name=name)
    with pytest.raises(TextTooLong):
        await start(services, name="n" * 81)


async def test_all_the_server_is_asked_only_by_those_who_may(services: Services) -> None:
    with pytest.raises(MayNotAskEveryone):
        await services.polls.start(GUILD, ADA, CHANNEL, WANTED, may_ask_everyone=False)
    alone = replace(WANTED, scope=Scope.ALONE)
    await services.polls.start(GUILD, ADA, CHANNEL, alone, may_ask_everyone=False)


@pytest.mark.parametrize(
    ("scope", "titles"),
    [(Scope.ALONE, ["First", "Second"]), (Scope.INVITED, ["First", "Second"]), (Scope.EVERYONE, [])],
)
async def test_a_poll_of_ones_own_begins_with_ones_open_ideas(
    services: Services, scope: Scope, titles: list[str]
) -> None:
    await services.ideas.add(GUILD, ADA, an_idea("First"))
    gone = await services.ideas.add(GUILD, ADA, an_idea("Withdrawn"))
    await services.ideas.withdraw(GUILD, ADA, gone.idea.id)
    await services.ideas.add(GUILD, ADA, an_idea("Second"))
    await services.ideas.add(GUILD, BEN, an_idea("Ben's"))
    await services.ideas.add(OTHER, ADA, an_idea("Elsewhere"))
    view = await start(services, scope=scope)
    assert [entry.title for entry in view.entries] == titles


async def test_three_polls_of_one_person_are_open_at_most(services: Services, lead: Leader) -> None:
    polls = [await lead.started() for _ in range(3)]
    with pytest.raises(TooManyPolls):
        await lead.started()
    await start(services, BEN)
    await start(services, ADA, OTHER)
    await services.polls.drop(GUILD, ADA, polls[0].id, manages=False)
    await lead.started()


async def test_ten_polls_of_a_server_are_open_at_most(services: Services) -> None:
    for number in range(10):
        await start(services, 100 + number // 3)
    with pytest.raises(TooManyPollsHere):
        await start(services, ADA)


# Ideas.


async def test_everybody_who_may_vote_adds_ideas_which_are_theirs(services: Services, lead: Leader) -> None:
    led = await lead.started(Scope.INVITED, invited=[BEN])
    await services.polls.add_idea(GUILD, BEN, led.id, an_idea("Ben's"))
    with pytest.raises(NotYourPoll):
        await services.polls.add_idea(GUILD, CLEO, led.id, an_idea("Cleo's"))
    assert [idea.text.title for idea in await services.ideas.of_member(GUILD, BEN)] == ["Ben's"]
    assert await services.ideas.of_member(GUILD, CLEO) == []
    assert (await led.entry(0)).authors == {BEN}


async def test_ideas_of_ones_list_are_entered_once(services: Services, lead: Leader) -> None:
    led = await lead.started()
    ideas = [(await services.ideas.add(GUILD, BEN, an_idea(title))).idea.id for title in ("One", "Two")]
    await services.polls.enter(GUILD, BEN, led.id, [*ideas[:1], *ideas[:1]])
    assert await services.polls.enterable(GUILD, BEN, led.id) == [(ideas[1], "Two")]
    await services.polls.enter(GUILD, BEN, led.id, ideas)
    assert await led.ideas() == ["One", "Two"]
    with pytest.raises(InPollAlready, match="One"):
        await services.polls.enter(GUILD, BEN, led.id, ideas)


async def test_what_is_not_ones_own_can_not_be_entered(services: Services, lead: Leader) -> None:
    led = await lead.started()
    theirs = (await services.ideas.add(GUILD, BEN, an_idea("Ben's"))).idea.id
    elsewhere = (await services.ideas.add(OTHER, ADA, an_idea("Elsewhere"))).idea.id
    for unknown in ([theirs], [elsewhere], [999], []):
        with pytest.raises(IdeaGone):
            await services.polls.enter(GUILD, ADA, led.id, unknown)
    assert await led.ideas() == []


async def test_only_ones_own_ideas_are_taken_out_and_only_while_ideas_are_collected(
    services: Services, lead: Leader
) -> None:
    led = await lead.started()
    ids = await led.add(7)
    with pytest.raises(NotYourEntry):
        await services.polls.take_out(GUILD, BEN, led.id, ids[1])
    view = await services.polls.take_out(GUILD, ADA, led.id, ids[1])
    assert [entry.position for entry in view.entries] == list(range(6))
    assert [entry.idea_id for entry in view.entries] == [ids[0], *ids[2:]]
    with pytest.raises(NotYourEntry):
        await services.polls.take_out(GUILD, ADA, led.id, ids[1])
    await led.open()
    with pytest.raises(NotYourEntry):
        await services.polls.take_out(GUILD, ADA, led.id, ids[0])
    # It is on its author's list as before.
    assert ids[1] in [idea.id for idea in await services.ideas.of_member(GUILD, ADA)]


async def test_sixty_ideas_are_in_a_poll_at_most(
    services: Services, lead: Leader, db: sqlite3.Connection
) -> None:
    led = await lead.started()
    await led.add(2, BEN)
    db.executemany(
        "insert into poll_entry (poll_id, position, guild_id, idea_id) values (?, ?, ?, ?)",
        [(led.id, position, GUILD, 1_000 + position) for position in range(2, ENTRIES_AT_MOST - 1)],
    )
    await services.polls.add_idea(GUILD, ADA, led.id, an_idea("The sixtieth"))
    with pytest.raises(PollFull):
        await services.polls.add_idea(GUILD, ADA, led.id, an_idea("One more"))
    # Nothing of it is kept.
    assert [idea.text.title for idea in await services.ideas.of_member(GUILD, ADA)] == ["The sixtieth"]


async def test_who_has_too_many_ideas_adds_none(services: Services, lead: Leader) -> None:
    led = await lead.started()
    for text in numbered_ideas(60):
        await services.ideas.add(GUILD, BEN, text)
    with pytest.raises(TooManyIdeas):
        await services.polls.add_idea(GUILD, BEN, led.id, an_idea("One more"))
    assert await led.ideas() == []


@pytest.mark.parametrize("letter", ["a", "界", "ع", "ह", "🦜", "é", "W"])
async def test_a_title_of_a_hundred_characters_goes_all_the_way(
    services: Services, lead: Leader, letter: str
) -> None:
    led = await lead.started()
    for end in "12":
        await services.polls.add_idea(GUILD, ADA, led.id, an_idea(letter * 99 + end))
    await led.when_time_is_over()
    await led.end_final()
    (build,) = (await led.view()).builds
    assert build.text.title[:99] == letter * 99
    assert letter * 99 in await services.voting.record(GUILD, led.id)


async def test_an_idea_may_change_until_it_is_voted_on(services: Services, lead: Leader) -> None:
    led = await lead.started()
    ids = await led.add(6)
    await services.ideas.change(GUILD, ADA, ids[0], an_idea("Better"))
    assert (await led.ideas())[0] == "Better"
    await led.open()
    with pytest.raises(VotedOn, match="Better"):
        await services.ideas.change(GUILD, ADA, ids[0], an_idea("Better still"))
    await led.tap(ADA)
    await led.end_cards()
    with pytest.raises(VotedOn):
        await services.ideas.change(GUILD, ADA, ids[0], an_idea("Better still"))
    await led.end_final()
    await services.ideas.change(GUILD, ADA, ids[0], an_idea("Better still"))
    assert (await led.ideas())[0] == "Better"


async def test_an_idea_that_was_withdrawn_from_the_vote_may_change(services: Services, lead: Leader) -> None:
    led = await lead.at_cards()
    gone = await led.entry(0)
    await led.withdraw(0)
    await services.ideas.take_up(GUILD, ADA, gone.idea_id)
    await services.ideas.change(GUILD, ADA, gone.idea_id, an_idea("Another one"))
    # It has left this vote for good.
    entry = await led.entry(0)
    assert (entry.withdrawn, entry.title) == (True, gone.title)


async def test_of_two_ideas_that_become_one_a_collecting_poll_keeps_one(
    services: Services, lead: Leader
) -> None:
    led = await lead.started()
    first, second, third, *_ = await led.add(4)
    outside = (await services.ideas.add(GUILD, ADA, an_idea("Outside"))).idea.id
    await services.ideas.merge(GUILD, ADA, first, second)
    assert [entry.idea_id for entry in (await led.view()).entries][:2] == [second, third]
    await services.ideas.merge(GUILD, ADA, second, outside)
    assert [entry.idea_id for entry in (await led.view()).entries][-1] == outside
    assert [entry.position for entry in (await led.view()).entries] == [0, 1, 2]


@pytest.mark.parametrize("phase", [Phase.CARDS, Phase.FINAL])
async def test_ideas_that_are_voted_on_do_not_become_one(
    services: Services, lead: Leader, phase: Phase
) -> None:
    led = await lead.at(phase)
    first, second = (await led.entry(0)).idea_id, (await led.entry(1)).idea_id
    with pytest.raises(VotedOn):
        await services.ideas.merge(GUILD, ADA, first, second)
    assert len(await led.ideas()) == 7
