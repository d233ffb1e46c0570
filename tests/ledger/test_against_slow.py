"""The ledger and its figures are what reading the member's clock quarter by quarter gives."""

import pytest
from hypothesis import given, settings

from bot.checkins.ledger import Consistency, consistency, ledger, longest_streak, streak
from bot.localtime import Weekdays
from tests.ledger.slow import slow_consistency, slow_ledger, slow_longest_streak, slow_streak
from tests.ledger.stories import Story, stories, story, travels

DAILY, WORKING_DAYS = Weekdays.EVERY_DAY, Weekdays.WORKING_DAYS
BAKER, LINE_ISLANDS, SAMOA = "Etc/GMT+12", "Pacific/Kiritimati", "Pacific/Apia"
BERLIN, AUCKLAND, LOS_ANGELES = "Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"

BY_HAND = {
    "a missed day comes again in the west": story(
        ("2026-05-08 00:00", BERLIN, DAILY), ("2026-05-11 10:30", BAKER, DAILY), now="2026-05-11 10:45"
    ),
    "a missed day comes again, and goes once more": story(
        ("2026-05-08 00:00", BERLIN, DAILY),
        ("2026-05-11 10:30", BAKER, DAILY),
        ("2026-05-11 10:45", BERLIN, DAILY),
        now="2026-05-11 11:00",
    ),
    "a wrong zone that is put right": story(
        ("2026-05-08 00:00", BERLIN, DAILY),
        ("2026-05-10 23:30", LINE_ISLANDS, DAILY),
        ("2026-05-10 23:45", BERLIN, DAILY),
        now="2026-05-11 00:00",
    ),
    "a noon that passed in the east": story(
        ("2026-05-08 00:00", LINE_ISLANDS, DAILY),
        ("2026-05-10 23:00", LOS_ANGELES, DAILY),
        ("2026-05-10 23:30", BAKER, DAILY),
        now="2026-05-11 00:00",
    ),
    "another plan on a day that comes again": story(
        ("2026-05-06 00:00", AUCKLAND, DAILY),
        ("2026-05-10 01:00", LOS_ANGELES, DAILY),
        ("2026-05-10 02:00", LOS_ANGELES, WORKING_DAYS),
        now="2026-05-13 01:00",
    ),
    "another plan and a move to the west at once": story(
        ("2026-05-06 00:00", AUCKLAND, DAILY),
        ("2026-05-10 01:00", BAKER, WORKING_DAYS),
        now="2026-05-13 01:00",
    ),
    "an outage before a move": story(
        ("2026-05-08 00:00", BERLIN, DAILY),
        ("2026-05-10 18:00", LOS_ANGELES, DAILY),
        now="2026-05-13 01:00",
        down=[("2026-05-10 00:00", "2026-05-10 01:00")],
    ),
    "the morning after the day that Samoa skipped": story(
        ("2011-12-27 20:00", SAMOA, DAILY), now="2011-12-30 10:30"
    ),
    "noon after the day that Samoa skipped": story(
        ("2011-12-27 20:00", SAMOA, DAILY), ("2011-12-30 22:30", BAKER, DAILY), now="2011-12-30 22:45"
    ),
    "from Samoa to where the day was not skipped": story(
        ("2011-12-27 20:00", SAMOA, DAILY), ("2011-12-30 10:00", LINE_ISLANDS, DAILY), now="2011-12-30 10:15"
    ),
    "from Samoa to an island that skipped the day too": story(
        ("2011-12-27 20:00", SAMOA, DAILY),
        ("2011-12-30 10:30", "Pacific/Fakaofo", DAILY),
        now="2011-12-30 10:45",
    ),
    "to Samoa after the day that it skipped": story(
        ("2011-12-27 20:00", BAKER, DAILY), ("2011-12-30 12:00", SAMOA, DAILY), now="2011-12-30 12:15"
    ),
    "to Samoa with the day that it skipped": story(
        ("2011-12-27 20:00", LINE_ISLANDS, DAILY),
        ("2011-12-30 12:15", SAMOA, DAILY),
        ("2011-12-30 22:00", BAKER, DAILY),
        now="2011-12-30 22:15",
    ),
}


@settings(max_examples=300)
@given(stories())
def test_every_day_is_what_reading_the_clock_all_the_time_gives(story: Story) -> None:
    assert ledger(story.history, story.now) == slow_ledger(story.history, story.now)


@settings(max_examples=600)
@given(travels())
def test_the_days_of_travellers_are_what_reading_the_clock_all_the_time_gives(story: Story) -> None:
    assert ledger(story.history, story.now) == slow_ledger(story.history, story.now)


@pytest.mark.parametrize("name", BY_HAND)
def test_what_went_wrong_once_or_nearly_is_what_reading_the_clock_all_the_time_gives(name: str) -> None:
    told = BY_HAND[name]
    assert ledger(told.history, told.now) == slow_ledger(told.history, told.now)


@settings(max_examples=100)
@given(stories(longest=120))
def test_the_figures_are_what_counting_by_their_definition_gives(story: Story) -> None:
    days = ledger(story.history, story.now)
    assert streak(days) == slow_streak(days)
    assert longest_streak(days) == slow_longest_streak(days)
    assert consistency(days) == Consistency(*slow_consistency(days))
