"""Sums of money in a text: figures and ranges, with currency and period. Whether they are pay is not said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from bot.leads.lead import Period

_NUMBERS_AT_MOST = 600

_DIGIT = re.compile(r"\d(?<!\d\d)(?<!\d[.,']\d)")
_NUMBER = re.compile(
    r"(?P<grouped>\d{1,3}(?:[,.']\d{2,3}){0,3}[,.']\d{3}|\d{1,3}(?: \d{3}){1,2}(?![\d,.]"
    r"|k\b))(?:[.,]\d{1,2})?(?![\d%])"
    r"|(?P<plain>\d{1,9}(?:[.,]\d{1,2})?)(?![\d%])"
)
_SCALE = re.compile(
    r"\s?(k|thousand|lakhs?|lacs?|lpa|l|crores?|cr|mm|m|mio|mil|bn|b|t|millions?|billions?"
    r"|trillions?)(?![a-z\d&'])"
    r"|(?<=\d)\s?(k)(?=(?:eur|usd|gbp|chf|sek|nok|dkk|pln|cad|aud)\b)"
)
_SIGNS = "$€£¥円₹₽₩₴₺₪₫฿₦₱"
_ABOUT = r"\s?(?:~|±|\+/-)?\s?"
_BEFORE = re.compile(
    rf"(?:\b([a-z]{{2,4}})[ :])?([a-z]{{0,3}}[{_SIGNS}]){_ABOUT}$|(?<![a-z])(zł|kč"
    rf"|[a-z]{{2,8}}\.?):?{_ABOUT}$"
)
_AFTER = re.compile(rf"\s?\(?([a-z]{{0,3}}[{_SIGNS}]|zł|kč|[a-z]{{2,8}}\.?)(?!\w)\)?")
_PERIOD = re.compile(
    r"\s?(?:gross|net|brutto)?\s?\(?(?:(?:/|\b(?:per|p\.|an?|every)\b)\s?(?:calendar |working |work "
    r"|man[ -]?)?"
    r"(?P<unit>hour|hr|day|week|wk|month|mth|mo|year|yr|annum|anum)s?\b|/\s?(?P<letter>[hdwmya])\b"
    r"|\b(?P<adverb>hourly|daily|weekly|monthly|annually|annual|yearly|annum|pa|pm|ph|p\.\s?a)\b)\.?\)?"
)
_SECOND = re.compile(rf"(?:[a-z]{{2,4}} ?)?[a-z]{{0,3}}[{_SIGNS}] ?~?(?=\d)|[a-z]{{2,4}} ?(?=\d)|(?=\d)")
_APART = re.compile(
    r"(?:(?P<open>\+)|\s)?\s?(?:-{1,3}>?|~|\.\.\.?|…|→|/(?=\s?[^\w\s]{1,2}\d)|\b(?:to|till|until|and|or"
    r"|up to)\b)"
    r"\s?(?:up to )?~?\s?"
)
_MORE = re.compile(r"\+(?![a-z]|\s?\d)|\s(?:and up|or more|and more|and above|or above|minimum|min)\b")

_SCALES = {
    "k": 1_000,
    "th": 1_000,
    "la": 100_000,
    "lp": 100_000,
    "l": 100_000,
    "cr": 10_000_000,
    "m": 1_000_000,
}
_PERIODS = {
    "h": Period.HOUR,
    "ph": Period.HOUR,
    "d": Period.DAY,
    "m": Period.MONTH,
    "pm": Period.MONTH,
    "y": Period.YEAR,
    "a": Period.YEAR,
    "pa": Period.YEAR,
    "p.": Period.YEAR,
}
_NO_SUMS = frozenset((1099, *range(1990, 2040)))
"""The American form for contractors, and years."""
_DOLLARS = {"CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "USD"}


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currencies that posts name: by sign or word, and about how many of each make a dollar."""

    codes: dict[str, str]
    rates: dict[str, int]


@cache
def currencies() -> Currencies:
    """The currencies of `data/currencies.tsv`."""
    codes: dict[str, str] = {}
    rates: dict[str, int] = {}
    for line in files(__package__).joinpath("data/currencies.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, rate, words = line.split("\t")
            rates[code] = int(rate)
            codes |= dict.fromkeys(words.split(), code)
    return Currencies(codes, rates)


@dataclass(frozen=True, slots=True)
class Sum:
    """What could be a sum of money."""

    low: float
    high: float | None
    """None for a single figure."""
    more: bool
    """A plus sign or its like stands behind the last figure."""
    scale: int
    """What "k" and its like come to, 1 where there is none."""
    currency: str | None
    plain_dollar: bool
    """The currency is known by the dollar sign alone, which several countries use."""
    period: Period | None
    weekly: bool
    """Paid by the week, for which a lead has no name."""
    start: int
    end: int


@dataclass(slots=True)
class _Figure:
    """A number with what is written around it."""

    value: float
    grouped: bool
    scale: str
    code: str | None
    generic: bool
    period: Period | None
    weekly: bool
    end: int


def sums(text: str) -> Iterator[Sum]:
    """The sums in a folded text (`PostText.folded`), in order."""
    end = 0
    for digit in islice(_DIGIT.finditer(text), _NUMBERS_AT_MOST):
        if digit.start() >= end:
            found = _sum(text, digit.start())
            if found is not None:
                end = found.end
                yield found


def _sum(text: str, start: int) -> Sum | None:
    code, generic, begin = _code_before(text, start)
    if code is None and start and text[start - 1].isalpha():
        return None
    low = _figure(text, start, code, generic)
    if low is None:
        return None
    if code is None and not low.scale and low.value in _NO_SUMS:
        return None
    high, more = None, None
    if apart := _APART.match(text, low.end):
        high = _second(text, apart.end(), low)
        more = apart["open"] if high is None else None
    last = high or low
    end = last.end
    if plus := _MORE.match(text, end):
        more = plus[0]
        end = plus.end()
        _read_period(text, end, last)
        end = max(end, last.end)
    figures = [low, high] if high else [low]
    written = next((one.code for one in figures if one.code and not one.generic), None)
    if written is None and any(one.scale in ("la", "lp", "cr") for one in figures):
        written = "INR"
    said = any(one.generic or one.period or (one.scale and one.scale != "m") for one in figures)
    if written is None and not said:
        return None
    values = _scaled(low, high, written)
    if values is None:
        return None
    return Sum(
        low=values[0],
        high=values[1],
        more=bool(more),
        scale=max(_SCALES.get(one.scale, 1) for one in figures),
        currency=written or ("USD" if any(one.generic for one in figures) else None),
        plain_dollar=written is None and any(one.generic for one in figures),
        period=next((one.period for one in reversed(figures) if one.period), None),
        weekly=any(one.weekly for one in figures),
        start=begin,
        end=end,
    )


def _second(text: str, place: int, low: _Figure) -> _Figure | None:
    sign = _SECOND.match(text, place)
    if sign is None:
        return None
    code, generic, begin = _code_before(text, sign.end())
    if sign[0].strip() and (code is None or begin < place):
        return None
    high = _figure(text, sign.end(), code, generic)
    if high is None or (high.code and low.code and not _one_currency(low, high)):
        return None
    return high


def _one_currency(low: _Figure, high: _Figure) -> bool:
    """Whether two figures can be of one currency: in "$90k - CA$110k" the second says which dollars."""
    if low.code == high.code:
        return True
    return (low.generic and high.code in _DOLLARS) or (high.generic and low.code in _DOLLARS)


def _scaled(low: _Figure, high: _Figure | None, currency: str | None) -> tuple[float, float | None] | None:
    """The figures in full: in "65-80k" and "$277-$397k" both are thousands."""
    if any(one.scale == "l" for one in (low, high) if one) and currency != "INR":
        return None
    if high is None:
        return low.value * _SCALES.get(low.scale, 1), None
    for one, other in ((low, high), (high, low)):
        if not one.scale and not one.grouped and one.value < 1000:
            one.scale = other.scale or ("k" if other.value >= 10_000 and one.value >= 10 else "")
    first, second = (one.value * _SCALES.get(one.scale, 1) for one in (low, high))
    return min(first, second), max(first, second)


def _figure(text: str, place: int, code: str | None, generic: bool) -> _Figure | None:
    number = _NUMBER.match(text, place)
    if number is None:
        return None
    grouped = number["grouped"]
    value = _value(number[0], bool(grouped))
    end = number.end()
    scale = ""
    if found := _SCALE.match(text, end):
        scale = found[1] or found[2]
        if scale in ("b", "bn", "t") or scale.startswith(("bil", "tr")):
            return None
        scale = scale[:2] if scale[0] in "lct" and scale != "l" else scale[0]
        end = found.end()
        code, generic = ("INR", False) if scale == "lp" else (code, generic)
    if after := _AFTER.match(text, end):
        written = currencies().codes.get(after[1]) or currencies().codes.get(after[1].rstrip("."))
        if written and (code is None or (generic and written in _DOLLARS)):
            code, generic, end = written, after[1] in ("$", "dollar", "dollars"), after.end()
        elif written and written == code:
            end = after.end()
    figure = _Figure(
        value, bool(grouped), scale, code, generic, Period.YEAR if scale == "lp" else None, False, end
    )
    _read_period(text, end, figure)
    return figure


def _read_period(text: str, place: int, figure: _Figure) -> None:
    found = _PERIOD.match(text, place)
    if found is None:
        return
    word = found["unit"] or found["letter"] or found["adverb"]
    figure.period = _PERIODS.get(word[:2]) or _PERIODS.get(word[0])
    figure.weekly = word[0] == "w"
    figure.end = found.end()


def _value(number: str, grouped: bool) -> float:
    if not grouped:
        return float(number.replace(",", "."))
    whole = re.sub(r"[.,]\d{1,2}$", "", number)
    return float(re.sub(r"\D", "", whole))


def _code_before(text: str, place: int) -> tuple[str | None, bool, int]:
    """The currency written before a number, whether it is a bare dollar sign, and where it begins."""
    found = _BEFORE.search(text, max(0, place - 14), place)
    if found is None:
        return None, False, place
    codes = currencies().codes
    word, sign, name = found.groups()
    if name:
        code = codes.get(name) or codes.get(name.rstrip("."))
        return code, name in ("dollar", "dollars"), found.start(3) if code else place
    code, begin = codes.get(sign), found.start(2)
    if code is None:
        code, begin = codes.get(sign[-1]), found.end(2) - 1
    generic = sign[-1] == "$" and code == "USD" and begin == found.end(2) - 1
    if generic and word and codes.get(word) in _DOLLARS:
        return codes[word], False, found.start(1)
    return code, generic, begin
