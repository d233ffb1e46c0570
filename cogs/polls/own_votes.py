"""A voter's own votes: what they have said so far, their receipt, and taking it all back."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from bot.polls.rules import Entry, Phase
from bot.polls.votes import OwnVotes
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.polls.ballots import ballot_lines
from cogs.polls.voting_pages import POLL, ballot_button, own_votes_button, turn_to, vote_button
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.fitting import fitted
from cogs.ui.ideas import idea_line
from cogs.ui.lasting import NONCE, custom_id_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

LINES_LIMIT = 1_024


class Votes(StrEnum):
    """What a voter can take back."""

    TAPS = "taps"
    BALLOT = "ballot"


TAKE_BACK = {
    Votes.TAPS: mark("Take all my taps back"),
    Votes.BALLOT: mark("Take my ballot back"),
}
QUESTIONS = {
    Votes.TAPS: mark(
        "Take all your taps back, for good? Nothing of them counts any more. The cards come again, so you "
        "can begin anew."
    ),
    Votes.BALLOT: mark("Take your ballot back? Nothing of it counts any more. You can fill in another one."),
}

_WHICH = rf"(?P<votes>{'|'.join(Votes)}):{POLL}"


class OwnVotesButton(LastingButton, template=rf"poll:own:v1(?::{NONCE})?:{POLL}"):
    """Shows the presser what they have said in a poll."""

    def __init__(self, nonce: str | None, poll_id: int | str):
        super().__init__(_("Your votes"), custom_id_of("poll:own:v1", nonce, poll_id))
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        await _show(interaction, self.poll_id)


class TakeBackButton(LastingButton, template=rf"poll:back:v1:{_WHICH}"):
    """Asks whether the presser's taps or ballot shall be taken back."""

    def __init__(self, votes: Votes | str, poll_id: int | str):
        self.votes = Votes(votes)
        super().__init__(_(TAKE_BACK[self.votes]), custom_id_of("poll:back:v1", self.votes, poll_id))
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        embed = discord.Embed(description=_(QUESTIONS[self.votes]), colour=colours.PROBLEM)
        keep = own_votes_button(self.poll_id, _("Keep them") if self.votes is Votes.TAPS else _("Keep it"))
        await turn_to(interaction, embed, view=view_of(ReallyTakeBackButton(self.votes, self.poll_id), keep))


class ReallyTakeBackButton(LastingButton, template=rf"poll:backed:v1:{_WHICH}"):
    """Takes the presser's taps or ballot back."""

    def __init__(self, votes: Votes | str, poll_id: int | str):
        self.votes = Votes(votes)
        custom_id = custom_id_of("poll:backed:v1", self.votes, poll_id)
        super().__init__(_("Take back for good"), custom_id, discord.ButtonStyle.danger)
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        guild_id, user_id = guild_of(interaction), interaction.user.id
        voting = interaction.client.services.voting
        if self.votes is Votes.TAPS:
            taken = await voting.take_back(guild_id, user_id, self.poll_id)
            text = ngettext("{count} tap is taken back.", "{count} taps are taken back.", taken)
            heading = text.format(count=taken)
        else:
            await voting.take_back_ballot(guild_id, user_id, self.poll_id)
            heading = _("Your ballot is taken back.")
        await _show(interaction, self.poll_id, heading)
        await interaction.client.deliver(guild_id)


def taps_made(taps: int) -> str:
    """How many taps a voter has made, in a sentence to them."""
    if not taps:
        return _("You have not tapped a card yet.")
    return ngettext("You have made {count} tap.", "You have made {count} taps.", taps).format(count=taps)


def receipt_lines(receipt: str | None) -> list[str]:
    """What a receipt is for, in one line; none for somebody who has not voted."""
    if receipt is None:
        return []
    return [
        _(
            "Your receipt: **{receipt}**. By it you, and only you, find your own votes in the file that is "
            "posted at the end."
        ).format(receipt=receipt)
    ]


def own_votes_card(
    own: OwnVotes, entries: list[Entry], *, stands: bool | None = None, heading: str = ""
) -> discord.Embed:
    """What a voter has said so far.

    `entries` are the ideas of the poll. `stands`, once the votes are counted, is whether theirs stand in the
    record.
    """
    sections = [heading, taps_made(own.taps), *receipt_lines(own.receipt)]
    if stands is not None and own.receipt is not None:
        sections.append(_record_text(own.receipt, stands=stands))
    embed = discord.Embed(
        title=_("Your votes"), description="\n\n".join(filter(None, sections)), colour=colours.CALM
    )
    embed.set_author(name=own.poll.name)
    if own.favourites:
        name = _("What you like best, by your own taps alone")
        lines = [f"{place}. {idea_line(each.title)}" for place, each in enumerate(own.favourites, 1)]
        embed.add_field(name=name, value=fitted(lines, LINES_LIMIT), inline=False)
    if not own.ballot.is_empty:
        lines = ballot_lines(entries, own.ballot.scores, own.ballot.ranks)
        embed.add_field(name=_("Your ballot"), value=fitted(lines, LINES_LIMIT), inline=False)
    return embed.set_footer(text=_("Only you see this. Others see that you voted, never what."))


def _record_text(receipt: str, *, stands: bool) -> str:
    if not stands:
        return _(
            "They do not stand in the file as they are stored here. Please tell whoever runs this bot: "
            "something is wrong."
        )
    command = f"`autodidact ideas rank FILE --receipt {receipt}`"
    return _(
        "They stand in the file at the end just as you gave them. See for yourself: download it, and "
        "{command} counts it anew and shows yours."
    ).format(command=command)


async def _show(interaction: "Interaction", poll_id: int, heading: str = "") -> None:
    guild_id, user_id = guild_of(interaction), interaction.user.id
    services = interaction.client.services
    own = await services.voting.own(guild_id, user_id, poll_id)
    entries: list[Entry] = []
    if not own.ballot.is_empty:
        entries = list((await services.polls.view(guild_id, poll_id, user_id)).entries)
    stands = None
    if own.poll.is_decided and own.receipt is not None:
        stands = await services.voting.receipt_shows(guild_id, user_id, poll_id)
    embed = own_votes_card(own, entries, stands=stands, heading=heading)
    await turn_to(interaction, embed, view=_view(own))


def _view(own: OwnVotes) -> discord.ui.View:
    poll, items = own.poll, list[discord.ui.Item[Any]]()
    if poll.phase is Phase.CARDS:
        items.append(vote_button(poll.id, _("Go on") if own.taps else _("Vote")))
        if own.taps:
            items.append(TakeBackButton(Votes.TAPS, poll.id))
    elif poll.phase is Phase.FINAL:
        items.append(ballot_button(poll.id, _("To your ballot"), primary=True))
        if not own.ballot.is_empty:
            items.append(TakeBackButton(Votes.BALLOT, poll.id))
    return view_of(*items)


BUTTONS = (OwnVotesButton, TakeBackButton, ReallyTakeBackButton)
FORMS = ()
