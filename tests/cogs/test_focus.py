"""/focus and its buttons: what a member is answered, and what the others see."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import discord
import pytest
from discord.utils import format_dt

from bot.errors import BlockOver, NotSetUp
from bot.focus.deliveries import CompanyContent, EndContent
from bot.focus.rules import Company, InFocus
from bot.services import Services
from cogs.client import Autodidact
from cogs.focus import answers, cards
from tests.cogs.conftest import World, field, said, shown_values

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
LONGEST_ID = 2**64 - 1
NONCE = "a" * 24


async def focus(world: World, member: Any = None, minutes: int = 50, **options: Any) -> Any:
    return await (member or world.member).slash(
        world.channel, "focus", **{"minutes": minutes, "effort": "high", **options}
    )


async def at_ten(world: World) -> None:
    """The server is set up, the prompt of nine o'clock is out, and it is ten."""
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan(days="every day", zone="Etc/UTC")
    await world.pass_time(hours=10)


def thread_of(world: World) -> Any:
    (thread,) = world.channel.threads
    return thread


def labels(message: discord.Message) -> list[str | None]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [button.label for row in rows for button in row.children if isinstance(button, discord.Button)]


def answered_labels(answer: Any) -> list[str]:
    """The labels of the buttons under an answer."""
    return [button["label"] for row in answer.response.components for button in row["components"]]


def mentions_in_bodies(world: World, text: str) -> list[Any]:
    """What the messages that hold a text allow to be mentioned."""
    bodies = [r.json for r in world.env.http_requests if isinstance(r.json, dict)]
    return [body["allowed_mentions"] for body in bodies if text in body.get("content", "")]


async def two_hours_pass(world: World) -> None:
    for _ in range(12):
        await world.pass_time(minutes=10)


async def test_a_start_is_answered_privately_with_its_end_and_what_suits_the_effort(world: World) -> None:
    await world.set_up()
    answer = await focus(world, minutes=25, effort="low")
    assert answer.ephemeral
    assert f"25 minutes of focus, until {format_dt(NEW_YEAR + timedelta(minutes=25), 't')}" in said(answer)
    assert "Low effort" in said(answer)
    assert "light debugging" in said(answer)
    assert answered_labels(answer) == ["Stop early"]


async def test_a_second_start_says_until_when_the_first_runs(world: World) -> None:
    await world.set_up()
    await focus(world, minutes=90)
    await world.pass_time(minutes=30)
    answer = await focus(world, minutes=25)
    assert "in focus already" in said(answer)
    assert format_dt(NEW_YEAR + timedelta(minutes=90), "t") in said(answer)
    assert answered_labels(answer) == ["Stop early"]


async def test_in_a_server_that_is_not_set_up_a_member_is_told_so(world: World) -> None:
    answer = await focus(world)
    assert "not been set up" in said(answer)
    world.expect_error(NotSetUp)


async def test_the_end_mentions_its_member_alone_and_offers_the_check_in_with_the_minutes(
    world: World,
) -> None:
    await at_ten(world)
    await focus(world, minutes=25)
    await world.pass_time(minutes=25)
    await focus(world, minutes=50)
    await world.pass_time(minutes=50)
    _, end = world.posted(thread_of(world))
    assert end.content.startswith(f"<@{world.member.id}>: your 50 minutes are over.")
    assert labels(end) == ["Check in with 75 minutes"]
    (first, last) = mentions_in_bodies(world, "minutes are over")
    assert first == last
    assert last["users"] == [world.member.id]
    assert last.get("parse", []) == []
    shown = await world.member.click(end, label="Check in with 75 minutes")
    assert shown_values(shown.modal)["minutes"] == "75"


async def test_stopping_early_replaces_the_answer_and_offers_the_check_in(world: World) -> None:
    await at_ten(world)
    answer = await focus(world)
    await world.pass_time(minutes=12)
    stopped = await world.member.click(answer.response, label="Stop early")
    assert "Stopped after 12 minutes" in said(stopped)
    assert answered_labels(stopped) == ["Check in with 12 minutes"]
    shown = await world.member.click(stopped.response, label="Check in with 12 minutes")
    assert shown_values(shown.modal)["minutes"] == "12"
    await world.pass_time(hours=1)
    assert world.channel.threads == []


async def test_stopping_at_once_offers_nothing(world: World) -> None:
    await world.set_up()
    stopped = await world.member.click((await focus(world)).response, label="Stop early")
    assert "Come back when it suits you" in said(stopped)
    assert answered_labels(stopped) == []


async def test_the_button_of_a_block_that_is_over_says_so(world: World) -> None:
    await world.set_up()
    answer = await focus(world, minutes=25)
    await world.pass_time(minutes=25)
    late = await world.member.click(answer.response, label="Stop early")
    assert str(BlockOver()) in said(late)


async def test_two_in_focus_are_shown_to_all_and_a_third_may_join(world: World) -> None:
    await at_ten(world)
    cleo = world.guild.add_member(world.env.create_user("cleo"))
    await focus(world, world.admin, minutes=90)
    assert world.channel.threads == []
    answer = await focus(world, minutes=25)
    ten = NEW_YEAR + timedelta(hours=10)
    ada, ben = f"<@{world.admin.id}>", f"<@{world.member.id}>"
    until = {minutes: format_dt(ten + timedelta(minutes=minutes), "t") for minutes in (25, 50, 90)}
    assert field(answer.response.embeds[0], "In focus too") == f"{ada} until {until[90]}"
    (company,) = world.posted(thread_of(world))
    assert company.content == f"**In focus now**\n{ada} until {until[90]}\n{ben} until {until[25]}"
    assert labels(company) == ["Join for 50 minutes"]
    await world.pass_time(seconds=5)
    joined = await cleo.click(company, label="Join for 50 minutes")
    assert joined.ephemeral
    assert "50 minutes of focus" in said(joined)
    await world.pass_time(seconds=5)
    (company,) = world.posted(thread_of(world))
    assert f"<@{cleo.id}> until" in company.content
    again = await cleo.click(company, label="Join for 50 minutes")
    assert "in focus already" in said(again)
    await two_hours_pass(world)
    company = world.posted(thread_of(world))[0]
    assert company.content == "**3 people in focus together: 165 minutes in all.**"
    assert labels(company) == ["Focus for 50 minutes"]
    assert {str(each) for each in mentions_in_bodies(world, "In focus now")} == {"{'parse': []}"}


async def test_whoever_has_finished_is_named_below_those_who_go_on(world: World) -> None:
    await at_ten(world)
    await focus(world, world.admin, minutes=90)
    await focus(world, minutes=25)
    await world.pass_time(minutes=25)
    await world.pass_time(seconds=10)
    company = world.posted(thread_of(world))[0]
    assert company.content.splitlines()[1].startswith(f"<@{world.admin.id}> until")
    assert company.content.splitlines()[2:] == [f"Finished: <@{world.member.id}>"]


async def test_stopping_early_shows_at_once_on_the_companys_message(world: World) -> None:
    await at_ten(world)
    await focus(world, world.admin, minutes=90)
    answer = await focus(world)
    await world.pass_time(minutes=5)
    await world.member.click(answer.response, label="Stop early")
    (company,) = world.posted(thread_of(world))
    assert f"Finished: <@{world.member.id}>" in company.content


async def test_a_block_that_nobody_sees_shows_nowhere(world: World) -> None:
    await at_ten(world)
    await focus(world, world.admin, seen=True)
    answer = await focus(world, seen=False)
    assert "Nobody else sees this block" in answer.response.embeds[0].footer.text
    assert f"<@{world.admin.id}>" in said(answer)
    await world.pass_time(minutes=20)
    again = await focus(world, world.admin)
    assert str(world.member.id) not in said(again)
    await two_hours_pass(world)
    everything = [m.content for place in (world.channel, thread_of(world)) for m in world.posted(place)]
    assert any(str(world.admin.id) in text for text in everything)
    assert not any(str(world.member.id) in text for text in everything)


async def test_the_buttons_work_after_a_restart(world: World, services: Services) -> None:
    await at_ten(world)
    answer = await focus(world, world.admin, minutes=90)
    await focus(world, minutes=25)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    stopped = await world.admin.click(answer.response, label="Stop early")
    assert "Come back when it suits you" in said(stopped)
    (company,) = world.posted(thread_of(world))
    joined = await world.admin.click(company, label="Join for 50 minutes")
    assert "50 minutes of focus" in said(joined)


async def test_two_servers_with_the_same_people_show_each_its_own_focus(
    world: World, services: Services
) -> None:
    other = world.env.create_guild("Another group")
    other_channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await at_ten(world)
    await services.servers.set_up(
        other.id, checkin_channel_id=other_channel.id, zone="Asia/Tokyo", prompt_time=time(9)
    )
    await focus(world, world.admin, minutes=90)
    there = await ben_there.slash(other_channel, "focus", minutes=25, effort="middle")
    assert str(world.admin.id) not in said(there)
    here = await focus(world, minutes=50)
    assert "50 minutes of focus" in said(here)
    await two_hours_pass(world)
    ends_here = [m.content for m in world.posted(thread_of(world)) if "are over" in m.content]
    assert sorted(ends_here) == sorted(
        f"<@{member.id}>: your {minutes} minutes are over. Well spent. Get up, stretch, look far away."
        for member, minutes in ((world.admin, 90), (world.member, 50))
    )
    assert [m.content for m in world.posted(other_channel)] == [
        f"<@{ben_there.id}>: your 25 minutes are over. Well spent. Get up, stretch, look far away."
    ]
    shown = await ben_there.slash(other_channel, "checkin")
    assert shown_values(shown.modal)["minutes"] == "25"


# --- how it looks at its fullest


def crowd(number: int) -> list[InFocus]:
    return [InFocus(LONGEST_ID - position, NEW_YEAR) for position in range(number)]


@pytest.mark.parametrize(("running", "finished"), [(1, 0), (24, 20), (500, 500), (1, 500), (500, 1)])
def test_however_many_are_in_focus_the_message_fits(running: int, finished: int) -> None:
    company = Company(crowd(running), [LONGEST_ID - each for each in range(finished)], 100_000)
    rendered = cards.render_company(CompanyContent(company), NONCE)
    assert len(rendered.text) <= 2000 * 0.95
    assert ("and 476 more" in rendered.text) == (running == 500)
    assert ("and 480 more" in rendered.text) == (finished == 500)


def test_however_many_are_in_focus_the_answer_fits() -> None:
    text = answers.in_focus(crowd(500), answers.OTHERS_SHOWN)
    assert len(text) <= 1024
    assert text.endswith("and 485 more")


def test_each_message_carries_its_nonce() -> None:
    company = Company(crowd(2), [], 0)
    for rendered in (
        cards.render_end(EndContent(LONGEST_ID, 90, 1440), NONCE),
        cards.render_company(CompanyContent(company), NONCE),
        cards.render_company(CompanyContent(Company([], [1, 2], 3)), NONCE),
    ):
        assert rendered.view is not None
        names = [getattr(item, "custom_id", "") for item in _items(rendered.view)]
        assert any(NONCE in name for name in names)


def _items(view: discord.ui.View) -> list[Any]:
    return [getattr(child, "item", child) for child in view.children]
