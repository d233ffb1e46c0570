"""What is known of a resource already, lent to a catalogue that says less of it. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.search.document import Document
from bot.search.facets import Facets
from bot.search.reading import squeezed
from bot.search.words import folded

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]+)([^?#]*)(\?[^#]*)?")
_TOO_SHORT = 4


def with_what_is_known(documents: Iterable[Document], known: Iterable[Document]) -> list[Document]:
    """The documents, each with what a known one of the same address, or of the same name, says beside.

    Keys, titles, addresses and order stay. What a document says itself stays too, but for facets, which are
    known better where they are known.
    """
    by_address: dict[str, Document] = {}
    by_name: dict[str, Document | None] = {}
    for one in known:
        by_address.setdefault(_address(one.url), one)
        for name in {squeezed(name) for name in (one.title, *one.names)}:
            # A name that several have tells nothing.
            by_name[name] = None if name in by_name else one
    return [_together(one, by_address.get(_address(one.url)) or _namesake(one, by_name)) for one in documents]


def _namesake(document: Document, by_name: dict[str, Document | None]) -> Document | None:
    name = squeezed(document.title)
    return by_name.get(name) if len(name) >= _TOO_SHORT else None


def _together(document: Document, known: Document | None) -> Document:
    if known is None:
        return document
    return replace(
        document,
        description=" ".join(filter(None, (document.description, known.description))),
        tags=_each_once((*known.tags, *document.tags)),
        author=document.author or known.author,
        names=_each_once((*document.names, known.title, *known.names)),
        asks=_each_once((*document.asks, *known.asks)),
        facets=_facets(document.facets, known.facets),
    )


def _each_once(texts: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(texts))


def _facets(own: Facets, known: Facets) -> Facets:
    return Facets(
        known.kind or own.kind,
        known.level or own.level,
        known.cost or own.cost,
        own.minutes if known.minutes is None else known.minutes,
        own.maths if known.maths is None else known.maths,
    )


def _address(url: str) -> str:
    """An address without what makes no difference to where it leads."""
    match = _ADDRESS.match(url.strip())
    if match is None:
        return url
    host, path, asked = match[1], match[2].rstrip("/"), match[3] or ""
    return f"{folded(host)}{path}{asked}"
