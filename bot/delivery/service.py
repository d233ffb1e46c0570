"""Delivery: claims what is due, sends it once, and keeps sent messages up to date.

A crash at any point leaves either nothing or one message: what is claimed is in the outbox in the same
transaction, where a message is about to be sent is written down first, a second try carries the same nonce,
and before a second try the channel is searched for the message of the first.
"""

import asyncio
import logging
import math
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery import due, forgetting, members, outbox, rules, unsure
from bot.delivery.composed import Kind, Waiting, Withdrawn
from bot.delivery.messenger import Direct, Messenger, Place, Post
from bot.delivery.openings import OPENING_EVERY, Openings
from bot.delivery.outage import Outage
from bot.delivery.outbox import Delivery as Row
from bot.delivery.purpose import PURPOSE
from bot.delivery.unsure import Unsure
from bot.errors import Silence, TryLater, Undeliverable
from bot.health.figures import NO_FIGURES, Figures, Sent
from bot.personal_data import MemberRows, Record, rows_of
from bot.shards import ALL, Shards
from bot.storage.database import Database
from bot.storage.trouble import ends_all
from bot.texts import mark

log = logging.getLogger(__name__)

IN_FLIGHT = 100
"""Messages under way at once. Twice what goes out in a second: some wait for their channel's limit."""
COMPOSED_AT_ONCE = 10
"""Messages a transaction: what a member sends in meanwhile has to wait until it is over."""
SENDING_TAKES_AT_MOST = 90.0
SEARCHED_BEFORE = timedelta(minutes=1)
LOOK_AGAIN_AFTER = 1.0
SAID_ANEW = mark("it is said anew")
NOTHING_TO_SAY = mark("there was nothing to say")


@dataclass(frozen=True, slots=True)
class _Job:
    rows: Sequence[Row]
    post: Post | Withdrawn | Unsure


class _NotYet(Exception):
    """Others come first, for so many seconds."""

    def __init__(self, seconds: float):
        super().__init__(seconds)
        self.wait = timedelta(seconds=math.ceil(seconds))


class Delivery(MemberRows):
    """The one way in which the bot speaks without being spoken to."""

    name = "delivery"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(
        self,
        database: Database,
        clock: Clock,
        kinds: Mapping[str, Kind],
        openings_every: float | None = OPENING_EVERY,
        figures: Figures = NO_FIGURES,
        shards: Shards = ALL,
    ):
        self._figures = figures
        self._shards = shards
        self._database = database
        self._clock = clock
        self._kinds = kinds
        # Discord counts those of all processes together.
        self._openings = Openings(openings_every / shards.share if openings_every else None)
        self._outage = Outage(clock)
        self._busy: set[int] = set()
        self._claiming = asyncio.Lock()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._rounds: dict[int, asyncio.Task[None]] = {}
        self._asked: set[int] = set()
        self._released = asyncio.Event()

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """What is planned for the member and was said, by table."""
        return {
            "delivery": members.rows_of_member(db, guild_id, user_id),
            "due": rows_of(db, "due", guild_id, user_id),
        }

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete what is planned for the member and was said; messages in Discord follow one by one."""
        forgetting.forget_member(db, guild_id, user_id, self._clock.now())

    async def stop(self) -> None:
        """Begin nothing more, and wait until what is on its way has arrived."""
        self._stopping = True
        self._released.set()
        while self._running:
            await asyncio.wait(set(self._running))

    async def tick(self, messenger: Messenger) -> int:
        """One whole round: claim what is due, then send and change all that is outstanding."""
        await self.claim_due()
        return await self.send_outstanding(messenger)

    async def resume(self) -> None:
        """Take up what an earlier run left half done; once, before the first tick."""
        taken = await self._database.write(outbox.resume, self._clock.now(), self._shards)
        if taken:
            log.info("%d deliveries of an earlier run are taken up again", taken)

    async def claim_due(self) -> None:
        """Move everything that is due in the servers looked after here into the outbox."""
        # After a downtime the next time of a row may have passed as well.
        while await self._database.write(due.claim, self._kinds, self._clock.now(), self._shards):
            pass

    async def deliver_in(self, messenger: Messenger, guild_id: int) -> None:
        """Send what is outstanding in one server now.

        However many ask at once, one round serves them all. In a server that another process looks after,
        that one sends it with its next round.
        """
        if not self._shards.holds(guild_id):
            return
        self._asked.add(guild_id)
        round_ = self._rounds.get(guild_id)
        if round_ is None or round_.done():
            round_ = self._rounds[guild_id] = asyncio.create_task(self._round_in(messenger, guild_id))
        await asyncio.shield(round_)

    async def _round_in(self, messenger: Messenger, guild_id: int) -> None:
        try:
            while guild_id in self._asked and not self._stopping:
                self._asked.discard(guild_id)
                await self.send_outstanding(messenger, only_guild=guild_id)
                # Another round may be at a message of this server, and leave the rest.
                while guild_id in self._busy and not self._stopping:
                    self._asked.add(guild_id)
                    await self._released.wait()
        finally:
            del self._rounds[guild_id]

    async def send_outstanding(self, messenger: Messenger, only_guild: int | None = None) -> int:
        """Send and change all that the outbox holds for now, one message at a time in each server.

        With `only_guild`, for that server. Answers how many messages were handled.
        """
        running: set[asyncio.Task[None]] = set()
        handled = 0
        try:
            while True:
                free = 0 if self._stopping else IN_FLIGHT - len(running)
                jobs = await self._claim(free, only_guild) if free else []
                for job in jobs:
                    task = asyncio.create_task(self._deliver(messenger, job))
                    running.add(task)
                    self._running.add(task)
                    task.add_done_callback(self._running.discard)
                handled += len(jobs)
                if not running:
                    return handled
                # However long one server takes, what has become due in others meanwhile goes out.
                _, running = await asyncio.wait(
                    running, timeout=LOOK_AGAIN_AFTER, return_when=asyncio.FIRST_COMPLETED
                )
        finally:
            for task in running:
                task.cancel()

    async def _claim(self, limit: int, only_guild: int | None) -> list[_Job]:
        # One claim at a time, so that two rounds never take the same server.
        async with self._claiming:
            limit = self._outage.room(limit)
            jobs: list[_Job] = []
            # Messages that turn out to be not worth sending make room for others at once.
            while len(jobs) < limit:
                busy = self._busy.union(job.rows[0].guild_id for job in jobs)
                at_once = min(limit - len(jobs), COMPOSED_AT_ONCE)
                claimed, composed = await self._database.write(
                    self._claim_and_compose, at_once, busy, only_guild
                )
                jobs += composed
                if self._stopping:
                    # The next start takes them up.
                    return []
                if not claimed:
                    break
            self._busy.update(job.rows[0].guild_id for job in jobs)
            return jobs

    def _let_go(self, guild_id: int) -> None:
        self._busy.discard(guild_id)
        self._released.set()
        self._released = asyncio.Event()

    def _claim_and_compose(
        self, db: sqlite3.Connection, limit: int, busy: Collection[int], only_guild: int | None
    ) -> tuple[int, list[_Job]]:
        """How many messages were taken, and those of them that are worth sending."""
        now = self._clock.now()
        claimed = outbox.claim(db, now, limit, busy, only_guild, self._shards)
        composed = [self._compose(db, rows, now) for rows in claimed]
        return len(claimed), [job for job in composed if job is not None]

    def _compose(self, db: sqlite3.Connection, rows: Sequence[Row], now: datetime) -> _Job | None:
        first = rows[0]
        if first.message_id is None and first.too_late_at <= now:
            if unsure.may_have_arrived(first):
                return _Job(rows, Unsure({row.id: outbox.TOO_LATE for row in rows}))
            self._figures.delivery(first.kind, Sent.TOO_LATE)
            outbox.mark_skipped(db, rows, outbox.TOO_LATE)
            return None
        try:
            composed = self._kinds[first.kind].compose(db, rows, now)
        except Exception as error:
            if ends_all(db, error):
                raise
            log.exception("delivery %s (%s) could not be composed", first.id, first.kind, extra=_ids(first))
            self._figures.delivery(first.kind, Sent.FAILED)
            outbox.mark_skipped(db, rows, mark("it could not be composed"))
            return None
        reasons = {row.id: composed.skipped.get(row.id, NOTHING_TO_SAY) for row in rows}
        if unsure.may_have_arrived(first) and (composed.post is None or len(composed.skipped) == len(rows)):
            return _Job(rows, Unsure(reasons))
        for row in rows:
            if row.id in composed.skipped:
                outbox.mark_skipped(db, [row], composed.skipped[row.id])
        rest = [row for row in rows if row.id not in composed.skipped]
        if composed.kept is not None and composed.kept != first.kept:
            outbox.keep(db, rest, composed.kept)
        if composed.post is None:
            outbox.mark_skipped(db, rest, NOTHING_TO_SAY)
        elif isinstance(composed.post, Waiting):
            outbox.put_off(db, rest, now + rules.wait_before_retry(first.attempts), composed.post.reason)
            return None
        elif isinstance(composed.post, Withdrawn):
            if first.channel_id is None:
                outbox.mark_skipped(db, rest, composed.post.reason)
                return None
            outbox.keep(db, rest, outbox.WITHDRAWING)
        elif first.kept == outbox.WITHDRAWING:
            # An earlier try may have deleted it: that is finished first, and what is wanted comes anew.
            return _Job([replace(row, wanted=row.wanted - 1) for row in rest], Withdrawn(SAID_ANEW))
        return _Job(rest, composed.post) if composed.post is not None and rest else None

    async def _deliver(self, messenger: Messenger, job: _Job) -> None:
        try:
            await self._send_and_mark(messenger, job)
        except sqlite3.Error:
            # Nothing can be written down now; when its lease is over, the message is looked for and marked.
            log.exception(
                "what became of delivery %s could not be stored", job.rows[0].id, extra=_ids(job.rows[0])
            )
            self._figures.delivery(job.rows[0].kind, Sent.FAILED)
        finally:
            self._let_go(job.rows[0].guild_id)

    async def _send_and_mark(self, messenger: Messenger, job: _Job) -> None:
        rows, first, post = job.rows, job.rows[0], job.post
        try:
            async with asyncio.timeout(SENDING_TAKES_AT_MOST):
                if isinstance(post, Withdrawn):
                    await self._withdraw(messenger, job)
                elif isinstance(post, Unsure):
                    found = await self._find(messenger, job)
                else:
                    message_id = await self._show(messenger, job, post)
        except _NotYet as early:
            await self._database.write(outbox.postpone, rows, self._clock.now() + early.wait)
        except Undeliverable as error:
            # What is known to be refused was not even asked.
            if error.__cause__ is not None:
                self._outage.over()
            said = "delivery %s (%s) cannot be delivered: %s"
            log.warning(said, first.id, first.kind, error, extra=_ids(first))
            self._figures.delivery(first.kind, Sent.REFUSED)
            await self._database.write(self._note_refusal, rows, str(error))
        except (TryLater, TimeoutError) as error:
            until = self._clock.now() + rules.wait_before_retry(first.attempts)
            reason = str(error) or "no answer"
            if not self._outage.is_on:
                said = "delivery %s (%s) is put off: %s"
                log.warning(said, first.id, first.kind, reason, extra=_ids(first))
            if isinstance(error, Silence | TimeoutError):
                self._outage.failed(first.id, reason)
            self._figures.delivery(first.kind, Sent.PUT_OFF)
            await self._database.write(outbox.put_off, rows, until, reason)
        except sqlite3.Error:
            raise
        except Exception:
            log.exception("delivery %s (%s) failed", first.id, first.kind, extra=_ids(first))
            self._figures.delivery(first.kind, Sent.FAILED)
            await self._database.write(outbox.mark_skipped, rows, mark("an unforeseen error"))
        else:
            self._outage.over()
            now = self._clock.now()
            if isinstance(post, Withdrawn):
                await self._database.write(outbox.mark_withdrawn, rows, post.reason, now)
                self._figures.delivery(first.kind, Sent.DELETED)
                return
            if isinstance(post, Unsure):
                await self._database.write(unsure.settle, rows, post, found, now)
                if found is None and outbox.TOO_LATE in post.reasons.values():
                    self._figures.delivery(first.kind, Sent.TOO_LATE)
                return
            await self._database.write(outbox.mark_sent, rows, message_id, now)
            if first.message_id is None:
                self._figures.delivery(first.kind, Sent.SENT, (now - first.due_at).total_seconds())
            else:
                self._figures.delivery(first.kind, Sent.CHANGED)

    def _note_refusal(self, db: sqlite3.Connection, rows: Sequence[Row], reason: str) -> None:
        outbox.mark_skipped(db, rows, reason)
        # Whoever was forgotten meanwhile must not come back by what follows.
        still = outbox.still_theirs(db, rows)
        if still and rows[0].message_id is None:
            self._kinds[rows[0].kind].refused(db, still, self._clock.now())

    async def _withdraw(self, messenger: Messenger, job: _Job) -> None:
        first = job.rows[0]
        message_id = first.message_id or await self._find(messenger, job)
        if message_id is not None and first.channel_id is not None:
            await messenger.delete(Place(first.guild_id, first.channel_id), message_id)

    async def _show(self, messenger: Messenger, job: _Job, post: Post) -> int:
        first, content = job.rows[0], post.content
        nonce = rules.nonce(first.message_key)
        if first.channel_id is not None:
            tried_in = Place(first.guild_id, first.channel_id)
            message_id = first.message_id or await self._find(messenger, job)
            if message_id is not None:
                await messenger.edit(tried_in, message_id, content, nonce)
                return message_id
        place = await self._place(messenger, first, post)
        if place.channel_id != first.channel_id:
            await self._database.write(outbox.remember_place, job.rows, place.channel_id)
        try:
            return await messenger.send(place, content, nonce)
        except Undeliverable:
            if post.thread is None or isinstance(post.place, Direct) or place == post.place:
                raise
            # The thread is gone or locked; the channel it hung under may still be there.
            await self._database.write(outbox.remember_place, job.rows, post.place.channel_id)
            return await messenger.send(post.place, content, nonce)

    async def _find(self, messenger: Messenger, job: _Job) -> int | None:
        """The message of an earlier try whose answer never came, if it arrived after all."""
        first = job.rows[0]
        if first.attempts == 1 or first.tried_at is None or first.channel_id is None:
            return None
        place = Place(first.guild_id, first.channel_id)
        try:
            since = first.tried_at - SEARCHED_BEFORE
            return await messenger.find(place, rules.nonce(first.message_key), since)
        except Undeliverable:
            # Where nothing can be looked up any more, the message can't be seen any more either.
            return None

    async def _place(self, messenger: Messenger, first: Row, post: Post) -> Place:
        if isinstance(post.place, Direct):
            return await self._direct_place(messenger, first, post.place)
        if post.thread is None:
            return post.place
        # A thread opened from a message has the id of that message.
        known = await self._database.read(outbox.has_message_in, post.thread.message_id)
        if known:
            return Place(post.place.guild_id, post.thread.message_id)
        try:
            thread_id = await messenger.open_thread(post.thread)
        except Undeliverable as error:
            log.info("no thread under message %s: %s", post.thread.message_id, error)
            return post.place
        return Place(post.place.guild_id, thread_id)

    async def _direct_place(self, messenger: Messenger, first: Row, direct: Direct) -> Place:
        known = await self._database.read(outbox.direct_channel, direct.guild_id, direct.user_id, first.kind)
        if known is None:
            if seconds := self._openings.seconds_until(first.id):
                raise _NotYet(seconds)
            async with self._openings.gate:
                known = await messenger.open_direct(direct)
        return Place(direct.guild_id, known)


def _ids(row: Row) -> dict[str, object]:
    """What a log record says of a row beside its message."""
    return {"delivery": row.id, "kind": row.kind, "guild": row.guild_id}
