"""The calendar picture of a range of days: its months, their weeks as rows, each day with its mark."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image

from bot.checkins.ledger import DayState
from bot.localtime import ONE_DAY, week_of
from bot.progress.account import Account
from cogs.pictures import dates
from cogs.pictures.legend import write_legend
from cogs.pictures.lettering import Style, fitted, write
from cogs.pictures.marks import day_mark
from cogs.pictures.names import Name
from cogs.pictures.palette import QUIET, TEXT
from cogs.pictures.panel import LEFT, RIGHT, as_png, cut, new_panel, write_heading


@dataclass(frozen=True, slots=True)
class Layout:
    """How many months stand beside each other, and how large their days are.

    Each day is `down` pixels below the one of the week before; no `number` size: days are not numbered.
    """

    beside: int
    mark: int
    down: int
    number: int = 0


_LAYOUTS = (
    (1, Layout(beside=1, mark=40, down=84, number=24)),
    (2, Layout(beside=2, mark=34, down=73, number=23)),
    (3, Layout(beside=3, mark=29, down=64, number=20)),
    (6, Layout(beside=3, mark=32, down=38)),
    (8, Layout(beside=4, mark=24, down=29)),
    (13, Layout(beside=5, mark=18, down=22)),
)
"""Up to how many months each layout is used."""

_FIRST_TITLE, _BETWEEN, _BELOW = 132, 38, 54
_MONTH, _SMALL_MONTH = Style(27, 600, TEXT), Style(23, 600, TEXT)
_WEEKDAY, _SMALL_WEEKDAY = Style(21, 500, QUIET), Style(17, 500, QUIET)


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month that are in the range, both ends included."""

    first: date
    last: date


def draw_calendar(account: Account, name: Name) -> bytes:
    """The picture of an account of at least one day, as a PNG of 960 pixels in width."""
    image = new_panel()
    states = {day.day: day.state for day in account.days}
    first, last = min(states), max(states)
    write_heading(image, name, dates.day_range(first, last))
    months = list(_months(first, last))
    layout = next(layout for most, layout in _LAYOUTS if len(months) <= most)
    width = (RIGHT - LEFT - _BETWEEN * (layout.beside - 1)) // layout.beside
    top = _FIRST_TITLE
    for begin in range(0, len(months), layout.beside):
        bottoms = [
            _draw_month(image, LEFT + place * (width + _BETWEEN), top, width, month, states, layout)
            for place, month in enumerate(months[begin : begin + layout.beside])
        ]
        top = max(bottoms) + _BELOW
    top -= _BELOW // 2
    counted = Counter(states.values())
    return as_png(
        cut(image, top + write_legend(image, LEFT, top, RIGHT - LEFT, counted, shades=False, counts=True))
    )


def _months(first: date, last: date) -> Iterator[Month]:
    while first <= last:
        next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield Month(first, min(last, next_month - ONE_DAY))
        first = next_month


def _draw_month(
    image: Image.Image,
    left: int,
    title: int,
    width: int,
    month: Month,
    states: Mapping[date, DayState],
    layout: Layout,
) -> int:
    """Draw a month, its title on the baseline `title`; answers where it ends."""
    pitch = width / 7
    monday = week_of(month.first)
    title_style, weekday_style = (_MONTH, _WEEKDAY) if layout.beside <= 3 else (_SMALL_MONTH, _SMALL_WEEKDAY)
    # The first column's marks stand in its middle, and the text begins where they do.
    edge = (pitch - layout.mark) / 2
    text = (dates.month_title if layout.beside <= 3 else dates.short_month_title)(month.first)
    write(image, left + edge, title, fitted(text, title_style, width - edge), title_style)
    weekdays = title + title_style.size + 8
    for column in range(7):
        day = monday + timedelta(days=column)
        name = dates.weekday_name(day) if pitch > 56 else dates.weekday_letter(day)
        write(image, left + (column + 0.5) * pitch, weekdays, name, weekday_style, "middle")
    top = weekdays + 10
    number = Style(layout.number, 500, QUIET)
    weeks = 0
    for offset in range((month.last - month.first).days + 1):
        day = month.first + timedelta(days=offset)
        weeks, column = divmod((day - monday).days, 7)
        middle, y = left + (column + 0.5) * pitch, top + weeks * layout.down
        if layout.number:
            y += layout.number
            write(image, middle, y - 2, str(day.day), number, "middle")
            y += 5
        if day in states:
            image.paste(day_mark(states[day], layout.mark), (round(middle - layout.mark / 2), y))
    return top + weeks * layout.down + (layout.number + 5 if layout.number else 0) + layout.mark
