"""Lets the bot live through a stretch of time, with restarts and outages, and reads back what it said."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.delivery import due
from bot.localtime import Weekdays
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.almanac import Outage
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.inline_database import InlineDatabase

MEMBER = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """One server with one member in a zone, and the local times of its prompt and of the member's ping."""

    zone: str
    prompt: time
    ping: time

    def at(self, kind: str) -> time:
        return self.prompt if kind == "prompt" else self.ping


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a prompt or ping of a local day."""

    state: str
    reason: str | None
    sent_at: datetime | None


class Timeline:
    """The plans, by server, over one database file; starts with nothing said."""

    def __init__(self, path: Path, plans: Mapping[int, Plan], begin: datetime):
        self._path = path
        self._plans = plans
        self.clock = ManualClock(begin)
        self.messenger = FakeMessenger(self.clock)
        self.messenger.latency = None
        self.starts = 0

    async def live(
        self,
        end: datetime,
        *,
        tick: timedelta,
        outages: Sequence[Outage] = (),
        restarts: Collection[datetime] = (),
    ) -> None:
        """Tick until an instant, in steps that restarts and outages' begins and ends fall on."""
        down = iter((*outages, Outage(end, end)))
        outage = next(down)
        services = await self._start()
        await self._plan(services)
        while (now := self.clock.now()) < end:
            if now in restarts or now == outage.begin:
                await services.close()
                if now == outage.begin:
                    self.clock.set(outage.end)
                    outage = next(down)
                services = await self._start()
                await services.delivery.resume()
            await services.delivery.tick(self.messenger)
            self.clock.set(self.clock.now() + tick)
        await services.close()

    async def said(self) -> dict[tuple[int, str], dict[date, Said]]:
        """What the outbox keeps, by server and kind and day; every message belongs to exactly one row."""
        database = await InlineDatabase.open(self._path)
        rows = await database.read(
            lambda db: db.execute(
                "select guild_id, kind, local_day, state, reason, message_id from delivery"
            ).fetchall()
        )
        await database.close()
        found: dict[tuple[int, str], dict[date, Said]] = {}
        messages = dict(self.messenger.messages)
        for guild_id, kind, day, state, reason, message_id in rows:
            message = None if message_id is None else messages.pop(message_id)
            said = Said(state, reason, message.sent_at if message else None)
            days = found.setdefault((guild_id, kind), {})
            assert days.setdefault(date.fromisoformat(day), said) is said
        assert messages == {}, "messages of which the outbox knows nothing"
        return found

    async def _start(self) -> Services:
        self.starts += 1
        return Services(await InlineDatabase.open(self._path), self.clock, sends_per_second=None)

    async def _plan(self, services: Services) -> None:
        for guild_id, plan in self._plans.items():
            await services.servers.set_up(
                guild_id, checkin_channel_id=guild_id, zone="UTC", prompt_time=plan.prompt
            )
            await services.checkins.plan(guild_id, MEMBER, zone="UTC", at=f"{plan.ping:%H:%M}", ping=True)
        await services.database.write(self._move)

    def _move(self, db: sqlite3.Connection) -> None:
        # Not by the services: they know a zone of several names by one of them only.
        for guild_id, plan in self._plans.items():
            db.execute("update server set zone = ? where guild_id = ?", (plan.zone, guild_id))
            db.execute("update routine set zone = ? where guild_id = ?", (plan.zone, guild_id))
            for kind, user_id in (("prompt", 0), ("ping", MEMBER)):
                due.unschedule(db, kind, guild_id, user_id)
                due.schedule(
                    db,
                    kind,
                    guild_id,
                    user_id,
                    zone=plan.zone,
                    at=plan.at(kind),
                    days=Weekdays.EVERY_DAY,
                    now=self.clock.now(),
                )
