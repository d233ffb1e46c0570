"""Many members due in one minute: all are served at Discord's pace, and people are answered meanwhile."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import monotonic

from tests.proof.crowded import Crowd, Street, Town
from tests.proof.houses import House, house
from tests.proof.outcomes import Outcome
from tests.wire.standin import Interaction, StandIn
from tests.wire.standin.limits import Counts, Limits

ALLOWED = 50
SLOWER_AT_MOST, SURELY_QUICK = 5.0, 0.1
"""By how much the usual answer may be slower than an idle bot's, unless it takes fewer seconds than that.

Whoever is not answered within Discord's three seconds is lost anyway.
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it. `at_least` is the share of Discord's pace that must be kept, `refused_at_most` that of
    answers of 429; `bad` is for a bad day.

    On that one, `openings` direct messages are opened for the first time, three seconds apart.
    """

    crowd: Crowd
    bad: Crowd
    openings: int
    idle_commands: int
    every: float
    at_least: float
    refused_at_most: float
    dropped_every: float
    takes_at_most: float


FULL = Size(
    crowd=Crowd(servers=400, in_thread=10, directly=15),
    bad=Crowd(servers=60, in_thread=5, directly=10),
    openings=8,
    idle_commands=300,
    every=0.15,
    at_least=0.95,
    refused_at_most=0.0,
    dropped_every=3.0,
    takes_at_most=300.0,
)
# A short run has more of its beginning and its end in it, and the machine may be busy with other tests: then
# bot and stand-in are both kept from the processor for longer than a request may be on its way.
SHORT = Size(
    crowd=Crowd(servers=30, in_thread=3, directly=4),
    bad=Crowd(servers=5, in_thread=2, directly=3),
    openings=2,
    idle_commands=15,
    every=0.15,
    at_least=0.25,
    refused_at_most=0.02,
    dropped_every=1.0,
    takes_at_most=60.0,
)


@dataclass(slots=True)
class Asked:
    """What people did meanwhile: the seconds until each answer, and a sentence for each that did not come."""

    opened: list[float] = field(default_factory=list)
    stored: list[float] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[float]:
        return self.opened + self.stored


async def trial(folder: Path, short: bool) -> list[Outcome]:
    """A good day, with an idle bot to compare with; and a bad one."""
    size = SHORT if short else FULL
    for name in ("good", "bad"):
        (folder / name).mkdir()
    return [*await _good_day(folder / "good", size), *await _bad_day(folder / "bad", size)]


async def _good_day(folder: Path, size: Size) -> list[Outcome]:
    async with _town(folder, size.crowd, Limits()) as (place, town):
        idle = Asked()
        for number in range(size.idle_commands):
            await _open_form(place.standin, town.streets[number % len(town.streets)], idle)
        began, meanwhile = monotonic(), Asked()
        lost = await _served(place, town, size, meanwhile)
        counts = _counts(place)
        # What people do later changes messages, each at most once in five seconds: that is no queue.
        pace = counts.a_second(began, _last_direct_message(place, town)) / ALLOWED
        lost += town.faults() + place.trespasses()
        served = Outcome(
            "many members due in one minute over many servers",
            town.due,
            town.due if not lost else max(0, town.due - len(lost)),
            lost,
            f"{town.due:,} members of {len(town.streets)} servers in {monotonic() - began:.0f} s",
        )
        slow = [] if pace >= size.at_least else [f"only {pace:.1%} of the pace, not {size.at_least:.0%}"]
        kept = _pace_kept(counts, size.refused_at_most)
        asked = len(counts.arrivals) + counts.refused.total()
        at_pace = Outcome(
            "requests at Discord's pace, none of them refused",
            asked,
            len(counts.arrivals) if kept else asked,
            [*slow, *kept],
            f"{pace:.1%} of {ALLOWED} a second, {counts.busiest_second()} in the busiest second,"
            f" {counts.refused.total()} refused",
        )
        return [served, at_pace, _answered("commands while that goes on", meanwhile, idle)]


async def _bad_day(folder: Path, size: Size) -> list[Outcome]:
    limits = Limits(fails=0.02, answers_after=(0.05, 0.4), seed=2)
    async with _town(folder, size.bad, limits, newly=size.openings) as (place, town):
        meanwhile = Asked()
        dropping = asyncio.create_task(_drop_gateway(place.standin, size.dropped_every))
        try:
            began = monotonic()
            lost = await _served(place, town, size, meanwhile)
        finally:
            dropping.cancel()
        counts = _counts(place)
        lost += town.faults() + place.trespasses()
        lost += _pace_kept(counts, size.refused_at_most)
        resumed = place.standin.gateway.resumed
        if not resumed:
            lost.append("the gateway was never dropped")
        served = Outcome(
            "the same with failures, slow answers and a dropped gateway",
            town.due,
            town.due if not lost else max(0, town.due - len(lost)),
            lost,
            f"{counts.failed} failures, {resumed} resumed gateways, in {monotonic() - began:.0f} s",
        )
        return [served, _answered("commands on such a day", meanwhile)]


@asynccontextmanager
async def _town(
    folder: Path, crowd: Crowd, limits: Limits, *, newly: int = 0
) -> AsyncIterator[tuple[House, Town]]:
    """A bot that runs, in servers whose people are due as soon as the town strikes."""
    async with house(folder, StandIn(limits=limits)) as place:
        town = Town(place.standin, place.database, crowd, newly=newly)
        await town.write_down()
        await place.bots.start()
        # A pause of the stand-in's would look as if the bot had sent all that waited at once.
        gc.collect()
        gc.freeze()
        try:
            yield place, town
        finally:
            gc.unfreeze()


async def _served(place: House, town: Town, size: Size, meanwhile: Asked) -> list[str]:
    """Strike, have people do things until all is sent, and answer what is not."""
    await asyncio.to_thread(town.strike)
    doing = asyncio.create_task(_do_things(place.standin, town, size, meanwhile))
    ends = monotonic() + size.takes_at_most
    try:
        while left := await asyncio.to_thread(town.outstanding):
            if monotonic() > ends:
                return [f"{left} messages are not sent after {size.takes_at_most:.0f} s"]
            await asyncio.sleep(0.5)
            if doing.done():
                doing.result()
    finally:
        doing.cancel()
        await asyncio.wait([doing])
    # What the last check-ins have set off.
    await _until_quiet(town, ends)
    return []


async def _until_quiet(town: Town, ends: float) -> None:
    for _ in range(1000):
        if not await asyncio.to_thread(town.outstanding) or monotonic() > ends:
            return
        await asyncio.sleep(0.2)


async def _do_things(standin: StandIn, town: Town, size: Size, asked: Asked) -> None:
    """Somebody opens the form now and then, and some send it in, for as long as it goes on."""
    waiting = [(street, user) for street in town.streets for user in street.doers]
    for number in range(10**6):
        street, user = waiting[number % len(waiting)]
        form = await _open_form(standin, street, asked, user)
        if form is not None and number < len(waiting) // 2:
            began = monotonic()
            # From here on it may be stored, whatever becomes of the answer and of whoever waits for it.
            town.checked_in[street.guild] += 1
            sending = asyncio.ensure_future(standin.submit_modal(form, {"done": f"read page {number}"}))
            try:
                await asyncio.shield(sending)
                asked.stored.append(monotonic() - began)
            except TimeoutError as late:
                asked.unanswered.append(str(late))
        await asyncio.sleep(size.every)


async def _open_form(
    standin: StandIn, street: Street, asked: Asked, user: int | None = None
) -> Interaction | None:
    try:
        form = await standin.slash(street.channel, user or street.doers[0], "checkin")
    except (TimeoutError, RuntimeError) as late:
        asked.unanswered.append(str(late))
        return None
    asked.opened.append(form.elapsed)
    return form


async def _drop_gateway(standin: StandIn, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        await standin.drop_gateway()


def _last_direct_message(place: House, town: Town) -> float:
    """When the last of those arrived, by time.monotonic()."""
    channels = {place.standin.direct_channel(user) for street in town.streets for user in street.directly}
    paths = {f"/channels/{channel}/messages" for channel in channels}
    sent = [request.at for request in place.standin.requests if request.path in paths]
    return max(sent, default=0.0) - place.standin.world.now() + monotonic()


def _counts(place: House) -> Counts:
    assert place.standin.limiter is not None
    return place.standin.limiter.counts


def _pace_kept(counts: Counts, refused_at_most: float) -> list[str]:
    refused: list[str] = []
    if counts.refused.total() > refused_at_most * len(counts.arrivals):
        refused = [f"{number} answers of 429 ({scope})" for scope, number in counts.refused.items()]
    busiest = counts.busiest_second()
    return refused + ([f"{busiest} requests in one second"] if busiest > ALLOWED else [])


def _answered(what: str, asked: Asked, idle: Asked | None = None) -> Outcome:
    lost = [*asked.unanswered]
    figures = f"the form {_spread(asked.opened)}, a check-in {_spread(asked.stored)}"
    if idle is not None:
        figures += f"; while nothing is due, the form {_spread(idle.opened)}"
        usual, before = median(asked.opened), median(idle.opened)
        if usual > max(SLOWER_AT_MOST * before, SURELY_QUICK):
            lost.append(f"the form usually takes {usual:.2f} s and not {before:.2f} s as before")
    tried = len(asked.all) + len(asked.unanswered)
    return Outcome(what, tried, len(asked.all), lost, figures)


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "never"
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{median(ordered) * 1000:.1f} / {last * 1000:.1f} ms"
