"""Telling whether two titles name the same job."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.leads.reading.titles import is_head, plain_words
from bot.leads.reading.vocabulary import words as listed

_SAME = {
    "sr": "senior", "snr": "senior", "jr": "junior", "swe": "software engineer", "dev": "engineer",
    "devs": "engineer", "eng": "engineer", "engineering": "engineer", "developer": "engineer",
    "programmer": "engineer", "sre": "site reliability engineer", "ml": "machine learning",
    "pm": "product manager", "em": "engineer manager", "front-end": "frontend",
    "back-end": "backend", "full-stack": "fullstack",
}  # fmt: skip
_TWO_WORDS = re.compile(r"\b(front|back|full)[ -](end|stack)\b", re.IGNORECASE)
_LEVELS = listed("plain levels")
_SAYS_NOTHING = listed("says nothing")
_BARE = listed("bare") | _LEVELS


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is written, and the words around it."""

    text: str
    quote: str


def covered(title: Title, others: Iterable[Title]) -> bool:
    """Whether a title is said as fully, or more fully, by another one."""
    mine = _meaning(title.text) - _LEVELS
    for other in others:
        shared = mine & _meaning(other.text)
        if shared == mine or (len(shared) >= max(2, 0.6 * len(mine)) and shared - _BARE):
            return True
    return False


def said_better(title: Title, others: Iterable[Title]) -> bool:
    """Whether another title says all that this one does, and more."""
    mine = _meaning(title.text)
    return any(mine < _meaning(other.text) and not is_bare(other.text) for other in others)


def once(titles: Iterable[Title], *, bare: bool = True) -> list[Title]:
    """Each job once, in order. Without `bare`, "engineers" goes where any engineer is named."""
    kept: dict[tuple[frozenset[str], frozenset[str]], Title] = {}
    for title in titles:
        kept.setdefault((_meaning(title.text), _bracketed(title.text)), title)
    named = [one for one in kept.values() if not is_bare(one.text)]
    return (
        list(kept.values())
        if bare
        else [one for one in kept.values() if not is_bare(one.text) or not covered(one, named)]
    )


def is_bare(title: str) -> bool:
    """Whether a title says no more than that engineers, or the like, are sought."""
    return _meaning(title) <= _BARE


def _meaning(title: str) -> frozenset[str]:
    found: set[str] = set()
    title = _TWO_WORDS.sub(lambda two: two[1] + two[2], title)
    for word in plain_words(title):
        one = word[:-1] if word.endswith("s") and len(word) > 3 and is_head(word) else word
        found.update(_SAME.get(one, one).split(" "))
    return frozenset(found - _SAYS_NOTHING) or frozenset(found)


def _bracketed(title: str) -> frozenset[str]:
    return frozenset(
        word.lower() for part in re.findall(r"[(\[]([^()\[\]]*)", title) for word in part.split()
    )
