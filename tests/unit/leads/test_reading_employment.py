"""How somebody is employed, read out of posts written for this test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.lead import Employment
from bot.leads.reading.employment import read_employment
from bot.leads.reading.structure import PostText

FULL, PART, CONTRACT, INTERN = "full-time", "part-time", "contract", "internship"


def employment(text: str) -> set[str]:
    read = read_employment(PostText(text))
    if read is None:
        return set()
    assert read.quote in text
    return {one.value for one in read.value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Owl | Engineer | Full-time | Remote", {FULL}),
        ("Owl | Engineer | FULLTIME", {FULL}),
        ("Owl | Engineer | Fulltime / Parttime / Contract", {FULL, PART, CONTRACT}),
        ("Owl | Engineer | full or part-time", {FULL, PART}),
        ("Owl | Engineer | FTE or Intern", {FULL, INTERN}),
        ("Owl | Engineer | Permanent", {FULL}),
        ("Owl | Engineer | Contractor €60K", {CONTRACT}),
        ("Owl | Engineer | Contract-to-hire", {CONTRACT}),
        ("Owl | Engineer | Freelance", {CONTRACT}),
        ("Owl | Engineer | Remote (US) | 1099", {CONTRACT}),
        ("Owl | Engineer | Full time, interns/co-ops", {FULL, INTERN}),
        ("Owl - Boston, MA (INTERNS welcome, FULL TIME)", {FULL, INTERN}),
        ("Owl | Engineer | Remote\n\nThis is a full-time position for somebody patient.", {FULL}),
        ("Owl | Engineer | Remote\n\nWe look for a contract designer who likes birds.", {CONTRACT}),
        (
            "Owl | Engineer | Remote\n\nYou would work on a B2B contract, from anywhere.",
            {CONTRACT},
        ),
        (
            "Owl | Engineer\n\nI am also looking for short-term (3-6 months) contractors who know birds.",
            {CONTRACT},
        ),
        ("Owl | Engineer | Full-time | 160k 1099 for US", {FULL}),
        ("Owl | Engineers | Remote\n\n- Data Intern: https://owl.example/intern", {INTERN}),
        ("Owl | Engineers | Remote\n\nSummer internships are also available in our garden office.", {INTERN}),
        ("Owl | Full-time\n\nStipend: 900 a month (full-time internship/contract)", {FULL, INTERN, CONTRACT}),
    ],
)
def test_what_is_stated_is_found(text: str, expected: set[str]) -> None:
    assert employment(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Owl | Engineer | Remote\n\nWe write smart contracts, and we have government contracts.",
        "Owl | Engineer | Remote\n\nOur software helps contractors and freelancers to be paid in time.",
        "Owl | Engineer | Remote\n\nYou will mentor interns. Our interns went far.",
        "Owl | Engineer | Remote\n\nA tool for contract management and contract review, made with care.",
        "Owl | Engineer | Remote\n\nWe are a full-time team of nine that likes to work in the open air.",
        "Owl | Engineer | Remote\n\nThe internet is ours. Internal tools, cooperation, a part of time.",
        "Owl | Engineer | Remote\n\nSorry, no interns this year, we have nobody to look after them.",
        "",
    ],
)
def test_what_others_are_or_do_states_nothing(text: str) -> None:
    assert employment(text) == set()


def test_a_trial_contract_before_a_full_time_job_is_no_contract() -> None:
    text = "Owl | Engineer | Full-time\n\nWe begin with a trial on a contract basis for up to three months."
    assert employment(text) == {FULL}


def test_a_fixed_term_beside_full_time_is_a_contract_too() -> None:
    assert employment(
        "Owl | Full-time\n\nAnalyst (fixed-term contract) to watch over our birds all night long."
    ) == {
        FULL,
        CONTRACT,
    }


@given(
    st.lists(
        st.sampled_from(
            ["full", "-", " ", "time", "part", "contract", "or", "/", "intern", "s", "|", "\n", "no"]
        )
    )
)
def test_whatever_is_written_reading_never_fails_and_quotes_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    read = read_employment(PostText(text))
    if read is not None:
        assert read.quote in text
        assert read.value <= frozenset(Employment)
