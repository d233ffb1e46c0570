"""The days of a build, the hour at which its team is asked, and the link of its baseline."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.builds.errors import BaselineLinkMissing, BaselineNotALink
from bot.builds.rules import asked_at, clean_link, day_at, week_from
from bot.errors import TextTooLong
from bot.localtime import local

BERLIN, SAMOA = "Europe/Berlin", "Pacific/Apia"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "began", "until"),
    [
        ("UTC", "2026-05-04 10:30", "2026-05-11 10:30"),
        # In Berlin the clocks go forward on 29 March 2026, and back on 25 October.
        (BERLIN, "2026-03-25 09:00", "2026-04-01 08:00"),
        (BERLIN, "2026-10-21 08:00", "2026-10-28 09:00"),
        # 02:30 is skipped on 29 March: the week is over when the gap is.
        (BERLIN, "2026-03-22 01:30", "2026-03-29 01:30"),
        # Samoa had no 30 December 2011: whoever began on the 23rd, ten hours behind UTC, has until the same
        # hour of the 31st, fourteen ahead of it.
        (SAMOA, "2011-12-24 02:00", "2011-12-31 02:00"),
    ],
)
def test_a_week_is_over_at_the_same_hour_on_the_wall(zone: str, began: str, until: str) -> None:
    assert week_from(utc(began), zone) == utc(until)


@pytest.mark.parametrize(
    ("until", "asked"),
    [
        ("2026-05-11 09:00", "2026-05-11 09:00"),
        ("2026-05-11 20:59", "2026-05-11 20:59"),
        ("2026-05-11 21:00", "2026-05-12 09:00"),
        ("2026-05-11 23:59", "2026-05-12 09:00"),
        ("2026-05-11 00:00", "2026-05-11 09:00"),
        ("2026-05-11 08:59", "2026-05-11 09:00"),
    ],
)
def test_nobody_is_asked_at_night(until: str, asked: str) -> None:
    assert asked_at(utc(until), "UTC") == utc(asked)


def test_it_is_the_night_of_the_builds_own_zone() -> None:
    assert asked_at(utc("2026-05-11 12:00"), "Asia/Tokyo") == utc("2026-05-12 00:00")


@given(
    st.integers(946_684_800, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(["UTC", BERLIN, SAMOA, "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_whenever_a_week_is_over_its_team_is_asked_by_day_and_within_half_a_day(
    until: datetime, zone: str
) -> None:
    asked = asked_at(until, zone)
    assert 9 <= local(asked, zone).hour < 21
    # Half a day is the night; an hour more where the clocks go back in it.
    assert timedelta(0) <= asked - until <= timedelta(hours=13)
    assert asked_at(asked, zone) == asked


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-05-04 10:00", 1),
        ("2026-05-05 09:59", 1),
        ("2026-05-05 10:00", 2),
        ("2026-05-11 09:59", 7),
        ("2026-05-11 10:00", 7),
        ("2026-06-01 10:00", 7),
        ("2026-05-04 09:00", 1),
    ],
)
def test_each_day_begins_at_the_hour_of_the_first_and_the_last_goes_on(moment: str, day: int) -> None:
    assert day_at(utc("2026-05-04 10:00"), utc(moment), "UTC") == day


def test_a_prompt_at_the_same_hour_names_each_of_the_seven_days_once_over_a_clock_change() -> None:
    began = utc("2026-03-25 20:00")
    # Nine o'clock in Berlin: 08:00 in UTC, and 07:00 from 29 March on.
    prompts = [utc(f"2026-03-{day} 0{8 if day < 29 else 7}:00") for day in (26, 27, 28, 29, 30, 31)]
    prompts.append(utc("2026-04-01 07:00"))
    assert [day_at(began, prompt, BERLIN) for prompt in prompts] == [1, 2, 3, 4, 5, 6, 7]


def test_a_link_is_kept_as_it_is_typed() -> None:
    assert clean_link(" https://demo.example/x?y=1#z ") == "https://demo.example/x?y=1#z"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
def test_without_a_link_there_is_no_baseline_to_see(typed: str) -> None:
    with pytest.raises(BaselineLinkMissing):
        clean_link(typed)


@pytest.mark.parametrize("typed", ["demo.example", "javascript:alert(1)", "ftp://a.example", "it is done"])
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(BaselineNotALink):
        clean_link(typed)


def test_a_link_of_more_than_five_hundred_characters_is_refused() -> None:
    assert len(clean_link("https://a.example/" + "x" * 482)) == 500
    with pytest.raises(TextTooLong):
        clean_link("https://a.example/" + "x" * 483)
