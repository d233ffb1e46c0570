from dataclasses import replace

import pytest

from bot.search.borrowing import with_what_is_known
from bot.search.document import Document
from bot.search.facets import Cost, Facets, Kind
from bot.search.search import Index
from tests.unit.search.shelf import SHELF

KNOWN = replace(SHELF[0], asks=("what a weight is",))


@pytest.mark.parametrize(
    "bare",
    [
        Document(5, "Anything", "http://www.Example.org/slow/"),
        Document(5, "Neural networks: slowly!", "https://elsewhere.org"),
    ],
)
def test_what_is_known_of_an_address_or_name_is_lent(bare: Document) -> None:
    (lent,) = with_what_is_known([bare], [KNOWN])
    assert (lent.key, lent.title, lent.url) == (bare.key, bare.title, bare.url)
    assert (lent.description, lent.author, lent.asks) == (KNOWN.description, "Ada Quill", KNOWN.asks)
    assert lent.facets == KNOWN.facets
    assert [hit.key for hit in Index([lent]).search("gradient descent for beginners").hits] == [5]


def test_what_a_document_says_itself_stays() -> None:
    own = Document(1, "X", KNOWN.url, "Mine.", ("own",), "Me", facets=Facets(Kind.VIDEO, cost=Cost.PAID))
    (lent,) = with_what_is_known([own], [KNOWN])
    assert lent.description == f"Mine. {KNOWN.description}"
    assert lent.author == "Me"
    assert lent.tags == (*KNOWN.tags, "own")
    # What was looked up is better than what was guessed.
    assert (lent.facets.kind, lent.facets.cost) == (Kind.BOOK, Cost.FREE)


def test_a_name_that_several_have_tells_nothing_and_others_stay_as_they_are() -> None:
    twins = [
        replace(KNOWN, key=key, title="Twins", names=(), url=f"https://example.org/{key}") for key in (1, 2)
    ]
    bare = [Document(7, "Twins", "https://elsewhere.org"), Document(8, "Unheard of", "nowhere")]
    assert with_what_is_known(bare, twins) == bare
    assert with_what_is_known(bare, []) == bare
    assert with_what_is_known([], twins) == []
