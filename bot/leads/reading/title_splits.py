"""Lists of job titles, and how they come apart: by commas, by "and", by slashes that part two jobs."""

import re
from functools import lru_cache

from bot.leads.reading.titles import (
    AFTER_HEAD,
    BRACKET,
    FIELDS,
    LEVELS,
    STRIP,
    SUFFIX,
    head_of,
    is_head,
    is_strong_head,
    is_sure,
    is_title,
    plain_words,
    tidy_title,
)

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
    heads_first = _ends_with_head(parts[0]) or (is_sure(parts[0]) and is_title(parts[0], strict=True))
    speciality = heads_first and not any(map(_ends_with_head, parts[1:]))
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
            sure = is_sure(part) and not (mark == "/" and len(plain_words(part)) == 1)
            if out and not waiting and _SLASH.match(mark) and not (sure and is_sure(out[-1])):
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


@lru_cache(maxsize=4096)
def _ends_with_head(part: str) -> bool:
    tail = _TAILED.search(part) if _MAY_HAVE_TAIL.search(part) else None
    if tail is not None and tail.start() > 3 and _ends_with_head(part[: tail.start()]):
        return True
    words = plain_words(part)
    while words and (SUFFIX.match(words[-1]) and len(words) > 1):
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
    return any(is_head(word) and words[index + 1] in AFTER_HEAD for index, word in enumerate(words[:-1]))


def _is_speciality(part: str, mark: str, heads: int, parts: int) -> bool:
    return heads == 1 and parts == 2 and not _AND.match(mark)


_MAY_HAVE_TAIL = re.compile(r"[-–—:]")
_TAILED = re.compile(r"\s[-–—]+\s|\s—|(?<=[a-z]): ")


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
    plain = BRACKET.sub("", title).strip(STRIP).split()
    if len(plain) >= 2 and plain[-2].lower() == "software":
        return " ".join(plain[-2:])
    return plain[-1] if plain else ""
