"""Pay: the first range or figure that a post states for the work, and not the money around it."""

import re
from itertools import islice

from bot.leads.lead import Period, Salary
from bot.leads.reading.money import Sum, currencies, sums
from bot.leads.reading.money_of_places import currency_of_the_place, whose_dollars
from bot.leads.reading.nearby import last, sentence_before
from bot.leads.reading.structure import PostText, Read

_REACH = 80
"""How far around a sum its sentence is read."""

_SUMS_AT_MOST = 80
"""Pay stands among the first sums of a post."""

_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|compensation|comp|pays?|paying|wages?|base|ote|remuneration|package|tc|rates?|cash"
    r"|earn"
    r"|earnings|income|pay range|ctc|gross|gehalt)\b"
)
# Money that is told of the company, or given beside the pay: no range after these words is pay.
_OTHER_MONEY = re.compile(
    r"\b(?:rais(?:ed|ing|e)|fund(?:ed|ing|s|raise)?|seed (?:round|money)|series [a-f]|valu(?:ed|ation)"
    r"|revenues?|arr|mrr|gmv|aum|budgets?|gpus?"
    r"|bonus(?:es)?|refer\w*|rewards?|bount(?:y|ies)|prizes?|sav(?:e|es|ed|ings?)|worth|acquired|allowances?"
    r"|vouchers?"
    r"|donat\w+|signing|sign-on|relocation|hackathons?|deals?|contracts? (?:of|worth)|deal sizes?|acv|costs?"
    r"|losses)\b"
)
# A single figure is less sure to be pay, and these stand around the ones that are not.
_OTHER_FIGURES = re.compile(
    r"\b(?:grants?|markets?|industry|volumes?|transactions?|process(?:es|ed|ing)?|invest(?:ed|ment|ments"
    r"|ors?)?|backed"
    r"|profits?|sales|sold|exit|spen[dt]|spending|customers?|clients|users|pric(?:e|es|ed|ing)|learning"
    r"|education|training"
    r"|conferences?|equipment|laptops?|wellness|insurance|contributions?|match(?:ing)?|gift|credits?"
    r"|discounts?|fees?|fraud"
    r"|loans?|debt|spread|submission|take-home|perks?|reimburse\w*|cover(?:s|ed)?|stipend|month(?:ly)? free"
    r"|assets)\b"
)
_OTHER_AFTER = re.compile(
    r"(?:\s(?:in|of|our|pre|the|new|total))?(?:\s|-)(?:[a-z-]+ )?(?:fund(?:ing|ed|raise)?|seed|series|round"
    r"|raised?|arr|mrr|revenue(?! sh)|valuation|(?:signing |sign-on |referral )?bonus|referr?al|reward|prize"
    r"|budget|allowance|credits?|signing|sign-on|donations?|vouchers?|stipend for|in assets|grants?|if you"
    r"|deals?"
    r"|contracts|(?:for|towards?) (?:learning|education|training|your|equipment|home|conferences?|books"
    r"|take-home))\b"
)
_SHARES_AFTER = re.compile(
    r" ?(?:in |worth of |of )?(?:stock|equity|options|rsus?|tokens?)\b(?!\s?(?:/|\+|&|and|:))"
)
_LEAST = re.compile(
    r"(?:\b(?:from|ab|starting(?: at| from)?|starts at|at least|min(?:imum)?|above|over|upwards? of)\b[:.]?"
    r"|>=?"
    r"|≥)\s?~?$"
)
_MOST = re.compile(r"(?:\b(?:up to|upto|to|max(?:imum)?|as much as|under|below|until)\b[:.]?|<=?|≤)\s?~?$")
_PERIOD_BEFORE = re.compile(
    r"\b(hour|dai|day|month|annual|year)(?:ly)?\b(?: (?:base|gross|net|salary|pay|rates?|comp|compensation"
    r"|stipend|range"
    r"|contract|cash|wages?))*(?: (?:of|is|from|between|range|up to|starting at|at))*[ :(~-]*$"
)
_PERIOD_AFTER = re.compile(
    r"[^|\n.;+(]{0,40}?(?:(?:\b(?:per|an?)\s|/\s?)(hour|hr|day|month|mo|year|annum)|\b(hour|dai|month|annual"
    r"|year)ly)\b"
)
_PERIODS = {"h": Period.HOUR, "d": Period.DAY, "m": Period.MONTH, "y": Period.YEAR, "a": Period.YEAR}
_BOUNDS = {
    Period.YEAR: (2_500, 3_000_000),
    Period.MONTH: (90, 150_000),
    Period.DAY: (15, 10_000),
    Period.HOUR: (2, 1_500),
}
"""Between how many dollars pay can be."""
_YEARLY_FROM = 10_000
"""The least that is taken for a year's pay where the period is not stated."""

_MONTHLY_FROM = 500
_YEARLY_BARE = 40_000
"""The least that is taken for pay where a header has just "90k"."""
_PENSIONS = (401_000, 403_000)

_TITLE = re.compile(
    r"\b(?:engineers?|developers?|devs?|designers?|managers?|scientists?|interns?|lead|director|analyst"
    r"|architect|head)\b"
)
_PART_ENDS = re.compile(r"\s?(?:$|[|\n)\]+]|\(?(?:based?|doe|depending)\b)")
_WITH_MORE = re.compile(
    r"[ ]?(?:\+|plus|and|&) (?:[\w%.-]+ )?(?:equity|stock|shares|options|bonus|benefits|equipment)\b"
)
_FIGURES_END = re.compile(
    r"\s?(?:$|[|\n)+,.;:]|\(|-\s|\b(?:base|doe|plus|and|with|depending|equity|total|all|annual|ote|1099|w2"
    r"|for|cash|max|min|usd)\b|&|\]|→)"
)


def read_pay(post: PostText) -> Read[Salary] | None:
    """The first pay that is stated, in full numbers; without a period it is taken as yearly."""
    for one in islice(sums(post.folded), _SUMS_AT_MOST):
        salary = _pay(post, one)
        if salary is not None:
            quote = post.text[one.start : one.end].strip(" (+,;")
            return Read(salary, quote if "(" in quote else quote.rstrip(")"))
    return None


def _pay(post: PostText, one: Sum) -> Salary | None:
    text = post.folded
    before = sentence_before(text, one.start, _REACH)
    after = text[one.end : one.end + _REACH]
    said = last(_PAY, before)
    if one.weekly or last(_OTHER_MONEY, before) > said or _OTHER_AFTER.match(after):
        return None
    if not one.more and _SHARES_AFTER.match(after):
        return None
    if one.currency is None and not _stands_for_pay(post, one, said, after):
        return None
    if one.high is None and not _figure_is_pay(post, one, said, before, after):
        return None
    currency = one.currency or currency_of_the_place(post)
    rate = currencies().rates[currency]
    if one.scale == 1_000_000 and rate < 20:
        return None
    said_beside = said >= 0 or _PAY.search(after[:25]) is not None
    counted = _period(one, rate, before, after, said_beside, len(post.header))
    if counted is None:
        return None
    period, times = counted
    if one.plain_dollar:
        currency = whose_dollars(post)
    low, high = round(one.low * times), None if one.high is None else round(one.high * times)
    if high is None and not (one.more or _LEAST.search(before)):
        return Salary(None if _MOST.search(before) else low, low, currency, period)
    return Salary(low, high, currency, period)


def _stands_for_pay(post: PostText, one: Sum, said: int, after: str) -> bool:
    """Whether a number without a currency is pay: said to be, or a part of the header by itself."""
    said_beside = said >= 0 or _PAY.match(after.lstrip(" (-,")) is not None
    if one.scale == 1:
        return (
            one.period is Period.HOUR and one.high is not None and (said_beside or _alone(post, one, after))
        )
    if one.scale < 1000 or one.low < 10_000 or (one.high is None and one.low in _PENSIONS):
        return False
    if said_beside:
        return True
    if one.high is None and not one.more and one.period is not Period.YEAR:
        return one.start < len(post.header) and one.low >= _YEARLY_BARE and _alone(post, one, after)
    return _alone(post, one, after)


def _alone(post: PostText, one: Sum, after: str) -> bool:
    """Whether nothing else stands in the sum's part of a line."""
    before = post.folded[max(0, one.start - 5) : one.start]
    if before.endswith("(") and after.startswith(")"):
        told = sentence_before(post.folded, one.start, _REACH)
        return one.start < len(post.header) or not told.strip(" (") or _TITLE.search(told) is not None
    before = before.rstrip(" (~>[")
    dashed = before.endswith(" -") and one.start < len(post.header)
    return (before[-1:] in ("", "|", "\n") or dashed) and _PART_ENDS.match(after) is not None


def _figure_is_pay(post: PostText, one: Sum, said: int, before: str, after: str) -> bool:
    """Whether a single figure is pay: among a post's sums most single ones are not."""
    if last(_OTHER_FIGURES, before) > said:
        return False
    if one.period is Period.MONTH and one.low < _MONTHLY_FROM * currencies().rates.get(
        one.currency or "USD", 1
    ):
        return False
    if said >= 0 or _PAY.match(after.lstrip(" (-,")):
        return True
    if one.start < len(post.header) or _TITLE.search(before) or _alone(post, one, after):
        return _FIGURES_END.match(after) is not None or one.period is not None
    return one.period is not None or _WITH_MORE.match(after) is not None


def _period(
    one: Sum, rate: int, before: str, after: str, said: bool, header: int
) -> tuple[Period, int] | None:
    """The period, and what the figures must be multiplied by; none where this cannot be pay."""
    dollars = one.low / rate
    for period in (one.period, _named(_PERIOD_BEFORE.search(before)), _named(_PERIOD_AFTER.match(after))):
        if period is not None:
            least, most = _BOUNDS[period]
            if least <= dollars <= most:
                return period, 1
            if period is Period.YEAR and one.scale == 1 and 20 <= dollars < 1000:
                return period, 1000
            if one.period is not None:
                return None
    if _YEARLY_FROM <= dollars <= _BOUNDS[Period.YEAR][1] or (
        one.scale == 100_000 and dollars >= _BOUNDS[Period.YEAR][0]
    ):
        return Period.YEAR, 1
    if dollars < 400 and one.scale == 1 and re.search(r"\brates?\b", before):
        return Period.HOUR, 1
    if 20 <= dollars < 1000 and one.scale == 1 and one.high is not None and said:
        return Period.YEAR, 1000
    in_header = one.high is not None and one.currency is not None and one.start < header
    if 1000 <= dollars < _YEARLY_FROM and (said or in_header):
        return Period.MONTH, 1
    return None


def _named(found: re.Match[str] | None) -> Period | None:
    if found is None:
        return None
    return _PERIODS[next(filter(None, found.groups()))[0]]
