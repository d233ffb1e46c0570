"""The questions of the day: about doing and showing rather than studying."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import gcd

from bot.checkins.question_sets import DOING, JOB_HUNT, SHOWING

OWN = "own"
"""Names the questions that a server wrote itself; all other names are those of SETS."""

USUAL = "doing"

SETS: Mapping[str, Sequence[str]] = {
    USUAL: DOING,
    "showing": SHOWING,
    "job_hunt": JOB_HUNT,
    "mixed": (*DOING, *SHOWING, *JOB_HUNT),
}

_PART_OF_A_ROUND = 0.26


def question_of(guild_id: int, day: date, chosen: str, own: Sequence[str]) -> str:
    """The question of a server's day; each of the chosen set comes before one returns.

    Ours are in English, as the catalogues know them; own ones are as they were typed, and the usual set
    stands in where there are none.
    """
    questions = own if chosen == OWN and own else SETS.get(chosen, DOING)
    return questions[(guild_id + day.toordinal() * _step(len(questions))) % len(questions)]


def _step(count: int) -> int:
    """Goes through all places before one comes again, and not in the order of the list."""
    step = max(1, round(count * _PART_OF_A_ROUND))
    while gcd(step, count) > 1:
        step += 1
    return step
