"""The one path on which an error becomes a sentence that a person reads."""

import io
import logging
import re
import secrets
from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.errors import ChannelNotUsable, LineBroke, ManagersOnly, ServerOnly, UserError
from bot.health.figures import Outcome
from bot.logs import ANSWERED_BEFORE, UNKNOWN_INTERACTION
from bot.texts import gettext as _
from cogs.ui import counting
from cogs.ui.colours import PROBLEM
from cogs.ui.replies import reply

log = logging.getLogger(__name__)

# The letters and digits that are hard to mix up when read aloud.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
TYPED_AT_MOST = 3_500
CHANNEL = discord.AppCommandOptionType.channel

UNHEARD = (discord.DiscordServerError, aiohttp.ClientError, ConnectionError, TimeoutError)
"""What is raised where Discord did not take an answer, or took it and could not say so."""


def new_code() -> str:
    """A short code that finds an error in the log."""
    return "".join(secrets.choice(CODE_LETTERS) for _position in range(6))


async def answer_error(
    interaction: discord.Interaction[Any],
    error: Exception,
    *,
    typed: Mapping[str, str] | None = None,
    view: discord.ui.View | None = None,
) -> None:
    """Tell the person what went wrong, privately, and give back what they typed, by its label.

    A UserError is said as it is. Anything else is logged with a code, and the code is shown.
    """
    cause = error.__cause__ if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, discord.NotFound) and cause.code == UNKNOWN_INTERACTION:
        log.info("an answer came too late for server %s", interaction.guild_id, extra=_ids(interaction))
        counting.note(interaction, Outcome.LATE)
        return
    if isinstance(cause, discord.HTTPException) and cause.code == ANSWERED_BEFORE:
        log.info("an answer in server %s was taken at the first try", interaction.guild_id)
        return
    if interaction.client.is_closed():
        log.info("an answer in server %s was cut off by the end", interaction.guild_id)
        return
    counting.note(interaction, Outcome.REFUSED)
    sentence = _sentence(interaction, cause)
    embed = discord.Embed(description=sentence, colour=PROBLEM)
    file = _give_back(embed, typed or {})
    try:
        await reply(interaction, embed=embed, view=view, file=file)
    except discord.HTTPException as refused:
        # The interaction has expired or is gone: there is nobody left to tell.
        log.info("an error could not be told: %s", refused.code)
    except UNHEARD as unheard:
        log.info("an error could not be told: %s", type(unheard).__name__)


def _sentence(interaction: discord.Interaction[Any], cause: BaseException | None) -> str:
    if isinstance(cause, UserError):
        return str(cause)
    if isinstance(cause, app_commands.MissingPermissions):
        return str(ManagersOnly())
    if isinstance(cause, app_commands.NoPrivateMessage):
        return str(ServerOnly())
    if isinstance(cause, app_commands.TransformerError) and cause.type is CHANNEL:
        return str(ChannelNotUsable())
    counting.note(interaction, Outcome.FAILED)
    if isinstance(cause, UNHEARD):
        log.warning(
            "Discord did not take an answer in server %s: %s",
            interaction.guild_id,
            type(cause).__name__,
            extra=_ids(interaction),
        )
        return str(LineBroke())
    code = new_code()
    log.error(
        "error %s in %s, server %s, member %s",
        code,
        interaction.command.qualified_name if interaction.command else "a button or form",
        interaction.guild_id,
        interaction.user.id,
        exc_info=cause,
        extra={"code": code, **_ids(interaction)},
    )
    return _(
        "Something went wrong on my side, and it isn't your fault. Please try again in a minute. "
        "If it stays like this, tell an admin of this server the code **{code}**."
    ).format(code=code)


def _ids(interaction: discord.Interaction[Any]) -> dict[str, object]:
    return {"guild": interaction.guild_id, "user": interaction.user.id, "interaction": interaction.id}


def _give_back(embed: discord.Embed, typed: Mapping[str, str]) -> discord.File | None:
    texts = {label: text for label, text in typed.items() if text.strip()}
    if not texts:
        return None
    heading = _("What you typed, so that nothing is lost:")
    # A zero-width space between backticks keeps typed ones from closing the box.
    harmless = {label: re.sub("`(?=`)", "`\u200b", text) for label, text in texts.items()}
    if sum(map(len, harmless.values())) > TYPED_AT_MOST:
        content = "\n\n".join(f"{label}\n{text}" for label, text in texts.items())
        embed.description = f"{embed.description}\n\n{heading}"
        return discord.File(io.BytesIO(content.encode()), "what-you-typed.txt")
    boxes = [f"**{label}**\n```\n{text}\n```" for label, text in harmless.items()]
    embed.description = "\n".join([f"{embed.description}\n\n{heading}", *boxes])
    return None
