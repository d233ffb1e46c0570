"""The WebSocket side: sessions, events in sequence, resuming, compression."""

from __future__ import annotations

import asyncio
import importlib
import json
import zlib
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.standin.world import BOT_ID, Json, World

if TYPE_CHECKING:
    from tests.wire.standin.limits import Limits

HEARTBEAT_MS = 41_250
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
REPLAYABLE_EVENTS = 4096
SENDS, SENDS_WITHIN = 120, 60.0
LONGEST_PAYLOAD = 4096
UNREADABLE, RATE_LIMITED = 4002, 4008

Encode = Callable[[str], "str | bytes"]


def encoder(compression: str | None) -> Encode:
    """How one connection's frames are written: plain text unless the client asked for a known stream."""
    if compression == "zlib-stream":
        deflate = zlib.compressobj(1)
        return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if compression == "zstd-stream":
        # The client asks for this only where it has found one of these two itself.
        with suppress(ImportError):
            packer = importlib.import_module("zstandard").ZstdCompressor().compressobj()
            return lambda text: packer.compress(text.encode()) + packer.flush(1)
        with suppress(ImportError):
            zstd: Any = importlib.import_module("compression.zstd").ZstdCompressor()
            return lambda text: bytes(zstd.compress(text.encode(), zstd.FLUSH_BLOCK))
    return lambda text: text


class Connection:
    """One open socket; frames leave in the order in which they were put."""

    def __init__(self, socket: web.WebSocketResponse, compression: str | None) -> None:
        self.socket = socket
        self._encode = encoder(compression)
        self._frames: asyncio.Queue[str] = asyncio.Queue()
        self._received: deque[float] = deque()

    def put(self, text: str) -> None:
        self._frames.put_nowait(text)

    def sends_too_much(self) -> bool:
        """Count something that was received; whether that is more than Discord takes in a minute."""
        now = monotonic()
        self._received.append(now)
        while self._received[0] <= now - SENDS_WITHIN:
            self._received.popleft()
        return len(self._received) > SENDS

    def put_json(self, op: int, data: Any = None) -> None:
        self.put(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        with suppress(ConnectionError):
            while True:
                frame = self._encode(await self._frames.get())
                if isinstance(frame, bytes):
                    await self.socket.send_bytes(frame)
                else:
                    await self.socket.send_str(frame)


@dataclass(slots=True, eq=False)
class Session:
    """What survives a lost connection: the numbered events of one shard."""

    id: str
    shard: tuple[int, int]
    intents: int
    connection: Connection | None = None
    sequence: int = 0
    events: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYABLE_EVENTS))

    def dispatch(self, event: str, data: str) -> None:
        self.sequence += 1
        text = f'{{"op":0,"s":{self.sequence},"t":"{event}","d":{data}}}'
        self.events.append((self.sequence, text))
        if self.connection:
            self.connection.put(text)


class Gateway:
    """All sessions of the bot. `url` is set once the port is known.

    With `limits`, what is sent too often or is too large closes the connection, and a session that is begun
    too soon after another is invalid. `refused` counts these by what they were. Shards whose numbers differ
    by less than `max_concurrency` may begin at once.
    """

    def __init__(self, world: World, token: str, *, limits: Limits | None = None) -> None:
        self.url = ""
        self.shards = 1
        self.max_concurrency = 1
        self.privileged_intents = 0
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.refused: Counter[str] = Counter()
        self._limits = limits
        self._identified_at: dict[int, float] = {}
        self._world = world
        self._token = token
        self._connections: set[Connection] = set()
        world.publish = self.publish

    # -- towards the bot

    def sessions_of(self, guild: int | None) -> list[Session]:
        """The sessions that hear of a server; direct messages go to shard 0."""
        place = (guild or 0) >> 22
        return [session for session in self.sessions.values() if place % session.shard[1] == session.shard[0]]

    def publish(self, event: str, data: Json, guild: int | None) -> None:
        """Send an event to the sessions that asked for such events by their intents."""
        for_messages = GUILD_MESSAGES if guild else DIRECT_MESSAGES
        needed = for_messages if event.startswith("MESSAGE_") else GUILDS
        for session in self.sessions_of(guild):
            if session.intents & needed:
                session.dispatch(event, json.dumps(self._visible(event, data, guild, session.intents)))

    @staticmethod
    def _visible(event: str, data: Json, guild: int | None, intents: int) -> Json:
        """Without the content intent the bot reads direct messages, mentions of itself and its own."""
        if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or intents & MESSAGE_CONTENT or guild is None:
            return data
        if any(user["id"] == str(BOT_ID) for user in [data["author"], *data["mentions"]]):
            return data
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}

    def connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.connection]

    async def wait_for_session(self, number: int = 1, *, timeout: float = 10.0) -> None:
        """Wait until the bot has identified that many times: once at its start, twice after a restart."""
        await self._world.changes.until(lambda: self.identified >= number, timeout, "the bot to identify")

    async def drop_gateway(self, code: int = 4000, *, forget: bool = False) -> None:
        """Close every connection. The bot resumes; with `forget` it has to identify anew."""
        connections = [session.connection for session in self.connected()]
        if forget:
            self.sessions.clear()
        for connection in connections:
            if connection:
                await connection.socket.close(code=code)

    def invalidate_session(self, *, resumable: bool = False) -> None:
        """Send INVALID_SESSION to every connected session."""
        for session in self.connected():
            if session.connection:
                session.connection.put_json(9, resumable)
            if not resumable:
                del self.sessions[session.id]

    async def close(self) -> None:
        for connection in list(self._connections):
            await connection.socket.close(code=1001)

    # -- from the bot

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False, timeout=1.0)
        await socket.prepare(request)
        connection = Connection(socket, request.query.get("compress"))
        self._connections.add(connection)
        connection.put_json(10, {"heartbeat_interval": HEARTBEAT_MS})
        writing = asyncio.create_task(connection.write())
        try:
            async for message in socket:
                if code := self._too_much(connection, message.data):
                    await socket.close(code=code)
                    break
                payload = json.loads(message.data)
                await self._receive(connection, payload["op"], payload.get("d"))
        finally:
            writing.cancel()
            self._connections.discard(connection)
            for session in self.sessions.values():
                if session.connection is connection:
                    session.connection = None
            self._world.changes.notify()
        return socket

    def _too_much(self, connection: Connection, text: str) -> int | None:
        """With which code a connection is closed for what it sent; None where it may go on."""
        if self._limits is None:
            return None
        if len(text.encode()) > LONGEST_PAYLOAD:
            self.refused["payload"] += 1
            return UNREADABLE
        if connection.sends_too_much():
            self.refused["sends"] += 1
            return RATE_LIMITED
        return None

    async def _receive(self, connection: Connection, op: int, data: Any) -> None:
        if op == 1:
            connection.put_json(11)
        elif op == 2:
            if code := self._refusal(data):
                await connection.socket.close(code=code)
            elif self._too_soon((data.get("shard") or (0, 1))[0] % self.max_concurrency):
                self.refused["identify"] += 1
                connection.put_json(9, False)
            else:
                self._identify(connection, data)
        elif op == 6:
            self._resume(connection, data)

    def _refusal(self, data: Json) -> int | None:
        number, count = data.get("shard") or (0, 1)
        if data["token"] != self._token:
            return 4004
        if not 0 <= number < count:
            return 4010
        if data["intents"] & PRIVILEGED & ~self.privileged_intents:
            return 4014
        return None

    def _too_soon(self, lane: int) -> bool:
        now, every = monotonic(), self._limits.identify_every if self._limits else 0.0
        if now - self._identified_at.get(lane, -inf) < every:
            return True
        self._identified_at[lane] = now
        return False

    def _identify(self, connection: Connection, data: Json) -> None:
        number, count = data.get("shard") or (0, 1)
        for old in [
            each for each in self.sessions.values() if each.shard[0] == number and not each.connection
        ]:
            del self.sessions[old.id]
        session = Session(f"{self._world.snowflake():x}", (number, count), data["intents"], connection)
        self.sessions[session.id] = session
        self.identified += 1
        guilds = [guild for guild in self._world.guilds.values() if guild.joined]
        mine = [guild for guild in guilds if (guild.id >> 22) % count == number]
        ready = {"v": 10, "user": self._world.bot, "session_id": session.id, "resume_gateway_url": self.url}
        ready |= {"guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine]}
        ready |= {"shard": [number, count], "application": {"id": str(BOT_ID), "flags": 0}}
        session.dispatch("READY", json.dumps(ready))
        for guild in mine if session.intents & GUILDS else []:
            payload = self._world.guild_payload(guild) | {"unavailable": False}
            session.dispatch("GUILD_CREATE", json.dumps(payload))
        self._world.changes.notify()

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        known = session and (not session.events or session.events[0][0] <= data["seq"] + 1)
        if session is None or not known or data["token"] != self._token:
            connection.put_json(9, False)
            return
        for sequence, text in session.events:
            if sequence > data["seq"]:
                connection.put(text)
        session.connection = connection
        session.dispatch("RESUMED", "{}")
        self.resumed += 1
        self._world.changes.notify()
