"""The page of one resource, for one member alone, and what they can do there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.marking import Marking
from bot.resources.resource import Mark, Resource, Shown
from bot.texts import gettext as _
from bot.texts import mark
from cogs.resources.buttons import RESOURCE, open_button, share_button
from cogs.resources.cards import resource_card, wants_building
from cogs.resources.curators_buttons import curators_row
from cogs.resources.wording import facts
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.fitting import shortened
from cogs.ui.ideas import add_idea_button
from cogs.ui.lasting import custom_id_of
from cogs.ui.replies import reply, turn_to
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

OPTIONS_AT_MOST, OPTION_LIMIT = 25, 100

LABELS = {
    Marking.SAVED: (mark("Save"), mark("Saved")),
    Marking.STARTED: (mark("Start"), mark("Started")),
    Marking.FINISHED: (mark("Finish"), mark("Finished")),
    Marking.HELPED: (mark("Helped me"), mark("It helped me")),
}
"""What the button of each mark says while it is off and while it is on."""


class OpenButton(LastingButton, template=rf"resource:open:v1:{RESOURCE}"):
    """Shows whoever presses it the page of a resource."""

    def __init__(self, resource: int | str):
        super().__init__(_("Open"), custom_id_of("resource:open:v1", resource))
        self.resource_id = int(resource)

    async def press(self, interaction: "Interaction") -> None:
        shown = await interaction.client.services.resources.show(
            guild_of(interaction), interaction.user.id, self.resource_id
        )
        await turn_to(interaction, resource_card(shown), page_view(shown, curators_row(shown, interaction)))


class OpenSelect(LastingSelect, template=r"resource:pick:v1"):
    """Resources to choose from; the one that is chosen is shown to whoever chose it, beside the list."""

    def __init__(self, resources: Sequence[Resource] = ()):
        options = [
            discord.SelectOption(
                label=shortened(resource.entry.title, OPTION_LIMIT),
                value=str(resource.id),
                description=shortened(" · ".join(facts(resource.entry)), OPTION_LIMIT),
            )
            for resource in resources[:OPTIONS_AT_MOST]
        ]
        super().__init__(_("Open one of them"), "resource:pick:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await show_page(interaction, number_named(values[0]))


class MarkButton(
    LastingButton,
    template=rf"resource:mark:v1:(?P<marking>saved|started|finished|helped):{RESOURCE}:(?P<on>[01])",
):
    """Says what a resource is to whoever presses it, or takes that back."""

    def __init__(self, marking: str, resource: int | str, on: bool | str, label: str = ""):
        self.marking, self.resource_id, self.on = Marking(marking), int(resource), bool(int(on))
        style = discord.ButtonStyle.secondary if self.on else discord.ButtonStyle.success
        custom_id = custom_id_of("resource:mark:v1", self.marking.value, resource, int(self.on))
        super().__init__(label or _(LABELS[self.marking][not self.on]), custom_id, style)

    async def press(self, interaction: "Interaction") -> None:
        resources = interaction.client.services.resources
        say = {
            Marking.SAVED: resources.save,
            Marking.STARTED: resources.start,
            Marking.FINISHED: resources.finish,
            Marking.HELPED: resources.thank,
        }[self.marking]
        shown = await say(guild_of(interaction), interaction.user.id, self.resource_id, on=self.on)
        await turn_to(interaction, resource_card(shown), page_view(shown, curators_row(shown, interaction)))


class ReportButton(LastingButton, template=rf"resource:dead:v1:{RESOURCE}"):
    """Says that the link of a resource is dead, which the curators hear."""

    def __init__(self, resource: int | str, *, done: bool = False):
        label = _("You said that it is dead") if done else _("Link is dead")
        super().__init__(label, custom_id_of("resource:dead:v1", resource))
        self.item.disabled = done
        self.resource_id = int(resource)

    async def press(self, interaction: "Interaction") -> None:
        shown = await interaction.client.services.resources.report_dead(
            guild_of(interaction), interaction.user.id, self.resource_id
        )
        await turn_to(interaction, resource_card(shown), page_view(shown, curators_row(shown, interaction)))


async def show_page(interaction: "Interaction", resource_id: int) -> None:
    """Answer whoever asks with the page of a resource; raises ResourceGone."""
    shown = await interaction.client.services.resources.show(
        guild_of(interaction), interaction.user.id, resource_id
    )
    await reply(
        interaction, embed=resource_card(shown), view=page_view(shown, curators_row(shown, interaction))
    )


def page_view(shown: Shown, curators: Sequence[discord.ui.Item[Any]] = ()) -> discord.ui.View | None:
    """What a member can do about a resource; from one that is dead or gone they only take their marks off.

    What `curators` can do has a row of its own.
    """
    resource = shown.resource
    can_mark = not shown.is_gone and not resource.entry.dead
    marks = [
        MarkButton(marking, resource.id, on=not is_on)
        for marking, is_on in _marks(shown.mark)
        if is_on or can_mark
    ]
    items: list[discord.ui.Item[Any]] = [*marks]
    if shown.replacement is not None:
        title = shown.replacement.entry.title
        items.append(open_button(shown.replacement.id, _("Open {title}").format(title=title)))
    if can_mark:
        items.append(ReportButton(resource.id, done=shown.reported_by_me))
    if not shown.is_gone:
        items.append(share_button([resource.id]))
    if wants_building(shown):
        items.append(add_idea_button())
    for place, item in enumerate(items):
        item.row = 0 if place < len(marks) else 1
    for item in curators:
        item.row = 2
    items += curators
    return view_of(*items) if items else None


def _marks(member: Mark) -> tuple[tuple[Marking, bool], ...]:
    return (
        (Marking.SAVED, member.is_saved),
        (Marking.STARTED, member.is_under_way),
        (Marking.FINISHED, member.is_finished),
        (Marking.HELPED, member.has_helped),
    )


BUTTONS = (OpenButton, OpenSelect, MarkButton, ReportButton)
