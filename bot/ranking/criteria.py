"""The questions of the final, and how much each weighs for what a poll is for."""

from collections.abc import Mapping
from enum import StrEnum

from bot.texts import mark

BEST_MARK = 5
"""Marks go from 0 to this."""


class Criterion(StrEnum):
    """What a finalist is asked about."""

    IMPRESSES = "impresses"
    QUICK_TO_RUN = "quick_to_run"
    WITHIN_REACH = "within_reach"
    ANGLE = "angle"
    EXCITES = "excites"


class Purpose(StrEnum):
    """What a poll looks for an idea for."""

    RESUME = "resume"
    NAME = "name"
    DEVREL = "devrel"
    LEARNING = "learning"


Weights = Mapping[Criterion, float]
"""What share of the whole each criterion is."""

WEIGHTS: Mapping[Purpose, Weights] = {
    # Recruiters look for half a minute, so what they see at once weighs most.
    Purpose.RESUME: {
        Criterion.IMPRESSES: 0.30,
        Criterion.QUICK_TO_RUN: 0.20,
        Criterion.WITHIN_REACH: 0.15,
        Criterion.ANGLE: 0.15,
        Criterion.EXCITES: 0.20,
    },
    # Who wants to be known needs something that is not there yet, and the breath to keep at it.
    Purpose.NAME: {
        Criterion.IMPRESSES: 0.25,
        Criterion.QUICK_TO_RUN: 0.15,
        Criterion.WITHIN_REACH: 0.10,
        Criterion.ANGLE: 0.25,
        Criterion.EXCITES: 0.25,
    },
    # Work with developers is work on what others try out themselves.
    Purpose.DEVREL: {
        Criterion.IMPRESSES: 0.20,
        Criterion.QUICK_TO_RUN: 0.35,
        Criterion.WITHIN_REACH: 0.10,
        Criterion.ANGLE: 0.15,
        Criterion.EXCITES: 0.20,
    },
    # Who learns gets further with what they can do and want to do than with what others think of it.
    Purpose.LEARNING: {
        Criterion.IMPRESSES: 0.10,
        Criterion.QUICK_TO_RUN: 0.10,
        Criterion.WITHIN_REACH: 0.30,
        Criterion.ANGLE: 0.15,
        Criterion.EXCITES: 0.35,
    },
}
"""How much of the whole each criterion is for each purpose."""

CRITERION_NAMES: Mapping[Criterion, str] = {
    Criterion.IMPRESSES: mark("Impresses"),
    Criterion.QUICK_TO_RUN: mark("Quick to try"),
    Criterion.WITHIN_REACH: mark("Within reach"),
    Criterion.ANGLE: mark("Has an angle"),
    Criterion.EXCITES: mark("Excites you"),
}

CRITERION_QUESTIONS: Mapping[Criterion, str] = {
    Criterion.IMPRESSES: mark("Would it impress somebody from outside the field within 30 seconds?"),
    Criterion.QUICK_TO_RUN: mark("Could somebody else run it or try it out within minutes?"),
    Criterion.WITHIN_REACH: mark("Do you have the computing power, the data and the knowledge for it?"),
    Criterion.ANGLE: mark("Is it plain to see what it would do better than what exists?"),
    Criterion.EXCITES: mark("How much do you want to work on it yourself?"),
}

PURPOSE_NAMES: Mapping[Purpose, str] = {
    Purpose.RESUME: mark("For a résumé"),
    Purpose.NAME: mark("To make a name"),
    Purpose.DEVREL: mark("For developer relations"),
    Purpose.LEARNING: mark("To learn"),
}

PURPOSE_EXPLAINED: Mapping[Purpose, str] = {
    Purpose.RESUME: mark("What impresses at first sight counts most."),
    Purpose.NAME: mark("A new angle, excitement and a strong first impression count most."),
    Purpose.DEVREL: mark("What others can try out quickly counts most."),
    Purpose.LEARNING: mark("What excites you and is within your reach counts most."),
}
