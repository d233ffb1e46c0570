"""The common words of the language: right as they are, and what a slip of the pen may have meant.

Read out of common_words.txt before the first word that a catalogue does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.search.cues import cues
from bot.search.words import stem


@dataclass(frozen=True, slots=True)
class Everyday:
    """Common words as they are written, their stems, and by first letter with those that only ask."""

    words: frozenset[str]
    stems: frozenset[str]
    by_first: Mapping[str, Sequence[str]]

    def holds(self, word: str) -> bool:
        """Whether a word is common as it is written, or one of such in the plural."""
        return word in self.words or (word.endswith("s") and word[:-1] in self.words)


@cache
def everyday() -> Everyday:
    """The words of the file."""
    text = resources.files("bot.search").joinpath("common_words.txt").read_text(encoding="utf-8")
    common = frozenset(text.split())
    said = cues()
    by_first: dict[str, list[str]] = {}
    for word in sorted(common | said.written):
        by_first.setdefault(word[0], []).append(word)
    return Everyday(common, frozenset(map(stem, common)), by_first)
