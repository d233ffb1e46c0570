"""Sharing resources: a card for everyone in the channel, under the name of who shares it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.resources.answers import FoundResource
from bot.resources.errors import CannotShareHere, ResourceGone
from bot.resources.resource import Shown
from bot.texts import gettext as _
from cogs.resources.buttons import RESOURCES, open_button
from cogs.resources.cards import list_card, resource_card
from cogs.resources.resource_page import OpenSelect
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.languages import speaking_to_all
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NAME_SHOWN, SHARED_AT_ONCE = 100, 5


class ShareButton(LastingButton, template=rf"resource:share:v1:{RESOURCES}"):
    """Posts one resource or several where it is pressed, without what they are to whoever shares them."""

    def __init__(self, resources: str):
        super().__init__(_("Share"), custom_id_of("resource:share:v1", resources))
        self.resource_ids = [int(resource) for resource in resources.split("-")][:SHARED_AT_ONCE]

    async def press(self, interaction: "Interaction") -> None:
        if not _may_post(interaction):
            raise CannotShareHere
        shared = await _shown(interaction, self.resource_ids)
        name = as_text(interaction.user.display_name, NAME_SHOWN)
        with speaking_to_all(interaction):
            if len(self.resource_ids) == 1:
                text = _("**{name}** shares a resource.")
                embed = resource_card(shared[0], for_all=True)
                view = view_of(open_button(shared[0].resource.id, _("Open it for me")))
            else:
                text = _("**{name}** shares some resources.")
                embed = list_card(_title(interaction), [_for_all(shown) for shown in shared])
                view = view_of(OpenSelect([shown.resource for shown in shared]))
        await interaction.response.send_message(text.format(name=name), embed=embed, view=view)


async def _shown(interaction: "Interaction", resource_ids: Sequence[int]) -> list[Shown]:
    """Those that are on the shelf still; raises ResourceGone if none is."""
    shared = []
    for resource_id in resource_ids:
        try:
            shown = await interaction.client.services.resources.show(
                guild_of(interaction), interaction.user.id, resource_id
            )
        except ResourceGone:
            continue
        if not shown.is_gone:
            shared.append(shown)
    if not shared:
        raise ResourceGone
    return shared


def _for_all(shown: Shown) -> FoundResource:
    return FoundResource(shown.resource, helped=shown.helped, link=shown.link, replacement=shown.replacement)


def _title(interaction: "Interaction") -> str:
    """What the list is about: the title of the bot's own message that is shared."""
    embeds = interaction.message.embeds if interaction.message else []
    return (embeds[0].title if embeds else None) or _("Resources")


def _may_post(interaction: "Interaction") -> bool:
    held = interaction.app_permissions
    is_thread = isinstance(interaction.channel, discord.Thread)
    may_send = held.send_messages_in_threads if is_thread else held.send_messages
    return held.view_channel and may_send and held.embed_links


BUTTONS = (ShareButton,)
