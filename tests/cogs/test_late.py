"""Reporting yesterday: until when, how it counts, and what the member is told."""

from typing import Any

import pytest

from bot.errors import TooLateToReport
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said, shown_values


async def yesterday(world: World, member: Any = None) -> Any:
    return await (member or world.member).slash(world.channel, "checkin", day="yesterday")


async def states(world: World, services: Services) -> list[str]:
    days = await services.checkins.ledger(world.guild.id, world.member.id)
    return [day.state.value for day in days]


def labels(answer: Any) -> list[str]:
    return [button["label"] for row in answer.response.components for button in row["components"]]


def footer(answer: Any) -> str:
    return answer.response.embeds[0].footer.text or ""


async def first_day_done_second_open(world: World) -> None:
    """Done on the first, nothing on the second; it is nine in the morning of the third, in UTC."""
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    await world.pass_time(days=2, hours=9)


async def test_yesterday_can_be_reported_in_the_morning_and_counts_as_late(
    world: World, services: Services
) -> None:
    await first_day_done_second_open(world)
    shown = await yesterday(world)
    assert shown.modal["title"] == "Check in for yesterday"
    assert shown_values(shown.modal)["done"] == ""
    answer = await world.submit(shown, done="What I did on Friday")
    assert "Friday, 2 January" in footer(answer)
    assert field(answer.response.embeds[0], "Streak") == "**2 due days** in a row"
    assert await states(world, services) == ["done", "late", "today"]


async def test_a_late_report_is_shown_as_one_for_its_own_day(world: World) -> None:
    await first_day_done_second_open(world)
    await world.submit(await yesterday(world), done="What I did on Friday")
    card = world.posted()[-1]
    assert card.embeds[0].description == "What I did on Friday"
    assert (card.embeds[0].footer.text or "").endswith("2 Jan")


async def test_a_late_report_goes_under_the_prompt_of_its_own_day_and_is_counted_there(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan()
    await world.pass_time(hours=9)
    await world.pass_time(days=1)
    await world.submit(await yesterday(world), done="What I did on New Year's Day")
    await world.pass_time(seconds=10)
    first, second = world.posted()
    assert first.content == f"**Checked in:** <@{world.member.id}>"
    assert "Nobody has checked in yet" in second.content
    (thread,) = world.channel.threads
    assert thread.id == first.id
    assert [message.embeds[0].description for message in world.posted(thread)] == [
        "What I did on New Year's Day"
    ]


async def test_from_noon_on_the_command_says_that_yesterday_is_closed(world: World) -> None:
    await first_day_done_second_open(world)
    await world.pass_time(hours=2, minutes=59)
    assert (await yesterday(world)).modal is not None
    await world.pass_time(minutes=1)
    answer = await yesterday(world)
    assert answer.modal is None
    assert answer.ephemeral
    assert "yesterday stays open until noon" in said(answer)
    world.expect_error(TooLateToReport)


async def test_noon_is_the_members_own(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan(zone="America/New_York")
    # Noon in New York is at 17:00 UTC.
    await world.pass_time(days=2, hours=16, minutes=59)
    answer = await world.submit(await yesterday(world), done="Before noon in New York")
    assert "Friday, 2 January" in footer(answer)
    await world.pass_time(days=1, minutes=1)
    assert "until noon" in said(await yesterday(world))
    world.expect_error(TooLateToReport)


async def test_a_form_that_was_opened_in_time_may_be_sent_an_hour_after_noon(
    world: World, services: Services
) -> None:
    await first_day_done_second_open(world)
    await world.pass_time(hours=2, minutes=50)
    shown = await yesterday(world)
    await world.pass_time(minutes=69)
    answer = await world.submit(shown, done="Typed over lunch")
    assert "Friday, 2 January" in footer(answer)
    assert await states(world, services) == ["done", "late", "today"]


async def test_a_form_for_yesterday_sent_later_than_that_counts_for_today(
    world: World, services: Services
) -> None:
    await first_day_done_second_open(world)
    shown = await yesterday(world)
    await world.pass_time(hours=4)
    answer = await world.submit(shown, done="Left open over lunch")
    assert "Saturday, 3 January" in footer(answer)
    assert await states(world, services) == ["done", "frozen", "done"]


async def test_a_form_that_was_left_open_never_takes_the_place_of_what_was_reported_since(
    world: World, services: Services
) -> None:
    await first_day_done_second_open(world)
    shown = await yesterday(world)
    await world.pass_time(hours=3)
    await world.check_in(done="What I did today")
    await world.pass_time(hours=1)
    answer = await world.submit(shown, done="What I did yesterday")
    assert "What I did yesterday" in said(answer)
    today = await world.member.slash(world.channel, "checkin")
    assert shown_values(today.modal)["done"] == "What I did today"


async def test_the_answer_of_today_offers_yesterday_while_it_is_open(
    world: World, services: Services
) -> None:
    await first_day_done_second_open(world)
    answer = await world.check_in(done="Today first")
    assert "Yesterday is still open" in said(answer)
    shown = await world.member.click(answer.response, label="Report yesterday")
    assert shown.modal["title"] == "Check in for yesterday"
    late = await world.submit(shown, done="Then yesterday")
    assert field(late.response.embeds[0], "Streak") == "**3 due days** in a row"
    assert "still open" not in said(late)
    assert "Report yesterday" not in labels(late)
    assert await states(world, services) == ["done", "late", "done"]


async def test_the_button_for_yesterday_works_after_a_restart(world: World, services: Services) -> None:
    await first_day_done_second_open(world)
    answer = await world.check_in()
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    shown = await world.member.click(answer.response, label="Report yesterday")
    assert "Friday, 2 January" in footer(await world.submit(shown, done="After the restart"))


async def test_the_button_for_yesterday_says_after_noon_that_it_is_closed(world: World) -> None:
    await first_day_done_second_open(world)
    answer = await world.check_in()
    await world.pass_time(hours=3)
    pressed = await world.member.click(answer.response, label="Report yesterday")
    assert pressed.modal is None
    assert "until noon" in said(pressed)


@pytest.mark.parametrize("days", ["mon-thu", "sat"])
async def test_a_yesterday_on_which_nothing_was_due_is_not_offered_but_can_be_reported(
    world: World, days: str
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan(days=days)
    await world.pass_time(days=2, hours=9)  # Saturday
    answer = await world.check_in()
    assert "still open" not in said(answer)
    assert "Report yesterday" not in labels(answer)
    late = await world.submit(await yesterday(world), done="On my day off")
    assert "An extra day" in said(late)


async def test_yesterday_after_it_was_reported_is_a_change_at_any_hour(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Half of it", minutes="20")
    await world.pass_time(days=1, hours=15)
    shown = await yesterday(world)
    assert shown.modal["title"] == "Change your check-in"
    assert shown_values(shown.modal)["done"] == "Half of it"
    answer = await world.submit(shown, done="All of it")
    assert "Changed" in said(answer)
    assert "Thursday, 1 January" in footer(answer)


async def test_a_late_report_heals_the_streak_that_a_miss_would_have_ended(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    for _day in range(2):
        await world.check_in(world.member)
        await world.check_in(world.admin)
        await world.pass_time(days=1)
    # The free days of the first week go to the third and fourth of January; nothing covers the fifth.
    await world.pass_time(days=3, hours=10)
    for member in (world.member, world.admin):
        answer = await world.check_in(member)
        assert field(answer.response.embeds[0], "Streak") == "**3 due days** in a row"
    late = await world.submit(await yesterday(world), done="Healed")
    assert field(late.response.embeds[0], "Streak") == "**4 due days** in a row"
    await world.pass_time(hours=2)
    after_noon = await world.check_in(world.admin)
    assert field(after_noon.response.embeds[0], "Streak") == "**1 due day** in a row"
    assert await states(world, services) == ["done", "done", "frozen", "frozen", "late", "done"]


async def test_a_late_report_saves_the_freeze_that_the_day_would_have_cost(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    for _day in range(8):
        for member in (world.member, world.admin):
            await world.check_in(member)
        await world.pass_time(days=1)
    await world.pass_time(days=1, hours=9)
    await world.submit(await yesterday(world), done="Late, but done")
    await world.pass_time(hours=4)
    kept = await world.check_in(world.member)
    assert field(kept.response.embeds[0], "Freezes") == "1 in store"
    spent = await world.check_in(world.admin)
    assert [f.name for f in spent.response.embeds[0].fields] == ["Streak", "Consistency"]
    assert field(spent.response.embeds[0], "Streak") == "**9 due days** in a row"


async def test_who_comes_for_the_first_time_can_begin_with_yesterday(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.pass_time(days=1, hours=8)
    answer = await world.submit(await yesterday(world), done="My first day was yesterday")
    assert "Day one of a streak" in said(answer)
    assert await states(world, services) == ["late", "today"]


async def test_the_first_check_in_asks_for_no_yesterday(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.pass_time(days=1, hours=8)
    answer = await world.check_in()
    assert "still open" not in said(answer)
    assert labels(answer) == ["Change it"]


async def test_a_yesterday_that_was_taken_off_or_paused_is_not_asked_for(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    await world.pass_time(days=1)
    await services.checkins.not_today(world.guild.id, world.member.id)
    await world.pass_time(days=1)
    assert labels(await world.check_in()) == ["Change it"]
    await services.routines.pause(world.guild.id, world.member.id, "tomorrow", "tomorrow")
    await world.pass_time(days=2)
    answer = await world.check_in()
    assert "still open" not in said(answer)


async def test_a_refused_late_form_is_opened_again_for_its_own_day(world: World, services: Services) -> None:
    await first_day_done_second_open(world)
    refused = await world.submit(await yesterday(world), done="Friday's work", minutes="lots")
    assert "“lots” is no number of minutes" in said(refused)
    again = await world.member.click(refused.response, label="Open the form again")
    assert again.modal["title"] == "Check in for yesterday"
    answer = await world.submit(again, minutes="30")
    assert "Friday, 2 January" in footer(answer)
    assert await states(world, services) == ["done", "late", "today"]


async def test_a_refused_late_form_can_still_be_mended_in_the_hour_after_noon(world: World) -> None:
    await first_day_done_second_open(world)
    await world.pass_time(hours=2, minutes=55)
    shown = await yesterday(world)
    await world.pass_time(minutes=10)
    refused = await world.submit(shown, done="Friday's work", minutes="lots")
    again = await world.member.click(refused.response, label="Open the form again")
    assert again.modal is not None
    assert shown_values(again.modal)["done"] == "Friday's work"
    answer = await world.submit(again, minutes="30")
    assert "Friday, 2 January" in footer(answer)


async def test_a_draft_whose_day_has_closed_opens_with_its_text_all_the_same(world: World) -> None:
    await first_day_done_second_open(world)
    refused = await world.submit(await yesterday(world), done="Friday's work", minutes="lots")
    await world.pass_time(hours=8)
    again = await world.member.click(refused.response, label="Open the form again")
    assert shown_values(again.modal)["done"] == "Friday's work"
