"""What backups are called, and which of them are kept: names and dates alone."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backups.naming import (
    Kind,
    gone_by,
    is_unfinished,
    made_at,
    name_of,
    outlived,
    superfluous,
)

SUNDAY = date(2026, 11, 29)


def at(day: date, hour: int = 3) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def test_a_name_tells_the_database_and_the_time_in_utc() -> None:
    moment = datetime(2026, 3, 1, 0, 30, 5, tzinfo=timezone(timedelta(hours=2)))
    assert name_of("bot.db", moment) == "bot.db-2026-02-28-223005.backup"
    assert made_at("bot.db", "bot.db-2026-02-28-223005.backup") == moment
    assert name_of("bot.db", moment, Kind.REPLACED) == "bot.db-2026-02-28-223005.replaced"


@pytest.mark.parametrize(
    "name",
    [
        "bot.db",
        "bot.db-wal",
        "bot.db-lock",
        "bot.db-2026-02-28-223005",
        "bot.db-2026-02-28-223005.replaced",
        "bot.db-2026-02-28-223005.backup.unfinished",
        "bot.db-2026-02-28-223005.backup-wal",
        "bot.db-2026-02-30-223005.backup",
        "bot.db-2026-2-28-223005.backup",
        "bot.db-2026-02-28-223060.backup",
        "bot.db-2026-02-28-22300.backup",
        "bot.db-٢٠٢٦-02-28-223005.backup",
        "bot.db- 2026-02-28-223005.backup",
        "other.db-2026-02-28-223005.backup",
        "copy-of-bot.db-2026-02-28-223005.backup",
        "BOT.DB-2026-02-28-223005.BACKUP",
        "2026-02-28-223005.backup",
        "",
    ],
)
def test_what_this_program_did_not_name_is_no_backup(name: str) -> None:
    assert made_at("bot.db", name) is None


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("bot.db-2026-02-28-223005.backup.unfinished", True),
        ("bot.db-2026-02-28-223005.backup.unfinished-wal", True),
        ("bot.db-2026-02-28-223005.backup.unfinished-journal", True),
        ("bot.db-2026-02-28-223005.backup", False),
        ("bot.db-2026-02-28-223005.backup-wal", False),
        ("bot.db-2026-02-28-223005.replaced.unfinished", False),
        ("bot.db.unfinished", False),
        ("holiday.unfinished", False),
    ],
)
def test_what_was_left_unfinished_is_known_by_its_name(name: str, ours: bool) -> None:
    assert is_unfinished("bot.db", name) == ours


def test_the_days_and_weeks_that_are_kept_on_a_sunday() -> None:
    made = {at(SUNDAY - timedelta(days=back)) for back in range(60)}
    kept = {moment.date() for moment in made - superfluous(made, SUNDAY)}
    days = {date(2026, 11, day) for day in range(23, 30)}
    assert kept == days | {date(2026, 11, 22), date(2026, 11, 15), date(2026, 11, 8), date(2026, 11, 1)}


def test_the_days_and_weeks_that_are_kept_on_a_monday() -> None:
    monday = date(2026, 11, 30)
    made = {at(monday - timedelta(days=back)) for back in range(60)}
    kept = {moment.date() for moment in made - superfluous(made, monday)}
    days = {date(2026, 11, day) for day in range(24, 31)}
    assert kept == days | {date(2026, 11, 22), date(2026, 11, 15), date(2026, 11, 8)}


def test_the_weeks_at_the_turn_of_a_year_are_iso_weeks() -> None:
    """1 January 2027 is a Friday of the week 53 of 2026, whose newest backup is of Sunday, the 3rd."""
    made = {at(date(2026, 12, 31)), at(date(2027, 1, 1)), at(date(2027, 1, 3)), at(date(2027, 1, 4))}
    kept = made - superfluous(made, date(2027, 1, 20))
    assert kept == {at(date(2027, 1, 3)), at(date(2027, 1, 4))}


def test_of_a_day_the_newest_is_kept() -> None:
    made = {at(SUNDAY, 1), at(SUNDAY, 22), at(SUNDAY, 13)}
    assert superfluous(made, SUNDAY) == {at(SUNDAY, 1), at(SUNDAY, 13)}


def test_in_a_week_with_one_backup_that_one_is_the_weeks() -> None:
    tuesday = at(date(2026, 11, 3))
    assert superfluous({tuesday}, date(2026, 12, 6)) == set()
    assert superfluous({tuesday}, date(2026, 12, 7)) == {tuesday}


def test_what_seems_to_come_from_the_future_is_kept() -> None:
    made = {at(SUNDAY), at(SUNDAY + timedelta(days=1)), at(date(2099, 1, 1))}
    assert superfluous(made, SUNDAY) == set()
    assert outlived(made, SUNDAY) == set()


def test_all_of_a_day_is_gone_five_weeks_after_its_monday() -> None:
    assert gone_by(date(2026, 11, 23)) == date(2026, 12, 28)
    assert gone_by(SUNDAY) == date(2026, 12, 28)
    assert gone_by(date(2026, 11, 30)) == date(2027, 1, 4)


@hypothesis.settings(max_examples=20)
@given(
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 23)), min_size=1, max_size=120),
    st.integers(0, 6),
)
def test_day_by_day_nothing_outlives_its_day_and_few_are_kept(
    when: list[tuple[int, int]], shift: int
) -> None:
    """However irregularly backups are made: on some days none, on others several."""
    first = date(2026, 1, 5) + timedelta(days=shift)
    planned = {at(first + timedelta(days=day), hour) for day, hour in when}
    there: set[datetime] = set()
    for number in range(81):
        today = first + timedelta(days=number)
        there |= {moment for moment in planned if moment.date() == today}
        there -= superfluous(there, today)
        assert all(today < gone_by(moment.date()) for moment in there)
        assert len(there) <= 7 + 4
        recent = {moment.date() for moment in planned if timedelta(0) <= today - moment.date() < timedelta(7)}
        assert recent <= {moment.date() for moment in there}
        weeks = {
            moment.isocalendar()[:2] for moment in planned if moment.date() <= today < gone_by(moment.date())
        }
        assert weeks == {moment.isocalendar()[:2] for moment in there}
