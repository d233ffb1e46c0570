"""The ledger and its figures are what reading the member's clock quarter by quarter gives."""

from hypothesis import given, settings

from bot.checkins.ledger import Consistency, consistency, ledger, longest_streak, streak
from tests.ledger.slow import slow_consistency, slow_ledger, slow_longest_streak, slow_streak
from tests.ledger.stories import Story, stories, travels


@settings(max_examples=300)
@given(stories())
def test_every_day_is_what_reading_the_clock_all_the_time_gives(story: Story) -> None:
    assert ledger(story.history, story.now) == slow_ledger(story.history, story.now)


@settings(max_examples=1000)
@given(travels())
def test_the_days_of_travellers_are_what_reading_the_clock_all_the_time_gives(story: Story) -> None:
    assert ledger(story.history, story.now) == slow_ledger(story.history, story.now)


@settings(max_examples=150)
@given(stories(longest=120))
def test_the_figures_are_what_counting_by_their_definition_gives(story: Story) -> None:
    days = ledger(story.history, story.now)
    assert streak(days) == slow_streak(days)
    assert longest_streak(days) == slow_longest_streak(days)
    assert consistency(days) == Consistency(*slow_consistency(days))
