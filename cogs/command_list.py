"""Telling Discord the commands, only when they have changed, and in every language there is."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.facts import Facts
from bot.texts import translation

HASH, IDS = "commands.hash", "commands.ids"


class CommandTexts(app_commands.Translator):
    """Names and descriptions of commands from the same catalogues as all other texts."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        return translation(string.message, locale.value)


class CommandList:
    """The commands as Discord knows them."""

    def __init__(self, tree: app_commands.CommandTree[Any], facts: Facts):
        self._tree = tree
        self._facts = facts

    async def sync(self, *, always: bool = False) -> int:
        """Send the commands to Discord if they changed since the last time; answers how many there are."""
        commands = self._tree.get_commands()
        current = await self._hash()
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

    async def _hash(self) -> str:
        translator = self._tree.translator
        payloads = []
        for command in self._tree.get_commands():
            if translator is None:
                payloads.append(command.to_dict(self._tree))
            else:
                payloads.append(await command.get_translated_payload(self._tree, translator))
        text = json.dumps([self._tree.client.application_id, payloads], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
