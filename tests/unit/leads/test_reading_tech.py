"""Technologies, read out of posts written for this test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.reading.structure import PostText
from bot.leads.reading.tech import AT_MOST, read_tech


def tech(text: str) -> tuple[str, ...]:
    read = read_tech(PostText(text))
    if read is None:
        return ()
    assert read.quote in text
    return read.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stack: Python, Go and C++.", ("Python", "Go", "C++")),
        ("Node.js/TypeScript, C#/.NET", ("Node.js", "TypeScript", "C#", ".NET")),
        ("Ruby on Rails with React Native", ("Ruby on Rails", "React Native")),
        ("React, Postgres; AWS (Lambda, S3, RDS)", ("React", "Postgres", "AWS", "S3", "RDS")),
        ("Rust/Tokio, Pub/Sub, scikit-learn", ("Rust", "Tokio", "Pub/Sub", "scikit-learn")),
        ("PHP8 and C++23", ("PHP", "C++")),
        ("python, PYTHON, Python", ("python",)),
        ("Swift on iOS, Kotlin on Android", ("Swift", "iOS", "Kotlin", "Android")),
        ("C, R or Julia", ("C", "R", "Julia")),
        ("Senior Engineer (Go)", ("Go",)),
        ("SQL Server and Google Cloud Platform", ("SQL Server", "Google Cloud Platform")),
    ],
)
def test_technologies_are_given_as_written_and_once(text: str, expected: tuple[str, ...]) -> None:
    assert tech(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Go to market, go live, let's go. Go-to-market engineer.",
        "Series C, vitamin C, C-suite, R&D, Résumé to us, C2C.",
        "We react with swift hands, express ourselves and rust never.",
        "The spark of a julia, an elm, a phoenix and a spring.",
        "https://example.com/python/django https://github.com/react",
        "Javanese cooking and scalability",
        "",
    ],
)
def test_words_of_english_and_addresses_are_no_technologies(text: str) -> None:
    assert tech(text) == ()


def test_no_more_than_twenty_are_given() -> None:
    many = "Python Java Ruby PHP Perl Lua Kotlin Haskell OCaml Elixir Clojure Groovy Bash SQL HTML CSS XML"
    many += " AWS GCP Azure Docker Erlang"
    assert len(tech(many.replace(" ", ", "))) == AT_MOST


def test_the_quote_is_the_line_that_names_most() -> None:
    read = read_tech(PostText("Robin | Python Engineer\n\nStack: Django, Postgres, Redis\n\nWe like Linux."))
    assert read is not None
    assert read.quote == "Stack: Django, Postgres, Redis"


@given(st.text(max_size=200))
def test_whatever_is_written_what_is_found_stands_there(text: str) -> None:
    for name in tech(text):
        assert name in text


@given(
    st.lists(
        st.sampled_from(["Go", "C", "+", "#", ".", "Ruby", " on ", "Rails", "/", " ", "\n", "8", "é"]),
        max_size=40,
    )
)
def test_pieces_of_names_never_fail(pieces: list[str]) -> None:
    tech("".join(pieces))
