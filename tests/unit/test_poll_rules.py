"""When the phases of a poll end, who may do what in it, and what it says where something is wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import TextTooLong, UserError
from bot.polls import rules
from bot.polls.errors import (
    DeadlineTooFar,
    DeadlineTooSoon,
    NotAtTheCards,
    NotCollecting,
    NotInTheFinal,
    PollNameMissing,
    PollOver,
)
from bot.polls.rules import Deadlines, Method, Phase, Poll, Scope
from bot.ranking.criteria import Purpose

BERLIN, SAMOA, KIRITIMATI = "Europe/Berlin", "Pacific/Apia", "Pacific/Kiritimati"
ADA, BEN, CY, DAN, EVE, FAY = range(1, 7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NOON = utc("2026-03-02 12:00")

POLL = Poll(
    id=1,
    guild_id=1,
    channel_id=1,
    user_id=ADA,
    name="What do we build?",
    purpose=Purpose.RESUME,
    scope=Scope.INVITED,
    method=Method.SCORES,
    standing_open=False,
    seed=1,
    phase=Phase.COLLECT,
    collect_until=NOON + timedelta(days=5),
    cards_until=NOON + timedelta(days=8),
    final_until=NOON + timedelta(days=10),
    started_at=NOON,
    phase_since=NOON,
)


def ends(poll: Poll) -> tuple[int, int, int]:
    """The deadlines of a poll in whole days after it began."""
    all_three = (poll.collect_until, poll.cards_until, poll.final_until)
    return tuple((end - poll.started_at).days for end in all_three)  # type: ignore[return-value]


def test_half_the_time_is_for_ideas_a_third_for_cards_and_the_rest_for_the_final() -> None:
    # From Monday noon to the end of Wednesday of next week in UTC there are 228 hours.
    found = rules.deadlines(NOON, date(2026, 3, 11), "UTC")
    assert found == Deadlines(
        NOON + timedelta(hours=114), NOON + timedelta(hours=114 + 79.8), utc("2026-03-12 00:00")
    )


@pytest.mark.parametrize(
    ("now", "last_day", "zone", "final"),
    [
        ("2026-03-02 12:00", None, "UTC", "2026-03-10 00:00"),
        # It is Tuesday already in Kiritimati, fourteen hours ahead.
        ("2026-03-02 12:00", None, KIRITIMATI, "2026-03-10 10:00"),
        # In Berlin the clocks go forward on 29 March 2026, and back on 25 October.
        ("2026-03-27 12:00", date(2026, 3, 28), BERLIN, "2026-03-28 23:00"),
        ("2026-03-27 12:00", date(2026, 3, 29), BERLIN, "2026-03-29 22:00"),
        ("2026-10-23 12:00", date(2026, 10, 24), BERLIN, "2026-10-24 22:00"),
        ("2026-10-23 12:00", date(2026, 10, 25), BERLIN, "2026-10-25 23:00"),
        # Samoa had no 30 December 2011: the 29th was over when the 31st began.
        ("2011-12-28 12:00", date(2011, 12, 29), SAMOA, "2011-12-30 10:00"),
    ],
)
def test_a_poll_lasts_to_the_end_of_a_local_day(
    now: str, last_day: date | None, zone: str, final: str
) -> None:
    assert rules.deadlines(utc(now), last_day, zone).final == utc(final)


def test_a_poll_lasts_an_hour_at_least_and_ninety_days_at_most() -> None:
    late = utc("2026-03-02 23:00")
    assert rules.deadlines(late, date(2026, 3, 2), "UTC").final == utc("2026-03-03 00:00")
    with pytest.raises(DeadlineTooSoon):
        rules.deadlines(late + timedelta(seconds=1), date(2026, 3, 2), "UTC")
    with pytest.raises(DeadlineTooSoon):
        rules.deadlines(late, date(2026, 3, 1), "UTC")
    assert rules.deadlines(NOON, date(2026, 5, 30), "UTC").final == utc("2026-05-31 00:00")
    with pytest.raises(DeadlineTooFar, match="90 days"):
        rules.deadlines(NOON, date(2026, 5, 31), "UTC")


@given(
    st.integers(946_684_800_000, 2_208_988_800_000).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC)),
    st.integers(1, 89),
    st.sampled_from(["UTC", BERLIN, SAMOA, KIRITIMATI, "America/St_Johns"]),
)
def test_every_phase_has_more_time_than_a_look_may_come_late(now: datetime, days: int, zone: str) -> None:
    found = rules.deadlines(now, now.date() + timedelta(days=days), zone)
    instants = [now, found.collect, found.cards, found.final]
    assert all(after - before > rules.NOTICED_WITHIN for before, after in pairwise(instants))
    # Instants are stored as whole seconds.
    assert all(instant.microsecond == 0 for instant in instants[1:])


@pytest.mark.parametrize(
    ("phase", "late", "expected"),
    [
        (Phase.COLLECT, timedelta(days=2), (5, 10, 12)),
        (Phase.CARDS, timedelta(days=2), (5, 8, 12)),
        (Phase.FINAL, timedelta(days=2), (5, 8, 10)),
        # Nobody would notice; and the phases do not creep.
        (Phase.COLLECT, timedelta(minutes=5), (5, 8, 10)),
    ],
)
def test_a_downtime_takes_no_time_from_the_phases_that_follow(
    phase: Phase, late: timedelta, expected: tuple[int, int, int]
) -> None:
    assert ends(rules.delayed(replace(POLL, phase=phase), late)) == expected


@pytest.mark.parametrize(
    ("phase", "expected"),
    [(Phase.COLLECT, (12, 15, 17)), (Phase.CARDS, (5, 15, 17)), (Phase.FINAL, (5, 8, 17))],
)
def test_more_time_for_a_phase_moves_what_follows_along(phase: Phase, expected: tuple[int, int, int]) -> None:
    assert ends(rules.extended(replace(POLL, phase=phase), 7)) == expected


def test_a_poll_cannot_be_extended_for_ever() -> None:
    assert ends(rules.extended(POLL, 80)) == (85, 88, 90)
    with pytest.raises(DeadlineTooFar):
        rules.extended(POLL, 81)


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_ends_by_time_only_where_people_add_or_vote(phase: Phase) -> None:
    poll = replace(POLL, phase=phase)
    until = {
        Phase.COLLECT: poll.collect_until,
        Phase.CARDS: poll.cards_until,
        Phase.FINAL: poll.final_until,
    }
    assert poll.until == until.get(phase)
    assert poll.is_open == (phase in until)
    assert poll.is_decided == (phase in (Phase.BASELINE, Phase.CLOSED, Phase.MOVED_ON))


@pytest.mark.parametrize(
    ("scope", "starter", "voters"),
    [
        (Scope.ALONE, ADA, {ADA}),
        (Scope.INVITED, ADA, {ADA, BEN}),
        (Scope.EVERYONE, ADA, None),
        # Once the starter is forgotten:
        (Scope.ALONE, None, set()),
        (Scope.INVITED, None, {BEN}),
    ],
)
def test_who_may_vote(scope: Scope, starter: int | None, voters: set[int] | None) -> None:
    poll = replace(POLL, scope=scope, user_id=starter)
    assert rules.who_may_vote(poll, [BEN]) == voters
    for user in (ADA, BEN, CY):
        assert rules.may_vote(poll, user, [BEN]) == (voters is None or user in voters)


def test_who_started_it_steers_it_and_who_manages_the_server() -> None:
    assert rules.may_steer(POLL, ADA, manages=False)
    assert not rules.may_steer(POLL, BEN, manages=False)
    assert rules.may_steer(POLL, BEN, manages=True)
    assert not rules.may_steer(replace(POLL, user_id=None), ADA, manages=False)


@pytest.mark.parametrize(
    ("scope", "invited", "taps", "enough"),
    [
        (Scope.ALONE, [], {ADA: 5}, True),
        (Scope.ALONE, [], {ADA: 4}, False),
        (Scope.INVITED, [BEN, CY], {ADA: 5, BEN: 9, CY: 5}, True),
        (Scope.INVITED, [BEN, CY], {ADA: 5, BEN: 9, CY: 4}, False),
        (Scope.INVITED, [BEN, CY], {ADA: 50, BEN: 90}, False),
        # Cy, who is not invited any more, is not waited for; nor do the taps of Dan stand for Ben's.
        (Scope.INVITED, [BEN], {ADA: 5, BEN: 9}, True),
        (Scope.INVITED, [BEN], {ADA: 5, DAN: 9}, False),
        (Scope.INVITED, [], {ADA: 5}, True),
        (Scope.EVERYONE, [], {ADA: 5, BEN: 5, CY: 5, DAN: 5, EVE: 5}, True),
        (Scope.EVERYONE, [], {ADA: 5, BEN: 5, CY: 5, DAN: 5, EVE: 4, FAY: 4}, False),
        (Scope.EVERYONE, [], {ADA: 500}, False),
        (Scope.EVERYONE, [], {}, False),
    ],
)
def test_a_settled_shortlist_ends_the_cards_when_enough_people_voted(
    scope: Scope, invited: list[int], taps: dict[int, int], enough: bool
) -> None:
    assert rules.enough_to_settle(replace(POLL, scope=scope), invited, taps) == enough


def test_nobody_who_may_vote_is_not_everybody_who_may() -> None:
    assert not rules.enough_to_settle(replace(POLL, scope=Scope.ALONE, user_id=None), [], {})


@pytest.mark.parametrize("needed", [Phase.COLLECT, Phase.CARDS, Phase.FINAL])
@pytest.mark.parametrize("phase", Phase)
def test_what_does_not_go_in_a_phase_is_refused_with_a_word_on_the_phase(phase: Phase, needed: Phase) -> None:
    errors: dict[Phase, type[UserError]] = {
        Phase.COLLECT: NotCollecting,
        Phase.CARDS: NotAtTheCards,
        Phase.FINAL: NotInTheFinal,
    }
    poll = replace(POLL, phase=phase, name="What do @we build?")
    if phase is needed:
        rules.require_phase(poll, needed, errors[needed])
        return
    with pytest.raises(errors[needed]) as refused:
        rules.require_phase(poll, needed, errors[needed])
    assert "What do we build?" in str(refused.value)
    assert str(refused.value).endswith(f": {rules.NOW[phase]}.")


def test_what_is_over_can_be_changed_no_more() -> None:
    for phase in (Phase.COLLECT, Phase.CARDS, Phase.FINAL):
        rules.require_open(replace(POLL, phase=phase))
    for phase in (Phase.BASELINE, Phase.CLOSED, Phase.MOVED_ON, Phase.DROPPED):
        with pytest.raises(PollOver, match=rules.NOW[phase]):
            rules.require_open(replace(POLL, phase=phase))


def test_each_phase_is_spoken_of_in_words_of_its_own() -> None:
    assert rules.NOW.keys() == set(Phase)
    assert len(set(rules.NOW.values())) == len(Phase)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  What\n do we\tbuild? ", "What do we build?"),
        ("👩‍🔬🧪", "👩‍🔬🧪"),
        ("ما الذي نبنيه؟", "ما الذي نبنيه؟"),
        ("हम क्या बनाएंगे", "हम क्या बनाएंगे"),
        (
            "**What** @everyone <@1> [here](https://a.example)",
            "**What** @everyone <@1> [here](https://a.example)",
        ),
        *((letter * 80, letter * 80) for letter in "x界ع🦜"),
    ],
)
def test_a_name_is_one_line(typed: str, name: str) -> None:
    assert rules.clean_name(typed) == name


@pytest.mark.parametrize("typed", ["", " \n ", "​‮", "...", "***", "x" * 81, "界" * 100])
def test_a_name_says_something_in_eighty_letters(typed: str) -> None:
    with pytest.raises((PollNameMissing, TextTooLong)):
        rules.clean_name(typed)
