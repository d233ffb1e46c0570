"""A stand-in, and bots that run against it. Whatever a bot sends in a test must keep Discord's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import tests.warm_starts
from tests.wire.bots import Bots, passed_limits
from tests.wire.standin import PATIENT, StandIn
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.warm_starts import WarmStarts


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn(interaction_deadline=PATIENT) as standin:
        yield standin
    assert standin.violations == []
    assert passed_limits(standin) == []


@pytest.fixture
def warm_starts() -> WarmStarts | None:
    """Where bots begin; a module of tests that answers None here has them begin with nothing imported."""
    return tests.warm_starts.warm_starts()


@pytest.fixture
async def bots(
    standin: StandIn, tmp_path: Path, database_path: Path, warm_starts: WarmStarts | None
) -> AsyncIterator[Bots]:
    bots = Bots(standin, tmp_path, database_path, warm_starts)
    yield bots
    await bots.end()
    assert bots.outcries() == []


@pytest.fixture
def server(standin: StandIn) -> StudyServer:
    return StudyServer(standin)
