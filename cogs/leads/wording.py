"""The words for what was read out of a post: signals, modes, levels, pay."""

from collections.abc import Sequence

from babel import Locale
from babel.numbers import format_currency, format_decimal

from bot.leads.fit import Part, Unstated
from bot.leads.lead import MODE_NAMES, Degree, Employment, Lead, Period, Salary, Visa, WorkMode
from bot.leads.signal import SignalName
from bot.texts import gettext as _
from bot.texts import language, mark, ngettext
from cogs.ui.markup import as_text
from cogs.ui.signal_names import SIGNALS as SIGNALS

UNSTATED = {
    Unstated.DEGREE: mark("degree"),
    Unstated.LEVEL: mark("level"),
    Unstated.PAY: mark("pay"),
    Unstated.VISA: mark("visa"),
    Unstated.REMOTE: mark("remote"),
}
"""What a post may leave open."""

EMPLOYMENT = {
    Employment.FULL_TIME: mark("full-time"),
    Employment.PART_TIME: mark("part-time"),
    Employment.CONTRACT: mark("contract"),
    Employment.INTERNSHIP: mark("internship"),
}
DEGREES = {
    Degree.REQUIRED: mark("demanded"),
    Degree.PREFERRED: mark("preferred"),
    Degree.NOT_REQUIRED: mark("not needed"),
}
VISAS = {Visa.YES: mark("the company helps"), Visa.NO: mark("the company doesn't help")}
PERIODS = {
    Period.YEAR: mark("{amount} a year"),
    Period.MONTH: mark("{amount} a month"),
    Period.DAY: mark("{amount} a day"),
    Period.HOUR: mark("{amount} an hour"),
}

YEARS = frozenset({SignalName.FEW_YEARS, SignalName.SOME_YEARS, SignalName.MANY_YEARS})
WITH_VALUE = {
    SignalName.ON_SITE: mark("office in {value}"),
    SignalName.LANGUAGE_DEMANDED: mark("asks for {value}"),
}
"""How signals are put whose value says more than their name."""

PLACES_SHOWN, PLACE_SHOWN, ROLES_SHOWN, ROLE_SHOWN = 3, 40, 2, 70
IN_FULL_BELOW, IN_FULL_FROM = 10_000, 1_000_000
"""Between these, whole thousands are written as such."""


def signal_text(part: Part) -> str:
    """What a part of a fit is called, with its value where that says more."""
    if isinstance(part.what, Unstated):
        return _("{what}: not stated").format(what=_(UNSTATED[part.what]))
    name = _(SIGNALS[part.what])
    value = as_text(part.value, PLACE_SHOWN)
    if not value:
        return name
    if (
        part.what in (SignalName.FEW_YEARS, SignalName.SOME_YEARS, SignalName.MANY_YEARS)
        and value.isdecimal()
    ):
        years = int(value)
        if not years:
            return _("asks for no years")
        return ngettext("asks for {count} year", "asks for {count} years", years).format(count=years)
    if part.what in WITH_VALUE:
        return _(WITH_VALUE[part.what]).format(value=value)
    return _("{signal} ({value})").format(signal=name, value=value)


def roles_text(roles: Sequence[str], shown: int = ROLES_SHOWN) -> str:
    """The first titles, and how many more there are; empty where none is stated."""
    return _listed(roles, shown, ROLE_SHOWN, ", ")


def places_text(lead: Lead, shown: int = PLACES_SHOWN) -> str:
    """Places and modes, with where a remote worker may be; empty where nothing is stated."""
    modes = []
    for mode, name in MODE_NAMES.items():
        if mode in lead.work_modes:
            scope = lead.remote_scope if mode is WorkMode.REMOTE else None
            limits = f" ({as_text(scope, PLACE_SHOWN)})" if scope else ""
            modes.append(_(name) + limits)
    # A comma would not part places that have one, such as "Austin, TX".
    between = " / " if any("," in place for place in lead.locations) else ", "
    return ", ".join(filter(None, [_listed(lead.locations, shown, PLACE_SHOWN, between), *modes]))


def pay_text(salary: Salary) -> str:
    """Pay as it was stated, in the currency in which it was stated."""
    low, high = (None if sum_ is None else _number(sum_) for sum_ in (salary.min, salary.max))
    if low is not None and high is not None:
        amount = _in(salary.currency, low if low == high else f"{low}–{high}")
    elif low is not None:
        amount = _("from {amount}").format(amount=_in(salary.currency, low))
    else:
        amount = _("up to {amount}").format(amount=_in(salary.currency, high or ""))
    return _(PERIODS[salary.period]).format(amount=amount)


def _number(amount: int) -> str:
    # Other languages have no short form for thousands, or round.
    if language() == "en" and amount % 1000 == 0 and IN_FULL_BELOW <= amount < IN_FULL_FROM:
        return f"{amount // 1000}K"
    return str(format_decimal(amount, locale=language()))


def _in(currency: str, amount: str) -> str:
    """An amount with its currency, before or after it as the reader's language has it."""
    pattern = Locale.parse(language()).currency_formats["standard"].pattern.replace(".00", "")
    nothing = str(format_currency(0, currency, pattern, language(), currency_digits=False))
    # "CHF 0", but "€0".
    spaced = f"{nothing[:-1]}\u00a00" if nothing[-1:] == "0" and nothing[-2:-1].isalpha() else nothing
    return spaced.replace("0", amount)


def _listed(texts: Sequence[str], shown: int, limit: int, between: str) -> str:
    names = between.join(as_text(text, limit) for text in texts[:shown])
    more = len(texts) - shown
    if more <= 0:
        return names
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=names, count=more
    )
