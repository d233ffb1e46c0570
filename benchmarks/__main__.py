"""`python -m benchmarks`: measure everything, print the table, end with status 0 whatever it says."""

import argparse
import gc
import platform
from collections.abc import Awaitable, Callable, Mapping

import psutil
import uvloop

from benchmarks import (
    history,
    lead_search,
    leads,
    lookback,
    progress,
    ranking,
    resources,
    scale,
    start,
    submits,
    tick,
    voting,
    watches,
)
from benchmarks.table import Section, heading, rendered

Measure = Callable[[bool], Awaitable[Section]]

SECTIONS: Mapping[str, Measure] = {
    "submits": lambda quick: submits.measure(submits.QUICK if quick else submits.Size()),
    "start": lambda quick: start.measure(start.QUICK if quick else start.Size()),
    "tick": lambda quick: tick.measure(tick.QUICK if quick else tick.Size()),
    "history": lambda quick: history.measure(history.QUICK if quick else history.Size()),
    "lookback": lambda quick: lookback.measure(lookback.QUICK if quick else lookback.Size()),
    "search": lambda quick: lead_search.measure(lead_search.QUICK if quick else lead_search.Size()),
    "progress": lambda quick: progress.measure(progress.QUICK if quick else progress.Size()),
    "leads": lambda quick: leads.measure(leads.QUICK if quick else leads.Size()),
    "ranking": lambda quick: ranking.measure(ranking.QUICK if quick else ranking.Size()),
    "resources": lambda quick: resources.measure(resources.QUICK if quick else resources.Size()),
    "watches": lambda quick: watches.measure(watches.QUICK if quick else watches.Size()),
    "voting": lambda quick: voting.measure(voting.QUICK if quick else voting.Size()),
    "scale": lambda quick: scale.measure(scale.QUICK if quick else scale.Size()),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that it works at all")
    parser.add_argument("--only", choices=SECTIONS, metavar="NAME", help=f"one of {', '.join(SECTIONS)}")
    options = parser.parse_args()
    busy, _, _ = psutil.getloadavg()
    print(
        f"Python {platform.python_version()}, {psutil.cpu_count()} processors, load {busy:.1f} at the start"
    )
    if options.quick:
        print("A quick run: its numbers are too small to say how fast anything is.")
    print(heading())
    for name in [options.only] if options.only else SECTIONS:
        section = uvloop.run(_as_coroutine(SECTIONS[name](options.quick)))
        print(rendered(section), flush=True)
        gc.collect()


async def _as_coroutine(section: Awaitable[Section]) -> Section:
    return await section


if __name__ == "__main__":
    main()
