"""How prompts, pings, check-ins and answers look, and that they fit into a message."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.deliveries import CardContent, PromptContent
from bot.checkins.ledger import Consistency
from bot.checkins.pings import MENTIONS_IN_A_MESSAGE, DirectPingContent, PingContent
from bot.checkins.rules import BLOCKED_LIMIT, DONE_LIMIT, NEXT_LIMIT, CheckIn, Entry, KindOfWork
from bot.checkins.service import Form, Recent, Report
from bot.localtime import ONE_DAY
from cogs.checkins.cards import RENDERERS, answer_of, checkin_card, recent_card
from cogs.checkins.forms import modal_of
from tests.discord_limits import violations

MONDAY = date(2026, 3, 2)
NONCE = "a" * 24
LONGEST_ID = 2**63 - 1
ENTRY = Entry("Wrote the loader", "Test it", "No GPU", KindOfWork.BUILDING, 50)
CHECKIN = CheckIn(7, MONDAY, ENTRY)
REPORT = Report(
    checkin=CHECKIN,
    is_new=True,
    due=True,
    streak=3,
    consistency=Consistency(3, 4),
    freezes=0,
    away=0,
    yesterday_open=False,
    ends_week=False,
)
# Characters that markup, mentions and line breaks are made of, and some that people write with.
texts = st.text(alphabet="*_~`|#>[]()@<\\-+ \nab\U0001f980é", min_size=1)


def sent(content: object) -> list[str]:
    """What Discord would find wrong with a content."""
    rendered = RENDERERS[type(content)](content, NONCE)
    embeds = [rendered.embed.to_dict()] if rendered.embed else []
    components = rendered.view.to_components() if rendered.view else []
    body = {"content": rendered.text, "embeds": embeds, "components": components, "nonce": NONCE}
    return violations("POST", "/channels/1/messages", body)


def said(report: Report) -> str:
    embed, _view = answer_of(report)
    fields = [f"{field.name}: {field.value}" for field in embed.fields]
    return "\n".join(part for part in (embed.title, embed.description, *fields, embed.footer.text) if part)


def footer(content: CardContent) -> str | None:
    embed = RENDERERS[CardContent](content, NONCE).embed
    assert embed is not None
    return embed.footer.text


@pytest.mark.parametrize("is_second", [False, True])
def test_a_ping_for_as_many_as_one_message_takes_fits(is_second: bool) -> None:
    members = [LONGEST_ID - number for number in range(MENTIONS_IN_A_MESSAGE)]
    assert sent(PingContent(members, is_second)) == []


def test_a_ping_that_tells_of_a_refusal_fits() -> None:
    assert sent(PingContent([LONGEST_ID], refused=[LONGEST_ID])) == []


@pytest.mark.parametrize("is_second", [False, True])
def test_a_direct_ping_fits_with_the_longest_ids(is_second: bool) -> None:
    assert sent(DirectPingContent(LONGEST_ID, LONGEST_ID, LONGEST_ID, is_second)) == []


@pytest.mark.parametrize("count", [0, 1, 60, 61, 10_000])
def test_a_prompt_fits_however_many_have_checked_in(count: int) -> None:
    members = [LONGEST_ID - number for number in range(count)]
    assert sent(PromptContent(MONDAY, "[q](https://example.org) " * 20, members)) == []


@given(texts, texts, texts, st.sampled_from(KindOfWork), st.integers(0, 1440) | st.none())
def test_a_card_fits_whatever_was_written(
    done: str, next_step: str, blocked: str, kind: KindOfWork, minutes: int | None
) -> None:
    def filled(text: str, limit: int) -> str:
        return (text * (limit // len(text) + 1))[:limit]

    entry = Entry(
        filled(done, DONE_LIMIT), filled(next_step, NEXT_LIMIT), filled(blocked, BLOCKED_LIMIT), kind, minutes
    )
    if not done.strip():
        entry = replace(entry, done="x")
    if not next_step.strip():
        entry = replace(entry, next="")
    if not blocked.strip():
        entry = replace(entry, blocked="")
    assert sent(CardContent(CheckIn(LONGEST_ID, MONDAY, entry), consistency=Consistency(21, 21))) == []


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ({}, "Building · 50 minutes · 2 Mar"),
        ({"streak": 1}, "Building · 50 minutes · 2 Mar · 1 due day in a row"),
        ({"streak": 12}, "Building · 50 minutes · 2 Mar · 12 due days in a row"),
        ({"consistency": Consistency(17, 21)}, "Building · 50 minutes · 2 Mar · 17 of the last 21 due days"),
        ({"streak": 0}, "Building · 50 minutes · 2 Mar"),
        ({"consistency": Consistency(0, 0)}, "Building · 50 minutes · 2 Mar"),
    ],
)
def test_a_card_shows_the_one_figure_it_is_given_and_none_of_nought(
    figure: dict[str, int | Consistency], shown: str
) -> None:
    assert footer(CardContent(CHECKIN, **figure)) == shown  # type: ignore[arg-type]


def test_the_list_of_a_week_fits_with_the_longest_texts() -> None:
    checkins = [CheckIn(7, MONDAY - number * ONE_DAY, Entry("*_~`|" * 300)) for number in range(8)]
    embed = recent_card(Recent(checkins, yesterday_open=True))
    assert violations("POST", "/channels/1/messages", {"embeds": [embed.to_dict()]}) == []
    assert (embed.description or "").count("\n") == 8


def test_what_was_written_over_many_lines_takes_one_in_the_list() -> None:
    embed = recent_card(Recent([CheckIn(7, MONDAY, Entry("# One\n> Two\n\nThree"))], yesterday_open=False))
    assert (embed.description or "").count("\n") == 0


@pytest.mark.parametrize("name", ["done", "next", "blocked"])
def test_each_text_of_a_check_in_is_shown_to_its_member_as_text(name: str) -> None:
    embed = checkin_card(replace(CHECKIN, entry=replace(ENTRY, **{name: "**bold** `code`"})))  # type: ignore[arg-type]
    shown = [embed.description or "", *(field.value or "" for field in embed.fields)]
    assert any(r"\*\*bold\*\* \`code\`" in text for text in shown)


def test_an_answer_fits_with_everything_in_it() -> None:
    full = replace(
        REPORT,
        streak=10_000,
        freezes=3,
        away=10_000,
        yesterday_open=True,
        ends_week=True,
        consistency=Consistency(21, 21),
    )
    embed, view = answer_of(full)
    body = {"embeds": [embed.to_dict()], "components": view.to_components()}
    assert violations("POST", "/channels/1/messages", body) == []


@pytest.mark.parametrize(
    ("changes", "sentence", "else_said"),
    [
        ({"due": False, "streak": 0}, "An extra day: nothing was due", "Day one"),
        ({"streak": 1}, "Day one of a streak", "An extra day"),
        ({"yesterday_open": True}, "Yesterday is still open", "An extra day"),
        ({"freezes": 1}, "Freezes: 1 in store", "still open"),
        ({"away": 6}, "Good to have you back. 6 days away", "still open"),
        ({"is_new": False, "away": 6}, "Changed.", "Good to have you back"),
    ],
)
def test_an_answer_says_what_holds_and_nothing_else(
    changes: dict[str, int], sentence: str, else_said: str
) -> None:
    text = said(replace(REPORT, **changes))  # type: ignore[arg-type]
    assert sentence in text
    assert else_said not in text


def test_the_answer_names_the_day_that_it_counts_for() -> None:
    late = replace(REPORT, checkin=replace(CHECKIN, day=MONDAY - ONE_DAY, late=True))
    assert "Counted for Sunday, 1 March" in said(late)


@given(st.lists(texts.filter(str.strip).map(lambda text: (text * 40)[:80]), max_size=3))
def test_a_form_fits_with_any_three_goals(goals: list[str]) -> None:
    form = Form(MONDAY, ENTRY, goals=goals)
    values = {"done": "x" * 2000, "next": "", "blocked": "", "kind": "building", "minutes": "9" * 40}
    modal = modal_of(form, values, str(LONGEST_ID))
    body = {"type": 9, "data": modal.to_dict()}
    assert violations("POST", "/interactions/1/token/callback", body) == []
    (first, *_others) = modal.to_dict()["components"]
    assert first["description"].count(" · ") >= len(goals) - 1 if goals else not first.get("description")


@pytest.mark.parametrize(
    ("form", "title"),
    [
        (Form(MONDAY, ENTRY), "Check in"),
        (Form(MONDAY, ENTRY, late=True), "Check in for yesterday"),
        (Form(MONDAY, ENTRY, edits=True), "Change your check-in"),
        (Form(MONDAY, ENTRY, edits=True, late=True), "Change your check-in"),
    ],
)
def test_the_form_says_what_it_does(form: Form, title: str) -> None:
    values = {"done": "", "next": "", "blocked": "", "kind": "", "minutes": ""}
    assert modal_of(form, values).title == title
