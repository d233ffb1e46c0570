"""Discord is away: what waits is left to wait, and one message at a time is tried until one arrives.

Without this, each of ten thousand messages would be tried every five minutes, and each try written down.
"""

import logging
from datetime import datetime, timedelta

from bot.clock import Clock

log = logging.getLogger(__name__)

AWAY_AFTER = 5
"""So many messages in a row of which nothing was heard."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=1)


class Outage:
    """Whether Discord takes anything, by what has become of the messages last sent."""

    def __init__(self, clock: Clock):
        self._clock = clock
        self._failing: set[int] = set()
        self._since: datetime | None = None
        self._wait = FIRST_WAIT
        self._next_try_at: datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether Discord is taken to be away."""
        return self._since is not None

    def room(self, wanted: int) -> int:
        """How many of the messages that are wanted may be tried now: all of them, or while it lasts one."""
        if self._next_try_at is None:
            return wanted
        now = self._clock.now()
        # A clock that is set back makes nothing wait for longer.
        self._next_try_at = min(self._next_try_at, now + LONGEST_WAIT)
        if now < self._next_try_at:
            return 0
        self._next_try_at = now + self._wait
        self._wait = min(2 * self._wait, LONGEST_WAIT)
        return min(wanted, 1)

    def failed(self, delivery_id: int, reason: str) -> None:
        """Nothing was heard of a message that was sent."""
        self._failing.add(delivery_id)
        if self._since is None and len(self._failing) >= AWAY_AFTER:
            self._since = self._clock.now()
            self._next_try_at = self._since + self._wait
            log.warning("Discord takes no messages (%s): all wait, and one at a time is tried", reason)

    def over(self) -> None:
        """Discord has answered."""
        self._failing.clear()
        if self._since is not None:
            log.warning("Discord takes messages again, after %s", self._clock.now() - self._since)
        self._since, self._next_try_at, self._wait = None, None, FIRST_WAIT
