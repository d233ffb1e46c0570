"""What all tests share: how hypothesis runs, and where the shared data is."""

import os
from pathlib import Path

import hypothesis
import pytest

# The same examples on every machine and in every run; how long one takes depends on who else is busy.
hypothesis.settings.register_profile("project", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("project")

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data that several projects share; skips the test where it is not there."""
    folder = REPOSITORY / os.environ.get("AUTODIDACT_SHARED_DATA", "../shared/data")
    if not folder.is_dir():
        pytest.skip("the shared data is not here; AUTODIDACT_SHARED_DATA names its folder")
    return folder.resolve()
