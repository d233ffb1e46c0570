"""When to write to a company again: a week after applying, and once more a week later. Pure.

All days are the member's own. A follow-up is told on a morning. Whoever answers it by nothing is told of the
second one a week later, and of none after that: by then two weeks went by without a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

FIRST, SECOND = 1, 2

ONE_WEEK = timedelta(weeks=1)
TOLD_AT = time(10)
"""When a member is told, by their own clock: a time at which a company's people are at their desks too."""

COLD_AFTER = 4 * ONE_WEEK
"""For an application that is as old as this when it is noted down, no follow-up is planned any more."""

SNOOZES = (timedelta(days=3), ONE_WEEK)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The follow-up, the first or the second, that is due from a day on; `told_on` is when that was told."""

    number: int
    on: date
    told_on: date | None = None

    @property
    def next_told_on(self) -> date | None:
        """The day on which the member is to be told next; None where nothing more is to be told."""
        if self.told_on is None:
            return self.on
        return self.told_on + ONE_WEEK if self.number == FIRST else None

    def as_of(self, today: date) -> "FollowUp":
        """The same a week after the first was told to no effect: it is the second now."""
        if self.number == FIRST and self.told_on is not None and self.told_on + ONE_WEEK <= today:
            return FollowUp(SECOND, self.told_on + ONE_WEEK)
        return self

    def is_due(self, today: date) -> bool:
        """Whether it is time to write to the company."""
        return self.as_of(today).on <= today

    def told(self, day: date) -> "FollowUp":
        """The same once its member was told on a day on which it was due."""
        return replace(self.as_of(day), told_on=day)


def planned(applied_on: date, written: Sequence[date], today: date, earliest: date) -> FollowUp | None:
    """The follow-up to plan for what was applied for on a day and followed up on others since.

    `earliest` is the first day on which the member can still be told of anything.
    """
    since = [day for day in written if day >= applied_on]
    if len(since) >= SECOND or today - applied_on >= COLD_AFTER:
        return None
    last = max(since, default=applied_on)
    # Two weeks without a word are up, whether or not the first was written.
    is_second = bool(since) or today - applied_on >= 2 * ONE_WEEK
    return FollowUp(SECOND if is_second else FIRST, max(last + ONE_WEEK, earliest))


def written(follow_up: FollowUp, today: date, earliest: date) -> FollowUp | None:
    """What is planned after a member followed up today: the second a week later, or nothing more."""
    if follow_up.as_of(today).number == SECOND:
        return None
    return FollowUp(SECOND, max(today + ONE_WEEK, earliest))


def snoozed(follow_up: FollowUp, by: timedelta, today: date, earliest: date) -> FollowUp:
    """The same follow-up, some days from now, and never earlier than it was."""
    current = follow_up.as_of(today)
    return FollowUp(current.number, max(today + by, current.on, earliest))


def may_be_ghosted(applied_on: date | None, today: date) -> bool:
    """Whether an application has gone two weeks without a word, so that one may call it a day."""
    return applied_on is not None and today - applied_on >= 2 * ONE_WEEK
