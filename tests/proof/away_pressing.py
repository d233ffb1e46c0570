"""People press while the gateway comes and goes, while answers are lost, and while the token is refused."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery.service import IN_FLIGHT
from tests.proof.houses import House, house
from tests.proof.outcomes import Outcome
from tests.wire.database_file import checkins, deliveries, hurry, make_due, outstanding
from tests.wire.standin import StandIn
from tests.wire.study_server import StudyServer
from tests.wire.switched_line import State, lines_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.wire.bot_process import BotProcess
    from tests.wire.switched_line import Lines

TRIES = 40
REPLAYED_AFTER = 1.3
DEADLINE = 1.0
"""Seconds in which an answer has to come where it is meant to be late; Discord's three would take longer."""

UNKNOWN_INTERACTION = 404
"""The status of what Discord says to an answer that comes too late."""

REFUSED_AT_MOST = IN_FLIGHT + 10
"""Answers of 401: those on their way when it began, and then a try now and then."""

WELL_AGAIN_WITHIN = 75.0
"""Seconds: a minute at most between two tries."""

LASTS_AT_LEAST, LASTS_AT_MOST, CONNECTED_WITHIN = 0.8, 1.8, 45.0

CALLBACK = "/interactions/*/callback"


@dataclass(frozen=True, slots=True)
class Size:
    """How many people press, how often the gateway is dropped, and how often an answer is lost.

    `refused` servers hear nothing while the token is refused. Where there are none, the rows that take their
    time are left out.
    """

    people: int
    drops: int
    invalidations: int
    lost_answers: int
    refused: int


FULL = Size(people=30, drops=12, invalidations=1, lost_answers=15, refused=IN_FLIGHT + 30)
SHORT = Size(people=4, drops=3, invalidations=0, lost_answers=2, refused=0)


async def outcomes(folder: Path, size: Size) -> Sequence[Outcome]:
    """All of it on one bot, one after the other."""
    standin = StandIn()
    async with house(folder, standin) as where, lines_to(where.standin) as lines:
        server = StudyServer(standin)
        bot = await where.bots.start(**lines.settings)
        await server.set_up()
        found = [
            await _gateway_comes_and_goes(where, server, size),
            await _answers_are_lost(where, server, size),
        ]
        if size.refused:
            found.append(await _presses_come_too_late(where, server, lines))
            found.append(await _token_is_refused(where, size))
        return [*found, _nothing_unforeseen(where, bot)]


def _nothing_unforeseen(where: House, bot: BotProcess) -> Outcome:
    errors = [line for line in bot.lines if " ERROR " in line or line.startswith("Traceback")]
    lost = [*errors, *where.trespasses()]
    return Outcome("pressing: nothing unforeseen in the log", 1, 0 if lost else 1, lost)


async def _until_told(where: House, server: StudyServer, user: int, done: str) -> bool:
    """Check in again and again until the bot says that it is done, as somebody does who wants to."""
    for _ in range(TRIES):
        try:
            answer = await server.check_in(done, user)
        except (TimeoutError, RuntimeError, ValueError):
            # No answer; or there is no session just now, as Discord has none to send it to.
            await asyncio.sleep(0.2)
        else:
            if answer.message is not None:
                return True
    return False


async def _connected(standin: StandIn) -> None:
    with suppress(TimeoutError):
        await standin.world.changes.until(lambda: bool(standin.gateway.connected()), CONNECTED_WITHIN, "it")


async def _gateway_comes_and_goes(where: House, server: StudyServer, size: Size) -> Outcome:
    standin, chance = where.standin, random.Random(8)
    wanted = {standin.add_member(server.guild): f"Wrote test {number}" for number in range(size.people)}
    pressing = asyncio.gather(*(_until_told(where, server, *each) for each in wanted.items()))
    for number in range(size.drops):
        await _connected(standin)
        await asyncio.sleep(chance.uniform(LASTS_AT_LEAST, LASTS_AT_MOST))
        await standin.drop_gateway()
        if number < size.invalidations:
            await _connected(standin)
            standin.invalidate_session()
    told = await pressing
    await _connected(standin)
    kept = checkins(where.database, server.guild)
    lost = [f"{done!r} is not kept" for user, done in wanted.items() if kept.get(user) != done]
    lost += ["somebody was never answered" for answered in told if not answered]
    lost += await _cards_lost(where, server, wanted.values())
    figures = f"{size.drops} drops, {standin.gateway.resumed} resumed, {standin.gateway.identified} begun"
    return _of("people press while the gateway comes and goes", len(wanted), lost, figures)


async def _answers_are_lost(where: House, server: StudyServer, size: Size) -> Outcome:
    """The deed is stored, and then the answer meets a 5xx or a broken line, before or after it is taken."""
    standin = where.standin
    wanted: dict[int, str] = {}
    for number in range(size.lost_answers):
        user = standin.add_member(server.guild)
        wanted[user] = f"Lost answer {number}"
        form = await standin.slash(server.channel, user, "checkin")
        if number % 3 == 2:
            standin.faults.drop("POST", CALLBACK, when="before")
        elif number % 3:
            standin.faults.fail("POST", CALLBACK, status=502, when="after")
        else:
            standin.faults.drop("POST", CALLBACK, when="after")
        with suppress(TimeoutError):
            await standin.submit_modal(form, {"done": wanted[user]})
    kept = checkins(where.database, server.guild)
    lost = [f"{done!r} is not kept" for user, done in wanted.items() if kept.get(user) != done]
    lost += await _cards_lost(where, server, wanted.values())
    return _of("answers lost after what was sent was stored", len(wanted), lost)


async def _presses_come_too_late(where: House, server: StudyServer, lines: Lines) -> Outcome:
    """The gateway is away for a moment; what people sent meanwhile comes when Discord takes no answer."""
    standin = where.standin
    user = standin.add_member(server.guild)
    form = await standin.slash(server.channel, user, "checkin")
    seen = len(standin.requests)
    in_time, standin.interactions.deadline = standin.interactions.deadline, DEADLINE
    await lines.gateway.switch(State.SILENT)
    sending = asyncio.create_task(standin.submit_modal(form, {"done": "Came late"}))
    await asyncio.sleep(REPLAYED_AFTER)
    await lines.gateway.switch(State.OPEN)
    lost = []
    try:
        await sending
        lost.append("an answer was taken too late")
    except TimeoutError:
        pass
    with suppress(TimeoutError):
        async with asyncio.timeout(CONNECTED_WITHIN):
            while user not in checkins(where.database, server.guild):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    try:
        # Answers to what came before may still be tried again, and are refused with another status.
        await standin.wait_for_request(
            "POST", CALLBACK, where=lambda each: each.status == UNKNOWN_INTERACTION, after=seen, timeout=15
        )
    except TimeoutError:
        lost.append("no answer was refused as too late")
    standin.interactions.deadline = in_time
    if checkins(where.database, server.guild).get(user) != "Came late":
        lost.append("what was sent is not kept")
    lost += await _cards_lost(where, server, ["Came late"])
    return _of("presses that arrive when it is too late to answer", 1, lost)


async def _cards_lost(where: House, server: StudyServer, wanted: Iterable[str]) -> list[str]:
    """A sentence for each card that is not there, or there twice."""
    texts = list(wanted)

    def counted() -> Counter[str]:
        return Counter(card["embeds"][0]["description"] for card in server.posted("card"))

    with suppress(TimeoutError):
        await where.standin.world.changes.until(lambda: set(texts) <= set(counted()), 30.0, "the cards")
    found = counted()
    return [f"{text!r} has {found[text]} cards" for text in texts if found[text] != 1]


async def _token_is_refused(where: House, size: Size) -> Outcome:
    """The API refuses the token, while the gateway stays open: then it is well again."""
    standin = where.standin
    servers = [StudyServer(standin, f"School {number}") for number in range(size.refused)]
    for each in servers:
        await each.set_up()
        await each.plan()
    seen = len(standin.requests)
    fault = standin.faults.fail("POST", "/channels/*/messages", times=100_000, status=401)
    make_due(where.database, "prompt", *(each.guild for each in servers))
    await asyncio.sleep(3)
    refused = sum(request.status == 401 for request in standin.requests[seen:])
    lost = [] if refused <= REFUSED_AT_MOST else [f"{refused} requests with a token that is refused"]
    fault.times, fault.status = 1, 0
    with suppress(TimeoutError):
        async with asyncio.timeout(WELL_AGAIN_WITHIN):
            while outstanding(where.database):
                hurry(where.database)
                await asyncio.sleep(0.3)
    for each in servers:
        fates = deliveries(where.database, "prompt", each.guild)
        if [state for state, *_ in fates] != ["sent"] or len(each.posted("prompt")) != 1:
            lost.append(f"{len(each.posted('prompt'))} prompts in {each.guild}")
    figures = f"{refused} answers of 401"
    return _of("a token that the API refuses for a while", len(servers) + 1, lost, figures)


def _of(what: str, tried: int, lost: Sequence[str], figures: str = "") -> Outcome:
    return Outcome(what, tried, max(0, tried - len(lost)), lost, figures)
