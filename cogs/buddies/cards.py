"""How what the bot says by itself about buddies looks."""

import discord

from bot.buddies.deliveries import BuddiesContent, DirectNudgeContent, NudgeContent
from bot.texts import gettext as _
from cogs.buddies.buttons import LookButton
from cogs.messenger import Rendered, Renderer
from cogs.ui.buttons import check_in_button, view_of


def render_buddies(content: BuddiesContent, nonce: str) -> Rendered:
    """Two members are told of each other; they asked for it, and both are mentioned."""
    text = _(
        "<@{one}> and <@{other}>, you are buddies from now on. Say hello, and keep an eye on each other."
    )
    return Rendered(
        text=text.format(one=content.one, other=content.other),
        view=view_of(LookButton(nonce)),
        mentions=_only(content.one, content.other),
    )


def render_nudge(content: NudgeContent, nonce: str) -> Rendered:
    """A warm word in public, which mentions nobody but the one it is for."""
    text = _("<@{by}> thinks of you, <@{member}>. How about a small piece today?")
    lines = [text.format(by=content.by_user_id, member=content.user_id)]
    if content.was_refused:
        lines.append(_("(Discord did not let me write to you directly, so your pings come here again.)"))
    return Rendered(
        text="\n".join(lines),
        view=view_of(check_in_button(nonce)),
        mentions=_only(content.user_id),
    )


def render_direct_nudge(content: DirectNudgeContent, nonce: str) -> Rendered:
    """The same as a direct message."""
    text = _("<@{by}> thinks of you, in {channel}. How about a small piece today?")
    return Rendered(
        text=text.format(by=content.by_user_id, channel=f"<#{content.channel_id}>"),
        view=view_of(check_in_button(nonce, guild_id=content.guild_id)),
        names_server=True,
    )


def _only(*members: int) -> discord.AllowedMentions:
    return discord.AllowedMentions(
        everyone=False, roles=False, users=[discord.Object(member) for member in members]
    )


RENDERERS: dict[type, Renderer] = {
    BuddiesContent: render_buddies,
    NudgeContent: render_nudge,
    DirectNudgeContent: render_direct_nudge,
}
