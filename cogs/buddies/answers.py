"""How the private answers about buddies look."""

from collections.abc import Sequence

import discord

from bot.buddies.service import Paired, Waiting
from bot.checkins.rules import CheckIn
from bot.texts import gettext as _
from cogs.ui import colours
from cogs.ui.dates import short_date
from cogs.ui.markup import as_text

# Eight of them with all that they may have fit into an embed, which holds 4096 characters.
CHECKINS_SHOWN, DONE_SHOWN, LINKS_SHOWN = 8, 220, 200


def waiting_card(standing: Waiting) -> discord.Embed:
    """For who waits for a buddy."""
    lines = [*_parting(standing.parted_from)]
    if standing.is_away:
        lines.append(_("You are away right now, so I look for somebody as soon as you are back."))
    else:
        text = _(
            "As soon as there is somebody whose day overlaps well with yours, I mention the two of you in "
            "the day's thread. Nothing else needs to be done."
        )
        lines.append(text)
    return discord.Embed(
        title=_("I'm looking for a buddy for you"), description="\n\n".join(lines), colour=colours.CALM
    )


def paired_card(standing: Paired, *, is_new: bool = False) -> discord.Embed:
    """A member's buddy and what they got done lately."""
    if is_new:
        text = _("It's <@{buddy}>. I tell you both in the day's thread, so say hello there.")
    else:
        text = _("<@{buddy}>, since {since}.")
    since = discord.utils.format_dt(standing.since, "D")
    lines = [*_parting(standing.parted_from), text.format(buddy=standing.buddy_id, since=since)]
    if standing.is_away:
        lines.append(_("They are **away** right now."))
    if standing.checkins:
        lines += ["", _("**What they got done in the last seven days**")]
        lines += [_line(checkin) for checkin in standing.checkins[:CHECKINS_SHOWN]]
    elif not standing.is_away:
        lines.append(_("No check-in in the last seven days. A friendly word from you may be just the thing."))
    embed = discord.Embed(
        title=_("You have a buddy") if is_new else _("Your buddy"),
        description="\n".join(lines),
        colour=colours.GOOD if is_new else colours.CALM,
    )
    embed.set_footer(
        text=_("If one of you pauses for days, I find the other somebody who is here, and look again later.")
    )
    return embed


def left_card(buddy_id: int | None) -> discord.Embed:
    """For who left a buddy, or waits for one no more."""
    if buddy_id is None:
        text = _("I've stopped looking. /buddy find starts again whenever you like.")
    else:
        text = _(
            "You and <@{buddy}> are no longer buddies. I say nothing about it in public, and look for "
            "somebody else for them. For yourself, /buddy find starts again whenever you like."
        ).format(buddy=buddy_id)
    return discord.Embed(description=text, colour=colours.CALM)


def nudged_card(buddy_id: int) -> discord.Embed:
    """For who nudged their buddy."""
    text = _(
        "I let <@{buddy}> know that you think of them, at an hour when they may be awake. "
        "It says nothing about days gone by."
    )
    return discord.Embed(description=text.format(buddy=buddy_id), colour=colours.GOOD)


def _parting(parted_from: int | None) -> Sequence[str]:
    if parted_from is None:
        return ()
    text = _("You and <@{member}> are no longer buddies. Weeks change, and it says nothing about you.")
    return (text.format(member=parted_from),)


def _line(checkin: CheckIn) -> str:
    done = as_text(" ".join(checkin.entry.done.split()), DONE_SHOWN)
    hidden = [link for link in checkin.links if link not in done]
    links = ""
    for link in hidden:
        if len(links) + len(link) < LINKS_SHOWN:
            links += f"\n{link}"
    return f"**{short_date(checkin.day)}** · {done}{links}"
