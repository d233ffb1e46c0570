"""Places in a text: cities, states, lands, regions, and the pairs they are written in."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.leads.reading.gazetteer import Gazetteer, Known, Sort, folded, gazetteer
from bot.leads.reading.vocabulary import words as listed

_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*\.?")
_LONGEST_NAME = 5
_SMALL_WORDS = listed("small words")
_ABBREVIATED = frozenset({"St.", "Ft.", "Mt."})
# Between a city and its land: "Austin, TX", "Austin TX", "Amsterdam (NL)".
_PAIRING = re.compile(r"\s*,\s*|\s+|\s*\(\s*|\s+-\s+")
_COMMA = re.compile(r"\s*,\s*")
_WITHIN_NAMES = frozenset({" ", "-", " - ", "–", ". ", "  "})
_CODE_WORDS = frozenset(map(str.upper, listed("words and codes")))
_SHOUTED = listed("shouted")
_NEVER_SMALL = listed("never small")
_SPOKEN_SMALL = listed("spoken small")
_STATES_LIKE_CITIES = {"new york": "US-NY", "washington": "US-WA", "georgia": "US-GA"}
_BRACKETED_CITY = re.compile(r"\s*\(([A-Z][\w.'’ -]{2,30}?)(?:,? [A-Z]{2})?\)")
_REMOTE_BEFORE = re.compile(r"remote\W*(?:in |within )?$", re.IGNORECASE)
_IN_BEFORE = re.compile(r"\b(?:in|near|from|at our)\s+$|office in $")
_OFFICE_AFTER = re.compile(r"\s*(?:office|area|hq)\b", re.IGNORECASE)
_BEFORE_CODE = re.compile(
    r"(?:(?<=[|/(;,:\-–—•+&\]])|^|(?<=\bin)|(?<=\bor)|(?<=\bnear))\s*"
    r"([A-Z][\w.'’\-]{0,24}(?: [A-Z][\w.'’\-]{0,24}){0,3}),\s*([A-Z]{2,3})\b\.?"
)
_CODE = re.compile(r",\s*[A-Z]{2,3}\b")
_CAPITALISED = re.compile(r"[A-Z][a-zé]")
_REMOTE_AFTER = re.compile(r"\W*remote\b", re.IGNORECASE)
_WITH_CITIES = frozenset({Sort.CITY, Sort.STATE, Sort.PART, Sort.NATION})
_CACHED_UP_TO = 300


@dataclass(frozen=True, slots=True)
class Place:
    """A place where it stands in a text, with the land written beside it if there is one."""

    start: int
    end: int
    text: str
    sort: Sort
    codes: tuple[str, ...]
    """The countries it may lie in (ISO 3166, with the state where one is known), the likeliest first."""


def find_places(text: str, *, header: bool = True) -> tuple[Place, ...]:
    """All places in a text, from left to right.

    In a header every name counts; in prose an everyday word counts only beside its land.
    """
    return _cached(text, header) if len(text) < _CACHED_UP_TO else tuple(_Scan(text, header).places())


@lru_cache(maxsize=512)
def _cached(text: str, header: bool) -> tuple[Place, ...]:
    return tuple(_Scan(text, header).places())


class _Word(NamedTuple):
    start: int
    end: int
    text: str


class _Named(NamedTuple):
    """A name that was found: its last word, what it stands for, and whether a land stands beside it."""

    last: int
    sort: Sort
    codes: tuple[str, ...]
    weak: bool
    paired: bool = False


class _Scan:
    """One walk over the words of a text."""

    def __init__(self, text: str, header: bool) -> None:
        self.text = text
        self.header = header
        self.known: Gazetteer = gazetteer()
        self.words = list(map(_word, _WORD.finditer(text)))
        self.small = header and not _CAPITALISED.search(text)
        """Whether nothing in the text is written in capitals, so that they prove nothing."""

    def places(self) -> list[Place]:
        found: list[Place] = []
        at = 0
        while at < len(self.words):
            named = self._named_at(at)
            if named is None:
                at += 1
                continue
            first, last = self.words[at], self.words[named.last]
            at = named.last + 1
            if named.weak and not named.paired and not self._in_good_company(first.start, last.end):
                continue
            place = Place(first.start, last.end, self.text[first.start : last.end], named.sort, named.codes)
            found.append(self._with_bracket(place))
            at = self._beyond(found[-1], at)
        return self._with_unknown_towns(found)

    def _named_at(self, at: int) -> _Named | None:
        found = self._longest(at)
        if found is None:
            return None
        last, entry = found
        if entry.sort is Sort.NATION:
            return self._with_city(at, last, entry) or _Named(last, entry.sort, entry.codes, entry.weak)
        if entry.sort in (Sort.CITY, Sort.STATE, Sort.PART):
            return self._with_land(last, entry)
        return _Named(last, entry.sort, entry.codes, entry.weak)

    def _longest(self, at: int) -> tuple[int, Known] | None:
        """The longest name that begins with a word."""
        written = self.words[at].text
        if not (self.small or written[0].isupper() or written in _SPOKEN_SMALL):
            return None
        name = folded(written)
        if name not in self.known.first_words:
            return None
        best: tuple[int, Known] | None = None
        for last in range(at, min(at + _LONGEST_NAME, len(self.words))):
            if last > at:
                if self._gap(last) not in _WITHIN_NAMES:
                    break
                name = f"{name} {folded(self.words[last].text)}"
            entry = self.known.get(name)
            if entry is not None and self._is_written_as_name(at, last, name):
                best = last, entry
        return best

    def _gap(self, at: int) -> str:
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _is_written_as_name(self, first: int, last: int, name: str) -> bool:
        if self.small and name not in _NEVER_SMALL and self.words[first].text.islower():
            return True
        written = [word.text for word in self.words[first : last + 1]]
        if first == last and name in _SHOUTED:
            return written[0].replace(".", "").isupper()
        if written[0].lower() in _SPOKEN_SMALL:
            return True
        return written[0][0].isupper() and all(word[0].isupper() or word in _SMALL_WORDS for word in written)

    def _with_land(self, last: int, entry: Known) -> _Named:
        """How far a place goes when the states and lands that follow it belong to it."""
        codes, paired, name = entry.codes, False, folded(self.words[last].text)
        while last + 1 < len(self.words):
            gap, at = self._gap(last + 1), last + 1
            if "," in gap and self.words[at].text == "the" and at + 1 < len(self.words):
                at += 1
            found = self._land_at(at) if _PAIRING.fullmatch(gap) else None
            if found is None or folded(self.words[found[0]].text) == name:
                break
            end, lands, is_code = found
            if "(" in gap and self.text[self.words[end].end : self.words[end].end + 1] not in (")", ","):
                break
            written = self.text[self.words[at].start : self.words[end].end]
            land = _common(codes, lands, bool(gap.strip()) and is_code, written)
            if land is None or (
                not paired
                and _REMOTE_AFTER.match(self.text, self.words[end].end)
                and len(written) < 4
                and "," in gap
            ):
                break
            last, codes, paired = end, (land,), True
        return _Named(last, entry.sort, codes, entry.weak, paired)

    def _with_city(self, first: int, last: int, entry: Known) -> _Named | None:
        """A land with a city of it after a comma ("Portugal, Lisbon"), save where it limits remote work."""
        if last + 1 >= len(self.words) or _COMMA.fullmatch(self._gap(last + 1)) is None:
            return None
        start = self.words[first].start
        if _REMOTE_BEFORE.search(self.text[max(0, start - 14) : start]):
            return None
        found = self._longest(last + 1)
        if found is None or found[1].sort is not Sort.CITY or found[1].weak:
            return None
        end, city = found
        if end + 1 < len(self.words) and self._land_at(end + 1) is not None:
            return None
        return (
            _Named(end, Sort.CITY, city.codes, False, True) if city.codes[0][:2] == entry.codes[0] else None
        )

    def _land_at(self, at: int) -> tuple[int, tuple[str, ...], bool] | None:
        """The land or state that begins with a word: its last word, its codes, whether it is a code."""
        word = self.words[at].text
        code = word.replace(".", "")
        if code.isupper() and code in self.known.codes:
            return at, self.known.codes[code], True
        if not word[0].isupper():
            return None
        for last in range(min(at + 3, len(self.words)) - 1, at - 1, -1):
            name = " ".join(folded(word.text) for word in self.words[at : last + 1])
            if name in _STATES_LIKE_CITIES:
                return last, (_STATES_LIKE_CITIES[name],), False
            entry = self.known.get(name)
            if entry is not None and entry.sort in (Sort.STATE, Sort.NATION, Sort.PART):
                return last, entry.codes, False
        return None

    def _in_good_company(self, start: int, end: int) -> bool:
        if _IN_BEFORE.search(self.text[max(0, start - 12) : start]):
            return True
        return self.header and _OFFICE_AFTER.match(self.text, end) is not None

    def _with_bracket(self, place: Place) -> Place:
        """The place with the bracket that closes it, or with the city by which people know a town."""
        end = place.end
        if place.text.count("(") > place.text.count(")") and self.text[end : end + 1] == ")":
            return self._up_to(place, end + 1)
        city = _BRACKETED_CITY.match(self.text, end)
        beside = self.known.get(folded(city[1])) if city else None
        known = city and beside and beside.sort is Sort.CITY and place.sort in _WITH_CITIES
        if city and beside and known and any(code[:2] == place.codes[0][:2] for code in beside.codes):
            return Place(
                place.start, city.end(), self.text[place.start : city.end()], Sort.CITY, beside.codes
            )
        return place

    def _up_to(self, place: Place, end: int) -> Place:
        return Place(place.start, end, self.text[place.start : end], place.sort, place.codes)

    def _beyond(self, place: Place, at: int) -> int:
        """The next word that may be a place of its own; in "Leipzig in Germany" the land is none."""
        while at < len(self.words) and self.words[at].start < place.end:
            at += 1
        follows = at + 1 < len(self.words) and self.text[place.end : self.words[at + 1].start] == " in "
        land = self._land_at(at + 1) if follows and place.sort is Sort.CITY else None
        return land[0] + 1 if land and _common(place.codes, land[1], False, "") else at

    def _with_unknown_towns(self, places: list[Place]) -> list[Place]:
        """Towns too small for the list, if the code of their land stands beside them: "Smalltown, OH"."""
        starts = [place.start for place in places]
        more: list[Place] = []
        if not _CODE.search(self.text):
            return places
        for match in _BEFORE_CODE.finditer(self.text):
            lands = self.known.codes.get(match[2])
            is_code = match[1].isupper() and len(match[1]) < 4
            if lands is None or is_code or not (lands[0][:3] in ("US-", "CA-") or match[2] in ("UK", "USA")):
                continue
            before = bisect_right(starts, match.end() - 1) - 1
            if before >= 0 and places[before].end > match.start(1):
                continue
            text = self.text[match.start(1) : match.end()].rstrip(".")
            more.append(Place(match.start(1), match.start(1) + len(text), text, Sort.CITY, lands[:1]))
        return sorted([*places, *more], key=lambda place: place.start) if more else places


def _word(match: re.Match[str]) -> _Word:
    text = match[0]
    if text[-1] == "." and "." not in text[:-1] and text not in _ABBREVIATED:
        text = text[:-1]
    start = match.start()
    return _Word(start, start + len(text), text)


def _common(codes: tuple[str, ...], lands: tuple[str, ...], as_code: bool, written: str) -> str | None:
    """The land that a place lies in, of those that were written beside it."""
    for land in lands:
        for code in codes[:1] if written.lower() in _STATES_LIKE_CITIES else codes:
            if code == land or code[:2] == land or land[:2] == code:
                return code if len(code) > len(land) else land
    strange = as_code and lands[0][:3] == "US-" and written not in _CODE_WORDS
    return lands[0] if strange and not any(code[:3] == "US-" for code in codes) else None
