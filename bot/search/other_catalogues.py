"""Catalogues that are not ours: JSON lines of title, url, description and tags."""

import json
from collections.abc import Iterable, Mapping

from bot.search.document import Document
from bot.search.guessing import guessed


class NotACatalogue(Exception):
    """A line that says no document: `line` is its number from 1 on, `reason` one sentence."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def documents_of(lines: Iterable[str]) -> list[Document]:
    """The documents of a catalogue, keyed by their place in it from 0 on; empty lines are passed over.

    Title and url are required; tags are a list or one text parted by commas; facets are guessed. An address
    may come more than once. Raises NotACatalogue at the first line that cannot be read.
    """
    found: list[Document] = []
    for number, line in enumerate(lines, 1):
        text = line.removeprefix("\ufeff") if number == 1 else line
        if text.strip():
            found.append(_document(len(found), number, text))
    return found


def _document(key: int, number: int, line: str) -> Document:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotACatalogue(number, f"this is not JSON ({_where(error)}).") from None
    if not isinstance(said, dict):
        raise NotACatalogue(number, "this is no object with title and url.")
    title, url = (_text(said, name, number) for name in ("title", "url"))
    for name, text in (("title", title), ("url", url)):
        if not text:
            raise NotACatalogue(number, f"the {name} is missing.")
    tags = _tags(said, number)
    return Document(
        key, title, url, _text(said, "description", number), tags, facets=guessed(title, url, tags)
    )


def _where(error: Exception) -> str:
    return f"at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"


def _text(said: Mapping[str, object], name: str, number: int) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotACatalogue(number, f"the {name} is no text.")
    return value.strip()


def _tags(said: Mapping[str, object], number: int) -> list[str]:
    value = said.get("tags")
    if value is None:
        return []
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise NotACatalogue(number, "the tags are neither a list of texts nor one text.")
    return [tag.strip() for tag in value if tag.strip()]
