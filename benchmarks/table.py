"""The figures as a table of plain text, at most 100 columns wide."""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

WIDTHS = (40, 11, 11, 18, 11, 8)
HEADINGS = ("no-op", "ours", "ratio (quartiles)", "mark", "")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a figure has to be: at most, at least or under a limit."""

    words: Literal["≤", "≥", "<"]
    limit: float
    show: Callable[[float], str] = "{:g}".format

    def held_by(self, value: float) -> bool:
        compare = {"≤": operator.le, "≥": operator.ge, "<": operator.lt}[self.words]
        return bool(compare(value, self.limit))

    def __str__(self) -> str:
        return f"{self.words} {self.show(self.limit)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; an empty cell was not measured. `judged` is the figure that the mark is for."""

    what: str
    noop: str = ""
    ours: str = ""
    ratio: str = ""
    mark: Mark | None = None
    judged: float | None = None

    def __str__(self) -> str:
        verdict = ""
        if self.mark is not None and self.judged is not None:
            verdict = "held" if self.mark.held_by(self.judged) else "MISSED"
        cells = (self.noop, self.ours, self.ratio, str(self.mark or ""), verdict)
        return f"{self.what:<{WIDTHS[0]}}{_aligned(cells)}".rstrip()


@dataclass(frozen=True, slots=True)
class Grown:
    """A figure in worlds of growing size, and how many times as large it is in the last as in the first."""

    what: str
    figures: Sequence[float]
    show: Callable[[float], str]

    def __str__(self) -> str:
        first, last = self.figures[0], self.figures[-1]
        times = f"{last / first:,.1f} times" if first else ""
        return f"{self.what:<{WIDTHS[0]}}{as_grown([*map(self.show, self.figures), times])}".rstrip()


def as_grown(cells: Sequence[str]) -> str:
    """What stands in the columns of figures that grow."""
    return "".join(cell.rjust(14) for cell in cells)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together, under a title that says how they were measured."""

    title: str
    lines: Sequence[Line | Grown]
    note: str = ""


def heading() -> str:
    """The names of the columns."""
    return (" " * WIDTHS[0] + _aligned(HEADINGS)).rstrip()


def rendered(section: Section) -> str:
    """The section as text, its title underlined."""
    headings = [section.title, *([section.note] if section.note else [])]
    return "\n".join(["", *headings, "-" * sum(WIDTHS), *map(str, section.lines)])


def compared(
    what: str,
    noop: Sequence[float],
    ours: Sequence[float],
    show: Callable[[float], str],
    *,
    ratio: Mark | None = None,
    itself: Mark | None = None,
) -> Line:
    """Our figures beside the no-op bot's, one of each a turn: medians, and the ratio turn by turn.

    The mark is for the ratio, or for our figure itself.
    """
    ratios = [our / other for our, other in zip(ours, noop, strict=True)]
    middle = median(ratios)
    spread = ""
    if len(ratios) > 1:
        low, _, high = quantiles(ratios, n=4, method="inclusive")
        spread = f" ({low:.2f}-{high:.2f})"
    judged = middle if ratio else median(ours)
    cells = (show(median(noop)), show(median(ours)), f"{middle:.2f}{spread}")
    return Line(what, *cells, mark=ratio or itself, judged=judged)


def noop_alone(what: str, figures: Sequence[float], show: Callable[[float], str]) -> Line:
    """A figure of the no-op bot, for information: the median of all turns."""
    return Line(what, noop=show(median(figures)))


def ours_alone(
    what: str, figures: Sequence[float], show: Callable[[float], str], mark: Mark | None = None
) -> Line:
    """A figure of ours that stands for itself: the median of all turns."""
    return Line(what, ours=show(median(figures)), mark=mark, judged=median(figures))


def _aligned(cells: Sequence[str]) -> str:
    return "".join(cell.rjust(width) for cell, width in zip(cells, WIDTHS[1:], strict=True))


def milliseconds(value: float) -> str:
    """Seconds, shown as milliseconds."""
    return f"{value * 1e3:.2f} ms" if value < 0.01 else f"{value * 1e3:,.1f} ms"


def seconds(value: float) -> str:
    """Seconds."""
    return f"{value:.2f} s"


def a_second(value: float) -> str:
    """How many a second."""
    return f"{value:,.0f}/s"


def mebibytes(value: float) -> str:
    """Mebibytes."""
    return f"{value:.1f} MiB"
