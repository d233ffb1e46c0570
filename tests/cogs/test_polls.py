"""Starting polls and looking at them, as those see it who do."""

from typing import Any

import discord
import pytest

from bot.errors import DateIsOver, TextTooLong, UnknownDate
from bot.ideas.rules import IdeaText
from bot.polls.errors import (
    DeadlineTooFar,
    DeadlineTooSoon,
    MayNotAskEveryone,
    NoPollHere,
    NoSuchPoll,
    PollGone,
    TooManyPolls,
)
from bot.polls.rules import Method, Scope
from bot.polls.service import Wanted
from bot.ranking.criteria import Purpose
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said
from tests.cogs.polls_seen import add, labels_under, poll_message, shown, start, view_of, words_of
from tests.cogs.voting_booth import Booth, labels
from tests.open_polls import Chair, numbered_ideas, open_poll


@pytest.fixture
def cy(world: World) -> Any:
    return world.guild.add_member(world.env.create_user("cy"))


# -- starting


async def test_alone_a_poll_begins_with_ones_own_ideas_and_says_what_happens_when(
    world: World, services: Services
) -> None:
    for number in range(7):
        await services.ideas.add(world.guild.id, world.member.id, IdeaText(f"Idea {number}"))
    answer = await start(world, until="in 10 days")
    assert answer.ephemeral
    words = words_of(answer)
    assert "The poll has begun with the 7 ideas on your list; 20 make a good choice." in words
    assert "open the voting at once by “Steer”" in words
    assert all(part in words for part in ("Collecting ends <t:", "The cards end <t:", "The final ends <t:"))
    assert "each of the five gets 0 to 5 for five short questions" in words
    message = poll_message(world)
    assert f"<@{world.member.id}> ranks ideas of their own." in shown(message)
    assert "7 of 20 ideas" in shown(message)
    assert labels_under(message) == ["Add an idea", "From my list", "The ideas", "Where to look", "Steer"]
    poll = (await view_of(world, services)).poll
    assert (poll.scope, poll.method, poll.standing_open) == (Scope.ALONE, Method.SCORES, False)
    # It is midnight in UTC, so the tenth day from now is over eleven days later.
    assert poll.final_until.day == 12


async def test_who_is_invited_hears_of_it_once_and_the_polls_message_pings_nobody(
    world: World, services: Services, cy: Any
) -> None:
    dora = world.guild.add_member(world.env.create_user("dora"))
    answer = await start(world, who="invited", final="ranking", standing=1)
    assert "Choose below whom you invite. They are mentioned once" in said(answer)
    assert "the five are put in order" in said(answer)
    chosen = await world.member.select(answer.response, [cy])
    assert f"Invited: <@{cy.id}>." in said(chosen)
    assert "Phase: **Collect**" in said(await world.member.click(chosen.response, label="Steer"))
    link = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{poll_message(world).id}"
    invitation = world.posted()[-1]
    assert invitation.content == (
        f"<@{cy.id}>: <@{world.member.id}> invites you to the poll “What do we build?”. "
        f"You may add ideas and vote: {link}"
    )
    chosen = await world.member.select(chosen.response, [cy, dora])
    again = world.posted()[-1]
    assert again.content.startswith(f"<@{dora.id}>: ")
    await world.pass_time(seconds=10)
    assert f"<@{cy.id}>, <@{dora.id}>" in shown(poll_message(world))
    chosen = await world.member.select(chosen.response, [dora])
    assert f"Invited: <@{dora.id}>." in said(chosen)
    assert (await view_of(world, services)).invited == {dora.id}
    pinging = [
        request.json["allowed_mentions"]["users"]
        for request in world.env.http_requests
        if isinstance(request.json, dict) and request.json.get("allowed_mentions", {}).get("users")
    ]
    assert [[str(each) for each in users] for users in pinging] == [[str(cy.id)], [str(dora.id)]]
    poll = (await view_of(world, services)).poll
    assert (poll.scope, poll.method, poll.standing_open) == (Scope.INVITED, Method.RANKING, True)


async def test_a_bot_that_is_chosen_is_not_invited_and_that_is_said(
    world: World, services: Services, cy: Any
) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    answer = await start(world, who="invited")
    chosen = await world.member.select(answer.response, [cy, robot])
    assert f"Invited: <@{cy.id}>.\n<@{robot.id}> is a bot, and bots have no ideas to add" in said(chosen)
    assert (await view_of(world, services)).invited == {cy.id}


async def test_a_poll_for_everybody_is_for_those_who_manage_events_or_the_server(
    world: World, services: Services, cy: Any
) -> None:
    assert str(MayNotAskEveryone()) in said(await start(world, who="everyone"))
    world.expect_error(MayNotAskEveryone)
    assert world.posted() == []
    hosts = world.guild.create_role("Hosts", permissions=discord.Permissions(manage_events=True))
    host = world.guild.add_member(world.env.create_user("eve"), roles=[hosts])
    await services.ideas.add(world.guild.id, host.id, IdeaText("Not in by itself"))
    assert "everybody here can add ideas" in said(await start(world, host, who="everyone"))
    assert "0 of 20 ideas" in shown(poll_message(world))
    await start(world, world.admin, who="everyone")
    assert len(world.posted()) == 2


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("yesterday", DateIsOver),
        ("2025-12-24", DateIsOver),
        ("whenever", UnknownDate),
        ("in 200 days", DeadlineTooFar),
    ],
)
async def test_a_deadline_that_is_none_is_refused(world: World, typed: str, error: type[Exception]) -> None:
    answer = await start(world, until=typed)
    assert answer.ephemeral
    assert world.posted() == []
    world.expect_error(error)


async def test_half_an_hour_is_too_short_for_a_poll(world: World) -> None:
    await world.pass_time(hours=23, minutes=30)
    assert str(DeadlineTooSoon()) in said(await start(world, until="today"))
    world.expect_error(DeadlineTooSoon)


async def test_a_fourth_open_poll_is_refused(world: World) -> None:
    for _number in range(3):
        await start(world)
    assert "You have 3 polls open here already." in said(await start(world))
    world.expect_error(TooManyPolls)


async def test_a_poll_is_refused_where_its_message_could_not_stand(world: World) -> None:
    me = world.bot.user
    assert me is not None
    silent = {me: discord.PermissionOverwrite(send_messages=False)}
    closed = world.guild.create_text_channel("rules", overwrites=silent)
    answer = await world.member.slash(closed, "poll start", name="Here", purpose="name", who="alone")
    assert str(NoPollHere()) in said(answer)
    world.expect_error(NoPollHere)


# -- looking, and what lasts


async def test_polls_are_listed_with_the_way_to_their_messages(world: World, services: Services) -> None:
    listed = await world.member.slash(world.channel, "poll list")
    assert "No poll is running. /poll start begins one" in said(listed)
    await start(world, name="Spring *projects*")
    await start(world, name="Dropped one")
    await services.polls.drop(world.guild.id, world.member.id, 2, manages=False)
    listed = await world.member.slash(world.channel, "poll list")
    assert listed.ephemeral
    assert listed.response.embeds[0].description.startswith(r"**Spring \*projects\*** · Collect, until <t:")
    assert f"/{world.channel.id}/{poll_message(world).id}" in listed.response.embeds[0].description
    assert field(listed.response.embeds[0], "Over").startswith("**Dropped one** · Dropped · https://")


async def test_a_poll_is_shown_by_its_name_with_its_buttons_and_its_result(
    world: World, services: Services
) -> None:
    await start(world, name="Spring")
    offered = await world.member.autocomplete(world.channel, "poll show", "poll", "spr")
    assert [choice["name"] for choice in offered] == ["Spring · Collect"]
    found = await world.member.slash(world.channel, "poll show", poll="spring")
    assert found.ephemeral
    assert labels(found) == ["Add an idea", "From my list", "The ideas", "Where to look", "Steer"]
    missing = await world.member.slash(world.channel, "poll show", poll="Autumn")
    assert str(NoSuchPoll(given="Autumn")) in said(missing)
    world.expect_error(NoSuchPoll)


async def test_after_a_restart_the_buttons_of_every_phase_work(world: World, services: Services) -> None:
    async def restart() -> None:
        await world.env.restart_bot(Autodidact(services, shard_count=1))
        world.bot = world.env.bot

    await start(world, who="invited")
    form = await world.member.click(poll_message(world), label="Add an idea")
    await restart()
    assert "is in the poll" in said(await world.submit(form, title="Sent over a restart"))
    panel = await world.member.click(poll_message(world), label="Steer")
    for idea in numbered_ideas(7):
        await services.polls.add_idea(world.guild.id, world.member.id, 1, idea)
    await restart()
    assert "The voting is open." in said(await world.member.click(panel.response, label="Open the voting"))
    await world.pass_time(seconds=10)
    await restart()
    booth = Booth(world, services, 1)
    card = await world.member.click(poll_message(world), label="Vote")
    await booth.tap(card)
    await restart()
    panel = await world.member.click(poll_message(world), label="Steer")
    await world.member.click(panel.response, label="End the cards")
    await restart()
    await world.pass_time(seconds=10)
    ballot = await world.member.click(poll_message(world), label="Your ballot")
    assert ballot.response.embeds[0].title == "Your ballot"
    panel = await world.member.click(poll_message(world), label="Steer")
    await restart()
    await world.member.click(panel.response, label="End the final")
    await world.pass_time(seconds=10)
    await restart()
    assert "8 ideas" in said(await world.member.click(poll_message(world), label="The ideas"))
    assert "The shortlist" in said(await world.member.click(poll_message(world), label="The shortlist"))


async def test_a_button_of_a_poll_that_is_gone_says_so(world: World, services: Services) -> None:
    await start(world)
    await services.database.write(lambda db: db.execute("delete from poll"))
    for label in ("Add an idea", "From my list", "The ideas", "Steer"):
        assert str(PollGone()) in said(await world.member.click(poll_message(world), label=label))


async def test_a_name_that_is_too_long_is_refused(world: World, services: Services) -> None:
    wanted = Wanted("x" * 81, Purpose.NAME, Scope.ALONE, None, Method.SCORES, standing_open=False)
    with pytest.raises(TextTooLong):
        await services.polls.start(
            world.guild.id, world.member.id, world.channel.id, wanted, may_ask_everyone=False
        )


async def test_polls_of_one_server_are_unknown_in_another(world: World, services: Services) -> None:
    other = world.env.create_guild("Another group")
    channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await start(world, name="Only here")
    await add(world, "Only here too")
    listed = await ben_there.slash(channel, "poll list")
    assert "No poll is running." in said(listed)
    assert await ben_there.autocomplete(channel, "poll show", "poll", "") == []
    assert "no poll called" in said(await ben_there.slash(channel, "poll show", poll="1"))
    world.expect_error(NoSuchPoll)
    answer = await ben_there.slash(channel, "poll start", name="Theirs", purpose="name", who="alone")
    assert "Your list has no ideas yet" in said(answer)
    await world.pass_time(seconds=10)
    assert "0 of 20 ideas" in shown(poll_message(world, channel))
    assert "1 of 20 ideas" in shown(poll_message(world))
    view = await open_poll(
        services, Chair(other.id, channel.id, ben_there.id), numbered_ideas(6), scope=Scope.ALONE
    )
    with pytest.raises(PollGone):
        await services.polls.view(world.guild.id, view.poll.id, world.member.id)
