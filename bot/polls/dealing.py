"""Cards within one transaction: dealing them, what is tapped, and taking it back."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.ideas.service import idea_ids_of
from bot.polls import store, votes_store
from bot.polls.deliveries import refresh_poll
from bot.polls.errors import (
    CardGone,
    CardsClosed,
    CardsNotOpen,
    IdeaWithdrawn,
    NothingToTakeBack,
    NotYourCard,
    TapsAreCounted,
)
from bot.polls.reckoning import Reckoned
from bot.polls.rules import Phase, Poll
from bot.polls.store import Outline
from bot.polls.voters import poll_of_voter, voter_of
from bot.polls.votes import Card, Dealt, chance
from bot.polls.votes_store import DealtCard, Voter
from bot.ranking.cards import next_card

ANY_CARD: Final = 0
"""Stands in place of a card where it does not matter which one a voter has before them."""

LastReckoned = Callable[[int, int], Reckoned]
"""What is known of a poll with so many ideas."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A voter at the cards of a poll, and the ideas that are in it."""

    poll: Poll
    voter: Voter
    ideas: Sequence[Outline]
    user_id: int
    now: datetime


def take_seat(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int, now: datetime) -> Seat:
    """Have a member vote by cards; raises PollGone, NotYourPoll, CardsNotOpen and CardsClosed."""
    poll = poll_of_voter(db, guild_id, user_id, poll_id)
    _require_cards(poll, now)
    voter = voter_of(db, poll, user_id, now)
    return Seat(poll, voter, store.outline_of(db, guild_id, poll_id), user_id, now)


def deal(db: sqlite3.Connection, seat: Seat, last_reckoned: LastReckoned) -> Dealt:
    """The open card of a voter, or a new one; one with an idea that was withdrawn meanwhile is put away."""
    cards = votes_store.cards_of(db, seat.voter.id)
    reckoned = last_reckoned(seat.poll.id, len(seat.ideas))
    gone = {position for position, idea in enumerate(seat.ideas) if idea.withdrawn}
    card = next((card for card in cards if card.is_open), None)
    if card is not None and gone.intersection(card.shown):
        votes_store.skip(db, card.id, seat.now)
        card = None
    if card is None:
        shown = next_card(
            reckoned.fit,
            seen={frozenset(card.shown) for card in cards},
            exposure=Counter(position for card in cards for position in card.shown),
            own=_own(db, seat),
            gone=gone,
            rng=chance(seat.poll, seat.voter.id, len(cards)),
        )
        if shown is not None:
            card = votes_store.add_card(db, seat.voter, shown, seat.now)
            cards.append(card)
    return Dealt(
        poll=seat.poll,
        card=None if card is None else _shown(db, seat.poll, card),
        taps=sum(card.picked is not None for card in cards),
        seen=len({position for card in cards for position in card.shown} - gone),
        of=len(seat.ideas) - len(gone),
        settled=reckoned.is_settled,
        receipt=seat.voter.receipt,
    )


def tap(
    db: sqlite3.Connection, guild_id: int, user_id: int, card_id: int, position: int, now: datetime
) -> Seat:
    """Store which idea of a card is best, unless the card has been answered already.

    Raises CardGone, NotYourCard, CardsClosed and IdeaWithdrawn, and what `take_seat` raises.
    """
    card, seat = _seat_of_card(db, guild_id, user_id, card_id, now)
    if position not in card.shown:
        raise CardGone
    if card.is_open:
        if seat.ideas[position].withdrawn:
            (entry,) = store.entries_at(db, guild_id, seat.poll.id, [position])
            raise IdeaWithdrawn(title=entry.text.title)
        votes_store.pick(db, card.id, position, now)
    return seat


def skip(db: sqlite3.Connection, guild_id: int, user_id: int, card_id: int, now: datetime) -> Seat:
    """Put a card away without a word about its ideas, unless it has been answered already."""
    card, seat = _seat_of_card(db, guild_id, user_id, card_id, now)
    votes_store.skip(db, card.id, now)
    return seat


def undo(
    db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int, from_card: int | None, now: datetime
) -> Seat:
    """Take back a voter's last tap, so that its card is open again.

    Where another card is open than `from_card`, somebody pressed twice: nothing is changed. Raises
    NothingToTakeBack and TapsAreCounted, and what `take_seat` raises.
    """
    _require_uncounted(poll_of_voter(db, guild_id, user_id, poll_id), now)
    seat = take_seat(db, guild_id, user_id, poll_id, now)
    cards = votes_store.cards_of(db, seat.voter.id)
    open_card = next((card.id for card in cards if card.is_open), None)
    if from_card in (ANY_CARD, open_card):
        last = next((card for card in reversed(cards) if card.picked is not None), None)
        if last is None:
            raise NothingToTakeBack
        votes_store.reopen(db, seat.voter.id, last.id)
    return seat


def take_back(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int, now: datetime) -> int:
    """Delete all taps of a voter; raises NothingToTakeBack and TapsAreCounted."""
    poll = poll_of_voter(db, guild_id, user_id, poll_id)
    _require_uncounted(poll, now)
    voter = votes_store.find_voter(db, poll_id, user_id)
    cards = votes_store.cards_of(db, voter.id) if voter is not None else []
    taps = sum(card.picked is not None for card in cards)
    if voter is None or not taps:
        raise NothingToTakeBack
    votes_store.remove_cards(db, voter.id)
    refresh_poll(db, poll, now)
    return taps


def _own(db: sqlite3.Connection, seat: Seat) -> set[int]:
    """The positions of the voter's own ideas."""
    own = idea_ids_of(db, seat.poll.guild_id, seat.user_id)
    return {position for position, idea in enumerate(seat.ideas) if idea.idea_id in own}


def _shown(db: sqlite3.Connection, poll: Poll, card: DealtCard) -> Card:
    return Card(card.id, store.entries_at(db, poll.guild_id, poll.id, card.shown))


def _seat_of_card(
    db: sqlite3.Connection, guild_id: int, user_id: int, card_id: int, now: datetime
) -> tuple[DealtCard, Seat]:
    found = votes_store.find_card(db, guild_id, card_id)
    if found is None:
        raise CardGone
    voter, card = found
    if voter.user_id != user_id:
        raise NotYourCard
    return card, take_seat(db, guild_id, user_id, voter.poll_id, now)


def _require_cards(poll: Poll, now: datetime) -> None:
    if poll.phase is Phase.COLLECT:
        raise CardsNotOpen
    if poll.phase is not Phase.CARDS or now >= poll.cards_until:
        raise CardsClosed


def _require_uncounted(poll: Poll, now: datetime) -> None:
    if poll.phase is Phase.COLLECT:
        raise NothingToTakeBack
    if poll.phase is not Phase.CARDS or now >= poll.cards_until:
        raise TapsAreCounted
