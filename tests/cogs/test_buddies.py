"""Buddies as members see them."""

from datetime import time
from typing import Any

import discord
import pytest

from bot.buddies.service import Waiting
from bot.errors import BuddyAlready, NoBuddy, NotSetUp
from bot.preferences.service import change_preference
from bot.services import Services
from tests.cogs.conftest import World, said


@pytest.fixture
async def cleo(world: World) -> Any:
    await world.set_up(zone="Etc/UTC")
    return world.guild.add_member(world.env.create_user("cleo"))


async def buddy(world: World, what: str, member: Any = None) -> Any:
    return await (member or world.member).slash(world.channel, f"buddy {what}")


async def pair_up(world: World, cleo: Any) -> Any:
    """Ben waits and Cleo is paired with him; answers the message that told them."""
    await buddy(world, "find")
    await buddy(world, "find", cleo)
    return world.posted()[-1]


async def let_due_days_go_by(world: World, member: Any) -> None:
    """The member's free week is over, and then two days pass."""
    await world.check_in(member)
    await world.pass_time(days=10)
    await world.check_in(member)
    await world.pass_time(days=3, hours=13)


def labels(result: Any) -> list[str]:
    """What the buttons of an answer say."""
    return [button["label"] for row in result.response.components for button in row["components"]]


def pinged(world: World) -> list[str]:
    """Whom the last message in a channel may ping; nobody else, and no role."""
    sent = [request.json for request in world.env.http_requests if request.path.endswith("/messages")]
    allowed = sent[-1]["allowed_mentions"]
    assert allowed["parse"] == []
    return [str(user) for user in allowed["users"]]


async def test_the_second_who_asks_is_paired_and_both_are_told(world: World, cleo: Any) -> None:
    first = await buddy(world, "find")
    assert first.ephemeral
    assert "looking for a buddy" in said(first)
    assert labels(first) == ["Stop looking"]
    second = await buddy(world, "find", cleo)
    assert second.ephemeral
    assert f"It's <@{world.member.id}>" in said(second)
    (told,) = world.posted()
    assert told.content.startswith(f"<@{world.member.id}> and <@{cleo.id}>, you are buddies")
    assert pinged(world) == [str(world.member.id), str(cleo.id)]


async def test_the_two_are_told_in_the_days_thread(world: World, cleo: Any) -> None:
    await world.plan(zone="Etc/UTC")
    await world.pass_time(hours=9)
    await pair_up(world, cleo)
    assert len(world.posted()) == 1, "the prompt"
    (thread,) = world.channel.threads
    (told,) = world.posted(thread)
    assert "you are buddies from now on" in told.content


async def test_whoever_presses_the_button_sees_their_own_buddy(world: World, cleo: Any) -> None:
    await world.check_in(cleo, done="Read *two* papers, https://example.org/two")
    told = await pair_up(world, cleo)
    shown = await world.member.click(told, label="Look at my buddy")
    assert shown.ephemeral
    assert f"<@{cleo.id}>, since" in said(shown)
    assert r"Read \*two\* papers, https://example.org/two" in said(shown)
    assert labels(shown) == ["Leave"]
    stranger = await world.admin.click(told, label="Look at my buddy")
    assert stranger.ephemeral
    assert "no buddy here" in said(stranger)


async def test_braces_and_long_texts_with_links_fit_the_card(world: World, cleo: Any) -> None:
    link = "https://example.org/" + "x" * 150
    for _ in range(8):
        await world.check_in(cleo, done="{buddy} {since} " + "long " * 250 + link)
        await world.pass_time(days=1)
    await pair_up(world, cleo)
    shown = said(await buddy(world, "show"))
    assert shown.count("{buddy} {since} long") == 6
    assert shown.count(link) == 6


async def test_a_paused_buddy_is_away_and_nothing_more_is_said(
    world: World, cleo: Any, services: Services
) -> None:
    await world.plan(cleo, zone="Asia/Tokyo", days="mon, wed")
    await pair_up(world, cleo)
    await services.database.write(
        lambda db: (
            db.execute(
                "insert into pause values (?, ?, '2026-01-01', '2026-01-02', 0)", (world.guild.id, cleo.id)
            ).rowcount
        )
    )
    shown = said(await buddy(world, "show"))
    assert "**away**" in shown
    for hidden in ("Tokyo", "Mon", "2026", "Jan", "hour"):
        assert hidden not in shown


async def test_waiting_can_be_stopped_by_a_button(world: World, cleo: Any) -> None:
    waiting = await buddy(world, "find")
    stopped = await world.member.click(waiting.response, label="Stop looking")
    assert "stopped looking" in said(stopped)
    assert "looking for a buddy" in said(await buddy(world, "find", cleo))
    assert world.posted() == []


async def test_a_button_to_stop_looking_does_nothing_to_a_buddy_found_meanwhile(
    world: World, cleo: Any
) -> None:
    waiting = await buddy(world, "find")
    await buddy(world, "find", cleo)
    assert "You have a buddy already" in said(
        await world.member.click(waiting.response, label="Stop looking")
    )


async def test_leaving_is_one_press_and_the_other_is_told_kindly_and_privately(
    world: World, cleo: Any
) -> None:
    await pair_up(world, cleo)
    shown = await buddy(world, "show")
    left = await world.member.click(shown.response, label="Leave")
    assert left.ephemeral
    assert "no longer buddies" in said(left)
    assert len(world.posted()) == 1, "nothing is said in public"
    theirs = said(await buddy(world, "show", cleo))
    assert f"You and <@{world.member.id}> are no longer buddies." in theirs
    assert "says nothing about you" in theirs
    assert "looking for a buddy for you" in theirs


async def test_leaving_by_the_command(world: World, cleo: Any) -> None:
    await pair_up(world, cleo)
    assert "no longer buddies" in said(await buddy(world, "leave"))
    assert "no buddy here" in said(await buddy(world, "leave"))
    world.expect_error(NoBuddy)


async def test_a_nudge_mentions_the_buddy_alone_and_not_the_days_that_went_by(
    world: World, cleo: Any
) -> None:
    await pair_up(world, cleo)
    await let_due_days_go_by(world, cleo)
    before = len(world.posted())
    shown = await buddy(world, "show")
    assert labels(shown) == ["Nudge", "Leave"]
    assert f"<@{cleo.id}> know that you think of them" in said(
        await world.member.click(shown.response, label="Nudge")
    )
    *_, nudge = world.posted()
    assert len(world.posted()) == before + 1
    assert (
        nudge.content == f"<@{world.member.id}> thinks of you, <@{cleo.id}>. How about a small piece today?"
    )
    assert pinged(world) == [str(cleo.id)]
    opened = await cleo.click(nudge, label="Check in")
    assert opened.modal is not None
    assert "a nudge about this already" in said(await world.member.click(shown.response, label="Nudge"))
    assert labels(await buddy(world, "show")) == ["Leave"]


async def test_a_nudge_comes_directly_to_who_chose_that(world: World, cleo: Any, services: Services) -> None:
    await pair_up(world, cleo)
    await let_due_days_go_by(world, cleo)
    await services.database.write(change_preference, world.guild.id, cleo.id, direct_pings=True)
    before = len(world.posted())
    shown = await buddy(world, "show")
    await world.member.click(shown.response, label="Nudge")
    assert len(world.posted()) == before
    (direct,) = cleo.user.dm_channel.history()
    assert direct.content == (
        f"**Study group**\n<@{world.member.id}> thinks of you, in <#{world.channel.id}>. "
        "How about a small piece today?"
    )
    opened = await cleo.user.click(direct, label="Check in")
    assert opened.modal is not None


async def test_a_stranger_who_presses_a_buddys_buttons_changes_nothing(
    world: World, cleo: Any, services: Services
) -> None:
    told = await pair_up(world, cleo)
    await let_due_days_go_by(world, cleo)
    forged = await told.channel.send(
        "forged", view=_forged(f"buddy:nudge:v1:{cleo.id}", f"buddy:leave:v1:{cleo.id}")
    )
    for label in ("buddy:nudge:v1", "buddy:leave:v1"):
        answer = await world.admin.click(forged, label=label)
        assert answer.ephemeral
        assert "You two are not buddies now" in said(answer)
    assert labels(await buddy(world, "show")) == ["Nudge", "Leave"]


async def test_a_buddy_who_left_the_server_is_replaced_when_somebody_looks(world: World, cleo: Any) -> None:
    await pair_up(world, cleo)
    world.guild.remove_member(cleo)
    await buddy(world, "find", world.admin)
    shown = said(await buddy(world, "show"))
    assert f"You and <@{cleo.id}> are no longer buddies." in shown
    assert f"<@{world.admin.id}>, since" in shown
    assert len(world.posted()) == 2


async def test_who_looks_anew_after_a_buddy_left_the_server_is_not_told_to_have_one(
    world: World, cleo: Any
) -> None:
    await pair_up(world, cleo)
    world.guild.remove_member(cleo)
    assert "looking for a buddy for you" in said(await buddy(world, "find"))
    await buddy(world, "find", world.admin)
    assert f"<@{world.admin.id}>, since" in said(await buddy(world, "show"))


async def test_a_buddy_who_left_the_server_is_not_nudged(world: World, cleo: Any, services: Services) -> None:
    await pair_up(world, cleo)
    await let_due_days_go_by(world, cleo)
    await services.database.write(change_preference, world.guild.id, cleo.id, direct_pings=True)
    shown = await buddy(world, "show")
    before = len(world.posted())
    world.guild.remove_member(cleo)
    answer = said(await world.member.click(shown.response, label="Nudge"))
    assert f"You and <@{cleo.id}> are no longer buddies." in answer
    assert "looking for a buddy for you" in answer
    assert list(cleo.user.dm_channel.history()) == []
    assert len(world.posted()) == before


async def test_a_buddy_who_left_the_server_is_not_looked_for_anew_when_the_other_leaves_them(
    world: World, cleo: Any, services: Services
) -> None:
    await pair_up(world, cleo)
    world.guild.remove_member(cleo)
    assert f"You and <@{cleo.id}> are no longer buddies." in said(await buddy(world, "leave"))
    await services.buddies.tend()
    assert isinstance(await services.buddies.find(world.guild.id, world.admin.id), Waiting)


async def test_who_left_the_server_is_not_found(world: World, cleo: Any) -> None:
    await buddy(world, "find", cleo)
    world.guild.remove_member(cleo)
    assert "looking for a buddy for you" in said(await buddy(world, "find"))
    assert world.posted() == []
    # Who comes back simply goes on.
    back = world.guild.add_member(cleo.user)
    assert f"It's <@{world.member.id}>" in said(await buddy(world, "find", back))


async def test_a_server_that_is_not_set_up_says_so(world: World) -> None:
    assert "/setup" in said(await buddy(world, "find"))
    world.expect_error(NotSetUp)


async def test_one_buddy_at_a_time(world: World, cleo: Any) -> None:
    await pair_up(world, cleo)
    assert "one at a time is enough" in said(await buddy(world, "find"))
    world.expect_error(BuddyAlready)


async def test_nothing_of_one_server_shows_in_another(world: World, cleo: Any, services: Services) -> None:
    other = world.env.create_guild("Another group")
    other_channel = other.create_text_channel("daily")
    ben_there, cleo_there = other.add_member(world.member.user), other.add_member(cleo.user)
    await services.servers.set_up(
        other.id, checkin_channel_id=other_channel.id, zone="Etc/UTC", prompt_time=time(9)
    )
    await world.check_in(cleo, done="Only for the first")
    await pair_up(world, cleo)
    assert "no buddy here" in said(await ben_there.slash(other_channel, "buddy show"))
    world.expect_error(NoBuddy)
    await ben_there.slash(other_channel, "buddy find")
    await cleo_there.slash(other_channel, "buddy find")
    assert "No check-in in the last seven days" in said(await ben_there.slash(other_channel, "buddy show"))
    assert "Only for the first" in said(await buddy(world, "show"))
    assert len(world.posted(other_channel)) == 1
    await ben_there.slash(other_channel, "buddy leave")
    assert f"<@{cleo.id}>, since" in said(await buddy(world, "show"))


def _forged(*names: str) -> Any:
    view = discord.ui.View(timeout=None)
    for name in names:
        view.add_item(discord.ui.Button(label=name.rsplit(":", 1)[0], custom_id=name))
    view.stop()
    return view
