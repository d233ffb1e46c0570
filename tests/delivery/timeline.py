"""Lets the bot live through a stretch of time, with restarts and outages, and reads back what it said."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.delivery import due
from bot.localtime import Weekdays
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.almanac import Outage
from tests.delivery.fake_messenger import FakeMessenger, mentioned
from tests.delivery.inline_database import InlineDatabase


@dataclass(frozen=True, slots=True)
class Plan:
    """A server in a zone and a member in it, and the local times of the server's prompt and of the pings.

    For each further name of the zone there is a further member, who lives by that name.
    """

    zone: str
    prompt: time
    ping: time
    other_names: Sequence[str] = ()

    def subjects(self) -> Iterator[tuple[str, int, str, time]]:
        """All that is due in the server day by day: kind, member, zone and time."""
        yield "prompt", 0, self.zone, self.prompt
        for member, name in enumerate((self.zone, *self.other_names), start=1):
            yield "ping", member, name, self.ping


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

    async def said(self) -> dict[tuple[int, str, int], dict[date, Said]]:
        """What the outbox keeps, by server, kind and member, and by day; it knows of every message."""
        database = await InlineDatabase.open(self._path)
        rows = await database.read(
            lambda db: db.execute(
                "select guild_id, kind, user_id, local_day, state, reason, message_id from delivery"
            ).fetchall()
        )
        await database.close()
        found: dict[tuple[int, str, int], dict[date, Said]] = {}
        addressed: dict[int, list[int]] = {}
        for guild_id, kind, user_id, day, state, reason, message_id in rows:
            message = None if message_id is None else self.messenger.messages[message_id]
            said = Said(state, reason, message.sent_at if message else None)
            days = found.setdefault((guild_id, kind, user_id), {})
            assert days.setdefault(date.fromisoformat(day), said) is said
            if message_id is not None:
                addressed.setdefault(message_id, []).append(user_id)
        assert addressed.keys() == self.messenger.messages.keys()
        for ping in self.messenger.pings:
            assert sorted(mentioned(ping)) == sorted(addressed[ping.id])
        return found

    async def _start(self) -> Services:
        self.starts += 1
        return Services(await InlineDatabase.open(self._path), self.clock, openings_every=None)

    async def _plan(self, services: Services) -> None:
        for guild_id, plan in self._plans.items():
            await services.servers.set_up(
                guild_id, checkin_channel_id=guild_id, zone="UTC", prompt_time=plan.prompt
            )
            for kind, member, _, at in plan.subjects():
                if kind == "ping":
                    await services.routines.plan(guild_id, member, zone="UTC", at=f"{at:%H:%M}", ping=True)
        await services.database.write(self._move)

    def _move(self, db: sqlite3.Connection) -> None:
        # Not by the services: they know a zone of several names by one of them only.
        for guild_id, plan in self._plans.items():
            db.execute("update server set zone = ? where guild_id = ?", (plan.zone, guild_id))
            for kind, member, zone, at in plan.subjects():
                db.execute(
                    "update routine set zone = ? where guild_id = ? and user_id = ?", (zone, guild_id, member)
                )
                due.unschedule(db, kind, guild_id, member)
                due.schedule(
                    db,
                    kind,
                    guild_id,
                    member,
                    zone=zone,
                    at=at,
                    days=Weekdays.EVERY_DAY,
                    now=self.clock.now(),
                )
