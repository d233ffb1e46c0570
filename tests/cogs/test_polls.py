"""Polls from /poll start to the pick, as those who start, fill and steer them see them."""

import json
from typing import Any

import discord
import pytest

from bot.errors import DateIsOver, TextTooLong, UnknownDate
from bot.ideas.rules import IdeaText
from bot.polls.errors import (
    DeadlineTooFar,
    DeadlineTooSoon,
    MayNotAskEveryone,
    NobodyTapped,
    NoPollHere,
    NoSuchPoll,
    NotYourPoll,
    NotYoursToSteer,
    PollGone,
    TooFewIdeas,
    TooManyPolls,
)
from bot.polls.recount import recount
from bot.polls.rules import Method, Phase, Scope
from bot.polls.service import Wanted
from bot.ranking.criteria import Purpose
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said
from tests.cogs.voting_booth import Booth, labels, text
from tests.open_polls import Chair, numbered_ideas, open_poll


def words_of(answer: Any) -> str:
    """What an answer says beneath its title, its footer included."""
    return f"{said(answer)}\n{answer.response.embeds[0].footer.text or ''}"


async def start(world: World, member: Any = None, **options: Any) -> Any:
    asked = {"name": "What do we build?", "purpose": "resume", "who": "alone", **options}
    return await (member or world.member).slash(world.channel, "poll start", **asked)


def poll_message(world: World, channel: Any = None) -> discord.Message:
    """The poll's own message, which comes before all others about it."""
    return next(message for message in world.posted(channel) if message.embeds)


def shown(message: discord.Message) -> str:
    parts = [message.embeds[0].title, message.embeds[0].description]
    return "\n".join([*map(str, parts), *(f"{each.name}: {each.value}" for each in message.embeds[0].fields)])


def labels_under(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [str(item.label) for row in rows for item in row.children if isinstance(item, discord.Button)]


async def view_of(world: World, services: Services, member: Any = None, poll_id: int = 1) -> Any:
    return await services.polls.view(world.guild.id, poll_id, (member or world.member).id)


async def time_passes(world: World, services: Services) -> None:
    """The phase of the first poll ends by time, and its message says so."""
    ends = (await view_of(world, services)).poll.until
    await world.pass_time(seconds=(ends - services.clock.now()).total_seconds())
    await world.pass_time(seconds=10)


async def add(world: World, title: str, member: Any = None, **typed: str) -> Any:
    member = member or world.member
    form = await member.click(poll_message(world), label="Add an idea")
    return await world.submit(form, member=member, title=title, **typed)


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


# -- collecting


async def test_two_people_collect_and_each_takes_out_their_own(
    world: World, services: Services, cy: Any
) -> None:
    await start(world, who="invited")
    poll_id = (await view_of(world, services)).poll.id
    await services.polls.invite(world.guild.id, world.member.id, poll_id, [cy.id], manages=False)
    added = await add(world, "Spot the bird", problem="Beginners see a bird and have no name for it")
    assert added.ephemeral
    assert "**Spot the bird** is in the poll, and on your list." in said(added)
    assert "There is 1 idea now; 20 are a good number." in said(added)
    assert labels(added) == ["Add another", "The ideas"]
    alike = await add(world, "Spot the birds", cy, problem="Beginners see a bird and have no name for it")
    assert field(alike.response.embeds[0], "This one looks like it").startswith("- **Spot the bird**\n")
    assert labels(alike)[0] == "Merge with “Spot the bird”"
    await services.ideas.add(world.guild.id, cy.id, IdeaText("Water the plants"))
    listed = await cy.click(poll_message(world), label="From my list")
    options = listed.response.components[0]["components"][0]["options"]
    assert [option["label"] for option in options] == ["Water the plants"]
    entered = await cy.select(listed.response, [options[0]["value"]])
    assert "The poll has 3 ideas now.\n\nThere is nothing more on your list" in said(entered)
    ideas = await cy.click(poll_message(world), label="The ideas")
    assert "1. **Spot the bird**\n2. **Spot the birds** (yours)\n3. **Water the plants** (yours)" in said(
        ideas
    )
    assert f"<@{world.member.id}>" not in said(ideas)
    own = {entry.text.title: str(entry.idea_id) for entry in (await view_of(world, services)).entries}
    read = await cy.select(ideas.response, [own["Spot the bird"]])
    assert "Beginners see a bird" in said(read)
    assert labels(read) == ["All ideas"]
    ideas = await cy.click(read.response, label="All ideas")
    read = await cy.select(ideas.response, [own["Spot the birds"]])
    out = await cy.click(read.response, label="Take it out")
    assert "It is out of this poll, and still on your list.\n1. **Spot the bird**\n2. **Water" in said(out)
    await world.pass_time(seconds=10)
    assert "2 of 20 ideas" in shown(poll_message(world))
    titles = [idea.text.title for idea in await services.ideas.of_member(world.guild.id, cy.id)]
    assert set(titles) == {"Spot the birds", "Water the plants"}


async def test_a_stranger_neither_adds_ideas_nor_reads_them(world: World, cy: Any) -> None:
    """A poll for oneself takes all that is on one's list, which was for nobody else's eyes."""
    await start(world)
    for label in ("Add an idea", "From my list", "The ideas"):
        assert str(NotYourPoll()) in said(await cy.click(poll_message(world), label=label))


async def test_a_refused_idea_comes_back_and_its_form_opens_as_it_was(world: World) -> None:
    await start(world)
    refused = await add(world, "A bird", link="not an address", problem="Nobody knows")
    assert "**Title**\n```\nA bird\n```" in said(refused)
    form = await world.member.click(refused.response, label="Open the form again")
    assert "Nobody knows" in str(form.modal)
    assert "**A bird** is in the poll" in said(await world.submit(form, link="https://bird.example"))


async def test_an_idea_that_is_sent_when_the_voting_has_begun_is_given_back(
    world: World, services: Services
) -> None:
    await start(world)
    for idea in numbered_ideas(6):
        await services.polls.add_idea(world.guild.id, world.member.id, 1, idea)
    form = await world.member.click(poll_message(world), label="Add an idea")
    await services.polls.open_voting(world.guild.id, world.member.id, 1, manages=False)
    late = await world.submit(form, title="Too late")
    assert "“What do we build?” does not collect ideas any more" in said(late)
    assert "Too late" in said(late)
    # Nothing of it is on the list: it would have been forgotten there.
    assert len(await services.ideas.of_member(world.guild.id, world.member.id)) == 6


async def test_sixty_ideas_are_four_pages_and_a_poll_takes_no_more(world: World, services: Services) -> None:
    await start(world)
    for number in range(60):
        await services.polls.add_idea(world.guild.id, world.member.id, 1, IdeaText(f"Idea {number + 1}"))
    page = await world.member.click(poll_message(world), label="The ideas")
    seen = [text(page)]
    while "Later ones" in labels_of(page):
        page = await world.member.click(page.response, label="Later ones")
        seen.append(text(page))
    assert [one.count("\n") + 1 for one in seen] == [15, 15, 15, 15]
    assert seen[3].endswith("60. **Idea 60** (yours)")
    assert "Earlier ones" in labels_of(page)


def labels_of(answer: Any) -> list[str]:
    return [item.get("label", "") for row in answer.response.components for item in row["components"]]


# -- steering


async def test_a_stranger_steers_nothing_and_who_manages_the_server_steers_all(
    world: World, services: Services, cy: Any
) -> None:
    await start(world)
    assert str(NotYoursToSteer()) in said(await cy.click(poll_message(world), label="Steer"))
    panel = await world.admin.click(poll_message(world), label="Steer")
    assert panel.ephemeral
    assert "Phase: **Collect**" in said(panel)
    assert labels(panel) == ["Open the voting", "A day more", "A week more", "Drop the poll"]
    # A panel that a stranger came by leads nowhere either.
    refused = await cy.click(poll_message(world), custom_id=steer_id(poll_message(world)))
    assert str(NotYoursToSteer()) in said(refused)
    early = await world.admin.click(panel.response, label="Open the voting")
    assert str(TooFewIdeas(count=0, needed=6)) in said(early)


def steer_id(message: discord.Message) -> str:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    ids = [str(getattr(item, "custom_id", "")) for row in rows for item in row.children]
    return next(custom_id for custom_id in ids if custom_id.startswith("poll:steer:"))


async def test_more_time_moves_all_that_follows(world: World, services: Services) -> None:
    await start(world)
    before = (await view_of(world, services)).poll
    panel = await world.member.click(poll_message(world), label="Steer")
    panel = await world.member.click(panel.response, label="A week more")
    panel = await world.member.click(panel.response, label="A day more")
    assert said(panel).startswith("What do we build?\nA day more. What follows moves along.")
    after = (await view_of(world, services)).poll
    moved = [
        (later - earlier).days
        for earlier, later in (
            (before.collect_until, after.collect_until),
            (before.cards_until, after.cards_until),
            (before.final_until, after.final_until),
        )
    ]
    assert moved == [8, 8, 8]


async def test_a_poll_is_dropped_by_a_second_press_only(world: World, services: Services) -> None:
    await start(world)
    panel = await world.member.click(poll_message(world), label="Steer")
    asked = await world.member.click(panel.response, label="Drop the poll")
    assert "Drop “What do we build?”? It ends for everybody" in said(asked)
    kept = await world.member.click(asked.response, label="Keep it")
    assert "Phase: **Collect**" in said(kept)
    asked = await world.member.click(kept.response, label="Drop the poll")
    dropped = await world.member.click(asked.response, label="Yes, drop it")
    assert "It is dropped" in said(dropped)
    assert (await view_of(world, services)).poll.phase is Phase.DROPPED
    await world.pass_time(seconds=10)
    assert "It was dropped by hand." in shown(poll_message(world))
    assert labels_under(poll_message(world)) == ["The ideas"]


async def test_cards_without_a_tap_cannot_be_ended_and_time_drops_the_poll(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    panel = await world.admin.click(booth.message, label="Steer")
    assert str(NobodyTapped()) in said(await world.admin.click(panel.response, label="End the cards"))
    await time_passes(world, services)
    assert "Nobody tapped a card in time" in shown(poll_message(world))


async def test_with_a_single_idea_time_drops_the_poll_and_the_idea_stays(
    world: World, services: Services
) -> None:
    await start(world)
    await add(world, "The only one")
    await time_passes(world, services)
    assert "Fewer than two ideas were left in it" in shown(poll_message(world))
    ideas = await services.ideas.of_member(world.guild.id, world.member.id)
    assert [idea.text.title for idea in ideas] == ["The only one"]


# -- to the pick


async def test_from_the_cards_to_the_pick_with_charts_and_a_file_that_counts_the_same(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    assert "Who voted: Nobody yet" in shown(poll_message(world))
    await booth.tap(await booth.vote())
    await world.pass_time(seconds=10)
    assert f"Who voted: <@{world.member.id}>\n1 tap" in shown(poll_message(world))
    panel = await world.admin.click(poll_message(world), label="Steer")
    ended = await world.admin.click(panel.response, label="End the cards")
    assert "The cards are over, and the final is open." in said(ended)
    shortlist = world.posted()[-1]
    assert shortlist.embeds[0].title == "The shortlist"
    assert labels_under(shortlist) == ["Your ballot"]
    assert [file.filename for file in shortlist.attachments] == ["ranking.png"]
    assert "Not settled" in shown(shortlist)
    await world.pass_time(seconds=10)
    assert "they were ended by hand" in shown(poll_message(world))
    again = await world.member.click(poll_message(world), label="The shortlist")
    assert again.ephemeral
    assert again.response.embeds[0].description == shortlist.embeds[0].description
    panel = await world.admin.click(poll_message(world), label="Steer")
    ended = await world.admin.click(panel.response, label="End the final")
    assert "The final is over." in said(ended)
    result = next(each for each in world.posted() if each.embeds and "The pick" in str(each.embeds[0].title))
    assert "Nobody cast a ballot, so what the cards say decides." in shown(result)
    assert labels_under(result) == ["Your votes"]
    picture, file = result.attachments
    assert (picture.filename, file.filename) == ("ranking.png", "poll-votes.json")
    assert picture.description is not None
    assert picture.description.startswith("Chart: What do we build?.")
    record = (await file.read()).decode()
    counted = recount(record)
    assert counted.is_same
    titles = [idea["title"] for idea in json.loads(record)["ideas"]]
    assert result.embeds[0].title == f"The pick: {titles[counted.result.final.order[0].idea]}"
    await world.pass_time(seconds=10)
    assert "is being built: its team has until" in shown(poll_message(world))


async def test_a_standing_is_shown_to_those_who_vote_if_the_poll_says_so(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services, standing_open=True)
    none_yet = await world.member.click(booth.message, label="Standing")
    assert "Nobody has tapped a card yet" in said(none_yet)
    await booth.tap(await booth.vote())
    standing = await world.member.click(booth.message, label="Standing")
    assert standing.ephemeral
    assert "How the cards stand now" in said(standing)
    assert [file.filename for file in standing.response.attachments] == ["ranking.png"]


@pytest.mark.parametrize("letter", ["界", "*"])
async def test_titles_of_a_hundred_characters_go_all_the_way(
    world: World, services: Services, letter: str
) -> None:
    """The fixture holds every body against Discord's limits."""
    title = (letter * 100)[:97]
    ideas = [IdeaText(f"{title} {number}", letter * 600) for number in range(10, 18)]
    booth = await Booth.opened(world, services, ideas)
    await world.member.click(booth.message, label="The ideas")
    await booth.to_the_final()
    await booth.end_final()
    await world.admin.click(poll_message(world), label="The ideas")
    await world.member.slash(world.channel, "poll list")
    shown_again = await world.member.slash(world.channel, "poll show", poll=str(booth.poll_id))
    assert shown_again.ephemeral


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
