"""How all settings of a server look on one card."""

from collections.abc import Mapping

import discord

from bot.guide.steps import STEPS, ServerSettings, Step, usual
from bot.leads.fit import WEIGHTS
from bot.leads.settings import USUAL, LeadSettings
from bot.servers.guessing import USUAL_LOOKBACK_TIME, USUAL_PROMPT_TIME
from bot.servers.service import OWN_QUESTIONS, SetUp
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.ui import colours
from cogs.ui.dates import weekday_name
from cogs.ui.fitting import fitted
from cogs.ui.markup import as_text
from cogs.ui.question_sets import QUESTION_SETS
from cogs.ui.signal_names import SIGNALS
from cogs.ui.step_names import STEP_NAMES

FIELD_LIMIT, LIST_SHOWN, WEIGHTS_SHOWN = 1_024, 150, 350

RESETS = {
    Step.CHECKINS: mark("The daily prompt comes at 09:00 again. The channel and the time zone stay."),
    Step.LOOKBACK: mark("The week is not looked back on any more."),
    Step.LEADS: mark(
        "No digest is posted any more, and the mark, the places, the languages and what counts how much go "
        "back to their defaults. What members watch for and keep in their trackers stays."
    ),
    Step.CURATORS: mark(
        "The curators are told of nothing any more. What members suggested stays in the queue."
    ),
    Step.QUESTIONS: mark(
        "The daily prompt asks about doing again, and this server's own questions are deleted."
    ),
}
"""What putting each back does."""


def settings_card(set_up: SetUp, settings: ServerSettings, mentions: Mapping[str, str]) -> discord.Embed:
    """Everything that is set for a server; what is as the bot comes is marked so."""
    embed = discord.Embed(
        title=_("All settings of this server"),
        description=_(
            "{setup} changes them step by step. What members choose for themselves is theirs and not here: "
            "{preferences}, {routine} and {privacy} show each of them their own."
        ).format(
            setup=mentions["setup"],
            preferences=mentions["preferences"],
            routine=mentions["routine show"],
            privacy=mentions["privacy what"],
        ),
        colour=colours.CALM,
    )
    lines = {
        Step.CHECKINS: _checkins(set_up),
        Step.LOOKBACK: _look_back(set_up),
        Step.LEADS: _leads(settings.leads.settings),
        Step.CURATORS: _curators(settings),
        Step.QUESTIONS: _questions(set_up),
    }
    for step in STEPS:
        embed.add_field(name=_(STEP_NAMES[step]), value=fitted(lines[step], FIELD_LIMIT), inline=False)
    return embed


def reset_card(step: Step, settings: ServerSettings) -> discord.Embed:
    """The question before something is put back."""
    text = _(RESETS[step])
    count = settings.set_up.own_questions if settings.set_up else 0
    if step is Step.QUESTIONS and count:
        told = ngettext("There is {count} of them.", "There are {count} of them.", count)
        text = f"{text} {told.format(count=count)}"
    title = _("Put “{step}” back?").format(step=_(STEP_NAMES[step]))
    return discord.Embed(title=title, description=text, colour=colours.PROBLEM)


def resettable(settings: ServerSettings) -> list[Step]:
    """The steps at which something would change if they were put back."""
    as_it_comes = usual(settings)
    return [step for step in STEPS if step not in as_it_comes]


def _said(name: str, value: str, *, is_usual: bool = False) -> str:
    line = _("{name}: **{value}**").format(name=name, value=value)
    return _("{setting} (default)").format(setting=line) if is_usual else line


def _checkins(set_up: SetUp) -> list[str]:
    server = set_up.server
    return [
        _said(_("Channel"), f"<#{server.checkin_channel_id}>"),
        _said(_("Time zone"), server.zone),
        _said(
            _("Daily prompt"), f"{server.prompt_time:%H:%M}", is_usual=server.prompt_time == USUAL_PROMPT_TIME
        ),
    ]


def _look_back(set_up: SetUp) -> list[str]:
    server = set_up.server
    off = server.lookback_weekday is None
    day = _("off") if server.lookback_weekday is None else weekday_name(server.lookback_weekday)
    hour = f"{server.lookback_time:%H:%M}"
    return [
        _said(_("Day"), day, is_usual=off),
        _said(_("Hour"), hour, is_usual=server.lookback_time == USUAL_LOOKBACK_TIME),
    ]


def _questions(set_up: SetUp) -> list[str]:
    chosen = set_up.server.questions
    lines = [_said(_("Asked"), _(QUESTION_SETS.get(chosen, chosen)), is_usual=chosen == "doing")]
    if set_up.own_questions or chosen == OWN_QUESTIONS:
        lines.append(_said(_("Own questions"), str(set_up.own_questions)))
    return lines


def _leads(settings: LeadSettings) -> list[str]:
    channel = _("none") if settings.channel_id is None else f"<#{settings.channel_id}>"
    places = as_text(", ".join(settings.places), LIST_SHOWN) or _("anywhere")
    languages = as_text(", ".join(settings.languages), LIST_SHOWN) or _("none")
    return [
        _said(_("Channel"), channel, is_usual=settings.channel_id == USUAL.channel_id),
        _said(_("Hour"), f"{settings.hour:%H:%M}", is_usual=settings.hour == USUAL.hour),
        _said(_("Mark"), str(settings.mark), is_usual=settings.mark == USUAL.mark),
        _said(_("Places"), places, is_usual=settings.places == USUAL.places),
        _said(_("Languages besides English"), languages, is_usual=settings.languages == USUAL.languages),
        _said(_("What counts how much"), _weights(settings), is_usual=not settings.weights),
    ]


def _weights(settings: LeadSettings) -> str:
    """The weights that the server chose, with the usual ones; the rest is as the bot comes."""
    if not settings.weights:
        return _("nothing changed")
    changed = [
        _("{signal} {weight} instead of {usual}").format(
            signal=_(SIGNALS[name]), weight=weight, usual=WEIGHTS[name]
        )
        for name, weight in settings.weights.items()
    ]
    shown: list[str] = []
    while changed and len(", ".join([*shown, changed[0]])) <= WEIGHTS_SHOWN:
        shown.append(changed.pop(0))
    if changed:
        shown.append(ngettext("{count} more", "{count} more", len(changed)).format(count=len(changed)))
    return ", ".join(shown)


def _curators(settings: ServerSettings) -> list[str]:
    channel = settings.curation.channel_id
    return [_said(_("Channel"), _("none") if channel is None else f"<#{channel}>", is_usual=channel is None)]
