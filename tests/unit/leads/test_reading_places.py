"""Places in headers and sentences."""

import pytest

from bot.leads.reading.places import find_places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Porto, Portugal or Ghent", ["Porto, Portugal", "Ghent"]),
        ("(Leeds/York)/NYC/DC", ["Leeds", "York", "NYC", "DC"]),
        ("Boise, ID", ["Boise, ID"]),
        ("Toronto, ON, Canada", ["Toronto, ON, Canada"]),
        ("Washington, D.C., & New York City", ["Washington, D.C.", "New York City"]),
        ("Buffalo, New York", ["Buffalo, New York"]),
        ("Boston, New York", ["Boston", "New York"]),
        ("Smalltown Falls, OH", ["Smalltown Falls, OH"]),
        ("Utrecht (NL), Tartu (Estonia)", ["Utrecht (NL)", "Tartu (Estonia)"]),
        ("Bonn or Leipzig in Germany", ["Bonn", "Leipzig"]),
        ("Garching (Munich)", ["Garching (Munich)"]),
        ("Portugal, Lisbon", ["Portugal, Lisbon"]),
        ("Utrecht, the Netherlands", ["Utrecht, the Netherlands"]),
        ("stockholm, malmo", ["stockholm", "malmo"]),
        ("SF Bay Area", ["SF Bay Area"]),
        ("Zürich, Kraków, São Paulo", ["Zürich", "Kraków", "São Paulo"]),
        ("US/EU time zones", ["US", "EU"]),
        ("Mobile Engineer", []),
        ("Nice to have: Split testing", []),
        ("join us or ask me", []),
        ("", []),
    ],
)
def test_places_of_a_header(text: str, places: list[str]) -> None:
    assert [place.text for place in find_places(text)] == places


def test_every_place_stands_where_it_says() -> None:
    text = "Offices in Oslo, Norway (Bergen); also Austin TX and Remote (UK)."
    for place in find_places(text):
        assert text[place.start : place.end] == place.text


def test_the_land_beside_a_city_settles_which_city_is_meant() -> None:
    (british,) = find_places("Cambridge, UK")
    (american,) = find_places("Cambridge, MA")
    assert british.codes == ("GB",)
    assert american.codes == ("US-MA",)


def test_in_prose_an_everyday_word_is_no_place() -> None:
    assert find_places("Reading code is half of the work.", header=False) == ()
