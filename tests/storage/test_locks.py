"""Who may be on a database beside whom, and who is seen there from outside."""

import fcntl
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.operator_errors import (
    DatabaseInUse,
    DatabaseNewer,
    DatabaseUnusable,
    OlderVersionRuns,
    OtherShardsRun,
    ShardInUse,
)
from bot.shards import Shards
from bot.storage.lock import Holders, alone, among_others, holders
from bot.storage.migrations import FOLDER, is_up_to_date, known_in, migrate

FIRST, SECOND = Shards((0, 1), 4), Shards((2, 3), 4)
KERNEL_TELLS = Path("/proc/locks").exists()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first version."""
    folder = tmp_path / "first"
    folder.mkdir()
    name = f"{known_in()[0]}.sql"
    (folder / name).write_text((FOLDER / name).read_text())
    migrate(tmp_path / "old.db", folder)
    return tmp_path / "old.db"


def test_where_no_bot_ever_ran_nobody_holds_the_lock_and_no_file_is_made(tmp_path: Path) -> None:
    assert holders(tmp_path / "bot.db") == Holders(held=False)
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_seen_also_through_a_symbolic_link_and_only_as_long_as_it_is_held(tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to("bot.db")
    with alone(tmp_path / "bot.db"):
        # The kernel need not tell who it is.
        assert holders(link) == Holders(True, (os.getpid(),) if KERNEL_TELLS else ())
    assert holders(link) == Holders(held=False)


def test_processes_with_shards_of_their_own_go_together_and_are_seen(path: Path) -> None:
    with among_others(path, FIRST):
        assert holders(path).shards == FIRST
        with among_others(path, SECOND):
            found = holders(path)
            assert (found.held, found.shards) == (True, Shards((0, 1, 2, 3), 4))
            assert found.pids == ((os.getpid(),) if KERNEL_TELLS else ())
        assert holders(path).shards == FIRST
    assert holders(path) == Holders(held=False)
    with alone(path):
        assert holders(path).shards is None


def test_a_shard_is_run_once(path: Path) -> None:
    with among_others(path, FIRST):
        refused = pytest.raises(ShardInUse, match=r"shard 1 of 4.*AUTODIDACT_SHARD_IDS")
        with refused, among_others(path, Shards((1, 2), 4)):
            pass
        # Whoever was refused has let go of what it had already.
        with among_others(path, SECOND):
            pass


def test_all_divide_the_servers_in_the_same_way(path: Path) -> None:
    refused = pytest.raises(OtherShardsRun, match=r"shards 0 and 1 of 4.*shard 5 of 8: stop all")
    with among_others(path, FIRST), refused, among_others(path, Shards((5,), 8)):
        pass
    with among_others(path, Shards((5,), 8)):
        pass


@pytest.mark.parametrize("shards", [FIRST, Shards((1,), 2)])
def test_one_that_is_alone_and_one_of_several_refuse_each_other(path: Path, shards: Shards) -> None:
    with among_others(path, shards), pytest.raises(DatabaseInUse), alone(path):
        pass
    with alone(path), pytest.raises(DatabaseInUse), among_others(path, shards):
        pass
    with alone(path):
        pass


def test_a_lock_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "bot.db"
    with pytest.raises(DatabaseUnusable, match=r"bot\.db .*no such folder"), among_others(path, FIRST):
        pass


def test_who_comes_first_brings_the_database_up_to_date_and_who_comes_beside_waits(old: Path) -> None:
    beside, going = threading.Barrier(4), threading.Barrier(4)

    def run(shard: int) -> bool:
        beside.wait(10)
        with among_others(old, Shards((shard,), 4)):
            ready = is_up_to_date(old)
            # All four are on it at the same time.
            going.wait(30)
            return ready

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [True] * 4


def test_a_newer_version_does_not_change_the_database_under_an_older_one(old: Path) -> None:
    with ExitStack() as older:
        # As one holds it that found the database as it should be.
        for name in ("old.db-lock", "old.db-lock-2-of-4"):
            file = older.enter_context(old.with_name(name).open("w"))
            fcntl.flock(file, fcntl.LOCK_SH if name.endswith("lock") else fcntl.LOCK_EX)
        with pytest.raises(OlderVersionRuns, match="older version"), among_others(old, FIRST):
            pass
        assert not is_up_to_date(old)
    with among_others(old, FIRST):
        assert is_up_to_date(old)


def test_an_older_version_does_not_come_beside_a_newer_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with among_others(path, FIRST):
        monkeypatch.setattr("bot.storage.migrations.known_in", lambda _folder: known_in()[:1])
        with pytest.raises(DatabaseNewer), among_others(path, SECOND):
            pass


def test_a_file_that_only_looks_like_a_lock_of_a_shard_is_none(path: Path) -> None:
    path.with_name(f"{path.name}-lock-first-of-all").touch()
    path.with_name(f"{path.name}-lock-1-of-3").touch()
    with among_others(path, FIRST):
        assert holders(path).shards == FIRST
