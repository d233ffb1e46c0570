"""Buttons that lead from one answer to another; who answers them finds them by their custom ids."""

from collections.abc import Iterable
from typing import Any

import discord

from bot.resources.browsing import Wanted
from bot.texts import gettext as _
from cogs.ui.fitting import shortened
from cogs.ui.lasting import custom_id_of

RESOURCE = r"(?P<resource>\d{1,12})"
RESOURCES = r"(?P<resources>\d{1,12}(?:-\d{1,12})*)"
WANTED = r"(?P<wanted>(?:-|[a-z]{1,12}):(?:-|[a-z0-9-]{1,40}):(?:-|[a-z]{1,16}))"
"""What was chosen by step, topic and kind; a dash where nothing was."""

CUSTOM_ID_LIMIT, LABEL_LIMIT = 100, 80

Button = discord.ui.Button[Any]


def open_button(resource_id: int, label: str) -> Button:
    """Opens the page of a resource, privately; see resource_page.OpenButton."""
    return discord.ui.Button(
        label=shortened(label, LABEL_LIMIT), custom_id=custom_id_of("resource:open:v1", resource_id)
    )


def share_button(resource_ids: Iterable[int], *, row: int | None = None) -> Button:
    """Posts some resources for everyone; see sharing.ShareButton."""
    return discord.ui.Button(
        label=_("Share"),
        custom_id=custom_id_of("resource:share:v1", "-".join(map(str, resource_ids))),
        row=row,
    )


def browse_button(wanted: Wanted, label: str, page: int = 0) -> Button:
    """Shows a page of what there is; see browsing.BrowseButton."""
    return discord.ui.Button(
        label=shortened(label, LABEL_LIMIT),
        custom_id=custom_id_of("resource:browse:v1", code_of(wanted), page),
    )


def suggest_button() -> Button:
    """Opens the form of a suggestion."""
    return discord.ui.Button(label=_("Suggest one"), custom_id="resource:suggest:v1")


def code_of(wanted: Wanted) -> str:
    """What was chosen as custom ids hold it."""
    return ":".join((wanted.step or "-", wanted.topic or "-", wanted.kind or "-"))
