"""Shapes with smooth edges: Pillow draws hard ones, so these are drawn large and made small."""

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from cogs.pictures.palette import Colour

FINER = 8
"""How many times larger a shape is drawn than it is shown."""

Box = tuple[int, int, int, int]


def fill_rounded(image: Image.Image, box: Box, radius: int, colour: Colour) -> None:
    """Fill a rectangle with round corners; `box` is left, top, right and bottom, the last two outside."""
    left, top, right, bottom = box
    if right > left and bottom > top:
        image.paste(colour, box, rounded(right - left, bottom - top, radius))


def rounded(width: int, height: int, radius: int) -> Image.Image:
    """The mask of a rectangle with round corners."""
    radius = min(radius, width // 2, height // 2)
    mask = Image.new("L", (width, height), 255)
    if radius < 1:
        return mask
    corner = _quarter(radius)
    turns = (
        (0, 0, corner),
        (width - radius, 0, corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        (0, height - radius, corner.transpose(Image.Transpose.FLIP_TOP_BOTTOM)),
        (width - radius, height - radius, corner.transpose(Image.Transpose.ROTATE_180)),
    )
    for x, y, turned in turns:
        mask.paste(turned, (x, y))
    return mask


@lru_cache(maxsize=64)
def _quarter(radius: int) -> Image.Image:
    large = Image.new("L", (radius * FINER, radius * FINER), 0)
    end = 2 * radius * FINER - 1
    ImageDraw.Draw(large).ellipse((0, 0, end, end), fill=255)
    return large.reduce(FINER)


def stacked_bar(
    image: Image.Image, box: Box, parts: Sequence[tuple[float, Colour]], *, gap: int, radius: int
) -> None:
    """A bar of parts side by side, as long as what they stand for; each is seen, however small."""
    left, top, right, bottom = box
    parts = [part for part in parts if part[0] > 0]
    room = right - left - gap * (len(parts) - 1)
    least = bottom - top
    whole = sum(amount for amount, _ in parts)
    widths = [max(least, round(room * amount / whole)) for amount, _ in parts]
    widest = widths.index(max(widths)) if widths else 0
    if widths:
        widths[widest] += room - sum(widths)
    x = left
    for (_, colour), width in zip(parts, widths, strict=True):
        fill_rounded(image, (x, top, x + width, bottom), radius, colour)
        x += width + gap
