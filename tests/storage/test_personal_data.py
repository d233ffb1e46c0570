"""What is stored about a person can be given out and forgotten, completely, by every feature."""

import json
import re
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import datetime, time

import pytest

from bot.checkins.rules import Entry
from bot.checkins.service import Form
from bot.delivery.messenger import Direct, Place, Thread
from bot.errors import NoRoutine
from bot.ideas.rules import IdeaText
from bot.leads.filters import Filters
from bot.resources.store import on_shelf
from bot.services import Services
from bot.tracker.rules import State, clean_job
from bot.watches.rules import How
from tests.clocks import ManualClock
from tests.posted_leads import post

GUILD, OTHER = 1001, 1002
# Long enough to be found in any text, and in nothing else.
ADA, BEN, OTTO = 777_000_111_222_333_444, 777_000_555_666_777_888, 777_000_999_999_999_999

STAYS_AS_NOBODYS = {"poll", "poll_voter"}
"""What others go on with: a poll that is over, and the votes counted in it."""

HANGING_ON = {
    "poll_card": ("poll_voter", "id", "voter_id"),
    "poll_ballot": ("poll_voter", "id", "voter_id"),
    "poll_entry": ("idea", "id", "idea_id"),
    "build": ("build_member", "build_id", "id"),
}
"""Tables in which no person stands: the table that their rows hang on, and the columns that join the two."""

Row = dict[str, object]
PERSON = re.compile(r"user|member|person|author|owner|mention|people", re.IGNORECASE)
NO_MEMBERS = {("resource", "author")}
"""Columns that hold people who need not be forgotten: whoever wrote a book is named on it."""


def own_tables(db: sqlite3.Connection) -> list[str]:
    """All tables but those of yoyo, which hold who ran a migration, and of SQLite."""
    names = [
        name for (name,) in db.execute("select name from sqlite_schema where type = 'table' order by name")
    ]
    return [name for name in names if not name.startswith(("_yoyo", "yoyo_", "sqlite_"))]


def columns_with_people(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns that hold a person, by table, as their names tell."""
    found = {}
    for table in own_tables(db):
        columns = [name for (name,) in db.execute("select name from pragma_table_xinfo(?)", (table,))]
        people = [column for column in columns if PERSON.search(column) and (table, column) not in NO_MEMBERS]
        if people:
            found[table] = people
    return found


def everything(db: sqlite3.Connection) -> dict[str, list[Row]]:
    return {table: [dict(row) for row in db.execute(f"select * from {table}")] for table in own_tables(db)}


def of(rows: list[Row], guild_id: int, user_id: int) -> list[Row]:
    return [row for row in rows if (row.get("guild_id"), row.get("user_id")) == (guild_id, user_id)]


def hanging(stored: dict[str, list[Row]], table: str) -> list[Row]:
    """Ada's rows of a table in which no person stands, by the rows that they hang on."""
    parent, key, column = HANGING_ON[table]
    mine = [row[key] for row in of(stored[parent], GUILD, ADA)]
    return [row for row in stored[table] if row[column] in mine]


def about(rows: list[Row], guild_id: int, user_id: int) -> list[Row]:
    """The rows of a server that are of a member or name them."""
    return [
        row
        for row in rows
        if row.get("guild_id") == guild_id
        and any(value == user_id for column, value in row.items() if PERSON.search(column))
    ]


def with_buddies(db: sqlite3.Connection, guild: int, user: int) -> None:
    """Rows of every kind that buddies leave behind, on both sides."""
    pairs = [(guild, user, OTTO), (guild, OTTO, user)]
    db.executemany("insert or ignore into buddy values (?, ?, ?, 0)", pairs)
    db.executemany("insert into buddy_before values (?, ?, ?, 0)", pairs)
    db.executemany(
        "insert into nudge values (?, ?, ?, ?, 0)", [(*pair[:2], str(user), pair[2]) for pair in pairs]
    )
    db.execute("insert into buddy_search values (?, ?, 0)", (guild, user))


async def with_jobs(services: Services, guild: int, user: int) -> None:
    """A job that was applied for and all that can be noted about it, and an introduction."""
    tracker = services.tracker
    number = (await tracker.add(guild, user, clean_job("Acme"))).application.id
    await tracker.move(guild, user, number, State.APPLIED)
    await tracker.note(guild, user, number, "A note")
    await tracker.add_round(guild, user, number, "A call")
    await tracker.choose(guild, user, counted=True)
    await services.introductions.write(guild, user, location="Porto")


def with_merges(db: sqlite3.Connection, guild: int, user: int) -> None:
    """An idea of another's that the member is a co-author of, and a merge that they proposed."""
    row = "(null, ?, ?, 'Theirs', '', '', '', '', 'open', null, 0, 0)"
    idea = db.execute(f"insert into idea values {row}", (guild, OTTO)).lastrowid
    db.execute("insert into idea_co_author values (?, ?, ?)", (idea, guild, user))
    db.execute("insert into idea_merge values (null, ?, ?, 5, 0, ?, 0, null, null)", (guild, user, idea))


def with_builds(db: sqlite3.Connection, guild: int, *users: int) -> None:
    """A build that all of them are in, with a baseline that is there."""
    build = db.execute(
        """
        insert into build (guild_id, poll_id, position, channel_id, title, problem, angle, baseline, link,
                           zone, began_at, until, state, ended_at, shown)
        values (?, 1, 0, 5, 'Theirs', '', '', '', '', 'UTC', 0, 604800, 'there', 0, 'https://a.example')
        """,
        (guild,),
    ).lastrowid
    rows = [(build, guild, user) for user in users]
    db.executemany("insert into build_member values (?, ?, ?, 0, 1, '1970-01-01')", rows)


def with_polls(db: sqlite3.Connection, guild: int, user: int, voter: int) -> None:
    """A poll of the member's that is over, to which they are invited as if it were another's; both voted."""
    poll = db.execute(
        """
        insert into poll (guild_id, channel_id, user_id, name, purpose, scope, method, standing_open, seed,
                          phase, collect_until, cards_until, final_until, started_at, phase_since)
        values (?, 5, ?, 'Ours', 'resume', 'invited', 'scores', 0, 1, 'closed', 1, 2, 3, 0, 3)
        """,
        (guild, user),
    ).lastrowid
    db.execute("insert into poll_invited values (?, ?, ?)", (poll, guild, user))
    db.execute(
        """
        insert into poll_entry
        select ?, 0, guild_id, min(id), title, problem, angle, baseline, link, null from idea
        where guild_id = ? and user_id = ?
        """,
        (poll, guild, user),
    )
    for number, one in enumerate((user, voter)):
        voted = db.execute(
            "insert into poll_voter values (null, ?, ?, ?, ?, 0)", (poll, guild, one, f"{poll}-{number}")
        ).lastrowid
        db.execute("insert into poll_card values (null, ?, ?, '[0,1]', 1, 0, 1, 2)", (poll, voted))
        db.execute("insert into poll_ballot values (?, ?, '{}', 3)", (voted, poll))


async def with_watches(services: Services, guild: int, user: int) -> None:
    """A watch that found something, and the wish not to be told of it."""
    await services.watches.add(guild, user, Filters(words="things"), "My things")
    await services.watches.tell(guild, user, How.SILENT)
    assert (await services.watches.matches(guild, user)).new


async def with_resources(services: Services, guild: int, user: int) -> None:
    """A resource that is something to the member, whose link they reported, and one that they suggested."""
    number = await services.database.read(lambda db: on_shelf(db, guild)[0].id)
    await services.resources.save(guild, user, number, on=True)
    await services.resources.report_dead(guild, user, number)
    address = f"https://nuts.example/{guild}/{user == ADA}"
    made = await services.curation.suggest(
        guild, user, address=address, title="Nuts", good_for="Teaches nuts."
    )
    await services.curation.decline(guild, made.id, "Not about learning.")


@pytest.fixture
async def services(services: Services, clock: ManualClock) -> Services:
    """Two servers in which the same two people plan, are pinged and check in."""
    await services.database.write(post, 1, clock.now())
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
        for user in (ADA, BEN):
            await services.routines.plan(guild, user, days="mon-fri", at="13:00", ping=True)
            await services.checkins.report(
                guild, user, Entry("Built https://a.example", "Test it", "Nothing")
            )
            await services.preferences.change(guild, user, named=True)
            await services.goals.add(guild, user, "Ship it")
            await services.focus.start(guild, user, minutes=25, seen=False)
            await services.database.write(with_buddies, guild, user)
            await services.ideas.add(guild, user, IdeaText("Bird calls on a phone"))
            await services.database.write(with_merges, guild, user)
            await with_jobs(services, guild, user)
            await with_watches(services, guild, user)
            await with_resources(services, guild, user)
        await services.database.write(with_builds, guild, ADA, BEN)
        for user in (ADA, BEN):
            await services.database.write(with_polls, guild, user, OTTO)
    clock.advance(days=1, hours=2)
    for guild in (GUILD, OTHER):
        for user in (ADA, BEN):
            await services.checkins.report(guild, user, Entry("Tested it"))
            await services.routines.pause(guild, user, "in 7 days", "in 9 days")
    clock.advance(days=1)
    for guild in (GUILD, OTHER):
        for user in (ADA, BEN):
            await services.checkins.not_today(guild, user)
    await services.delivery.claim_due()
    return services


async def forget(services: Services, guild_id: int, user_id: int) -> None:
    def all_features(db: sqlite3.Connection) -> None:
        for feature in services.personal_data:
            feature.forget_member(db, guild_id, user_id)

    await services.database.write(all_features)


def test_every_table_that_holds_a_person_belongs_to_a_feature(
    services: Services, db: sqlite3.Connection
) -> None:
    covered = frozenset().union(*(feature.tables for feature in services.personal_data))
    assert columns_with_people(db).keys() <= covered
    # rows_of and delete_rows_of find a member's rows by these two columns.
    for table in covered:
        columns = {name for (name,) in db.execute("select name from pragma_table_info(?)", (table,))}
        assert {"guild_id", "user_id"} <= columns, table


@pytest.mark.parametrize(
    "table",
    [
        "create table shortlist (guild_id integer, user_id integer) strict",
        "create table wish (guild_id integer, member_id integer) strict",
        "create table wish_list (id integer primary key, author integer)",
        "create table seen (post_id integer, owned_by_user integer generated always as (post_id) virtual)",
    ],
)
def test_a_new_table_with_a_person_in_it_would_be_noticed(db: sqlite3.Connection, table: str) -> None:
    before = columns_with_people(db).keys()
    db.execute(table)
    assert len(columns_with_people(db).keys() - before) == 1


def test_no_two_features_have_a_name_or_a_table_in_common(services: Services) -> None:
    names = [feature.name for feature in services.personal_data]
    tables = [table for feature in services.personal_data for table in feature.purpose.rows]
    assert len(set(names)) == len(names)
    assert len(set(tables)) == len(tables)


def test_an_export_holds_all_of_a_member_in_a_server_and_nothing_of_anybody_else(
    services: Services, db: sqlite3.Connection
) -> None:
    stored = everything(db)
    for feature in services.personal_data:
        given_out = feature.export_member(db, GUILD, ADA)
        assert given_out.keys() == feature.purpose.rows.keys()
        for table, rows in given_out.items():
            assert rows, f"the test stores nothing in {table}"
            mine = hanging(stored, table) if table in HANGING_ON else of(stored[table], GUILD, ADA)
            # A feature may say more of a row than is stored in it, and nothing less.
            assert [{name: row[name] for name in kept} for row, kept in zip(rows, mine, strict=True)] == mine
        assert json.loads(json.dumps(given_out)) == given_out
        assert str(BEN) not in json.dumps(given_out)


def test_an_export_of_somebody_unknown_is_empty(services: Services, db: sqlite3.Connection) -> None:
    for guild, user in ((GUILD, 99), (99, ADA)):
        for feature in services.personal_data:
            assert feature.export_member(db, guild, user) == {table: [] for table in feature.purpose.rows}


async def test_forgetting_takes_all_of_a_member_in_a_server_and_nothing_of_anybody_else(
    services: Services, db: sqlite3.Connection
) -> None:
    before = everything(db)
    await forget(services, GUILD, ADA)
    expected = {
        table: [row for row in rows if row not in about(rows, GUILD, ADA)] for table, rows in before.items()
    }
    for table in STAYS_AS_NOBODYS:
        theirs = of(before[table], GUILD, ADA)
        expected[table] = [row | {"user_id": None} if row in theirs else row for row in before[table]]
    for row in expected["poll_entry"]:
        if row in hanging(before, "poll_entry"):
            row.update(title="")
    after = everything(db)
    # What was posted of the days is to show what is true now.
    for row in [*after["delivery"], *expected["delivery"]]:
        if row["kind"] == "prompt" and row["guild_id"] == GUILD:
            row["wanted"] = row["next_try_at"] = None
    assert after == expected
    assert sum(map(len, expected.values())) < sum(map(len, before.values()))


async def test_who_is_forgotten_everywhere_leaves_no_trace(
    services: Services, db: sqlite3.Connection
) -> None:
    def traces(user: int) -> list[tuple[str, Row]]:
        stored = everything(db)
        return [(table, row) for table in stored for row in stored[table] if str(user) in str(row)]

    assert {table for table, _ in traces(ADA)} == set(columns_with_people(db))
    for guild in (GUILD, OTHER):
        await forget(services, guild, ADA)
    assert traces(ADA) == []
    assert traces(BEN) != []


async def test_each_feature_forgets_its_own_tables_only(services: Services, db: sqlite3.Connection) -> None:
    for feature in services.personal_data:
        before = everything(db)
        await services.database.write(feature.forget_member, GUILD, ADA)
        after = everything(db)
        changed = {table for table in before if before[table] != after[table]}
        # Messages that name the member are changed or deleted with what they are about.
        own, hanging_too = feature.purpose.tables, set(feature.purpose.rows)
        assert own - {"delivery"} <= changed - {"delivery"} <= hanging_too


async def test_forgetting_twice_or_somebody_unknown_does_no_harm(
    services: Services, db: sqlite3.Connection
) -> None:
    await forget(services, GUILD, ADA)
    before = everything(db)
    await forget(services, GUILD, ADA)
    await forget(services, 99, BEN)
    assert everything(db) == before


async def test_who_was_forgotten_begins_anew(services: Services) -> None:
    await forget(services, GUILD, ADA)
    form = await services.checkins.form(GUILD, ADA)
    assert form == Form(form.day, Entry(""), edits=False)
    assert await services.checkins.ledger(GUILD, ADA) == []
    with pytest.raises(NoRoutine):
        await services.routines.find(GUILD, ADA)
    report = await services.checkins.report(GUILD, ADA, Entry("Here again"))
    assert (report.is_new, report.streak) == (True, 1)
    planned = await services.routines.plan(GUILD, ADA, ping=True)
    assert planned.next_ping is not None


class Interrupted:
    """A messenger during whose sending something else happens."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]):
        self.sent = 0
        self._meanwhile = meanwhile

    async def send(self, place: Place, content: object, nonce: str) -> int:
        self.sent += 1
        await self._meanwhile()
        return self.sent

    async def edit(self, place: Place, message_id: int, content: object, nonce: str) -> None:
        """Nothing to change."""

    async def find(self, place: Place, nonce: str, since: datetime) -> int | None:
        return None

    async def delete(self, place: Place, message_id: int) -> None:
        """Nothing to delete."""

    async def open_direct(self, direct: Direct) -> int:
        return -direct.user_id

    async def open_thread(self, thread: Thread) -> int:
        return thread.message_id


async def test_who_is_forgotten_while_a_message_is_on_its_way_does_not_come_back(
    services: Services, db: sqlite3.Connection
) -> None:
    messenger = Interrupted(lambda: forget(services, GUILD, ADA))
    await services.delivery.send_outstanding(messenger, only_guild=GUILD)
    assert messenger.sent > 0
    stored = everything(db)
    assert [table for table in stored if of(stored[table], GUILD, ADA)] == []
