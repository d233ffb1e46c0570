"""Reads, and only reads, over what other features keep: check-ins, evidence, builds, goals and focus.

It is the one store that looks beyond its own feature's tables, since a look back owns none and a server of
ten thousand members is only summed up fast enough where the rows are.
"""

import json
import sqlite3
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from bot.checkins.rules import KindOfWork
from bot.goals.rules import Goal, GoalState
from bot.lookback.rules import Days, Focus, Links, Together, Work, WorkByKind, begin_in_turn

LINKS_A_MEMBER = 3

# A day begins 14 hours before it does in UTC and, with the morning on which it may still be reported, is
# over 24 hours after. By these bounds an index finds the few rows that are looked at.
BEGINS_BEFORE, ENDS_AFTER = timedelta(days=1), timedelta(days=3)


def work_between(db: sqlite3.Connection, guild_id: int, days: Days) -> tuple[int, WorkByKind]:
    """How many members of a server checked in for some days, and what for."""
    bounds = _bounds(guild_id, days)
    (members,) = db.execute(
        """
        select count(distinct user_id) from checkin indexed by checkin_by_time
        where guild_id = :guild and reported_at between :from and :until
              and local_day between :first and :last
        """,
        bounds,
    ).fetchone()
    rows = db.execute(
        """
        select kind, count(*), coalesce(sum(minutes), 0) from checkin indexed by checkin_by_time
        where guild_id = :guild and reported_at between :from and :until
              and local_day between :first and :last
        group by kind
        """,
        bounds,
    )
    return members, {KindOfWork(kind): Work(check_ins, minutes) for kind, check_ins, minutes in rows}


def links_of(
    db: sqlite3.Connection, guild_id: int, days: Days, members: Collection[int], limit: int
) -> tuple[list[Links], int]:
    """What some members showed, and how many of them there are beyond the limit.

    Whoever checked in with the kind "showing" or was in on a baseline comes first, then whoever showed
    something earlier.
    """
    # By "cross join" the tables are read in this order; SQLite's own begins with all of the server's links.
    named = _bounds(guild_id, days) | {"members": json.dumps(sorted(members)), "limit": limit}
    found = db.execute(
        """
        with shown as (
            select checkin.user_id, checkin.kind = 'showing' as as_such, checkin.reported_at as at
            from json_each(:members) as member
            cross join evidence on evidence.guild_id = :guild and evidence.user_id = member.value
                 and evidence.local_day between :first and :last
            cross join checkin on checkin.guild_id = :guild and checkin.user_id = member.value
                 and checkin.local_day = evidence.local_day
            union all
            select build_member.user_id, 1, build.ended_at
            from json_each(:members) as member
            cross join build_member on build_member.guild_id = :guild and build_member.user_id = member.value
                 and build_member.shown_on between :first and :last
            cross join build on build.id = build_member.build_id
        )
        select user_id, count(*) over () as everybody from shown
        group by user_id order by max(as_such) desc, min(at), user_id limit :limit
        """,
        named,
    ).fetchall()
    more = found[0]["everybody"] - len(found) if found else 0
    return [Links(row["user_id"], _newest_links(db, guild_id, row["user_id"], days)) for row in found], more


def _newest_links(db: sqlite3.Connection, guild_id: int, user_id: int, days: Days) -> list[str]:
    rows = db.execute(
        """
        select url from (
            select url, kind = 'showing' as as_such, local_day as day, position
            from evidence join checkin using (guild_id, user_id, local_day)
            where guild_id = :guild and user_id = :user and local_day between :first and :last
            union all
            select build.shown, 1, shown_on, 0 from build_member join build on build.id = build_id
            where build_member.guild_id = :guild and user_id = :user and shown_on between :first and :last
        )
        group by url
        order by max(as_such) desc, max(day) desc, min(position)
        limit :limit
        """,
        _bounds(guild_id, days) | {"user": user_id, "limit": LINKS_A_MEMBER},
    )
    return [url for (url,) in rows]


def kept_goals(
    db: sqlite3.Connection, guild_id: int, week: date, members: Collection[int], limit: int, fit: int
) -> tuple[list[Goal], int]:
    """The goals of a week that some members kept, and how many there are beyond the limit.

    Where more than `fit` were kept, which a message is sure to hold, others come first each week.
    """
    kept = """
        from json_each(:members) as member
        cross join goal on goal.guild_id = :guild and goal.user_id = member.value and goal.week = :week
        where goal.state = 'kept'
    """
    chosen = {"guild": guild_id, "week": week.isoformat(), "members": json.dumps(sorted(members))}
    (total,) = db.execute(f"select count(*) {kept}", chosen).fetchone()
    first = begin_in_turn(total, week, fit)

    def page(offset: int, number: int) -> list[Goal]:
        rows = db.execute(
            f"select goal.* {kept} order by goal.user_id, goal.id limit :number offset :offset",
            {**chosen, "number": number, "offset": offset},
        )
        return [Goal(row["id"], row["user_id"], week, row["text"], GoalState(row["state"])) for row in rows]

    goals = page(first, limit)
    goals += page(0, min(limit - len(goals), first))
    return goals, total - len(goals)


def focus_together(db: sqlite3.Connection, guild_id: int, days: Days, now: datetime) -> Together:
    """What the members of a server spent in focus in company, in companies of two and more."""
    companies, seconds = db.execute(
        """
        select count(*), coalesce(sum(seconds), 0) from (
            select sum(min(coalesce(stopped_at, ends_at), :now) - began_at) as seconds
            from focus indexed by focus_by_end
            where guild_id = :guild and ends_at between :from and :until
                  and local_day between :first and :last and company is not null and seen = 1
            group by company having count(distinct user_id) > 1
        )
        """,
        _bounds(guild_id, days) | {"now": int(now.timestamp())},
    ).fetchone()
    return Together(companies, seconds // 60)


def focus_of(db: sqlite3.Connection, guild_id: int, user_id: int, days: Days, now: datetime) -> Focus:
    """A member's blocks of focus in some days; one that is running counts for as long as it has."""
    blocks, seconds = db.execute(
        """
        select count(*), coalesce(sum(min(coalesce(stopped_at, ends_at), :now) - began_at), 0)
        from focus indexed by focus_by_member
        where guild_id = :guild and user_id = :user and local_day between :first and :last
        """,
        _bounds(guild_id, days) | {"user": user_id, "now": int(now.timestamp())},
    ).fetchone()
    return Focus(blocks, seconds // 60)


def _bounds(guild_id: int, days: Days) -> dict[str, int | str]:
    first, last = datetime.combine(days.first, time.min, UTC), datetime.combine(days.last, time.min, UTC)
    return {
        "guild": guild_id,
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
        "from": int((first - BEGINS_BEFORE).timestamp()),
        "until": int((last + ENDS_AFTER).timestamp()),
    }
