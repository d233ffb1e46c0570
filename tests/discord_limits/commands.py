"""Limits of application commands and of autocomplete answers: documentation "Application Commands".

A command is named in a sentence as a person types it: "/routine set zone.description: …".
"""

import unicodedata
from collections.abc import Iterable
from enum import IntEnum

from .bounds import Findings, Object, as_object, count, entries, inside, number, plural, text, unique, whole

NAME = 32
DESCRIPTION = 100
OPTIONS = 25
CHOICES = 25
CHOICE_TEXT = 100
OPTION_INPUT = 6000
ALL_TEXT = 8000
SLASH, USER, MESSAGE, ENTRY_POINT = 1, 2, 3, 4
COMMANDS_OF_A_TYPE = {
    SLASH: ("slash command", 100),
    USER: ("user command", 15),
    MESSAGE: ("message command", 15),
    ENTRY_POINT: ("entry point command", 1),
}


class Option(IntEnum):
    """Option types that hold further options, by Discord's numbers; all others take a value."""

    SUBCOMMAND = 1
    GROUP = 2


def check_commands(value: object) -> Findings:
    """A whole list of commands, as it replaces the list of one scope."""
    commands = entries("commands", value)
    for kind, (noun, at_most) in COMMANDS_OF_A_TYPE.items():
        names = [(at, each.get("name")) for at, each in commands if whole(each.get("type"), SLASH) == kind]
        yield from count("commands", len(names), noun, at_most=at_most)
        yield from unique(names, f"{noun} name")
    for at, command in commands:
        yield from check_command(command, place=at)


def check_command(command: Object, *, place: str = "command", partial: bool = False) -> Findings:
    """One command with its subcommands; `partial` when an edit may leave out name and description."""
    name = command.get("name")
    slash = whole(command.get("type"), SLASH) == SLASH
    if isinstance(name, str) and name:
        place = f"/{name}" if slash else name
    if slash:
        yield from _named(place, command, required=not partial)
        yield from _options(place, command)
    else:
        yield from _localised(place, command, "name", at_most=NAME, required=not partial)
        if command.get("description"):
            yield f"{place}.description: only slash commands have one"
    size = _size(command)
    if size > ALL_TEXT:
        yield f"{place}: {plural(size, 'character')} over names, descriptions and values, at most {ALL_TEXT}"


def check_autocomplete(place: str, data: Object) -> Findings:
    """The choices offered while a member types."""
    yield from _choices(place, data)


def _options(place: str, holder: Object, holder_type: Option | None = None) -> Findings:
    """The options of a command (whose `holder_type` is None), of a group or of a subcommand."""
    options = entries(inside(place, "options"), holder.get("options"))
    yield from count(inside(place, "options"), len(options), "option", at_most=OPTIONS)
    yield from _distinct_names(options)
    yield from _nesting(place, [_holder_type(option) for _, option in options], holder_type)
    optional_seen = False
    for at, option in options:
        name = option.get("name")
        here = f"{place} {name}" if isinstance(name, str) and name else at
        yield from _named(here, option, required=True)
        if kind := _holder_type(option):
            yield from _options(here, option, kind)
        else:
            yield from _value_option(here, option)
            if option.get("required") and optional_seen:
                yield f"{here}: a required option stands after an optional one"
            optional_seen = optional_seen or not option.get("required")


def _value_option(place: str, option: Object) -> Findings:
    yield from _choices(place, option)
    if option.get("choices") and option.get("autocomplete"):
        yield f"{place}: choices and autocomplete exclude each other"
    least, most = option.get("min_length"), option.get("max_length")
    yield from number(inside(place, "min_length"), least, at_least=0, at_most=OPTION_INPUT)
    yield from number(inside(place, "max_length"), most, at_least=1, at_most=OPTION_INPUT)


def _holder_type(option: Object) -> Option | None:
    number_of_type = whole(option.get("type"), 0)
    return Option(number_of_type) if number_of_type in list(Option) else None


def _nesting(place: str, types: list[Option | None], holder_type: Option | None) -> Findings:
    """A command holds groups and subcommands or else values, a group subcommands, a subcommand values."""
    if holder_type is Option.SUBCOMMAND:
        if any(types):
            yield f"{place}: a subcommand holds neither groups nor subcommands"
    elif holder_type is Option.GROUP:
        if any(each is not Option.SUBCOMMAND for each in types):
            yield f"{place}: a group holds subcommands and nothing else"
    elif any(types) and not all(types):
        yield f"{place}: subcommands and options that take a value exclude each other"


def _distinct_names(options: list[tuple[str, Object]]) -> Findings:
    """No name twice; a translated one also differs from the original names of all other options."""
    yield from unique(((at, option.get("name")) for at, option in options), "name")
    translations = {at: as_object(option.get("name_localizations")) for at, option in options}
    for locale in sorted({str(locale) for names in translations.values() for locale in names}):
        yield from unique(((at, names.get(locale)) for at, names in translations.items()), f"{locale} name")
    for at, names in translations.items():
        for other_at, other in options:
            if other_at != at and other.get("name") in names.values():
                yield f"{at}: a translated name is the original name of {other_at}, {other.get('name')!r}"


def _choices(place: str, holder: Object) -> Findings:
    choices = entries(inside(place, "choices"), holder.get("choices"))
    yield from count(inside(place, "choices"), len(choices), "choice", at_most=CHOICES)
    for at, choice in choices:
        yield from _localised(at, choice, "name", at_most=CHOICE_TEXT, required=True)
        value = choice.get("value")
        if value is None:
            yield f"{at}.value: missing"
        elif isinstance(value, str):
            yield from text(f"{at}.value", value, at_least=1, at_most=CHOICE_TEXT)


def _named(place: str, thing: Object, *, required: bool) -> Findings:
    """The name and description of a slash command or an option, in every language."""
    yield from _localised(place, thing, "name", at_most=NAME, required=required)
    yield from _localised(place, thing, "description", at_most=DESCRIPTION, required=required)
    for at, name in _languages(place, thing, "name"):
        if isinstance(name, str) and not all(map(_may_stand_in_a_name, name)):
            yield f"{at}: {name!r} may hold only letters, digits, '-', '_' and apostrophes"
        if isinstance(name, str) and name != name.lower():
            yield f"{at}: {name!r} must be in lower case"


def _localised(place: str, thing: Object, key: str, *, at_most: int, required: bool) -> Findings:
    for at, value in _languages(place, thing, key):
        original = at == inside(place, key)
        yield from text(at, value, at_least=1, at_most=at_most, required=required and original)


def _languages(place: str, thing: Object, key: str) -> Iterable[tuple[str, object]]:
    """The text itself, then each translation of it, with its place."""
    at = inside(place, f"{key}_localizations")
    translations = as_object(thing.get(f"{key}_localizations"))
    return [
        (inside(place, key), thing.get(key)),
        *((f"{at}[{lang}]", each) for lang, each in translations.items()),
    ]


def _may_stand_in_a_name(character: str) -> bool:
    category = unicodedata.category(character)[0]
    if character in "-_'" or category in "LN":
        return True
    # Words of these two scripts hold marks beside letters.
    return category == "M" and unicodedata.name(character, "").startswith(("DEVANAGARI ", "THAI "))


def _size(thing: Object) -> int:
    """The characters that count towards the limit of a command: of each text its longest translation."""
    own = sum(_longest(thing, key) for key in ("name", "description"))
    value = thing.get("value")
    own += len(str(value)) if value is not None else 0
    parts = entries("", thing.get("options")) + entries("", thing.get("choices"))
    return own + sum(_size(part) for _, part in parts)


def _longest(thing: Object, key: str) -> int:
    return max(len(value) if isinstance(value, str) else 0 for _, value in _languages("", thing, key))
