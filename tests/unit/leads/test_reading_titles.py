"""Job titles: what is one, and how lists of them come apart."""

import pytest

from bot.leads.reading.structure import PostText
from bot.leads.reading.title_lines import titles_of_lines
from bot.leads.reading.title_prose import titles_of_prose
from bot.leads.reading.title_splits import split_titles
from bot.leads.reading.titles import is_title


@pytest.mark.parametrize(
    "phrase",
    [
        "Engineer",
        "Senior Data Engineer (Spark)",
        "Head of Research",
        "VP of Robotics",
        "Software Engineer III",
        "Staff Engineer - Storage",
        "Founding Engineer, Growth",
        "Member of Technical Staff",
        "Tech Lead",
        "SRE",
        "user experience designer",
    ],
)
def test_titles(phrase: str) -> None:
    assert is_title(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "We help engineers",
        "experience as a developer",
        "Our engineers love Rust",
        "Full-time",
        "Berlin",
        "",
        "you will work with designers",
        "competitive salary",
    ],
)
def test_what_is_no_title(phrase: str) -> None:
    assert not is_title(phrase)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Data Engineer, Product Manager & SRE", ["Data Engineer", "Product Manager", "SRE"]),
        ("platform and inference engineers", ["platform engineers", "inference engineers"]),
        ("Data Scientists/Engineers across the stack", ["Data Scientists", "Engineers across the stack"]),
        ("Front end/full stack developer", ["Front end/full stack developer"]),
        ("Senior or Staff Backend Engineer", ["Senior or Staff Backend Engineer"]),
        ("Senior / Staff Engineer (iOS, Android)", ["Senior / Staff Engineer (iOS, Android)"]),
        ("SWE, Infrastructure, SRE", ["SWE", "Infrastructure", "SRE"]),
        ("Product Manager, Payments", ["Product Manager, Payments"]),
        ("Research Engineer - Mapping & Localization", ["Research Engineer - Mapping & Localization"]),
        ("C++ Engineer + Designer", ["C++ Engineer", "Designer"]),
        ("Data & Platform Engineer", ["Data & Platform Engineer"]),
        ("iOS senior and staff engineers", ["iOS senior and staff engineers"]),
        ("Data Engineer/Analyst", ["Data Engineer/Analyst"]),
        (
            "Firmware, DevOps, and Storage Engineers",
            ["Firmware Engineers", "DevOps Engineers", "Storage Engineers"],
        ),
        ("Web Developer - Elixir, Elm, SQL", ["Web Developer - Elixir, Elm, SQL"]),
        ("3/ Chief of Staff", ["Chief of Staff"]),
        ("2 experienced Go developers", ["Go developers"]),
        ("Python, Go, Rust", []),
    ],
)
def test_lists_come_apart(text: str, titles: list[str]) -> None:
    found = [title for title in split_titles(text) if titles or is_title(title)]
    assert found == titles


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (
            "Hiring:\n>> Backend Engineer, Payments\n>> Data Engineer",
            ["Backend Engineer, Payments", "Data Engineer"],
        ),
        (
            "We are hiring for:\nHead of Research - Java Developer - Web Designer",
            ["Head of Research", "Java Developer", "Web Designer"],
        ),
        (
            "Open roles: Engineering Manager, Search; Sales Engineer",
            ["Engineering Manager, Search", "Sales Engineer"],
        ),
        (
            "Positions:\n1. Data Engineer:\nRequirements:\nThree years of SQL\n2. Web Developer:",
            ["Data Engineer", "Web Developer"],
        ),
        (
            "Open positions:\n- Cloud Engineer: Run large systems\n- Design Intern: Learn from others",
            ["Cloud Engineer", "Design Intern"],
        ),
        (
            "We look for:\nGo Developer - https://acme.example/1\n"
            "Software Engineer - Backend, Elixir, Rust - https://acme.example/2",
            ["Go Developer", "Software Engineer - Backend, Elixir, Rust"],
        ),
        (
            "Open roles:\n- Engineering Lead, Rendering\n- Concept Artist",
            ["Engineering Lead, Rendering", "Concept Artist"],
        ),
        ("Open roles:\n- Founding Engineer: Backend + Data", ["Founding Engineer: Backend + Data"]),
    ],
)
def test_lines_of_titles(body: str, titles: list[str]) -> None:
    post = PostText(f"Acme | Ghent | Onsite\n\n{body}")
    assert [one.text for one in titles_of_lines(post)] == titles


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("We are looking for data engineers of all levels of seniority.", ["data engineers"]),
        ("We are hiring versatile web developers.", ["web developers"]),
        (
            "Looking for a data, search, and web engineer (one of each).",
            ["data engineer", "search engineer", "web engineer"],
        ),
        ("Hiring 3 full-time Sound Engineers for our studio.", ["Sound Engineers"]),
        ("We seek product managers/anyone who likes maps.", ["product managers"]),
    ],
)
def test_what_follows_a_title_in_a_sentence(sentence: str, titles: list[str]) -> None:
    found = [
        one.text for some in titles_of_prose(PostText(f"Acme | Ghent | Onsite\n\n{sentence}")) for one in some
    ]
    assert found == titles
