"""Addresses to go the rounds of, and rounds that go on while the time passes."""

import sqlite3
from datetime import UTC, datetime, timedelta

from bot.resources import links_store as store
from bot.resources.addresses import address_key
from bot.resources.links.rounds import LOOK_EVERY, LinkRounds
from bot.resources.links.rules import NO_CONNECTION, NOT_THERE, failed
from bot.resources.resource import LinkHealth
from tests.clocks import ManualClock

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
LOST = failed(NOT_THERE)
SILENT = failed(NO_CONNECTION, unsure=True)
A = "https://acorn.example.org/course"


def sites(number: int) -> list[str]:
    return [f"https://site{one}.example.org/page" for one in range(number)]


def all_due(db: sqlite3.Connection, at: datetime) -> None:
    db.execute("update resource_link set next_check_at = ?", (int(at.timestamp()),))


def due(db: sqlite3.Connection, address: str, at: datetime) -> None:
    db.execute("update resource_link set next_check_at = ? where address = ?", (int(at.timestamp()), address))


def health(db: sqlite3.Connection, address: str) -> LinkHealth | None:
    return store.health_of(db, [address_key(address)]).get(address_key(address))


def looked_after(db: sqlite3.Connection) -> set[str]:
    return {address for (address,) in db.execute("select address from resource_link")}


async def until(rounds: LinkRounds, clock: ManualClock, end: datetime) -> None:
    """Tick as the program does, though not while nothing is due anyway."""
    while clock.now() < end:
        looked = await rounds.tick() is not None
        clock.advance(seconds=LOOK_EVERY.total_seconds())
        next_at = (await rounds.status()).counts.next_at
        if not looked and next_at is not None:
            clock.set(max(clock.now(), min(next_at, end)))


async def ticks(rounds: LinkRounds, clock: ManualClock, time: timedelta) -> int:
    """Tick every 15 seconds for some time, and count the looks."""
    looks = 0
    for _ in range(time // LOOK_EVERY):
        looks += await rounds.tick() is not None
        clock.advance(seconds=LOOK_EVERY.total_seconds())
    return looks
