"""The summary of a month: what its thread has for a server, and what has changed since the month before."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.leads import month_store, thread_store
from bot.leads.judging import settings_of
from bot.leads.posts import ADDRESS
from bot.leads.ranking import scores
from bot.leads.threads import Thread, months_before

POSTED_FROM_AGE = timedelta(hours=6)
"""Before that, a thread says little of its month."""

POSTED_UNTIL_AGE = timedelta(days=3)
"""Who sets up leads later in the month gets the next month's."""

FINAL_AT_AGE = timedelta(days=5)
"""Until then a summary is brought up to date once a day."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What a thread has at some age of it, as far as its posts are still there."""

    posts: int
    suiting: int
    remote: int
    junior: int
    degree_demanded: int
    ml_roles: int


@dataclass(frozen=True, slots=True)
class MonthContent:
    """A month's thread in a server, at an age of it.

    `before` are the figures of the month before at the same age, None where that is not stored. Of the
    companies, which are known by name or address, `came_back` posted in an earlier month as well; where the
    month before is not stored, both numbers are None.
    """

    month: date
    url: str
    age: timedelta
    is_final: bool
    mark: int
    figures: MonthFigures
    before: MonthFigures | None
    came_back: int | None
    new_companies: int | None


def to_summarise(db: sqlite3.Connection, now: datetime) -> Thread | None:
    """The newest thread, if it is of an age at which it is summarised or its summary brought up to date."""
    newest = thread_store.newest_thread(db)
    if newest is None or not POSTED_FROM_AGE <= now - newest.began_at < FINAL_AT_AGE + timedelta(days=1):
        return None
    return newest


def summary(db: sqlite3.Connection, guild_id: int, thread: Thread, now: datetime) -> MonthContent:
    """The summary of a thread as it is now, or was when it became final."""
    age = min(now - thread.began_at, FINAL_AT_AGE)
    before = _before(db, thread)
    companies, returning = month_store.companies(db, thread, age)
    return MonthContent(
        month=thread.month,
        url=ADDRESS.format(id=thread.id),
        age=age,
        is_final=age == FINAL_AT_AGE,
        mark=settings_of(db, guild_id).mark,
        figures=_figures(db, guild_id, thread, age),
        before=_figures(db, guild_id, before, age) if before else None,
        came_back=returning if before else None,
        new_companies=companies - returning if before else None,
    )


def _before(db: sqlite3.Connection, thread: Thread) -> Thread | None:
    """The thread of the month before, if all of it is known."""
    before = thread_store.newest_thread(db, before=thread.month)
    if before is None or before.month != months_before(thread.month, 1) or before.read_whole_at is None:
        return None
    return before


def _figures(db: sqlite3.Connection, guild_id: int, thread: Thread, age: timedelta) -> MonthFigures:
    settings = settings_of(db, guild_id)
    points = scores(db, month_store.ids(db, thread, age), settings.criteria)
    suiting = sum(score >= settings.mark for score in points.values())
    counts = month_store.counts(db, thread, age)
    return MonthFigures(
        posts=counts.posts,
        suiting=suiting,
        remote=counts.remote,
        junior=counts.for_juniors,
        degree_demanded=counts.degree_demanded,
        ml_roles=counts.ml_roles,
    )
