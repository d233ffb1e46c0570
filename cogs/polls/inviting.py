"""Who is invited to a poll: one select, in which people are added and left out."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import discord

from bot.polls.rules import INVITED_AT_MOST, Scope
from bot.polls.service import PollView
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.polls.voting_pages import POLL
from cogs.polls.wording import message_link, names_of
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.feature import guild_of
from cogs.ui.languages import speaking_to_all
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingUserSelect

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NAME_SHOWN = 160


class InviteSelect(LastingUserSelect, template=rf"poll:invite:v1:{POLL}"):
    """The people who are invited to a poll; those who are new hear of it, once."""

    def __init__(self, poll_id: int | str, invited: Collection[int] = ()):
        custom_id = custom_id_of("poll:invite:v1", poll_id)
        super().__init__(_("Whom you invite"), custom_id, chosen=sorted(invited), at_most=INVITED_AT_MOST)
        self.poll_id = int(poll_id)

    async def choose(
        self,
        interaction: "Interaction",
        people: Sequence[discord.User | discord.Member],
        bots: Sequence[discord.User | discord.Member],
    ) -> None:
        guild_id, user_id = guild_of(interaction), interaction.user.id
        polls = interaction.client.services.polls
        before = await polls.view(guild_id, self.poll_id, user_id)
        chosen = {person.id for person in people} - {before.poll.user_id}
        view = await _invite_just(interaction, before, chosen)
        card = invited_card(view, [bot.id for bot in bots])
        await turn_to(
            interaction, card, view_of(InviteSelect(self.poll_id, view.invited), _steer_button(self.poll_id))
        )
        new = sorted(view.invited - before.invited)
        if new:
            with speaking_to_all(interaction):
                text = invitation(view, user_id, new)
            await interaction.followup.send(
                text,
                allowed_mentions=discord.AllowedMentions(
                    everyone=False, roles=False, users=[discord.Object(person) for person in new]
                ),
            )
        await interaction.client.deliver(guild_id)


def invited_card(view: PollView, bots: Sequence[int] = ()) -> discord.Embed:
    """Who is invited now, and which of those who were chosen can't be."""
    names = names_of(sorted(view.invited))
    text = _("Invited: {names}.").format(names=names) if names else _("Nobody is invited.")
    left_out = ngettext(
        "{names} is a bot, and bots have no ideas to add and no taps to make.",
        "{names} are bots, and bots have no ideas to add and no taps to make.",
        len(bots),
    ).format(names=names_of(sorted(bots)))
    change = _("Change the list below. Whoever is left out keeps what they added and voted.")
    lines = [text, left_out, change] if bots else [text, change]
    embed = discord.Embed(description="\n".join(lines), colour=colours.GOOD)
    return embed.set_author(name=view.poll.name)


def invitation(view: PollView, inviting: int, new: Sequence[int]) -> str:
    """What those who are new on the list read, for all to see."""
    text = ngettext(
        "{names}: <@{inviting}> invites you to the poll “{poll}”. You may add ideas and vote: {where}",
        "{names}: <@{inviting}> invites you all to the poll “{poll}”. You may add ideas and vote: {where}",
        len(new),
    )
    return text.format(
        names=", ".join(f"<@{person}>" for person in new),
        inviting=inviting,
        poll=as_text(view.poll.name, NAME_SHOWN),
        where=message_link(view) or f"<#{view.poll.channel_id}>",
    )


def may_invite(view: PollView) -> bool:
    """Whether people can be invited to a poll now."""
    return view.poll.scope is Scope.INVITED and view.poll.is_open


def _steer_button(poll_id: int) -> discord.ui.Button[discord.ui.View]:
    """Leads to the panel of the poll, where inviting began; see steering.SteerButton."""
    return discord.ui.Button(label=_("Steer"), custom_id=custom_id_of("poll:steer:v1", poll_id))


async def _invite_just(interaction: "Interaction", before: PollView, chosen: set[int]) -> PollView:
    """Have just these people invited.

    New ones come before others go, since a final ends when all who are invited have voted; but where there
    would be too many at once, after.
    """
    polls = interaction.client.services.polls
    manages = interaction.permissions.manage_guild
    where = (guild_of(interaction), interaction.user.id, before.poll.id)
    gone = before.invited - chosen
    if len(before.invited | chosen) > INVITED_AT_MOST:
        await polls.uninvite(*where, gone, manages=manages)
        return await polls.invite(*where, chosen, manages=manages)
    view = await polls.invite(*where, chosen, manages=manages)
    return await polls.uninvite(*where, gone, manages=manages) if gone else view


BUTTONS = (InviteSelect,)
