"""Commands, buttons and selects that Discord sends otherwise than this version of the bot made them.

A Discord that was open since before an update still shows the commands of then, and what is forged may hold
anything. discord.py takes both for what they say they are, or leaves them without an answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import discord
from discord import AppCommandOptionType as Kind
from discord import app_commands

AnyCommand = app_commands.Command[Any, ..., Any]

_VALUES: Mapping[Kind, type | tuple[type, ...]] = {
    Kind.string: str,
    Kind.integer: int,
    Kind.boolean: bool,
    Kind.number: (int, float),
}
"""As what an option's value comes; where the kind is another one, as the text of an id."""


def is_as_declared(interaction: discord.Interaction[Any]) -> bool:
    """Whether a command exists and was given just what it takes; while it is typed, anything is a value."""
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return False
    given = _options_of(interaction)
    by_name = {parameter.display_name: parameter for parameter in command.parameters}
    if not all(
        option["name"] in by_name and option["type"] == by_name[option["name"]].type.value for option in given
    ):
        return False
    if interaction.type is discord.InteractionType.autocomplete:
        if interaction.guild_id is None and (command.root_parent or command).guild_only:
            return False
        focused = [by_name[option["name"]] for option in given if option.get("focused")]
        return len(focused) == 1 and focused[0].autocomplete
    if not {name for name, one in by_name.items() if one.required} <= {option["name"] for option in given}:
        return False
    return all(_takes(by_name[option["name"]], option, interaction) for option in given)


def is_under_message(interaction: discord.Interaction[Any]) -> bool:
    """Whether a message came with what was pressed, and has it: without, discord.py does nothing at all."""
    data = cast(Mapping[str, Any], interaction.data or {})
    if interaction.message is None:
        return False
    return any(
        getattr(item, "custom_id", None) == data.get("custom_id")
        and item.type.value == data.get("component_type")
        for item in _all_in(interaction.message.components)
    )


def _all_in(components: Sequence[Any]) -> Sequence[Any]:
    found = list(components)
    for component in components:
        found += _all_in(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        found += [accessory] if accessory is not None else []
    return found


def _options_of(interaction: discord.Interaction[Any]) -> Sequence[Mapping[str, Any]]:
    options = cast(Mapping[str, Any], interaction.data or {}).get("options") or []
    while options and options[0]["type"] in (Kind.subcommand.value, Kind.subcommand_group.value):
        options = options[0].get("options") or []
    return cast(Sequence[Mapping[str, Any]], options)


def _takes(
    parameter: app_commands.Parameter, option: Mapping[str, Any], interaction: discord.Interaction[Any]
) -> bool:
    value = option["value"]
    if parameter.type not in _VALUES:
        resolved = cast(Mapping[str, Any], interaction.data or {}).get("resolved") or {}
        return any(str(value) in known for known in resolved.values())
    # A truth is a number to Python, and to nobody else.
    if not isinstance(value, _VALUES[parameter.type]) or (
        isinstance(value, bool) != (parameter.type is Kind.boolean)
    ):
        return False
    if parameter.choices:
        return value in [choice.value for choice in parameter.choices]
    measured: float = len(value) if isinstance(value, str) else cast(float, value)
    least, most = parameter.min_value, parameter.max_value
    return (least is None or measured >= least) and (most is None or measured <= most)
