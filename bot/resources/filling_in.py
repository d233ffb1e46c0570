"""What curators and members fill in of a resource, field by field. Pure; raises UserErrors."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from bot.errors import ListEntryTooLong, ListTooLong, TextTooLong
from bot.inputs import clean_text, quoted, says_something
from bot.resources.addresses import clean_address
from bot.resources.entry import OWN, Entry, Step, topics
from bot.resources.errors import (
    GoodForMissing,
    ResourceTitleMissing,
    TooManyTopics,
    TopicMissing,
    UnknownHours,
    UnknownTopic,
    UnknownWord,
)
from bot.resources.reading import (
    ASK_LENGTH,
    ASKS_EACH,
    AUTHOR_LENGTH,
    GOOD_FOR_AT_LEAST,
    GOOD_FOR_LENGTH,
    LONGEST_HOURS,
    NAME_LENGTH,
    NAMES_EACH,
    TITLE_LENGTH,
    TOPICS_EACH,
)
from bot.search.facets import Cost, Kind, Level
from bot.texts import gettext, mark

REASON_LENGTH = 300
"""How many characters the reason for declining a suggestion may have."""

TITLE, GOOD_FOR, REASON = mark("Title"), mark("What it is good for"), mark("Why not")
AUTHOR = mark("By whom it is")

_Word = TypeVar("_Word", bound=StrEnum)


def changed(entry: Entry, fields: Mapping[str, Any]) -> Entry:
    """A resource with some of its fields changed, by their names in Entry, but `hours` in place of `minutes`.

    Kind, level, cost and step may be words, hours may be typed. Raises what is wrong with the first field
    that is.
    """
    return replace(entry, **dict(_READERS[name](value) for name, value in fields.items()))


def require_whole(entry: Entry) -> None:
    """Raises GoodForMissing or TopicMissing where a suggestion is not ready to be taken in."""
    _require_sentence(entry.good_for)
    if not entry.topics:
        raise TopicMissing


def as_own(entry: Entry) -> Entry:
    """A resource as a server has it for itself."""
    own = replace(entry, slug=None, source=OWN, topics=tuple(entry.topics))
    return replace(own, also=tuple(entry.also), asks=tuple(entry.asks))


def clean_title(text: str) -> str:
    """A title on one line; raises ResourceTitleMissing and TextTooLong."""
    title = clean_line(text, TITLE, TITLE_LENGTH)
    if not says_something(title):
        raise ResourceTitleMissing
    return title


def clean_good_for(text: str) -> str:
    """What a resource is good for, on one line, which may be empty; raises TextTooLong."""
    return clean_line(text, GOOD_FOR, GOOD_FOR_LENGTH)


def clean_line(text: str, field: str, limit: int) -> str:
    """A text on one line; raises TextTooLong."""
    line = " ".join(clean_text(text).split())
    if len(line) > limit:
        raise TextTooLong(field=gettext(field), length=len(line), limit=limit)
    return line


def read_hours(given: str | float | None) -> int | None:
    """Minutes, of hours that were typed; None for none. Raises UnknownHours."""
    typed = str("" if given is None else given).strip().replace(",", ".")
    if typed.casefold() in ("", "none", "ninguno", "ninguna"):
        return None
    try:
        hours = float(typed)
    except ValueError:
        hours = -1.0
    if not 0 < hours <= LONGEST_HOURS:
        raise UnknownHours(given=quoted(typed), limit=LONGEST_HOURS)
    return max(1, round(hours * 60))


def read_topics(given: Sequence[str]) -> tuple[str, ...]:
    """Topics by their short names, each once; raises TopicMissing, UnknownTopic and TooManyTopics."""
    chosen = tuple(dict.fromkeys(given))
    for topic in chosen:
        if topic not in topics():
            raise UnknownTopic(given=quoted(topic))
    if not chosen:
        raise TopicMissing
    if len(chosen) > TOPICS_EACH:
        raise TooManyTopics(count=len(chosen), limit=TOPICS_EACH)
    return chosen


def read_list(given: Sequence[str], most: int, longest: int) -> tuple[str, ...]:
    """Short texts on a line each, each once; raises ListTooLong and ListEntryTooLong."""
    entries = tuple(dict.fromkeys(filter(None, (" ".join(clean_text(one).split()) for one in given))))
    for entry in entries:
        if len(entry) > longest:
            raise ListEntryTooLong(given=quoted(entry), length=len(entry), limit=longest)
    if len(entries) > most:
        raise ListTooLong(count=len(entries), limit=most)
    return entries


def _word(given: str, words: type[_Word]) -> _Word:
    try:
        return words(given)
    except ValueError:
        raise UnknownWord(given=quoted(given)) from None


def _good_for(text: str) -> str:
    line = clean_good_for(text)
    _require_sentence(line)
    return line


def _require_sentence(line: str) -> None:
    if not says_something(line) or len(line) < GOOD_FOR_AT_LEAST:
        raise GoodForMissing


_READERS: Mapping[str, Any] = {
    "address": lambda given: ("address", clean_address(given)),
    "title": lambda given: ("title", clean_title(given)),
    "good_for": lambda given: ("good_for", _good_for(given)),
    "kind": lambda given: ("kind", _word(given, Kind)),
    "level": lambda given: ("level", _word(given, Level)),
    "topics": lambda given: ("topics", read_topics(given)),
    "cost": lambda given: ("cost", _word(given, Cost)),
    "hours": lambda given: ("minutes", read_hours(given)),
    "maths": lambda given: ("maths", bool(given)),
    "step": lambda given: ("step", _word(given, Step)),
    "author": lambda given: ("author", clean_line(given, AUTHOR, AUTHOR_LENGTH)),
    "also": lambda given: ("also", read_list(given, NAMES_EACH, NAME_LENGTH)),
    "asks": lambda given: ("asks", read_list(given, ASKS_EACH, ASK_LENGTH)),
}
