"""How far along somebody has to be, read out of posts written for this test."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.lead import Level
from bot.leads.reading.seniority import levels_of_title, read_seniority
from bot.leads.reading.structure import PostText


def levels(text: str, *roles: str) -> set[str]:
    read = read_seniority(PostText(text), roles)
    return set() if read is None else {level.value for level in read.value}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Senior Software Engineer", {"senior"}),
        ("Sr. Backend Developer", {"senior"}),
        ("(Senior) Software Engineer, Edge (m/f/d)", {"senior"}),
        ("Lead/Senior Engineer", {"senior", "staff"}),
        ("Senior / Staff / Principal Engineer", {"senior", "staff"}),
        ("Lead Engineer, Front-end", {"staff"}),
        ("Design Verification Lead", {"staff"}),
        ("Tech Lead", {"staff"}),
        ("Founding Engineering Lead", {"staff"}),
        ("Founding Engineer", set()),
        ("Member of Technical Staff", set()),
        ("Chief of Staff", set()),
        ("Lead Generation Specialist", set()),
        ("Software Engineer III", set()),
        ("Engineering Manager", {"manager"}),
        ("Manager - ML Ops", {"manager"}),
        ("VP of Robotics", {"manager"}),
        ("Head of Design", {"manager"}),
        ("Director of Engineering", {"manager"}),
        ("Chief Technology Officer (CTO)", {"manager"}),
        ("Executive Assistant to CEO", set()),
        ("Product Manager", set()),
        ("Senior Product Manager", {"senior"}),
        ("Technical Program Manager", set()),
        ("Product Marketing Manager", set()),
        ("Junior iOS Engineer", {"junior"}),
        ("Entry-level Analyst", {"junior"}),
        ("Graduate Machine Learning Researcher", {"junior"}),
        ("New Grad Software Engineer", {"junior"}),
        ("AI Engineer (Mid–Senior)", {"mid", "senior"}),
        ("Senior/Middle DevOps Engineer", {"mid", "senior"}),
        ("Mid-Market Account Executive", set()),
    ],
)
def test_a_title_names_its_levels(title: str, expected: set[str]) -> None:
    assert {level.value for level in levels_of_title(title)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lark | Senior Engineer | Remote", {"senior"}),
        ("Lark | Engineers | Mid-Level & Senior | Remote", {"mid", "senior"}),
        (
            "Lark | Engineer | Remote\n\nWe look for a mid-level or senior engineer.",
            {"mid", "senior"},
        ),
        ("Lark | Engineers\n\n-> Hiring software engineers from Mid-Level to Staff", {"mid", "staff"}),
        ("Lark | Engineers\n\nHiring from entry level to senior people.", {"junior", "senior"}),
        (
            "Lark | Engineers\n\nLevels range from Senior level to Staff / Director.",
            {"senior", "staff", "manager"},
        ),
        ("Lark | Engineer\n\nYou operate at staff level.", {"staff"}),
        ("Lark | Engineer\n\nThis is a mid-level role.", {"mid"}),
        ("Lark\n\nWe need a lead data/pipeline engineer who likes birds.", {"staff"}),
        (
            "Lark\n\nOpen roles:\n* Tech Lead (CI platform)\n* Go to market person (entry level role)",
            {"staff", "junior"},
        ),
        ("Lark\n\n- Marketing Lead\n- Engineering Manager role: see our page", {"staff", "manager"}),
        ("Lark | Engineers | Full-time, interns", {"intern"}),
        ("Lark\n\nOn site in Boston (all levels) and Seattle (Senior+).", {"senior"}),
        ("Lark\n\nIf you're a Senior or Staff Engineer, write to us.", {"senior", "staff"}),
        ("Lark\n\nSupport people (junior to early-mid) who like the front line.", {"junior", "mid"}),
        ("Lark\n\nInsurance Product Director: https://lark.example", {"manager"}),
        ("Philadelphia, PA - Senior Cook", {"senior"}),
        ("Lark\n\nWe look for a Senior Cook, a Waiter and a Staff Engineer (Oven).", {"senior", "staff"}),
    ],
)
def test_the_levels_asked_for_are_found_without_titles(text: str, expected: set[str]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lark | Engineer | Remote\n\nYou will mentor junior engineers and lead the team.",
        "Lark | Engineer | Remote\n\nYou'd work with our senior engineers and the director of product.",
        "Lark | Engineer | Remote\n\nI'm Robin, engineering manager here. Our staff is small.",
        "Lark | Engineer | Remote\n\nA small, senior team. All managers are hands-on.",
        "Lark | Engineer | Remote\n\nLead on the design of nests. We help senior citizens.",
        "Lark | Engineer | Remote\n\nA password manager for wealth managers, a principal reason.",
        "Lark | Engineer | Remote\n\nWrite to us:\nRobin, co-founder & CTO",
        "Lark | Engineer | Remote\n\nWithin four hours of UTC, unless very senior.",
        "",
    ],
)
def test_the_levels_of_others_are_not_asked_for(text: str) -> None:
    assert levels(text) == set()


def test_titles_that_were_found_elsewhere_count_and_are_quoted() -> None:
    text = "Lark | Engineers | Remote\n\nA bird's work, among others as a Nest Architect, Principal."
    read = read_seniority(PostText(text), ["Nest Architect, Principal"])
    assert read is not None
    assert read.value == frozenset({Level.STAFF})
    assert read.quote == "Nest Architect, Principal"


WORDS = st.sampled_from(
    [
        "senior",
        "lead",
        " ",
        "engineer",
        "/",
        "-",
        "level",
        "\n",
        "|",
        "manager",
        "head of",
        ". ",
        "(",
        "staff",
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join))
def test_whatever_is_written_reading_never_fails_and_quotes_the_text(text: str) -> None:
    read = read_seniority(PostText(text), [])
    if read is not None:
        assert read.quote in text


@pytest.mark.parametrize("piece", ["senior ", "senior, lead/", "lead engineer ", "hiring mid-"])
def test_a_hundred_thousand_characters_take_no_time(piece: str) -> None:
    text = PostText(piece * (100_000 // len(piece)))
    assert text.folded
    began = time.process_time()
    read_seniority(text, [])
    assert time.process_time() - began < 1
