"""What must be true whatever anybody sends; each thing that was not is told in a sentence."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.privacy.server_data import HANGING, tables_of_servers
from tests import discord_limits
from tests.proof.fuzz.town import CURATORS, MANAGERS, OUTSIDE, PRIVATE, THEIRS, Who

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.proof.fuzz.acts import Act
    from tests.proof.fuzz.town import Town
    from tests.wire.bot_process import BotProcess
    from tests.wire.standin import Interaction, Request, StandIn

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]

OF_MANAGERS = {"server", "server_zone", "question", "lead_settings", "lead_weight", "resource_settings"}
"""What only those who manage the server may change."""

OF_CURATORS = {"resource", "resource_hidden", "resource_shelf"}
"""What only those may change who manage messages or the server."""

SHARED = {
    "buddy", "buddy_before", "buddy_search", "nudge", "build_member", "idea", "idea_co_author", "idea_merge",
    "poll", "poll_entry", "poll_invited", "poll_voter", "resource_suggestion", "focus", "delivery", "due",
    "resource_report",
}  # fmt: skip
"""Rows with a person in them that others may rightly change; all others are that person's alone."""

DELIVERED = {"watch_find", "watch_round", "lead_shown", "due", "delivery"}
"""What the bot changes by itself, by the clock."""

STEERED = ("name", "purpose", "scope", "method", "collect_until", "cards_until", "final_until", "user_id")
"""What only who started a poll, or manages the server, may change of it."""

TRACEBACK = re.compile(r"Traceback \(")
ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \S+ (\w+)")


class Witness:
    """Looks at what the bot answered, sent, logged and stored, after each act."""

    def __init__(self, town: Town, bot: BotProcess, path: Path) -> None:
        self.town = town
        self._standin: StandIn = town.standin
        self._bot = bot
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._tables = [*tables_of_servers(self._db), *HANGING]
        self._version = -1
        self._logged = len(bot.lines)
        self._asked = len(self._standin.requests)
        self._complained = len(self._standin.violations)
        self._files = set(self._standin.world.files)
        self.rows: Rows = self._read()

    def close(self) -> None:
        self._db.close()

    def look_again(self) -> None:
        """Take what is stored by now for what is right."""
        self.rows = self._read()

    # -- errors

    def errors(self) -> Iterator[str]:
        """What was logged that nobody had thought of: errors and tracebacks, by their last words."""
        lines = self._bot.lines[self._logged :]
        self._logged += len(lines)
        for number, line in enumerate(lines):
            entry = ENTRY.match(line)
            if entry and entry[1] in ("ERROR", "CRITICAL"):
                after = lines[number + 1 : number + 60]
                end = next((at for at, other in enumerate(after) if ENTRY.match(other)), len(after))
                frames = [frame.strip() for frame in after[:end] if frame.startswith("  File")]
                last = after[end - 1][:200] if end else ""
                yield f"{line[24:180]} | {frames[-1] if frames else ''} | {last}"

    # -- what was sent

    def passed_limits(self) -> Iterator[str]:
        """Requests that Discord would not have taken."""
        for request in self._new_requests():
            for sentence in discord_limits.violations(request.method, request.path, request.body):
                yield f"{request.method} {_route(request.path)}: {sentence}"
        for sentence in self._standin.violations[self._complained :]:
            yield sentence
        self._complained = len(self._standin.violations)

    def _new_requests(self) -> list[Request]:
        return self._standin.requests[self._asked :]

    def leaks(self, act: Act) -> Iterator[str]:
        """Words of the other server, or that somebody keeps to herself, where they are not to be seen."""
        channels = self._standin.world.channels
        for request in self._new_requests():
            if request.body is None:
                continue
            text = json.dumps(request.body, ensure_ascii=False).lower()
            place = re.match(r"/channels/(\d+)/", request.path)
            channel = channels.get(int(place[1])) if place else None
            if THEIRS in text and not (channel and channel.guild_id == self.town.there.guild):
                yield f"the other server's words in {_route(request.path)}: {_around(text, THEIRS)}"
            if PRIVATE in text and act.who is not Who.RICH:
                yield f"somebody's own words in {_route(request.path)}: {_around(text, PRIVATE)}"
        for number in set(self._standin.world.files) - self._files:
            self._files.add(number)
            content = _unpacked(self._standin.world.files[number]).lower()
            if THEIRS.encode() in content:
                yield "the other server's words in a file"
            if PRIVATE.encode() in content and act.who is not Who.RICH:
                yield "somebody's own words in a file"
        self._asked = len(self._standin.requests)

    def calls(self, interaction: Interaction | None) -> Iterator[str]:
        """Mentions that fire though nobody meant them."""
        shown = [interaction.message, *interaction.followups] if interaction else []
        for message in shown:
            if message is None:
                continue
            if message["mention_everyone"] or message["mention_roles"]:
                yield f"everybody or a role was called by {message['content'][:80]!r}"
            if any(int(user["id"]) == self.town.bait for user in message["mentions"]):
                yield f"somebody was called by {message['content'][:80]!r}"

    def called_in_channels(self) -> Iterator[str]:
        """The same, of all that was posted."""
        for channel in self._standin.world.channels.values():
            for message in channel.messages.values():
                if message["mention_everyone"] or message["mention_roles"]:
                    yield f"everybody or a role was called in {channel.id}"
                if any(int(user["id"]) == self.town.bait for user in message["mentions"]):
                    yield f"somebody was called in {channel.id}"

    # -- what was stored

    def changes(self, act: Act) -> Iterator[str]:
        """Rows that somebody changed who may not."""
        (version,) = self._db.execute("pragma data_version").fetchone()
        if version == self._version:
            return
        self._version = version
        before, self.rows = self.rows, self._read()
        for table, after in self.rows.items():
            earlier = before[table]
            if after == earlier:
                continue
            for key in earlier.keys() | after.keys():
                old, new = earlier.get(key), after.get(key)
                if old != new and (why := self._forbidden(act, table, old, new)):
                    yield f"{why}: {table} {_difference(old, new)}"

    def _forbidden(self, act: Act, table: str, old: Row | None, new: Row | None) -> str:
        row = new or old or {}
        guild, user = row.get("guild_id"), row.get("user_id")
        actor = self.town.people[act.who]
        if guild == self.town.there.guild:
            return "a row of the other server was changed"
        if table in OF_MANAGERS and act.who not in MANAGERS:
            return "a setting was changed by somebody without the right"
        if table in OF_CURATORS and act.who not in CURATORS:
            return "the shelf was changed by somebody without the right"
        if table in DELIVERED:
            return ""
        if act.who in OUTSIDE and user != actor:
            return "a row was changed by somebody from outside"
        if table == "poll" and old and new and self._steered(act, old, new):
            return "a poll was steered by somebody else"
        if table == "resource_suggestion" and old and act.who not in CURATORS and user != actor:
            return "a suggestion was decided by somebody without the right"
        if table not in SHARED and user not in (None, 0, actor):
            return "a row of another member was changed"
        return ""

    def _steered(self, act: Act, old: Row, new: Row) -> bool:
        starter = act.who in MANAGERS or old["user_id"] == self.town.people[act.who]
        dropped = new["phase"] == "dropped" != old["phase"]
        return not starter and (dropped or any(old[name] != new[name] for name in STEERED))

    def _read(self) -> Rows:
        found: Rows = {}
        self._db.execute("begin")
        polls = {row["id"]: row["guild_id"] for row in self._db.execute("select id, guild_id from poll")}
        for table in self._tables:
            rows = [dict(row) for row in self._db.execute(f"select * from {table}")]
            for row in rows:
                if "guild_id" not in row:
                    row["guild_id"] = polls.get(row["poll_id"])
            keys = self._keys(table)
            found[table] = {repr([row[key] for key in keys]): row for row in rows}
        self._db.execute("commit")
        return found

    def _keys(self, table: str) -> list[str]:
        return [
            name
            for (name,) in self._db.execute(
                "select name from pragma_table_info(?) where pk > 0 order by pk", (table,)
            )
        ]


def _route(path: str) -> str:
    return re.sub(r"/\d+|/[0-9a-f]{32}", "/…", path)


def _around(text: str, word: str) -> str:
    at = text.index(word)
    return text[max(0, at - 80) : at + 40]


def _difference(old: Row | None, new: Row | None) -> str:
    if old is None or new is None:
        return f"{'added' if old is None else 'deleted'} {str(new or old)[:300]}"
    return str({name: (old[name], new[name]) for name in new if old[name] != new[name]})[:300]


def _unpacked(content: bytes) -> bytes:
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(BytesIO(content)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())
    return content
