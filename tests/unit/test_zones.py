"""Choosing a time zone by city, country, abbreviation, offset or key, as a person types it."""

import unicodedata
import zoneinfo
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import zones
from bot.zones import ZoneChoice, is_zone, resolve, search, suggest

WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)
CITIES = Path(zones.__file__).with_name("cities.tsv")
ABSURD = [
    "x" * 4000, "a " * 2000, "\0", "Europe/Berlin\0", "@everyone", "../../etc/passwd", "/etc/localtime",
    "😀", "東京", "\ud800", "\u202egnp.exe", "ﷺ" * 100, "+", "UTC+", "UTC+99", "utc+99:99",
    "**bold** `code` [link](https://example.org)", "'; drop table routine; --", "%s %d {0}", " · ", "-",
]  # fmt: skip


def rows() -> list[tuple[list[str], str, str]]:
    table = [line for line in CITIES.read_text("utf-8").splitlines() if not line.startswith("#")]
    cells = [line.split("\t") for line in table]
    return [(names.split("|"), zone, country) for names, zone, country in cells]


def people_keys() -> list[str]:
    return sorted(zoneinfo.available_timezones() - {"localtime", "Factory", "posixrules"})


def offsets(key: str) -> list[object]:
    return [moment.astimezone(ZoneInfo(key)).utcoffset() for moment in (WINTER, SUMMER)]


def labels(query: str, now: datetime = WINTER) -> list[str]:
    return [choice.label for choice in search(query, now)]


NO_ZONES = [
    "", "../UTC", "/usr/share/zoneinfo/UTC", "UTC\0", "Europe", "Europe/", "europe/berlin",
    "Europe/Berln", "posix/UTC", "right/UTC", "localtime", "Factory", "zone.tab", "tzdata.zi",
    "x" * 4000, "\ud800",
]  # fmt: skip
KNOWN_CITIES = {
    "munich": "Europe/Berlin", "München": "Europe/Berlin", "koeln": "Europe/Berlin",
    "bangalore": "Asia/Kolkata", "Bengaluru": "Asia/Kolkata", "bombay": "Asia/Kolkata",
    "san francisco": "America/Los_Angeles", "SF": "America/Los_Angeles", "LA": "America/Los_Angeles",
    "sydney": "Australia/Sydney", "new york": "America/New_York", "nyc": "America/New_York",
    "boulder": "America/Denver", "kathmandu": "Asia/Kathmandu", "sao paulo": "America/Sao_Paulo",
    "zurich": "Europe/Zurich", "malmo": "Europe/Stockholm", "lodz": "Europe/Warsaw",
    "tromso": "Europe/Oslo", "eindhoven": "Europe/Amsterdam", "kitchener": "America/Toronto",
    "kyiv": "Europe/Kyiv", "kiev": "Europe/Kyiv", "saint petersburg": "Europe/Moscow",
    "hanoi": "Asia/Ho_Chi_Minh", "st johns": "America/St_Johns", "izmir": "Europe/Istanbul",
    "london": "Europe/London", "honolulu": "Pacific/Honolulu",
}  # fmt: skip
BEGINNINGS = {
    "ber": "Berlin", "par": "Paris", "tok": "Tokyo", "san fr": "San Francisco", "san": "Santiago",
    "francisco": "San Francisco", "mel": "Melbourne", "  LoNdOn ": "London",
    "london, canada": "London, Canada", "london uk": "London, United Kingdom", "calif": "California",
    "paulo": "São Paulo", "angeles": "Los Angeles", "newyork": "New York", "berln": "Berlin",
    "san fransisco": "San Francisco",
}  # fmt: skip
TYPOS = {
    "Europe/Berln": "Europe/Berlin", "europe/lodon": "Europe/London",
    "America/New_Yrok": "America/New_York", "Amercia/Chicago": "America/Chicago",
    "Asia/Tokio": "Asia/Tokyo", "Sidney": "Australia/Sydney", "San Fransisco": "America/Los_Angeles",
    "Katmandhu": "Asia/Kathmandu", "Germny": "Europe/Berlin",
}  # fmt: skip
COUNTRIES = {
    "Germany": "Europe/Berlin", "deutschland": "Europe/Berlin", "india": "Asia/Kolkata",
    "Japan": "Asia/Tokyo", "UK": "Europe/London", "south korea": "Asia/Seoul",
    "Turkey": "Europe/Istanbul", "cote d'ivoire": "Africa/Abidjan", "china": "Asia/Shanghai",
    "spain": "Europe/Madrid", "argentina": "America/Argentina/Buenos_Aires",
    "vietnam": "Asia/Ho_Chi_Minh", "kosovo": "Europe/Belgrade",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "zone"), KNOWN_CITIES.items())
def test_a_city_leads_the_choices_and_resolves(typed: str, zone: str) -> None:
    assert search(typed, WINTER)[0].zone == zone
    assert resolve(typed) == zone


@pytest.mark.parametrize(
    ("query", "now", "label"),
    [
        ("san francisco", WINTER, "San Francisco, United States · America/Los_Angeles · UTC-08:00"),
        ("san francisco", SUMMER, "San Francisco, United States · America/Los_Angeles · UTC-07:00"),
        ("berlin", WINTER, "Berlin, Germany · Europe/Berlin · UTC+01:00"),
        ("berlin", SUMMER, "Berlin, Germany · Europe/Berlin · UTC+02:00"),
        ("sydney", WINTER, "Sydney, Australia · Australia/Sydney · UTC+11:00"),
        ("sydney", SUMMER, "Sydney, Australia · Australia/Sydney · UTC+10:00"),
        ("phoenix", SUMMER, "Phoenix, United States · America/Phoenix · UTC-07:00"),
        ("kathmandu", WINTER, "Kathmandu, Nepal · Asia/Kathmandu · UTC+05:45"),
        ("st johns", WINTER, "St. John’s, Canada · America/St_Johns · UTC-03:30"),
        ("lord howe", SUMMER, "Lord Howe Island, Australia · Australia/Lord_Howe · UTC+10:30"),
        ("bangalore", WINTER, "Bangalore, India · Asia/Kolkata · UTC+05:30"),
        ("singapore", WINTER, "Singapore · Asia/Singapore · UTC+08:00"),
        ("utc", WINTER, "Coordinated Universal Time · UTC · UTC+00:00"),
        ("Etc/GMT+5", WINTER, "Etc/GMT+5 · UTC-05:00"),
    ],
)
def test_a_label_names_city_country_zone_and_the_offset_of_that_day(
    query: str, now: datetime, label: str
) -> None:
    assert labels(query, now)[0] == label


@pytest.mark.parametrize(("query", "first"), BEGINNINGS.items())
def test_what_is_typed_so_far_puts_the_best_known_place_first(query: str, first: str) -> None:
    assert labels(query)[0].startswith(first)


def test_whole_names_come_first_then_beginnings_then_later_words_then_parts() -> None:
    cities = [label.split(",")[0].split(" · ")[0] for label in labels("york")]
    assert cities[0] == "York"
    assert "New York" in cities
    cities = [label.split(",")[0] for label in labels("la")]
    assert cities[:3] == ["LA", "Lagos", "Lahore"]
    cities = [label.split(",")[0] for label in labels("bay")]
    assert cities.index("Bayreuth") < cities.index("Thunder Bay") < cities.index("Mumbai")


def test_a_country_gives_one_row_for_each_of_its_large_zones_before_further_cities() -> None:
    american = [choice.zone for choice in search("united states", WINTER)]
    assert american[:4] == ["America/New_York", "America/Los_Angeles", "America/Chicago", "America/Phoenix"]
    assert {"America/Denver", "America/Anchorage", "Pacific/Honolulu"} <= set(american)
    assert len(set(american[:10])) == 10
    german = labels("germany")
    assert german[0].startswith("Berlin")
    assert any(label.startswith("Hamburg") for label in german)
    assert labels("india")[0].endswith("India · Asia/Kolkata · UTC+05:30")


@pytest.mark.parametrize(("country", "zone"), COUNTRIES.items())
def test_a_country_that_lives_by_one_clock_resolves(country: str, zone: str) -> None:
    assert resolve(country) == zone
    assert zone in [choice.zone for choice in search(country, WINTER)]


@pytest.mark.parametrize(
    "country", ["United States", "usa", "Canada", "Brazil", "Australia", "Russia", "Mexico"]
)
def test_a_country_with_several_clocks_does_not_resolve(country: str) -> None:
    assert resolve(country) is None
    assert len(suggest(country)) == 3


@pytest.mark.parametrize(
    ("city", "several"),
    [
        ("Portland", {"America/Los_Angeles", "America/New_York"}),
        ("Cambridge", {"Europe/London", "America/New_York", "America/Toronto"}),
        ("Hyderabad", {"Asia/Kolkata", "Asia/Karachi"}),
        ("Valencia", {"Europe/Madrid", "America/Caracas"}),
        ("Georgia", {"America/New_York", "Asia/Tbilisi"}),
        ("St. Petersburg", {"Europe/Moscow", "America/New_York"}),
        ("San Juan", {"America/Puerto_Rico", "America/Argentina/San_Juan"}),
        ("Washington", {"America/New_York", "America/Los_Angeles"}),
    ],
)
def test_a_name_of_several_places_does_not_resolve_but_all_are_offered(city: str, several: set[str]) -> None:
    assert resolve(city) is None
    assert several <= {choice.zone for choice in search(city, WINTER)}
    assert set(suggest(city)[:2]) <= several


def test_a_name_of_several_places_resolves_with_its_country() -> None:
    assert resolve("London, Canada") == "America/Toronto"
    assert resolve("Cambridge, UK") == "Europe/London"
    assert resolve("Hyderabad, Pakistan") == "Asia/Karachi"
    assert resolve("Hyderabad, Germany") is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("EST", ["America/New_York", "America/Toronto"]),
        ("PST", ["America/Los_Angeles", "America/Vancouver"]),
        ("CET", ["Europe/Berlin", "Europe/Paris"]),
        ("IST", ["Asia/Kolkata", "Europe/Dublin"]),
        ("BST", ["Europe/London", "Asia/Dhaka"]),
        ("jst", ["Asia/Tokyo"]),
        ("AEST", ["Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane"]),
        ("gmt", ["UTC", "Europe/London"]),
        ("pacific time", ["America/Los_Angeles"]),
    ],
)
def test_an_abbreviation_leads_to_the_zones_people_mean_by_it(query: str, expected: list[str]) -> None:
    assert [choice.zone for choice in search(query, WINTER)][: len(expected)] == expected


def test_an_abbreviation_does_not_hide_the_city_that_begins_with_it() -> None:
    assert "Europe/Istanbul" in [choice.zone for choice in search("ist", WINTER)]


@pytest.mark.parametrize(
    ("typed", "zone"), [("UTC", "UTC"), ("gmt", "UTC"), ("Zulu", "UTC"), ("jst", "Asia/Tokyo")]
)
def test_an_abbreviation_with_one_plain_meaning_resolves(typed: str, zone: str) -> None:
    assert resolve(typed) == zone


@pytest.mark.parametrize("typed", ["EST", "est", "MST", "CST", "IST", "BST", "PST", "AST", "EET"])
def test_an_abbreviation_with_several_meanings_does_not_resolve(typed: str) -> None:
    assert resolve(typed) is None
    assert suggest(typed)


@pytest.mark.parametrize(
    ("query", "now", "included", "left_out"),
    [
        ("UTC+2", WINTER, {"Europe/Athens", "Africa/Cairo", "Africa/Johannesburg"}, {"Europe/Berlin"}),
        ("UTC+2", SUMMER, {"Europe/Berlin", "Africa/Johannesburg"}, {"Europe/Athens"}),
        ("utc-5", WINTER, {"America/New_York", "America/Lima"}, {"America/Chicago"}),
        ("utc-5", SUMMER, {"America/Chicago", "America/Lima"}, {"America/New_York"}),
        ("GMT+1", WINTER, {"Europe/Berlin", "Africa/Lagos"}, {"Europe/London"}),
        ("UTC+05:30", WINTER, {"Asia/Kolkata", "Asia/Colombo"}, {"Asia/Karachi"}),
        ("+0545", WINTER, {"Asia/Kathmandu"}, {"Asia/Kolkata"}),
        ("UTC −3:30", WINTER, {"America/St_Johns"}, {"America/Sao_Paulo"}),
        ("UTC+0", WINTER, {"UTC", "Europe/London"}, {"Europe/Berlin"}),
    ],
)
def test_an_offset_leads_to_zones_that_have_it_now(
    query: str, now: datetime, included: set[str], left_out: set[str]
) -> None:
    found = search(query, now)
    assert included <= {choice.zone for choice in found}
    assert not left_out & {choice.zone for choice in found}
    assert len({choice.label[-6:] for choice in found}) == 1


def test_an_offset_alone_is_no_zone_except_zero() -> None:
    assert resolve("UTC+2") is None
    assert resolve("-5") is None
    assert resolve("UTC+0") == resolve("+00:00") == "UTC"
    assert search("UTC+99", WINTER) == []


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        (" Asia/Tokyo ", "Asia/Tokyo"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("EST5EDT", "America/New_York"),
        ("Etc/UTC", "UTC"),
        ("etc/gmt+5", "Etc/GMT+5"),
    ],
)
def test_a_key_in_any_case_resolves_and_a_deprecated_one_to_its_present_name(typed: str, zone: str) -> None:
    assert resolve(typed) == zone
    assert search(typed, WINTER)[0].zone == zone


def test_a_label_that_was_offered_resolves_to_its_zone() -> None:
    offered = [*search("", WINTER), *search("san", WINTER), *search("utc-5", WINTER)]
    assert [resolve(choice.label) for choice in offered] == [choice.zone for choice in offered]


def test_every_available_zone_is_found_by_typing_its_own_key() -> None:
    meant_otherwise_by_people = {"EET": "Europe/Athens", "EST": "America/Panama", "MST": "America/Phoenix"}
    lost: list[str] = []
    for key in people_keys():
        found = [choice.zone for choice in search(key, WINTER)]
        if key in meant_otherwise_by_people:
            assert meant_otherwise_by_people[key] in found
        elif not found or resolve(key) != found[0] or offsets(found[0]) != offsets(key):
            lost.append(key)
    assert lost == []


def test_every_zone_that_resolve_returns_is_a_zone() -> None:
    answers = {resolve(name) for names, _, _ in rows()[::5] for name in names} - {None}
    assert len(answers) > 100
    assert all(is_zone(answer) for answer in answers if answer)


def test_the_choices_leave_out_the_etc_zones_except_utc() -> None:
    offered = {
        choice.zone
        for query in ("etc", "gmt", "etc/gmt", "utc", "u", "e")
        for choice in search(query, WINTER)
    }
    assert {zone for zone in offered if zone.startswith("Etc/") or "/" not in zone} == {"UTC"}


def test_an_empty_query_offers_used_zones_from_all_over_the_world() -> None:
    offered = [choice.zone for choice in search("", WINTER)]
    assert len(offered) == len(set(offered)) == 25
    assert offered == [choice.zone for choice in search("   ", WINTER)]
    assert {"America/New_York", "Europe/London", "Asia/Kolkata", "Asia/Tokyo", "UTC"} <= set(offered)
    parts = Counter(zone.split("/")[0] for zone in offered)
    assert {"Africa", "America", "Asia", "Australia", "Europe", "Pacific"} <= parts.keys()


def test_the_limit_holds_and_no_label_comes_twice() -> None:
    assert [len(search("a", WINTER, limit)) for limit in (0, 1, 7, 25)] == [0, 1, 7, 25]
    for query in ("", "a", "san", "united states", "EST", "UTC+1", "Europe/Berlin"):
        assert len(labels(query)) == len(set(labels(query))) <= 25


@pytest.mark.parametrize(("typo", "zone"), TYPOS.items())
def test_a_misspelled_zone_is_suggested_first(typo: str, zone: str) -> None:
    assert resolve(typo) is None
    assert suggest(typo)[0] == zone


def test_at_most_three_different_zones_are_suggested_and_none_for_nonsense() -> None:
    for text in ("a", "united states", "EST", "san", "UTC+1"):
        assert len(suggest(text)) == len(set(suggest(text))) == 3
    assert suggest("") == suggest("   ") == suggest("qqqqqqqq") == suggest("x" * 4000) == []


def test_a_suggested_zone_for_an_offset_has_it_as_standard_time() -> None:
    assert suggest("UTC-8")[0] == "America/Los_Angeles"
    assert "Europe/Berlin" in suggest("UTC+1")


@pytest.mark.parametrize("text", ABSURD)
def test_absurd_input_is_answered_and_never_becomes_a_path_or_an_unknown_zone(text: str) -> None:
    for choice in search(text, WINTER):
        assert is_zone(choice.zone)
    assert resolve(text) is None
    assert all(is_zone(zone) for zone in suggest(text))
    assert is_zone(text) is False


@settings(deadline=None)
@given(st.text(max_size=150) | st.sampled_from(sorted(KNOWN_CITIES)).map(lambda city: city[1:] + city[0]))
def test_any_text_is_answered_within_the_limits(text: str) -> None:
    found = search(text, SUMMER)
    assert len(found) <= 25
    assert all(is_zone(choice.zone) and 1 <= len(choice.label) <= 100 for choice in found)
    assert len(suggest(text)) <= 3
    answer = resolve(text)
    assert answer is None or is_zone(answer)


@pytest.mark.parametrize("key", NO_ZONES)
def test_what_is_not_exactly_a_key_is_no_zone(key: str) -> None:
    assert is_zone(key) is False


def test_every_key_for_people_is_a_zone() -> None:
    assert [key for key in people_keys() if not is_zone(key)] == []


def test_no_label_is_too_long_or_holds_what_discord_would_read_as_markup() -> None:
    seen = [
        ZoneChoice(place.zone, zones._label(name, place, SUMMER))
        for place in zones._atlas().places
        for name in place.names
    ]
    assert len(seen) > 2000
    assert max(len(choice.label) for choice in seen) <= 100
    for choice in seen:
        assert not set(choice.label) & set("*`~|<>@#[]\\$\n\t"), choice.label
        assert all(unicodedata.category(letter)[0] != "C" for letter in choice.label), choice.label
        # Underscores stand only inside the zone's key, between letters, where Discord leaves them alone.
        assert "_" not in choice.label.replace(choice.zone, "")


def test_a_label_that_would_be_too_long_is_cut_before_the_zone() -> None:
    place = zones._Place("America/Argentina/ComodRivadavia", "GS", ("x" * 90,), (), "", leads=False)
    label = zones._label("x" * 90, place, WINTER)
    assert len(label) == 100
    assert label.endswith("x… · America/Argentina/ComodRivadavia · UTC-03:00")


def test_the_table_of_cities_is_small_sound_and_names_its_source() -> None:
    text = CITIES.read_text("utf-8")
    assert CITIES.stat().st_size < 60_000
    head = [line for line in text.splitlines()[:4] if line.startswith("#")]
    assert any("GeoNames" in line and "CC BY 4.0" in line for line in head)
    assert text == unicodedata.normalize("NFC", text)
    table = rows()
    assert len(table) > 800
    assert table[0][0][0] == "Shanghai"
    assert [zone for _, zone, _ in table if not is_zone(zone) or resolve(zone) != zone] == []
    assert [country for _, _, country in table if not (len(country) == 2 and country.isupper())] == []
    assert all(name == name.strip() and name for names, _, _ in table for name in names)
    twice = Counter((name, zone, country) for names, zone, country in table for name in names)
    assert [row for row, times in twice.items() if times > 1] == []
