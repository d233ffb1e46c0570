"""The short form of every trial, and docs/operating.md, which explains each row to whoever runs the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY
from tests.proof.outcomes import rendered
from tests.proof.trials import TRIALS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", TRIALS)
async def test_nothing_is_lost_in_the_short_form(name: str, tmp_path: Path) -> None:
    outcomes = list(await TRIALS[name](tmp_path, True))
    assert outcomes
    assert [outcome for outcome in outcomes if not outcome.kept] == [], "\n" + rendered(outcomes)
    explained = (REPOSITORY / "docs/operating.md").read_text("utf-8")
    assert [outcome.what for outcome in outcomes if outcome.what not in explained] == []
