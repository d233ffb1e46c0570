"""The bot on a disk of its own that is soon full, `python -m tests.wire.small_disk run`.

In a mount namespace of its own, a file system in memory is put on the folder `disk`, and what is in that
folder goes onto it. From outside it is reached through /proc.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from bot.__main__ import main

MODULE = "tests.wire.small_disk"
FOLDER = "disk"
ROOM = 6 * 1024 * 1024
NOT_HERE = "no disk of its own can be had here"

_NEW_NAMESPACE, _NEW_USER, _PRIVATE = 0x00020000, 0x10000000, 0x40000 | 0x4000


def disk_of(pid: int, folder: Path) -> Path:
    """Where the disk of a process that runs in that folder is to be found; gone when the process is."""
    return Path(f"/proc/{pid}/root{folder.resolve()}") / FOLDER


def _put_a_disk_on(folder: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    uid = os.getuid()
    if libc.unshare(_NEW_NAMESPACE | (_NEW_USER if uid else 0)):
        raise OSError(ctypes.get_errno(), "unshare")
    if uid:
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1", "ascii")
    if libc.mount(b"none", b"/", None, _PRIVATE, None):
        raise OSError(ctypes.get_errno(), "mount")
    before = [(file.name, file.read_bytes()) for file in folder.iterdir()]
    if libc.mount(b"tmpfs", bytes(folder), b"tmpfs", 0, b"size=%d" % ROOM):
        raise OSError(ctypes.get_errno(), "mount")
    for name, content in before:
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    try:
        _put_a_disk_on(Path(FOLDER).absolute())
    except OSError as error:
        sys.exit(f"{NOT_HERE}: {error}")
    main()
