"""`python -m demo`: the bot in a browser, in an invented server, without a token."""

import argparse
import asyncio
import io
import logging
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

PORT_VARIABLE, USUAL_PORT = "AUTODIDACT_DEMO_PORT", 8765
ENDING_SIGNALS = [
    number
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    # What whoever started this has chosen to ignore, as nohup does, stays ignored.
    if signal.getsignal(number) is not signal.SIG_IGN
]


class _Ended(BaseException):
    """A signal asked to end before the stage was set.

    No KeyboardInterrupt: once that has passed through a dataclass in the making, Python ends by the signal,
    whoever catches it.
    """


def _end(_number: int, _frame: FrameType | None) -> None:
    raise _Ended


async def end_by_signal(port: int, until_end_of_input: bool) -> None:
    """The demo, which a signal ends as a key does."""
    from demo.show import perform

    loop = asyncio.get_running_loop()
    performance = asyncio.create_task(perform(port, until_end_of_input=until_end_of_input))

    def end() -> None:
        for number in ENDING_SIGNALS:
            # Whoever asks a second time is in a hurry and gets it the hard way.
            loop.remove_signal_handler(number)
        performance.cancel()

    for number in ENDING_SIGNALS:
        loop.add_signal_handler(number, end)
    with suppress(asyncio.CancelledError):
        await performance


def main() -> int:
    """The exit code: 0 however the demo was ended, 1 with a sentence if it could not begin."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--port", help=f"of the page; else {PORT_VARIABLE}, else {USUAL_PORT}")
    parser.add_argument("--until-eof", action="store_true", help="end when standard input ends")
    options = parser.parse_args()
    port = options.port or os.environ.get(PORT_VARIABLE) or str(USUAL_PORT)
    if not port.isdecimal() or not 0 <= int(port) < 65_536:
        print(f"The port must be a number from 1 to 65535; {port!r} is none.", file=sys.stderr)
        return 1
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The people have names in several scripts, and not every terminal can write them all.
            stream.reconfigure(errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # discord.py warns of voice that is not installed, and of clients that simcord only looks at.
    logging.getLogger("discord").setLevel(logging.ERROR)
    for number in ENDING_SIGNALS:
        signal.signal(number, _end)
    try:
        with suppress(_Ended, KeyboardInterrupt):
            print("Setting the stage …", flush=True)
            # The rest is imported only now: it takes a moment, in which words shall be seen and Ctrl-C work.
            from demo.preview_channel import check_version

            check_version()
            asyncio.run(end_by_signal(int(port), options.until_eof))
        print("The demo has ended; nothing of it is kept.", flush=True)
    except BrokenPipeError:
        # Whoever read along has gone, as `head` does; there is nobody left to tell anything.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
