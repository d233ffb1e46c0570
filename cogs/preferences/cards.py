"""How a member's preferences look."""

import discord

from bot.preferences.rules import Preference, Shown
from bot.texts import gettext as _
from bot.texts import mark
from cogs.ui import colours
from cogs.ui.dates import long_date

SHOWN_TEXTS = {
    Shown.STREAK: mark("Your streak: how many due days in a row you did."),
    Shown.CONSISTENCY: mark("Your consistency: how many of the last 21 due days you did."),
    Shown.NOTHING: mark("No figure. You alone see your streak and your consistency."),
}


def preferences_card(preference: Preference) -> discord.Embed:
    """What others see of a member, how messages reach the member, and where each is changed."""
    embed = discord.Embed(title=_("Your preferences"), colour=colours.CALM)
    parts = [
        (_("Shown with your check-ins"), _(SHOWN_TEXTS[preference.shown])),
        (_("The server's weekly look back"), _look_back(preference)),
        (_("Pings, if you asked for them"), _pings(preference)),
        (_("Your week on Sunday evening"), _weeks(preference)),
        (_("Your watches and your tracker"), _leads(preference)),
    ]
    for name, value in parts:
        embed.add_field(name=name, value=value, inline=False)
    if preference.direct_refused_on is not None:
        refused = _(
            "On {day} Discord would not let me write to you directly. What I tried to send then no longer "
            "comes that way; below is how each comes now."
        )
        embed.description = refused.format(day=long_date(preference.direct_refused_on))
    embed.set_footer(
        text=_(
            "/preferences changes the first two, /routine show your pings, /week your Sundays, and "
            "/leads watch the last."
        )
    )
    return embed


def _look_back(preference: Preference) -> str:
    if preference.named:
        return _("It may name you with what you showed and the goals you kept, never with what you missed.")
    return _("It counts your work without your name.")


def _pings(preference: Preference) -> str:
    place = _("As direct messages.") if preference.direct_pings else _("In the day's thread.")
    if preference.second_ping:
        second = _("A second one follows two hours later, unless you have checked in by then.")
    else:
        second = _("No second one.")
    return f"{place} {second}"


def _weeks(preference: Preference) -> str:
    return _("As a direct message.") if preference.direct_weeks else _("Not sent to you.")


def _leads(preference: Preference) -> str:
    if preference.direct_leads:
        return _("As direct messages.")
    return _("A ping in the channel that says no more than that there is something for you.")
