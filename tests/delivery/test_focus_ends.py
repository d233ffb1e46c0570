"""The end of a block of focus: who is told, where, and until when."""

import shutil
from copy import deepcopy
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.errors import TryLater
from bot.focus.deliveries import CompanyContent, EndContent
from bot.focus.rules import Company
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.crashes import Life, live
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.focus_study import (
    contents,
    ends,
    later,
    nothing_is_left_to_do,
    running,
    start,
    stop,
    told,
)
from tests.delivery.study import ADA, BEN, GUILD, Study


async def test_a_member_is_told_once_when_the_block_is_over_and_not_before(study: Study) -> None:
    await start(study, minutes=25)
    await later(study, minutes=24, seconds=45)
    assert told(study) == []
    await later(study, seconds=15)
    assert ends(study) == [EndContent(ADA, minutes=25, minutes_today=25)]
    assert await nothing_is_left_to_do(study)
    assert told(study) == [ADA]


async def test_the_end_is_told_in_the_thread_under_the_days_prompt(study: Study) -> None:
    await study.plan(ADA, ping=False)
    await study.tick_at("09:00")
    await start(study, minutes=25)
    await later(study, minutes=25)
    (message,) = study.messenger.of(EndContent)
    assert message.place.channel_id == study.messenger.prompts[0].id


async def test_each_of_several_blocks_of_a_day_is_told_with_the_minutes_of_the_day(study: Study) -> None:
    for minutes in (25, 50, 25):
        await start(study, minutes=minutes)
        await later(study, minutes=minutes)
    assert ends(study) == [EndContent(ADA, 25, 25), EndContent(ADA, 50, 75), EndContent(ADA, 25, 100)]


async def test_whoever_stops_early_is_not_told(study: Study) -> None:
    started = await start(study, minutes=25)
    study.clock.advance(minutes=10)
    await stop(study, started)
    await later(study, minutes=20)
    assert told(study) == []


async def test_whoever_stops_early_and_starts_anew_is_told_of_the_new_end_alone(study: Study) -> None:
    await stop(study, await start(study, minutes=25))
    study.clock.advance(minutes=1)
    await start(study, minutes=50)
    await later(study, minutes=25)
    assert told(study) == []
    await later(study, minutes=25)
    assert ends(study) == [EndContent(ADA, 50, 50)]


async def test_a_member_who_is_away_is_told_all_the_same(study: Study) -> None:
    await study.plan(ADA)
    await study.execute(
        "insert into pause (guild_id, user_id, first_day, last_day, set_at) values (?, ?, ?, ?, 0)",
        GUILD,
        ADA,
        "2026-05-01",
        "2026-05-31",
    )
    await start(study, minutes=25)
    await later(study, minutes=25)
    assert told(study) == [ADA]


async def test_the_end_of_a_block_that_others_do_not_see_is_not_told(study: Study) -> None:
    await start(study, seen=False)
    assert await nothing_is_left_to_do(study)
    assert study.messenger.of(EndContent) == []


async def test_a_block_started_before_anything_looked_for_the_end_of_the_last_takes_nothing_away(
    study: Study,
) -> None:
    await start(study, ADA, 25)
    await start(study, BEN, 25)
    await study.tick()
    study.clock.advance(minutes=25)
    await start(study, ADA, 50, seen=False)
    await later(study)
    assert sorted(told(study)) == [ADA, BEN]
    assert running(study) == []


@pytest.mark.parametrize(("minutes", "expected"), [(29.9, [ADA]), (30, []), (24 * 60, [])])
async def test_an_end_in_a_downtime_is_told_within_half_an_hour(
    study: Study, minutes: float, expected: list[int]
) -> None:
    await start(study, minutes=25)
    await later(study, minutes=25 + minutes)
    assert told(study) == expected
    fate = ("sent", None) if expected else ("skipped", "too late")
    assert [row[1:] for row in await study.fates("focus_end")] == [fate]
    assert await nothing_is_left_to_do(study)


async def test_an_end_that_cannot_be_told_for_half_an_hour_is_let_go(study: Study) -> None:
    study.messenger.fail("send", TryLater("Discord answered 503"), times=1000)
    await start(study, minutes=25)
    for _ in range(12):
        await later(study, minutes=5)
    assert await study.fates("focus_end") == [("2026-05-04", "skipped", "too late")]
    assert await nothing_is_left_to_do(study)


# --- crashes


async def tick(services: Services, messenger: FakeMessenger) -> None:
    await services.delivery.tick(messenger)


async def settle(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    for _ in range(3):
        await services.delivery.tick(messenger)
        clock.advance(minutes=5)


@pytest.mark.parametrize("pause", [timedelta(seconds=20), timedelta(minutes=10)], ids=["soon", "later"])
async def test_a_process_killed_at_any_point_has_told_each_end_once_and_shown_the_company_to_its_end(
    study: Study, database_path: Path, tmp_path: Path, pause: timedelta
) -> None:
    await start(study, ADA, 25)
    await start(study, BEN, 25)
    await study.tick()
    study.clock.advance(minutes=25)
    await study.services.close()
    outcomes: list[tuple[list[int], list[Company]]] = []
    while True:
        path = Path(shutil.copy(database_path, tmp_path / f"{len(outcomes)}.db"))
        clock, messenger = deepcopy((study.clock, study.messenger))
        life = Life(dies_at=len(outcomes))
        await live(life, path, clock, messenger, partial(tick, messenger=messenger))
        if not life.dead:
            break
        clock.advance(seconds=pause.total_seconds())
        await live(Life(), path, clock, messenger, partial(settle, clock=clock, messenger=messenger))
        told_to = sorted(content.user_id for content in contents(messenger, EndContent))
        outcomes.append((told_to, [each.company for each in contents(messenger, CompanyContent)]))
    assert len(outcomes) >= 8
    assert outcomes == [([ADA, BEN], [Company([], [ADA, BEN], 50)])] * len(outcomes)
