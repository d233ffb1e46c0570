"""The commands of polls."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.polls.rules import NAME_LIMIT, Method, Scope
from bot.polls.service import Wanted
from bot.ranking.criteria import Purpose
from cogs.messenger import Renderer
from cogs.polls import (
    ballots,
    booth,
    collecting,
    entries,
    inviting,
    listing,
    own_votes,
    standing,
    starting,
    steering,
)
from cogs.polls.message import render_poll
from cogs.polls.results import render_result
from cogs.polls.shortlists import render_shortlist
from cogs.ui.feature import Feature

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DATE_LIMIT = 100


class PollsCog(Feature):
    """From many ideas to five, to one, to a baseline within a week."""

    buttons = (
        *collecting.BUTTONS,
        *entries.BUTTONS,
        *steering.BUTTONS,
        *inviting.BUTTONS,
        *standing.BUTTONS,
        *booth.BUTTONS,
        *ballots.BUTTONS,
        *own_votes.BUTTONS,
    )
    renderers: ClassVar[Mapping[type, Renderer]] = {
        PollContent: render_poll,
        ShortlistContent: render_shortlist,
        ResultContent: render_result,
    }

    def __init__(self, client: "Autodidact"):
        super().__init__(client)
        self.forms = (*collecting.FORMS, *booth.FORMS, *ballots.FORMS, *own_votes.FORMS)

    poll = app_commands.Group(
        name=locale_str("poll"),
        description=locale_str("Find the idea to build, out of many"),
        guild_only=True,
    )

    @poll.command(name=locale_str("start"), description=locale_str("Start to collect and rank ideas here"))
    @app_commands.rename(
        name=locale_str("name"),
        purpose=locale_str("purpose"),
        who=locale_str("who"),
        until=locale_str("until"),
        final=locale_str("final"),
        standing=locale_str("standing"),
    )
    @app_commands.describe(
        name=locale_str("What it is about, such as “What we build in spring”"),
        purpose=locale_str("What the idea is for; it says how much each question of the final counts"),
        who=locale_str("Who adds ideas and votes"),
        until=locale_str("When a pick is wanted, such as “next friday”; a week from now, if left out"),
        final=locale_str("How the five are voted on; 0 to 5 for each question, if left out"),
        standing=locale_str("Who sees how the cards stand; nobody until they are over, if left out"),
    )
    @app_commands.choices(
        purpose=[
            Choice(
                name=locale_str("For a résumé: what impresses at first sight counts most"),
                value=Purpose.RESUME.value,
            ),
            Choice(
                name=locale_str("To make a name: a new angle and excitement count most"),
                value=Purpose.NAME.value,
            ),
            Choice(
                name=locale_str("For developer relations: what others can try out quickly counts most"),
                value=Purpose.DEVREL.value,
            ),
            Choice(
                name=locale_str("To learn: what excites and is within reach counts most"),
                value=Purpose.LEARNING.value,
            ),
        ],
        who=[
            Choice(name=locale_str("Only me, with my own ideas"), value=Scope.ALONE.value),
            Choice(name=locale_str("Me and people I invite"), value=Scope.INVITED.value),
            Choice(
                name=locale_str("Everybody here (for those who manage events or the server)"),
                value=Scope.EVERYONE.value,
            ),
        ],
        final=[
            Choice(
                name=locale_str("0 to 5 for each of five questions: picks best"), value=Method.SCORES.value
            ),
            Choice(name=locale_str("The five in order: quicker to fill in"), value=Method.RANKING.value),
        ],
    )
    @app_commands.choices(
        standing=[
            Choice(name=locale_str("A secret until the cards are over"), value=0),
            Choice(name=locale_str("Open to all who may vote"), value=1),
        ]
    )
    async def poll_start(
        self,
        interaction: "Interaction",
        name: app_commands.Range[str, 1, NAME_LIMIT],
        purpose: str,
        who: str,
        until: app_commands.Range[str, 1, DATE_LIMIT] | None = None,
        final: str = Method.SCORES.value,
        standing: int = 0,
    ) -> None:
        wanted = Wanted(name, Purpose(purpose), Scope(who), until, Method(final), bool(standing))
        await starting.start(interaction, wanted)

    @poll.command(name=locale_str("list"), description=locale_str("See the polls of this server"))
    async def poll_list(self, interaction: "Interaction") -> None:
        await listing.show_list(interaction)

    @poll.command(name=locale_str("show"), description=locale_str("See one poll, with all its buttons"))
    @app_commands.rename(chosen=locale_str("poll"))
    @app_commands.describe(chosen=locale_str("The poll to see"))
    async def poll_show(self, interaction: "Interaction", chosen: str) -> None:
        await listing.show_poll(interaction, chosen)

    @poll_show.autocomplete("chosen")
    async def complete_poll(self, interaction: "Interaction", current: str) -> list[Choice[str]]:
        return await listing.choices(interaction, current)
