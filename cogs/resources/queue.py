"""/curate queue: the suggestions that wait, the oldest first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.suggestion import Suggestion
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.resources.editing import show_page
from cogs.resources.wording import KIND_NAMES
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of, require_curator
from cogs.ui.fitting import shortened
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

PAGE, TITLE_SHOWN, OPTION_LIMIT = 10, 200, 100


class QueueButton(LastingButton, template=rf"curate:queue:v1:(?P<page>\d{{1,4}})(?::{NONCE})?"):
    """Shows a page of what waits; see curators_buttons.queue_button for the first."""

    def __init__(self, page: int | str, nonce: str | None = None, *, label: str = ""):
        super().__init__(label or _("See the queue"), custom_id_of("curate:queue:v1", page, nonce))
        self.page = int(page)

    async def press(self, interaction: "Interaction") -> None:
        await show_queue(interaction, self.page)


class WaitingSelect(LastingSelect, template=r"curate:waiting:v1"):
    """Opens one of the suggestions that wait."""

    def __init__(self, suggestions: Sequence[Suggestion] = ()):
        options = [
            discord.SelectOption(
                label=shortened(one.entry.title, OPTION_LIMIT),
                value=str(one.id),
                description=shortened(one.entry.good_for, OPTION_LIMIT) or None,
            )
            for one in suggestions
        ]
        super().__init__(_("Open one of them"), "curate:waiting:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        require_curator(interaction)
        number = number_named(values[0])
        curation = interaction.client.services.curation
        await show_page(interaction, await curation.suggestion(guild_of(interaction), number))


async def show_queue(interaction: "Interaction", page: int = 0) -> None:
    """Turn to a page of what waits, for a curator; beyond the last stands the last."""
    require_curator(interaction)
    waiting = await interaction.client.services.curation.queue(guild_of(interaction))
    last = max(0, len(waiting) - 1) // PAGE
    page = min(page, last)
    shown = waiting[page * PAGE : (page + 1) * PAGE]
    items: list[discord.ui.Item[Any]] = [WaitingSelect(shown)] if shown else []
    if page > 0:
        items.append(QueueButton(page - 1, label=_("Back")))
    if page < last:
        items.append(QueueButton(page + 1, label=_("Next")))
    await turn_to(interaction, queue_card(shown, len(waiting), page), view_of(*items))


def queue_card(shown: Sequence[Suggestion], waiting: int, page: int) -> discord.Embed:
    """A page of what waits, the oldest first."""
    if not waiting:
        text = _("Nothing waits. Whatever members suggest with /resource suggest shows up here.")
        return discord.Embed(title=_("The queue"), description=text, colour=colours.CALM)
    title = ngettext("{count} suggestion waits", "{count} suggestions wait", waiting)
    return discord.Embed(
        title=title.format(count=waiting),
        description="\n".join(f"{number}. {_line(one)}" for number, one in enumerate(shown, page * PAGE + 1)),
        colour=colours.CALM,
    )


def _line(suggestion: Suggestion) -> str:
    return " · ".join(
        [
            f"**{as_text(suggestion.entry.title, TITLE_SHOWN)}**",
            _(KIND_NAMES[suggestion.entry.kind]),
            discord.utils.format_dt(suggestion.suggested_at, "R"),
        ]
    )


BUTTONS = (QueueButton, WaitingSelect)
