"""The machine's clock is set, forward and back, while the bot runs: nothing comes twice or is held up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery import clock_changes
from bot.errors import TryLater
from bot.heartbeat import GAP, downtimes
from bot.services import Services
from tests.delivery.study import ADA, BEN, GUILD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clocks import ManualClock
    from tests.delivery.study import Study

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON = timedelta(minutes=5)


def set_by(clock: ManualClock, jump: timedelta) -> None:
    clock.set(clock.now() + jump)


async def go_on(study: Study, clock: ManualClock, hours: float) -> None:
    """All that the fixed jobs do, every ten minutes."""
    for _ in range(round(hours * 6)):
        await look(study)
        clock.advance(minutes=10)
    await look(study)


async def look(study: Study) -> None:
    await study.services.clock_changes.look()
    await study.services.heartbeat.beat()
    await study.tick()


async def test_what_a_clock_that_was_ahead_gave_up_comes_at_its_time(
    study: Study, clock: ManualClock
) -> None:
    await study.plan(ADA, "12:00")
    await study.plan(BEN, "07:00")
    await go_on(study, clock, 1)
    set_by(clock, DAY)
    await look(study)
    assert ("2026-05-04", "skipped", "too late") in await study.fates("ping")
    set_by(clock, -DAY)
    await go_on(study, clock, 48)

    fates = {(row.user_id, row.day): row.state for row in await study.outbox("ping")}
    assert fates == {
        (ADA, "2026-05-04"): "sent",
        (ADA, "2026-05-05"): "sent",
        # Sent a day early, and not again.
        (BEN, "2026-05-05"): "sent",
        (BEN, "2026-05-06"): "sent",
    }
    hers = [ping.sent_at for ping in study.messenger.pings]
    assert [at for at in hers if at.hour == 12] == [datetime(2026, 5, day, 12, tzinfo=UTC) for day in (4, 5)]


async def test_after_decades_by_mistake_the_days_go_on_as_if_nothing_had_been(
    study: Study, clock: ManualClock
) -> None:
    await study.plan(ADA, "12:00")
    set_by(clock, 400 * DAY)
    await look(study)
    assert len(await study.outbox("ping")) > 300
    set_by(clock, -400 * DAY)
    await go_on(study, clock, 48)
    states = {row.day: row.state for row in await study.outbox("ping")}
    assert [states[day] for day in ("2026-05-04", "2026-05-05")] == ["sent", "sent"]
    assert set(states.values()) == {"sent"}


@pytest.mark.parametrize("jump", [HOUR, DAY], ids=["hour", "day"])
async def test_what_was_put_off_does_not_wait_until_the_clock_is_there_again(
    study: Study, clock: ManualClock, jump: timedelta
) -> None:
    await study.plan(ADA, "12:00")
    await go_on(study, clock, 1)
    prompts = len(study.messenger.prompts)
    await study.check_in(ADA)
    study.messenger.fail("send", TryLater("Discord is down"))
    await look(study)
    study.messenger.recover()
    assert (prompts, len(study.messenger.cards)) == (1, 0)
    set_by(clock, -jump)
    await look(study)
    set_by(clock, SOON)
    await look(study)
    assert len(study.messenger.cards) == 1


async def test_a_change_of_what_was_sent_does_not_wait_until_the_clock_is_there_again(
    study: Study, clock: ManualClock
) -> None:
    await study.check_in(ADA, "Read a paper")
    await look(study)
    set_by(clock, -HOUR)
    await look(study)
    clock.advance(seconds=30)
    await study.check_in(ADA, "Read two papers")
    set_by(clock, timedelta(seconds=6))
    await look(study)
    (card,) = study.messenger.cards
    assert len(card.changes) == 2


async def test_a_downtime_does_not_reach_into_a_time_to_come(study: Study, clock: ManualClock) -> None:
    await look(study)
    began = clock.now()
    set_by(clock, 400 * DAY)
    await look(study)
    set_by(clock, HOUR - 400 * DAY)
    await look(study)
    (gap,) = await study.services.database.read(downtimes, GUILD, began - DAY)
    assert (gap.began_at, gap.ended_at) == (began, began + HOUR)


async def test_the_next_time_away_is_a_downtime_again(study: Study, clock: ManualClock) -> None:
    set_by(clock, DAY)
    await look(study)
    set_by(clock, -DAY)
    await look(study)
    began = clock.now()
    set_by(clock, 2 * GAP)
    await look(study)
    gaps = await study.services.database.read(downtimes, GUILD, began - DAY)
    assert [(gap.began_at, gap.ended_at) for gap in gaps] == [(began, began + 2 * GAP)]


async def test_a_start_notices_that_the_clock_was_set_back_meanwhile(
    study: Study, clock: ManualClock, database_path: Path
) -> None:
    await study.plan(ADA, "12:00")
    set_by(clock, DAY)
    await look(study)
    set_by(clock, -DAY)
    other = await Services.open(database_path, clock, openings_every=None)
    try:
        assert await other.clock_changes.look() == DAY
        assert await other.clock_changes.look() is None
    finally:
        await other.close()
    await go_on(study, clock, 6)
    assert ("2026-05-04", "sent", None) in await study.fates("ping")


async def test_however_much_was_given_up_it_is_looked_through_bit_by_bit(
    study: Study, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_changes, "AT_ONCE", 3)
    members = list(range(1001, 1012))
    for member in members:
        await study.plan(member, "12:00")
    set_by(clock, DAY)
    await look(study)
    set_by(clock, -DAY)
    await go_on(study, clock, 6)
    sent = [row.user_id for row in await study.outbox("ping") if row.state == "sent"]
    assert sorted(sent) == members


async def test_a_clock_that_is_corrected_by_seconds_is_no_news(
    study: Study, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    await look(study)
    set_by(clock, timedelta(seconds=-50))
    assert await study.services.clock_changes.look() is None
    set_by(clock, timedelta(seconds=-50))
    assert await study.services.clock_changes.look() is None
    assert "set back" not in caplog.text
