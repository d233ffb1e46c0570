"""What the checks and figures have to know of the connection to Discord's gateway."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """How the connection is: `ready` once all servers are known, `open` of so many `shards` connected.

    `latency` is that of the slowest shard, in seconds; None where none has been measured yet. `answers` says
    whether Discord's API did so when it was looked at last.
    """

    ready: bool
    shards: int
    open: int
    latency: float | None
    servers: int
    answers: bool = True

    @property
    def is_open(self) -> bool:
        """Whether members of every server can reach the bot."""
        return self.ready and self.open == self.shards


Gateway = Callable[[], Line]
"""Tells how the connection is now."""
