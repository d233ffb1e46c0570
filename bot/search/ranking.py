"""How well a document answers a query, and why. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

from bot.search.asked import Asked, Part, Sort
from bot.search.cues import WITHOUT_MATHS, Aim, Cues
from bot.search.facets import Cost, Facets, Kind, Level
from bot.search.reading import STEPS, Read

FITS, FITS_BY_WORDS, FITS_NEARLY = 0.44, 0.56, 0.25
"""From this share of a query's weight on, what answers it fits.

More must be met where no thing of the field is, less where nothing else was asked for."""

_FOCUS, _ORDER, _VOTES = 0.1, 0.05, 0.04
_FAR_SHORTER, _TOO_SHORT = 8, 0.7
_PLACE, _PLACES, _MANY_VOTES = 0.05, 5, 4
_OF_KIND, _OF_NAMED_KIND, _SPEAKS_OF_IT = 0.85, 0.65, 0.7
_BY_NAME, _MET, _COVERS, _COMMON = 0.8, 0.3, 0.5, 0.4
_ASK = 0.33
_RENOWNED = 0.01
_ACCOUNT = 0.15
_NAMED_ALONE = 0.7
_SAYS_LITTLE = 0.3
_HARDLY = 0.05
_ALIKE = 0.7
_UNKNOWN_FACET, _UNKNOWN_AIM = 0.35, 0.6

_FOR_ALL: Mapping[Level | None, float] = {Level.BEGINNER: 0.012, Level.ANYONE: 0.012, Level.ADVANCED: -0.012}
"""What speaks for a document where no level was asked: that most people can use it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How well a document answers: `score` says in which order, `named` how much of its name was typed.

    `matched` holds the parts of the query, each with how well it is met; `like` is how like the query is to
    what people type who are after this.
    """

    score: float
    named: float
    like: float
    matched: Sequence[tuple[Part, float]]

    @property
    def fits(self) -> bool:
        """Whether enough of what was asked is met."""
        if self.named > _BY_NAME:
            return True
        subject = [(part, much) for part, much in self.matched if part.sort not in (Sort.CUE, Sort.AIM)]
        cued = [(part, much) for part, much in self.matched if part.sort is Sort.CUE]
        tells = any(_tells(part) for part, _ in subject if not (cued and part.sort is Sort.PLAIN))
        if not tells:
            return bool(cued) and max(_share(cued), self.like) >= FITS
        fit = max(_share(subject, _COMMON), self.like, self.named)
        if not any(part.sort is Sort.SUBJECT and much >= _MET for part, much in subject):
            return fit >= FITS_BY_WORDS
        unknown = any(
            (part.sort is Sort.UNKNOWN and part.weight > _SAYS_LITTLE) or (part.elsewhere and much < _HARDLY)
            for part, much in subject
        )
        return fit >= (FITS if unknown else FITS_NEARLY)


class Judge:
    """Judges documents by a query; `telling` says how telling each stem of titles is."""

    def __init__(self, asked: Asked, cues: Cues, telling: Mapping[str, float]) -> None:
        self._asked = asked
        self._cues = cues
        self._telling = telling
        self._weight = sum(part.weight for part in asked.parts)
        self._cued = any(part.sort is Sort.CUE for part in asked.parts)
        self._told = {root: telling.get(root, 1.0) for root in asked.told}
        self._told_weight = sum(self._told.values())
        self._beside = list(pairwise(asked.row))
        told = [part for part in asked.parts if part.sort not in (Sort.CUE, Sort.AIM)]
        self._of_person = bool(told) and all(part.person for part in told)
        self._levelled = any(isinstance(part.asking, Level) for part in asked.parts)

    def judged(self, document: Read, held: Mapping[str, int], place: int = 0, votes: int = 0) -> Judged:
        """How well a document answers, which is about each term that it holds so strongly.

        `place` is where among the candidates it stands, from 0 on.
        """
        facets = document.document.facets
        matched = [(part, _met(part, held, facets, self._cues)) for part in self._asked.parts]
        score = sum(part.weight * much for part, much in matched) / self._weight if self._weight else 0.0
        like = self._like_an_ask(document.asks)
        score = max(score, score * (1 - _ASK) + _ASK * like)
        if self._of_person and not self._cued:
            # Their works before accounts and letters that bear their name.
            score *= 1 - _FOCUS - (_ACCOUNT if facets.kind in (Kind.NEWSLETTER, Kind.COMMUNITY) else 0.0)
        else:
            score *= 1 - _FOCUS - _ORDER + _FOCUS * self._focus(document.title, matched)
            score += score * _ORDER * self._in_order(document.title)
        named = 0.0
        for name, much in document.names:
            if name in self._asked.names:
                named = max(named, much * self._asked.names[name])
        if named:
            if self._cued:
                named *= _NAMED_ALONE + (1 - _NAMED_ALONE) * _share(
                    [one for one in matched if one[0].sort is Sort.CUE]
                )
            score = max(score, 0.55 * named + 0.45 * score, 0.9 * named)
        if not self._levelled:
            score += _FOR_ALL.get(facets.level, 0.0)
        if document.renowned:
            score += _RENOWNED
        score += _PLACE * (1 / (1 + place / _PLACES) - score)
        score += _VOTES * (min(1.0, log1p(votes) / _MANY_VOTES) - score)
        return Judged(score, named, like, matched)

    def _like_an_ask(self, asks: Sequence[frozenset[str]]) -> float:
        """How like a query is to one of the things that people type, by the weight of what both say."""
        told, telling = self._told, self._telling
        best = 0.0
        for ask in asks:
            if not ask.isdisjoint(told):
                both = whole = 0.0
                for root in ask:
                    if root in told:
                        both += told[root]
                        whole += told[root]
                    else:
                        whole += telling.get(root, 1.0)
                best = max(best, 2 * both / (self._told_weight + whole))
        return best

    def _focus(self, title: Sequence[str], matched: Sequence[tuple[Part, float]]) -> float:
        """How much of a title was asked for."""
        covered, nearly = set[str](), set[str]()
        for part, much in matched:
            if much >= _COVERS:
                covered |= part.covers
                nearly |= part.alike
        whole = said = 0.0
        for root in title:
            weight = self._telling.get(root, 1.0)
            whole += weight
            if root in covered:
                said += weight
            elif root in nearly:
                said += weight * _ALIKE
        return said / whole if whole else 0.0

    def _in_order(self, title: Sequence[str]) -> float:
        """How many of the neighbours in a query are neighbours in the title."""
        if not self._beside:
            return 1.0 if self._asked.row and self._asked.row[0] in title else 0.0
        beside = set(pairwise(title))
        return sum(pair in beside for pair in self._beside) / len(self._beside)


def _tells(part: Part) -> bool:
    return part.sort is Sort.SUBJECT or (part.sort is not Sort.GENERIC and part.weight > _SAYS_LITTLE)


def _share(matched: Sequence[tuple[Part, float]], common: float = 1.0) -> float:
    """How much of the parts is met, by weight; `common` is what is left of the weight of common words."""
    met = whole = 0.0
    for part, much in matched:
        weight = part.weight * (common if part.sort in (Sort.GENERIC, Sort.PLAIN) else 1.0)
        met += weight * much
        whole += weight
    return met / whole if whole else 0.0


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
        of_kind = _OF_NAMED_KIND if len(part.ways) > 1 else _OF_KIND
        return max(of_kind * met + (1 - of_kind) * best, best * (_SPEAKS_OF_IT if facets.kind else 0.9))
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
