"""Roles in machine learning told from companies, in posts written for this test."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.lead import MachineLearning
from bot.leads.reading.machine_learning import read_machine_learning
from bot.leads.reading.structure import PostText


def kind(text: str, *roles: str) -> MachineLearning | None:
    read = read_machine_learning(PostText(text), roles)
    if read is None:
        return None
    assert read.quote in text
    return read.value


@pytest.mark.parametrize(
    "title",
    [
        "Machine Learning Engineer",
        "ML/AI Engineer",
        "AI Product Engineer",
        "Senior Software Engineer (Applied AI)",
        "Lead Engineer, LLMs",
        "Data Scientist, Growth",
        "Applied Scientist",
        "MLOps Engineer",
        "Manager - ML Ops",
        "Senior Software Engineer, Agentic Products",
        "Computer Vision Engineer",
        "Head of AI",
    ],
)
def test_a_title_of_machine_learning_is_a_role(title: str) -> None:
    assert kind(f"Swift Ltd | {title} | Remote", title) is MachineLearning.ROLE


@pytest.mark.parametrize(
    "title",
    [
        "AI Sales Executive",
        "Product Manager, AI",
        "Machine Learning Developer Advocate",
        "UX Researcher",
        "Security Researcher",
        "Backend Engineer",
        "Animators (experience with AI tools a plus)",
    ],
)
def test_other_work_on_it_is_no_role(title: str) -> None:
    assert kind("Swift Ltd | Remote\n\nWe build an AI platform for birds.", title) is MachineLearning.COMPANY


def test_a_research_engineer_is_one_where_the_post_speaks_of_it() -> None:
    assert kind("Swift\n\nWe train language models.", "Research Engineer") is MachineLearning.ROLE
    assert kind("Swift\n\nWe count birds.", "Research Engineer") is None


@pytest.mark.parametrize(
    "body",
    [
        "We're looking for an ML engineer who likes birds.",
        "- Senior AI Engineer\n- Cook",
        "Sr. Data Scientist: count what sings",
        "Hiring engineers to work on web apps, data mining, machine learning and tests.",
        "We seek a Data Engineer to help build and own our ML recommendation systems.",
        "You will join our AI engineering team.",
        "You'll work on LLMs and their evaluation.",
        "- Computer Vision: take blurred pictures and find the birds",
        "Two positions:\n\nML/remote sensing: https://swift.example/ml",
        "What you'll do:\n- Design, train and deploy deep learning models",
        "You've built agentic systems that shipped.",
        "We're hiring across Product, Infrastructure, and ML.",
        "We look for somebody with deep ML expertise.",
    ],
)
def test_what_somebody_will_do_makes_a_role(body: str) -> None:
    assert kind(f"Swift | Engineers | Remote\n\n{body}") is MachineLearning.ROLE


@pytest.mark.parametrize(
    "body",
    [
        "We build an AI-powered platform for birdwatchers.",
        "Our product helps data scientists and ML engineers to ship models.",
        "We are a team of ML researchers from good schools. You will write our billing in Go.",
        "Swift uses machine learning to tell songs apart. We need a frontend developer.",
        "This role is not an ML/research role; our AI platform calls an API.",
    ],
)
def test_a_product_alone_makes_a_company(body: str) -> None:
    assert kind(f"Swift | Backend Engineer | Remote\n\n{body}") is MachineLearning.COMPANY


@pytest.mark.parametrize(
    "body",
    [
        "We count birds.",
        "Stack: Python, Go, LLMs",
        "Nice to have: ML experience.",
        "We use AI coding tools every day. Write to robin at swift dot ai.",
        "Bonus: familiar with AI tools.",
        "",
    ],
)
def test_tools_and_wishes_make_neither(body: str) -> None:
    assert kind(f"Swift | Backend Engineer | Remote\n\n{body}") is None


WORDS = st.sampled_from(
    [
        "AI",
        "ML ",
        "engineer",
        " ",
        "/",
        "you will ",
        "build ",
        "looking for ",
        "\n- ",
        "|",
        ".",
        "our ",
        "models",
        ":",
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join))
def test_whatever_is_written_reading_never_fails_and_quotes_the_text(text: str) -> None:
    read = read_machine_learning(PostText(text), [])
    if read is not None:
        assert read.quote in text


@pytest.mark.parametrize(
    "piece", ["looking for ai ml ", "train a, ", "engineers to work, ", "you will build ai "]
)
def test_a_hundred_thousand_characters_take_no_time(piece: str) -> None:
    text = PostText(piece * (100_000 // len(piece)))
    assert text.folded
    began = time.process_time()
    read_machine_learning(text, [])
    assert time.process_time() - began < 1
