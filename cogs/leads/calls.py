"""Mentions of members for whom there is something that only they are to see."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord

from bot.texts import gettext as _
from cogs.messenger import Rendered
from cogs.ui.buttons import view_of


def render_call(
    text: str, members: Sequence[int], refused: Sequence[int], *buttons: discord.ui.Item[Any]
) -> Rendered:
    """A message that mentions `members`, as `{names}` in its text, and nobody else.

    It tells those who were `refused` that Discord lets the bot write to them directly no more.
    """
    lines = [text.format(names=_mentions(members))]
    if refused:
        told = _("{names}: Discord did not let me write to you directly, so you are mentioned from now on.")
        lines.append(told.format(names=_mentions(refused)))
    return Rendered(
        text="\n".join(lines),
        view=view_of(*buttons),
        mentions=discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(member) for member in members]
        ),
    )


def _mentions(members: Iterable[int]) -> str:
    return " ".join(f"<@{member}>" for member in members)
