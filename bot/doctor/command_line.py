"""The command `autodidact doctor`; bot.__main__ gives it what only the face knows."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.clock import SystemClock
from bot.doctor import report
from bot.doctor.examination import Discord, examine

CHATTY = ("discord", "dotenv", "asyncio", "bot")


def doctor(discord: Discord, *, as_json: bool, strict: bool) -> None:
    """Examine, print the report, and end with its exit code."""
    clock = SystemClock()
    with _quiet():
        findings = asyncio.run(examine(discord, clock))
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
