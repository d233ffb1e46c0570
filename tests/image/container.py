"""A run of the image as an engine would make it, by namespaces alone: nothing here is an engine.

As under compose.yaml its files are read-only but for /data and /tmp, it has no capability and cannot gain
one, and it is the first process of a namespace of its own. Its network is this machine's, where the stand-in
for Discord listens. Limits of memory and processors are an engine's, and so not looked at.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.wire.standin.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.image.image import Image

STOPPING_TAKES_AT_MOST = 5.0

# $1 is the root, $2 what becomes /data; what follows is run in there.
_ENTER = """
set -e
root=$1 data=$2
shift 2
mount --bind "$root" "$root"
mount --bind "$data" "$root/data"
mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev tmpfs "$root/tmp"
mount -t tmpfs -o size=1m,mode=755,nosuid,noexec tmpfs "$root/dev"
for device in null:3 zero:5 random:8 urandom:9; do
  mknod -m 666 "$root/dev/${device%:*}" c 1 "${device#*:}"
done
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -o remount,bind,ro "$root"
exec chroot "$root" "$@"
"""


async def _soon(look: Callable[[], object]) -> None:
    """Wait for what no file descriptor tells."""
    async with asyncio.timeout(10):
        while not look():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


class Container:
    """One run; what it says on either output is kept and can be waited for."""

    def __init__(self, image: Image, process: asyncio.subprocess.Process, command: list[str]) -> None:
        self._image = image
        self._process = process
        self._as_in_there = command
        self.lines: list[str] = []
        self._changes = Changes()
        self._over = False
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def launch(cls, image: Image, data: Path, settings: Mapping[str, str], *command: str) -> Container:
        """Run the image's command, or another one of the bot's, with a folder of here as its /data."""
        user, group = image.user
        environment = image.environment | {f"AUTODIDACT_{name}": value for name, value in settings.items()}
        as_in_there = [
            *("setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", "--no-new-privs"),
            *("--inh-caps=-all", "--bounding-set=-all", "--"),
            *("env", f"--chdir={image.config['WorkingDir']}", "-i"),
            *(f"{name}={value}" for name, value in environment.items()),
        ]
        process = await asyncio.create_subprocess_exec(
            *("unshare", "--mount", "--pid", "--ipc", "--uts", "--fork"),
            *("sh", "-c", _ENTER, "sh", str(image.root), str(data)),
            *as_in_there,
            *image.config["Entrypoint"],
            *(command or image.config["Cmd"]),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        container = cls(image, process, as_in_there)
        await _soon(container._children)
        return container

    @property
    def pid(self) -> int:
        """The id of its first process, as this machine counts."""
        return self._children()[0]

    def status(self, name: str) -> str:
        """A line of what the kernel says of its first process."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:"))

    async def line(self, text: str, *, timeout: float = 20.0) -> str:
        """Wait for a line with this text in it; EOFError when the container ends without one."""

        def look() -> str | None:
            found = next((line for line in self.lines if text in line), None)
            if found is None and self._over:
                raise EOFError(f"the container ended without saying {text!r}:\n" + "\n".join(self.lines))
            return found

        return await self._changes.until(look, timeout, f"the container to say {text!r}")

    async def hears(self, number: signal.Signals) -> None:
        """Wait until its first process is the bot's and has a handler for a signal; that is soon."""
        await _soon(lambda: self._runs_python() and int(self.status("SigCgt"), 16) >> (number - 1) & 1)

    def _children(self) -> list[int]:
        parent = self._process.pid
        return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]

    def _runs_python(self) -> bool:
        return "python" in Path(f"/proc/{self.pid}/cmdline").read_text().partition("\0")[0]

    async def run(self, *command: str) -> tuple[int, str]:
        """Run a command beside it, as an engine's exec and health check do; exit code and output."""
        process = await asyncio.create_subprocess_exec(
            *("nsenter", f"--target={self.pid}", "--mount", "--pid", "--root", "--"),
            *self._as_in_there,
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode is not None
        return process.returncode, output.decode().strip()

    async def stop(self) -> float:
        """Send its first process the image's stop signal; it must end by itself, and well. The seconds."""
        began = perf_counter()
        os.kill(self.pid, signal.Signals[self._image.config.get("StopSignal", "SIGTERM")])
        code = await self.ended(timeout=STOPPING_TAKES_AT_MOST)
        assert code == 0, "\n".join(self.lines)
        return perf_counter() - began

    async def ended(self, *, timeout: float = 20.0) -> int:
        """Wait for its end; the exit code."""
        async with asyncio.timeout(timeout):
            await asyncio.shield(self._reading)
            return await self._process.wait()

    async def kill(self) -> None:
        """End it whatever it is doing; harmless where it has ended."""
        if self._process.returncode is None:
            # Its namespace ends with its first process; it would not with the one that entered it.
            for child in self._children():
                os.kill(child, signal.SIGKILL)
        await self.ended()

    async def _read(self) -> None:
        assert self._process.stdout
        async for raw in self._process.stdout:
            self.lines.append(raw.decode().rstrip("\n"))
            self._changes.notify()
        self._over = True
        self._changes.notify()
