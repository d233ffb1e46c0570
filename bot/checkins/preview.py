"""What the next day will bring a server: the prompt, the pings and the look back, before any is sent.

It is read from the same due rows and put together by the same kinds as the real thing, so it is what will be
sent if nothing changes until then.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.checkins.deliveries import KINDS, PromptContent
from bot.checkins.pings import DirectPingContent, PingContent
from bot.delivery import outbox
from bot.delivery.composed import Composed
from bot.delivery.due import Due, between
from bot.delivery.outbox import Delivery
from bot.localtime import ONE_DAY, day_ends, exists, instant, local, local_day
from bot.routines.pings import ALL as PING_KINDS
from bot.servers.service import EVERYONE, LOOKBACK, PROMPT, require_server
from bot.texts import mark

HAD_ITS_PROMPT = mark("that day has had its prompt already")
NONE_FALLS_ON_IT = mark("none falls on that day")


@dataclass(frozen=True, slots=True)
class PlannedPrompt:
    """The prompt as it will be posted, at an instant in UTC."""

    at: datetime
    content: PromptContent


@dataclass(frozen=True, slots=True)
class Reached:
    """A member whom a message will reach, and what the clock on their wall shows then; it names no zone."""

    user_id: int
    wall: datetime


@dataclass(frozen=True, slots=True)
class PlannedPing:
    """One message of pings, at an instant in UTC, and whom it will reach."""

    at: datetime
    content: PingContent | DirectPingContent
    reached: Sequence[Reached]


@dataclass(frozen=True, slots=True)
class Preview:
    """What will be sent in a server from the midnight before its next day on, and before the one after it.

    Members who are not reached, because they are away or for any other reason, are not in it. Without a
    prompt there are a few words on why, which the catalogues know. The weekday of the look back is 0 for
    Monday; None: no day was chosen for it.
    """

    day: date
    zone: str
    channel_id: int
    prompts: Sequence[PlannedPrompt]
    why_no_prompt: str | None
    pings: Sequence[PlannedPing]
    lookback_at: datetime | None
    lookback_weekday: int | None


def preview(db: sqlite3.Connection, guild_id: int, now: datetime) -> Preview:
    """What will be sent on a server's next day; raises NotSetUp."""
    server = require_server(db, guild_id)
    day = _next_day(now, server.zone)
    first, last = instant(day, time.min, server.zone), day_ends(day, server.zone)
    prompts: list[PlannedPrompt] = []
    pings: list[PlannedPing] = []
    reasons: list[str] = []
    for message in _messages(between(db, guild_id, (PROMPT, *PING_KINDS), first, last)):
        composed, at = _compose(db, message), message[0].at
        content = getattr(composed.post, "content", None)
        if isinstance(content, PromptContent):
            prompts.append(PlannedPrompt(at, content))
        elif isinstance(content, PingContent | DirectPingContent):
            pings.append(PlannedPing(at, content, _reached(message, composed.skipped)))
        elif message[0].kind == PROMPT:
            reasons += composed.skipped.values()
    if not prompts and not reasons:
        had_one = outbox.was_sent(db, PROMPT, guild_id, EVERYONE, day)
        reasons = [HAD_ITS_PROMPT if had_one else NONE_FALLS_ON_IT]
    lookbacks = between(db, guild_id, (LOOKBACK,), first, last)
    return Preview(
        day=day,
        zone=server.zone,
        channel_id=server.checkin_channel_id,
        prompts=prompts,
        why_no_prompt=None if prompts else reasons[0],
        pings=pings,
        lookback_at=lookbacks[0].at if lookbacks else None,
        lookback_weekday=server.lookback_weekday,
    )


def _next_day(now: datetime, zone: str) -> date:
    day = local_day(now, zone) + ONE_DAY
    while not exists(day, zone):
        day += ONE_DAY
    return day


def _messages(dues: Sequence[Due]) -> Iterator[Sequence[Due]]:
    """What goes into one message, as the claim does it."""
    together: dict[tuple[datetime, str], list[Due]] = {}
    for due in dues:
        together.setdefault((due.at, due.kind), []).append(due)
    for (_, kind), group in together.items():
        size = KINDS[kind].rows_in_a_message
        for start in range(0, len(group), size):
            yield group[start : start + size]


def _compose(db: sqlite3.Connection, message: Sequence[Due]) -> Composed:
    kind, at = KINDS[message[0].kind], message[0].at
    rows = [
        Delivery(
            id=number,
            kind=due.kind,
            guild_id=due.guild_id,
            user_id=due.user_id,
            local_day=due.local_day,
            message_key=kind.message_key(due, 0),
            due_at=due.at,
            too_late_at=kind.too_late_at(due),
            wanted=1,
            attempts=1,
            tried_at=None,
            channel_id=None,
            message_id=None,
            serial=due.serial,
        )
        for number, due in enumerate(message)
    ]
    return kind.compose(db, rows, at)


def _reached(message: Sequence[Due], skipped: Collection[int]) -> list[Reached]:
    return [
        Reached(due.user_id, local(due.at, due.zone).replace(tzinfo=None))
        for number, due in enumerate(message)
        if number not in skipped
    ]
