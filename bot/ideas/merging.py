"""Merging two ideas into one, within a transaction: at once where both are one's own, else by asking.

The survivor keeps what it says; whose idea the other was becomes its co-author.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.ideas import deliveries, store
from bot.ideas.errors import (
    MergeAnswered,
    MergedWithItself,
    MergeGone,
    MergeProposedAlready,
    NotYoursToAnswer,
    OtherIdeaGone,
    TooManyProposals,
)
from bot.ideas.hooks import Hooks
from bot.ideas.rules import PROPOSALS_OPEN, Idea, IdeaState, Merge


@dataclass(frozen=True, slots=True)
class Pair:
    """Two open ideas of which the one may be merged into the other, and whether both are the asker's own."""

    gone: Idea
    kept: Idea
    both_own: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A proposal that waits for an answer, and the two open ideas that it is about."""

    merge: Merge
    gone: Idea
    kept: Idea


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to a proposal, and the two ideas as they were before."""

    merge: Merge
    accepted: bool
    gone: Idea
    kept: Idea


def pair_of(
    db: sqlite3.Connection, hooks: Hooks, guild_id: int, user_id: int, gone_id: int, kept_id: int
) -> Pair:
    """Two ideas that a member wants to see merged: the first is theirs, the second one that they may see.

    Raises MergedWithItself and OtherIdeaGone.
    """
    if gone_id == kept_id:
        raise MergedWithItself
    found = {idea.id: idea for idea in store.find_all(db, guild_id, (gone_id, kept_id)) if idea.is_open}
    gone, kept = found.get(gone_id), found.get(kept_id)
    if gone is None or kept is None or user_id not in gone.authors:
        raise OtherIdeaGone
    both_own = user_id in kept.authors
    if not both_own and kept_id not in hooks.seen_by(db, guild_id, user_id):
        raise OtherIdeaGone
    return Pair(gone, kept, both_own)


def merge_own(
    db: sqlite3.Connection,
    hooks: Hooks,
    guild_id: int,
    user_id: int,
    gone_id: int,
    kept_id: int,
    now: datetime,
) -> Pair:
    """Merge an idea of a member's into another of theirs."""
    pair = pair_of(db, hooks, guild_id, user_id, gone_id, kept_id)
    if not pair.both_own:
        # It was theirs when they were asked, and they have let go of it since.
        raise OtherIdeaGone
    _merge(db, hooks, pair.gone, pair.kept, now)
    return pair


def propose(
    db: sqlite3.Connection,
    hooks: Hooks,
    guild_id: int,
    user_id: int,
    gone_id: int,
    kept_id: int,
    channel_id: int,
    now: datetime,
) -> Pair:
    """Ask those whose idea the second is whether the first, a member's own, is the same."""
    pair = pair_of(db, hooks, guild_id, user_id, gone_id, kept_id)
    hooks.require_changeable(db, guild_id, gone_id)
    earlier = store.merges_proposed_by(db, guild_id, user_id)
    if any({merge.from_idea, merge.into_idea} == {gone_id, kept_id} for merge in earlier):
        raise MergeProposedAlready
    asked = [merge for merge in earlier if merge.accepted is None]
    if len(asked) >= PROPOSALS_OPEN and _still_asked(db, asked) >= PROPOSALS_OPEN:
        raise TooManyProposals(limit=PROPOSALS_OPEN)
    deliveries.ask(db, store.add_merge(db, guild_id, user_id, channel_id, gone_id, kept_id, now), now)
    return pair


def question_of(db: sqlite3.Connection, guild_id: int, user_id: int, merge_id: int) -> Question:
    """A proposal, for one whose idea it is that would go on; nobody else may read what it is about.

    Raises MergeGone, MergeAnswered and NotYoursToAnswer.
    """
    merge = store.find_merge(db, guild_id, merge_id)
    if merge is None:
        raise MergeGone
    content = deliveries.content_of(db, merge)
    if merge.accepted is not None:
        raise MergeAnswered
    if content.outcome is not deliveries.Outcome.ASKED or content.gone is None or content.kept is None:
        raise MergeGone
    if user_id not in content.kept.authors:
        raise NotYoursToAnswer
    return Question(merge, content.gone, content.kept)


def answer(
    db: sqlite3.Connection,
    hooks: Hooks,
    guild_id: int,
    user_id: int,
    merge_id: int,
    accepted: bool,
    now: datetime,
) -> Answered:
    """Settle a proposal by the word of one whose idea it is that would go on."""
    asked = question_of(db, guild_id, user_id, merge_id)
    store.answer_merge(db, asked.merge, accepted, now)
    deliveries.refresh(db, asked.merge, now)
    if accepted:
        _merge(db, hooks, asked.gone, asked.kept, now)
    return Answered(asked.merge, accepted, asked.gone, asked.kept)


def refresh_questions(
    db: sqlite3.Connection, guild_id: int, idea_ids: Collection[int], now: datetime
) -> None:
    """Have the questions about some ideas that nobody has answered show how things stand."""
    merges = {merge.id: merge for idea_id in idea_ids for merge in store.merges_about(db, guild_id, idea_id)}
    for merge in merges.values():
        if merge.accepted is None:
            deliveries.refresh(db, merge, now)


def _still_asked(db: sqlite3.Connection, merges: Collection[Merge]) -> int:
    outcomes = [deliveries.content_of(db, merge).outcome for merge in merges]
    return outcomes.count(deliveries.Outcome.ASKED)


def _merge(db: sqlite3.Connection, hooks: Hooks, gone: Idea, kept: Idea, now: datetime) -> None:
    hooks.require_changeable(db, gone.guild_id, gone.id)
    store.set_state(db, gone, IdeaState.MERGED, now, merged_into=kept.id)
    store.add_authors(db, kept, gone.authors)
    refresh_questions(db, gone.guild_id, (gone.id, kept.id), now)
    for idea in (gone, kept):
        hooks.changed(db, idea.guild_id, idea.id, now)
