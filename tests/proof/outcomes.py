"""What a trial comes to, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS = (66, 9, 9, 6)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row: how often something was tried, how often it held, and a sentence for each thing that did not.

    `what` stands in docs/operating.md word for word, beside what it means for whoever runs the bot. `figures`
    are measured values worth reading beside it.
    """

    what: str
    tried: int
    held: int
    lost: Sequence[str] = ()
    figures: str = ""

    @property
    def kept(self) -> bool:
        """Whether it was tried at all, and nothing was lost."""
        return self.tried > 0 and self.held == self.tried and not self.lost


def heading() -> str:
    """The first lines of the table."""
    what, *numbers = ("what was tried", "tried", "held", "lost")
    return _aligned(what, numbers) + "\n" + "-" * sum(COLUMNS)


def rendered(outcomes: Iterable[Outcome]) -> str:
    """The rows as text; what was lost stands below its row."""
    lines = []
    for outcome in outcomes:
        numbers = (f"{outcome.tried:,}", f"{outcome.held:,}", f"{outcome.tried - outcome.held:,}")
        lines.append(_aligned(outcome.what, numbers))
        if outcome.figures:
            lines.append(f"   {outcome.figures}")
        lines += [f"   LOST: {sentence}" for sentence in outcome.lost]
    return "\n".join(lines)


def _aligned(what: str, numbers: Sequence[str]) -> str:
    return what.ljust(COLUMNS[0]) + "".join(
        n.rjust(width) for n, width in zip(numbers, COLUMNS[1:], strict=True)
    )
