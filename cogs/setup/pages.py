"""How the pages of a guided set-up look."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import discord

from bot.guide.steps import ServerSettings, Step
from bot.localtime import local
from bot.servers.service import SetUp
from bot.texts import gettext as _
from bot.texts import mark
from cogs.rights import NEEDED_FOR_MESSAGES, RIGHTS, Right
from cogs.setup import cards
from cogs.setup.seeing import Guess
from cogs.setup.words import WHY, step_title
from cogs.ui import colours
from cogs.ui.step_names import STEP_NAMES

HOW_TO_GIVE = mark(
    "In Discord, open the channel's settings, then “Permissions”, add my role, and allow what is missing. "
    "It may also be given to my role for the whole server, or by inviting me again, which asks for these "
    "rights and no others."
)


def first_channel_page(guess: Guess | None, missing: Sequence[Right], *, note: str = "") -> discord.Embed:
    """Where the check-ins shall go, with a channel to take."""
    asked = _("**Not set up yet.** Three presses and I work: where, in which time zone, at what hour.")
    text = [note, asked, _(WHY[Step.CHECKINS])]
    if guess is None:
        text.append(_("**1 of 3: Where?** Choose a channel."))
    elif missing:
        lacking = _(
            "**1 of 3: Where?** In <#{channel}> I lack rights. Give them and look again, choose another "
            "channel, or go on without."
        )
        text.append(lacking.format(channel=guess.channel_id))
    else:
        text.append(_("**1 of 3: Where?** I'd take <#{channel}>.").format(channel=guess.channel_id))
    embed = _page(step_title(Step.CHECKINS), text)
    _add_rights(embed, missing)
    return embed


def first_zone_page(channel_id: int, zone: str, now: datetime) -> discord.Embed:
    """Which zone the server's days go by, with one to take."""
    text = [
        _("Check-ins go to <#{channel}>.").format(channel=channel_id),
        _(
            "**2 of 3: Which time zone?** All that I post goes by it; members may have one of their own. "
            "Going by the language here I'd take **{zone}**, where it is {time} now. If that is "
            "wrong, choose another, or type a city."
        ).format(zone=zone, time=f"{local(now, zone):%H:%M}"),
    ]
    return _page(step_title(Step.CHECKINS), text)


def first_hour_page(channel_id: int, zone: str, hour: int, now: datetime) -> discord.Embed:
    """At what hour the daily prompt comes, with one to take."""
    text = [
        _("Check-ins go to <#{channel}>, by the time of **{zone}**, where it is {time} now.").format(
            channel=channel_id, zone=zone, time=f"{local(now, zone):%H:%M}"
        ),
        _(
            "**3 of 3: At what hour?** The prompt of the day comes then. In the morning the day is still "
            "open: I'd take **{hour}**."
        ).format(hour=f"{hour:02}:00"),
    ]
    return _page(step_title(Step.CHECKINS), text)


def step_page(
    step: Step,
    set_up: SetUp,
    settings: ServerSettings,
    missing: Mapping[Step, Sequence[Right] | None],
    guess: Guess | None = None,
    *,
    is_open: bool = False,
    note: str = "",
) -> discord.Embed:
    """A step of a server that is set up: why, what holds, and what is missing.

    `is_open`: everybody in the server reads the channel that was chosen.
    """
    text = [note, _(WHY[step]), _("**Now:** {state}").format(state=_state(step, set_up, settings))]
    if guess is not None:
        text.append(_("I'd take <#{channel}>.").format(channel=guess.channel_id))
    if step is Step.CURATORS and is_open:
        text.append(_("Everybody in this server can read that channel, and sees what members suggested."))
    if step is Step.CHECKINS:
        text.append(
            _("This can't be turned off, since all else goes by it; while nobody has a routine, I'm silent.")
        )
    embed = _page(step_title(step), text)
    if step in missing:
        _add_rights(embed, missing[step])
    elif step is Step.LOOKBACK and set_up.server.lookback_weekday is not None:
        _add_rights(embed, missing[Step.CHECKINS])
    return embed


def rights_page(
    settings: ServerSettings, missing: Mapping[Step, Sequence[Right] | None], invite: str
) -> discord.Embed:
    """Each right with what it is for and what does not work without it, and where which are missing."""
    lines = [f"• **{_(right.label)}**, {_(right.purpose)}; {_(right.reason)}." for right in RIGHTS]
    plain = ", ".join(_(right.label) for right in RIGHTS if right.flag in NEEDED_FOR_MESSAGES)
    text = [
        _("These are all the rights I ask for, and Administrator is never one of them:"),
        "\n".join(lines),
        _("For job leads and curators it takes no more than {rights}.").format(rights=plain),
        f"{_(HOW_TO_GIVE)} <{invite}>",
    ]
    embed = _page(_("My rights, and what each is for"), text)
    for step, channel_id in settings.channels.items():
        lacking = missing[step]
        if lacking is None:
            value = _("The channel is gone.")
        elif lacking:
            value = _("Missing in <#{channel}>: {rights}").format(
                channel=channel_id, rights=", ".join(_(right.label) for right in lacking)
            )
        else:
            value = _("All there in <#{channel}>.").format(channel=channel_id)
        embed.add_field(name=_(STEP_NAMES[step]), value=value, inline=False)
        if lacking != []:
            embed.colour = colours.PROBLEM
    return embed


def _state(step: Step, set_up: SetUp, settings: ServerSettings) -> str:
    if step is Step.CHECKINS:
        return _("<#{channel}>, every day at {time} by the time of {zone}").format(
            channel=set_up.server.checkin_channel_id,
            time=f"{set_up.server.prompt_time:%H:%M}",
            zone=set_up.server.zone,
        )
    if step is Step.LOOKBACK:
        off = set_up.server.lookback_weekday is None
        return _("off") if off else cards.look_back_text(set_up)
    if step is Step.LEADS:
        off = settings.leads.settings.channel_id is None
        return _("off") if off else cards.leads_text(settings.leads)
    if step is Step.CURATORS:
        return _("off") if settings.curation.channel_id is None else cards.curators_text(settings.curation)
    return cards.questions_text(set_up)


def _page(title: str, text: Sequence[str]) -> discord.Embed:
    return discord.Embed(title=title, description="\n\n".join(filter(None, text)), colour=colours.CALM)


def _add_rights(embed: discord.Embed, missing: Sequence[Right] | None) -> None:
    if missing == []:
        return
    embed.add_field(name=_("My rights there"), value=cards.rights_text(missing), inline=False)
    if missing:
        embed.add_field(name=_("How to give them"), value=_(HOW_TO_GIVE), inline=False)
    embed.colour = colours.PROBLEM
