"""The pages of a guided set-up, at their longest."""

from datetime import UTC, datetime, time
from typing import Any

import discord
import pytest

from bot.guide.steps import STEPS, ServerSettings, Step
from bot.leads.service import SetUp as LeadsSetUp
from bot.leads.settings import LeadSettings
from bot.localtime import Occurrence
from bot.resources.curation import CurationSettings
from bot.servers.service import SetUp
from bot.servers.store import Server
from cogs.rights import NEEDED_FOR_MESSAGES, RIGHTS, invite_link
from cogs.setup import pages
from cogs.setup.cards import settings_card
from cogs.setup.hours import OPTIONS, zone_options
from cogs.setup.seeing import Guess
from tests.discord_limits import violations

LONGEST_ID = 10**19
NOW = datetime(2026, 1, 1, 12, 30, tzinfo=UTC)
LONGEST_ZONE = "America/Argentina/ComodRivadavia"
SET_UP = SetUp(
    Server(1, LONGEST_ID, LONGEST_ZONE, time(9), lookback_weekday=2), Occurrence(NOW.date(), NOW), 60, None
)
SETTINGS = ServerSettings(
    SET_UP, LeadsSetUp(LeadSettings(LONGEST_ID), None), CurationSettings(LONGEST_ID, None)
)
ALL_MISSING = dict.fromkeys(SETTINGS.channels, RIGHTS)
GUESS = Guess(LONGEST_ID, "x" * 100, is_open=True)


def broken(embed: discord.Embed) -> list[str]:
    body: dict[str, Any] = {"embeds": [embed.to_dict()]}
    return violations("POST", "/channels/1/messages", body)


@pytest.mark.parametrize("step", STEPS)
def test_a_page_with_all_rights_missing_fits(step: Step) -> None:
    embed = pages.step_page(step, SET_UP, SETTINGS, ALL_MISSING, GUESS, is_open=True, note="n" * 110)
    assert broken(embed) == []


def test_the_other_pages_fit() -> None:
    assert broken(pages.first_channel_page(GUESS, RIGHTS, note="n" * 110)) == []
    assert broken(pages.first_zone_page(LONGEST_ID, LONGEST_ZONE, NOW)) == []
    assert broken(pages.first_hour_page(LONGEST_ID, LONGEST_ZONE, 9, NOW)) == []
    assert broken(pages.rights_page(SETTINGS, ALL_MISSING, invite_link(LONGEST_ID))) == []
    assert broken(settings_card(SET_UP, SETTINGS, ALL_MISSING)) == []


def test_every_right_is_explained_by_what_it_is_for_and_what_goes_without_it() -> None:
    text = pages.rights_page(SETTINGS, ALL_MISSING, "https://example.org").description or ""
    assert {right.flag for right in RIGHTS} >= NEEDED_FOR_MESSAGES
    lines = text.split("\n")
    for right in RIGHTS:
        assert f"• **{right.label}**, {right.purpose}; {right.reason}." in lines
        assert right.reason.startswith("without it ")


def test_a_zone_that_few_use_is_among_those_to_choose_from() -> None:
    usual = zone_options("Europe/Berlin", NOW)
    rare = zone_options("Pacific/Chatham", NOW)
    for options, chosen in ((usual, "Europe/Berlin"), (rare, "Pacific/Chatham")):
        assert len(options) <= OPTIONS
        assert len({option.value for option in options}) == len(options)
        assert [option.value for option in options if option.default] == [chosen]
