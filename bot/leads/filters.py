"""What somebody looks for among leads. Pure.

Everything but pay is looked for as words: those of the post, and keys such as "~mode:remote" that stand for
what was read out of it. So the index of the database (`bot.leads.search_store`) and `matches` agree.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from bot.errors import NoWordsToSearch, UnknownPay, WordsTooLong
from bot.inputs import clean_text, quoted, says_something
from bot.leads.lead import LEVEL_NAMES, MODE_NAMES, Degree, Lead, Level, MachineLearning, WorkMode
from bot.leads.where import keys_of, keys_sought
from bot.leads.words import words_in, words_typed
from bot.leads.yearly_pay import yearly_dollars
from bot.texts import gettext as _

WORDS_LIMIT, PLACE_LIMIT = 100, 60
WORDS_COUNTED = 16
GREATEST_PAY = 2_000_000
PAY_STEP = 5_000
"""What is paid and asked for is mostly a multiple of this."""

SHORTEST_BEGINNING = 3
"""The last word that was typed finds words that begin like it, if it has this many letters."""


class Months(StrEnum):
    """Of which threads."""

    THIS = "this"
    EARLIER = "earlier"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a lead has to meet, all of it; what is empty asks for nothing.

    `words` are looked for in the whole post, `place` as `bot.leads.where` says. A level or mode is met by a
    lead that states one of those asked for. `no_degree` leaves out what demands one and keeps what says
    nothing of it. `pay_at_least` is a year's, in US dollars, and roughly compared.
    """

    words: str = ""
    place: str = ""
    modes: frozenset[WorkMode] = frozenset()
    levels: frozenset[Level] = frozenset()
    pay_at_least: int | None = None
    no_degree: bool = False
    ml: bool = False
    months: Months = Months.THIS

    def as_json(self) -> dict[str, Any]:
        """The filters as plain JSON values, without those that ask for nothing."""
        return {
            one.name: sorted(value) if isinstance(value, frozenset) else value
            for one in fields(self)
            if (value := getattr(self, one.name)) != one.default
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The filters that `as_json` gave."""
        given = dict(stored)
        for name, kind in (("modes", WorkMode), ("levels", Level)):
            if name in given:
                given[name] = frozenset(map(kind, given[name]))
        if "months" in given:
            given["months"] = Months(given["months"])
        return cls(**given)

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the filters that ask for something, months aside."""
        return tuple(one.name for one in fields(self) if one.name != "months" and getattr(self, one.name))

    def without(self, name: str) -> Self:
        """The same but for one filter, which asks for nothing."""
        nothing: dict[str, Any] = {one.name: one.default for one in fields(self)}
        return replace(self, **{name: nothing[name]})


def read_filters(
    *,
    words: str | None = None,
    place: str | None = None,
    modes: Sequence[WorkMode] = (),
    levels: Sequence[Level] = (),
    pay: str | None = None,
    no_degree: bool = False,
    ml: bool = False,
    months: Months = Months.THIS,
) -> Filters:
    """Filters from what was typed; raises WordsTooLong, NoWordsToSearch and UnknownPay."""
    return Filters(
        _read_words(words, _("words"), WORDS_LIMIT),
        _read_words(place, _("place"), PLACE_LIMIT),
        frozenset(modes),
        frozenset(levels),
        None if pay is None or not pay.strip() else read_pay(pay),
        no_degree,
        ml,
        months,
    )


def _read_words(typed: str | None, field: str, limit: int) -> str:
    cleaned = " ".join(clean_text(typed or "").split())
    if len(cleaned) > limit:
        raise WordsTooLong(field=field, length=len(cleaned), limit=limit)
    if not cleaned:
        return ""
    if not (says_something(cleaned) and words_typed(cleaned)):
        raise NoWordsToSearch(given=quoted(cleaned))
    return cleaned


def read_pay(typed: str) -> int | None:
    """Yearly dollars such as "90000", "90,000", "$90k" or "90 K"; None for 0. Raises UnknownPay."""
    plain = clean_text(typed).lower().replace("usd", "").replace("$", "").strip()
    for mark_ in ("/year", "per year", "a year", "/yr", "+"):
        plain = plain.removesuffix(mark_).strip()
    thousands = plain.endswith("k")
    digits = plain.removesuffix("k").strip()
    if not thousands:
        digits = digits.replace(",", "").replace("'", "").replace(" ", "").replace(".", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 9):
        raise UnknownPay(given=quoted(typed))
    pay = int(digits) * (1000 if thousands else 1)
    # Nobody looks for a job that pays 90 dollars a year.
    if 0 < pay < 1000:
        pay *= 1000
    if pay > GREATEST_PAY:
        raise UnknownPay(given=quoted(typed))
    return pay or None


def describe(filters: Filters) -> tuple[str, ...]:
    """What is asked for in words, one part for each filter that asks for something, months aside.

    Words and place are as they were typed: whoever shows them has to take them as text.
    """
    return tuple(describe_one(filters, name) for name in filters.asked)


def describe_one(filters: Filters, name: str) -> str:
    """One filter in words."""
    match name:
        case "words":
            return f"“{filters.words}”"
        case "place":
            return filters.place
        case "modes":
            return _(" or ").join(_(words) for mode, words in MODE_NAMES.items() if mode in filters.modes)
        case "levels":
            return _(" or ").join(_(words) for level, words in LEVEL_NAMES.items() if level in filters.levels)
        case "pay_at_least":
            thousands = round((filters.pay_at_least or 0) / 1000)
            return _("from about ${thousands}k a year").format(thousands=thousands)
        case "no_degree":
            return _("no degree demanded")
        case _:
            return _("machine-learning roles")


@dataclass(frozen=True, slots=True)
class Term:
    """A word that has to be among those of a lead, or with `beginning` one that begins like it."""

    word: str
    beginning: bool = False


Clause = tuple[tuple[Term, ...], ...]
"""Alternatives, one of which has to hold; of an alternative all terms do."""


@lru_cache(maxsize=4096)
def clauses(filters: Filters) -> tuple[Clause, ...]:
    """What has to hold for a lead, in words. Of pay, in steps only; months are not among it."""
    found: list[Clause] = []
    if typed := words_typed(filters.words)[:WORDS_COUNTED]:
        last = Term(typed[-1], beginning=len(typed[-1]) >= SHORTEST_BEGINNING)
        found.append(((*map(Term, typed[:-1]), last),))
    if sought := keys_sought(filters.place) if filters.place else ():
        found.append(tuple(tuple(Term(f"~{key}") for key in group[:WORDS_COUNTED]) for group in sought))
    if filters.modes:
        found.append(tuple((Term(f"~mode:{mode}"),) for mode in sorted(filters.modes)))
    if filters.levels:
        found.append(tuple((Term(f"~level:{level}"),) for level in sorted(filters.levels)))
    if filters.no_degree:
        found.append(((Term("~degree:free"),),))
    if filters.ml:
        found.append(((Term("~ml"),),))
    if filters.pay_at_least:
        found.append(((Term(_step(filters.pay_at_least)),),))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Searchable:
    """A lead, ready to be compared with many filters."""

    words: tuple[str, ...]
    known: frozenset[str]
    yearly_pay: int | None

    @classmethod
    def of(cls, lead: Lead, text: str) -> Self:
        """What a lead is found by."""
        known = search_words(lead, text)
        return cls(tuple(sorted(known)), known, yearly_dollars(lead.salary))

    def meets(self, filters: Filters) -> bool:
        """Whether the lead meets all filters, months aside."""
        if filters.pay_at_least and (self.yearly_pay is None or self.yearly_pay < filters.pay_at_least):
            return False
        return all(
            any(all(map(self._has, terms)) for terms in alternatives) for alternatives in clauses(filters)
        )

    def _has(self, term: Term) -> bool:
        if term.word in self.known or not term.beginning:
            return term.word in self.known
        at = bisect_left(self.words, term.word)
        return at < len(self.words) and self.words[at].startswith(term.word)


def matches(filters: Filters, lead: Lead, text: str) -> bool:
    """Whether a lead meets all filters, months aside. For many filters, keep a `Searchable`."""
    return Searchable.of(lead, text).meets(filters)


def search_words(lead: Lead, text: str) -> frozenset[str]:
    """Everything that a lead is found by, whatever the month."""
    words = words_in(text)
    words.update(*map(words_in, (lead.company or "", *lead.roles, *lead.tech)))
    keys = {f"mode:{mode}" for mode in lead.work_modes} | {f"level:{level}" for level in lead.seniority}
    keys |= keys_of(lead.locations, lead.remote_scope)
    if lead.degree is not Degree.REQUIRED:
        keys.add("degree:free")
    if lead.ml is MachineLearning.ROLE:
        keys.add("ml")
    words.update(f"~{key}" for key in keys)
    pay = yearly_dollars(lead.salary)
    if pay is not None:
        words.update(_step(least) for least in range(0, min(pay, GREATEST_PAY) + 1, PAY_STEP))
    return frozenset(words)


def _step(pay: int) -> str:
    return f"~pay:{pay // PAY_STEP}"
