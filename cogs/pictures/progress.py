"""The picture of a member's progress."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from PIL import Image

from bot.checkins.ledger import FREEZES_AT_MOST, DayState
from bot.checkins.rules import KIND_NAMES, KindOfWork
from bot.localtime import ONE_DAY, week_of
from bot.progress.figures import BUILDING_MARK, Amount, Figures, Share
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.pictures import dates
from cogs.pictures.addresses import short_address
from cogs.pictures.legend import write_legend
from cogs.pictures.lettering import Style, fitted, width_of, write
from cogs.pictures.marks import day_mark, no_mark, shade_of
from cogs.pictures.names import Name
from cogs.pictures.palette import EDGE, KINDS, PANEL, QUIET, TEXT, WELL
from cogs.pictures.panel import LABEL, LEFT, RIGHT, as_png, cut, new_panel, write_heading
from cogs.pictures.shapes import fill_rounded, stacked_bar
from cogs.pictures.spans import hours, in_hours, number

FIGURE = Style(50, 700, TEXT)
SMALL_FIGURE = Style(28, 600, QUIET)
WORDS = Style(24, 500, TEXT)
HEADLINE = Style(25, 600, TEXT)
AXIS = Style(21, 500, QUIET)

CELL, PITCH = 26, 31
MONTHS_BASELINE, GRID_TOP = 116, 127
MIDDLE, COLUMN_GAP = 452, 44
SHOWN = 3


def draw_progress(figures: Figures, name: Name) -> bytes:
    """The picture of a member who has checked in, as a PNG of 960 pixels in width."""
    image = new_panel()
    write_heading(image, name, _note(figures))
    y = _half_year(image, figures)
    y = _standing(image, figures, y + 14)
    y = _work_and_evidence(image, figures, y + 22)
    return as_png(cut(image, y))


def _note(figures: Figures) -> str:
    return ngettext("{count} check-in", "{count} check-ins", figures.checkins).format(
        count=number(figures.checkins)
    )


def _half_year(image: Image.Image, figures: Figures) -> int:
    """The heat map of the half year and its legend; answers where they end."""
    weeks = (week_of(figures.last) - figures.first).days // 7 + 1
    left = RIGHT - weeks * PITCH + PITCH - CELL
    for row in (0, 2, 4):
        day = figures.first + timedelta(days=row)
        write(image, LEFT, GRID_TOP + row * PITCH + 21, fitted(dates.weekday_name(day), AXIS, 54), AXIS)
    _months(image, figures.first, weeks, left)
    began = figures.days[0].day if figures.days else figures.last
    for offset in range((began - figures.first).days):
        image.paste(no_mark(CELL), _place(left, offset))
    for figure in figures.days:
        mark = day_mark(figure.state, CELL, shade_of(figure.minutes))
        image.paste(mark, _place(left, (figure.day - figures.first).days))
    shades = any(figure.minutes for figure in figures.days)
    top = GRID_TOP + 7 * PITCH + 10
    states: Counter[DayState] = Counter(
        figure.state for figure in figures.days if figure.state is not DayState.TODAY
    )
    return top + write_legend(image, LEFT, top, RIGHT - LEFT, states, shades=shades, counts=False)


def _place(left: int, offset: int) -> tuple[int, int]:
    column, row = divmod(offset, 7)
    return left + column * PITCH, GRID_TOP + row * PITCH


def _months(image: Image.Image, first: date, weeks: int, left: int) -> None:
    free_from = 0.0
    for column in range(weeks):
        monday = first + timedelta(weeks=column)
        begins = next((monday + ONE_DAY * n for n in range(7) if (monday + ONE_DAY * n).day == 1), None)
        month = begins or (monday if column == 0 else None)
        if month is None:
            continue
        x, text = left + column * PITCH, dates.month_name(month)
        width = width_of(text, AXIS)
        # A month that is nearly over leaves its place to the next one.
        if x >= free_from and x + width <= RIGHT and not (column == 0 and begins is None and monday.day > 21):
            write(image, x, MONTHS_BASELINE, text, AXIS)
            free_from = x + width + 10


def _standing(image: Image.Image, figures: Figures, top: int) -> int:
    """Streak, consistency, freezes and goals, side by side; answers where they end."""
    consistency = figures.consistency
    longest = _("longest {days}").format(days=number(figures.longest))
    tiles = [
        (
            0,
            number(figures.streak),
            longest if figures.longest > figures.streak else "",
            _("due days in a row"),
        ),
        (268, number(consistency.done), _("of {days}").format(days=consistency.of), _("last due days")),
        (494, "", "", _("freezes held")),
    ]
    if figures.goals_kept:
        kept = ngettext("goal kept", "goals kept", figures.goals_kept)
        tiles.append((704, number(figures.goals_kept), "", kept))
    ends = [*(place for place, *_rest in tiles[1:]), RIGHT - LEFT + 26]
    for (place, figure, beside, label), end in zip(tiles, ends, strict=True):
        x, room = LEFT + place, end - place - 40
        if place:
            fill_rounded(image, (x - 26, top + 8, x - 24, top + 82), 0, EDGE)
        if figure:
            width = write(image, x, top + 44, figure, FIGURE) + 10
            if width_of(beside, SMALL_FIGURE) <= room - width:
                write(image, x + width, top + 44, beside, SMALL_FIGURE)
        else:
            _freezes(image, x, top + 7, figures.freezes)
        write(image, x, top + 80, fitted(label, LABEL, room), LABEL)
    return top + 84


def _freezes(image: Image.Image, left: int, top: int, held: int) -> None:
    for place in range(FREEZES_AT_MOST):
        state = DayState.FROZEN if place < held else DayState.MISSED
        image.paste(day_mark(state, 38), (left + place * 48, top))


def _work_and_evidence(image: Image.Image, figures: Figures, top: int) -> int:
    """The kinds of work and the share of building, beside what was shown last; answers where they end."""
    if not figures.evidence:
        return _work(image, figures, LEFT, RIGHT, top)
    left_ends = _work(image, figures, LEFT, MIDDLE - COLUMN_GAP // 2, top)
    right_ends = _evidence(image, figures, MIDDLE + COLUMN_GAP // 2, top)
    return max(left_ends, right_ends)


def _work(image: Image.Image, figures: Figures, left: int, right: int, top: int) -> int:
    if not figures.work:
        return top
    parts = sorted(figures.work.items(), key=lambda part: _weight(part[1], figures.minutes), reverse=True)
    write(image, left, top + 22, fitted(_work_headline(figures), HEADLINE, right - left), HEADLINE)
    bar = [(float(_weight(amount, figures.minutes)), KINDS[kind]) for kind, amount in parts]
    stacked_bar(image, (left, top + 36, right, top + 56), bar, gap=4, radius=7)
    y = _kinds(image, figures, parts, left, right, top + 86)
    return _building(image, figures.building, left, right, y) if figures.building else y


def _weight(amount: Amount, minutes: int) -> int:
    return amount.minutes if minutes else amount.checkins


def _work_headline(figures: Figures) -> str:
    if figures.minutes:
        return _("{hours} in half a year").format(hours=hours(figures.minutes))
    count = sum(amount.checkins for amount in figures.work.values())
    return ngettext("{count} check-in in half a year", "{count} check-ins in half a year", count).format(
        count=number(count)
    )


def _kinds(
    image: Image.Image,
    figures: Figures,
    parts: Sequence[tuple[KindOfWork, Amount]],
    left: int,
    right: int,
    baseline: int,
) -> int:
    """What each kind came to, in two columns; answers the baseline after the last line."""
    column = (right - left) // 2
    for place, (kind, amount) in enumerate(parts):
        x, y = left + place % 2 * column, baseline + place // 2 * 34
        fill_rounded(image, (x, y - 16, x + 16, y), 5, KINDS[kind])
        said = in_hours(amount.minutes) if figures.minutes else number(amount.checkins)
        room = column - 24 - width_of(said, LABEL) - 10
        end = x + 24 + write(image, x + 24, y, fitted(_(KIND_NAMES[kind]), WORDS, room), WORDS)
        write(image, end + 9, y, said, LABEL)
    return baseline + (len(parts) + 1) // 2 * 34


def _building(image: Image.Image, share: Share, left: int, right: int, baseline: int) -> int:
    """The share of building as a bar, with a notch at the mark; answers where it ends."""
    mark = _("mark: {percent} %").format(percent=BUILDING_MARK)
    write(image, right, baseline + 6, mark, LABEL, "right")
    text = _("Building {percent} %").format(percent=share.percent)
    write(image, left, baseline + 6, fitted(text, WORDS, right - left - width_of(mark, LABEL) - 12), WORDS)
    top, bottom = baseline + 22, baseline + 34
    fill_rounded(image, (left, top, right, bottom), 6, WELL)
    built = left + round((right - left) * share.percent / 100)
    fill_rounded(image, (left, top, built, bottom), 6, KINDS[KindOfWork.BUILDING])
    notch = left + round((right - left) * BUILDING_MARK / 100)
    fill_rounded(image, (notch - 5, top - 6, notch + 5, bottom + 6), 0, PANEL)
    fill_rounded(image, (notch - 2, top - 6, notch + 2, bottom + 6), 2, TEXT)
    return bottom + 6


def _evidence(image: Image.Image, figures: Figures, left: int, top: int) -> int:
    write(image, left, top + 22, fitted(_("Shown last"), HEADLINE, RIGHT - left), HEADLINE)
    y = top + 60
    for evidence in figures.evidence[:SHOWN]:
        day = dates.short_day(evidence.day)
        write(image, RIGHT, y, day, LABEL, "right")
        room = RIGHT - left - width_of(day, LABEL) - 16
        write(image, left, y, fitted(short_address(evidence.url), WORDS, room), WORDS)
        y += 36
    return y - 36 + 8
