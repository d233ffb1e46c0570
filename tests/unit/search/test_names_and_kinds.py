"""People, the kinds that are asked for within a name, and what says nothing of a subject."""

from collections.abc import Sequence

import pytest

from bot.search.document import Document
from bot.search.facets import Facets, Kind
from bot.search.search import Index

SHELF = (
    Document(1, "Andrej Karpathy on X", "https://x.example/k", facets=Facets(Kind.NEWSLETTER)),
    Document(2, "Neural Networks: Zero to Hero", "https://video.example/z", facets=Facets(Kind.VIDEO)),
    Document(3, "Rounding weights", "https://mlabonne.example.io/rounding", "How weights take less room."),
    Document(
        4, "Why work from home", "https://a.example/why", tags=["remote work"], facets=Facets(Kind.ARTICLE)
    ),
    Document(5, "Desk anywhere", "https://b.example/", tags=["remote work"], facets=Facets(Kind.JOBS)),
    Document(6, "The Problem of Overfitting", "https://c.example/o", facets=Facets(Kind.VIDEO)),
    Document(7, "scikit-learn", "https://s.example/", facets=Facets(Kind.TOOL)),
    Document(8, "Talks by Aline Lerner", "https://t.example/", author="Aline Lerner"),
)


@pytest.fixture(scope="module")
def shelf() -> Index:
    return Index(SHELF)


def _found(shelf: Index, query: str) -> Sequence[int]:
    return [hit.key for hit in shelf.search(query).hits]


def test_works_of_somebody_come_before_accounts_that_bear_the_name(shelf: Index) -> None:
    assert _found(shelf, "karpathy")[:2] == [2, 1]
    assert _found(shelf, "andrej karpathy on x")[0] == 1


def test_an_address_tells_whose_a_text_is(shelf: Index) -> None:
    assert _found(shelf, "maxime labonne") == [3]


def test_a_kind_is_heard_within_a_name(shelf: Index) -> None:
    assert _found(shelf, "remote jobs")[0] == 5


def test_figures_and_years_say_little(shelf: Index) -> None:
    assert _found(shelf, "why is my training accuracy 99% but test only 70%?")[:1] == [6]
    assert _found(shelf, "scikit-learn 2026")[:1] == [7]


def test_a_last_word_is_mended_rather_than_taken_for_a_rare_beginning() -> None:
    often = tuple(
        Document(20 + at, f"Learn {what}", "https://l.example/") for at, what in enumerate("abcdefgh")
    )
    found = Index((*SHELF, *often)).search("scikit lern")
    assert found.respelt == "scikit learn"
    assert found.hits[0].key == 7
