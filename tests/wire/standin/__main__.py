"""The stand-in as a process: prints one line of JSON, then serves until SIGTERM or the end of its input."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import threading
from contextlib import suppress

from tests.wire.standin.server import TOKEN, StandIn


async def serve(options: argparse.Namespace) -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)

    def read_input() -> None:
        while os.read(0, 4096):
            pass
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(over.set)

    standin = StandIn(token=options.token, validate=options.validate, record=options.record)
    await standin.start(options.port)
    try:
        # A thread, because not every kind of input can be watched by every event loop.
        threading.Thread(target=read_input, daemon=True).start()
        line = {"port": standin.port, "api_url": standin.api_url, "gateway_url": standin.gateway_url}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        await over.wait()
    finally:
        await standin.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.wire.standin")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--no-validate", dest="validate", action="store_false")
    parser.add_argument("--no-record", dest="record", action="store_false")
    options = parser.parse_args()
    try:
        from uvloop import run
    except ImportError:
        asyncio.run(serve(options))
    else:
        run(serve(options))


main()
