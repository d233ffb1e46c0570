"""Queries graded by hand, and how well a search answers them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import log2
from pathlib import Path
from statistics import fmean

FOLDER = Path(__file__).with_name("resource_queries")
DEPTH = 5


class Sort(StrEnum):
    """How a query is put; NOTHING has no answer in the catalogue."""

    EXACT = "exact"
    ABBREVIATION = "abbreviation"
    TYPO = "typo"
    SYNONYM = "synonym"
    QUESTION = "question"
    INTENT = "intent"
    AUTHOR = "author"
    NOTHING = "nothing"


class Half(StrEnum):
    """TUNED with, or kept ASIDE: of those, only totals may be looked at."""

    TUNED = "tuned"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and how well each resource answers it: 3 exactly, 2 well, 1 will do.

    Own resources are named by their id, those of another catalogue by their address.
    """

    text: str
    sort: Sort
    grades: Mapping[str, int] = field(default_factory=dict)


def graded(catalogue: str, half: Half) -> list[Query]:
    """The queries for a catalogue, "own" or "other", in the order of the file."""
    tables = tomllib.loads((FOLDER / f"{catalogue}_{half}.toml").read_text("utf-8"))["query"]
    return [Query(each["text"], Sort(each["sort"]), each.get("grades", {})) for each in tables]


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """How near the first hits come to the best there could be, 0 to 1.

    Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002, as Burges et al. 2005 put the gain):
    each hit gains 2^grade - 1, divided by log2(rank + 1); the ideal order is reckoned from the grades.
    """
    ideal = sorted(grades.values(), reverse=True)
    return _gained([grades.get(each, 0) for each in found], depth) / _gained(ideal, depth)


def _gained(grades: Sequence[int], depth: int) -> float:
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:depth], start=1))


def first_right(found: Sequence[str], grades: Mapping[str, int]) -> bool:
    """Whether the first hit is graded 2 or 3, or best of all where nothing is better than 1."""
    wanted = min(2, max(grades.values()))
    return bool(found) and grades.get(found[0], 0) >= wanted


@dataclass(frozen=True, slots=True)
class Score:
    """Means over queries; None where there are none of the kind.

    `said_nothing` is the share of queries without an answer that get none, `wrongly_nothing` the share of
    those with an answer that get none. Those count as 0 in the other two.
    """

    ndcg: float | None
    first: float | None
    said_nothing: float | None
    wrongly_nothing: float | None


def score(answers: Sequence[tuple[Query, Sequence[str]]]) -> Score:
    """How well all queries are answered, each with the names of what was found for it, the best first."""
    answerable = [(query.grades, found) for query, found in answers if query.sort is not Sort.NOTHING]
    others = [found for query, found in answers if query.sort is Sort.NOTHING]
    return Score(
        _mean([ndcg(found, grades) for grades, found in answerable]),
        _mean([first_right(found, grades) for grades, found in answerable]),
        _mean([not found for found in others]),
        _mean([not found for _, found in answerable]),
    )


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None
