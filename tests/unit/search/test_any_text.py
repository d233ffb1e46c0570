"""Any text is a query."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.search.shelf import index

ODD = [
    '"',
    "'",
    "*",
    '""" *** "',
    "NEAR(",
    "NEAR(a b, 3)",
    "title:transformers AND (python OR",
    "-python",
    "^transformers",
    "a" * 500,
    "transformers " * 40,
    "() {} [] <> \\ / |",
    "'; DROP TABLE document; --",
    "🤖 transformers 🤖",
    "\0transformers\0",
    "трансформеры",
    "变压器 注意力",
    "المحولات",
    "हिंदी",
    "transformers\n\n\ttransformers",
    "\u202etransformers",
    "%s %d {0} $x",
    "1 2 3 4 5 6 7 8 9",
    "_ _ _transformers =book",
]


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_are_answered(query: str) -> None:
    found = index().search(query)
    assert all(0 < hit.score <= 1 for hit in found.hits)
    assert len(index().complete(query)) <= 25


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_no_text_raises(query: str) -> None:
    index().search(query)
    index().complete(query)


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "transformer",
                "course",
                "free",
                "short",
                "AND",
                "OR",
                "NOT",
                "*",
                '"',
                "'",
                "(",
                ")",
                "-",
                "vs",
                "c++",
                "nueral",
            ]
        )
    )
)
def test_no_mixture_of_words_and_signs_raises(parts: list[str]) -> None:
    found = index().search(" ".join(parts))
    assert len(found.hits) <= 5
