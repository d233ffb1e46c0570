"""The SQL of check-ins."""

import sqlite3
from datetime import date, timedelta

import pytest

from bot.checkins import store
from bot.checkins.rules import CheckIn, Counted, Entry, KindOfWork
from bot.localtime import ONE_DAY
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
    late: bool = False,
) -> bool:
    """Store a check-in so many minutes after Monday's noon."""
    now = MONDAY_NOON + timedelta(minutes=after)
    return store.save_checkin(db, guild, user, Counted(day, late), "Etc/UTC", entry, now)


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


def test_the_days_reported_come_in_order_and_say_which_were_late(db: sqlite3.Connection) -> None:
    save(db, day=MONDAY + 3 * ONE_DAY)
    save(db, day=MONDAY, late=True)
    save(db, BEN, day=MONDAY + 4 * ONE_DAY)
    save(db, day=MONDAY + 5 * ONE_DAY, guild=OTHER)
    assert list(store.days_reported(db, GUILD, ADA).items()) == [
        (MONDAY, True),
        (MONDAY + 3 * ONE_DAY, False),
    ]
    assert store.days_reported(db, GUILD, EVA) == {}


def test_what_was_late_stays_late_when_it_is_changed(db: sqlite3.Connection) -> None:
    save(db, late=True)
    save(db, entry=Entry("Better words"))
    assert store.days_reported(db, GUILD, ADA) == {MONDAY: True}
    found = store.find_checkin(db, GUILD, ADA, MONDAY)
    assert found is not None
    assert found.late


def test_a_deleted_check_in_is_gone_with_its_links_and_nobody_elses(db: sqlite3.Connection) -> None:
    for user in (ADA, BEN):
        save(db, user)
        store.save_links(db, GUILD, user, MONDAY, ("https://a.example", "https://b.example"), is_new=True)
    assert store.delete_checkin(db, GUILD, ADA, MONDAY)
    assert not store.delete_checkin(db, GUILD, ADA, MONDAY)
    assert store.find_checkin(db, GUILD, ADA, MONDAY) is None
    assert store.find_checkin(db, GUILD, BEN, MONDAY) is not None
    assert [tuple(row) for row in db.execute("select user_id, url from evidence order by position")] == [
        (BEN, "https://a.example"),
        (BEN, "https://b.example"),
    ]


def test_the_links_of_a_changed_check_in_take_the_place_of_the_earlier_ones(db: sqlite3.Connection) -> None:
    store.save_links(db, GUILD, ADA, MONDAY, ("https://a.example", "https://b.example"), is_new=True)
    store.save_links(db, GUILD, ADA, MONDAY, ("https://c.example",), is_new=False)
    assert [url for (url,) in db.execute("select url from evidence")] == ["https://c.example"]


def test_members_are_listed_in_the_order_in_which_they_first_checked_in(db: sqlite3.Connection) -> None:
    save(db, BEN, after=1)
    save(db, EVA, after=3)
    save(db, ADA, after=2)
    save(db, BEN, after=9, entry=Entry("changed"))
    save(db, 40, guild=OTHER)
    save(db, 50, day=MONDAY + ONE_DAY)
    assert store.members_done(db, GUILD, MONDAY, since=MONDAY_NOON) == [BEN, ADA, EVA]
    assert store.members_done(db, GUILD, MONDAY, since=MONDAY_NOON + timedelta(minutes=2)) == [ADA, EVA]
