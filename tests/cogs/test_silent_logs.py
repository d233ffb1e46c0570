"""What members write is in no line of the log: every command, many forms and buttons, where all fails too.

Nothing here knows the commands: each is used that there is, with a marked word for every text that can be
typed. Then the same again on a database whose every error says all that it was given.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.log_formats import JsonLines, Lines
from tests.cogs.conftest import shown_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.services import Services
    from tests.cogs.conftest import World

WORD = "quetzalcoatlus"
PRESSED_AT_MOST = 4


class Talkative:
    """A database that fails from `begin` on; each error says all it was asked for, and so does its cause."""

    def __init__(self, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        self._database = services.database
        self._monkeypatch = monkeypatch
        self.told = 0

    def begin(self, *jobs: str) -> None:
        async def fail(job: Any, *args: Any, **options: Any) -> None:
            words = f"{args} {options}"
            self.told += WORD in words
            try:
                raise KeyError(words)
            except KeyError as error:
                raise ValueError(f"not {words}") from error

        for job in jobs:
            self._monkeypatch.setattr(self._database, job, fail)


@pytest.fixture
def logged() -> Iterator[dict[str, io.StringIO]]:
    """What is written in each format while everything of our own is logged."""
    streams = {"lines": io.StringIO(), "json": io.StringIO()}
    handlers = []
    for formatter, stream in zip((Lines(), JsonLines()), streams.values(), strict=True):
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter)
        handlers.append(handler)
    levels = {"": logging.INFO, "bot": logging.DEBUG, "cogs": logging.DEBUG}
    before = {name: logging.getLogger(name).level for name in levels}
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    for handler in handlers:
        logging.getLogger().addHandler(handler)
    yield streams
    for handler in handlers:
        logging.getLogger().removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


class Visitor:
    """An admin who types the marked word wherever something can be typed, and presses what is shown."""

    def __init__(self, world: World) -> None:
        self._world = world
        rights = discord.Permissions(manage_guild=True, manage_messages=True)
        role = world.guild.create_role("Everything", permissions=rights)
        self.member = world.guild.add_member(world.env.create_user("eve"), roles=[role])
        self.forms = 0
        self.pressed = 0

    async def use_everything(self, *, fully: bool) -> list[tuple[Any, str]]:
        """Use each command, `fully` with all that may be given; answers buttons to be pressed."""
        buttons = []
        for command in self._world.bot.tree.walk_commands():
            if not isinstance(command, discord.app_commands.Command):
                continue
            options = options_of(command, fully)
            if options is None:
                continue
            for parameter in command.parameters:
                if parameter.autocomplete and fully:
                    others = {key: value for key, value in options.items() if key != parameter.display_name}
                    where = (self._world.channel, command.qualified_name, parameter.display_name)
                    await self.member.autocomplete(*where, WORD, **others)
            answer = await self.member.slash(self._world.channel, command.qualified_name, **options)
            await self.fill_in(answer)
            buttons += buttons_of(answer)
        return buttons

    async def press(self, buttons: list[tuple[Any, str]]) -> None:
        """Press buttons that were shown before, and fill in what they open."""
        for message, custom_id in buttons:
            # What was pressed before may have changed the message.
            if custom_id not in custom_ids(message):
                continue
            self.pressed += 1
            await self.fill_in(await self.member.click(message, custom_id=custom_id))

    async def fill_in(self, answer: Any) -> None:
        """Send the form that an answer shows, with the word in each field of text."""
        if answer.modal is None:
            return
        self.forms += 1
        values: dict[str, Any] = {}
        for label in answer.modal["components"]:
            component = label["component"]
            is_text = component["type"] == discord.ComponentType.text_input.value
            values[component["custom_id"]] = WORD if is_text else None
        chosen = {
            name: value
            for name, value in shown_values(answer.modal).items()
            if values[name] is None and value
        }
        await self.member.submit_modal(answer, {k: v for k, v in values.items() if v} | chosen)


def options_of(command: discord.app_commands.Command[Any, ..., Any], fully: bool) -> dict[str, Any] | None:
    """The word for each option that takes a text; None for a command that wants a file."""
    options: dict[str, Any] = {}
    for parameter in command.parameters:
        if parameter.type is discord.AppCommandOptionType.attachment:
            return None
        if parameter.choices and parameter.required:
            options[parameter.display_name] = parameter.choices[0].value
            continue
        is_text = parameter.type is discord.AppCommandOptionType.string and not parameter.choices
        if is_text and (fully or parameter.required):
            options[parameter.display_name] = WORD
    return options


def buttons_of(answer: Any) -> list[tuple[Any, str]]:
    """The message of an answer with the custom id of each of its buttons, of which it keeps some."""
    message = answer.response
    return [(message, custom_id) for custom_id in custom_ids(message)[:PRESSED_AT_MOST]] if message else []


def custom_ids(message: Any) -> list[str]:
    """Those of a message's buttons."""
    children = [child for row in message.components for child in row["components"]]
    kind = discord.ComponentType.button.value
    return [child["custom_id"] for child in children if child["type"] == kind and "custom_id" in child]


@pytest.mark.simcord(check_errors=False)
async def test_what_members_write_is_in_no_line_whatever_goes_wrong(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch, logged: dict[str, io.StringIO]
) -> None:
    await world.set_up()
    visitor, talkative = Visitor(world), Talkative(services, monkeypatch)
    await world.plan(visitor.member, zone="Europe/Berlin", days="every day", time="12:00")
    await world.check_in(visitor.member, done=f"Wrote the {WORD}", next=WORD)
    await visitor.member.slash(world.channel, "goal set", text=f"Read the {WORD} paper")
    buttons = await visitor.use_everything(fully=False)
    await visitor.press(buttons)
    await world.bot.tick()
    talkative.begin("write")
    await visitor.use_everything(fully=False)
    await visitor.press(buttons)
    talkative.begin("read")
    await visitor.use_everything(fully=True)
    for name, stream in logged.items():
        text = stream.getvalue()
        assert [line for line in text.splitlines() if WORD in line] == [], name
        assert text.count("ValueError") > 50
        assert "Traceback (most recent call last)" in text
    assert (visitor.forms > 10, visitor.pressed > 20, talkative.told > 10) == (True, True, True)
