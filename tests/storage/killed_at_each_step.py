"""A process of its own: does one work again and again, each time in a fork of itself that dies further on.

`python -m tests.storage.killed_at_each_step WORK TEMPLATE FOLDER EVERY` copies the folder TEMPLATE into
FOLDER, by the number of a step, and a fork that works there kills itself, as by kill -9, before that call of
`bot/backups` into C: each EVERYth of them. The last one comes to its end, in FOLDER/whole.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from bot.backups import copying
from bot.backups.copying import copy
from bot.backups.restoring import restore

NOW = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)
WORKS: dict[str, Callable[[Path], object]] = {
    "backup": lambda folder: copy(folder / "bot.db", folder / "target"),
    "restore": lambda folder: restore(folder / "good", folder / "bot.db", NOW),
}


def die_at(step: int) -> None:
    """Kill this process before a call, counted from now; what is called after each page counts too."""
    passed = 0

    def look(frame: FrameType, event: str, _: object) -> None:
        nonlocal passed
        if "return" in event or "/bot/backups/" not in frame.f_code.co_filename:
            return
        passed += 1
        if passed == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)


def main(work: str, template: str, parent: str, every: str) -> None:
    copying.PAGES_AT_ONCE = 32
    step = 0
    while True:
        step += int(every)
        folder = Path(parent) / str(step)
        shutil.copytree(template, folder)
        child = os.fork()
        if child == 0:
            die_at(step)
            WORKS[work](folder)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            folder.rename(Path(parent) / "whole")
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
