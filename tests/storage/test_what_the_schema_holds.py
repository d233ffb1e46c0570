"""Every column of the schema is accounted for: who answers for it, and how it is read. A new one fails."""

import re
import sqlite3

import pytest

from bot.privacy.export import IDS, INSTANTS, JSON_COLUMNS
from bot.privacy.server_data import DEPARTED, HANGING, tables_of_servers
from bot.services import Services

PERSON = re.compile(
    r"user|member|person|people|author|owner|mention|voter|starter|(^|_)by(_|$)", re.IGNORECASE
)

NO_PERSON = {
    ("resource", "author"): "whoever wrote a book is named on it",
    ("resource", "replaced_by"): "a resource",
    ("poll", "ended_by"): "what ended the phase, such as its time",
}

TEXTS_OF_NO_MEMBER = {
    "departed_server": "a server and an instant",
    "downtime": "instants",
    "fact": "what the program keeps about itself",
    "hiring_thread": "public threads of Hacker News",
    "job": "the program's own jobs",
    "lead": "public posts of Hacker News, without who wrote them",
    "lead_search": "words of the same posts",
    "lead_search_config": "SQLite's own",
    "lead_search_content": "SQLite's own",
    "lead_search_data": "SQLite's own",
    "lead_search_idx": "SQLite's own",
    "lead_settings": "what admins chose for the server",
    "lead_shown": "which leads the server saw",
    "lead_weight": "what admins chose for the server",
    "question": "the server's own questions, written by admins",
    "resource": "the catalogue, and what curators took in for the server",
    "resource_hidden": "what curators do not want to see",
    "resource_link": "how links are doing",
    "resource_miss": "what was searched in vain, without who searched",
    "resource_settings": "what admins chose for the server",
    "resource_shelf": "a count",
    "server": "what admins chose for the server",
    "server_zone": "what admins chose for the server",
    "watch_round": "an instant",
}

GLOBAL = {"downtime", "fact", "hiring_thread", "job", "lead", "resource_link"}
"""What belongs to no server. Facts that do are deleted by their names; links, when they are on no shelf."""

PLAIN_NUMBERS = {
    *("id", "idea_id", "poll_id", "voter_id", "build_id", "application_id", "lead_id", "thread_id"),
    *("resource_id", "from_idea", "into_idea", "merged_into", "position", "serial", "seed", "picked"),
    *("minutes", "changes", "days", "follow_up", "attempts", "wanted", "shown"),
    *("late", "ping", "named", "second_ping", "direct_pings", "direct_weeks", "direct_leads", "seen"),
    *("standing_open", "skipped", "accepted", "mentioned", "paused", "founder", "follow_ups", "counted"),
    *("maths",),
}
"""Columns of whole numbers that are shown as they are: they count, name rows, or say yes or no."""


def tables(db: sqlite3.Connection) -> list[str]:
    names = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table'")]
    return [name for name in names if not name.startswith(("_yoyo", "yoyo_", "sqlite_"))]


def columns(db: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table with their types."""
    rows = db.execute("select name, type from pragma_table_xinfo(?)", (table,))
    return {row["name"]: row["type"] for row in rows}


def covered(services: Services) -> list[str]:
    return [table for feature in services.personal_data for table in feature.purpose.rows]


def unaccounted(db: sqlite3.Connection, services: Services) -> set[str]:
    """Tables that no feature answers for, with a person in them or of which nobody said what they hold."""
    known = covered(services)
    found = set()
    for table in set(tables(db)).difference(known):
        kinds = columns(db, table)
        if any(PERSON.search(column) and (table, column) not in NO_PERSON for column in kinds):
            found.add(table)
        if table not in TEXTS_OF_NO_MEMBER and not kinds.keys() <= {"guild_id"}:
            found.add(table)
    return found


def test_every_table_is_answered_for_by_just_one_feature_or_holds_nothing_of_a_member(
    services: Services, db: sqlite3.Connection
) -> None:
    known = covered(services)
    assert len(known) == len(set(known))
    assert not set(known) & TEXTS_OF_NO_MEMBER.keys()
    assert set(known) | TEXTS_OF_NO_MEMBER.keys() == set(tables(db))
    assert unaccounted(db, services) == set()


@pytest.mark.parametrize(
    "table",
    [
        "create table shortlist (guild_id integer, user_id integer) strict",
        "create table wish (guild_id integer, granted_by integer) strict",
        "create table remark (guild_id integer, text text) strict",
        "create table downtime_felt_by (voter integer)",
    ],
)
def test_a_table_that_nobody_answers_for_would_be_noticed(
    services: Services, db: sqlite3.Connection, table: str
) -> None:
    db.execute(table)
    assert len(unaccounted(db, services)) == 1


def test_a_person_in_a_new_column_of_a_table_without_people_would_be_noticed(
    services: Services, db: sqlite3.Connection
) -> None:
    db.execute("alter table question add column written_by integer")
    assert unaccounted(db, services) == {"question"}


def test_every_column_with_a_person_stands_in_a_table_whose_rows_are_found_by_server_and_member(
    services: Services, db: sqlite3.Connection
) -> None:
    for feature in services.personal_data:
        for table in feature.purpose.tables:
            assert {"guild_id", "user_id"} <= columns(db, table).keys(), table
        for table in feature.purpose.hanging:
            # Nobody is named there but by the number of a row elsewhere.
            people = {column for column in columns(db, table) if PERSON.search(column)}
            assert people <= {"voter_id"}, table


def test_every_feature_says_all_of_itself(services: Services) -> None:
    for feature in services.personal_data:
        purpose = feature.purpose
        texts = [purpose.title, purpose.what, purpose.kept, purpose.seen]
        texts += [purpose.stays] if purpose.stays is not None else []
        assert all(text.strip() for text in texts), feature.name
        # What a member reads fits into a field of an embed, with room for a longer language.
        assert sum(map(len, texts)) < 800, feature.name
        for counted in purpose.rows.values():
            one, two = counted(1).format(count=1), counted(2).format(count=2)
            assert (one.startswith("1 "), two.startswith("2 ")) == (True, True)
            assert one[2:] != two[2:]
        assert purpose.hanging <= purpose.rows.keys()
    titles = [feature.purpose.title for feature in services.personal_data]
    assert len(set(titles)) == len(titles)


def test_it_is_known_of_every_number_that_is_given_out_how_it_is_read(
    services: Services, db: sqlite3.Connection
) -> None:
    for table in covered(services):
        for column, kind in columns(db, table).items():
            if kind == "INTEGER":
                ways = [IDS.search(column), INSTANTS.search(column), column in PLAIN_NUMBERS]
                assert sum(map(bool, ways)) == 1, (table, column)


def test_json_is_given_out_as_json_wherever_it_stands(services: Services, db: sqlite3.Connection) -> None:
    given_out = {(table, column) for table in covered(services) for column in columns(db, table)}
    assert given_out >= JSON_COLUMNS
    of_lists = {
        (table, column)
        for table in covered(services)
        for column, default in db.execute("select name, dflt_value from pragma_table_xinfo(?)", (table,))
        if default == "'[]'"
    }
    assert of_lists <= JSON_COLUMNS


def test_every_table_goes_with_its_server_or_belongs_to_none(db: sqlite3.Connection) -> None:
    theirs = tables_of_servers(db)
    searched = {name for name in tables(db) if name.startswith("lead_search")}
    assert set(theirs) | HANGING.keys() | GLOBAL | {DEPARTED} | searched == set(tables(db))
    assert not (set(theirs) | HANGING.keys()) & GLOBAL
    assert not set(theirs) & HANGING.keys()
    # Rows are deleted by their keys, some at a time.
    for table in (*theirs, *HANGING):
        keys = db.execute("select count(*) from pragma_table_info(?) where pk > 0", (table,)).fetchone()[0]
        assert keys > 0, table
