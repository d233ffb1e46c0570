"""The mark of a day: a small square that tells what became of it by its form, not by its colour alone.

Done is full, lighter the more minutes; late is full with a corner cut off; frozen bears a snowflake, paused
the two bars of a player, rest a dot, an outage stripes; missed is an empty frame, and today a bright one.
"""

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin

from PIL import Image, ImageDraw

from bot.checkins.ledger import DayState
from cogs.pictures.palette import FAINT, GHOST, GREY, ICE, PANEL, SHADES, TEXT, WELL, Colour
from cogs.pictures.shapes import FINER

FULL_FROM = (0, 30, 60, 120)
"""From how many minutes on a day has each of the shades."""

USUAL_SHADE = 1

_Draw = ImageDraw.ImageDraw


def shade_of(minutes: int | None) -> int:
    """Which shade a done day has; where no minutes were given, one of the middle."""
    if minutes is None:
        return USUAL_SHADE
    return max(number for number, least in enumerate(FULL_FROM) if minutes >= least)


@lru_cache(maxsize=256)
def day_mark(state: DayState, size: int, shade: int = USUAL_SHADE) -> Image.Image:
    """The mark of a day on the panel, a square of so many pixels."""
    large = Image.new("RGB", (size * FINER, size * FINER), PANEL)
    _FORMS[state](ImageDraw.Draw(large), size * FINER, SHADES[shade])
    return large.reduce(FINER)


@lru_cache(maxsize=16)
def no_mark(size: int) -> Image.Image:
    """The place of a day before a member began."""
    large = Image.new("RGB", (size * FINER, size * FINER), PANEL)
    _square(ImageDraw.Draw(large), size * FINER, GHOST)
    return large.reduce(FINER)


def _square(
    draw: _Draw, size: int, colour: Colour | None, edge: Colour | None = None, thick: float = 0.08
) -> None:
    draw.rounded_rectangle(
        (0, 0, size - 1, size - 1), size * 0.22, fill=colour, outline=edge, width=round(size * thick)
    )


def _done(draw: _Draw, size: int, shade: Colour) -> None:
    _square(draw, size, shade)


def _late(draw: _Draw, size: int, shade: Colour) -> None:
    _square(draw, size, shade)
    cut = size * 0.55
    draw.polygon([(size, size - cut), (size, size), (size - cut, size)], fill=PANEL)
    gap = size * 0.14
    draw.polygon([(size, size - cut + gap * 2), (size, size), (size - cut + gap * 2, size)], fill=shade)


def _frozen(draw: _Draw, size: int, shade: Colour) -> None:
    _square(draw, size, WELL)
    middle, arm, thick = size / 2, size * 0.36, round(size * 0.09)
    for turn in range(6):
        angle = pi / 2 + turn * pi / 3
        x, y = middle + arm * cos(angle), middle + arm * sin(angle)
        draw.line([(middle, middle), (x, y)], fill=ICE, width=thick)
        for side in (-1, 1):
            bend = angle + side * pi / 3.2
            start = (middle + arm * 0.55 * cos(angle), middle + arm * 0.55 * sin(angle))
            end = (start[0] + arm * 0.34 * cos(bend), start[1] + arm * 0.34 * sin(bend))
            draw.line([start, end], fill=ICE, width=round(thick * 0.8))


def _rest(draw: _Draw, size: int, shade: Colour) -> None:
    radius, middle = size * 0.11, size / 2
    draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), fill=FAINT)


def _paused(draw: _Draw, size: int, shade: Colour) -> None:
    _square(draw, size, WELL)
    for left in (0.32, 0.56):
        draw.rounded_rectangle(
            (size * left, size * 0.28, size * (left + 0.12), size * 0.72), size * 0.04, fill=GREY
        )


def _outage(draw: _Draw, size: int, shade: Colour) -> None:
    for start in (-0.55, -0.1, 0.35, 0.8):
        draw.line(
            [(size * start, size * 1.05), (size * (start + 1.1), -size * 0.05)],
            fill=FAINT,
            width=round(size * 0.13),
        )
    # The corners are cut to the same square as all others.
    rim = Image.new("L", (size, size), 255)
    ImageDraw.Draw(rim).rounded_rectangle((0, 0, size - 1, size - 1), size * 0.22, fill=0)
    draw.bitmap((0, 0), rim, fill=PANEL)


def _missed(draw: _Draw, size: int, shade: Colour) -> None:
    _square(draw, size, None, edge=FAINT, thick=0.09)


def _today(draw: _Draw, size: int, shade: Colour) -> None:
    _square(draw, size, WELL, edge=TEXT, thick=0.1)


_FORMS: dict[DayState, Callable[[_Draw, int, Colour], None]] = {
    DayState.DONE: _done,
    DayState.LATE: _late,
    DayState.FROZEN: _frozen,
    DayState.REST: _rest,
    DayState.PAUSED: _paused,
    DayState.OUTAGE: _outage,
    DayState.MISSED: _missed,
    DayState.TODAY: _today,
}
