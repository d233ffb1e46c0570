"""Starting a poll, and what whoever did is told."""

from typing import TYPE_CHECKING, Any

import discord

from bot.polls.errors import NoPollHere
from bot.polls.rules import ENOUGH_IDEAS, GOAL_IDEAS, Scope
from bot.polls.service import PollView, Wanted
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.polls.collecting import AddButton, EnterButton
from cogs.polls.inviting import InviteSelect
from cogs.polls.steering import SteerButton
from cogs.polls.wording import METHODS, dates
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.feature import guild_of
from cogs.ui.markup import as_text
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

TITLE_SHOWN = 200


async def start(interaction: "Interaction", wanted: Wanted) -> None:
    """Begin a poll in the channel where that is asked for; its message is posted at once."""
    guild_id, held = guild_of(interaction), interaction.permissions
    view = await interaction.client.services.polls.start(
        guild_id,
        interaction.user.id,
        _channel_of(interaction),
        wanted,
        may_ask_everyone=held.manage_events or held.manage_guild,
    )
    await reply(interaction, embed=started_card(view), view=started_view(view))
    await interaction.client.deliver(guild_id)


def started_card(view: PollView) -> discord.Embed:
    """That a poll has begun, when what ends, and what comes next."""
    poll = view.poll
    sections = [_next(view), dates(poll), _(METHODS[poll.method])]
    embed = discord.Embed(
        title=as_text(poll.name, TITLE_SHOWN), description="\n\n".join(sections), colour=colours.GOOD
    )
    footer = _("Phases end by time, when they are settled, or when you say so: “Steer”.")
    return embed.set_footer(text=footer)


def started_view(view: PollView) -> discord.ui.View:
    """What whoever started a poll can do next."""
    poll = view.poll
    items: list[discord.ui.Item[Any]] = [AddButton(poll.id), SteerButton(poll.id)]
    if poll.scope is Scope.INVITED:
        items.append(InviteSelect(poll.id, view.invited))
    elif poll.scope is Scope.EVERYONE:
        items.insert(1, EnterButton(poll.id))
    return view_of(*items)


def _next(view: PollView) -> str:
    if view.poll.scope is Scope.EVERYONE:
        text = _(
            "The poll has begun, and everybody here can add ideas under its message. Yours come in when you "
            "add them. {enough} ideas are enough for the voting, {goal} make a good choice."
        )
        return text.format(enough=ENOUGH_IDEAS, goal=GOAL_IDEAS)
    count = len(view.standing_entries)
    if count:
        taken = ngettext(
            "The poll has begun with the {count} idea on your list; {goal} make a good choice.",
            "The poll has begun with the {count} ideas on your list; {goal} make a good choice.",
            count,
        )
    else:
        taken = _("The poll has begun. Your list has no ideas yet, so add some: {goal} make a good choice.")
    taken = taken.format(count=count, goal=GOAL_IDEAS)
    if view.poll.scope is Scope.INVITED:
        invite = _("Choose below whom you invite. They are mentioned once, and may add ideas.")
        return "\n".join([taken, invite])
    if count >= ENOUGH_IDEAS:
        return "\n".join([taken, _("You can add more, or open the voting at once by “Steer”.")])
    text = _("From {enough} on you can open the voting by “Steer”.").format(enough=ENOUGH_IDEAS)
    return "\n".join([taken, text])


def _channel_of(interaction: "Interaction") -> int:
    """Where a poll's message goes: a thread is too narrow for it, since builds open threads of their own.

    Raises NoPollHere.
    """
    channel = interaction.channel
    if isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.TextChannel):
        channel = channel.parent
    if isinstance(channel, discord.TextChannel):
        held = channel.permissions_for(channel.guild.me)
        if not (held.view_channel and held.send_messages):
            raise NoPollHere
    if channel is None:
        raise NoPollHere
    return channel.id
