"""`autodidact leads fetch` as a person meets it: what it prints, where, and with which exit status."""

import asyncio
import logging
import os
import pty
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.clock import SystemClock
from bot.leads import command_line, intake
from bot.leads.rounds import Round
from bot.leads.service import Latest
from bot.leads.thread_reader import Looked
from bot.leads.threads import Thread, ThreadKind
from bot.settings import Settings
from bot.storage.database import Database
from tests.conftest import REPOSITORY
from tests.hackernews import faults
from tests.hackernews.month import POSTED, posted_on
from tests.hackernews.standin import StandIn


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
async def today() -> AsyncIterator[StandIn]:
    """A Hacker News whose clock is the machine's, as that of the command is."""
    async with StandIn(SystemClock()) as standin:
        yield standin


@pytest.fixture
def month() -> datetime:
    """The beginning of this month."""
    return SystemClock().now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


async def fetch(folder: Path, standin: StandIn, stderr: int = asyncio.subprocess.PIPE) -> Done:
    """Run the command in a folder, on a stand-in."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AUTODIDACT_")}
    environment |= {
        "AUTODIDACT_HACKER_NEWS_URL": standin.algolia,
        "AUTODIDACT_HACKER_NEWS_FIREBASE_URL": standin.firebase,
        "AUTODIDACT_DATABASE": str(folder / "bot.db"),
        "PYTHONPATH": str(REPOSITORY),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "leads", "fetch"),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=stderr,
    )
    async with asyncio.timeout(30):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Done(process.returncode, out.decode(), (err or b"").decode())


async def test_it_says_what_it_found_and_has_stored_it(
    tmp_path: Path, today: StandIn, month: datetime
) -> None:
    title = f"Ask HN: Who is hiring? ({month:%B %Y})"
    thread = today.post_thread(title, month)
    posts = set(posted_on(today, thread, 3, month - timedelta(hours=1)))
    done = await fetch(tmp_path, today)
    assert (done.code, done.err) == (0, "")
    found, read, jobs = done.out.splitlines()
    assert (found, read) == (f"{title}: found", f"{title}: 3 posts, 3 new, 0 changed, 0 gone")
    assert jobs.startswith(f"Of the 3 jobs of {month:%B %Y}, ")
    database = await Database.open(tmp_path / "bot.db")
    assert set(await database.read(intake.stored_hashes, thread)) == posts
    await database.close()


async def test_on_a_terminal_a_bar_shows_how_far_it_is(
    tmp_path: Path, today: StandIn, month: datetime
) -> None:
    thread = today.post_thread(f"Ask HN: Who is hiring? ({month:%B %Y})", month)
    list(posted_on(today, thread, 55, month - timedelta(hours=1)))
    ours, its = pty.openpty()
    done = await fetch(tmp_path, today, its)
    os.close(its)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    assert done.code == 0
    assert "100%" in shown
    assert "55 new" in done.out
    assert "%" not in done.out


async def test_where_hacker_news_cannot_be_read_it_says_so_in_one_line(
    tmp_path: Path, today: StandIn
) -> None:
    today.faults.strike("", faults.status(403), times=100)
    done = await fetch(tmp_path, today)
    assert (done.code, done.out) == (1, "")
    host = today.algolia.split("/")[2]
    refusal = f"{host}: it answered with status 403"
    assert done.err == (
        f"autodidact: Hacker News cannot be read now ({refusal}; {refusal}). "
        "Check this machine's connection, or try again later.\n"
    )


def test_trouble_around_which_there_was_a_way_is_told_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = Thread(7, ThreadKind.HIRING, date(2026, 5, 1), POSTED)

    async def fetch(settings: Settings) -> tuple[Round, Latest]:
        looked = Looked(thread, posts=3, new=1, changed=1, vanished=1, failed=1)
        done = Round(POSTED, [], [looked], troubles=["hn.algolia.com: it answered with status 403"])
        return done, Latest(thread.month, (), total=40, reaching=9, mark=60)

    monkeypatch.setattr(command_line, "_fetch", fetch)
    done = CliRunner().invoke(app, ["leads", "fetch"])
    logging.getLogger("bot.leads").setLevel(logging.NOTSET)
    assert done.exit_code == 0
    told = "3 posts, 1 new, 1 changed, 1 gone, 1 that cannot be read"
    assert done.stdout.splitlines() == [
        f"Ask HN: Who is hiring? (May 2026): {told}",
        "Of the 40 jobs of May 2026, 9 reach the mark of 60 that a server has at first.",
    ]
    assert done.stderr == (
        "There was trouble, and a way around it: hn.algolia.com: it answered with status 403\n"
    )


async def test_without_a_thread_it_says_so(tmp_path: Path, today: StandIn) -> None:
    done = await fetch(tmp_path, today)
    assert (done.code, done.out, done.err) == (0, "Hacker News has no hiring thread of these months.\n", "")
