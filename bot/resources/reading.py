"""Reading what a table says of a resource: all that is wrong with it is told, not only the first thing."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from bot.errors import UserError
from bot.inputs import clean_text
from bot.resources.addresses import clean_address
from bot.resources.entry import OWN, SOURCES, Entry, Step, topics
from bot.search.facets import Cost, Kind, Level
from bot.texts import gettext as _

TITLE_LENGTH: Final = 100
GOOD_FOR_LENGTH: Final = 220
GOOD_FOR_AT_LEAST: Final = 10
AUTHOR_LENGTH: Final = 90
TOPICS_EACH: Final = 6
NAMES_EACH: Final = 6
NAME_LENGTH: Final = 80
ASKS_EACH: Final = 12
ASK_LENGTH: Final = 60
LONGEST_HOURS: Final = 400

KEYS: Final = (
    "title",
    "address",
    "good_for",
    "kind",
    "level",
    "topics",
    "cost",
    "hours",
    "maths",
    "step",
    "author",
    "also",
    "asks",
)
"""What can be said of any resource, in the order in which it is written."""

OF_THE_CATALOGUE: Final = ("id", "source", "recalled", "dead", "replaced_by")
"""What only the program's own catalogue says."""

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])")
_Word = TypeVar("_Word", bound=StrEnum)


class Faulty(Exception):
    """A table is no resource; `reasons` has a few words for all that is wrong, by the key it is about."""

    def __init__(self, reasons: Sequence[tuple[str, str]]):
        self.reasons = reasons
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in reasons))


def read_entry(table: Mapping[str, object], *, of_the_catalogue: bool = False) -> Entry:
    """The resource that a table of a file describes; raises Faulty.

    `hours` become minutes. Outside of the catalogue, what only the catalogue says is unknown.
    """
    return _Table(table).read(of_the_catalogue)


class _Table:
    """A table, and what was found to be wrong with it so far."""

    def __init__(self, table: Mapping[str, object]):
        self._table = table
        self._reasons: list[tuple[str, str]] = []

    def read(self, of_the_catalogue: bool) -> Entry:
        known = KEYS + OF_THE_CATALOGUE if of_the_catalogue else KEYS
        for key in self._table:
            if key not in known:
                self._wrong(key, _("there is no such key"))
        dead = self._text("dead", longest=GOOD_FOR_LENGTH)
        entry = Entry(
            title=self._text("title", longest=TITLE_LENGTH, at_least=1),
            address=self._address(),
            good_for=self._text("good_for", longest=GOOD_FOR_LENGTH, at_least=GOOD_FOR_AT_LEAST),
            kind=self._word("kind", Kind),
            level=self._word("level", Level),
            topics=self._topics(),
            cost=self._word("cost", Cost),
            minutes=self._minutes(),
            maths=self._yes_or_no("maths", required=True),
            step=self._word("step", Step),
            source=self._source() if of_the_catalogue else OWN,
            author=self._text("author", longest=AUTHOR_LENGTH),
            also=self._short_texts("also", NAMES_EACH, NAME_LENGTH),
            asks=self._short_texts("asks", ASKS_EACH, ASK_LENGTH),
            recalled=self._yes_or_no("recalled"),
            dead=dead,
            replaced_by=self._replaced_by(dead),
            slug=self._slug("id") if of_the_catalogue else None,
        )
        if self._reasons:
            raise Faulty(self._reasons)
        return entry

    def _wrong(self, key: str, reason: str) -> None:
        self._reasons.append((key, reason))

    def _text(self, key: str, *, longest: int, at_least: int = 0) -> str:
        given = self._table.get(key)
        if given is None:
            if at_least:
                self._wrong(key, _("it is missing"))
            return ""
        if not isinstance(given, str):
            self._wrong(key, _("it is no text"))
            return ""
        text = clean_text(given)
        if len(text) > longest:
            told = _("it has {count} characters, and {limit} is the most")
            self._wrong(key, told.format(count=len(text), limit=longest))
        elif len(text) < at_least:
            told = _("it has fewer than {limit} characters") if text else _("it is empty")
            self._wrong(key, told.format(limit=at_least))
        elif "\n" in text:
            self._wrong(key, _("it has more than one line"))
        return text

    def _address(self) -> str:
        given = self._table.get("address")
        if not isinstance(given, str):
            self._wrong("address", _("it is missing") if given is None else _("it is no text"))
            return ""
        try:
            return clean_address(given)
        except UserError as error:
            self._wrong("address", str(error))
            return ""

    def _word(self, key: str, words: type[_Word]) -> _Word:
        given = self._table.get(key)
        for word in words:
            if word == given:
                return word
        known = ", ".join(words)
        self._wrong(
            key,
            _("it is missing")
            if given is None
            else _("“{given}” is none of {known}").format(given=given, known=known),
        )
        return next(iter(words))

    def _yes_or_no(self, key: str, *, required: bool = False) -> bool:
        given = self._table.get(key)
        if given is None:
            if required:
                self._wrong(key, _("it is missing"))
            return False
        if not isinstance(given, bool):
            self._wrong(key, _("it is neither true nor false"))
            return False
        return given

    def _minutes(self) -> int | None:
        given = self._table.get("hours")
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= LONGEST_HOURS:
            self._wrong("hours", _("it is no number of hours up to {limit}").format(limit=LONGEST_HOURS))
            return None
        return max(1, round(given * 60))

    def _topics(self) -> tuple[str, ...]:
        named = {name.casefold(): topic for topic, name in topics().items()}
        # Whoever writes a file has read the names.
        texts = self._texts("topics", TOPICS_EACH)
        given = tuple(dict.fromkeys(named.get(one.casefold(), one) for one in texts))
        if not given:
            self._wrong("topics", _("at least one is needed"))
        for topic in given:
            if topic not in topics():
                self._wrong("topics", _("“{given}” is none of the topics").format(given=topic))
        return given

    def _short_texts(self, key: str, most: int, longest: int) -> tuple[str, ...]:
        given = self._texts(key, most)
        if any(len(one) > longest for one in given):
            self._wrong(key, _("one of them has more than {limit} characters").format(limit=longest))
        if any("\n" in one for one in given):
            self._wrong(key, _("one of them has more than one line"))
        return given

    def _texts(self, key: str, most: int) -> tuple[str, ...]:
        given = self._table.get(key, [])
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self._wrong(key, _("it is no list of texts"))
            return ()
        texts = tuple(clean_text(one) for one in given)
        if len(set(texts)) < len(texts) or "" in texts:
            self._wrong(key, _("one of them is empty or stands there twice"))
        if len(texts) > most:
            self._wrong(
                key, _("these are {count}, and {limit} is the most").format(count=len(texts), limit=most)
            )
        return texts

    def _source(self) -> str:
        given = self._table.get("source")
        if given not in SOURCES:
            self._wrong(
                "source",
                _("it is missing")
                if given is None
                else _("“{given}” is none of the sources").format(given=given),
            )
        return str(given)

    def _slug(self, key: str) -> str:
        given = self._table.get(key)
        if not isinstance(given, str) or not _SLUG.fullmatch(given):
            self._wrong(
                key,
                _("it is missing")
                if given is None
                else _("“{given}” is not of a-z, 0-9 and -").format(given=given),
            )
        return str(given)

    def _replaced_by(self, dead: str) -> str | None:
        if "replaced_by" not in self._table:
            return None
        if not dead:
            self._wrong("replaced_by", _("only what is dead is replaced"))
        return self._slug("replaced_by")
