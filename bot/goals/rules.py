"""What a goal is, and what may be done with it on which day. Pure.

A week is named by its Monday. A goal can be ticked, and the tick taken back, in its own week and in the one
after; from its Sunday on it can be carried over into the week after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.errors import EmptyGoal, GoalTooLong
from bot.inputs import clean_text, says_something

GOALS_A_WEEK = 3
"""How many goals of a week may be open or kept."""

TEXT_LIMIT = 200
ONE_WEEK = timedelta(weeks=1)
_SUNDAY, _DECIDED_BY = timedelta(days=6), timedelta(weeks=2)


class GoalState(StrEnum):
    """What became of a goal."""

    OPEN = "open"
    KEPT = "kept"
    CARRIED = "carried"
    DROPPED = "dropped"


class Step(StrEnum):
    """What a member can do about a goal by a button."""

    KEEP = "keep"
    REOPEN = "reopen"
    CARRY = "carry"


OUTCOMES = {Step.KEEP: GoalState.KEPT, Step.REOPEN: GoalState.OPEN, Step.CARRY: GoalState.CARRIED}
"""The state in which each step leaves a goal."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A commitment for the week that begins on the Monday `week`, in the member's own local days."""

    id: int
    user_id: int
    week: date
    text: str
    state: GoalState


def clean_goal(text: str) -> str:
    """A goal's text fit to be stored, on one line; raises EmptyGoal or GoalTooLong."""
    cleaned = " ".join(clean_text(text).split())
    if not says_something(cleaned):
        raise EmptyGoal
    if len(cleaned) > TEXT_LIMIT:
        raise GoalTooLong(length=len(cleaned), limit=TEXT_LIMIT)
    return cleaned


def steps(goal: Goal, today: date) -> tuple[Step, ...]:
    """What the member can do about a goal on a local day."""
    if today < goal.week or is_settled(goal, today):
        return ()
    if goal.state is GoalState.KEPT:
        return (Step.REOPEN,)
    if goal.state is GoalState.OPEN:
        return (Step.KEEP, Step.CARRY) if today >= goal.week + _SUNDAY else (Step.KEEP,)
    return ()


def is_settled(goal: Goal, today: date) -> bool:
    """Whether a goal's week is so long ago that it stays as it is."""
    return today >= goal.week + _DECIDED_BY


def find_chosen(goals: Sequence[Goal], chosen: str) -> Goal | None:
    """The goal that a member chose from a list, by its number, or typed, by its words."""
    typed = clean_text(chosen)
    by_number = (goal for goal in goals if str(goal.id) == typed)
    words = " ".join(typed.split()).casefold()
    by_words = (goal for goal in goals if goal.text.casefold() == words)
    return next(by_number, None) or next(by_words, None)
