"""What a check-in is answered with: the greeting after a break, the figures, and Sunday's button."""

import re
from typing import Any

import pytest

from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said

REPROACHES = re.compile(
    r"\b(miss(ed)?|lost|broke[n]?|fail(ed)?|only|again|unfortunately|should)\b", re.IGNORECASE
)


def labels(answer: Any) -> list[str]:
    return [button["label"] for row in answer.response.components for button in row["components"]]


def title(answer: Any) -> str:
    return answer.response.embeds[0].title or ""


def fields(answer: Any) -> list[str]:
    return [each.name or "" for each in answer.response.embeds[0].fields]


async def check_in_days(world: World, count: int, member: Any = None) -> Any:
    """Check in on so many days in a row; it is the day after the last one then."""
    answer = None
    for _day in range(count):
        answer = await world.check_in(member)
        await world.pass_time(days=1)
    return answer


async def test_after_a_break_the_member_is_greeted_without_reproach(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await check_in_days(world, 2)
    await world.pass_time(days=6, hours=13)
    answer = await world.check_in()
    assert title(answer) == "Good to have you back. 6 days away, and here you are."
    assert "Day one of a streak" in said(answer)
    assert not REPROACHES.search(said(answer).replace("of the last", ""))


@pytest.mark.parametrize(("away", "greeted"), [(4, False), (5, True)])
async def test_a_break_is_five_days_or_more(world: World, away: int, greeted: bool) -> None:
    await world.set_up(zone="Etc/UTC")
    await check_in_days(world, 1)
    await world.pass_time(days=away, hours=13)
    assert ("Good to have you back" in title(await world.check_in())) is greeted


async def test_after_planned_days_off_nobody_is_called_away(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan(days="thu")
    await check_in_days(world, 1)
    await world.pass_time(days=6, hours=13)
    answer = await world.check_in()
    assert "back" not in title(answer)
    assert "**2 due days** in a row" in said(answer)


async def test_after_a_pause_the_member_is_greeted_and_the_streak_goes_on(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await check_in_days(world, 3)
    await services.routines.pause(world.guild.id, world.member.id, "today", "in a week")
    await world.pass_time(days=8, hours=13)
    answer = await world.check_in()
    assert title(answer) == "Good to have you back. 8 days away, and here you are."
    assert field(answer.response.embeds[0], "Streak") == "**4 due days** in a row"


async def test_a_break_that_freezes_covered_is_greeted_and_the_streak_goes_on(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan(days="mon-fri")
    for _day in range(29):  # three freezes are earned by twenty-one days done
        await world.check_in()
        await world.pass_time(days=1)
    # Friday 30 January; away until Wednesday after noon: Friday, Monday and Tuesday are frozen.
    await world.pass_time(days=5, hours=13)
    answer = await world.check_in()
    assert "5 days away" in title(answer)
    assert field(answer.response.embeds[0], "Streak") == "**22 due days** in a row"
    assert "Freezes" not in fields(answer)


async def test_after_days_on_which_the_bot_was_down_the_greeting_is_the_same(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.bot.beat()
    await check_in_days(world, 1)
    await world.bot.beat()
    await world.pass_time(days=6, hours=13)
    await world.bot.beat()
    answer = await world.check_in()
    assert "6 days away" in title(answer)
    # What the bot missed costs its members nothing.
    assert field(answer.response.embeds[0], "Streak") == "**2 due days** in a row"
    days = await services.checkins.ledger(world.guild.id, world.member.id)
    assert [day.state.value for day in days] == ["done", *["outage"] * 6, "done"]


async def test_the_first_check_in_ever_is_greeted_as_no_return(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan()
    await world.pass_time(days=9, hours=13)
    assert "back" not in title(await world.check_in())


async def test_a_change_on_the_day_of_the_return_is_greeted_as_a_change(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await check_in_days(world, 1)
    await world.pass_time(days=6, hours=13)
    await world.check_in()
    assert title(await world.check_in(done="Better")).startswith("Changed.")


async def test_who_is_back_in_the_morning_can_report_yesterday_and_is_greeted_once(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await check_in_days(world, 1)
    await world.pass_time(days=7, hours=8)
    today = await world.check_in()
    assert "Good to have you back" in title(today)
    late = await world.member.click(today.response, label="Report yesterday")
    answer = await world.submit(late, done="Yesterday as well")
    assert "Good to have you back" not in title(answer)


async def test_freezes_stand_in_the_answer_once_there_are_any(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    assert "Freezes" not in fields(await check_in_days(world, 6))
    seventh = await check_in_days(world, 1)
    assert field(seventh.response.embeds[0], "Freezes") == "1 in store"
    fourteenth = await check_in_days(world, 7)
    assert field(fourteenth.response.embeds[0], "Freezes") == "2 in store"
    await check_in_days(world, 7)
    more = await check_in_days(world, 8)
    assert field(more.response.embeds[0], "Freezes") == "3 in store"


async def test_streak_and_consistency_stand_side_by_side(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    assert fields(await check_in_days(world, 1)) == ["Streak"]
    assert fields(await check_in_days(world, 1)) == ["Streak", "Consistency"]
    await world.pass_time(days=3, hours=13)
    answer = await world.check_in()
    assert field(answer.response.embeds[0], "Streak") == "**1 due day** in a row"
    assert field(answer.response.embeds[0], "Consistency") == "3 of the last 6 due days"


async def test_an_extra_day_shows_no_streak_of_nought(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan(days="mon")
    answer = await world.check_in()  # Thursday
    assert "An extra day" in said(answer)
    assert fields(answer) == []


async def test_on_sunday_the_answer_offers_a_look_at_the_week_and_on_no_other_day(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    offered = []
    for _day in range(7):
        answer = await world.check_in(done="Wrote a page")
        offered.append("Look at my week" in labels(answer))
        await world.pass_time(days=1)
    # From Thursday to Wednesday.
    assert offered == [False, False, False, True, False, False, False]


async def test_sundays_button_shows_the_members_own_week_privately(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.pass_time(days=3)
    await world.check_in(world.admin, done="Ada's work", minutes="500")
    answer = await world.check_in(done="Ben's work", minutes="45")
    week = await world.member.click(answer.response, label="Look at my week")
    assert week.ephemeral
    assert "45" in said(week)
    assert "500" not in said(week)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    after_restart = await world.member.click(answer.response, label="Look at my week")
    assert said(after_restart) == said(week)


async def test_whether_it_is_sunday_is_the_members_own_affair(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan(zone="Pacific/Kiritimati")
    await world.pass_time(days=2, hours=11)  # Saturday in UTC, an hour after midnight on Sunday there
    assert "Look at my week" in labels(await world.check_in())
    assert "Look at my week" not in labels(await world.check_in(world.admin))
