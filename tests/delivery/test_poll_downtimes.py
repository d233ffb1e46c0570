"""Polls over restarts and downtimes of the bot: nothing is lost, and no phase loses time by one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.builds.deliveries import BuildContent
from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.polls.rules import Phase
from bot.services import Services
from bot.shards import Shards
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.focus_study import later
from tests.delivery.poll_study import (
    BEST,
    POLLS,
    at,
    now,
    only,
    shown,
    started,
    tapped,
)
from tests.delivery.study import ADA, BEN, GUILD, Study


@pytest.fixture
def study(services: Services, clock: ManualClock, messenger: FakeMessenger) -> Study:
    """A server that was never set up: polls need none. It is eight on a Monday."""
    return Study(services, clock, messenger)


async def restarted(study: Study, clock: ManualClock) -> Study:
    """The same server after the process has begun anew."""
    path: Path = study.services.database.path
    await study.services.close()
    services = await Services.open(path, clock, openings_every=None)
    await services.delivery.resume()
    return Study(services, clock, study.messenger)


async def test_a_poll_goes_on_after_a_restart_in_every_phase(study: Study, clock: ManualClock) -> None:
    poll = await started(study, 8)
    await later(study)
    seen: list[Phase] = []
    for moment in (poll.collect_until, poll.cards_until, poll.final_until, None):
        study = await restarted(study, clock)
        try:
            seen.append(shown(study).phase)
            if seen[-1] is Phase.CARDS:
                await tapped(study, poll)
            if moment is not None:
                await at(study, moment)
        except BaseException:
            await study.services.close()
            raise
    build = only(study, BuildContent)[1].build
    study = await restarted(study, clock)
    await study.services.polls.baseline_there(GUILD, ADA, build.id, "https://demo.example")
    await later(study)
    assert [*seen, shown(study).phase] == [
        Phase.COLLECT,
        Phase.CARDS,
        Phase.FINAL,
        Phase.BASELINE,
        Phase.CLOSED,
    ]
    for kind in (PollContent, ShortlistContent, ResultContent, BuildContent):
        assert len(study.messenger.of(kind)) == 1
    await study.services.close()


async def test_a_downtime_over_all_deadlines_ends_one_phase_and_the_others_keep_their_time(
    study: Study,
) -> None:
    poll = await started(study, 8, until="in 20 days")
    await later(study)
    late = timedelta(days=30)
    await at(study, poll.collect_until + late)
    assert shown(study).phase is Phase.CARDS
    assert (shown(study).cards_until, shown(study).final_until) == (
        poll.cards_until + late,
        poll.final_until + late,
    )
    await tapped(study, poll)
    await at(study, poll.cards_until + late + timedelta(days=2))
    assert shown(study).phase is Phase.FINAL
    # Nobody has marked anything when the next downtime begins, and nothing is shorter for it.
    assert shown(study).final_until == poll.final_until + late + timedelta(days=2)
    assert [len(study.messenger.of(kind)) for kind in (PollContent, ShortlistContent)] == [1, 1]


async def test_a_look_that_is_a_little_late_moves_no_deadline(study: Study) -> None:
    poll = await started(study, 8)
    await at(study, poll.collect_until + timedelta(minutes=5))
    assert shown(study) == replace(
        poll,
        phase=Phase.CARDS,
        ended_by=shown(study).ended_by,
        phase_since=poll.collect_until + timedelta(minutes=5),
    )


@pytest.mark.parametrize(("ideas", "phase"), [(1, Phase.COLLECT), (6, Phase.CARDS), (3, Phase.FINAL)])
async def test_a_phase_in_which_nobody_found_the_bot_at_home_goes_on_for_a_day(
    study: Study, ideas: int, phase: Phase
) -> None:
    poll = await started(study, ideas)
    if phase is not Phase.COLLECT:
        await at(study, poll.collect_until)
    before = await now(study, poll)
    assert before.until is not None
    back_at = before.until + timedelta(days=3)
    await at(study, back_at)
    assert (shown(study).phase, shown(study).until) == (phase, back_at + timedelta(days=1))
    # A second time it ends, since all had a day.
    await at(study, back_at + timedelta(days=1))
    ends = {Phase.COLLECT: Phase.DROPPED, Phase.CARDS: Phase.DROPPED, Phase.FINAL: Phase.BASELINE}
    assert shown(study).phase is ends[phase]


async def test_a_poll_that_cannot_go_on_stops_no_other_and_goes_on_when_mended(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = await started(study, 3), await started(study, 3, channel=POLLS + 1)
    await at(study, broken.collect_until)
    for poll in (broken, sound):
        await study.services.voting.score(GUILD, BEN, poll.id, 0, BEST)
    await study.execute(
        "update poll_ballot set ballot = '{' where poll_id = ?",
        broken.id,
    )
    await at(study, broken.final_until)
    assert (await now(study, sound)).phase is Phase.BASELINE
    assert "poll 1 could not be ended" in caplog.text
    await study.execute("update poll_ballot set ballot = '{}' where poll_id = ?", broken.id)
    put_off = await now(study, broken)
    assert (put_off.phase, put_off.final_until) == (Phase.FINAL, broken.final_until + timedelta(days=1))
    await at(study, put_off.final_until)
    assert (await now(study, broken)).phase is Phase.BASELINE


async def test_no_phase_ends_while_nobody_can_reach_the_bot(study: Study, clock: ManualClock) -> None:
    """The process runs, but Discord is away."""
    poll = await started(study, 8)
    await later(study)
    heartbeat = study.services.heartbeat
    await heartbeat.beat()
    hour = timedelta(hours=1)
    clock.set(poll.collect_until - hour)
    for _ in range(6):
        clock.advance(hours=1)
        await heartbeat.leave_out()
        await study.tick()
    assert shown(study).phase is Phase.COLLECT
    await heartbeat.beat()
    clock.advance(minutes=6)
    await study.tick()
    assert shown(study).phase is Phase.CARDS
    # It is noticed five hours after the phase's time; the wait for the next look comes on top.
    assert 5 * hour <= shown(study).cards_until - poll.cards_until <= 5.2 * hour


async def test_what_a_process_that_has_ended_left_behind_is_not_believed(
    study: Study, clock: ManualClock
) -> None:
    poll = await started(study, 8)
    await later(study)
    await study.services.heartbeat.leave_out(Shards.of([0], 3))
    assert poll.collect_until - clock.now() > timedelta(hours=2)
    await at(study, poll.collect_until)
    assert shown(study).phase is Phase.CARDS
