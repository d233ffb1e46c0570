"""How a server's settings look."""

from collections.abc import Sequence

import discord

from bot.leads.service import SetUp as LeadsSetUp
from bot.resources.curation import CurationSettings
from bot.servers.service import OWN_QUESTIONS, SetUp
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.rights import Right
from cogs.ui import colours
from cogs.ui.dates import weekday_name

QUESTION_SETS = {
    "doing": mark("About doing"),
    "showing": mark("About showing"),
    "job_hunt": mark("About finding work"),
    "mixed": mark("All of these, mixed"),
    OWN_QUESTIONS: mark("Your own"),
}
"""What the sets of questions are called; bot.checkins.questions has what they ask."""

NEEDED_FOR_MESSAGES = frozenset({"view_channel", "send_messages", "embed_links", "read_message_history"})
"""Nothing but messages stands in the lead channel and in that of the curators."""


def settings_card(
    set_up: SetUp, leads: LeadsSetUp, curation: CurationSettings, missing: Sequence[Right] | None
) -> discord.Embed:
    """What is set, when the next prompt is due, and which rights are missing; None: the channel is gone."""
    server = set_up.server
    wrong = missing is None or bool(missing)
    embed = discord.Embed(
        title=_("This server's settings"), colour=colours.PROBLEM if wrong else colours.GOOD
    )
    embed.add_field(name=_("Check-in channel"), value=f"<#{server.checkin_channel_id}>")
    embed.add_field(name=_("Daily prompt"), value=f"{server.prompt_time:%H:%M}")
    embed.add_field(name=_("Zone"), value=server.zone)
    if set_up.next_prompt is not None:
        embed.add_field(
            name=_("Next prompt"),
            value=_("{moment}, {relative}, if anybody here has a routine by then.").format(
                moment=discord.utils.format_dt(set_up.next_prompt.at, "F"),
                relative=discord.utils.format_dt(set_up.next_prompt.at, "R"),
            ),
            inline=False,
        )
    embed.add_field(name=_("Questions"), value=_questions(set_up))
    embed.add_field(name=_("Look back"), value=_look_back(set_up))
    embed.add_field(name=_("Job leads"), value=_job_leads(leads), inline=False)
    embed.add_field(name=_("Resources"), value=_curators(curation), inline=False)
    embed.add_field(name=_("My rights there"), value=_rights(missing), inline=False)
    return embed


def add_rights_for_leads(embed: discord.Embed, missing: Sequence[Right] | None) -> None:
    """Say on the settings card which rights are missing in the lead channel; None: the channel is gone."""
    _add_rights(embed, _("My rights in the lead channel"), missing)


def add_rights_for_curators(embed: discord.Embed, missing: Sequence[Right] | None) -> None:
    """Say the same of the curators' channel."""
    _add_rights(embed, _("My rights in the curators' channel"), missing)


def _add_rights(embed: discord.Embed, name: str, missing: Sequence[Right] | None) -> None:
    wanted = None if missing is None else [right for right in missing if right.flag in NEEDED_FOR_MESSAGES]
    if wanted is None or wanted:
        embed.add_field(name=name, value=_rights(wanted), inline=False)
        embed.colour = colours.PROBLEM


def _questions(set_up: SetUp) -> str:
    chosen = set_up.server.questions
    if chosen != OWN_QUESTIONS:
        return _(QUESTION_SETS.get(chosen, chosen))
    count = set_up.own_questions
    return ngettext("Your own: {count} question", "Your own: {count} questions", count).format(count=count)


def _look_back(set_up: SetUp) -> str:
    server = set_up.server
    if server.lookback_weekday is None:
        return _("Off. Choose a day for it with `look_back_day`.")
    planned = f"{weekday_name(server.lookback_weekday)}, {server.lookback_time:%H:%M}"
    if set_up.next_lookback is None:
        return planned
    return f"{planned} ({discord.utils.format_dt(set_up.next_lookback.at, 'R')})"


def _job_leads(leads: LeadsSetUp) -> str:
    settings = leads.settings
    if settings.channel_id is None:
        return _("No digest. Choose a channel for it with `lead_channel`; /leads works without one.")
    text = _("The day's best in {channel} at {time}, from a fit of {mark} on, if there are new ones").format(
        channel=f"<#{settings.channel_id}>", time=f"{settings.hour:%H:%M}", mark=settings.mark
    )
    if leads.next_look is None:
        return text
    return f"{text} ({discord.utils.format_dt(leads.next_look.at, 'R')})"


def _curators(curation: CurationSettings) -> str:
    if curation.channel_id is None:
        return _(
            "Curators find suggestions with /curate queue; with `curators_channel` they are told of each."
        )
    text = _("Curators hear of each suggestion in {channel}, and of the week on Mondays").format(
        channel=f"<#{curation.channel_id}>"
    )
    if curation.next_report is None:
        return text
    return f"{text} ({discord.utils.format_dt(curation.next_report.at, 'R')})"


def _rights(missing: Sequence[Right] | None) -> str:
    if missing is None:
        return _("The channel is gone, or I can't see it. Choose another one with /setup.")
    if not missing:
        return _("All there. Members can start with /routine set and /checkin.")
    lines = [f"• **{_(right.label)}**: {_(right.reason)}" for right in missing]
    return "\n".join([_("Missing in that channel:"), *lines])


def missing_setup_card() -> discord.Embed:
    """What to do before the first set-up."""
    return discord.Embed(
        title=_("Not set up yet"),
        description=_(
            "Use /setup with a channel for check-ins, your time zone and the hour of the daily prompt. "
            "Nothing is posted until somebody here has a routine."
        ),
        colour=colours.CALM,
    )
