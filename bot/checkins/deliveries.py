"""What the bot says by itself about check-ins: the day's prompt, and the card of a check-in."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.builds.rules import BuildingDay
from bot.builds.service import being_built
from bot.checkins import store
from bot.checkins.history import ledger_of
from bot.checkins.ledger import Consistency, consistency, streak
from bot.checkins.pings import PINGS, day_over
from bot.checkins.questions import question_of
from bot.checkins.rules import CheckIn
from bot.delivery import forgetting, outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.messenger import Place, Post
from bot.delivery.outbox import Delivery
from bot.localtime import ONE_DAY
from bot.preferences.rules import Shown
from bot.preferences.service import preference_of
from bot.routines.service import anybody_plans
from bot.servers.places import in_days_thread
from bot.servers.service import EVERYONE, LOOKBACK, PROMPT, questions_of, require_server
from bot.texts import mark

CARD = "card"

NOBODY = mark("nobody has a routine, or all are away")
DELETED = mark("the check-in was deleted")

CARD_LATE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PromptContent:
    """The day's prompt; `members` checked in for the day, in order; `builds` are asked about."""

    day: date
    question: str
    members: Sequence[int]
    builds: Sequence[BuildingDay] = ()


@dataclass(frozen=True, slots=True)
class CardContent:
    """A member's check-in as the others see it, with the figure that its member lets them see."""

    checkin: CheckIn
    streak: int | None = None
    consistency: Consistency | None = None


class Prompts(OneMessage):
    """The day's prompt: once a day at the server's hour, if anybody there has a routine and is not away."""

    def too_late_at(self, due: Due) -> datetime:
        return day_over(due)

    def message_key(self, due: Due, part: int) -> str:
        return f"{PROMPT}:{due.guild_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        if row.message_id is None and not anybody_plans(db, row.guild_id, row.local_day):
            return Composed(None, {row.id: NOBODY})
        server = require_server(db, row.guild_id)
        question = row.kept or question_of(
            row.guild_id, row.local_day, server.questions, questions_of(db, row.guild_id)
        )
        content = PromptContent(
            row.local_day,
            question,
            # The first clocks see a day 26 hours before the last ones, whose prompt may come at its end.
            store.members_done(db, row.guild_id, row.local_day, since=row.due_at - 3 * ONE_DAY),
            being_built(db, row.guild_id, asked_at=row.due_at, now=now),
        )
        return Composed(Post(Place(row.guild_id, server.checkin_channel_id), content), kept=question)


class Cards(OneMessage):
    """The card that shows a check-in to the server, posted and changed as its member reports."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + CARD_LATE_AFTER

    def message_key(self, due: Due, part: int) -> str:
        return f"{CARD}:{due.guild_id}:{due.user_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        checkin = store.find_checkin(db, row.guild_id, row.user_id, row.local_day)
        if checkin is None:
            return Composed(Withdrawn(DELETED))
        content = _card(db, row, checkin, now)
        return Composed(in_days_thread(db, row.guild_id, row.local_day, row.due_at, content))


def _card(db: sqlite3.Connection, row: Delivery, checkin: CheckIn, now: datetime) -> CardContent:
    shown = preference_of(db, row.guild_id, row.user_id).shown
    if shown is Shown.NOTHING:
        return CardContent(checkin)
    days = ledger_of(db, row.guild_id, row.user_id, now)
    if shown is Shown.STREAK:
        return CardContent(checkin, streak=streak(days))
    return CardContent(checkin, consistency=consistency(days))


KINDS: dict[str, Kind] = {PROMPT: Prompts(), CARD: Cards(), **PINGS}


def publish(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    day: date,
    zone: str,
    now: datetime,
    *,
    prompt: bool = True,
) -> None:
    """Have a check-in's card posted, changed or deleted, and the prompt of its day show who checked in.

    Without `prompt`, where who checked in has not changed.
    """
    due, card = Due(CARD, guild_id, user_id, zone, day, now), KINDS[CARD]
    too_late_at = card.too_late_at(due)
    if not outbox.put(db, due, card.message_key(due, 0), too_late_at, now):
        outbox.refresh(db, CARD, guild_id, user_id, day, now, anew_until=too_late_at)
        # The look back that has the day in it may have named the member with its links.
        for later in range(1, 8):
            outbox.refresh(db, LOOKBACK, guild_id, EVERYONE, day + later * ONE_DAY, now)
    if prompt:
        outbox.refresh(db, PROMPT, guild_id, EVERYONE, day, now)


def show_without(db: sqlite3.Connection, guild_id: int, days: Iterable[date], now: datetime) -> None:
    """Have what was posted to the server about some days show what is true now, the newest first.

    One message after the other: a year of them must not hold up what others wait for.
    """
    prompts = sorted(set(days), reverse=True)
    lookbacks = sorted({day + later * ONE_DAY for day in prompts for later in range(1, 8)}, reverse=True)
    for kind, local_days in ((PROMPT, prompts), (LOOKBACK, lookbacks)):
        at = now
        for day in local_days:
            if outbox.refresh(db, kind, guild_id, EVERYONE, day, at):
                at += forgetting.EVERY


def why_no_card(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> str | None:
    """Why the card of a check-in could not be posted, changed or taken down, or None."""
    reason = outbox.why_given_up(db, CARD, guild_id, user_id, day)
    return None if reason == DELETED else reason
