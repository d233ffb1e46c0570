"""What lasting buttons and selects share: their custom id says all they need, so they work after a restart.

A custom id reads `feature:action:vVERSION` and, if need be, `:argument`. A button whose meaning changes gets
a new version; one of an old version is answered kindly by the client.
"""

import re
from typing import Any, Self, TypeVar

import discord

from bot.texts import speak
from cogs.ui import counting
from cogs.ui.failures import answer_error

ItemT = TypeVar("ItemT", bound=discord.ui.Item[Any])

NONCE = r"(?P<nonce>[a-z2-7]{24})"
"""Names the message that a button stands under."""

GUILD = r"(?P<guild>\d{1,20})"
"""Names the server that an item is about, where it can't be told from the place: in direct messages."""

DAY = r"(?P<day>\d{4}-\d{2}-\d{2})"


class LastingItem(discord.ui.DynamicItem[ItemT], template="abstract item"):
    """An item that answers errors as everything does; subclasses give their template and `press`.

    It is made again from its custom id by handing the groups of the template, by their names and as text, to
    the constructor. One that wants a number takes its digits too.
    """

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        groups: dict[str, Any] = match.groupdict()
        return cls(**groups)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        speak(interaction.locale.value)
        counting.begin(interaction)
        try:
            await self.press(interaction)
        except Exception as error:
            await answer_error(interaction, error)
        counting.count(interaction, counting.name_of(self.custom_id))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """What the item does."""
        raise NotImplementedError


def custom_id_of(name: str, *arguments: object) -> str:
    """The custom id of a name with its version and of the arguments that are there: None is left out."""
    return ":".join([name, *(str(argument) for argument in arguments if argument is not None)])
