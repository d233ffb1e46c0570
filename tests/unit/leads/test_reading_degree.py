"""What is said of a degree, read out of posts written for this test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.lead import Degree
from bot.leads.reading.degree import read_degree
from bot.leads.reading.structure import PostText


def degree(body: str) -> Degree | None:
    text = f"Wren | Engineer | Remote\n\n{body}"
    read = read_degree(PostText(text))
    if read is None:
        return None
    assert read.quote in text
    return read.value


@pytest.mark.parametrize(
    "body",
    [
        "Requirements:\n\n- BS/MS in CS, physics or maths",
        "MINIMUM REQUIREMENTS:\n• A bachelor's degree or higher in computer science",
        "You have a degree in engineering and like birds.",
        "Qualifications:\nMaster's or PhD degree in a related field is required.",
        "Research Scientist (PhD req)",
        "1. Ornithologist (MD/PhD)",
        "We require a Bachelors degree in physics. A PhD is a plus.",
        "Requirements: 5+ years of Python, CS degree.",
        "PhD in statistics or machine learning.",
    ],
)
def test_a_degree_is_demanded(body: str) -> None:
    assert degree(body) is Degree.REQUIRED


@pytest.mark.parametrize(
    "body",
    [
        "A PhD is a plus.",
        "Bonus: PhD in quantum physics.",
        "Education: Bachelor's degree (preferred)",
        "- CS degree or equivalent experience",
        "A college degree in computer science or equivalent.",
        "- 4+ years in industry, BS CS or equivalent",
        "Deep expertise in learning systems (PhD or equivalent).",
        "PhD preferred, equivalent output without one is fine.",
        "Bachelors degree in CS or related industry experience.",
    ],
)
def test_a_degree_is_wished_for(body: str) -> None:
    assert degree(body) is Degree.PREFERRED


@pytest.mark.parametrize(
    "body",
    [
        "No degree needed.",
        "You do not need a degree to apply.",
        "A degree is not required.",
        "Self-taught people are welcome.",
        "We don't care about degrees, show us what you built.",
        "No specific degree or background required.",
        "What you built is worth more to us than a diploma.",
        "ML hobbyist > ML PhD for this role.",
    ],
)
def test_no_degree_is_needed(body: str) -> None:
    assert degree(body) is Degree.NOT_REQUIRED


@pytest.mark.parametrize(
    "body",
    [
        "Our team of PhDs from good schools builds nests.",
        "Founded by PhDs who met in a wood.",
        "You get a high degree of freedom, and a 360-degree view.",
        "It is 20 degrees outside. Six degrees of freedom.",
        "People should not need a PhD to read their bill. MS Office, no BS.",
        "You will work alongside engineers and PhDs.",
        "(A third of our staff have PhDs.)",
        "We use MS Teams and BS detectors.",
        "",
    ],
)
def test_nothing_is_said(body: str) -> None:
    assert degree(body) is None


WORDS = st.sampled_from(
    [
        "degree",
        "PhD",
        "no ",
        "a plus",
        ". ",
        "BS",
        " in CS",
        "\n",
        "- ",
        "required",
        " of ",
        "equivalent",
        " ",
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join))
def test_whatever_is_written_reading_never_fails_and_quotes_the_text(text: str) -> None:
    read = read_degree(PostText(text))
    if read is not None:
        assert read.quote in text
