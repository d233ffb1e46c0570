"""Steering a poll, for who started it and who manages the server: ending phases, more time, dropping it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from bot.polls.errors import NotYoursToSteer
from bot.polls.rules import ENOUGH_IDEAS, Phase
from bot.polls.service import PollView
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.polls.inviting import InviteSelect, may_invite
from cogs.polls.voting_pages import POLL
from cogs.polls.wording import PHASES, dates, names_of, taps_text
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

TITLE_SHOWN = 200
A_DAY, A_WEEK = 1, 7


class Act(StrEnum):
    """What a press can do at once."""

    OPEN_VOTING = "open"
    END_CARDS = "cards"
    END_FINAL = "final"
    DAY_MORE = "day"
    WEEK_MORE = "week"


ENDS = {Phase.COLLECT: Act.OPEN_VOTING, Phase.CARDS: Act.END_CARDS, Phase.FINAL: Act.END_FINAL}

LABELS = {
    Act.OPEN_VOTING: mark("Open the voting"),
    Act.END_CARDS: mark("End the cards"),
    Act.END_FINAL: mark("End the final"),
    Act.DAY_MORE: mark("A day more"),
    Act.WEEK_MORE: mark("A week more"),
}

DONE = {
    Act.OPEN_VOTING: mark("The voting is open. The ideas stay as they are from now on."),
    Act.END_CARDS: mark("The cards are over, and the final is open."),
    Act.END_FINAL: mark("The final is over. What came of it is in the poll's channel."),
    Act.DAY_MORE: mark("A day more. What follows moves along."),
    Act.WEEK_MORE: mark("A week more. What follows moves along."),
}


class SteerButton(LastingButton, template=rf"poll:steer:v1:{POLL}"):
    """Shows the panel to who may steer the poll."""

    def __init__(self, poll_id: int | str, *, label: str = ""):
        super().__init__(label or _("Steer"), custom_id_of("poll:steer:v1", poll_id))
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        await show_panel(interaction, await _steered(interaction, self.poll_id))


class ActButton(LastingButton, template=rf"poll:do:v1:(?P<act>{'|'.join(Act)}):{POLL}"):
    """Ends a phase, or gives it more time, and shows the panel as it is then."""

    def __init__(self, act: Act | str, poll_id: int | str, *, primary: bool = False):
        self.act = Act(act)
        style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
        super().__init__(_(LABELS[self.act]), custom_id_of("poll:do:v1", self.act, poll_id), style)
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        view = await self._act(interaction)
        await show_panel(interaction, view, _(DONE[self.act]))
        await interaction.client.deliver(guild_of(interaction))

    async def _act(self, interaction: "Interaction") -> PollView:
        polls, manages = interaction.client.services.polls, interaction.permissions.manage_guild
        where = (guild_of(interaction), interaction.user.id, self.poll_id)
        match self.act:
            case Act.OPEN_VOTING:
                return await polls.open_voting(*where, manages=manages)
            case Act.END_CARDS:
                return await polls.end_cards(*where, manages=manages)
            case Act.END_FINAL:
                return await polls.end_final(*where, manages=manages)
            case Act.DAY_MORE:
                return await polls.extend(*where, A_DAY, manages=manages)
            case Act.WEEK_MORE:
                return await polls.extend(*where, A_WEEK, manages=manages)


class DropButton(LastingButton, template=rf"poll:drop:v1:{POLL}"):
    """Asks whether a poll is really to be dropped."""

    def __init__(self, poll_id: int | str):
        custom_id = custom_id_of("poll:drop:v1", poll_id)
        super().__init__(_("Drop the poll"), custom_id, discord.ButtonStyle.danger)
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        view = await _steered(interaction, self.poll_id)
        text = _(
            "Drop “{name}”? It ends for everybody, without a result, and there is no way back. The ideas "
            "stay with those who wrote them down."
        ).format(name=as_text(view.poll.name, TITLE_SHOWN))
        embed = discord.Embed(description=text, colour=colours.PROBLEM)
        keep = SteerButton(self.poll_id, label=_("Keep it"))
        await turn_to(interaction, embed, view_of(ReallyDropButton(self.poll_id), keep))


class ReallyDropButton(LastingButton, template=rf"poll:dropped:v1:{POLL}"):
    """Drops a poll; it stands under the question whether it is to be."""

    def __init__(self, poll_id: int | str):
        custom_id = custom_id_of("poll:dropped:v1", poll_id)
        super().__init__(_("Yes, drop it"), custom_id, discord.ButtonStyle.danger)
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        view = await interaction.client.services.polls.drop(
            guild_id, interaction.user.id, self.poll_id, manages=interaction.permissions.manage_guild
        )
        await show_panel(interaction, view, _("It is dropped, and its message says so."))
        await interaction.client.deliver(guild_id)


async def show_panel(interaction: "Interaction", view: PollView, heading: str = "") -> None:
    """Turn to the panel of a poll."""
    await turn_to(interaction, panel_card(view, heading), panel_view(view))


def panel_card(view: PollView, heading: str = "") -> discord.Embed:
    """Where a poll stands, and what whoever steers it can do."""
    poll = view.poll
    sections = [heading, _("Phase: **{phase}**").format(phase=_(PHASES[poll.phase]))]
    if poll.is_open:
        sections += [_what_ends(view), dates(poll)]
    elif poll.phase is Phase.BASELINE:
        sections.append(_("From here on the teams steer: “Move on” stands under what they build."))
    if may_invite(view):
        names = names_of(sorted(view.invited))
        said = _("Invited: {names}.").format(names=names) if names else _("Nobody is invited yet.")
        sections.append(said)
    return discord.Embed(
        title=as_text(poll.name, TITLE_SHOWN),
        description="\n\n".join(filter(None, sections)),
        colour=colours.GOOD if heading else colours.CALM,
    )


def panel_view(view: PollView) -> discord.ui.View | None:
    """What can be pressed by whoever steers a poll; nothing once it steers itself."""
    poll = view.poll
    if not poll.is_open:
        return None
    items: list[discord.ui.Item[Any]] = [
        ActButton(ENDS[poll.phase], poll.id, primary=True),
        ActButton(Act.DAY_MORE, poll.id),
        ActButton(Act.WEEK_MORE, poll.id),
        DropButton(poll.id),
    ]
    if may_invite(view):
        items.append(InviteSelect(poll.id, view.invited))
    return view_of(*items)


def _what_ends(view: PollView) -> str:
    match view.poll.phase:
        case Phase.COLLECT:
            count = len(view.standing_entries)
            said = ngettext("{count} idea is in.", "{count} ideas are in.", count).format(count=count)
            if count < ENOUGH_IDEAS:
                text = _("From {enough} on, the voting can be opened.").format(enough=ENOUGH_IDEAS)
            else:
                text = _("The voting can be opened now; from then on, the ideas stay as they are.")
            return f"{said} {text}"
        case Phase.CARDS:
            said = _("{taps} so far.").format(taps=taps_text(view.taps)) if view.taps else _("No tap yet.")
            text = _("When the cards end, the best five by then are in the final.")
            return f"{said} {text}"
        case _:
            count = sum(voter.has_ballot for voter in view.voters)
            said = ngettext("{count} whole ballot is there.", "{count} whole ballots are there.", count)
            said = said if count else _("No whole ballot is there yet.")
            text = _("When the final ends, the pick has seven days for a baseline.")
            return f"{said.format(count=count)} {text}"


async def _steered(interaction: "Interaction", poll_id: int) -> PollView:
    """A poll that the presser may steer; raises PollGone and NotYoursToSteer."""
    view = await interaction.client.services.polls.view(guild_of(interaction), poll_id, interaction.user.id)
    if not view.may_steer and not interaction.permissions.manage_guild:
        raise NotYoursToSteer
    return view


BUTTONS = (SteerButton, ActButton, DropButton, ReallyDropButton)
