"""The lasting buttons of buddies, and what they and the commands do.

Each acts for whoever presses it. Those that concern a buddy name them, so that an old card does nothing to a
new buddy; whether the two still are buddies is looked up.
"""

from typing import TYPE_CHECKING, Any

import discord

from bot.buddies.service import Paired, Standing
from bot.errors import BuddyAlready, NoBuddy, NotYourBuddy
from bot.texts import gettext as _
from cogs.buddies import answers
from cogs.buddies.presence import buddy_who_left, with_somebody_here
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

BUDDY = r"(?P<buddy>\d{1,19})"


class LookButton(LastingButton, template=rf"buddy:show:v1:{NONCE}"):
    """Shows the presser privately how things stand for them; the nonce names the message it is under."""

    def __init__(self, nonce: str):
        super().__init__(
            _("Look at my buddy"), custom_id_of("buddy:show:v1", nonce), discord.ButtonStyle.primary
        )

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await show(interaction)


class NudgeButton(LastingButton, template=rf"buddy:nudge:v1:{BUDDY}"):
    """Has the presser's buddy nudged."""

    def __init__(self, buddy: int | str):
        super().__init__(_("Nudge"), custom_id_of("buddy:nudge:v1", buddy), discord.ButtonStyle.primary)
        self.buddy_id = int(buddy)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        guild_id = guild_of(interaction)
        buddies = interaction.client.services.buddies
        try:
            had = await buddies.show(guild_id, interaction.user.id)
        except NoBuddy:
            raise NotYourBuddy from None
        standing = await with_somebody_here(interaction, had)
        if standing is not had:
            await _answer(interaction, standing)
            await interaction.client.deliver(guild_id)
            return
        await buddies.nudge(guild_id, interaction.user.id, self.buddy_id)
        await reply(interaction, embed=answers.nudged_card(self.buddy_id))
        await interaction.client.deliver(guild_id)


class LeaveButton(LastingButton, template=rf"buddy:leave:v1:{BUDDY}"):
    """Parts the presser from their buddy."""

    def __init__(self, buddy: int | str):
        super().__init__(_("Leave"), custom_id_of("buddy:leave:v1", buddy))
        self.buddy_id = int(buddy)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await leave(interaction, self.buddy_id)


class StopLookingButton(LastingButton, template=r"buddy:stop:v1"):
    """Has the presser wait for a buddy no more."""

    def __init__(self) -> None:
        super().__init__(_("Stop looking"), "buddy:stop:v1")

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        guild_id = guild_of(interaction)
        await interaction.client.services.buddies.stop_looking(guild_id, interaction.user.id)
        await reply(interaction, embed=answers.left_card(None))


async def find(interaction: "Interaction") -> None:
    """Look for a buddy for whoever asks."""
    guild_id = guild_of(interaction)
    buddies = interaction.client.services.buddies
    try:
        standing = await with_somebody_here(interaction, await buddies.find(guild_id, interaction.user.id))
    except BuddyAlready:
        # They may have left the server meanwhile, which is only found out by asking.
        had = await buddies.show(guild_id, interaction.user.id)
        standing = await with_somebody_here(interaction, had)
        if standing is had:
            raise
    await _answer(interaction, standing, is_new=True)
    await interaction.client.deliver(guild_id)


async def show(interaction: "Interaction") -> None:
    """Show whoever asks how things stand for them."""
    guild_id = guild_of(interaction)
    shown = await interaction.client.services.buddies.show(guild_id, interaction.user.id)
    standing = await with_somebody_here(interaction, shown)
    await _answer(interaction, standing)
    if standing is not shown:
        await interaction.client.deliver(guild_id)


async def leave(interaction: "Interaction", buddy_id: int | None = None) -> None:
    """Part whoever asks from their buddy, or stop looking for one."""
    guild_id = guild_of(interaction)
    # Who is not here any more must not be found by the next who looks.
    gone = await buddy_who_left(interaction)
    left = await interaction.client.services.buddies.leave(guild_id, interaction.user.id, buddy_id, gone=gone)
    await reply(interaction, embed=answers.left_card(left))
    # The one who was left may have found somebody at once.
    await interaction.client.deliver(guild_id)


async def _answer(interaction: "Interaction", standing: Standing, *, is_new: bool = False) -> None:
    if isinstance(standing, Paired):
        embed = answers.paired_card(standing, is_new=is_new)
        nudge = [NudgeButton(standing.buddy_id)] if standing.may_nudge else []
        view = view_of(*nudge, LeaveButton(standing.buddy_id))
    else:
        embed, view = answers.waiting_card(standing), view_of(StopLookingButton())
    await reply(interaction, embed=embed, view=view)
