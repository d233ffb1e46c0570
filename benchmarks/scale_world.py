"""A database as it is after three years of many servers, made in bulk by SQL.

Each of the members has a routine with their own zone, days and hour, and a ping planned for it. Members came
evenly since their server was set up, which was evenly over three years. Seven in ten fell silent within two
weeks, three in a hundred are there to this day and check in on four days in five, the others came now and
then for two months. A server's size goes by the square root: the first of ten thousand has a hundredth of all
members, the last half of the servers have three in ten of them.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from math import sqrt
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.localtime import Weekdays, next_occurrence
from bot.storage.migrations import migrate

YEARS_IN_DAYS = 1_095
PROMPTS_FOR = 365
"""The rows of so many days' prompts are there; all others are there whole."""

FIRST_USER = 1 << 60
FIRST_MESSAGE = 1 << 61

ZONES = (
    *("America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "America/Bogota"),
    *("Europe/London", "Europe/Berlin", "Europe/Madrid", "Europe/Warsaw", "Europe/Istanbul"),
    *("Africa/Lagos", "Africa/Cairo", "Africa/Nairobi", "Africa/Johannesburg"),
    *("Asia/Kolkata", "Asia/Karachi", "Asia/Dhaka", "Asia/Jakarta", "Asia/Manila", "Asia/Tokyo"),
    *("Asia/Shanghai", "Asia/Kathmandu", "Australia/Sydney", "Pacific/Auckland"),
)
HOURS = (7, 8, 8, 9, 12, 13, 17, 18, 18, 19, 19, 20, 20, 20, 21, 22)
"""The hours at which people want to be pinged, the evening mostly; half of them at the half hour."""

DAYS = (Weekdays.EVERY_DAY, Weekdays(0b0011111))
WORDS = (
    "Trained the baseline again with a smaller learning rate, read the loss curve and wrote down what I saw. "
    "Cleaned the labels of the second split, three of a hundred were wrong, and the score moved by a point. "
    "Put the demo behind a small form, asked two people to break it, and fixed what they broke at once. "
)


@dataclass(frozen=True, slots=True)
class StudyServer:
    """A server to be filled, with its check-in channel and how many members plan something there."""

    guild: int
    channel: int
    members: int


def sized(places: Sequence[tuple[int, int]], members: int) -> list[StudyServer]:
    """Spread members over servers, of which each is given by its id and its channel's."""
    count = len(places)
    until = [int(members * sqrt(number / count)) for number in range(count + 1)]
    return [
        StudyServer(guild, channel, last - first)
        for (guild, channel), first, last in zip(places, until, until[1:], strict=False)
    ]


def fill(path: Path, servers: Sequence[StudyServer], now: datetime) -> None:
    """Make the database; nothing of it is due before the minute after next."""
    migrate(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        # Whatever this leaves behind when it is cut off is thrown away.
        for pragma in (
            "journal_mode = off",
            "synchronous = off",
            "cache_size = -200000",
            "temp_store = memory",
        ):
            db.execute(f"pragma {pragma}")
        indexes = _drop_indexes(db)
        db.execute("begin")
        _servers(db, servers, now)
        _members(db, servers, now)
        _checkins(db)
        _messages(db, now)
        db.execute("commit")
        for index in indexes:
            db.execute(index)
        db.execute("pragma journal_mode = wal")


def _drop_indexes(db: sqlite3.Connection) -> list[str]:
    """Indexes are made faster over all rows at once."""
    rows = db.execute(
        """
        select name, sql from sqlite_schema
        where type = 'index' and sql is not null and tbl_name in ('checkin', 'delivery', 'due', 'goal')
        """
    ).fetchall()
    for name, _ in rows:
        db.execute(f"drop index {name}")
    return [sql for _, sql in rows]


def _servers(db: sqlite3.Connection, servers: Sequence[StudyServer], now: datetime) -> None:
    db.execute(
        "create temp table place (guild_id integer primary key, ago integer, zone text, offset integer)"
    )
    instant = int(now.timestamp())
    offsets = [
        int((now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds()) for zone in ZONES
    ]
    for number, server in enumerate(servers):
        ago = YEARS_IN_DAYS - number * 7919 % YEARS_IN_DAYS
        zone = number % len(ZONES)
        began = instant - ago * 86_400
        db.execute("insert into place values (?, ?, ?, ?)", (server.guild, ago, ZONES[zone], offsets[zone]))
        db.execute(
            """
            insert into server (guild_id, checkin_channel_id, zone, prompt_time, set_up_at, changed_at,
                                lookback_weekday)
            values (?, ?, ?, '18:00', ?, ?, 6)
            """,
            (server.guild, server.channel, ZONES[zone], began, began),
        )
    db.execute(
        "insert into server_zone (guild_id, set_at, zone) select guild_id, set_up_at, zone from server"
    )


def _members(db: sqlite3.Connection, servers: Sequence[StudyServer], now: datetime) -> None:
    """Who there is, since when and how faithfully, with their routines, and when each is pinged next."""
    db.execute(
        """
        create temp table member (
            n integer primary key, guild_id integer, user_id integer, zone text, offset integer, at text,
            minute integer, days integer, ago integer, span integer, rate integer
        )
        """
    )
    db.execute(
        "create temp table plan (number integer primary key, zone text, offset integer, at text,"
        " minute integer, days integer, local_day text, due_at integer)"
    )
    plans = list(_plans(now))
    db.executemany(f"insert into plan values ({', '.join('?' * 8)})", plans)
    db.execute("create temp table seat (n integer primary key, guild_id integer)")
    db.executemany(
        "insert into seat (guild_id) values (?)",
        ((server.guild,) for server in servers for _ in range(server.members)),
    )
    db.execute(
        """
        insert into member
        with hashed as (select n, guild_id, (n * 40503 >> 3) & 0xffff as h from seat)
        select n, guild_id, ? + n, plan.zone, plan.offset, at, minute, days, h % place.ago,
               case when h % 100 < 3 then 10000 when h % 100 < 30 then 60 else 14 end,
               case when h % 100 < 3 then 80 when h % 100 < 30 then 14 else 22 end
        from hashed join place using (guild_id) join plan on plan.number = n * 7919 % ?
        """,
        (FIRST_USER, len(plans)),
    )
    instant = int(now.timestamp())
    db.execute(
        """
        insert into routine (guild_id, user_id, set_at, from_day, zone, days, at, ping)
        select guild_id, user_id, ?1 - ago * 86400 - 86400,
               date(?1 + offset - ago * 86400, 'unixepoch'), zone, days, at, 1
        from member order by guild_id, user_id
        """,
        (instant,),
    )
    db.execute(
        """
        insert into preference (guild_id, user_id, shown, named)
        select guild_id, user_id, case n % 3 when 0 then 'streak' else 'nothing' end, 1
        from member where n % 5 = 0 order by guild_id, user_id
        """
    )
    db.execute(
        """
        insert into due (kind, guild_id, user_id, zone, at, days, local_day, due_at)
        select 'ping', member.guild_id, user_id, plan.zone, plan.at, plan.days, local_day, due_at
        from member join plan on plan.number = n * 7919 % ? order by member.guild_id, user_id
        """,
        (len(plans),),
    )
    for kind, at, days in (
        ("prompt", time(18), Weekdays.EVERY_DAY),
        ("lookback", time(18), Weekdays.SUNDAY),
    ):
        for zone in ZONES:
            first = next_occurrence(now + timedelta(minutes=2), zone, at, days)
            assert first is not None
            db.execute(
                """
                insert into due (kind, guild_id, user_id, zone, at, days, local_day, due_at)
                select ?, guild_id, 0, zone, '18:00', ?, ?, ? from place where zone = ?
                """,
                (kind, int(days), first.day.isoformat(), int(first.at.timestamp()), zone),
            )


def _plans(now: datetime) -> Iterator[tuple[int, str, int, str, int, int, str, int]]:
    choices = product(ZONES, HOURS, (0, 30), DAYS)
    for number, (zone, hour, minute, days) in enumerate(choices):
        at = time(hour, minute)
        first = next_occurrence(now + timedelta(minutes=2), zone, at, days)
        assert first is not None
        offset = int((now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds())
        yield (
            *(number, zone, offset, at.isoformat("minutes"), hour * 60 + minute, int(days)),
            *(first.day.isoformat(), int(first.at.timestamp())),
        )


def _checkins(db: sqlite3.Connection) -> None:
    """Each member's, from the day they came on; on every fifth day there is a link, each week a goal."""
    today = (datetime.now(UTC).date() - date(1970, 1, 1)).days
    db.execute("create temp table day (k integer primary key)")
    db.executemany("insert into day values (?)", ((k,) for k in range(YEARS_IN_DAYS)))
    # Local days end yesterday, so that everybody may check in today.
    db.execute(
        """
        insert into checkin (guild_id, user_id, local_day, zone, done, next, blocked, kind, minutes,
                             reported_at, changed_at, changes)
        select guild_id, user_id, date((:today - 1 - ago + k) * 86400, 'unixepoch'), zone,
               substr(:words, 1 + h % 150, 60 + h % 90), substr(:words, 1 + h % 200, h % 60), '',
               case h % 10 when 0 then 'showing' when 1 then 'job_hunt' when 2 then 'learning'
                           when 3 then 'learning' else 'building' end,
               30 + h % 90, moment, moment, 0
        from (
            select member.*, k, (:today - 1 - ago + k) * 86400 + minute * 60 - offset as moment,
                   ((n * 7919 + k * 104729) * 40503 >> 8) & 0xffff as h
            from member cross join day where k < min(ago, span)
        ) where h % 100 < rate
        """,
        {"today": today, "words": WORDS},
    )
    db.execute(
        """
        insert into evidence (guild_id, user_id, local_day, position, url)
        select guild_id, user_id, local_day, 0,
               'https://github.com/learner-' || (user_id & 0xfffff) || '/project-' || reported_at
        from checkin where minutes % 5 = 0 and kind in ('building', 'showing')
        """
    )
    db.execute(
        """
        insert into goal (guild_id, user_id, week, text, state, set_at, changed_at)
        select guild_id, user_id, local_day, substr(done, 1, 40), 'kept', reported_at, reported_at
        from checkin where strftime('%w', local_day) = '1'
        """
    )


def _messages(db: sqlite3.Connection, now: datetime) -> None:
    """The outbox: the card of each check-in, a year of prompts, and one day's pings."""
    columns = """
        (kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state, wanted, shown,
         next_try_at, tried_at, channel_id, message_id, sent_at)
        """
    # A day's thread has an id by its server and its day, which is that of the prompt's message.
    db.execute(
        f"""
        insert into delivery {columns}
        select 'card', guild_id, user_id, local_day,
               'card:' || guild_id || ':' || user_id || ':' || local_day,
               reported_at, reported_at + 86400, 'sent', 1, 1, reported_at + 10, reported_at,
               guild_id + 1 + reported_at / 86400, ? + row_number() over (), reported_at
        from checkin
        """,
        (FIRST_MESSAGE,),
    )
    db.execute("create index temp.by_zone on place (zone)")
    instant = int(now.timestamp())
    db.execute(
        f"""
        insert into delivery {columns}
        select 'prompt', guild_id, 0, local_day, 'prompt:' || guild_id || ':' || local_day, at, at + 86400,
               'sent', 1, 1, at + 10, at, guild_id + 100000, guild_id + 1 + at / 86400, at
        from (
            select place.*, date((? / 86400 - k) * 86400, 'unixepoch') as local_day,
                   (? / 86400 - k) * 86400 + 18 * 3600 - offset as at
            from place cross join day where k between 1 and min(ago, ?)
        )
        """,
        (instant, instant, PROMPTS_FOR),
    )
    db.execute(
        f"""
        insert into delivery {columns}
        select 'ping', guild_id, user_id, date((? / 86400 - 1) * 86400, 'unixepoch'),
               'ping:' || guild_id || ':' || moment || ':0', moment, moment + 14400, 'sent', 1, 1,
               moment + 10, moment,
               guild_id + 1 + moment / 86400, ? + moment, moment
        from (
            select member.*, (? / 86400 - 1) * 86400 + minute * 60 - offset as moment
            from member order by guild_id, user_id
        )
        """,
        (instant, FIRST_MESSAGE, instant),
    )
