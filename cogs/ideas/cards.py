"""How a member's ideas look to them, and what stands under each."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.ideas.places import Place
from bot.ideas.rules import IDEAS_EACH, Idea
from bot.ideas.service import Added
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.ideas import TITLE_SHOWN, add_idea_button, idea_line, idea_text, merge_button
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text

PAGE = 10
"""How many ideas a page of the list shows."""

GATHER = 20
"""From so many ideas on, ranking them is worth the time."""

TEXT_SHOWN, AUTHORS_SHOWN = 3_000, 10


def idea_card(idea: Idea, reader: int, heading: str = "") -> discord.Embed:
    """An idea with all that it says."""
    said = idea_text(idea.text, TEXT_SHOWN) or _("Nothing but a title yet. /idea edit has room for more.")
    embed = discord.Embed(
        title=as_text(idea.text.title, TITLE_SHOWN),
        description="\n\n".join(filter(None, [heading, said])),
        colour=colours.GOOD if heading else colours.CALM,
    )
    others = sorted(idea.authors - {reader})
    if others:
        embed.add_field(name=_("It is theirs too"), value=people(others), inline=False)
    return embed


def idea_view(idea: Idea) -> discord.ui.View:
    """What can be done about an idea of one's own."""
    return view_of(
        _button(_("Change it"), "idea:ask:v1", idea.id),
        _button(_("Withdraw"), "idea:withdraw:v1", idea.id),
        list_button(),
        add_idea_button(),
    )


def added_card(added: Added, reader: int) -> discord.Embed:
    """That an idea is kept, and which others look like it."""
    embed = idea_card(added.idea, reader, _("Kept. Nobody else sees it until you enter it into a poll."))
    if added.alike:
        lines = [f"- {idea_line(idea.text.title)}" for idea in added.alike]
        embed.add_field(
            name=ngettext("This one looks like it", "These look like it", len(added.alike)),
            value="\n".join(
                [*lines, _("Are they one? Merging keeps what the older one says. If not, no harm done.")]
            ),
            inline=False,
        )
    return embed


def added_view(added: Added) -> discord.ui.View:
    """What can be done about an idea that was just added; those that look like it may become one with it."""
    if not added.alike:
        return idea_view(added.idea)
    merges: list[discord.ui.Item[Any]] = [
        merge_button(added.idea.id, idea.id, idea.text.title, row=row) for row, idea in enumerate(added.alike)
    ]
    differ = _button(_("They differ"), "idea:show:v1", added.idea.id, row=len(merges))
    return view_of(*merges, differ)


def list_card(ideas: Sequence[Idea], page: int) -> discord.Embed:
    """A page of a member's ideas, the newest first."""
    embed = discord.Embed(title=_("Your ideas"), colour=colours.CALM)
    if not ideas:
        embed.description = _(
            "None yet. Gather two or three dozen before you choose: each takes a minute, and a title is "
            "enough to begin with. “Where to look” shows you places that have some."
        )
        return embed
    first = page * PAGE
    shown = ideas[first : first + PAGE]
    embed.description = "\n".join(
        f"{number}. {idea_line(idea.text.title)}" for number, idea in enumerate(shown, first + 1)
    )
    embed.set_footer(text=f"{_so_many(len(ideas))} {_further(len(ideas))}".strip())
    return embed


def withdrawal_card(idea: Idea, reader: int) -> discord.Embed:
    """Asks whether an idea shall be withdrawn."""
    if idea.authors == {reader}:
        text = _("Withdraw {idea}? It leaves your list, and the polls it is in go on without it.")
    else:
        text = _("Let go of {idea}? It stays with those whose idea it is too.")
    return discord.Embed(description=text.format(idea=idea_line(idea.text.title)), colour=colours.CALM)


def place_card(place: Place) -> discord.Embed:
    """A place to look for ideas, and a word of counsel."""
    embed = discord.Embed(
        title=_(place.name),
        description=f"{_(place.what)}\n{_(place.why)}\n\n{place.link}",
        colour=colours.LEARNING,
    )
    embed.set_footer(text=_(place.counsel))
    return embed


def people(members: Sequence[int]) -> str:
    """Members as mentions; beyond ten, how many more there are."""
    names = ", ".join(f"<@{member}>" for member in members[:AUTHORS_SHOWN])
    more = len(members) - AUTHORS_SHOWN
    if more <= 0:
        return names
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=names, count=more
    )


def list_button(label: str | None = None) -> discord.ui.Button[Any]:
    """Leads to the presser's own ideas; see pages.ListButton."""
    return _button(label or _("Your ideas"), "idea:list:v1", 0)


def places_button() -> discord.ui.Button[Any]:
    """Leads to places to look for ideas; see pages.PlaceButton."""
    return _button(_("Where to look"), "idea:places:v1")


def _button(label: str, name: str, *arguments: object, row: int | None = None) -> discord.ui.Button[Any]:
    """A button that another module here answers, which this one can't import."""
    return discord.ui.Button(label=label, custom_id=custom_id_of(name, *arguments), row=row)


def _so_many(count: int) -> str:
    return ngettext("{count} idea.", "{count} ideas.", count).format(count=count)


def _further(count: int) -> str:
    if count >= IDEAS_EACH:
        return _("That is as many as there can be.")
    if count >= GATHER:
        return _("Enough to rank them: /poll start.")
    return _("From {goal} on, ranking them pays: a few more are worth a look around.").format(goal=GATHER)
