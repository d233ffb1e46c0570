"""Processes of the bot on one stand-in and one database, and what must be true of all that they do."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tests import discord_limits
from tests.wire.bot_process import BotProcess, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.warm_starts import WarmStarts
    from tests.wire.standin import StandIn


class Bots:
    """Starts processes of the bot on one stand-in and one database."""

    def __init__(
        self, standin: StandIn, folder: Path, database: Path, warm_starts: WarmStarts | None
    ) -> None:
        self.database = database
        self._warm_starts = warm_starts
        self._standin = standin
        self._folder = folder
        self._launched: list[BotProcess] = []
        self._outcries_expected = False

    async def launch(self, module: str = "bot", **settings: str) -> BotProcess:
        """Start a process, and do not wait for anything; `settings` by their names without AUTODIDACT_."""
        name = f"bot-{len(self._launched) + 1}"
        all_settings = settings_for(self._standin, self.database) | settings
        bot = await BotProcess.launch(all_settings, self._folder, name, module, self._warm_starts)
        self._launched.append(bot)
        return bot

    async def start(self, module: str = "bot", **settings: str) -> BotProcess:
        """Start a process and wait until it is ready."""
        bot = await self.launch(module, **settings)
        await bot.ready()
        return bot

    async def stop(self) -> None:
        """Ask all that run to end."""
        for bot in self._launched:
            if bot.running:
                await bot.stop()

    async def end(self) -> None:
        for bot in self._launched:
            await bot.kill()

    def expect_outcries(self) -> None:
        """This test provokes errors that are rightly logged with a traceback."""
        self._outcries_expected = True

    def outcries(self) -> list[str]:
        """What any of them logged that nobody had thought of: tracebacks and warnings."""
        found: list[str] = []
        for bot in [] if self._outcries_expected else self._launched:
            for before, line in pairwise(["", *bot.lines]):
                if line.startswith("Traceback "):
                    found.append(before)
                elif "Warning: " in line or "never retrieved" in line or "unforeseen" in line:
                    found.append(line)
        return found


def passed_limits(standin: StandIn) -> list[str]:
    """Every limit of Discord's that a request of the bot passed."""
    return [
        f"{request.method} {request.path}: {sentence}"
        for request in standin.requests
        for sentence in discord_limits.violations(request.method, request.path, request.body)
    ]
