"""What the bot says by itself about introductions: that this month's thread is there, with a draft.

It comes at once where the member's clock shows a time at which people are awake, or else in the morning.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.checkins.service import evidence_of
from bot.delivery import due
from bot.delivery.composed import Kind
from bot.delivery.outbox import Delivery
from bot.errors import NotSetUp
from bot.introductions import store
from bot.introductions.rules import Draft, draft_of
from bot.leads.intake import known_threads
from bot.leads.posts import ADDRESS
from bot.leads.telling import kinds_of
from bot.leads.threads import USEFUL_FOR, Thread, ThreadKind
from bot.localtime import local, local_day, next_occurrence
from bot.preferences.service import preference_of
from bot.routines.service import today_of
from bot.servers.service import require_server

INTRODUCTION, INTRODUCTION_PING = "introduction", "introduction_ping"

AWAKE_FROM, AWAKE_UNTIL = time(8), time(21)
MORNING = time(9)

EVIDENCE_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class IntroductionContent:
    """A draft for a thread, for one member alone; the channel says which server it is."""

    guild_id: int
    user_id: int
    channel_id: int
    draft: Draft
    thread_url: str


@dataclass(frozen=True, slots=True)
class IntroductionPingContent:
    """Tells members that the thread is there and a draft waits, and nothing of what is in it.

    `refused` are those among them whom Discord did not let the bot write to directly.
    """

    members: Sequence[int]
    thread_url: str
    refused: Sequence[int] = ()


class Introductions:
    """The drafts for a thread that has appeared. The thread's id is the rows' serial."""

    direct, mention = INTRODUCTION, INTRODUCTION_PING

    def settle(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> bool:
        """Whether the member still wants it."""
        kept = store.find(db, row.guild_id, row.user_id)
        return kept is not None and kept.wanted

    def unsaid(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> None:
        """Tell it another morning, for as long as the thread is of use."""
        thread = next((each for each in known_threads(db) if each.id == row.serial), None)
        if thread is not None and now - thread.began_at < USEFUL_FOR:
            _plan(db, row.guild_id, row.user_id, row.serial, now, at_once=False)

    def letter(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> IntroductionContent:
        """The draft as it is now."""
        channel_id = require_server(db, row.guild_id).checkin_channel_id
        draft = draft_for(db, row.guild_id, row.user_id)
        return IntroductionContent(
            row.guild_id, row.user_id, channel_id, draft, ADDRESS.format(id=row.serial)
        )

    def call(self, rows: Sequence[Delivery], refused: Sequence[int]) -> IntroductionPingContent:
        """That the thread is there."""
        return IntroductionPingContent(
            [row.user_id for row in rows], ADDRESS.format(id=rows[0].serial), refused
        )


KINDS: dict[str, Kind] = kinds_of(Introductions())


def thread_appeared(db: sqlite3.Connection, thread: Thread, now: datetime) -> None:
    """Have all members who asked for it told of a new thread, each once; of other kinds of threads nobody.

    To be called within the transaction that stores the thread.
    """
    if thread.kind is not ThreadKind.SEEKING_WORK or now - thread.began_at >= USEFUL_FOR:
        return
    for guild_id, user_id in store.take_who_wait(db, thread.id):
        try:
            _plan(db, guild_id, user_id, thread.id, now, at_once=True)
        except NotSetUp:
            # Without settings there is no place where it could be said.
            continue


def draft_for(db: sqlite3.Connection, guild_id: int, user_id: int) -> Draft:
    """The draft of a member's post, from what is stored now."""
    kept = store.find(db, guild_id, user_id) or store.Kept()
    return draft_of(kept.introduction, evidence_of(db, guild_id, user_id, EVIDENCE_LOOKED_AT))


def newest_thread(db: sqlite3.Connection) -> Thread | None:
    """The newest thread for those who seek work, if one is known."""
    threads = [thread for thread in known_threads(db) if thread.kind is ThreadKind.SEEKING_WORK]
    return max(threads, key=lambda thread: thread.began_at, default=None)


def _plan(
    db: sqlite3.Connection, guild_id: int, user_id: int, thread_id: int, now: datetime, *, at_once: bool
) -> None:
    _, zone = today_of(db, guild_id, user_id, now)
    at = now.astimezone(UTC).replace(microsecond=0)
    if not at_once or not AWAKE_FROM <= local(at, zone).time() < AWAKE_UNTIL:
        morning = next_occurrence(now, zone, MORNING)
        assert morning is not None, "there is a morning every day"
        at = morning.at
    direct = preference_of(db, guild_id, user_id).direct_leads
    kind, other = (INTRODUCTION, INTRODUCTION_PING) if direct else (INTRODUCTION_PING, INTRODUCTION)
    due.unschedule(db, other, guild_id, user_id)
    due.schedule_once(
        db, kind, guild_id, user_id, zone=zone, local_day=local_day(at, zone), at=at, serial=thread_id
    )
