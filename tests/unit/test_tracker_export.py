"""The CSV file: read back by a reader of its own, and harmless in a spreadsheet."""

import csv
from datetime import date
from io import StringIO

import pytest

from bot.tracker.export import csv_of
from bot.tracker.follow_ups import FIRST, FollowUp
from bot.tracker.rules import Application, Job, Note, Record, State, Step

DAY = date(2026, 5, 4)


def record(job: Job, *, notes: tuple[Note, ...] = (), follow_ups: bool = True) -> Record:
    application = Application(
        1, 10, job, None, None, State.APPLIED, DAY, DAY, follow_ups, FollowUp(FIRST, date(2026, 5, 11))
    )
    steps = (Step(date(2026, 5, 1), "saved"), Step(DAY, "applied"), Step(date(2026, 5, 12), "followed_up"))
    rounds = (Note(1, date(2026, 5, 20), "Call with the founder"),)
    return Record(application, steps, rounds, notes)


def read(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.decode("utf-8-sig"), newline="")))


def test_every_field_comes_back_as_it_was() -> None:
    notes = (Note(1, DAY, 'Said "maybe", twice;\nthen, no'), Note(2, date(2026, 5, 5), "Zoë · 深度"))
    (row,) = read(
        csv_of([record(Job("Acme, Inc.", "ML", "Berlin", "https://a.example/?a=1&b=2"), notes=notes)])
    )
    assert row == {
        "Company": "Acme, Inc.",
        "Role": "ML",
        "Place": "Berlin",
        "Link": "https://a.example/?a=1&b=2",
        "State": "Applied",
        "In this state since": "2026-05-04",
        "Applied on": "2026-05-04",
        "Next follow-up": "2026-05-11",
        "What happened": "2026-05-01 Saved\n2026-05-04 Applied\n2026-05-12 Followed up",
        "Rounds": "2026-05-20 Call with the founder",
        "Notes": '2026-05-04 Said "maybe", twice;\nthen, no\n2026-05-05 Zoë · 深度',
    }


def test_it_begins_with_a_mark_and_its_lines_end_as_the_format_has_it() -> None:
    file = csv_of([record(Job("Acme"))])
    assert file.startswith(b"\xef\xbb\xbfCompany,Role,")
    assert file.split(b"\r\n")[0].decode("utf-8-sig").count(",") == 10
    assert file.endswith(b"\r\n")


def test_without_a_job_there_is_still_the_header() -> None:
    assert csv_of([]).count(b"\r\n") == 1


@pytest.mark.parametrize(
    "company", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1+1", '=HYPERLINK("https://x.example")']
)
def test_a_formula_becomes_text(company: str) -> None:
    (row,) = read(csv_of([record(Job(company))]))
    assert row["Company"] == f"'{company}"


@pytest.mark.parametrize("company", ["Acme = good", "A-1", "1+1", "'quoted'", "a@b"])
def test_what_is_no_formula_stays_as_it_is(company: str) -> None:
    (row,) = read(csv_of([record(Job(company))]))
    assert row["Company"] == company


def test_no_follow_up_is_given_where_none_is_wanted() -> None:
    (row,) = read(csv_of([record(Job("Acme"), follow_ups=False)]))
    assert row["Next follow-up"] == ""
