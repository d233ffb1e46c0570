"""What members were told is done, and what the database says of it, in the same words."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

Key: TypeAlias = tuple[str | int, ...]
"""What a value is of: its kind, then the server, then whatever else it takes to tell it apart."""

Value: TypeAlias = str | int | bool | tuple[str, ...] | tuple[int, bool] | None

NOTHING: Value = None


class Refused(Exception):
    """The bot answered, and nothing was done."""


class Unsure(Exception):
    """Nobody can say what is there until it is looked at."""


class Promises:
    """What may be in the database: just what was answered, and what was asked for and not answered yet."""

    def __init__(self) -> None:
        self._may: dict[Key, set[Value]] = {}
        self.kept: Counter[str] = Counter()

    @contextmanager
    def of(self, key: Key, *values: Value) -> Iterator[None]:
        """While it lasts, any of the values may be there, or what was before; afterwards only the last.

        Where the answer never comes, all of them stay possible; with Refused, only what was before.
        """
        before = self._may.get(key, {NOTHING})
        self._may[key] = before | set(values)
        try:
            yield
        except Refused:
            self._may[key] = before
            raise
        self._may[key] = {values[-1]}
        self.kept[str(key[0])] += 1

    def known(self, key: Key) -> Value:
        """The one value that is there; raises Unsure until it was compared, if there may be several."""
        may = self._may.get(key, {NOTHING})
        if len(may) > 1:
            raise Unsure
        return next(iter(may))

    def compare(self, found: Mapping[Key, Value]) -> list[str]:
        """A sentence for whatever is not as it was answered; from then on what was found is what is there."""
        wrong = []
        for key in self._may.keys() | found.keys():
            there, may = found.get(key, NOTHING), self._may.get(key, {NOTHING})
            if there not in may:
                wrong.append(f"{key} is {there!r}, and was answered as {' or '.join(map(repr, may))}")
            self._may[key] = {there}
        return sorted(wrong)


_OF_MEMBERS: Mapping[str, str] = {
    "check-in": """
        select guild_id, user_id, local_day, done || ' ' || (
            select group_concat(url) from evidence
            where (evidence.guild_id, evidence.user_id, evidence.local_day)
                = (checkin.guild_id, checkin.user_id, checkin.local_day)
        ) from checkin
    """,
    "tap": "select id, picked from poll_card where picked is not null",
    "note": "select guild_id, user_id, text, count(*) from application_note group by 1, 2, 3",
    "goal": "select guild_id, user_id, text, group_concat(state) from goal group by 1, 2, 3",
    "idea": """
        select guild_id, user_id, title, count(*) from idea where title like 'Idea number %' group by 1, 2, 3
    """,
    "suggestion": """
        select guild_id, address, count(*) from resource_suggestion where title like 'Number %' group by 1, 2
    """,
    "saved": "select guild_id, user_id, resource_id, 1 from resource_mark where saved_at is not null",
    "helped": "select guild_id, user_id, resource_id, 1 from resource_mark where helped_at is not null",
    "preference": "select guild_id, user_id, shown from preference where shown <> 'nothing'",
    "look back": "select guild_id, lookback_weekday from server where lookback_weekday is not null",
    "routine": """
        select guild_id, user_id, at from routine where at like '%:01' and set_at = (
            select max(set_at) from routine as other
            where (other.guild_id, other.user_id) = (routine.guild_id, routine.user_id)
        )
    """,
}
"""By the kind of value, what is selected: the rest of the key, then the value."""


def found_in(database: Path) -> dict[Key, Value]:
    """All values that are there while no bot runs; raises sqlite3.DatabaseError where the file is not whole.

    It looks at a copy: whoever opens the file after a crash tidies up, which is left to the next bot.
    """
    copy = database.with_name("looked-at.db")
    for end in ("", "-wal"):
        target = copy.with_name(f"{copy.name}{end}")
        target.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            shutil.copy(database.with_name(f"{database.name}{end}"), target)
    with closing(sqlite3.connect(copy)) as db:
        ((whole,),) = db.execute("pragma integrity_check").fetchall()
        if whole != "ok":
            raise sqlite3.DatabaseError(whole)
        db.execute("begin")
        found: dict[Key, Value] = {}
        for kind, statement in _OF_MEMBERS.items():
            for row in db.execute(statement):
                found[kind, *row[:-1]] = row[-1]
        found |= _jobs(db) | _ballots(db) | _focus(db)
    return found


def _jobs(db: sqlite3.Connection) -> dict[Key, Value]:
    """The state of each job that was taken out of a lead, behind the steps that led there."""
    rows = db.execute(
        """
        select guild_id, user_id, lead_id, state, json_group_array(step) from (
            select application.guild_id, application.user_id, lead_id, application.id, state, step
            from application left join application_step on application_id = application.id
            where lead_id is not null order by application_step.id
        ) group by id
        """
    )
    return {("job", *whose, lead): (*json.loads(steps), state) for *whose, lead, state, steps in rows}


def _ballots(db: sqlite3.Connection) -> dict[Key, Value]:
    rows = db.execute(
        """
        select poll_voter.poll_id, user_id, ballot
        from poll_ballot join poll_voter on voter_id = poll_voter.id
        """
    )
    return {("ballot", poll, user): ballot_text(json.loads(ballot)["places"]) for poll, user, ballot in rows}


def ballot_text(places: Mapping[str, int]) -> str:
    """A ballot of places by position, in the order of positions."""
    return json.dumps(dict(sorted((int(position), int(place)) for position, place in places.items())))


def _focus(db: sqlite3.Connection) -> dict[Key, Value]:
    rows: Sequence[tuple[int, int, int, int]] = db.execute(
        "select guild_id, user_id, count(*), sum(stopped_at is null) from focus group by 1, 2"
    ).fetchall()
    return {("focus", guild, user): (blocks, bool(running)) for guild, user, blocks, running in rows}
