"""What a member is told they can do now, by what they have done so far. Pure."""

from dataclasses import dataclass
from enum import StrEnum

AT_MOST = 3

TO_SHOW_FROM = 5
"""After so many check-ins there should be something to show."""

BUDDY_FROM = 3
"""After so many check-ins it is worth finding somebody to look after each other with."""


class Suggestion(StrEnum):
    """Something to do now."""

    CHECK_IN_FIRST = "check_in_first"
    CHECK_IN = "check_in"
    FOLLOW_UP = "follow_up"
    VOTE = "vote"
    ROUTINE = "routine"
    IDEA = "idea"
    SHOW = "show"
    LEADS = "leads"
    GOAL = "goal"
    RESOURCE = "resource"
    BUDDY = "buddy"
    WATCH = "watch"
    PROGRESS = "progress"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member has done so far in a server.

    `due` says that today is due and open, `votes` how many polls wait for them, `shown` whether there was
    anything to show in the last half year, and `leads` whether there are any to look at. `follow_ups` are
    the jobs that it is time to write to again.
    """

    is_set_up: bool = True
    is_away: bool = False
    checkins: int = 0
    due: bool = False
    has_routine: bool = False
    goals: int = 0
    ideas: int = 0
    votes: int = 0
    shown: bool = False
    leads: bool = True
    watches: int = 0
    jobs: int = 0
    follow_ups: int = 0
    resources: int = 0
    has_buddy: bool = False


def suggestions(standing: Standing, at_most: int = AT_MOST) -> list[Suggestion]:
    """What to do now, the most urgent first."""
    # What is of days needs a server that has them, and nobody is asked for it while they are away.
    days = standing.is_set_up and not standing.is_away
    looked_for_work = bool(standing.watches or standing.jobs)
    fitting = {
        Suggestion.CHECK_IN_FIRST: days and not standing.checkins,
        Suggestion.CHECK_IN: days and standing.checkins > 0 and standing.due,
        Suggestion.FOLLOW_UP: standing.follow_ups > 0,
        Suggestion.VOTE: standing.votes > 0,
        Suggestion.ROUTINE: days and not standing.has_routine,
        Suggestion.IDEA: not standing.ideas,
        Suggestion.SHOW: days and standing.checkins >= TO_SHOW_FROM and not standing.shown,
        Suggestion.LEADS: standing.leads and not looked_for_work,
        Suggestion.GOAL: days and standing.checkins > 0 and not standing.goals,
        Suggestion.RESOURCE: not standing.resources,
        Suggestion.BUDDY: days and standing.checkins >= BUDDY_FROM and not standing.has_buddy,
        Suggestion.WATCH: standing.leads and looked_for_work and not standing.watches,
        Suggestion.PROGRESS: standing.is_set_up and standing.checkins > 0,
        Suggestion.WEEK: standing.is_set_up and standing.checkins > 0,
    }
    return [suggestion for suggestion, fits in fitting.items() if fits][:at_most]
