"""Being away: the commands, what they answer, and the button that ends a pause. It is Thursday, 1 January."""

from typing import Any

import pytest

from bot.errors import DateIsOver, NoRoutine, NoSuchDate, NotPaused, NotSetUp, RangeBackwards, UnknownDate
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said


async def pause(world: World, first: str, last: str | None = None) -> Any:
    """The member pauses."""
    options = {"from": first} | ({} if last is None else {"to": last})
    return await world.member.slash(world.channel, "routine pause", **options)


async def show(world: World) -> Any:
    """The member looks at their routine."""
    return await world.member.slash(world.channel, "routine show")


async def test_a_pause_is_one_action_and_is_answered_privately(world: World) -> None:
    await world.set_up()
    answer = await pause(world, "tomorrow", "next sunday")
    assert answer.ephemeral
    assert "Your pause is planned" in said(answer)
    assert "**Friday, 2 January to Sunday, 4 January** (3 days)" in said(answer)
    assert "Nothing is due and I send you nothing" in said(answer)
    assert "Others see “away”, and no reason" in said(answer)


async def test_nothing_is_sent_while_away_and_pings_come_again_after_it(world: World) -> None:
    await world.set_up()
    await world.plan(time="10:00", ping=True)
    await pause(world, "today", "tomorrow")
    await world.pass_time(hours=47)
    assert world.posted() == []
    await world.pass_time(hours=12)
    texts = [message.content for thread in world.channel.threads for message in thread.history()]
    assert sum(f"<@{world.member.id}>" in text for text in texts) == 1


async def test_a_day_alone_needs_no_last_one(world: World) -> None:
    await world.set_up()
    assert "**Saturday, 3 January** (1 day)" in said(await pause(world, "3 jan"))


async def test_a_pause_over_a_pause_says_that_the_two_are_one_now(world: World) -> None:
    await world.set_up()
    await pause(world, "today", "tomorrow")
    answer = await pause(world, "tomorrow", "2026-01-10")
    assert "**Thursday, 1 January to Saturday, 10 January** (10 days)" in said(answer)
    assert "joined the pause that you had" in said(answer)


async def test_resuming_by_the_button_after_a_restart(world: World, services: Services) -> None:
    await world.set_up()
    await world.plan(ping=True)
    answer = await pause(world, "today", "in a week")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    back = await world.member.click(answer.response, label="Resume now")
    assert back.ephemeral
    assert "Welcome back" in said(back)
    assert "Away" not in said(await show(world))
    again = await world.member.click(answer.response, label="Resume now")
    assert "has ended already" in said(again)


async def test_a_pause_to_come_can_be_dropped(world: World) -> None:
    await world.set_up()
    await pause(world, "in a week")
    answer = await world.member.slash(world.channel, "routine resume")
    assert "You will not be away on Thursday, 8 January" in said(answer)
    assert "no pause" in said(await world.member.slash(world.channel, "routine resume"))
    world.expect_error(NotPaused)


async def test_a_dropped_pause_of_many_days_is_told_as_a_range(world: World) -> None:
    await world.set_up()
    await pause(world, "10 Jan", "13 Jan")
    answer = await world.member.slash(world.channel, "routine resume")
    assert "You will not be away from Saturday, 10 January to Tuesday, 13 January" in said(answer)


async def test_a_button_of_one_pause_never_ends_another(world: World) -> None:
    await world.set_up()
    answer = await pause(world, "in a week")
    await world.member.click(answer.response, label="Drop this pause")
    await pause(world, "today", "tomorrow")
    assert "has ended already" in said(await world.member.click(answer.response, label="Drop this pause"))
    assert "Now, until Friday, 2 January" in said(await show(world))


async def test_show_tells_of_the_pauses_with_or_without_a_routine(world: World) -> None:
    await world.set_up()
    assert "no routine" in said(await show(world))
    world.expect_error(NoRoutine)
    await pause(world, "today", "tomorrow")
    await pause(world, "24 dec", "2 jan 2027")
    embed = (await show(world)).response.embeds[0]
    assert field(embed, "Away").splitlines() == [
        "Now, until Friday, 2 January",
        "Thursday, 24 December to Saturday, 2 January 2027",
    ]
    await world.plan(ping=True)
    shown = await show(world)
    assert field(shown.response.embeds[0], "Days") == "Every day"
    assert "Now, until Friday, 2 January" in field(shown.response.embeds[0], "Away")
    assert "Welcome back" in said(await world.member.click(shown.response, label="Resume now"))


async def test_many_pauses_fit_into_one_card(world: World, services: Services) -> None:
    await world.set_up()
    for number in range(1, 60):
        await services.routines.pause(world.guild.id, world.member.id, f"in {number * 3} days")
    assert field((await show(world)).response.embeds[0], "Away").endswith("and 54 more")


@pytest.mark.parametrize(
    ("first", "last", "error", "sentence"),
    [
        ("31 feb", None, NoSuchDate, "no such day as “31 feb”"),
        ("someday @everyone", None, UnknownDate, "“someday everyone” is no date"),
        ("tomorrow", "`31.12.2025`", UnknownDate, "is no date I can read"),
        ("2025-12-31", None, DateIsOver, "31 December 2025 is over"),
        ("10 jan", "5 jan", RangeBackwards, "10 January 2026 comes after 5 January 2026"),
    ],
)
async def test_what_cannot_be_a_pause_is_said(
    world: World, first: str, last: str | None, error: type[Exception], sentence: str
) -> None:
    await world.set_up()
    answer = await pause(world, first, last)
    assert answer.ephemeral
    assert sentence in said(answer)
    world.expect_error(error)


async def test_a_pause_needs_a_server_that_is_set_up(world: World) -> None:
    assert "/setup" in said(await pause(world, "tomorrow"))
    world.expect_error(NotSetUp)
    assert await world.member.autocomplete(world.channel, "routine pause", "from", "tom") == []


async def test_dates_are_offered_with_the_day_that_they_come_to(world: World) -> None:
    await world.set_up()
    typed = await world.member.autocomplete(world.channel, "routine pause", "from", "next friday")
    assert typed == [{"name": "next friday · Fri, 2 Jan", "value": "2026-01-02"}]
    usual = await world.member.autocomplete(world.channel, "routine pause", "from", "")
    assert usual[1] == {"name": "tomorrow · Fri, 2 Jan", "value": "2026-01-02"}
    assert {"name": "next week · Mon, 5 Jan to 11 Jan", "value": "next week"} in usual
    last = await world.member.autocomplete(
        world.channel, "routine pause", "to", "friday", **{"from": "next monday"}
    )
    assert last[0] == {"name": "friday · Fri, 9 Jan", "value": "2026-01-09"}
