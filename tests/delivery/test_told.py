"""What became of each try to send something is told, and how late it came."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import TryLater, Undeliverable
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.study import ADA, GUILD, Study
from tests.health.heard import Heard


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def services(database_path: Path, clock: ManualClock, heard: Heard) -> AsyncIterator[Services]:
    services = await Services.open(database_path, clock, openings_every=None, figures=heard)
    yield services
    await services.close()


async def test_what_is_put_off_and_then_sent_is_told_with_its_lag(study: Study, heard: Heard) -> None:
    await study.plan(ADA, ping=False)
    study.messenger.fail("send", TryLater("Discord answered 503"), times=2)
    await study.tick_at("09:00")
    for seconds in (5, 10):
        study.clock.advance(seconds=seconds)
        await study.tick()
    later = ("prompt", "put_off", None)
    assert heard.deliveries == [later, later, ("prompt", "sent", 15.0)]


async def test_a_card_that_is_shown_changed_and_deleted_is_told_each_time(study: Study, heard: Heard) -> None:
    await study.check_in(ADA)
    await study.tick()
    await study.check_in(ADA, "Read two papers")
    study.clock.advance(minutes=1)
    await study.tick()
    await study.services.checkins.delete(GUILD, ADA, study.clock.now().date())
    study.clock.advance(minutes=1)
    await study.tick()
    assert [became for kind, became, _ in heard.deliveries if kind == "card"] == [
        "sent",
        "changed",
        "deleted",
    ]


@pytest.mark.parametrize(
    ("error", "became"),
    [(Undeliverable("the channel is gone"), "refused"), (RuntimeError("no such thing"), "failed")],
)
async def test_what_will_never_be_sent_is_told(
    study: Study, heard: Heard, error: Exception, became: str
) -> None:
    await study.plan(ADA, ping=False)
    study.messenger.fail("send", error)
    await study.tick_at("09:00")
    assert heard.deliveries == [("prompt", became, None)]


async def test_what_comes_too_late_is_told(study: Study, heard: Heard) -> None:
    await study.plan(ADA, ping=False)
    study.messenger.fail("send", TryLater("Discord answered 503"))
    await study.tick_at("09:00")
    study.clock.advance(hours=23)
    await study.tick()
    assert ("prompt", "too_late", None) in heard.deliveries
