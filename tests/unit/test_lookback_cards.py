"""How weeks look, and that they fit into a message however much there is in them."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.ledger import Consistency, DayState
from bot.checkins.rules import KindOfWork
from bot.goals.rules import Goal, GoalState
from bot.lookback.deliveries import LookbackContent, WeekContent, WeekRefusedContent
from bot.lookback.rules import (
    Days,
    Focus,
    Links,
    MembersWeek,
    ServersWeek,
    Together,
    Work,
    WorkByKind,
    days_of_week,
)
from bot.texts import speaking
from cogs.lookback import figures
from cogs.lookback.cards import RENDERERS
from cogs.lookback.member_week import member_week_embed
from cogs.lookback.server_week import server_week_embed
from cogs.ui.fitting import fitted
from tests.discord_limits import violations

MONDAY = date(2026, 3, 2)
WEEK = days_of_week(MONDAY)
NONCE = "a" * 24
LEARNING, BUILDING = KindOfWork.LEARNING, KindOfWork.BUILDING
WORK: WorkByKind = {LEARNING: Work(2, 50), BUILDING: Work(4, 200)}


def goal(text: str, state: GoalState = GoalState.KEPT, user_id: int = 7) -> Goal:
    return Goal(1, user_id, MONDAY, text, state)


def members_week(
    states: Sequence[DayState | None] = (DayState.DONE,) * 7,
    links: Sequence[str] = (),
    goals: Sequence[Goal] = (),
    streak: int = 3,
) -> MembersWeek:
    return MembersWeek(WEEK, states, WORK, links, goals, Focus(3, 140), streak, Consistency(18, 21))


def body(content: object) -> dict[str, object]:
    """A content as it would be sent to Discord."""
    rendered = RENDERERS[type(content)](content, NONCE)
    embeds = [rendered.embed.to_dict()] if rendered.embed else []
    components = rendered.view.to_components() if rendered.view else []
    return {"content": rendered.text, "embeds": embeds, "components": components, "nonce": NONCE}


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (1, "1 min"), (59, "59 min"), (60, "1 h"), (200, "3 h 20 min")],
)
def test_hours_are_told_from_an_hour_on(minutes: int, text: str) -> None:
    assert figures.duration(minutes) == text


def test_days_are_written_with_their_weekdays_in_the_language_spoken() -> None:
    assert figures.span(WEEK) == "Mon 2 Mar – Sun 8 Mar"
    with speaking("de"):
        assert figures.span(WEEK) == "Mo., 2. – So., 8. März"


def test_kinds_without_counted_minutes_are_told_in_check_ins() -> None:
    assert figures.kinds_text({LEARNING: Work(2, 50), BUILDING: Work(1, 0)}) == (
        "Learning 50 min · Building 1 check-in"
    )


def test_the_share_has_the_mark_of_the_guides_in_it() -> None:
    assert figures.share_text(WORK) == "▰▰▰▰▰▰▰┊▰▱▱ 80 % building to 20 % learning, past the mark of 70 %"
    below = figures.share_text({LEARNING: Work(1, 50), BUILDING: Work(1, 50)})
    assert below == "▰▰▰▰▰▱▱┊▱▱▱ 50 % building to 50 % learning; the guides' mark is 70 % building"
    only_building = figures.share_text({BUILDING: Work(1, 50), KindOfWork.JOB_HUNT: Work(1, 50)})
    assert only_building == "▰▰▰▰▰▰▰┊▰▰▰ building and no learning, past the mark of 70 %"
    only_learning = figures.share_text({LEARNING: Work(1, 50)})
    assert only_learning == "▱▱▱▱▱▱▱┊▱▱▱ learning and no building; the guides' mark is 70 % building"
    assert figures.share_text({KindOfWork.JOB_HUNT: Work(1, 50)}) == ""


@pytest.mark.parametrize(
    ("work", "words"),
    [
        ({LEARNING: Work(1, 400), BUILDING: Work(1, 1)}, "0 % building to 100 % learning;"),
        ({LEARNING: Work(1, 50), BUILDING: Work(5, 0)}, "0 % building to 100 % learning;"),
        ({LEARNING: Work(5, 0), BUILDING: Work(1, 50)}, "100 % building to 0 % learning,"),
    ],
    ids=["very little building", "building not counted", "learning not counted"],
)
def test_nobody_is_told_that_they_did_none_of_what_they_did_some_of(work: WorkByKind, words: str) -> None:
    assert words in figures.share_text(work)


@given(st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=80)), st.integers(0, 50))
def test_a_list_cut_to_a_limit_says_how_many_more_there_are(lines: list[str], more: int) -> None:
    lines = [f"({line})" for line in lines]
    text = fitted(lines, 200, more)
    assert len(text) <= 200
    *shown, last = text.split("\n") if text else [""]
    counted = re.fullmatch(r"and (\d+) more", last)
    shown = shown if counted else [*shown, last] if last else []
    assert shown == lines[: len(shown)]
    assert len(lines) + more == len(shown) + int(counted[1] if counted else 0)


def test_the_servers_week_says_which_days_how_much_and_who_did_what() -> None:
    week = ServersWeek(
        Days(date(2026, 3, 1), date(2026, 3, 7)),
        members=2,
        work=WORK,
        shown=[Links(7, ["https://example.org/demo"])],
        goals=[goal("Ship the *demo*", user_id=8)],
        together=Together(1, 100),
    )
    embed = server_week_embed(week)
    assert embed.title == "Our week: Sun 1 Mar – Sat 7 Mar"
    assert (embed.description or "").split("\n") == [
        "**2 members** checked in · 6 check-ins · 4 h 10 min",
        "Learning 50 min · Building 3 h 20 min",
        "▰▰▰▰▰▰▰┊▰▱▱ 80 % building to 20 % learning, past the mark of 70 %",
        "Focus in company: 1 h 40 min in 1 session",
        "",
        "**Finished and shown**",
        "<@7> https://example.org/demo",
        "",
        "**Goals kept** in the week Mon 23 Feb – Sun 1 Mar",
        "<@8> Ship the \\*demo\\*",
    ]


def test_a_servers_week_without_anybody_named_is_only_sums() -> None:
    week = ServersWeek(WEEK, members=1, work={KindOfWork.SHOWING: Work(1, 0)})
    assert server_week_embed(week).description == "**1 member** checked in · 1 check-in\nShowing 1 check-in"


LONG_LINK = "https://example.org/" + "x" * 480


@pytest.mark.parametrize("language", ["en-US", "de", "ja", "ru"])
def test_the_fullest_weeks_fit_into_a_message(language: str) -> None:
    people = range(10**19, 10**19 + 40)
    everybody = ServersWeek(
        WEEK,
        members=10_000,
        work={kind: Work(17_500, 1_000_000) for kind in KindOfWork},
        shown=[Links(user_id, [LONG_LINK] * 3) for user_id in people],
        more_shown=9_960,
        goals=[goal("*" * 200, user_id=user_id) for user_id in people],
        more_goals=29_960,
        together=Together(5_000, 1_000_000),
    )
    own = members_week(
        links=[LONG_LINK] * 70, goals=[goal("*" * 200, state) for state in GoalState], streak=10_000
    )
    contents = (
        LookbackContent(MONDAY, everybody),
        WeekContent(10**19, 10**19, own),
        WeekRefusedContent(10**19),
    )
    with speaking(language):
        bodies = [body(content) for content in contents]
    for sent in bodies:
        assert violations("POST", "/channels/1/messages", sent) == []
        assert NONCE in str(sent["components"])
    assert "and 9997 more" in str(bodies[0]["embeds"])


def test_a_member_with_long_links_leaves_room_for_the_others() -> None:
    shown = [Links(7, [LONG_LINK] * 3), Links(8, ["https://example.org/a", "https://example.org/b"])]
    week = ServersWeek(WEEK, members=9, work=WORK, shown=[*shown, Links(9, [LONG_LINK] * 3)])
    description = server_week_embed(week).description or ""
    assert "<@8> https://example.org/a https://example.org/b\n" in description
    assert "<@9> https://" in description
    assert description.count(LONG_LINK) == 2


def test_a_members_week_shows_a_mark_for_each_day_and_says_what_the_marks_mean() -> None:
    states = [
        DayState.DONE,
        DayState.LATE,
        DayState.REST,
        DayState.MISSED,
        DayState.DONE,
        DayState.TODAY,
        None,
    ]
    description = member_week_embed(members_week(states)).description or ""
    _, box, meanings = description.split("```")
    assert box.strip("\n").split("\n") == ["Mo  Tu  We  Th  Fr  Sa  Su", "●   ◐   –   ○   ●   ◌   ·"]
    assert meanings.strip() == "● done · ◐ told the next morning · – rest · ○ nothing noted · ◌ still open"


def test_the_marks_stand_under_their_days_in_wide_letters_too() -> None:
    with speaking("ja"):
        box = (member_week_embed(members_week()).description or "").split("```")[1].strip("\n")
    assert box == "月  火  水  木  金  土  日\n●   ●   ●   ●   ●   ●   ●"


def test_a_members_week_holds_work_goals_links_focus_and_standing() -> None:
    goals = [
        goal("Ship it"),
        goal("Read it", GoalState.OPEN),
        goal("Sell it", GoalState.CARRIED),
        goal("Fix it", GoalState.DROPPED),
    ]
    embed = member_week_embed(members_week(links=["https://example.org"], goals=goals))
    values = {field.name: field.value for field in embed.fields}
    assert (values["Check-ins"] or "").startswith("6 check-ins · 4 h 10 min\nLearning 50 min · Building")
    assert values["Goals"] == "✓ Ship it\n○ Read it (open)\n→ Sell it (carried over)\n– Fix it (let go)"
    assert values["To show for it"] == "https://example.org"
    assert values["Focus"] == "3 blocks · 2 h 20 min"
    assert embed.footer.text == "Streak: 3 due days in a row · 18 of the last 21 due days done"


def test_a_week_with_nothing_in_it_has_no_empty_fields() -> None:
    week = MembersWeek(WEEK, (None,) * 7, {}, (), (), Focus(), 0, Consistency(0, 0))
    embed = member_week_embed(week)
    assert embed.fields == []
    assert embed.footer.text == "For you alone"
