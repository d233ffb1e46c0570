"""A study server as tests see it: set it up, plan, check in, let time pass, read the outbox."""

import sqlite3
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.checkins.rules import Entry
from bot.checkins.service import Report
from bot.routines.service import Planned
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger

GUILD, CHANNEL = 1, 10
ADA, BEN, CLEO = 101, 102, 103


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the outbox."""

    user_id: int
    day: str
    state: str
    reason: str | None
    message_id: int | None
    channel_id: int | None
    attempts: int


class Study:
    """One server (by default), its members, and the bot's services. Times are of the zone given, else UTC."""

    def __init__(self, services: Services, clock: ManualClock, messenger: FakeMessenger):
        self.services = services
        self.clock = clock
        self.messenger = messenger

    async def set_up(
        self, guild_id: int = GUILD, *, channel_id: int = CHANNEL, zone: str = "UTC", prompt_at: str = "09:00"
    ) -> None:
        await self.services.servers.set_up(
            guild_id, checkin_channel_id=channel_id, zone=zone, prompt_time=time.fromisoformat(prompt_at)
        )

    async def plan(
        self,
        user_id: int,
        at: str = "09:30",
        *,
        guild_id: int = GUILD,
        zone: str = "UTC",
        days: str = "every day",
        ping: bool = True,
    ) -> Planned:
        return await self.services.routines.plan(guild_id, user_id, zone=zone, days=days, at=at, ping=ping)

    async def check_in(self, user_id: int, done: str = "Read a paper", *, guild_id: int = GUILD) -> Report:
        return await self.services.checkins.report(guild_id, user_id, Entry(done))

    async def tick(self) -> int:
        return await self.services.delivery.tick(self.messenger)

    async def tick_at(self, at: str, day: date | None = None) -> int:
        """Let it be a time, in UTC, of today or another day, and do one round."""
        now = self.clock.now()
        wanted = time.fromisoformat(at)
        moment = now.replace(hour=wanted.hour, minute=wanted.minute, second=wanted.second, microsecond=0)
        if day is not None:
            moment = moment.replace(year=day.year, month=day.month, day=day.day)
        assert moment >= now, "time does not run backwards"
        self.clock.set(moment)
        return await self.tick()

    async def outbox(self, kind: str, guild_id: int = GUILD) -> list[Kept]:
        """What the outbox keeps of a kind, by day and member."""

        def read(db: sqlite3.Connection) -> list[Kept]:
            rows = db.execute(
                """
                select user_id, local_day, state, reason, message_id, channel_id, attempts from delivery
                where kind = ? and guild_id = ? order by local_day, user_id
                """,
                (kind, guild_id),
            )
            return [Kept(*row) for row in rows]

        return await self.services.database.read(read)

    async def fates(self, kind: str, guild_id: int = GUILD) -> list[tuple[str, str, str | None]]:
        """What became of each row of a kind: its day, its state, and the reason."""
        return [(row.day, row.state, row.reason) for row in await self.outbox(kind, guild_id)]

    async def execute(self, sql: str, *values: Any) -> None:
        """Change the database by hand, as damage or an earlier version would."""
        await self.services.database.write(lambda db: db.execute(sql, values).rowcount)
