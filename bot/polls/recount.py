"""Counting the record of a poll again, and holding the result against the one that it states. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.polls.record import Record, Result, result_as_data, result_of
from bot.polls.record_reading import read_record
from bot.ranking.criteria import WEIGHTS, Criterion

NEAR = 0.0015
"""Figures nearer to each other than this are the same: machines differ in what lies behind the last digit."""

DIFFERENCES_TOLD = 10
SHOWN_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Recount:
    """A record, what comes of it, and where the file states something else, in words."""

    record: Record
    result: Result
    differences: Sequence[str]

    @property
    def is_same(self) -> bool:
        """Whether the file states what its votes say."""
        return not self.differences


def recount(text: str) -> Recount:
    """Count a record again; raises NotARecord."""
    record, stated = read_record(text)
    result = result_of(record)
    found = [*_weights(record), *_apart(stated, result_as_data(result), "result")]
    return Recount(record, result, found)


def _weights(record: Record) -> Iterator[str]:
    for criterion in Criterion:
        usual, stated = WEIGHTS[record.purpose][criterion], record.weights[criterion]
        if abs(usual - stated) > NEAR:
            yield f"weights.{criterion.value}: the file says {stated:g}, and this purpose has {usual:g}"


def _apart(stated: Any, counted: Any, where: str) -> Iterator[str]:
    """Where what is stated is not what was counted."""
    if isinstance(counted, dict) and isinstance(stated, Mapping):
        for name, value in counted.items():
            if name in stated:
                yield from _apart(stated[name], value, f"{where}.{name}")
            else:
                yield f"{where}.{name}: the file says nothing, and the votes say {_shown(value)}"
    elif isinstance(counted, list) and isinstance(stated, list) and len(stated) == len(counted):
        for number, (one, other) in enumerate(zip(stated, counted, strict=True)):
            yield from _apart(one, other, f"{where}[{number}]")
    elif not _is_same(stated, counted):
        yield f"{where}: the file says {_shown(stated)}, and the votes say {_shown(counted)}"


def _is_same(stated: Any, counted: Any) -> bool:
    if isinstance(counted, float) and isinstance(stated, int | float) and not isinstance(stated, bool):
        return counted - NEAR <= stated <= counted + NEAR
    return type(stated) is type(counted) and bool(stated == counted)


def _shown(value: Any) -> str:
    """A value as JSON, if it is short."""
    text = json.dumps(value)
    return text if len(text) <= SHOWN_AT_MOST else "something longer"
