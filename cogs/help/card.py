"""How the help looks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.guide.rules import Standing, Suggestion
from bot.guide.steps import Step, StepState
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.help.wording import PARTS, SUGGESTIONS
from cogs.ui import colours
from cogs.ui.step_names import STEP_NAMES, states_line

Command = app_commands.Command[Any, ..., Any] | app_commands.Group
SETUP, QUEUE = "setup", "curate queue"


def help_card(
    standing: Standing,
    suggested: Sequence[Suggestion],
    commands: Sequence[Command],
    mentions: Mapping[str, str],
    *,
    steps: dict[Step, StepState] | None = None,
    waiting: int = 0,
) -> discord.Embed:
    """What a member can do now, and all commands that they may use, each with its mention.

    `steps` are for who manages the server, and so many suggested resources are `waiting` for a curator.
    """
    text = []
    if suggested:
        lines = (_sentence(suggestion, mentions) for suggestion in suggested)
        text.append("\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)))
    elif not standing.is_set_up:
        text.append(_("There is little to do here yet."))
    if not standing.is_set_up and steps is None:
        text.append(_("This server has not been set up yet. Someone who manages it can do that with /setup."))
    elif not standing.is_set_up:
        not_yet = _("**This server is not set up yet.** {setup}: three presses, and I work.")
        text.insert(0, not_yet.format(setup=mentions[SETUP]))
    text += _parts(commands, mentions)
    embed = discord.Embed(title=_("What you can do now"), description="\n\n".join(text), colour=colours.CALM)
    if steps is not None and standing.is_set_up:
        embed.add_field(name=_("This server"), value=_server(steps, mentions[SETUP]), inline=False)
    if waiting:
        told = ngettext(
            "{count} suggested resource waits for a decision: {command}",
            "{count} suggested resources wait for a decision: {command}",
            waiting,
        )
        value = told.format(count=waiting, command=mentions[QUEUE])
        embed.add_field(name=_("For curators"), value=value, inline=False)
    return embed


def names_of(command: Command) -> list[str]:
    """The names by which a command can be called: its own, or those of the ones it groups."""
    if isinstance(command, app_commands.Group):
        return [each.qualified_name for each in command.commands]
    return [command.qualified_name]


def _sentence(suggestion: Suggestion, mentions: Mapping[str, str]) -> str:
    name, sentence = SUGGESTIONS[suggestion]
    return _(sentence).format(command=mentions[name])


def _server(steps: dict[Step, StepState], setup: str) -> str:
    if steps[Step.CHECKINS] is StepState.MISSING:
        told = _("{step}: something is missing, and I can't work as I should. {setup} says what.").format(
            step=_(STEP_NAMES[Step.CHECKINS]), setup=setup
        )
    elif any(state is not StepState.SET for state in steps.values()):
        told = _("{setup} goes through what is off or missing, one step at a time.").format(setup=setup)
    else:
        told = _("Everything is set. {setup} changes it.").format(setup=setup)
    return f"{states_line(steps)}\n{told}"


def _parts(commands: Sequence[Command], mentions: Mapping[str, str]) -> Iterator[str]:
    by_name = {command.name: command for command in commands}
    for part, names in PARTS.items():
        lines = [_line(by_name[name], mentions) for name in names if name in by_name]
        if lines:
            yield "\n".join([f"**{_(part)}**", *lines])


def _line(command: Command, mentions: Mapping[str, str]) -> str:
    first, *others = names_of(command)
    line = f"{mentions[first]} {_(command.description)}"
    if not others:
        return line
    also = ", ".join(name.rpartition(" ")[2] for name in others)
    return _("{line} (also {others})").format(line=line, others=also)
