"""What is delivered of looking back, as it is seen: with its buttons, of which one carries the nonce."""

import discord

from bot.localtime import ONE_DAY
from bot.lookback.deliveries import LookbackContent, WeekContent, WeekRefusedContent
from bot.texts import gettext as _
from cogs.lookback.buttons import NameMeButton, SundaysButton, WeekButton
from cogs.lookback.member_week import member_week_embed
from cogs.lookback.server_week import server_week_embed
from cogs.messenger import Rendered, Renderer
from cogs.ui.buttons import view_of


def render_lookback(content: LookbackContent, nonce: str) -> Rendered:
    """The server's week."""
    view = view_of(NameMeButton(content.posting_day, nonce), WeekButton(day=content.posting_day - ONE_DAY))
    return Rendered(text="", embed=server_week_embed(content.week), view=view)


def render_week(content: WeekContent, nonce: str) -> Rendered:
    """A member's week, as a direct message."""
    view = view_of(SundaysButton(content.guild_id, "off", nonce))
    text = _("What you noted in {channel} this week:").format(channel=f"<#{content.channel_id}>")
    return Rendered(text=text, embed=member_week_embed(content.week), view=view, names_server=True)


def render_week_refused(content: WeekRefusedContent, nonce: str) -> Rendered:
    """Tells a member that their week could not be sent; it mentions them and nobody else."""
    text = _(
        "<@{member}>, I couldn't send you your week: Discord takes no direct messages from me for you. I "
        "won't try again; the button here, or /week, shows it to you alone."
    )
    return Rendered(
        text=text.format(member=content.user_id),
        view=view_of(WeekButton(nonce)),
        mentions=discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(content.user_id)]
        ),
    )


RENDERERS: dict[type, Renderer] = {
    LookbackContent: render_lookback,
    WeekContent: render_week,
    WeekRefusedContent: render_week_refused,
}
