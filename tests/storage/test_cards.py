"""Voting by cards: what is dealt, what is tapped, and what may be taken back."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterable

import pytest

from bot.errors import UserError
from bot.polls.errors import (
    CardGone,
    CardsClosed,
    CardsNotOpen,
    IdeaWithdrawn,
    NoTapsYet,
    NothingToTakeBack,
    NotYourCard,
    NotYourPoll,
    PollGone,
    StandingSecret,
    TapsAreCounted,
)
from bot.polls.phases import advance
from bot.polls.rules import Method, Phase, Scope
from bot.polls.service import Wanted
from bot.polls.votes import Card, Dealt
from bot.ranking.criteria import Purpose
from bot.services import Services
from tests.clocks import ManualClock
from tests.open_polls import Chair, numbered_ideas, open_poll

GUILD, OTHER, CHANNEL = 1001, 1002, 55
ADA, BEN, CY = 7, 8, 9
CHAIR = Chair(GUILD, CHANNEL, ADA)


def ideas_on(card: Card | None) -> frozenset[int]:
    assert card is not None
    return frozenset(entry.position for entry in card.ideas)


async def tap(services: Services, user: int, dealt: Dealt, position: int | None = None) -> Dealt:
    """Tap an idea of the card that was dealt: the one with the lowest number if it does not matter."""
    assert dealt.card is not None
    chosen = min(ideas_on(dealt.card)) if position is None else position
    return await services.voting.tap(GUILD, user, dealt.card.id, chosen)


async def tap_all(services: Services, user: int, poll_id: int) -> list[Dealt]:
    """Tap until there is no card left."""
    seen = [await services.voting.deal(GUILD, user, poll_id)]
    while seen[-1].card is not None:
        seen.append(await tap(services, user, seen[-1]))
    return seen


async def taps_of(services: Services, user: int, poll_id: int) -> int:
    return (await services.voting.own(GUILD, user, poll_id)).taps


async def test_a_card_shows_four_ideas_and_stays_until_it_is_answered(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    first = await services.voting.deal(GUILD, BEN, poll.id)
    assert first.card is not None
    assert len(ideas_on(first.card)) == 4
    assert [entry.text for entry in first.card.ideas] == [
        numbered_ideas(8)[entry.position] for entry in first.card.ideas
    ]
    assert (first.taps, first.seen, first.of, first.settled) == (0, 4, 8, False)
    assert await services.voting.deal(GUILD, BEN, poll.id) == first
    following = await tap(services, BEN, first)
    assert following.card is not None
    assert following.card.id != first.card.id
    assert (following.taps, following.receipt) == (1, first.receipt)


async def test_no_voter_sees_the_same_card_twice_and_then_there_is_none_left(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(6))).poll
    seen = await tap_all(services, BEN, poll.id)
    cards = [ideas_on(dealt.card) for dealt in seen[:-1]]
    # Of six ideas, four can be chosen in fifteen ways.
    assert len(cards) == len(set(cards)) == 15
    assert (seen[-1].taps, seen[-1].seen) == (15, 6)


async def test_ones_own_ideas_never_come_first_unless_there_are_no_others(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8), authors=[ADA, BEN])).poll
    own_of = {ADA: {0, 2, 4, 6}, BEN: {1, 3, 5, 7}, CY: set[int]()}
    for user, own in own_of.items():
        for dealt in (await tap_all(services, user, poll.id))[:-1]:
            assert dealt.card is not None
            if not ideas_on(dealt.card) <= own:
                assert dealt.card.ideas[0].position not in own


async def test_of_two_taps_at_once_the_first_counts(services: Services, db: sqlite3.Connection) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    first, second = sorted(ideas_on(dealt.card))[:2]
    answers = await asyncio.gather(tap(services, BEN, dealt, first), tap(services, BEN, dealt, second))
    assert answers[0] == answers[1]
    assert answers[0].taps == 1
    assert db.execute("select picked from poll_card where picked is not null").fetchall()[0][0] == first


async def test_an_old_card_changes_nothing(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    first = await services.voting.deal(GUILD, BEN, poll.id)
    second = await tap(services, BEN, first)
    third = await tap(services, BEN, second)
    assert await tap(services, BEN, first, max(ideas_on(first.card))) == third
    assert first.card is not None
    assert await services.voting.skip(GUILD, BEN, first.card.id) == third


async def test_a_card_is_its_voters_alone_and_in_its_server(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    assert dealt.card is not None
    position = min(ideas_on(dealt.card))
    with pytest.raises(NotYourCard):
        await services.voting.tap(GUILD, CY, dealt.card.id, position)
    with pytest.raises(CardGone):
        await services.voting.tap(OTHER, BEN, dealt.card.id, position)
    with pytest.raises(CardGone):
        await services.voting.tap(GUILD, BEN, dealt.card.id + 1, position)
    not_on_it = min(set(range(8)) - ideas_on(dealt.card))
    with pytest.raises(CardGone):
        await services.voting.tap(GUILD, BEN, dealt.card.id, not_on_it)
    with pytest.raises(PollGone):
        await services.voting.deal(OTHER, BEN, poll.id)
    assert await taps_of(services, BEN, poll.id) == 0


async def test_cards_are_dealt_and_tapped_only_while_they_are_open(
    services: Services, clock: ManualClock
) -> None:
    wanted = Wanted("Soon", Purpose.NAME, Scope.EVERYONE, None, Method.SCORES, standing_open=False)
    collecting = await services.polls.start(GUILD, ADA, CHANNEL, wanted, may_ask_everyone=True)
    with pytest.raises(CardsNotOpen):
        await services.voting.deal(GUILD, BEN, collecting.poll.id)
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    dealt = await tap(services, BEN, await services.voting.deal(GUILD, BEN, poll.id))
    # Its time is over, though nobody has looked yet.
    clock.set(poll.cards_until)
    with pytest.raises(CardsClosed):
        await tap(services, BEN, dealt)
    with pytest.raises(CardsClosed):
        await services.voting.deal(GUILD, CY, poll.id)
    await services.database.write(advance, poll, clock.now())
    with pytest.raises(CardsClosed):
        await tap(services, BEN, dealt)
    assert await taps_of(services, BEN, poll.id) == 1


async def test_an_idea_withdrawn_while_its_card_is_on_the_screen_cannot_be_tapped(services: Services) -> None:
    view = await open_poll(services, CHAIR, numbered_ideas(8))
    poll = view.poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    gone = min(ideas_on(dealt.card))
    await services.ideas.withdraw(GUILD, ADA, view.entries[gone].idea_id)
    with pytest.raises(IdeaWithdrawn, match="take"):
        await tap(services, BEN, dealt, gone)
    following = await services.voting.deal(GUILD, BEN, poll.id)
    assert gone not in ideas_on(following.card)
    assert (following.taps, following.of) == (0, 7)
    assert ideas_on(following.card) != ideas_on(dealt.card)


async def test_the_others_on_a_card_with_a_withdrawn_idea_can_be_tapped(services: Services) -> None:
    view = await open_poll(services, CHAIR, numbered_ideas(8))
    dealt = await services.voting.deal(GUILD, BEN, view.poll.id)
    gone, kept = sorted(ideas_on(dealt.card))[:2]
    await services.ideas.withdraw(GUILD, ADA, view.entries[gone].idea_id)
    following = await tap(services, BEN, dealt, kept)
    assert following.taps == 1
    assert gone not in ideas_on(following.card)


async def test_a_skipped_card_counts_for_nothing_and_does_not_come_again(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(6))).poll
    first = await services.voting.deal(GUILD, BEN, poll.id)
    assert first.card is not None
    following = await services.voting.skip(GUILD, BEN, first.card.id)
    assert following.taps == 0
    seen = await tap_all(services, BEN, poll.id)
    assert ideas_on(first.card) not in [ideas_on(dealt.card) for dealt in seen[:-1]]
    assert seen[-1].taps == 14


async def test_undo_shows_the_same_card_again(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    first = await services.voting.deal(GUILD, BEN, poll.id)
    second = await tap(services, BEN, first)
    third = await tap(services, BEN, second)
    assert third.card is not None
    back = await services.voting.undo(GUILD, BEN, poll.id)
    assert (back.card, back.taps) == (second.card, 1)
    # Which card follows now depends on whether the taps have been reckoned meanwhile.
    again = await tap(services, BEN, back)
    assert again.card is not None
    assert ideas_on(again.card) not in (ideas_on(first.card), ideas_on(second.card))
    assert (await services.voting.undo(GUILD, BEN, poll.id)).card == second.card
    assert (await services.voting.undo(GUILD, BEN, poll.id)).card == first.card
    with pytest.raises(NothingToTakeBack):
        await services.voting.undo(GUILD, BEN, poll.id)


async def test_undo_goes_over_what_was_skipped(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    first = await services.voting.deal(GUILD, BEN, poll.id)
    second = await tap(services, BEN, first)
    assert second.card is not None
    await services.voting.skip(GUILD, BEN, second.card.id)
    back = await services.voting.undo(GUILD, BEN, poll.id)
    assert (back.card, back.taps) == (first.card, 0)
    seen = [await tap(services, BEN, back)]
    while seen[-1].card is not None:
        seen.append(await tap(services, BEN, seen[-1]))
    assert ideas_on(second.card) not in [ideas_on(dealt.card) for dealt in seen[:-1]]


async def test_undo_pressed_twice_at_once_takes_one_tap_back(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(6))).poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    for _ in range(3):
        dealt = await tap(services, BEN, dealt)
    assert dealt.card is not None
    presses = (services.voting.undo(GUILD, BEN, poll.id, dealt.card.id) for _ in range(2))
    one, other = await asyncio.gather(*presses)
    assert one == other
    assert one.taps == 2
    last = (await tap_all(services, BEN, poll.id))[-1]
    assert last.card is None
    assert (await services.voting.undo(GUILD, BEN, poll.id, None)).taps == last.taps - 1
    assert (await services.voting.undo(GUILD, BEN, poll.id, None)).taps == last.taps - 1


async def test_all_taps_can_be_taken_back_and_one_may_begin_anew(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(6), standing_open=True)).poll
    await tap_all(services, BEN, poll.id)
    receipt = (await services.voting.own(GUILD, BEN, poll.id)).receipt
    await tap(services, CY, await services.voting.deal(GUILD, CY, poll.id))
    assert await services.voting.take_back(GUILD, BEN, poll.id) == 15
    with pytest.raises(NothingToTakeBack):
        await services.voting.take_back(GUILD, BEN, poll.id)
    seen = await services.polls.view(GUILD, poll.id, ADA)
    assert [(voter.user_id, voter.taps) for voter in seen.voters] == [(CY, 1)]
    assert len(await tap_all(services, BEN, poll.id)) == 16
    assert (await services.voting.own(GUILD, BEN, poll.id)).receipt == receipt


async def test_what_is_counted_cannot_be_taken_back(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    await tap(services, BEN, await services.voting.deal(GUILD, BEN, poll.id))
    await services.polls.end_cards(GUILD, ADA, poll.id, manages=False)
    with pytest.raises(TapsAreCounted):
        await services.voting.take_back(GUILD, BEN, poll.id)
    with pytest.raises(TapsAreCounted):
        await services.voting.undo(GUILD, BEN, poll.id)
    assert await taps_of(services, BEN, poll.id) == 1


async def test_a_poll_by_invitation_is_for_those_who_are_invited(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8), scope=Scope.INVITED, invited=[BEN])).poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    refused: Iterable[UserError] = await asyncio.gather(
        services.voting.deal(GUILD, CY, poll.id),
        services.voting.own(GUILD, CY, poll.id),
        services.voting.standing(GUILD, CY, poll.id),
        services.voting.take_back(GUILD, CY, poll.id),
        services.voting.undo(GUILD, CY, poll.id),
        return_exceptions=True,
    )  # type: ignore[assignment]
    assert [type(error) for error in refused] == [NotYourPoll] * 5
    await tap(services, BEN, dealt)
    await services.polls.uninvite(GUILD, ADA, poll.id, [BEN], manages=False)
    with pytest.raises(NotYourPoll):
        await tap(services, BEN, dealt)
    # What they tapped before stays, and stays theirs to look at.
    assert await taps_of(services, BEN, poll.id) == 1


async def test_a_standing_is_secret_until_the_cards_are_over(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll
    await tap(services, BEN, await services.voting.deal(GUILD, BEN, poll.id), None)
    for user in (ADA, BEN):
        with pytest.raises(StandingSecret):
            await services.voting.standing(GUILD, user, poll.id)
    await services.polls.end_cards(GUILD, ADA, poll.id, manages=False)
    ended = await services.polls.outcome(GUILD, poll.id, ADA)
    assert await services.voting.standing(GUILD, BEN, poll.id) == ended.shortlist


async def test_an_open_standing_follows_every_tap(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8), standing_open=True)).poll
    with pytest.raises(NoTapsYet):
        await services.voting.standing(GUILD, BEN, poll.id)
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    for _ in range(3):
        liked = min(ideas_on(dealt.card))
        dealt = await tap(services, BEN, dealt, liked)
    standing = await services.voting.standing(GUILD, CY, poll.id)
    assert len(standing.members) == 5
    assert not standing.settled
    await services.voting.take_back(GUILD, BEN, poll.id)
    with pytest.raises(NoTapsYet):
        await services.voting.standing(GUILD, CY, poll.id)


async def test_a_voter_sees_what_they_like_best_by_their_own_taps(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(6))).poll
    nobody = await services.voting.own(GUILD, BEN, poll.id)
    assert (nobody.taps, nobody.receipt, nobody.favourites) == (0, None, [])
    await tap_all(services, BEN, poll.id)
    # Of each card the one with the lowest number: 3 can be that only where it is beside 4 and 5.
    own = await services.voting.own(GUILD, BEN, poll.id)
    assert [entry.position for entry in own.favourites] == [0, 1, 2]
    assert own.taps == 15


async def test_a_settled_poll_goes_on_to_the_final_by_itself(services: Services) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8), scope=Scope.ALONE)).poll
    # The reckoning that ends the cards may come in between, or after the last of them.
    with contextlib.suppress(CardsClosed):
        await tap_all(services, ADA, poll.id)
    await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name().startswith("standing")))
    view = await services.polls.outcome(GUILD, poll.id, ADA)
    assert (view.poll.phase, view.poll.ended_by) == (Phase.FINAL, "settled")
    assert view.shortlist is not None
    assert view.shortlist.settled


async def test_the_first_tap_of_a_voter_changes_the_polls_message(
    services: Services, db: sqlite3.Connection, clock: ManualClock
) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8))).poll

    def wanted() -> int:
        (number,) = db.execute("select wanted from delivery where kind = 'poll'").fetchone()
        return int(number)

    before = wanted()
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    assert wanted() == before
    dealt = await tap(services, BEN, dealt)
    assert wanted() == before + 1
    await tap(services, BEN, dealt)
    assert wanted() == before + 1
    clock.advance(minutes=1)
    await services.voting.take_back(GUILD, BEN, poll.id)
    assert wanted() == before + 2


async def test_voting_goes_on_after_a_restart(services: Services, clock: ManualClock) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(8), standing_open=True)).poll
    dealt = await services.voting.deal(GUILD, BEN, poll.id)
    for _ in range(4):
        dealt = await tap(services, BEN, dealt)
    standing = await services.voting.standing(GUILD, BEN, poll.id)
    again = await Services.open(services.database.path, clock)
    try:
        assert await again.voting.deal(GUILD, BEN, poll.id) == dealt
        assert await again.voting.standing(GUILD, BEN, poll.id) == standing
        assert (await tap(again, BEN, dealt)).taps == 5
    finally:
        await again.close()
