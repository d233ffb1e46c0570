"""The ballot of the final: marks for each of the five, or the five in one's own order."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord.utils import format_dt

from bot.polls.errors import NotInFinal
from bot.polls.rules import Entry, Method, Phase
from bot.polls.votes import BallotView
from bot.ranking.criteria import (
    BEST_MARK,
    CRITERION_NAMES,
    CRITERION_QUESTIONS,
    PURPOSE_EXPLAINED,
    PURPOSE_NAMES,
    Criterion,
)
from bot.ranking.final import RankBallot, ScoreBallot
from bot.texts import gettext as _
from bot.texts import mark
from cogs.polls.voting_pages import POLL, POSITION, ballot_button, own_votes_button, turn_to
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of
from cogs.ui.fitting import shortened
from cogs.ui.forms import Form, FormRoute
from cogs.ui.ideas import TITLE_SHOWN, idea_line, idea_text
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.markup import as_text

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DRAFT = r"(?::d(?P<draft>[0-9a-f]{16}))?"
MARKS = range(BEST_MARK + 1)
PLACES = (mark("1st place"), mark("2nd place"), mark("3rd place"), mark("4th place"), mark("5th place"))
NO_OPINION = "none"
# Beside it stands the button for the details; together they have one line on a phone.
TITLE_ON_BUTTON, FORM_LINE, DESCRIPTION_LIMIT, DETAILS_LIMIT = 60, 45, 100, 3_700

MARKS_FORM = re.compile(rf"poll:marked:v1:{POSITION}:{POLL}")
ORDER_FORM = re.compile(rf"poll:ordered:v1:{POLL}")


class BallotButton(LastingButton, template=rf"poll:ballot:v1(?::{NONCE})?:{POLL}"):
    """Shows the presser their ballot of a final."""

    def __init__(self, nonce: str | None, poll_id: int | str):
        custom_id = custom_id_of("poll:ballot:v1", nonce, poll_id)
        super().__init__(_("Your ballot"), custom_id, discord.ButtonStyle.primary)
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        await show_ballot(interaction, await _ballot(interaction, self.poll_id))


class MarksButton(LastingButton, template=rf"poll:marks:v1:{POSITION}:{POLL}{DRAFT}"):
    """Opens the form with the five questions about one idea, filled in with what was marked or typed."""

    def __init__(
        self,
        position: int | str,
        poll_id: int | str,
        draft: str | None = None,
        *,
        label: str = "",
        done: bool = False,
        row: int | None = None,
    ):
        style = discord.ButtonStyle.success if done else discord.ButtonStyle.primary
        custom_id = custom_id_of("poll:marks:v1", position, poll_id, draft and f"d{draft}")
        super().__init__(label or _("Open the form again"), custom_id, style, row=row)
        self.position, self.poll_id, self.draft = int(position), int(poll_id), draft

    async def press(self, interaction: "Interaction") -> None:
        view = await _ballot(interaction, self.poll_id)
        values = interaction.client.drafts.find(self.draft) if self.draft else None
        if values is None:
            marks = view.scores.get(self.position, {})
            values = {criterion.value: str(points) for criterion, points in marks.items()}
        await interaction.response.send_modal(_marks_form(view, _finalist(view, self.position), values))


class OrderButton(LastingButton, template=rf"poll:order:v1:{POLL}{DRAFT}"):
    """Opens the form in which the five are put in order, as it was sent or typed."""

    def __init__(
        self, poll_id: int | str, draft: str | None = None, *, label: str = "", row: int | None = None
    ):
        custom_id = custom_id_of("poll:order:v1", poll_id, draft and f"d{draft}")
        super().__init__(label or _("Open the form again"), custom_id, discord.ButtonStyle.primary, row=row)
        self.poll_id, self.draft = int(poll_id), draft

    async def press(self, interaction: "Interaction") -> None:
        view = await _ballot(interaction, self.poll_id)
        values = interaction.client.drafts.find(self.draft) if self.draft else None
        if values is None:
            values = {str(position): str(place) for position, place in view.ranks.items()}
        await interaction.response.send_modal(_order_form(view, values))


class FinalistButton(LastingButton, template=rf"poll:finalist:v1:{POSITION}:{POLL}"):
    """Shows all that was written about one of the five."""

    def __init__(self, position: int | str, poll_id: int | str, *, label: str = "", row: int | None = None):
        super().__init__(label or _("Details"), custom_id_of("poll:finalist:v1", position, poll_id), row=row)
        self.position, self.poll_id = int(position), int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        entry = _finalist(await _ballot(interaction, self.poll_id), self.position)
        embed = discord.Embed(
            title=as_text(entry.title, TITLE_SHOWN),
            description=idea_text(entry.text, DETAILS_LIMIT) or _("Nothing more was written down about it."),
            colour=colours.CALM,
        )
        await turn_to(interaction, embed, view=view_of(ballot_button(self.poll_id, _("Back to your ballot"))))


async def take_marks(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store the marks of one idea and show the ballot; a refused form can be opened again."""
    position, poll_id = int(match["position"]), int(match["poll_id"])
    typed = {criterion.value: values.get(criterion.value, "") for criterion in Criterion}
    try:
        marks = {Criterion(name): int(points) for name, points in typed.items() if points.isdecimal()}
        view = await interaction.client.services.voting.score(
            guild_of(interaction), interaction.user.id, poll_id, position, marks
        )
    except Exception as error:
        again = MarksButton(position, poll_id, interaction.client.drafts.keep(typed, by=interaction.user.id))
        labelled = {_(CRITERION_NAMES[Criterion(name)]): points for name, points in typed.items()}
        await answer_error(interaction, error, typed=labelled, view=view_of(again))
        return
    await _show_stored(interaction, view)


async def take_order(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store the order and show the ballot; a refused form can be opened again."""
    poll_id = int(match["poll_id"])
    typed = {name: place for name, place in values.items() if name.isdecimal()}
    try:
        places = {int(name): int(place) for name, place in typed.items() if place.isdecimal()}
        view = await interaction.client.services.voting.rank(
            guild_of(interaction), interaction.user.id, poll_id, places
        )
    except Exception as error:
        again = OrderButton(poll_id, interaction.client.drafts.keep(typed, by=interaction.user.id))
        await answer_error(interaction, error, view=view_of(again))
        return
    await _show_stored(interaction, view)


async def show_ballot(interaction: "Interaction", view: BallotView) -> None:
    """Turn to a member's ballot."""
    if view.poll.method is Method.SCORES:
        await turn_to(interaction, marks_card(view), view=_marks_view(view))
    else:
        await turn_to(interaction, order_card(view), view=_order_view(view))


def marks_card(view: BallotView) -> discord.Embed:
    """The five with the marks that the voter has given them."""
    intro = _(
        "Press an idea to answer five short questions about it, from 0 for not at all to {best} for very "
        "much. Leave out what you can't judge. Your marks can be changed {until}."
    ).format(best=BEST_MARK, until=_until(view))
    purpose = f"**{_(PURPOSE_NAMES[view.poll.purpose])}.** {_(PURPOSE_EXPLAINED[view.poll.purpose])}"
    lines = [
        f"{number} · {idea_line(entry.title)}\n{marks_line(view.scores.get(entry.position, {}))}"
        for number, entry in enumerate(view.finalists, start=1)
    ]
    return _card(view, [intro, purpose, *lines])


def order_card(view: BallotView) -> discord.Embed:
    """The five in the order in which the voter has put them."""
    intro = _(
        "Put the ideas in your order. Several may share a place, if none of them is better to you. One "
        "without an opinion counts below all that have a place. You can change it {until}."
    ).format(until=_until(view))
    return _card(view, [intro, *order_lines(view.finalists, view.ranks)])


def marks_line(marks: Mapping[Criterion, int]) -> str:
    """The marks of one idea in a line."""
    if not marks:
        return _("No marks yet")
    named = [f"{_(CRITERION_NAMES[each])} {marks[each]}" for each in Criterion if each in marks]
    return ("✓ " if len(marks) == len(Criterion) else "") + ", ".join(named)


def order_lines(finalists: Sequence[Entry], ranks: RankBallot) -> list[str]:
    """A line for each finalist with its place, best first; those without an opinion last."""
    placed = sorted(finalists, key=lambda entry: ranks.get(entry.position, len(PLACES) + 1))
    return [
        f"{_(PLACES[ranks[entry.position] - 1]) if entry.position in ranks else _('No opinion')} · "
        f"{idea_line(entry.title)}"
        for entry in placed
    ]


def ballot_lines(finalists: Sequence[Entry], scores: ScoreBallot, ranks: RankBallot) -> list[str]:
    """What stands on a ballot, a line for each idea of which it says something."""
    marked = [
        f"{idea_line(entry.title)}: {marks_line(scores[entry.position])}"
        for entry in finalists
        if scores.get(entry.position)
    ]
    return marked or order_lines([entry for entry in finalists if entry.position in ranks], ranks)


def _card(view: BallotView, sections: Sequence[str]) -> discord.Embed:
    embed = discord.Embed(title=_("Your ballot"), description="\n\n".join(sections), colour=colours.CALM)
    embed.set_author(name=view.poll.name)
    return embed.set_footer(text=_("Only you see this. Others see that you voted, never what."))


def _until(view: BallotView) -> str:
    moment = format_dt(view.poll.final_until, "R")
    return _("until the final closes, {moment}").format(moment=moment)


def _marks_view(view: BallotView) -> discord.ui.View:
    items: list[discord.ui.Item[Any]] = []
    for row, entry in enumerate(view.finalists):
        done = len(view.scores.get(entry.position, {})) == len(Criterion)
        number = f"{row + 1} · " + ("✓ " if done else "")
        label = shortened(f"{number}{entry.title}", TITLE_ON_BUTTON)
        items.append(MarksButton(entry.position, view.poll.id, label=label, done=done, row=row))
        items.append(FinalistButton(entry.position, view.poll.id, row=row))
    return view_of(*items)


def _order_view(view: BallotView) -> discord.ui.View:
    label = _("Change your order") if view.ranks else _("Put them in order")
    details = [
        FinalistButton(
            entry.position,
            view.poll.id,
            label=shortened(_("Details: {title}").format(title=entry.title), TITLE_ON_BUTTON),
            row=1 + place // 2,
        )
        for place, entry in enumerate(view.finalists)
    ]
    return view_of(OrderButton(view.poll.id, label=label, row=0), *details)


def _marks_form(view: BallotView, entry: Entry, values: Mapping[str, str]) -> Form:
    form = Form(
        title=shortened(entry.title, FORM_LINE),
        custom_id=custom_id_of("poll:marked:v1", entry.position, view.poll.id),
    )
    words = {MARKS[0]: _("{mark} · not at all"), MARKS[-1]: _("{mark} · very much")}
    labels = {str(points): words.get(points, "{mark}").format(mark=points) for points in MARKS}
    for criterion in Criterion:
        form.add_field(
            _(CRITERION_NAMES[criterion]),
            _select(criterion.value, labels, values.get(criterion.value, "")),
            description=_(CRITERION_QUESTIONS[criterion]),
        )
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    form.stop()
    return form


def _order_form(view: BallotView, values: Mapping[str, str]) -> Form:
    form = Form(title=_("Your order"), custom_id=custom_id_of("poll:ordered:v1", view.poll.id))
    places = {str(place): _(name) for place, name in enumerate(PLACES[: len(view.finalists)], start=1)}
    labels = places | {NO_OPINION: _("No opinion")}
    for entry in view.finalists:
        name = str(entry.position)
        title = shortened(entry.title, FORM_LINE)
        in_full = shortened(entry.title, DESCRIPTION_LIMIT)
        form.add_field(
            title,
            _select(name, labels, values.get(name, NO_OPINION)),
            description=in_full if in_full != title else None,
        )
    form.stop()
    return form


def _select(name: str, labels: Mapping[str, str], chosen: str) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id=name,
        options=[
            discord.SelectOption(label=label, value=value, default=value == chosen)
            for value, label in labels.items()
        ],
        min_values=0,
        required=False,
    )


async def _ballot(interaction: "Interaction", poll_id: int) -> BallotView:
    return await interaction.client.services.voting.ballot(
        guild_of(interaction), interaction.user.id, poll_id
    )


async def _show_stored(interaction: "Interaction", view: BallotView) -> None:
    if view.poll.phase is Phase.FINAL:
        await show_ballot(interaction, view)
        return
    text = _("Yours was the last ballot, so the final is over. What came of it is in the channel.")
    embed = discord.Embed(title=_("Counted"), description=text, colour=colours.GOOD)
    await turn_to(interaction, embed, view=view_of(own_votes_button(view.poll.id)))
    await interaction.client.deliver(guild_of(interaction))


def _finalist(view: BallotView, position: int) -> Entry:
    """One of the finalists; raises NotInFinal for an idea that is not among them any more."""
    for entry in view.finalists:
        if entry.position == position:
            return entry
    raise NotInFinal


BUTTONS = (BallotButton, MarksButton, OrderButton, FinalistButton)
FORMS = (FormRoute(MARKS_FORM, take_marks), FormRoute(ORDER_FORM, take_order))
