"""Looking round on a shelf by step, topic and kind."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from bot.resources.answers import Page
from bot.resources.browsing import PAGE, Wanted, page_of
from bot.resources.entry import Step
from bot.resources.resource import Resource
from bot.search.facets import Kind, Level
from tests.shelved_resources import A_FEW, an_entry, titles

SHELF = [Resource(number, entry) for number, entry in enumerate(A_FEW, start=1)]
MANY = [Resource(number, an_entry(f"Number {number:02}")) for number in range(1, 13)]
NOBODY: Mapping[int, int] = MappingProxyType({})


def found(page: Page) -> list[str]:
    return titles(page.resources)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), ["Bird Calls", "Random Forests", "Boat Radar"]),
        (Wanted(step=Step.BUILD), ["Bird Calls"]),
        (Wanted(topic="time-series"), ["Boat Radar"]),
        (Wanted(kind=Kind.COURSE), ["Random Forests"]),
        (Wanted(step=Step.LEARN, kind=Kind.BOOK), ["Boat Radar"]),
        (Wanted(step=Step.HUNT), []),
        (Wanted(step=Step.BUILD, kind=Kind.BOOK), []),
    ],
)
def test_only_what_was_chosen_is_shown_and_nothing_dead(wanted: Wanted, expected: list[str]) -> None:
    page = page_of(SHELF, wanted, 0, NOBODY)
    assert (found(page), page.total, page.pages) == (expected, len(expected), 1)


def test_what_helped_most_comes_first_then_what_is_about_the_topic_then_the_easier() -> None:
    shelf = [
        Resource(1, an_entry("Deep", level=Level.ADVANCED, topics=("audio",))),
        Resource(2, an_entry("Beside", topics=("python", "audio"))),
        Resource(3, an_entry("Easy", topics=("audio", "python"))),
        Resource(4, an_entry("Loved", topics=("python", "audio"), level=Level.ADVANCED)),
    ]
    assert found(page_of(shelf, Wanted(topic="audio"), 0, {4: 2, 1: 0})) == [
        "Loved",
        "Easy",
        "Deep",
        "Beside",
    ]


@pytest.mark.parametrize(
    ("asked", "page", "shown"),
    [(0, 0, range(1, 6)), (1, 1, range(6, 11)), (2, 2, (11, 12)), (9, 2, (11, 12)), (-1, 0, range(1, 6))],
)
def test_pages_hold_five_each_and_the_last_one_ends_it(asked: int, page: int, shown: range) -> None:
    answered = page_of(MANY, Wanted(), asked, NOBODY)
    assert (answered.page, answered.pages, answered.total, PAGE) == (page, 3, 12, 5)
    assert found(answered) == [f"Number {number:02}" for number in shown]


def test_each_choice_tells_how_many_it_would_leave() -> None:
    counts = page_of(SHELF, Wanted(kind=Kind.COURSE), 0, NOBODY).counts
    assert counts.steps == {Step.LEARN: 1}
    assert counts.topics == {"machine-learning": 1, "tabular-data": 1}
    # Another kind in place of the one that is chosen.
    assert counts.kinds == {Kind.COURSE: 1, Kind.DATASET: 1, Kind.BOOK: 1}
