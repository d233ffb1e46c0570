"""The legend of the marks, of those that are there to be explained."""

from collections.abc import Mapping

from PIL import Image

from bot.checkins.ledger import DayState
from bot.texts import gettext as _
from cogs.pictures.lettering import Style, width_of, write
from cogs.pictures.marks import FULL_FROM, USUAL_SHADE, day_mark
from cogs.pictures.palette import QUIET
from cogs.pictures.state_names import STATE_NAMES

SIZE, GAP_AFTER_MARK, GAP, LINE = 22, 7, 17, 34
LETTERS = Style(22, 500, QUIET)
_SHADES_GAP = 4


def write_legend(
    image: Image.Image,
    left: int,
    top: int,
    width: int,
    states: Mapping[DayState, int],
    *,
    shades: bool,
    counts: bool,
) -> int:
    """Write the legend of the states of some days, with how many there are of each if `counts`.

    With `shades` those of done days tell their minutes. Answers how high it is.
    """
    x, y = float(left), top
    for state in DayState:
        if not states.get(state):
            continue
        marks = len(FULL_FROM) if shades and state is DayState.DONE else 1
        text = _("by minutes") if marks > 1 else _(STATE_NAMES[state])
        if counts:
            text = f"{states[state]} {text}"
        marks_width = marks * SIZE + (marks - 1) * _SHADES_GAP
        needed = marks_width + GAP_AFTER_MARK + width_of(text, LETTERS)
        if x > left and x + needed > left + width:
            x, y = float(left), y + LINE
        for number in range(marks):
            shade = number if marks > 1 else USUAL_SHADE
            image.paste(day_mark(state, SIZE, shade), (round(x) + number * (SIZE + _SHADES_GAP), y))
        write(image, x + marks_width + GAP_AFTER_MARK, y + 19, text, LETTERS)
        x += needed + GAP
    return y + LINE - top
