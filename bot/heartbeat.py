"""The bot's own heartbeat: from its gaps is reckoned when nobody could reach it."""

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.facts import keep_fact
from bot.shards import ALL, Shards
from bot.storage.database import Database

BEAT_EVERY = timedelta(seconds=30)
GAP = timedelta(minutes=3)
"""Shorter gaps are a restart, which a member who tries again does not notice."""

LAST_BEAT = "heartbeat"
"""The name of the fact that holds the last beat, and what it begins with where there are several shards."""

OUT_OF_REACH = "out of reach"
"""What the names of the facts begin with that say when a shard that runs was last found out of reach."""

BELIEVED_FOR = timedelta(hours=1)
"""It is said again with every beat that is left out, so what is older is of a process that has ended."""


@dataclass(frozen=True, slots=True)
class Downtime:
    """From when to when nobody could reach the bot."""

    began_at: datetime
    ended_at: datetime


class Heartbeat:
    """Beats as long as the bot can be reached."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def beat(self, shards: Shards = ALL) -> Downtime | None:
        """Say that the bot can be reached now in the servers of some shards.

        Answers the downtime that this ends, the longest if it ends several.
        """
        return await self._database.write(keep_beat, self._clock.now(), shards)

    async def leave_out(self, shards: Shards = ALL) -> None:
        """Say that the bot runs, and cannot be reached now in the servers of some shards."""
        await self._database.write(_keep_out_of_reach, self._clock.now(), shards)


def keep_beat(db: sqlite3.Connection, now: datetime, shards: Shards) -> Downtime | None:
    """The same within a transaction."""
    instant = int(now.timestamp())
    ended = _gaps(last_beats(db), shards, instant)
    for shard in shards.ids:
        keep_fact(db, _name_of(shard, shards.count), str(instant))
        db.execute("delete from fact where name = ?", (_out_of_reach(shard, shards.count),))
    _forget_other_divisions(db, shards.count)
    for began, (count, gone) in ended.items():
        db.executemany(
            "insert or ignore into downtime (began_at, ended_at, shard, shards) values (?, ?, ?, ?)",
            [(began, instant, shard, count) for shard in gone],
        )
    return Downtime(datetime.fromtimestamp(min(ended), UTC), now) if ended else None


def is_out_of_reach(db: sqlite3.Connection, guild_id: int, now: datetime) -> bool:
    """Whether the bot runs and the members of a server cannot reach it, as when Discord is away."""
    rows = db.execute(
        "select name, value from fact where name >= ? and name < ?", (f"{OUT_OF_REACH}:", f"{OUT_OF_REACH};")
    )
    for name, value in rows:
        shard, _, count = name.removeprefix(f"{OUT_OF_REACH}:").partition("/")
        if Shards((int(shard),), int(count)).holds(guild_id):
            return now.timestamp() - int(value) < BELIEVED_FOR.total_seconds()
    return False


def _keep_out_of_reach(db: sqlite3.Connection, now: datetime, shards: Shards) -> None:
    for shard in shards.ids:
        keep_fact(db, _out_of_reach(shard, shards.count), str(int(now.timestamp())))


def _out_of_reach(shard: int, count: int) -> str:
    return f"{OUT_OF_REACH}:{shard}/{count}"


def last_beats(db: sqlite3.Connection) -> dict[tuple[int, int], int]:
    """When the bot could be reached last, by shard and the number of shards, in seconds since 1970."""
    rows = db.execute(
        "select name, value from fact where name = ? or (name >= ? and name < ?)",
        (LAST_BEAT, f"{LAST_BEAT}:", f"{LAST_BEAT};"),
    )
    return {_shard_in(name): int(value) for name, value in rows}


def _gaps(
    beats: Mapping[tuple[int, int], int], shards: Shards, instant: int
) -> dict[int, tuple[int, Sequence[int]]]:
    """Since when some servers have been out of reach for so long that it counts: by instant, which.

    They are shards of a number that divides the servers finely enough: where another number of shards was in
    use before, each server goes on from the beat of the shard that it was in then.
    """
    finest = math.lcm(shards.count, *(count for _, count in beats))
    counts = {count for _, count in beats}
    gone: dict[int, list[int]] = {}
    for shard in shards.ids:
        for part in range(shard, finest, shards.count):
            known = [beats[part % count, count] for count in counts if (part % count, count) in beats]
            if known and instant - max(known) >= GAP.total_seconds():
                gone.setdefault(max(known), []).append(part)
    return {
        began: (1, [0]) if len(parts) == finest else (finest, sorted(parts)) for began, parts in gone.items()
    }


def _forget_other_divisions(db: sqlite3.Connection, count: int) -> None:
    """Forget what other numbers of shards tell no more, since every shard of this number has beaten later."""
    beats = last_beats(db)
    own = [at for (_, number), at in beats.items() if number == count]
    if len(own) < count:
        return
    told = [_name_of(*each) for each, at in beats.items() if each[1] != count and at <= min(own)]
    db.executemany("delete from fact where name = ?", [(name,) for name in told])


def _name_of(shard: int, count: int) -> str:
    return LAST_BEAT if count == 1 else f"{LAST_BEAT}:{shard}/{count}"


def _shard_in(name: str) -> tuple[int, int]:
    shard, _, count = name.removeprefix(f"{LAST_BEAT}:").partition("/")
    return (int(shard), int(count)) if count else (0, 1)


def take_back_what_is_to_come(db: sqlite3.Connection, now: datetime) -> None:
    """Forget beats and downtimes of a time to come, which a clock that was ahead has written down."""
    instant = int(now.timestamp())
    for (shard, count), at in last_beats(db).items():
        if at > instant:
            keep_fact(db, _name_of(shard, count), str(instant))
    db.execute("delete from downtime where began_at >= ?", (instant,))
    db.execute("update downtime set ended_at = ? where ended_at > ?", (instant, instant))


def downtimes(db: sqlite3.Connection, guild_id: int, since: datetime) -> list[Downtime]:
    """When a server could not reach the bot, as far as it ended after an instant: the earliest first.

    That is when nobody of its shard could, and when the bot was not in that server. None overlaps another.
    """
    rows = db.execute(
        "select began_at, ended_at from downtime where ended_at > ? and (? >> 22) % shards = shard",
        (int(since.timestamp()), guild_id),
    )
    spans = [(began, ended) for began, ended in rows]
    spans += [span for span in absences(db, guild_id) if span[1] > since.timestamp()]
    merged: list[tuple[int, int]] = []
    for began, ended in sorted(spans):
        if merged and began < merged[-1][1]:
            began, ended = merged[-1][0], max(ended, merged.pop()[1])
        merged.append((began, ended))
    return [
        Downtime(datetime.fromtimestamp(began, UTC), datetime.fromtimestamp(ended, UTC))
        for began, ended in merged
    ]


def absences(db: sqlite3.Connection, guild_id: int) -> list[tuple[int, int]]:
    """From when to when the bot was not in a server that it came back to, in seconds since 1970."""
    rows = db.execute(
        "select name, value from fact where name >= ? and name < ?", _names_of_absences(guild_id)
    )
    return [(int(name.rsplit(":", 1)[1]), int(value)) for name, value in rows]


def keep_absence(db: sqlite3.Connection, guild_id: int, began_at: int, ended_at: int) -> None:
    """Keep from when to when the bot was not in a server, so that no member misses a day by it."""
    first, _ = _names_of_absences(guild_id)
    keep_fact(db, f"{first}{began_at}", str(ended_at))


def forget_absences(db: sqlite3.Connection, guild_id: int) -> None:
    """Forget when the bot was not in a server."""
    db.execute("delete from fact where name >= ? and name < ?", _names_of_absences(guild_id))


def _names_of_absences(guild_id: int) -> tuple[str, str]:
    """What the names of those facts begin with, and the first name after them: ";" follows ":"."""
    return f"absence:{guild_id}:", f"absence:{guild_id};"
