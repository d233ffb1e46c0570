"""A database, a clock, a Discord in memory, and the services over them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import Study


@pytest.fixture
def clock() -> ManualClock:
    """A Monday, an hour before the prompt."""
    return ManualClock(datetime(2026, 5, 4, 8, 0, tzinfo=UTC))


@pytest.fixture
def messenger(clock: ManualClock) -> FakeMessenger:
    return FakeMessenger(clock)


@pytest.fixture
async def services(database_path: Path, clock: ManualClock) -> AsyncIterator[Services]:
    services = await Services.open(database_path, clock, openings_every=None)
    yield services
    await services.close()


@pytest.fixture
async def study(services: Services, clock: ManualClock, messenger: FakeMessenger) -> Study:
    """A server that has been set up, with nobody in it who has a routine."""
    study = Study(services, clock, messenger)
    await study.set_up()
    return study
