"""What may be stored of a check-in, the day it counts for, the ledger and the streak."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.checkins.rules import (
    BLOCKED_LIMIT,
    DONE_LIMIT,
    NEXT_LIMIT,
    DayState,
    Entry,
    KindOfWork,
    Routine,
    clean_entry,
    day_of_report,
    is_due,
    ledger,
    routine_on,
    streak,
    streak_back,
)
from bot.errors import NothingDone, TextTooLong, UnknownKind, UserError
from bot.localtime import ONE_DAY, Weekdays

MONDAY = date(2026, 3, 2)


def cleaned(done: str) -> str:
    return clean_entry(done, "", "", "learning", None).done


def routine(from_day: date, days: Weekdays, zone: str = "Etc/UTC") -> Routine:
    set_at = datetime.combine(from_day, time(9), UTC)
    return Routine(set_at, from_day, zone, days, time(9), ping=False)


# --- what is stored


def test_an_entry_keeps_what_was_typed() -> None:
    assert clean_entry(" Built a loader ", "Test it\n", "\tNothing", "job_hunt", 50) == Entry(
        "Built a loader", "Test it", "Nothing", KindOfWork.JOB_HUNT, 50
    )


BLANKS = {
    "nothing": "", "spaces": "   ", "lines": "\n \n", "tabs": "\t", "no-break spaces": "\u00a0\u202f",
    "wide spaces": "\u3000\u2003", "zero width": "\u200b\u200c\u200d\ufeff\u2060",
    "braille blanks": "\u2800" * 3, "hangul fillers": "\u3164\uffa0\u115f\u1160", "soft hyphens": "\u00ad",
    "controls": "\0\x07\x1b\x7f",
    "right-to-left override": "\u202e", "points": "...", "ellipsis": "…", "dashes": "- – —", "marks": "?!",
    "combining mark": "\u0301", "line separator": "\u2028", "tags": "\U000e0061\U000e007f",
    "variation selector": "\ufe0f",    "all together": " \n\u200b\u2800.\u3164 …\u202e",
}  # fmt: skip


@pytest.mark.parametrize("text", BLANKS.values(), ids=BLANKS)
def test_a_form_with_only_blanks_says_that_nothing_was_written(text: str) -> None:
    with pytest.raises(NothingDone):
        cleaned(text)
    # The other two fields may be blank.
    clean_entry("x", text, text, "building", None)


SAYS_SOMETHING = [
    "x",
    "7",
    "😀",
    "👩‍👩‍👧",
    "❤️",
    "🇩🇪",
    "1️⃣",
    "読書",
    "٣",
    "می‌خواهم",
    "C++",
    "+",
    "é",
    "\u2800x",
    "# x",
]


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_a_letter_a_digit_or_an_emoji_is_enough_and_stays_as_it_was_typed(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize("emoji", ["\U0001fae8", "\U0001fac6"], ids=["of Unicode 15", "of Unicode 16"])
def test_an_emoji_that_is_newer_than_this_python_counts_and_stays(emoji: str) -> None:
    assert cleaned(emoji) == emoji


def test_joiners_stay_and_what_hides_or_turns_text_goes() -> None:
    assert cleaned("می‌خواهم 👩‍💻") == "می‌خواهم 👩‍💻"
    assert cleaned("safe\u202egnp.exe") == "safegnp.exe"
    assert cleaned("a\u2066b\u2069\u200e\u061c\ufeff\0\x1b[31mc") == "ab[31mc"
    assert cleaned("one\ntwo\tthree") == "one\ntwo\tthree"
    assert cleaned("one\r\ntwo") == "one\ntwo"


APART = ["\u00a0", "\u202f", "\u3000", "\u2009", "\u2028", "\u2029", "\r", "\x0b", "\x0c", "\x85"]


@pytest.mark.parametrize("between", APART, ids=[f"U+{ord(char):04X}" for char in APART])
def test_words_that_any_kind_of_space_keeps_apart_stay_apart(between: str) -> None:
    assert cleaned(f"ten{between}pages").split() == ["ten", "pages"]


@pytest.mark.parametrize(
    ("place", "limit", "label"),
    [(0, DONE_LIMIT, "get done"), (1, NEXT_LIMIT, "next"), (2, BLOCKED_LIMIT, "blocks")],
)
def test_a_text_may_fill_its_field_and_no_more(place: int, limit: int, label: str) -> None:
    def entry(length: int) -> Entry:
        texts = ["x", "", ""]
        texts[place] = "y" * length
        return clean_entry(texts[0], texts[1], texts[2], "showing", None)

    stored = entry(limit)
    assert len((stored.done, stored.next, stored.blocked)[place]) == limit
    for length in (limit + 1, 4_000):
        with pytest.raises(TextTooLong) as caught:
            entry(length)
        assert caught.value.values["length"] == length
        assert caught.value.values["limit"] == limit
        assert label in str(caught.value)


def test_what_does_not_show_does_not_count_towards_the_length() -> None:
    assert cleaned("\n " + "x" * DONE_LIMIT + "\u200b" * 1000 + " ") == "x" * DONE_LIMIT


@pytest.mark.parametrize("kind", ["", "Building", "sleeping", "job hunt", "building "])
def test_an_unknown_kind_of_work_is_refused(kind: str) -> None:
    with pytest.raises(UnknownKind):
        clean_entry("x", "", "", kind, None)


typed = st.one_of(
    st.text(st.characters(codec=None)),
    st.lists(st.sampled_from([*BLANKS.values(), *SAYS_SOMETHING, "\r\n", "@everyone", "```"])).map("".join),
)


@given(done=typed, rest=typed, kind=st.one_of(typed, st.sampled_from([*KindOfWork])))
@example(done="x" * 4000, rest="x" * 4000, kind="building")
def test_whatever_is_typed_is_stored_clean_or_answered_with_a_sentence(
    done: str, rest: str, kind: str
) -> None:
    try:
        entry = clean_entry(done, rest, rest, kind, None)
    except UserError:
        return
    for text in (entry.done, entry.next, entry.blocked):
        assert text == text.strip()
        hidden = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}}
        assert hidden <= {"\n", "\t", "\u200c", "\u200d"}
    assert clean_entry(entry.done, entry.next, entry.blocked, kind, None) == entry


# --- the day it counts for


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("form_day", "now", "zone", "expected"),
    [
        (None, "2026-03-02T23:59+01:00", "Europe/Berlin", "2026-03-02"),
        (None, "2026-03-03T00:00+01:00", "Europe/Berlin", "2026-03-03"),
        ("2026-03-02", "2026-03-02T12:00+01:00", "Europe/Berlin", "2026-03-02"),
        ("2026-03-02", "2026-03-03T00:00+01:00", "Europe/Berlin", "2026-03-02"),
        ("2026-03-02", "2026-03-03T00:59:59+01:00", "Europe/Berlin", "2026-03-02"),
        ("2026-03-02", "2026-03-03T01:00+01:00", "Europe/Berlin", "2026-03-03"),
        ("2026-03-01", "2026-03-03T00:30+01:00", "Europe/Berlin", "2026-03-03"),
        ("2026-03-04", "2026-03-03T00:30+01:00", "Europe/Berlin", "2026-03-03"),
        ("0001-01-01", "2026-03-03T00:30+01:00", "Europe/Berlin", "2026-03-03"),
        # Cairo's 24 April 2026 begins at one o'clock, so the hour of grace ends at two.
        ("2026-04-23", "2026-04-24T01:30+03:00", "Africa/Cairo", "2026-04-23"),
        ("2026-04-23", "2026-04-24T02:00+03:00", "Africa/Cairo", "2026-04-24"),
        # In Samoa the 31st came right after the 29th.
        ("2011-12-29", "2011-12-31T00:30+14:00", "Pacific/Apia", "2011-12-29"),
        ("2011-12-29", "2011-12-31T01:00+14:00", "Pacific/Apia", "2011-12-31"),
    ],
)
def test_a_form_opened_before_midnight_counts_for_that_day_for_an_hour(
    form_day: str | None, now: str, zone: str, expected: str
) -> None:
    opened = date.fromisoformat(form_day) if form_day else None
    assert day_of_report(opened, at(now), zone) == date.fromisoformat(expected)


# --- the ledger and the streak


def test_until_a_routine_begins_every_day_is_due() -> None:
    planned = [routine(MONDAY + 7 * ONE_DAY, Weekdays.MONDAY)]
    assert is_due([], MONDAY)
    assert is_due(planned, MONDAY + ONE_DAY)
    assert routine_on(planned, MONDAY + 6 * ONE_DAY) is None
    assert is_due(planned, MONDAY + 7 * ONE_DAY)
    assert not is_due(planned, MONDAY + 8 * ONE_DAY)


def test_the_routine_that_was_set_last_rules_even_if_it_begins_earlier() -> None:
    # So it is after a move to the west across the date line.
    in_auckland, in_honolulu = routine(MONDAY, Weekdays.TUESDAY), routine(MONDAY - ONE_DAY, Weekdays.SUNDAY)
    assert routine_on([in_auckland, in_honolulu], MONDAY) == in_honolulu
    assert is_due([in_auckland, in_honolulu], MONDAY - ONE_DAY)


def test_a_week_in_the_ledger() -> None:
    planned = [routine(MONDAY, Weekdays.WORKING_DAYS)]
    done = {MONDAY, MONDAY + 2 * ONE_DAY, MONDAY + 5 * ONE_DAY}
    days = ledger(planned, done, MONDAY, MONDAY + 7 * ONE_DAY)
    assert [day.day for day in days] == [MONDAY + number * ONE_DAY for number in range(8)]
    assert [day.state.value for day in days] == [
        "done", "missed", "done", "missed", "missed", "done", "rest", "today"
    ]  # fmt: skip
    assert [day.due for day in days] == [True] * 5 + [False] * 2 + [True]


def test_a_ledger_that_would_begin_tomorrow_is_empty() -> None:
    assert ledger([], {MONDAY}, MONDAY + ONE_DAY, MONDAY) == []
    assert streak([]) == 0


def slow_streak(routines: list[Routine], done: set[date], first: date, today: date) -> int:
    """Go back from today day by day, asking each what it did to the run."""
    count = 0
    day = today
    while day >= first:
        ruling = [routine for routine in routines if routine.from_day <= day][-1:]
        due = not ruling or bool(ruling[0].days & (1 << day.weekday()))
        if due and day not in done and day != today:
            return count
        count += due and day in done
        day -= timedelta(days=1)
    return count


days_near = st.integers(-5, 40).map(lambda number: MONDAY + number * ONE_DAY)
routines_set = st.lists(st.builds(routine, days_near, st.integers(0, 127).map(Weekdays)), max_size=4)


@given(routines_set, st.sets(days_near), st.integers(0, 35), st.booleans())
def test_the_streak_is_what_counting_back_by_hand_gives(
    routines: list[Routine], done: set[date], length: int, gaps: bool
) -> None:
    today = MONDAY + length * ONE_DAY
    if not gaps:
        done |= {MONDAY + number * ONE_DAY for number in range(length) if number % 9}
    days = ledger(routines, done, MONDAY, today)
    assert len(days) == length + 1
    assert streak(days) == slow_streak(routines, done, MONDAY, today)
    kept = sorted((day for day in done if MONDAY <= day <= today), reverse=True)
    assert streak_back(routines, kept, today) == streak(days)
    for day in days:
        assert (day.state is DayState.DONE) == (day.day in done)
        assert day.due or day.state in {DayState.DONE, DayState.REST}
        assert day.state is not DayState.TODAY or day.day == today


def test_a_streak_lives_over_rest_days_and_waits_for_today() -> None:
    planned = [routine(MONDAY, Weekdays.WORKING_DAYS)]
    week = {MONDAY + number * ONE_DAY for number in range(5)}
    next_monday = MONDAY + 7 * ONE_DAY
    assert streak(ledger(planned, week, MONDAY, next_monday)) == 5
    assert streak(ledger(planned, week | {next_monday}, MONDAY, next_monday)) == 6
    assert streak(ledger(planned, week | {next_monday - ONE_DAY}, MONDAY, next_monday)) == 5
    assert streak(ledger(planned, week, MONDAY, next_monday + ONE_DAY)) == 0
