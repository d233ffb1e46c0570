"""Pings in the thread as members meet them: "not today", and the second ping."""

from datetime import date

from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said
from tests.cogs.pings_seen import (
    labels,
    pings,
    planned,
    set_up_and_plan,
    states,
    to_the_ping,
)


async def test_not_today_under_a_ping_makes_the_day_a_rest_day(world: World, services: Services) -> None:
    await set_up_and_plan(world)
    ping = await to_the_ping(world)
    assert labels(ping) == ["Check in", "Not today"]
    answer = await world.member.click(ping, label="Not today")
    assert answer.ephemeral
    assert "Thursday, 1 January costs you nothing" in said(answer)
    await world.pass_time(days=2)
    assert (await states(services, world))[0] == "rest"


async def test_after_not_today_a_check_in_counts_all_the_same(world: World, services: Services) -> None:
    await set_up_and_plan(world)
    ping = await to_the_ping(world)
    await world.member.click(ping, label="Not today")
    answer = await world.check_in(done="Ten minutes after all")
    assert "Day one of a streak" in said(answer)
    assert await states(services, world) == ["done"]


async def test_not_today_works_twice_a_week_and_again_on_monday(world: World, services: Services) -> None:
    await set_up_and_plan(world)
    ping = await to_the_ping(world)  # Thursday
    assert "Rest well" in said(await world.member.click(ping, label="Not today"))
    await world.pass_time(days=1)
    assert "Rest well" in said(await world.member.click(pings(world)[-1], label="Not today"))
    await world.pass_time(days=1)
    refused = await world.member.click(pings(world)[-1], label="Not today")
    assert refused.ephemeral
    assert "2 days off this week already" in said(refused)
    assert "/routine pause" in said(refused)
    await world.pass_time(days=2)  # Monday
    assert "Rest well" in said(await world.member.click(pings(world)[-1], label="Not today"))
    assert await states(services, world) == ["rest", "rest", "frozen", "today", "rest"]


async def test_a_second_press_on_the_same_day_takes_no_second_day_off(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world)
    ping = await to_the_ping(world)
    for _press in range(3):
        answer = await world.member.click(ping, label="Not today")
        assert answer.ephemeral
        assert said(answer)
    await world.pass_time(days=1)
    assert "Rest well" in said(await world.member.click(pings(world)[-1], label="Not today"))


async def test_not_today_after_the_check_in_is_not_taken(world: World, services: Services) -> None:
    await set_up_and_plan(world)
    ping = await to_the_ping(world)
    await world.check_in()
    answer = await world.member.click(ping, label="Not today")
    assert "checked in today already" in said(answer)
    assert await states(services, world) == ["done"]


async def test_not_today_where_nothing_is_due_says_so_and_costs_no_day_off(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world)
    await world.plan(world.admin, days="mon")
    ping = await to_the_ping(world)
    answer = await world.admin.click(ping, label="Not today")  # Thursday
    assert "Nothing is due today" in said(answer)
    await services.routines.pause(world.guild.id, world.member.id, "today", "today")
    assert "Nothing is due today" in said(await world.member.click(ping, label="Not today"))
    rest = await services.database.read(lambda db: db.execute("select count(*) from rest_day").fetchone()[0])
    assert rest == 0


async def test_not_today_is_for_whoever_presses_and_touches_nobody_else(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world)
    await planned(world, world.admin)
    ping = await to_the_ping(world)
    assert f"<@{world.admin.id}>" in ping.content
    await world.admin.click(ping, label="Not today")
    assert await states(services, world) == ["today"]


async def test_not_today_under_an_old_ping_takes_today_off_and_never_changes_the_past(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world)
    ping = await to_the_ping(world)
    await world.pass_time(days=2, hours=3)
    await world.member.click(ping, label="Not today")
    assert await states(services, world) == ["frozen", "frozen", "rest"]


async def test_not_today_works_after_a_restart(world: World, services: Services) -> None:
    await set_up_and_plan(world)
    ping = await to_the_ping(world)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert "Rest well" in said(await world.member.click(ping, label="Not today"))


async def test_a_day_taken_off_has_no_second_ping(world: World) -> None:
    answer = await set_up_and_plan(world)
    await world.member.click(answer.response, label="A second ping two hours later")
    ping = await to_the_ping(world)
    await world.member.click(ping, label="Not today")
    await world.pass_time(hours=2)
    assert len(pings(world)) == 1


async def test_the_second_ping_comes_two_hours_later_with_words_of_its_own(world: World) -> None:
    answer = await set_up_and_plan(world)
    await world.member.click(answer.response, label="A second ping two hours later")
    await world.pass_time(hours=11, minutes=59)
    assert len(pings(world)) == 1
    await world.pass_time(minutes=1)
    _first, second = pings(world)
    assert (
        second.content == f"<@{world.member.id}>: your second reminder, as you asked. Ten minutes would do."
    )
    assert labels(second) == ["Check in", "Not today"]
    answer = await world.submit(await world.member.click(second, label="Check in"), done="Ten minutes")
    assert "Day one of a streak" in said(answer)


async def test_who_asked_for_one_ping_gets_one(world: World) -> None:
    await set_up_and_plan(world)
    for _hour in range(20):
        await world.pass_time(hours=1)
    assert len(pings(world)) == 1


async def test_who_checked_in_is_not_reminded_a_second_time(world: World) -> None:
    answer = await set_up_and_plan(world)
    await world.member.click(answer.response, label="A second ping two hours later")
    await to_the_ping(world)
    await world.check_in()
    await world.pass_time(hours=4)
    assert len(pings(world)) == 1


async def test_a_day_that_was_just_deleted_is_pinged_for_again(world: World, services: Services) -> None:
    await set_up_and_plan(world)
    await world.check_in()
    await services.checkins.delete(world.guild.id, world.member.id, date(2026, 1, 1))
    await world.pass_time(hours=10)
    assert len(pings(world)) == 1
