"""Where a member stands, as the other features tell it."""

from dataclasses import replace

from bot.checkins.rules import Entry, KindOfWork
from bot.guide.rules import Standing
from bot.services import Services
from bot.tracker.rules import State, clean_job
from tests.clocks import ManualClock
from tests.open_polls import Chair, numbered_ideas, open_poll
from tests.storage.conftest import MONDAY_NOON

GUILD, CHANNEL, ADA, BEN = 1, 2, 7, 8


async def set_up(services: Services) -> None:
    await services.servers.begin(
        GUILD, checkin_channel_id=CHANNEL, zone="Etc/UTC", prompt_time=MONDAY_NOON.time()
    )


async def test_nobody_who_did_nothing_has_done_anything(services: Services) -> None:
    assert await services.guide.of_member(GUILD, ADA) == Standing(is_set_up=False, leads=False)
    await set_up(services)
    assert await services.guide.of_member(GUILD, ADA) == Standing(leads=False)


async def test_each_thing_that_was_done_counts_for_who_did_it(services: Services, clock: ManualClock) -> None:
    await set_up(services)
    await services.routines.plan(GUILD, ADA, zone="Etc/UTC", days="every day", at="18:00")
    told = Entry("Made https://example.org/demo", kind=KindOfWork.SHOWING)
    await services.checkins.report(GUILD, ADA, told)
    await services.goals.add(GUILD, ADA, "Ship it")
    (idea, *_) = numbered_ideas(1)
    await services.ideas.add(GUILD, ADA, idea)
    page = await services.resources.browse(GUILD)
    await services.resources.save(GUILD, ADA, page.resources[0].id, on=True)
    await services.buddies.find(GUILD, ADA)
    saved = await services.tracker.add(GUILD, ADA, clean_job("Kettle & Crow"))
    done = Standing(
        checkins=1,
        has_routine=True,
        goals=1,
        ideas=1,
        shown=True,
        leads=False,
        jobs=1,
        resources=1,
        has_buddy=True,
    )
    assert await services.guide.of_member(GUILD, ADA) == done
    assert await services.guide.of_member(GUILD, BEN) == Standing(leads=False)
    assert await services.guide.of_member(GUILD + 1, ADA) == Standing(is_set_up=False, leads=False)
    # The next day is due, until it is one of a pause.
    clock.advance(days=1)
    assert await services.guide.of_member(GUILD, ADA) == replace(done, due=True)
    await services.routines.pause(GUILD, ADA, "today", "today")
    assert await services.guide.of_member(GUILD, ADA) == replace(done, is_away=True)
    # Two weeks after an application it is long time to write again.
    await services.tracker.move(GUILD, ADA, saved.application.id, State.APPLIED)
    clock.advance(days=14)
    assert (await services.guide.of_member(GUILD, ADA)).follow_ups == 1


async def test_a_poll_waits_for_who_has_not_tapped_yet(services: Services) -> None:
    await set_up(services)
    view = await open_poll(services, Chair(GUILD, CHANNEL, ADA), numbered_ideas(12))
    assert [(await services.guide.of_member(GUILD, each)).votes for each in (ADA, BEN)] == [1, 1]
    dealt = await services.voting.deal(GUILD, BEN, view.poll.id)
    assert dealt.card is not None
    await services.voting.tap(GUILD, BEN, dealt.card.id, dealt.card.ideas[0].position)
    assert [(await services.guide.of_member(GUILD, each)).votes for each in (ADA, BEN)] == [1, 0]
    # The final asks everybody again.
    await services.polls.end_cards(GUILD, ADA, view.poll.id, manages=True)
    assert [(await services.guide.of_member(GUILD, each)).votes for each in (ADA, BEN)] == [1, 1]
    await services.polls.drop(GUILD, ADA, view.poll.id, manages=True)
    assert [(await services.guide.of_member(GUILD, each)).votes for each in (ADA, BEN)] == [0, 0]
