"""The commands of job leads."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.leads.filters import PLACE_LIMIT, WORDS_LIMIT, Filters, Months, read_filters
from bot.leads.lead import LEVEL_NAMES, MODE_NAMES, Level, WorkMode
from bot.watches.rules import NAME_LIMIT
from cogs.leads import digest_cards, introducing, opening, pursuing, searching, settings, tracking, watching
from cogs.ui.feature import Feature

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

Words = app_commands.Range[str, 1, WORDS_LIMIT]
Place = app_commands.Range[str, 1, PLACE_LIMIT]
Pay = app_commands.Range[str, 1, 20]

NAMES = {
    "words": locale_str("words"),
    "place": locale_str("place"),
    "mode": locale_str("mode"),
    "level": locale_str("level"),
    "pay": locale_str("pay"),
    "no_degree": locale_str("no_degree"),
    "ml": locale_str("ml"),
}
DESCRIPTIONS = {
    "words": locale_str("Words of the role or anything else in the post, such as “data engineer”"),
    "place": locale_str("A city, country or area; what is remote from there counts too"),
    "mode": locale_str("Remote, hybrid or on site"),
    "level": locale_str("The level that is asked for"),
    "pay": locale_str("At least so much a year in US dollars, such as 60k; roughly compared"),
    "no_degree": locale_str("Leave out what demands a degree"),
    "ml": locale_str("Only roles in machine learning, AI or data science"),
}
CHOICES = {
    "mode": [
        app_commands.Choice(name=locale_str(name), value=mode.value) for mode, name in MODE_NAMES.items()
    ],
    "level": [
        app_commands.Choice(name=locale_str(name), value=level.value) for level, name in LEVEL_NAMES.items()
    ],
}

RENDERERS = {
    **digest_cards.RENDERERS,
    **watching.RENDERERS,
    **tracking.RENDERERS,
    **introducing.RENDERERS,
}


class LeadsCog(Feature):
    """Job leads: what is there, what somebody watches for, and what they pursue."""

    buttons = (
        *opening.BUTTONS,
        *searching.BUTTONS,
        *watching.BUTTONS,
        *pursuing.BUTTONS,
        *tracking.BUTTONS,
        *introducing.BUTTONS,
        *settings.BUTTONS,
    )
    renderers = RENDERERS

    leads = app_commands.Group(
        name=locale_str("leads"),
        description=locale_str("Job leads from Hacker News, for people without a degree"),
        guild_only=True,
    )

    def __init__(self, client: "Autodidact"):
        super().__init__(client)
        self.forms = [*settings.FORMS, *tracking.FORMS, *introducing.FORMS]

    @leads.command(
        name=locale_str("latest"), description=locale_str("The best leads of the newest hiring thread")
    )
    async def latest(self, interaction: "Interaction") -> None:
        await searching.show_latest(interaction)

    @leads.command(name=locale_str("search"), description=locale_str("Search the leads by words and filters"))
    @app_commands.rename(months=locale_str("months"), **NAMES)
    @app_commands.describe(months=locale_str("This month, if you don't say"), **DESCRIPTIONS)
    @app_commands.choices(
        months=[
            app_commands.Choice(name=locale_str(name), value=months.value)
            for months, name in searching.MONTHS.items()
        ],
        **CHOICES,
    )
    async def search(
        self,
        interaction: "Interaction",
        words: Words | None = None,
        place: Place | None = None,
        mode: str | None = None,
        level: str | None = None,
        pay: Pay | None = None,
        no_degree: bool = False,
        ml: bool = False,
        months: str = Months.THIS.value,
    ) -> None:
        filters = _filters(words, place, mode, level, pay, no_degree, ml, Months(months))
        await searching.search(interaction, filters)

    @leads.command(
        name=locale_str("watch"),
        description=locale_str("Be told of what meets your filters; without any, it shows your watches"),
    )
    @app_commands.rename(name=locale_str("name"), **NAMES)
    @app_commands.describe(
        name=locale_str("What to call it; else it is called by its filters"), **DESCRIPTIONS
    )
    @app_commands.choices(**CHOICES)
    async def watch(
        self,
        interaction: "Interaction",
        words: Words | None = None,
        place: Place | None = None,
        mode: str | None = None,
        level: str | None = None,
        pay: Pay | None = None,
        no_degree: bool = False,
        ml: bool = False,
        name: app_commands.Range[str, 1, NAME_LIMIT] | None = None,
    ) -> None:
        filters = _filters(words, place, mode, level, pay, no_degree, ml, Months.THIS)
        if filters.asked or name is not None:
            await watching.add_watch(interaction, filters, name)
        else:
            await watching.show_watches(interaction)

    @leads.command(name=locale_str("tracker"), description=locale_str("The jobs you pursue, for you alone"))
    async def tracker(self, interaction: "Interaction") -> None:
        await tracking.show_tracker(interaction)

    @leads.command(
        name=locale_str("introduction"),
        description=locale_str("Your own post for “Who wants to be hired?”, drafted for you alone"),
    )
    async def introduction(self, interaction: "Interaction") -> None:
        await introducing.show_introduction(interaction)


def _filters(
    words: str | None,
    place: str | None,
    mode: str | None,
    level: str | None,
    pay: str | None,
    no_degree: bool,
    ml: bool,
    months: Months,
) -> Filters:
    return read_filters(
        words=words,
        place=place,
        modes=[WorkMode(mode)] if mode else (),
        levels=[Level(level)] if level else (),
        pay=pay,
        no_degree=no_degree,
        ml=ml,
        months=months,
    )
