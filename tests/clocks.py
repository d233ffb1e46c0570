"""Clocks that tests set by hand."""

from datetime import datetime, timedelta


class ManualClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime):
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Move to an instant."""
        self._now = now

    def advance(self, **parts: float) -> None:
        """Move on by a timedelta's parts, such as hours=3."""
        self._now += timedelta(**parts)
