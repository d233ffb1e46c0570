"""Many who vote at the same time, and whatever they do in whatever order: no vote is lost, none is left."""

import asyncio
import sqlite3
from collections import Counter
from random import Random

import pytest

from bot.polls.errors import NoTapsYet, NothingToTakeBack
from bot.polls.reckoning import Votes, reckon
from bot.polls.votes import Choices
from bot.services import Services
from tests.open_polls import Chair, numbered_ideas, open_poll

GUILD, CHANNEL, ADA = 1001, 55, 7
CHAIR = Chair(GUILD, CHANNEL, ADA)

VOTERS, TAPS_EACH = 200, 3


async def test_of_two_hundred_who_tap_at_once_and_twice_no_tap_is_lost_or_counts_twice(
    services: Services, db: sqlite3.Connection
) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(30), standing_open=True)).poll

    async def vote(user: int) -> list[tuple[int, int]]:
        draw, tapped = Random(user), []
        dealt = await services.voting.deal(GUILD, user, poll.id)
        for _ in range(TAPS_EACH):
            assert dealt.card is not None
            card, liked = dealt.card.id, draw.choice(dealt.card.ideas).position
            tapped.append((card, liked))
            dealt, second = await asyncio.gather(
                *(services.voting.tap(GUILD, user, card, liked) for _ in range(2))
            )
            assert second.card == dealt.card
        assert dealt.taps == TAPS_EACH
        return tapped

    tapped = await asyncio.gather(*(vote(user) for user in range(1_000, 1_000 + VOTERS)))
    rows = db.execute("select id, picked from poll_card where picked is not null order by id").fetchall()
    assert [tuple(row) for row in rows] == sorted(tap for taps in tapped for tap in taps)
    seen = (await services.polls.view(GUILD, poll.id, ADA)).voters
    assert Counter(voter.taps for voter in seen) == {TAPS_EACH: VOTERS}
    receipts = db.execute("select count(distinct receipt) from poll_voter").fetchone()
    assert tuple(receipts) == (VOTERS,)


class Walk:
    """Some voters who do anything at any time, and what they ought to have tapped after it."""

    def __init__(self, services: Services, poll_id: int, draw: Random):
        self.voting, self.poll_id, self.draw = services.voting, poll_id, draw
        self.taps: dict[int, list[tuple[tuple[int, ...], int]]] = {user: [] for user in range(5)}

    @property
    def choices(self) -> Choices:
        return tuple(sorted(choice for taps in self.taps.values() for choice in taps))

    async def step(self) -> None:
        user = self.draw.randrange(5)
        act = self.draw.choices([self.tap, self.skip, self.undo, self.take_back], [12, 2, 4, 1])[0]
        await act(user)

    async def tap(self, user: int) -> None:
        dealt = await self.voting.deal(GUILD, user, self.poll_id)
        if dealt.card is None:
            return
        shown = tuple(entry.position for entry in dealt.card.ideas)
        assert frozenset(shown) not in {frozenset(others) for others, _ in self.taps[user]}
        liked = self.draw.choice(shown)
        following = await self.voting.tap(GUILD, user, dealt.card.id, liked)
        self.taps[user].append((shown, liked))
        assert following.taps == len(self.taps[user])

    async def skip(self, user: int) -> None:
        dealt = await self.voting.deal(GUILD, user, self.poll_id)
        if dealt.card is not None:
            await self.voting.skip(GUILD, user, dealt.card.id)

    async def undo(self, user: int) -> None:
        if not self.taps[user]:
            with pytest.raises(NothingToTakeBack):
                await self.voting.undo(GUILD, user, self.poll_id)
            return
        dealt = await self.voting.undo(GUILD, user, self.poll_id)
        shown, _ = self.taps[user].pop()
        assert dealt.card is not None
        assert tuple(entry.position for entry in dealt.card.ideas) == shown

    async def take_back(self, user: int) -> None:
        if not self.taps[user]:
            with pytest.raises(NothingToTakeBack):
                await self.voting.take_back(GUILD, user, self.poll_id)
            return
        assert await self.voting.take_back(GUILD, user, self.poll_id) == len(self.taps[user])
        self.taps[user].clear()


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_taken_back_the_standing_says_what_is_left(services: Services, seed: int) -> None:
    poll = (await open_poll(services, CHAIR, numbered_ideas(9), standing_open=True)).poll
    walk = Walk(services, poll.id, Random(seed))
    for _ in range(6):
        for _ in range(25):
            await walk.step()
        if not walk.choices:
            with pytest.raises(NoTapsYet):
                await services.voting.standing(GUILD, ADA, poll.id)
            continue
        expected = reckon(Votes(9, frozenset(), walk.choices, poll.seed)).shortlist
        assert await services.voting.standing(GUILD, ADA, poll.id) == expected
        for user, taps in walk.taps.items():
            assert (await services.voting.own(GUILD, user, poll.id)).taps == len(taps)
