"""From one phase of a poll to the next, within one transaction: by time, by votes, or by who steers it."""

import sqlite3
from dataclasses import replace
from datetime import datetime

from bot.builds.rules import Build, BuildState
from bot.builds.service import begin, builds_of
from bot.errors import NotSetUp
from bot.localtime import ONE_DAY
from bot.polls import counting, store
from bot.polls.deliveries import announce
from bot.polls.planning import plan
from bot.polls.rules import (
    ENOUGH_IDEAS,
    LEAST_TO_CHOOSE,
    NOTICED_WITHIN,
    EndedBy,
    Entry,
    Phase,
    Poll,
    delayed,
    enough_to_settle,
    put_off,
    who_may_vote,
)
from bot.routines.service import today_of


def advance(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
    """End the phase of a poll whose time is over.

    If nobody could notice in time, since the bot was away, the phases that follow lose nothing by it; and one
    in which nobody did anything goes on for a day, since those who wanted to may have found a closed door.
    """
    if poll.until is None or now < poll.until:
        return poll
    late = now - poll.until
    if late > NOTICED_WITHIN and not _has_come_to_something(db, poll):
        return _save(db, put_off(poll, late + ONE_DAY), now)
    poll = delayed(poll, late)
    if poll.phase is Phase.COLLECT:
        return end_collecting(db, poll, now, EndedBy.TIME)
    if poll.phase is Phase.CARDS:
        return end_cards(db, poll, now, EndedBy.TIME)
    return end_final(db, poll, now, EndedBy.TIME)


def settle(db: sqlite3.Connection, guild_id: int, poll_id: int, now: datetime) -> Poll | None:
    """End the cards of a poll whose shortlist is settled, if enough people voted; None where they go on.

    To be called when either may have become so. What was settled a moment ago need not be any more.
    """
    poll = store.find(db, guild_id, poll_id)
    if poll is None or poll.phase is not Phase.CARDS:
        return None
    voters = counting.voters_of(db, guild_id, poll_id)
    taps = {voter.user_id: voter.taps for voter in voters if voter.user_id is not None}
    if not enough_to_settle(poll, store.invited(db, guild_id, poll_id), taps):
        return None
    shortlist = counting.shortlist_now(db, poll)
    if shortlist is None or not shortlist.settled:
        return None
    return end_cards(db, poll, now, EndedBy.SETTLED)


def end_if_all_voted(db: sqlite3.Connection, guild_id: int, poll_id: int, now: datetime) -> Poll | None:
    """End the cards or the final of a poll if nobody is waited for any more; None where it goes on.

    To be called when somebody may not vote in it any more.
    """
    poll = store.find(db, guild_id, poll_id)
    if poll is None:
        return None
    return settle(db, guild_id, poll_id, now) or end_final_if_all_voted(db, poll, now)


def end_final_if_all_voted(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll | None:
    """End a final in which everybody who may vote has a whole ballot; None where it goes on."""
    if poll.phase is not Phase.FINAL:
        return None
    everybody = who_may_vote(poll, store.invited(db, poll.guild_id, poll.id))
    voted = {voter.user_id for voter in counting.voters_of(db, poll.guild_id, poll.id) if voter.has_ballot}
    if not everybody or not everybody <= voted:
        return None
    return end_final(db, poll, now, EndedBy.EVERYBODY_VOTED)


def end_collecting(db: sqlite3.Connection, poll: Poll, now: datetime, by: EndedBy) -> Poll:
    """Open the cards, or, where all ideas fit into the final, open that; drop a poll without a choice.

    From now on the ideas stand as they are.
    """
    entries = [entry for entry in store.entries_of(db, poll.guild_id, poll.id) if not entry.withdrawn]
    if len(entries) < LEAST_TO_CHOOSE:
        return _go(db, poll, Phase.DROPPED, now, EndedBy.TOO_FEW)
    for entry in entries:
        store.freeze(db, poll, entry)
    if len(entries) >= ENOUGH_IDEAS:
        return _go(db, poll, Phase.CARDS, now, by)
    everything = tuple(entry.position for entry in entries)
    return _go(db, replace(poll, shortlist=everything), Phase.FINAL, now, by)


def end_cards(db: sqlite3.Connection, poll: Poll, now: datetime, by: EndedBy) -> Poll:
    """Open the final with the best by the cards; drop a poll in which nobody voted."""
    shortlist = counting.shortlist_now(db, poll)
    if shortlist is None:
        return _go(db, poll, Phase.DROPPED, now, EndedBy.NOBODY_VOTED)
    best = tuple(standing.idea for standing in shortlist.members)
    return _go(db, replace(poll, shortlist=best), Phase.FINAL, now, by)


def drop_without_choice(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll | None:
    """Drop a poll that is voted on where too few ideas are left; None where there is a choice.

    To be called within the transaction that withdraws one.
    """
    if poll.phase is Phase.CARDS:
        left = sum(not idea.withdrawn for idea in store.outline_of(db, poll.guild_id, poll.id))
    elif poll.phase is Phase.FINAL:
        left = len(counting.finalists_now(db, poll))
    else:
        return None
    return _go(db, poll, Phase.DROPPED, now, EndedBy.TOO_FEW) if left < LEAST_TO_CHOOSE else None


def end_final(db: sqlite3.Connection, poll: Poll, now: datetime, by: EndedBy) -> Poll:
    """Count the final, and have the pick built."""
    result = counting.count_final(db, poll)
    poll = _go(db, poll, Phase.BASELINE, now, by)
    rival = "" if result.split is None else _entry(db, poll, result.split.second).text.title
    return build(db, poll, result.order[0].idea, now, rival=rival)


def build(
    db: sqlite3.Connection,
    poll: Poll,
    position: int,
    now: datetime,
    *,
    team: tuple[int, ...] = (),
    rival: str = "",
) -> Poll:
    """Have one of the finalists built: by a team, else by who started the poll and whose idea it is."""
    entry = _entry(db, poll, position)
    begun = () if poll.user_id is None else (poll.user_id,)
    begin(
        db,
        poll.guild_id,
        poll_id=poll.id,
        position=position,
        channel_id=poll.channel_id,
        text=entry.text,
        members=team or tuple(dict.fromkeys([*begun, *sorted(entry.authors)])),
        zone=zone_of(db, poll.guild_id, poll.user_id, now),
        now=now,
        rival=rival,
    )
    return _save(db, replace(poll, tried=(*poll.tried, position)), now)


def conclude(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
    """End a poll none of whose builds runs any more: closed if a baseline is there, else moved on."""
    builds: list[Build] = builds_of(db, poll.guild_id, poll.id)
    if any(each.is_running for each in builds):
        return _save(db, poll, now)
    if any(each.state is BuildState.THERE for each in builds):
        return _go(db, poll, Phase.CLOSED, now, EndedBy.BUILT)
    return _go(db, poll, Phase.MOVED_ON, now, EndedBy.ALL_TRIED)


def drop(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
    """End a poll without a result."""
    return _go(db, poll, Phase.DROPPED, now, EndedBy.STARTER)


def zone_of(db: sqlite3.Connection, guild_id: int, user_id: int | None, now: datetime) -> str:
    """The zone of a member, else of the server, else UTC: polls need no set-up."""
    try:
        return today_of(db, guild_id, user_id or 0, now)[1]
    except NotSetUp:
        return "UTC"


def _has_come_to_something(db: sqlite3.Connection, poll: Poll) -> bool:
    """Whether there is anything to end the phase of a poll with: ideas to choose from, a tap, or a ballot."""
    if poll.phase is Phase.COLLECT:
        return len(store.outline_of(db, poll.guild_id, poll.id)) >= LEAST_TO_CHOOSE
    voters = counting.voters_of(db, poll.guild_id, poll.id)
    if poll.phase is Phase.CARDS:
        return any(voter.taps for voter in voters)
    return any(voter.has_ballot for voter in voters)


def _go(db: sqlite3.Connection, poll: Poll, phase: Phase, now: datetime, by: EndedBy) -> Poll:
    return _save(db, replace(poll, phase=phase, phase_since=now.replace(microsecond=0), ended_by=by), now)


def _save(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
    store.save(db, poll)
    plan(db, poll.guild_id)
    announce(db, poll, now)
    return poll


def _entry(db: sqlite3.Connection, poll: Poll, position: int) -> Entry:
    return store.entries_of(db, poll.guild_id, poll.id)[position]
