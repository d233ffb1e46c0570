"""A member's own pages of a poll: one private message, which what is pressed on it turns into the next.

The three doors to them stand under the poll's message too, and are answered by booth, ballots and own_votes.
"""

from typing import Any

import discord

from bot.texts import gettext as _
from cogs.ui.lasting import custom_id_of

POLL = r"(?P<poll_id>\d{1,18})"
"""Names a poll of the server in which it is pressed."""

POSITION = r"(?P<position>\d{1,2})"
"""Names one of a poll's ideas."""

LABEL_LIMIT = 80


async def turn_to(
    interaction: discord.Interaction[Any], *embeds: discord.Embed, view: discord.ui.View
) -> None:
    """Turn the private message that was acted on into another page; answer any other message with one."""
    message = interaction.message
    if message is not None and message.flags.ephemeral:
        await interaction.response.edit_message(embeds=embeds, view=view)
    else:
        await interaction.response.send_message(embeds=embeds, view=view, ephemeral=True)


def vote_button(poll_id: int, label: str, *, row: int | None = None) -> discord.ui.Button[discord.ui.View]:
    """Leads to the open card, which answers it: see booth.VoteButton."""
    return discord.ui.Button(
        label=label,
        style=discord.ButtonStyle.primary,
        custom_id=custom_id_of("poll:vote:v1", poll_id),
        row=row,
    )


def ballot_button(
    poll_id: int, label: str, *, row: int | None = None, primary: bool = False
) -> discord.ui.Button[discord.ui.View]:
    """Leads to the ballot of the final, which answers it: see ballots.BallotButton."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return discord.ui.Button(
        label=label, style=style, custom_id=custom_id_of("poll:ballot:v1", poll_id), row=row
    )


def own_votes_button(
    poll_id: int, label: str | None = None, *, row: int | None = None
) -> discord.ui.Button[discord.ui.View]:
    """Leads to the presser's own votes, which answer it: see own_votes.OwnVotesButton."""
    return discord.ui.Button(
        label=label or _("Your votes"), custom_id=custom_id_of("poll:own:v1", poll_id), row=row
    )
