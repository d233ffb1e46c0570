"""Filters: reading what is typed, saying what is asked for, and which leads they match."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NoWordsToSearch, UnknownPay, WordsTooLong
from bot.leads.filters import Filters, Months, Searchable, describe, matches, read_filters, read_pay
from bot.leads.lead import Degree, Level, MachineLearning, Period, Salary, WorkMode
from bot.leads.yearly_pay import yearly_dollars
from tests.hiring_posts import a_lead

ANY_FILTERS = st.builds(
    Filters,
    words=st.text(max_size=120),
    place=st.text(max_size=70),
    modes=st.frozensets(st.sampled_from(WorkMode)),
    levels=st.frozensets(st.sampled_from(Level)),
    pay_at_least=st.none() | st.integers(1, 2_000_000),
    no_degree=st.booleans(),
    ml=st.booleans(),
    months=st.sampled_from(Months),
)


# Reading what is typed.


def test_what_is_typed_is_cleaned() -> None:
    read = read_filters(words="  rust \n engineer ", place=" Berlin ", pay="90k", modes=[WorkMode.REMOTE])
    assert read == Filters("rust engineer", "Berlin", frozenset({WorkMode.REMOTE}), pay_at_least=90_000)


def test_what_is_left_empty_asks_for_nothing() -> None:
    assert read_filters(words="   ", place="\t", pay=" ") == Filters()
    assert Filters().asked == ()


@pytest.mark.parametrize("typed", ["🚀", "!!!", '"*"', "—", "\u3164"])
def test_without_a_word_there_is_nothing_to_search_for(typed: str) -> None:
    with pytest.raises(NoWordsToSearch):
        read_filters(words=typed)
    with pytest.raises(NoWordsToSearch):
        read_filters(place=typed)


def test_too_many_characters_are_turned_down_with_their_number() -> None:
    with pytest.raises(WordsTooLong, match="500"):
        read_filters(words="x" * 500)
    with pytest.raises(WordsTooLong, match="61"):
        read_filters(place="x" * 61)


@pytest.mark.parametrize(
    ("typed", "pay"),
    [
        ("90000", 90_000),
        ("90,000", 90_000),
        ("$90k", 90_000),
        ("90 K", 90_000),
        ("90", 90_000),
        ("120'000 USD", 120_000),
        ("150.000", 150_000),
        ("85k+", 85_000),
        ("100k per year", 100_000),
        ("0", None),
    ],
)
def test_pay_is_read_as_dollars_a_year(typed: str, pay: int | None) -> None:
    assert read_pay(typed) == pay


@pytest.mark.parametrize("typed", ["a lot", "-5", "1e5", "90k-120k", "99999999", "٣", "k", "€80k"])
def test_what_is_no_pay_is_turned_down(typed: str) -> None:
    with pytest.raises(UnknownPay):
        read_pay(typed)


@given(ANY_FILTERS)
def test_filters_survive_being_stored(filters: Filters) -> None:
    assert Filters.from_json(json.loads(json.dumps(filters.as_json()))) == filters


def test_they_are_said_in_words_one_part_each() -> None:
    filters = Filters(
        words="ml engineer",
        place="Berlin",
        modes=frozenset({WorkMode.REMOTE, WorkMode.HYBRID}),
        levels=frozenset({Level.JUNIOR}),
        pay_at_least=90_000,
        no_degree=True,
        ml=True,
    )
    assert describe(filters) == (
        "“ml engineer”",
        "Berlin",
        "remote or hybrid",
        "junior",
        "from about $90k a year",
        "no degree demanded",
        "machine-learning roles",
    )
    assert describe(Filters()) == ()


def test_one_filter_can_be_dropped() -> None:
    filters = Filters("rust", "Berlin", no_degree=True)
    assert filters.asked == ("words", "place", "no_degree")
    assert filters.without("words") == Filters(place="Berlin", no_degree=True)


# What they match.

TEXT = "Acme makes maps. We look for a Machine Learning Engineer who knows C++ and Zürich's trams."


@pytest.mark.parametrize(
    "words",
    [
        "engineer",
        "ENGINEERS",
        "engin",
        "machine learning",
        "ml engineer",
        "acme maps",
        "c++",
        "zurich",
        "trams engineer",
        '"engineer"',
        "engineer OR",
    ],
)
def test_words_are_found_whatever_their_form(words: str) -> None:
    assert matches(Filters(words), a_lead(), TEXT) is (words != "engineer OR")


@pytest.mark.parametrize("words", ["c", "c#", "ngineer", "learn maps", "engineering", "rust", "mapsacme"])
def test_other_words_are_not(words: str) -> None:
    assert not matches(Filters(words), a_lead(), TEXT)


def test_a_role_or_company_that_was_read_is_found_by_its_words() -> None:
    lead = a_lead(company="Bolt", roles=("Data Scientist",), tech=("PyTorch",))
    assert matches(Filters("bolt scientist pytorch"), lead, "")


@pytest.mark.parametrize(
    ("locations", "scope", "place", "found"),
    [
        (("Berlin",), None, "Germany", True),
        (("Berlin",), None, "berlin", True),
        (("Berlin",), None, "Europe", True),
        (("Berlin",), None, "Munich", False),
        (("Berlin",), None, "Austria", False),
        (("Austin, TX",), None, "us", True),
        (("Austin, TX",), None, "Texas", True),
        (("Austin, TX",), None, "California", False),
        (("NYC",), None, "New York", True),
        ((), "Europe", "Germany", True),
        ((), "EU", "Europe", True),
        ((), "Europe", "EU", True),
        ((), "EU", "Switzerland", False),
        ((), "EU", "Berlin", True),
        ((), "Worldwide", "berlin", True),
        ((), "US", "Berlin", False),
        ((), "US", "Chicago", True),
        (("Munich",), None, "Berlin", False),
        ((), "worldwide", "Kenya", True),
        ((), "US or Canada", "Canada", True),
        ((), "US", "California", True),
        ((), "US", "Germany", False),
        ((), "EMEA", "Nigeria", True),
        ((), None, "Germany", False),
        (("Kreuzberg",), None, "kreuzberg", True),
    ],
)
def test_a_place_is_where_the_work_is_or_may_be_done_from(
    locations: tuple[str, ...], scope: str | None, place: str, found: bool
) -> None:
    lead = a_lead(locations=locations, remote_scope=scope)
    assert matches(Filters(place=place), lead, "Our offices are in Munich, they say.") is found


@pytest.mark.parametrize(
    ("degree", "found"),
    [(None, True), (Degree.NOT_REQUIRED, True), (Degree.PREFERRED, True), (Degree.REQUIRED, False)],
)
def test_a_degree_that_is_not_spoken_of_is_not_demanded(degree: Degree | None, found: bool) -> None:
    assert matches(Filters(no_degree=True), a_lead(degree=degree), "") is found


def test_one_of_the_modes_and_levels_is_enough_and_not_stated_is_not() -> None:
    lead = a_lead(work_modes=(WorkMode.REMOTE,), seniority=(Level.JUNIOR, Level.SENIOR))
    assert matches(Filters(modes=frozenset({WorkMode.REMOTE, WorkMode.ONSITE})), lead, "")
    assert matches(Filters(levels=frozenset({Level.JUNIOR, Level.INTERN})), lead, "")
    assert not matches(Filters(levels=frozenset({Level.MID})), lead, "")
    assert not matches(Filters(modes=frozenset({WorkMode.REMOTE})), a_lead(), "remote")


def test_ml_is_a_role_and_not_only_a_product() -> None:
    assert matches(Filters(ml=True), a_lead(ml=MachineLearning.ROLE), "")
    assert not matches(Filters(ml=True), a_lead(ml=MachineLearning.COMPANY), "")


@pytest.mark.parametrize(
    ("pay", "dollars"),
    [
        (Salary(100_000, 150_000, "USD", Period.YEAR), 150_000),
        (Salary(100_000, None, "USD", Period.YEAR), 100_000),
        (Salary(None, 50, "USD", Period.HOUR), 104_000),
        (Salary(5_000, None, "USD", Period.MONTH), 60_000),
        (Salary(None, 400, "USD", Period.DAY), 104_000),
        # 1.16 dollars made a euro.
        (Salary(None, 50_000, "EUR", Period.YEAR), 58_000),
        (Salary(None, 50_000, "XAU", Period.YEAR), None),
        (Salary(None, None, "USD", Period.YEAR), None),
        (Salary(None, 90_000_000, "USD", Period.YEAR), None),
        (None, None),
    ],
)
def test_pay_comes_to_dollars_a_year(pay: Salary | None, dollars: int | None) -> None:
    assert yearly_dollars(pay) == dollars
    for least in (1_000, 57_999, 58_000, 58_001, 104_000, 149_999, 150_000, 150_001):
        found = matches(Filters(pay_at_least=least), a_lead(salary=pay), "")
        assert found is (dollars is not None and dollars >= least)


def test_all_filters_have_to_be_met() -> None:
    lead = a_lead(locations=("Berlin",), work_modes=(WorkMode.REMOTE,))
    assert matches(Filters("maps", "Germany", frozenset({WorkMode.REMOTE})), lead, TEXT)
    assert not matches(Filters("maps", "Germany", frozenset({WorkMode.ONSITE})), lead, TEXT)
    assert not matches(Filters("cars", "Germany", frozenset({WorkMode.REMOTE})), lead, TEXT)


def test_months_are_not_asked_of_a_lead() -> None:
    assert matches(Filters(months=Months.EARLIER), a_lead(), "")


@given(ANY_FILTERS, st.text(max_size=300))
def test_nothing_that_is_typed_or_posted_makes_it_fail(filters: Filters, text: str) -> None:
    found: Any = Searchable.of(a_lead(company=text, locations=(text,), remote_scope=text), text).meets(
        filters
    )
    assert found in (True, False)
