"""Why a document fits a query, in few words that are true. Pure."""

from bot.search.asked import Part, Sort
from bot.search.cues import WITHOUT_MATHS
from bot.search.document import Reason, Why
from bot.search.facets import Cost, Facets, Kind, Level
from bot.search.meanings import term_of
from bot.search.ranking import Judged
from bot.search.reading import Read
from bot.search.words import stems

_MOST, _NAMED, _HELPS, _STANDS_FOR = 4, 0.85, 0.3, 0.35


def reasons(judgement: Judged, document: Read, votes: int) -> list[Reason]:
    """Why a document fits, the strongest reason first; at most four."""
    doc = document.document
    found: dict[Reason, float] = {}
    if judgement.named >= _NAMED:
        found[Reason(Why.NAME)] = 3.0
    for part, much in judgement.matched:
        if much < _HELPS or part.sort is Sort.AIM:
            continue
        if part.sort is Sort.CUE:
            reason, weight = _facet_reason(part, doc.facets), part.weight
        else:
            reason, weight = _word_reason(part, document), part.weight * much * 2
        if reason is not None:
            found[reason] = max(found.get(reason, 0.0), weight)
    if votes:
        found[Reason(Why.VOTES, str(votes))] = 0.1
    return sorted(found, key=lambda reason: -found[reason])[:_MOST]


def _facet_reason(part: Part, facets: Facets) -> Reason | None:
    asking = part.asking
    if isinstance(asking, Kind) and facets.kind is not None and facets.kind is asking:
        return Reason(Why.KIND, facets.kind.value)
    if isinstance(asking, Level) and facets.level in (asking, Level.ANYONE) and facets.level is not None:
        return Reason(Why.LEVEL, facets.level.value)
    if isinstance(asking, Cost) and facets.cost in (asking, Cost.FREEMIUM) and facets.cost is not None:
        return Reason(Why.COST, facets.cost.value)
    if asking == WITHOUT_MATHS and facets.maths is False:
        return Reason(Why.MATHS)
    if isinstance(asking, int) and facets.minutes is not None and facets.minutes <= asking:
        return Reason(Why.TIME, str(facets.minutes))
    return None


def _word_reason(part: Part, document: Read) -> Reason | None:
    """The author, the words or the tag by which a part of a query was met; None where a hint was all."""
    doc = document.document
    if part.covers and doc.author and part.covers <= set(stems(doc.author)):
        return Reason(Why.AUTHOR, doc.author)
    if part.covers and part.covers <= set(document.title):
        return Reason(Why.WORDS, part.said)
    ways = {tag: _way_to(tag, part) for tag in doc.tags}
    best = max(ways, key=lambda tag: ways[tag], default="")
    if best and ways[best] >= _STANDS_FOR:
        return Reason(Why.TOPIC, best)
    return Reason(Why.WORDS, part.said) if part.covers and part.covers <= set(document.terms) else None


def _way_to(tag: str, part: Part) -> float:
    """How well a tag answers a part of a query: as the thing itself, or by the same words."""
    roots = stems(tag.replace("-", " "))
    if roots and set(roots) == part.covers:
        return 1.0
    return part.ways.get(term_of(tag), 0.0)
