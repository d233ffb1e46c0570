"""Planning a routine."""

import pytest

from bot.errors import NoRoutine, NotSetUp, UnknownDays, UnknownTime, UnknownZone
from tests.cogs.conftest import World, field, said


async def test_a_routine_is_shown_with_its_next_ping(world: World) -> None:
    await world.set_up()
    answer = await world.plan(zone="Asia/Tokyo", days="mon, wed, fri", time="7pm", ping=True)
    embed = answer.response.embeds[0]
    assert answer.ephemeral
    assert field(embed, "Days") == "Mon, Wed, Fri"
    assert field(embed, "Time") == "19:00"
    assert field(embed, "Zone") == "Asia/Tokyo"
    # It is Thursday morning in Tokyo; Friday 2 January, 19:00 there, is 10:00 UTC.
    assert "<t:1767348000:F>" in field(embed, "Ping")


async def test_a_first_routine_takes_the_usual_where_nothing_is_given(world: World) -> None:
    await world.set_up(zone="Africa/Lagos")
    embed = (await world.plan()).response.embeds[0]
    assert field(embed, "Days") == "Every day"
    assert field(embed, "Time") == "09:00"
    assert field(embed, "Zone") == "Africa/Lagos"
    assert field(embed, "Ping").startswith("Off.")


async def test_what_is_not_given_later_stays(world: World) -> None:
    await world.set_up()
    await world.plan(zone="Asia/Tokyo", days="weekends", time="08:15", ping=True)
    embed = (await world.plan(time="09:45")).response.embeds[0]
    assert field(embed, "Days") == "Sat, Sun"
    assert field(embed, "Time") == "09:45"
    assert field(embed, "Zone") == "Asia/Tokyo"
    assert field(embed, "Ping").startswith("On.")


async def test_show_and_stop(world: World) -> None:
    await world.set_up()
    await world.plan(days="mon-fri", ping=True)
    assert "Monday to Friday" in said(await world.member.slash(world.channel, "routine show"))
    assert "has ended" in said(await world.member.slash(world.channel, "routine stop"))
    answer = await world.member.slash(world.channel, "routine show")
    assert "no routine" in said(answer)
    world.expect_error(NoRoutine)


@pytest.mark.parametrize(
    ("option", "error", "sentence"),
    [
        ({"zone": "Atlantis @everyone"}, UnknownZone, "time zone “Atlantis everyone”"),
        ({"days": "someday"}, UnknownDays, "“someday” names no days"),
        ({"time": "25:00"}, UnknownTime, "“25:00” is not a time"),
    ],
)
async def test_what_cannot_be_read_is_said(
    world: World, option: dict[str, str], error: type[Exception], sentence: str
) -> None:
    await world.set_up()
    answer = await world.plan(**option)
    assert sentence in said(answer)
    assert answer.ephemeral
    world.expect_error(error)


async def test_a_routine_needs_a_server_that_is_set_up(world: World) -> None:
    assert "/setup" in said(await world.plan())
    world.expect_error(NotSetUp)


async def test_days_and_zones_are_offered_while_typing(world: World) -> None:
    days = await world.member.autocomplete(world.channel, "routine set", "days", "mon")
    assert [choice["value"] for choice in days] == ["mon-fri", "mon, wed, fri"]
    zones = await world.member.autocomplete(world.channel, "routine set", "zone", "bangalore")
    assert zones[0]["value"] == "Asia/Kolkata"
    assert len(await world.member.autocomplete(world.channel, "routine set", "zone", "")) > 10
