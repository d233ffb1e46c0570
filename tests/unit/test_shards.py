"""Which servers a process looks after."""

import sqlite3
from contextlib import closing

import pytest

from bot.shards import ALL, Shards, numbers_in_words

SECOND = 1 << 22
"""The smallest id in shard 1, of however many."""


@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_each_server_is_looked_after_in_one_shard_of_all(count: int) -> None:
    each = [Shards((number,), count) for number in range(count)]
    for guild_id in (1, SECOND - 1, SECOND, 1_031_234_567_890_123_456, 2**63 - 1):
        assert sum(shards.holds(guild_id) for shards in each) == 1


def test_a_server_belongs_to_the_shard_that_discord_says() -> None:
    odd = Shards((1,), 2)
    assert not odd.holds(SECOND - 1)
    assert odd.holds(SECOND)
    assert odd.holds(2 * SECOND - 1)
    assert not odd.holds(2 * SECOND)


@pytest.mark.parametrize("shards", [ALL, Shards((0, 1), 2), Shards((0, 2), 4), Shards((5,), 7)])
def test_the_condition_in_sql_says_the_same(shards: Shards) -> None:
    ids = [1, *(number * SECOND + 17 for number in range(30)), 2**63 - 1]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table server (guild_id integer)")
        db.executemany("insert into server values (?)", [(guild_id,) for guild_id in ids])
        found = {guild for (guild,) in db.execute(f"select * from server where {shards.holding('guild_id')}")}
    assert found == {guild_id for guild_id in ids if shards.holds(guild_id)}


def test_a_process_has_its_part_of_what_is_allowed() -> None:
    assert [Shards(ids, 4).share for ids in ((0,), (1, 2), (0, 1, 2, 3))] == [0.25, 0.5, 1.0]
    assert [Shards(ids, 4).is_all for ids in ((0,), (0, 1, 2, 3))] == [False, True]
    assert [Shards(ids, 4).has_first for ids in ((0, 3), (1, 2))] == [True, False]


def test_shards_are_told_in_words() -> None:
    assert str(Shards((2,), 4)) == "shard 2 of 4"
    assert str(Shards.of((3, 1), 4)) == "shards 1 and 3 of 4"
    assert numbers_in_words((0, 1, 5)) == "shards 0, 1 and 5"
