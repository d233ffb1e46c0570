"""Reckoning beside everything else: one at a time for each poll, and no change is missed."""

import asyncio
import logging
import sqlite3

import pytest

from bot.polls.reckoning import Votes
from bot.polls.standings import Standings
from bot.storage.database import Database

GUILD, POLL, OTHER_POLL = 1001, 1, 2
CLEAR = tuple(((0, 1, 2, 3), 0) for _ in range(60))


class Stored(Database):
    """Holds the votes of polls, and watches who reads them."""

    def __init__(self) -> None:
        self.votes = Votes(5, frozenset(), (), 1)
        self.reads: list[int] = []
        self.at_once = self.most_at_once = 0
        self.fails = False

    async def read(self, job: object, guild_id: int, poll_id: int) -> Votes:  # type: ignore[override]
        """The votes as they are now, after a while."""
        self.reads.append(poll_id)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        votes = self.votes
        await asyncio.sleep(0.005)
        self.at_once -= 1
        if self.fails:
            raise sqlite3.OperationalError("the disk is gone")
        return votes


@pytest.fixture
def stored() -> Stored:
    return Stored()


@pytest.fixture
def settled() -> list[int]:
    return []


@pytest.fixture
def standings(stored: Stored, settled: list[int]) -> Standings:
    async def note(guild_id: int, poll_id: int) -> None:
        settled.append(poll_id)

    return Standings(stored, note)


async def until_idle() -> None:
    """Until nothing is reckoned any more."""
    tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith("standing")]
    await asyncio.gather(*tasks)


async def test_many_changes_at_once_are_reckoned_together(standings: Standings, stored: Stored) -> None:
    for _ in range(50):
        standings.changed(GUILD, POLL)
    await until_idle()
    assert stored.reads == [POLL]
    assert standings.knows(POLL)
    assert not standings.knows(OTHER_POLL)


async def test_what_changes_during_a_reckoning_is_in_the_next_one(
    standings: Standings, stored: Stored
) -> None:
    standings.changed(GUILD, POLL)
    await asyncio.sleep(0.002)
    stored.votes = Votes(5, frozenset(), CLEAR, 1)
    standings.changed(GUILD, POLL)
    await until_idle()
    assert (len(stored.reads), stored.most_at_once) == (2, 1)
    assert standings.last(POLL, 5).shortlist is not None


async def test_before_the_first_reckoning_nothing_is_known(standings: Standings) -> None:
    last = standings.last(POLL, 5)
    assert (last.ideas, last.shortlist, last.is_settled) == (5, None, False)
    assert set(last.fit.means) == {0.0}


async def test_a_settled_poll_is_told_of(standings: Standings, stored: Stored, settled: list[int]) -> None:
    standings.changed(GUILD, POLL)
    await until_idle()
    assert settled == []
    # Of five ideas all are in the shortlist.
    stored.votes = Votes(5, frozenset(), CLEAR, 1)
    standings.changed(GUILD, POLL)
    await until_idle()
    assert settled == [POLL]


async def test_after_trouble_the_next_change_is_reckoned(
    standings: Standings, stored: Stored, caplog: pytest.LogCaptureFixture
) -> None:
    stored.fails = True
    with caplog.at_level(logging.ERROR):
        standings.changed(GUILD, POLL)
        await until_idle()
    assert [record.getMessage() for record in caplog.records] == [
        "the standing of poll 1 could not be reckoned"
    ]
    stored.fails = False
    standings.changed(GUILD, POLL)
    await until_idle()
    assert standings.knows(POLL)


async def test_after_the_end_nothing_is_begun(standings: Standings, stored: Stored) -> None:
    standings.changed(GUILD, POLL)
    await standings.close()
    standings.changed(GUILD, OTHER_POLL)
    await until_idle()
    assert OTHER_POLL not in stored.reads
