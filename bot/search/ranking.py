"""How well a document answers a query, and why. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

from bot.search.cues import WITHOUT_MATHS, Aim, Cues
from bot.search.document import Reason, Why
from bot.search.facets import Cost, Facets, Kind, Level
from bot.search.reading import STEPS, Read
from bot.search.understanding import Asked, Part, Sort

FITS, FITS_BY_WORDS, FITS_NEARLY = 0.46, 0.62, 0.34
"""From this share of a query's weight on, what answers it fits.

More must be met where no thing of the field is, less where nothing else was asked for."""

_FOCUS, _ORDER, _VOTES = 0.16, 0.06, 0.04
_FAR_SHORTER, _TOO_SHORT = 8, 0.7
_OF_KIND = 0.85
_NAMED_ALONE = 0.7
_SAYS_LITTLE = 0.3
_ALIKE = 0.7
_UNKNOWN_FACET, _UNKNOWN_AIM = 0.35, 0.6


@dataclass(frozen=True, slots=True)
class Judged:
    """How well a document answers: `fit` how much of what was asked, `score` in which order."""

    fits: bool
    fit: float
    score: float
    named: float
    matched: Sequence[tuple[Part, float]]


def judged(document: Read, asked: Asked, cues: Cues, telling: Mapping[str, float], votes: int = 0) -> Judged:
    """How well a document answers a query; `telling` says how telling each stem of titles is."""
    held = dict(zip(document.terms, document.strengths, strict=True))
    matched = [(part, _met(part, held, document.document.facets, cues)) for part in asked.parts]
    subject = [(part, much) for part, much in matched if part.sort not in (Sort.CUE, Sort.AIM)]
    cued = [(part, much) for part, much in matched if part.sort is Sort.CUE]
    telling_parts = any(_tells(part) for part, _ in subject)
    fit = _share(subject if telling_parts or not cued else cued)
    score = _share(matched)
    named = max((much * asked.names.get(name, 0.0) for name, much in document.names), default=0.0)
    focus = _focus(document.title, matched, telling)
    score *= 1 - _FOCUS - _ORDER + _FOCUS * focus + _ORDER * _in_order(document.title, asked.row)
    if named:
        if cued:
            named *= _NAMED_ALONE + (1 - _NAMED_ALONE) * _share(cued)
        score = max(score, 0.55 * named + 0.45 * score)
        score = max(score, 0.9 * named)
        fit = max(fit, named)
    fits = named > 0.8 or fit >= _least(matched, cued, telling_parts)
    score = score * (1 - _VOTES) + _VOTES * min(1.0, log1p(votes) / 4) * min(1.0, score * 1.5)
    return Judged(fits, fit, score, named, matched)


def _tells(part: Part) -> bool:
    return part.sort is Sort.SUBJECT or (part.sort is not Sort.GENERIC and part.weight > _SAYS_LITTLE)


def _least(
    matched: Sequence[tuple[Part, float]], cued: Sequence[tuple[Part, float]], telling_parts: bool
) -> float:
    """How much of what was asked must be met."""
    if not telling_parts:
        return FITS if cued else 2.0
    sorts = {part.sort for part, _ in matched if part.weight > _SAYS_LITTLE}
    if not any(part.sort is Sort.SUBJECT and much >= 0.3 for part, much in matched):
        return FITS_BY_WORDS
    return FITS if Sort.UNKNOWN in sorts else FITS_NEARLY


def _share(matched: Sequence[tuple[Part, float]]) -> float:
    weight = sum(part.weight for part, _ in matched)
    return sum(part.weight * much for part, much in matched) / weight if weight else 0.0


def _met(part: Part, held: Mapping[str, int], facets: Facets, cues: Cues) -> float:
    best = 0.0
    for term, way in part.ways.items():
        strength = held.get(term)
        if strength is not None and strength * way > best:
            best = strength * way
    best /= STEPS
    if part.sort not in (Sort.CUE, Sort.AIM):
        return best
    asking = part.asking
    met = 0.0
    if isinstance(asking, Kind):
        if facets.kind is None:
            met = _UNKNOWN_FACET
        else:
            met = 1.0 if facets.kind is asking else cues.near.get(asking, {}).get(facets.kind, 0.0)
        return max(_OF_KIND * met + (1 - _OF_KIND) * best, best * (0.5 if facets.kind else 0.9))
    if isinstance(asking, Aim):
        met = _UNKNOWN_AIM if facets.kind is None else cues.aims[asking].get(facets.kind, 0.0)
    elif isinstance(asking, Level):
        met = _level(asking, facets.level)
    elif isinstance(asking, Cost):
        met = _cost(asking, facets.cost)
    elif asking == WITHOUT_MATHS:
        met = _UNKNOWN_FACET if facets.maths is None else float(not facets.maths)
    elif isinstance(asking, int):
        if facets.minutes is None:
            met = _UNKNOWN_FACET
        else:
            met = 1.0 if facets.minutes <= asking else max(0.0, 0.8 - facets.minutes / asking / 10)
            if facets.minutes * _FAR_SHORTER < asking:
                met = _TOO_SHORT
    return max(met, best)


def _level(asked: Level, has: Level | None) -> float:
    if has is None:
        return _UNKNOWN_FACET
    if has is asked:
        return 1.0
    if has is Level.ANYONE:
        return 0.7 if asked is Level.BEGINNER else 0.4
    return 0.0 if {asked, has} == {Level.BEGINNER, Level.ADVANCED} else 0.35


def _cost(asked: Cost, has: Cost | None) -> float:
    if has is None:
        return _UNKNOWN_FACET
    if has is asked:
        return 1.0
    return 0.55 if has is Cost.FREEMIUM else 0.0


def _focus(
    title: Sequence[str], matched: Sequence[tuple[Part, float]], telling: Mapping[str, float]
) -> float:
    """How much of a title was asked for."""
    if not title:
        return 0.0
    covered, nearly = set[str](), set[str]()
    for part, much in matched:
        if much >= 0.5:
            covered |= part.covers
            nearly |= part.alike
    whole = said = 0.0
    for root in title:
        weight = telling.get(root, 1.0)
        whole += weight
        if root in covered:
            said += weight
        elif root in nearly:
            said += weight * _ALIKE
    return said / whole if whole else 0.0


def _in_order(title: Sequence[str], row: Sequence[str]) -> float:
    """How many of the neighbours in a query are neighbours in the title."""
    if len(row) < 2:
        return 1.0 if row and row[0] in title else 0.0
    beside = set(pairwise(title))
    return sum(pair in beside for pair in pairwise(row)) / (len(row) - 1)


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
    from bot.search.words import stems

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
