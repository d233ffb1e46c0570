"""Everything that is stored about a member, to take away: JSON, CSV and an explanation, zipped. Pure."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, StringIO
from textwrap import wrap
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.delivery.due import FAR_FUTURE
from bot.personal_data import Purpose, Record
from bot.texts import gettext as _
from bot.texts import ngettext

LARGEST_FILE = 10_000_000
"""Discord takes files of 10 MiB; a little is left for the rest of the request."""

IDS = re.compile(r"(user|guild|channel|message)_id$")
"""Discord's ids have more digits than most programs keep in a number, so they are given as text."""

INSTANTS = re.compile(r"(_at|_until|^since|^until|_since|^company)$")
"""Columns that hold whole seconds since 1970 in UTC, where they hold numbers."""

NEVER = "never"
"""In place of an instant that does not come: what was planned once and has come is not due again."""

JSON_COLUMNS = frozenset(
    {
        ("watch", "filters"),
        ("poll", "shortlist"),
        ("poll", "tried"),
        ("poll_card", "shown"),
        ("poll_ballot", "ballot"),
        ("resource_suggestion", "topics"),
    }
)

LINE = 100
"""Characters on a line of the explanation at most."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"

Exported = Mapping[str, Mapping[str, Sequence[Record]]]
"""Rows by feature and table."""


@dataclass(frozen=True, slots=True)
class About:
    """Whose data it is, of which server, and when it was taken out; the name of one that was left is None."""

    guild_id: int
    server_name: str | None
    user_id: int
    made_at: datetime


def archives(
    exported: Exported, purposes: Mapping[str, Purpose], about: About, limit: int = LARGEST_FILE
) -> list[bytes]:
    """The ZIP file with everything, or so many with a share of each table's rows that none is over the limit.

    A single row is never divided, so a limit below what one takes is not kept.
    """
    readable = {
        name: {table: [shown(table, row) for row in rows] for table, rows in tables.items()}
        for name, tables in exported.items()
    }
    most = max((len(rows) for tables in readable.values() for rows in tables.values()), default=0)
    number = 1
    while True:
        parts = [
            _archive(_share(readable, part, number), purposes, about, part, number) for part in range(number)
        ]
        if number >= most or all(len(part) <= limit for part in parts):
            return parts
        number *= 2


def shown(table: str, row: Record) -> dict[str, object]:
    """A row as people and programs read it: instants in ISO 8601, ids as text, and JSON as what it says."""
    return {column: _shown(table, column, value) for column, value in row.items()}


def _shown(table: str, column: str, value: str | float | None) -> object:
    if value is None:
        return None
    if isinstance(value, int):
        if IDS.search(column):
            return str(value)
        if INSTANTS.search(column):
            return NEVER if value >= FAR_FUTURE else _iso(datetime.fromtimestamp(value, UTC))
    elif isinstance(value, str) and (table, column) in JSON_COLUMNS:
        return json.loads(value)
    return value


def _share(
    readable: Mapping[str, Mapping[str, list[dict[str, object]]]], part: int, number: int
) -> dict[str, dict[str, list[dict[str, object]]]]:
    """The rows that go into one of so many parts; each row goes into one, and each part has all tables."""
    return {
        name: {
            table: rows[len(rows) * part // number : len(rows) * (part + 1) // number]
            for table, rows in tables.items()
        }
        for name, tables in readable.items()
    }


def _archive(
    readable: Mapping[str, Mapping[str, list[dict[str, object]]]],
    purposes: Mapping[str, Purpose],
    about: About,
    part: int,
    number: int,
) -> bytes:
    whole = {
        "server": str(about.guild_id),
        "member": str(about.user_id),
        "made_at": _iso(about.made_at),
        "part": part + 1,
        "parts": number,
        "features": readable,
    }
    files = {
        "README.txt": _explanation(readable, purposes, about, part, number),
        "everything.json": json.dumps(whole, ensure_ascii=False, indent=2) + "\n",
    }
    for tables in readable.values():
        files |= {f"tables/{table}.csv": _csv(rows) for table, rows in tables.items() if rows}
    made = about.made_at.astimezone(UTC)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text)
    return packed.getvalue()


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    """A table for spreadsheets; a cell that one would take for a formula begins with an apostrophe."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    # Without the mark, the spreadsheet that most people have takes UTF-8 for something else.
    return _BOM + file.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if value.lstrip(" ").startswith(_BEGINS_A_FORMULA) else value


def _explanation(
    readable: Mapping[str, Mapping[str, Sequence[object]]],
    purposes: Mapping[str, Purpose],
    about: About,
    part: int,
    number: int,
) -> str:
    server = " ".join(filter(None, [about.server_name, str(about.guild_id)]))
    paragraphs = [
        _("Everything that Autodidact stores about you in one server"),
        _("Server: {server}").format(server=server),
        _("You: {member}").format(member=about.user_id),
        _("Taken out: {moment}").format(moment=_iso(about.made_at)),
    ]
    if number > 1:
        text = _("This is part {part} of {parts}: each has some rows of every table, together they have all.")
        paragraphs.append(text.format(part=part + 1, parts=number))
    paragraphs += [
        _(
            "everything.json holds all of it, for programs. The folder tables holds the same as a CSV file "
            "for each table, for spreadsheets; a table without rows has no file. In the CSV files an "
            "apostrophe stands before what a spreadsheet would take for a formula."
        ),
        _(
            "Instants are in UTC, such as 2026-01-31T18:00:00Z, or never. Days are your own days, in your "
            "time zone then. Discord's ids are given as text. Where a column is yes or no, 1 is yes and 0 is "
            "no. The days of a routine are one number: 1 for Monday, 2 for Tuesday, 4 for Wednesday and so "
            "on to 64, added up."
        ),
        _("The seed of a poll that is still open is left out, since it would tell how the cards will fall."),
    ]
    told = [wrap(paragraph, LINE) for paragraph in paragraphs]
    told += [list(_contents(name, tables, purposes[name])) for name, tables in readable.items()]
    return "\r\n\r\n".join("\r\n".join(lines) for lines in told) + "\r\n"


def _contents(name: str, tables: Mapping[str, Sequence[object]], purpose: Purpose) -> Iterator[str]:
    yield f"{_(purpose.title)} ({name})"
    yield from wrap(_(purpose.what), LINE, initial_indent="  ", subsequent_indent="  ")
    for table, rows in tables.items():
        text = ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows))
        yield f"  tables/{table}.csv: {text}"


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
