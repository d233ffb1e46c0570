"""Lasting buttons, and what several features do with buttons."""

from typing import Any

import discord

from bot.texts import gettext as _
from cogs.ui.lasting import LastingItem, custom_id_of


class LastingButton(LastingItem[discord.ui.Button[discord.ui.View]], template="abstract"):
    """A button that works after a restart; subclasses give their template and `press`."""

    def __init__(
        self,
        label: str,
        custom_id: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        row: int | None = None,
    ):
        super().__init__(discord.ui.Button(style=style, label=label, custom_id=custom_id, row=row))


def check_in_button(
    nonce: str, label: str | None = None, *, guild_id: int | None = None
) -> discord.ui.Button[discord.ui.View]:
    """Opens the form of a check-in; the check-ins answer it, which find it by its custom id.

    In a direct message `guild_id` names the server.
    """
    name = "checkin:open:v1" if guild_id is None else "checkin:direct:v1"
    return discord.ui.Button(
        style=discord.ButtonStyle.success,
        label=label or _("Check in"),
        custom_id=custom_id_of(name, guild_id, nonce),
    )


def view_of(*buttons: discord.ui.Item[Any]) -> discord.ui.View:
    """A view that is only sent, not kept: lasting buttons are found by their custom ids."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    # A finished view is not held in memory by discord.py when it is sent.
    view.stop()
    return view
