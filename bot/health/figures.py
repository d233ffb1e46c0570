"""What is told as it happens, so that it can be counted; whoever counts nothing is told in vain.

What is told is never a text, an id or an address of anybody: of names there are only the program's own, so
that there are never more figures than those the program has names for.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.health.backlog import Backlog
    from bot.health.gateway import Line


class Outcome(StrEnum):
    """How the answer to a command, a button or a form came out."""

    OK = "ok"
    REFUSED = "refused"
    """A sentence said what the person has to do otherwise."""
    LATE = "late"
    """It came too late, so that Discord did not take it."""
    FAILED = "failed"


class Sent(StrEnum):
    """What became of one try to send, change or delete a message."""

    SENT = "sent"
    CHANGED = "changed"
    DELETED = "deleted"
    TOO_LATE = "too_late"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    """Discord will never take it."""
    FAILED = "failed"


class Figures:
    """Takes what happens; this one keeps nothing of it. May be told from any thread; seconds are seconds."""

    on = False
    """Whether anything is kept: for whoever would have to reckon before telling."""

    def written(self, line: "Line", backlog: "Backlog | None", accept: str) -> tuple[bytes, str]:
        """All that was told, in the format that an Accept header asks for, and its content type.

        What is not told but looked at comes along: the gateway, and what waits, if that could be read.
        """
        return b"", "text/plain; charset=utf-8"

    def interaction(self, what: str, outcome: Outcome, seconds: float) -> None:
        """A command, or a button or form by the first two parts of its custom id, has been answered."""

    def discord_answered(
        self, route: str, method: str, status: int, seconds: float, limited_by: str | None
    ) -> None:
        """Discord answered a request; with 429, `limited_by` says which of its limits was passed."""

    def discord_silent(self, route: str, method: str) -> None:
        """There was no answer to a request: the connection failed, or the wait was too long."""

    def gateway(self, event: Literal["connected", "resumed", "lost"]) -> None:
        """The connection of a shard was made anew, taken up again, or lost."""

    def delivery(self, kind: str, became: Sent, lag: float | None = None) -> None:
        """What became of a message; `lag` is how late one came that was sent for the first time."""

    def database_job(self, job: Literal["read", "write"], waited: float, seconds: float) -> None:
        """A job in the database waited for its turn, and then took some time."""

    def job_ran(self, name: str, seconds: float, failed: bool) -> None:
        """A run of one of the fixed jobs is over."""

    def hacker_news_round(
        self, posts: Mapping[str, int], requests: int, troubles: int, gave_up: bool
    ) -> None:
        """A round over Hacker News is over; `posts` by what they were: new, changed, gone, unreadable."""

    def link_looked_at(self, outcome: str) -> None:
        """Somebody looked whether there is something behind a link."""


NO_FIGURES = Figures()
