"""What the bot says by itself about check-ins: the day's prompt, the pings, the card of a check-in."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.checkins import store
from bot.checkins.questions import question_of
from bot.checkins.rules import CheckIn
from bot.delivery import outbox
from bot.delivery.due import Due
from bot.delivery.messenger import Place, Post, Thread
from bot.delivery.outbox import Delivery
from bot.delivery.service import Composed, Kind
from bot.localtime import ONE_DAY, day_ends
from bot.servers.service import EVERYONE, PROMPT, require_server
from bot.texts import mark

PING, CARD = "ping", "card"

NOBODY = mark("nobody has a routine")
NOT_ASKED = mark("not asked for any more")
CHECKED_IN = mark("checked in already")
DELETED = mark("the check-in was deleted")

MENTIONS_IN_A_MESSAGE = 80
"""2000 characters hold 85 mentions of the longest ids; more people than this get a message more."""

LATE_AFTER_THE_DAY = timedelta(hours=1)
"""What a clock change has moved to the end of its day or beyond may be this late."""

PING_LATE_AFTER = timedelta(hours=4)
CARD_LATE_AFTER = timedelta(days=1)
PROMPT_STANDS_FOR = timedelta(hours=36)
"""A card for a day without a prompt of its own goes under the newest prompt that is younger than this."""


@dataclass(frozen=True, slots=True)
class PromptContent:
    """The day's prompt; `members` are those who checked in for the day, in order."""

    day: date
    question: str
    members: Sequence[int]


@dataclass(frozen=True, slots=True)
class PingContent:
    """A reminder to the members who asked for one at this time."""

    members: Sequence[int]


@dataclass(frozen=True, slots=True)
class ThreadTitle:
    """The title of the thread under a day's prompt."""

    day: date


@dataclass(frozen=True, slots=True)
class CardContent:
    """A member's check-in, as the others see it."""

    checkin: CheckIn


class Prompts:
    """The day's prompt: once a day at the server's hour, if anybody there has a routine."""

    rows_in_a_message = 1

    def too_late_at(self, due: Due) -> datetime:
        return _day_over(due)

    def message_key(self, due: Due, part: int) -> str:
        return f"{PROMPT}:{due.guild_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery]) -> Composed:
        (row,) = rows
        if row.message_id is None and not store.anybody_has_a_routine(db, row.guild_id):
            return Composed(None, {row.id: NOBODY})
        server = require_server(db, row.guild_id)
        content = PromptContent(
            row.local_day,
            question_of(row.guild_id, row.local_day),
            # The first clocks see a day 26 hours before the last ones, whose prompt may come at its end.
            store.members_done(db, row.guild_id, row.local_day, since=row.due_at - 3 * ONE_DAY),
        )
        return Composed(Post(Place(row.guild_id, server.checkin_channel_id), content))


class Pings:
    """A mention at the member's own time, in one message with everybody who is due at that minute."""

    rows_in_a_message = MENTIONS_IN_A_MESSAGE

    def too_late_at(self, due: Due) -> datetime:
        return min(due.at + PING_LATE_AFTER, _day_over(due))

    def message_key(self, due: Due, part: int) -> str:
        return f"{PING}:{due.guild_id}:{int(due.at.timestamp())}:{part}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery]) -> Composed:
        skipped = {}
        for row in rows:
            routine = store.newest_routine(db, row.guild_id, row.user_id)
            if routine is None or not routine.ping:
                skipped[row.id] = NOT_ASKED
            elif store.find_checkin(db, row.guild_id, row.user_id, row.local_day):
                skipped[row.id] = CHECKED_IN
        members = [row.user_id for row in rows if row.id not in skipped]
        if not members:
            return Composed(None, skipped)
        return Composed(_under_prompt(db, rows[0], PingContent(members)), skipped)


class Cards:
    """The card that shows a check-in to the server, posted and changed as its member reports."""

    rows_in_a_message = 1

    def too_late_at(self, due: Due) -> datetime:
        return due.at + CARD_LATE_AFTER

    def message_key(self, due: Due, part: int) -> str:
        return f"{CARD}:{due.guild_id}:{due.user_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery]) -> Composed:
        (row,) = rows
        checkin = store.find_checkin(db, row.guild_id, row.user_id, row.local_day)
        if checkin is None:
            return Composed(None, {row.id: DELETED})
        return Composed(_under_prompt(db, row, CardContent(checkin)))


KINDS: dict[str, Kind] = {PROMPT: Prompts(), PING: Pings(), CARD: Cards()}


def publish(db: sqlite3.Connection, guild_id: int, user_id: int, day: date, zone: str, now: datetime) -> None:
    """Have a check-in's card posted or changed, and the prompt of its day show who checked in."""
    due, card = Due(CARD, guild_id, user_id, zone, day, now), KINDS[CARD]
    if not outbox.put(db, due, card.message_key(due, 0), card.too_late_at(due), now):
        outbox.refresh(db, CARD, guild_id, user_id, day, now, even_skipped=True)
    outbox.refresh(db, PROMPT, guild_id, EVERYONE, day, now)


def why_no_card(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> str | None:
    """Why the card of a check-in could not be posted, or None."""
    return outbox.why_skipped(db, CARD, guild_id, user_id, day)


def _day_over(due: Due) -> datetime:
    end = day_ends(due.local_day, due.zone)
    return end if due.at < end else due.at + LATE_AFTER_THE_DAY


def _under_prompt(db: sqlite3.Connection, row: Delivery, content: object) -> Post:
    channel = Place(row.guild_id, require_server(db, row.guild_id).checkin_channel_id)
    prompt = outbox.find_sent(db, PROMPT, row.guild_id, row.local_day) or outbox.newest_sent(
        db, PROMPT, row.guild_id, since=row.due_at - PROMPT_STANDS_FOR
    )
    if prompt is None or prompt.channel_id is None or prompt.message_id is None:
        return Post(channel, content)
    title = ThreadTitle(prompt.local_day)
    # The prompt may hang in a channel that an admin has replaced since, and that may even be gone.
    return Post(channel, content, Thread(Place(row.guild_id, prompt.channel_id), prompt.message_id, title))
