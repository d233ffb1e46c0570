"""What a server has of its own and took off its shelf: /curate list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.errors import ResourceGone
from bot.resources.resource import Resource
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.resources.buttons import RESOURCE, open_button
from cogs.resources.curators_buttons import back_button, list_button
from cogs.resources.editing import show_page
from cogs.resources.suggestion_card import entry_card
from cogs.resources.wording import KIND_NAMES
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of, require_curator
from cogs.ui.fitting import shortened
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

PAGE, TITLE_SHOWN, OPTION_LIMIT = 15, 200, 100


class ListButton(LastingButton, template=r"curate:list:v1:(?P<page>\d{1,4})"):
    """Shows a page of the list; see curators_buttons.list_button for the first."""

    def __init__(self, page: int | str, label: str = ""):
        super().__init__(label or _("Back to the list"), custom_id_of("curate:list:v1", page))
        self.page = int(page)

    async def press(self, interaction: "Interaction") -> None:
        await show_list(interaction, self.page)


class OwnSelect(LastingSelect, template=r"curate:own:v1"):
    """Opens one of the list, to change it, take it off or bring it back."""

    def __init__(self, resources: Sequence[Resource] = ()):
        options = [
            discord.SelectOption(
                label=shortened(one.entry.title, OPTION_LIMIT),
                value=str(one.id),
                description=shortened(one.entry.good_for, OPTION_LIMIT) or None,
            )
            for one in resources
        ]
        super().__init__(_("Open one of them"), "curate:own:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await _open(interaction, number_named(values[0]))


class OffButton(LastingButton, template=rf"curate:off:v1:{RESOURCE}"):
    """Takes a resource off the shelf of the server; see curators_buttons.off_button."""

    def __init__(self, resource: int | str):
        super().__init__(_("Take it off"), custom_id_of("curate:off:v1", resource))
        self.resource_id = int(resource)

    async def press(self, interaction: "Interaction") -> None:
        require_curator(interaction)
        curation = interaction.client.services.curation
        resource = await curation.remove(guild_of(interaction), self.resource_id)
        await turn_to(interaction, off_card(resource), view_of(back_button(resource.id), list_button()))


class BackButton(LastingButton, template=rf"curate:back:v1:{RESOURCE}"):
    """Puts back what was taken off; see curators_buttons.back_button."""

    def __init__(self, resource: int | str):
        super().__init__(_("Bring it back"), custom_id_of("curate:back:v1", resource))
        self.resource_id = int(resource)

    async def press(self, interaction: "Interaction") -> None:
        require_curator(interaction)
        curation = interaction.client.services.curation
        resource = await curation.bring_back(guild_of(interaction), self.resource_id)
        embed = entry_card(resource.entry)
        embed.set_author(name=_("Back on the shelf"))
        await turn_to(interaction, embed, view_of(open_button(resource.id, _("Look at it")), list_button()))


class WorksButton(LastingButton, template=rf"curate:works:v1:{RESOURCE}"):
    """Lets go of what members reported of a link; see curators_buttons.works_button."""

    def __init__(self, resource: int | str):
        super().__init__(_("The link works"), custom_id_of("curate:works:v1", resource))
        self.resource_id = int(resource)

    async def press(self, interaction: "Interaction") -> None:
        require_curator(interaction)
        curation = interaction.client.services.curation
        resource = await curation.link_works(guild_of(interaction), self.resource_id)
        text = _("Noted: the link of {title} works, so nobody's report of it counts any more.")
        text = text.format(title=as_text(resource.entry.title, TITLE_SHOWN))
        embed = discord.Embed(description=text, colour=colours.CALM)
        await turn_to(interaction, embed, view_of(open_button(resource.id, _("Look at it"))))


async def show_list(interaction: "Interaction", page: int = 0) -> None:
    """Turn to a page of what a server has of its own and what it took off, for a curator."""
    require_curator(interaction)
    own, taken_off = await _both(interaction)
    resources = [*own, *taken_off]
    last = max(0, len(resources) - 1) // PAGE
    page = min(page, last)
    shown = resources[page * PAGE : (page + 1) * PAGE]
    items: list[discord.ui.Item[Any]] = [OwnSelect(shown)] if shown else []
    if page > 0:
        items.append(ListButton(page - 1, _("Back")))
    if page < last:
        items.append(ListButton(page + 1, _("Next")))
    off = frozenset(one.id for one in taken_off)
    await turn_to(interaction, list_card(shown, off, len(own), page, last), view_of(*items))


def list_card(
    shown: Sequence[Resource], off: frozenset[int], own: int, page: int, last: int
) -> discord.Embed:
    """A page of the list; what is `off` the shelf says so."""
    if not shown:
        text = _(
            "This server's shelf is as I brought it. What you accept from the queue or bring in with "
            "/curate import shows up here, and so does what you take off."
        )
        return discord.Embed(title=_("This server's own resources"), description=text, colour=colours.CALM)
    title = ngettext("{count} resource of this server's own", "{count} resources of this server's own", own)
    embed = discord.Embed(
        title=title.format(count=own),
        description="\n".join(_line(one, is_off=one.id in off) for one in shown),
        colour=colours.CALM,
    )
    if last:
        embed.set_footer(text=_("page {page} of {pages}").format(page=page + 1, pages=last + 1))
    return embed


def off_card(resource: Resource) -> discord.Embed:
    """That a resource is off the shelf of a server, and what that means."""
    embed = entry_card(resource.entry)
    text = _("Off the shelf of this server: nobody here finds it any more.")
    if not resource.is_own:
        text = _("Off the shelf of this server: nobody here finds it any more. Other servers do.")
    return embed.set_author(name=_("Taken off")).set_footer(text=text)


async def _open(interaction: "Interaction", resource_id: int) -> None:
    require_curator(interaction)
    own, taken_off = await _both(interaction)
    for resource in own:
        if resource.id == resource_id:
            await show_page(interaction, resource)
            return
    for resource in taken_off:
        if resource.id == resource_id:
            await turn_to(interaction, off_card(resource), view_of(back_button(resource.id), list_button()))
            return
    raise ResourceGone


async def _both(interaction: "Interaction") -> tuple[list[Resource], list[Resource]]:
    """What a server has of its own, and what it took off."""
    curation, guild_id = interaction.client.services.curation, guild_of(interaction)
    return await curation.own(guild_id), await curation.taken_off(guild_id)


def _line(resource: Resource, *, is_off: bool) -> str:
    said = [f"**{as_text(resource.entry.title, TITLE_SHOWN)}**", _(KIND_NAMES[resource.entry.kind])]
    if is_off:
        said.append(_("taken off"))
    return "- " + " · ".join(said)


BUTTONS = (ListButton, OwnSelect, OffButton, BackButton, WorksButton)
