"""Who is paired with whom: enough shared hours, the greatest overlap first, nobody twice."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buddies.rules import SHARED_AT_LEAST, Seeker, pairs_among, shared_hours

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BERLIN, LISBON, TOKYO, HONOLULU = "Europe/Berlin", "Europe/Lisbon", "Asia/Tokyo", "Pacific/Honolulu"

ZONES = st.sampled_from(sorted(available_timezones()))
INSTANTS = st.integers(0, 10 * 365 * 24).map(lambda hours: NOON + hours * HOUR)
SEEKERS = st.lists(
    st.builds(
        Seeker,
        st.integers(1, 30),
        ZONES,
        st.integers(0, 5).map(lambda days: NOON - timedelta(days=days)),
    ),
    max_size=12,
    unique_by=lambda seeker: seeker.user_id,
)
PARTED = st.sets(st.frozensets(st.integers(1, 30), min_size=2, max_size=2), max_size=40)


def seeker(user_id: int, zone: str, waited_days: float = 0) -> Seeker:
    return Seeker(user_id, zone, NOON - timedelta(days=waited_days))


def shared_by_counting(zone: str, other: str, at: datetime) -> timedelta:
    """The longest run of quarters of an hour in which both clocks, as they go now, show a waking hour."""
    offsets = [at.astimezone(ZoneInfo(each)).utcoffset() for each in (zone, other)]
    longest = run = 0
    for quarter in range(3 * 96):
        minute = timedelta(minutes=15 * quarter)
        awake = [8 <= (minute + (offset or timedelta(0))) / HOUR % 24 < 23 for offset in offsets]
        run = run + 1 if all(awake) else 0
        longest = max(longest, run)
    return longest * timedelta(minutes=15)


@given(ZONES, ZONES, INSTANTS)
def test_shared_hours_are_those_that_counting_finds(zone: str, other: str, at: datetime) -> None:
    assert shared_hours(zone, other, at) == shared_by_counting(zone, other, at)
    assert shared_hours(zone, other, at) == shared_hours(other, zone, at)


@pytest.mark.parametrize(
    ("other", "hours"),
    [(BERLIN, 15), (LISBON, 14), (TOKYO, 7), ("Pacific/Auckland", 3), (HONOLULU, 4)],
)
def test_the_hours_that_two_zones_share_with_berlin_in_winter(other: str, hours: int) -> None:
    assert shared_hours(BERLIN, other, NOON) == hours * HOUR


def test_a_date_line_between_two_people_costs_them_nothing() -> None:
    assert shared_hours("Pacific/Auckland", HONOLULU, NOON) == 14 * HOUR


def test_a_clock_change_counts_from_its_instant_on() -> None:
    # New York has summer time three weeks before Berlin has.
    assert shared_hours(BERLIN, "America/New_York", NOON) == 9 * HOUR
    assert shared_hours(BERLIN, "America/New_York", NOON + timedelta(days=10)) == 10 * HOUR


@given(SEEKERS, PARTED, INSTANTS)
def test_nobody_is_in_two_pairs_or_with_themselves_and_every_pair_fits(
    seekers: list[Seeker], parted: set[frozenset[int]], at: datetime
) -> None:
    pairs = pairs_among(seekers, parted, at)
    members = [member for pair in pairs for member in pair]
    assert len(members) == len(set(members))
    assert set(members) <= {each.user_id for each in seekers}
    zone_of = {each.user_id: each.zone for each in seekers}
    for one, other in pairs:
        assert shared_hours(zone_of[one], zone_of[other], at) >= SHARED_AT_LEAST
        assert frozenset((one, other)) not in parted


@given(SEEKERS, PARTED, INSTANTS)
def test_nobody_is_left_who_would_fit_another_that_is_left(
    seekers: list[Seeker], parted: set[frozenset[int]], at: datetime
) -> None:
    paired = {member for pair in pairs_among(seekers, parted, at) for member in pair}
    left = [each for each in seekers if each.user_id not in paired]
    for one, other in combinations(left, 2):
        too_little = shared_hours(one.zone, other.zone, at) < SHARED_AT_LEAST
        assert too_little or frozenset((one.user_id, other.user_id)) in parted


@given(SEEKERS, PARTED, INSTANTS, st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_looked_at_does_not_matter(
    seekers: list[Seeker], parted: set[frozenset[int]], at: datetime, chance: random.Random
) -> None:
    shuffled = list(seekers)
    chance.shuffle(shuffled)
    assert pairs_among(shuffled, parted, at) == pairs_among(seekers, parted, at)


@given(SEEKERS, INSTANTS)
def test_the_first_pair_is_one_of_the_greatest_overlap(seekers: list[Seeker], at: datetime) -> None:
    zone_of = {each.user_id: each.zone for each in seekers}
    pairs = pairs_among(seekers, set(), at)
    if pairs:
        (one, other), *_ = pairs
        best = max(shared_hours(a.zone, b.zone, at) for a, b in combinations(seekers, 2))
        assert shared_hours(zone_of[one], zone_of[other], at) == best


def test_the_greatest_overlap_goes_before_the_longest_wait() -> None:
    seekers = [seeker(1, LISBON, 30), seeker(2, BERLIN, 20), seeker(3, BERLIN, 1)]
    assert pairs_among(seekers, set(), NOON) == [(2, 3)]


def test_of_the_same_overlap_the_longest_wait_goes_first() -> None:
    seekers = [seeker(1, BERLIN, 1), seeker(2, BERLIN, 9), seeker(3, BERLIN, 5)]
    assert pairs_among(seekers, set(), NOON) == [(2, 3)]


def test_less_than_six_hours_make_no_pair() -> None:
    # Nine hours apart share six, ten share five.
    assert pairs_among([seeker(1, "Etc/GMT+9"), seeker(2, "Etc/GMT")], set(), NOON) == [(1, 2)]
    assert pairs_among([seeker(1, "Etc/GMT+10"), seeker(2, "Etc/GMT")], set(), NOON) == []


def test_those_who_parted_are_not_paired_even_if_nobody_else_is_there() -> None:
    seekers = [seeker(1, BERLIN), seeker(2, BERLIN)]
    assert pairs_among(seekers, {frozenset((1, 2))}, NOON) == []
    assert pairs_among([*seekers, seeker(3, TOKYO)], {frozenset((1, 2))}, NOON) == [(1, 3)]
