"""What a poll is: its name, its deadlines, who may do what, and what is enough to end a phase."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import TextTooLong
from bot.polls.errors import DeadlineTooFar, DeadlineTooSoon, PollNameMissing
from bot.polls.rules import (
    LASTS_AT_LEAST,
    LASTS_AT_MOST,
    NAME_LIMIT,
    OPEN,
    Method,
    Phase,
    Poll,
    Scope,
    clean_name,
    deadlines,
    delayed,
    enough_to_settle,
    extended,
    may_steer,
    may_vote,
    who_may_vote,
)
from bot.ranking.criteria import Purpose

ADA, BEN, CLEO, DOT = 101, 102, 103, 104
BERLIN, TOKYO, KATHMANDU, SAMOA = "Europe/Berlin", "Asia/Tokyo", "Asia/Kathmandu", "Pacific/Apia"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


START = utc("2026-05-04 09:00")


def a_poll(phase: Phase = Phase.COLLECT, **changed: Any) -> Poll:
    """A poll of ten days: five for ideas, three and a half for the cards, one and a half for the final."""
    values: dict[str, Any] = {
        "id": 1,
        "guild_id": 1,
        "channel_id": 5,
        "user_id": ADA,
        "name": "What we build",
        "purpose": Purpose.RESUME,
        "scope": Scope.INVITED,
        "method": Method.SCORES,
        "standing_open": False,
        "seed": 7,
        "phase": phase,
        "collect_until": START + timedelta(days=5),
        "cards_until": START + timedelta(days=8, hours=12),
        "final_until": START + timedelta(days=10),
        "started_at": START,
        "phase_since": START,
    }
    return Poll(**values | changed)


def days_left(poll: Poll) -> tuple[float, float, float]:
    """After how many days since its start each phase of a poll ends."""
    ends = (poll.collect_until, poll.cards_until, poll.final_until)
    first, second, third = ((end - START) / timedelta(days=1) for end in ends)
    return first, second, third


# Names.


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("What we build", "What we build"),
        ("  What\twe \n build  ", "What we build"),
        ("**What** we `build` @everyone <@1> [here](https://a.example)", None),
        ("Was wir bauen: größer, schöner", None),
        ("我们春天要做什么", None),
        ("ماذا سنبني هذا الربيع؟", None),
        ("מה נבנה באביב", None),
        ("हम वसंत में क्या बनाएंगे", None),
        ("봄에 무엇을 만들까", None),
        ("ฤดูใบไม้ผลินี้เราจะสร้างอะไร", None),
        ("🚀🧪👩‍🔬", None),
        ("42", None),
    ],
)
def test_a_name_is_kept_on_one_line_as_it_was_meant(typed: str, kept: str | None) -> None:
    assert clean_name(typed) == unicodedata.normalize("NFC", typed if kept is None else kept)


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b\u200b", "\u2060", "\u202e\u202c", "***"])
def test_a_name_that_shows_nothing_is_none(typed: str) -> None:
    with pytest.raises(PollNameMissing):
        clean_name(typed)


@pytest.mark.parametrize("letter", ["a", "界", "ñ", "🦜", "ع"])
def test_a_name_ends_at_its_limit_in_every_script(letter: str) -> None:
    assert clean_name(letter * NAME_LIMIT) == letter * NAME_LIMIT
    for length in (NAME_LIMIT + 1, 100):
        with pytest.raises(TextTooLong, match=str(length)):
            clean_name(letter * length)


# Deadlines.


@pytest.mark.parametrize(
    ("zone", "last_day", "final"),
    [
        ("UTC", date(2026, 5, 10), "2026-05-11 00:00"),
        (BERLIN, date(2026, 5, 10), "2026-05-10 22:00"),
        (TOKYO, date(2026, 5, 10), "2026-05-10 15:00"),
        (KATHMANDU, date(2026, 5, 10), "2026-05-10 18:15"),
        # The same day, if nine hours of it are left.
        ("UTC", date(2026, 5, 4), "2026-05-05 00:00"),
    ],
)
def test_a_poll_lasts_until_its_last_day_is_over_in_the_zone_of_its_starter(
    zone: str, last_day: date, final: str
) -> None:
    assert deadlines(START, last_day, zone).final == utc(final)


def test_half_of_the_time_is_for_ideas_a_third_for_the_cards_and_the_rest_for_the_final() -> None:
    # Ten days of 24 hours from a midnight on: five, three and a half, one and a half.
    ends = deadlines(utc("2026-05-04 00:00"), date(2026, 5, 13), "UTC")
    assert (ends.collect, ends.cards, ends.final) == (
        utc("2026-05-09 00:00"),
        utc("2026-05-12 12:00"),
        utc("2026-05-14 00:00"),
    )


@pytest.mark.parametrize(
    ("now", "last_day", "final", "hours"),
    [
        # In Berlin the clocks go forward on 29 March 2026, so the week has an hour less, and back on 25
        # October, when it has one more.
        ("2026-03-25 23:00", date(2026, 4, 1), "2026-04-01 22:00", 7 * 24 - 1),
        ("2026-10-21 22:00", date(2026, 10, 28), "2026-10-28 23:00", 7 * 24 + 1),
    ],
)
def test_over_a_change_of_the_clocks_a_poll_still_ends_with_its_day(
    now: str, last_day: date, final: str, hours: int
) -> None:
    ends = deadlines(utc(now), last_day, BERLIN)
    assert ends.final == utc(final)
    assert ends.collect - utc(now) == timedelta(hours=hours) / 2


def test_without_a_day_a_poll_lasts_about_a_week() -> None:
    for zone in ("UTC", BERLIN, TOKYO, SAMOA):
        whole = deadlines(START, None, zone).final - START
        assert timedelta(days=7) <= whole <= timedelta(days=8)


@pytest.mark.parametrize("last_day", [date(2026, 5, 3), date(2020, 1, 1)])
def test_a_day_that_is_over_is_too_soon(last_day: date) -> None:
    with pytest.raises(DeadlineTooSoon):
        deadlines(START, last_day, "UTC")


def test_an_hour_is_the_least() -> None:
    today = date(2026, 5, 4)
    ends = deadlines(utc("2026-05-04 23:00"), today, "UTC")
    assert ends.collect < ends.cards < ends.final == utc("2026-05-05 00:00")
    with pytest.raises(DeadlineTooSoon):
        deadlines(utc("2026-05-04 23:00:01"), today, "UTC")


def test_ninety_days_are_the_most() -> None:
    midnight = utc("2026-05-04 00:00")
    assert deadlines(midnight, date(2026, 8, 1), "UTC").final - midnight == timedelta(days=90)
    with pytest.raises(DeadlineTooFar, match="90"):
        deadlines(midnight, date(2026, 8, 2), "UTC")


@given(
    st.integers(1_700_000_000, 2_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.integers(1, 89),
    st.sampled_from(["UTC", BERLIN, TOKYO, KATHMANDU, SAMOA, "Australia/Lord_Howe", "America/St_Johns"]),
)
def test_phases_follow_one_another_within_the_bounds(now: datetime, days: int, zone: str) -> None:
    ends = deadlines(now, now.date() + timedelta(days=days), zone)
    assert now < ends.collect < ends.cards < ends.final
    assert LASTS_AT_LEAST <= ends.final - now <= LASTS_AT_MOST


@pytest.mark.parametrize(
    ("phase", "left"),
    [(Phase.COLLECT, (6, 9.5, 11)), (Phase.CARDS, (5, 9.5, 11)), (Phase.FINAL, (5, 8.5, 11))],
)
def test_a_day_more_is_given_to_the_phase_and_what_follows_is_put_off(
    phase: Phase, left: tuple[float, float, float]
) -> None:
    assert days_left(extended(a_poll(phase), 1)) == left


def test_a_poll_is_not_extended_for_ever() -> None:
    poll = a_poll()
    for _ in range(11):
        poll = extended(poll, 7)
    assert days_left(poll) == (82, 85.5, 87)
    with pytest.raises(DeadlineTooFar):
        extended(poll, 7)
    assert days_left(extended(poll, 3)) == (85, 88.5, 90)


@pytest.mark.parametrize(
    ("phase", "left"),
    [(Phase.COLLECT, (5, 10.5, 12)), (Phase.CARDS, (5, 8.5, 12)), (Phase.FINAL, (5, 8.5, 10))],
)
def test_what_follows_a_phase_whose_end_nobody_could_notice_is_put_off(
    phase: Phase, left: tuple[float, float, float]
) -> None:
    assert days_left(delayed(a_poll(phase), timedelta(days=2))) == left


@pytest.mark.parametrize("phase", OPEN)
def test_a_few_minutes_late_put_nothing_off(phase: Phase) -> None:
    poll = a_poll(phase)
    assert delayed(poll, timedelta(minutes=5)) == poll


@pytest.mark.parametrize("phase", Phase)
def test_only_open_phases_end_by_time(phase: Phase) -> None:
    assert (a_poll(phase).until is not None) is a_poll(phase).is_open is (phase in OPEN)


# Who may do what.


@pytest.mark.parametrize(
    ("scope", "starter", "may"),
    [
        (Scope.ALONE, ADA, {ADA}),
        (Scope.INVITED, ADA, {ADA, BEN}),
        (Scope.EVERYONE, ADA, {ADA, BEN, CLEO}),
        # Once the starter is forgotten, the poll goes on with those who are left.
        (Scope.ALONE, None, set()),
        (Scope.INVITED, None, {BEN}),
        (Scope.EVERYONE, None, {ADA, BEN, CLEO}),
    ],
)
def test_who_may_vote(scope: Scope, starter: int | None, may: set[int]) -> None:
    poll = a_poll(scope=scope, user_id=starter)
    assert {member for member in (ADA, BEN, CLEO) if may_vote(poll, member, {BEN})} == may
    assert who_may_vote(poll, {BEN}) == (None if scope is Scope.EVERYONE else may)


def test_a_list_left_over_from_another_kind_of_poll_lets_nobody_in() -> None:
    assert not may_vote(a_poll(scope=Scope.ALONE), BEN, {BEN})


def test_whoever_started_a_poll_steers_it_and_whoever_manages_the_server() -> None:
    assert may_steer(a_poll(), ADA, manages=False)
    assert not may_steer(a_poll(), BEN, manages=False)
    assert may_steer(a_poll(), BEN, manages=True)
    assert not may_steer(a_poll(user_id=None), ADA, manages=False)
    assert may_steer(a_poll(user_id=None), BEN, manages=True)


# What is enough.


@pytest.mark.parametrize(
    ("scope", "taps", "enough"),
    [
        (Scope.ALONE, {ADA: 5}, True),
        (Scope.ALONE, {ADA: 4}, False),
        (Scope.ALONE, {}, False),
        (Scope.INVITED, {ADA: 5, BEN: 5}, True),
        (Scope.INVITED, {ADA: 50, BEN: 4}, False),
        (Scope.INVITED, {BEN: 50}, False),
        # Somebody who was on the list once counts for nothing here.
        (Scope.INVITED, {ADA: 5, CLEO: 5}, False),
        (Scope.INVITED, {ADA: 5, BEN: 5, CLEO: 1}, True),
        (Scope.EVERYONE, dict.fromkeys(range(5), 5), True),
        (Scope.EVERYONE, dict.fromkeys(range(4), 100), False),
        (Scope.EVERYONE, {**dict.fromkeys(range(4), 100), DOT: 4}, False),
    ],
)
def test_enough_people_have_to_have_voted_before_a_shortlist_is_settled(
    scope: Scope, taps: dict[int, int], enough: bool
) -> None:
    assert enough_to_settle(a_poll(scope=scope), {BEN}, taps) is enough


def test_a_poll_in_which_nobody_may_vote_is_never_settled_by_votes() -> None:
    assert not enough_to_settle(a_poll(scope=Scope.ALONE, user_id=None), (), {})
