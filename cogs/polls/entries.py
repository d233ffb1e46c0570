"""The ideas of a poll as pages of one private message: the list, one idea, and taking one's own out again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.polls.errors import NotYourPoll
from bot.polls.rules import Entry, Phase
from bot.polls.service import PollView
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.polls.voting_pages import POLL
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.fitting import shortened
from cogs.ui.ideas import TITLE_SHOWN, idea_line, idea_text
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

PAGE = 15
"""So many titles fit into an embed at their longest."""

OPTION_LIMIT, TEXT_SHOWN = 100, 3_700
IDEA = r"(?P<idea_id>\d{1,18})"


class IdeasButton(LastingButton, template=rf"poll:ideas:v1:(?P<page>\d{{1,2}})(?::{NONCE})?:{POLL}"):
    """Shows whoever presses it a page of a poll's ideas."""

    def __init__(
        self,
        poll_id: int | str,
        page: int | str = 0,
        nonce: str | None = None,
        *,
        label: str = "",
        row: int | None = None,
    ):
        custom_id = custom_id_of("poll:ideas:v1", page, nonce, poll_id)
        super().__init__(label or _("The ideas"), custom_id, row=row)
        self.poll_id, self.page = int(poll_id), int(page)

    async def press(self, interaction: "Interaction") -> None:
        await show_ideas(interaction, await _view(interaction, self.poll_id), self.page)


class IdeaSelect(LastingSelect, template=rf"poll:idea:v1:{POLL}"):
    """A page of a poll's ideas to choose from; the one that is chosen is shown in full."""

    def __init__(self, poll_id: int | str, entries: Sequence[Entry] = ()):
        options = [
            discord.SelectOption(label=shortened(entry.title, OPTION_LIMIT), value=str(entry.idea_id))
            for entry in entries
        ]
        super().__init__(_("Read one of them"), custom_id_of("poll:idea:v1", poll_id), options)
        self.poll_id = int(poll_id)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        view = await _view(interaction, self.poll_id)
        entry = next((each for each in view.entries if str(each.idea_id) == values[0]), None)
        if entry is None:
            # It was taken out meanwhile.
            await show_ideas(interaction, view)
            return
        items: list[discord.ui.Item[Any]] = [IdeasButton(self.poll_id, label=_("All ideas"))]
        if view.poll.phase is Phase.COLLECT and interaction.user.id in entry.authors:
            items.append(TakeOutButton(self.poll_id, entry.idea_id))
        await turn_to(interaction, idea_card(view, entry), view_of(*items))


class TakeOutButton(LastingButton, template=rf"poll:out:v1:{IDEA}:{POLL}"):
    """Takes an idea of the presser's out of a poll that collects; it stays on their list."""

    def __init__(self, poll_id: int | str, idea_id: int | str):
        super().__init__(_("Take it out"), custom_id_of("poll:out:v1", idea_id, poll_id))
        self.poll_id, self.idea_id = int(poll_id), int(idea_id)

    async def press(self, interaction: "Interaction") -> None:
        guild_id, user_id = guild_of(interaction), interaction.user.id
        polls = interaction.client.services.polls
        await polls.take_out(guild_id, user_id, self.poll_id, self.idea_id)
        heading = _("It is out of this poll, and still on your list.")
        await show_ideas(interaction, await _view(interaction, self.poll_id), heading=heading)
        await interaction.client.deliver(guild_id)


async def show_ideas(interaction: "Interaction", view: PollView, page: int = 0, *, heading: str = "") -> None:
    """Turn to a page of a poll's ideas; beyond the last stands the last."""
    entries = view.standing_entries
    last = max(0, len(entries) - 1) // PAGE
    page = min(page, last)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    items: list[discord.ui.Item[Any]] = [IdeaSelect(view.poll.id, shown)] if shown else []
    if page > 0:
        items.append(IdeasButton(view.poll.id, page - 1, label=_("Earlier ones")))
    if page < last:
        items.append(IdeasButton(view.poll.id, page + 1, label=_("Later ones")))
    embed = ideas_card(view, shown, page * PAGE, interaction.user.id, heading)
    await turn_to(interaction, embed, view_of(*items) if items else None)


def ideas_card(
    view: PollView, shown: Sequence[Entry], before: int, reader: int, heading: str = ""
) -> discord.Embed:
    """A page of a poll's ideas, in the order in which they came; whose they are, only their authors see."""
    count = len(view.standing_entries)
    lines = [
        f"{number}. {idea_line(entry.title)}" + (_(" (yours)") if reader in entry.authors else "")
        for number, entry in enumerate(shown, before + 1)
    ]
    nothing = _("No ideas yet. Add the first one under the poll's message.")
    embed = discord.Embed(
        title=ngettext("{count} idea", "{count} ideas", count).format(count=count),
        description="\n".join(filter(None, [heading, "\n".join(lines) or nothing])),
        colour=colours.CALM,
    )
    embed.set_author(name=view.poll.name)
    if view.poll.phase is Phase.COLLECT and any(reader in entry.authors for entry in view.entries):
        return embed.set_footer(
            text=_("Read one of yours to take it out. Nobody sees which ideas are whose.")
        )
    return embed.set_footer(text=_("Nobody sees which ideas are whose, so that the idea counts."))


def idea_card(view: PollView, entry: Entry) -> discord.Embed:
    """An idea of a poll with all that it says."""
    embed = discord.Embed(
        title=as_text(entry.title, TITLE_SHOWN),
        description=idea_text(entry.text, TEXT_SHOWN) or _("Nothing more was written down about it."),
        colour=colours.CALM,
    )
    return embed.set_author(name=view.poll.name)


async def _view(interaction: "Interaction", poll_id: int) -> PollView:
    """A poll whose ideas the presser may read: all may once they stand in the file with its result.

    Raises PollGone and NotYourPoll.
    """
    view = await interaction.client.services.polls.view(guild_of(interaction), poll_id, interaction.user.id)
    if not (view.may_vote or view.poll.is_decided):
        raise NotYourPoll
    return view


BUTTONS = (IdeasButton, IdeaSelect, TakeOutButton)
