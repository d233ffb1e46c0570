"""A job as it is typed or read from a lead, and whether two companies are one."""

from datetime import date
from typing import Any

import pytest

from bot.errors import CompanyMissing, NotALink, NothingNoted, TextTooLong, UnknownState, UserError
from bot.leads.lead import Lead, PostKind, WorkMode
from bot.tracker.duplicates import alike, earlier_at
from bot.tracker.moving import moved
from bot.tracker.rules import (
    Application,
    Job,
    State,
    clean_job,
    clean_note,
    clean_round,
    job_of_lead,
    read_day,
    read_state,
)

TODAY = date(2026, 5, 4)


def test_only_the_company_is_needed_and_all_is_kept_on_one_line() -> None:
    assert clean_job("  Acme\nLabs ") == Job("Acme Labs")
    assert clean_job("Acme", "ML\tengineer", " Berlin,\nremote ", "HTTPS://acme.example/jobs?id=1") == Job(
        "Acme", "ML engineer", "Berlin, remote", "HTTPS://acme.example/jobs?id=1"
    )


@pytest.mark.parametrize("company", ["", "  ", "\u200b", "\u3164", "..."])
def test_a_company_without_a_word_is_none(company: str) -> None:
    with pytest.raises(CompanyMissing):
        clean_job(company)


def test_a_company_of_500_characters_is_refused_with_a_sentence() -> None:
    with pytest.raises(TextTooLong, match="“Company” has 500 characters, and I can keep 100"):
        clean_job("A" * 500)
    assert clean_job("A" * 100).company == "A" * 100


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://acme.example",
        "data:text/html,hi",
        "acme.example",
        "https://",
        "http://[half",
        "https://acme.example and more",
        "https://acme.example\nhttps://b.example",
        "file:///etc/passwd",
    ],
)
def test_only_web_addresses_are_taken_for_links(link: str) -> None:
    with pytest.raises(NotALink):
        clean_job("Acme", link=link)


@pytest.mark.parametrize(
    "given", [{"role": "r" * 151}, {"place": "p" * 151}, {"link": "https://a.b/" + "x" * 490}]
)
def test_what_is_too_long_is_refused_rather_than_cut(given: dict[str, Any]) -> None:
    with pytest.raises(TextTooLong):
        clean_job("Acme", **given)


def test_marks_that_turn_text_around_are_taken_out() -> None:
    assert clean_job("Ac\u202eme\u2066").company == "Acme"


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_a_note_needs_a_word(text: str) -> None:
    for clean in (clean_note, clean_round):
        with pytest.raises(NothingNoted):
            clean(text)


def test_a_note_keeps_its_lines_and_a_round_has_one() -> None:
    assert clean_note("Asked for:\r\n- a demo") == "Asked for:\n- a demo"
    assert clean_round("Call with\nthe founder") == "Call with the founder"
    with pytest.raises(TextTooLong):
        clean_note("x" * 1001)
    with pytest.raises(TextTooLong):
        clean_round("x" * 201)


def test_a_state_is_one_of_seven() -> None:
    assert read_state("not_for_me") is State.NOT_FOR_ME
    with pytest.raises(UnknownState):
        read_state("hired")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", date(2026, 5, 4)),
        ("  ", date(2026, 5, 4)),
        ("yesterday", date(2026, 5, 3)),
        ("next friday", date(2026, 5, 8)),
        ("2026-04-01", date(2026, 4, 1)),
        ("2026-05-20", date(2026, 5, 20)),
    ],
)
def test_a_round_may_be_over_or_to_come(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["soon", "2026-02-31", "2036-01-01", "@everyone"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_day(typed, TODAY)


def test_a_lead_becomes_a_job_with_its_places_modes_and_limit() -> None:
    lead = Lead(
        PostKind.HIRING,
        company="Acme",
        roles=("ML Engineer", "Data Engineer"),
        locations=("Berlin", "London"),
        work_modes=frozenset({WorkMode.ONSITE, WorkMode.REMOTE}),
        remote_scope="EU",
    )
    assert job_of_lead(lead, "https://post.example", founder=True) == Job(
        "Acme",
        "ML Engineer, Data Engineer",
        "Berlin, London, on site, remote (EU)",
        "https://post.example",
        founder=True,
    )


@pytest.mark.parametrize(
    ("urls", "company"),
    [
        (("https://www.acme.example/jobs",), "acme.example"),
        ((), "Company not named"),
        (("http://[half",), "Company not named"),
    ],
)
def test_a_lead_without_a_company_is_named_by_its_address_or_honestly(
    urls: tuple[str, ...], company: str
) -> None:
    assert job_of_lead(Lead(PostKind.HIRING, urls=urls), "https://post.example").company == company


def test_what_a_lead_says_at_length_is_cut() -> None:
    lead = Lead(PostKind.HIRING, company="A" * 500, roles=("r" * 90, "s" * 90), locations=("x" * 200,))
    job = job_of_lead(lead, "https://post.example")
    assert (job.company, len(job.company)) == ("A" * 99 + "…", 100)
    assert (len(job.role), len(job.place)) == (150, 150)


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Acme", "ACME", True),
        ("Acme Labs", "acme-labs", True),
        ("Acme", "Acme Labs", True),
        ("Deepmatter", "Deepmater", True),
        ("Łódź AI", "łódź ai", True),
        ("深度学习", "深度学习", True),
        ("Acme", "Acne", False),
        ("Meta", "Metabase", False),
        ("AI", "AI Works", False),
        ("Northwind", "Southwind", False),
        ("!!!", "???", False),
        ("!!!", "!!!", True),
    ],
)
def test_names_are_alike_but_for_spelling_or_an_addition(one: str, other: str, are_alike: bool) -> None:
    assert alike(one, other) is are_alike
    assert alike(other, one) is are_alike


def application(
    number: int,
    company: str = "Acme",
    state: State = State.APPLIED,
    applied_on: date | None = TODAY,
    key: str | None = None,
) -> Application:
    return Application(number, 10, Job(company), key, None, state, TODAY, applied_on)


def test_only_what_was_sent_to_the_same_company_counts_as_earlier_the_newest_first() -> None:
    applications = [
        application(1, applied_on=date(2026, 1, 1), state=State.GHOSTED),
        application(2, applied_on=date(2026, 3, 1), state=State.NOT_FOR_ME),
        application(3, state=State.SAVED, applied_on=None),
        application(4, state=State.NOT_FOR_ME, applied_on=None),
        application(5, state=State.INTERVIEWING, applied_on=None),
        application(6, "Other"),
        application(7, "Written otherwise", key="acme"),
        application(8),
    ]
    earlier = earlier_at("Acme", "acme", applications, but=8)
    assert [each.id for each in earlier] == [7, 5, 2, 1]
    assert earlier_at("Nobody", None, applications) == ()


EARLIEST = date(2026, 5, 5)
SAVED = application(1, state=State.SAVED, applied_on=None)


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_any_state_may_follow_any(before: State, after: State) -> None:
    job = application(1, state=before, applied_on=None)
    result = moved(job, after, None, [], TODAY, EARLIEST)
    assert result.state is after
    assert (result.follow_up is not None) == (after is State.APPLIED and before is not after)
    assert (result == job) == (before is after)


def test_the_day_of_applying_stays_through_what_follows_and_goes_when_it_was_only_saved() -> None:
    applied = moved(SAVED, State.APPLIED, date(2026, 5, 1), [], TODAY, EARLIEST)
    assert (applied.applied_on, applied.since) == (date(2026, 5, 1), date(2026, 5, 1))
    called = moved(applied, State.INTERVIEWING, None, [], TODAY, EARLIEST)
    assert (called.applied_on, called.since, called.follow_up) == (date(2026, 5, 1), TODAY, None)
    again = moved(called, State.APPLIED, None, [], TODAY, EARLIEST)
    assert (again.applied_on, again.follow_up) == (date(2026, 5, 1), applied.follow_up)
    assert moved(again, State.SAVED, None, [], TODAY, EARLIEST).applied_on is None


def test_a_day_given_anew_sets_right_when_one_applied() -> None:
    applied = moved(SAVED, State.APPLIED, None, [], TODAY, EARLIEST)
    assert applied.follow_up is not None
    assert applied.follow_up.on == date(2026, 5, 11)
    righted = moved(applied, State.APPLIED, date(2026, 5, 2), [], TODAY, EARLIEST)
    assert righted.applied_on == date(2026, 5, 2)
    assert righted.follow_up is not None
    assert righted.follow_up.on == date(2026, 5, 9)
