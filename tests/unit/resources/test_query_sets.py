"""The graded queries are whole: what they grade is there, none stands twice, and there are enough."""

import json
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from benchmarks.graded_queries import Half, Query, Sort, graded

SETS = [(catalogue, half) for catalogue in ("own", "other") for half in Half]
SIZES = {"own": (70, 12), "other": (45, 6)}
"""The least number of queries in each half that have an answer, and that have none."""


@pytest.mark.parametrize(("catalogue", "half"), SETS)
def test_there_are_enough_of_every_sort(catalogue: str, half: Half) -> None:
    sorts = Counter(query.sort for query in graded(catalogue, half))
    answerable, others = SIZES[catalogue]
    assert sorts[Sort.NOTHING] >= others
    assert sorts.total() - sorts[Sort.NOTHING] >= answerable
    evenly = answerable // (len(Sort) - 1) - 2
    assert all(sorts[sort] >= evenly for sort in Sort)


@pytest.mark.parametrize(("catalogue", "half"), SETS)
def test_all_that_has_an_answer_is_graded(catalogue: str, half: Half) -> None:
    for query in graded(catalogue, half):
        assert bool(query.grades) is (query.sort is not Sort.NOTHING), query
        assert set(query.grades.values()) <= {1, 2, 3}, query


@pytest.mark.parametrize("catalogue", SIZES)
def test_no_query_stands_twice(catalogue: str) -> None:
    texts = Counter(_plain(query) for half in Half for query in graded(catalogue, half))
    assert [text for text, times in texts.items() if times > 1] == []


def test_nothing_that_is_tuned_with_is_kept_aside_for_the_other_catalogue() -> None:
    tuned, aside = ({_plain(query) for name in SIZES for query in graded(name, half)} for half in Half)
    assert tuned & aside == set()


@pytest.mark.parametrize("half", Half)
def test_every_graded_id_is_in_the_catalogue(half: Half) -> None:
    shipped = resources.files("bot.resources").joinpath("catalogue.toml").read_text(encoding="utf-8")
    ids = {each["id"] for each in tomllib.loads(shipped)["resource"]}
    assert _graded("own", half) - ids == set()


@pytest.mark.parametrize("half", Half)
def test_every_graded_address_is_in_the_list(shared_data: Path, half: Half) -> None:
    path = shared_data / "resources.jsonl"
    if not path.is_file():
        pytest.skip("the shared list of resources is not here")
    addresses = {json.loads(line)["url"] for line in path.read_text("utf-8").splitlines()}
    assert _graded("other", half) - addresses == set()


def _graded(catalogue: str, half: Half) -> set[str]:
    return {name for query in graded(catalogue, half) for name in query.grades}


def _plain(query: Query) -> str:
    return "".join(filter(str.isalnum, query.text.casefold()))
