"""How pay, places and titles of a lead are put."""

import pytest

from bot.leads.fit import Part
from bot.leads.lead import Lead, Period, PostKind, Salary, WorkMode
from bot.leads.signal import SignalName
from bot.texts import speaking
from cogs.leads.wording import pay_text, places_text, roles_text, signal_text


@pytest.mark.parametrize(
    ("salary", "text"),
    [
        (Salary(60_000, 75_000, "EUR", Period.YEAR), "€60K–75K a year"),
        (Salary(100_000, None, "USD", Period.YEAR), "from $100K a year"),
        (Salary(None, 120_500, "GBP", Period.YEAR), "up to £120,500 a year"),
        (Salary(9_000, 9_000, "CHF", Period.MONTH), "CHF\u00a09,000 a month"),
        (Salary(800_000, 950_000, "NOK", Period.YEAR), "NOK\u00a0800K–950K a year"),
        (Salary(1_800_000, 2_800_000, "INR", Period.YEAR), "₹1,800,000–2,800,000 a year"),
        (Salary(45, 60, "USD", Period.HOUR), "$45–60 an hour"),
        (Salary(500, 500, "AUD", Period.DAY), "A$500 a day"),
    ],
)
def test_pay_is_told_as_it_was_stated(salary: Salary, text: str) -> None:
    assert pay_text(salary) == text


def test_pay_is_written_as_the_reader_is_used_to() -> None:
    with speaking("de"):
        assert pay_text(Salary(60_000, 75_000, "EUR", Period.YEAR)).startswith("60.000–75.000\u00a0€")
    with speaking("hi"):
        assert pay_text(Salary(800_000, 950_000, "INR", Period.YEAR)).startswith("₹8,00,000–9,50,000")


def test_places_come_with_modes_and_with_where_a_remote_worker_may_be() -> None:
    lead = Lead(
        PostKind.HIRING,
        locations=("Berlin", "Lyon", "Porto", "Oslo", "Riga"),
        work_modes=frozenset({WorkMode.REMOTE, WorkMode.HYBRID}),
        remote_scope="EU",
    )
    assert places_text(lead) == "Berlin, Lyon, Porto and 2 more, remote (EU), hybrid"
    assert places_text(Lead(PostKind.HIRING)) == ""


def test_places_that_have_a_comma_are_told_apart() -> None:
    lead = Lead(
        PostKind.HIRING,
        locations=("Boston, MA, USA", "Lisbon", "Porto"),
        work_modes=frozenset({WorkMode.HYBRID}),
    )
    assert places_text(lead, 2) == "Boston, MA, USA / Lisbon and 1 more, hybrid"


@pytest.mark.parametrize(
    ("years", "said"), [("0", "asks for no years"), ("1", "asks for 1 year"), ("3", "asks for 3 years")]
)
def test_years_are_said_in_words(years: str, said: str) -> None:
    assert signal_text(Part(SignalName.FEW_YEARS, 6, "", years)) == said


def test_titles_beyond_the_first_are_counted_and_their_markup_is_text() -> None:
    assert roles_text(["*Data* Engineer", "Analyst", "SRE"], 1) == "\\*Data\\* Engineer and 2 more"
    assert roles_text([]) == ""
