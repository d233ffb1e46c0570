"""/goal and the buttons under a member's goals."""

from collections.abc import Iterator
from typing import Any

import discord
import pytest

from bot.errors import (
    EmptyGoal,
    GoalGone,
    GoalTooLong,
    NextWeekFull,
    NoSuchGoal,
    NotSetUp,
    TooManyGoals,
)
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said

# 1 January 2026 is a Thursday.
TO_SUNDAY, TO_NEXT_SATURDAY = {"days": 3, "hours": 12}, {"days": 9}


async def set_goal(world: World, text: str, member: Any = None) -> Any:
    return await (member or world.member).slash(world.channel, "goal set", text=text)


async def show(world: World) -> Any:
    return await world.member.slash(world.channel, "goal list")


async def drop(world: World, chosen: str) -> Any:
    return await world.member.slash(world.channel, "goal drop", goal=chosen)


def buttons(message: Any) -> Iterator[discord.Button]:
    for row in message.components:
        assert isinstance(row, discord.ActionRow)
        for item in row.children:
            assert isinstance(item, discord.Button)
            yield item


def labels(answer: Any) -> list[list[str | None]]:
    """The labels of an answer's buttons, row by row."""
    return [[button.label for button in row.children] for row in answer.response.message.components]


async def test_a_goal_is_set_ticked_and_unticked_in_one_private_card(world: World) -> None:
    await world.set_up()
    card = await set_goal(world, "Ship the *loader*")
    assert card.ephemeral
    assert "**This week**\n○ Ship the \\*loader\\*" in said(card)
    assert labels(card) == [["Kept: Ship the *loader*"]]
    ticked = await world.member.click(card.response, label="Kept: Ship the *loader*")
    assert "✓ Ship the \\*loader\\*" in said(ticked)
    assert labels(ticked) == [["Undo: Ship the *loader*"]]
    undone = await world.member.click(ticked.response, label="Undo: Ship the *loader*")
    assert undone.response.id == card.response.id
    assert "○ Ship" in said(await show(world))
    assert world.posted() == []


async def test_without_a_goal_the_list_says_how_to_set_one(world: World) -> None:
    await world.set_up()
    card = await show(world)
    assert "/goal set" in said(card)
    assert labels(card) == []


async def test_on_sunday_a_goal_can_be_carried_over(world: World) -> None:
    await world.set_up()
    await set_goal(world, "Ship it")
    await world.pass_time(**TO_SUNDAY)
    card = await show(world)
    assert labels(card) == [["Kept: Ship it"], ["Carry over: Ship it"]]
    carried = await world.member.click(card.response, label="Carry over: Ship it")
    assert "**This week**\n→ Ship it (carried over)\n\n**Next week**\n○ Ship it" in said(carried)
    assert labels(carried) == []


async def test_the_week_after_asks_about_what_is_undecided_until_it_ends(world: World) -> None:
    await world.set_up()
    for text in ("Kept in time", "Left open", "Left too"):
        await set_goal(world, text)
    await world.member.click((await show(world)).response, label="Kept: Kept in time")
    await world.pass_time(**TO_NEXT_SATURDAY)
    card = await show(world)
    assert "Kept in time" not in said(card)
    assert said(card).startswith(
        "Your goals\n**Last week**\n○ Left open\n○ Left too\n\n**This week**\nNothing"
    )
    assert labels(card) == [
        ["Kept: Left open", "Kept: Left too"],
        ["Carry over: Left open", "Carry over: Left too"],
    ]
    carried = await world.member.click(card.response, label="Carry over: Left open")
    assert "**Last week**\n○ Left too\n→ Left open (carried over)\n\n**This week**\n○ Left open" in said(
        carried
    )
    await world.pass_time(days=2)
    assert "Left too" not in said(await show(world))


async def test_buttons_work_after_a_restart(world: World, services: Services) -> None:
    await world.set_up()
    card = await set_goal(world, "Ship it")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert "✓ Ship it" in said(await world.member.click(card.response, label="Kept: Ship it"))


async def test_a_button_of_a_goal_that_is_gone_says_so_kindly(world: World, services: Services) -> None:
    await world.set_up()
    card = await set_goal(world, "Ship it")
    await services.database.write(services.goals.forget_member, world.guild.id, world.member.id)
    answer = await world.member.click(card.response, label="Kept: Ship it")
    assert answer.ephemeral
    assert said(answer) == str(GoalGone())


async def test_a_card_opened_on_sunday_says_on_a_later_press_what_holds_now(world: World) -> None:
    await world.set_up()
    await set_goal(world, "Ship it")
    await world.pass_time(**TO_SUNDAY)
    card = await show(world)
    await world.pass_time(days=1)
    for text in ("One", "Two", "Three"):
        await set_goal(world, text)
    answer = await world.member.click(card.response, label="Carry over: Ship it")
    assert said(answer) == str(NextWeekFull(limit=3))


async def test_a_forged_press_reaches_no_goal_of_others(world: World, services: Services) -> None:
    await world.set_up()
    await set_goal(world, "Mine alone")
    (goal,) = await services.goals.droppable(world.guild.id, world.member.id)
    # A message with the button in it, as only a forged interaction could have it.
    button = discord.ui.Button[discord.ui.View](custom_id=f"goal:keep:v1:{goal.id}", label="Forged")
    view = discord.ui.View(timeout=None)
    view.add_item(button)
    view.stop()
    channel = world.bot.get_partial_messageable(world.channel.id)
    message = await channel.send("forged", view=view)
    answer = await world.admin.click(message, label="Forged")
    assert said(answer) == str(GoalGone())
    assert await services.goals.droppable(world.guild.id, world.member.id) == [goal]


async def test_goals_to_drop_are_offered_while_typing(world: World) -> None:
    await world.set_up()
    for text in ("Ship it", "Read the paper", "w" * 200):
        await set_goal(world, text)
    offered = await world.member.autocomplete(world.channel, "goal drop", "goal", "")
    assert [choice["name"] for choice in offered] == ["Ship it", "Read the paper", "w" * 99 + "…"]
    (paper,) = await world.member.autocomplete(world.channel, "goal drop", "goal", " PAPER")
    card = await drop(world, paper["value"])
    assert "Read the paper" not in said(card)
    assert "Ship it" in said(card)
    assert await world.admin.autocomplete(world.channel, "goal drop", "goal", "") == []


async def test_before_the_set_up_nothing_is_offered_and_the_command_says_why(world: World) -> None:
    assert await world.member.autocomplete(world.channel, "goal drop", "goal", "") == []
    assert "/setup" in said(await drop(world, "1"))
    world.expect_error(NotSetUp)


async def test_a_goal_that_cannot_be_found_is_said(world: World) -> None:
    await world.set_up()
    assert said(await drop(world, "Nothing *like* it")) == str(NoSuchGoal(given="Nothing like it"))
    world.expect_error(NoSuchGoal)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("\u2800", EmptyGoal()),
        ("x" * 201, GoalTooLong(length=201, limit=200)),
        ("**@everyone** " * 285, GoalTooLong(length=3989, limit=200)),
    ],
)
async def test_a_refused_text_comes_back(world: World, text: str, error: Exception) -> None:
    await world.set_up()
    answer = await set_goal(world, text)
    assert answer.ephemeral
    assert said(answer).startswith(str(error))
    given_back = [(await file.read()).decode() for file in answer.response.attachments]
    assert text.strip() in "\n".join([said(answer), *given_back])


async def test_a_fourth_goal_is_refused_and_its_text_comes_back(world: World) -> None:
    await world.set_up()
    for text in ("One", "Two", "Three"):
        await set_goal(world, text)
    answer = await set_goal(world, "Four")
    assert said(answer).startswith(str(TooManyGoals(limit=3)))
    assert "Four" in said(answer)


async def test_the_fullest_list_of_the_longest_goals_keeps_discords_limits(world: World) -> None:
    """The world's end checks every body against the limits."""
    await world.set_up()
    marks = "*_~|`[" * 33
    for number in range(3):
        await set_goal(world, f"{number}{marks}")
    await world.pass_time(days=7)
    for number in range(3, 6):
        await set_goal(world, f"{number}{marks}")
    await world.pass_time(**TO_SUNDAY)
    await drop(world, f"3{marks}")
    card = await show(world)
    assert len(labels(card)) == 4
    for row in ("Carry over: 4", "Carry over: 5"):
        label = next(b.label for b in buttons(card.response.message) if (b.label or "").startswith(row))
        card = await world.member.click(card.response, label=label)
    assert "**Next week**" in said(card)


async def test_two_servers_with_the_same_people_keep_their_goals_apart(
    world: World, services: Services
) -> None:
    other = world.env.create_guild("Another group")
    channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await world.set_up()
    await services.servers.set_up(
        other.id,
        checkin_channel_id=channel.id,
        zone="Etc/UTC",
        prompt_time=services.clock.now().time(),
    )
    await set_goal(world, "Only for the first")
    elsewhere = await ben_there.slash(channel, "goal set", text="Only for the second")
    assert "first" not in said(elsewhere)
    assert "second" not in said(await show(world))
    assert [c["name"] for c in await ben_there.autocomplete(channel, "goal drop", "goal", "")] == [
        "Only for the second"
    ]
