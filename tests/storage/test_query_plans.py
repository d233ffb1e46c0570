"""No statement reads a table from end to end that grows with members and years.

Read out of the code are all statements that stand there as they are; SQLite says how it would carry them out.
"""

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.delivery import members
from bot.services import Services
from bot.storage.migrations import migrate

BOT = Path(__file__).parents[2] / "bot"

DO_NOT_GROW = {
    *("server", "departed_server", "lead_settings", "resource_settings", "resource_shelf", "resource_link"),
    *("downtime", "job", "fact", "hiring_thread", "lead", "lead_search", "resource_miss", "poll", "watch"),
    *("buddy", "buddy_search", "introduction", "sqlite_schema", "sqlite_master", "_yoyo_migration"),
}
"""Of each server some rows at most, of few members one, or the same for all, however many there are."""

OUTSTANDING = {"delivery_waiting", "delivery_to_do", "delivery_by_message"}
"""Indexes with what waits to be sent only."""

COUNTED = {
    "select count(*) from due": "a million in milliseconds, since SQLite counts the leaves of an index"
}
OUTSIDE = {"select zone from server union select zone from due": "by the doctor, in a process of its own"}

PIECES = ("select idea.*, ( select json_group_array(user_id) from idea_co_author",)
"""What is no statement yet: whose rows it reads is said where it is used."""

STATEMENT = re.compile(r"\s*(select|insert|update|delete|with)\s", re.IGNORECASE)
SCANNED = re.compile(r"SCAN (\w+)(?! VIRTUAL)(?: USING (?:COVERING )?INDEX (\w+))?")


def statements() -> Iterator[tuple[str, str]]:
    """Where a statement stands, and the statement on one line."""
    for file in sorted(BOT.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        parts = {
            id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or id(node) in parts or not isinstance(node.value, str):
                continue
            if STATEMENT.match(node.value):
                yield f"{file.relative_to(BOT)}:{node.lineno}", " ".join(node.value.split())


def plan(db: sqlite3.Connection, statement: str) -> list[str]:
    """How SQLite would carry a statement out."""
    return [row[3] for row in db.execute(f"explain query plan {statement}", _nothing(statement))]


def _nothing(statement: str) -> dict[str, None] | list[None]:
    names = re.findall(r":(\w+)", re.sub(r"'[^']*'", "", statement))
    if names:
        return dict.fromkeys(names)
    numbered = [int(number) for number in re.findall(r"\?(\d+)", statement)]
    return [None] * (max(numbered) if numbered else statement.count("?"))


def scanned(db: sqlite3.Connection, statement: str) -> list[str]:
    """The growing tables that a statement reads from end to end."""
    tables = {name for (name,) in db.execute("select name from sqlite_schema where type = 'table'")}
    found = [match.groups() for step in plan(db, statement) if (match := SCANNED.fullmatch(step))]
    return [
        table
        for table, index in found
        if table in tables and table not in DO_NOT_GROW and index not in OUTSTANDING
    ]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "empty.db"
    migrate(path)
    with closing(sqlite3.connect(path)) as db:
        yield db


def test_no_statement_reads_all_of_what_grows(db: sqlite3.Connection) -> None:
    looked_at, scans = 0, []
    for where, statement in statements():
        try:
            found = scanned(db, statement)
        except sqlite3.OperationalError:
            # An English sentence that begins like a statement, or a piece of one that is put together.
            continue
        looked_at += 1
        if found and statement not in COUNTED | OUTSIDE and not statement.startswith(PIECES):
            scans.append(f"{where} reads all of {', '.join(found)}: {statement}")
    assert looked_at > 300
    assert scans == []


def test_what_is_allowed_is_still_said(db: sqlite3.Connection) -> None:
    said = {statement for _, statement in statements()}
    for statement in COUNTED | OUTSIDE:
        assert statement in said
        assert scanned(db, statement)


@pytest.mark.parametrize("verb", ["select *", "delete"])
async def test_a_members_rows_are_found_by_the_member(
    services: Services, db: sqlite3.Connection, verb: str
) -> None:
    tables = {table for feature in services.personal_data for table in feature.tables}
    # Of these a server has few; of what was sent, bot.delivery.members finds a member's rows.
    assert {"checkin", "due", "goal", "focus", "delivery"} <= tables
    for table in sorted(tables - {"delivery", "poll", "resource_report"}):
        columns = {row[1] for row in db.execute(f"pragma table_info({table})")}
        if not {"guild_id", "user_id"} <= columns:
            continue
        (step, *_) = plan(db, f"{verb} from {table} where guild_id = ? and user_id = ?")
        assert re.match(rf"SEARCH {table} .*\(guild_id=\? AND user_id=\?", step), step


def test_what_was_sent_to_a_member_is_found_kind_by_kind(db: sqlite3.Connection) -> None:
    steps = plan(db, members.THEIRS)
    assert not [step for step in steps if "SCAN delivery" in step]
    assert [step for step in steps if step.endswith("(kind=? AND guild_id=? AND user_id=?)")]


def test_what_is_of_a_server_is_found_by_the_server(db: sqlite3.Connection) -> None:
    rows = db.execute(
        """
        select tables.name from sqlite_schema as tables, pragma_table_info(tables.name) as columns
        where tables.type = 'table' and columns.name = 'guild_id'
        """
    ).fetchall()
    assert len(rows) > 30
    for (table,) in rows:
        (step, *_) = plan(db, f"select 1 from {table} where guild_id = ?")
        assert re.match(rf"SEARCH {table} .*\((guild_id|rowid)=\?", step), step
