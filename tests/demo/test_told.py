"""What the terminal says of each message that the bot sends by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.buddies.deliveries import BuddiesContent, DirectNudgeContent, NudgeContent
from bot.builds.deliveries import (
    BuildContent,
    BuildThreadTitle,
    KickoffContent,
    ThereContent,
    WeekOverContent,
)
from bot.checkins.deliveries import CardContent, PromptContent
from bot.checkins.pings import DirectPingContent, PingContent
from bot.checkins.rules import CheckIn, Entry
from bot.focus.deliveries import CompanyContent, EndContent
from bot.focus.rules import Company, InFocus
from bot.ideas.deliveries import MergeContent, Outcome
from bot.ideas.rules import Merge
from bot.introductions.deliveries import IntroductionContent, IntroductionPingContent
from bot.introductions.rules import Draft
from bot.leads.digests import DigestContent
from bot.leads.fit import judge
from bot.leads.months import MonthContent, MonthFigures
from bot.leads.parse import parse
from bot.leads.posts import JudgedLead
from bot.lookback.deliveries import LookbackContent, WeekContent, WeekRefusedContent
from bot.lookback.rules import Days, ServersWeek
from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.resources.curators_week import CuratorsWeekContent
from bot.resources.deliveries import SuggestionContent
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.servers.places import ThreadTitle
from bot.tracker.deliveries import FollowUpContent, FollowUpPingContent
from bot.watches.deliveries import WatchContent, WatchPingContent
from cogs.client import FEATURES
from demo import narration, world
from demo.told import Kind, told_of
from tests import poll_views

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
DAY = date(2026, 3, 5)
MIRA, TANE = 1, 2
PEOPLE = {
    number: person
    for person in world.load().people
    for number, key in ((MIRA, "mira"), (TANE, "tane"))
    if person.key == key
}
LEAD = parse("Kettle &amp; Crow | Data Engineer | Lisbon | ONSITE")
FOUND = JudgedLead(5, LEAD, "", judge(LEAD, ()), NOON, DAY, None, False)
FIGURES = MonthFigures(28, 19, 16, 5, 25, 15)
WEEK = ServersWeek(Days(DAY, DAY), 1, {})
SEEN = poll_views.seen(poll_views.poll())
OWN = world.load().shelving.own[0].entry
BUILD = replace(poll_views.build("Hear a bearing"), members=(MIRA, TANE))

SAID = [
    (PromptContent(DAY, "What did you build?", []), "prompt in #here: What did you build?"),
    (
        PingContent([MIRA, TANE]),
        "ping in #here to Mira Kessler (13:00 in Berlin), Tāne Ropata (01:00 in Auckland)",
    ),
    (PingContent([MIRA], is_second=True), "second ping in #here to Mira Kessler (13:00 in Berlin)"),
    (DirectPingContent(7, MIRA, 8, False), "ping in #here to Mira Kessler (13:00 in Berlin)"),
    (CardContent(CheckIn(MIRA, DAY, Entry("A *thing*\nand more"))), "Mira Kessler checked in: A *thing*"),
    (EndContent(MIRA, 50, 50), "Mira Kessler's 50 minutes of focus are over, told in #here"),
    (
        CompanyContent(Company([InFocus(MIRA, NOON), InFocus(TANE, NOON)], [], 0)),
        "in focus together, shown in #here: Mira Kessler, Tāne Ropata",
    ),
    (BuddiesContent(MIRA, TANE), "buddies from now on, told in #here: Mira Kessler, Tāne Ropata"),
    (NudgeContent(TANE, by_user_id=MIRA), "nudge in #here: Mira Kessler thinks of Tāne Ropata"),
    (DirectNudgeContent(7, 8, by_user_id=MIRA), "nudge in #here: Mira Kessler thinks of Tāne Ropata"),
    (LookbackContent(DAY, WEEK), "look back on the week in #here"),
    (WeekContent.__new__(WeekContent), "the member's own week in #here"),
    (WeekRefusedContent(MIRA), "Mira Kessler is told in #here that their week could not be sent"),
    (DigestContent(DAY, [FOUND, FOUND], 0, 55), "new job leads in #here: Kettle & Crow, Kettle & Crow"),
    (
        MonthContent(DAY, "", timedelta(days=1), False, 55, FIGURES, None, None, None),
        "this month's hiring thread in #here: 28 posts so far",
    ),
    (WatchContent(7, 8, [], 0), "something new for the watches of Tāne Ropata, told in #here"),
    (
        WatchPingContent([MIRA, TANE]),
        "something new for the watches of Mira Kessler, Tāne Ropata, told in #here",
    ),
    (FollowUpContent(7, TANE, 8, [], 0), "time to follow up, told in #here: Tāne Ropata"),
    (FollowUpPingContent([MIRA]), "time to follow up, told in #here: Mira Kessler"),
    (
        IntroductionContent(7, TANE, 8, Draft("", (), False), ""),
        "“Who wants to be hired?” has begun, told with a draft in #here: Tāne Ropata",
    ),
    (
        IntroductionPingContent([MIRA], ""),
        "“Who wants to be hired?” has begun, told with a draft in #here: Mira Kessler",
    ),
    (PollContent(SEEN), "a new poll in #here: What do we build?"),
    (ShortlistContent(SEEN), "the five of “What do we build?” in #here"),
    (ResultContent(SEEN, "{}", few_voters=False), "the result of “What do we build?” in #here"),
    (BuildContent(BUILD), "seven days for “Hear a bearing” in #here: Mira Kessler, Tāne Ropata"),
    (KickoffContent(BUILD), "how to begin with “Hear a bearing”, in #here"),
    (WeekOverContent(BUILD, [MIRA]), "is the baseline there? asked in #here: Mira Kessler"),
    (WeekOverContent(BUILD, []), "is the baseline there? asked in #here: nobody by name"),
    (ThereContent(BUILD), "a baseline is there, told in #here: Mira Kessler, Tāne Ropata"),
    (
        MergeContent(Merge(1, 7, MIRA, 8, 2, 3, NOON, None), Outcome.ASKED, None, None),
        "are two ideas the same? asked in #here",
    ),
    (
        SuggestionContent(Suggestion(1, 7, MIRA, OWN, SuggestionState.WAITING, NOON)),
        "a suggestion for the shelf in #here: How we label voice notes",
    ),
    (
        CuratorsWeekContent(DAY, [("knitting", 3), ("bees", 1)], 5, [], 0, [], 2),
        "the curators' week in #here: 7 searches found nothing",
    ),
]


@pytest.mark.parametrize(("content", "said"), SAID, ids=lambda value: type(value).__name__)
def test_each_message_is_named_with_whom_it_is_about(content: object, said: str) -> None:
    told = told_of(content, NOON, channel_id=9)
    line = narration.message(told, "#here", PEOPLE, "Europe/Berlin", direct=PEOPLE[TANE])
    assert line == f"  13:00  {said}"


def test_every_kind_of_message_is_known() -> None:
    sent = {content for feature in FEATURES for content in feature.renderers} - {
        ThreadTitle,
        BuildThreadTitle,
    }
    assert sent == {type(content) for content, _said in SAID}
    assert all(told_of(content, NOON, 9).kind is not Kind.OTHER for content, _said in SAID)
