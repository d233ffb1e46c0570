"""What curators change: a suggestion that waits, or a resource of the server's own."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.errors import ResourceGone
from bot.resources.resource import Resource
from bot.resources.suggestion import Suggestion
from cogs.ui.feature import guild_of, require_curator

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

SUGGESTION, OWN = "s", "r"
ABOUT = r"(?P<about>[sr]\d{1,18})"
"""What a button or form is about, in its custom id: the kind of thing, and its number."""


@dataclass(frozen=True, slots=True)
class Curated:
    """What a button or form is about."""

    kind: str
    number: int

    @classmethod
    def named(cls, text: str) -> "Curated":
        """What a custom id names; see ABOUT."""
        return cls(text[0], int(text[1:]))

    def __str__(self) -> str:
        return f"{self.kind}{self.number}"

    @property
    def is_suggestion(self) -> bool:
        """Whether it still has to be decided."""
        return self.kind == SUGGESTION


async def find(interaction: "Interaction", about: Curated) -> Suggestion | Resource:
    """What is meant, for a curator; raises CuratorsOnly, SuggestionGone or ResourceGone."""
    require_curator(interaction)
    curation, guild_id = interaction.client.services.curation, guild_of(interaction)
    if about.is_suggestion:
        return await curation.suggestion(guild_id, about.number)
    for resource in await curation.own(guild_id):
        if resource.id == about.number:
            return resource
    raise ResourceGone


async def change(interaction: "Interaction", about: Curated, **fields: Any) -> Suggestion | Resource:
    """Change fields by what was chosen or typed; raises CuratorsOnly, and what is wrong with a field."""
    require_curator(interaction)
    curation, guild_id = interaction.client.services.curation, guild_of(interaction)
    if about.is_suggestion:
        return await curation.change(guild_id, about.number, **fields)
    return await curation.change_own(guild_id, about.number, **fields)
