"""What the chart of a ranking shows, and the same in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.enclosures import ALTERNATIVE_LIMIT, Picture
from cogs.ui.fitting import shortened

ROWS_AT_MOST = 12
TITLE_TOLD = 60


@dataclass(frozen=True, slots=True)
class ChartRow:
    """An idea: where it stands on the axis, with its interval, and how sure that is, in words or percent.

    `chosen` ideas are set off from the others. One that is `near` was not chosen by a hair.
    """

    title: str
    strength: float
    low: float
    high: float
    sure: str
    chosen: bool = False
    near: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis that has a name, such as a score, or where an average idea stands."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class RankingChart:
    """A ranking, its rows best first.

    `note` stands beside the heading, `measured` above the axis and `sure` above the column of certainties.
    """

    heading: str
    note: str
    measured: str
    sure: str
    rows: Sequence[ChartRow]
    ticks: Sequence[Tick] = ()

    @property
    def shown(self) -> Sequence[ChartRow]:
        """The rows for which there is room."""
        return self.rows[:ROWS_AT_MOST]

    @property
    def more(self) -> int:
        """How many rows there is no room for."""
        return max(0, len(self.rows) - ROWS_AT_MOST)


def ranking_picture(chart: RankingChart) -> Picture:
    """The chart as a picture for a message, drawn when that goes out."""
    return Picture("ranking.png", told_of_ranking(chart), partial(_drawn, chart))


def _drawn(chart: RankingChart) -> bytes:
    # Pillow takes 4 MB of a start that most days draws nothing.
    from cogs.pictures.ranking_chart import draw_ranking

    return draw_ranking(chart)


def told_of_ranking(chart: RankingChart) -> str:
    """The chart in words: what is chosen first, and as many of the others as Discord takes."""
    rows = [_row_in_words(place, row, chart) for place, row in enumerate(chart.shown, start=1)]
    first = _("Chart: {heading}. {note}.").format(heading=chart.heading, note=chart.note)
    for count in range(len(rows), 0, -1):
        text = " ".join([first, *rows[:count], *_rest(len(chart.rows) - count)])
        if len(text) <= ALTERNATIVE_LIMIT:
            return text
    return shortened(first, ALTERNATIVE_LIMIT)


def _row_in_words(place: int, row: ChartRow, chart: RankingChart) -> str:
    title = shortened(row.title, TITLE_TOLD)
    said = f"{place}. {title}: {chart.sure} {row.sure}"
    if row.near:
        said = _("{row}, nearly chosen").format(row=said)
    elif row.chosen and place < len(chart.rows) and not chart.rows[place].chosen:
        said = _("{row}; up to here chosen").format(row=said)
    return f"{said}."


def _rest(count: int) -> Iterator[str]:
    if count > 0:
        yield ngettext("And {count} more.", "And {count} more.", count).format(count=count)
