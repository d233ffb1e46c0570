"""What becomes of a pick, within one transaction: a baseline, moving on to the next, or two teams."""

import sqlite3
from datetime import datetime

from bot.builds.rules import Build, BuildState
from bot.builds.service import drop_rival, end
from bot.ideas.rules import IdeaState
from bot.ideas.service import find_ideas
from bot.polls import phases, store
from bot.polls.counting import count_final
from bot.polls.errors import NoSecondTeam
from bot.polls.rules import TWO_TEAMS_WITHIN, Poll


def baseline_there(
    db: sqlite3.Connection, poll: Poll, build_id: int, user_id: int, link: str, now: datetime
) -> Build:
    """Close a build of a poll with the link of its baseline, and the poll with its last build."""
    build = end(db, poll.guild_id, build_id, BuildState.THERE, now, link, by=user_id)
    phases.conclude(db, poll, now)
    return build


def move_on(db: sqlite3.Connection, poll: Poll, build_id: int, now: datetime, *, by: int | None) -> Poll:
    """End a build of a poll without a baseline; its team goes on with the best finalist that is left.

    `by` is the member who says so, where only one who is in may.
    """
    build = end(db, poll.guild_id, build_id, BuildState.MOVED_ON, now, by=by)
    left = untried(db, poll)
    return (
        phases.build(db, poll, left[0], now, team=build.members) if left else phases.conclude(db, poll, now)
    )


def two_teams(db: sqlite3.Connection, poll: Poll, first: Build, now: datetime) -> Poll:
    """Have the idea that about as many wanted built beside the first; raises NoSecondTeam."""
    split = count_final(db, poll).split
    is_late = now >= first.began_at + TWO_TEAMS_WITHIN
    if not first.is_running or not first.rival or is_late or split is None:
        raise NoSecondTeam
    if split.second not in untried(db, poll):
        raise NoSecondTeam
    drop_rival(db, poll.guild_id, first.id, now)
    return phases.build(db, poll, split.second, now)


def untried(db: sqlite3.Connection, poll: Poll) -> list[int]:
    """The finalists that nobody has begun to build, the best first.

    Whoever has withdrawn their idea since does not want it built; it is left out, as long as it is so.
    """
    entries = store.entries_of(db, poll.guild_id, poll.id)
    ideas = find_ideas(db, poll.guild_id, [entry.idea_id for entry in entries])
    there = {idea.id for idea in ideas if idea.state is not IdeaState.WITHDRAWN}
    order = [placed.idea for placed in count_final(db, poll).order]
    return [place for place in order if place not in poll.tried and entries[place].idea_id in there]
