"""How the phases of polls end: by time, by votes, by hand, over downtimes and restarts."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.polls.deliveries import ResultContent
from bot.polls.errors import CardsClosed, IdeaWithdrawn, NobodyTapped
from bot.polls.rules import EndedBy, Phase, Scope
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.led_polls import Leader, Led

GUILD = 1001
ADA, BEN, CLEO, DOT = 7, 8, 9, 10


@pytest.fixture
def lead(services: Services, clock: ManualClock) -> Leader:
    return Leader(services, clock, FakeMessenger(clock))


async def where(led: Led) -> tuple[Phase, EndedBy | None]:
    poll = await led.poll()
    return poll.phase, poll.ended_by


# The end of the collecting.


@pytest.mark.parametrize(
    ("ideas", "phase", "ended_by"),
    [
        (0, Phase.DROPPED, EndedBy.TOO_FEW),
        (1, Phase.DROPPED, EndedBy.TOO_FEW),
        (2, Phase.FINAL, EndedBy.TIME),
        (5, Phase.FINAL, EndedBy.TIME),
        (6, Phase.CARDS, EndedBy.TIME),
    ],
)
async def test_how_many_ideas_came_in_decides_what_follows(
    lead: Leader, ideas: int, phase: Phase, ended_by: EndedBy
) -> None:
    led = await lead.started()
    await led.add(ideas, BEN)
    until = (await led.poll()).collect_until
    lead.clock.set(until - timedelta(seconds=1))
    await led.work()
    assert await where(led) == (Phase.COLLECT, None)
    await led.when_time_is_over()
    assert await where(led) == (phase, ended_by)
    # Where there are no cards, all ideas are in the final; its end is where it was.
    poll = await led.poll()
    assert poll.shortlist == (tuple(range(ideas)) if phase is Phase.FINAL else ())
    assert (poll.phase_since, len(await led.services.ideas.of_member(GUILD, BEN))) == (until, ideas)
    assert (await led.view()).has_cards is (phase is Phase.CARDS)


async def test_a_poll_of_two_ideas_goes_to_its_pick(lead: Leader) -> None:
    led = await lead.started()
    await led.add(2)
    await led.when_time_is_over()
    await led.mark(BEN, best=1)
    await led.when_time_is_over()
    view = await led.outcome()
    assert (view.poll.phase, view.poll.tried, view.shortlist) == (Phase.BASELINE, (1,), None)


# The end of the cards.


async def test_cards_end_by_time_with_the_five_that_were_tapped_most(lead: Leader) -> None:
    led = await lead.at_cards(8)
    for user in (BEN, CLEO):
        await led.tap(user, 25)
    await led.when_time_is_over()
    view = await led.outcome()
    assert (view.poll.phase, view.poll.ended_by) == (Phase.FINAL, EndedBy.TIME)
    # Whoever tapped liked an idea the better, the higher its number.
    assert view.poll.shortlist[0] == 7
    assert 6 in view.poll.shortlist
    assert view.shortlist is not None
    assert tuple(each.idea for each in view.shortlist.members) == view.poll.shortlist


async def test_cards_that_nobody_tapped_can_not_be_ended_and_drop_the_poll_in_time(lead: Leader) -> None:
    led = await lead.at_cards()
    await led.services.voting.deal(GUILD, BEN, led.id)
    with pytest.raises(NobodyTapped):
        await led.end_cards()
    await led.when_time_is_over()
    assert await where(led) == (Phase.DROPPED, EndedBy.NOBODY_VOTED)
    assert (await led.view()).builds == []


async def test_cards_are_settled_by_one_who_ranks_alone(lead: Leader) -> None:
    led = await lead.at_cards(8, Scope.ALONE)
    # How many taps it takes depends on the cards; there are seventy.
    with contextlib.suppress(CardsClosed):
        await led.tap(ADA, 70)
    await settled(led)
    assert await where(led) == (Phase.FINAL, EndedBy.SETTLED)


async def settled(led: Led) -> None:
    """Wait for what is being reckoned."""
    tasks = [task for task in asyncio.all_tasks() if task.get_name() == f"standing of poll {led.id}"]
    await asyncio.gather(*tasks)


async def test_among_the_invited_cards_wait_for_everybody_on_the_list(lead: Leader) -> None:
    led = await lead.at_cards(8, Scope.INVITED, invited=[BEN, CLEO])
    # As many as there are, for how many it takes depends on the cards.
    for user in (ADA, BEN):
        await led.tap(user, 70)
    await settled(led)
    assert await where(led) == (Phase.CARDS, EndedBy.STARTER)
    # Cleo has left the server, and somebody takes her off the list.
    await led.services.polls.uninvite(GUILD, ADA, led.id, [CLEO], manages=False)
    assert await where(led) == (Phase.FINAL, EndedBy.SETTLED)


async def test_a_tap_after_the_close_counts_nothing(lead: Leader) -> None:
    led = await lead.at_cards()
    await led.tap(BEN)
    card = (await led.services.voting.deal(GUILD, BEN, led.id)).card
    assert card is not None
    lead.clock.set((await led.poll()).cards_until)
    for _ in range(2):
        # Before the bot has noticed, and after.
        with pytest.raises(CardsClosed):
            await led.services.voting.tap(GUILD, BEN, card.id, card.ideas[0].position)
        await led.work()
    assert (await led.view()).taps == 1


# The end of the final.


async def test_a_final_ends_by_time_and_without_ballots_the_cards_decide(lead: Leader) -> None:
    led = await lead.at_final()
    await led.when_time_is_over()
    view = await led.outcome()
    assert (view.poll.phase, view.poll.ended_by) == (Phase.BASELINE, EndedBy.TIME)
    assert view.shortlist is not None
    assert view.poll.tried == (view.shortlist.members[0].idea,)
    (build,) = view.builds
    assert build.text == view.entries[view.poll.tried[0]].text
    assert (build.until - build.began_at, build.members) == (timedelta(days=7), (ADA,))


async def test_ballots_decide_against_the_cards(lead: Leader) -> None:
    led = await lead.at_final()
    last = (await led.poll()).shortlist[-1]
    for user in (BEN, CLEO, DOT):
        await led.mark(user, best=last)
    await led.when_time_is_over()
    assert (await led.poll()).tried == (last,)


async def test_one_who_ranks_alone_ends_the_final_with_their_ballot(lead: Leader) -> None:
    led = await lead.at_final(scope=Scope.ALONE)
    await led.mark(ADA, best=(await led.poll()).shortlist[1])
    assert await where(led) == (Phase.BASELINE, EndedBy.EVERYBODY_VOTED)


async def test_where_all_may_vote_a_final_waits_for_its_time(lead: Leader) -> None:
    led = await lead.at_final()
    for user in (ADA, BEN, CLEO):
        await led.mark(user, best=(await led.poll()).shortlist[0])
    assert await led.phase() is Phase.FINAL


async def test_a_final_no_longer_waits_for_somebody_who_is_taken_off_the_list(lead: Leader) -> None:
    led = await lead.at_final(scope=Scope.INVITED, invited=[BEN])
    await led.mark(ADA, best=(await led.poll()).shortlist[0])
    assert await led.phase() is Phase.FINAL
    await led.services.polls.uninvite(GUILD, ADA, led.id, [BEN], manages=False)
    assert await where(led) == (Phase.BASELINE, EndedBy.EVERYBODY_VOTED)


# Ideas that go while they are voted on.


async def test_an_idea_that_is_withdrawn_leaves_the_poll_in_which_ideas_are_collected(lead: Leader) -> None:
    led = await lead.at(Phase.COLLECT)
    titles = await led.ideas()
    await led.withdraw(2)
    assert await led.ideas() == titles[:2] + titles[3:]


async def test_an_idea_that_is_withdrawn_while_its_card_is_seen_can_not_win(lead: Leader) -> None:
    led = await lead.at_cards()
    card = (await led.services.voting.deal(GUILD, BEN, led.id)).card
    assert card is not None
    gone = max(entry.position for entry in card.ideas)
    await led.withdraw(gone)
    with pytest.raises(IdeaWithdrawn):
        await led.services.voting.tap(GUILD, BEN, card.id, gone)
    await led.tap(BEN, 3)
    await led.end_cards()
    assert gone not in (await led.poll()).shortlist
    assert len((await led.poll()).shortlist) == 5


async def test_cards_end_when_fewer_than_two_ideas_are_left(lead: Leader) -> None:
    led = await lead.at_cards(6)
    await led.tap(ADA)
    for position in range(4):
        await led.withdraw(position)
    assert await led.phase() is Phase.CARDS
    await led.withdraw(4)
    assert await where(led) == (Phase.DROPPED, EndedBy.TOO_FEW)


async def test_a_final_whose_finalists_are_withdrawn_is_dropped(lead: Leader) -> None:
    led = await lead.at_final()
    *others, first, second = (await led.poll()).shortlist
    for position in others:
        await led.withdraw(position)
    assert await led.phase() is Phase.FINAL
    await led.withdraw(first)
    assert await where(led) == (Phase.DROPPED, EndedBy.TOO_FEW)
    # The last one may go as well, and nothing follows.
    await led.withdraw(second)
    assert (await led.view()).builds == []


async def test_what_is_not_in_the_final_changes_nothing_of_it(lead: Leader) -> None:
    led = await lead.at_final()
    before = await led.outcome()
    (out, *_) = set(range(7)) - set(before.poll.shortlist)
    await led.withdraw(out)
    assert (await led.outcome()).shortlist == before.shortlist


async def test_a_ballot_is_whole_without_the_idea_that_was_withdrawn(lead: Leader) -> None:
    led = await lead.at_final(scope=Scope.ALONE)
    *marked, unmarked = (await led.poll()).shortlist
    await led.mark(ADA, best=marked[0], others=marked)
    assert await led.phase() is Phase.FINAL
    await led.withdraw(unmarked)
    assert await where(led) == (Phase.BASELINE, EndedBy.EVERYBODY_VOTED)


# Downtimes and restarts.


@pytest.mark.parametrize("hours_late", [1, 30, 24 * 40])
async def test_after_a_downtime_what_follows_has_all_its_time(lead: Leader, hours_late: float) -> None:
    led = await lead.started(until="in 10 days")
    await led.add(6)
    planned = await led.poll()
    await led.when_time_is_over(hours_late=hours_late)
    poll, late = await led.poll(), timedelta(hours=hours_late)
    assert poll.phase is Phase.CARDS
    assert (poll.cards_until, poll.final_until) == (planned.cards_until + late, planned.final_until + late)
    await led.tap(BEN)
    await led.when_time_is_over(hours_late=hours_late)
    poll = await led.poll()
    assert (poll.phase, poll.final_until) == (Phase.FINAL, planned.final_until + 2 * late)
    await led.mark(BEN, best=0)
    await led.when_time_is_over(hours_late=hours_late)
    assert await led.phase() is Phase.BASELINE


async def test_a_phase_in_which_nobody_could_do_anything_goes_on_for_a_day(lead: Leader) -> None:
    led = await lead.started()
    await led.add(1)
    for phase in (Phase.COLLECT, Phase.CARDS, Phase.FINAL):
        assert await led.phase() is phase
        before = await led.poll()
        await led.when_time_is_over(hours_late=30)
        poll = await led.poll()
        assert (poll.phase, poll.until) == (phase, lead.clock.now() + timedelta(days=1))
        assert poll.final_until - before.final_until == timedelta(hours=30 + 24)
        if phase is Phase.COLLECT:
            await led.add(6)
        elif phase is Phase.CARDS:
            await led.tap(BEN)
        await led.when_time_is_over()
    assert await where(led) == (Phase.BASELINE, EndedBy.TIME)


async def test_a_phase_that_ends_a_minute_late_puts_nothing_off(lead: Leader) -> None:
    led = await lead.started()
    await led.add(6)
    planned = await led.poll()
    await led.when_time_is_over(hours_late=1 / 60)
    assert (await led.poll()).cards_until == planned.cards_until


async def test_polls_of_a_server_end_each_at_its_own_time(lead: Leader) -> None:
    later, sooner, same = [await lead.started(until=f"in {days} days") for days in (20, 6, 6)]
    for led in (later, sooner, same):
        await led.add(2)
    await sooner.when_time_is_over()
    assert [await led.phase() for led in (later, sooner, same)] == [Phase.COLLECT, Phase.FINAL, Phase.FINAL]
    await sooner.services.polls.drop(GUILD, ADA, sooner.id, manages=False)
    await same.when_time_is_over()
    await later.when_time_is_over()
    assert [await led.phase() for led in (later, sooner, same)] == [
        Phase.FINAL,
        Phase.DROPPED,
        Phase.BASELINE,
    ]


async def test_a_poll_that_can_not_go_on_holds_up_no_other(
    lead: Leader, caplog: pytest.LogCaptureFixture
) -> None:
    services = lead.services
    await services.servers.set_up(GUILD, checkin_channel_id=5, zone="UTC", prompt_time=time(9))
    await services.routines.plan(GUILD, BEN)
    broken, sound = [await replace(lead, starter=starter).started() for starter in (BEN, ADA)]
    for led in (broken, sound):
        await led.add(2)
    await sound.when_time_is_over()

    async def have_ben_live(zone: str) -> None:
        await services.database.write(
            lambda db: db.execute("update routine set zone = ? where user_id = ?", (zone, BEN)).rowcount
        )

    await have_ben_live("Mars/Crater")
    await sound.when_time_is_over()
    assert [await led.phase() for led in (broken, sound)] == [Phase.FINAL, Phase.BASELINE]
    assert (await broken.view()).builds == []
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    await have_ben_live("UTC")
    await broken.when_time_is_over()
    assert await broken.phase() is Phase.BASELINE
    # Nothing was left half done: the result is told, now.
    assert len(lead.messenger.of(ResultContent)) == 2


@pytest.mark.parametrize("phase", Phase)
async def test_a_poll_goes_on_after_a_restart(lead: Leader, phase: Phase) -> None:
    before = await lead.at(phase)
    seen = await before.outcome()
    again = await Services.open(lead.services.database.path, lead.clock)
    try:
        led = Led(again, lead.clock, lead.messenger, GUILD, ADA, before.id)
        assert await led.outcome() == seen
        if phase is Phase.CARDS:
            await led.tap(BEN)
        if seen.poll.is_open:
            await led.when_time_is_over()
            follows = {Phase.COLLECT: Phase.CARDS, Phase.CARDS: Phase.FINAL, Phase.FINAL: Phase.BASELINE}
            assert await led.phase() is follows[phase]
        elif phase is Phase.BASELINE:
            await led.there()
            assert await led.phase() is Phase.CLOSED
    finally:
        await again.close()


async def test_an_idea_may_go_before_the_bot_has_noticed_that_the_cards_are_over(lead: Leader) -> None:
    led = await lead.at_cards(6)
    await led.tap(BEN, 3)
    lead.clock.set((await led.poll()).cards_until)
    await led.withdraw(5)
    await led.work()
    assert 5 not in (await led.poll()).shortlist
