"""The SQL of routines."""

import sqlite3
from datetime import date, time, timedelta

from bot.localtime import ONE_DAY, Weekdays
from bot.routines import store
from bot.routines.rules import Routine
from tests.storage.conftest import MONDAY_NOON

GUILD, OTHER = 1, 2
ADA, BEN, EVA = 2**62 + 10, 20, 30
MONDAY = date(2026, 3, 2)


def plan(
    db: sqlite3.Connection,
    user: int = ADA,
    days: Weekdays = Weekdays.EVERY_DAY,
    *,
    guild: int = GUILD,
    from_day: date = MONDAY,
    after: float = 0,
) -> Routine:
    set_at = MONDAY_NOON + timedelta(minutes=after)
    routine = Routine(set_at, from_day, "Asia/Tokyo", days, time(7, 30), ping=True)
    store.save_routine(db, guild, user, routine)
    return routine


def test_routines_are_listed_in_the_order_in_which_they_were_set(db: sqlite3.Connection) -> None:
    first = plan(db, days=Weekdays.WORKING_DAYS, from_day=MONDAY + ONE_DAY)
    second = plan(db, days=Weekdays.SUNDAY, from_day=MONDAY, after=1)
    plan(db, BEN)
    plan(db, guild=OTHER)
    assert store.routines(db, GUILD, ADA) == [first, second]
    assert store.newest_routine(db, GUILD, ADA) == second
    assert store.newest_routine(db, GUILD, EVA) is None
    assert store.routines(db, GUILD, EVA) == []


def test_a_routine_set_in_the_same_second_takes_the_place_of_the_first(db: sqlite3.Connection) -> None:
    plan(db, days=Weekdays.WORKING_DAYS)
    second = plan(db, days=Weekdays.SUNDAY)
    assert store.routines(db, GUILD, ADA) == [second]


def test_somebody_has_a_routine_until_all_have_stopped(db: sqlite3.Connection) -> None:
    assert not store.anybody_plans(db, GUILD, MONDAY)
    plan(db, ADA)
    plan(db, BEN)
    assert store.anybody_plans(db, GUILD, MONDAY)
    assert not store.anybody_plans(db, OTHER, MONDAY)
    plan(db, ADA, Weekdays(0), after=1)
    assert store.anybody_plans(db, GUILD, MONDAY)
    plan(db, BEN, Weekdays(0), after=1)
    assert not store.anybody_plans(db, GUILD, MONDAY)
    plan(db, ADA, Weekdays.SUNDAY, after=2)
    assert store.anybody_plans(db, GUILD, MONDAY)
