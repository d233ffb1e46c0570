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

LONG = (
    "tests/ledger/test_year.py",
    "tests/demo/test_in_the_browser.py",
    "tests/delivery/test_year.py",
    "tests/demo/test_in_the_terminal.py",
)
"""Files whose tests take long, or share what does."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin what takes longest first, so that in the end no process runs alone, and each file in one process.

    Each process begins with a share of all tests, as they stand one after the other, and takes over from the
    ends of the others' shares.
    """
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    files: dict[str, list[pytest.Item]] = {name: [] for name in LONG}
    others: list[pytest.Item] = []
    for item in items:
        files.get(item.nodeid.partition("::")[0], others).append(item)
    number, items[:] = len(items), []
    for process in range(processes):
        first = [item for name in LONG[process::processes] for item in files[name]]
        share = (number - len(items)) // (processes - process)
        rest = max(0, share - len(first))
        items += [*first, *others[:rest]]
        others = others[rest:]


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
