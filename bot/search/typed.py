"""What was typed, read word by word: slips mended, and the cues in it found. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.search.asked import Known
from bot.search.cues import Asking, Cues
from bot.search.everyday import everyday
from bot.search.words import LINKING, stem

CuesAt = Mapping[int, tuple[int, Asking]]
"""Cues by where they begin in a row without linking words, each with how many of its words it has."""

_RESPELT = 0.9
_MOST_RESPELT = 6
_MANY_TIMES = 8
_YEAR = re.compile(r"20[0-4]\d")


@dataclass(slots=True)
class Word:
    """A word as it was typed and as it was meant, how sure that is, and its stem."""

    typed: str
    meant: str
    sure: float = 1.0
    root: str = ""

    def __post_init__(self) -> None:
        self.root = stem(self.meant)


def spelt(typed: Sequence[str], known: Known, said: Cues) -> Iterator[Word]:
    """The words with those respelt that nobody knows."""
    left = _MOST_RESPELT
    for place, word in enumerate(typed):
        if left and not _is_known(word, known, said):
            last = place == len(typed) - 1
            begun = last and _may_be_begun(word, known)
            joined = any(
                "".join(two) in known.counts
                for two in (typed[place - 1 : place + 1], typed[place : place + 2])
                if len(two) == 2
            )
            mended = None if begun or joined else known.spelling.mended(word)
            if mended:
                left -= 1
                for part in mended.split():
                    yield Word(word, part, _RESPELT)
                continue
        elif left and _may_be_a_slip(word, known, said) and (meant := known.spelling.slip_of(word)):
            left -= 1
            yield Word(word, meant, _RESPELT)
            continue
        yield Word(word, word)


def _may_be_begun(word: str, known: Known) -> bool:
    """Whether a last word may be the beginning of another, and is not rather a slip of a frequent one."""
    longer = known.spelling.beginning_with(word, 1) if len(word) >= 3 else []
    if not longer:
        return False
    meant = known.spelling.mended(word)
    return (
        meant is None
        or " " in meant
        or known.spelling.count(meant) < _MANY_TIMES * known.spelling.count(longer[0])
    )


def _is_known(word: str, known: Known, said: Cues) -> bool:
    return (
        word in known.spelling
        or _is_common(word, said)
        or stem(word) in known.counts
        or stem(word) in known.meanings.phrases
        or word.isdigit()
        or everyday().holds(word)
        or stem(word) in everyday().stems
    )


def _is_common(word: str, said: Cues) -> bool:
    root = stem(word)
    return (
        word in said.silent
        or root in said.generic
        or root in said.plain
        or word in said.elsewhere
        or word in said.asking
        or word in LINKING
    )


def _may_be_a_slip(word: str, known: Known, said: Cues) -> bool:
    """Whether a known word may be a slip: among what people type, some is misspelt; and so may be a form."""
    if _is_common(word, said) or word in known.meanings.spelt or everyday().holds(word):
        return False
    met = known.spelling.count(word)
    return (met == 1 and word not in known.titled) or (met == 0 and stem(word) not in known.counts)


def cues_in(row: Sequence[Word], said: Cues) -> dict[int, tuple[int, Asking]]:
    """The cues in a query, the longest where several begin; places and lengths without linking words."""
    found: dict[int, tuple[int, Asking]] = {}
    place = 0
    for at, word in enumerate(row):
        for phrase, asking in said.phrases.get(word.meant, ()):
            if tuple(one.meant for one in row[at : at + len(phrase)]) == phrase:
                length = sum(one not in LINKING for one in phrase)
                if length and length > found.get(place, (0, None))[0]:
                    found[place] = (length, asking)
                break
        place += word.meant not in LINKING
    return found


def within_a_name(place: int, row: Sequence[Word], known: Known) -> bool:
    """Whether a word is part of a longer name of something that was made."""
    return any(
        at <= place < at + length and length > 1 and meaning.kind is not None
        for at, length, meaning in known.meanings.within([word.root for word in row])
    )


def without_cues(row: Sequence[Word], asking: CuesAt, said: Cues) -> Iterator[Word]:
    """The words that neither ask for a facet nor only ask, nor say of which year."""
    place = 0
    while place < len(row):
        if place in asking:
            place += asking[place][0]
            continue
        if row[place].meant not in said.silent and not _YEAR.fullmatch(row[place].meant):
            yield row[place]
        place += 1
