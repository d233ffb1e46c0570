"""Keys: single ones from a terminal, the first letter of each line from a pipe or file."""

import asyncio
import os
import signal
import sys
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CONTROL_D = "\x04"
ESCAPE = "\x1b"

Keys = asyncio.Queue[str | None]
"""One character each, in lower case; None when there will be no more."""


@contextmanager
def reading_keys() -> Iterator[Keys]:
    """Read keys from standard input for as long as the block lasts; a terminal is left as it was found.

    Must be used within a running event loop.
    """
    keys: Keys = asyncio.Queue()
    descriptor = _standard_input()
    if descriptor is None:
        keys.put_nowait(None)
        yield keys
    elif not os.isatty(descriptor):
        _read_lines(descriptor, keys)
        yield keys
    elif os.tcgetpgrp(descriptor) != os.getpgrp():
        # Started in the background: whoever touches the terminal from there is stopped by the system.
        yield keys
    else:
        with _single_keys(descriptor, keys):
            yield keys


def _standard_input() -> int | None:
    with suppress(AttributeError, OSError, ValueError):
        return sys.stdin.fileno()
    return None


@contextmanager
def _single_keys(descriptor: int, keys: Keys) -> Iterator[None]:
    loop = asyncio.get_running_loop()

    def read() -> None:
        try:
            typed = os.read(descriptor, 1024).decode(errors="replace")
        except OSError:
            typed = ""
        if not typed:
            loop.remove_reader(descriptor)
            keys.put_nowait(None)
        elif not typed.startswith(ESCAPE):  # an arrow or a function key is none of ours
            for key in typed:
                keys.put_nowait("q" if key == CONTROL_D else key.lower())

    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor)
    loop.add_reader(descriptor, read)
    # A shell gives a program that was suspended its own idea of the terminal back, not the program's.
    loop.add_signal_handler(signal.SIGCONT, tty.setcbreak, descriptor)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGCONT)
        loop.remove_reader(descriptor)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _read_lines(descriptor: int, keys: Keys) -> None:
    loop = asyncio.get_running_loop()

    def put(key: str | None) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits for this key any more
            loop.call_soon_threadsafe(keys.put_nowait, key)

    def read() -> None:
        # Not through sys.stdin: a thread that waits inside it keeps the interpreter from ending.
        rest = b""
        with suppress(OSError):
            while block := os.read(descriptor, 1024):
                *lines, rest = (rest + block).split(b"\n")
                for line in lines:
                    if word := line.decode(errors="replace").strip():
                        put(word[0].lower())
        if word := rest.decode(errors="replace").strip():
            put(word[0].lower())
        put(None)

    # A thread, since files and /dev/null cannot be waited for by an event loop.
    threading.Thread(target=read, name="keys", daemon=True).start()
