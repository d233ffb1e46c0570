"""The command `autodidact doctor`; bot.__main__ gives it what only the face knows."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from bot.clock import SystemClock
from bot.doctor import report
from bot.doctor.examination import Discord, examine
from bot.settings import Settings, load_what_holds

CHATTY = ("discord", "dotenv", "asyncio", "bot")


def doctor(discord: Discord, point_at: Callable[[Settings], None], *, as_json: bool, strict: bool) -> None:
    """Examine, print the report, and end with its exit code; first, `point_at` is given the settings."""
    clock = SystemClock()
    with _quiet():
        settings, wrong_settings = load_what_holds()
        point_at(settings)
        findings = asyncio.run(examine(discord, settings, wrong_settings, clock))
    typer.echo(report.for_programs(findings, clock.now()) if as_json else report.for_people(findings))
    raise typer.Exit(report.exit_code(findings, strict=strict))


@contextmanager
def _quiet() -> Iterator[None]:
    """Have nothing logged: what went wrong is a finding, and would be told twice."""
    loggers = [logging.getLogger(name) for name in CHATTY]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
