"""Everybody else on the machine, whose work slows ours down: a measurement counts when they are quiet."""

from collections.abc import Sequence
from time import perf_counter

import psutil

TOO_BUSY = 0.3


class Others:
    """How many processors all other processes keep busy while these and this one are measured."""

    def __init__(self, *running: psutil.Process):
        self._running = running
        self._began = perf_counter()
        self._before = self._seconds()

    def busy(self) -> float:
        """The average since the beginning, in processors, right to a few hundredths."""
        taken = self._seconds() - self._before
        return max(0.0, taken / (perf_counter() - self._began))

    def _seconds(self) -> float:
        everything, own = psutil.cpu_times(), psutil.Process().cpu_times()
        ended = own.children_user + own.children_system
        running = [own, *(process.cpu_times() for process in self._running)]
        ours = ended + sum(each.user + each.system for each in running)
        return float(everything.user + everything.nice + everything.system + everything.softirq - ours)


def quieter_half(busy: Sequence[float]) -> list[int]:
    """The places of the half of the turns in which the others did least, in order."""
    kept = max(1, (len(busy) + 1) // 2)
    return sorted(sorted(range(len(busy)), key=lambda turn: busy[turn])[:kept])


def note(busy: Sequence[float]) -> str:
    """Says which turns count, and whether the machine was quiet enough for them to say anything."""
    loudest = max(busy[turn] for turn in quieter_half(busy))
    counted = f"Medians and quartiles of the quieter half of {len(busy)} turns; others kept {loudest:.2f} "
    if loudest <= TOO_BUSY:
        return counted + "processors busy."
    return (
        counted
        + "processors busy:\ntoo many to judge by. Run it again when the machine has nothing else to do."
    )
