"""What rooms above have to say about ideas: one may be in a poll, of which this room knows nothing."""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

AfterAChange = Callable[[sqlite3.Connection, int, int, datetime], object]
"""Called when an idea says something else, is of others, or is not open any more: server, idea, now."""

Guard = Callable[[sqlite3.Connection, int, int], object]
"""Raises a UserError where an idea may not say something else, or be merged into another: server, idea."""

AlsoSeen = Callable[[sqlite3.Connection, int, int], Collection[int]]
"""The ids of ideas of others that a member may see: server, member."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """All of them; each is called within the transaction that changes or reads an idea."""

    after_a_change: Sequence[AfterAChange] = ()
    guards: Sequence[Guard] = ()
    also_seen: Sequence[AlsoSeen] = ()

    def changed(self, db: sqlite3.Connection, guild_id: int, idea_id: int, now: datetime) -> None:
        """Tell the others of a change."""
        for follow_up in self.after_a_change:
            follow_up(db, guild_id, idea_id, now)

    def require_changeable(self, db: sqlite3.Connection, guild_id: int, idea_id: int) -> None:
        """Raises what the others have against a change."""
        for guard in self.guards:
            guard(db, guild_id, idea_id)

    def seen_by(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> set[int]:
        """The ideas of others that a member may see."""
        return {idea_id for seen in self.also_seen for idea_id in seen(db, guild_id, user_id)}
