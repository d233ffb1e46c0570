"""Ideas over a real database: keeping them, letting go, merging, and nobody else's business."""

import sqlite3
from datetime import datetime

import pytest

from bot.errors import UserError
from bot.ideas import deliveries
from bot.ideas.deliveries import Outcome
from bot.ideas.errors import (
    IdeaGone,
    MergeAnswered,
    MergedWithItself,
    MergeGone,
    MergeProposedAlready,
    NotYoursToAnswer,
    OtherIdeaGone,
    TooManyIdeas,
    TooManyProposals,
)
from bot.ideas.hooks import Hooks
from bot.ideas.rules import IDEAS_EACH, PROPOSALS_OPEN, Idea, IdeaState, IdeaText
from bot.ideas.service import Ideas, authors_of, find_ideas, open_ideas_of
from bot.ideas.store import find_merge
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER, ADA, BEN, CLEO, CHANNEL = 1, 2, 10, 20, 30, 5


class VotedOn(UserError):
    """It is being voted on."""


class Polls:
    """Stands above ideas as polls do: some may be seen by everybody, some must not be changed."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.frozen: set[int] = set()
        self.told: list[tuple[int, int]] = []

    def sight(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> set[int]:
        return self.seen

    def guard(self, db: sqlite3.Connection, guild_id: int, idea_id: int) -> None:
        if idea_id in self.frozen:
            raise VotedOn

    def hear(self, db: sqlite3.Connection, guild_id: int, idea_id: int, now: datetime) -> None:
        self.told.append((guild_id, idea_id))


@pytest.fixture
def polls() -> Polls:
    return Polls()


@pytest.fixture
def ideas(services: Services, clock: ManualClock, polls: Polls) -> Ideas:
    return Ideas(services.database, clock, Hooks([polls.hear], [polls.guard], [polls.sight]))


async def add(ideas: Ideas, user: int, title: str, guild: int = GUILD) -> Idea:
    return (await ideas.add(guild, user, IdeaText(title))).idea


def states(db: sqlite3.Connection, *idea_ids: int) -> list[IdeaState]:
    return [idea.state for idea in find_ideas(db, GUILD, idea_ids)]


# Keeping ideas.


async def test_an_idea_is_kept_as_it_was_written_and_the_newest_comes_first(
    ideas: Ideas, clock: ManualClock
) -> None:
    text = IdeaText("Bird calls", "Walkers wonder", "Apps need a network", "Two birds", "https://a.example/")
    added = await ideas.add(GUILD, ADA, text)
    assert added.idea == Idea(added.idea.id, GUILD, ADA, text, IdeaState.OPEN, clock.now())
    clock.advance(minutes=1)
    later = await add(ideas, ADA, "Shop bills")
    assert await ideas.of_member(GUILD, ADA) == [later, added.idea]
    assert await ideas.find(GUILD, ADA, added.idea.id) == added.idea


async def test_nobody_else_has_it_and_no_other_server(ideas: Ideas, db: sqlite3.Connection) -> None:
    idea = await add(ideas, ADA, "Bird calls")
    for guild, user in ((GUILD, BEN), (OTHER, ADA)):
        assert await ideas.of_member(guild, user) == []
        for attempt in (
            ideas.find(guild, user, idea.id),
            ideas.change(guild, user, idea.id, IdeaText("Mine now")),
            ideas.withdraw(guild, user, idea.id),
            ideas.take_up(guild, user, idea.id),
        ):
            with pytest.raises(IdeaGone):
                await attempt
    assert find_ideas(db, OTHER, [idea.id]) == []
    assert authors_of(db, OTHER, [idea.id]) == {idea.id: set()}
    assert find_ideas(db, GUILD, [idea.id]) == [idea]


async def test_a_sixty_first_is_refused_until_one_is_withdrawn(ideas: Ideas) -> None:
    kept = [await add(ideas, ADA, f"Idea {number}") for number in range(IDEAS_EACH)]
    with pytest.raises(TooManyIdeas):
        await add(ideas, ADA, "One too many")
    await add(ideas, BEN, "His first")
    await add(ideas, ADA, "Elsewhere", OTHER)
    await ideas.withdraw(GUILD, ADA, kept[0].id)
    await add(ideas, ADA, "Room again")
    with pytest.raises(TooManyIdeas):
        await ideas.take_up(GUILD, ADA, kept[0].id)


async def test_what_looks_like_it_is_told_of_ones_own_and_of_those_in_sight(
    ideas: Ideas, polls: Polls
) -> None:
    own = await add(ideas, ADA, "Recognise birdsong")
    seen = await add(ideas, BEN, "Bird calls on a phone")
    await add(ideas, BEN, "Detect bird calls")
    await add(ideas, ADA, "Predict bus delays")
    polls.seen = {seen.id}
    added = await ideas.add(GUILD, ADA, IdeaText("Detect bird calls with a mobile app"))
    assert {idea.id for idea in added.alike} == {own.id, seen.id}
    assert {idea.id for idea in await ideas.in_sight(GUILD, ADA)} >= {own.id, seen.id, added.idea.id}


async def test_a_change_is_told_to_those_above_who_may_refuse_it(ideas: Ideas, polls: Polls) -> None:
    idea = await add(ideas, ADA, "Bird calls")
    changed = await ideas.change(GUILD, ADA, idea.id, IdeaText("Bird calls", "Walkers wonder"))
    assert changed.text.problem == "Walkers wonder"
    assert polls.told == [(GUILD, idea.id)]
    polls.frozen = {idea.id}
    with pytest.raises(VotedOn):
        await ideas.change(GUILD, ADA, idea.id, IdeaText("Frogs"))
    # What changes nothing needs no leave.
    assert await ideas.change(GUILD, ADA, idea.id, changed.text) == changed
    assert polls.told == [(GUILD, idea.id)]


async def test_what_was_withdrawn_can_be_taken_up_again(
    ideas: Ideas, polls: Polls, db: sqlite3.Connection
) -> None:
    idea = await add(ideas, ADA, "Bird calls")
    polls.frozen, polls.seen = {idea.id}, {idea.id}
    assert not (await ideas.withdraw(GUILD, ADA, idea.id)).stays
    assert states(db, idea.id) == [IdeaState.WITHDRAWN]
    assert await ideas.of_member(GUILD, ADA) == []
    assert await ideas.in_sight(GUILD, BEN) == []
    with pytest.raises(IdeaGone):
        await ideas.withdraw(GUILD, ADA, idea.id)
    assert await ideas.take_up(GUILD, ADA, idea.id) == idea
    assert await ideas.take_up(GUILD, ADA, idea.id) == idea
    assert polls.told == [(GUILD, idea.id)] * 2


# Merging one's own.


async def test_of_two_own_ideas_the_other_goes_on_and_keeps_what_it_says(
    ideas: Ideas, polls: Polls, db: sqlite3.Connection
) -> None:
    kept, gone = await add(ideas, ADA, "Bird calls"), await add(ideas, ADA, "Birdsong")
    pair = await ideas.merge(GUILD, ADA, gone.id, kept.id)
    assert (pair.gone, pair.kept, pair.both_own) == (gone, kept, True)
    assert await ideas.of_member(GUILD, ADA) == [kept]
    assert states(db, kept.id, gone.id) == [IdeaState.OPEN, IdeaState.MERGED]
    assert find_ideas(db, GUILD, [gone.id])[0].merged_into == kept.id
    assert polls.told == [(GUILD, gone.id), (GUILD, kept.id)]
    with pytest.raises(IdeaGone):
        await ideas.take_up(GUILD, ADA, gone.id)


async def test_an_idea_is_not_merged_with_itself_with_one_that_is_gone_or_with_one_out_of_sight(
    ideas: Ideas, polls: Polls, db: sqlite3.Connection
) -> None:
    mine, merged = await add(ideas, ADA, "Bird calls"), await add(ideas, ADA, "Birdsong")
    hidden, elsewhere = await add(ideas, BEN, "Birds"), await add(ideas, ADA, "Birds", OTHER)
    await ideas.merge(GUILD, ADA, merged.id, mine.id)
    with pytest.raises(MergedWithItself):
        await ideas.merge(GUILD, ADA, mine.id, mine.id)
    for other in (merged.id, hidden.id, elsewhere.id, 999):
        with pytest.raises(OtherIdeaGone):
            await ideas.merge(GUILD, ADA, mine.id, other)
        with pytest.raises(OtherIdeaGone):
            await ideas.propose_merge(GUILD, ADA, mine.id, other, CHANNEL)
        with pytest.raises(OtherIdeaGone):
            await ideas.propose_merge(GUILD, ADA, other, mine.id, CHANNEL)
    # To see an idea is not to have it.
    polls.seen = {hidden.id}
    with pytest.raises(OtherIdeaGone):
        await ideas.merge(GUILD, ADA, mine.id, hidden.id)
    assert states(db, mine.id, hidden.id) == [IdeaState.OPEN] * 2


async def test_those_above_may_refuse_a_merge(ideas: Ideas, polls: Polls, db: sqlite3.Connection) -> None:
    kept, gone = await add(ideas, ADA, "Bird calls"), await add(ideas, ADA, "Birdsong")
    polls.frozen = {gone.id}
    with pytest.raises(VotedOn):
        await ideas.merge(GUILD, ADA, gone.id, kept.id)
    assert states(db, kept.id, gone.id) == [IdeaState.OPEN] * 2


# Merging with another's.


@pytest.fixture
async def proposed(ideas: Ideas, polls: Polls) -> tuple[Idea, Idea]:
    """Ada found that her idea is Ben's, which everybody sees."""
    gone, kept = await add(ideas, ADA, "Birdsong"), await add(ideas, BEN, "Bird calls")
    polls.seen = {kept.id}
    await ideas.propose_merge(GUILD, ADA, gone.id, kept.id, CHANNEL)
    return gone, kept


def question(db: sqlite3.Connection) -> int:
    (number,) = db.execute("select max(id) from idea_merge").fetchone()
    return int(number)


def outcome(db: sqlite3.Connection) -> Outcome:
    merge = find_merge(db, GUILD, question(db))
    assert merge is not None
    return deliveries.content_of(db, merge).outcome


async def test_whose_idea_it_is_agrees_and_it_is_of_both(
    ideas: Ideas, polls: Polls, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    gone, kept = proposed
    for user in (ADA, CLEO):
        with pytest.raises(NotYoursToAnswer):
            await ideas.answer_merge(GUILD, user, question(db), accepted=True)
    answered = await ideas.answer_merge(GUILD, BEN, question(db), accepted=True)
    assert (answered.gone, answered.kept, answered.accepted) == (gone, kept, True)
    assert authors_of(db, GUILD, [kept.id]) == {kept.id: {ADA, BEN}}
    assert [idea.id for idea in await ideas.of_member(GUILD, ADA)] == [kept.id]
    assert outcome(db) is Outcome.MERGED
    assert polls.told == [(GUILD, gone.id), (GUILD, kept.id)]
    with pytest.raises(MergeAnswered):
        await ideas.answer_merge(GUILD, BEN, question(db), accepted=False)


async def test_whose_idea_it_is_says_that_they_differ_and_is_not_asked_again(
    ideas: Ideas, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    gone, kept = proposed
    await ideas.answer_merge(GUILD, BEN, question(db), accepted=False)
    assert states(db, gone.id, kept.id) == [IdeaState.OPEN] * 2
    assert outcome(db) is Outcome.TWO
    with pytest.raises(MergeProposedAlready):
        await ideas.propose_merge(GUILD, ADA, gone.id, kept.id, CHANNEL)


async def test_a_question_is_over_when_one_of_the_two_is_withdrawn(
    ideas: Ideas, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    gone, _kept = proposed
    await ideas.withdraw(GUILD, ADA, gone.id)
    assert outcome(db) is Outcome.OVER
    with pytest.raises(MergeGone):
        await ideas.answer_merge(GUILD, BEN, question(db), accepted=True)
    await ideas.take_up(GUILD, ADA, gone.id)
    assert outcome(db) is Outcome.ASKED


async def test_a_question_of_another_server_is_not_found(
    ideas: Ideas, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    with pytest.raises(MergeGone):
        await ideas.answer_merge(OTHER, BEN, question(db), accepted=True)
    with pytest.raises(MergeGone):
        await ideas.answer_merge(GUILD, BEN, 999, accepted=True)


async def test_what_is_voted_on_by_then_stays_two_and_may_be_answered_later(
    ideas: Ideas, polls: Polls, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    polls.frozen = {proposed[0].id}
    with pytest.raises(VotedOn):
        await ideas.answer_merge(GUILD, BEN, question(db), accepted=True)
    assert outcome(db) is Outcome.ASKED


async def test_a_member_has_five_questions_open_at_most(
    ideas: Ideas, polls: Polls, db: sqlite3.Connection
) -> None:
    mine = await add(ideas, ADA, "Birdsong")
    his = [await add(ideas, BEN, f"Birds {number}") for number in range(PROPOSALS_OPEN + 1)]
    polls.seen = {idea.id for idea in his}
    for idea in his[:-1]:
        await ideas.propose_merge(GUILD, ADA, mine.id, idea.id, CHANNEL)
    with pytest.raises(TooManyProposals):
        await ideas.propose_merge(GUILD, ADA, mine.id, his[-1].id, CHANNEL)
    await ideas.withdraw(GUILD, BEN, his[0].id)
    await ideas.propose_merge(GUILD, ADA, mine.id, his[-1].id, CHANNEL)


async def test_whoever_lets_go_of_a_shared_idea_leaves_it_to_the_others(
    ideas: Ideas, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    kept = proposed[1]
    await ideas.answer_merge(GUILD, BEN, question(db), accepted=True)
    assert (await ideas.withdraw(GUILD, BEN, kept.id)).stays
    assert authors_of(db, GUILD, [kept.id]) == {kept.id: {ADA}}
    assert open_ideas_of(db, GUILD, BEN) == []
    assert not (await ideas.withdraw(GUILD, ADA, kept.id)).stays
    assert states(db, kept.id) == [IdeaState.WITHDRAWN]
    assert (await ideas.take_up(GUILD, ADA, kept.id)).authors == {ADA}


# Forgetting.


async def test_a_shared_idea_outlives_whoever_wrote_it_down(
    ideas: Ideas, services: Services, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    gone, kept = proposed
    await ideas.answer_merge(GUILD, BEN, question(db), accepted=True)
    await services.database.write(ideas.forget_member, GUILD, BEN)
    (left,) = await ideas.of_member(GUILD, ADA)
    assert (left.id, left.user_id, left.text) == (kept.id, None, kept.text)
    await services.database.write(ideas.forget_member, GUILD, ADA)
    assert find_ideas(db, GUILD, [gone.id, kept.id]) == []
    for table in ("idea", "idea_co_author", "idea_merge"):
        assert db.execute(f"select * from {table}").fetchall() == []


async def test_the_question_of_who_is_forgotten_is_taken_back(
    ideas: Ideas, services: Services, db: sqlite3.Connection, proposed: tuple[Idea, Idea]
) -> None:
    merge_id = question(db)
    await services.database.write(ideas.forget_member, GUILD, ADA)
    assert find_merge(db, GUILD, merge_id) is None
    with pytest.raises(MergeGone):
        await ideas.answer_merge(GUILD, BEN, merge_id, accepted=True)
