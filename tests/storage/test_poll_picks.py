"""What becomes of a pick: a baseline, moving on through the five, two teams; and that the result stays."""

import pytest

from bot.builds.errors import BuildOver, NotInBuild
from bot.builds.rules import BuildState
from bot.polls.errors import NoSecondTeam
from bot.polls.record_reading import read_record
from bot.polls.recount import recount
from bot.polls.rules import EndedBy, Method, Phase
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.led_polls import Leader, Led

GUILD = 1001
ADA, BEN, CLEO = 7, 8, 9


@pytest.fixture
def lead(services: Services, clock: ManualClock) -> Leader:
    return Leader(services, clock, FakeMessenger(clock))


async def where(led: Led) -> tuple[Phase, EndedBy | None]:
    poll = await led.poll()
    return poll.phase, poll.ended_by


async def test_a_baseline_closes_the_poll(lead: Leader) -> None:
    led = await lead.at_baseline()
    await led.there()
    assert await where(led) == (Phase.CLOSED, EndedBy.BUILT)
    (build,) = (await led.view()).builds
    with pytest.raises(BuildOver):
        await led.services.polls.move_on(GUILD, ADA, build.id, manages=True)


async def test_a_team_may_move_on_through_all_five(lead: Leader) -> None:
    led = await lead.at_baseline()
    await led.services.builds.join(GUILD, BEN, (await led.view()).builds[0].id)
    order = [placed.idea for placed in (await led.final()).order]
    for place in range(1, 6):
        assert (await led.poll()).tried == tuple(order[:place])
        build = (await led.view()).builds[-1]
        assert (build.position, build.members) == (order[place - 1], (ADA, BEN))
        with pytest.raises(NotInBuild):
            await led.services.polls.move_on(GUILD, CLEO, build.id, manages=False)
        await led.move_on()
    assert await where(led) == (Phase.MOVED_ON, EndedBy.ALL_TRIED)
    assert [each.state for each in (await led.view()).builds] == [BuildState.MOVED_ON] * 5


async def test_what_its_author_does_not_want_built_any_more_is_passed_over(lead: Leader) -> None:
    led = await lead.at_baseline()
    first, second, third, *_ = [placed.idea for placed in (await led.final()).order]
    await led.withdraw(second)
    await led.move_on()
    assert (await led.poll()).tried == (first, third)


async def divided(lead: Leader) -> Led:
    """A poll whose final half of the voters would end otherwise."""
    led = await lead.at_final()
    first, second, *_ = (await led.poll()).shortlist
    for user in range(20, 24):
        await led.mark(user, best=first)
    for user in range(30, 34):
        await led.mark(user, best=second)
    await led.end_final()
    return led


async def test_where_two_ideas_divide_the_group_a_second_team_may_begin(lead: Leader) -> None:
    led = await divided(lead)
    view, split = await led.view(), (await led.final()).split
    assert split is not None
    (build,) = view.builds
    assert build.rival == view.entries[split.second].title
    lead.clock.advance(hours=47)
    await led.services.polls.two_teams(GUILD, ADA, build.id, manages=False)
    with pytest.raises(NoSecondTeam):
        await led.services.polls.two_teams(GUILD, ADA, build.id, manages=False)
    first, second = (await led.view()).builds
    assert (first.rival, second.rival, second.position) == ("", "", split.second)
    # One team is there; the poll is closed when none builds any more.
    await led.services.polls.baseline_there(GUILD, ADA, second.id, "https://demo.example")
    assert await led.phase() is Phase.BASELINE
    await led.services.polls.baseline_there(GUILD, ADA, first.id, "https://demo.example")
    assert await where(led) == (Phase.CLOSED, EndedBy.BUILT)


async def test_after_two_days_there_is_one_team(lead: Leader) -> None:
    led = await divided(lead)
    (build,) = (await led.view()).builds
    lead.clock.advance(hours=48)
    with pytest.raises(NoSecondTeam):
        await led.services.polls.two_teams(GUILD, ADA, build.id, manages=False)


async def test_no_second_team_builds_what_was_withdrawn(lead: Leader) -> None:
    led = await divided(lead)
    split = (await led.final()).split
    assert split is not None
    await led.withdraw(split.second)
    with pytest.raises(NoSecondTeam):
        await led.services.polls.two_teams(GUILD, ADA, (await led.view()).builds[0].id, manages=False)


async def test_without_a_divided_group_there_is_no_second_team(lead: Leader) -> None:
    led = await lead.at_baseline()
    with pytest.raises(NoSecondTeam):
        await led.services.polls.two_teams(GUILD, ADA, (await led.view()).builds[0].id, manages=False)


@pytest.mark.parametrize("method", Method)
async def test_what_was_decided_stays_whatever_happens_later(lead: Leader, method: Method) -> None:
    led = await lead.started(method=method)
    await led.add(7, BEN)
    await led.open()
    await led.tap(BEN, 6)
    await led.end_cards()
    shortlist = (await led.poll()).shortlist
    if method is Method.SCORES:
        await led.mark(CLEO, best=shortlist[2])
    else:
        await led.services.voting.rank(GUILD, CLEO, led.id, {shortlist[2]: 1})
    await led.end_final()
    decided, record = await led.outcome(), await led.services.voting.record(GUILD, led.id)
    pick = (await led.poll()).tried[0]
    for position in range(7):
        await led.withdraw(position)
    await led.services.database.write(led.services.voting.forget_member, GUILD, BEN)
    await led.services.database.write(led.services.polls.forget_member, GUILD, ADA)
    lead.clock.advance(days=60)
    await led.work()
    after = await led.outcome()
    assert await led.services.voting.record(GUILD, led.id) == record
    assert (after.shortlist, after.final, after.poll.tried) == (decided.shortlist, decided.final, (pick,))
    assert recount(record).is_same
    assert len(read_record(record)[0].voters) == 2
