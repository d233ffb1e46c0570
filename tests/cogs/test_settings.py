"""All settings of a server on one card, and putting them back."""

from datetime import time
from typing import Any

from bot.errors import NotSetUp
from bot.guide.steps import Step
from tests.cogs.conftest import World, field, said
from tests.cogs.recent_checkins import pressed_with


async def shown(world: World) -> Any:
    return await world.admin.slash(world.channel, "settings")


async def put_back(world: World, answer: Any, step: Step) -> Any:
    asked = await world.admin.select(answer.response, [step.value], custom_id="settings:reset:v1")
    return await world.admin.click(asked.response, label="Put it back")


def offered(answer: Any) -> list[str]:
    """What could be put back."""
    items = [item for row in answer.response.components for item in row["components"]]
    return [option["value"] for item in items for option in item.get("options", ())]


async def test_a_new_server_shows_what_is_as_the_bot_comes(world: World) -> None:
    await world.set_up(hour=9)
    answer = await shown(world)
    assert answer.ephemeral
    embed = answer.response.embeds[0]
    assert field(embed, "Check-ins").split("\n") == [
        f"Channel: **<#{world.channel.id}>**",
        "Time zone: **Europe/Berlin**",
        "Daily prompt: **09:00** (default)",
    ]
    assert field(embed, "Job leads").split("\n") == [
        "Channel: **none** (default)",
        "Hour: **09:00** (default)",
        "Mark: **55** (default)",
        "Places: **anywhere** (default)",
        "Languages besides English: **none** (default)",
        "What counts how much: **nothing changed** (default)",
    ]
    assert field(embed, "Questions of the day") == "Asked: **About doing** (default)"
    assert "</preferences:" in said(answer)
    assert offered(answer) == []


async def test_everything_that_was_changed_is_shown_and_can_be_put_back(world: World) -> None:
    services, guild = world.bot.services, world.guild.id
    await world.set_up(hour=7)
    await services.servers.set_up(guild, lookback_weekday=4, lookback_time=time(20))
    await services.servers.set_questions(guild, "Mine?\nYours?")
    await services.leads.set_up(
        guild,
        channel_id=world.channel.id,
        hour=time(18),
        mark=70,
        places="Berlin, *EU*",
        languages="German",
        weights={"remote": 20},
    )
    await services.curation.set_up(guild, world.channel.id)
    answer = await shown(world)
    embed = answer.response.embeds[0]
    assert "(default)" not in said(answer)
    assert field(embed, "Look back on the week") == "Day: **Friday**\nHour: **20:00**"
    assert r"Places: **Berlin, \*EU\***" in field(embed, "Job leads")
    assert "remote 20 instead of" in field(embed, "Job leads")
    assert "Own questions: **2**" in field(embed, "Questions of the day")
    assert offered(answer) == list(Step)
    for step in Step:
        answer = await put_back(world, answer, step)
    assert offered(answer) == []
    set_up = await services.servers.find(guild)
    assert set_up is not None
    assert (set_up.server.checkin_channel_id, set_up.server.zone) == (world.channel.id, "Europe/Berlin")
    # 09:00 in Berlin on 1 January 2026.
    assert set_up.next_prompt is not None
    assert set_up.next_prompt.at.isoformat() == "2026-01-01T08:00:00+00:00"
    assert set_up.next_lookback is None
    assert await services.servers.questions(guild) == []
    assert (await services.leads.settings(guild)).next_look is None
    assert (await services.curation.settings(guild)).next_report is None


async def test_what_is_kept_stays_and_questions_are_counted_before_they_go(world: World) -> None:
    await world.set_up()
    await world.bot.services.servers.set_questions(world.guild.id, "Mine?\nYours?")
    asked = await world.admin.select((await shown(world)).response, ["questions"])
    assert "There are 2 of them." in said(asked)
    kept = await world.admin.click(asked.response, label="Keep it")
    assert "Own questions: **2**" in said(kept)


async def test_questions_of_another_kind_are_put_back_too(world: World) -> None:
    await world.set_up()
    await world.bot.services.servers.set_up(world.guild.id, questions="showing")
    answer = await put_back(world, await shown(world), Step.QUESTIONS)
    assert "Asked: **About doing** (default)" in field(answer.response.embeds[0], "Questions of the day")


async def test_settings_are_for_who_manages_a_server_that_is_set_up(world: World) -> None:
    assert said(await shown(world)) == str(NotSetUp())
    world.expect_error(NotSetUp)
    world.env.errors.clear()
    early = await pressed_with(world, "settings:reset-now:v1:leads", member=world.admin)
    assert said(early) == str(NotSetUp())
    await world.set_up(hour=7)
    for custom_id in ("settings:reset-now:v1:checkins", "settings:show:v1"):
        assert "may manage this server" in said(await pressed_with(world, custom_id))
    set_up = await world.bot.services.servers.find(world.guild.id)
    assert set_up is not None
    assert set_up.server.prompt_time == time(7)
