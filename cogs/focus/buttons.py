"""The lasting buttons of focus."""

from typing import TYPE_CHECKING

import discord

from bot.focus.rules import JOINED_FOR
from bot.focus.service import Started
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.focus import answers
from cogs.messenger import NEVER_SENT
from cogs.ui.buttons import LastingButton, check_in_button, view_of
from cogs.ui.feature import guild_of
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class StopButton(LastingButton, template=r"focus:stop:v1:(?P<block>\d{1,18})"):
    """Stops one block of whoever presses it."""

    def __init__(self, block: int | str):
        super().__init__(_("Stop early"), custom_id_of("focus:stop:v1", block))
        self.block_id = int(block)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        stopped = await interaction.client.services.focus.stop(guild_id, interaction.user.id, self.block_id)
        # The private answer it stands under becomes this one, so that nothing is left to press in vain.
        view = (
            view_of(check_in_with_minutes(stopped.minutes_today, NEVER_SENT))
            if stopped.minutes_today
            else None
        )
        await interaction.response.edit_message(embed=answers.stopped_card(stopped), view=view)
        if stopped.block.company is not None:
            await interaction.client.deliver(guild_id)


class JoinButton(LastingButton, template=rf"focus:join:v1:{NONCE}"):
    """Starts a block for whoever presses it, with the effort of their last one."""

    def __init__(self, nonce: str, *, running: bool = True):
        label, style = _("Join for {minutes} minutes"), discord.ButtonStyle.success
        if not running:
            label, style = _("Focus for {minutes} minutes"), discord.ButtonStyle.secondary
        super().__init__(label.format(minutes=JOINED_FOR), custom_id_of("focus:join:v1", nonce), style)

    async def press(self, interaction: "Interaction") -> None:
        started = await interaction.client.services.focus.start(
            guild_of(interaction), interaction.user.id, minutes=JOINED_FOR
        )
        await answer_start(interaction, started)


async def answer_start(interaction: "Interaction", started: Started) -> None:
    """Tell a member how their block stands, and then everybody, where it is in company."""
    view = view_of(StopButton(started.block.id))
    await reply(interaction, embed=answers.started_card(started), view=view)
    if started.is_new and started.block.company is not None:
        await interaction.client.deliver(guild_of(interaction))


def check_in_with_minutes(minutes: int, nonce: str) -> discord.ui.Button[discord.ui.View]:
    """Opens the form of a check-in, which starts with these minutes."""
    label = ngettext("Check in with {count} minute", "Check in with {count} minutes", minutes)
    return check_in_button(nonce, label.format(count=minutes))
