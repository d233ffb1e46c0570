"""Processes of the bot that begin where its modules are imported already: forks of one that waits for orders.

A fork runs what `python -m` runs, with a process id, signals, an environment and an output of its own, and
ends as any other. But most of a start goes into importing modules, which is done once for all of them.
"""

import contextlib
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

REPOSITORY = Path(__file__).resolve().parents[1]
IMPORTED = ("bot.__main__", "bot.scheduling", "bot.services", "cogs.client", "uvloop", "yoyo")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to run, with which arguments, in which folder, and its whole environment."""

    module: str
    arguments: tuple[str, ...]
    folder: str
    environment: Mapping[str, str]


class WarmStarts:
    """The process that waits for orders; a context manager."""

    def __enter__(self) -> Self:
        self._line, other = socket.socketpair()
        with other:
            command = [sys.executable, "-m", __name__, str(other.fileno())]
            self._process = subprocess.Popen(
                command, cwd=REPOSITORY, stdin=subprocess.DEVNULL, pass_fds=[other.fileno()]
            )
        return self

    def start(self, order: Order, stdout: int, stderr: int) -> int:
        """Run a process with these files; answers one that tells its id and, at its end, its exit code.

        They are a line each. Whoever calls closes all three files.
        """
        told, tell = os.pipe()
        try:
            socket.send_fds(self._line, [json.dumps(asdict(order)).encode() + b"\n"], [stdout, stderr, tell])
        finally:
            os.close(tell)
        return told

    def __exit__(self, *_: object) -> None:
        self._line.close()
        self._process.wait()


def _forked(line: socket.socket) -> Order:
    """Wait for orders until the line is closed; comes back in each process that is to carry one out."""
    while True:
        told, files, _, _ = socket.recv_fds(line, 1 << 16, 3)
        while told and not told.endswith(b"\n"):
            told += line.recv(1 << 16)
        _wait_for_those_that_ended(all_of_them=not told)
        if not told:
            sys.exit()
        if os.fork() == 0:
            break
        for file in files:
            os.close(file)
    line.close()
    stdout, stderr, tell = files
    pid = os.fork()
    if pid:
        # The one in between is there to learn of the end.
        os.close(stdout)
        os.close(stderr)
        os.write(tell, b"%d\n" % pid)
        _, status = os.waitpid(pid, 0)
        os.write(tell, b"%d\n" % os.waitstatus_to_exitcode(status))
        os._exit(0)
    os.close(tell)
    for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), stdout, stderr)):
        os.dup2(file, number)
        os.close(file)
    return Order(**json.loads(told))


def _wait_for_those_that_ended(*, all_of_them: bool) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, 0 if all_of_them else os.WNOHANG) != (0, 0):
            pass


def main() -> None:
    """Import what a bot imports, and become what is ordered."""
    for module in IMPORTED:
        importlib.import_module(module)
    # It is run anew by each, as its main module.
    del sys.modules["bot.__main__"]
    order = _forked(socket.socket(fileno=int(sys.argv[1])))
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update(order.environment)
    sys.argv[1:] = order.arguments
    runpy.run_module(order.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
