"""Telling Discord the commands, only when they have changed, and in every language there is."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.facts import Facts
from bot.texts import fingerprint, translation

HASH, IDS = "commands.hash", "commands.ids"

NAMES = frozenset(
    {
        app_commands.TranslationContextLocation.command_name,
        app_commands.TranslationContextLocation.group_name,
        app_commands.TranslationContextLocation.parameter_name,
    }
)

TRANSLATED = 2
"""Raised when CommandTexts translates otherwise than before, so that Discord is told the commands anew."""


class CommandTexts(app_commands.Translator):
    """Descriptions and choices of commands from the same catalogues as all other texts.

    Names are the same in every language: members of one server tell each other what to type.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        return None if context.location in NAMES else translation(string.message, locale.value)


class CommandList:
    """The commands as Discord knows them."""

    def __init__(self, tree: app_commands.CommandTree[Any], facts: Facts):
        self._tree = tree
        self._facts = facts

    async def sync(self, *, always: bool = False) -> int:
        """Send the commands to Discord if they changed since the last time; answers how many there are."""
        commands = self._tree.get_commands()
        current = self._hash()
        if always or current != await self._facts.get(HASH):
            known = await self._tree.sync()
            await self._facts.put(IDS, json.dumps({command.name: command.id for command in known}))
            await self._facts.put(HASH, current)
        return len(commands)

    async def mention(self, name: str) -> str:
        """A command, or one of a group, as text that can be pressed; its plain name if it has no known id."""
        return (await self.mentions([name]))[name]

    async def mentions(self, names: Iterable[str]) -> dict[str, str]:
        """Several commands as text that can be pressed, by their names."""
        ids = json.loads(await self._facts.get(IDS) or "{}")
        groups = {name: name.split(" ", 1)[0] for name in names}
        return {
            name: f"</{name}:{ids[group]}>" if group in ids else f"/{name}" for name, group in groups.items()
        }

    def _hash(self) -> str:
        # Of the catalogues it is their files: putting everything into all of Discord's languages takes time.
        payloads = [command.to_dict(self._tree) for command in self._tree.get_commands()]
        parts = [self._tree.client.application_id, TRANSLATED, fingerprint(), payloads]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
