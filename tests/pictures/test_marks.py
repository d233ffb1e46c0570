"""The marks of days: told apart by form, and none alarming."""

from itertools import combinations, pairwise

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.checkins.ledger import DayState
from cogs.pictures.marks import FULL_FROM, day_mark, shade_of
from cogs.pictures.progress import CELL
from cogs.pictures.state_names import STATE_NAMES

MARK_AT_480 = CELL // 2


def grey(state: DayState) -> Image.Image:
    """A mark without its colour, as small as Discord shows it."""
    small = day_mark(state, CELL).resize((MARK_AT_480, MARK_AT_480), Image.Resampling.LANCZOS)
    return small.convert("L")


@pytest.mark.parametrize(("one", "other"), list(combinations(DayState, 2)))
def test_two_states_differ_without_colour_and_at_half_their_size(one: DayState, other: DayState) -> None:
    between = ImageChops.difference(grey(one), grey(other))
    strong = sum(between.histogram()[30:])
    assert strong >= 6


@pytest.mark.parametrize("state", DayState)
def test_no_mark_is_red(state: DayState) -> None:
    red, green, blue = (band.mean[0] for band in map(ImageStat.Stat, day_mark(state, CELL).split()))
    assert red <= max(green, blue)


def test_every_state_has_a_name_of_its_own() -> None:
    assert set(STATE_NAMES) == set(DayState)
    assert len(set(STATE_NAMES.values())) == len(DayState)


def test_more_minutes_are_lighter() -> None:
    light = [
        ImageStat.Stat(day_mark(DayState.DONE, CELL, shade).convert("L")).mean[0]
        for shade in range(len(FULL_FROM))
    ]
    assert light == sorted(light)
    assert all(after - before > 15 for before, after in pairwise(light))


@pytest.mark.parametrize(
    ("minutes", "shade"), [(None, 1), (0, 0), (29, 0), (30, 1), (60, 2), (119, 2), (120, 3), (1440, 3)]
)
def test_the_shade_goes_by_minutes(minutes: int | None, shade: int) -> None:
    assert shade_of(minutes) == shade
