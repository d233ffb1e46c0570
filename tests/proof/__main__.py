"""`python -m tests.proof`: run every trial, print the table, end with status 1 if anything was lost."""

from __future__ import annotations

import argparse
import logging
import platform
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import psutil
import uvloop

from tests.proof.outcomes import Outcome, heading, rendered
from tests.proof.trials import TRIALS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("--short", action="store_true", help="the short form of each, as in make test")
    parser.add_argument("--only", choices=TRIALS, metavar="NAME", help=f"one of {', '.join(TRIALS)}")
    options = parser.parse_args()
    # What parts of the bot say that run in here is looked at by the trials, and is no row of the table.
    logging.getLogger().addHandler(logging.NullHandler())
    busy, _, _ = psutil.getloadavg()
    print(
        f"Python {platform.python_version()}, {psutil.cpu_count()} processors, load {busy:.1f} at the start"
    )
    print(heading(), flush=True)
    began, tried, kept = perf_counter(), 0, 0
    for name in [options.only] if options.only else TRIALS:
        began_this = perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            outcomes = uvloop.run(_outcomes(name, Path(folder), short=options.short))
        print(f"\n{name} ({perf_counter() - began_this:.0f} s)\n{rendered(outcomes)}", flush=True)
        tried += len(outcomes)
        kept += sum(outcome.kept for outcome in outcomes)
    print(f"\n{kept} of {tried} kept, in {(perf_counter() - began) / 60:.1f} minutes")
    sys.exit(kept < tried)


async def _outcomes(name: str, folder: Path, *, short: bool) -> list[Outcome]:
    return list(await TRIALS[name](folder, short))


if __name__ == "__main__":
    main()
