"""Which font draws which letter.

Inter comes with a Python package and draws Latin, Greek and Cyrillic. All other scripts are drawn with
Debian's Noto fonts where they are installed (docs/decisions.md); what no font here can draw is left out by
whoever draws it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import fontpkg
from PIL import ImageFont, features

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)
BOLD_FROM = 600

OWN = "Inter"
SYMBOLS = ("notosanssymbols2", "notosanssymbols", "notosansmath", "dejavusans")
EMOJI = "notocoloremoji"
EMOJI_SIZE = 109
"""The one size in which the bitmaps of the emoji font can be drawn."""

# Faces of a collection, by their place in it.
_JAPANESE, _KOREAN, _CHINESE = 0, 1, 2
_EAST_ASIAN = {
    "CJK": _CHINESE,
    "IDEOGRAPHIC": _CHINESE,
    "FULLWIDTH": _CHINESE,
    "BOPOMOFO": _CHINESE,
    "HIRAGANA": _JAPANESE,
    "KATAKANA": _JAPANESE,
    "KATAKANA-HIRAGANA": _JAPANESE,
    "HALFWIDTH": _JAPANESE,
    "HANGUL": _KOREAN,
}
_ABSENT = "\U0010ffff"  # no character, and so in no font


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and the face in it; no path: Inter."""

    path: Path | None
    index: int = 0

    @property
    def is_emoji(self) -> bool:
        """Whether its letters are pictures of one size."""
        return self.path is not None and _key(self.path) == EMOJI


INTER = Face(None)


def can_shape() -> bool:
    """Whether letters are joined and turned as their script asks: Pillow needs the library FriBiDi for it."""
    return bool(features.check("raqm"))


def face_for(char: str, weight: int, *, east_asian: int = _CHINESE) -> Face | None:
    """The face that draws a character, Inter before all others; None where no font has it."""
    return next((face for face in _candidates(char, weight, east_asian) if covers(face, char)), None)


def east_asian_face(text: str) -> int:
    """Whose forms the Han characters of a text take: Japan's beside kana, Korea's beside Hangul."""
    words = {_script(char) for char in text}
    places = {_EAST_ASIAN[word] for word in words & _EAST_ASIAN.keys()}
    return next((place for place in (_JAPANESE, _KOREAN) if place in places), _CHINESE)


def emoji_face(char: str) -> Face | None:
    """The face of the emoji font, if it is installed and has the character."""
    return next((face for face in _installed(EMOJI, "regular") if covers(face, char)), None)


@lru_cache(maxsize=64)
def font(face: Face, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels; the weight counts for Inter only, whose file has all of them."""
    if face.path is None:
        inter = ImageFont.truetype(str(fontpkg.path(OWN)), size)
        # The optical size has an axis of its own, from 14 to 32.
        inter.set_variation_by_axes([min(max(size, 14), 32), weight])
        return inter
    return ImageFont.truetype(str(face.path), EMOJI_SIZE if face.is_emoji else size, index=face.index)


@lru_cache(maxsize=4096)
def covers(face: Face, char: str) -> bool:
    """Whether a face has a letter. Pillow does not say, but draws one mark for all that are lacking."""
    drawn = font(face, 16, 400)
    return bytes(drawn.getmask(char, mode="L")) != _mark_for_lacking(face)


@cache
def _mark_for_lacking(face: Face) -> bytes:
    return bytes(font(face, 16, 400).getmask(_ABSENT, mode="L"))


def _candidates(char: str, weight: int, east_asian: int) -> Iterator[Face]:
    yield INTER
    script = _script(char)
    style = "bold" if weight >= BOLD_FROM else "regular"
    if script in _EAST_ASIAN:
        yield from _installed("notosanscjk", style, east_asian)
        return
    words = unicodedata.name(char, "").lower().split()
    for family in ("notosans", "notoserif"):
        yield from _installed(family + "".join(words[:2]), style)
        yield from _installed(family + "".join(words[:1]), style)
    yield from _installed(EMOJI, "regular")
    for key in SYMBOLS:
        yield from _installed(key, style)


def _installed(key: str, style: str, index: int = 0) -> Iterator[Face]:
    styles = installed_files().get(key)
    if styles:
        path = styles.get(style) or styles.get("regular") or next(iter(styles.values()))
        yield Face(path, index if path.suffix == ".ttc" else 0)


@cache
def installed_files() -> dict[str, dict[str, Path]]:
    """The installed font files, by family and style as their names have them."""
    found: dict[str, dict[str, Path]] = {}
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.[to]t[cf]")):
            style = path.stem.partition("-")[2].lower() or "regular"
            found.setdefault(_key(path), {}).setdefault(style, path)
    return found


def _key(path: Path) -> str:
    return re.split(r"[-\[]", path.stem)[0].lower()


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
