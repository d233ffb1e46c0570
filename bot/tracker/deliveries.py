"""What the bot says by itself about the tracker: that it is time to write to a company again."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.checkins.service import evidence_of
from bot.delivery.composed import Kind
from bot.delivery.outbox import Delivery
from bot.leads.telling import kinds_of
from bot.servers.service import require_server
from bot.tracker import store
from bot.tracker.drafts import EVIDENCE_LOOKED_AT, Brief, brief_of
from bot.tracker.follow_ups import SECOND
from bot.tracker.planning import FOLLOW_UP, FOLLOW_UP_PING, plan, waiting
from bot.tracker.rules import Application

SHOWN_AT_MOST = 3
"""How many jobs a message shows with a draft; of the others it says how many there are."""


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """A job that it is time to follow up on; `bot.tracker.drafts.follow_up` makes a draft of the brief."""

    application: Application
    brief: Brief

    @property
    def may_be_ghosted(self) -> bool:
        """Whether two weeks went by without a word, so that "ghosted" is to be offered."""
        return self.brief.number == SECOND


@dataclass(frozen=True, slots=True)
class FollowUpContent:
    """The jobs that a member may follow up on, for that member alone; the channel says which server it is.

    `more` is how many there are besides.
    """

    guild_id: int
    user_id: int
    channel_id: int
    due: Sequence[DueFollowUp]
    more: int


@dataclass(frozen=True, slots=True)
class FollowUpPingContent:
    """Tells members that something in their trackers is due, and nothing else, since others read it too.

    `refused` are those among them whom Discord did not let the bot write to directly.
    """

    members: Sequence[int]
    refused: Sequence[int] = ()


class FollowUps:
    """The follow-ups that are due on a morning."""

    direct, mention = FOLLOW_UP, FOLLOW_UP_PING

    def settle(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> bool:
        """Write down on which day the member was told of which, and plan the next."""
        told = _told_by(db, row)
        store.save_follow_ups(
            db, row.guild_id, row.user_id, [(each.id, each.follow_up) for each in told if each.follow_up]
        )
        plan(db, row.guild_id, row.user_id, now)
        return bool(told)

    def unsaid(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> None:
        """Have them told on another morning."""
        store.save_follow_ups(
            db,
            row.guild_id,
            row.user_id,
            [
                (application.id, replace(follow_up, told_on=None))
                for application, follow_up in waiting(db, row.guild_id, row.user_id)
                if follow_up.told_on == row.local_day
            ],
        )
        plan(db, row.guild_id, row.user_id, now)

    def letter(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> FollowUpContent:
        """The first of them with all that a draft needs."""
        evidence = evidence_of(db, row.guild_id, row.user_id, EVIDENCE_LOOKED_AT)
        told = _told_by(db, row)
        shown = [
            DueFollowUp(application, brief_of(application, evidence, row.local_day))
            for application in told[:SHOWN_AT_MOST]
        ]
        channel_id = require_server(db, row.guild_id).checkin_channel_id
        return FollowUpContent(row.guild_id, row.user_id, channel_id, shown, len(told) - len(shown))

    def call(self, rows: Sequence[Delivery], refused: Sequence[int]) -> FollowUpPingContent:
        """Nothing but that there is something."""
        return FollowUpPingContent([row.user_id for row in rows], refused)


def _told_by(db: sqlite3.Connection, row: Delivery) -> list[Application]:
    """The jobs of which a row tells, as they are once it has: those that wait longest first."""
    day = row.local_day
    told = [
        replace(application, follow_up=follow_up.told(day))
        for application, follow_up in waiting(db, row.guild_id, row.user_id)
        if follow_up.is_due(day) and follow_up.as_of(day).told_on in (None, day)
    ]
    return sorted(told, key=lambda each: (each.follow_up.on if each.follow_up else day, each.id))


KINDS: dict[str, Kind] = kinds_of(FollowUps())
