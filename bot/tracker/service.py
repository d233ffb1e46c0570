"""What can be done with the jobs that a member pursues. All of it is that member's own business."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.personal_data import MemberRows
from bot.storage.database import Database
from bot.tracker import drafts, journal, moving, rules, saving, store, viewing
from bot.tracker.drafts import Draft
from bot.tracker.moving import Moved
from bot.tracker.planning import plan
from bot.tracker.purpose import PURPOSE
from bot.tracker.rules import Application, Choice, Job, Kept, State
from bot.tracker.saving import Saved
from bot.tracker.viewing import Opened, OwnTracker, Standing


class Tracker(MemberRows):
    """The jobs that members of servers pursue.

    Every method that needs to know the member's local day raises NotSetUp. Those that name a job raise
    ApplicationGone where the member has no such job in that server.
    """

    name = "tracker"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def save(self, guild_id: int, user_id: int, lead_id: int) -> Saved:
        """Save a lead, or find it saved; raises LeadGone, TooManyOpenJobs or TrackerFull.

        Its facts are copied, so that they stay when the post is gone.
        """
        return await self._database.write(saving.save_lead, guild_id, user_id, lead_id, self._clock.now())

    async def add(self, guild_id: int, user_id: int, job: Job) -> Saved:
        """Save a job by hand, as rules.clean_job made it; raises TooManyOpenJobs or TrackerFull."""
        return await self._database.write(saving.save_job, guild_id, user_id, job, self._clock.now())

    async def edit(self, guild_id: int, user_id: int, application_id: int, job: Job) -> Application:
        """Change the facts of a job."""
        now = self._clock.now()
        return await self._database.write(saving.edit, guild_id, user_id, application_id, job, now)

    async def remove(self, guild_id: int, user_id: int, application_id: int) -> Application:
        """Delete a job and all that was noted about it; answers what it was."""
        now = self._clock.now()
        return await self._database.write(saving.remove, guild_id, user_id, application_id, now)

    async def open(self, guild_id: int, user_id: int, application_id: int) -> Opened:
        """A job with its history, rounds and notes."""
        now = self._clock.now()
        return await self._database.read(viewing.opened, guild_id, user_id, application_id, now)

    async def standing(self, guild_id: int, user_id: int, lead_id: int) -> Standing:
        """How a member stands to a lead, to be shown with its card to them alone; raises LeadGone."""
        return await self._database.read(viewing.standing, guild_id, user_id, lead_id)

    async def board(self, guild_id: int, user_id: int) -> OwnTracker:
        """A member's jobs side by side, by state; `board.due` are those to follow up on."""
        return await self._database.read(viewing.own_tracker, guild_id, user_id, self._clock.now())

    async def csv(self, guild_id: int, user_id: int) -> bytes:
        """All that a member keeps here of their jobs, as a CSV file."""
        return await self._database.read(viewing.csv_file, guild_id, user_id)

    async def move(
        self, guild_id: int, user_id: int, application_id: int, state: State, on: str = ""
    ) -> Moved:
        """Move a job into any state, today or on an earlier day; a second time it changes nothing.

        `on` is a date as it is typed. Raises TooManyOpenJobs, and what bot.inputs.read_date raises.
        """
        now = self._clock.now()
        return await self._database.write(moving.move, guild_id, user_id, application_id, state, on, now)

    async def note(self, guild_id: int, user_id: int, application_id: int, text: str) -> Opened:
        """Note something about a job today; raises NothingNoted, TextTooLong or TooManyNotes."""
        text = rules.clean_note(text)
        return await self._database.write(self._write, guild_id, user_id, application_id, Kept.NOTE, text, "")

    async def add_round(
        self, guild_id: int, user_id: int, application_id: int, text: str, on: str = ""
    ) -> Opened:
        """Note a round of interviewing on a day that was or will be, as it is typed, or else today.

        Raises NothingNoted, TextTooLong, TooManyNotes, and what bot.inputs.read_date raises.
        """
        text = rules.clean_round(text)
        return await self._database.write(
            self._write, guild_id, user_id, application_id, Kept.ROUND, text, on
        )

    async def erase(
        self, guild_id: int, user_id: int, application_id: int, kept: Kept, note_id: int
    ) -> Opened:
        """Delete a note or a round of a job; one that is gone already stays gone."""
        return await self._database.write(self._erase, guild_id, user_id, application_id, kept, note_id)

    async def followed_up(self, guild_id: int, user_id: int, application_id: int) -> Application:
        """Note that a member wrote to the company again today; raises NoFollowUp."""
        now = self._clock.now()
        return await self._database.write(moving.follow_up_done, guild_id, user_id, application_id, now)

    async def snooze(self, guild_id: int, user_id: int, application_id: int, by: timedelta) -> Application:
        """Have a follow-up told again later, by one of follow_ups.SNOOZES; raises NoFollowUp."""
        now = self._clock.now()
        return await self._database.write(moving.snooze, guild_id, user_id, application_id, by, now)

    async def remind(self, guild_id: int, user_id: int, application_id: int, *, wanted: bool) -> Application:
        """Have the follow-ups of one job told, or not any more."""
        now = self._clock.now()
        return await self._database.write(moving.remind, guild_id, user_id, application_id, wanted, now)

    async def choose(
        self, guild_id: int, user_id: int, *, counted: bool | None = None, follow_ups: bool | None = None
    ) -> Choice:
        """Agree to be counted in "three of us applied", and to be told of follow-ups; the rest stays."""
        return await self._database.write(self._choose, guild_id, user_id, counted, follow_ups)

    async def first_message(
        self, guild_id: int, user_id: int, application_id: int, *, founder: bool | None = None
    ) -> Draft:
        """A draft of a first message, to a founder or not; unless told, it goes by what the job says."""
        now = self._clock.now()
        brief = await self._database.read(viewing.brief, guild_id, user_id, application_id, now)
        return drafts.first_message(brief if founder is None else replace(brief, founder=founder))

    async def follow_up(
        self, guild_id: int, user_id: int, application_id: int, *, founder: bool | None = None
    ) -> Draft:
        """A draft of the follow-up that is due or comes next; the founder as in first_message."""
        now = self._clock.now()
        brief = await self._database.read(viewing.brief, guild_id, user_id, application_id, now)
        return drafts.follow_up(brief if founder is None else replace(brief, founder=founder))

    def _write(
        self,
        db: sqlite3.Connection,
        guild_id: int,
        user_id: int,
        application_id: int,
        kept: Kept,
        text: str,
        on: str,
    ) -> Opened:
        now = self._clock.now()
        saving.write(db, kept, guild_id, user_id, application_id, text, on, now)
        return viewing.opened(db, guild_id, user_id, application_id, now)

    def _erase(
        self,
        db: sqlite3.Connection,
        guild_id: int,
        user_id: int,
        application_id: int,
        kept: Kept,
        note_id: int,
    ) -> Opened:
        journal.remove(db, kept, guild_id, user_id, application_id, note_id)
        return viewing.opened(db, guild_id, user_id, application_id, self._clock.now())

    def _choose(
        self,
        db: sqlite3.Connection,
        guild_id: int,
        user_id: int,
        counted: bool | None,
        follow_ups: bool | None,
    ) -> Choice:
        given = {"counted": counted, "follow_ups": follow_ups}
        earlier = store.choice(db, guild_id, user_id)
        chosen = replace(earlier, **{name: value for name, value in given.items() if value is not None})
        store.save_choice(db, guild_id, user_id, chosen)
        plan(db, guild_id, user_id, self._clock.now())
        return chosen
