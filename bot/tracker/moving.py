"""How a job moves from state to state, and what that does to its follow-ups; within a transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.errors import ApplicationGone, NoFollowUp, TooManyOpenJobs
from bot.inputs import read_date
from bot.routines.service import today_of
from bot.tracker import follow_ups, journal, store
from bot.tracker.duplicates import earlier_at
from bot.tracker.planning import earliest_day, plan
from bot.tracker.rules import FOLLOWED_UP, JOYS, OPEN, OPEN_AT_MOST, Application, Choice, State


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a job. `earlier` is what the member sent to the same company before, the newest first.

    `is_joy`: a company wants to know the member, and did not before. `choice` tells whether its follow-up,
    if it has one, will be told.
    """

    application: Application
    before: State
    earlier: Sequence[Application]
    is_joy: bool
    choice: Choice


def move(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    application_id: int,
    state: State,
    on: str,
    now: datetime,
) -> Moved:
    """Move a job into a state, today or on an earlier day as it is typed; raises what Tracker.move does."""
    today, zone = today_of(db, guild_id, user_id, now)
    application = require(db, guild_id, user_id, application_id)
    day = read_date(on, today, ahead=False) if on.strip() else None
    if state in OPEN and not application.is_open:
        require_room(db, guild_id, user_id)
    followed_up = journal.days_followed_up(db, guild_id, application)
    changed = moved(application, state, day, followed_up, today, earliest_day(zone, now))
    if changed != application:
        store.save(db, guild_id, changed, now)
        journal.add_step(db, guild_id, changed, state, day or today, now)
        plan(db, guild_id, user_id, now)
    others = store.of_member(db, guild_id, user_id)
    return Moved(
        application=changed,
        before=application.state,
        earlier=earlier_at(changed.job.company, changed.company_key, others, but=changed.id),
        is_joy=state in JOYS and application.state is not state,
        choice=store.choice(db, guild_id, user_id),
    )


def moved(
    application: Application,
    state: State,
    on: date | None,
    followed_up: Sequence[date],
    today: date,
    earliest: date,
) -> Application:
    """A job once it came into a state on a day, or today. Pure.

    That it is saved takes back that it was sent. A day that is given anew for a state sets that right.
    """
    if state is application.state and on is None:
        return application
    since, applied_on, follow_up = on or today, application.applied_on, None
    if state is State.SAVED:
        applied_on = None
    if state is State.APPLIED:
        applied_on = on or applied_on or today
        follow_up = follow_ups.planned(applied_on, followed_up, today, earliest)
    return replace(application, state=state, since=since, applied_on=applied_on, follow_up=follow_up)


def follow_up_done(
    db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int, now: datetime
) -> Application:
    """Note that a member wrote to the company again today; raises ApplicationGone or NoFollowUp.

    A second time on the same day changes nothing.
    """
    today, zone = today_of(db, guild_id, user_id, now)
    application = require(db, guild_id, user_id, application_id)
    if today in journal.days_followed_up(db, guild_id, application):
        return application
    if application.follow_up is None:
        raise NoFollowUp
    following = follow_ups.written(application.follow_up, today, earliest_day(zone, now))
    changed = replace(application, follow_up=following)
    store.save(db, guild_id, changed, now)
    journal.add_step(db, guild_id, changed, FOLLOWED_UP, today, now)
    plan(db, guild_id, user_id, now)
    return changed


def snooze(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    application_id: int,
    by: timedelta,
    now: datetime,
) -> Application:
    """Have a follow-up told again some days from today; raises ApplicationGone or NoFollowUp."""
    today, zone = today_of(db, guild_id, user_id, now)
    application = require(db, guild_id, user_id, application_id)
    if application.follow_up is None:
        raise NoFollowUp
    later = follow_ups.snoozed(application.follow_up, by, today, earliest_day(zone, now))
    changed = replace(application, follow_up=later)
    store.save(db, guild_id, changed, now)
    plan(db, guild_id, user_id, now)
    return changed


def remind(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    application_id: int,
    wanted: bool,
    now: datetime,
) -> Application:
    """Have follow-ups of a job told or not; raises ApplicationGone."""
    changed = replace(require(db, guild_id, user_id, application_id), follow_ups=wanted)
    store.save(db, guild_id, changed, now)
    plan(db, guild_id, user_id, now)
    return changed


def require(db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int) -> Application:
    """A member's own job; raises ApplicationGone."""
    application = store.find(db, guild_id, user_id, application_id)
    if application is None:
        raise ApplicationGone
    return application


def require_room(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    """Raise TooManyOpenJobs where a member has as many open jobs as they may."""
    if store.count(db, guild_id, user_id, OPEN) >= OPEN_AT_MOST:
        raise TooManyOpenJobs(limit=OPEN_AT_MOST)
