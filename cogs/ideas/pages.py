"""A member's ideas as pages of one private message: the list, one idea, withdrawing it, where to look."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.ideas.places import place_at
from bot.ideas.rules import Idea
from bot.texts import gettext as _
from cogs.ideas.cards import (
    PAGE,
    idea_card,
    idea_view,
    list_button,
    list_card,
    place_card,
    places_button,
    withdrawal_card,
)
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.fitting import shortened
from cogs.ui.ideas import add_idea_button, idea_line
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

IDEA = r"(?P<idea>\d{1,18})"
OPTION_LIMIT = 100


class ShowButton(LastingButton, template=rf"idea:show:v1:{IDEA}"):
    """Shows an idea of the presser's."""

    def __init__(self, idea: int | str, label: str = ""):
        super().__init__(label or _("Show it"), custom_id_of("idea:show:v1", idea))
        self.idea_id = int(idea)

    async def press(self, interaction: "Interaction") -> None:
        await show_idea(interaction, self.idea_id)


class IdeaSelect(LastingSelect, template=r"idea:open:v1"):
    """A page of a member's ideas to choose from; the one that is chosen is shown."""

    def __init__(self, ideas: Sequence[Idea] = ()):
        options = [
            discord.SelectOption(label=shortened(idea.text.title, OPTION_LIMIT), value=str(idea.id))
            for idea in ideas
        ]
        super().__init__(_("Show one of them"), "idea:open:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await show_idea(interaction, number_named(values[0]))


class ListButton(LastingButton, template=rf"idea:list:v1:(?P<page>\d{{1,3}})(?::{NONCE})?"):
    """Shows whoever presses it a page of their own ideas, privately."""

    def __init__(self, page: int | str = 0, nonce: str | None = None, *, label: str = ""):
        super().__init__(label or _("Your ideas"), custom_id_of("idea:list:v1", page, nonce))
        self.page = int(page)

    async def press(self, interaction: "Interaction") -> None:
        await show_list(interaction, self.page)


class WithdrawButton(LastingButton, template=rf"idea:withdraw:v1:{IDEA}"):
    """Asks whether an idea of the presser's shall be withdrawn."""

    def __init__(self, idea: int | str):
        super().__init__(_("Withdraw"), custom_id_of("idea:withdraw:v1", idea))
        self.idea_id = int(idea)

    async def press(self, interaction: "Interaction") -> None:
        await ask_to_withdraw(interaction, self.idea_id)


class ReallyWithdrawButton(LastingButton, template=rf"idea:withdrawn:v1:{IDEA}"):
    """Withdraws an idea of the presser's."""

    def __init__(self, idea: int | str):
        style = discord.ButtonStyle.danger
        super().__init__(_("Yes, withdraw it"), custom_id_of("idea:withdrawn:v1", idea), style)
        self.idea_id = int(idea)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        gone = await interaction.client.services.ideas.withdraw(guild_id, interaction.user.id, self.idea_id)
        items: list[discord.ui.Item[Any]] = [list_button()]
        if gone.stays:
            text = _("You have let go of {idea}. It stays with the others.")
        else:
            text = _("{idea} is withdrawn.")
            items.insert(0, TakeUpButton(self.idea_id))
        text = text.format(idea=idea_line(gone.idea.text.title))
        await turn_to(interaction, discord.Embed(description=text, colour=colours.CALM), view_of(*items))
        await interaction.client.deliver(guild_id)


class TakeUpButton(LastingButton, template=rf"idea:back:v1:{IDEA}"):
    """Has an idea again that the presser withdrew."""

    def __init__(self, idea: int | str):
        super().__init__(_("Take it up again"), custom_id_of("idea:back:v1", idea))
        self.idea_id = int(idea)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        idea = await interaction.client.services.ideas.take_up(guild_id, interaction.user.id, self.idea_id)
        card = idea_card(idea, interaction.user.id, _("It is among your ideas again."))
        await turn_to(interaction, card, idea_view(idea))
        await interaction.client.deliver(guild_id)


class PlacesButton(LastingButton, template=r"idea:places:v1"):
    """Shows a place to look for ideas, another one each day."""

    def __init__(self) -> None:
        super().__init__(_("Where to look"), "idea:places:v1")

    async def press(self, interaction: "Interaction") -> None:
        await show_place(interaction, todays_place(interaction))


class PlaceButton(LastingButton, template=r"idea:place:v1:(?P<number>\d{1,9})"):
    """Shows another place to look for ideas."""

    def __init__(self, number: int | str):
        super().__init__(_("Another place"), custom_id_of("idea:place:v1", number))
        self.number = int(number)

    async def press(self, interaction: "Interaction") -> None:
        await show_place(interaction, self.number)


async def show_idea(interaction: "Interaction", idea_id: int, heading: str = "") -> None:
    """Turn to an idea of whoever asks; raises IdeaGone."""
    ideas = interaction.client.services.ideas
    idea = await ideas.find(guild_of(interaction), interaction.user.id, idea_id)
    await turn_to(interaction, idea_card(idea, interaction.user.id, heading), idea_view(idea))


async def show_list(interaction: "Interaction", page: int = 0) -> None:
    """Turn to a page of the ideas of whoever asks; beyond the last stands the last."""
    ideas = await interaction.client.services.ideas.of_member(guild_of(interaction), interaction.user.id)
    last = max(0, len(ideas) - 1) // PAGE
    page = min(page, last)
    shown = ideas[page * PAGE : (page + 1) * PAGE]
    items: list[discord.ui.Item[Any]] = [IdeaSelect(shown)] if shown else []
    items += [add_idea_button(), places_button()]
    if page > 0:
        items.append(ListButton(page - 1, label=_("Newer")))
    if page < last:
        items.append(ListButton(page + 1, label=_("Older")))
    await turn_to(interaction, list_card(ideas, page), view_of(*items))


async def ask_to_withdraw(interaction: "Interaction", idea_id: int) -> None:
    """Ask whoever asks for it whether their idea shall be withdrawn; raises IdeaGone."""
    ideas = interaction.client.services.ideas
    idea = await ideas.find(guild_of(interaction), interaction.user.id, idea_id)
    view = view_of(ReallyWithdrawButton(idea_id), ShowButton(idea_id, _("Keep it")))
    await turn_to(interaction, withdrawal_card(idea, interaction.user.id), view)


async def show_place(interaction: "Interaction", number: int) -> None:
    """Turn to a place to look for ideas."""
    place = place_at(number)
    view = view_of(PlaceButton(place.number + 1), add_idea_button(), list_button())
    await turn_to(interaction, place_card(place), view)


def todays_place(interaction: "Interaction") -> int:
    """The number of the place to begin with: another one for each member and day."""
    return interaction.client.services.clock.now().toordinal() + interaction.user.id


BUTTONS = (
    ShowButton,
    IdeaSelect,
    ListButton,
    WithdrawButton,
    ReallyWithdrawButton,
    TakeUpButton,
    PlacesButton,
    PlaceButton,
)
