"""Resources as files for curators: TOML and CSV, written and read again without a loss. Pure."""

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final, TypeAlias

from bot.resources.catalogue import Fault, FileFaulty, disagreements, read_catalogue
from bot.resources.entry import Entry
from bot.resources.reading import KEYS, Faulty, read_entry
from bot.texts import gettext as _

BOM: Final = "\ufeff"
"""Without it, the spreadsheet most people have takes UTF-8 for the code page of 1985."""

LARGEST: Final = 2 * 1024 * 1024
"""Bytes: as many resources as a server may have of its own, with all that is usually said of them."""
MOST_ENTRIES: Final = 2_000
MOST_FULL_STOPS: Final = 1_000
"""In a line. Of a key of many parts, Python's reader copies all before each of them."""

OPTIONAL: Final = frozenset({"hours", "author", "also", "asks"})
LISTS: Final = frozenset({"topics", "also", "asks"})
WORDS: Final = frozenset({"kind", "level", "topics", "cost", "step"})
_YES_OR_NO: Final = {"yes": True, "true": True, "no": False, "false": False}

_Value: TypeAlias = str | bool | int | Sequence[str] | None

_BEGINS_A_FORMULA = r" *[=+\-@\t\r\n＝＋－＠]"
_TO_GUARD, _GUARDED = re.compile(rf"'*{_BEGINS_A_FORMULA}"), re.compile(rf"'+{_BEGINS_A_FORMULA}")
_IN_LIST = re.compile(r"(?:\\.|[^;\\]|\\\Z)+", re.DOTALL)
_HOURS = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?", re.ASCII)
_TO_ESCAPE = re.compile(r'["\\\x00-\x08\x0a-\x1f\x7f]')

_EXAMPLE = """\
# One table a resource, with an empty line between them. Take the marks out to begin.
#
# [[resource]]
# title = "The name people know it by"
# address = "https://example.org/course"
# good_for = "One sentence on what it is good for, and for whom."
# kind = "course"
# level = "beginner"
# topics = ["python", "machine-learning"]
# cost = "free"
# hours = 12.5
# maths = false
# step = "learn"
# author = "may be left out"
# also = ["other names", "and short ones"]
# asks = ["what somebody types", "who is after this"]
"""


def as_toml(entries: Sequence[Entry]) -> bytes:
    """Resources as TOML, in UTF-8; without any, how one would be written, which is read as none."""
    if not entries:
        return _EXAMPLE.encode()
    blocks = []
    for entry in entries:
        said = [(key, value) for key, value in _said_of(entry) if value not in ("", (), None)]
        lines = [f"{key} = {_toml_value(value)}" for key, value in said]
        blocks.append("\n".join(["[[resource]]", *lines, ""]))
    return "\n".join(blocks).encode()


def as_csv(entries: Iterable[Entry]) -> bytes:
    """Resources as CSV, a row each: UTF-8 with a byte order mark, and lines as RFC 4180 has them.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which is taken off when the
    file is read.
    """
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(KEYS)
    for entry in entries:
        writer.writerow([_guarded(_cell(value)) for _key, value in _said_of(entry)])
    return (BOM + file.getvalue()).encode()


def read_file(name: str, data: bytes) -> list[Entry]:
    """The resources of a file of a server's own, by what its name ends in: .csv or .toml.

    Raises FileFaulty with all that is wrong. No two resources have the same title or address.
    """
    read = _READERS.get(name.lower().rpartition(".")[2])
    if read is None:
        raise _faulty(1, _("the name of the file must end in .csv or .toml"))
    require_size(len(data))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _faulty(line, _("this is not UTF-8; save the file as UTF-8 and try again")) from None
    return read(text.removeprefix(BOM))


def require_size(size: int) -> None:
    """Raises FileFaulty where a file has more bytes than are read."""
    if size > LARGEST:
        told = _("the file has {count} KB, and {limit} KB is the most")
        raise _faulty(1, told.format(count=-(-size // 1024), limit=LARGEST // 1024))


def hours_of(minutes: int) -> str:
    """Minutes as hours, in as few figures as tell them from any other number of minutes."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _said_of(entry: Entry) -> Iterator[tuple[str, _Value]]:
    """What is said of an entry, by key and in their order; for hours, the minutes."""
    for key in KEYS:
        value = entry.minutes if key == "hours" else getattr(entry, key)
        yield key, tuple(value) if isinstance(value, list) else value


def _toml_value(value: _Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return hours_of(value)
    if isinstance(value, str):
        return '"' + _TO_ESCAPE.sub(lambda match: _escaped(match[0]), value) + '"'
    return f"[{', '.join(map(_toml_value, value or ()))}]"


def _escaped(character: str) -> str:
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"


def _read_toml(text: str) -> list[Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_FULL_STOPS:
            raise _faulty(number, _("it has more than {limit} full stops").format(limit=MOST_FULL_STOPS))
    try:
        tables = tomllib.loads(text).get("resource", [])
    except tomllib.TOMLDecodeError:
        tables = []
    except RecursionError:
        raise _faulty(1, _("there are too many brackets in one another to be read")) from None
    except ValueError:
        raise _faulty(1, _("there is a number in it that is too long to be read")) from None
    if isinstance(tables, list) and len(tables) > MOST_ENTRIES:
        raise _too_many(len(tables))
    return read_catalogue(text, of_the_catalogue=False)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _TO_GUARD.match(cell) else cell


def _cell(value: _Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return hours_of(value)
    if isinstance(value, str):
        return value
    return "; ".join(re.sub(r"[;\\]", r"\\\g<0>", one) for one in value or ())


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a CSV file and the line in which it begins."""

    line: int
    cells: Sequence[str]


def _read_csv(text: str) -> list[Entry]:
    rows, faults = _rows(text)
    if not rows:
        raise FileFaulty(faults or [Fault(1, _("there is nothing in it"))])
    header, *rows = rows
    keys = [cell.strip().lower() for cell in header.cells]
    faults += [Fault(header.line, reason) for reason in _faults_of_header(keys)]
    if any(fault.line == header.line for fault in faults):
        # Without a sound header, every row would be wrong for that reason alone.
        raise FileFaulty(faults)
    if not rows and not faults:
        raise _faulty(
            header.line, _("there is no resource in it, only the row with the names of the columns")
        )
    if len(rows) > MOST_ENTRIES:
        raise _too_many(len(rows))
    entries: list[tuple[int, Entry]] = []
    for number, row in enumerate(rows):
        try:
            entries.append((number, _read_row(keys, row.cells)))
        except Faulty as faulty:
            title = dict(zip(keys, row.cells, strict=False)).get("title", "").strip()
            where = f"{title}: " if title and "\n" not in title else ""
            faults += [Fault(row.line, f"{where}{key}: {reason}") for key, reason in faulty.reasons]
    faults += [Fault(rows[number].line, reason) for number, _key, reason in disagreements(entries)]
    if faults:
        raise FileFaulty(faults)
    return [entry for _number, entry in entries]


def _rows(text: str) -> tuple[list[_Row], list[Fault]]:
    """The rows that hold anything, and what keeps the rest of the file from being read."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[_Row] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows, []
        except csv.Error as error:
            reason = _("a quotation mark is opened or closed here and its partner is missing")
            if "field larger" in str(error):
                told = _("a cell has more than {limit} characters, or is not closed")
                reason = told.format(limit=csv.field_size_limit())
            return rows, [Fault(line, reason)]
        if any(cell.strip() for cell in cells):
            rows.append(_Row(line, cells))


def _delimiter(text: str) -> str:
    """The comma or, as spreadsheets write it where that stands in numbers, the semicolon."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if header.count(";") > header.count(",") else ","


def _faults_of_header(keys: Sequence[str]) -> Iterator[str]:
    if not set(keys) & set(KEYS):
        yield _("the first row must name the columns: {names}").format(names=", ".join(KEYS))
        return
    for key in dict.fromkeys(keys):
        if key and key not in KEYS:
            yield _("there is no such column as “{key}”").format(key=key)
        if key and keys.count(key) > 1:
            yield _("the column “{key}” is there twice").format(key=key)
    for key in KEYS:
        if key not in keys and key not in OPTIONAL:
            yield _("the column “{key}” is missing").format(key=key)


def _read_row(keys: Sequence[str], cells: Sequence[str]) -> Entry:
    """The entry of a row; raises Faulty."""
    reasons = []
    if any(cell.strip() for cell in cells[len(keys) :]):
        told = _("it has {cells} cells, and there are {columns} columns")
        reasons.append(("row", told.format(cells=len(cells), columns=len(keys))))
    reasons += [
        (key or "row", _("it has more than one line"))
        for key, cell in zip(keys, cells, strict=False)
        if "\n" in cell.strip() or "\r" in cell.strip()
    ]
    if reasons:
        raise Faulty(reasons)
    given = {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key}
    return read_entry({key: _value(key, cell) for key, cell in given.items() if cell})


def _value(key: str, cell: str) -> object:
    """What a cell says, as TOML would have it; what says nothing of the kind stays the text that it is."""
    text = cell[1:] if _GUARDED.match(cell) else cell
    if key in WORDS:
        text = text.lower()
    if key in LISTS:
        names = [re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL).strip() for name in _IN_LIST.findall(text)]
        return [name for name in names if name]
    if key == "maths":
        return _YES_OR_NO.get(text.lower(), text)
    if key == "hours" and _HOURS.fullmatch(text):
        return float(text.replace(",", "."))
    return text


def _faulty(line: int, reason: str) -> FileFaulty:
    return FileFaulty([Fault(line, reason)])


def _too_many(count: int) -> FileFaulty:
    told = _("these are {count} resources, and {limit} is the most")
    return _faulty(1, told.format(count=count, limit=MOST_ENTRIES))


_READERS: Final[dict[str, Callable[[str], list[Entry]]]] = {"csv": _read_csv, "toml": _read_toml}
