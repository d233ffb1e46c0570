"""Lasting selects: like lasting buttons, their custom id says all they need."""

import re
from collections.abc import Collection, Sequence
from typing import Any, Self

import discord

from bot.errors import ButtonOutdated
from cogs.ui.lasting import ItemT, LastingItem

_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def number_named(value: str) -> int:
    """The number of a row that a chosen option names; raises ButtonOutdated where no row can have it."""
    if _NUMBER.fullmatch(value) is None:
        raise ButtonOutdated
    return int(value)


class _Choice(LastingItem[ItemT], template="abstract choice"):
    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        select = await super().from_custom_id(interaction, item, match)
        # What was chosen came with the interaction, and stands in the item that discord.py made of it.
        select.item = item  # type: ignore[assignment]
        return select


class LastingSelect(_Choice[discord.ui.Select[discord.ui.View]], template="abstract select"):
    """A select that works after a restart; subclasses give their template and `choose`.

    A subclass can be made without options: what was chosen comes with the interaction.
    """

    def __init__(self, placeholder: str, custom_id: str, options: list[discord.SelectOption]):
        super().__init__(discord.ui.Select(custom_id=custom_id, placeholder=placeholder, options=options))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        # It is what discord.py made of what came, and that may be another kind of component.
        if not isinstance(self.item, discord.ui.Select) or not self.item.values:
            raise ButtonOutdated
        await self.choose(interaction, self.item.values)

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        """What choosing does; `values` are those of the chosen options, one at least.

        They may be others than were offered: whatever was forged, or offered by an older version.
        """
        raise NotImplementedError


class LastingUserSelect(_Choice[discord.ui.UserSelect[discord.ui.View]], template="abstract user select"):
    """A select of people that works after a restart; subclasses give their template and `choose`."""

    def __init__(self, placeholder: str, custom_id: str, *, chosen: Collection[int], at_most: int):
        """`chosen` are chosen when it is shown, so whoever uses it may add people and leave some out."""
        super().__init__(
            discord.ui.UserSelect(
                custom_id=custom_id,
                placeholder=placeholder,
                min_values=0,
                max_values=at_most,
                default_values=[discord.Object(user_id) for user_id in chosen][:at_most],
            )
        )

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        if not isinstance(self.item, discord.ui.UserSelect):
            raise ButtonOutdated
        chosen = self.item.values
        people, bots = [user for user in chosen if not user.bot], [user for user in chosen if user.bot]
        await self.choose(interaction, people, bots)

    async def choose(
        self,
        interaction: discord.Interaction[Any],
        people: Sequence[discord.User | discord.Member],
        bots: Sequence[discord.User | discord.Member],
    ) -> None:
        """What choosing does; `people` are all that are chosen, `bots` what Discord offers besides."""
        raise NotImplementedError


class LastingChannelSelect(
    _Choice[discord.ui.ChannelSelect[discord.ui.View]], template="abstract channel select"
):
    """A select of text channels that works after a restart; subclasses give their template and `choose`."""

    def __init__(self, placeholder: str, custom_id: str, *, chosen: int | None = None):
        """`chosen` is chosen when it is shown."""
        super().__init__(
            discord.ui.ChannelSelect(
                custom_id=custom_id,
                placeholder=placeholder,
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
                default_values=[] if chosen is None else [discord.Object(chosen)],
            )
        )

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        if not isinstance(self.item, discord.ui.ChannelSelect) or not self.item.values:
            raise ButtonOutdated
        await self.choose(interaction, self.item.values[0].id)

    async def choose(self, interaction: discord.Interaction[Any], channel_id: int) -> None:
        """What choosing does; the channel may be gone by then."""
        raise NotImplementedError
