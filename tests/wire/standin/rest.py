"""The HTTP routes under /api/v10 that discord.py calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from tests.wire.standin import messages
from tests.wire.standin import permissions as right
from tests.wire.standin.errors import ApiError
from tests.wire.standin.world import BOT_ID, PRIVATE_THREAD, PUBLIC_THREAD, Channel, Json, World

if TYPE_CHECKING:
    from tests.wire.standin.attachments import Files
    from tests.wire.standin.gateway import Gateway
    from tests.wire.standin.interactions import Interactions

PREFIX = "/api/v10"
NO_CONTENT = object()


@dataclass(slots=True)
class Call:
    """A request with its body read and parsed."""

    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Files

    def number(self, name: str) -> int:
        value = self.params[name]
        if not value.isdigit():
            raise ApiError(50035, message=f"Invalid Form Body: {value!r} is not snowflake.")
        return int(value)


CALL = web.RequestKey("call", Call)
Answer = Callable[[Call], Any]


def respond(payload: Any, status: int = 200) -> web.Response:
    """JSON with exactly "application/json": discord.py does not parse it with a charset behind it."""
    if payload is NO_CONTENT:
        return web.Response(status=204)
    return web.Response(body=json.dumps(payload).encode(), status=status, content_type="application/json")


async def read_call(request: web.Request) -> Call:
    body: Any = None
    files: list[tuple[str, bytes]] = []
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader):
                content = bytes(await part.read())
                if part.name == "payload_json":
                    body = json.loads(content)
                else:
                    files.append((part.filename or "file", content))
    elif request.can_read_body:
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise ApiError(50109) from None
    return Call(request.match_info, request.query, body, files)


class Rest:
    """One method a route; each takes a Call and returns what becomes the JSON of the answer."""

    def __init__(self, world: World, gateway: Gateway, interactions: Interactions) -> None:
        self.world = world
        self.gateway = gateway
        self.interactions = interactions

    def routes(self) -> list[tuple[str, str, Answer]]:
        """Method, path with the parameter names of Discord's API description, and who answers."""
        world = self.world
        channel, message = "/channels/{channel_id}", "/channels/{channel_id}/messages/{message_id}"
        webhook = "/webhooks/{webhook_id}/{webhook_token}"
        commands = "/applications/{application_id}/commands"
        guild_commands = "/applications/{application_id}/guilds/{guild_id}/commands"
        return [
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", self.answer_interaction),
            ("GET", "/users/@me", lambda call: world.bot),
            ("GET", "/users/{user_id}", lambda call: world.user(call.number("user_id"))),
            ("GET", "/users/@me/guilds", self.list_guilds),
            ("POST", "/users/@me/channels", self.open_direct_channel),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/gateway", lambda call: {"url": self.gateway.url}),
            ("GET", "/gateway/bot", self.gateway_for_bots),
            ("GET", commands, self.list_commands),
            ("PUT", commands, self.replace_commands),
            ("GET", guild_commands, self.list_commands),
            ("PUT", guild_commands, self.replace_commands),
            ("GET", "/guilds/{guild_id}", self.get_guild),
            ("GET", "/guilds/{guild_id}/members/{user_id}", self.get_member),
            ("GET", channel, lambda call: self.seen_channel(call).payload),
            ("PATCH", channel, self.edit_channel),
            ("DELETE", channel, self.delete_channel),
            ("POST", channel + "/typing", self.type_in_channel),
            ("GET", channel + "/messages", self.list_messages),
            ("POST", channel + "/messages", self.create_message),
            ("GET", message, lambda call: self.message(call)[1]),
            ("PATCH", message, self.edit_message),
            ("DELETE", message, self.delete_message),
            ("POST", message + "/threads", self.open_thread_on_message),
            ("POST", channel + "/threads", self.open_thread),
            ("POST", webhook, self.follow_up),
            ("GET", webhook + "/messages/{message_id}", lambda call: self.webhook_message(call)),
            ("PATCH", webhook + "/messages/{message_id}", self.edit_webhook_message),
            ("DELETE", webhook + "/messages/{message_id}", self.delete_webhook_message),
        ]

    # -- the application

    def application(self, call: Call) -> Json:
        payload = {
            "id": str(BOT_ID),
            "name": "Autodidact",
            "description": "",
            "icon": None,
            "verify_key": "0",
        }
        return payload | {
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": self.world.owner,
            "flags": 0,
            **self.world.application,
        }

    def gateway_for_bots(self, call: Call) -> Json:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0}
        limit["max_concurrency"] = self.gateway.max_concurrency
        return {"url": self.gateway.url, "shards": self.gateway.shards, "session_start_limit": limit}

    def list_commands(self, call: Call) -> list[Json]:
        return self.world.commands.get(self._commands_of(call), [])

    def replace_commands(self, call: Call) -> list[Json]:
        """A command keeps its id as long as it keeps its name."""
        guild_id = self._commands_of(call)
        known = {command["name"]: command["id"] for command in self.world.commands.get(guild_id, [])}
        version = str(self.world.snowflake())
        fixed = {"application_id": str(BOT_ID), "version": version}
        fixed |= {"guild_id": str(guild_id)} if guild_id else {}
        commands = [
            {"type": 1, "description": "", **command}
            | {"id": known.get(command["name"]) or str(self.world.snowflake())}
            | fixed
            for command in call.body or []
        ]
        self.world.commands[guild_id] = commands
        self.world.changes.notify()
        return commands

    def _commands_of(self, call: Call) -> int | None:
        return self.world.guild(call.number("guild_id")).id if "guild_id" in call.params else None

    # -- servers and channels

    def list_guilds(self, call: Call) -> list[Json]:
        after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 200))
        joined = sorted(guild.id for guild in self.world.guilds.values() if guild.joined)
        shown = [self.world.guilds[guild].payload for guild in joined if guild > after][:limit]
        return [{"id": guild["id"], "name": guild["name"], "features": []} for guild in shown]

    def get_guild(self, call: Call) -> Json:
        guild = self.world.guild(call.number("guild_id"))
        return guild.payload | {"roles": list(guild.roles.values())}

    def get_member(self, call: Call) -> Json:
        member = self.world.guild(call.number("guild_id")).members.get(call.number("user_id"))
        if member is None:
            raise ApiError(10007)
        return member

    def open_direct_channel(self, call: Call) -> Json:
        user = int(call.body["recipient_id"])
        if self.world.refuses_direct.get(user) == "opening":
            raise ApiError(50007)
        return self.world.channel(self.world.direct_channel(user)).payload

    def seen_channel(self, call: Call, *needed: int) -> Channel:
        channel = self.world.channel(call.number("channel_id"))
        self.world.require(channel, *needed)
        return channel

    def edit_channel(self, call: Call) -> Json:
        channel = self.seen_channel(call)
        changes = dict(call.body)
        if channel.is_thread:
            if channel.payload["owner_id"] != str(BOT_ID) or changes.keys() & {"locked"}:
                self.world.require(channel, right.MANAGE_THREADS)
            metadata = channel.payload["thread_metadata"]
            metadata |= {key: changes.pop(key) for key in list(changes) if key in metadata}
        else:
            self.world.require(channel, right.MANAGE_CHANNELS)
        channel.payload.update(changes)
        event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
        self.world.publish(event, channel.payload, channel.guild_id)
        return channel.payload

    def delete_channel(self, call: Call) -> Json:
        channel = self.seen_channel(call)
        self.world.require(channel, right.MANAGE_THREADS if channel.is_thread else right.MANAGE_CHANNELS)
        return self.world.delete_channel(channel.id)

    def type_in_channel(self, call: Call) -> object:
        self.seen_channel(call, right.SEND_MESSAGES)
        return NO_CONTENT

    # -- messages and threads

    def message(self, call: Call) -> tuple[Channel, Json]:
        channel = self.seen_channel(call)
        message = channel.messages.get(call.number("message_id"))
        if message is None:
            raise ApiError(10008)
        return channel, message

    def list_messages(self, call: Call) -> list[Json]:
        channel = self.seen_channel(call)
        if not self.world.permissions(channel, BOT_ID) & right.READ_MESSAGE_HISTORY:
            return []
        return messages.history(channel, call.query)

    def create_message(self, call: Call) -> Json:
        channel = self.world.channel(call.number("channel_id"))
        return messages.send(self.world, channel, call.body, call.files)

    def edit_message(self, call: Call) -> Json:
        channel, message = self.message(call)
        if message["author"]["id"] != str(BOT_ID):
            raise ApiError(50005)
        return messages.edit(self.world, channel, message, call.body, call.files)

    def delete_message(self, call: Call) -> object:
        channel, message = self.message(call)
        if message["author"]["id"] != str(BOT_ID):
            self.world.require(channel, right.MANAGE_MESSAGES)
        messages.delete(self.world, channel, int(message["id"]))
        return NO_CONTENT

    def open_thread_on_message(self, call: Call) -> Json:
        channel, message = self.message(call)
        return messages.open_thread(self.world, channel, call.body, kind=PUBLIC_THREAD, message=message)

    def open_thread(self, call: Call) -> Json:
        kind = call.body.get("type", PRIVATE_THREAD)
        return messages.open_thread(self.world, self.seen_channel(call), call.body, kind=kind)

    # -- interactions

    def answer_interaction(self, call: Call) -> Any:
        params = call.params
        token = params["interaction_token"]
        answer = self.interactions.answer(int(params["interaction_id"]), token, call.body, call.files)
        return answer if call.query.get("with_response") in ("1", "true") else NO_CONTENT

    def follow_up(self, call: Call) -> Json:
        interaction = self.interactions.by_token(call.params["webhook_token"])
        return self.interactions.follow_up(interaction, call.body, call.files)

    def webhook_message(self, call: Call) -> Json:
        interaction = self.interactions.by_token(call.params["webhook_token"])
        if call.params["message_id"] != "@original":
            return self.interactions.find_message(interaction, call.number("message_id"))
        if interaction.message is None:
            raise ApiError(10008)
        return interaction.message

    def edit_webhook_message(self, call: Call) -> Json:
        message = self.webhook_message(call)
        interaction = self.interactions.by_token(call.params["webhook_token"])
        return self.interactions.edit_message(interaction, message, call.body, call.files)

    def delete_webhook_message(self, call: Call) -> object:
        message = self.webhook_message(call)
        self.interactions.delete_message(self.interactions.by_token(call.params["webhook_token"]), message)
        return NO_CONTENT
