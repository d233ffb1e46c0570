"""The servers the bot is in, and its rights in the channels that are set there."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

import discord

from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.reach import ANSWERS_WITHIN
from bot.doctor.stored import CHECKINS, POLL, Channel, Stored
from bot.doctor.wording import counted
from cogs.rights import NEEDED_FOR_MESSAGES, RIGHTS, Right

T = TypeVar("T")

SERVERS, RIGHTS_HELD, SCOPE = "servers", "rights", "commands scope"

INDISPENSABLE = frozenset({"view_channel", "send_messages", "embed_links"})
NAME_SHOWN = 60


class Visits:
    """Looks at servers over HTTP, at the pace that it is given."""

    def __init__(self, client: discord.Client, pace: AbstractAsyncContextManager[Any], application_id: int):
        self._client = client
        self._pace = pace
        self._application_id = application_id

    async def look(self, stored: Stored, limit: int, invite: str) -> list[Finding]:
        """In which servers the bot is, and how it is there: in `limit` of them, those with trouble first."""
        present = await self._ask(self._servers)
        found = [judge_servers(present, stored, invite)]
        by_server: dict[int, list[Channel]] = {}
        for channel in stored.channels:
            if channel.guild_id in present:
                by_server.setdefault(channel.guild_id, []).append(channel)
        order = sorted(by_server, key=lambda guild: (-stored.troubled_servers.get(guild, 0), guild))
        visits = await asyncio.gather(*(self._visit(guild, by_server[guild]) for guild in order[:limit]))
        bad = [finding for visit in visits for finding in visit]
        scopes = [finding for finding in bad if finding.name == SCOPE]
        if order and not scopes:
            found.append(ok(SCOPE, "Members see the bot's commands in each server looked at."))
        return [*found, *bad, *_all_rights(order, limit, bad, by_server)]

    async def _servers(self) -> dict[int, str]:
        guilds = self._client.fetch_guilds(limit=None, with_counts=False)
        return {guild.id: guild.name async for guild in guilds}

    async def _visit(self, guild_id: int, channels: Sequence[Channel]) -> list[Finding]:
        try:
            guild = await self._ask(lambda: self._client.fetch_guild(guild_id, with_counts=False))
            me = await self._ask(lambda: guild.fetch_member(self._application_user))
        except (discord.HTTPException, TimeoutError) as error:
            return [
                warning(
                    RIGHTS_HELD,
                    f"The server {guild_id} could not be looked at ({type(error).__name__}).",
                    "Run this again later.",
                )
            ]
        looks = [self._scope(guild), *(self._channel(guild, me, channel) for channel in channels)]
        return [finding for finding in await asyncio.gather(*looks) if finding is not None]

    @property
    def _application_user(self) -> int:
        return self._client.user.id if self._client.user else 0

    async def _scope(self, guild: discord.Guild) -> Finding | None:
        http = self._client.http
        try:
            await self._ask(lambda: http.get_guild_commands(self._application_id, guild.id))
        except discord.Forbidden:
            return wrong(
                SCOPE,
                f"In {_named(guild)} nobody sees the commands: it was added without applications.commands.",
                "Open the invite link again for that server; nothing there is lost by it.",
            )
        except (discord.HTTPException, TimeoutError):
            return None
        return None

    async def _channel(self, guild: discord.Guild, me: discord.Member, channel: Channel) -> Finding | None:
        try:
            found = await self._ask(lambda: guild.fetch_channel(channel.channel_id))
        except discord.NotFound:
            return gone(_named(guild), channel)
        except discord.Forbidden:
            return judge_rights(_named(guild), str(channel.channel_id), channel.purpose, RIGHTS[:1], ())
        except (discord.HTTPException, discord.InvalidData, TimeoutError) as error:
            return warning(
                RIGHTS_HELD,
                f"A channel of {_named(guild)} could not be looked at ({type(error).__name__}).",
                "Run this again later.",
            )
        held = found.permissions_for(me)
        lacking = [right for right in RIGHTS if not getattr(held, right.flag)]
        denied = [right.flag for right in lacking if getattr(me.guild_permissions, right.flag)]
        return judge_rights(_named(guild), f"#{found.name[:NAME_SHOWN]}", channel.purpose, lacking, denied)

    async def _ask(self, ask: Callable[[], Awaitable[T]]) -> T:
        async with self._pace, asyncio.timeout(ANSWERS_WITHIN):
            return await ask()


def judge_servers(present: dict[int, str], stored: Stored, invite: str) -> Finding:
    """In which servers the bot is, by id and name, and which of those that it knows took it out."""
    if not present:
        return warning(SERVERS, "The bot is in no server.", f"Open the invite link: {invite}")
    configured = {channel.guild_id for channel in stored.channels if channel.purpose == CHECKINS}
    told = (
        f"In {counted(len(present), 'server', 'servers')}, {len(configured & present.keys())} of them set up."
    )
    if left := (configured | stored.departed.keys()) - present.keys():
        told += f" {counted(len(left), 'server', 'servers')} took the bot out, and will be forgotten in time."
    if not configured & present.keys():
        return warning(SERVERS, told, "Somebody who may manage the server has to use /setup there.")
    return ok(SERVERS, told)


def judge_rights(
    server: str, channel: str, purpose: str, lacking: Sequence[Right], denied: Collection[str]
) -> Finding | None:
    """What it means that the bot lacks rights in a channel; `denied` are those that only the channel takes.

    Nothing, where it needs none of them for that purpose.
    """
    needed = NEEDED_FOR_MESSAGES if purpose not in (CHECKINS, POLL) else {right.flag for right in RIGHTS}
    missing = [right for right in lacking if right.flag in needed]
    if not missing:
        return None
    told = "; ".join(f"{right.label} ({right.reason})" for right in missing)
    by_channel = [right.label for right in missing if right.flag in denied]
    by_server = [right.label for right in missing if right.flag not in denied]
    advice = []
    if by_channel:
        advice.append(f"In the channel's permissions, let the bot's role have: {', '.join(by_channel)}.")
    if by_server:
        advice.append(
            f"In the channel's permissions or in the bot's role, which may have been deleted, allow: "
            f"{', '.join(by_server)}. Opening the invite link again makes the role anew."
        )
    say = wrong if any(right.flag in INDISPENSABLE for right in missing) else warning
    return say(RIGHTS_HELD, f"{channel} of {server}, for {purpose}, lacks: {told}.", " ".join(advice))


def gone(server: str, channel: Channel) -> Finding:
    """A channel is set that is not there any more."""
    told = f"The channel for {channel.purpose} of {server} was deleted ({channel.channel_id})."
    if channel.purpose == POLL:
        return warning(RIGHTS_HELD, told, "The poll goes on; whoever leads it can drop it with /poll.")
    return wrong(RIGHTS_HELD, told, "Somebody who may manage the server has to choose another with /setup.")


def _all_rights(
    order: Sequence[int], limit: int, bad: Sequence[Finding], by_server: dict[int, list[Channel]]
) -> list[Finding]:
    """One finding that all rights are there, and one that not everything was looked at."""
    looked_at = order[:limit]
    found = []
    if looked_at and not any(finding.name == RIGHTS_HELD for finding in bad):
        channels = counted(sum(len(by_server[guild]) for guild in looked_at), "channel", "channels")
        servers = counted(len(looked_at), "server", "servers")
        found.append(ok(RIGHTS_HELD, f"All rights are there in {channels} of {servers}."))
    if left := len(order) - len(looked_at):
        found.append(
            ok(RIGHTS_HELD, f"{counted(left, 'server was', 'servers were')} not looked at (--servers).")
        )
    return found


def _named(guild: discord.Guild) -> str:
    return f"{guild.name[:NAME_SHOWN]} ({guild.id})"
