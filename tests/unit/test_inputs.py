"""Reading what people type: times, days, minutes, zones, addresses; and what an error repeats of it."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import time
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import (
    NotALink,
    UnknownDays,
    UnknownMinutes,
    UnknownTime,
    UnknownZone,
    UnknownZoneWithHint,
    UserError,
)
from bot.inputs import LONGEST_DAY, is_link, quoted, read_days, read_link, read_minutes, read_time, read_zone
from bot.localtime import Weekdays

MON, TUE, WED, THU, FRI, SAT, SUN = (Weekdays(1 << number) for number in range(7))

TIMES = {
    "7": "07:00", "07": "07:00", "0": "00:00", "23": "23:00", "7:30": "07:30", "07:30": "07:30",
    " 19:00 ": "19:00", "7.30": "07:30", "7h30": "07:30", "0730": "07:30", "0000": "00:00", "2359": "23:59",
    "7pm": "19:00", "7 pm": "19:00", "7PM": "19:00", "7:30pm": "19:30", "7:30 p.m.": "19:30", "7p": "19:00",
    "12am": "00:00", "12:05 am": "00:05", "12pm": "12:00", "11:59 a.m.": "11:59",
}  # fmt: skip
NO_TIMES = [
    "", " ", "soon", "24:00", "24", "25", "7:60", "2460", "730", "7:3", "-7", "+7", "7:30:00", "0am", "13pm",
    "19:00 pm", "7m", "7m.", "am", ":30", "7:", "7h", "12:00 noon", "1e1", "７７：００", "0x10", "12345",
    "@everyone",
]  # fmt: skip
DAYS = {
    "every day": Weekdays.EVERY_DAY, "Daily": Weekdays.EVERY_DAY, " EVERY   DAY ": Weekdays.EVERY_DAY,
    "weekdays": Weekdays.WORKING_DAYS, "weekend": SAT | SUN, "mon-fri": Weekdays.WORKING_DAYS,
    "Monday - Friday": Weekdays.WORKING_DAYS, "monday to friday": Weekdays.WORKING_DAYS,
    "mon–fri": Weekdays.WORKING_DAYS, "mon, wed & sat": MON | WED | SAT, "mon wed sat": MON | WED | SAT,
    "mo,we,sa": MON | WED | SAT, "mon; wed + sat": MON | WED | SAT, "tue and thu": TUE | THU,
    "tues thurs": TUE | THU, "Mondays and Sundays": MON | SUN, "sat-mon": SAT | SUN | MON,
    "fri-tue": FRI | SAT | SUN | MON | TUE, "sun-sun": SUN, "mon-tue, sat-sun": MON | TUE | SAT | SUN,
    "mon, mon, mon": MON, "mon,": MON, "mon-sun": Weekdays.EVERY_DAY, "su": SUN,
}  # fmt: skip
NO_DAYS = [
    "", " ", ",", "-", "m", "t", "s", "-fri", "someday", "mon-someday", "mon-tue-wed", "monday!", "1-5",
    "never", "montag", "mon/tue", "everyone", "to", "and",
]  # fmt: skip
MINUTES = {
    "": None, "  ": None, "0": 0, "45": 45, " 45 ": 45, "45 min": 45, "45m": 45, "45 Minutes": 45,
    "45 mins.": 45, "007": 7, "1440": LONGEST_DAY,
}  # fmt: skip
NO_MINUTES = [
    "abc", "-5", "+5", "1441", "2000", "999999999999", "4.5", "4,5", "1e3", "45 hours", "1h", "0x10", "٤٥",
    "４５", "²", "45 45", "45min min", "NaN", "\0",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), TIMES.items())
def test_times_people_type(typed: str, expected: str) -> None:
    assert read_time(typed) == time.fromisoformat(expected)


@pytest.mark.parametrize("typed", NO_TIMES)
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(UnknownTime):
        read_time(typed)


@pytest.mark.parametrize(("typed", "expected"), DAYS.items())
def test_days_people_type(typed: str, expected: Weekdays) -> None:
    assert read_days(typed) == expected


@pytest.mark.parametrize("typed", NO_DAYS)
def test_what_names_no_days(typed: str) -> None:
    with pytest.raises(UnknownDays):
        read_days(typed)


@pytest.mark.parametrize(("typed", "expected"), MINUTES.items())
def test_minutes_people_type(typed: str, expected: int | None) -> None:
    assert read_minutes(typed) == expected


@pytest.mark.parametrize("typed", NO_MINUTES)
def test_what_is_no_number_of_minutes(typed: str) -> None:
    with pytest.raises(UnknownMinutes):
        read_minutes(typed)


def test_a_zone_is_read_and_an_unknown_one_comes_with_a_hint_or_without() -> None:
    assert read_zone("Europe/Berlin") == "Europe/Berlin"
    with pytest.raises(UnknownZoneWithHint) as near:
        read_zone("Europe/Berln")
    assert "Europe/Berln" in str(near.value)
    assert "Berlin" in str(near.value)
    with pytest.raises(UnknownZone) as far:
        read_zone("@everyone ```nowhere```")
    assert "everyone nowhere" in str(far.value)


@given(st.times())
def test_every_minute_of_the_day_can_be_typed_in_five_ways(at: time) -> None:
    expected = at.replace(second=0, microsecond=0)
    half = f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"
    for typed in (f"{at:%H:%M}", f"{at:%H%M}", f"{at.hour}:{at:%M}", f"{at:%H.%M}", half):
        assert read_time(typed) == expected


@given(st.sets(st.integers(0, 6), min_size=1))
def test_every_set_of_days_can_be_typed(numbers: set[int]) -> None:
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    assert read_days(", ".join(names[number] for number in numbers)) == Weekdays.of(numbers)


@given(st.integers(-10, 10_000))
def test_a_whole_number_is_read_exactly_if_a_day_has_as_many_minutes(number: int) -> None:
    if 0 <= number <= LONGEST_DAY:
        assert read_minutes(str(number)) == number
    else:
        with pytest.raises(UnknownMinutes):
            read_minutes(str(number))


pieces = st.sampled_from(
    ["mon", "tue", "day", "to", "and", "-", "–", ",", "&", "7", "12", "30", ":", ".", "h", "am", "pm", "m",
     " ", "\n", "UTC", "+", "Europe/", "Berlin", "every day", "min", "İ", "ß", "٧", "\0", "\ud800", "\u202e",
     "{", "}", "%s", "@"]
)  # fmt: skip
typed_by_anybody = st.one_of(
    st.text(st.characters(codec=None)),
    st.lists(pieces, max_size=12).map("".join),
    st.text("7:am.h 0-", max_size=8),
)


@pytest.mark.parametrize("read", [read_time, read_days, read_minutes])
@given(text=typed_by_anybody)
@example(text="9" * 5000)
@example(text="mon " * 1500)
@example(text=" " * 6000 + "x")
def test_whatever_is_typed_is_read_or_answered_with_a_sentence(
    read: Callable[[str], object], text: str
) -> None:
    with suppress(UserError):
        read(text)


@given(text=typed_by_anybody)
@example(text="Berlin " * 800)
def test_whatever_is_typed_as_a_zone_is_read_or_answered_with_a_sentence(text: str) -> None:
    with suppress(UserError):
        assert read_zone(text) in available_timezones()


@pytest.mark.parametrize("text", ["https://a.example", " HTTP://a.example/b?c=d#e ", "http://[::1]:8000/x"])
def test_a_web_address_is_kept_as_it_is(text: str) -> None:
    assert read_link(text) == text.strip()
    assert read_link("  ") == ""


@pytest.mark.parametrize(
    "text", ["a.example", "javascript:alert(1)", "ftp://a.example", "https:/a", "http://[half", "https://a b"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(NotALink):
        read_link(text)


@given(st.text())
def test_whatever_is_typed_as_an_address_is_read_or_answered_with_a_sentence(text: str) -> None:
    with suppress(NotALink):
        assert read_link(text) == "" or is_link(read_link(text))


ACTED_UPON = ["@everyone", "@here", "<@1>", "<@&1>", "<#1>", "</checkin:1>", "<t:0:R>", "<:a:1>", "`", "```",
              "**", "_", "~~", "||", "> ", "\n# ", "\\", "\n", "word", " "]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(ACTED_UPON)).map("".join)))
def test_nothing_that_is_quoted_is_acted_upon(text: str) -> None:
    shown = quoted(text)
    assert not re.search(r"[@<>`*_~|\\\n\r]", shown)
    assert len(shown) <= 60
    assert shown == shown.strip()


def test_a_disguised_link_does_not_pass_through_a_quotation() -> None:
    assert "](" not in quoted("[read this](https://example.org)")


def test_what_is_quoted_stays_readable_and_is_cut_with_an_ellipsis() -> None:
    assert quoted(" Europe/Berln ") == "Europe/Berln"
    assert quoted("a  b\n\nc") == "a b c"
    assert quoted("x" * 60) == "x" * 60
    assert quoted("x" * 61) == "x" * 59 + "…"
