"""What all tests share: how hypothesis runs, where the shared data is, and a database to begin with."""

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

from bot.resources.loading import load_shipped
from bot.storage.database import connect
from bot.storage.migrations import migrate

# The same examples on every machine and in every run; how long one takes depends on who else is busy.
hypothesis.settings.register_profile("project", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("project")

REPOSITORY = Path(__file__).parents[1]

LONG = frozenset({"test_year.py"})
"""Files whose tests take minutes."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin what takes longest first, one in each process, so that in the end none runs alone for minutes.

    Each process begins with a share of all tests, as they stand one after the other.
    """
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [item for item in items if item.path.name in LONG]
    others = [item for item in items if item.path.name not in LONG]
    share = -(-len(others) // processes)
    items[:] = [
        item
        for number in range(processes)
        for item in (*long[number::processes], *others[number * share : (number + 1) * share])
    ]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data that several projects share; skips the test where it is not there."""
    folder = REPOSITORY / os.environ.get("AUTODIDACT_SHARED_DATA", "../shared/data")
    if not folder.is_dir():
        pytest.skip("the shared data is not here; AUTODIDACT_SHARED_DATA names its folder")
    return folder.resolve()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it but the catalogue, as a new bot has it after its first start.

    Copying it takes a hundredth of what migrating does.
    """
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    migrate(path)
    with closing(connect(path)) as db:
        db.execute("begin")
        load_shipped(db, datetime(2026, 1, 1, tzinfo=UTC))
        db.execute("commit")
    return path


@pytest.fixture
def database_path(migrated: Path, tmp_path: Path) -> Path:
    """A migrated database file of the test's own."""
    return Path(shutil.copy(migrated, tmp_path / "autodidact.db"))
