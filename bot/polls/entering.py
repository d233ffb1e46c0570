"""Which ideas are in a poll, within one transaction; and what follows when one of them changes elsewhere."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.builds.service import builds_of, drop_rival, let_go_of_text
from bot.ideas.errors import IdeaGone
from bot.ideas.rules import IdeaState
from bot.ideas.service import find_ideas, open_ideas_of
from bot.inputs import quoted
from bot.polls import store
from bot.polls.deliveries import refresh_all, refresh_poll
from bot.polls.errors import InPollAlready, NotCollecting, NotYourEntry, PollFull, VotedOn
from bot.polls.phases import drop_without_choice, end_final_if_all_voted
from bot.polls.rules import ENTRIES_AT_MOST, Entry, Phase, Poll, may_vote, require_phase

VOTED_ON = (Phase.CARDS, Phase.FINAL)


def enter(db: sqlite3.Connection, poll: Poll, user_id: int, idea_ids: Collection[int], now: datetime) -> None:
    """Put open ideas of a member's into a poll, those that are in it already aside.

    Raises NotCollecting and PollFull, and where there is none to put in InPollAlready or IdeaGone.
    """
    require_phase(poll, Phase.COLLECT, NotCollecting)
    entries = store.entries_of(db, poll.guild_id, poll.id)
    inside = {entry.idea_id for entry in entries}
    own = {idea.id: idea for idea in open_ideas_of(db, poll.guild_id, user_id)}
    new = [idea_id for idea_id in dict.fromkeys(idea_ids) if idea_id in own and idea_id not in inside]
    if not new:
        known = next((own[idea_id] for idea_id in idea_ids if idea_id in own), None)
        if known is None:
            raise IdeaGone
        raise InPollAlready(title=quoted(known.text.title))
    if len(entries) + len(new) > ENTRIES_AT_MOST:
        raise PollFull(limit=ENTRIES_AT_MOST)
    for idea_id in new:
        store.add_entry(db, poll, idea_id)
    refresh_poll(db, poll, now)


def take_out(db: sqlite3.Connection, poll: Poll, user_id: int, idea_id: int, now: datetime) -> None:
    """Take an idea of a member's out of a poll that collects; raises NotYourEntry, also where it does not."""
    entries = store.entries_of(db, poll.guild_id, poll.id)
    entry = next((entry for entry in entries if entry.idea_id == idea_id), None)
    if entry is None or user_id not in entry.authors or poll.phase is not Phase.COLLECT:
        raise NotYourEntry
    store.take_out(db, poll, entry.position)
    refresh_poll(db, poll, now)


def idea_changed(db: sqlite3.Connection, guild_id: int, idea_id: int, now: datetime) -> None:
    """Have the polls that an idea is in follow it, as bot.ideas asks: it says something else, or is gone.

    One that is gone leaves a poll that collects, for the idea it was merged into if that is open; where it
    is voted on, it is left out of the ranking, and the poll is dropped if that leaves no choice. What has
    been decided stays, be it that the idea is not in the final.
    """
    (idea, *_) = [*find_ideas(db, guild_id, [idea_id]), None]
    for poll in store.polls_with(db, guild_id, idea_id):
        if not poll.is_open:
            continue
        if idea is None or not idea.is_open:
            _leave(db, poll, _entry_of(db, poll, idea_id), now)
            if idea is not None and idea.state is IdeaState.MERGED and idea.merged_into is not None:
                _enter_in_place(db, poll, idea.merged_into)
            _go_on_without(db, poll, now)
        refresh_poll(db, poll, now)


def refuse_change_while_voted_on(db: sqlite3.Connection, guild_id: int, idea_id: int) -> None:
    """Raises VotedOn for an idea on which people vote: it may be withdrawn, but not say something else."""
    for poll in store.polls_with(db, guild_id, idea_id):
        entry = _entry_of(db, poll, idea_id)
        if poll.phase in VOTED_ON and not entry.withdrawn:
            raise VotedOn(title=quoted(entry.text.title), poll=quoted(poll.name))


def ideas_seen_in_polls(db: sqlite3.Connection, guild_id: int, user_id: int) -> set[int]:
    """The ideas in polls that a member may vote in and that are not over."""
    return {
        idea.idea_id
        for poll in store.running(db, guild_id)
        if may_vote(poll, user_id, store.invited(db, guild_id, poll.id))
        for idea in store.outline_of(db, guild_id, poll.id)
        if not idea.withdrawn
    }


def let_go_of_lost_ideas(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    """Leave nothing of what ideas said that have been forgotten with their authors."""
    for poll in store.polls_with_lost_ideas(db, guild_id):
        entries = store.entries_of(db, guild_id, poll.id)
        there = {idea.id for idea in find_ideas(db, guild_id, [entry.idea_id for entry in entries])}
        # The last first, since in a poll that collects those after it move up.
        for entry in reversed(entries):
            if entry.idea_id not in there:
                _leave(db, poll, entry, now)
                _let_go(db, poll, entry, now)
        _go_on_without(db, poll, now)
        refresh_all(db, poll, now)


def _leave(db: sqlite3.Connection, poll: Poll, entry: Entry, now: datetime) -> None:
    if poll.phase is Phase.COLLECT:
        store.take_out(db, poll, entry.position)
    elif poll.phase is Phase.CARDS or (poll.phase is Phase.FINAL and entry.position in poll.shortlist):
        # What did not come into the final is left as it was ranked: the shortlist has been told.
        store.withdraw(db, poll, entry.position, now)


def _go_on_without(db: sqlite3.Connection, poll: Poll, now: datetime) -> None:
    """End a poll that is left without a choice, or a final in which all that is left has been voted on."""
    if drop_without_choice(db, poll, now) is None:
        end_final_if_all_voted(db, poll, now)


def _let_go(db: sqlite3.Connection, poll: Poll, entry: Entry, now: datetime) -> None:
    if poll.phase is not Phase.COLLECT:
        store.strip(db, poll, entry.position)
    for build in builds_of(db, poll.guild_id, poll.id):
        if build.position == entry.position:
            let_go_of_text(db, poll.guild_id, build.id, now)
        if build.rival == entry.text.title:
            drop_rival(db, poll.guild_id, build.id, now)


def _enter_in_place(db: sqlite3.Connection, poll: Poll, idea_id: int) -> None:
    inside = {entry.idea_id for entry in store.entries_of(db, poll.guild_id, poll.id)}
    (idea, *_) = [*find_ideas(db, poll.guild_id, [idea_id]), None]
    if poll.phase is Phase.COLLECT and idea is not None and idea.is_open and idea_id not in inside:
        store.add_entry(db, poll, idea_id)


def _entry_of(db: sqlite3.Connection, poll: Poll, idea_id: int) -> Entry:
    entries = store.entries_of(db, poll.guild_id, poll.id)
    return next(entry for entry in entries if entry.idea_id == idea_id)
