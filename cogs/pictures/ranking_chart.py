"""The picture of a ranking: a row an idea, with a dot and its interval on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.pictures.lettering import Style, fitted, width_of, wrapped, write
from cogs.pictures.palette import EDGE, FAINT, GREY, ICE, PANEL, QUIET, SHADES, TEXT, WELL, Colour
from cogs.pictures.panel import HEADING, HEADLINE, LEFT, NOTE, RIGHT, as_png, cut, new_panel
from cogs.pictures.ranking_rows import ChartRow, RankingChart
from cogs.pictures.runs import legible
from cogs.pictures.shapes import fill_rounded

COLUMN = Style(22, 500, QUIET)
CHOSEN, OTHER = Style(26, 600, TEXT), Style(26, 500, QUIET)
RANK = Style(24, 600, QUIET)

COLUMNS_BASELINE, TOP = 116, 130
PITCH, ROOMY_PITCH, ROOMY_AT_MOST = 41, 72, 6
LINE = 31
APART = 16
"""Between the chosen and the others."""

TITLE = LEFT + 46
TITLES_AT_MOST, AXIS_AT_LEAST, CERTAINTIES_AT_MOST = 400, 240, 232
FIGURES_AT_MOST = 120
"""What is wider is no figure but words, and written smaller."""

GAP, OVERHANG = 24, 8
BAR, DOT, HOLE = 8, 20, 10
MARGIN = DOT // 2


@dataclass(frozen=True, slots=True)
class Layout:
    """What is written for titles, where the columns begin and end, and how high rows are."""

    titles: Sequence[str]
    titles_end: int
    axis: range
    lowest: float
    highest: float
    pitch: int
    lines: int
    certainty: int

    def x(self, value: float) -> int:
        """Where a value stands on the axis."""
        part = (value - self.lowest) / (self.highest - self.lowest)
        return self.axis.start + round(part * (self.axis.stop - self.axis.start))


def draw_ranking(chart: RankingChart) -> bytes:
    """The picture of a ranking of at least one idea, as a PNG of 960 pixels in width."""
    image = new_panel()
    _write_heading(image, chart)
    layout = _layout(chart)
    taken = write(image, RIGHT, COLUMNS_BASELINE, chart.sure, COLUMN, "right")
    room = RIGHT - taken - GAP - layout.axis.start
    write(image, layout.axis.start, COLUMNS_BASELINE, fitted(chart.measured, COLUMN, room), COLUMN)
    places, bottom = _places(chart.shown, layout.pitch)
    _set_off(image, chart.shown, places, layout)
    _ticks(image, chart, layout, bottom)
    for number, (row, top) in enumerate(zip(chart.shown, places, strict=True), start=1):
        _row(image, number, row, top, layout)
    return as_png(cut(image, _below(image, chart, layout, bottom)))


def _write_heading(image: Image.Image, chart: RankingChart) -> None:
    room = RIGHT - LEFT - width_of(chart.note, NOTE) - 28
    heading = legible(chart.heading, _("Idea poll"))
    write(image, LEFT, HEADING, fitted(heading, HEADLINE, room), HEADLINE)
    write(image, RIGHT, HEADING, chart.note, NOTE, "right")


def _layout(chart: RankingChart) -> Layout:
    rows = chart.shown
    is_roomy = len(rows) <= ROOMY_AT_MOST
    titles = [
        legible(row.title, _("No. {number} in the list").format(number=number))
        for number, row in enumerate(rows, start=1)
    ]
    widest = max(width_of(title, _style(row)) for title, row in zip(titles, rows, strict=True))
    is_in_figures = all(width_of(row.sure, CHOSEN) <= FIGURES_AT_MOST for row in rows)
    size = 25 if is_in_figures else 22
    widths = [width_of(row.sure, replace(_style(row), size=size)) for row in rows]
    certainties = max(width_of(chart.sure, COLUMN), *widths)
    axis_end = RIGHT - round(min(certainties, CERTAINTIES_AT_MOST)) - GAP - MARGIN
    room = axis_end - AXIS_AT_LEAST - MARGIN - GAP - TITLE
    titles_end = TITLE + round(min(widest, TITLES_AT_MOST, room))
    values = [value for row in rows for value in (row.low, row.strength, row.high)]
    values += [tick.value for tick in chart.ticks]
    lowest, highest = min(values), max(values)
    if lowest == highest:
        lowest, highest = lowest - 1, highest + 1
    return Layout(
        titles=titles,
        titles_end=titles_end,
        axis=range(titles_end + GAP + MARGIN, axis_end),
        lowest=lowest,
        highest=highest,
        pitch=ROOMY_PITCH if is_roomy else PITCH,
        lines=2 if is_roomy else 1,
        certainty=size,
    )


def _style(row: ChartRow) -> Style:
    return CHOSEN if row.chosen else OTHER


def _places(rows: Sequence[ChartRow], pitch: int) -> tuple[Sequence[int], int]:
    """Where each row begins, and where the last one ends."""
    places, y = [], TOP
    for before, row in zip([None, *rows], rows, strict=False):
        y += APART if before and before.chosen and not row.chosen else 0
        places.append(y)
        y += pitch
    return places, y


def _set_off(image: Image.Image, rows: Sequence[ChartRow], places: Sequence[int], layout: Layout) -> None:
    """Lay a ground under the chosen, and a line where they end and others follow."""
    chosen = [top for row, top in zip(rows, places, strict=True) if row.chosen]
    if not chosen:
        return
    bottom = chosen[-1] + layout.pitch
    fill_rounded(image, (LEFT - OVERHANG, chosen[0], RIGHT + OVERHANG, bottom), 14, WELL)
    if len(chosen) < len(rows):
        line = bottom + APART // 2
        fill_rounded(image, (LEFT - OVERHANG, line - 1, RIGHT + OVERHANG, line + 1), 0, FAINT)


def _ticks(image: Image.Image, chart: RankingChart, layout: Layout, bottom: int) -> None:
    for tick in chart.ticks:
        x = layout.x(tick.value)
        fill_rounded(image, (x - 1, TOP + 6, x + 1, bottom + 2), 0, EDGE)


def _row(image: Image.Image, number: int, row: ChartRow, top: int, layout: Layout) -> None:
    middle = top + layout.pitch // 2
    baseline = middle + 9
    write(image, TITLE - 14, baseline, str(number), RANK, "right")
    lines = wrapped(layout.titles[number - 1], _style(row), layout.titles_end - TITLE, layout.lines)
    for place, line in enumerate(lines):
        drop = place * LINE - (len(lines) - 1) * LINE // 2
        write(image, TITLE, baseline + drop, line, _style(row))
    sure = replace(_style(row), size=layout.certainty)
    write(image, RIGHT, baseline, fitted(row.sure, sure, CERTAINTIES_AT_MOST), sure, "right")
    bar, dot = _colours(row)
    left, right, at = layout.x(row.low), layout.x(row.high), layout.x(row.strength)
    fill_rounded(image, (left, middle - BAR // 2, right, middle + BAR // 2), BAR // 2, bar)
    _disc(image, at, middle, DOT + 4, WELL if row.chosen else PANEL)
    _disc(image, at, middle, DOT, dot)
    if not row.chosen:
        _disc(image, at, middle, HOLE, PANEL)


def _disc(image: Image.Image, x: int, y: int, size: int, colour: Colour) -> None:
    half = size // 2
    fill_rounded(image, (x - half, y - half, x + half, y + half), half, colour)


def _colours(row: ChartRow) -> tuple[Colour, Colour]:
    """Those of the interval and of the dot."""
    if row.chosen:
        return SHADES[1], SHADES[3]
    return (GREY, ICE) if row.near else (FAINT, GREY)


def _below(image: Image.Image, chart: RankingChart, layout: Layout, bottom: int) -> int:
    """What stands below the rows; answers where it ends."""
    y = bottom
    if chart.more or chart.ticks:
        y += LINE
        for tick in chart.ticks:
            at = min(layout.x(tick.value), RIGHT - width_of(tick.label, COLUMN) / 2)
            write(image, at, y, tick.label, COLUMN, "middle")
    if chart.more:
        more = ngettext("and {count} more", "and {count} more", chart.more).format(count=chart.more)
        write(image, TITLE, y, more, COLUMN)
    if any(row.near for row in chart.shown):
        y += LINE
        _disc(image, LEFT + 20, y - 8, DOT, ICE)
        _disc(image, LEFT + 20, y - 8, HOLE, PANEL)
        write(image, TITLE, y, _("nearly as good as those above the line"), COLUMN)
    return y + 8
