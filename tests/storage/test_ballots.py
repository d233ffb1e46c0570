"""Ballots of the final, and the record that is left of a poll."""

import json
import sqlite3
from dataclasses import dataclass

import pytest

from bot.polls.errors import (
    EmptyBallot,
    FinalClosed,
    FinalNotOpen,
    NothingToTakeBack,
    NotInFinal,
    NotYourPoll,
    OtherBallot,
    RecordNotYet,
    UnknownMark,
    UnknownPlace,
)
from bot.polls.phases import advance
from bot.polls.record_reading import read_record
from bot.polls.recount import recount
from bot.polls.rules import EndedBy, Method, Phase, Poll, Scope
from bot.polls.service import PollView, Wanted
from bot.ranking.criteria import Criterion, Purpose
from bot.services import Services
from tests.clocks import ManualClock
from tests.open_polls import Chair, numbered_ideas, open_poll

GUILD, CHANNEL = 1001, 55
ADA, BEN, CY = 7, 8, 9
CHAIR = Chair(GUILD, CHANNEL, ADA)

BEST = dict.fromkeys(Criterion, 5)
WORST = dict.fromkeys(Criterion, 0)


@dataclass(frozen=True, slots=True)
class Open:
    """A poll whose final is open: Ben alone tapped, and what he likes best are the ideas from 5 on."""

    poll: Poll
    view: PollView

    @property
    def finalists(self) -> list[int]:
        return list(self.poll.shortlist)


async def open_final(
    services: Services, *, method: Method = Method.SCORES, scope: Scope = Scope.EVERYONE
) -> Open:
    invited = [BEN] if scope is Scope.INVITED else []
    poll = (
        await open_poll(services, CHAIR, numbered_ideas(8), method=method, scope=scope, invited=invited)
    ).poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    for _ in range(4):
        assert dealt.card is not None
        liked = max(entry.position for entry in dealt.card.ideas)
        dealt = await services.voting.tap(GUILD, BEN, dealt.card.id, liked)
    await services.polls.end_cards(GUILD, ADA, poll.id, manages=False)
    view = await services.polls.outcome(GUILD, poll.id, ADA)
    return Open(view.poll, view)


async def phase_of(services: Services, poll: Poll) -> Phase:
    return (await services.polls.view(GUILD, poll.id, ADA)).poll.phase


async def test_marks_are_kept_by_finalist_and_may_be_changed(services: Services) -> None:
    final = await open_final(services)
    first, second, *_ = final.finalists
    empty = await services.voting.ballot(GUILD, CY, final.poll.id)
    assert [entry.position for entry in empty.finalists] == final.finalists
    assert (empty.scores, empty.ranks, empty.is_whole) == ({}, {}, False)
    await services.voting.score(GUILD, CY, final.poll.id, first, WORST)
    await services.voting.score(GUILD, CY, final.poll.id, second, {Criterion.ANGLE: 3})
    view = await services.voting.score(GUILD, CY, final.poll.id, first, BEST)
    assert view.scores == {first: BEST, second: {Criterion.ANGLE: 3}}
    assert await services.voting.ballot(GUILD, CY, final.poll.id) == view
    view = await services.voting.score(GUILD, CY, final.poll.id, second, {})
    assert view.scores == {first: BEST}
    assert (await services.voting.score(GUILD, CY, final.poll.id, first, {})).scores == {}


async def test_a_ballot_that_is_begun_counts_as_far_as_it_goes(services: Services) -> None:
    final = await open_final(services)
    first = final.finalists[0]

    async def counted() -> dict[int | None, tuple[bool, bool]]:
        view = await services.polls.view(GUILD, final.poll.id, CY)
        return {voter.user_id: (voter.has_ballot, voter.counts_in_final) for voter in view.voters}

    await services.voting.score(GUILD, CY, final.poll.id, first, {Criterion.ANGLE: 3})
    assert await counted() == {BEN: (False, False), CY: (False, True)}
    for finalist in final.finalists:
        await services.voting.score(GUILD, CY, final.poll.id, finalist, BEST)
    assert (await counted())[CY] == (True, True)


async def test_places_may_tie_and_leave_ideas_out(services: Services) -> None:
    final = await open_final(services, method=Method.RANKING)
    first, second, third, *_ = final.finalists
    view = await services.voting.rank(GUILD, CY, final.poll.id, {third: 1, first: 1, second: 4})
    assert view.ranks == {first: 1, second: 4, third: 1}
    assert view.is_whole
    assert (await services.voting.rank(GUILD, CY, final.poll.id, {second: 1})).ranks == {second: 1}


async def test_what_is_no_ballot_of_this_final_is_refused(services: Services) -> None:
    by_marks = await open_final(services)
    by_places = await open_final(services, method=Method.RANKING)
    voting, scored, ranked = services.voting, by_marks.poll.id, by_places.poll.id
    out = min(set(range(8)) - set(by_marks.finalists))
    with pytest.raises(NotInFinal):
        await voting.score(GUILD, CY, scored, out, BEST)
    with pytest.raises(UnknownMark):
        await voting.score(GUILD, CY, scored, by_marks.finalists[0], {Criterion.ANGLE: 6})
    with pytest.raises(OtherBallot):
        await voting.rank(GUILD, CY, scored, {by_marks.finalists[0]: 1})
    with pytest.raises(OtherBallot):
        await voting.score(GUILD, CY, ranked, by_places.finalists[0], BEST)
    with pytest.raises(NotInFinal):
        await voting.rank(GUILD, CY, ranked, {99: 1})
    with pytest.raises(UnknownPlace):
        await voting.rank(GUILD, CY, ranked, {by_places.finalists[0]: 6})
    with pytest.raises(EmptyBallot):
        await voting.rank(GUILD, CY, ranked, {})
    assert (await voting.ballot(GUILD, CY, scored)).scores == {}
    assert (await voting.own(GUILD, CY, scored)).receipt is None


async def test_ballots_are_taken_only_while_the_final_is_open(services: Services, clock: ManualClock) -> None:
    cards = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    with pytest.raises(FinalNotOpen):
        await services.voting.ballot(GUILD, CY, cards.id)
    final = await open_final(services)
    first = final.finalists[0]
    await services.voting.score(GUILD, CY, final.poll.id, first, BEST)
    clock.set(final.poll.final_until)
    with pytest.raises(FinalClosed):
        await services.voting.score(GUILD, CY, final.poll.id, first, WORST)
    with pytest.raises(FinalClosed):
        await services.voting.take_back_ballot(GUILD, CY, final.poll.id)
    assert (await services.voting.own(GUILD, CY, final.poll.id)).ballot.scores == {first: BEST}


async def test_a_ballot_can_be_taken_back(services: Services) -> None:
    final = await open_final(services)
    with pytest.raises(NothingToTakeBack):
        await services.voting.take_back_ballot(GUILD, CY, final.poll.id)
    await services.voting.score(GUILD, CY, final.poll.id, final.finalists[0], BEST)
    assert (await services.voting.take_back_ballot(GUILD, CY, final.poll.id)).scores == {}
    with pytest.raises(NothingToTakeBack):
        await services.voting.take_back_ballot(GUILD, CY, final.poll.id)


async def test_a_finalist_that_is_withdrawn_leaves_the_ballots(services: Services) -> None:
    final = await open_final(services)
    gone, kept, *_ = final.finalists
    await services.voting.score(GUILD, CY, final.poll.id, gone, BEST)
    await services.ideas.withdraw(GUILD, ADA, final.view.entries[gone].idea_id)
    with pytest.raises(NotInFinal):
        await services.voting.score(GUILD, CY, final.poll.id, gone, BEST)
    view = await services.voting.ballot(GUILD, CY, final.poll.id)
    assert [entry.position for entry in view.finalists] == final.finalists[1:]
    for position in final.finalists[1:]:
        marks = BEST if position == kept else WORST
        await services.voting.score(GUILD, CY, final.poll.id, position, marks)
    await services.polls.end_final(GUILD, ADA, final.poll.id, manages=False)
    ended = await services.polls.outcome(GUILD, final.poll.id, ADA)
    assert ended.final is not None
    assert ended.final.order[0].idea == kept
    assert gone not in [placed.idea for placed in ended.final.order]
    assert recount(await services.voting.record(GUILD, final.poll.id)).is_same


async def test_a_final_among_the_invited_ends_with_the_last_whole_ballot(services: Services) -> None:
    final = await open_final(services, scope=Scope.INVITED)
    with pytest.raises(NotYourPoll):
        await services.voting.ballot(GUILD, CY, final.poll.id)
    for user in (ADA, BEN):
        for position in final.finalists:
            assert await phase_of(services, final.poll) is Phase.FINAL
            view = await services.voting.score(GUILD, user, final.poll.id, position, BEST)
    assert (view.poll.phase, view.poll.ended_by) == (Phase.BASELINE, EndedBy.EVERYBODY_VOTED)
    assert view.is_whole


async def test_who_voted_is_seen_and_never_what(services: Services) -> None:
    final = await open_final(services)
    await services.voting.score(GUILD, CY, final.poll.id, final.finalists[0], BEST)
    voters = (await services.polls.view(GUILD, final.poll.id, ADA)).voters
    # Cy's ballot is not whole yet.
    assert [(each.user_id, each.taps, each.has_ballot) for each in voters] == [
        (BEN, 4, False),
        (CY, 0, False),
    ]
    for position in final.finalists:
        await services.voting.score(GUILD, CY, final.poll.id, position, BEST)
    voters = (await services.polls.view(GUILD, final.poll.id, ADA)).voters
    assert [(each.user_id, each.taps, each.has_ballot) for each in voters] == [(BEN, 4, False), (CY, 0, True)]


@pytest.mark.parametrize("method", Method)
async def test_the_record_counts_to_what_was_decided(services: Services, method: Method) -> None:
    final = await open_final(services, method=method)
    first, second, *_ = final.finalists
    if method is Method.SCORES:
        await services.voting.score(GUILD, CY, final.poll.id, second, BEST)
        await services.voting.score(GUILD, CY, final.poll.id, first, WORST)
    else:
        await services.voting.rank(GUILD, CY, final.poll.id, {second: 1, first: 2})
    with pytest.raises(RecordNotYet):
        await services.voting.record(GUILD, final.poll.id)
    await services.polls.end_final(GUILD, ADA, final.poll.id, manages=False)
    ended = await services.polls.outcome(GUILD, final.poll.id, ADA)
    text = await services.voting.record(GUILD, final.poll.id)
    counted = recount(text)
    assert counted.is_same
    assert counted.result.final == ended.final
    assert counted.result.shortlist == ended.shortlist
    assert counted.result.shortlist is not None
    assert [member.idea for member in counted.result.shortlist.members] == final.finalists
    record, _ = read_record(text)
    assert {len(voter.taps) for voter in record.voters} == {0, 4}
    # Neither people nor times nor the ids of ideas stand in it.
    assert set(json.loads(text)["voters"][0]) == {"receipt", "taps", "ballot"}
    for user in (BEN, CY):
        own = await services.voting.own(GUILD, user, final.poll.id)
        assert own.receipt in [voter.receipt for voter in record.voters]
        assert await services.voting.receipt_shows(GUILD, user, final.poll.id)
    assert not await services.voting.receipt_shows(GUILD, ADA, final.poll.id)


async def test_a_final_without_cards_is_decided_by_ballots_alone(
    services: Services, clock: ManualClock
) -> None:
    wanted = Wanted("Small", Purpose.LEARNING, Scope.EVERYONE, None, Method.SCORES, standing_open=False)
    poll = (await services.polls.start(GUILD, ADA, CHANNEL, wanted, may_ask_everyone=True)).poll
    for idea in numbered_ideas(3):
        await services.polls.add_idea(GUILD, ADA, poll.id, idea)
    clock.set(poll.collect_until)
    await services.database.write(advance, poll, clock.now())
    for position, marks in enumerate([WORST, BEST, WORST]):
        await services.voting.score(GUILD, CY, poll.id, position, marks)
    await services.polls.end_final(GUILD, ADA, poll.id, manages=False)
    ended = await services.polls.outcome(GUILD, poll.id, ADA)
    assert ended.shortlist is None
    assert ended.final is not None
    assert ended.final.order[0].idea == 1
    counted = recount(await services.voting.record(GUILD, poll.id))
    assert counted.is_same
    assert counted.result.final == ended.final


def votes_stored(db: sqlite3.Connection) -> tuple[int, ...]:
    """How many voters with a name, cards, and ballots there are."""
    kinds = ("poll_voter where user_id is not null", "poll_card", "poll_ballot")
    return tuple(int(db.execute(f"select count(*) from {kind}").fetchone()[0]) for kind in kinds)


async def test_who_is_forgotten_before_the_count_leaves_no_votes(
    services: Services, db: sqlite3.Connection
) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    assert dealt.card is not None
    await services.voting.tap(GUILD, BEN, dealt.card.id, dealt.card.ideas[0].position)
    services.voting.forget_member(db, GUILD, BEN)
    assert votes_stored(db) == (0, 0, 0)


async def test_who_is_forgotten_during_the_final_leaves_taps_of_nobody(
    services: Services, db: sqlite3.Connection
) -> None:
    final = await open_final(services)
    await services.voting.score(GUILD, BEN, final.poll.id, final.finalists[0], BEST)
    export = services.voting.export_member(db, GUILD, BEN)
    assert "impresses" in json.dumps(export)
    services.voting.forget_member(db, GUILD, BEN)
    assert votes_stored(db) == (0, 5, 0)
    assert services.voting.export_member(db, GUILD, BEN) == {
        "poll_voter": [],
        "poll_card": [],
        "poll_ballot": [],
    }
    view = await services.polls.outcome(GUILD, final.poll.id, ADA)
    assert [(voter.user_id, voter.taps) for voter in view.voters] == [(None, 4)]
    assert view.shortlist == final.view.shortlist


async def test_who_is_forgotten_after_the_count_changes_nothing_of_it(
    services: Services, db: sqlite3.Connection
) -> None:
    final = await open_final(services)
    await services.voting.score(GUILD, BEN, final.poll.id, final.finalists[0], BEST)
    await services.polls.end_final(GUILD, ADA, final.poll.id, manages=False)
    text = await services.voting.record(GUILD, final.poll.id)
    services.voting.forget_member(db, GUILD, BEN)
    assert votes_stored(db) == (0, 5, 1)
    assert await services.voting.record(GUILD, final.poll.id) == text
    assert (await services.voting.own(GUILD, BEN, final.poll.id)).receipt is None
