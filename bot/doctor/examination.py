"""The whole examination. What needs a network is asked all at once; a look that fails spoils no other."""

import asyncio
import logging
import os
import sqlite3
import stat
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from bot import __version__
from bot.backups.checking import reading
from bot.clock import Clock
from bot.doctor import backups, database, deliveries, env_file, machine, running, token
from bot.doctor.env_file import EnvFile
from bot.doctor.finding import Finding, not_looked_at, warning, wrong
from bot.doctor.reach import ask_hacker_news, ask_the_time
from bot.doctor.running import Process
from bot.doctor.stored import Stored, read
from bot.env_lines import PREFIX
from bot.operator_errors import WrongSetting
from bot.settings import Settings
from bot.storage.lock import holders

ENV_FILE = Path(".env")

log = logging.getLogger(__name__)


class Discord(Protocol):
    """What only the face knows; `cogs.doctor` is the one over discord.py."""

    refusals: frozenset[str]
    """The reasons for which no message was taken, as the outbox has them."""

    async def look(self, settings: Settings, stored: Stored) -> list[Finding]:
        """Whether the token is taken, and how the application and the bot's rights are."""
        ...

    def fonts(self) -> list[Finding]:
        """Whether names in all scripts can be drawn."""
        ...


async def examine(
    discord: Discord, settings: Settings, wrong_settings: Sequence[WrongSetting], clock: Clock
) -> list[Finding]:
    """Look at everything; nothing is changed by that, and no finding holds the token."""
    secret = settings.token.get_secret_value() if settings.token else ""
    stored, trouble = await asyncio.to_thread(_stored, settings.database, clock)
    process, unseen = _process(settings.database)
    examined = await asyncio.gather(
        _guarded(env_file.NAME, lambda: _settings(wrong_settings)),
        _guarded(token.NAME, lambda: [token.judge(secret)]),
        _awaited("login", discord.look(settings, stored)),
        _in_thread("database", lambda: database.judge(database.look(settings.database))),
        _guarded("database content", lambda: trouble),
        _in_thread(
            backups.NAME,
            lambda: [backups.look(settings.database, settings.backup_folder, process.held, clock)],
        ),
        _guarded(running.BOT, lambda: unseen or running.judge(process, stored, __version__, clock.now())),
        _guarded(
            deliveries.UNSENT,
            lambda: deliveries.judge(stored, discord.refusals, process.held, clock.now()),
        ),
        _awaited("hacker news", ask_hacker_news(settings)),
        _awaited(machine.CLOCK, _alone(ask_the_time(settings, clock))),
        _in_thread(machine.ZONES, lambda: [machine.judge_zones(stored.zones, clock.now())]),
        _in_thread("fonts", discord.fonts),
        _guarded(machine.VERSIONS, lambda: [machine.judge_versions()]),
    )
    return [_without(secret, finding) for findings in examined for finding in findings]


def _settings(wrong_settings: Sequence[WrongSetting]) -> list[Finding]:
    wrong_values = ["{name}: {problem}.".format(**each.values) for each in wrong_settings]
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    return env_file.judge(_env_file(), os.environ, known, wrong_values)


def _env_file() -> EnvFile:
    try:
        mode = ENV_FILE.stat().st_mode
        text = ENV_FILE.read_text("utf-8")
    except FileNotFoundError:
        return EnvFile(str(ENV_FILE), there=False)
    except (OSError, UnicodeDecodeError):
        # Told with the wrong values.
        return EnvFile(str(ENV_FILE), there=True)
    return EnvFile(str(ENV_FILE), there=True, text=text, open_to_all=bool(mode & stat.S_IROTH))


def _stored(path: Path, clock: Clock) -> tuple[Stored, list[Finding]]:
    """What the database tells; where it cannot be read, nothing, and a finding unless it is told anyway."""
    if not path.is_file():
        return Stored(), []
    try:
        with reading(path) as db:
            db.row_factory = sqlite3.Row
            return read(db, clock.now()), []
    except sqlite3.Error:
        return Stored(), [not_looked_at("database content", "the database cannot be read")]


def _process(path: Path) -> tuple[Process, list[Finding]]:
    try:
        found = holders(path)
        return Process(found.held, found.pids, found.shards), []
    except OSError as error:
        return Process(False), [
            warning(
                running.BOT,
                f"Whether it runs cannot be seen ({error.strerror}).",
                "Run this as the user that the bot runs as.",
            )
        ]


async def _awaited(name: str, look: Awaitable[list[Finding]]) -> list[Finding]:
    try:
        return await look
    except Exception as error:
        log.debug("a look at %s failed", name, exc_info=error)
        return [_failed(name, error)]


async def _guarded(name: str, look: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return look()
    except Exception as error:
        return [_failed(name, error)]


async def _in_thread(name: str, look: Callable[[], list[Finding]]) -> list[Finding]:
    return await _awaited(name, asyncio.to_thread(look))


async def _alone(look: Awaitable[Finding]) -> list[Finding]:
    return [await look]


def _failed(name: str, error: Exception) -> Finding:
    # The text of an error may hold anything, the token among it.
    return wrong(
        name, f"The look at it failed ({type(error).__name__}).", "That is a mistake of mine: report it."
    )


def _without(secret: str, finding: Finding) -> Finding:
    if len(secret) < 4:
        return finding
    found = finding.found.replace(secret, "(the token)")
    return replace(
        finding, found=found, advice=finding.advice and finding.advice.replace(secret, "(the token)")
    )
