"""The command line, and the one place where the core and its Discord face are joined."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import __version__, logs
from bot.backups import command_line as backups
from bot.clock import SystemClock
from bot.errors import OperatorError
from bot.health.figures import NO_FIGURES, Figures
from bot.leads import command_line as leads
from bot.operator_errors import DiscordUnreachable, NoHealthPort, TokenMissing, TokenRefused
from bot.polls import command_line as ideas
from bot.resources import command_line as resources
from bot.settings import Settings, load
from bot.shards import Shards
from bot.storage.lock import alone, among_others

if TYPE_CHECKING:
    from bot.resources.links.rounds import Checker
    from bot.scheduling import Schedule
    from cogs.client import Autodidact

app = typer.Typer(
    help="Autodidact, a Discord bot for people who teach themselves machine learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(leads.app, name="leads")
app.add_typer(ideas.app, name="ideas")
app.add_typer(resources.app, name="resources")
log = logging.getLogger("bot")

SHUTDOWN_TAKES_AT_MOST = 3.0
LEAVING_TAKES_AT_MOST = 1.0
AUTHENTICATION_FAILED = 4004
GIVES_WAY_AFTER = 0.001
TOGETHER = 0.96
"""The part of Discord's pace that several processes use up: none of them sees how the others are delayed."""


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    settings = load()
    if settings.token is None:
        raise TokenMissing
    token = settings.token.get_secret_value()
    if not token.isprintable():
        raise TokenRefused
    logs.set_up(settings.log_level, settings.log_format)
    shards = settings.own_shards
    with alone(settings.database) if shards.is_all else among_others(settings.database, shards):
        _run_loop(_serve(settings, shards, token))


@app.command(short_help="Print the link that adds the bot to a server.")
def invite() -> None:
    """Print the link under which an admin adds the bot to a server, with just the rights it needs."""
    from bot.tokens import application_id
    from cogs.rights import invite_link

    token = load().token
    if token is None:
        raise TokenMissing
    typer.echo(invite_link(application_id(token.get_secret_value())))


@app.command()
def migrate() -> None:
    """Bring the database up to date without starting the bot."""
    from bot.storage.migrations import migrate

    path = load().database
    applied = migrate(path)
    typer.echo(f"{path}: {', '.join(applied) if applied else 'is up to date'}")


app.command(short_help="Make a backup now, and check it.")(backups.backup)
app.command(short_help="Put a backup in the place of the database.")(backups.restore)


@app.command(short_help="Ask the bot that runs here whether it is well.")
def healthy() -> None:
    """Ask the bot that runs here whether it is well; for a container's health check."""
    from bot.health.asking import ask

    settings = load()
    if not settings.health_port:
        raise NoHealthPort
    ask(settings.health_host, settings.health_port)
    typer.echo("The bot is well.")


@app.command(short_help="Look for what is wrong, and say what to do.")
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as wrong.")] = False,
    servers: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help="Look at the rights in so many servers at most.")
    ] = 50,
) -> None:
    """Look at everything the bot needs, and say what is wrong and what to do; the bot may run meanwhile.

    Ends with status 1 if something is wrong, with 0 otherwise, also when there are warnings.
    """
    from bot.doctor.command_line import doctor
    from cogs.doctor.look import OverDiscord

    doctor(OverDiscord(servers), _point_at, as_json=as_json, strict=strict)


@app.command()
def version() -> None:
    """Print the version of this program."""
    typer.echo(__version__)


async def _serve(settings: Settings, shards: Shards, token: str) -> None:
    """Open everything, run until told to stop, and close everything in order."""
    from bot import job_notes
    from bot.backups.service import MADE_IF_MISSING_EVERY
    from bot.delivery import clock_changes, zone_changes
    from bot.delivery.unsaid import LOOK_EVERY as UNSAID_EVERY
    from bot.heartbeat import BEAT_EVERY
    from bot.privacy.departures import LOOK_EVERY as DEPARTURES_EVERY
    from bot.resources.links.rounds import LOOK_EVERY
    from bot.scheduling import Schedule
    from bot.services import Services
    from cogs.client import Autodidact
    from cogs.pace import Pace

    _point_at(settings)
    asyncio.get_running_loop().set_exception_handler(logs.forgotten)
    stopping = _stop_signals()
    clock = SystemClock()
    figures = _figures(settings)
    # What is done for the whole database is done by one process of those that share it.
    first = shards.has_first
    hacker_news = leads.hacker_news(settings, clock) if settings.read_hacker_news and first else None
    link_checker = _link_checker(figures) if settings.check_links and first else None
    services = await Services.open(
        settings.database,
        clock,
        hacker_news=hacker_news,
        link_checker=link_checker,
        figures=figures,
        backups=settings.backup_folder,
        shards=shards,
    )
    try:
        await services.database.write(job_notes.keep_start, clock.now(), __version__, shards)
        schedule = Schedule(figures)
        client = Autodidact(
            services,
            shard_count=settings.shards,
            shard_ids=None if shards.is_all else shards.ids,
            schedule=schedule,
            pace=Pace(settings.sends_per_second * (1 if shards.is_all else shards.share * TOGETHER)),
        )
        tick = timedelta(seconds=settings.tick_seconds)
        schedule.every("due", tick, services.delivery.claim_due)
        schedule.every("outbox", tick, client.send_outstanding)
        schedule.every("heartbeat", BEAT_EVERY, client.beat)
        schedule.every("departures", DEPARTURES_EVERY, client.tidy_departures)
        if first:
            schedule.every("clock", clock_changes.LOOK_EVERY, services.clock_changes.look)
            schedule.every("zone data", zone_changes.LOOK_EVERY, services.zone_changes.look)
            schedule.every("buddies", timedelta(hours=1), services.buddies.tend)
            schedule.every("backups", MADE_IF_MISSING_EVERY, services.backups.tick)
            schedule.every("unsaid", UNSAID_EVERY, services.forget_unsaid)
        if services.rounds is not None:
            schedule.every("hacker news", timedelta(minutes=1), services.rounds.tick)
        if services.links is not None:
            schedule.every("links", LOOK_EVERY, services.links.tick)
        # The last, so that in its first run all others have begun.
        schedule.every(
            "job notes",
            job_notes.NOTED_EVERY,
            lambda: services.database.write(job_notes.keep, schedule.status(), shards),
        )
        async with client, _watched(settings, client, schedule):
            connection = asyncio.create_task(_connect(client, token))
            start = asyncio.create_task(_start(client, schedule))
            stop = asyncio.create_task(stopping.wait())
            await asyncio.wait({connection, start, stop}, return_when=asyncio.FIRST_COMPLETED)
            if start.done() and not start.exception():
                await asyncio.wait({connection, stop}, return_when=asyncio.FIRST_COMPLETED)
            stop.cancel()
            await _finish(client, schedule)
            # A client that is closed while it connects goes on trying; so the connection goes first.
            for task in (connection, start):
                task.cancel()
            await asyncio.wait({connection, start}, timeout=LEAVING_TAKES_AT_MOST)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(client.close(), LEAVING_TAKES_AT_MOST)
            # What goes wrong with the connection after the word to stop is no news.
            for task in filter(asyncio.Task.done, (connection, start)):
                with contextlib.suppress(asyncio.CancelledError, *_after(stopping)):
                    await task
    finally:
        await services.close()
    log.info("stopped")


def _link_checker(figures: Figures) -> "Checker":
    from bot.health.links import CountedChecker
    from bot.resources.links.checker import LinkChecker

    return CountedChecker(LinkChecker(), figures)


def _figures(settings: Settings) -> Figures:
    if settings.health_port is None:
        return NO_FIGURES
    from bot.health.prometheus import PrometheusFigures

    return PrometheusFigures()


@contextlib.asynccontextmanager
async def _watched(settings: Settings, client: "Autodidact", schedule: "Schedule") -> AsyncIterator[None]:
    """Answer meanwhile how the bot is, if that is wanted."""
    if settings.health_port is None:
        yield
        return
    from bot.health.checks import Checks
    from bot.health.server import HealthServer

    services = client.services
    checks = Checks(services.database, services.clock, schedule, client.line)
    server = HealthServer(
        checks, services.figures, client.line, services.database, services.clock, services.shards
    )
    port = await server.start(settings.health_host, settings.health_port)
    log.info("health at %s, port %d", settings.health_host, port)
    try:
        yield
    finally:
        await server.stop()


def _after(stopping: asyncio.Event) -> tuple[type[Exception], ...]:
    return (Exception,) if stopping.is_set() else ()


async def _finish(client: "Autodidact", schedule: "Schedule") -> None:
    """Begin nothing more, and finish what is on its way, as far as there is time."""
    schedule.pause()
    # It says goodbye to Discord meanwhile, which nobody has to wait for.
    leaving = asyncio.create_task(client.stop_listening())
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SHUTDOWN_TAKES_AT_MOST):
            await client.services.delivery.stop()
            await client.finish_answers()
    leaving.cancel()
    schedule.stop()


async def _start(client: "Autodidact", schedule: "Schedule") -> None:
    await client.wait_until_ready()
    # Before anything is sent: servers may have taken the bot out while it was not running.
    await client.note_departures()
    number = len(client.guilds)
    log.info("ready in %d %s", number, "server" if number == 1 else "servers")
    await client.learn_languages()
    await client.services.delivery.resume()
    await client.services.clock_changes.look()
    await client.services.zone_changes.look()
    # What is there now stays; the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    schedule.start()


async def _connect(client: "Autodidact", token: str) -> None:
    import aiohttp
    import discord

    try:
        await client.start(token)
    except discord.LoginFailure:
        raise TokenRefused from None
    except discord.ConnectionClosed as error:
        if error.code == AUTHENTICATION_FAILED:
            raise TokenRefused from None
        raise DiscordUnreachable(reason=f"it closed the connection with code {error.code}") from error
    except discord.GatewayNotFound as error:
        raise DiscordUnreachable(reason="it names no gateway") from error
    except discord.HTTPException as error:
        raise DiscordUnreachable(reason=f"it answers with status {error.status}") from error
    except TimeoutError as error:
        raise DiscordUnreachable(reason="it does not answer") from error
    except (aiohttp.ClientError, OSError) as error:
        from bot.doctor.reach import reason

        raise DiscordUnreachable(reason=reason(error)) from error


def _point_at(settings: Settings) -> None:
    """Point discord.py at another address than Discord's, where a test has set one."""
    import discord
    import yarl

    if settings.discord_api_url is not None:
        discord.http.Route.BASE = str(settings.discord_api_url).rstrip("/")
    if settings.discord_gateway_url is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(settings.discord_gateway_url))


def _stop_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    return stopping


def _run_loop(main: Coroutine[Any, Any, None]) -> None:
    # A thread that reckons or draws gives way to whoever is answered after this, instead of 5 ms each time.
    sys.setswitchinterval(GIVES_WAY_AFTER)
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)


def main() -> None:
    """Run the command line; an OperatorError ends it with one line and status 1."""
    try:
        app()
    except OperatorError as error:
        sys.exit(logs.last_words(error))


if __name__ == "__main__":
    main()
