"""What somebody is at, read out of what they wrote and marked."""

import pytest

from bot.resources.entry import Step
from bot.resources.guesses import guessed_entry
from bot.resources.resource import Mark
from bot.resources.standing import BEGUN, GOAL, LESS_SURE, OF_THE_GENERAL, SAVED, weighed
from bot.search.facets import Cost, Kind, Level
from tests.shelved_resources import NOW, an_entry

SOUNDS = an_entry("Sounds", topics=("audio", "datasets"))


def test_what_is_written_counts_by_how_much_it_says_the_surest_topic_most() -> None:
    weights = weighed([("audio", GOAL), ("audio", 1.0), ("", 9.0), ("a quiet day", 9.0)])
    assert weights["audio"] == GOAL + 1.0
    assert max(weights, key=lambda topic: weights[topic]) == "audio"
    # Whatever else a text about audio is about, counts less.
    assert all(weight <= (GOAL + 1.0) * LESS_SURE for topic, weight in weights.items() if topic != "audio")


def test_what_everybody_is_at_says_less_and_an_address_says_nothing() -> None:
    weights = weighed([("machine learning", 1.0), ("audio", 1.0)])
    assert weights["machine-learning"] == OF_THE_GENERAL < weights["audio"]
    assert weighed([("https://example.org/audio/python", 1.0)]) == {}


@pytest.mark.parametrize(
    ("mark", "weight"),
    [
        (Mark(started_at=NOW), BEGUN),
        (Mark(finished_at=NOW, saved_at=NOW), BEGUN),
        (Mark(saved_at=NOW), SAVED),
        (Mark(helped_at=NOW), None),
    ],
)
def test_what_is_read_counts_for_all_its_topics(mark: Mark, weight: float | None) -> None:
    expected = {} if weight is None else {"audio": weight, "datasets": weight}
    assert weighed([], [(SOUNDS, mark)]) == expected


@pytest.mark.parametrize(
    ("address", "title", "kind", "step"),
    [
        ("https://www.youtube.com/watch?v=x", "How transformers work", Kind.VIDEO, Step.LEARN),
        ("https://arxiv.org/abs/1706.03762", "Attention Is All You Need", Kind.PAPER, Step.LEARN),
        ("https://github.com/someone/something", "Something", Kind.PROJECT, Step.SHOW),
        ("https://remote.example/", "Remote jobs for Python people", Kind.JOBS, Step.HUNT),
        ("https://open.example/", "A dataset of bird calls", Kind.DATASET, Step.BUILD),
        ("https://unknown.example/", "Qqq", Kind.ARTICLE, Step.LEARN),
    ],
)
def test_a_suggestion_begins_with_what_is_likely(address: str, title: str, kind: Kind, step: Step) -> None:
    entry = guessed_entry(address, title, "")
    assert (entry.kind, entry.step, entry.title, entry.address) == (kind, step, title, address)
    assert len(entry.topics) <= 6


def test_what_nothing_tells_is_for_anyone_and_free() -> None:
    entry = guessed_entry("https://unknown.example/", "Qqq", "")
    assert (entry.level, entry.cost, entry.minutes, entry.maths, entry.topics) == (
        Level.ANYONE,
        Cost.FREE,
        None,
        False,
        (),
    )
