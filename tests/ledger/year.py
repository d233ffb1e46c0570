"""A year of a bot and its members: what each does when, with the bot down or killed at times."""

import asyncio
import heapq
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.checkins.pings import DirectPingContent, PingContent
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.crashes import Crash
from tests.delivery.fake_messenger import FIRST_MESSAGE, FakeMessenger
from tests.delivery.inline_database import InlineDatabase
from tests.ledger.diary import DAY, Diary
from tests.ledger.member import Member
from tests.ledger.people import HOMES, SERVER_ZONES, somebody

P = ParamSpec("P")
T = TypeVar("T")

BEAT_EVERY, SHORT_RESTART = timedelta(seconds=175), timedelta(minutes=3)
TICK_EVERY, LOOK_EVERY = timedelta(hours=6), timedelta(days=30)
OUTAGES, CRASHES = 25, 60
CHANNEL = 10
# What comes first of what happens at the same instant.
CLOCKS, ACTS, PINGS, ROUNDS = range(4)


class MortalDatabase(InlineDatabase):
    """Dies with its process, so that nothing is written after a crash."""

    is_dead = False

    async def write(
        self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self.is_dead:
            raise Crash("write")
        return await super().write(job, *args, **kwargs)


@dataclass(order=True, slots=True)
class Event:
    """Something that happens at an instant; `plan` is which plan of the member's it belongs to."""

    at: datetime
    rank: int
    number: int
    what: str = field(compare=False)
    member: Member | None = field(compare=False, default=None)
    day: date = field(compare=False, default=date.min)
    second: bool = field(compare=False, default=False)
    plan: int = field(compare=False, default=0)
    zone: str = field(compare=False, default="")
    until: datetime | None = field(compare=False, default=None)


class Year:
    """The world: a queue of events, a clock that jumps from one to the next, and a bot whose heart beats.

    `wrong` holds every ping that should not have been sent or is missing, and every ledger that is not what
    its member remembers.
    """

    def __init__(self, path: Path, begin: datetime, end: datetime, members: int, seed: int):
        self.wrong: list[str] = []
        self.counts: Counter[str] = Counter()
        self._chance = Random(seed)
        self._path, self._begin, self._end = path, begin, end
        self._clock = ManualClock(begin)
        self._messenger = FakeMessenger(self._clock)
        self._messenger.latency = None
        self._queue: list[Event] = []
        self._number = 0
        self._services: Services | None = None
        self._down_since = self._back_at = begin
        self._is_to_crash = False
        self._missed: list[Event] = []
        self._last_message = FIRST_MESSAGE - 1
        self._zones = dict(enumerate(SERVER_ZONES, start=1))
        self._members = [self._member(number, Random(f"{seed}:{number}")) for number in range(members)]

    async def live(self) -> None:
        """From begin to end; then every member's ledger is looked at."""
        asyncio.get_running_loop().set_exception_handler(_say_nothing_of_crashes)
        await self._start()
        for guild_id, zone in self._zones.items():
            await self._up.servers.set_up(
                guild_id, checkin_channel_id=CHANNEL, zone=zone, prompt_time=time(9, 0)
            )
        self._plan_the_year()
        while self._queue and self._queue[0].at <= self._end:
            event = heapq.heappop(self._queue)
            await self._let_time_pass(event.at)
            await self._happens(event)
        await self._let_time_pass(self._end)
        if self._services is None:
            await self._is_back()
        await self._compare(self._members)
        await self._up.close()

    @property
    def _up(self) -> Services:
        assert self._services is not None
        return self._services

    def _member(self, number: int, chance: Random) -> Member:
        guild_id = number % len(self._zones) + 1
        diary = Diary(self._zones[guild_id], self._begin)
        member = Member(guild_id, 1000 + number, somebody(chance), chance, diary)
        if member.who.refuses_direct_messages:
            self._messenger.closed_to_direct.add(member.user_id)
        return member

    def _plan_the_year(self) -> None:
        for zone in sorted({*SERVER_ZONES, *HOMES}):
            self._hang_up_a_clock(zone)
        for member in self._members:
            self._plan_the_day(member)
        for _ in range(OUTAGES):
            begin = self._sometime()
            minutes = self._chance.choice((2, 20, 59, 61, 100, 300, 26 * 60, 70 * 60))
            self._put(begin, ACTS, "outage", until=begin + timedelta(minutes=minutes))
        for _ in range(CRASHES):
            self._put(self._sometime(), ACTS, "crash")
        for number in range((self._end - self._begin) // TICK_EVERY):
            self._put(self._begin + number * TICK_EVERY, ROUNDS, "tick")
        for number in range(1, (self._end - self._begin) // LOOK_EVERY):
            self._put(self._begin + number * LOOK_EVERY, ROUNDS, "look")
        self._put(self._begin + 100 * DAY, ACTS, "server moves")

    def _sometime(self) -> datetime:
        minutes = (self._end - self._begin) // timedelta(minutes=1)
        return self._begin + timedelta(minutes=self._chance.randrange(minutes))

    def _put(self, at: datetime, rank: int, what: str, **more: Any) -> None:
        self._number += 1
        heapq.heappush(self._queue, Event(at, rank, self._number, what, **more))

    def _plan_the_day(self, member: Member) -> None:
        diary, today = member.diary, member.diary.today
        for intent in member.intents((today - self._begin.date()).days):
            at = diary.instant(today + intent.tomorrow * DAY, intent.at)
            if at > self._clock.now():
                self._put(at, ACTS, intent.what, member=member, day=today)

    def _hang_up_a_clock(self, zone: str) -> None:
        """From now on it strikes at noon and at midnight for everybody who lives there."""
        clock = Diary(zone, self._begin)
        midnight = self._begin
        while midnight <= self._end:
            noon, midnight = clock.instant(clock.today, time(12)), clock.end_of(clock.today)
            if noon > self._begin:
                self._put(noon, CLOCKS, "noon", zone=zone)
            self._put(midnight, CLOCKS, "midnight", zone=zone)
            clock.midnight(midnight)

    def _await_ping(self, member: Member, after: datetime, second: bool) -> None:
        ping = member.next_ping(after, second)
        if ping is not None:
            at, day = ping
            plan = member.plans_made
            self._put(at, PINGS, "ping", member=member, day=day, second=second, plan=plan)

    async def _let_time_pass(self, until: datetime) -> None:
        """Up to an instant; while the bot is up, its heart beats."""
        while self._services and self._clock.now() < until:
            self._clock.set(min(self._clock.now() + BEAT_EVERY, until))
            await self._services.heartbeat.beat()
        self._clock.set(until)

    async def _happens(self, event: Event) -> None:
        self.counts[event.what] += 1
        member, is_up = event.member, self._services is not None
        if event.zone:
            self._clock_strikes(event)
        elif member is None:
            await self._happens_to_the_bot(event)
        elif event.rank == PINGS:
            events = [event]
            while self._queue and (self._queue[0].at, self._queue[0].rank) == (event.at, PINGS):
                events.append(heapq.heappop(self._queue))
            self._missed += events
            if is_up:
                await self._round()
        elif is_up:
            await self._acts(event, member)
        else:
            # They try again when the bot is back.
            wait = timedelta(minutes=self._chance.randint(1, 90))
            self._put(self._back_at + wait, ACTS, event.what, member=member, day=event.day)

    async def _happens_to_the_bot(self, event: Event) -> None:
        if event.what == "back":
            await self._is_back()
        elif event.what == "crash":
            self._is_to_crash = True
        elif self._services is None:
            return
        elif event.what == "outage" and event.until:
            await self._services.close()
            self._is_down(until=event.until)
        elif event.what == "tick":
            await self._round()
        elif event.what == "look":
            await self._compare(self._chance.sample(self._members, len(self._members) // 10))
        elif event.what == "server moves":
            await self._server_moves()

    def _clock_strikes(self, event: Event) -> None:
        for member in self._members:
            if member.diary.zone != event.zone:
                continue
            if event.what == "noon":
                member.diary.noon(event.at)
            else:
                member.diary.midnight(event.at)
                self._plan_the_day(member)

    async def _acts(self, event: Event, member: Member) -> None:
        now, plans_made = self._clock.now(), member.plans_made
        await member.do(self._up, event.what, event.day, now)
        if member.plans_made != plans_made:
            for second in (False, True):
                self._await_ping(member, now, second)

    async def _server_moves(self) -> None:
        """With it those who live by its days, having planned none of their own."""
        guild_id, zone = 1, "Pacific/Apia"
        await self._up.servers.set_up(guild_id, zone=zone)
        for member in self._members:
            if member.guild_id == guild_id and not member.has_planned:
                member.diary.move(self._clock.now(), zone)

    # The bot.

    async def _start(self) -> None:
        self._database = await MortalDatabase.open(self._path)
        self._services = Services(self._database, self._clock, openings_every=None)
        self._messenger.passing = lambda point: None
        await self._services.delivery.resume()
        await self._services.heartbeat.beat()

    def _is_down(self, until: datetime) -> None:
        self._services = None
        self._down_since, self._back_at = self._clock.now(), until
        self._put(until, ACTS, "back")

    async def _is_back(self) -> None:
        now = self._clock.now()
        await self._start()
        if now - self._down_since >= SHORT_RESTART:
            for member in self._members:
                member.diary.out_of_reach(self._down_since, now)
        if not (self._queue and (self._queue[0].at, self._queue[0].rank) == (now, PINGS)):
            await self._round()

    async def _round(self) -> None:
        """All that is due is sent, and judged, unless the bot dies over it."""
        now = self._clock.now()
        expected: dict[tuple[int, bool], Event] = {}
        while self._missed:
            event = self._missed.pop()
            assert event.member is not None
            if event.plan != event.member.plans_made:
                continue
            if event.member.is_to_be_pinged(now, event.at, event.day, event.second):
                expected[event.member.user_id, event.second] = event
            self._await_ping(event.member, event.at, event.second)
            while self._queue[0].at <= now and self._queue[0].rank == PINGS:
                self._missed.append(heapq.heappop(self._queue))
        if self._is_to_crash and expected:
            self._is_to_crash = False
            self._messenger.passing = self._dies_at(self._chance.randint(1, 4))
        try:
            await self._up.delivery.tick(self._messenger)
        except Crash:
            self.counts["killed"] += 1
            await self._database.close()
            self._is_down(until=now + timedelta(minutes=self._chance.choice((1, 2, 5, 30, 70))))
        said = self._said()
        self.counts["pings"] += said.total()
        if self._services is None:
            self._missed = [event for key, event in expected.items() if key not in said]
            expected = {key: event for key, event in expected.items() if key in said}
        if said != Counter(expected.keys()):
            self.wrong.append(f"{now}: pinged {sorted(said.elements())} instead of {sorted(expected)}")

    def _dies_at(self, number: int) -> Callable[[str], None]:
        """Kills the process as a message arrives at Discord or just after it has been posted."""
        left = number

        def passing(point: str) -> None:
            nonlocal left
            left -= point.startswith("send")
            if left <= 0:
                self._database.is_dead = True
                raise Crash(point)

        return passing

    def _said(self) -> Counter[tuple[int, bool]]:
        """Whom new messages mention as a first or second ping."""
        said: Counter[tuple[int, bool]] = Counter()
        messages = self._messenger.messages
        newest = next(reversed(messages), self._last_message)
        for number in range(self._last_message + 1, newest + 1):
            content = messages[number].content if number in messages else None
            if isinstance(content, PingContent):
                said.update((user_id, content.is_second) for user_id in content.members)
            elif isinstance(content, DirectPingContent):
                said[content.user_id, content.is_second] += 1
        self._last_message = max(newest, self._last_message)
        self._messenger.calls.clear()
        return said

    async def _compare(self, members: Sequence[Member]) -> None:
        for member in members:
            member.diary.look_at_the_clock(self._clock.now())
            days = await self._up.checkins.ledger(member.guild_id, member.user_id)
            remembered = member.diary.days()
            self.counts["ledgers"] += 1
            self.counts.update(day.reason.name for day in remembered)
            if days != remembered:
                unlike = [pair for pair in zip(days, remembered, strict=False) if pair[0] != pair[1]]
                self.wrong.append(f"{member.user_id} at {self._clock.now()}: {unlike[:1] or 'length'}")


def _say_nothing_of_crashes(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), Crash):
        loop.default_exception_handler(context)
