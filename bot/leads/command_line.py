"""The commands of `autodidact leads`."""

import asyncio
import sys
from contextlib import nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Self

import typer

from bot.clock import SystemClock
from bot.errors import HackerNewsUnreadable
from bot.leads.threads import Thread, title_of
from bot.settings import Settings, load

if TYPE_CHECKING:
    from bot.leads.rounds import Round
    from bot.leads.thread_reader import Looked

app = typer.Typer(
    help="Job leads from the hiring threads of Hacker News.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def fetch() -> None:
    """Read Hacker News now, once, and say what was found; the bot may run meanwhile."""
    done = asyncio.run(_fetch(load()))
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


async def _fetch(settings: Settings) -> "Round":
    from bot.leads.hackernews import HackerNews
    from bot.leads.web import Web
    from bot.services import Services

    clock = SystemClock()
    addresses = (str(settings.hacker_news_url), str(settings.hacker_news_firebase_url))
    services = await Services.open(settings.database, clock, hacker_news=HackerNews(Web(clock), *addresses))
    try:
        assert services.rounds is not None
        with Bar() if sys.stderr.isatty() else nullcontext() as bar:
            return await services.rounds.run(bar)
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
