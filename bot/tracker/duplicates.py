"""Whether two names are those of one company, for a warning that must rather come once too often. Pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from bot.tracker.rules import Application

_WORD = re.compile(r"\w+")
_ALIKE, _TOO_SHORT_TO_MISTYPE, _TELLING = 0.88, 6, 4


def earlier_at(
    company: str, key: str | None, applications: Iterable[Application], but: int | None = None
) -> tuple[Application, ...]:
    """What was sent to a company before, the newest first; `but` is the id of the one that is asked about."""
    found = [
        other for other in applications if other.was_sent and other.id != but and _is_at(company, key, other)
    ]
    return tuple(sorted(found, key=lambda other: (other.applied_on or other.since, other.id), reverse=True))


def _is_at(company: str, key: str | None, other: Application) -> bool:
    return (key is not None and key == other.company_key) or alike(company, other.job.company)


def alike(one: str, other: str) -> bool:
    """Whether two names are the same but for spelling, or one is the other's beginning: Acme, Acme Labs."""
    words, others = _WORD.findall(one.casefold()), _WORD.findall(other.casefold())
    if not words or not others:
        return one.casefold() == other.casefold()
    name, other_name = "".join(words), "".join(others)
    if name == other_name:
        return True
    shorter, longer = sorted((words, others), key=len)
    if longer[: len(shorter)] == shorter and len("".join(shorter)) >= _TELLING:
        return True
    if min(len(name), len(other_name)) < _TOO_SHORT_TO_MISTYPE:
        return False
    compared = SequenceMatcher(None, name, other_name, autojunk=False)
    # The first two are never below the last, and cost far less.
    return all(
        ratio() >= _ALIKE for ratio in (compared.real_quick_ratio, compared.quick_ratio, compared.ratio)
    )
