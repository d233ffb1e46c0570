"""A member's tracker as a board: what is due first, then the jobs by how far they have come, page by page."""

from collections.abc import Sequence
from itertools import groupby

import discord

from bot.texts import gettext as _
from bot.texts import ngettext
from bot.tracker.board import Board, Card
from bot.tracker.rules import STATE_NAMES, Application, Choice, State
from bot.tracker.viewing import OwnTracker
from cogs.leads.job_card import company_text
from cogs.ui import colours
from cogs.ui.dates import short_date
from cogs.ui.fitting import fitted, shortened
from cogs.ui.markup import as_text

JOBS_ON_A_PAGE = 25
"""As many as a select has options."""

COMPANY_IN_LINE, ROLE_IN_LINE, OPTION_SHOWN, BOARD_LIMIT = 40, 36, 100, 4_000

_LIVELIEST_FIRST = (
    State.OFFER,
    State.INTERVIEWING,
    State.APPLIED,
    State.SAVED,
    State.REJECTED,
    State.GHOSTED,
    State.NOT_FOR_ME,
)


def tracker_card(own: OwnTracker, page: int, *, direct: bool) -> discord.Embed:
    """A page of a member's tracker; `direct`: what is due comes to them as direct messages."""
    board = own.board
    embed = discord.Embed(title=_("Your tracker"), colour=colours.CALM)
    if board.columns:
        sections = [
            _counts(board),
            *_sections(cards_on(board, page), {card.application.id for card in board.due}),
        ]
        embed.description = fitted("\n".join(sections).split("\n"), BOARD_LIMIT)
    else:
        embed.description = _(
            "Nothing in it yet. Each lead has a button that saves it (/leads latest shows some), and jobs "
            "from elsewhere can be added by hand."
        )
    embed.add_field(name=_("How it is set"), value=_settings(own.choice, direct=direct), inline=False)
    footer = [_("Only you see this.")]
    if (pages := pages_of(board)) > 1:
        footer.insert(0, _("Page {page} of {pages}.").format(page=page + 1, pages=pages))
    return embed.set_footer(text=" ".join(footer))


def cards_on(board: Board, page: int) -> list[Card]:
    """The jobs on a page: those that are due, then the liveliest."""
    due = board.due
    told = {card.application.id for card in due}
    columns = {column.state: column.cards for column in board.columns}
    others = [card for state in _LIVELIEST_FIRST for card in columns.get(state, ())]
    ordered = due + [card for card in others if card.application.id not in told]
    return ordered[page * JOBS_ON_A_PAGE :][:JOBS_ON_A_PAGE]


def pages_of(board: Board) -> int:
    """How many pages the board has, one at least."""
    return max(1, -(-len(board.cards) // JOBS_ON_A_PAGE))


def job_option(application: Application) -> discord.SelectOption:
    """A job in a select, where nothing is markup."""
    job = application.job
    state = _("{state} since {day}").format(
        state=_(STATE_NAMES[application.state]), day=short_date(application.since)
    )
    return discord.SelectOption(
        label=shortened(" · ".join(filter(None, [job.company, job.role])), OPTION_SHOWN),
        value=str(application.id),
        description=shortened(" · ".join(filter(None, [state, job.place])), OPTION_SHOWN),
    )


def job_line(application: Application, *more: str) -> str:
    """A job in one line."""
    role = as_text(application.job.role, ROLE_IN_LINE)
    return " · ".join(filter(None, [f"**{company_text(application, COMPANY_IN_LINE)}**", role, *more]))


def _counts(board: Board) -> str:
    return " · ".join(f"{_(STATE_NAMES[column.state])} {len(column.cards)}" for column in board.columns)


def _sections(cards: Sequence[Card], due: set[int]) -> list[str]:
    sections = []
    for heading, group in groupby(cards, key=lambda card: _heading(card, due)):
        lines = [f"- {job_line(card.application, *_ages(card))}" for card in group]
        sections.append("\n".join(["", f"__{heading}__", *lines]))
    return sections


def _heading(card: Card, due: set[int]) -> str:
    if card.application.id in due:
        return _("Time to follow up")
    return _(STATE_NAMES[card.application.state])


def _ages(card: Card) -> list[str]:
    age = ngettext("{count} day", "{count} days", card.age).format(count=card.age) if card.age else _("today")
    if card.follow_up_in is None:
        return [age]
    if card.follow_up_in > 0:
        days = card.follow_up_in
        soon = ngettext("follow up in {count} day", "follow up in {count} days", days)
        return [age, soon.format(count=days)]
    if card.follow_up_in == 0:
        return [age, _("due today")]
    days = -card.follow_up_in
    return [age, ngettext("due for {count} day", "due for {count} days", days).format(count=days)]


def _settings(choice: Choice, *, direct: bool) -> str:
    if choice.counted:
        counted = _(
            "You count in “three of us applied”: the others who count see how many of us applied somewhere, "
            "never who, and so do you."
        )
    else:
        counted = _(
            "You don't count in “three of us applied”, and you don't see how many of us applied somewhere. "
            "If you count, others who do see the number, from two on, and never who."
        )
    if not choice.follow_ups:
        return counted + "\n" + _("You are not told when it is time to follow up.")
    text = _("You are told when it is time to follow up: a week after applying, and once more a week later.")
    how = _("It comes to you directly.") if direct else _("You are mentioned; what it is, only you see.")
    return f"{counted}\n{text} {how}"
