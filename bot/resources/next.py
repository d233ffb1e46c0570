"""What comes next for a member, from where they stand. Pure.

What was begun comes first. Else the step is chosen by 70 % building to 30 % learning: who builds less builds
next, who builds that much learns next, or shows what they built if they have shown nothing; whoever looks
for work above all is helped with that. Within the step those come first that are about what the member is at,
that are of their level, and that they saved.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import log1p

from bot.checkins.rules import CheckIn, KindOfWork
from bot.resources.entry import Entry, Step
from bot.resources.resource import NO_MARK, Mark, Resource
from bot.search.facets import Cost, Kind, Level

BUILDING_SHARE = 70
"""Percent of building, out of building and learning, that the guides ask for."""

MUCH_BUILT = 5
"""Check-ins for building after which something of it wants to be shown."""

FINISHED_FOR_A_LEVEL = 2
"""How many resources of a level somebody finished who is beyond it."""


class Ground(StrEnum):
    """What decided which resource comes next."""

    STARTED = "started"
    SAVED = "saved"
    JOB_HUNT = "job hunt"
    BUILD_MORE = "build more"
    SHOW_IT = "show it"
    LEARN_NEXT = "learn next"
    TOPIC = "topic"
    BEGINNING = "beginning"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Because:
    """Why a resource comes next.

    `ground` is what decided: it is under way, was saved, serves the step that is next (JOB_HUNT to
    LEARN_NEXT), is about what the member is at, is good for a beginning, or is merely of their level. `topic`
    is the short name of what they are at, where the resource is about it, whatever decided. `share` is how
    much they build in the last two weeks, in percent, None where nothing is known of it. `since` is when they
    began or saved it, with STARTED and SAVED.
    """

    ground: Ground
    topic: str | None = None
    share: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The resource that comes next, and why."""

    resource: Resource
    because: Because


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands.

    `checkins` are those of the last two weeks, `topics` has how much each is what they are at, `marks` what
    resources are to them, `helped` how many members each resource helped.
    """

    checkins: Sequence[CheckIn] = ()
    topics: Mapping[str, float] = field(default_factory=dict)
    level: Level = Level.BEGINNER
    marks: Mapping[int, Mark] = field(default_factory=dict)
    helped: Mapping[int, int] = field(default_factory=dict)

    def mark_of(self, resource: Resource) -> Mark:
        """What a resource is to them."""
        return self.marks.get(resource.id, NO_MARK)


def choose(shelf: Iterable[Resource], standing: Standing, passed: Collection[int] = ()) -> Next | None:
    """What comes next, and why; None where all that is there was finished, passed over, or is dead."""
    left = [
        one
        for one in shelf
        if not one.entry.dead and one.id not in passed and not standing.mark_of(one).is_finished
    ]
    begun = [
        (since, one.id, one)
        for one in left
        if standing.mark_of(one).is_under_way and (since := standing.mark_of(one).started_at) is not None
    ]
    if begun:
        since, _, latest = max(begun)
        return Next(latest, Because(Ground.STARTED, since=since))
    if not left:
        return None
    step, ground = next_step(standing.checkins)
    best = max(left, key=lambda one: (_worth(one, step, standing), -one.id))
    return Next(best, _because(best, step, ground, standing))


def next_step(checkins: Sequence[CheckIn]) -> tuple[Step, Ground]:
    """The step of the path that is next after the check-ins of two weeks, and why."""
    kinds = [one.entry.kind for one in checkins]
    if not kinds:
        return Step.LEARN, Ground.BEGINNING
    if kinds.count(KindOfWork.JOB_HUNT) * 2 > len(kinds):
        return Step.HUNT, Ground.JOB_HUNT
    share = building_share(checkins)
    if share is None or share < BUILDING_SHARE:
        return Step.BUILD, Ground.BUILD_MORE
    if kinds.count(KindOfWork.BUILDING) >= MUCH_BUILT and KindOfWork.SHOWING not in kinds:
        return Step.SHOW, Ground.SHOW_IT
    return Step.LEARN, Ground.LEARN_NEXT


def building_share(checkins: Sequence[CheckIn]) -> int | None:
    """Building out of building and learning, in whole percent, rounded down; None where there was neither.

    It is a share of the minutes or, where nobody counted any, of the check-ins.
    """
    entries = [one.entry for one in checkins if one.entry.kind in (KindOfWork.BUILDING, KindOfWork.LEARNING)]
    counted = any(entry.minutes for entry in entries)
    built = whole = 0
    for entry in entries:
        part = (entry.minutes or 0) if counted else 1
        whole += part
        built += part * (entry.kind is KindOfWork.BUILDING)
    return built * 100 // whole if whole else None


def level_of(finished: Iterable[Entry]) -> Level:
    """The level that is right for somebody who finished these."""
    levels = [entry.level for entry in finished]
    hard, middle = levels.count(Level.ADVANCED), levels.count(Level.INTERMEDIATE)
    if hard or middle >= FINISHED_FOR_A_LEVEL:
        return Level.ADVANCED
    if middle or levels.count(Level.BEGINNER) >= FINISHED_FOR_A_LEVEL:
        return Level.INTERMEDIATE
    return Level.BEGINNER


_AT_FIRST = {"machine-learning": 1.0, "python": 0.9, "programming": 0.6}
"""What is taken for what somebody is at of whom nothing is known yet."""
_BESIDE = 0.2
"""How much the same is beside what somebody is known to be at, where nothing of the step is about that."""

# What each is worth: the step says most, then the topic; all the rest together does not outweigh the step.
_STEP, _TOPIC, _SECOND_TOPIC, _SAVED = 3.0, 2.0, 0.4, 1.0
_FURTHER_DOWN = 0.7
"""What a topic counts that is not the first of a resource's."""
_LEVELS = {0: 1.0, 1: -0.5, 2: -1.5, -1: 0.4, -2: -0.2}
"""By how many levels a resource is above the member's."""
_FOR_ANYONE = 0.6
_COSTS = {Cost.FREE: 0.3, Cost.FREEMIUM: 0.15, Cost.PAID: 0.0}
_HELPED, _HELPED_AT_MOST = 0.1, 0.4
_KINDS = {
    Kind.COURSE: 0.3,
    Kind.TUTORIAL: 0.3,
    Kind.PRACTICE: 0.2,
    Kind.IDEAS: 0.2,
    Kind.BOOK: 0.1,
    Kind.VIDEO: 0.1,
}
"""What has a beginning and an end is a better next thing than what one looks things up in."""
_ORDER = (Level.BEGINNER, Level.INTERMEDIATE, Level.ADVANCED)


def _worth(resource: Resource, step: Step, standing: Standing) -> float:
    entry = resource.entry
    topics = sorted(_topics(entry, _interests(standing.topics)).values(), reverse=True)
    return (
        _STEP * (entry.step is step)
        + _TOPIC * (topics[0] if topics else 0.0)
        + _SECOND_TOPIC * (topics[1] if len(topics) > 1 else 0.0)
        + _SAVED * standing.mark_of(resource).is_saved
        + _level_fit(entry.level, standing.level)
        + _COSTS[entry.cost]
        + _KINDS.get(entry.kind, 0.0)
        + min(_HELPED_AT_MOST, _HELPED * log1p(standing.helped.get(resource.id, 0)))
    )


def _interests(at: Mapping[str, float]) -> Mapping[str, float]:
    """What somebody is at, and beside it, a little, what is good for everybody here."""
    most = max(at.values(), default=0.0)
    beside = _BESIDE * most if at else 1.0
    return {topic: weight * beside for topic, weight in _AT_FIRST.items()} | dict(at)


def _topics(entry: Entry, at: Mapping[str, float]) -> dict[str, float]:
    """What a resource has of what the member is at, each from 0 to 1."""
    most = max(at.values(), default=0.0)
    return {
        topic: at[topic] / most * (1.0 if place == 0 else _FURTHER_DOWN)
        for place, topic in enumerate(entry.topics)
        if at.get(topic, 0.0) > 0
    }


def _level_fit(level: Level, wanted: Level) -> float:
    if level is Level.ANYONE:
        return _FOR_ANYONE
    return _LEVELS[_ORDER.index(level) - _ORDER.index(wanted)]


def _because(resource: Resource, step: Step, ground: Ground, standing: Standing) -> Because:
    mark, topics = standing.mark_of(resource), _topics(resource.entry, standing.topics)
    topic = max(topics, key=lambda one: topics[one]) if topics else None
    share = building_share(standing.checkins)
    if mark.is_saved:
        return Because(Ground.SAVED, topic, share, mark.saved_at)
    if resource.entry.step is not step:
        ground = Ground.LEVEL if topic is None else Ground.TOPIC
    elif ground is Ground.BEGINNING and topic is not None:
        ground = Ground.TOPIC
    return Because(ground, topic, share)
