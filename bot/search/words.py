"""Text as the search compares it: folded, cut into words, and each word without its ending. Pure."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+[+#]{0,2}")
_POSSESSIVE = re.compile(r"['’`´](s\b)?")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_VOWEL = re.compile(r"[aeiouy]")
_OPEN = re.compile(r"(^|[^aeiou])[aeiouy][^aeiouwxy]$")
_LONG = 5
_OUR = ("cour", "tour", "sour", "hour", "four", "your")

LINKING = frozenset(
    {"a", "an", "the", "of", "for", "and", "or", "in", "on", "to", "with", "by", "from", "is", "are", "be"}
    | {"at", "as", "it", "its", "into", "via", "using", "this", "that"}
)
"""Words that only join others: left out of both what is searched and what is found by."""

_WHOLE = {
    "analyses": "analysis",
    "news": "news",
    "series": "series",
    "networking": "networking",
    "embedding": "embedding",
    "embeddings": "embedding",
    "clustering": "clustering",
    "matrices": "matrix",
    "indices": "index",
    "vertices": "vertex",
    "maths": "math",
    "mathematics": "math",
    "mathematical": "math",
    "data": "data",
    "datum": "data",
    "people": "person",
    "lenses": "lens",
    "always": "always",
    "aws": "aws",
    "ops": "ops",
    "whys": "why",
    "stats": "statistic",
    "used": "use",
    "uses": "use",
    "using": "use",
    "shared": "share",
    "building": "build",
    "built": "build",
    "wrote": "write",
    "written": "write",
    "made": "make",
    "taught": "teach",
    "paid": "pay",
    "found": "find",
    "ran": "run",
    "understood": "understand",
    "hired": "hire",
    "hire": "hire",
    "hiring": "hire",
    "programme": "program",
    "programmes": "program",
    "catalogue": "catalog",
    "bigger": "big",
    "biggest": "big",
    "smaller": "small",
    "smallest": "small",
    "faster": "fast",
    "fastest": "fast",
    "cheaper": "cheap",
    "easier": "easy",
    "easiest": "easy",
}
"""Words whose ending cannot be taken off by a rule; and British for American where a rule would do harm."""


def folded(text: str) -> str:
    """A text in one case, without accents, and in one form where Unicode has several."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if plain.isascii():
        return plain
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", plain)))


def words(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return _WORD.findall(_POSSESSIVE.sub("", folded(text)))


def stems(text: str) -> list[str]:
    """The stems of a text's words, without those that only join others."""
    return [stem(word) for word in words(text) if word not in LINKING]


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A folded word without its ending, so that its forms are one; British and American spelling alike."""
    if word in _WHOLE:
        return _WHOLE[word]
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word[:-1] if len(word) > 3 and word.endswith("s") and word[:-1].isascii() else word
    return _without_e(_american(_without_deed(_singular(word))))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_deed(word: str) -> str:
    """Without -ing, -ed and -ation, where enough of a word is left."""
    if word.endswith("ied") and len(word) > 5:
        return word[:-3] + "y"
    for ending, least in (("ation", 4), ("ing", 3), ("ed", 3)):
        root = word.removesuffix(ending)
        if root == word or len(root) < least or not _VOWEL.search(root) or word.endswith("eed"):
            continue
        if ending == "ation":
            return root + ("e" if root.endswith(("iz", "is")) else "ate")
        if root[-1] == root[-2] and root[-1] not in "lsz":
            return root[:-1]
        return root + "e" if len(root) < _LONG and _OPEN.search(root) else root
    return word


def _american(word: str) -> str:
    if len(word) > 5:
        if word.endswith(("ise", "yse")):
            word = word[:-2] + "ze"
        elif word.endswith("is") and not word.endswith(("sis", "xis")):
            word = word[:-1] + "z"
        elif word.endswith("iser"):
            word = word[:-3] + "zer"
    if "our" in word and len(word) > 5 and not word.startswith(_OUR):
        word = word.replace("our", "or")
    if word.endswith("ll") and len(word) > 5:
        word = word[:-1]
    return word


def _without_e(word: str) -> str:
    """Without a last -e; short words keep it, which makes another word of some (code, cod)."""
    if not word.endswith("e") or word.endswith("ee") or len(word) < 4:
        return word
    return word if len(word) <= _LONG and _OPEN.search(word[:-1]) else word[:-1]
