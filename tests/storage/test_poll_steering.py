"""Who may do what with a poll, in which of its phases."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.builds.errors import BuildGone
from bot.polls.errors import (
    DeadlineTooFar,
    NobodyTapped,
    NotAtTheCards,
    NotByInvitation,
    NotCollecting,
    NotInTheFinal,
    NotYourPoll,
    NotYoursToSteer,
    PollGone,
    PollOver,
    TooFewIdeas,
    TooManyInvited,
)
from bot.polls.rules import OPEN, EndedBy, Phase, Scope
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.led_polls import Leader, Led, an_idea

GUILD, OTHER = 1001, 1002
ADA, BEN, CLEO = 7, 8, 9


@pytest.fixture
def lead(services: Services, clock: ManualClock) -> Leader:
    """In a server that was never set up: polls need none."""
    return Leader(services, clock, FakeMessenger(clock))


Act = Callable[[Services, int, Led], Awaitable[object]]

STEERING: dict[str, Act] = {
    "invite": lambda services, user, led: services.polls.invite(GUILD, user, led.id, [55], manages=False),
    "uninvite": lambda services, user, led: services.polls.uninvite(GUILD, user, led.id, [55], manages=False),
    "open": lambda services, user, led: services.polls.open_voting(GUILD, user, led.id, manages=False),
    "end cards": lambda services, user, led: services.polls.end_cards(GUILD, user, led.id, manages=False),
    "end final": lambda services, user, led: services.polls.end_final(GUILD, user, led.id, manages=False),
    "extend": lambda services, user, led: services.polls.extend(GUILD, user, led.id, 1, manages=False),
    "drop": lambda services, user, led: services.polls.drop(GUILD, user, led.id, manages=False),
}


@pytest.mark.parametrize("act", STEERING.values(), ids=STEERING.keys())
async def test_strangers_steer_nothing(services: Services, lead: Leader, act: Act) -> None:
    led = await lead.started(Scope.INVITED, invited=[BEN])
    before = await led.view()
    for stranger in (BEN, CLEO):
        with pytest.raises(NotYoursToSteer):
            await act(services, stranger, led)
    assert await led.view() == before


@pytest.mark.parametrize("phase", Phase)
async def test_in_each_phase_only_what_belongs_there_can_be_done(
    services: Services, lead: Leader, phase: Phase
) -> None:
    led = await lead.at(phase)
    before = await led.view()
    refused = {
        "open": NotCollecting if phase is not Phase.COLLECT else None,
        "end cards": NotAtTheCards if phase is not Phase.CARDS else NobodyTapped,
        "end final": NotInTheFinal if phase is not Phase.FINAL else None,
        "extend": PollOver if phase not in OPEN else None,
        "drop": PollOver if phase not in OPEN else None,
        "invite": NotByInvitation,
    }
    for name, error in refused.items():
        if error is not None:
            with pytest.raises(error):
                await STEERING[name](services, ADA, led)
    if phase is not Phase.COLLECT:
        with pytest.raises(NotCollecting):
            await services.polls.add_idea(GUILD, ADA, led.id, an_idea("Late"))
        with pytest.raises(NotCollecting):
            await services.polls.enter(GUILD, ADA, led.id, [1])
    assert await led.view() == before


async def test_managers_steer_after_the_starter_is_gone(services: Services, lead: Leader) -> None:
    led = await lead.started(Scope.EVERYONE)
    await led.add(7, BEN)
    await services.database.write(services.polls.forget_member, GUILD, ADA)
    with pytest.raises(NotYoursToSteer):
        await services.polls.open_voting(GUILD, ADA, led.id, manages=False)
    await services.polls.open_voting(GUILD, CLEO, led.id, manages=True)
    await led.tap(BEN, 2)
    await services.polls.end_cards(GUILD, CLEO, led.id, manages=True)
    await services.polls.end_final(GUILD, CLEO, led.id, manages=True)
    (build,) = (await led.view()).builds
    assert build.members == (BEN,)


async def test_voting_opens_with_six_ideas(services: Services, lead: Leader) -> None:
    led = await lead.started()
    await led.add(5)
    with pytest.raises(TooFewIdeas, match="5"):
        await led.open()
    await led.add(1)
    await led.open()
    poll = await led.poll()
    assert (poll.phase, poll.ended_by, poll.shortlist) == (Phase.CARDS, EndedBy.STARTER, ())


async def test_more_time_is_more_time(lead: Leader) -> None:
    led = await lead.started()
    before = await led.poll()
    await led.services.polls.extend(GUILD, ADA, led.id, 7, manages=False)
    lead.clock.set(before.collect_until)
    await led.work()
    poll = await led.poll()
    assert (poll.phase, poll.collect_until) == (Phase.COLLECT, before.collect_until + timedelta(days=7))
    for _ in range(10):
        await led.services.polls.extend(GUILD, ADA, led.id, 7, manages=False)
    with pytest.raises(DeadlineTooFar):
        await led.services.polls.extend(GUILD, ADA, led.id, 7, manages=False)


async def test_ten_people_are_invited_at_most(services: Services, lead: Leader) -> None:
    led = await lead.started(Scope.INVITED, invited=range(100, 109))
    with pytest.raises(TooManyInvited):
        await services.polls.invite(GUILD, ADA, led.id, [200, 201], manages=False)
    # Who is on the list already, and the starter, take no place.
    await services.polls.invite(GUILD, ADA, led.id, [100, 200, ADA], manages=False)
    assert (await led.view()).invited == {*range(100, 109), 200}


async def test_who_is_taken_off_the_list_votes_no_more_but_has_voted(
    services: Services, lead: Leader
) -> None:
    led = await lead.at_cards(scope=Scope.INVITED, invited=[BEN])
    await led.tap(BEN, 2)
    await services.polls.uninvite(GUILD, ADA, led.id, [BEN], manages=False)
    with pytest.raises(NotYourPoll):
        await services.voting.deal(GUILD, BEN, led.id)
    view = await led.view()
    assert [(voter.user_id, voter.taps) for voter in view.voters] == [(BEN, 2)]
    assert view.invited == frozenset()
    assert not (await services.polls.view(GUILD, led.id, BEN)).may_vote


async def test_polls_of_another_server_are_not_there(services: Services, lead: Leader) -> None:
    led = await lead.at_baseline()
    (build,) = (await led.view()).builds
    attempts: list[Callable[[], Awaitable[object]]] = [
        lambda: services.polls.view(OTHER, led.id, ADA),
        lambda: services.polls.outcome(OTHER, led.id, ADA),
        lambda: services.polls.add_idea(OTHER, ADA, led.id, an_idea("Here")),
        lambda: services.polls.enter(OTHER, ADA, led.id, [1]),
        lambda: services.polls.take_out(OTHER, ADA, led.id, 1),
        lambda: services.polls.enterable(OTHER, ADA, led.id),
        lambda: services.polls.open_voting(OTHER, ADA, led.id, manages=True),
        lambda: services.polls.drop(OTHER, ADA, led.id, manages=True),
        lambda: services.polls.move_on(OTHER, ADA, build.id, manages=True),
        lambda: services.polls.two_teams(OTHER, ADA, build.id, manages=True),
        lambda: services.polls.baseline_there(OTHER, ADA, build.id, "https://a.example"),
    ]
    before = await led.view()
    for attempt in attempts:
        with pytest.raises((PollGone, BuildGone)):
            await attempt()
    assert await led.view() == before
    assert await services.polls.recent(OTHER, 10) == []
    assert await services.ideas.of_member(OTHER, ADA) == []


async def test_of_two_presses_at_once_one_does_it(services: Services, lead: Leader) -> None:
    led = await lead.at_cards()
    await led.tap(ADA)
    ends = [services.polls.end_cards(GUILD, ADA, led.id, manages=False) for _ in range(2)]
    said = await asyncio.gather(*ends, return_exceptions=True)
    assert [type(each) for each in said if isinstance(each, Exception)] == [NotAtTheCards]
    ends = [services.polls.end_final(GUILD, ADA, led.id, manages=False) for _ in range(2)]
    said = await asyncio.gather(*ends, return_exceptions=True)
    assert [type(each) for each in said if isinstance(each, Exception)] == [NotInTheFinal]
    assert len((await led.view()).builds) == 1
