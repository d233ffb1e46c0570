"""What a member would have on the shelf, until the curators decide."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.resources.entry import Entry


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion with what is filled in for the curators so far.

    `user_id` is None once who made it is forgotten. `reason` is why it was declined, `resource_id` what it
    became when it was accepted.
    """

    id: int
    guild_id: int
    user_id: int | None
    entry: Entry
    state: SuggestionState
    suggested_at: datetime
    decided_at: datetime | None = None
    reason: str = ""
    resource_id: int | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the curators have still to decide."""
        return self.state is SuggestionState.WAITING
