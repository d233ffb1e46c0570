"""What members do and what the bot answers on the stand-in, judged by an unmodified discord.py."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from tests.wire.small_bot import House, open_house, running
from tests.wire.standin import BOT_ID, StandIn, StandInProcess, permissions
from tests.wire.standin.validation import Validator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


# -- starting


async def test_a_bot_starts_syncs_its_commands_and_sees_its_server(house: House) -> None:
    paths = [f"{request.method} {request.path}" for request in house.standin.requests]
    assert paths[:3] == [
        "GET /users/@me",
        "GET /oauth2/applications/@me",
        f"PUT /applications/{BOT_ID}/commands",
    ]
    assert {command.name for command in await house.bot.tree.fetch_commands()} >= {"ping", "routine"}
    await house.standin.slash(house.channel, house.user, "ping")
    assert [guild.name for guild in house.bot.guilds] == ["Night school"]


async def test_a_wrong_token_is_refused() -> None:
    async with StandIn(token="another") as standin:
        with pytest.raises(discord.LoginFailure):
            async with running(standin.api_url, standin.gateway_url):
                raise AssertionError("unreachable")


async def test_an_intent_that_was_not_granted_is_refused() -> None:
    async with StandIn() as standin:
        intents = discord.Intents(guilds=True, message_content=True)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with running(standin.api_url, standin.gateway_url, intents):
                raise AssertionError("unreachable")


async def test_the_bot_hears_of_joining_and_leaving_a_server(house: House) -> None:
    guild = house.standin.add_guild("Second school", joined=False)
    house.standin.add_channel(guild, "welcome", system=True)
    house.standin.join(guild)
    joined = await house.bot.joined.get()
    assert joined.system_channel
    assert joined.system_channel.name == "welcome"
    assert joined.system_channel.permissions_for(joined.me).send_messages
    house.standin.leave(guild)
    assert (await house.bot.left.get()).id == guild


# -- interactions


async def test_a_slash_command_is_answered_and_timed(house: House) -> None:
    answer = await house.standin.slash(house.channel, house.user, "ping")
    assert answer.message
    assert (answer.message["content"], answer.ephemeral) == ("pong", False)
    assert 0 < answer.elapsed < 1
    assert house.texts() == ["pong"]


async def test_subcommands_take_options(house: House) -> None:
    answer = await house.standin.slash(house.channel, house.user, "routine set", {"hour": 9})
    assert answer.data["content"] == "at 9"
    with pytest.raises(ValueError, match="needs"):
        await house.standin.slash(house.channel, house.user, "routine set")
    with pytest.raises(ValueError, match="no option"):
        await house.standin.slash(house.channel, house.user, "routine set", {"hour": 9, "minute": 5})


async def test_a_command_for_managers_gets_channel_and_zone_and_is_hidden_from_members(house: House) -> None:
    role = house.standin.add_role(house.guild, "team", permissions.MANAGE_GUILD)
    manager = house.standin.add_member(house.guild, "grace", roles=[role])
    given = {"channel": house.channel, "zone": "Europe/Berlin"}
    answer = await house.standin.slash(house.channel, manager, "setup", given)
    assert answer.data["content"] == "check-ins Europe/Berlin True"
    with pytest.raises(ValueError, match="does not see"):
        await house.standin.slash(house.channel, house.user, "setup", given)


async def test_autocomplete_offers_what_fits(house: House) -> None:
    role = house.standin.add_role(house.guild, "team", permissions.MANAGE_GUILD)
    manager = house.standin.add_member(house.guild, "grace", roles=[role])
    answer = await house.standin.autocomplete(house.channel, manager, "setup", "zone", "kolk")
    assert answer.choices == [{"name": "Asia/Kolkata", "value": "Asia/Kolkata"}]


async def test_a_form_opens_and_is_submitted_with_its_presets(house: House) -> None:
    opened = await house.standin.slash(house.channel, house.user, "report")
    assert opened.data["title"] == "Report"
    answer = await house.standin.submit_modal(opened, {"Done": "read a paper"})
    assert answer.data["content"] == "read a paper (learning)"
    assert answer.ephemeral
    assert house.texts() == []


async def test_a_form_without_a_required_field_is_not_sent(house: House) -> None:
    opened = await house.standin.slash(house.channel, house.user, "report")
    with pytest.raises(ValueError, match="required"):
        await house.standin.submit_modal(opened, {"Kind": "building"})
    with pytest.raises(ValueError, match="no field"):
        await house.standin.submit_modal(opened, {"Done": "a", "Mood": "b"})


async def test_a_button_edits_its_message(house: House) -> None:
    posted = await house.standin.slash(house.channel, house.user, "button")
    assert posted.message
    answer = await house.standin.click(posted.message, "press:*", house.user)
    assert answer.message is posted.message
    assert house.texts() == ["pressed 7"]
    with pytest.raises(ValueError, match="nothing to press"):
        await house.standin.click(posted.message, "other", house.user)


async def test_a_deferred_answer_is_filled_in_and_followed_up(house: House) -> None:
    answer = await house.standin.slash(house.channel, house.user, "think")
    assert (await answer.edited())["content"] == "thought about it"
    assert answer.ephemeral
    assert (await answer.followup())["content"] == "and more"
    assert house.texts() == ["and more"]


async def test_follow_ups_are_edited_and_deleted(house: House) -> None:
    answer = await house.standin.slash(house.channel, house.user, "tidy")
    first = await answer.followup()
    seen = await house.standin.wait_for_message(house.channel, where=lambda each: each["content"] == "final")
    assert seen is first
    await house.standin.wait_for_request("DELETE", "/webhooks/*/@original")
    assert answer.message is None
    assert house.texts() == ["notice"]


async def test_a_select_is_answered(house: House) -> None:
    posted = await house.standin.slash(house.channel, house.user, "choose")
    assert posted.message
    answer = await house.standin.click(posted.message, "*", house.user, ["B"])
    assert answer.data["content"] == "B"


async def test_commands_work_in_direct_messages(house: House) -> None:
    direct = house.standin.direct_channel(house.user)
    answer = await house.standin.slash(direct, house.user, "ping")
    assert answer.data["content"] == "pong"
    assert len(house.standin.messages(direct)) == 1


async def test_a_second_answer_is_refused(house: House) -> None:
    answer = await house.standin.slash(house.channel, house.user, "double")
    assert (await answer.followup())["content"] == "40060"


async def test_an_answer_after_the_deadline_is_unknown(house: House) -> None:
    house.standin.interactions.deadline = 0.05
    with pytest.raises(TimeoutError, match="/silent"):
        await house.standin.slash(house.channel, house.user, "silent")
    dispatched = house.standin.gateway.connected()[0].events[-1][1]
    late = json.loads(dispatched)["d"]
    url = f"{house.standin.api_url}/interactions/{late['id']}/{late['token']}/callback"
    async with aiohttp.ClientSession() as client, client.post(url, json={"type": 4}) as response:
        assert (response.status, (await response.json())["code"]) == (404, 10062)


# -- validation


needs_description = pytest.mark.skipif(
    not StandIn().validates, reason="the shared data has no discord/openapi.json to validate with"
)


@needs_description
async def test_a_wrong_body_is_reported_as_a_violation() -> None:
    async with StandIn() as standin:
        guild = standin.add_guild()
        channel = standin.add_channel(guild)
        async with running(standin.api_url, standin.gateway_url) as bot:
            place = bot.get_partial_messageable(channel)
            await place.send(embed=discord.Embed(title="x" * 256))
            assert standin.violations == []
            await place.send(embed=discord.Embed(title="x" * 300))
        assert len(standin.violations) == 1
        assert standin.violations[0].startswith("POST /channels/{channel_id}/messages: embeds.0.title: ")


@needs_description
def test_a_violation_inside_a_union_names_the_field_that_was_meant() -> None:
    validator = Validator()
    button = {"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}
    data = {"components": [{"type": 1, "components": [button]}]}
    callback = "/interactions/{interaction_id}/{interaction_token}/callback"
    validator.check("POST", callback, {"type": 4, "data": data})
    assert len(validator.violations) == 1
    assert "data.components.0.components.0.label: 'xxx" in validator.violations[0]


@needs_description
def test_known_false_alarms_are_no_violations() -> None:
    validator = Validator()
    mentions = {"parse": [], "users": [900_000_000_000_000_003]}
    validator.check("POST", "/channels/{channel_id}/messages", {"content": "a", "allowed_mentions": mentions})
    option = {"type": 7, "name": "channel", "description": "Where", "channel_types": [0, 16]}
    command = {"name": "setup", "description": "Sets up", "options": [option]}
    validator.check("PUT", "/applications/{application_id}/commands", [command])
    assert validator.violations == []


async def test_an_unknown_route_is_reported_as_a_violation() -> None:
    async with StandIn() as standin:
        async with running(standin.api_url, standin.gateway_url) as bot:
            with pytest.raises(discord.NotFound):
                await bot.fetch_invite("abc")
        assert standin.violations == ["the stand-in does not know the route /invites/abc"]


# -- load, and control from outside


async def test_a_measured_load_has_one_latency_an_interaction(house: House) -> None:
    users = [house.standin.add_member(house.guild) for _ in range(5)]
    slash = await house.standin.measure(house.channel, users, 20, 5, slash="ping")
    form = await house.standin.measure(house.channel, users, 20, 5, slash="report", values={"Done": "x"})
    for measured in (slash, form):
        assert len(measured.latencies) == 20
        assert max(measured.latencies) < measured.seconds
    callbacks = [request for request in house.standin.requests if request.path.endswith("/callback")]
    assert [request.body["type"] for request in callbacks] == [4] * 20 + [9] * 20 + [4] * 20


async def test_the_process_ends_cleanly_on_sigterm_with_a_bot_connected() -> None:
    async with StandInProcess("--no-validate") as process, running(process.api_url, process.gateway_url):
        await process.call("wait_for_session")
        process.terminate()


async def test_the_stand_in_runs_as_a_process_of_its_own() -> None:
    own = discord.http.Route.BASE
    async with StandInProcess("--no-record") as process:
        guild = await process.call("add_guild", name="Elsewhere")
        channel = await process.call("add_channel", guild=guild)
        user = await process.call("add_member", guild=guild)
        async with running(process.api_url, process.gateway_url):
            await process.call("wait_for_session")
            opened = await process.call("slash", channel=channel, user=user, command="report")
            answer = await process.call("submit_modal", opened=opened["token"], values={"Done": "it"})
            assert answer["message"]["content"] == "it (learning)"
            await process.call("slash", channel=channel, user=user, command="button")
            posted = (await process.call("messages", channel=channel))[0]
            await process.call("click", message=posted, custom_id="press:*", user=user)
            posted = (await process.call("messages", channel=channel))[0]
            assert posted["content"] == "pressed 7"
            load = {"channel": channel, "users": [user], "count": 10, "in_flight": 2}
            measured = await process.call("measure", slash="ping", **load)
            assert len(measured["latencies"]) == 10
            assert await process.call("violations") == []
            with pytest.raises(RuntimeError, match="registered no command"):
                await process.call("slash", channel=channel, user=user, command="nothing")
    assert own == discord.http.Route.BASE
