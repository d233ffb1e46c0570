"""What is said of visas, read out of posts written for this test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.lead import Visa
from bot.leads.reading.structure import PostText
from bot.leads.reading.visa import read_visa


def visa(text: str) -> Visa | None:
    read = read_visa(PostText(text))
    if read is None:
        return None
    assert read.quote
    assert read.quote in text
    return read.value


@pytest.mark.parametrize(
    "text",
    [
        "Finch | Engineer | Berlin | VISA",
        "Finch | Engineer | Berlin | REMOTE, VISA | Full-time",
        "Finch | Engineer | Berlin | Visa + relocation",
        "Finch | Engineer | Visa sponsorship available",
        "Finch | Engineer | H1B transfer OK",
        "Finch - San Francisco (FULLTIME, H1B)",
        "Finch | Engineer | Existing visa transfers welcome",
        "Finch | Engineer\n\nWe can sponsor visas for the right person.",
        "Finch | Engineer\n\nWe help with relocation, arranging visas where needed.",
        "Finch | Engineer\n\nVisa sponsorship: yes",
        "Finch | Engineer\n\nWe are happy to provide visa and relocation support.",
        "Finch | Engineer\n\nFull relocation package, work permit, and a nest.",
        "Finch | Engineer\n\nImmigration support for good candidates.",
        "Finch | Engineer\n\nVisa sponsorship is available; elsewhere you must be authorized to work.",
    ],
)
def test_help_is_offered(text: str) -> None:
    assert visa(text) is Visa.YES


@pytest.mark.parametrize(
    "text",
    [
        "Finch | Engineer | Boston | No visa",
        "Finch | Engineer | Boston | NO-VISA",
        "Finch | Engineer\n\nNo visa sponsorship at this time.",
        "Finch | Engineer\n\nVisa: No",
        "Finch | Engineer\n\n*Visa Sponsorship:* No",
        "Finch | Engineer\n\nSponsorship: not at this time",
        "Finch | Engineer\n\nUnfortunately we are unable to sponsor visas.",
        "Finch | Engineer\n\nWe don't sponsor, sorry.",
        "Finch | Engineer\n\nYou must be authorized to work in the US.",
        "Finch | Engineer\n\nMust be legally eligible to work in Canada without a visa.",
        "Finch | Engineer\n\nApplicants need the right to work in the UK.",
        "Finch | Engineer\n\nUS work authorization required.",
        "Finch | Engineer | US Citizens only",
        "Finch | Engineer\n\nMust have:\nUS Citizen",
        "Finch | Engineer\n\nU.S. citizenship required because of export controls.",
        "Finch | Engineer\n\nYou need to be a US person.",
        "Finch | Engineer\n\nYou must have a work permit for Sweden.",
        "Finch | Engineer | UK VISA REQUIRED",
    ],
)
def test_help_is_refused_or_permission_demanded(text: str) -> None:
    assert visa(text) is Visa.NO


@pytest.mark.parametrize(
    "text",
    [
        "Finch | Engineer | Berlin",
        "Finch | Engineer\n\nOur customers are Visa, Mastercard and Stripe.",
        "Finch | Engineer\n\nRemote workers are first-class citizens here.",
        "Finch | Engineer\n\nWe do authentication and authorization for small shops.",
        "Finch | Engineer\n\nEmployer-sponsored health care.",
        "Finch | Engineer\n\nWe sell sponsorships and sponsor a conference on birds.",
        "Finch | Engineer\n\nPlease tell us your location and visa status.",
        "Finch | Engineer\n\nEligible for a yearly bonus.",
        "",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert visa(text) is None


def test_the_quote_is_the_sentence_that_says_it() -> None:
    read = read_visa(
        PostText("Finch | Engineer\n\nWe like birds. We cannot sponsor visas at this time. Write to us.")
    )
    assert read is not None
    assert read.quote == "We cannot sponsor visas at this time"


WORDS = st.sampled_from(
    ["visa", "no ", "sponsor", "ship", " ", "h1b", "|", "\n", "must ", "authorized", " to work", ". ", ":"]
)


@given(st.lists(WORDS, max_size=30).map("".join))
def test_whatever_is_written_reading_never_fails_and_quotes_the_text(text: str) -> None:
    read = read_visa(PostText(text))
    if read is not None:
        assert read.quote in text
