"""All trials, by name: each runs in a folder of its own, in full or in its short form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from tests.proof import away, kills, load, machine, processes
from tests.proof.fuzz import trial as fuzz
from tests.proof.outcomes import Outcome

Trial = Callable[[Path, bool], Awaitable[Sequence[Outcome]]]
"""Takes an empty folder and whether the short form is wanted."""

TRIALS: Mapping[str, Trial] = {
    "load": load.trial,
    "away": away.trial,
    "processes": processes.trial,
    "machine": machine.trial,
    "fuzz": fuzz.trial,
    "kills": kills.trial,
}
