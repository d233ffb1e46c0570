"""When the rules of a zone change: what is planned keeps its local day and time, and gets a new instant.

What is planned holds an instant, which was reckoned by the rules of its zone as they were known then. A
country that changes them tells so months or days ahead, and a newer version of the zone data brings it here.
"""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.delivery.due import FAR_FUTURE
from bot.facts import fact_of, keep_fact
from bot.localtime import ONE_DAY, Weekdays, next_occurrence
from bot.storage.database import Database
from bot.zone_data import forget_rules, rules_of

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(days=1)
AT_ONCE = 5_000
"""Rows that are looked through in one transaction, so that a million of them hold nobody up."""

RULES = "zone rules"
"""The name of the fact that says by which rules of each zone what is planned was reckoned."""

FURTHEST = timedelta(days=3)
"""No change of a zone's rules moves a time of a local day by more."""

Rules = Mapping[str, str | None]

Occurrences = dict[tuple[str, str, int, str], tuple[int, str] | None]
"""By zone, time, days and local day: a million rows have some thousands of these between them."""


@dataclass(frozen=True, slots=True)
class _Moved:
    id: int
    was_at: int
    was_on: str
    at: int
    day: str


class ZoneChanges:
    """Looks whether the machine's zone data is another than that by which the plans were made."""

    def __init__(self, database: Database):
        self._database = database
        self._read_by: Rules = {}

    async def look(self) -> int:
        """Reckon anew what is planned in zones whose rules have changed; answers how many rows that moved.

        At the start before anything is claimed, and daily: the data may be changed beneath a running bot.
        """
        zones = await self._zones_in_use()
        rules = await asyncio.to_thread(lambda: {zone: rules_of(zone) for zone in sorted(zones)})
        # A zone that is new here may have been read before it was changed.
        if any(self._read_by.get(zone, "") != rules[zone] for zone in zones):
            forget_rules()
        self._read_by = rules
        planned_by = await self._database.read(_planned_by)
        changed = {zone for zone in zones if planned_by.get(zone, "") != rules[zone]}
        unknown = sorted(zone for zone in zones if rules[zone] is None)
        if unknown:
            log.error(
                "the zone data of this machine knows no %s: nothing comes there until it does",
                ", ".join(unknown),
            )
        moved = await self._reckon_anew(changed.difference(unknown))
        if planned_by != rules:
            await self._database.write(keep_fact, RULES, json.dumps(rules))
        if moved:
            log.info("the zone data has changed: %d rows that are planned have another instant now", moved)
        return moved

    async def _zones_in_use(self) -> set[str]:
        zones, after = await self._database.read(_zones_from, 0)
        while after is not None:
            more, after = await self._database.read(_zones_from, after)
            zones |= more
        return zones

    async def _reckon_anew(self, zones: Collection[str]) -> int:
        number = 0
        known: Occurrences = {}
        after: int | None = 0 if zones else None
        while after is not None:
            moved, after = await self._database.read(_moved_from, after, zones, known)
            if moved:
                number += await self._database.write(_move, moved)
        return number


def _planned_by(db: sqlite3.Connection) -> Rules:
    rules: Rules = json.loads(fact_of(db, RULES) or "{}")
    return rules


def _last_of_bit(db: sqlite3.Connection, after: int) -> int | None:
    """The id of the last of the rows that are looked through together; None where no more follow."""
    row = db.execute(
        "select id from due where id > ? order by id limit 1 offset ?", (after, AT_ONCE - 1)
    ).fetchone()
    return None if row is None else int(row["id"])


def _zones_from(db: sqlite3.Connection, after: int) -> tuple[set[str], int | None]:
    last = _last_of_bit(db, after)
    rows = db.execute(
        "select distinct zone from due where id > ? and id <= ? and days <> 0", (after, last or FAR_FUTURE)
    )
    return {str(row["zone"]) for row in rows}, last


def _moved_from(
    db: sqlite3.Connection, after: int, zones: Collection[str], known: Occurrences
) -> tuple[list[_Moved], int | None]:
    """What happens only once has an instant of its own, and keeps it."""
    last = _last_of_bit(db, after)
    rows = db.execute(
        """
        select id, zone, at, days, local_day, due_at from due
        where id > ? and id <= ? and days <> 0 and due_at < ? and zone in (select value from json_each(?))
        """,
        (after, last or FAR_FUTURE, FAR_FUTURE, json.dumps(list(zones))),
    )
    return [moved for row in rows if (moved := _moved(row, known)) is not None], last


def _moved(row: sqlite3.Row, known: Occurrences) -> _Moved | None:
    plan = (row["zone"], row["at"], row["days"], row["local_day"])
    if plan not in known:
        known[plan] = _anew(*plan)
    anew = known[plan]
    if anew is None or anew == (row["due_at"], row["local_day"]):
        return None
    return _Moved(row["id"], row["due_at"], row["local_day"], *anew)


def _anew(zone: str, at: str, days: int, local_day: str) -> tuple[int, str] | None:
    """The same local day again; a day that its zone does not have any more gives way to the next."""
    day = date.fromisoformat(local_day)
    before = datetime.combine(day, time(), UTC) - FURTHEST
    found = next_occurrence(before, zone, time.fromisoformat(at), Weekdays(days), after_day=day - ONE_DAY)
    return None if found is None else (int(found.at.timestamp()), found.day.isoformat())


def _move(db: sqlite3.Connection, moved: Collection[_Moved]) -> int:
    """What was claimed or planned otherwise meanwhile is left as it is."""
    changed = db.executemany(
        "update due set due_at = ?, local_day = ? where id = ? and due_at = ? and local_day = ?",
        [(each.at, each.day, each.id, each.was_at, each.was_on) for each in moved],
    )
    return changed.rowcount
