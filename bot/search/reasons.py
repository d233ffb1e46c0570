"""Why a document fits a query, in few words that are true. Pure."""

from bot.search.cues import WITHOUT_MATHS
from bot.search.document import Reason, Why
from bot.search.facets import Cost, Facets, Kind, Level
from bot.search.ranking import Judged
from bot.search.reading import Read
from bot.search.understanding import Part, Sort
from bot.search.words import stems

_MOST, _NAMED, _HELPS = 4, 0.85, 0.3


def reasons(judgement: Judged, document: Read, votes: int) -> list[Reason]:
    """Why a document fits, the strongest reason first; at most four."""
    doc = document.document
    found: dict[Reason, float] = {}
    if judgement.named >= 0.85:
        found[Reason(Why.NAME)] = 3.0
    for part, much in judgement.matched:
        if much < 0.3:
            continue
        if part.sort is Sort.CUE:
            reason = _facet_reason(part, doc.facets)
            if reason is not None:
                found[reason] = part.weight
        elif part.said:
            reason = _word_reason(part, document)
            found[reason] = max(found.get(reason, 0.0), part.weight * much * 2)
    if votes:
        found[Reason(Why.VOTES, str(votes))] = 0.1
    return sorted(found, key=lambda reason: -found[reason])[:4]


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


def _word_reason(part: Part, document: Read) -> Reason:
    doc = document.document
    strong = {term for term, way in part.ways.items() if way >= 0.8} | part.covers
    if doc.author and part.covers & set(stems(doc.author)):
        return Reason(Why.AUTHOR, doc.author)
    if part.covers & set(document.title):
        return Reason(Why.WORDS, part.said)
    for tag in doc.tags:
        if set(stems(tag)) <= strong and stems(tag):
            return Reason(Why.TOPIC, tag)
    return Reason(Why.WORDS, part.said) if part.covers & set(document.terms) else Reason(Why.TOPIC, part.said)
