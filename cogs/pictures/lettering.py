"""Writing text of any script into a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PIL import Image, ImageDraw

from cogs.pictures.fonts import EMOJI_SIZE, can_shape, font
from cogs.pictures.palette import Colour
from cogs.pictures.runs import Run, joins, runs

_EMOJI_SCALE, _EMOJI_DROP = 1.12, 0.2

Side = Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """How text is written: size in pixels, weight from 100 to 900, colour."""

    size: int
    weight: int
    colour: Colour


def width_of(text: str, style: Style) -> float:
    """How many pixels wide a text is."""
    return sum(_width(run, style) for run in runs(text, style.weight))


def fitted(text: str, style: Style, width: float) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if width_of(text, style) <= width:
        return text
    kept = text
    while kept and width_of(f"{kept}…", style) > width:
        while joins(kept[-1]) and len(kept) > 1:
            kept = kept[:-1]
        kept = kept[:-1].rstrip("\u200d ")
    return f"{kept}…"


def wrapped(text: str, style: Style, width: float, lines: int) -> Sequence[str]:
    """The text on so many lines at most, broken between words where it can be; the last may be cut."""
    if lines == 1 or width_of(text, style) <= width:
        return [fitted(text, style, width)]
    words = text.split(" ")
    fits = [n for n in range(1, len(words)) if width_of(" ".join(words[:n]), style) <= width]
    first = " ".join(words[: fits[-1]]) if fits else fitted(text, style, width).removesuffix("…")
    return [first, *wrapped(text[len(first) :].lstrip(), style, width, lines - 1)]


def write(
    image: Image.Image, x: float, baseline: float, text: str, style: Style, side: Side = "left"
) -> float:
    """Write text on a baseline, `x` being its left end, its right end or its middle; answers its width."""
    pieces = runs(text, style.weight)
    widths = [_width(run, style) for run in pieces]
    whole = sum(widths)
    x -= {"left": 0.0, "middle": whole / 2, "right": whole}[side]
    draw = ImageDraw.Draw(image)
    for run, width in zip(pieces, widths, strict=True):
        if run.face.is_emoji:
            _paste_emoji(image, x, baseline, run, style)
        else:
            lettering = font(run.face, style.size, style.weight)
            draw.text(
                (x, baseline), run.text, font=lettering, fill=style.colour, anchor="ls", **_shaping(run)
            )
        x += width
    return whole


def _width(run: Run, style: Style) -> float:
    lettering = font(run.face, style.size, style.weight)
    if run.face.is_emoji:
        return lettering.getlength(run.text) * style.size * _EMOJI_SCALE / EMOJI_SIZE
    return lettering.getlength(run.text, **_shaping(run))


def _shaping(run: Run) -> dict[str, Any]:
    return {"direction": "ltr" if run.rightwards else "rtl"} if can_shape() else {}


def _paste_emoji(image: Image.Image, x: float, baseline: float, run: Run, style: Style) -> None:
    lettering = font(run.face, style.size, style.weight)
    _, top, right, bottom = lettering.getbbox(run.text, anchor="ls")
    large = Image.new("RGBA", (round(right) + 1, round(bottom - top) + 1))
    ImageDraw.Draw(large).text((0, -top), run.text, font=lettering, anchor="ls", embedded_color=True)
    scale = style.size * _EMOJI_SCALE / EMOJI_SIZE
    small = large.resize((max(1, round(large.width * scale)), max(1, round(large.height * scale))))
    image.paste(small, (round(x), round(baseline + style.size * _EMOJI_DROP) - small.height), small)
