"""What a job title looks like: deciding whether words are one, and tidying it."""

import re
from functools import lru_cache

from bot.leads.reading.vocabulary import words as listed

HEADS, WEAK_HEADS = listed("heads"), listed("weak heads")
LEVELS, FIELDS = listed("levels"), listed("fields")
NOISE, NEVER_IN_TITLES = listed("noise"), listed("never in titles")

LONGEST_TITLE = 14
"""Words."""

_TOKEN = re.compile(r"[^\s,;/()\[\]|]+")
BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
SUFFIX = re.compile(r"^(?:i{1,3}|iv|v|vi|[1-6]|l[1-8]|e[3-8]|ii/iii|i/ii|iii/iv|ii\+|[a-d])$", re.IGNORECASE)
STRIP = " \t,;:.!?*_~\"'“”‘’`-–—•|/\\>#+&=→➜⇒»"
_LEADING = re.compile(
    r"^(?:and|or|&|\+|as|for|plus|also|both|either|e\.g\.|i\.e\.)\s+|"
    r"^[(\[]?\d{1,2}\s?[.):x×/\]]\s+|^levels?\s+(?=\w)|^\d{1,2}x\s+|"
    r"^\d{1,2}\s?[-–]\s?\d{1,2}\s+",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def plain_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase without its brackets, small, without punctuation around them."""
    bare = BRACKET.sub(" ", phrase) if "(" in phrase or "[" in phrase else phrase
    return tuple(word for part in _TOKEN.findall(bare) if (word := part.strip(STRIP).lower()))


@lru_cache(maxsize=4096)
def is_head(word: str) -> bool:
    """Whether a title may end with a word, in whatever number."""
    word = word.strip(STRIP).lower()
    if word in HEADS:
        return True
    for ending, instead in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("(s)", ""),
        ("’s", ""),
        ("'s", ""),
        ("men", "man"),
    ):
        if word.endswith(ending) and word[: -len(ending)] + instead in HEADS:
            return True
    return "-" in word and any(is_head(part) for part in word.rsplit("-", 1)[1:] if part)


def is_strong_head(word: str) -> bool:
    """Whether a word by itself says that a title is meant."""
    word = word.strip(STRIP).lower()
    return is_head(word) and word not in WEAK_HEADS and word.rstrip("s") not in WEAK_HEADS


_LETTERS = re.compile(r"[a-zé]+")
_HEADS_IN_ANY_NUMBER = frozenset(
    form for head in HEADS for form in (head, head + "s", head + "es", head[:-1] + "ies", head[:-2] + "men")
)


@lru_cache(maxsize=512)
def may_name_jobs(small: str) -> bool:
    """Whether a text, in small letters, holds any word that a title may end with."""
    return not _HEADS_IN_ANY_NUMBER.isdisjoint(_LETTERS.findall(small))


@lru_cache(maxsize=4096)
def is_sure(phrase: str) -> bool:
    """Whether some word of a phrase, or two together ("tech lead", "head of"), say that it is a title."""
    words = plain_words(phrase)
    for index, word in enumerate(words):
        if is_strong_head(word):
            return True
        if word in ("head", "chief", "vp", "member", "members") and words[index + 1 : index + 2] == ("of",):
            return True
        before = words[index - 1] if index else ""
        if word.rstrip("s") in _WITH_FIELD and (
            before == "founding"
            or before in FIELDS
            or before in ("team", "tech", "technical", "group", "area")
        ):
            return True
    return False


_WITH_FIELD = listed("with a field")


@lru_cache(maxsize=4096)
def head_of(phrase: str) -> int | None:
    """The index of the last word, among the plain ones, that a title may end with."""
    words = plain_words(phrase)
    for index in range(len(words) - 1, -1, -1):
        if is_head(words[index]):
            return index
    return None


@lru_cache(maxsize=8192)
def is_title(phrase: str, *, strict: bool = False) -> bool:
    """Whether a phrase is one job title. `strict` is for prose, where weak words prove nothing."""
    phrase = phrase.strip()
    if not 2 <= len(phrase) <= 140:
        return False
    words = plain_words(phrase)
    if not 1 <= len(words) <= LONGEST_TITLE:
        return False
    if not NEVER_IN_TITLES.isdisjoint(words) or _of_experience(words):
        return False
    if words[0] in _PREPOSITIONS or (words[0] in _FOUNDERS and "of" in words):
        return False
    heads = [index for index, word in enumerate(words) if is_head(word)]
    if not heads:
        return False
    if not is_sure(phrase) and not _weak_but_sure(words, strict):
        return False
    if strict and len(words) > 9:
        return False
    return _ends_well(words, heads[-1], phrase)


_EXPERIENCED_BY = listed("experienced by")


_PREPOSITIONS = frozenset({"at", "in", "of", "with", "for", "to", "from"})
_FOUNDERS = frozenset({"founder", "cofounder", "co-founder", "ceo", "cto"})


def _of_experience(words: tuple[str, ...]) -> bool:
    """Whether experience is asked for, not worked on as "user experience" is."""
    if "experience" not in words:
        return False
    before = ("", *words)
    return any(
        word == "experience" and before[index] not in _EXPERIENCED_BY for index, word in enumerate(words)
    )


def _weak_but_sure(words: tuple[str, ...], strict: bool) -> bool:
    if len(words) == 1:
        return not strict and words[0] in (
            "devops",
            "qa",
            "intern",
            "interns",
            "founder",
            "cofounder",
            "marketing",
            "sales",
            "pm",
            "em",
            "growth",
            "support",
            "internship",
            "internships",
        )
    return any(word in FIELDS or word in LEVELS for word in words[:-1]) or not strict or "head" in words[:1]


AFTER_HEAD = frozenset(["of", "for", "in", "to", "at", "with", "and", "or", "&", "across", "on", "-"])


def _ends_well(words: tuple[str, ...], head: int, phrase: str) -> bool:
    """Whether what follows the head may belong to a title."""
    rest = words[head + 1 :]
    if not rest or all(SUFFIX.match(word) for word in rest):
        return True
    if rest[0] in ("of", "for", "in", "across", "with", "on", "to", "at", "and", "&"):
        return len(rest) <= 6
    if all(word in FIELDS or word in LEVELS or SUFFIX.match(word) for word in rest):
        return True
    # A speciality after a comma, a dash or a slash.
    return len(rest) <= 6 and re.search(r"[,–—:/]|\s-+\s|[(\[]", phrase) is not None


def tidy_title(phrase: str) -> str:
    """A title without articles, praise and numbers before it, and without punctuation around it."""
    phrase = phrase.strip().strip(STRIP.replace("+", "").replace("#", ""))
    while True:
        shorter = _LEADING.sub("", phrase, count=1)
        first = shorter.split(" ", 1)
        if (
            len(first) == 2
            and first[0].lower().strip(",") in NOISE
            and not (first[0].lower() == "new" and first[1].lower().startswith("grad"))
        ):
            shorter = first[1]
        if shorter == phrase:
            break
        phrase = shorter.lstrip()
    if phrase.count("(") > phrase.count(")"):
        phrase = (
            phrase + ")"
            if phrase.rfind("(") > 0 and len(phrase) - phrase.rfind("(") > 2
            else phrase.rstrip("( ")
        )
    elif phrase.count(")") > phrase.count("("):
        phrase = phrase.rstrip(") ") if "(" not in phrase else phrase[: phrase.rfind(")")]
    return phrase.strip()
