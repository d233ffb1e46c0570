"""What pay comes to in a year and in US dollars: rough, for finding and comparing only. Pure."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.leads.lead import Period, Salary

PERIODS_A_YEAR = {Period.YEAR: 1, Period.MONTH: 12, Period.DAY: 260, Period.HOUR: 2_080}

MOST_THOUGHT_POSSIBLE = 5_000_000
"""What comes to more was surely not meant as a year's pay."""


def yearly_dollars(pay: Salary | None) -> int | None:
    """The most that is paid in a year of full days, in US dollars; None where it can't be told.

    Rates are those of one day (`rates.tsv`), so this is good for "at least 100,000" and for nothing finer.
    """
    if pay is None:
        return None
    most, rate = pay.max or pay.min, rates().get(pay.currency)
    if not most or rate is None:
        return None
    dollars = round(most * PERIODS_A_YEAR[pay.period] / rate * rates()["USD"])
    return dollars if 0 < dollars <= MOST_THOUGHT_POSSIBLE else None


@cache
def rates() -> Mapping[str, float]:
    """How much of each currency makes a euro."""
    lines = (files("bot.leads") / "rates.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: float(rate) for code, rate in pairs}
