"""How a resource is put in a few words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.resources.answers import FoundResource
from bot.resources.resource import LinkHealth, Mark, Resource
from bot.search.document import Reason, Why
from bot.search.facets import Cost, Filters, Kind, Level
from bot.texts import speaking
from cogs.resources import wording
from cogs.resources.wording import (
    about_text,
    dead_text,
    filters_text,
    linked_title,
    made_of_it,
    time_text,
    topic_name,
    why_line,
)
from tests.small_shelf import NETS, SHELF, STAGE, TROVE

THEN = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, ""),
        (15, "some 15 minutes"),
        (60, "about an hour"),
        (90, "some 1.5 hours"),
        (150, "some 2.5 hours"),
        (180, "some 3 hours"),
        (310, "some 5 hours"),
        (3_600, "some 60 hours"),
        (24_000, "some 400 hours"),
    ],
)
def test_time_is_rough(minutes: int | None, said: str) -> None:
    assert time_text(minutes) == said


def test_numbers_are_written_as_the_reader_does() -> None:
    with speaking("de"):
        assert "2,5" in time_text(150)


def test_the_line_says_what_was_searched_then_what_it_is() -> None:
    found = FoundResource(
        Resource(1, NETS), [Reason(Why.NAME), Reason(Why.TOPIC, "pytorch"), Reason(Why.COST, "free")]
    )
    assert why_line(found) == "about PyTorch, deep learning · course · for beginners · free · some 60 hours"


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (Mark(), "helped 3 here"),
        (Mark(saved_at=THEN), "helped 3 here · saved"),
        (Mark(saved_at=THEN, started_at=THEN), "helped 3 here · you began it"),
        (Mark(started_at=THEN, finished_at=THEN), "helped 3 here · you finished it"),
    ],
)
def test_what_members_made_of_it_is_said_and_what_it_is_to_the_reader(mark: Mark, said: str) -> None:
    assert made_of_it(FoundResource(Resource(1, STAGE), helped=3, mark=mark)) == said
    assert made_of_it(FoundResource(Resource(1, STAGE))) == ""


@pytest.mark.parametrize(
    ("asked", "reasons", "said"),
    [
        # A word that a topic goes by is said as the topic, whatever part of the resource has it.
        ("torch", [Reason(Why.WORDS, "torch")], "about PyTorch, deep learning"),
        ("deep learning", [Reason(Why.TOPIC, "deep-learning")], "about deep learning, PyTorch"),
        # Whoever made it is named if they were, and by that one name.
        ("falk", [Reason(Why.AUTHOR, NETS.author)], "by Ines Falk"),
        ("ines falk pytorch", [Reason(Why.AUTHOR, NETS.author)], "about PyTorch, by Ines Falk"),
        # What a house has in its name is no reason to name the house.
        ("pytorch", [Reason(Why.AUTHOR, "PyTorch Foundation")], "about PyTorch, deep learning"),
        # Words that only stand in its sentence are read there.
        ("first saw", [Reason(Why.WORDS, "first")], "about deep learning, PyTorch"),
        ("", [], "about deep learning, PyTorch"),
    ],
)
def test_why_it_fits_is_said_as_a_person_would(asked: str, reasons: list[Reason], said: str) -> None:
    nets = replace(NETS, good_for="For a first job.", author="Ines Falk, PyTorch Foundation")
    assert about_text(nets, reasons, asked) == said


def test_filters_are_named() -> None:
    assert filters_text(Filters()) == ""
    asked = Filters(Kind.COURSE, Level.BEGINNER, Cost.FREE, 180)
    assert filters_text(asked) == "free, for beginners, course, an evening (3 hours)"
    assert filters_text(Filters(cost=Cost.FREEMIUM, minutes_at_most=75)) == (
        "free, at least in part, about an hour"
    )


@pytest.mark.parametrize(
    ("title", "address", "link"),
    [
        ("A [b](c) *d*", "https://a.example/x_(y)", r"[A \[b\](c) \*d\*](https://a.example/x_%28y%29)"),
        ("https://b.example", "https://a.example/", "[https:b.example](https://a.example/)"),
        ("Long", "https://a.example/" + "x" * 500, "Long"),
        ("<@1> x", 'https://a.example/?q="a b">', r"[\<@1> x](https://a.example/?q=%22a%20b%22%3E)"),
    ],
)
def test_nothing_ends_a_link_too_early(title: str, address: str, link: str) -> None:
    assert linked_title(Resource(1, replace(NETS, title=title, address=address))) == link


def test_what_is_dead_is_named_with_what_to_use_instead() -> None:
    dead = FoundResource(Resource(1, TROVE), replacement=Resource(2, SHELF))
    assert dead_text(dead) == (
        "**Gone.** Closed in July 2025. Use [Paper Shelf](https://shelf.example/start) instead."
    )
    assert dead_text(FoundResource(Resource(1, TROVE))) == "**Gone.** Closed in July 2025."
    assert dead_text(FoundResource(Resource(1, NETS), link=LinkHealth(THEN, THEN, "404"))) == ""


def test_every_word_that_may_be_said_has_a_name() -> None:
    assert set(wording.KIND_NAMES) == set(Kind)
    assert set(wording.LEVEL_NAMES) == set(Level)
    assert set(wording.COST_NAMES) == set(wording.ASKED_COSTS) == set(Cost)
    assert topic_name("web-demos") == "demos on the web"
    assert topic_name("of-a-later-version") == "of-a-later-version"
