"""Searching leads in a real database: what is found, in which order, and what would be found instead."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.leads import search, search_store
from bot.leads.filters import Filters, Months, matches
from bot.leads.judging import find_leads
from bot.leads.lead import Degree, Lead, Level, MachineLearning, Period, Salary, WorkMode
from bot.leads.posts import Findable
from bot.leads.search import search as search_for
from bot.leads.signals import SignalName
from bot.services import Services
from tests.hiring_posts import APRIL, MARCH, MAY, a_lead, a_post, store_posts, vanish

GUILD = 1
FOR_ALL = Months.ALL


def found(db: sqlite3.Connection, filters: Filters, offset: int = 0, limit: int = 10) -> list[int]:
    return [lead.id for lead in search_for(db, GUILD, filters, offset, limit).results]


# That the index of the database and the pure rule agree.

WORDS = (
    "rust",
    "engineer",
    "engineers",
    "Machine Learning",
    "ML",
    "C++",
    "Zürich",
    "data",
    "OR",
    "não",
    "go",
)
PLACES = ("Berlin", "Austin, TX", "London", "Paris, France", "Toronto", "Zürich", "Nairobi, Kenya")
SCOPES = (None, "EU", "Europe", "US", "worldwide", "US or Canada", "EMEA")
SOUGHT = (*PLACES, "Germany", "us", "EU", "Europe", "California", "anywhere", "Kreuzberg", "")
PAYS = (
    None,
    Salary(90_000, 120_000, "USD", Period.YEAR),
    Salary(None, 60, "GBP", Period.HOUR),
    Salary(4_000, None, "EUR", Period.MONTH),
)

LEADS = st.builds(
    a_lead,
    company=st.sampled_from((None, "Acme Labs", "Bolt")),
    roles=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    locations=st.lists(st.sampled_from(PLACES), max_size=2).map(tuple),
    remote_scope=st.sampled_from(SCOPES),
    work_modes=st.frozensets(st.sampled_from(WorkMode), max_size=2),
    seniority=st.frozensets(st.sampled_from(Level), max_size=2),
    degree=st.sampled_from((None, *Degree)),
    ml=st.sampled_from((None, *MachineLearning)),
    salary=st.sampled_from(PAYS),
)
TEXTS = st.lists(st.sampled_from((*WORDS, '"', "*", "-", "🚀", "(", "AND")), max_size=6).map(" ".join)
FILTERS = st.builds(
    Filters,
    words=st.lists(
        st.sampled_from((*WORDS, "eng", "ma", '"rust"', "-data", "NEAR(a b)", "*")), max_size=2
    ).map(" ".join),
    place=st.sampled_from(SOUGHT),
    modes=st.frozensets(st.sampled_from(WorkMode), max_size=2),
    levels=st.frozensets(st.sampled_from(Level), max_size=2),
    pay_at_least=st.sampled_from((None, 60_000, 104_999, 105_001, 120_000, 120_001)),
    no_degree=st.booleans(),
    ml=st.booleans(),
    months=st.just(FOR_ALL),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(leads=st.lists(st.tuples(LEADS, TEXTS), min_size=1, max_size=6), filters=st.lists(FILTERS, max_size=6))
def test_the_index_finds_what_the_rule_says(
    db: sqlite3.Connection, leads: list[tuple[Lead, str]], filters: list[Filters]
) -> None:
    db.execute("delete from lead_search")
    db.execute("delete from lead")
    for number, (lead, text) in enumerate(leads):
        fields = {name: getattr(lead, name) for name in lead.__slots__ if name not in ("kind", "evidence")}
        store_posts(db, a_post(number, text=text, **fields))
    for each in filters:
        by_rule = [number for number, (lead, text) in enumerate(leads) if matches(each, lead, text)]
        assert sorted(search_store.search(db, each, None, 100)) == by_rule
    # What watches are compared with comes out of the index, and has to be what the leads are found by.
    of_leads = [Findable.of(stored) for stored in find_leads(db, range(len(leads)))]
    indexed = search_store.findable(db, range(len(leads)))
    assert [(one.id, one.posted_at, one.yearly_pay) for one in indexed] == [
        (one.id, one.posted_at, one.yearly_pay) for one in of_leads
    ]
    for one, of_lead in zip(indexed, of_leads, strict=True):
        assert set(one.words) == {*of_lead.words, search_store.ANY, "~month:2026-05"}


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '" OR "',
        "rust AND",
        "NOT rust",
        "words: rust",
        "^rust",
        "{rust}",
        "rust*",
        "(((((",
        "~any",
        "~month:2026-05",
        "'; drop table lead; --",
        "🚀 👩‍💻",
        "\x00",
        "x" * 500,
        "a " * 250,
        "\\",
        "٣٤",
    ],
)
def test_whatever_is_typed_is_only_words(db: sqlite3.Connection, typed: str) -> None:
    store_posts(db, a_post(1, text="rust"))
    for filters in (Filters(typed), Filters(place=typed)):
        assert set(found(db, filters)) <= {1}


@pytest.mark.parametrize("least", [1_000, 119_999, 120_000, 120_001, 122_000, 180_000])
def test_pay_is_compared_to_the_dollar(db: sqlite3.Connection, least: int) -> None:
    pays = {1: 119_999, 2: 120_000, 3: 120_001, 4: 124_000}
    store_posts(db, *(a_post(n, salary=Salary(pay, None, "USD", Period.YEAR)) for n, pay in pays.items()))
    store_posts(db, a_post(5))
    expected = [number for number, pay in pays.items() if pay >= least]
    assert sorted(found(db, Filters(pay_at_least=least))) == expected


# Months.


def test_this_month_is_the_newest_thread_that_holds_anything(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1, MARCH.began_at), thread=MARCH)
    store_posts(db, a_post(2, APRIL.began_at), thread=APRIL)
    assert found(db, Filters()) == [2]
    store_posts(db, thread=MAY)
    assert found(db, Filters()) == [2]
    store_posts(db, a_post(3), thread=MAY)
    assert found(db, Filters()) == [3]
    assert found(db, Filters(months=Months.EARLIER)) == [2, 1]
    assert found(db, Filters(months=Months.ALL)) == [3, 2, 1]


def test_before_anything_is_stored_nothing_is_found(db: sqlite3.Connection) -> None:
    for months in Months:
        assert search_for(db, GUILD, Filters("rust", months=months), 0, 10).total == 0


def test_what_has_vanished_is_not_found_until_it_is_back(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1), a_post(2))
    assert vanish(db, 1) == 1
    assert found(db, Filters()) == [2]
    store_posts(db, a_post(1))
    assert found(db, Filters()) == [2, 1]


# Order and pages.


def test_what_suits_best_comes_first_and_among_equals_the_newest(db: sqlite3.Connection) -> None:
    store_posts(
        db,
        a_post(1, signals=(SignalName.JUNIOR,)),
        a_post(2),
        a_post(3, signals=(SignalName.JUNIOR, SignalName.NO_DEGREE_NEEDED)),
        a_post(4, signals=(SignalName.PHD_REQUIRED,)),
        a_post(5),
    )
    assert found(db, Filters()) == [3, 1, 5, 2, 4]


async def test_a_server_that_weighs_otherwise_sees_another_order(services: Services) -> None:
    await services.servers.set_up(2, checkin_channel_id=5, zone="Etc/UTC", prompt_time=datetime.min.time())
    await services.database.write(store_posts, a_post(1, signals=(SignalName.JUNIOR,)), a_post(2))
    await services.leads.set_up(2, weights={"junior": -30})
    by_default = await services.leads.search(1, Filters())
    by_choice = await services.leads.search(2, Filters())
    assert [lead.id for lead in by_default.results] == [1, 2]
    assert [lead.id for lead in by_choice.results] == [2, 1]


def test_pages_hold_everything_once_and_the_last_is_the_last(db: sqlite3.Connection) -> None:
    store_posts(db, *(a_post(number) for number in range(1, 24)))
    pages = [search_for(db, GUILD, Filters(), offset, 10) for offset in (0, 10, 20)]
    assert [lead.id for page in pages for lead in page.results] == list(range(23, 0, -1))
    assert {(page.total, page.or_more) for page in pages} == {(23, False)}
    beyond = search_for(db, GUILD, Filters(), 500, 10)
    assert (beyond.offset, [lead.id for lead in beyond.results]) == (20, [3, 2, 1])


def test_beyond_what_is_counted_it_says_or_more(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "COUNTED", 3)
    store_posts(db, *(a_post(number) for number in range(1, 6)))
    page = search_for(db, GUILD, Filters(), 0, 2)
    assert (page.total, page.or_more) == (3, True)


def test_far_back_only_the_newest_are_ordered_by_fit(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(search.RANKED, Months.ALL, 2)
    good = (SignalName.JUNIOR,)
    store_posts(db, a_post(1, signals=good), a_post(2), a_post(3, signals=good), a_post(4))
    assert found(db, Filters(months=Months.ALL)) == [3, 4, 2, 1]


# When nothing is found.


def test_it_says_what_would_be_found_without_one_of_the_filters_the_most_first(
    db: sqlite3.Connection,
) -> None:
    store_posts(db, a_post(1, text="rust in April", at=APRIL.began_at), thread=APRIL)
    store_posts(
        db,
        a_post(2, text="go", locations=("Berlin",)),
        a_post(3, text="go", locations=("Berlin",)),
        a_post(4, text="rust", locations=("Paris",)),
    )
    none = search_for(db, GUILD, Filters("rust", "Berlin"), 0, 10)
    assert (none.total, none.results) == (0, ())
    assert [(one.name, one.total) for one in none.without] == [("words", 2), ("place", 1)]
    assert none.without[0].filters == Filters(place="Berlin")


def test_earlier_months_are_among_what_can_be_let_in(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1, APRIL.began_at, text="rust"), thread=APRIL)
    store_posts(db, a_post(2, text="go"))
    none = search_for(db, GUILD, Filters("rust"), 0, 10)
    assert [(one.name, one.total, one.filters.months) for one in none.without] == [
        ("words", 1, Months.THIS),
        ("months", 1, Months.ALL),
    ]


def test_where_no_single_filter_is_to_blame_nothing_is_offered(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1))
    assert search_for(db, GUILD, Filters("rust", "Berlin", ml=True), 0, 10).without == []


# What is shown of each.


def test_since_when_a_company_has_come_back_is_told(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1, MARCH.began_at, company="Acme Inc."), thread=MARCH)
    store_posts(db, a_post(2, company="ACME"), a_post(3, company="Bolt"))
    told = {lead.id: lead.seen_since for lead in search_for(db, GUILD, Filters(), 0, 10).results}
    # April is missing, but one month is no gap.
    assert told == {2: MARCH.month, 3: None}


def test_a_company_name_of_five_hundred_characters_is_found_like_any_other(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1, company="Long " * 99 + "Name"))
    assert found(db, Filters("long name")) == [1]


def test_when_posts_were_written_stays_to_the_second(db: sqlite3.Connection) -> None:
    at = datetime(2026, 5, 3, 4, 5, 6, tzinfo=UTC) + timedelta(microseconds=7)
    store_posts(db, a_post(1, at))
    (lead,) = search_for(db, GUILD, Filters(), 0, 10).results
    assert lead.posted_at == datetime(2026, 5, 3, 4, 5, 6, tzinfo=UTC)
    assert lead.url == "https://news.ycombinator.com/item?id=1"
