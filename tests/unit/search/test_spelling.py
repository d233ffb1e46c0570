import pytest

from bot.search.spelling import Spelling

KNOWN = Spelling(
    {
        "kaggle": 9,
        "lightning": 3,
        "learning": 200,
        "pytorch": 40,
        "network": 60,
        "networks": 80,
        "remote": 12,
        "hiring": 8,
        "need": 30,
        "learn": 100,
        "translation": 5,
        "3blue1brown": 4,
        "course": 90,
        "coarse": 1,
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kagle", "kaggle"),
        ("kaggel", "kaggle"),
        ("lightening", "lightning"),
        ("pytroch", "pytorch"),
        ("yptorch", "pytorch"),
        ("netwrok", "network"),
        ("lern", "learn"),
        ("3blue1bronw", "3blue1brown"),
        ("pytorchlightning", "pytorch lightning"),
        ("pytorchlightnig", "pytorch lightning"),
        ("corse", "course"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert KNOWN.mended(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recieve", "receive"),
        ("explaned", "explained"),
        ("definately", "definitely"),
        # As near to both: the word of the field.
        ("remotte", "remote"),
    ],
)
def test_a_slip_in_a_word_of_everyday_life_is_mended_towards_that(typed: str, meant: str) -> None:
    assert KNOWN.mended(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "submarine",
        "panel",
        "clothing",
        "plants",
        "curse",
        "remove",
        "hiking",
        "neel",
        "transactions",
        "knitting",
        "rag",
        "ml",
        "",
        "机器学习",
        "x" * 500,
    ],
)
def test_another_word_is_left_as_it_is(typed: str) -> None:
    assert KNOWN.mended(typed) is None


def test_words_that_begin_so_come_by_how_often_they_are_met() -> None:
    assert KNOWN.beginning_with("ne") == ["networks", "network", "need"]
    assert KNOWN.beginning_with("ne", 1) == ["networks"]
    assert KNOWN.beginning_with("zz") == []
