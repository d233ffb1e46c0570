"""What members choose to show, over a real database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.preferences.rules import Preference, Shown
from bot.preferences.service import change_preference, members_named
from bot.services import Services

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20


async def test_until_somebody_chooses_others_see_nothing(services: Services) -> None:
    assert await services.preferences.find(GUILD, ADA) == Preference(Shown.NOTHING, named=False)
    assert await services.database.read(members_named, GUILD) == set()


async def test_what_is_not_given_stays(services: Services) -> None:
    await services.database.write(
        change_preference, GUILD, ADA, second_ping=True, direct_refused_on=date(2026, 3, 1)
    )
    await services.preferences.change(GUILD, ADA, shown=Shown.CONSISTENCY)
    changed = await services.preferences.change(GUILD, ADA, named=True)
    assert changed == Preference(
        Shown.CONSISTENCY, named=True, second_ping=True, direct_refused_on=date(2026, 3, 1)
    )
    assert await services.preferences.find(GUILD, ADA) == changed


@pytest.mark.parametrize("field", ["named", "second_ping", "direct_pings", "direct_weeks", "direct_leads"])
async def test_each_choice_can_be_taken_and_taken_back_by_itself(services: Services, field: str) -> None:
    for value in (True, False):
        given: dict[str, Any] = {field: value}
        await services.database.write(change_preference, GUILD, ADA, **given)
        assert await services.preferences.find(GUILD, ADA) == replace(Preference(), **given)


@pytest.mark.parametrize("shown", Shown)
async def test_each_figure_can_be_chosen(services: Services, shown: Shown) -> None:
    await services.preferences.change(GUILD, ADA, shown=Shown.STREAK)
    await services.preferences.change(GUILD, ADA, shown=shown)
    assert (await services.preferences.find(GUILD, ADA)).shown is shown


async def test_a_choice_holds_for_one_member_in_one_server(services: Services) -> None:
    await services.preferences.change(GUILD, ADA, shown=Shown.STREAK, named=True)
    await services.preferences.change(OTHER, BEN, named=True)
    assert await services.preferences.find(OTHER, ADA) == Preference()
    assert await services.preferences.find(GUILD, BEN) == Preference()
    assert await services.database.read(members_named, GUILD) == {ADA}
    assert await services.database.read(members_named, OTHER) == {BEN}


async def test_a_member_who_is_forgotten_is_not_named_any_more(services: Services) -> None:
    for guild in (GUILD, OTHER):
        await services.preferences.change(guild, ADA, named=True)
    await services.database.write(services.preferences.forget_member, GUILD, ADA)
    assert await services.preferences.find(GUILD, ADA) == Preference()
    assert await services.database.read(members_named, OTHER) == {ADA}


async def test_whoever_chooses_direct_leads_again_has_the_refusal_forgotten(services: Services) -> None:
    refused = date(2026, 3, 1)
    await services.database.write(change_preference, GUILD, ADA, direct_refused_on=refused)
    assert await services.preferences.choose_direct_leads(GUILD, ADA, wanted=False) == Preference(
        direct_refused_on=refused
    )
    assert await services.preferences.choose_direct_leads(GUILD, ADA, wanted=True) == Preference(
        direct_leads=True
    )
    assert await services.preferences.find(OTHER, ADA) == Preference()
