"""The polls of a server: those that run, those that are over, and one of them in full."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord.app_commands import Choice
from discord.utils import format_dt

from bot.inputs import quoted
from bot.polls.errors import NoSuchPoll
from bot.polls.rules import Poll
from bot.polls.service import Listed
from bot.polls.votes import FEW_VOTERS
from bot.texts import gettext as _
from cogs.enclosures import Attachment
from cogs.polls.charts import result_chart
from cogs.polls.message import poll_card, poll_view
from cogs.polls.results import FILE_NAME, result_card
from cogs.polls.wording import PHASES, message_link
from cogs.ui import colours
from cogs.ui.feature import guild_of
from cogs.ui.fitting import fitted, shortened
from cogs.ui.markup import as_text
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

RECENT, OVER_SHOWN, CHOICES = 60, 5, 25
NAME_SHOWN, CHOICE_LIMIT, FIELD_LIMIT = 160, 100, 1_024


async def show_list(interaction: "Interaction") -> None:
    """Answer with the polls of the server, each with the way to its message."""
    running, over = await interaction.client.services.polls.listed(guild_of(interaction), OVER_SHOWN)
    await reply(interaction, embed=list_card(running, over))


def list_card(running: Sequence[Listed], over: Sequence[Listed]) -> discord.Embed:
    """The polls that run, and those that were over last."""
    nothing = _("No poll is running. /poll start begins one, alone or with others.")
    embed = discord.Embed(
        title=_("Polls"),
        description=fitted([_line(each) for each in running], 4_000) or nothing,
        colour=colours.CALM,
    )
    if over:
        lines = fitted([_line(each) for each in over], FIELD_LIMIT)
        embed.add_field(name=_("Over"), value=lines, inline=False)
    return embed


async def show_poll(interaction: "Interaction", chosen: str) -> None:
    """Answer with a poll as its message shows it; with its result and the file, once there is one."""
    guild_id, services = guild_of(interaction), interaction.client.services
    recent = await services.polls.recent(guild_id, RECENT)
    view = await services.polls.outcome(guild_id, find_chosen(recent, chosen).id, interaction.user.id)
    await reply(interaction, embed=poll_card(view), view=poll_view(view, None))
    if view.final is None:
        return
    record = await services.voting.record(guild_id, view.poll.id)
    picture = result_chart(view, view.final)
    drawn = await interaction.client.studio.draw(picture.draw)
    files = [
        Attachment(picture.name, drawn, picture.alternative).file(),
        Attachment(FILE_NAME, record.encode()).file(),
    ]
    embed = result_card(view, view.final, few_voters=len(view.voters) < FEW_VOTERS)
    embed.set_image(url=f"attachment://{picture.name}")
    await interaction.followup.send(embed=embed, files=files, ephemeral=True)


def find_chosen(polls: Sequence[Poll], chosen: str) -> Poll:
    """The poll that a member chose from the list, by its number, or typed, by its name; raises NoSuchPoll."""
    typed = " ".join(chosen.split())
    by_number = (poll for poll in polls if str(poll.id) == typed)
    by_name = (poll for poll in polls if poll.name.casefold() == typed.casefold())
    found = next(by_number, None) or next(by_name, None)
    if found is None:
        raise NoSuchPoll(given=quoted(chosen))
    return found


async def choices(interaction: "Interaction", current: str) -> list[Choice[str]]:
    """The polls whose names hold what is typed, the newest first, as many as Discord shows."""
    polls = await interaction.client.services.polls.recent(guild_of(interaction), RECENT)
    typed = current.strip().casefold()
    return [
        Choice(name=shortened(f"{poll.name} · {_(PHASES[poll.phase])}", CHOICE_LIMIT), value=str(poll.id))
        for poll in polls
        if typed in poll.name.casefold()
    ][:CHOICES]


def _line(listed: Listed) -> str:
    poll = listed.poll
    name = f"**{as_text(poll.name, NAME_SHOWN)}**"
    phase = _(PHASES[poll.phase])
    if poll.until is not None:
        phase = _("{phase}, until {moment}").format(phase=phase, moment=format_dt(poll.until, "f"))
    return f"{name} · {phase} · {message_link(listed) or f'<#{poll.channel_id}>'}"
