"""Waiting for a good moment to kill a bot: at random, or close to something that it has just done."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path
    from random import Random

    from tests.wire.standin import StandIn

LONGEST = 1.5
"""Seconds after which the moment has come, whatever it was to be."""

HELD = (
    ("POST", "/interactions/*/callback"),
    ("POST", "/channels/*/messages"),
    ("PATCH", "/channels/*/messages/*"),
    ("DELETE", "/channels/*/messages/*"),
    ("POST", "/channels/*/messages/*/threads"),
    ("POST", "/users/@me/channels"),
    ("GET", "/channels/*/messages"),
)
"""Requests in the middle of which it is killed: before Discord has it, or before it says so."""


async def any_time(standin: StandIn, database: Path, chance: Random) -> None:
    """Whenever it is."""
    await asyncio.sleep(chance.uniform(0, 0.5))


async def after_a_request(standin: StandIn, database: Path, chance: Random) -> None:
    """At the arrival of a request, or a few thousandths of a second later."""
    wanted = len(standin.requests) + chance.randint(1, 60)
    with suppress(TimeoutError):
        await standin.world.changes.until(lambda: len(standin.requests) >= wanted, LONGEST, "requests")
    if chance.random() < 0.7:
        await asyncio.sleep(chance.uniform(0, 0.004))


async def within_a_request(standin: StandIn, database: Path, chance: Random) -> None:
    """While a request is on its way, or its answer."""
    await asyncio.sleep(chance.uniform(0, 0.2))
    method, path = chance.choice(HELD)
    hold = standin.faults.hold(method, path, when=chance.choice(["before", "after"]))
    with suppress(TimeoutError):
        await hold.reached(LONGEST / 2)


async def after_a_commit(standin: StandIn, database: Path, chance: Random) -> None:
    """Right when something new stands in the database's log, or in the middle of its being written."""
    log = database.with_name(f"{database.name}-wal")
    left = chance.randint(1, 60)
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST):
            written = _written(log)
            while left:
                await asyncio.sleep(0.0005)
                now = _written(log)
                left -= now != written
                written = now


def _written(log: Path) -> tuple[int, int]:
    try:
        found = log.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


INSTANTS: Mapping[str, Callable[[StandIn, Path, Random], Awaitable[None]]] = {
    "at any time": any_time,
    "after a request": after_a_request,
    "within a request": within_a_request,
    "after a commit": after_a_commit,
}
