"""What members can do about what is stored of them, over all features at once."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import Clock
from bot.delivery.forgetting import EVERY
from bot.personal_data import PersonalData, Purpose, Record
from bot.privacy import server_data
from bot.privacy.errors import NotYourQuestion, QuestionTooOld
from bot.privacy.export import LARGEST_FILE, About, archives
from bot.storage.database import Database

GoneBy = Callable[[date], date | None]
"""By which day nothing is left in any backup of what is deleted on a day; None where there are no backups."""

ASKED_FOR = timedelta(minutes=10)
"""For so long, a question whether to forget somebody can be answered."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a feature holds about a member now: how many rows, by table; those of its purpose."""

    purpose: Purpose
    counts: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not any(self.counts.values())


@dataclass(frozen=True, slots=True)
class Question:
    """What would be forgotten, until when it can be confirmed, and what follows.

    `backups_until` is the day by which the last backup with it is gone, or None where there are none;
    `messages_take` about how long it takes until the bot's messages in Discord are deleted, or None where it
    cannot delete any, since it was taken out of the server.
    """

    held: Sequence[Held]
    until: datetime
    backups_until: date | None
    messages_take: timedelta | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is stored that could be forgotten."""
        return all(one.is_empty for one in self.held)


class Privacy:
    """What is stored about members. Everybody may ask about themselves; nobody about others."""

    def __init__(self, database: Database, clock: Clock, features: Sequence[PersonalData], gone_by: GoneBy):
        self._gone_by = gone_by
        self._database = database
        self._clock = clock
        self._features = features

    async def what(self, guild_id: int, user_id: int) -> list[Held]:
        """What each feature holds about a member now, in the order of the features."""
        return await self._database.read(self._held, guild_id, user_id)

    async def export(
        self, guild_id: int, user_id: int, server_name: str | None = None, limit: int = LARGEST_FILE
    ) -> list[bytes]:
        """Everything that is stored about a member, as ZIP files of at most so many bytes; one, mostly.

        What they tell is in the language being spoken.
        """
        exported = await self._database.read(self._exported, guild_id, user_id)
        purposes = {feature.name: feature.purpose for feature in self._features}
        about = About(guild_id, server_name, user_id, self._clock.now())
        return await asyncio.to_thread(archives, exported, purposes, about, limit)

    async def question(self, guild_id: int, user_id: int) -> Question:
        """What forgetting a member would take, to be asked before it is done."""
        return await self._database.read(self._question, guild_id, user_id)

    async def forget(self, guild_id: int, user_id: int, *, asked_by: int, until: datetime) -> Question:
        """Forget a member, everything in one transaction; answers what there was.

        `asked_by` and `until` come from the question. A second time there is nothing, and no harm in it.
        Raises NotYourQuestion and QuestionTooOld.
        """
        if asked_by != user_id:
            raise NotYourQuestion
        if self._clock.now() >= until:
            raise QuestionTooOld(minutes=int(ASKED_FOR.total_seconds()) // 60)
        return await self._database.write(self._forget, guild_id, user_id)

    def _exported(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> dict[str, Mapping[str, Sequence[Record]]]:
        return {feature.name: feature.export_member(db, guild_id, user_id) for feature in self._features}

    def _held(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Held]:
        exported = self._exported(db, guild_id, user_id)
        return [
            Held(
                feature.purpose,
                {table: len(exported[feature.name][table]) for table in feature.purpose.rows},
            )
            for feature in self._features
        ]

    def _question(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Question:
        now = self._clock.now()
        held = self._held(db, guild_id, user_id)
        counts = {table: count for one in held for table, count in one.counts.items()}
        # A message of each check-in's own and the prompt of its day: side by side, so the longer row counts.
        messages = max(counts.get("delivery", 0), counts.get("checkin", 0))
        is_there = server_data.left_at(db, guild_id) is None
        return Question(
            held, now + ASKED_FOR, self._gone_by(now.date()), messages * EVERY if is_there else None
        )

    def _forget(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Question:
        held = self._question(db, guild_id, user_id)
        for feature in self._features:
            feature.forget_member(db, guild_id, user_id)
        return held
