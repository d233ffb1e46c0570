"""A tap: which idea of a card is best. Ideas are numbers, counted from 0."""

from dataclasses import dataclass

MOST_SHOWN, LEAST_SHOWN = 4, 2


@dataclass(frozen=True, slots=True)
class Choice:
    """The ideas of a card, in any order, and the one of them that was tapped as the best."""

    shown: tuple[int, ...]
    best: int

    def __post_init__(self) -> None:
        if not LEAST_SHOWN <= len(self.shown) <= MOST_SHOWN or len(set(self.shown)) < len(self.shown):
            raise ValueError(f"a card shows two to four different ideas, not {self.shown}")
        if self.best not in self.shown:
            raise ValueError(f"{self.best} is not on the card {self.shown}")

    @property
    def beaten(self) -> tuple[int, ...]:
        """The ideas that were on the card and are not the best of it."""
        return tuple(idea for idea in self.shown if idea != self.best)
