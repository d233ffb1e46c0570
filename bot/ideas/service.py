"""What can be done with ideas."""

import asyncio
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.ideas import deliveries, merging, store
from bot.ideas.errors import IdeaGone, TooManyIdeas
from bot.ideas.hooks import Hooks
from bot.ideas.merging import Answered, Pair, Question
from bot.ideas.purpose import PURPOSE
from bot.ideas.rules import IDEAS_EACH, Idea, IdeaState, IdeaText, find_chosen
from bot.ideas.similar import similar_to
from bot.personal_data import MemberRows
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Added:
    """An idea that was written down, and those that look like it, the likest first."""

    idea: Idea
    alike: Sequence[Idea]


@dataclass(frozen=True, slots=True)
class LetGo:
    """An idea that a member does not want any more; it stays with the others where it is theirs too."""

    idea: Idea
    stays: bool


class Ideas(MemberRows):
    """The ideas of members of servers, each seen by its authors, and by others where it is voted on."""

    name = "ideas"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock, hooks: Hooks | None = None):
        self._database = database
        self._clock = clock
        self._hooks = hooks or Hooks()

    async def add(self, guild_id: int, user_id: int, text: IdeaText) -> Added:
        """Write an idea down, whatever it looks like; raises TooManyIdeas."""
        idea, others = await self._database.write(self._add, guild_id, user_id, text)
        # With many polls these are hundreds; nobody's writing waits for them to be compared.
        return Added(idea, await asyncio.to_thread(similar_to, text, others))

    async def of_member(self, guild_id: int, user_id: int) -> list[Idea]:
        """A member's open ideas, the newest first."""
        return await self._database.read(open_ideas_of, guild_id, user_id)

    async def in_sight(self, guild_id: int, user_id: int) -> list[Idea]:
        """The open ideas that a member may see: their own, the newest first, and those of others."""
        return await self._database.read(self._in_sight, guild_id, user_id)

    async def find(self, guild_id: int, user_id: int, idea_id: int) -> Idea:
        """An open idea of a member's; raises IdeaGone."""
        return await self._database.read(_require_own, guild_id, user_id, idea_id)

    async def chosen(self, guild_id: int, user_id: int, typed: str, *, others: bool = False) -> Idea:
        """The idea that a member chose from a list, or typed: their own, or any that they may see.

        Raises NoSuchIdea.
        """
        ideas = await (self.in_sight if others else self.of_member)(guild_id, user_id)
        return find_chosen(ideas, typed)

    async def change(self, guild_id: int, user_id: int, idea_id: int, text: IdeaText) -> Idea:
        """Have an idea say something else; raises IdeaGone, and what those above have against it."""
        return await self._database.write(self._change, guild_id, user_id, idea_id, text)

    async def withdraw(self, guild_id: int, user_id: int, idea_id: int) -> LetGo:
        """Let go of an idea; raises IdeaGone."""
        return await self._database.write(self._withdraw, guild_id, user_id, idea_id)

    async def take_up(self, guild_id: int, user_id: int, idea_id: int) -> Idea:
        """Have an idea again that was withdrawn; raises IdeaGone and TooManyIdeas."""
        return await self._database.write(self._take_up, guild_id, user_id, idea_id)

    async def pair(self, guild_id: int, user_id: int, gone_id: int, kept_id: int) -> Pair:
        """An idea of a member's, and the one that it would become one with, of theirs or in their sight.

        Raises MergedWithItself and OtherIdeaGone.
        """
        return await self._database.read(merging.pair_of, self._hooks, guild_id, user_id, gone_id, kept_id)

    async def merge(self, guild_id: int, user_id: int, gone_id: int, kept_id: int) -> Pair:
        """Merge an idea of a member's into another of theirs.

        Raises MergedWithItself, OtherIdeaGone, and what those above have against it.
        """
        now = self._clock.now()
        return await self._database.write(
            merging.merge_own, self._hooks, guild_id, user_id, gone_id, kept_id, now
        )

    async def propose_merge(
        self, guild_id: int, user_id: int, gone_id: int, kept_id: int, channel_id: int
    ) -> Pair:
        """Ask in a channel, once, whether an idea of a member's is the same as one of others.

        Raises MergedWithItself, OtherIdeaGone, MergeProposedAlready, TooManyProposals, and what those above
        have against it.
        """
        now = self._clock.now()
        return await self._database.write(
            merging.propose, self._hooks, guild_id, user_id, gone_id, kept_id, channel_id, now
        )

    async def merge_question(self, guild_id: int, user_id: int, merge_id: int) -> Question:
        """What a member whose idea it is has to answer; raises MergeGone, MergeAnswered, NotYoursToAnswer."""
        return await self._database.read(merging.question_of, guild_id, user_id, merge_id)

    async def answer_merge(self, guild_id: int, user_id: int, merge_id: int, *, accepted: bool) -> Answered:
        """Answer for one's own idea whether it is the same as the proposer's.

        Raises MergeGone, MergeAnswered, NotYoursToAnswer, and what those above have against it.
        """
        now = self._clock.now()
        return await self._database.write(
            merging.answer, self._hooks, guild_id, user_id, merge_id, accepted, now
        )

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete the member's ideas but those that are others' too, and all that they proposed."""
        now = self._clock.now()
        proposed = store.merges_proposed_by(db, guild_id, user_id)
        for idea in store.of_author(db, guild_id, user_id):
            proposed += store.merges_about(db, guild_id, idea.id)
            if idea.authors == {user_id}:
                store.remove(db, idea)
            else:
                store.remove_author(db, idea, user_id)
        super().forget_member(db, guild_id, user_id)
        for merge in proposed:
            deliveries.refresh(db, merge, now)

    def _add(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, text: IdeaText
    ) -> tuple[Idea, list[Idea]]:
        others = self._in_sight(db, guild_id, user_id)
        return store_idea(db, guild_id, user_id, text, self._clock.now()), others

    def _in_sight(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Idea]:
        own = open_ideas_of(db, guild_id, user_id)
        seen = self._hooks.seen_by(db, guild_id, user_id) - {idea.id for idea in own}
        return [*own, *(idea for idea in store.find_all(db, guild_id, seen) if idea.is_open)]

    def _change(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, idea_id: int, text: IdeaText
    ) -> Idea:
        now = self._clock.now()
        idea = _require_own(db, guild_id, user_id, idea_id)
        if text != idea.text:
            self._hooks.require_changeable(db, guild_id, idea_id)
            store.save_text(db, idea, text, now)
            self._tell(db, idea, now)
        return _require_own(db, guild_id, user_id, idea_id)

    def _withdraw(self, db: sqlite3.Connection, guild_id: int, user_id: int, idea_id: int) -> LetGo:
        now = self._clock.now()
        idea = _require_own(db, guild_id, user_id, idea_id)
        stays = idea.authors != {user_id}
        if stays:
            store.remove_author(db, idea, user_id)
        else:
            store.set_state(db, idea, IdeaState.WITHDRAWN, now)
        self._tell(db, idea, now)
        return LetGo(idea, stays)

    def _take_up(self, db: sqlite3.Connection, guild_id: int, user_id: int, idea_id: int) -> Idea:
        now = self._clock.now()
        idea = store.find(db, guild_id, idea_id)
        if idea is None or idea.state is IdeaState.MERGED or user_id not in idea.authors:
            raise IdeaGone
        if not idea.is_open:
            _require_room(db, guild_id, user_id)
            store.set_state(db, idea, IdeaState.OPEN, now)
            self._tell(db, idea, now)
        return _require_own(db, guild_id, user_id, idea_id)

    def _tell(self, db: sqlite3.Connection, idea: Idea, now: datetime) -> None:
        merging.refresh_questions(db, idea.guild_id, (idea.id,), now)
        self._hooks.changed(db, idea.guild_id, idea.id, now)


def store_idea(db: sqlite3.Connection, guild_id: int, user_id: int, text: IdeaText, now: datetime) -> Idea:
    """Write an idea down, within another feature's transaction; raises TooManyIdeas."""
    _require_room(db, guild_id, user_id)
    return store.add(db, guild_id, user_id, text, now)


def open_ideas_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Idea]:
    """A member's open ideas, the newest first, within another feature's transaction."""
    return [idea for idea in store.of_author(db, guild_id, user_id) if idea.is_open]


def find_ideas(db: sqlite3.Connection, guild_id: int, idea_ids: Collection[int]) -> list[Idea]:
    """Those of some ideas that are of a server, in any state; whose author is forgotten, is not there."""
    return store.find_all(db, guild_id, idea_ids)


def authors_of(db: sqlite3.Connection, guild_id: int, idea_ids: Collection[int]) -> Mapping[int, set[int]]:
    """Whose ideas some are; an idea that is not there is of nobody."""
    found = {idea.id: set(idea.authors) for idea in store.find_all(db, guild_id, idea_ids)}
    return {idea_id: found.get(idea_id, set()) for idea_id in idea_ids}


def idea_ids_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> set[int]:
    """The ids of all ideas that are a member's, in any state; found without reading the ideas."""
    return store.ids_of_author(db, guild_id, user_id)


def _require_own(db: sqlite3.Connection, guild_id: int, user_id: int, idea_id: int) -> Idea:
    idea = store.find(db, guild_id, idea_id)
    if idea is None or not idea.is_open or user_id not in idea.authors:
        raise IdeaGone
    return idea


def _require_room(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    if len(open_ideas_of(db, guild_id, user_id)) >= IDEAS_EACH:
        raise TooManyIdeas(limit=IDEAS_EACH)
