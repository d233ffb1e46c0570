"""The voting booth: cards of four ideas, one after the other in one private message."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.errors import UserError
from bot.polls.errors import CardsClosed, IdeaWithdrawn, TapsAreCounted
from bot.polls.rules import Entry, Phase, Scope
from bot.polls.votes import FEW_VOTERS, Card, Dealt
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.polls.own_votes import receipt_lines, taps_made
from cogs.polls.voting_pages import (
    LABEL_LIMIT,
    POLL,
    POSITION,
    ballot_button,
    own_votes_button,
    turn_to,
    vote_button,
)
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.fitting import shares, shortened
from cogs.ui.ideas import TITLE_SHOWN, idea_line, idea_text
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.markup import as_text

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

CARD = r"(?P<card_id>\d{1,18})"
"""Names a card that was dealt to whoever presses."""

PROBLEM_SHOWN = 200
# Of the 6,000 characters over all embeds of a message, titles take 820 at most.
DETAILS_LIMIT = 5_000

QUESTIONS = {
    4: mark("Which of these four is best?"),
    3: mark("Which of these three is best?"),
    2: mark("Which of these two is better?"),
}


class _CardButton(LastingButton, template="abstract card button"):
    """A button of the cards: once they are closed, it leads on instead; subclasses give `play`."""

    def __init__(
        self,
        label: str,
        name: str,
        *arguments: int | str | None,
        poll_id: int | str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        row: int | None = None,
    ):
        super().__init__(label, custom_id_of(name, *arguments, poll_id), style, row=row)
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        try:
            await self.play(interaction, guild_of(interaction), interaction.user.id)
        except (CardsClosed, TapsAreCounted) as closed:
            await show_closed(interaction, self.poll_id, closed)

    async def play(self, interaction: "Interaction", guild_id: int, user_id: int) -> None:
        """What the button does while the cards are open."""
        raise NotImplementedError


class VoteButton(_CardButton, template=rf"poll:vote:v1(?::{NONCE})?:{POLL}"):
    """Shows the presser the card that is open for them, or their first one."""

    def __init__(self, nonce: str | None, poll_id: int | str):
        style = discord.ButtonStyle.primary
        super().__init__(_("Vote"), "poll:vote:v1", nonce, poll_id=poll_id, style=style)

    async def play(self, interaction: "Interaction", guild_id: int, user_id: int) -> None:
        dealt = await interaction.client.services.voting.deal(guild_id, user_id, self.poll_id)
        heading = await _welcome(interaction, dealt) if dealt.taps == 0 and dealt.card else ""
        await show_card(interaction, dealt, heading)


class TapButton(_CardButton, template=rf"poll:tap:v1:{CARD}:{POSITION}:{POLL}"):
    """Says that an idea is the best of its card; the next card takes its place."""

    def __init__(
        self,
        card_id: int | str,
        position: int | str,
        poll_id: int | str,
        label: str = "",
        *,
        row: int | None = None,
    ):
        style = discord.ButtonStyle.primary
        super().__init__(
            label or str(position), "poll:tap:v1", card_id, position, poll_id=poll_id, style=style, row=row
        )
        self.card_id, self.position = int(card_id), int(position)

    async def play(self, interaction: "Interaction", guild_id: int, user_id: int) -> None:
        voting, heading = interaction.client.services.voting, ""
        try:
            dealt = await voting.tap(guild_id, user_id, self.card_id, self.position)
        except IdeaWithdrawn as withdrawn:
            heading = str(withdrawn)
            dealt = await voting.deal(guild_id, user_id, self.poll_id)
        await show_card(interaction, dealt, heading)


class SkipButton(_CardButton, template=rf"poll:skip:v1:{CARD}:{POLL}"):
    """Puts a card away without a word about its ideas."""

    def __init__(self, card_id: int | str, poll_id: int | str, *, row: int | None = None):
        super().__init__(_("Skip"), "poll:skip:v1", card_id, poll_id=poll_id, row=row)
        self.card_id = int(card_id)

    async def play(self, interaction: "Interaction", guild_id: int, user_id: int) -> None:
        await show_card(
            interaction, await interaction.client.services.voting.skip(guild_id, user_id, self.card_id)
        )


class DetailsButton(_CardButton, template=rf"poll:details:v1:{POLL}"):
    """Shows the ideas of the open card with all that was written about them."""

    def __init__(self, poll_id: int | str, *, row: int | None = None):
        super().__init__(_("Details"), "poll:details:v1", poll_id=poll_id, row=row)

    async def play(self, interaction: "Interaction", guild_id: int, user_id: int) -> None:
        dealt = await interaction.client.services.voting.deal(guild_id, user_id, self.poll_id)
        if dealt.card is None:
            await show_card(interaction, dealt)
            return
        view = view_of(vote_button(self.poll_id, _("Back to the card")))
        await turn_to(interaction, *details_of(dealt.card.ideas), view=view)


class UndoButton(_CardButton, template=rf"poll:undo:v1(?::{CARD})?:{POLL}"):
    """Takes the last tap back and shows its card again.

    It names the card that is on the screen, so that pressed twice at once it takes back one tap, not two.
    """

    def __init__(
        self, card_id: int | str | None, poll_id: int | str, *, row: int | None = None, disabled: bool = False
    ):
        super().__init__(_("Take back"), "poll:undo:v1", card_id, poll_id=poll_id, row=row)
        self.item.disabled = disabled
        self.card_id = None if card_id is None else int(card_id)

    async def play(self, interaction: "Interaction", guild_id: int, user_id: int) -> None:
        voting = interaction.client.services.voting
        await show_card(
            interaction, await voting.undo(guild_id, user_id, self.poll_id, from_card=self.card_id)
        )


class StopButton(_CardButton, template=rf"poll:stop:v1:{POLL}"):
    """Ends the presser's round of cards; they can go on at any time."""

    def __init__(self, poll_id: int | str, *, row: int | None = None):
        super().__init__(_("Stop"), "poll:stop:v1", poll_id=poll_id, row=row)

    async def play(self, interaction: "Interaction", guild_id: int, user_id: int) -> None:
        own = await interaction.client.services.voting.own(guild_id, user_id, self.poll_id)
        thanks = _("Thank you. What you tapped is kept, and you can go on whenever you like.")
        text = f"{thanks}\n\n{taps_made(own.taps)}"
        view = view_of(vote_button(self.poll_id, _("Go on")), own_votes_button(self.poll_id))
        await turn_to(interaction, _thanks(_("Enough for now"), text, own.receipt), view=view)


async def show_card(interaction: "Interaction", dealt: Dealt, heading: str = "") -> None:
    """Turn to the card that a member is dealt, or say why there is none."""
    if dealt.card is None:
        view = view_of(
            UndoButton(None, dealt.poll.id, disabled=not dealt.taps), own_votes_button(dealt.poll.id)
        )
        await turn_to(interaction, all_seen_card(dealt, heading), view=view)
    else:
        await turn_to(interaction, question_card(dealt, dealt.card, heading), view=_view(dealt, dealt.card))


async def show_closed(interaction: "Interaction", poll_id: int, closed: UserError) -> None:
    """Turn a card that came too late into a page that says so, and leads on."""
    own = await interaction.client.services.voting.own(guild_of(interaction), interaction.user.id, poll_id)
    items: list[discord.ui.Item[Any]] = [own_votes_button(poll_id)]
    if own.poll.phase is Phase.FINAL:
        items.insert(0, ballot_button(poll_id, _("To the final"), primary=True))
    text = str(closed)
    if own.poll.phase is Phase.DROPPED:
        text = _(
            "This poll was dropped, so nothing is counted any more. The ideas stay with whoever wrote them "
            "down, and the next poll can take them."
        )
    await turn_to(interaction, discord.Embed(description=text, colour=colours.CALM), view=view_of(*items))


def question_card(dealt: Dealt, card: Card, heading: str = "") -> discord.Embed:
    """A card: its ideas with the first line of their problem, and how far the voter has come."""
    sections = [_section(number, entry) for number, entry in enumerate(card.ideas, start=1)]
    embed = discord.Embed(
        title=_(QUESTIONS[len(card.ideas)]),
        description="\n\n".join(filter(None, [heading, *sections])),
        colour=colours.CALM,
    )
    embed.set_author(name=dealt.poll.name)
    return embed.set_footer(text=progress_line(dealt))


def all_seen_card(dealt: Dealt, heading: str = "") -> discord.Embed:
    """That there is no card left that this voter has not seen."""
    text = _(
        "You have seen every card there is for you. Thank you: there is nothing left to do but wait for "
        "the others."
    )
    if dealt.poll.scope is Scope.ALONE:
        text = _("You have seen every card there is. End the cards when you are ready for the final.")
    text = "\n\n".join(filter(None, [heading, text]))
    embed = _thanks(_("That is all"), text, dealt.receipt)
    return embed.set_footer(text=progress_line(dealt))


def progress_line(dealt: Dealt) -> str:
    """How far a voter has come, and whether the vote is settled; never what leads."""
    taps = ngettext("{count} tap so far", "{count} taps so far", dealt.taps).format(count=dealt.taps)
    seen = _("{seen} of {all} ideas seen").format(seen=dealt.seen, all=dealt.of)
    settled = _("settled by now; more taps make it surer") if dealt.settled else _("not settled yet")
    return " · ".join([taps, seen, settled])


def details_of(ideas: Sequence[Entry]) -> list[discord.Embed]:
    """Ideas with all that was written about them; where that is too much, the longest give way."""
    texts = [idea_text(entry.text, DETAILS_LIMIT) for entry in ideas]
    room = shares([len(text) for text in texts], DETAILS_LIMIT)
    return [
        discord.Embed(
            title=f"{number} · {as_text(entry.title, TITLE_SHOWN)}",
            description=idea_text(entry.text, limit) or _("Nothing more was written down about it."),
            colour=colours.CALM,
        )
        for number, (entry, limit) in enumerate(zip(ideas, room, strict=True), start=1)
    ]


async def _welcome(interaction: "Interaction", dealt: Dealt) -> str:
    """What whoever has not tapped yet reads over their card."""
    lines = [_("One press counts at once and brings the next card. Skip what you can't judge.")]
    if dealt.poll.scope is not Scope.ALONE:
        view = await interaction.client.services.polls.view(
            dealt.poll.guild_id, dealt.poll.id, interaction.user.id
        )
        if len(view.voters) < FEW_VOTERS:
            lines.append(
                _(
                    "So far fewer than four people vote here. In so small a group, others may guess from "
                    "the file at the end who tapped what."
                )
            )
    return "\n".join(lines)


def _thanks(title: str, text: str, receipt: str | None) -> discord.Embed:
    description = "\n\n".join([text, *receipt_lines(receipt)])
    return discord.Embed(title=title, description=description, colour=colours.GOOD)


def _section(number: int, entry: Entry) -> str:
    line = f"{number} · {idea_line(entry.title)}"
    problem = shortened(entry.text.problem.partition("\n")[0], PROBLEM_SHOWN)
    return f"{line}\n{as_text(problem, 2 * PROBLEM_SHOWN)}" if problem else line


def _view(dealt: Dealt, card: Card) -> discord.ui.View:
    poll_id, last = dealt.poll.id, len(card.ideas)
    taps: list[discord.ui.Item[Any]] = [
        TapButton(
            card.id,
            entry.position,
            poll_id,
            shortened(f"{row + 1} · {entry.title}", LABEL_LIMIT),
            row=row,
        )
        for row, entry in enumerate(card.ideas)
    ]
    return view_of(
        *taps,
        SkipButton(card.id, poll_id, row=last),
        DetailsButton(poll_id, row=last),
        UndoButton(card.id, poll_id, row=last, disabled=not dealt.taps),
        StopButton(poll_id, row=last),
    )


BUTTONS = (VoteButton, TapButton, SkipButton, DetailsButton, UndoButton, StopButton)
FORMS = ()
