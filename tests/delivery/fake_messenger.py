"""A tiny Discord in memory, as far as the delivery can tell: channels, threads, nonces, and failures."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType

from bot.checkins.deliveries import CardContent, PromptContent
from bot.checkins.pings import PingContent
from bot.clock import Clock
from bot.delivery.messenger import Direct, Place, Thread
from bot.errors import Undeliverable

FIRST_MESSAGE = 1_000_000
"""Ids from here on are messages, and the threads under them; smaller ones are channels."""

NONCE_WINDOW = timedelta(minutes=3)
"""Discord says "a few minutes"."""


@dataclass(slots=True)
class Message:
    """A message as it stands now; `changes` holds what it showed over time and when."""

    id: int
    place: Place
    content: object
    nonce: str
    sent_at: datetime
    changes: list[tuple[datetime, object]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `loop_time` is the event loop's time in seconds at which it arrived."""

    method: str
    place: Place
    at: datetime
    loop_time: float


@dataclass(slots=True)
class Fault:
    """Makes requests fail, before they take effect or, as a lost answer does, after."""

    method: str
    error: BaseException
    times: int
    after_effect: bool
    guild_id: int | None

    def strikes(self, method: str, place: Place, after_effect: bool) -> bool:
        if self.times == 0 or self.method != method or self.after_effect != after_effect:
            return False
        if self.guild_id is not None and self.guild_id != place.guild_id:
            return False
        self.times -= 1
        return True


class FakeMessenger:
    """Outlives the bot's restarts, like Discord does. Time is the clock's, latency the event loop's."""

    def __init__(self, clock: Clock, nonce_window: timedelta = NONCE_WINDOW):
        self._clock = clock
        self._nonce_window = nonce_window
        self._next_id = FIRST_MESSAGE
        self._by_nonce: dict[str, Message] = {}
        self._holds: dict[int, asyncio.Event] = {}
        self._faults: list[Fault] = []
        self._watchers: list[tuple[Callable[[], bool], asyncio.Event]] = []
        self.messages: dict[int, Message] = {}
        self.calls: list[Call] = []
        self.threads: dict[int, object] = {}
        self.gone: set[int] = set()
        self.locked: set[int] = set()
        self.without_threads: set[int] = set()
        self.closed_to_direct: set[int] = set()
        self.latency: float | None = 0.0
        self.in_flight: Counter[int] = Counter()
        self.most_in_flight: Counter[int] = Counter()
        self.passing: Callable[[str], None] = lambda point: None

    # What the delivery uses.

    async def send(self, place: Place, content: object, nonce: str) -> int:
        async with self._request("send", place):
            self._must_be_writable(place.channel_id)
            earlier = self._by_nonce.get(nonce)
            if earlier and self._clock.now() - earlier.sent_at < self._nonce_window:
                return earlier.id
            message = Message(self._next_id, place, content, nonce, self._clock.now())
            message.changes.append((message.sent_at, content))
            self._next_id += 1
            self.messages[message.id] = self._by_nonce[nonce] = message
            return message.id

    async def edit(self, place: Place, message_id: int, content: object, nonce: str) -> None:
        async with self._request("edit", place):
            self._must_be_there(place.channel_id)
            message = self._message(message_id)
            message.content = content
            message.changes.append((self._clock.now(), content))

    async def delete(self, place: Place, message_id: int) -> None:
        async with self._request("delete", place):
            self._must_be_there(place.channel_id)
            self.messages.pop(message_id, None)

    async def open_direct(self, direct: Direct) -> int:
        # Ids of people are smaller than those of messages, and no channel has a negative one.
        async with self._request("open_direct", Place(direct.guild_id, -direct.user_id)):
            if direct.user_id in self.closed_to_direct:
                raise Undeliverable("Discord does not let me write to them directly")
            return -direct.user_id

    async def find(self, place: Place, nonce: str, since: datetime) -> int | None:
        async with self._request("find", place):
            self._must_be_there(place.channel_id)
            for message in self.messages.values():
                if (message.place, message.nonce) == (place, nonce) and message.sent_at > since:
                    return message.id
            return None

    async def open_thread(self, thread: Thread) -> int:
        async with self._request("open_thread", thread.place):
            self._must_be_there(thread.place.channel_id)
            self._message(thread.message_id)
            if thread.place.channel_id in self.without_threads:
                raise Undeliverable("I may not open threads there or write in them")
            self.threads.setdefault(thread.message_id, thread.title)
            return thread.message_id

    # What tests use.

    def fail(
        self,
        method: str,
        error: BaseException,
        *,
        times: int = 1,
        after_effect: bool = False,
        guild_id: int | None = None,
    ) -> None:
        """Have the next requests of a kind raise an error."""
        self._faults.append(Fault(method, error, times, after_effect, guild_id))

    def recover(self) -> None:
        """Have no request fail any more."""
        self._faults.clear()

    def hold(self, guild_id: int) -> asyncio.Event:
        """Have requests for a server wait, before they take effect, until the event is set."""
        return self._holds.setdefault(guild_id, asyncio.Event())

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds; it is looked at whenever a request arrives or ends."""
        if not condition():
            come = asyncio.Event()
            self._watchers.append((condition, come))
            async with asyncio.timeout(10):
                await come.wait()

    async def until_in_flight(self, number: int) -> None:
        """Wait until that many requests are under way."""
        await self.until(lambda: self.in_flight.total() >= number)

    def delete_message(self, message_id: int) -> None:
        """Delete a message; a thread under it lives on, as on Discord."""
        del self.messages[message_id]

    def called(self, method: str) -> list[Call]:
        """The requests of a kind, in the order in which they arrived."""
        return [call for call in self.calls if call.method == method]

    def of(self, content: type) -> list[Message]:
        """The messages with a kind of content, in the order in which they were sent."""
        return [message for message in self.messages.values() if isinstance(message.content, content)]

    @property
    def prompts(self) -> list[Message]:
        return self.of(PromptContent)

    @property
    def pings(self) -> list[Message]:
        return self.of(PingContent)

    @property
    def cards(self) -> list[Message]:
        return self.of(CardContent)

    def pinged(self) -> list[int]:
        """Everybody who was mentioned by a ping, as often as it happened, sorted."""
        return sorted(member for message in self.pings for member in mentioned(message))

    def _request(self, method: str, place: Place) -> AbstractAsyncContextManager[None]:
        return _Request(self, method, place)

    async def _arrives(self, method: str, place: Place) -> None:
        guild_id = place.guild_id
        self.calls.append(Call(method, place, self._clock.now(), asyncio.get_running_loop().time()))
        self.in_flight[guild_id] += 1
        self.most_in_flight[guild_id] = max(self.most_in_flight[guild_id], self.in_flight[guild_id])
        self._tell_watchers()
        self.passing(f"{method} arrives")
        if guild_id in self._holds:
            await self._holds[guild_id].wait()
        if self.latency is not None:
            await asyncio.sleep(self.latency)
        self._strike(method, place, after_effect=False)

    def _takes_effect(self, method: str, place: Place) -> None:
        self._strike(method, place, after_effect=True)
        self.passing(f"{method} took effect")

    def _ends(self, place: Place) -> None:
        self.in_flight[place.guild_id] -= 1
        self._tell_watchers()

    def _tell_watchers(self) -> None:
        for condition, come in self._watchers:
            if condition():
                come.set()

    def _strike(self, method: str, place: Place, after_effect: bool) -> None:
        for fault in self._faults:
            if fault.strikes(method, place, after_effect):
                raise fault.error

    def _must_be_there(self, channel_id: int) -> None:
        unopened = channel_id >= FIRST_MESSAGE and channel_id not in self.threads
        if channel_id in self.gone or unopened:
            raise Undeliverable("the channel is gone")

    def _must_be_writable(self, channel_id: int) -> None:
        self._must_be_there(channel_id)
        if channel_id in self.locked:
            raise Undeliverable("the thread is locked")

    def _message(self, message_id: int) -> Message:
        if message_id not in self.messages:
            raise Undeliverable("the message is gone")
        return self.messages[message_id]


class _Request:
    """The time from a request's arrival to its answer; what is done in it is the request's effect."""

    __slots__ = ("_messenger", "_method", "_place")

    def __init__(self, messenger: FakeMessenger, method: str, place: Place):
        self._messenger = messenger
        self._method = method
        self._place = place

    async def __aenter__(self) -> None:
        try:
            await self._messenger._arrives(self._method, self._place)
        except BaseException:
            self._messenger._ends(self._place)
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._messenger._takes_effect(self._method, self._place)
        finally:
            self._messenger._ends(self._place)


def mentioned(message: Message) -> Sequence[int]:
    """Whom a ping mentions."""
    assert isinstance(message.content, PingContent)
    return message.content.members


def shown_as_done(message: Message) -> Sequence[int]:
    """Who has checked in, by what a prompt shows."""
    assert isinstance(message.content, PromptContent)
    return message.content.members
