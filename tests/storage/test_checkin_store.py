"""The SQL of check-ins and routines."""

import sqlite3
from datetime import date, time, timedelta

import pytest

from bot.checkins import store
from bot.checkins.rules import CheckIn, Entry, KindOfWork, Routine
from bot.localtime import ONE_DAY, Weekdays
from tests.storage.conftest import MONDAY_NOON

GUILD, OTHER = 1, 2
ADA, BEN, EVA = 2**62 + 10, 20, 30
MONDAY = date(2026, 3, 2)
ENTRY = Entry(
    "Built a loader 😀\nand\ttests; drop table checkin; --", "Next", "Nothing", KindOfWork.JOB_HUNT, 1440
)


def save(
    db: sqlite3.Connection,
    user: int = ADA,
    day: date = MONDAY,
    entry: Entry = ENTRY,
    *,
    guild: int = GUILD,
    after: float = 0,
) -> bool:
    """Store a check-in so many minutes after Monday's noon."""
    return store.save_checkin(db, guild, user, day, "Etc/UTC", entry, MONDAY_NOON + timedelta(minutes=after))


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


def test_a_check_in_is_found_as_it_was_stored(db: sqlite3.Connection) -> None:
    assert store.find_checkin(db, GUILD, ADA, MONDAY) is None
    assert save(db)
    assert store.find_checkin(db, GUILD, ADA, MONDAY) == CheckIn(ADA, MONDAY, ENTRY)
    plain = Entry("x", kind=KindOfWork.LEARNING)
    save(db, BEN, entry=plain)
    assert store.find_checkin(db, GUILD, BEN, MONDAY) == CheckIn(BEN, MONDAY, plain)
    for guild, user, day in ((OTHER, ADA, MONDAY), (GUILD, EVA, MONDAY), (GUILD, ADA, MONDAY + ONE_DAY)):
        assert store.find_checkin(db, guild, user, day) is None


def test_a_second_check_in_for_a_day_changes_the_first(db: sqlite3.Connection) -> None:
    assert save(db)
    changed = Entry("Better words", kind=KindOfWork.SHOWING)
    assert not save(db, entry=changed, after=5)
    assert not save(db, entry=changed, after=6)
    assert store.find_checkin(db, GUILD, ADA, MONDAY) == CheckIn(ADA, MONDAY, changed)
    (row,) = db.execute("select reported_at, changed_at, changes from checkin")
    began = int(MONDAY_NOON.timestamp())
    assert tuple(row) == (began, began + 360, 2)
    assert save(db, day=MONDAY + ONE_DAY, after=7)


@pytest.mark.parametrize("entry", [Entry("x", minutes=1441), Entry("x", minutes=-1)])
def test_minutes_that_no_day_has_are_refused(db: sqlite3.Connection, entry: Entry) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="minutes"):
        save(db, entry=entry)


def test_the_newest_check_in_is_that_of_the_latest_day(db: sqlite3.Connection) -> None:
    assert store.newest_checkin(db, GUILD, ADA) is None
    save(db, day=MONDAY + ONE_DAY, entry=Entry("Tuesday"))
    save(db, day=MONDAY, entry=Entry("Monday, told later"), after=5)
    save(db, day=MONDAY + 9 * ONE_DAY, guild=OTHER)
    save(db, BEN, day=MONDAY + 9 * ONE_DAY)
    newest = store.newest_checkin(db, GUILD, ADA)
    assert newest is not None
    assert newest.entry.done == "Tuesday"


def test_the_first_day_is_that_of_the_first_check_in_or_routine(db: sqlite3.Connection) -> None:
    assert store.first_day(db, GUILD, ADA) is None
    plan(db, from_day=MONDAY + 3 * ONE_DAY)
    assert store.first_day(db, GUILD, ADA) == MONDAY + 3 * ONE_DAY
    save(db, day=MONDAY + ONE_DAY)
    assert store.first_day(db, GUILD, ADA) == MONDAY + ONE_DAY
    plan(db, from_day=MONDAY, after=5)
    assert store.first_day(db, GUILD, ADA) == MONDAY
    save(db, BEN, day=MONDAY - ONE_DAY)
    save(db, day=MONDAY - ONE_DAY, guild=OTHER)
    assert store.first_day(db, GUILD, ADA) == MONDAY


def test_the_days_done_are_those_from_a_day_on(db: sqlite3.Connection) -> None:
    for number in (0, 1, 3):
        save(db, day=MONDAY + number * ONE_DAY)
    save(db, BEN, day=MONDAY + 4 * ONE_DAY)
    save(db, day=MONDAY + 5 * ONE_DAY, guild=OTHER)
    assert store.days_done(db, GUILD, ADA, MONDAY) == {MONDAY, MONDAY + ONE_DAY, MONDAY + 3 * ONE_DAY}
    assert store.days_done(db, GUILD, ADA, MONDAY + ONE_DAY) == {MONDAY + ONE_DAY, MONDAY + 3 * ONE_DAY}
    assert store.days_done(db, GUILD, EVA, MONDAY) == set()


def test_members_are_listed_in_the_order_in_which_they_first_checked_in(db: sqlite3.Connection) -> None:
    save(db, BEN, after=1)
    save(db, EVA, after=3)
    save(db, ADA, after=2)
    save(db, BEN, after=9, entry=Entry("changed"))
    save(db, 40, guild=OTHER)
    save(db, 50, day=MONDAY + ONE_DAY)
    assert store.members_done(db, GUILD, MONDAY, since=MONDAY_NOON) == [BEN, ADA, EVA]
    assert store.members_done(db, GUILD, MONDAY, since=MONDAY_NOON + timedelta(minutes=2)) == [ADA, EVA]


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
    assert not store.anybody_has_a_routine(db, GUILD)
    plan(db, ADA)
    plan(db, BEN)
    assert store.anybody_has_a_routine(db, GUILD)
    assert not store.anybody_has_a_routine(db, OTHER)
    plan(db, ADA, Weekdays(0), after=1)
    assert store.anybody_has_a_routine(db, GUILD)
    plan(db, BEN, Weekdays(0), after=1)
    assert not store.anybody_has_a_routine(db, GUILD)
    plan(db, ADA, Weekdays.SUNDAY, after=2)
    assert store.anybody_has_a_routine(db, GUILD)
