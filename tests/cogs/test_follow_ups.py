"""The whole way from a lead to an interview, with the follow-ups: by a mention or as a direct message."""

from typing import Any

import discord

from bot.errors import NoFollowUp, NotInServer
from bot.introductions.deliveries import IntroductionPingContent
from bot.leads.telling import MENTIONS_IN_A_MESSAGE
from bot.services import Services
from bot.tracker.deliveries import FollowUpPingContent
from bot.tracker.rules import State, clean_job
from cogs.client import Autodidact
from cogs.leads.follow_ups import render_follow_up_ping
from cogs.leads.introducing import render_introduction_ping
from tests.cogs.conftest import World, field, said
from tests.cogs.pings_seen import direct_messages
from tests.cogs.tracked_jobs import (
    LEAD,
    OTHER_LEAD,
    THIRD_LEAD,
    add_by_hand,
    applied,
    choose,
    footer,
    job,
    job_id,
    jobs,
    labels,
    lead,
    move,
    press,
    tracker,
    with_leads,
)

TO_THE_FOLLOW_UP = {"days": 7, "hours": 10}
"""From midnight, at which the world begins and they apply, to ten o'clock a week later."""


def calls(world: World) -> list[discord.Message]:
    places = [*world.channel.threads, world.channel]
    messages = [message for place in places for message in world.posted(place)]
    return [message for message in messages if "something in your tracker is due" in message.content]


def mentions(world: World, words: str) -> list[dict[str, Any]]:
    bodies = [r.json for r in world.env.http_requests if isinstance(r.json, dict)]
    return [body["allowed_mentions"] for body in bodies if words in str(body.get("content", ""))]


def buttons(message: discord.Message) -> list[str]:
    return [
        item.label or ""
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.Button)
    ]


async def want_direct(world: World) -> None:
    await press(world, await tracker(world), "Write to me directly")


async def test_the_whole_way_from_a_lead_to_an_interview(world: World, services: Services) -> None:
    await with_leads(world, services)
    await world.check_in(done="Built https://example.org/demo", kind="showing")
    await applied(world)
    await world.pass_time(days=7, hours=9, minutes=59)
    assert calls(world) == []
    await world.pass_time(minutes=1)
    (call,) = calls(world)
    assert call.content == (
        f"<@{world.member.id}>: something in your tracker is due. What it is, only you see, by the button."
    )
    assert call.embeds == []
    assert mentions(world, "in your tracker is due") == [{"parse": [], "users": [world.member.id]}]
    shown = await world.member.click(call, label="Show mine")
    assert shown.ephemeral
    assert "**Acme** · ML Engineer · applied on Thursday, 1 January" in said(shown)
    assert "On 1 January I wrote to you about the role of ML Engineer at Acme." in said(shown)
    assert "https://example.org/demo" in said(shown)
    assert "Fill in what stands in [brackets]" in said(shown)
    page = await press(world, shown, "I wrote to them again")
    assert "Thursday, 15 January is the day for the second and last one" in said(page)
    assert field(page.response.embeds[0], "What happened").startswith("8 Jan · Followed up\n1 Jan · Applied")
    page = await move(world, page, "interviewing")
    assert "They want to talk to you. Well done!" in said(page)
    page = await world.submit(await press(world, page, "Add a round"), text="Call", on="tomorrow")
    assert "**Friday, 9 January** Call" in said(page)
    for _ in range(20):
        await world.pass_time(days=1)
    assert len(calls(world)) == 1


async def test_whoever_has_nothing_due_is_told_so(world: World, services: Services) -> None:
    await with_leads(world, services)
    await applied(world)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    shown = await world.admin.click(calls(world)[0], label="Show mine")
    assert shown.ephemeral
    assert said(shown) == "Nothing of yours is due at the moment."
    assert "Nothing in it yet" in said(await press(world, shown, "Your tracker", world.admin))


async def test_the_mention_works_after_a_restart(world: World, services: Services) -> None:
    await with_leads(world, services)
    await applied(world)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    shown = await world.member.click(calls(world)[0], label="Show mine")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert "It comes again on Sunday, 11 January." in said(await press(world, shown, "Remind me in 3 days"))


async def test_it_comes_as_a_direct_message_once_a_button_said_so(world: World, services: Services) -> None:
    await with_leads(world, services)
    await want_direct(world)
    await applied(world)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    assert calls(world) == []
    (letter,) = direct_messages(world)
    assert letter.content == (
        "**Study group**\nIt is time to write to a company again. This is from your tracker in "
        f"<#{world.channel.id}>."
    )
    assert "On 1 January I wrote to you about the role of ML Engineer at Acme." in (
        letter.embeds[0].description or ""
    )
    assert buttons(letter) == [
        "I wrote to them again",
        "Remind me in 3 days",
        "Remind me in a week",
        "Open in your tracker",
        "Your tracker",
    ]


async def test_everything_under_a_direct_message_works_there(world: World, services: Services) -> None:
    await with_leads(world, services)
    await want_direct(world)
    await applied(world)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    (letter,) = direct_messages(world)
    user = world.member.user
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    page = await user.click(letter, label="Open in your tracker")
    assert page.ephemeral
    assert "It is time to write to them again." in said(page)
    form = await user.click(page.response, label="Add a note")
    page = await world.submit(form, member=user, text="From the direct message")
    assert "From the direct message" in said(page)
    refused = await world.submit(
        await user.click(page.response, label="Add a round"), member=user, text="Call", on="some day"
    )
    form = await user.click(refused.response, label="Open the form again")
    page = await world.submit(form, member=user, on="tomorrow")
    assert "Call" in said(page)
    notes = await user.click(page.response, label="All notes")
    page = await user.click(notes.response, label="Back to the job")
    draft = await user.click(page.response, label="Draft the follow-up")
    draft = await user.click(draft.response, label="Write it to somebody else")
    page = await user.click(draft.response, label="I sent it")
    assert "the second and last one" in said(page)
    page = await choose(world, page, "interviewing", "leads:state:", user)
    board = await user.click(page.response, label="Your tracker")
    assert "__Interviewing__" in said(board)
    page = await choose(world, board, jobs(board)[0][1], "leads:jobs:", user)
    gone = await user.click(
        (await user.click(page.response, label="Delete")).response, label="Delete for good"
    )
    board = await user.click(gone.response, label="Your tracker")
    assert "Nothing in it yet" in said(board)
    board = await user.click(board.response, label="Count me in")
    made = await world.submit(
        await user.click(board.response, label="Add a job by hand"), member=user, company="By hand"
    )
    exported = await user.click(
        (await user.click(made.response, label="Your tracker")).response, label="Export CSV"
    )
    assert len(exported.response.attachments) == 1
    assert "**By hand**" in said(await tracker(world))


async def test_who_left_the_server_cannot_reach_its_tracker(world: World, services: Services) -> None:
    await with_leads(world, services)
    await want_direct(world)
    await applied(world)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    (letter,) = direct_messages(world)
    user = world.member.user
    world.env.inject_error(
        "GET", f"/guilds/{world.guild.id}/members/*", status=404, code=10007, message="Unknown Member"
    )
    assert said(await user.click(letter, label="I wrote to them again")) == str(NotInServer())


async def test_a_refused_direct_message_becomes_a_mention_that_says_so(
    world: World, services: Services
) -> None:
    await with_leads(world, services)
    await want_direct(world)
    await applied(world)
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    await world.pass_time(seconds=5)
    assert direct_messages(world) == []
    (call,) = calls(world)
    assert call.content.split("\n")[1] == (
        f"<@{world.member.id}>: Discord did not let me write to you directly, so you are mentioned from now "
        "on."
    )
    assert "You are mentioned" in said(await tracker(world))


async def test_several_that_are_due_come_in_one_message(world: World, services: Services) -> None:
    await with_leads(world, services)
    await want_direct(world)
    for number in (LEAD, OTHER_LEAD, THIRD_LEAD):
        await applied(world, number)
    for number in range(2):
        await move(world, await add_by_hand(world, company=f"Firm {number}"), "applied")
    await world.pass_time(**TO_THE_FOLLOW_UP)
    (letter,) = direct_messages(world)
    said_there = letter.embeds[0].description or ""
    assert said_there.count("On 1 January I wrote to you") == 3
    assert "2 more are due; your tracker shows them first." in said_there
    assert buttons(letter) == ["I wrote to Acme", "I wrote to Acme", "I wrote to Bolt", "Your tracker"]
    user = world.member.user
    page = await user.click(letter, label="I wrote to Bolt")
    assert page.response.embeds[0].title == "Bolt"
    board = await user.click(letter, label="Your tracker")
    assert said(board).index("Time to follow up") < said(board).index("__Applied__")


async def test_the_second_offers_to_call_it_ghosted(world: World, services: Services) -> None:
    await with_leads(world, services)
    await want_direct(world)
    await applied(world)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    await world.pass_time(days=7)
    first, second = sorted(direct_messages(world), key=lambda message: message.id)
    assert "Ghosted" not in buttons(first)
    description = second.embeds[0].description or ""
    assert "This is my last note about the role of ML Engineer at Acme" in description
    assert "Two weeks without a word" in description
    page = await world.member.user.click(second, label="Ghosted")
    assert "not about your work" in said(page)
    assert said(await world.member.user.click(second, label="I wrote to them again")) == str(NoFollowUp())


async def test_a_job_is_reminded_of_later_or_not_at_all(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await applied(world)
    page = await press(world, page, "Remind me in a week")
    assert "It comes again on Thursday, 8 January." in said(page)
    page = await press(world, page, "Don't remind me")
    assert field(page.response.embeds[0], "Follow-up") == "Turned off for this job."
    assert "Remind me in a week" not in labels(page)
    page = await press(world, page, "Remind me")
    assert field(page.response.embeds[0], "Follow-up") == "Planned for Thursday, 8 January."
    assert "Draft the follow-up" in labels(page)


async def test_a_draft_can_be_copied_and_fits_who_reads_it(world: World, services: Services) -> None:
    await with_leads(world, services)
    card = await lead(world)
    draft = await press(world, card, "Draft a message")
    assert draft.ephemeral
    assert "The job is in your tracker now" in said(draft)
    assert draft.response.embeds[0].title == "To a founder of Acme"
    assert "```\nML Engineer at Acme\n```" in said(draft)
    assert "Is there a small problem at Acme that nobody gets round to?" in said(draft)
    assert footer(draft) == "Copy it and send it yourself: I write to nobody."
    other = await press(world, draft, "Write it to somebody else")
    assert other.response.embeds[0].title == "To somebody at Acme"
    assert "in a call of fifteen minutes?" in said(other)
    assert other.response.id == draft.response.id
    assert "To a founder of Acme" in said(await press(world, other, "Write it to a founder"))
    page = await press(world, draft, "I sent it")
    assert "**Applied** since today" in said(page)
    assert "Draft the follow-up" in labels(await lead(world))


async def test_nothing_in_a_draft_ends_its_box(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world, company="``` @everyone ```")
    draft = await press(world, page, "Draft a message")
    assert said(draft).count("```") == 4
    assert job_id(await job(world, "``` @everyone ```")) > 0


async def test_a_lead_is_pursued_from_a_direct_message(world: World, services: Services) -> None:
    await with_leads(world, services)
    user = world.member.user
    view = discord.ui.View(timeout=None)
    for act in ("applied", "draft"):
        custom_id = f"leads:pursue:v1:{act}:{LEAD}:{world.guild.id}"
        view.add_item(discord.ui.Button(label=act, custom_id=custom_id))
    view.stop()
    channel = await world.bot.create_dm(discord.Object(user.id))
    message = await channel.send("A lead", view=view)
    page = await user.click(message, label="applied")
    assert "**Applied** since today" in said(page)
    page = await choose(world, page, "interviewing", "leads:state:", user)
    assert "Well done!" in said(page)
    assert "Hi [name]," in said(await user.click(message, label="draft"))


async def test_the_longest_letter_fits(world: World, services: Services) -> None:
    await with_leads(world, services)
    await want_direct(world)
    for number in range(5):
        job_there = clean_job(f"{number} " + "*`* " * 24, "_engineer_of_it_ " * 8, "x" * 150)
        saved = await services.tracker.add(world.guild.id, world.member.id, job_there)
        await services.tracker.move(world.guild.id, world.member.id, saved.application.id, State.APPLIED)
    await world.pass_time(days=1)
    await world.check_in(done="https://example.org/" + "a" * 480)
    await world.pass_time(**TO_THE_FOLLOW_UP)
    (letter,) = direct_messages(world)
    assert "2 more are due" in (letter.embeds[0].description or "")
    assert (letter.embeds[0].description or "").count("```") == 6


async def test_what_two_follow_ups_leave_is_their_turn(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await applied(world)
    page = await press(world, page, "I wrote to them again")
    await world.pass_time(days=1)
    page = await press(world, page, "I wrote to them again")
    assert "it is their turn now" in said(page)
    assert "I wrote to them again" not in labels(page)
    assert field(page.response.embeds[0], "Follow-up") == ("None is planned any more: it is their turn now.")


def test_eighty_members_can_be_mentioned_at_once() -> None:
    members = [9_000_000_000_000_000_000 + number for number in range(MENTIONS_IN_A_MESSAGE)]
    for rendered in (
        render_follow_up_ping(FollowUpPingContent(members), "a" * 24),
        render_introduction_ping(IntroductionPingContent(members, "https://example.org"), "a" * 24),
    ):
        assert len(rendered.text) <= 2_000
        assert rendered.text.count("<@") == 80
