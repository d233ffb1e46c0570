"""What may be stored of a check-in, the day it counts for, and its links."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.checkins.rules import (
    BLOCKED_LIMIT,
    DONE_LIMIT,
    NEXT_LIMIT,
    Counted,
    Entry,
    KindOfWork,
    clean_entry,
    counted_for,
    day_for_form,
    links_in,
)
from bot.errors import NothingDone, TextTooLong, TooLateToReport, UnknownKind, UserError


def cleaned(done: str) -> str:
    return clean_entry(done, "", "", "learning", None).done


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
        ("2026-03-02", "2026-03-03T01:00+01:00", "Europe/Berlin", "2026-03-02 late"),
        ("2026-03-02", "2026-03-03T12:59:59+01:00", "Europe/Berlin", "2026-03-02 late"),
        ("2026-03-02", "2026-03-03T13:00+01:00", "Europe/Berlin", "2026-03-03"),
        ("2026-03-01", "2026-03-03T00:30+01:00", "Europe/Berlin", "2026-03-03"),
        ("2026-03-04", "2026-03-03T00:30+01:00", "Europe/Berlin", "2026-03-03"),
        ("0001-01-01", "2026-03-03T00:30+01:00", "Europe/Berlin", "2026-03-03"),
        # Cairo's 24 April 2026 begins at one o'clock, so the hour of grace ends at two.
        ("2026-04-23", "2026-04-24T01:30+03:00", "Africa/Cairo", "2026-04-23"),
        ("2026-04-23", "2026-04-24T02:00+03:00", "Africa/Cairo", "2026-04-23 late"),
        # In Samoa the 31st came right after the 29th.
        ("2011-12-29", "2011-12-31T00:30+14:00", "Pacific/Apia", "2011-12-29"),
        ("2011-12-29", "2011-12-31T01:00+14:00", "Pacific/Apia", "2011-12-29 late"),
    ],
)
def test_a_form_counts_for_its_day_for_an_hour_and_late_until_an_hour_after_noon(
    form_day: str | None, now: str, zone: str, expected: str
) -> None:
    opened = date.fromisoformat(form_day) if form_day else None
    day, _, late = expected.partition(" ")
    assert counted_for(opened, at(now), zone) == Counted(date.fromisoformat(day), late=bool(late))


@pytest.mark.parametrize(
    ("wanted", "now", "expected"),
    [
        (None, "2026-03-03T11:00+01:00", "2026-03-03"),
        ("2026-03-03", "2026-03-03T11:00+01:00", "2026-03-03"),
        ("2026-03-02", "2026-03-03T00:00+01:00", "2026-03-02 late"),
        ("2026-03-02", "2026-03-03T11:59:59+01:00", "2026-03-02 late"),
        ("2026-03-02", "2026-03-03T12:00+01:00", None),
        ("2026-03-01", "2026-03-03T11:00+01:00", None),
        ("2026-03-04", "2026-03-03T11:00+01:00", "2026-03-03"),
    ],
)
def test_a_form_can_be_opened_for_today_and_for_yesterday_until_noon(
    wanted: str | None, now: str, expected: str | None
) -> None:
    day = date.fromisoformat(wanted) if wanted else None
    if expected is None:
        with pytest.raises(TooLateToReport):
            day_for_form(day, at(now), "Europe/Berlin")
        return
    counted, _, late = expected.partition(" ")
    assert day_for_form(day, at(now), "Europe/Berlin") == Counted(date.fromisoformat(counted), bool(late))


# --- the links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("nothing to see", []),
        ("see https://example.org/a.", ["https://example.org/a"]),
        ("(https://example.org/a_(b)), then", ["https://example.org/a_(b)"]),
        ("[demo](https://example.org/x)", ["https://example.org/x"]),
        ("<https://example.org/x>", ["https://example.org/x"]),
        ("HTTPS://Example.org and http://b.example?q=1&r=2#s!", ["HTTPS://Example.org", "http://b.example?q=1&r=2#s"]),
        ("https://a.example https://a.example/ https://a.example", ["https://a.example", "https://a.example/"]),
        ("javascript:alert(1) ftp://x.example data:text/html,x file:///etc", []),
        ("https:// http://? https://[broken http://]", []),
        ("https://a.example/" + "x" * 490, []),
        ("**https://a.example/bold** and `https://b.example`", ["https://a.example/bold", "https://b.example"]),
        ("https://пример.испытание/путь", ["https://пример.испытание/путь"]),
    ],
)  # fmt: skip
def test_links_are_found_as_people_write_them(text: str, links: list[str]) -> None:
    assert list(links_in(text)) == links


def test_of_many_links_the_first_ten_count() -> None:
    links = [f"https://example.org/{number}" for number in range(30)]
    assert list(links_in(" ".join(links))) == links[:10]


@given(typed)
def test_no_text_makes_the_search_for_links_fail(text: str) -> None:
    for link in links_in(f"https://{text} {text}http://"):
        assert link.lower().startswith(("http://", "https://"))
