"""Blocks of focus and companies of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.focus.rules import (
    GROWS_FOR,
    LENGTHS,
    Block,
    Effort,
    InFocus,
    company_at,
    company_to_join,
)

TEN = datetime(2026, 5, 4, 10, tzinfo=UTC)
ADA, BEN, CLEO = 1, 2, 3


def after(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


def block(
    user: int,
    begins: float,
    minutes: int = 50,
    *,
    stopped: float | None = None,
    company: datetime | None = None,
) -> Block:
    """A block that begins, and may be stopped, so many minutes after ten."""
    return Block(
        id=0,
        user_id=user,
        day=date(2026, 5, 4),
        effort=Effort.HIGH,
        minutes=minutes,
        began_at=after(begins),
        ends_at=after(begins + minutes),
        stopped_at=None if stopped is None else after(stopped),
        seen=True,
        company=company,
    )


def test_a_block_runs_until_its_end_and_not_at_it() -> None:
    whole = block(ADA, 0, 25)
    assert [whole.runs_at(after(minute)) for minute in (0, 24.9, 25, 26)] == [True, True, False, False]


def test_a_stopped_block_runs_no_longer_and_counts_until_it_was_stopped() -> None:
    stopped = block(ADA, 0, 25, stopped=10)
    assert not stopped.runs_at(after(10))
    assert stopped.spent(after(20)) == timedelta(minutes=10)
    assert block(ADA, 0, 25).spent(after(20)) == timedelta(minutes=20)
    assert block(ADA, 0, 25).spent(after(60)) == timedelta(minutes=25)


def test_a_company_tells_who_is_in_focus_until_when_and_who_has_finished() -> None:
    blocks = [block(ADA, 0, 25), block(BEN, 10), block(CLEO, 15, 90, stopped=20)]
    company = company_at(blocks, after(30))
    assert company.running == [InFocus(BEN, after(60))]
    assert company.finished == [ADA, CLEO]
    assert company.people == 3
    assert company.minutes == 25 + 20 + 5


def test_whoever_comes_back_for_a_second_block_is_one_person_in_focus() -> None:
    company = company_at([block(ADA, 0, 25), block(BEN, 10), block(ADA, 30, 25)], after(40))
    assert [member.user_id for member in company.running] == [BEN, ADA]
    assert company.finished == []
    assert company.people == 2


@st.composite
def histories(draw: st.DrawFn) -> list[Block]:
    """Blocks of a few members, each of whom has one at a time."""
    blocks = []
    for user in range(draw(st.integers(1, 4))):
        begins = 0.0
        for _ in range(draw(st.integers(1, 3))):
            begins += draw(st.integers(0, 60))
            minutes = draw(st.sampled_from(LENGTHS))
            lasts = draw(st.one_of(st.just(minutes), st.integers(0, minutes - 1)))
            blocks.append(block(user, begins, minutes, stopped=None if lasts == minutes else begins + lasts))
            begins += lasts
    return sorted(blocks, key=lambda each: each.began_at)


@given(histories(), st.integers(450, 900))
def test_when_all_have_finished_a_company_counts_each_person_once_and_each_minute_they_spent(
    blocks: list[Block], late: int
) -> None:
    company = company_at(blocks, after(late))
    people = {each.user_id for each in blocks}
    assert company.running == []
    assert sorted(company.finished) == sorted(people)
    assert company.people == len(people)
    minute_by_minute = sum(
        1
        for each in blocks
        for minute in range(late)
        if each.began_at <= after(minute) < (each.stopped_at or each.ends_at)
    )
    assert company.minutes == minute_by_minute


@given(histories(), st.integers(0, 300))
def test_nobody_is_both_in_focus_and_finished(blocks: list[Block], minute: int) -> None:
    begun = [each for each in blocks if each.began_at <= after(minute)]
    company = company_at(begun, after(minute))
    running = [member.user_id for member in company.running]
    assert len(running) == len(set(running))
    assert not set(running) & set(company.finished)
    assert set(running) == {
        each.user_id for each in begun if after(minute) < (each.stopped_at or each.ends_at)
    }


def test_alone_there_is_no_company_to_join() -> None:
    assert company_to_join([], TEN) is None


def test_two_make_a_company_that_begins_now() -> None:
    assert company_to_join([block(ADA, -10)], TEN) == TEN


def test_a_third_joins_the_company_that_is_there() -> None:
    together = after(-5)
    running = [block(ADA, -10, company=together), block(BEN, -5, company=together)]
    assert company_to_join(running, TEN) == together


def test_of_two_companies_the_newer_one_is_joined() -> None:
    older, newer = after(-100), after(-5)
    assert company_to_join([block(ADA, -10, company=older), block(BEN, -5, company=newer)], TEN) == newer


def test_a_company_takes_nobody_in_after_its_hours_and_the_next_one_needs_two_newcomers() -> None:
    old = block(ADA, -10, company=TEN - GROWS_FOR)
    assert company_to_join([replace(old, company=TEN - GROWS_FOR + timedelta(seconds=1))], TEN) is not None
    assert company_to_join([old], TEN) is None
    assert company_to_join([old, block(BEN, -1)], TEN) == TEN
