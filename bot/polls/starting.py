"""Starting a poll, within one transaction."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.ideas.service import open_ideas_of
from bot.inputs import read_date
from bot.localtime import local_day
from bot.polls import phases, rules, store
from bot.polls.deliveries import show_poll
from bot.polls.errors import MayNotAskEveryone, TooManyPolls, TooManyPollsHere
from bot.polls.planning import plan
from bot.polls.rules import Method, Phase, Poll, Scope
from bot.ranking.criteria import Purpose

SEEDS = 1 << 31


@dataclass(frozen=True, slots=True)
class Wanted:
    """A poll as somebody asks for it; `until` is a date as they typed it, or None for a week from now."""

    name: str
    purpose: Purpose
    scope: Scope
    until: str | None
    method: Method
    standing_open: bool


def start(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    channel_id: int,
    wanted: Wanted,
    now: datetime,
    *,
    may_ask_everyone: bool,
) -> Poll:
    """Begin to collect ideas; what this raises is said with `Polls.start`."""
    if wanted.scope is Scope.EVERYONE and not may_ask_everyone:
        raise MayNotAskEveryone
    _require_room(db, guild_id, user_id)
    zone = phases.zone_of(db, guild_id, user_id, now)
    last_day = read_date(wanted.until, local_day(now, zone)) if wanted.until else None
    ends = rules.deadlines(now, last_day, zone)
    begun = now.replace(microsecond=0)
    poll = store.add(
        db,
        Poll(
            id=0,
            guild_id=guild_id,
            channel_id=channel_id,
            user_id=user_id,
            name=rules.clean_name(wanted.name),
            purpose=wanted.purpose,
            scope=wanted.scope,
            method=wanted.method,
            standing_open=wanted.standing_open,
            seed=secrets.randbelow(SEEDS),
            phase=Phase.COLLECT,
            collect_until=ends.collect,
            cards_until=ends.cards,
            final_until=ends.final,
            started_at=begun,
            phase_since=begun,
        ),
    )
    if wanted.scope is not Scope.EVERYONE:
        for idea in reversed(open_ideas_of(db, guild_id, user_id)[: rules.ENTRIES_AT_MOST]):
            store.add_entry(db, poll, idea.id)
    plan(db, guild_id)
    show_poll(db, poll, now)
    return poll


def _require_room(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    polls = store.open_in(db, guild_id)
    if sum(poll.user_id == user_id for poll in polls) >= rules.POLLS_OF_A_STARTER:
        raise TooManyPolls(limit=rules.POLLS_OF_A_STARTER)
    if len(polls) >= rules.POLLS_OF_A_SERVER:
        raise TooManyPollsHere(limit=rules.POLLS_OF_A_SERVER)
