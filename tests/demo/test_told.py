"""What the terminal says of each message that the bot sends by itself."""

from datetime import UTC, date, datetime

import pytest

from bot.buddies.deliveries import BuddiesContent, DirectNudgeContent, NudgeContent
from bot.checkins.deliveries import CardContent, PromptContent
from bot.checkins.pings import DirectPingContent, PingContent
from bot.checkins.rules import CheckIn, Entry
from bot.focus.deliveries import CompanyContent, EndContent
from bot.focus.rules import Company, InFocus
from bot.lookback.deliveries import LookbackContent, WeekContent, WeekRefusedContent
from bot.lookback.rules import Days, ServersWeek
from bot.servers.places import ThreadTitle
from cogs.client import FEATURES
from demo import narration, world
from demo.told import Kind, told_of

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
DAY = date(2026, 3, 5)
MIRA, TANE = 1, 2
PEOPLE = {
    number: person
    for person in world.load().people
    for number, key in ((MIRA, "mira"), (TANE, "tane"))
    if person.key == key
}
WEEK = ServersWeek(Days(DAY, DAY), 1, {})

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
]


@pytest.mark.parametrize(("content", "said"), SAID, ids=lambda value: type(value).__name__)
def test_each_message_is_named_with_whom_it_is_about(content: object, said: str) -> None:
    told = told_of(content, NOON, channel_id=9)
    line = narration.message(told, "#here", PEOPLE, "Europe/Berlin", direct=PEOPLE[TANE])
    assert line == f"  13:00  {said}"


def test_every_kind_of_message_is_known() -> None:
    sent = {content for feature in FEATURES for content in feature.renderers} - {ThreadTitle}
    assert sent == {type(content) for content, _said in SAID}
    assert all(told_of(content, NOON, 9).kind is not Kind.OTHER for content, _said in SAID)
