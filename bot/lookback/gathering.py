"""A week put together from what every feature keeps of it, within one transaction."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.builds.rules import Baseline
from bot.builds.service import baselines_between
from bot.checkins.ledger import consistency, streak
from bot.checkins.rules import CheckIn, KindOfWork
from bot.checkins.service import checkins_between, ledger_of
from bot.goals.service import goals_between
from bot.lookback import rules, store
from bot.lookback.rules import MembersWeek, ServersWeek, Work, WorkByKind
from bot.preferences.service import members_named

LINKS_NAMED, GOALS_NAMED = 40, 40
"""How many members' links, and how many goals, are named at most; a message holds fewer if they are long."""

GOALS_THAT_FIT = 5
"""So many goals a message holds however long they are."""


def servers_week(
    db: sqlite3.Connection, guild_id: int, posting_day: date, now: datetime
) -> ServersWeek | None:
    """What a server did in the seven days before one, or None where nobody checked in."""
    days = rules.days_before(posting_day)
    members, work = store.work_between(db, guild_id, days)
    if not members:
        return None
    named = members_named(db, guild_id)
    shown, more_shown = store.links_of(db, guild_id, days, named, LINKS_NAMED)
    goals, more_goals = store.kept_goals(
        db, guild_id, rules.week_ended_in(days), named, GOALS_NAMED, GOALS_THAT_FIT
    )
    return ServersWeek(
        days,
        members,
        work,
        shown,
        more_shown,
        goals,
        more_goals,
        store.focus_together(db, guild_id, days, now),
    )


def members_week(
    db: sqlite3.Connection, guild_id: int, user_id: int, week: date, now: datetime
) -> MembersWeek:
    """What a member did in the week that is named by its Monday."""
    days = rules.days_of_week(week)
    ledger = [day for day in ledger_of(db, guild_id, user_id, now) if day.day <= days.last]
    states = {day.day: day.state for day in ledger}
    check_ins = checkins_between(db, guild_id, user_id, days.first, days.last)
    return MembersWeek(
        days=days,
        states=[states.get(week + timedelta(days=number)) for number in range(7)],
        work=_work_of(check_ins),
        links=_links_of(check_ins, baselines_between(db, guild_id, user_id, days.first, days.last)),
        goals=goals_between(db, guild_id, user_id, week, week),
        focus=store.focus_of(db, guild_id, user_id, days, now),
        streak=streak(ledger),
        consistency=consistency(ledger),
    )


def _links_of(check_ins: Sequence[CheckIn], baselines: Sequence[Baseline]) -> list[str]:
    """The links of some days, each once, the newest first."""
    shown = [(baseline.day, baseline.url) for baseline in baselines]
    shown += [(check_in.day, link) for check_in in check_ins for link in check_in.links]
    by_day = sorted(shown, key=lambda one: one[0], reverse=True)
    return list(dict.fromkeys(link for _, link in by_day))


def _work_of(check_ins: Sequence[CheckIn]) -> WorkByKind:
    work: dict[KindOfWork, Work] = {}
    for check_in in check_ins:
        before = work.get(check_in.entry.kind, Work())
        minutes = before.minutes + (check_in.entry.minutes or 0)
        work[check_in.entry.kind] = Work(before.check_ins + 1, minutes)
    return work
