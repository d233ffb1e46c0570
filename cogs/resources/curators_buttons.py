"""Buttons of curators that lead from one page to another; who answers them finds them by their custom ids."""

from typing import Any

import discord

from bot.resources.resource import Shown
from bot.texts import gettext as _
from cogs.resources.curated import OWN
from cogs.ui.feature import is_curator
from cogs.ui.lasting import custom_id_of

Button = discord.ui.Button[Any]


def decide_button(word: str, suggestion_id: int, nonce: str | None = None) -> Button:
    """Takes a suggestion in, or opens the form for the reason why not; see deciding.DecideButton."""
    label, style = _("Accept"), discord.ButtonStyle.success
    if word == "decline":
        label, style = _("Decline…"), discord.ButtonStyle.secondary
    return _button(label, "curate:decide:v1", word, suggestion_id, nonce, style=style)


def edit_button(about: str, nonce: str | None = None) -> Button:
    """Shows what can be changed; see editing.EditButton, and curated.Curated for what it is about."""
    return _button(_("Edit…"), "curate:edit:v1", about, nonce)


def queue_button(nonce: str | None = None) -> Button:
    """Shows what waits; see queue.QueueButton."""
    return _button(_("See the queue"), "curate:queue:v1", 0, nonce)


def list_button() -> Button:
    """Shows what the server has of its own; see own_shelf.ListButton."""
    return _button(_("Back to the list"), "curate:list:v1", 0)


def look_button(resource_id: int, nonce: str) -> Button:
    """Shows the page of a resource that was taken in; see deciding.LookButton."""
    return _button(_("Look at it"), "curate:look:v1", resource_id, nonce)


def off_button(resource_id: int, label: str | None = None) -> Button:
    """Takes a resource off the shelf of the server; see own_shelf.OffButton."""
    return _button(label or _("Take it off"), "curate:off:v1", resource_id)


def back_button(resource_id: int) -> Button:
    """Puts back what was taken off; see own_shelf.BackButton."""
    style = discord.ButtonStyle.success
    return _button(_("Bring it back"), "curate:back:v1", resource_id, style=style)


def works_button(resource_id: int) -> Button:
    """Lets go of what members reported of a link; see own_shelf.WorksButton."""
    return _button(_("The link works"), "curate:works:v1", resource_id)


def curators_row(shown: Shown, interaction: discord.Interaction[Any]) -> list[discord.ui.Item[Any]]:
    """What a curator can do about a resource, for its page; nothing for anybody else."""
    resource = shown.resource
    if not is_curator(interaction):
        return []
    if shown.is_gone:
        return [back_button(resource.id)]
    works = [works_button(resource.id)] if shown.reported else []
    if resource.is_own:
        return [edit_button(f"{OWN}{resource.id}"), off_button(resource.id), *works]
    return [off_button(resource.id, _("Hide it here")), *works]


def _button(
    label: str,
    name: str,
    *arguments: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Button:
    """A button that another module here answers, which this one can't import."""
    return discord.ui.Button(label=label, custom_id=custom_id_of(name, *arguments), style=style)
