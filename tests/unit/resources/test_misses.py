"""Which searches may be told to curators."""

import pytest

from bot.resources.misses import words_to_tell


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Rust  for\tML", "rust for ml"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("gpt-4 vs. gpt-3.5", "gpt-4 vs. gpt-3.5"),
        ("cs231n 2017", "cs231n 2017"),
        ("c++", "c++"),
        ("機械学習", "機械学習"),
        ("tcp/ip", "tcp/ip"),
        ("tell me @ home", "tell me @ home"),
        ("x" * 80, "x" * 80),
    ],
)
def test_words_are_told_as_they_were_searched(typed: str, told: str) -> None:
    assert words_to_tell(typed) == told


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org/course",
        "HTTP://EXAMPLE.ORG",
        "www.example.org",
        "example.org/me",
        "ada@example.org",
        "what ada@example says",
        "ada＠example．org",
        "https：//example.org",
        "www。example。org",
        "@ada_on_github",
        "<@777000111222333444>",
        "<#12>",
        "call me 0170 123 45",
        "+49 (170) 12-34",
        "12345",
        "order 9-8-7-6-5",
        "my number is 1_2_3_4_5",
        # A pity for what is named like that.
        "80,000 hours",
        "node.js/react",
        "x" * 81,
        "?!…",
        "",
    ],
)
def test_what_may_tell_of_somebody_is_not_kept(typed: str) -> None:
    assert words_to_tell(typed) is None
