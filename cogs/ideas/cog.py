"""The commands of ideas."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.ideas.rules import Idea
from cogs.ideas import forms, merging, pages
from cogs.ui.feature import Feature, guild_of
from cogs.ui.fitting import shortened

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

CHOICES, CHOICE_LIMIT = 25, 100


class IdeasCog(Feature):
    """What members might build, gathered before any is chosen."""

    buttons = (*forms.BUTTONS, *pages.BUTTONS, *merging.BUTTONS)
    renderers = merging.RENDERERS

    def __init__(self, client: "Autodidact"):
        super().__init__(client)
        self.forms = forms.FORMS

    idea = app_commands.Group(
        name=locale_str("idea"),
        description=locale_str("Gather ideas for projects, before you choose one"),
        guild_only=True,
    )

    @idea.command(name=locale_str("add"), description=locale_str("Write an idea down"))
    async def idea_add(self, interaction: "Interaction") -> None:
        await forms.open_form(interaction)

    @idea.command(name=locale_str("list"), description=locale_str("Show your ideas, the newest first"))
    async def idea_list(self, interaction: "Interaction") -> None:
        await pages.show_list(interaction)

    @idea.command(name=locale_str("places"), description=locale_str("See where to look for ideas"))
    async def idea_places(self, interaction: "Interaction") -> None:
        await pages.show_place(interaction, pages.todays_place(interaction))

    @idea.command(name=locale_str("show"), description=locale_str("Show one of your ideas"))
    @app_commands.rename(chosen=locale_str("idea"))
    @app_commands.describe(chosen=locale_str("The idea to show"))
    async def idea_show(self, interaction: "Interaction", chosen: str) -> None:
        await pages.show_idea(interaction, (await self._own(interaction, chosen)).id)

    @idea.command(name=locale_str("edit"), description=locale_str("Change what one of your ideas says"))
    @app_commands.rename(chosen=locale_str("idea"))
    @app_commands.describe(chosen=locale_str("The idea to change"))
    async def idea_edit(self, interaction: "Interaction", chosen: str) -> None:
        await forms.open_form(interaction, (await self._own(interaction, chosen)).id)

    @idea.command(name=locale_str("withdraw"), description=locale_str("Let go of one of your ideas"))
    @app_commands.rename(chosen=locale_str("idea"))
    @app_commands.describe(chosen=locale_str("The idea to withdraw"))
    async def idea_withdraw(self, interaction: "Interaction", chosen: str) -> None:
        await pages.ask_to_withdraw(interaction, (await self._own(interaction, chosen)).id)

    @idea.command(name=locale_str("merge"), description=locale_str("Make one of two ideas that are the same"))
    @app_commands.rename(chosen=locale_str("idea"), into=locale_str("into"))
    @app_commands.describe(
        chosen=locale_str("An idea of yours, which becomes part of the other"),
        into=locale_str("The idea that goes on: yours, or one in a poll that you can see"),
    )
    async def idea_merge(self, interaction: "Interaction", chosen: str, into: str) -> None:
        gone = await self._own(interaction, chosen)
        kept = await self.client.services.ideas.chosen(
            guild_of(interaction), interaction.user.id, into, others=True
        )
        await merging.begin_merge(interaction, gone.id, kept.id)

    @idea_show.autocomplete("chosen")
    @idea_edit.autocomplete("chosen")
    @idea_withdraw.autocomplete("chosen")
    @idea_merge.autocomplete("chosen")
    async def complete_own(self, interaction: "Interaction", current: str) -> list[Choice[str]]:
        ideas = await self.client.services.ideas.of_member(guild_of(interaction), interaction.user.id)
        return choices_of(ideas, current)

    @idea_merge.autocomplete("into")
    async def complete_any(self, interaction: "Interaction", current: str) -> list[Choice[str]]:
        ideas = await self.client.services.ideas.in_sight(guild_of(interaction), interaction.user.id)
        return choices_of(ideas, current)

    async def _own(self, interaction: "Interaction", chosen: str) -> Idea:
        return await self.client.services.ideas.chosen(guild_of(interaction), interaction.user.id, chosen)


def choices_of(ideas: Sequence[Idea], current: str) -> list[Choice[str]]:
    """The ideas whose titles hold what is typed, as many as Discord shows."""
    typed = current.strip().casefold()
    fitting = [idea for idea in ideas if typed in idea.text.title.casefold()]
    return [
        Choice(name=shortened(idea.text.title, CHOICE_LIMIT), value=str(idea.id))
        for idea in fitting[:CHOICES]
    ]
