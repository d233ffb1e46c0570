"""All services over one database, put together in one place."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from bot.buddies import deliveries as of_buddies
from bot.buddies.service import Buddies
from bot.checkins import deliveries as of_checkins
from bot.checkins.service import CheckIns
from bot.clock import Clock
from bot.delivery import outbox
from bot.delivery.due import next_due_at
from bot.delivery.service import Delivery
from bot.facts import Facts
from bot.focus import deliveries as of_focus
from bot.focus.service import Focus
from bot.goals.service import Goals
from bot.heartbeat import Heartbeat
from bot.lookback import deliveries as of_lookback
from bot.lookback import sundays
from bot.lookback.service import Lookback
from bot.personal_data import PersonalData
from bot.preferences.service import Preferences
from bot.progress.service import Progress
from bot.routines.service import Routines
from bot.servers import store as servers_store
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.migrations import migrate, newest

SENDS_PER_SECOND = 48.0

KINDS = {**of_buddies.KINDS, **of_checkins.KINDS, **of_focus.KINDS, **of_lookback.KINDS}


@dataclass(frozen=True, slots=True)
class Health:
    """How the database and what it holds are doing."""

    servers: int
    sent: int
    lag_seconds: float
    next_due: datetime | None
    database_bytes: int
    database_version: str


class Services:
    """What the bot can do; the cogs call nothing else of the core."""

    def __init__(self, database: Database, clock: Clock, sends_per_second: float | None = SENDS_PER_SECOND):
        self.clock = clock
        self.servers = Servers(database, clock)
        self.preferences = Preferences(database)
        self.routines = Routines(database, clock, after_a_change=[sundays.replan])
        self.goals = Goals(database, clock)
        self.focus = Focus(database, clock)
        self.checkins = CheckIns(database, clock)
        self.buddies = Buddies(database, clock)
        self.progress = Progress(database, clock)
        self.lookback = Lookback(database, clock)
        self.delivery = Delivery(database, clock, KINDS, sends_per_second)
        self.facts = Facts(database)
        self.heartbeat = Heartbeat(database, clock)
        self.database = database

    @classmethod
    async def open(cls, path: Path, clock: Clock, sends_per_second: float | None = SENDS_PER_SECOND) -> Self:
        """Bring the database up to date, creating it if need be, and open it.

        Without a pace, for a world whose clock stands still, all that is due is sent at once.

        Raises DatabaseUnusable, DatabaseNewer or MigrationFailed.
        """
        migrate(path)
        return cls(await Database.open(path), clock, sends_per_second)

    async def close(self) -> None:
        """Finish what was begun and let go of the database."""
        await self.database.close()

    @property
    def personal_data(self) -> tuple[PersonalData, ...]:
        """Every feature that holds something about people."""
        return (
            self.preferences,
            self.routines,
            self.goals,
            self.focus,
            self.checkins,
            self.buddies,
            self.delivery,
        )

    async def health(self) -> Health:
        """How the database and what it holds are doing."""
        return await self.database.read(
            lambda db: Health(
                servers=servers_store.count(db),
                sent=outbox.sent_count(db),
                lag_seconds=outbox.lag(db, self.clock.now()),
                next_due=next_due_at(db),
                database_bytes=self.database.size(db),
                database_version=newest(db),
            )
        )
