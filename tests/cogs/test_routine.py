"""Planning a routine."""

from datetime import date
from typing import Any

import pytest

from bot.errors import NoRoutine, NotSetUp, UnknownDays, UnknownTime, UnknownZone
from bot.preferences.service import change_preference
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said


def labels(answer: Any) -> list[str]:
    """What the buttons under an answer say."""
    return [button["label"] for row in answer.response.components for button in row["components"]]


async def refuse_direct_messages(world: World, day: date) -> None:
    """As if Discord had refused a direct message to the member on a day."""
    await world.bot.services.database.write(
        change_preference, world.guild.id, world.member.id, direct_pings=False, direct_refused_on=day
    )


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
    assert field(embed, "Ping").startswith("On, ")


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


async def test_whoever_has_no_pings_is_not_asked_where_they_shall_come(world: World) -> None:
    await world.set_up()
    assert labels(await world.plan()) == []
    assert labels(await world.plan(ping=True)) == [
        "Ping me by direct message",
        "A second ping two hours later",
    ]


async def test_pings_come_where_a_button_says_and_back_again(world: World) -> None:
    await world.set_up()
    answer = await world.plan(time="18:00", ping=True)
    assert field(answer.response.embeds[0], "Ping").startswith("On, in the thread of the day.")
    direct = await world.member.click(answer.response, label="Ping me by direct message")
    assert direct.ephemeral
    assert field(direct.response.embeds[0], "Ping").startswith("On, by direct message.")
    assert labels(direct)[0] == "Ping me in the thread"
    back = await world.member.click(direct.response, label="Ping me in the thread")
    assert field(back.response.embeds[0], "Ping").startswith("On, in the thread of the day.")


async def test_the_ping_buttons_work_after_a_restart(world: World, services: Services) -> None:
    await world.set_up()
    answer = await world.plan(ping=True)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    pressed = await world.member.click(answer.response, label="A second ping two hours later")
    assert "A second one follows at 11:00" in said(pressed)


async def test_a_second_ping_comes_only_if_asked_for_and_if_the_day_has_room_for_it(world: World) -> None:
    await world.set_up()
    first = await world.plan(time="21:59", ping=True)
    assert "second one" not in said(first)
    asked = await world.member.click(first.response, label="A second ping two hours later")
    assert "A second one follows at 23:59" in said(asked)
    assert "One ping is enough" in labels(asked)
    late = await world.plan(time="22:00")
    assert "would come after midnight, so there is only one" in said(late)
    enough = await world.member.click(late.response, label="One ping is enough")
    assert "second one" not in said(enough)


async def test_a_refused_direct_message_is_told_until_the_member_chooses_again(world: World) -> None:
    await world.set_up()
    await world.plan(ping=True)
    await refuse_direct_messages(world, date(2026, 1, 1))
    shown = await world.member.slash(world.channel, "routine show")
    assert "On Thursday, 1 January Discord did not let me write to you directly" in said(shown)
    again = await world.member.click(shown.response, label="Ping me by direct message")
    assert "did not let me" not in said(again)


async def test_a_ping_button_of_a_routine_that_has_ended_is_answered_kindly(world: World) -> None:
    await world.set_up()
    answer = await world.plan(ping=True)
    await world.member.slash(world.channel, "routine stop")
    pressed = await world.member.click(answer.response, label="Ping me by direct message")
    assert "no routine here yet" in said(pressed)
