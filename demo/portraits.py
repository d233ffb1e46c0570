"""Pictures for invented people: a pattern made of their name, since faces would have to be somebody's."""

import colorsys
import io
from hashlib import blake2b

from PIL import Image, ImageDraw

SIZE, CELLS, CELL = 128, 5, 18


def portrait(name: str) -> tuple[str, bytes]:
    """A picture that is always the same for a name, as its digest and its PNG."""
    digest = blake2b(name.encode(), digest_size=16).digest()
    hue = digest[0] / 256
    image = Image.new("RGB", (SIZE, SIZE), _colour(hue, 0.35, 0.30))
    draw = ImageDraw.Draw(image)
    margin = (SIZE - CELLS * CELL) // 2
    for row in range(CELLS):
        # The right half mirrors the left one, which is what makes a pattern look like somebody.
        for column in range(CELLS // 2 + 1):
            if not digest[1 + row] >> column & 1:
                continue
            shade = _colour(hue + (digest[6 + column] % 3) * 0.06, 0.45, 0.95)
            for place in {column, CELLS - 1 - column}:
                left, top = margin + place * CELL, margin + row * CELL
                draw.rounded_rectangle((left, top, left + CELL - 1, top + CELL - 1), 4, fill=shade)
    png = io.BytesIO()
    image.save(png, "PNG")
    return digest.hex(), png.getvalue()


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)
