"""Members check in over the wire, and the bot greets those who invite it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.wire.database_file import checkins, make_due
from tests.wire.standin import permissions

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import StudyServer


async def test_a_check_in_is_stored_answered_and_shown(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    answer = await server.check_in("wrote a parser", minutes="50", kind="learning", next="test it")
    assert answer.ephemeral
    assert "Day one of a streak" in answer.data["embeds"][0]["description"]
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}
    card = await server.wait_for("card")
    assert card["content"] == f"<@{server.member}> checked in."
    assert card["embeds"][0]["description"] == "wrote a parser"
    assert card["embeds"][0]["footer"]["text"].startswith("Learning · 50 minutes · ")
    assert card["mentions"] == []


async def test_a_second_check_in_on_a_day_changes_the_first(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    await server.check_in("wrote a parser")
    card = await server.wait_for("card")
    form = await standin.slash(server.channel, server.member, "checkin")
    assert form.data["components"][0]["component"]["value"] == "wrote a parser"
    await standin.submit_modal(form, {"done": "wrote two parsers"})
    assert checkins(bots.database, server.guild) == {server.member: "wrote two parsers"}
    await server.catch_up(bots.database)
    assert card["embeds"][0]["description"] == "wrote two parsers"
    assert server.posted("card") == [card]


async def test_the_button_under_the_prompt_opens_the_form_and_the_card_goes_into_its_thread(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    await server.plan()
    make_due(bots.database, "prompt", server.guild)
    prompt = await server.wait_for("prompt")
    form = await standin.click(prompt, "checkin:open:*", server.member)
    await standin.submit_modal(form, {"done": "wrote a parser"})
    card = await server.wait_for("card")
    assert card["channel_id"] == prompt["thread"]["id"] == prompt["id"]
    await server.catch_up(bots.database)
    assert prompt["content"] == f"**Checked in:** <@{server.member}>"
    assert prompt["mentions"] == []


async def test_a_button_works_after_a_restart(bots: Bots, standin: StandIn, server: StudyServer) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.plan()
    make_due(bots.database, "prompt", server.guild)
    prompt = await server.wait_for("prompt")
    form = await standin.click(prompt, "checkin:open:*", server.member)
    await bot.stop()

    await bots.start()
    again = await standin.click(prompt, "checkin:open:*", server.member)
    assert again.data["custom_id"] == form.data["custom_id"]
    # And so does a form that was opened before it.
    await standin.submit_modal(form, {"done": "wrote a parser"})
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}


async def test_what_members_type_mentions_nobody(bots: Bots, standin: StandIn, server: StudyServer) -> None:
    await bots.start()
    await server.set_up()
    loud = f"@everyone @here <@{server.admin}> <@&{server.guild}> `x` **y** [z](https://example.org)"
    answer = await server.check_in(loud, next=loud, blocked=loud)
    card = await server.wait_for("card")
    for message in (answer.message, card):
        assert message
        assert (message["mentions"], message["mention_roles"], message["mention_everyone"]) == ([], [], False)
    assert checkins(bots.database, server.guild) == {server.member: loud}


async def test_zones_are_offered_while_typing(bots: Bots, standin: StandIn, server: StudyServer) -> None:
    await bots.start()
    for command in ("setup", "routine set"):
        answer = await standin.autocomplete(server.channel, server.admin, command, "zone", "berl")
        assert "Europe/Berlin" in [choice["value"] for choice in answer.choices]


async def test_a_form_that_is_refused_gives_back_what_was_typed(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    refused = await server.check_in("wrote a parser", minutes="abc")
    assert refused.message
    assert "wrote a parser" in refused.message["embeds"][0]["description"]
    assert checkins(bots.database, server.guild) == {}
    form = await standin.click(refused.message, "checkin:again:*", server.member)
    await standin.submit_modal(form, {"minutes": "25"})
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}


async def test_a_new_server_is_greeted_once_where_the_bot_may_write(bots: Bots, standin: StandIn) -> None:
    await bots.start()
    setup = next(each for each in standin.world.commands[None] if each["name"] == "setup")

    mute = standin.add_guild("No system channel", joined=False)
    only = standin.add_channel(mute, "general")
    strict = standin.add_guild("Read only", joined=False)
    locked = standin.add_channel(strict, "welcome", system=True)
    standin.limit_bot(locked, deny=permissions.SEND_MESSAGES)
    hidden = standin.add_guild("Hidden", joined=False)
    unseen = standin.add_channel(hidden, "welcome", system=True)
    standin.limit_bot(unseen, deny=permissions.VIEW_CHANNEL)
    open_to_all = standin.add_guild("Open", joined=False)
    welcome = standin.add_channel(open_to_all, "welcome", system=True)

    # The gateway is in order: once the last has been greeted, the others would have been.
    for guild in (mute, strict, hidden, open_to_all):
        standin.join(guild)
    greeting = await standin.wait_for_message(welcome)
    assert f"</setup:{setup['id']}>" in greeting["content"]
    standin.leave(open_to_all, outage=True)
    returned = standin.world.guilds[open_to_all]
    payload = standin.world.guild_payload(returned) | {"unavailable": False}
    standin.world.publish("GUILD_CREATE", payload, open_to_all)
    await standin.autocomplete(welcome, returned.owner_id, "setup", "zone", "Lagos")
    assert len(standin.messages(welcome)) == 1
    assert [standin.messages(channel) for channel in (only, locked, unseen)] == [[], [], []]
    posts = [request.path for request in standin.requests if request.path.endswith("/messages")]
    assert posts == [f"/channels/{welcome}/messages"]
