"""/resource find: the best five, and what to do when nothing fits."""

import re
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.answers import Answer
from bot.resources.browsing import Wanted
from bot.search.facets import Filters
from bot.texts import gettext as _
from cogs.resources.buttons import browse_button, share_button, suggest_button
from cogs.resources.cards import found_card, nothing_card
from cogs.resources.resource_page import OpenSelect, show_page
from cogs.resources.wording import capitalised, topic_name
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

TOPICS_OFFERED = 3
AGAIN = "resource:again:v1:"
QUERY_KEPT = 80
"""How much of a query a custom id has room for."""

# Nobody types this, so that a number which is typed is searched and not taken for the id of a resource.
_PICKED = re.compile(r"=(\d{1,12})")


class AgainButton(LastingButton, template=rf"{AGAIN}(?P<query>[\s\S]{{1,{QUERY_KEPT}}})"):
    """Searches for the same words without what else was asked for."""

    def __init__(self, query: str):
        self.query = query[:QUERY_KEPT].strip()
        super().__init__(_("Look without that"), AGAIN + self.query, discord.ButtonStyle.primary)

    async def press(self, interaction: "Interaction") -> None:
        await _search(interaction, self.query, Filters())


def picked(resource_id: int) -> str:
    """The value of a choice that stands for a resource, while a query is typed."""
    return f"={resource_id}"


async def find(interaction: "Interaction", query: str, filters: Filters) -> None:
    """Answer a query with what fits or, where a choice was picked, with the page of that resource.

    Raises QueryEmpty, QueryTooLong and ResourceGone.
    """
    choice = _PICKED.fullmatch(query)
    if choice:
        await show_page(interaction, int(choice[1]))
    else:
        await _search(interaction, query, filters)


async def _search(interaction: "Interaction", query: str, filters: Filters) -> None:
    answer = await interaction.client.services.resources.find(
        guild_of(interaction), interaction.user.id, query, filters
    )
    embed = found_card(answer, filters) if answer.found else nothing_card(answer, filters)
    await reply(interaction, embed=embed, view=_view(answer))


def _view(answer: Answer) -> discord.ui.View:
    found = [one.resource for one in answer.found]
    if found:
        return view_of(OpenSelect(found), share_button(resource.id for resource in found))
    items: list[discord.ui.Item[Any]] = []
    if answer.fit_without_filters:
        items.append(AgainButton(answer.query))
    else:
        items += [
            browse_button(Wanted(topic=topic), capitalised(topic_name(topic)))
            for topic in answer.nearest[:TOPICS_OFFERED]
        ]
    return view_of(*items, suggest_button())


BUTTONS = (AgainButton,)
