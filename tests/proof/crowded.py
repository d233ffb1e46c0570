"""Many servers whose people are all due in one minute, written down as the bot would have."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.services import Services
from tests.clocks import ManualClock
from tests.wire.standin import StandIn
from tests.wire.study_server import daytime_zone, kind_of

A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Street:
    """A server: who is pinged in the thread, directly, directly for the first time; and who does things."""

    guild: int
    channel: int
    in_thread: Sequence[int]
    directly: Sequence[int]
    newly: Sequence[int]
    doers: Sequence[int]

    @property
    def due(self) -> int:
        """How many of its members are due."""
        return len(self.in_thread) + len(self.directly) + len(self.newly)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many servers, and how many members of each sort in each."""

    servers: int
    in_thread: int
    directly: int
    doers: int = 2


class Town:
    """All of them, set up in a database that no bot has opened yet.

    In the first `newly` servers there is also somebody whose direct messages are opened for the first time.
    """

    def __init__(self, standin: StandIn, database: Path, crowd: Crowd, *, newly: int = 0) -> None:
        self._standin = standin
        self._database = database
        self.zone = daytime_zone()
        self.streets = [self._street(crowd, number, int(number < newly)) for number in range(crowd.servers)]
        self.checked_in: Counter[int] = Counter()

    def _street(self, crowd: Crowd, number: int, newly: int) -> Street:
        guild = self._standin.add_guild(f"Street {number}")
        channel = self._standin.add_channel(guild, "check-ins")
        sorts = (crowd.in_thread, crowd.directly, newly, crowd.doers)
        people = [[self._standin.add_member(guild, "someone") for _ in range(many)] for many in sorts]
        return Street(guild, channel, *people)

    @property
    def due(self) -> int:
        """How many members are due, in all servers together."""
        return sum(street.due for street in self.streets)

    async def write_down(self) -> None:
        """Set everything up; nothing is due before tomorrow."""
        services = await Services.open(self._database, ManualClock(datetime.now(UTC)))
        try:
            for street in self.streets:
                await services.servers.set_up(
                    street.guild,
                    checkin_channel_id=street.channel,
                    zone=self.zone,
                    prompt_time=time(12, 0),
                )
        finally:
            await services.close()
        yesterday = int(datetime.now(UTC).timestamp()) - A_DAY
        day, before = self._day(yesterday), self._day(yesterday - A_DAY)
        with closing(sqlite3.connect(self._database)) as db, db:
            for street in self.streets:
                pinged = [*street.in_thread, *street.directly, *street.newly]
                db.executemany(
                    "insert into routine (guild_id, user_id, zone, from_day, set_at, days, at, ping) "
                    "values (?, ?, ?, ?, ?, 127, '12:00', ?)",
                    [
                        (street.guild, user, self.zone, before, yesterday - A_DAY, user in pinged)
                        for user in [*pinged, *street.doers]
                    ],
                )
                db.executemany(
                    "insert into preference (guild_id, user_id, direct_pings) values (?, ?, 1)",
                    [(street.guild, user) for user in [*street.directly, *street.newly]],
                )
                db.executemany(
                    "insert into due (kind, guild_id, user_id, zone, local_day, due_at, days, at) "
                    "values (?, ?, ?, ?, ?, ?, 127, '12:00')",
                    [
                        (
                            "ping" if user in street.in_thread else "direct_ping",
                            *(street.guild, user, self.zone),
                            *(self._day(yesterday + 2 * A_DAY), yesterday + 2 * A_DAY),
                        )
                        for user in pinged
                    ],
                )
                # By what came the day before their channels are known.
                db.executemany(
                    "insert into delivery (kind, guild_id, user_id, local_day, message_key, due_at,"
                    " too_late_at, state, wanted, shown, next_try_at, channel_id, message_id, sent_at) "
                    "values ('direct_ping', ?, ?, ?, ?, ?, ?, 'sent', 1, 1, 0, ?, ?, ?)",
                    [
                        (
                            *(street.guild, user, day, f"yesterday's of {street.guild}:{user}"),
                            *(yesterday, yesterday, self._standin.direct_channel(user), user, yesterday),
                        )
                        for user in street.directly
                    ],
                )

    def _day(self, instant: int) -> str:
        return datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(self.zone)).date().isoformat()

    def strike(self) -> None:
        """Have everything be due in the last minute: each server's prompt, and all its members' pings."""
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        with closing(sqlite3.connect(self._database, timeout=10)) as db, db:
            for kinds, at in (("('prompt')", now - timedelta(minutes=1)), ("('ping', 'direct_ping')", now)):
                db.execute(
                    f"update due set due_at = ?, local_day = ? where kind in {kinds}",
                    (int(at.timestamp()), self._day(int(at.timestamp()))),
                )

    # -- what became of it

    def messages_due(self) -> int:
        """How many messages there should be in the end, cards not counted."""
        return sum(
            1 + bool(street.in_thread) + len(street.directly) + len(street.newly) for street in self.streets
        )

    def outstanding(self) -> int:
        """How many rows of the outbox do not show yet what they should, or are still planned for now."""
        with closing(sqlite3.connect(self._database, timeout=10)) as db:
            (rows,) = db.execute("select count(*) from delivery where shown < wanted").fetchone()
            soon = int(datetime.now(UTC).timestamp())
            (planned,) = db.execute("select count(*) from due where due_at <= ?", (soon,)).fetchone()
        return int(rows) + int(planned)

    def faults(self) -> list[str]:
        """A sentence for each message that is missing or there twice, or lists the wrong people."""
        posted = self._posted()
        found = []
        for street in self.streets:
            here = posted.get(street.guild, [])
            kinds = Counter(map(kind_of, here))
            where = f"in server {street.guild}"
            if kinds["prompt"] != 1:
                found.append(f"{kinds['prompt']} prompts {where}")
            mentioned = Counter(
                int(user["id"])
                for message in here
                if kind_of(message) == "ping"
                for user in message["mentions"]
            )
            if mentioned != Counter(street.in_thread):
                found.append(f"{mentioned.total()} pings of {len(street.in_thread)} members {where}")
            if kinds["card"] != self.checked_in[street.guild]:
                found.append(f"{kinds['card']} cards of {self.checked_in[street.guild]} {where}")
            for user in [*street.directly, *street.newly]:
                number = len(self._standin.messages(self._standin.direct_channel(user)))
                if number != 1:
                    found.append(f"{number} direct messages to {user} {where}")
        return found

    def _posted(self) -> dict[int, list[dict[str, Any]]]:
        posted: dict[int, list[dict[str, Any]]] = {}
        for channel in self._standin.world.channels.values():
            if channel.guild_id is not None:
                posted.setdefault(channel.guild_id, []).extend(self._standin.messages(channel.id))
        return posted
