"""The monthly threads of Hacker News: which story is one, and how often it is worth a look. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

ACCOUNT = "whoishiring"
"""Who posts the threads, and now and then a story that is none."""

NEW_FOR = timedelta(days=2)
USEFUL_FOR = timedelta(days=14)
"""For so long after it began, a thread is read by those who hire."""

BUSY_FOR = timedelta(days=10)
OFTEN = timedelta(minutes=10)
HOURLY = timedelta(hours=1)
DAILY = timedelta(days=1)
WHOLE_WHILE_NEW = timedelta(hours=3)

PREVIOUS_FOLLOWED_FOR = timedelta(days=5)
"""How long after a new thread began the one of the month before is still looked at."""

EARLIER_MONTHS = 2
"""So many months before the newest thread are taken in once, to know who comes back every month."""

POSTED_ABOUT = time(15)
"""In UTC: 11:00 Eastern in summer, and an hour before it in winter."""

TITLE_IS_OFF_BY_AT_MOST = timedelta(days=10)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class ThreadKind(StrEnum):
    """What people post for in a thread. `HIRING` alone is read; of the others it matters that they exist."""

    HIRING = "hiring"
    SEEKING_WORK = "seeking_work"
    FREELANCE = "freelance"


TITLES = {
    ThreadKind.HIRING: "Who is hiring?",
    ThreadKind.SEEKING_WORK: "Who wants to be hired?",
    ThreadKind.FREELANCE: "Freelancer? Seeking freelancer?",
}
TITLE = re.compile(
    r"\s*ask hn:\s+(?:"
    + "|".join(f"(?P<{kind}>{re.escape(words)})" for kind, words in TITLES.items())
    + rf")\s+\((?P<month>{'|'.join(MONTHS)})\s+(?P<year>[0-9]{{4}})\)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Story:
    """A story of Hacker News."""

    id: int
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment at the top level of a thread, as it came: `html` may be anything."""

    id: int
    story_id: int
    created_at: datetime
    html: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A monthly thread; `month` is the first day of it.

    `newest_at` is when the newest of its stored posts was written, `read_whole_at` when all of it was read
    last; both are None until there is something to say.
    """

    id: int
    kind: ThreadKind
    month: date
    began_at: datetime
    newest_at: datetime | None = None
    read_whole_at: datetime | None = None


def thread_of(story: Story) -> Thread | None:
    """The thread that a story is, by its title; None where it is another story."""
    found = TITLE.fullmatch(story.title)
    if found is None or found["year"] == "0000":
        return None
    kind = next(kind for kind in ThreadKind if found[kind])
    month = date(int(found["year"]), MONTHS.index(found["month"].capitalize()) + 1, 1)
    if abs(story.created_at - _midnight(month)) > TITLE_IS_OFF_BY_AT_MOST:
        return None
    return Thread(story.id, kind, month, story.created_at)


def title_of(thread: Thread) -> str:
    """A thread's title, as it is posted."""
    return f"Ask HN: {TITLES[thread.kind]} ({MONTHS[thread.month.month - 1]} {thread.month.year})"


def look_every(thread: Thread, now: datetime) -> timedelta:
    """How often a thread is worth a look."""
    age = now - thread.began_at
    if age < NEW_FOR:
        return OFTEN
    return HOURLY if age < BUSY_FOR else DAILY


def read_whole_every(thread: Thread, now: datetime) -> timedelta:
    """How often all of a thread is read, which finds what was changed and what is gone."""
    return WHOLE_WHILE_NEW if now - thread.began_at < NEW_FOR else DAILY


def followed(
    threads: Iterable[Thread], now: datetime, looked_at: Mapping[int, datetime] | None = None
) -> list[Thread]:
    """The threads to look at, the newest first.

    These are the newest hiring thread, the one before it until the new one is a few days old, and those of
    earlier months that were never read as a whole. With `looked_at`, by id when that was done last, the one
    before is looked at once more where that could not be done at its end.
    """
    hiring = sorted(
        (thread for thread in threads if thread.kind is ThreadKind.HIRING),
        key=lambda thread: (thread.month, thread.began_at),
        reverse=True,
    )
    if not hiring:
        return []
    newest = hiring[0]
    earliest = months_before(newest.month, EARLIER_MONTHS)
    last_wanted_at = newest.began_at + PREVIOUS_FOLLOWED_FOR
    previous = months_before(newest.month, 1)
    return [
        thread
        for thread in hiring
        if thread.month == newest.month
        or (thread.month == previous and now < last_wanted_at)
        or (thread.month == previous and looked_at is not None and _missed(thread, looked_at, last_wanted_at))
        or (thread.month >= earliest and thread.read_whole_at is None)
    ]


def _missed(thread: Thread, looked_at: Mapping[int, datetime], wanted_at: datetime) -> bool:
    return thread.id not in looked_at or looked_at[thread.id] < wanted_at


def worth_keeping(threads: Iterable[Thread]) -> list[Thread]:
    """Of the threads that were found, those that are read or waited for, and recent enough for it."""
    wanted = [thread for thread in threads if thread.kind is not ThreadKind.FREELANCE]
    if not wanted:
        return []
    earliest = months_before(max(thread.month for thread in wanted), EARLIER_MONTHS)
    return [thread for thread in wanted if thread.month >= earliest]


def search_every(threads: Iterable[Thread], now: datetime) -> timedelta:
    """How often to search for threads that are not known yet."""
    month = now.date().replace(day=1)
    there = {thread.kind for thread in threads if thread.month == month}
    if there >= {ThreadKind.HIRING, ThreadKind.SEEKING_WORK}:
        return DAILY
    late_by = now - expected_at(month)
    if timedelta(0) <= late_by < NEW_FOR:
        return OFTEN
    return HOURLY if late_by < BUSY_FOR else DAILY


def expected_at(month: date) -> datetime:
    """When the threads of a month are posted as a rule: on its first weekday."""
    first = month
    while first.weekday() > 4:
        first += timedelta(days=1)
    return datetime.combine(first, POSTED_ABOUT, UTC)


def months_before(month: date, number: int) -> date:
    """The first day of the month so many months earlier."""
    months = month.year * 12 + month.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
