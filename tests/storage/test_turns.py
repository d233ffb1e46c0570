"""Turns to begin a session: one at a time for all processes, whatever the clock does."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from bot.turns import EVERY, take

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_turn_is_free_again_a_while_after_it_was_taken(db: sqlite3.Connection) -> None:
    assert take(db, NOON, 0) == 0.0
    assert take(db, NOON + 2 * SECOND, 0) == pytest.approx(EVERY.total_seconds() - 2)
    assert take(db, NOON + EVERY, 0) == 0.0
    assert take(db, NOON + EVERY + SECOND, 0) > 0


def test_one_lane_does_not_wait_for_another(db: sqlite3.Connection) -> None:
    assert [take(db, NOON, lane) for lane in (0, 1, 2, 1)] == [0.0, 0.0, 0.0, EVERY.total_seconds()]


def test_a_clock_that_was_set_back_holds_up_nobody(db: sqlite3.Connection) -> None:
    assert take(db, NOON, 0) == 0.0
    assert take(db, NOON - timedelta(hours=1), 0) == 0.0
