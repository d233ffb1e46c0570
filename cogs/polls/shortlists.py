"""The shortlist of a poll: which ideas are in, and how sure each of them is to belong there."""

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.polls.deliveries import ShortlistContent
from bot.polls.rules import EndedBy, Phase
from bot.polls.service import PollView
from bot.ranking.certainty import Shortlist
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.messenger import Rendered
from cogs.polls.ballots import BallotButton
from cogs.polls.charts import shortlist_chart
from cogs.polls.own_votes import OwnVotesButton
from cogs.polls.wording import settled_text, sureness, why_cards_ended
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.ideas import idea_line

NEAR_SHOWN = 5


def render_shortlist(content: ShortlistContent, nonce: str) -> Rendered:
    """The shortlist as it is posted when the cards are over."""
    view, shortlist = content.view, content.view.shortlist
    if shortlist is None:
        raise ValueError("a shortlist without one")
    door = BallotButton if view.poll.phase is Phase.FINAL else OwnVotesButton
    return Rendered(
        text="",
        embed=shortlist_card(view, shortlist),
        view=view_of(door(nonce, view.poll.id)),
        picture=shortlist_chart(view, shortlist),
    )


def shortlist_card(view: PollView, shortlist: Shortlist) -> discord.Embed:
    """The ideas that are in, how sure each is to belong there, and which were left out by a hair."""
    poll = view.poll
    so_far = poll.phase is Phase.CARDS
    sections = [
        why_cards_ended(view) if poll.phase is Phase.FINAL and poll.ended_by is not EndedBy.SETTLED else "",
        *_members(view, shortlist),
        _near_ties(view, shortlist.near_ties),
        _next(view),
    ]
    embed = discord.Embed(
        title=_("How the cards stand now") if so_far else _("The shortlist"),
        description="\n\n".join(filter(None, sections)),
        colour=colours.CALM,
    )
    return embed.set_author(name=poll.name)


def _members(view: PollView, shortlist: Shortlist) -> list[str]:
    if not shortlist.others:
        lines = [f"{place}. {_title(view, each.idea)}" for place, each in enumerate(shortlist.members, 1)]
        return [_("There are no more ideas than these, so all of them are in."), "\n".join(lines)]
    lines = [
        f"{place}. {_title(view, each.idea)} · {sureness(each.sure, settled=shortlist.settled)}"
        for place, each in enumerate(shortlist.members, 1)
    ]
    heading = _("**How sure each is to be one of the best {count}**").format(count=len(shortlist.members))
    return [settled_text(shortlist), "\n".join([heading, *lines])]


def _near_ties(view: PollView, near: Sequence[int]) -> str:
    if not near:
        return ""
    titles = [_title(view, position) for position in near[:NEAR_SHOWN]]
    if len(near) > NEAR_SHOWN:
        more = len(near) - NEAR_SHOWN
        titles.append(ngettext("{count} more", "{count} more", more).format(count=more))
    return ngettext(
        "Left out by a hair, and may as well belong in: {ideas}.",
        "Left out by a hair, and any of them may as well belong in: {ideas}.",
        len(near),
    ).format(ideas=", ".join(titles))


def _next(view: PollView) -> str:
    if view.poll.phase is not Phase.FINAL:
        return ""
    text = _("Now the final picks one of them, until {moment}: press “Your ballot”.")
    return text.format(moment=format_dt(view.poll.final_until, "f"))


def _title(view: PollView, position: int) -> str:
    entry = view.entries[position]
    line = idea_line(entry.title)
    return _("{idea} (withdrawn)").format(idea=line) if entry.withdrawn else line
