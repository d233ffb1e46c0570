"""What is pressed and sent in a set-up does nothing for who may not manage the server."""

import re
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.errors import ManagersOnly
from cogs.settings.cog import SettingsCog
from cogs.setup import cities
from cogs.setup.cog import SetupCog
from cogs.ui.selects import LastingChannelSelect, LastingSelect

BUTTONS = (*SetupCog.buttons, *SettingsCog.buttons)

IDS = [
    "settings:reset-now:v1:leads",
    "settings:reset:v1",
    "settings:show:v1",
    "setup:again:v1:0123456789abcdef",
    "setup:ask:v1",
    "setup:back:v1:10",
    "setup:begin-at:v1:10:Etc/UTC",
    "setup:begin:v1:10:Etc/UTC:9",
    "setup:channel:v1:leads",
    "setup:city:v1:now",
    "setup:day:v1:6",
    "setup:days:v1",
    "setup:first-channel:v1",
    "setup:first-zone:v1:10",
    "setup:first:v1:10",
    "setup:hours:v1:checkins",
    "setup:off:v1:leads",
    "setup:overview:v1",
    "setup:preview:v1",
    "setup:questions:v1",
    "setup:rights:v1",
    "setup:step:v1:leads",
    "setup:steps:v1",
    "setup:use:v1:leads:10",
    "setup:zone:v1:10:Etc/UTC",
    "setup:zones:v1",
]


def a_member(**may: bool) -> Any:
    """An interaction of somebody who may no more than that; whatever the bot would do, it cannot."""
    user = SimpleNamespace(id=5)
    return SimpleNamespace(guild_id=1, user=user, permissions=discord.Permissions(**may), client=None)


def matching(custom_id: str) -> tuple[type[Any], re.Match[str]]:
    found = [
        (button, match)
        for button in BUTTONS
        if (match := button.__discord_ui_compiled_template__.fullmatch(custom_id))
    ]
    assert len(found) == 1, custom_id
    return found[0]


async def act(item: Any, member: Any) -> None:
    if isinstance(item, LastingChannelSelect):
        await item.choose(member, 10)
    elif isinstance(item, LastingSelect):
        await item.choose(member, ["1"])
    else:
        await item.press(member)


@pytest.mark.parametrize("custom_id", IDS)
async def test_a_button_of_the_set_up_is_for_who_manages_the_server(custom_id: str) -> None:
    button, match = matching(custom_id)
    # A select is made with its options where it is shown, and without where it is used.
    item = button(**match.groupdict())
    everything_else = discord.Permissions.all()
    everything_else.manage_guild = False
    with pytest.raises(ManagersOnly):
        await act(item, a_member(**dict(everything_else)))


def test_none_of_the_buttons_is_left_out() -> None:
    assert {matching(custom_id)[0] for custom_id in IDS} == set(BUTTONS)


async def test_a_city_is_taken_from_who_manages_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    answered: list[Exception] = []

    async def answer_error(_interaction: Any, error: Exception, **_given: Any) -> None:
        answered.append(error)

    async def take(*_given: Any) -> None:
        raise AssertionError("taken")

    monkeypatch.setattr(cities, "answer_error", answer_error)
    member = a_member(send_messages=True)
    member.client = SimpleNamespace(drafts=SimpleNamespace(keep=lambda _values, by: "0123456789abcdef"))
    route = cities.route(take)
    match = route.pattern.fullmatch("setup:city:v1:now")
    assert match
    await route.handler(member, match, {"city": "Lagos"})
    assert [type(error) for error in answered] == [ManagersOnly]
