"""What a member is told they can do now."""

from typing import Any

import pytest

from bot.guide.rules import Standing, Suggestion, suggestions

S = Suggestion

BUSY: dict[str, Any] = {
    "checkins": 12,
    "has_routine": True,
    "goals": 2,
    "ideas": 3,
    "shown": True,
    "watches": 1,
    "jobs": 2,
    "resources": 4,
    "has_buddy": True,
}
"""Somebody who has done everything, and has nothing due."""


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (Standing(), [S.CHECK_IN_FIRST, S.ROUTINE, S.IDEA]),
        (Standing(checkins=1), [S.ROUTINE, S.IDEA, S.LEADS]),
        (Standing(checkins=1, has_routine=True), [S.IDEA, S.LEADS, S.GOAL]),
        (Standing(checkins=1, has_routine=True, due=True), [S.CHECK_IN, S.IDEA, S.LEADS]),
        # Nobody who never checked in is told so twice.
        (Standing(due=True, has_routine=True), [S.CHECK_IN_FIRST, S.IDEA, S.LEADS]),
        (Standing(checkins=1, has_routine=True, ideas=1), [S.LEADS, S.GOAL, S.RESOURCE]),
        (Standing(checkins=5, has_routine=True, ideas=1), [S.SHOW, S.LEADS, S.GOAL]),
        (Standing(checkins=5, has_routine=True, ideas=1, shown=True), [S.LEADS, S.GOAL, S.RESOURCE]),
        (
            Standing(checkins=3, has_routine=True, ideas=1, leads=False, goals=1),
            [S.RESOURCE, S.BUDDY, S.PROGRESS],
        ),
        (Standing(**BUSY), [S.PROGRESS, S.WEEK]),
        # A buddy is worth it from the third check-in on.
        (Standing(**{**BUSY, "has_buddy": False, "checkins": 3}), [S.BUDDY, S.PROGRESS, S.WEEK]),
        (Standing(**{**BUSY, "has_buddy": False, "checkins": 2}), [S.PROGRESS, S.WEEK]),
        (Standing(**BUSY, due=True), [S.CHECK_IN, S.PROGRESS, S.WEEK]),
        (Standing(**BUSY, votes=1, follow_ups=2, due=True), [S.CHECK_IN, S.FOLLOW_UP, S.VOTE]),
        (Standing(**{**BUSY, "watches": 0}), [S.WATCH, S.PROGRESS, S.WEEK]),
        (Standing(**{**BUSY, "watches": 0, "jobs": 0}), [S.LEADS, S.PROGRESS, S.WEEK]),
        # Whoever is away is left in peace about days.
        (Standing(is_away=True), [S.IDEA, S.LEADS, S.RESOURCE]),
        (Standing(**BUSY, is_away=True, due=True), [S.PROGRESS, S.WEEK]),
        # What needs no server that is set up.
        (Standing(is_set_up=False), [S.IDEA, S.LEADS, S.RESOURCE]),
        (Standing(is_set_up=False, leads=False, ideas=1, resources=1), []),
    ],
)
def test_what_a_member_is_told_goes_by_what_they_have_done(standing: Standing, told: list[S]) -> None:
    assert suggestions(standing) == told
