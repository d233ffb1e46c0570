"""The words by which a post is found: the same for what is stored and for what is typed. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

# "C++", "C#" and ".NET" are words of their own; "Node.js" is two.
_WORD = re.compile(r"(?<!\w)\.net\b|[^\W_]+(?:\+\+|#)?")

_SAME = {
    "js": "javascript",
    "ts": "typescript",
    "k8s": "kubernetes",
    "postgres": "postgresql",
    "golang": "go",
    "sr": "senior",
    "jr": "junior",
    "nyc": "new-york",
    "sf": "san-francisco",
}
"""Short forms, and what they stand for."""

_SAME_TOGETHER = {
    ("machine", "learning"): "ml",
    ("artificial", "intelligence"): "ai",
    ("full", "stack"): "fullstack",
    ("front", "end"): "frontend",
    ("back", "end"): "backend",
    ("new", "york"): "new-york",
    ("san", "francisco"): "san-francisco",
}
"""Two words that mean the same as one."""

_WORD_LIMIT = 40


def words_in(text: str) -> set[str]:
    """All words of a text, and what pairs of them stand for."""
    words = list(_words(text))
    return {*words, *(_SAME_TOGETHER[pair] for pair in pairwise(words) if pair in _SAME_TOGETHER)}


def words_typed(text: str) -> list[str]:
    """The words that somebody looks for, in order, each once, and one word for a pair that stands for it."""
    words = list(_words(text))
    typed, at = [], 0
    while at < len(words):
        same = _SAME_TOGETHER.get((words[at], words[at + 1])) if at + 1 < len(words) else None
        typed.append(same or words[at])
        at += 2 if same else 1
    return list(dict.fromkeys(typed))


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(folded(text)):
        word = match[0][:_WORD_LIMIT]
        yield _singular(_SAME.get(word, word))


def _singular(word: str) -> str:
    """A word without the s of the plural, so that "engineers" finds "engineer" and the other way round."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui":
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
