"""Servers in which everything is set up, put into a database before any bot runs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.polls.rules import Method
from bot.services import Services
from tests.open_polls import Chair, numbered_ideas, open_poll
from tests.posted_leads import post
from tests.wire.study_server import daytime_zone

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wire.standin import StandIn

DOERS, SLEEPERS, LEADS, IDEAS, FEW_IDEAS = 4, 2, 12, 24, 6
"""In each server: who does things, who only waits for a ping, and what there is to choose from."""

DIRECT_IN_EVERY = 5
"""Servers to one that has somebody who is pinged directly: opening direct messages takes seconds each."""


@dataclass(frozen=True, slots=True)
class Village:
    """A server: `sleepers` are pinged in the thread, `direct` by direct message; `doers` do all the rest."""

    zone: str
    day: str
    guild: int
    channel: int
    office: int
    admin: int
    doers: tuple[int, ...]
    sleepers: tuple[int, ...]
    direct: int | None
    cards_poll: int
    final_poll: int


async def build(standin: StandIn, database: Path, count: int) -> list[Village]:
    """Make servers at the stand-in and set them up; nothing becomes due in them by itself for hours."""
    clock = SystemClock()
    services = await Services.open(database, clock)
    zone = daytime_zone()
    try:
        for number in range(LEADS):
            at = clock.now() - timedelta(hours=1, minutes=number)
            await services.database.write(post, 1000 + number, at, for_juniors=True)
        return [await _village(standin, services, number, zone) for number in range(count)]
    finally:
        await services.close()


async def _village(standin: StandIn, services: Services, number: int, zone: str) -> Village:
    guild = standin.add_guild(f"Village {number}")
    channel, office = standin.add_channel(guild, "check-ins"), standin.add_channel(guild, "office")
    admin = standin.world.guilds[guild].owner_id
    doers, sleepers = (
        tuple(standin.add_member(guild, f"{name} {each}") for each in range(people))
        for name, people in (("doer", DOERS), ("sleeper", SLEEPERS))
    )
    direct = None if number % DIRECT_IN_EVERY else standin.add_member(guild, "direct")
    clock_there = services.clock.now().astimezone(ZoneInfo(zone))
    far = time((clock_there.hour + 12) % 24)
    await services.servers.set_up(guild, checkin_channel_id=channel, zone=zone, prompt_time=far)
    await services.leads.set_up(guild, channel_id=office, hour=far, mark=0)
    await services.curation.set_up(guild, office)
    await services.curation.suggest(
        guild,
        doers[0],
        address=f"https://waits.example/{number}",
        title="Waits for the curators",
        good_for="Shows what a report has to tell of.",
    )
    for user in (*sleepers, *([direct] if direct else ())):
        await services.routines.plan(guild, user, zone=zone, days="every day", at=f"{far:%H:%M}", ping=True)
    if direct:
        await services.routines.choose_pings(guild, direct, direct=True)
    chair = Chair(guild, channel, admin)
    cards = await open_poll(services, chair, numbered_ideas(IDEAS))
    final = await open_poll(services, chair, numbered_ideas(FEW_IDEAS), method=Method.RANKING)
    # Without a single tap there would be no final.
    dealt = await services.voting.deal(guild, admin, final.poll.id)
    assert dealt.card is not None
    await services.voting.tap(guild, admin, dealt.card.id, dealt.card.ideas[0].position)
    await services.polls.end_cards(guild, admin, final.poll.id, manages=True)
    return Village(
        zone=zone,
        day=clock_there.date().isoformat(),
        guild=guild,
        channel=channel,
        office=office,
        admin=admin,
        doers=doers,
        sleepers=sleepers,
        direct=direct,
        cards_poll=cards.poll.id,
        final_poll=final.poll.id,
    )
