"""What can be done with introductions. What a member puts in is shown to nobody else."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import date

from bot.clock import Clock
from bot.errors import NoIntroduction
from bot.introductions import rules, store
from bot.introductions.deliveries import draft_for, newest_thread
from bot.introductions.deliveries import thread_appeared as thread_appeared
from bot.introductions.purpose import PURPOSE
from bot.introductions.rules import Draft, Introduction
from bot.leads.posts import ADDRESS
from bot.leads.threads import Thread
from bot.personal_data import MemberRows
from bot.preferences.service import preference_of
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class OwnIntroduction:
    """What a member put in, and whether a draft comes when a thread appears, and that as a direct message."""

    introduction: Introduction
    wanted: bool
    direct: bool


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """The draft of a member's post; the newest thread's address and month are None where none is known."""

    draft: Draft
    thread_url: str | None
    month: date | None


class Introductions(MemberRows):
    """What the members of servers say of themselves in "Who wants to be hired?"."""

    name = "introductions"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def find(self, guild_id: int, user_id: int) -> OwnIntroduction:
        """What a member put in, all empty before they do."""
        return await self._database.read(_own, guild_id, user_id)

    async def write(
        self,
        guild_id: int,
        user_id: int,
        *,
        location: str | None = None,
        remote: str | None = None,
        relocate: str | None = None,
        technologies: str | None = None,
        resume: str | None = None,
        email: str | None = None,
        built: str | None = None,
    ) -> OwnIntroduction:
        """Change what is given, as it is typed, and keep the rest; an empty text takes a field out.

        Raises TextTooLong, NotALink or NotAnEmail.
        """
        given = {
            "location": location,
            "remote": remote,
            "relocate": relocate,
            "technologies": technologies,
            "resume": resume,
            "email": email,
            "built": built,
        }
        typed = {name: text for name, text in given.items() if text is not None}
        return await self._database.write(self._write, guild_id, user_id, typed)

    async def remind(self, guild_id: int, user_id: int, *, wanted: bool) -> OwnIntroduction:
        """Have a draft sent on the day on which a thread appears, or not any more."""
        return await self._database.write(self._remind, guild_id, user_id, wanted)

    async def draft(self, guild_id: int, user_id: int) -> OwnDraft:
        """A draft of the member's post, from what is stored now; raises NoIntroduction."""
        return await self._database.read(self._draft, guild_id, user_id)

    def _write(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, typed: dict[str, str]
    ) -> OwnIntroduction:
        kept = store.find(db, guild_id, user_id) or store.Kept()
        introduction = rules.changed(kept.introduction, typed)
        store.save(db, guild_id, user_id, replace(kept, introduction=introduction), self._clock.now())
        return _own(db, guild_id, user_id)

    def _remind(self, db: sqlite3.Connection, guild_id: int, user_id: int, wanted: bool) -> OwnIntroduction:
        kept = store.find(db, guild_id, user_id) or store.Kept()
        store.save(db, guild_id, user_id, replace(kept, wanted=wanted), self._clock.now())
        return _own(db, guild_id, user_id)

    def _draft(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> OwnDraft:
        if store.find(db, guild_id, user_id) is None:
            raise NoIntroduction
        thread: Thread | None = newest_thread(db)
        return OwnDraft(
            draft_for(db, guild_id, user_id),
            ADDRESS.format(id=thread.id) if thread else None,
            thread.month if thread else None,
        )


def _own(db: sqlite3.Connection, guild_id: int, user_id: int) -> OwnIntroduction:
    kept = store.find(db, guild_id, user_id) or store.Kept()
    direct = preference_of(db, guild_id, user_id).direct_leads
    return OwnIntroduction(kept.introduction, kept.wanted, direct)
