"""`autodidact doctor` looks at a Discord over HTTP, without a gateway and without leaving anything behind."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import socket
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import discord
import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.servers.store import Server, save
from bot.storage.database import connect
from tests.wire.database_file import query
from tests.wire.standin import BOT_ID, StandIn
from tests.wire.standin import permissions as right

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.wire.bots import Bots

SECRET = "of-the-stand-in"
TOKEN = f"{base64.b64encode(str(BOT_ID).encode()).decode().rstrip('=')}.token.{SECRET}"


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn(token=TOKEN) as standin:
        yield standin
    assert standin.violations == []


@dataclass
class Practice:
    """A doctor with a patient: one server that is set up on the stand-in, and its database."""

    standin: StandIn
    database: Path
    guild: int
    channel: int

    async def examine(self, *words: str) -> tuple[int, list[dict[str, Any]]]:
        """The exit code of `autodidact doctor --json`, and its checks."""
        result = await asyncio.to_thread(
            CliRunner().invoke, app, ["doctor", "--json", *words], catch_exceptions=False
        )
        assert SECRET not in result.output
        return result.exit_code, json.loads(result.stdout)["checks"]


def named(checks: list[dict[str, Any]], name: str) -> list[tuple[str, str]]:
    return [(check["status"], check["found"]) for check in checks if check["name"] == name]


@pytest.fixture
def practice(
    standin: StandIn, database_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Practice:
    guild = standin.add_guild("Night school")
    channel = standin.add_channel(guild, "check-ins")
    now = datetime.now(UTC)
    with closing(connect(database_path)) as db:
        save(db, Server(guild, channel, "Africa/Lagos", time(9)), now)
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("AUTODIDACT_")]:
        monkeypatch.delenv(name)
    # What the command points elsewhere, and has to be pointed back.
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    for name, value in {
        "TOKEN": TOKEN,
        "DATABASE": str(database_path),
        "DISCORD_API_URL": standin.api_url,
        "READ_HACKER_NEWS": "False",
    }.items():
        monkeypatch.setenv(f"AUTODIDACT_{name}", value)
    return Practice(standin, database_path, guild, channel)


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port of this machine where nobody listens, and nobody else can."""
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def wal_of(database: Path) -> Path:
    """Where SQLite keeps what has changed while the database is in use."""
    return database.with_name(f"{database.name}-wal")


async def query_until(database: Path, statement: str) -> None:
    """Wait until a statement answers with something that holds; nothing tells when it does."""
    async with asyncio.timeout(5):
        while query(database, statement) in ([(0,)], []):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_where_all_is_well_it_says_so_and_changes_nothing(practice: Practice) -> None:
    practice.standin.world.commands[None] = [{"id": "1", "name": "checkin"}]
    before = practice.database.read_bytes()
    files = sorted(practice.database.parent.iterdir())
    code, checks = await practice.examine()
    assert code == 0
    (login,) = named(checks, "login")
    assert login == ("ok", "Discord takes the token, as that of Autodidact.")
    assert named(checks, "application") == [
        ("ok", f"Autodidact ({BOT_ID}), of owner; may be added to servers by everybody.")
    ]
    for name in ("token", "intents", "invite", "commands", "connections", "servers", "clock", "database"):
        assert [status for status, _ in named(checks, name)] == ["ok"], name
    assert named(checks, "rights") == [("ok", "All rights are there in 1 channel of 1 server.")]
    assert {request.method for request in practice.standin.requests} == {"GET"}
    assert practice.standin.gateway.identified == 0
    assert practice.database.read_bytes() == before
    assert sorted(practice.database.parent.iterdir()) == files
    # The bot does not run here, and there is no backup: both are worth a word, and no alarm.
    of_this_machine = {"fonts", "zone data"}
    bad = {check["name"] for check in checks if check["status"] != "ok"}
    assert bad - of_this_machine == {"bot", "backups"}
    assert (await practice.examine("--strict"))[0] == 1


async def test_a_token_that_was_reset_is_told_once_and_the_rest_goes_on(practice: Practice) -> None:
    practice.standin.token = "the-new-one"
    code, checks = await practice.examine()
    assert code == 1
    ((status, found),) = named(checks, "login")
    assert (status, found[:26]) == ("wrong", "Discord refuses the token:")
    assert [check["name"] for check in checks if check["status"] == "wrong"] == ["login"]
    assert named(checks, "rights") == [("warning", "Not looked at: Discord refuses the token.")]
    assert f"client_id={BOT_ID}&" in named(checks, "invite")[0][1]
    assert named(checks, "database")[0][0] == named(checks, "clock")[0][0] == "ok"
    assert [request.status for request in practice.standin.requests if request.path != "/gateway"] == [401]


async def test_what_is_missing_in_a_channel_is_named_with_the_reason_and_where_to_give_it(
    practice: Practice,
) -> None:
    standin = practice.standin
    standin.limit_bot(practice.channel, right.ATTACH_FILES | right.CREATE_PUBLIC_THREADS)
    bare = standin.add_guild("Bare", everyone=right.VIEW_CHANNEL)
    bare_channel, unseen = standin.add_channel(bare), standin.add_channel(bare)
    standin.limit_bot(unseen, right.VIEW_CHANNEL)
    (role,) = [role for role in standin.world.guilds[bare].roles if role != bare]
    left = standin.add_guild("Left", joined=False)
    gone = standin.add_guild("Gone")
    gone_channel = standin.add_channel(gone)
    standin.delete_channel(gone_channel)
    now = datetime.now(UTC)
    with closing(connect(practice.database)) as db:
        for guild, channel in ((bare, bare_channel), (left, 5), (gone, gone_channel)):
            save(db, Server(guild, channel, "Etc/UTC", time(9)), now)
        db.execute("insert into resource_settings values (?, ?, 0)", (bare, unseen))
        db.execute(
            "insert into lead_settings values (?, ?, '18:00', 50, '[]', '[]', 0)", (bare, bare_channel)
        )
    # As if a moderator had deleted the bot's role.
    standin.delete_role(bare, role)

    code, checks = await practice.examine()
    assert code == 1
    rights = {check["found"]: check for check in checks if check["name"] == "rights"}
    (at_school,) = [found for found in rights if "Night school" in found]
    assert rights[at_school]["status"] == "warning"
    assert "Create Public Threads (without it check-ins go into the channel" in at_school
    assert rights[at_school]["advice"].startswith("In the channel's permissions, let the bot's role have: ")
    bad = {found: check for found, check in rights.items() if f"Bare ({bare})" in found}
    assert len(bad) == 3
    assert {check["status"] for check in bad.values()} == {"wrong"}
    assert all("role, which may have been deleted" in check["advice"] for check in bad.values())
    # Job leads need no thread, check-ins do.
    (leads,) = [found for found in bad if "for job leads," in found]
    (checkins,) = [found for found in bad if "for check-ins," in found]
    assert "Threads" not in leads
    assert "Threads" in checkins
    (deleted_channel,) = [check for found, check in rights.items() if "was deleted" in found]
    assert (deleted_channel["status"], "/setup" in deleted_channel["advice"]) == ("wrong", True)
    assert named(checks, "servers") == [
        ("ok", "In 3 servers, 3 of them set up. 1 server took the bot out, and will be forgotten in time.")
    ]


async def test_what_is_set_wrongly_in_the_portal_is_told(practice: Practice) -> None:
    presence, message_content_limited = 1 << 12, 1 << 19
    practice.standin.world.application = {
        "flags": presence | message_content_limited,
        "interactions_endpoint_url": "https://example.org/interactions",
        "bot_public": False,
    }
    practice.standin.faults.fail("GET", "/applications/*/guilds/*/commands", status=403)
    code, checks = await practice.examine()
    assert code == 1
    ((status, found),) = named(checks, "intents")
    assert (status, found) == (
        "warning",
        "Turned on, though the bot needs none of them: presence, message content.",
    )
    ((status, found),) = named(checks, "application")
    assert (status, "by its owner only. What members do is sent to an address on the web" in found) == (
        "wrong",
        True,
    )
    ((status, found),) = named(checks, "commands scope")
    assert (status, "without applications.commands" in found) == ("wrong", True)
    assert named(checks, "commands")[0][0] == "warning"


async def test_without_a_network_each_look_says_so_and_the_rest_goes_on(
    practice: Practice, dead_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = f"http://127.0.0.1:{dead_port}/api"
    for name in ("DISCORD_API_URL", "HACKER_NEWS_URL", "HACKER_NEWS_FIREBASE_URL"):
        monkeypatch.setenv(f"AUTODIDACT_{name}", nowhere)
    monkeypatch.setenv("AUTODIDACT_READ_HACKER_NEWS", "True")
    code, checks = await practice.examine()
    assert code == 1
    ((status, found),) = named(checks, "login")
    assert (status, found.startswith("Discord could not be reached: ")) == ("wrong", True)
    for name in ("hacker news", "hacker news, the other way", "clock", "rights", "servers"):
        ((status, found),) = named(checks, name)
        assert status == "warning", name
    for name in ("token", "database", "database version", "disk", "deliveries", "versions"):
        assert named(checks, name)[0][0] == "ok", name


async def test_beside_a_bot_that_runs_it_tells_how_that_does(practice: Practice, bots: Bots) -> None:
    bot = await bots.start()
    await query_until(practice.database, "select count(*) >= 7 from job")
    await query_until(practice.database, "select count(*) from fact where name = 'heartbeat'")
    assert wal_of(practice.database).exists()
    code, checks = await practice.examine()
    assert code == 0
    ((status, found),) = named(checks, "bot")
    assert status == "ok"
    assert re.search(r"started \d s ago in version", found)
    assert named(checks, "gateway")[0][0] == "ok"
    jobs = {check["name"]: check["status"] for check in checks if check["name"].startswith("job ")}
    assert jobs.keys() >= {"job due", "job outbox", "job backups", "job departures"}
    assert set(jobs.values()) == {"ok"}
    assert named(checks, "database")[0][0] == "ok"
    await bot.stop()
