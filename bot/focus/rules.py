"""What a block of focus and a company are. Pure.

The guides tell three kinds of effort apart: high for what begins on a blank page, middle for closing gaps,
low for what is light; and ask for one to three hours of the first a day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.texts import mark

LENGTHS = (25, 50, 90)
"""How many minutes a block may have."""

LONGEST = timedelta(minutes=max(LENGTHS))

JOINED_FOR = 50
"""How many minutes the block of somebody who joins a company by its button has."""

GROWS_FOR = timedelta(hours=4)
"""A company takes people in for this long; whoever comes later is the first of the next one."""

COMPANY_SPANS = GROWS_FOR + LONGEST
"""From when a company came together, its last block is over within this time."""


class Effort(StrEnum):
    """How much effort the work takes."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


EFFORT_NAMES = {
    Effort.HIGH: mark("High effort"),
    Effort.MIDDLE: mark("Middle effort"),
    Effort.LOW: mark("Low effort"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of focus.

    It counts for `day`, the member's local day on which it is over. `company` is the company it belongs to,
    named by the instant at which that came together.
    """

    id: int
    user_id: int
    day: date
    effort: Effort
    minutes: int
    began_at: datetime
    ends_at: datetime
    stopped_at: datetime | None
    seen: bool
    company: datetime | None

    @property
    def over_at(self) -> datetime:
        return self.stopped_at or self.ends_at

    def runs_at(self, now: datetime) -> bool:
        """Whether the block is not over yet."""
        return now < self.over_at

    def spent(self, now: datetime) -> timedelta:
        """How long the member has been in focus."""
        return max(min(self.over_at, now) - self.began_at, timedelta(0))


@dataclass(frozen=True, slots=True)
class InFocus:
    """A member who is in focus, and until when."""

    user_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Company:
    """Who is in focus together, who has finished, and how many whole minutes all have spent."""

    running: Sequence[InFocus]
    finished: Sequence[int]
    minutes: int

    @property
    def people(self) -> int:
        return len(self.running) + len(self.finished)


def company_at(blocks: Iterable[Block], now: datetime) -> Company:
    """How a company stands at an instant; `blocks` are all it has, in the order in which they began."""
    blocks = list(blocks)
    running = [InFocus(block.user_id, block.ends_at) for block in blocks if block.runs_at(now)]
    still = {member.user_id for member in running}
    finished = dict.fromkeys(block.user_id for block in blocks if block.user_id not in still)
    spent = sum((block.spent(now) for block in blocks), timedelta(0))
    return Company(running, list(finished), spent // timedelta(minutes=1))


def company_to_join(running: Sequence[Block], now: datetime) -> datetime | None:
    """The company that a new block belongs to, among blocks of others that run and may be seen.

    The newest that still takes people in; else, with somebody who has no company, one that begins now.
    """
    open_ones = {block.company for block in running if block.company and now < block.company + GROWS_FOR}
    if open_ones:
        return max(open_ones)
    return now if any(block.company is None for block in running) else None
