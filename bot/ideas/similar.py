"""Which ideas look like another one: the same words, or words that say the same, in whatever order. Pure.

Letters don't know what is meant. What is said in wholly other words is missed, and one telling word that is
another one may be overlooked; so members decide, and can merge two ideas that nothing here found.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from bot.ideas.rules import Idea, IdeaText

ALIKE = 0.41
"""From here on two ideas look alike; chosen on one half of tests/unit/idea_pairs.tsv."""

TITLE_SHARE = 0.75
"""How much the titles weigh beside all that is said, where both say more than a title."""

LIGHT = 0.15
"""What a word weighs that most ideas share; any other weighs 1."""

OTHER_DEED = 0.5
"""What is left of a likeness where the one idea does something else than the other."""

BOTH_ALONE, ONE_ALONE = 1.0, 0.3
"""How much words count against a likeness that only one has: up to where both have some, and beyond."""

SAME_WORD = 84.0
"""From this likeness on, of 100, two words are one with a slip of the pen."""

_GROUPS = Path(__file__).parent / "synonyms.txt"
_WORD = re.compile(r"\w+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "er", "ed", "es", "s", "e", "y")
_STEM_AT_LEAST, _LONG_ENOUGH_TO_MISTYPE = 3, 7


@dataclass(frozen=True, slots=True)
class Words:
    """What a text is about, each word with its weight, and what is done in it; both as they are read."""

    about: Mapping[str, float] = field(default_factory=dict)
    deeds: frozenset[str] = frozenset()


def similar_to(text: IdeaText, others: Sequence[Idea], limit: int = 3) -> list[Idea]:
    """Those that look like an idea, the likest first."""
    marked = [(likeness(text, other.text), other) for other in others]
    alike = [(mark, other) for mark, other in marked if mark >= ALIKE]
    alike.sort(key=lambda pair: -pair[0])
    return [other for _mark, other in alike[:limit]]


def likeness(one: IdeaText, other: IdeaText) -> float:
    """How alike two ideas are, from 0 to 1."""
    if one.title.casefold() == other.title.casefold():
        return 1.0
    title, other_title = words_of(one.title), words_of(other.title)
    mark = _shared(title.about, other_title.about)
    details, other_details = _details(one), _details(other)
    if details and other_details:
        everything = words_of(f"{one.title} {details}"), words_of(f"{other.title} {other_details}")
        mark = TITLE_SHARE * mark + (1 - TITLE_SHARE) * _shared(everything[0].about, everything[1].about)
    if title.deeds and other_title.deeds and title.deeds.isdisjoint(other_title.deeds):
        mark *= OTHER_DEED
    return mark


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """The words of a text that say something."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    about: dict[str, float] = {}
    deeds: set[str] = set()
    for word in _WORD.findall(plain):
        if word in _silent():
            continue
        read = _reading(stem(word))
        about |= read.about
        deeds |= read.deeds
    # Where nothing but deeds is named, they are what it is about.
    return Words(about or dict.fromkeys(sorted(deeds), 1.0), frozenset(deeds))


def stem(word: str) -> str:
    """A word without its ending, so that its forms are one; British and American spelling alike."""
    spelt = word.replace("ise", "ize").replace("isi", "izi").replace("our", "or")
    for ending in _ENDINGS:
        if spelt.endswith(ending) and len(spelt) - len(ending) >= _STEM_AT_LEAST:
            return spelt.removesuffix(ending)
    return spelt


def _reading(root: str) -> Words:
    """What a stem is read as; one with a slip of the pen, as what was meant."""
    readings = _readings()
    if root not in readings and len(root) >= _LONG_ENOUGH_TO_MISTYPE:
        meant = _mistyped(root, readings)
        return readings[meant] if meant else Words({root: 1.0})
    return readings.get(root) or Words({root: 1.0})


def _details(text: IdeaText) -> str:
    return " ".join(filter(None, [text.problem, text.angle, text.baseline]))


@cache
def _groups() -> Sequence[tuple[str, Sequence[str]]]:
    """The groups of synonyms.txt, each with the part of the file that it stands in."""
    groups = []
    part = ""
    for line in _GROUPS.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if len(words) == 1 and words[0].endswith(":"):
            part = words[0]
        elif words and not line.startswith("#"):
            groups.append((part, words))
    return groups


@cache
def _silent() -> frozenset[str]:
    """The words that say nothing."""
    return frozenset(word for part, words in _groups() if part == "silent:" for word in words)


@cache
def _readings() -> Mapping[str, Words]:
    """What the stem of each word of the groups is read as."""
    readings: dict[str, Words] = {}
    for part, words in _groups():
        if part == "silent:":
            continue
        heads = [stem(word) for word in words[0].split("-")]
        if part == "deed:":
            read = Words({}, frozenset(heads))
        else:
            read = Words(dict.fromkeys(heads, LIGHT if part == "light:" else 1.0))
        readings |= {stem(word): read for word in words}
    return readings


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of two bags of words is the same, by weight; words that are nearly the same count so.

    An idea is often told at length and in short, so what only one of them adds counts little against it; but
    two of which each names something of its own are rarely one.
    """
    left, both, alone = dict(other), 0.0, 0.0
    for word, weight in sorted(one.items(), key=lambda pair: (-pair[1], pair[0])):
        match = _nearest(word, left)
        if match is None:
            alone += weight
        else:
            both += (weight + left.pop(match)) / 2
    less, more = sorted((alone, sum(left.values())))
    return both / (both + BOTH_ALONE * less + ONE_ALONE * more) if both else 0.0


def _nearest(word: str, others: Mapping[str, float]) -> str | None:
    if word in others:
        return word
    return _mistyped(word, others)


def _mistyped(word: str, others: Mapping[str, object]) -> str | None:
    """The word that is meant by one with a slip of the pen, if it is among others."""
    # Many megabytes, of which nobody has any use before the first idea.
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, others.keys(), scorer=fuzz.ratio, score_cutoff=SAME_WORD)
    return found[0] if found else None
