"""What stands beside the pictures and for them: always within Discord's limits, and plain."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.checkins.ledger import DayState, LedgerDay, Reason
from bot.progress.account import account_of
from bot.progress.figures import Evidence
from cogs.progress.cards import DESCRIPTION_LIMIT, ledger_card, progress_card, shared_card
from cogs.progress.telling import LONGEST, full_list, told, told_of_days
from tests.pictures.samples import FRIDAY, account, beginner, busy

LONG_LINK = "https://example.org/(" + "_" * 478


def ups_and_downs(count: int) -> list[LedgerDay]:
    """Days of which each is something else than the one before, and none is plain."""
    reasons = [
        (DayState.MISSED, Reason.NO_FREEZE, True),
        (DayState.OUTAGE, Reason.BOT_DOWN, False),
        (DayState.LATE, Reason.REPORTED_LATE, True),
    ]
    first = FRIDAY - timedelta(days=count - 1)
    return [LedgerDay(first + timedelta(days=n), *reasons[n % 3], freezes=0) for n in range(count)]


def test_the_picture_in_words_holds_every_figure() -> None:
    text = told(busy(), "Mira")
    for part in (
        "Progress of Mira, 25 May – 20 Nov.",
        "118 check-ins in all.",
        "Streak: 23 due days in a row, the longest so far 41.",
        "Done on 19 of the last 21 due days.",
        "2 of 3 freezes held.",
        "7 goals kept.",
        "Learning 22 h, Building 67 h, Showing 6.8 h, Job hunt 3.2 h.",
        "Building is 76 % of building and learning; the mark is 70 %.",
        "1 outage",
        "github.com/mira-dev/unseen-month (18 Nov)",
    ):
        assert part in text


def test_what_there_is_nothing_of_is_not_told() -> None:
    text = told(replace(beginner(), work={}, building=None), "Юлія")
    assert "Building" not in text
    assert "Shown last" not in text


@pytest.mark.parametrize("name", ["Mira", "x" * 2_000])
def test_words_for_a_picture_are_never_too_many(name: str) -> None:
    figures = replace(busy(), evidence=[Evidence(FRIDAY, LONG_LINK)] * 5)
    assert len(told(figures, name)) <= LONGEST
    days = ups_and_downs(366)
    assert len(told_of_days(account_of(days, days[0].day, FRIDAY), name)) <= LONGEST


def test_the_calendar_in_words_counts_days_and_gives_reasons() -> None:
    days = ups_and_downs(3)
    text = told_of_days(account_of(days, days[0].day, FRIDAY), "Mira")
    assert "Days: 1 late, 1 outage, 1 missed." in text
    assert "18 Nov: due, not reported, and no freeze was left." in text


def test_links_as_long_as_they_can_be_fit_beside_the_picture() -> None:
    figures = replace(busy(), evidence=[Evidence(FRIDAY, LONG_LINK + str(n)) for n in range(5)])
    for card in (progress_card(figures), shared_card(figures)):
        assert card is not None
        assert 0 < len(card.description or "") <= DESCRIPTION_LIMIT
        assert (card.description or "").count("](https://") == 5


def test_the_words_of_a_link_cannot_end_it_or_be_marked_up() -> None:
    link = "https://example.org/a](https://evil.example)/**b**"
    card = shared_card(replace(busy(), evidence=[Evidence(FRIDAY, link)]))
    assert card is not None
    assert card.description == (
        r"• [example.org/a(https:evil.example)/\*\*b\*\*]"
        "(https://example.org/a]%28https://evil.example%29/**b**) · 20 Nov"
    )


def test_without_links_nothing_stands_beside_a_shared_picture() -> None:
    assert shared_card(beginner()) is None


@pytest.mark.parametrize("count", [1, 35, 366])
def test_the_reasons_of_a_ledger_fit_and_what_does_not_is_counted(count: int) -> None:
    days = ups_and_downs(count)
    card, is_all = ledger_card(account_of(days, days[0].day, FRIDAY))
    text = card.description or ""
    assert len(text) <= DESCRIPTION_LIMIT
    said = text.count("• ")
    assert is_all is (said == count)
    assert (f"and {count - said} more days" in text) is not is_all


def test_a_streak_that_began_in_another_year_is_told_with_that_year() -> None:
    done = [
        LedgerDay(FRIDAY - timedelta(days=n), DayState.DONE, Reason.REPORTED, True, 3) for n in range(500)
    ]
    card, _ = ledger_card(account_of(done[::-1], FRIDAY - timedelta(days=9), FRIDAY))
    assert "since 9 Jul 2025; not one was missed" in (card.description or "")
    before, _ = ledger_card(account_of(done[::-1], date(2024, 1, 1), date(2024, 1, 9)))
    assert "your ledger begins on 9 Jul 2025." in (before.description or "")


def test_the_full_list_has_a_line_for_each_day() -> None:
    days = ups_and_downs(366)
    lines = full_list(days).splitlines()
    assert [line[:10] for line in lines] == [day.day.isoformat() for day in days]
    assert lines[-1] == "2026-11-20  late: you reported it the next morning"


def test_a_member_with_three_freezes_is_told_that_no_more_can_be_held() -> None:
    card, _ = ledger_card(replace(account(date(2026, 10, 17)), freezes=3, to_next_freeze=None))
    assert "Freezes: 3 of 3. No more can be held" in (card.description or "")
