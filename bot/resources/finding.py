"""Finding resources on a shelf by words; each of these runs in the thread that may use its index."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.inputs import quoted
from bot.resources.entry import topics
from bot.resources.errors import NoSuchResource, QueryEmpty, QueryTooLong
from bot.resources.resource import Resource
from bot.resources.shelves import Shelf
from bot.search.document import Reason, Why
from bot.search.facets import Filters

QUERY_LIMIT = 200
COMPLETED_AT_MOST = 25
"""How many choices Discord shows while somebody types."""

_ID = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A resource that fits, why it does, and what to use in its place if it is dead."""

    resource: Resource
    reasons: Sequence[Reason]
    replacement: Resource | None


@dataclass(frozen=True, slots=True)
class SearchedShelf:
    """What a shelf has for a query; `fit_without_filters` is asked only where nothing was found."""

    found: Sequence[OnShelf]
    respelt: str
    nearest: Sequence[str]
    fit_without_filters: bool


def clean_query(typed: str) -> str:
    """A query on one line; raises QueryEmpty and QueryTooLong."""
    query = " ".join(typed.split())
    if not query:
        raise QueryEmpty
    if len(query) > QUERY_LIMIT:
        raise QueryTooLong(length=len(query), limit=QUERY_LIMIT)
    return query


def search(shelf: Shelf, query: str, filters: Filters, limit: int, votes: Mapping[int, int]) -> SearchedShelf:
    """What fits a query on a shelf, the best first."""
    found = shelf.index.search(query, limit=limit, filters=filters, votes=votes)
    hits = [
        OnShelf(
            shelf.resources[hit.key], _reasons(hit.reasons), shelf.replacement_of(shelf.resources[hit.key])
        )
        for hit in found.hits
    ]
    fit = not hits and filters != Filters() and bool(shelf.index.search(query, limit=1).hits)
    return SearchedShelf(hits, found.respelt, list(_topics_among(found.nearest)), fit)


def complete(shelf: Shelf, typed: str, limit: int = COMPLETED_AT_MOST) -> list[Resource]:
    """The resources that somebody may mean by what they typed so far."""
    return [shelf.resources[key] for key in shelf.index.complete(typed, limit=limit)]


def chosen(shelf: Shelf, typed: str) -> Resource:
    """The resource that was chosen from a list, by its number, or typed, by its title or another name.

    Raises NoSuchResource.
    """
    words = " ".join(typed.split())
    if _ID.fullmatch(words) and int(words) in shelf.resources:
        return shelf.resources[int(words)]
    wanted = words.casefold()
    named = [one for one in shelf.resources.values() if wanted == one.entry.title.casefold()]
    also = [one for one in shelf.resources.values() if wanted in map(str.casefold, one.entry.also)]
    for one in (*named, *also):
        return one
    raise NoSuchResource(given=quoted(typed))


def _reasons(reasons: Sequence[Reason]) -> list[Reason]:
    """Reasons with topics by their short names; a tag that is no topic but a kind or a step says less."""
    told = []
    for reason in reasons:
        if reason.why is Why.TOPIC:
            named = next(_topics_among([reason.what]), None)
            if named is None:
                continue
            reason = replace(reason, what=named)
        if reason not in told:
            told.append(reason)
    return told


def _topics_among(tags: Sequence[str]) -> Iterator[str]:
    """The short names of the topics among some tags, each once."""
    by_name = {name.casefold(): topic for topic, name in topics().items()} | {
        topic: topic for topic in topics()
    }
    return iter(dict.fromkeys(by_name[tag.casefold()] for tag in tags if tag.casefold() in by_name))
