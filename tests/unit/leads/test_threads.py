"""Which story is a monthly thread, and how often it is worth a look."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.leads.threads import (
    DAILY,
    HOURLY,
    OFTEN,
    Story,
    Thread,
    ThreadKind,
    expected_at,
    followed,
    look_every,
    months_before,
    read_whole_every,
    search_every,
    thread_of,
    title_of,
    worth_keeping,
)

HIRING, SEEKING_WORK, FREELANCE = ThreadKind.HIRING, ThreadKind.SEEKING_WORK, ThreadKind.FREELANCE


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def thread(month: date, kind: ThreadKind = HIRING, *, whole: datetime | None = None, day: int = 1) -> Thread:
    began_at = utc(month.year, month.month, day, 15)
    return Thread(month.year * 1000 + month.month * 10 + len(kind), kind, month, began_at, None, whole)


APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("title", "at", "kind", "month"),
    [
        ("Ask HN: Who is hiring? (May 2026)", utc(2026, 5, 1, 15), HIRING, MAY),
        ("Ask HN: Who is Hiring? (April 2011)", utc(2011, 4, 1, 13, 11), HIRING, date(2011, 4, 1)),
        ("Ask HN: Who wants to be hired? (May 2026)", utc(2026, 5, 1, 15), SEEKING_WORK, MAY),
        ("Ask HN: Freelancer? Seeking freelancer? (May 2026)", utc(2026, 5, 1, 15), FREELANCE, MAY),
        # The first of January is a holiday, and the first of a month may be a Saturday.
        ("Ask HN: Who is hiring? (January 2026)", utc(2026, 1, 2, 16), HIRING, date(2026, 1, 1)),
        ("Ask HN: Who is hiring? (August 2026)", utc(2026, 8, 3, 15), HIRING, date(2026, 8, 1)),
        # West of Greenwich it may still be the day before.
        ("Ask HN: Who is hiring? (May 2026)", utc(2026, 4, 30, 23), HIRING, MAY),
        ("Ask HN:  Who is hiring?  (May  2026) ", utc(2026, 5, 1), HIRING, MAY),
    ],
)
def test_a_monthly_thread_is_told_by_its_title(
    title: str, at: datetime, kind: ThreadKind, month: date
) -> None:
    assert thread_of(Story(7, title, at)) == Thread(7, kind, month, at, newest_at=None, read_whole_at=None)


@pytest.mark.parametrize("kind", ThreadKind)
@pytest.mark.parametrize("number", range(1, 13))
def test_a_thread_says_its_title(kind: ThreadKind, number: int) -> None:
    one = thread(date(2026, number, 1), kind)
    assert thread_of(Story(one.id, title_of(one), one.began_at)) == one


def test_the_title_is_written_as_on_hacker_news() -> None:
    assert title_of(thread(MAY, SEEKING_WORK)) == "Ask HN: Who wants to be hired? (May 2026)"


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Ask HN: Who is hiring?",
        "Ask HN: Who is hiring right now?",
        "Ask H N: Who is hiring? (May 2026)",
        "Ask HN: Who is hiring? (COVID edition)",
        "Ask HN: Who is hiring remotely? (May 2026)",
        "Ask HN: Who is hiring? (May 2026) [closed]",
        "Who is hiring? (May 2026)",
        "Tell HN: Who is hiring? (May 2026)",
        "Ask HN: Who is hiring? (Mai 2026)",
        "Ask HN: Who is hiring? (May 26)",
        "Ask HN: Who is hiring? (May 0000)",
        "Ask HN: Who is hiring? (May ２０２６)",
        "Ask HN: Who is firing? (May 2026)",
        "Ask HN: Who wants to be fired? (May 2026)",
        "Ask HN: Freelancer? (May 2026)",
        "Ask HN: Who is hiring? (May 2026)\nAsk HN: Who is hiring? (May 2026)",
    ],
)
def test_another_story_is_no_thread(title: str) -> None:
    assert thread_of(Story(7, title, utc(2026, 5, 1, 15))) is None


@pytest.mark.parametrize("at", [utc(2026, 4, 1), utc(2026, 6, 1), utc(2025, 5, 1), utc(2026, 5, 20)])
def test_a_title_of_another_month_than_its_story_is_no_thread(at: datetime) -> None:
    assert thread_of(Story(7, "Ask HN: Who is hiring? (May 2026)", at)) is None


@pytest.mark.parametrize(
    ("now", "look", "whole"),
    [
        (utc(2026, 5, 1, 15), timedelta(minutes=10), timedelta(hours=3)),
        (utc(2026, 5, 3, 14, 59), timedelta(minutes=10), timedelta(hours=3)),
        (utc(2026, 5, 3, 15), timedelta(hours=1), timedelta(days=1)),
        (utc(2026, 5, 11, 14, 59), timedelta(hours=1), timedelta(days=1)),
        (utc(2026, 5, 11, 15), timedelta(days=1), timedelta(days=1)),
        (utc(2026, 7, 1), timedelta(days=1), timedelta(days=1)),
    ],
)
def test_the_older_a_thread_the_rarer_the_look(now: datetime, look: timedelta, whole: timedelta) -> None:
    assert (look_every(thread(MAY), now), read_whole_every(thread(MAY), now)) == (look, whole)


def test_the_newest_hiring_thread_is_followed_and_none_of_another_kind() -> None:
    threads = [thread(MAY), thread(MAY, SEEKING_WORK), thread(MAY, FREELANCE)]
    assert followed(threads, utc(2026, 5, 1, 16)) == [thread(MAY)]
    assert followed(threads[1:], utc(2026, 5, 1, 16)) == []
    assert followed([], utc(2026, 5, 1)) == []


def test_the_thread_before_is_followed_for_a_few_days_more() -> None:
    april, may = thread(APRIL, whole=utc(2026, 4, 30)), thread(MAY)
    assert followed([april, may], utc(2026, 5, 6, 14)) == [may, april]
    assert followed([april, may], utc(2026, 5, 6, 15)) == [may]


def test_two_earlier_months_are_read_once() -> None:
    months = [date(2026, number, 1) for number in range(1, 7)]
    threads = [thread(month) for month in months]
    assert [one.month.month for one in followed(threads, utc(2026, 6, 20))] == [6, 5, 4]
    threads[4] = thread(months[4], whole=utc(2026, 6, 20))
    assert [one.month.month for one in followed(threads, utc(2026, 6, 20))] == [6, 4]


def test_while_the_month_has_no_thread_yet_the_one_of_last_month_is_followed() -> None:
    may = thread(MAY, whole=utc(2026, 5, 31))
    assert followed([may], utc(2026, 6, 1, 12)) == [may]


def test_what_is_kept_is_recent_and_not_about_freelancers() -> None:
    months = [date(2026, number, 1) for number in range(1, 6)]
    found = [thread(month, kind) for month in months for kind in ThreadKind]
    kept = worth_keeping(found)
    assert {one.month.month for one in kept} == {3, 4, 5}
    assert {one.kind for one in kept} == {HIRING, SEEKING_WORK}
    assert len(kept) == 6
    assert worth_keeping([thread(MAY, FREELANCE)]) == []


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (date(2026, 5, 1), utc(2026, 5, 1, 15)),  # a Friday
        (date(2026, 8, 1), utc(2026, 8, 3, 15)),  # a Saturday
        (date(2026, 3, 1), utc(2026, 3, 2, 15)),  # a Sunday
    ],
)
def test_the_threads_are_expected_on_the_first_weekday(month: date, expected: datetime) -> None:
    assert expected_at(month) == expected


def test_once_both_threads_of_the_month_are_there_a_search_a_day_is_enough() -> None:
    both = [thread(MAY), thread(MAY, SEEKING_WORK)]
    for now in (utc(2026, 5, 1, 15, 5), utc(2026, 5, 31, 23)):
        assert search_every(both, now) == DAILY


@pytest.mark.parametrize(
    ("now", "every"),
    [
        (utc(2026, 6, 1, 0), HOURLY),
        (utc(2026, 6, 1, 14, 59), HOURLY),
        (utc(2026, 6, 1, 15), OFTEN),
        (utc(2026, 6, 3, 14, 59), OFTEN),
        (utc(2026, 6, 3, 15), HOURLY),
        (utc(2026, 6, 11, 15), DAILY),
    ],
)
def test_a_thread_that_is_not_there_yet_is_searched_most_when_it_is_due(
    now: datetime, every: timedelta
) -> None:
    may = [thread(MAY), thread(MAY, SEEKING_WORK)]
    assert search_every(may, now) == every
    # One of the two alone leaves the other to be found.
    assert search_every([*may, thread(JUNE)], now) == every


@pytest.mark.parametrize(
    ("month", "number", "before"),
    [(MAY, 0, MAY), (MAY, 1, APRIL), (MAY, 5, date(2025, 12, 1)), (date(2026, 1, 1), 13, date(2024, 12, 1))],
)
def test_months_are_counted_back_across_the_year(month: date, number: int, before: date) -> None:
    assert months_before(month, number) == before
