"""Scores that are kept in memory are those that judging anew gives, whoever empties it meanwhile."""

import sqlite3
from typing import Any

import pytest

from bot.leads import ranking
from bot.leads.fit import DEFAULT
from tests.hiring_posts import a_post, store_posts

POSTS = range(1, 31)


class Emptied(dict[Any, int]):
    """A memory that another thread empties at the worst moment: as soon as it was looked into."""

    def __contains__(self, name: object) -> bool:
        is_there = super().__contains__(name)
        self.clear()
        return is_there

    def get(self, name: Any, otherwise: Any = None) -> Any:
        score = super().get(name, otherwise)
        self.clear()
        return score


def test_a_memory_that_another_thread_empties_loses_no_score(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_posts(db, *map(a_post, POSTS))
    expected = ranking.scores(db, POSTS, DEFAULT)
    assert expected.keys() == set(POSTS)
    monkeypatch.setattr(ranking, "_kept", Emptied(ranking._kept))
    assert ranking.scores(db, POSTS, DEFAULT) == expected
