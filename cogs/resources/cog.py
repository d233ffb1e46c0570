"""The commands of resources."""

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.resources.browsing import Wanted
from bot.resources.entry import Step, topics
from bot.resources.resource import Resource
from bot.search.facets import Cost, Filters, Kind, Level
from cogs.resources import browsing, found, mine, resource_page, sharing, suggesting, up_next
from cogs.resources.wording import (
    ASKED_COSTS,
    ASKED_LEVELS,
    ASKED_TIMES,
    KIND_NAMES,
    LEVEL_NAMES,
    STEP_NAMES,
    topic_name,
)
from cogs.ui.feature import Feature, guild_of
from cogs.ui.fitting import shortened

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

log = logging.getLogger(__name__)

CHOICES, CHOICE_LIMIT = 25, 100

KINDS: list[Choice[str]] = [
    Choice(name=locale_str(name), value=kind.value) for kind, name in KIND_NAMES.items()
]


class ResourcesCog(Feature):
    """What one can learn from: found by words, by looking round, or by where somebody stands."""

    buttons = (
        *found.BUTTONS,
        *resource_page.BUTTONS,
        *sharing.BUTTONS,
        *browsing.BUTTONS,
        *up_next.BUTTONS,
        *mine.BUTTONS,
    )

    resource = app_commands.Group(
        name=locale_str("resource"),
        description=locale_str("The right course, book, tool or place for what you are after"),
        guild_only=True,
    )

    @resource.command(
        name=locale_str("find"), description=locale_str("Find what to read, watch, use or join")
    )
    @app_commands.rename(
        query=locale_str("query"),
        kind=locale_str("kind"),
        level=locale_str("level"),
        cost=locale_str("cost"),
        time=locale_str("time"),
    )
    @app_commands.describe(
        query=locale_str("What you are after, in your own words, such as “first steps in pytorch”"),
        kind=locale_str("Only courses, only books, and so on"),
        level=locale_str("For whom it is; what is for anyone counts too"),
        cost=locale_str("What it may cost"),
        time=locale_str("How long it may take"),
    )
    @app_commands.choices(
        kind=KINDS,
        level=[Choice(name=locale_str(LEVEL_NAMES[level]), value=level.value) for level in ASKED_LEVELS],
        cost=[Choice(name=locale_str(name), value=cost.value) for cost, name in ASKED_COSTS.items()],
    )
    @app_commands.choices(
        time=[Choice(name=locale_str(name), value=minutes) for minutes, name in ASKED_TIMES.items()],
    )
    async def find(
        self,
        interaction: "Interaction",
        query: str,
        kind: str | None = None,
        level: str | None = None,
        cost: str | None = None,
        time: int | None = None,
    ) -> None:
        filters = Filters(
            kind=Kind(kind) if kind else None,
            level=Level(level) if level else None,
            cost=Cost(cost) if cost else None,
            minutes_at_most=time,
        )
        await found.find(interaction, query, filters)

    @resource.command(name=locale_str("browse"), description=locale_str("Look round by step, topic and kind"))
    @app_commands.rename(step=locale_str("step"), topic=locale_str("topic"), kind=locale_str("kind"))
    @app_commands.describe(
        step=locale_str("Learn, build, show your work, or find paid work"),
        topic=locale_str("What it is about"),
        kind=locale_str("Only courses, only books, and so on"),
    )
    @app_commands.choices(
        step=[Choice(name=locale_str(name), value=step.value) for step, name in STEP_NAMES.items()],
        kind=KINDS,
    )
    async def browse(
        self,
        interaction: "Interaction",
        step: str | None = None,
        topic: str | None = None,
        kind: str | None = None,
    ) -> None:
        wanted = Wanted(
            Step(step) if step else None, browsing.read_topic(topic), Kind(kind) if kind else None
        )
        await browsing.browse(interaction, wanted)

    @resource.command(name=locale_str("next"), description=locale_str("One suggestion, from where you stand"))
    async def next(self, interaction: "Interaction") -> None:
        await up_next.suggest_next(interaction)

    @resource.command(name=locale_str("show"), description=locale_str("Show all that is known of a resource"))
    @app_commands.rename(chosen=locale_str("resource"))
    @app_commands.describe(chosen=locale_str("The resource to show"))
    async def show(self, interaction: "Interaction", chosen: str) -> None:
        resource = await self.client.services.resources.chosen(guild_of(interaction), chosen)
        await resource_page.show_page(interaction, resource.id)

    @resource.command(
        name=locale_str("mine"), description=locale_str("What you began, saved, finished and suggested")
    )
    async def mine(self, interaction: "Interaction") -> None:
        await mine.show_mine(interaction)

    @resource.command(
        name=locale_str("suggest"), description=locale_str("Suggest something to the curators of this server")
    )
    @app_commands.rename(address=locale_str("address"))
    @app_commands.describe(
        address=locale_str("Its address, copied from the browser; the form asks for the rest")
    )
    async def suggest(self, interaction: "Interaction", address: str = "") -> None:
        await suggesting.open_form(interaction, {suggesting.ADDRESS: address})

    @find.autocomplete("query")
    async def complete_query(self, interaction: "Interaction", current: str) -> list[Choice[str]]:
        resources = await self._complete(interaction, current)
        return [Choice(name=_name(one), value=found.picked(one.id)) for one in resources]

    @show.autocomplete("chosen")
    async def complete_resource(self, interaction: "Interaction", current: str) -> list[Choice[str]]:
        resources = await self._complete(interaction, current)
        return [Choice(name=_name(one), value=str(one.id)) for one in resources]

    @browse.autocomplete("topic")
    async def complete_topic(self, interaction: "Interaction", current: str) -> list[Choice[str]]:
        typed = " ".join(current.split()).casefold()
        named = sorted((topic_name(topic), topic) for topic in topics())
        fitting = [(name, topic) for name, topic in named if typed in name.casefold() or typed in topic]
        # What begins with it stands first.
        fitting.sort(key=lambda each: not each[0].casefold().startswith(typed))
        return [Choice(name=shortened(name, CHOICE_LIMIT), value=topic) for name, topic in fitting[:CHOICES]]

    async def _complete(self, interaction: "Interaction", typed: str) -> list[Resource]:
        try:
            found = await self.client.services.resources.complete(guild_of(interaction), typed)
        except Exception:
            # Nobody can be told anything while they type; the list stays empty.
            log.exception("completing a resource failed in server %s", interaction.guild_id)
            return []
        return found[:CHOICES]


def _name(resource: Resource) -> str:
    return shortened(resource.entry.title, CHOICE_LIMIT)
