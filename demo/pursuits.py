"""How the invented people look for work, as the files in people/ describe it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Watching:
    """From when on somebody watches for leads, with the options of the command."""

    at: datetime
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JobStep:
    """What somebody does about a job: they move it `to` a state, add a `note` or a `round`, or follow up."""

    at: datetime
    to: str = ""
    note: str = ""
    round: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job in somebody's tracker: a post of the threads by its id, or by its facts one from elsewhere."""

    at: datetime
    post: int | None
    facts: Mapping[str, Any]
    steps: Sequence[JobStep]


@dataclass(frozen=True, slots=True)
class Introducing:
    """What somebody says of themselves for "Who wants to be hired?", and when; then they await a thread."""

    at: datetime
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pursuit:
    """All that somebody does to be hired, and what they chose for it."""

    direct: bool
    counted: bool
    watches: Sequence[Watching]
    jobs: Sequence[Job]
    introduction: Introducing | None


def read_pursuit(table: Mapping[str, Any]) -> Pursuit:
    """What a person's file says of it."""
    chosen, introduction = table.get("leads", {}), table.get("introduction")
    return Pursuit(
        direct=chosen.get("direct", False),
        counted=chosen.get("counted", False),
        watches=[Watching(*_at_and_rest(entry)) for entry in table.get("watch", ())],
        jobs=list(_jobs(table)),
        introduction=Introducing(*_at_and_rest(introduction)) if introduction else None,
    )


def _jobs(table: Mapping[str, Any]) -> Iterator[Job]:
    for entry in table.get("job", ()):
        at, facts = _at_and_rest(entry)
        steps = [JobStep(**{**step, "at": step["at"].astimezone(UTC)}) for step in facts.pop("steps", ())]
        yield Job(at, facts.pop("post", None), facts, steps)


def _at_and_rest(entry: Mapping[str, Any]) -> tuple[datetime, dict[str, Any]]:
    rest = dict(entry)
    return rest.pop("at").astimezone(UTC), rest
