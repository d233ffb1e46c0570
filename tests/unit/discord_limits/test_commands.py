"""Limits of commands and of autocomplete answers."""

import pytest

from tests.discord_limits import violations

from .limit import Limit, Route

COMMANDS = "/applications/1/commands"


def command(name: str = "routine", **changes: object) -> dict[str, object]:
    return {"type": 1, "name": name, "description": "Your days"} | changes


def option(name: str = "zone", **changes: object) -> dict[str, object]:
    return {"type": 3, "name": name, "description": "Your zone"} | changes


def subcommand(name: str = "set", *options: dict[str, object]) -> dict[str, object]:
    return option(name, type=1, options=list(options))


def group(name: str = "days", *subcommands: dict[str, object]) -> dict[str, object]:
    return option(name, type=2, options=list(subcommands))


def choice(name: str = "Monday", value: object = "mon", **changes: object) -> dict[str, object]:
    return {"name": name, "value": value} | changes


def of(*options: dict[str, object]) -> dict[str, object]:
    return {"options": list(options)}


def eight_thousand_and(more: int) -> dict[str, object]:
    """A command of 8000 characters and `more`, counting the longest of three descriptions of one option."""
    choices = [choice(f"{index:0>100}", f"{index:0>100}") for index in range(19)]  # 3800 characters
    full = [option(letter * 32, description="d" * 68, choices=choices) for letter in "ab"]
    translations = {"de": "d" * 20, "fr": "d" * (68 + more)}
    translated = option("c" * 32, description="d", description_localizations=translations)
    return {"name": "n" * 32, "description": "d" * 68} | of(*full, translated)


SYNC = Route("PUT", COMMANDS, lambda body: [command() | body])
SYNC_ALL = Route("PUT", "/applications/1/guilds/2/commands", lambda body: body["commands"])
OPTION = Route("PUT", COMMANDS, lambda changes: [command(options=[option() | changes])])
COMPLETE = Route("POST", "/interactions/1/token/callback", lambda data: {"type": 8, "data": data})


def commands(number: int, kind: int) -> dict[str, object]:
    described = {"description": "Your days"} if kind == 1 else {}
    return {"commands": [{"type": kind, "name": f"c{index}"} | described for index in range(number)]}


LIMITS: list[Limit] = [
    SYNC_ALL.limit("slash-commands", lambda n: commands(n, 1), 100, 101,
                   "commands: 101 slash commands, at most 100"),
    SYNC_ALL.limit("user-commands", lambda n: commands(n, 2), 15, 16,
                   "commands: 16 user commands, at most 15"),
    SYNC_ALL.limit("message-commands", lambda n: commands(n, 3), 15, 16,
                   "commands: 16 message commands, at most 15"),
    SYNC_ALL.limit("entry-points", lambda n: commands(n, 4), 1, 2,
                   "commands: 2 entry point commands, at most 1"),
    SYNC_ALL.limit("command-twice", lambda name: {"commands": [command("a"), command(name)]}, "b", "a",
                   "commands[1]: the slash command name 'a' is taken by commands[0]"),
    SYNC.limit("command-name", lambda n: {"name": "n" * n}, 32, 33,
               f"/{'n' * 33}.name: 33 characters, at most 32"),
    SYNC.limit("command-name-empty", lambda n: {"name": "n" * n}, 1, 0,
               "commands[0].name: 0 characters, at least 1"),
    SYNC.limit("command-name-missing", lambda name: {"name": name}, "n", None, "commands[0].name: missing"),
    SYNC.limit("command-name-with-a-space", lambda name: {"name": name}, "my-days_1", "my days",
               "/my days.name: 'my days' may hold only letters, digits, '-', '_' and apostrophes"),
    SYNC.limit("command-name-in-capitals", lambda name: {"name": name}, "für", "Für",
               "/Für.name: 'Für' must be in lower case"),
    SYNC.limit("command-description", lambda n: {"description": "d" * n}, 100, 101,
               "/routine.description: 101 characters, at most 100"),
    SYNC.limit("command-description-empty", lambda n: {"description": "d" * n}, 1, 0,
               "/routine.description: 0 characters, at least 1"),
    SYNC.limit("command-description-missing", lambda text: {"description": text}, "d", None,
               "/routine.description: missing"),
    SYNC.limit("translated-name", lambda n: {"name_localizations": {"de": "n" * n}}, 32, 33,
               "/routine.name_localizations[de]: 33 characters, at most 32"),
    SYNC.limit("translated-name-in-capitals", lambda name: {"name_localizations": {"de": name}}, "tage",
               "Tage",
               "/routine.name_localizations[de]: 'Tage' must be in lower case"),
    SYNC.limit("translated-description", lambda n: {"description_localizations": {"de": "d" * n}}, 100, 101,
               "/routine.description_localizations[de]: 101 characters, at most 100"),
    SYNC.limit("user-command-name", lambda n: {"type": 2, "description": "", "name": "N " * n}, 16, 17,
               f"{'N ' * 17}.name: 34 characters, at most 32"),
    SYNC.limit("user-command-with-a-description", lambda text: {"type": 2, "description": text}, "", "d",
               "routine.description: only slash commands have one"),
    SYNC.limit("command-size", eight_thousand_and, 0, 1,
               f"/{'n' * 32}: 8001 characters over names, descriptions and values, at most 8000"),
    SYNC.limit("options", lambda n: of(*(option(f"o{i}") for i in range(n))), 25, 26,
               "/routine.options: 26 options, at most 25"),
    SYNC.limit("subcommands", lambda n: of(*(subcommand(f"s{i}") for i in range(n))), 25, 26,
               "/routine.options: 26 options, at most 25"),
    SYNC.limit("options-of-a-nested-subcommand",
               lambda n: of(group("days", subcommand("set", *(option(f"o{i}") for i in range(n))))), 25, 26,
               "/routine days set.options: 26 options, at most 25"),
    SYNC.limit("option-twice", lambda name: of(option("a"), option(name)), "b", "a",
               "/routine.options[1]: the name 'a' is taken by /routine.options[0]"),
    SYNC.limit("translated-option-twice",
               lambda name: of(option("a", name_localizations={"de": "x"}), option("b",
               name_localizations={"de": name})),
               "y", "x", "/routine.options[1]: the de name 'x' is taken by /routine.options[0]"),
    SYNC.limit("translated-option-named-as-another",
               lambda name: of(option("a", name_localizations={"de": name}), option("b")),
               "a", "b",
               "/routine.options[0]: a translated name is the original name of /routine.options[1], 'b'"),
    SYNC.limit("required-after-optional",
               lambda required: of(option("a", required=required[0]), option("b", required=required[1])),
               (True, False), (False, True), "/routine b: a required option stands after an optional one"),
    SYNC.limit("value-beside-a-subcommand", lambda more: of(subcommand(), *more), [group()], [option()],
               "/routine: subcommands and options that take a value exclude each other"),
    SYNC.limit("group-in-a-group", lambda part: of(group("days", part)), subcommand("b"), group("b"),
               "/routine days: a group holds subcommands and nothing else"),
    SYNC.limit("value-in-a-group", lambda part: of(group("days", part)), subcommand("b"), option("b"),
               "/routine days: a group holds subcommands and nothing else"),
    SYNC.limit("subcommand-in-a-subcommand", lambda part: of(subcommand("set", part)), option("b"),
               subcommand("b"),
               "/routine set: a subcommand holds neither groups nor subcommands"),
    OPTION.limit("option-name", lambda n: {"name": "n" * n}, 32, 33,
                 f"/routine {'n' * 33}.name: 33 characters, at most 32"),
    OPTION.limit("option-name-in-capitals", lambda name: {"name": name}, "zone", "zoneId",
                 "/routine zoneId.name: 'zoneId' must be in lower case"),
    OPTION.limit("option-description", lambda n: {"description": "d" * n}, 100, 101,
                 "/routine zone.description: 101 characters, at most 100"),
    OPTION.limit("option-description-missing", lambda text: {"description": text}, "d", None,
                 "/routine zone.description: missing"),
    OPTION.limit("choices", lambda n: {"choices": [choice(str(i)) for i in range(n)]}, 25, 26,
                 "/routine zone.choices: 26 choices, at most 25"),
    OPTION.limit("choice-name", lambda n: {"choices": [choice("n" * n)]}, 100, 101,
                 "/routine zone.choices[0].name: 101 characters, at most 100"),
    OPTION.limit("choice-name-translated",
                 lambda n: {"choices": [choice(name_localizations={"de": "n" * n})]}, 100, 101,
                 "/routine zone.choices[0].name_localizations[de]: 101 characters, at most 100"),
    OPTION.limit("choice-name-missing", lambda name: {"choices": [{"name": name, "value": 1}]}, "n", None,
                 "/routine zone.choices[0].name: missing"),
    OPTION.limit("choice-value", lambda n: {"choices": [choice(value="v" * n)]}, 100, 101,
                 "/routine zone.choices[0].value: 101 characters, at most 100"),
    OPTION.limit("choices-beside-autocomplete", lambda on: {"choices": [choice()], "autocomplete": on},
                 False, True,
                 "/routine zone: choices and autocomplete exclude each other"),
    OPTION.limit("option-min-length", lambda n: {"min_length": n}, 6000, 6001,
                 "/routine zone.min_length: 6001, at most 6000"),
    OPTION.limit("option-max-length", lambda n: {"max_length": n}, 6000, 6001,
                 "/routine zone.max_length: 6001, at most 6000"),
    OPTION.limit("option-min-length-negative", lambda n: {"min_length": n}, 0, -1,
                 "/routine zone.min_length: -1, at least 0"),
    OPTION.limit("option-max-length-zero", lambda n: {"max_length": n}, 1, 0,
                 "/routine zone.max_length: 0, at least 1"),
    COMPLETE.limit("autocomplete", lambda n: {"choices": [choice(str(i)) for i in range(n)]}, 25, 26,
                   "data.choices: 26 choices, at most 25"),
    COMPLETE.limit("autocomplete-name", lambda n: {"choices": [choice("n" * n)]}, 100, 101,
                   "data.choices[0].name: 101 characters, at most 100"),
    COMPLETE.limit("autocomplete-name-empty", lambda n: {"choices": [choice("n" * n)]}, 1, 0,
                   "data.choices[0].name: 0 characters, at least 1"),
    COMPLETE.limit("autocomplete-value", lambda n: {"choices": [choice(value="v" * n)]}, 100, 101,
                   "data.choices[0].value: 101 characters, at most 100"),
    COMPLETE.limit("autocomplete-value-empty", lambda n: {"choices": [choice(value="v" * n)]}, 1, 0,
                   "data.choices[0].value: 0 characters, at least 1"),
    COMPLETE.limit("autocomplete-value-missing", lambda value: {"choices": [choice(value=value)]}, 0, None,
                   "data.choices[0].value: missing"),
]  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_inside_the_limit_is_well(limit: Limit) -> None:
    assert limit.said_inside() == []


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_outside_the_limit_is_told_so_once(limit: Limit) -> None:
    assert limit.said_outside() == [limit.sentence]


@pytest.mark.parametrize("name", ["l'été", "朝の記録", "दिनचर्या", "กิจวัตร", "день-2"])
def test_a_name_may_be_written_in_any_script(name: str) -> None:
    assert violations("PUT", COMMANDS, [command(name)]) == []


def test_a_mark_of_a_script_that_discord_does_not_name_is_refused() -> None:
    name = "\u0ba8\u0bbe\u0bb3\u0bcd"  # the Tamil word for a day
    assert violations("PUT", COMMANDS, [command(name)]) == [
        f"/{name}.name: {name!r} may hold only letters, digits, '-', '_' and apostrophes"
    ]


def test_a_slash_command_and_a_user_command_may_share_a_name() -> None:
    assert violations("PUT", COMMANDS, [command("a"), {"type": 2, "name": "a"}]) == []


def test_no_choices_are_an_answer_too() -> None:
    assert violations("POST", COMPLETE.path, {"type": 8, "data": {"choices": []}}) == []


def test_a_single_command_is_checked_when_it_is_made_and_when_it_is_edited() -> None:
    assert violations("POST", COMMANDS, {"name": "routine"}) == ["/routine.description: missing"]
    assert violations("PATCH", f"{COMMANDS}/5", {"description": "d" * 100}) == []
    assert violations("PATCH", f"{COMMANDS}/5", {"description": "d" * 101}) == [
        "command.description: 101 characters, at most 100"
    ]
