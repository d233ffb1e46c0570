"""How well a lead suits people who taught themselves: points for each signal, never a bare number. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.leads.lead import Lead
from bot.leads.reach import reach_of_office, reach_of_remote
from bot.leads.signal import Signal, SignalName, Weighs, by_name

BASE = 40
"""Where every lead begins, before anything speaks for it or against it."""

LEAST_WEIGHT, GREATEST_WEIGHT = -100, 100
"""What a server may set a weight to."""

WEIGHTS: Mapping[SignalName, int] = {
    # The work itself. What members came for is machine learning; the guides call data and software roles, and
    # software roles where others do machine learning, the other ways in.
    SignalName.ML_ROLE: 12,
    SignalName.DATA_ROLE: 8,
    SignalName.SOFTWARE_ROLE: 4,
    SignalName.ML_COMPANY: 4,
    # How far along one has to be. A portfolio stands in for a first job, hardly for ten years of them.
    SignalName.INTERNSHIP: 8,
    SignalName.JUNIOR: 16,
    SignalName.MID: 3,
    SignalName.SENIOR: -10,
    SignalName.STAFF: -16,
    SignalName.MANAGER: -18,
    SignalName.FEW_YEARS: 6,
    SignalName.SOME_YEARS: -4,
    SignalName.MANY_YEARS: -12,
    # A degree. Asking for one shuts the door, most of all a doctorate; wishing for one leaves it ajar.
    SignalName.NO_DEGREE_NEEDED: 20,
    SignalName.EXPERIENCE_INSTEAD: 5,
    SignalName.DEGREE_PREFERRED: -4,
    SignalName.DEGREE_REQUIRED: -24,
    SignalName.PHD_REQUIRED: -36,
    SignalName.STUDENTS_ONLY: -16,
    # Who hires, and how. Small companies, founders who read the mail, and interviews that are like the work
    # are what the guides send people without a degree to; they look at what somebody has made.
    SignalName.SMALL_COMPANY: 8,
    SignalName.FOUNDER_HIRING: 7,
    SignalName.DIRECT_CONTACT: 4,
    SignalName.PRACTICAL_INTERVIEW: 8,
    SignalName.SHOWN_WORK: 10,
    SignalName.MENTORSHIP: 8,
    SignalName.LEARNING: 7,
    # Where. The points are for what suits the places and languages asked for; what does not costs as much.
    SignalName.REMOTE: 6,
    SignalName.ON_SITE: 8,
    SignalName.LANGUAGE_DEMANDED: 12,
    SignalName.VISA_OFFERED: 3,
    SignalName.VISA_NOT_OFFERED: 4,
    # The terms. Who names the pay means it; part-time and contract work fit beside another job.
    SignalName.PAY_STATED: 4,
    SignalName.PART_TIME: 3,
    SignalName.CONTRACT: 2,
    # The guides' warning signs. They say as much of the company as of the role.
    SignalName.IMPOSSIBLE_MIX: -15,
    SignalName.NOTHING_CONCRETE: -20,
    SignalName.NOT_A_JOB: -100,
}
"""What each signal is worth where nobody chose otherwise; positive speaks for a lead, negative against it."""


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
    `languages` are the spoken languages they work in besides English ("German"); empty means that a demand
    for another language counts neither way.
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
    """How well a lead suits: `BASE` and the points of the parts, kept between 0 and 100."""

    score: int
    parts: tuple[Part, ...]


def judge(lead: Lead, signals: Sequence[Signal], criteria: Criteria = DEFAULT) -> Fit:
    """Judge a lead by its signals, as `signals_of` gave them. Never fails.

    The parts are in the order of the signals, then what was not stated.
    """
    found = by_name(signals)
    # A company that looks for everybody is no better than one that looks for one: the best role counts.
    best = max((name for name in _KINDS_OF_ROLE if name in found), key=criteria.weight, default=None)
    parts = []
    for signal in signals:
        counts = signal.name is best or signal.name not in _KINDS_OF_ROLE
        points = _points(lead, signal, criteria) if counts else 0
        parts.append(Part(signal.name, points, signal.quote, signal.value))
    parts += [Part(what, 0) for what in _unstated(signals)]
    return Fit(max(0, min(100, BASE + sum(part.points for part in parts))), tuple(parts))


def strongest(fit: Fit, count: int) -> tuple[Part, ...]:
    """The parts that moved the score most, those that speak for the lead first among equals.

    What the lead's own fields say anyway (its role, its place, its pay) comes after all that its text says.
    """
    moved = (part for part in fit.parts if part.points)
    ranked = sorted(moved, key=lambda part: (part.what in _IN_THE_FIELDS, -abs(part.points), -part.points))
    return tuple(ranked[:count])


_KINDS_OF_ROLE = (SignalName.ML_ROLE, SignalName.DATA_ROLE, SignalName.SOFTWARE_ROLE)
_IN_THE_FIELDS = frozenset({*_KINDS_OF_ROLE, SignalName.REMOTE, SignalName.ON_SITE, SignalName.PAY_STATED})

_DEGREE = frozenset(
    {
        SignalName.NO_DEGREE_NEEDED,
        SignalName.EXPERIENCE_INSTEAD,
        SignalName.DEGREE_PREFERRED,
        SignalName.DEGREE_REQUIRED,
        SignalName.PHD_REQUIRED,
        SignalName.STUDENTS_ONLY,
    }
)
_LEVEL = frozenset(
    {
        SignalName.INTERNSHIP,
        SignalName.JUNIOR,
        SignalName.MID,
        SignalName.SENIOR,
        SignalName.STAFF,
        SignalName.MANAGER,
    }
)
_SAYS = {
    Unstated.DEGREE: _DEGREE,
    Unstated.LEVEL: _LEVEL,
    Unstated.PAY: frozenset({SignalName.PAY_STATED}),
    Unstated.VISA: frozenset({SignalName.VISA_OFFERED, SignalName.VISA_NOT_OFFERED}),
    Unstated.REMOTE: frozenset({SignalName.REMOTE, SignalName.ON_SITE}),
}


def _unstated(signals: Sequence[Signal]) -> list[Unstated]:
    found = frozenset(by_name(signals))
    if SignalName.NOT_A_JOB in found:
        return []
    return [what for what, names in _SAYS.items() if not names & found]


def _points(lead: Lead, signal: Signal, criteria: Criteria) -> int:
    weight = criteria.weight(signal.name)
    match signal.name:
        case SignalName.REMOTE:
            return weight * reach_of_remote(signal.value, criteria.places)
        case SignalName.ON_SITE:
            return weight * reach_of_office(lead.locations, criteria.places)
        case SignalName.VISA_NOT_OFFERED:
            # Whoever lives where the work is needs no visa.
            return weight * min(0, reach_of_office(lead.locations, criteria.places))
        case SignalName.LANGUAGE_DEMANDED:
            spoken = {language.casefold() for language in criteria.languages}
            if not spoken:
                return 0
            return weight if signal.value.casefold() in spoken else -weight
        case _:
            return 0 if signal.weighs is Weighs.NEUTRAL else weight
