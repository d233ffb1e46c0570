"""/resource mine: what a member began, saved, finished and suggested, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.answers import Marked, Mine
from bot.resources.browsing import Wanted
from bot.resources.resource import Resource
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.texts import gettext as _
from cogs.resources.buttons import browse_button, suggest_button
from cogs.resources.resource_page import OpenSelect
from cogs.resources.wording import linked_title
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

PAGE, TITLE_SHOWN, REASON_SHOWN = 6, 100, 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list, the heading that it stands under, and what it opens, if anything."""

    heading: str
    text: str
    opens: Resource | None = None


class MineButton(LastingButton, template=r"resource:mine:v1:(?P<page>\d{1,4})"):
    """Shows whoever presses it a page of what is theirs."""

    def __init__(self, page: int | str, label: str = ""):
        super().__init__(label or _("Yours"), custom_id_of("resource:mine:v1", page))
        self.page = int(page)

    async def press(self, interaction: "Interaction") -> None:
        await show_mine(interaction, self.page)


async def show_mine(interaction: "Interaction", page: int = 0) -> None:
    """Turn to a page of what is theirs, for whoever asks; beyond the last stands the last."""
    mine = await interaction.client.services.resources.of_member(guild_of(interaction), interaction.user.id)
    lines = list(lines_of(mine))
    last = max(0, len(lines) - 1) // PAGE
    page = min(page, last)
    shown = lines[page * PAGE : (page + 1) * PAGE]
    items: list[discord.ui.Item[Any]] = []
    if resources := [line.opens for line in shown if line.opens is not None]:
        items.append(OpenSelect(resources))
    if page > 0:
        items.append(MineButton(page - 1, _("Back")))
    if page < last:
        items.append(MineButton(page + 1, _("Next")))
    items += [browse_button(Wanted(), _("Browse")), suggest_button()]
    await turn_to(interaction, mine_card(shown, page, last), view_of(*items))


def mine_card(lines: list[Line], page: int, last: int) -> discord.Embed:
    """A page of what is a member's, under headings."""
    if not lines:
        text = _(
            "Nothing yet. Whatever you save, start or finish shows up here; "
            "/resource find and /resource next have something for you."
        )
        return discord.Embed(title=_("Your resources"), description=text, colour=colours.CALM)
    said: list[str] = []
    for line in lines:
        if line.heading not in said:
            said += ["", line.heading] if said else [line.heading]
        said.append(line.text)
    embed = discord.Embed(title=_("Your resources"), description="\n".join(said), colour=colours.CALM)
    if last:
        embed.set_footer(text=_("page {page} of {pages}").format(page=page + 1, pages=last + 1))
    return embed


def lines_of(mine: Mine) -> Iterator[Line]:
    """All that is a member's: what is under way, what waits, what is behind them, and what they gave."""
    for marked in mine.started:
        text = _("since {day}").format(day=_day(marked.mark.started_at))
        yield _line(_("**Under way**"), marked, text)
    for marked in mine.saved:
        yield _line(_("**Saved**"), marked)
    for marked in mine.finished:
        yield _line(_("**Finished**"), marked, _day(marked.mark.finished_at))
    for marked in mine.helped:
        yield _line(_("**Helped you**"), marked)
    for suggestion in mine.suggestions:
        yield Line(_("**Suggested by you**"), _suggestion(suggestion))


def _line(heading: str, marked: Marked, said: str = "") -> Line:
    notes = [said, _("it helped you") if marked.mark.has_helped and said else ""]
    if marked.is_gone:
        notes.append(_("not on the shelf any more"))
    text = " · ".join(filter(None, [f"- {linked_title(marked.resource, TITLE_SHOWN)}", *notes]))
    return Line(heading, text, marked.resource)


def _suggestion(suggestion: Suggestion) -> str:
    title = f"- {as_text(suggestion.entry.title, TITLE_SHOWN)}"
    match suggestion.state:
        case SuggestionState.WAITING:
            return title + " · " + _("the curators have not decided yet")
        case SuggestionState.ACCEPTED:
            return title + " · " + _("taken in")
        case SuggestionState.DECLINED:
            return (
                title
                + " · "
                + _("declined: {reason}").format(reason=as_text(suggestion.reason, REASON_SHOWN))
            )


def _day(moment: datetime | None) -> str:
    """The day, where whoever reads it is."""
    return discord.utils.format_dt(moment, "D") if moment else ""


BUTTONS = (MineButton,)
