"""How a final ends: the finalists in their places, what decided the first, and who is divided about it."""

from dataclasses import dataclass
from enum import StrEnum


class DecidedBy(StrEnum):
    """What decided the first place: the count itself, or what broke its tie."""

    COUNT = "count"
    BORDA = "borda"
    CARDS = "cards"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Placed:
    """A finalist in its place.

    By marks, `points` are what its mark (0 to 5) would be by cards and ballots together. By ranked ballots
    they are how many finalists it beats on average. `low` and `high` are between which they lie with eighty
    percent by all that is known, `sure` how likely it is to be the best of the finalists.
    """

    idea: int
    points: float
    low: float
    high: float
    sure: float


@dataclass(frozen=True, slots=True)
class Split:
    """Two ideas that divide the voters, the one in the first place first, and how many prefer each."""

    first: int
    second: int
    for_first: int
    for_second: int


@dataclass(frozen=True, slots=True)
class FinalResult:
    """The finalists, best first. `tied` are all that share the first place; empty where one leads alone."""

    order: tuple[Placed, ...]
    tied: tuple[int, ...]
    decided_by: DecidedBy
    split: Split | None
