"""What a job title looks like: deciding whether words are one, and splitting lists of them."""

import re
from functools import lru_cache

from bot.leads.reading.vocabulary import words as listed

HEADS, WEAK_HEADS = listed("heads"), listed("weak heads")
LEVELS, FIELDS = listed("levels"), listed("fields")
NOISE, NEVER_IN_TITLES = listed("noise"), listed("never in titles")

LONGEST_TITLE = 14
"""Words."""

_TOKEN = re.compile(r"[^\s,;/()\[\]|]+")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SUFFIX = re.compile(r"^(?:i{1,3}|iv|v|vi|[1-6]|l[1-8]|e[3-8]|ii/iii|i/ii|iii/iv|ii\+|[a-d])$", re.IGNORECASE)
_STRIP = " \t,;:.!?*_~\"'“”‘’`-–—•|/\\>#+&=→➜⇒»"
_LEADING = re.compile(
    r"^(?:and|or|&|\+|as|for|plus|also|both|either|e\.g\.|i\.e\.)\s+|"
    r"^[(\[]?\d{1,2}\s?[.):x×/\]]\s+|^levels?\s+(?=\w)|^\d{1,2}x\s+|"
    r"^\d{1,2}\s?[-–]\s?\d{1,2}\s+",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def plain_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase without its brackets, small, without punctuation around them."""
    bare = _BRACKET.sub(" ", phrase) if "(" in phrase or "[" in phrase else phrase
    return tuple(word for part in _TOKEN.findall(bare) if (word := part.strip(_STRIP).lower()))


@lru_cache(maxsize=4096)
def is_head(word: str) -> bool:
    """Whether a title may end with a word, in whatever number."""
    word = word.strip(_STRIP).lower()
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
    word = word.strip(_STRIP).lower()
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
    if words[0] in _FOUNDERS and "of" in words:
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


_AFTER_HEAD = frozenset(["of", "for", "in", "to", "at", "with", "and", "or", "&", "across", "on", "-"])


def _ends_well(words: tuple[str, ...], head: int, phrase: str) -> bool:
    """Whether what follows the head may belong to a title."""
    rest = words[head + 1 :]
    if not rest or all(_SUFFIX.match(word) for word in rest):
        return True
    if rest[0] in ("of", "for", "in", "across", "with", "on", "to", "at", "and", "&"):
        return len(rest) <= 6
    if all(word in FIELDS or word in LEVELS or _SUFFIX.match(word) for word in rest):
        return True
    # A speciality after a comma, a dash or a slash.
    return len(rest) <= 6 and re.search(r"[,–—:/]|\s-+\s|[(\[]", phrase) is not None


def tidy_title(phrase: str) -> str:
    """A title without articles, praise and numbers before it, and without punctuation around it."""
    phrase = phrase.strip().strip(_STRIP.replace("+", "").replace("#", ""))
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


_LIST = re.compile(
    r"\s*(?:,\s*(?:and|or|&)?\s+|,|;|•|·|\s\+\s|\s\+(?=[A-Z])|\s*\n\s*|\s(?:&|and)\s|"
    r"\sas well as\s|\splus\s|\s/\s|/)\s*",
    re.IGNORECASE,
)
_SURE_LEVELS = frozenset({"senior", "sr", "junior", "jr", "staff", "founding", "principal"})
_SLASH = re.compile(r"^\s*/\s*$")
_AND = re.compile(r"^\s*(?:,?\s*(?:&|and|plus|as well as)|\+)\s*$", re.IGNORECASE)


def split_titles(text: str, *, one_line: bool = False) -> list[str]:
    """The titles of a list such as "Senior Backend Engineer, SRE & Designers"; fields among titles count too.

    A line of its own (`one_line`) with one head is one title, whatever specialities follow.
    """
    if text.count(" - ") > 1:
        pieces = [piece for piece in text.split(" - ") if piece.strip()]
        if sum(_ends_with_head(piece) for piece in pieces) > max(1, len(pieces) / 2):
            text = ", ".join(pieces)
    parts, marks = _outside_brackets(text)
    slashed = len(parts) > 1 and all(map(_SLASH.match, marks)) and _ends_with_head(parts[-1])
    speciality = parts and _ends_with_head(parts[0]) and not any(map(_ends_with_head, parts[1:]))
    if one_line and (slashed or speciality):
        return [title] if (title := tidy_title(text)) else []
    joined = _joined(parts, marks)
    heads = [head_of(part) is not None for part in joined]
    if not any(has and is_sure(part) for has, part in zip(heads, joined, strict=True)):
        joined = [part for part, has in zip(joined, heads, strict=True) if has]
        heads = [True] * len(joined)
    return [
        title
        for part, has in zip(joined, heads, strict=True)
        if (title := tidy_title(part)) and (has or _is_field(title))
    ]


def is_field_of_level(phrase: str) -> bool:
    """Whether a job is named by its level and its field alone: "Senior Backend Python"."""
    words = plain_words(phrase)
    return len(words) > 1 and words[0] in _SURE_LEVELS and _is_field(phrase)


def _is_field(phrase: str) -> bool:
    words = plain_words(phrase)
    if not 1 <= len(words) <= 5 or not all(word in FIELDS or word in LEVELS for word in words):
        return False
    levels = sum(word in LEVELS for word in words)
    return levels < len(words) and (len(words) <= 3 or levels > 0)


_BRACKETED = re.compile(r"[(\[][^()\[\]]*(?:[)\]]|$)")


def _masked(bracket: re.Match[str]) -> str:
    return "(" + "\x00" * (len(bracket[0]) - 1)


def _outside_brackets(text: str) -> tuple[list[str], list[str]]:
    """The parts between list marks that stand outside brackets, and those marks."""
    flat = _BRACKETED.sub(_masked, text) if "(" in text or "[" in text else text
    parts, marks, at = [], [], 0
    for mark in _LIST.finditer(flat):
        if mark.end() == mark.start():
            continue
        parts.append(text[at : mark.start()])
        marks.append(mark[0])
        at = mark.end()
    parts.append(text[at:])
    return parts, marks


def _joined(parts: list[str], marks: list[str]) -> list[str]:
    """Parts put together again where they are one title: "Front end/full stack developer"."""
    out: list[str] = []
    heads = sum(_ends_with_head(part) for part in parts)
    waiting: list[str] = []
    glue: list[str] = []
    for index, part in enumerate(parts):
        mark = marks[index - 1] if index else ""
        if not part.strip():
            continue
        if _ends_with_head(part):
            sure = _sure_end(part) and not (mark == "/" and len(plain_words(part)) == 1)
            if out and not waiting and _SLASH.match(mark) and not (sure and _sure_end(out[-1])):
                out[-1] += mark + part
            elif waiting:
                out += _shared_head(waiting, glue, mark, part)
                waiting, glue = [], []
            else:
                out.append(part)
        elif (
            out
            and not waiting
            and (
                _SLASH.match(mark)
                or _is_speciality(part, mark, heads, len(parts))
                or _goes_on(out[-1], mark, parts[index + 1 :])
            )
        ):
            out[-1] += mark + part
        else:
            if waiting:
                glue.append(mark)
            waiting.append(part)
    return out + waiting


def _sure_end(part: str) -> bool:
    return is_sure(part)


@lru_cache(maxsize=4096)
def _ends_with_head(part: str) -> bool:
    tail = _TAILED.search(part) if _MAY_HAVE_TAIL.search(part) else None
    if tail is not None and tail.start() > 3 and _ends_with_head(part[: tail.start()]):
        return True
    words = plain_words(part)
    while words and (_SUFFIX.match(words[-1]) and len(words) > 1):
        words = words[:-1]
    if not words:
        return False
    if all(word in LEVELS and not is_strong_head(word) for word in words):
        return False
    if is_head(words[-1]) and words[-1] not in (
        "sales",
        "marketing",
        "growth",
        "support",
        "ux",
        "ui",
        "ios",
        "android",
        "lead",
        "principal",
        "ops",
        "devops",
        "qa",
        "mlops",
    ):
        return True
    # "Head of Engineering", "Engineers across the stack"
    return any(is_head(word) and words[index + 1] in _AFTER_HEAD for index, word in enumerate(words[:-1]))


def _is_speciality(part: str, mark: str, heads: int, parts: int) -> bool:
    return heads == 1 and parts == 2 and not _AND.match(mark)


_MAY_HAVE_TAIL = re.compile(r"[-–—:]")
_TAILED = re.compile(r"\s[-–—]+\s|\s—|[a-z]: ")


def _goes_on(before: str, mark: str, after: list[str]) -> bool:
    """Whether an "and" belongs to a speciality: "Research Engineer - Mapping & Localization"."""
    return (
        not _SLASH.match(mark)
        and _TAILED.search(before) is not None
        and head_of(_TAILED.split(before)[-1]) is None
        and not any(_ends_with_head(part) for part in after)
    )


def _shared_head(waiting: list[str], glue: list[str], mark: str, last: str) -> list[str]:
    """Fields that share the head of the last ("platform and inference engineers") become titles too."""
    marks = [*glue, mark]
    levels_only = all(
        all(word in LEVELS or word in ("to", "or") for word in plain_words(part)) for part in waiting
    )
    slashes = all(_SLASH.match(one) for one in marks)
    if levels_only or slashes:
        whole = ""
        for part, one in zip([*waiting, last], [*marks, ""], strict=True):
            whole += part + one
        return [whole]
    if not _AND.match(mark):
        return [part for part in waiting if _is_field(part) or head_of(part) is not None] + [last]
    if any(len(plain_words(part)) > 4 for part in waiting):
        return [last]
    if len(waiting) == 1 and (not _is_plural(last) or _levels_meet(waiting[0], last)):
        return [waiting[0] + mark + last]
    head = _head_words(last)
    return [f"{tidy_title(part)} {head}" for part in waiting if plain_words(part)] + [last]


def _is_plural(title: str) -> bool:
    words = plain_words(title)
    return bool(words) and any(word.endswith(("s", "(s)", "men")) and is_head(word) for word in words)


def _levels_meet(before: str, after: str) -> bool:
    """Whether an "and" joins two levels of one job: "Android principal and staff engineers"."""
    return LEVELS.issuperset((*plain_words(before)[-1:], *plain_words(after)[:1]))


def _head_words(title: str) -> str:
    plain = _BRACKET.sub("", title).strip(_STRIP).split()
    if len(plain) >= 2 and plain[-2].lower() == "software":
        return " ".join(plain[-2:])
    return plain[-1] if plain else ""
