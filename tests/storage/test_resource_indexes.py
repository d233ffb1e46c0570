"""What is read while somebody waits is looked up: no server is slower for what others have."""

import sqlite3
from collections.abc import Callable

import pytest

from bot.resources import link_health, links_store, marks_store, misses_store, store, suggestions_store
from tests.shelved_resources import NOW, an_entry, id_of, kill_link, stock

GUILD, ADA = 1, 101
OWN = an_entry("Forest Walks")

ASKED: list[Callable[[sqlite3.Connection], object]] = [
    lambda db: store.edition_of(db, GUILD),
    lambda db: store.on_shelf(db, GUILD),
    lambda db: store.on_shelf_by_address(db, GUILD),
    lambda db: store.find_on_shelf(db, GUILD, 1),
    lambda db: store.find_by_address(db, GUILD, "boat-radar.example"),
    lambda db: store.find_by_slug(db, GUILD, "boat-radar"),
    lambda db: store.find_all(db, GUILD, [1, 2]),
    lambda db: store.seen_of(db, GUILD, [1, 2]),
    lambda db: store.stand_ins(db, GUILD),
    lambda db: store.own(db, GUILD),
    lambda db: store.own_at(db, GUILD, "forest-walks.example"),
    lambda db: store.own_by_address(db, GUILD),
    lambda db: store.taken_off(db, GUILD),
    lambda db: link_health.health_of(db, [1]),
    lambda db: link_health.dead_on_shelf(db, GUILD),
    lambda db: links_store.next_due(db, NOW, lambda link: True),
    lambda db: marks_store.find(db, GUILD, ADA, 1),
    lambda db: marks_store.of_member(db, GUILD, ADA),
    lambda db: marks_store.move(db, GUILD, 1, 2),
    lambda db: marks_store.helped(db, GUILD),
    lambda db: marks_store.count_helped(db, GUILD, 1),
    lambda db: marks_store.reporters(db, GUILD, 1),
    lambda db: marks_store.reported_since(db, GUILD, NOW),
    lambda db: suggestions_store.waiting(db, GUILD),
    lambda db: suggestions_store.count_waiting(db, GUILD, ADA),
    lambda db: suggestions_store.waits_at(db, GUILD, "forest-walks.example"),
    lambda db: suggestions_store.of_member(db, GUILD, ADA),
    lambda db: suggestions_store.forget_member(db, GUILD, ADA),
    lambda db: misses_store.add(db, GUILD, NOW.date(), "walnuts"),
    lambda db: misses_store.of_week(db, GUILD, NOW.date()),
]


@pytest.mark.parametrize("asked", ASKED)
def test_what_others_have_is_not_looked_through(
    db: sqlite3.Connection, asked: Callable[[sqlite3.Connection], object]
) -> None:
    stock(db)
    store.add_own(db, GUILD, OWN, NOW)
    kill_link(db, id_of(db, "Boat Radar"), NOW)
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    asked(db)
    db.set_trace_callback(None)
    assert statements
    for statement in statements:
        plan = [row["detail"] for row in db.execute(f"explain query plan {statement}")]
        assert not [step for step in plan if step.startswith(("SCAN resource", "SCAN own", "SCAN listed"))]


def test_how_many_a_resource_helped_is_looked_up_by_the_resource(db: sqlite3.Connection) -> None:
    (plan,) = db.execute(
        "explain query plan select count(*) from resource_mark"
        " where guild_id = 1 and resource_id = 2 and helped_at is not null"
    ).fetchall()
    assert "resource_id=?" in plan["detail"]
