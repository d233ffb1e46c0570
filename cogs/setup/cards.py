"""How a server's settings look."""

from collections.abc import Mapping, Sequence

import discord

from bot.guide.steps import ServerSettings, Step, states
from bot.leads.service import SetUp as LeadsSetUp
from bot.resources.curation import CurationSettings
from bot.servers.service import OWN_QUESTIONS, SetUp
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.rights import Right
from cogs.ui import colours
from cogs.ui.chosen_channels import hindered
from cogs.ui.dates import weekday_name
from cogs.ui.question_sets import QUESTION_SETS
from cogs.ui.step_names import states_line


def settings_card(
    set_up: SetUp, settings: ServerSettings, missing: Mapping[Step, Sequence[Right] | None]
) -> discord.Embed:
    """What is set, how each step stands, when the next prompt is due, and which rights are missing.

    `missing` holds the rights by the step that chose the channel; None: the channel is gone.
    """
    leads, curation, rights = settings.leads, settings.curation, missing[Step.CHECKINS]
    server = set_up.server
    wrong = rights is None or bool(rights)
    embed = discord.Embed(
        title=_("This server's settings"),
        description=states_line(states(settings, hindered(settings, missing))),
        colour=colours.PROBLEM if wrong else colours.GOOD,
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
    embed.add_field(name=_("Questions"), value=questions_text(set_up))
    embed.add_field(name=_("Look back"), value=look_back_text(set_up))
    embed.add_field(name=_("Job leads"), value=leads_text(leads), inline=False)
    embed.add_field(name=_("Resources"), value=curators_text(curation), inline=False)
    embed.add_field(name=_("My rights there"), value=rights_text(rights), inline=False)
    for step, name in (
        (Step.LEADS, _("My rights in the lead channel")),
        (Step.CURATORS, _("My rights in the curators' channel")),
    ):
        if missing.get(step, []) != []:
            embed.add_field(name=name, value=rights_text(missing[step]), inline=False)
            embed.colour = colours.PROBLEM
    return embed


def questions_text(set_up: SetUp) -> str:
    """What the daily prompt asks."""
    chosen = set_up.server.questions
    if chosen != OWN_QUESTIONS:
        return _(QUESTION_SETS.get(chosen, chosen))
    count = set_up.own_questions
    return ngettext("Your own: {count} question", "Your own: {count} questions", count).format(count=count)


def look_back_text(set_up: SetUp) -> str:
    """When the week is looked back on."""
    server = set_up.server
    if server.lookback_weekday is None:
        return _("off")
    planned = f"{weekday_name(server.lookback_weekday)}, {server.lookback_time:%H:%M}"
    if set_up.next_lookback is None:
        return planned
    return f"{planned} ({discord.utils.format_dt(set_up.next_lookback.at, 'R')})"


def leads_text(leads: LeadsSetUp) -> str:
    """Where and when the day's best job leads are posted."""
    settings = leads.settings
    if settings.channel_id is None:
        return _("No digest; /leads works without one.")
    text = _("The day's best in {channel} at {time}, from a fit of {mark} on, if there are new ones").format(
        channel=f"<#{settings.channel_id}>", time=f"{settings.hour:%H:%M}", mark=settings.mark
    )
    if leads.next_look is None:
        return text
    return f"{text} ({discord.utils.format_dt(leads.next_look.at, 'R')})"


def curators_text(curation: CurationSettings) -> str:
    """Where the curators hear of things."""
    if curation.channel_id is None:
        return _("No channel for curators; suggestions wait in /curate queue.")
    text = _("Curators hear of each suggestion in {channel}, and of the week on Mondays").format(
        channel=f"<#{curation.channel_id}>"
    )
    if curation.next_report is None:
        return text
    return f"{text} ({discord.utils.format_dt(curation.next_report.at, 'R')})"


def rights_text(missing: Sequence[Right] | None) -> str:
    """Which rights are missing in a channel, and what for; None: the channel is gone."""
    if missing is None:
        return _("The channel is gone, or I can't see it. Choose another one.")
    if not missing:
        return _("All there. Members can start with /routine set and /checkin.")
    lines = [f"• **{_(right.label)}**: {_(right.reason)}" for right in missing]
    return "\n".join([_("Missing in that channel:"), *lines])
