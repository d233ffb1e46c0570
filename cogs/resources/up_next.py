"""/resource next: one resource, and the sentence that says why this one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord.utils import format_dt

from bot.resources.marking import Marking
from bot.resources.next import BUILDING_SHARE, Because, Ground
from bot.texts import gettext as _
from cogs.resources.buttons import CUSTOM_ID_LIMIT, RESOURCES, open_button
from cogs.resources.cards import suggested_card
from cogs.resources.resource_page import MarkButton
from cogs.resources.wording import topic_name
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.lasting import custom_id_of
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


MEASURED = frozenset({Ground.BUILD_MORE, Ground.SHOW_IT, Ground.LEARN_NEXT})
"""The grounds for which building was measured against learning."""


class ElseButton(LastingButton, template=rf"resource:next:v1:{RESOURCES}"):
    """Passes over what was suggested, and suggests something else."""

    def __init__(self, resources: str):
        self.passed = [int(resource) for resource in resources.split("-")]
        super().__init__(_("Something else"), _custom_id(self.passed))

    async def press(self, interaction: "Interaction") -> None:
        await suggest_next(interaction, self.passed)


async def suggest_next(interaction: "Interaction", passed: Sequence[int] = ()) -> None:
    """Turn to the resource that comes next for whoever asks; raises NothingNext."""
    following = await interaction.client.services.resources.next_for(
        guild_of(interaction), interaction.user.id, passed
    )
    resource, because = following.resource, following.because
    is_begun = because.ground is Ground.STARTED
    view = view_of(
        MarkButton(Marking.FINISHED, resource.id, on=True)
        if is_begun
        else MarkButton(Marking.STARTED, resource.id, on=True, label=_("Start it")),
        *([] if is_begun else [MarkButton(Marking.SAVED, resource.id, on=True)]),
        ElseButton("-".join(map(str, [*passed, resource.id]))),
        open_button(resource.id, _("Open")),
    )
    await turn_to(interaction, suggested_card(resource, why_next(because), measure(because)), view)


def why_next(because: Because) -> str:
    """Why a resource comes next, in a sentence or two."""
    about = because.topic and topic_name(because.topic)
    main = _grounds(because)
    if about and because.ground is Ground.TOPIC:
        return _("It is about {topic}, which you are at.").format(topic=about)
    if about:
        return main + " " + _("It is about {topic}, which you are at.").format(topic=about)
    return main


def _grounds(because: Because) -> str:
    match because.ground:
        case Ground.STARTED:
            text = _("You began this on {day}: go on with it, or lay it aside.")
        case Ground.SAVED:
            text = _("You saved this on {day}, and now is a good time for it.")
        case Ground.BUILD_MORE if because.share is None:
            text = _("Build something.")
        case Ground.BUILD_MORE:
            text = _(
                "Of your building and learning in the last two weeks, {share} % was building. "
                "Build something."
            )
        case Ground.SHOW_IT:
            text = _("You have built a good deal lately. Show something of it.")
        case Ground.LEARN_NEXT if because.share is None:
            text = _("Learn something new.")
        case Ground.LEARN_NEXT:
            text = _(
                "Of your building and learning in the last two weeks, {share} % was building: "
                "there is room to learn something."
            )
        case Ground.JOB_HUNT:
            text = _("You are looking for work above all.")
        case Ground.LEVEL:
            text = _("It fits the level of what you have finished so far.")
        case Ground.TOPIC | Ground.BEGINNING:
            text = _("It is good to begin with. Check in a few times, and I can choose better.")
    day = format_dt(because.since, "D") if because.since else ""
    return text.format(day=day, share=because.share)


def measure(because: Because) -> str:
    """By what measure the step was chosen; nothing where none was used."""
    if because.share is None or because.ground not in MEASURED:
        return ""
    return _("The guides' measure: {build} % building, {learn} % learning.").format(
        build=BUILDING_SHARE, learn=100 - BUILDING_SHARE
    )


def _custom_id(passed: Sequence[int]) -> str:
    """Names what was passed over last, as far as there is room."""
    for first in range(len(passed)):
        custom_id = custom_id_of("resource:next:v1", "-".join(map(str, passed[first:])))
        if len(custom_id) <= CUSTOM_ID_LIMIT:
            return custom_id
    raise AssertionError("no resource has such an id")


BUTTONS = (ElseButton,)
