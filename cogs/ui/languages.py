"""Which language is spoken where: to one person their own, to a channel that of its server."""

from contextlib import AbstractContextManager
from typing import Any

import discord

from bot.texts import speaking


def language_of(guild: discord.Guild | None) -> str:
    """The language in which a server is spoken to."""
    return guild.preferred_locale.value if guild else "en"


def speaking_to_all(interaction: discord.Interaction[Any]) -> AbstractContextManager[None]:
    """Speak the language of the server for as long as something is put that all in a channel will read."""
    return speaking(language_of(interaction.guild))
