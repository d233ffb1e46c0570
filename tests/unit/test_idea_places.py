"""The places to look for ideas, as they are written down."""

import re
from io import BytesIO
from pathlib import Path

from bot.ideas import places
from bot.ideas.places import all_places, place_at
from bot.inputs import is_link
from bot.texts_extraction import extract_places
from tests.conftest import REPOSITORY

FILE: Path = REPOSITORY / "bot" / "ideas" / "places.toml"


def test_there_are_twenty_at_least_each_with_its_own_name_and_address() -> None:
    assert len(all_places()) >= 20
    assert len({place.name for place in all_places()}) == len(all_places())
    assert len({place.link for place in all_places()}) == len(all_places())


def test_each_says_in_whole_sentences_what_is_there_and_why_it_is_good() -> None:
    for place in all_places():
        assert is_link(place.link), place.name
        assert 3 <= len(place.name) <= 60
        assert not place.name.endswith(".")
        for sentence in (place.what, place.why, place.counsel):
            assert 20 <= len(sentence) <= 140, sentence
            assert sentence[0].isupper() or sentence[0] == "“", sentence
            assert sentence.endswith("."), sentence
            assert not re.search(r"  |—|--|\s[.,]", sentence), sentence


def test_after_the_last_comes_the_first_again_and_a_great_number_does_no_harm() -> None:
    last = len(all_places()) - 1
    assert [place.number for place in (place_at(last), place_at(last + 1))] == [last, 0]
    assert place_at(999_999_999) in all_places()


def test_every_counsel_is_given() -> None:
    assert len({place.counsel for place in all_places()}) == 7


def test_the_catalogues_get_all_but_the_addresses() -> None:
    found = list(extract_places(BytesIO(FILE.read_bytes()), (), (), {}))
    texts = {text for _line, _none, text, _comments in found}
    expected = {text for place in all_places() for text in (place.name, place.what, place.why, place.counsel)}
    assert texts == expected
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert all(text in lines[line - 1] for line, _none, text, _comments in found)


def test_the_file_is_part_of_what_is_installed() -> None:
    assert Path(places.__file__).with_name("places.toml") == FILE
