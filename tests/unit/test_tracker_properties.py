"""Whatever a member does and types: follow-ups come in order and at most twice, and the file stays text."""

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.tracker.export import csv_of
from bot.tracker.follow_ups import ONE_WEEK, SECOND, SNOOZES, FollowUp, planned, snoozed, written
from bot.tracker.rules import Application, Job, Note, Record, State, Step, clean_job

APPLIED = date(2026, 5, 4)
ONE_DAY = timedelta(days=1)

Told = tuple[date, int]


@dataclass
class Life:
    """Sixty days of a member with one application, as the bot and the member go through them."""

    follow_up: FollowUp | None
    told: list[Told] = field(default_factory=list)
    written: list[date] = field(default_factory=list)
    snoozes: int = 0

    def morning(self, today: date) -> None:
        follow_up = self.follow_up
        if follow_up is not None and (next_on := follow_up.next_told_on) is not None and next_on <= today:
            self.follow_up = follow_up.told(today)
            self.told.append((today, self.follow_up.number))

    def act(self, what: str, today: date) -> None:
        if self.follow_up is None:
            return
        if what == "write":
            self.follow_up = written(self.follow_up, today, today + ONE_DAY)
            self.written.append(today)
        elif what in ("3", "7"):
            by = SNOOZES[0] if what == "3" else SNOOZES[1]
            self.follow_up = snoozed(self.follow_up, by, today, today + ONE_DAY)
            self.snoozes += 1


@given(
    st.lists(st.sampled_from(["", "", "", "", "write", "3", "7"]), min_size=60, max_size=60),
    st.sets(st.integers(0, 59), max_size=40),
    st.integers(0, 40),
)
def test_follow_ups_come_in_order_a_week_apart_and_no_more_than_two_but_for_snoozes(
    acts: list[str], silent: set[int], applied_days_ago: int
) -> None:
    begin = APPLIED + timedelta(days=applied_days_ago)
    life = Life(planned(APPLIED, [], begin, begin + ONE_DAY))
    for number, act in enumerate(acts):
        today = begin + (number + 1) * ONE_DAY
        if number not in silent:
            life.morning(today)
        life.act(act, today)
    days, numbers = [day for day, _ in life.told], [number for _, number in life.told]
    assert len(set(days)) == len(days), "never twice a day"
    assert numbers == sorted(numbers), "never the first after the second"
    assert len(life.told) <= 2 + life.snoozes
    assert len(life.written) <= SECOND
    assert all(day - APPLIED >= ONE_WEEK for day in days)
    if not life.snoozes:
        assert all(later - earlier >= ONE_WEEK for earlier, later in pairwise(days))
        assert all(later - wrote >= ONE_WEEK for wrote in life.written for later in days if later > wrote)


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=300))
def test_whatever_is_typed_comes_back_from_the_file_and_no_cell_begins_a_formula(
    company: str, role: str, note: str
) -> None:
    try:
        job = clean_job(company, role)
    except UserError:
        job = Job("Acme")
    application = Application(1, 10, job, None, None, State.SAVED, APPLIED)
    record = Record(application, [Step(APPLIED, "saved")], [], [Note(1, APPLIED, note)])
    text = csv_of([record]).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text, newline=""))
    assert row["Company"].removeprefix("'") == job.company.removeprefix("'")
    assert row["Role"].removeprefix("'") == job.role.removeprefix("'")
    assert row["Notes"] == f"2026-05-04 {note}"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
