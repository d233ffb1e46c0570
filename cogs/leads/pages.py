"""The tracker as pages of one private message: what is pressed on a page turns it into another.

All that stands on them names the server where they are shown in direct messages, which belong to none.
"""

from typing import TYPE_CHECKING, Any

import discord

from bot.texts import gettext as _
from cogs.ui.lasting import custom_id_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

JOB = r"(?P<job>\d{1,18})"
"""Names a job of whoever presses."""


def named(interaction: discord.Interaction[Any], guild_id: int) -> int | None:
    """The server as custom ids have to name it: only in direct messages."""
    return guild_id if interaction.guild_id is None else None


def tracker_button(
    guild: int | str | None = None, nonce: str | None = None, *, row: int | None = None
) -> discord.ui.Button[discord.ui.View]:
    """Leads to the tracker, which answers it: see tracking.TrackerButton."""
    return discord.ui.Button(
        label=_("Your tracker"), custom_id=custom_id_of("leads:tracker:v1:0", guild, nonce), row=row
    )


def job_button(
    job: int, guild: int | str | None = None, *, label: str = "", row: int | None = None
) -> discord.ui.Button[discord.ui.View]:
    """Leads to a job, which answers it: see job_pages.OpenJobButton."""
    return discord.ui.Button(
        label=label or _("Back to the job"), custom_id=custom_id_of("leads:job:v1", job, guild), row=row
    )
