"""Entries as the columns of a table: what resources and suggestions both say of themselves."""

import json
import sqlite3
from typing import Any

from bot.resources.addresses import address_key
from bot.resources.entry import Entry, Step
from bot.search.facets import Cost, Kind, Level

COLUMNS = "address, address_key, title, good_for, kind, level, topics, cost, minutes, maths, step"


def values_of(entry: Entry) -> tuple[object, ...]:
    """What is stored of an entry, in the order of COLUMNS."""
    return (
        entry.address,
        address_key(entry.address),
        entry.title,
        entry.good_for,
        entry.kind.value,
        entry.level.value,
        json.dumps(list(entry.topics), ensure_ascii=False),
        entry.cost.value,
        entry.minutes,
        int(entry.maths),
        entry.step.value,
    )


def entry_of(row: sqlite3.Row, **more: Any) -> Entry:
    """The entry of a row that has the columns; `more` is what is said of it besides."""
    return Entry(
        title=row["title"],
        address=row["address"],
        good_for=row["good_for"],
        kind=Kind(row["kind"]),
        level=Level(row["level"]),
        topics=tuple(json.loads(row["topics"])),
        cost=Cost(row["cost"]),
        minutes=row["minutes"],
        maths=bool(row["maths"]),
        step=Step(row["step"]),
        **more,
    )
