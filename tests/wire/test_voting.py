"""Two hundred people vote at once over the wire, some pressing twice; and the bot dies in between."""

from __future__ import annotations

import asyncio
import json
from datetime import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from bot.clock import SystemClock
from bot.services import Services
from cogs.polls.wording import NAMES_SHOWN
from tests.open_polls import Chair, numbered_ideas, open_poll
from tests.wire.bots import passed_limits
from tests.wire.database_file import query
from tests.wire.standin import StandIn
from tests.wire.standin.interactions import UPDATE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from tests.wire.bots import Bots
    from tests.wire.standin import Interaction
    from tests.wire.study_server import Message, StudyServer

VOTERS, TAPS_EACH, IDEAS = 200, 2, 30
SECONDS_BETWEEN_CHANGES = 3.0
NOON = time(12)


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    """One that waits longer than Discord: here it counts what is kept, the benchmark how fast it is."""
    async with StandIn(validate=False, interaction_deadline=60.0) as standin:
        yield standin
    assert standin.violations == []
    assert passed_limits(standin) == []


async def put_poll(database: Path, server: StudyServer) -> int:
    """A server that is set up, and in it a poll whose cards are open."""
    services = await Services.open(database, SystemClock())
    try:
        await services.servers.set_up(
            server.guild, checkin_channel_id=server.channel, zone=server.zone, prompt_time=NOON
        )
        chair = Chair(server.guild, server.channel, server.admin)
        return (await open_poll(services, chair, numbered_ideas(IDEAS))).poll.id
    finally:
        await services.close()


async def poll_message(standin: StandIn, server: StudyServer) -> Message:
    def has_vote_button(message: Message) -> bool:
        return "poll:vote:" in json.dumps(message["components"])

    return await standin.wait_for_message(server.channel, where=has_vote_button, timeout=10.0)


def custom_ids(message: Message, name: str) -> list[str]:
    every = [item["custom_id"] for row in message["components"] for item in row["components"]]
    return [each for each in every if each.startswith(f"poll:{name}:")]


def position_of(custom_id: str) -> int:
    """The idea that a button is for: poll:tap:v1:CARD:POSITION:POLL."""
    return int(custom_id.split(":")[4])


def taps_of(database: Path, poll_id: int) -> dict[int, list[tuple[str, int]]]:
    """What each voter has tapped, in order: the card as it was shown, and the idea."""
    rows = query(
        database,
        """
        select user_id, shown, picked from poll_card join poll_voter on poll_voter.id = voter_id
        where poll_card.poll_id = ? and picked is not null order by poll_card.id
        """,
        poll_id,
    )
    taps: dict[int, list[tuple[str, int]]] = {}
    for user, shown, picked in rows:
        taps.setdefault(user, []).append((shown, picked))
    return taps


class Crowd:
    """Voters, the card that each has on the screen, and what each has pressed."""

    def __init__(self, standin: StandIn, server: StudyServer, poll: Message) -> None:
        self._standin, self._poll = standin, poll
        self.users = [standin.add_member(server.guild, f"voter {number}") for number in range(VOTERS)]
        self.screens: dict[int, Message] = {}
        self.pressed: dict[int, list[set[int]]] = {user: [] for user in self.users}

    async def all_at_once(self, act: Callable[[int], Awaitable[Any]]) -> None:
        await asyncio.gather(*(act(user) for user in self.users))

    async def open_booth(self, user: int) -> None:
        answer = await self._standin.click(self._poll, "poll:vote:*", user)
        assert answer.ephemeral
        self.screens[user] = answer.message or {}

    async def tap_twice(self, user: int) -> None:
        """Press the same button twice at once, as an impatient finger does, or two on two devices."""
        screen = self.screens[user]
        buttons = custom_ids(screen, "tap")
        first = user % len(buttons)
        second = (first + len(self.pressed[user])) % len(buttons)
        pair = buttons[first], buttons[second]
        self.pressed[user].append({position_of(button) for button in pair})
        one, other = await asyncio.gather(*(self._standin.click(screen, each, user) for each in pair))
        assert (one.type, other.type) == (UPDATE, UPDATE)
        assert one.data["components"] == other.data["components"]


async def test_two_hundred_who_tap_at_once_and_twice_lose_no_tap_and_none_counts_twice(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    poll_id = await put_poll(bots.database, server)
    await bots.start()
    poll = await poll_message(standin, server)
    crowd = Crowd(standin, server, poll)
    await crowd.all_at_once(crowd.open_booth)
    for _tap in range(TAPS_EACH):
        await crowd.all_at_once(crowd.tap_twice)

    taps = taps_of(bots.database, poll_id)
    assert set(taps) == set(crowd.users)
    for user, each in taps.items():
        pressed = crowd.pressed[user]
        assert len(each) == len({frozenset(json.loads(shown)) for shown, _picked in each}) == TAPS_EACH
        assert all(picked in pair for (_shown, picked), pair in zip(each, pressed, strict=True))

    path = f"/channels/{server.channel}/messages/{poll['id']}"
    changes = [each.at for each in standin.requests if (each.method, each.path) == ("PATCH", path)]
    assert all(later - earlier >= SECONDS_BETWEEN_CHANGES for earlier, later in pairwise(changes))
    await server.catch_up(bots.database)
    assert f"and {VOTERS - NAMES_SHOWN} more" in json.dumps(poll["embeds"])


async def test_killed_between_storing_a_tap_and_answering_it(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    poll_id = await put_poll(bots.database, server)
    bot = await bots.start()
    poll = await poll_message(standin, server)
    opened = await standin.click(poll, "poll:vote:*", server.member)
    screen = opened.message or {}
    button, *others = custom_ids(screen, "tap")
    hold = standin.faults.hold("POST", "/interactions/*/callback")
    lost = asyncio.create_task(standin.click(screen, button, server.member))
    await hold.reached()
    await bot.kill()
    hold.abandon()
    lost.cancel()
    assert custom_ids(screen, "tap") == [button, *others]

    await bots.start()
    again: Interaction = await standin.click(screen, others[0], server.member)
    assert again.type == UPDATE
    assert not set(custom_ids(screen, "tap")) & {button, *others}
    (taps,) = taps_of(bots.database, poll_id).values()
    assert [picked for _shown, picked in taps] == [position_of(button)]
    shown = json.loads(query(bots.database, "select shown from poll_card where picked is null")[0][0])
    assert [position_of(each) for each in custom_ids(screen, "tap")] == shown
    assert screen["embeds"][0]["footer"]["text"].startswith("1 tap so far")
