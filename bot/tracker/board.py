"""A member's jobs side by side, by how far they have come, each with its age and what is to be done. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.tracker.follow_ups import may_be_ghosted
from bot.tracker.rules import Application, State


@dataclass(frozen=True, slots=True)
class Card:
    """A job on the board. `age` is for how many days it has been in its state.

    `follow_up_in`: in how many days it is time to follow up, 0 and less where it is time; None where nothing
    is planned. `may_be_ghosted`: two weeks went by without a word, and the member has not said so yet.
    """

    application: Application
    age: int
    follow_up_in: int | None = None
    may_be_ghosted: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The jobs in one state: what is to be done first, then the newest."""

    state: State
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Board:
    """The columns that hold anything, in the order of the states."""

    today: date
    columns: Sequence[Column]

    @property
    def cards(self) -> list[Card]:
        """All of its cards, column by column."""
        return [card for column in self.columns for card in column.cards]

    @property
    def due(self) -> list[Card]:
        """The cards of those that it is time to follow up on, the longest due first."""
        due = [card for card in self.cards if card.follow_up_in is not None and card.follow_up_in <= 0]
        return sorted(due, key=lambda card: (card.follow_up_in, card.application.id))


def board_of(applications: Iterable[Application], today: date) -> Board:
    """The board of a member on their local day."""
    by_state: dict[State, list[Card]] = {state: [] for state in State}
    for application in applications:
        by_state[application.state].append(card_of(application, today))
    return Board(
        today, [Column(state, sorted(cards, key=_order)) for state, cards in by_state.items() if cards]
    )


def card_of(application: Application, today: date) -> Card:
    """A job as the board shows it on its member's local day."""
    age = max(0, (today - application.since).days)
    if application.state is not State.APPLIED:
        return Card(application, age)
    follow_up = application.follow_up if application.follow_ups else None
    return Card(
        application,
        age,
        (follow_up.as_of(today).on - today).days if follow_up else None,
        may_be_ghosted(application.applied_on, today),
    )


def _order(card: Card) -> tuple[bool, int, int]:
    is_due = card.follow_up_in is not None and card.follow_up_in <= 0
    return not is_due, card.age, -card.application.id
