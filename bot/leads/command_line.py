"""The commands of `autodidact leads`."""

import asyncio
import json
import logging
import sys
from contextlib import nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Self

import typer

from bot.clock import Clock, SystemClock
from bot.given_files import named, opened, printing, read_or
from bot.leads.recordings import NotPosts, posts_in
from bot.leads.threads import Thread, title_of
from bot.operator_errors import HackerNewsUnreadable, NoPosts
from bot.settings import Settings, load

if TYPE_CHECKING:
    from bot.leads.hackernews import HackerNews
    from bot.leads.rounds import Round
    from bot.leads.service import Latest
    from bot.leads.thread_reader import Looked

NO_SERVER = 0
"""Stands for a server that has chosen nothing."""

app = typer.Typer(
    help="Job leads from the hiring threads of Hacker News.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(short_help="Read Hacker News now, once, and say what was found.")
def fetch() -> None:
    """Read Hacker News now, once, and say what was found; the bot may run meanwhile."""
    # What went wrong is told below, and in a line of the log it would be told twice.
    logging.getLogger("bot.leads").setLevel(logging.ERROR)
    done, jobs = asyncio.run(_fetch(load()))
    for thread in done.found:
        typer.echo(f"{title_of(thread)}: found")
    for looked in done.looked:
        typer.echo(f"{title_of(looked.thread)}: {_told(looked)}")
    if done.gave_up:
        raise HackerNewsUnreadable(reason="; ".join(done.troubles))
    for trouble in done.troubles:
        typer.echo(f"There was trouble, and a way around it: {trouble}", err=True)
    if not done.looked:
        typer.echo("Hacker News has no hiring thread of these months.")
    if jobs.month is not None:
        typer.echo(
            f"Of the {jobs.total} jobs of {jobs.month:%B %Y}, {jobs.reaching} reach the mark of {jobs.mark} "
            "that a server has at first."
        )


@app.command(short_help="Print what is read out of each post of a file.")
def parse(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for what is piped in.")],
) -> None:
    """Print what is read out of each post of a file, one JSON object a line."""
    from bot.leads.parse import parse as read

    try:
        with read_or(NoPosts, file), printing(), opened(file) as lines:
            for post in posts_in(lines):
                lead = {"id": post.id, **read(post.html).as_json()}
                sys.stdout.write(json.dumps(lead, ensure_ascii=False) + "\n")
    except NotPosts as problem:
        raise NoPosts(name=named(file), reason=str(problem)) from None


def hacker_news(settings: Settings, clock: Clock) -> "HackerNews":
    """Hacker News, where the settings say that it is."""
    from bot.leads.hackernews import HackerNews
    from bot.leads.web import Web

    return HackerNews(Web(clock), str(settings.hacker_news_url), str(settings.hacker_news_firebase_url))


async def _fetch(settings: Settings) -> "tuple[Round, Latest]":
    from bot.services import Services

    clock = SystemClock()
    services = await Services.open(settings.database, clock, hacker_news=hacker_news(settings, clock))
    try:
        assert services.rounds is not None
        with Bar() if sys.stderr.isatty() else nullcontext() as bar:
            done = await services.rounds.run(bar)
        return done, await services.leads.latest(NO_SERVER, limit=0)
    finally:
        await services.close()


def _told(looked: "Looked") -> str:
    counts = [(looked.new, "new"), (looked.changed, "changed"), (looked.vanished, "gone")]
    if looked.failed:
        counts.append((looked.failed, "that cannot be read"))
    return f"{looked.posts} posts, " + ", ".join(f"{count} {what}" for count, what in counts)


class Bar:
    """A bar on a terminal for each thread of which posts are read."""

    def __init__(self) -> None:
        self._thread: Thread | None = None
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __call__(self, thread: Thread, done: int, of: int) -> None:
        """So many posts of a thread, of how many, are taken in."""
        if thread != self._thread:
            self._finish()
            self._thread, self._at = thread, 0
            self._bar = typer.progressbar(length=of, label=title_of(thread), file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._at)
        self._at = done

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()

    def _finish(self) -> None:
        if self._thread is not None:
            self._bar.__exit__(None, None, None)
            self._thread = None
