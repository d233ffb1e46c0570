"""The panel on which every picture is drawn: its own background with round corners, clear around them."""

import io

from PIL import Image

from cogs.pictures.lettering import Style, fitted, width_of, write
from cogs.pictures.names import Name
from cogs.pictures.palette import EDGE, PANEL, QUIET, TEXT
from cogs.pictures.runs import legible
from cogs.pictures.shapes import fill_rounded, rounded

WIDTH = 960
"""Discord shows the pictures at about half their width, so nothing in them is finer than 2 pixels."""

MARGIN, RADIUS, RIM = 4, 36, 2
PADDING, BELOW = 40, 34
HIGHEST = 1_100
HEADING = 70
COLOURS, CLEARNESSES = 240, 16
_BELOW_THE_EDGE = 10
LEFT, RIGHT = PADDING, WIDTH - PADDING

HEADLINE = Style(44, 700, TEXT)
NOTE = Style(25, 500, QUIET)
LABEL = Style(24, 500, QUIET)


def new_panel(height: int = HIGHEST) -> Image.Image:
    """An empty panel."""
    image = Image.new("RGB", (WIDTH, height), EDGE)
    inset = MARGIN + RIM
    box = (inset, inset, WIDTH - inset, height - inset)
    fill_rounded(image, box, RADIUS - RIM, PANEL)
    return image


def cut(image: Image.Image, bottom: int) -> Image.Image:
    """A panel as high as what was drawn on a higher one, down to `bottom`."""
    panel = new_panel(bottom + BELOW)
    inside = (LEFT - 8, _BELOW_THE_EDGE, RIGHT + 8, bottom)
    panel.paste(image.crop(inside), inside[:2])
    return panel


def write_heading(image: Image.Image, name: Name, note: str) -> None:
    """The member's name, and a note at the other end of the line."""
    room = RIGHT - LEFT - width_of(note, NOTE) - 28
    write(image, LEFT, HEADING, fitted(legible(name.display, name.user), HEADLINE, room), HEADLINE)
    write(image, RIGHT, HEADING, note, NOTE, "right")


def as_png(image: Image.Image) -> bytes:
    """The finished picture, with nothing around the panel; few colours make it a third as large."""
    around = Image.new("L", image.size, 0)
    inside = rounded(image.width - 2 * MARGIN, image.height - 2 * MARGIN, RADIUS)
    around.paste(inside, (MARGIN, MARGIN))
    flat = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    # The corners have colours of their own: that of the edge, from clear to full.
    flat.paste(
        around.point(lambda value: COLOURS + value * CLEARNESSES // 256),
        mask=around.point(lambda value: 255 * (value < 255)),
    )
    palette = (flat.getpalette() or [])[: 3 * COLOURS]
    flat.putpalette(palette + [0] * (3 * COLOURS - len(palette)) + list(EDGE) * CLEARNESSES)
    clearness = [255 * step // (CLEARNESSES - 1) for step in range(CLEARNESSES)]
    file = io.BytesIO()
    flat.save(file, "PNG", transparency=bytes([255] * COLOURS + clearness), compress_level=6)
    return file.getvalue()
