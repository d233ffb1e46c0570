"""The SQL of the jobs that members pursue and of what they chose for them; `journal` has the rest."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date, datetime

from bot.tracker.follow_ups import FollowUp
from bot.tracker.rules import SENT, Application, Choice, Job, State


def add(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    job: Job,
    *,
    company_key: str | None,
    lead_id: int | None,
    today: date,
    now: datetime,
) -> Application:
    """Store a job that a member saved."""
    (number,) = db.execute(
        """
        insert into application (guild_id, user_id, lead_id, company, company_key, role, place, link, founder,
                                 state, since, saved_at, changed_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'saved', ?, ?, ?) returning id
        """,
        (
            guild_id,
            user_id,
            lead_id,
            job.company,
            company_key,
            job.role,
            job.place,
            job.link,
            int(job.founder),
            today.isoformat(),
            _seconds(now),
            _seconds(now),
        ),
    ).fetchone()
    return Application(number, user_id, job, company_key, lead_id, State.SAVED, today)


def save(db: sqlite3.Connection, guild_id: int, application: Application, now: datetime) -> None:
    """Store a job of a member as it has been changed."""
    job, follow_up = application.job, application.follow_up
    db.execute(
        """
        update application set company = ?, company_key = ?, role = ?, place = ?, link = ?, founder = ?,
               state = ?, since = ?, applied_on = ?, follow_ups = ?, follow_up = ?, follow_up_on = ?,
               told_on = ?, changed_at = ?
        where id = ? and guild_id = ? and user_id = ?
        """,
        (
            job.company,
            application.company_key,
            job.role,
            job.place,
            job.link,
            int(job.founder),
            application.state.value,
            application.since.isoformat(),
            _text(application.applied_on),
            int(application.follow_ups),
            follow_up.number if follow_up else None,
            _text(follow_up.on if follow_up else None),
            _text(follow_up.told_on if follow_up else None),
            _seconds(now),
            application.id,
            guild_id,
            application.user_id,
        ),
    )


def remove(db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int) -> None:
    """Delete a job of a member."""
    db.execute(
        "delete from application where id = ? and guild_id = ? and user_id = ?",
        (application_id, guild_id, user_id),
    )


def find(db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int) -> Application | None:
    """A member's own job; None where the number belongs to somebody else or to another server."""
    row = db.execute(
        "select * from application where id = ? and guild_id = ? and user_id = ?",
        (application_id, guild_id, user_id),
    ).fetchone()
    return _application(row) if row else None


def find_by_lead(db: sqlite3.Connection, guild_id: int, user_id: int, lead_id: int) -> Application | None:
    """A member's job that came from a lead."""
    row = db.execute(
        "select * from application where guild_id = ? and user_id = ? and lead_id = ?",
        (guild_id, user_id, lead_id),
    ).fetchone()
    return _application(row) if row else None


def of_member(
    db: sqlite3.Connection, guild_id: int, user_id: int, states: Collection[State] = tuple(State)
) -> list[Application]:
    """A member's jobs in some states, in the order in which they were saved."""
    rows = db.execute(
        f"""
        select * from application where guild_id = ? and user_id = ?
        and state in ({", ".join("?" * len(states))}) order by id
        """,
        (guild_id, user_id, *(state.value for state in states)),
    )
    return [_application(row) for row in rows]


def count(
    db: sqlite3.Connection, guild_id: int, user_id: int, states: Collection[State] = tuple(State)
) -> int:
    """How many jobs a member has in some states."""
    (number,) = db.execute(
        f"""
        select count(*) from application where guild_id = ? and user_id = ?
        and state in ({", ".join("?" * len(states))})
        """,
        (guild_id, user_id, *(state.value for state in states)),
    ).fetchone()
    return int(number)


def count_applied(db: sqlite3.Connection, guild_id: int, lead_id: int | None, company_key: str | None) -> int:
    """How many members of a server who agreed to be counted wrote to a company, or because of a lead."""
    (number,) = db.execute(
        f"""
        select count(distinct user_id)
        from application join tracker_choice using (guild_id, user_id)
        where guild_id = ? and counted = 1 and (company_key = ? or lead_id = ?)
              and (applied_on is not null or state in ({", ".join("?" * len(SENT))}))
        """,
        (guild_id, company_key, lead_id, *(state.value for state in SENT)),
    ).fetchone()
    return int(number)


def choice(db: sqlite3.Connection, guild_id: int, user_id: int) -> Choice:
    """What a member chose for all their jobs, or what holds until they do."""
    row = db.execute(
        "select counted, follow_ups from tracker_choice where guild_id = ? and user_id = ?",
        (guild_id, user_id),
    ).fetchone()
    return Choice(bool(row["counted"]), bool(row["follow_ups"])) if row else Choice()


def save_choice(db: sqlite3.Connection, guild_id: int, user_id: int, choice: Choice) -> None:
    """Store what a member chose in place of what they chose before."""
    db.execute(
        "insert or replace into tracker_choice (guild_id, user_id, counted, follow_ups) values (?, ?, ?, ?)",
        (guild_id, user_id, int(choice.counted), int(choice.follow_ups)),
    )


def save_follow_ups(
    db: sqlite3.Connection, guild_id: int, user_id: int, changed: Iterable[tuple[int, FollowUp]]
) -> None:
    """Store the follow-ups of a member's jobs as they have been changed."""
    db.executemany(
        """
        update application set follow_up = ?, follow_up_on = ?, told_on = ?
        where id = ? and guild_id = ? and user_id = ?
        """,
        [
            (each.number, each.on.isoformat(), _text(each.told_on), number, guild_id, user_id)
            for number, each in changed
        ],
    )


def _application(row: sqlite3.Row) -> Application:
    follow_up = None
    if row["follow_up"] is not None:
        follow_up = FollowUp(row["follow_up"], date.fromisoformat(row["follow_up_on"]), _day(row["told_on"]))
    return Application(
        id=row["id"],
        user_id=row["user_id"],
        job=Job(row["company"], row["role"], row["place"], row["link"], bool(row["founder"])),
        company_key=row["company_key"],
        lead_id=row["lead_id"],
        state=State(row["state"]),
        since=date.fromisoformat(row["since"]),
        applied_on=_day(row["applied_on"]),
        follow_ups=bool(row["follow_ups"]),
        follow_up=follow_up,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
