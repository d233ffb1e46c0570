"""Nothing of one server shows in another, though the same people are in both."""

from datetime import time
from typing import Any

import discord
import pytest

from bot.preferences.rules import Shown
from bot.services import Services
from tests.cogs.conftest import World, field, said, shown_values

REFUSES_DIRECT = {"status": 403, "code": 50007, "message": "Cannot send messages to this user"}


class OtherServer:
    """A second server with the same two people, whose check-in channel has another name."""

    def __init__(self, world: World):
        self.guild = world.env.create_guild("Another group")
        self.channel = self.guild.create_text_channel("daily")
        admins = self.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        self.admin = self.guild.add_member(world.admin.user, roles=[admins])
        self.member = self.guild.add_member(world.member.user)

    async def set_up(self, hour: int = 9, zone: str = "Etc/UTC") -> Any:
        return await self.admin.slash(self.channel, "setup", channel=self.channel, zone=zone, hour=hour)

    async def plan(self, **options: Any) -> Any:
        return await self.member.slash(self.channel, "routine set", **options)

    async def check_in(self, world: World, **typed: str) -> Any:
        shown = await self.member.slash(self.channel, "checkin")
        return await world.submit(shown, member=self.member, **typed)


@pytest.fixture
def other(world: World) -> OtherServer:
    return OtherServer(world)


def everything_in(channel: Any) -> str:
    """All that stands in a channel and its threads, as one text."""
    messages = [message for place in (channel, *channel.threads) for message in place.history()]
    parts = [
        [message.content, *(str(embed.to_dict()) for embed in message.embeds), str(_custom_ids(message))]
        for message in messages
    ]
    return "\n".join(text for part in parts for text in part)


def _custom_ids(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [getattr(item, "custom_id", None) or "" for row in rows for item in row.children]


def direct_messages(world: World) -> list[discord.Message]:
    return list(world.member.user.dm_channel.history())


async def direct(answer: Any, member: Any) -> Any:
    return await member.click(answer.response, label="Ping me by direct message")


async def second(answer: Any, member: Any) -> Any:
    return await member.click(answer.response, label="A second ping two hours later")


async def states(services: Services, guild: Any, member: Any) -> list[str]:
    return [day.state.value for day in await services.checkins.ledger(guild.id, member.id)]


async def test_two_servers_with_the_same_people_know_nothing_of_each_other(
    world: World, services: Services
) -> None:
    other = world.env.create_guild("Another group")
    other_channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await world.set_up(hour=9, zone="Etc/UTC")
    await services.servers.set_up(
        other.id, checkin_channel_id=other_channel.id, zone="Asia/Tokyo", prompt_time=time(9)
    )
    await world.plan(zone="Etc/UTC", time="10:00", ping=True)
    await world.check_in(done="Only for the first")
    shown = await ben_there.slash(other_channel, "checkin")
    assert shown_values(shown.modal)["done"] == ""
    assert "Day one of a streak" in said(
        await world.submit(shown, member=ben_there, done="Only for the second")
    )
    await world.pass_time(hours=20)
    first = [m.content + "".join(e.description or "" for e in m.embeds) for m in world.channel.history()]
    second = [m.content + "".join(e.description or "" for e in m.embeds) for m in other_channel.history()]
    assert any("Only for the first" in text for text in first)
    assert not any("Only for the second" in text for text in first)
    # Nobody has a routine there, so nothing but the card was posted.
    assert second == [f"<@{world.member.id}> checked in.Only for the second"]


async def test_all_that_check_ins_say_by_themselves_stays_in_its_own_server(
    world: World, other: OtherServer, services: Services
) -> None:
    """Prompts, threads, pings, second pings, and cards with figures: at other hours in each server."""
    await world.set_up(hour=9, zone="Etc/UTC")
    await other.set_up(hour=13)
    await second(await world.plan(time="10:00", ping=True, zone="Etc/UTC"), world.member)
    await second(await other.plan(time="14:00", ping=True, zone="Etc/UTC"), other.member)
    await world.member.slash(world.channel, "preferences", shown="streak")
    await other.member.slash(other.channel, "preferences", shown="consistency")
    for _day in range(2):
        for _hour in range(17):
            await world.pass_time(hours=1)
        await world.check_in(done="Done for the first https://first.example/a")
        await other.check_in(world, done="Done for the second https://second.example/b")
        for _hour in range(7):
            await world.pass_time(hours=1)
    here, there = everything_in(world.channel), everything_in(other.channel)
    for text, own, foreign in ((here, "first", "second"), (there, "second", "first")):
        assert f"Done for the {own}" in text
        assert f"Done for the {foreign}" not in text
        assert f"{foreign}.example" not in text
        # On each of two days a ping and a second one.
        assert text.count("it's your time") == 2
        assert text.count("your second reminder") == 2
        assert text.count("**Checked in:**") == 2
    assert "2 due days in a row" in here
    assert "due days in a row" not in there
    assert "2 of the last 2 due days" in there
    assert "of the last" not in here
    kinds = await services.database.read(
        lambda db: {
            row["kind"] for row in db.execute("select kind from delivery where message_id is not null")
        }
    )
    assert {"prompt", "ping", "second_ping", "card"} <= kinds


async def test_no_message_has_a_button_that_also_stands_in_the_other_server(
    world: World, other: OtherServer
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await other.set_up(hour=9)
    await world.plan(time="10:00", ping=True)
    await other.plan(time="10:00", ping=True)
    await world.pass_time(hours=10)
    await world.check_in(done="Here")
    await other.check_in(world, done="There")

    def nonces(channel: Any) -> set[str]:
        messages = [message for place in (channel, *channel.threads) for message in place.history()]
        ids = [custom_id for message in messages for custom_id in _custom_ids(message)]
        return {custom_id for custom_id in ids if custom_id.startswith("checkin:open:")}

    here, there = nonces(world.channel), nonces(other.channel)
    # A prompt, a ping and a card in each.
    assert (len(here), len(there)) == (3, 3)
    assert here & there == set()


async def test_direct_pings_of_two_servers_are_two_and_each_checks_in_to_its_own(
    world: World, other: OtherServer, services: Services
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await other.set_up(hour=9)
    await direct(await world.plan(time="10:00", ping=True, zone="Etc/UTC"), world.member)
    await direct(await other.plan(time="10:00", ping=True, zone="Etc/UTC"), other.member)
    await world.pass_time(hours=10)
    messages = direct_messages(world)
    by_channel = {
        channel.id: next(message for message in messages if channel.mention in message.content)
        for channel in (world.channel, other.channel)
    }
    assert len(messages) == 2
    user = world.member.user
    form = await user.click(by_channel[other.channel.id], label="Check in")
    await world.submit(form, member=user, done="Only for the second")
    assert "Only for the second" in everything_in(other.channel)
    assert "Only for the second" not in everything_in(world.channel)
    assert await states(services, world.guild, world.member) == ["today"]
    form = await user.click(by_channel[world.channel.id], label="Check in")
    assert shown_values(form.modal)["done"] == ""
    await world.submit(form, member=user, done="Only for the first")
    assert "Only for the first" not in everything_in(other.channel)
    assert "Only for the first" in everything_in(world.channel)


async def test_second_direct_pings_of_two_servers_come_for_the_one_that_is_open(
    world: World, other: OtherServer
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await other.set_up(hour=9)
    for guild, member in ((world, world.member), (other, other.member)):
        answer = await guild.plan(time="10:00", ping=True, zone="Etc/UTC")
        await direct(answer, member)
        await second(answer, member)
    await world.pass_time(hours=10)
    await world.check_in(done="Done here")
    await world.pass_time(hours=2)
    (reminder,) = [message for message in direct_messages(world) if "second reminder" in message.content]
    assert other.channel.mention in reminder.content


async def test_a_direct_message_refused_for_one_server_leaves_the_others_choice(
    world: World, other: OtherServer, services: Services
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await other.set_up(hour=9)
    await direct(await world.plan(time="10:00", ping=True, zone="Etc/UTC"), world.member)
    await direct(await other.plan(time="15:00", ping=True, zone="Etc/UTC"), other.member)
    channel = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", times=1, **REFUSES_DIRECT)
    await world.pass_time(hours=10)
    await world.pass_time(hours=5)
    assert "did not let me write" in everything_in(world.channel)
    assert "did not let me write" not in everything_in(other.channel)
    (message,) = direct_messages(world)
    assert other.channel.mention in message.content
    there = await services.preferences.find(other.guild.id, world.member.id)
    assert (there.direct_pings, there.direct_refused_on) == (True, None)


async def test_not_today_in_one_server_is_no_day_off_in_the_other(
    world: World, other: OtherServer, services: Services
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await other.set_up(hour=9)
    await direct(await world.plan(time="10:00", ping=True, zone="Etc/UTC"), world.member)
    await other.plan(time="10:00", ping=True, zone="Etc/UTC")
    await world.pass_time(hours=10)
    (ping,) = direct_messages(world)
    await world.member.user.click(ping, label="Not today")
    assert await states(services, world.guild, world.member) == ["rest"]
    assert await states(services, other.guild, other.member) == ["today"]
    (thread,) = other.channel.threads
    assert "it's your time" in everything_in(other.channel)
    answer = await other.member.click(
        next(m for m in thread.history() if "it's your time" in m.content), label="Not today"
    )
    assert "Rest well" in said(answer)


async def test_changes_deletions_and_late_reports_stay_in_their_server(
    world: World, other: OtherServer, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await other.set_up()
    await world.check_in(done="Here https://first.example")
    await other.check_in(world, done="There https://second.example")
    listed = await world.member.slash(world.channel, "checkins")
    assert "There" not in said(listed)
    chosen = await world.member.select(listed.response, ["2026-01-01"])
    asked = await world.member.click(chosen.response, label="Delete it")
    await world.member.click(asked.response, label="Delete for good")
    await world.pass_time(minutes=1)
    assert world.posted() == []
    assert [m.embeds[0].description for m in world.posted(other.channel)] == ["There https://second.example"]
    await world.pass_time(days=1)
    late = await world.member.slash(world.channel, "checkin", day="yesterday")
    assert late.modal["title"] == "Check in for yesterday"
    assert shown_values(late.modal)["done"] == ""
    await world.submit(late, done="Here, late")
    assert await states(services, other.guild, other.member) == ["done", "today"]
    there = await other.member.slash(other.channel, "checkins")
    assert "Here, late" not in said(there)
    evidence = await services.database.read(
        lambda db: [(row["guild_id"], row["url"]) for row in db.execute("select guild_id, url from evidence")]
    )
    assert evidence == [(other.guild.id, "https://second.example")]


async def test_goals_figures_and_breaks_of_one_server_are_unknown_in_the_other(
    world: World, other: OtherServer, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await other.set_up()
    await world.member.slash(world.channel, "goal set", text="Only here")
    await services.preferences.change(world.guild.id, world.member.id, shown=Shown.STREAK)
    for _day in range(8):
        await world.check_in(done="Here", kind="learning", minutes="50")
        await world.pass_time(days=1)
    form = await other.member.slash(other.channel, "checkin")
    assert "description" not in form.modal["components"][0]
    assert shown_values(form.modal)["kind"] == "building"
    answer = await world.submit(form, member=other.member, done="There")
    assert field(answer.response.embeds[0], "Streak") == "**1 due day** in a row"
    assert [each.name for each in answer.response.embeds[0].fields] == ["Streak"]
    (card,) = world.posted(other.channel)
    assert card.embeds[0].footer.text == "Building · 9 Jan"
    await world.pass_time(days=6)
    # Here the last one was on the eighth, there on the ninth.
    assert "6 days away" in (await world.check_in(done="Back here")).response.embeds[0].title
    assert "5 days away" in (await other.check_in(world, done="Back there")).response.embeds[0].title


async def test_a_refused_form_of_one_server_cannot_be_opened_into_the_other(
    world: World, other: OtherServer, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await other.set_up()
    refused = await world.check_in(done="Written for the first", minutes="lots")
    (row,) = refused.response.components
    (button,) = row["components"]
    channel = world.bot.get_channel(other.channel.id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Made up", custom_id=button["custom_id"]))
    view.stop()
    message = await channel.send("The same button in another server", view=view)
    opened = await other.member.click(message, label="Made up")
    assert shown_values(opened.modal)["done"] == ""


async def test_another_members_draft_opens_for_nobody_else(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    refused = await world.check_in(done="Ben's own words", minutes="lots")
    (row,) = refused.response.components
    (button,) = row["components"]
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Made up", custom_id=button["custom_id"]))
    view.stop()
    message = await channel.send("The same button for all to see", view=view)
    opened = await world.admin.click(message, label="Made up")
    assert shown_values(opened.modal)["done"] == ""


async def test_every_row_of_the_outbox_names_the_server_it_was_sent_in(
    world: World, other: OtherServer, services: Services
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await other.set_up(hour=9)
    for guild, member in ((world, world.member), (other, other.member)):
        await direct(await guild.plan(time="10:00", ping=True, zone="Etc/UTC"), member)
        await guild.admin.slash(guild.channel, "routine set", time="10:00", zone="Etc/UTC", ping=True)
    await world.pass_time(hours=10)
    await world.check_in(done="Here")
    await other.check_in(world, done="There")
    rows = await services.database.read(
        lambda db: list(
            db.execute("select guild_id, channel_id, kind from delivery where message_id is not null")
        )
    )
    own = {
        guild.id: {channel.id, *(thread.id for thread in channel.threads), world.member.user.dm_channel.id}
        for guild, channel in ((world.guild, world.channel), (other.guild, other.channel))
    }
    assert {row["kind"] for row in rows} == {"prompt", "ping", "direct_ping", "card"}
    assert all(row["channel_id"] in own[row["guild_id"]] for row in rows)
    assert len(rows) == 8
