"""How well a lead suits people who taught themselves: points for each signal, never a bare number. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.leads.lead import Lead
from bot.leads.signals import Signal, SignalName

BASE = 50
"""Where every lead begins, before anything speaks for it or against it."""

LEAST_WEIGHT, GREATEST_WEIGHT = -100, 100
"""What a server may set a weight to."""

WEIGHTS: Mapping[SignalName, int] = {name: 0 for name in SignalName}
"""What each signal is worth where nobody chose otherwise."""


class Unstated(StrEnum):
    """What a reader wants to know and a post does not say. It counts nothing, and a card shows it."""

    DEGREE = "degree"
    LEVEL = "level"
    PAY = "pay"
    VISA = "visa"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a server or a member looks for.

    `weights` need not name every signal: the others count as in `WEIGHTS`; 0 takes a signal's effect away.
    `places` are where its people can work ("Berlin", "Germany", "EU"); empty means that places don't matter.
    `languages` are the spoken languages they work in besides English; empty means that languages don't matter.
    """

    weights: Mapping[SignalName, int] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def weight(self, name: SignalName) -> int:
        """What a signal is worth here."""
        return self.weights.get(name, WEIGHTS[name])


DEFAULT = Criteria()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a fit: what was found, or what was not stated, and the points it came to."""

    what: SignalName | Unstated
    points: int
    quote: str = ""
    value: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether the post says anything on it."""
        return isinstance(self.what, SignalName)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a lead suits: from 0 to 100, `BASE` and the points of the parts."""

    score: int
    parts: tuple[Part, ...]


def judge(lead: Lead, signals: Sequence[Signal], criteria: Criteria = DEFAULT) -> Fit:
    """Judge a lead by its signals, as `signals_of` gave them. Never fails."""
    return Fit(BASE, ())


def strongest(fit: Fit, count: int) -> tuple[Part, ...]:
    """The parts that moved the score most, those that speak for it first among equals."""
    moved = sorted(
        (part for part in fit.parts if part.points), key=lambda part: (-abs(part.points), -part.points)
    )
    return tuple(moved[:count])
