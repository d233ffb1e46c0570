"""How a company is recognised from month to month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.companies import KEY_LIMIT, company_key


@pytest.mark.parametrize(
    "written",
    ["Acme", "ACME", "acme, Inc.", "Acme Inc", "The Acme Corp.", "Acme (YC S21)", "Acme.io", "Acmé GmbH"],
)
def test_the_same_company_has_the_same_key_however_it_writes_itself(written: str) -> None:
    assert company_key(written, []) == company_key("Acme", [])


@pytest.mark.parametrize("other", ["Acme Labs", "Acne", "Ac Me 2", "Inc"])
def test_others_have_another(other: str) -> None:
    assert company_key(other, []) != company_key("Acme", [])


def test_a_legal_form_alone_is_a_name() -> None:
    assert company_key("Co", []) == "co"


def test_without_a_name_its_own_address_tells() -> None:
    urls = ["https://boards.greenhouse.io/acme", "https://www.acme.co.uk/jobs", "https://else.example"]
    assert company_key(None, urls) == "@acme.co.uk"
    assert company_key("🚀", urls) == "@acme.co.uk"
    assert company_key(None, ["https://careers.acme.example/x"]) == "@acme.example"


@pytest.mark.parametrize(
    "url",
    [
        "https://jobs.lever.co/acme",
        "https://docs.google.com/forms/x",
        "https://www.linkedin.com/in/somebody",
        "http://[::1",
        "http://127.0.0.1/x",
        "mailto:jobs@acme.example",
        "not an address",
        "",
    ],
)
def test_an_address_that_is_not_its_own_tells_nothing(url: str) -> None:
    assert company_key(None, [url]) is None


def test_a_name_of_five_hundred_characters_makes_a_key_of_its_own() -> None:
    key = company_key("Very " * 100 + "Long", [])
    assert key is not None
    assert len(key) == KEY_LIMIT


@given(st.none() | st.text(max_size=600), st.lists(st.text(max_size=60), max_size=3))
def test_nothing_makes_it_fail(company: str | None, urls: list[str]) -> None:
    key = company_key(company, urls)
    assert key is None or 0 < len(key) <= KEY_LIMIT + 1
