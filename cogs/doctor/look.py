"""The look at Discord as a whole: one login without a gateway, and then everything at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import discord
from aiolimiter import AsyncLimiter

from bot.doctor.finding import Finding, not_looked_at, ok
from bot.doctor.reach import ANSWERS_WITHIN
from bot.doctor.stored import Stored
from bot.errors import OperatorError
from bot.settings import Settings
from bot.tokens import application_id
from cogs.doctor import account, fonts
from cogs.doctor.servers import RIGHTS_HELD, SERVERS, Visits
from cogs.messenger import REASONS
from cogs.rights import invite_link

INVITE = "invite"
REQUESTS, SECONDS = 15, 1.0
"""So many requests in a second: a bot that runs beside needs most of Discord's fifty."""

AFTER_LOGIN = (account.APPLICATION, account.INTENTS, account.COMMANDS, account.SESSIONS, SERVERS, RIGHTS_HELD)


class OverDiscord:
    """Looks at Discord with discord.py; rights are looked at in so many servers at most."""

    refusals = REASONS

    def __init__(self, servers: int):
        self._servers = servers

    def fonts(self) -> list[Finding]:
        """Whether names in all scripts can be drawn."""
        return fonts.look()

    async def look(self, settings: Settings, stored: Stored) -> list[Finding]:
        """Whether the token is taken, and how the application and the bot's rights are."""
        token = settings.token.get_secret_value() if settings.token else ""
        if not token or not token.isprintable():
            return _not_logged_in(token, "there is no token that could be tried")
        async with discord.Client(intents=discord.Intents.none(), max_messages=None) as client:
            try:
                async with asyncio.timeout(ANSWERS_WITHIN):
                    await client.login(token)
            except discord.LoginFailure:
                return [account.refused(), *_not_logged_in(token, "Discord refuses the token", login=False)]
            except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
                said = account.unreachable(error)
                return [said, *_not_logged_in(token, "Discord did not let the bot in", login=False)]
            return await self._look_around(client, stored)

    async def _look_around(self, client: discord.Client, stored: Stored) -> list[Finding]:
        assert client.application is not None
        application = account.read(client.application)
        invite = invite_link(application.id)
        pace = AsyncLimiter(REQUESTS, SECONDS)
        looks = await asyncio.gather(
            _tried(account.COMMANDS, lambda: _commands(client, application.id)),
            _tried(account.SESSIONS, lambda: _sessions(client)),
            _tried(SERVERS, lambda: Visits(client, pace, application.id).look(stored, self._servers, invite)),
        )
        return [
            ok(account.LOGIN, f"Discord takes the token, as that of {client.user}."),
            *account.judge(application),
            ok(INVITE, invite),
            *(finding for found in looks for finding in found),
        ]


async def _commands(client: discord.Client, application: int) -> list[Finding]:
    async with asyncio.timeout(ANSWERS_WITHIN):
        return [account.judge_commands(len(await client.http.get_global_commands(application)))]


async def _sessions(client: discord.Client) -> list[Finding]:
    async with asyncio.timeout(ANSWERS_WITHIN):
        _, _, limit = await client.http.get_bot_gateway()
    anew_in = timedelta(milliseconds=limit["reset_after"])
    return [account.judge_sessions(limit["remaining"], limit["total"], anew_in)]


async def _tried(name: str, look: Callable[[], Awaitable[list[Finding]]]) -> list[Finding]:
    try:
        return await look()
    except (aiohttp.ClientError, OSError, discord.DiscordException) as error:
        return [not_looked_at(name, f"Discord did not answer ({type(error).__name__})")]


def _not_logged_in(token: str, why: str, *, login: bool = True) -> list[Finding]:
    """Everything that needs a login, not looked at; the invite link can be told from the token alone."""
    names = [*([account.LOGIN] if login else []), *AFTER_LOGIN]
    found = [not_looked_at(name, why) for name in names]
    try:
        found.append(ok(INVITE, invite_link(application_id(token))))
    except OperatorError:
        found.append(not_looked_at(INVITE, "there is no token that could be one"))
    return found
