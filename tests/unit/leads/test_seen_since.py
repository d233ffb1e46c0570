"""Since when a company has come back: a row of months in which single ones may be missing."""

from datetime import date

import pytest

from bot.leads.posts import seen_since

MAY = date(2026, 5, 1)


def months(*numbers: int) -> list[date]:
    """Months by their numbers, counted from January 2025."""
    return [date(2025 + (number - 1) // 12, (number - 1) % 12 + 1, 1) for number in numbers]


@pytest.mark.parametrize(
    ("posted", "since"),
    [
        ([], None),
        (months(17), None),
        (months(16, 17), date(2026, 4, 1)),
        (months(14, 15, 16), date(2026, 2, 1)),
        # One month is missing, and another.
        (months(11, 13, 15), date(2025, 11, 1)),
        # Two in a row are: what lies before is another story.
        (months(10, 11, 14, 16), date(2026, 2, 1)),
        (months(1, 14), None),
        # What comes after this month tells nothing.
        (months(18, 19), None),
        (months(16, 16, 15, 16), date(2026, 3, 1)),
    ],
)
def test_the_row_ends_where_more_than_one_month_is_missing(posted: list[date], since: date | None) -> None:
    assert seen_since(posted, MAY) == since
