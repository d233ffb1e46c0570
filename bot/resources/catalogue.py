"""The catalogue that comes with the program, and any other file that is written like it."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from itertools import accumulate

from bot.resources.addresses import address_key
from bot.resources.entry import Entry
from bot.resources.reading import Faulty, read_entry
from bot.texts import gettext as _

_HEADING = re.compile(r"^[^\S\n]*\[\[\s*resource\s*\]\]", re.MULTILINE)
_KEY = re.compile(r"""\s*\[*\s*["']?([^\s"'=.\[\]#]+)["']?\s*[=.\]]""")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a file, and the line in which it stands, from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return _("line {line}: {reason}").format(line=self.line, reason=self.reason)


class FileFaulty(Exception):
    """A file of resources cannot be taken as it is; `faults` has everything that is wrong, by line."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = sorted(faults)
        super().__init__("; ".join(map(str, self.faults)))


def shipped() -> bytes:
    """The catalogue that comes with the program, as it stands in its file."""
    return resources.files("bot.resources").joinpath("catalogue.toml").read_bytes()


def hash_of(file: bytes) -> str:
    """What tells one edition of a catalogue from another."""
    return sha256(file).hexdigest()


def read_catalogue(text: str, *, of_the_catalogue: bool = True) -> list[Entry]:
    """The resources of a TOML file, in its order; raises FileFaulty.

    No two have the same id, title or address, and whatever replaces another is there and alive. A file of a
    server's own resources has neither ids nor sources: see `bot.resources.reading`.
    """
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise FileFaulty([_fault_of_syntax(str(error), text)]) from None
    tables = document.pop("resource", [])
    lines = _lines_of_keys(text) if document else {}
    faults = [Fault(lines.get(key, 1), _("“{key}” is not known here").format(key=key)) for key in document]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise FileFaulty([*faults, Fault(1, _("each resource begins with a line of [[resource]]"))])
    if not tables:
        raise FileFaulty([*faults, Fault(1, _("there is no resource in it"))])
    blocks = _Blocks(text)
    entries: list[tuple[int, Entry]] = []
    for number, table in enumerate(tables):
        try:
            entries.append((number, read_entry(table, of_the_catalogue=of_the_catalogue)))
        except Faulty as faulty:
            where = _named(table)
            faults += [
                Fault(blocks.line_of(number, key), f"{where}{key}: {reason}")
                for key, reason in faulty.reasons
            ]
    faults += [Fault(blocks.line_of(number, key), reason) for number, key, reason in disagreements(entries)]
    if faults:
        raise FileFaulty(faults)
    return [entry for _number, entry in entries]


def disagreements(entries: Sequence[tuple[int, Entry]]) -> Iterator[tuple[int, str, str]]:
    """Where the entries of a file contradict each other: the number of the later one, the key, and why."""
    seen: dict[tuple[str, str], Entry] = {}
    by_slug = {entry.slug: entry for _number, entry in reversed(entries) if entry.slug is not None}
    for number, entry in entries:
        same = {"title": entry.title.casefold(), "address": address_key(entry.address)}
        if entry.slug is not None:
            same["id"] = entry.slug
        for key, value in same.items():
            earlier = seen.setdefault((key, value), entry)
            if earlier is not entry:
                reason = _("it is the same as that of “{title}”").format(title=earlier.title)
                yield number, key, f"{entry.title}: {key}: {reason}"
        if entry.replaced_by is not None:
            successor = by_slug.get(entry.replaced_by)
            if successor is None or successor.dead:
                gone = (
                    _("“{given}” is not in the file") if successor is None else _("“{given}” is dead itself")
                )
                reason = gone.format(given=entry.replaced_by)
                yield number, "replaced_by", f"{entry.title}: replaced_by: {reason}"


class _Blocks:
    """Where in a file each resource stands. Tables that are not written as [[resource]] are all at line 1."""

    def __init__(self, text: str):
        starts = [match.start() for match in _HEADING.finditer(text)]
        self._blocks = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
        before = text.count("\n", 0, starts[0] if starts else 0)
        self._firsts = list(accumulate((block.count("\n") for block in self._blocks), initial=before + 1))
        self._keys: dict[int, dict[str, int]] = {}

    def line_of(self, number: int, key: str) -> int:
        """The line of a key in a resource, or that in which the resource begins."""
        if number >= len(self._blocks):
            return 1
        if number not in self._keys:
            self._keys[number] = _lines_of_keys(self._blocks[number])
        return self._firsts[number] + self._keys[number].get(key, 1) - 1


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line, from 1, in which each key stands first."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := _KEY.match(line):
            lines.setdefault(found[1], number)
    return lines


def _fault_of_syntax(message: str, text: str) -> Fault:
    at = _AT_LINE.search(message)
    line = int(at.group(1)) if at else text.count("\n") + 1
    reason = _AT_LINE.sub("", message).replace(" (at end of document)", "")
    return Fault(line, _("this is no TOML: {reason}").format(reason=reason))


def _named(table: Mapping[str, object]) -> str:
    names = [name for name in (table.get("title"), table.get("id")) if name and isinstance(name, str)]
    return f"{names[0]}: " if names else ""
