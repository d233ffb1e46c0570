"""Whole posts, invented for each thing that people do: what is read out of them."""

import logging
from typing import Any

import pytest

from bot.leads.lead import PostKind
from bot.leads.parse import parse


def read(html: str, *fields: str) -> tuple[Any, ...]:
    values = parse(html).as_json()
    return tuple(values[field] for field in fields)


@pytest.mark.parametrize(
    ("html", "company"),
    [
        ("Acme Robotics | Data Engineer | Berlin | Onsite<p>We build arms.", "Acme Robotics"),
        ("Acme (YC S21) | https://acme.example | Remote | SRE", "Acme"),
        ("Lisbon, Portugal | Acme | Designer | Full-time", "Acme"),
        ("Data Engineer | Vienna / Remote (Europe) | Full-time<p>A small team.", None),
        ("Stealth Startup | Founding Engineer | NYC", None),
        ("Acme Trader | Research Engineer | Oslo | Onsite", "Acme Trader"),
        ("acme.dev | Backend Engineer | Remote", "acme.dev"),
        ("Acme, Boulder, CO | Data Scientist | Full time", "Acme"),
        ("Boston Gliders | Mechanic | Boston, MA | Onsite", "Boston Gliders"),
        ("At Acme, we grow trees. We are hiring a botanist and a data engineer in Turin.", "Acme"),
        ("Acme is hiring full stack developers to work with us in NYC.", "Acme"),
        ("Company: Acme Ltd<p>Role: Data Engineer<p>Location: Leeds", "Acme Ltd"),
        ("Thanks for all the mails!<p>Acme | Welder | Bergen, Norway | Onsite | Full-time", "Acme"),
        ("Acme / Data Engineer / Remote / Full-time<p>Hello.", "Acme"),
    ],
)
def test_the_company(html: str, company: str | None) -> None:
    assert read(html, "company") == (company,)


@pytest.mark.parametrize(
    ("html", "roles"),
    [
        ("Acme | Data Engineer, SRE | Berlin", ["Data Engineer", "SRE"]),
        (
            "Acme | Multiple roles | Berlin<p>Open roles:<p>- Data Engineer<p>- Designer",
            ["Data Engineer", "Designer"],
        ),
        (
            "Acme | Engineers | Remote<p>* Senior Data Engineer: https://a.example/1"
            "<p>* Welder: https://a.example/2",
            ["Senior Data Engineer", "Welder"],
        ),
        (
            "Acme | Remote<p>We're looking for platform and data engineers to help us.",
            ["platform engineers", "data engineers"],
        ),
        ("Acme | Data Engineer (remote, US) | $100k", ["Data Engineer"]),
        (
            "Acme | Backend Engineer (Go) | Leeds<p>Requirements:"
            "<p>- Worked with designers<p>- A good engineer",
            ["Backend Engineer (Go)"],
        ),
        ("Acme | Multiple roles | Remote<p>Apply at https://a.example/jobs", []),
        (
            "Acme | Remote<p>Open Positions: Data Engineer, Growth Engineer, and more!",
            ["Data Engineer", "Growth Engineer"],
        ),
        ("Acme | Remote<p>Acme | Welder | Leeds | Full-time<p>Acme | Baker | York", ["Welder"]),
        ("Acme | Data Engineer | Remote<p>Best,<p>Ada Ling, CTO", ["Data Engineer"]),
        (
            "Acme | Multiple roles | Leeds<p>Open roles:<p>- Sr. Data Engineer: https://a.example/1"
            "<p>- Jr. Welder: https://a.example/2",
            ["Sr. Data Engineer", "Jr. Welder"],
        ),
        ("Acme | Senior Backend Elixir | Remote", ["Senior Backend Elixir"]),
        ("Acme | Remote<p>* Data Engineer, US: https://a.example/1", ["Data Engineer"]),
        ("Acme | SRE ($90k + equity) | Remote", ["SRE"]),
        (
            "Acme | Remote<p>Co-founders: Ada Ling<p>We seek software engineers and designers.",
            ["software engineers", "designers"],
        ),
        (
            "Acme | Remote<p>We seek a data engineer or product designer.",
            ["data engineer", "product designer"],
        ),
        ("Acme | Remote<p>Jobs:<p>- A welder who is calm<p>- A designer who sings", ["welder", "designer"]),
    ],
)
def test_the_roles(html: str, roles: list[str]) -> None:
    assert read(html, "roles") == (roles,)


@pytest.mark.parametrize(
    ("header", "modes"),
    [
        ("Acme | Engineer | Berlin | ONSITE", ["onsite"]),
        ("Acme | Engineer | Berlin | On-site or remote", ["onsite", "remote"]),
        ("Acme | Engineer | Berlin | Hybrid (3 days in office)", ["hybrid"]),
        ("Acme | Engineer | Berlin | 2x/week in office", ["hybrid"]),
        ("Acme | Engineer | Berlin (no remote)", []),
        ("Acme | Engineer | Berlin | In person, no remote", ["onsite"]),
        ("Acme | Engineer | Berlin", []),
        ("Acme | Engineer | Berlin<p>Remote applications will be ignored.", []),
        ("Acme | Engineer | Berlin<p>You work on remote sensing and hybrid search.", []),
        ("Acme | Engineer | Berlin | Onsite<p>Yearly retreats and remote monitoring of pumps.", ["onsite"]),
        ("Acme | Engineer | Berlin<p>We are a remote-first company.", ["remote"]),
    ],
)
def test_the_modes(header: str, modes: list[str]) -> None:
    assert read(header, "work_modes") == (modes,)


@pytest.mark.parametrize(
    ("header", "locations", "scope"),
    [
        ("Acme | Engineer | Remote (US only)", [], "US"),
        ("Acme | Engineer | Oslo or Remote (EU)", ["Oslo"], "EU"),
        ("Acme | Engineer | Oslo, Norway, Europe | Onsite", ["Oslo, Norway"], None),
        ("Acme | Engineer | Remote | Europe", [], "Europe"),
        ("Acme | Engineer | Austria or Remote", ["Austria"], None),
        ("Acme | Engineer | Norway | Hybrid", ["Norway"], None),
        ("Acme | Engineer | REMOTE (CET +/- 2 hours)", [], "CET +/- 2 hours"),
        ("Acme | Engineer | REMOTE UTC-3 to UTC+2", [], "UTC-3 to UTC+2"),
        ("Acme | Engineer | Remote, HQ in Boston", [], None),
        ("Acme | Engineer | Remote worldwide", [], "worldwide"),
        ("Acme | Engineer | US/Canada Remote", [], "US/Canada"),
        ("Acme | Engineer | Turin, Italy | Remote", ["Turin, Italy"], None),
        ("Acme | Engineer | US - Remote and Hybrid", ["US"], "US"),
        ("Acme | Engineer | Remote<p>Candidates must be located in Canada.", [], "Canada"),
        ("Acme | Engineer | Remote<p>You must be authorized to work in the US.", [], None),
        ("Acme | Engineer | Hybrid<p>Location: Ghent, Belgium", ["Ghent, Belgium"], None),
        ("Acme | Engineer | NYC, New York", ["NYC, New York"], None),
        ("Acme | Engineer | Seattle, WA (US-remote welcome)", ["Seattle, WA"], "US"),
        ("Acme | Engineer | Cologne, Germany | Onsite | 55-60k EUR", ["Cologne, Germany"], None),
        ("Acme | Engineer | Remote<p>We are a remote team, mostly in Ohio.", [], None),
    ],
)
def test_where(header: str, locations: list[str], scope: str | None) -> None:
    assert read(header, "locations", "remote_scope") == (locations, scope)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("Acme | Engineer | Berlin | Full-time", PostKind.HIRING),
        ("We are hiring a welder in Leeds. Mail jobs@acme.example.", PostKind.HIRING),
        ("SEEKING WORK | Remote | Europe<p>I build sites.", PostKind.SEEKING_WORK),
        ("SEEKING FREELANCER | Remote | Go developer", PostKind.SEEKING_FREELANCER),
        (
            "Location: Leeds<p>Remote: Yes<p>Willing to relocate: No<p>Technologies: Go"
            "<p>Résumé/CV: on request<p>Email: a@b.example",
            PostKind.SEEKING_WORK,
        ),
        ("I'm a developer with 5 years of Go, looking for a remote role.", PostKind.SEEKING_WORK),
        ("Hello<p>I'm looking for a hybrid job near Leeds<p>Go | Rust | Elm | Remote", PostKind.SEEKING_WORK),
        ("Do you sponsor visas?", PostKind.OTHER),
        ("[flagged]", PostKind.OTHER),
        ("", PostKind.OTHER),
        ("I made a searchable list of this thread: https://lists.example", PostKind.OTHER),
    ],
)
def test_the_kind(html: str, kind: PostKind) -> None:
    assert parse(html).kind is kind


def test_a_failing_reader_is_logged_and_the_post_is_left_unread(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr("bot.leads.parse.segments_of", fail)
    with caplog.at_level(logging.ERROR):
        assert parse("Acme | Engineer").kind is PostKind.OTHER
    assert "could not be read" in caplog.text
