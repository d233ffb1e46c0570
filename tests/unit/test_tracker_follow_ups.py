"""When it is time to write to a company again: days reckoned by hand on a calendar."""

from datetime import date, timedelta

import pytest

from bot.tracker.follow_ups import FIRST, SECOND, SNOOZES, FollowUp, may_be_ghosted, planned, snoozed, written

# Monday the 4th of May 2026; the clock shows noon, so the next morning is the earliest.
APPLIED = date(2026, 5, 4)


def may(day: int) -> date:
    return date(2026, 5, day)


def test_the_first_is_a_week_after_applying_and_the_second_a_week_after_the_first_was_told() -> None:
    first = planned(APPLIED, [], today=APPLIED, earliest=may(5))
    assert first == FollowUp(FIRST, may(11))
    assert [first.is_due(may(day)) for day in (10, 11, 12)] == [False, True, True]
    told = first.told(may(11))
    assert told.next_told_on == may(18)
    assert told.as_of(may(17)) == told
    assert told.as_of(may(18)) == FollowUp(SECOND, may(18))


def test_after_the_second_nothing_more_is_told() -> None:
    told_twice = FollowUp(FIRST, may(11), told_on=may(11)).told(may(18))
    assert told_twice == FollowUp(SECOND, may(18), told_on=may(18))
    assert told_twice.next_told_on is None
    assert told_twice.is_due(may(31)), "it stays to be done"


def test_telling_the_same_day_again_changes_nothing() -> None:
    told = FollowUp(FIRST, may(11)).told(may(11))
    assert told.told(may(11)) == told


def test_one_that_was_told_late_puts_the_second_off_as_much() -> None:
    late = FollowUp(FIRST, may(11)).told(may(20))
    assert late.next_told_on == may(27)


def test_who_wrote_again_hears_of_the_second_a_week_after_they_did() -> None:
    assert written(FollowUp(FIRST, may(11), told_on=may(11)), may(13), may(14)) == FollowUp(SECOND, may(20))
    # Written two days before it was due.
    assert written(FollowUp(FIRST, may(11)), may(9), may(10)) == FollowUp(SECOND, may(16))


def test_who_wrote_the_second_time_hears_of_no_more() -> None:
    assert written(FollowUp(SECOND, may(18), told_on=may(18)), may(18), may(19)) is None
    # A week after the first was told it is the second that was written.
    assert written(FollowUp(FIRST, may(11), told_on=may(11)), may(18), may(19)) is None


@pytest.mark.parametrize(("by", "until"), [(SNOOZES[0], 14), (SNOOZES[1], 18)])
def test_a_snooze_counts_from_today_and_keeps_which_one_it_is(by: timedelta, until: int) -> None:
    first = FollowUp(FIRST, may(11), told_on=may(11))
    assert snoozed(first, by, may(11), may(12)) == FollowUp(FIRST, may(until))
    assert snoozed(first, by, may(18), may(19)).number == SECOND


def test_a_snooze_of_one_that_is_not_due_yet_does_not_bring_it_forward() -> None:
    assert snoozed(FollowUp(FIRST, may(11)), SNOOZES[0], may(5), may(6)) == FollowUp(FIRST, may(11))
    assert snoozed(FollowUp(FIRST, may(11)), SNOOZES[0], may(9), may(10)) == FollowUp(FIRST, may(12))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (may(10), FollowUp(FIRST, may(11))),
        (may(11), FollowUp(FIRST, may(12))),
        (may(17), FollowUp(FIRST, may(18))),
        (may(18), FollowUp(SECOND, may(19))),
        (may(31), FollowUp(SECOND, date(2026, 6, 1))),
        (date(2026, 6, 1), None),
    ],
    ids=["six days", "seven", "thirteen", "fourteen", "twenty-seven", "twenty-eight"],
)
def test_what_was_applied_for_long_ago_begins_where_it_is(today: date, expected: FollowUp | None) -> None:
    assert planned(APPLIED, [], today, earliest=today + timedelta(days=1)) == expected


def test_what_was_followed_up_before_is_not_begun_anew() -> None:
    assert planned(APPLIED, [may(11)], may(12), may(13)) == FollowUp(SECOND, may(18))
    assert planned(APPLIED, [may(11), may(18)], may(19), may(20)) is None
    # Those of an earlier application to the same job don't count.
    assert planned(APPLIED, [may(1), may(2)], may(4), may(5)) == FollowUp(FIRST, may(11))


@pytest.mark.parametrize(("today", "may_be"), [(may(17), False), (may(18), True)])
def test_after_two_weeks_without_a_word_it_may_be_called_a_day(today: date, may_be: bool) -> None:
    assert may_be_ghosted(APPLIED, today) is may_be
    assert not may_be_ghosted(None, today)
