"""Processes of the bot that begin where its modules are imported already: forks of one that waits for orders.

A fork runs what `python -m` runs, with a process id, signals, an environment and an output of its own, and
ends as any other. But most of a start goes into importing modules, which is done once for all of them.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

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
    """The process that waits for orders, until `close`."""

    def __init__(self) -> None:
        self._line, other = socket.socketpair()
        with other:
            command = [sys.executable, "-m", __name__, str(other.fileno())]
            nothing = subprocess.DEVNULL
            self._process = subprocess.Popen(
                command, cwd=REPOSITORY, stdin=nothing, stdout=nothing, pass_fds=[other.fileno()]
            )

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

    def run(self, order: Order, timeout: float = 30.0) -> subprocess.CompletedProcess[str]:
        """Run a process to its end, like subprocess.run with its output as text; its input is empty."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with os.fdopen(self.start(order, out.fileno(), err.fileno())) as told:
                pid = int(told.readline())
                if not select.select([told], [], [], timeout)[0]:
                    os.kill(pid, signal.SIGKILL)
                    raise subprocess.TimeoutExpired(order.arguments, timeout)
                code = int(told.readline())
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(
                order.arguments, code, out.read().decode(), err.read().decode()
            )

    def close(self) -> None:
        """Wait for whatever runs, and end."""
        self._line.close()
        self._process.wait()


@cache
def warm_starts() -> WarmStarts:
    """The one of this process, which ends with it."""
    started = WarmStarts()
    atexit.register(started.close)
    return started


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
    # What is there stays: no fork's collector need look at it, which would copy it.
    gc.collect()
    gc.freeze()
    order = _forked(socket.socket(fileno=int(sys.argv[1])))
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update(order.environment)
    sys.argv[1:] = order.arguments
    runpy.run_module(order.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
