"""Places in a text: cities, states, lands, regions, and the pairs they are written in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.leads.reading.gazetteer import Gazetteer, Known, Sort, folded, gazetteer

_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*\.?")
_LONGEST_NAME = 5
_SMALL_WORDS = frozenset(
    [
        "a",
        "am",
        "an",
        "and",
        "da",
        "de",
        "del",
        "der",
        "des",
        "di",
        "do",
        "el",
        "en",
        "im",
        "in",
        "la",
        "le",
        "of",
        "on",
        "os",
        "the",
        "und",
        "upon",
        "van",
        "y",
    ]
)
# Between a city and its land: "Austin, TX", "Austin TX", "Amsterdam (NL)".
_PAIRING = re.compile(r"\s*,\s*|\s+|\s*\(\s*|\s+-\s+")
_NEVER_CODES_ALONE = frozenset(
    {"AM", "AI", "IT", "IS", "ML", "PM", "CO", "CI", "CD", "SRE", "HR", "OR", "IN", "ME"}
)
_CODE_WORDS = frozenset({"OR", "IN", "ME", "HI", "OK", "OH", "AS", "AT", "BE", "BY", "DO", "IT", "IS", "NO", "SO", "TO",
                         "ID", "IM", "AM", "LA", "MA", "PA", "ML", "AI", "CV", "CO"})  # fmt: skip
_SHOUTED = frozenset(
    {
        "us",
        "eu",
        "uk",
        "na",
        "la",
        "sf",
        "ny",
        "sg",
        "hk",
        "dc",
        "sea",
        "kl",
        "df",
        "kw",
        "mtv",
        "nova",
        "usa",
    }
)
_UNSURE_PAIRS = frozenset({"new york", "washington", "georgia"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place where it stands in a text, with the land written beside it if there is one."""

    start: int
    end: int
    text: str
    sort: Sort
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    plain: str


_BRACKETED_CITY = re.compile(r"\s*\(([A-Z][\w.'’ -]{2,30}?)(?:,? [A-Z]{2})?\)")


def find_places(text: str, *, header: bool = True) -> list[Place]:
    """All places in a text, from left to right.

    In a header every name counts; in prose an everyday word counts only beside its land.
    """
    known = gazetteer()
    words = [_word(match) for match in _WORD.finditer(text)]
    small = header and text == text.lower()
    places: list[Place] = []
    at = 0
    while at < len(words):
        found = _longest(known, text, words, at, small)
        if found is None:
            at += 1
            continue
        last, entry = found
        end, sort, codes, paired = _with_land(known, text, words, last, entry)
        if entry.sort is Sort.NATION and (city := _with_city(known, text, words, at, last, entry, small)):
            end, sort, codes, paired = city
        if entry.weak and not paired and not _in_good_company(text, words[at].start, words[last].end, header):
            at = last + 1
            continue
        stop = words[end].end
        # A bracket that was opened for the land is closed with it.
        if (
            text.count("(", words[at].start, stop) > text.count(")", words[at].start, stop)
            and text[stop : stop + 1] == ")"
        ):
            stop += 1
        places.append(Place(words[at].start, stop, text[words[at].start : stop], sort, codes))
        at = end + 1
        if (pair := _BRACKETED_CITY.match(text, stop)) and (beside := known.get(folded(pair[1]))):
            # "Leinfelden (Stuttgart)": a town, and the city by which people know it.
            if sort is Sort.CITY is beside.sort and any(code[:2] == codes[0][:2] for code in beside.codes):
                start = places[-1].start
                places[-1] = Place(start, pair.end(), text[start : pair.end()], sort, codes)
                while at < len(words) and words[at].start < pair.end():
                    at += 1
                continue
        # "Leipzig in Germany": the land is said, and no place of its own.
        if at < len(words) and text[words[end].end : words[at].start] == " in " and sort is Sort.CITY:
            land = _land_at(known, text, words, at)
            if land and _belongs(codes, land[1], False, land[2], ""):
                at = land[0] + 1
    return _with_unknown_cities(known, text, places)


def _word(match: re.Match[str]) -> _Word:
    text = match[0]
    if text.endswith(".") and "." not in text[:-1] and text not in ("St.", "Ft.", "Mt."):
        text = text[:-1]
    return _Word(match.start(), match.start() + len(text), text, folded(text))


def _longest(
    known: Gazetteer, text: str, words: list[_Word], at: int, small: bool
) -> tuple[int, Known] | None:
    first = words[at]
    if first.plain not in known.first_words or not (
        small or first.text[0].isupper() or first.plain in _SPOKEN_SMALL
    ):
        return None
    best: tuple[int, Known] | None = None
    name = ""
    for last in range(at, min(at + _LONGEST_NAME, len(words))):
        if last > at and not _joined(text, words[last - 1], words[last]):
            break
        name = f"{name} {words[last].plain}" if name else words[last].plain
        entry = known.get(name)
        if entry is not None and _written_as_name(words[at : last + 1], name, small):
            best = last, entry
    return best


_SPOKEN_SMALL = frozenset(
    {"anywhere", "worldwide", "global", "globally", "world", "the", "internationally", "nyc"}
)


def _joined(text: str, one: _Word, other: _Word) -> bool:
    gap = text[one.end : other.start]
    return gap in (" ", "-", " - ", "–", ". ", "  ", "/") and not (gap == "/" and other.plain != "fort")


def _written_as_name(words: list[_Word], name: str, small: bool) -> bool:
    if small:
        return name not in ("us", "na", "la", "sea", "america", "nova", "df", "kl")
    if len(words) == 1 and name in _SHOUTED:
        return words[0].text.replace(".", "").isupper()
    if name in _SPOKEN_SMALL or words[0].plain in _SPOKEN_SMALL:
        return True
    return (
        all(word.text[0].isupper() or word.plain in _SMALL_WORDS for word in words)
        and words[0].text[0].isupper()
    )


def _with_land(
    known: Gazetteer, text: str, words: list[_Word], last: int, entry: Known
) -> tuple[int, Sort, tuple[str, ...], bool]:
    """How far a place goes when the states and lands that follow it belong to it."""
    codes, paired, name = entry.codes, False, words[last].plain
    if entry.sort not in (Sort.CITY, Sort.STATE, Sort.PART):
        return last, entry.sort, codes, paired
    while last + 1 < len(words):
        gap = _PAIRING.fullmatch(text, words[last].end, words[last + 1].start)
        if gap is None:
            break
        comma = bool(gap[0].strip())
        found = _land_at(known, text, words, last + 1)
        if found is None:
            break
        end, lands, is_code = found
        written = text[words[last + 1].start : words[end].end]
        land = None if words[end].plain == name else _belongs(codes, lands, comma, is_code, written)
        if land is None:
            break
        last, codes, paired = end, (land,), True
    return last, entry.sort, codes, paired


def _with_city(
    known: Gazetteer, text: str, words: list[_Word], at: int, last: int, entry: Known, small: bool
) -> tuple[int, Sort, tuple[str, ...], bool] | None:
    """A land with a city of it after a comma: "Portugal, Lisbon". Not where the land is a limit of remote work."""
    if last + 1 >= len(words) or re.fullmatch(r"\s*,\s*", text[words[last].end : words[last + 1].start]) is None:
        return None
    if re.search(r"(?i)remote\W*(?:in |within )?$", text[max(0, words[at].start - 14) : words[at].start]):
        return None
    found = _longest(known, text, words, last + 1, small)
    if found is None or found[1].sort is not Sort.CITY or found[1].weak:
        return None
    end, city = found
    after = _land_at(known, text, words, end + 1) if end + 1 < len(words) else None
    if after is not None or not any(code[:2] == entry.codes[0] for code in city.codes[:1]):
        return None
    return end, Sort.CITY, city.codes, True


def _land_at(
    known: Gazetteer, text: str, words: list[_Word], at: int
) -> tuple[int, tuple[str, ...], bool] | None:
    word = words[at]
    code = word.text.replace(".", "")
    if code in known.codes and code.isupper():
        return at, known.codes[code], True
    for last in range(min(at + 3, len(words)) - 1, at - 1, -1):
        name = " ".join(word.plain for word in words[at : last + 1])
        entry = known.get(name)
        if name in _UNSURE_PAIRS:
            state = {"new york": "US-NY", "washington": "US-WA", "georgia": "US-GA"}[name]
            return last, (state,), False
        if (
            entry is not None
            and entry.sort in (Sort.STATE, Sort.NATION, Sort.PART)
            and word.text[0].isupper()
        ):
            return last, entry.codes, False
    return None


def _belongs(
    codes: tuple[str, ...], lands: tuple[str, ...], comma: bool, is_code: bool, written: str
) -> str | None:
    """The land that a place lies in, of those that were written beside it."""
    for land in lands:
        for code in codes[:1] if written.lower() in _UNSURE_PAIRS else codes:
            if code == land or code[:2] == land or land[:2] == code:
                return code if len(code) > len(land) else land
    strange = is_code and comma and lands[0][:3] == "US-" and written not in _CODE_WORDS
    if strange and not any(code[:3] == "US-" for code in codes):
        return lands[0]
    return None


def _in_good_company(text: str, start: int, end: int, header: bool) -> bool:
    before, after = text[max(0, start - 12) : start], text[end : end + 8]
    return bool(re.search(r"\b(?:in|near|from|at our)\s+$|office in $", before)) or (
        header and bool(re.match(r"\s*(?:office|area|hq)\b", after, re.IGNORECASE))
    )


_BEFORE_CODE = re.compile(
    r"(?:(?<=[|/(;,:\-–—•+&\]])|^|(?<=\bin)|(?<=\bor)|(?<=\bnear))\s*([A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3}),\s*([A-Z]{2,3})\b\.?"
)


def _with_unknown_cities(known: Gazetteer, text: str, places: list[Place]) -> list[Place]:
    """Towns too small for the list, if the code of their land stands beside them: "Smalltown, OH"."""
    more: list[Place] = []
    for match in _BEFORE_CODE.finditer(text):
        lands = known.codes.get(match[2])
        if lands is None or not (lands[0][:3] in ("US-", "CA-") or match[2] in ("UK", "USA")):
            continue
        if any(place.start < match.end() and match.start(1) < place.end for place in places):
            continue
        more.append(
            Place(
                match.start(1),
                match.end(),
                text[match.start(1) : match.end()].rstrip("."),
                Sort.CITY,
                lands[:1],
            )
        )
    return sorted([*places, *more], key=lambda place: place.start) if more else places


def walk(text: str) -> Iterator[str]:
    """The texts of all places, for trying things out."""
    return (place.text for place in find_places(text))
