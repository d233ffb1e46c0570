"""What was measured of two bots that took turns, and the lines of the table that come of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.load import IN_FLIGHT, Slice
from benchmarks.table import Line, Mark, a_second, compared, mebibytes, milliseconds, noop_alone

MEDIAN, THROUGHPUT = Mark("≤", 1.5), Mark("≥", 0.6)
TOO_LATE = 3.0


@dataclass(slots=True)
class Measured:
    """Slices of load by name, one a turn, and the resident memory after each round, in MiB."""

    by_name: dict[str, list[Slice]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)

    def add(self, name: str, measured: Slice) -> None:
        self.by_name.setdefault(name, []).append(measured)

    def only(self, turns: Sequence[int]) -> "Measured":
        """What was measured in these turns; of the memory, everything."""
        kept = {name: [slices[turn] for turn in turns] for name, slices in self.by_name.items()}
        return Measured(kept, self.memory)

    def medians(self, name: str) -> list[float]:
        return [median(each.latencies) for each in self.by_name[name]]

    def per_second(self, name: str) -> list[float]:
        return [each.per_second for each in self.by_name[name]]

    def processor(self, name: str) -> list[float]:
        return [each.processor_each for each in self.by_name[name]]

    def worst(self, name: str) -> list[float]:
        """The 99th percentile of all turns together."""
        return [quantiles(self._latencies([name]), n=100)[98]]

    def too_late(self) -> int:
        """How many answers Discord would not have waited for."""
        return sum(latency > TOO_LATE for latency in self._latencies(self.by_name))

    def _latencies(self, names: Iterable[str]) -> list[float]:
        return [latency for name in names for each in self.by_name[name] for latency in each.latencies]


def lines(noop: Measured, ours: Measured, servers: int) -> list[Line]:
    """The figures and marks of a command that writes, and what helps to read them."""
    places = {"one": "in one server", "many": f"in {servers} servers"}
    slash, at_once = noop.medians("slash"), noop.per_second("slash at once")
    made = [
        *(
            compared(
                f"one at a time {there}", slash, ours.medians(f"sent, {place}"), milliseconds, ratio=MEDIAN
            )
            for place, there in places.items()
        ),
        *(
            compared(
                f"   99th percentile {there}", noop.worst("slash"), ours.worst(f"sent, {place}"), milliseconds
            )
            for place, there in places.items()
        ),
        *(
            compared(
                f"{IN_FLIGHT} in flight {there}",
                at_once,
                ours.per_second(f"sent at once, {place}"),
                a_second,
                ratio=THROUGHPUT,
            )
            for place, there in places.items()
        ),
        compared(
            "   processor time of the bot for each",
            noop.processor("slash at once"),
            ours.processor("sent at once, one"),
            milliseconds,
        ),
        compared(
            "a form opened, one at a time", noop.medians("opened"), ours.medians("opened"), milliseconds
        ),
        noop_alone("a no-op form sent, one at a time", noop.medians("sent"), milliseconds),
        noop_alone(f"a no-op form sent, {IN_FLIGHT} in flight", noop.per_second("sent at once"), a_second),
        compared("resident memory after all this", noop.memory, ours.memory, mebibytes),
    ]
    if noop.too_late() or ours.too_late():
        made.append(Line("answers later than Discord's 3 s", str(noop.too_late()), str(ours.too_late())))
    return made
