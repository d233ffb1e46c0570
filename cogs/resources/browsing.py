"""/resource browse: looking round by step, topic and kind, a page at a time.

What was chosen stands in the custom ids, so that every page works after a restart.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import discord

from bot.errors import ButtonOutdated
from bot.inputs import quoted
from bot.resources.answers import Page
from bot.resources.browsing import Wanted
from bot.resources.entry import Step, topics
from bot.resources.errors import UnknownTopic
from bot.search.facets import Kind
from bot.texts import gettext as _
from cogs.resources.buttons import WANTED, browse_button, code_of, share_button, suggest_button
from cogs.resources.cards import page_card, steps_card
from cogs.resources.resource_page import OpenSelect
from cogs.resources.wording import KIND_NAMES, STEP_NAMES, topic_name
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.fitting import shortened
from cogs.ui.lasting import custom_id_of
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

T = TypeVar("T", Step, Kind)

ALL, GROUP_SIGN, OPTION_LIMIT = "-", "~", 100
GROUP = 22
"""Topics come in groups of so many; with all, earlier and more they fill a select."""


class BrowseButton(LastingButton, template=rf"resource:browse:v1:{WANTED}:(?P<page>\d{{1,4}})"):
    """Shows a page of what was chosen."""

    def __init__(self, wanted: str, page: str):
        super().__init__(_("Browse"), custom_id_of("resource:browse:v1", wanted, page))
        self.wanted, self.page = wanted, int(page)

    async def press(self, interaction: "Interaction") -> None:
        await browse(interaction, wanted_of(self.wanted), self.page)


class StepSelect(LastingSelect, template=rf"resource:step:v1:{WANTED}"):
    """Chooses a step of the path, or all of them."""

    def __init__(self, wanted: str, options: Sequence[discord.SelectOption] = ()):
        super().__init__(_("Step"), custom_id_of("resource:step:v1", wanted), list(options))
        self.wanted = wanted

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await browse(interaction, replace(wanted_of(self.wanted), step=_one_of(Step, values[0])))


class KindSelect(LastingSelect, template=rf"resource:kind:v1:{WANTED}"):
    """Chooses a kind of resources, or all of them."""

    def __init__(self, wanted: str, options: Sequence[discord.SelectOption] = ()):
        super().__init__(_("Kind"), custom_id_of("resource:kind:v1", wanted), list(options))
        self.wanted = wanted

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await browse(interaction, replace(wanted_of(self.wanted), kind=_one_of(Kind, values[0])))


class TopicSelect(LastingSelect, template=rf"resource:topic:v1:{WANTED}"):
    """Chooses a topic, or all of them; where there are many, it leads on to further ones."""

    def __init__(self, wanted: str, options: Sequence[discord.SelectOption] = ()):
        super().__init__(_("Topic"), custom_id_of("resource:topic:v1", wanted), list(options))
        self.wanted = wanted

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        wanted, value = wanted_of(self.wanted), values[0]
        if re.fullmatch(rf"{GROUP_SIGN}\d{{1,3}}", value):
            await browse(interaction, wanted, group=int(value.removeprefix(GROUP_SIGN)))
        elif value != ALL and value not in topics():
            raise ButtonOutdated
        else:
            await browse(interaction, replace(wanted, topic=None if value == ALL else value))


async def browse(interaction: "Interaction", wanted: Wanted, page: int = 0, *, group: int = 0) -> None:
    """Turn to a page of what is wanted or, where nothing was chosen yet, to the four steps."""
    found = await interaction.client.services.resources.browse(
        guild_of(interaction), step=wanted.step, topic=wanted.topic, kind=wanted.kind, page=page
    )
    embed = steps_card(found) if wanted == Wanted() else page_card(found, wanted)
    await turn_to(interaction, embed, _view(found, wanted, group))


def read_topic(typed: str | None) -> str | None:
    """The topic that somebody chose or typed, by its short name; raises UnknownTopic."""
    if typed is None:
        return None
    wanted = " ".join(typed.split()).casefold()
    for topic in topics():
        if wanted in (topic, topic_name(topic).casefold()):
            return topic
    raise UnknownTopic(given=quoted(typed))


def wanted_of(code: str) -> Wanted:
    """What a custom id says was chosen; raises ButtonOutdated for what there is no more."""
    step, topic, kind = code.split(":")
    return Wanted(_one_of(Step, step), None if topic == ALL else topic, _one_of(Kind, kind))


def _view(found: Page, wanted: Wanted, group: int) -> discord.ui.View:
    code, counts = code_of(wanted), found.counts
    items: list[discord.ui.Item[Any]] = [
        StepSelect(
            code, [_all(_("All steps"), wanted.step), *_options(STEP_NAMES, counts.steps, wanted.step)]
        ),
        TopicSelect(code, _topic_options(counts.topics, wanted.topic, group)),
        KindSelect(
            code, [_all(_("All kinds"), wanted.kind), *_options(KIND_NAMES, counts.kinds, wanted.kind)]
        ),
    ]
    if wanted == Wanted():
        return view_of(*items)
    if found.resources:
        items.append(OpenSelect(found.resources))
    if found.page > 0:
        items.append(browse_button(wanted, _("Back"), found.page - 1))
    if found.page + 1 < found.pages:
        items.append(browse_button(wanted, _("Next"), found.page + 1))
    if found.resources:
        items.append(share_button(resource.id for resource in found.resources))
    return view_of(*items, suggest_button())


def _topic_options(counts: Mapping[str, int], chosen: str | None, group: int) -> list[discord.SelectOption]:
    names = sorted(counts, key=lambda topic: (-counts[topic], topic_name(topic).casefold()))
    last = max(0, len(names) - 1) // GROUP
    group = min(group, last)
    shown = names[group * GROUP : (group + 1) * GROUP]
    if chosen is not None and chosen not in shown:
        shown = [chosen, *shown[: GROUP - 1]]
    options = [_option(topic_name(topic), topic, counts.get(topic, 0), topic == chosen) for topic in shown]
    if group > 0:
        options.append(discord.SelectOption(label=_("Earlier topics"), value=f"{GROUP_SIGN}{group - 1}"))
    if group < last:
        options.append(discord.SelectOption(label=_("More topics"), value=f"{GROUP_SIGN}{group + 1}"))
    return [_all(_("All topics"), chosen), *options]


def _options(names: Mapping[T, str], counts: Mapping[T, int], chosen: T | None) -> list[discord.SelectOption]:
    """The choices that leave something, and the one that was made."""
    return [
        _option(_(name), value, counts.get(value, 0), value is chosen)
        for value, name in names.items()
        if counts.get(value) or value is chosen
    ]


def _option(name: str, value: str, count: int, is_chosen: bool) -> discord.SelectOption:
    label = _("{name} ({count})").format(name=name, count=count)
    return discord.SelectOption(label=shortened(label, OPTION_LIMIT), value=value, default=is_chosen)


def _all(label: str, chosen: str | None) -> discord.SelectOption:
    return discord.SelectOption(label=label, value=ALL, default=chosen is None)


def _one_of(choices: type[T], value: str) -> T | None:
    if value == ALL:
        return None
    try:
        return choices(value)
    except ValueError:
        raise ButtonOutdated from None


BUTTONS = (BrowseButton, StepSelect, TopicSelect, KindSelect)
