"""Dividing a text into stretches that one font can draw, from left to right as they are seen."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cogs.pictures.fonts import Face, can_shape, covers, east_asian_face, emoji_face, face_for

_STRONG = ("L", "R", "AL")
_AS_EMOJI = "\ufe0f"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
# Letters of these need no joining, stacking or turning: Pillow draws them well by itself.
_STANDS_ALONE = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "ARMENIAN",
    "GEORGIAN",
    "ETHIOPIC",
    "CHEROKEE",
    "CJK",
    "HANGUL",
)
_STANDS_ALONE_TOO = ("HIRAGANA", "KATAKANA", "BOPOMOFO", "FULLWIDTH", "HALFWIDTH", "KATAKANA-HIRAGANA")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that are drawn with one face, in one direction."""

    text: str
    face: Face
    rightwards: bool = True


@lru_cache(maxsize=512)
def runs(text: str, weight: int) -> Sequence[Run]:
    """The runs of a text, the leftmost first; what no font has is left out."""
    east_asian = east_asian_face(text)
    logical: list[Run] = []
    for position, char in enumerate(text):
        before = logical[-1] if logical else None
        if before and _stays_with(before, char):
            if before.face.is_emoji or covers(before.face, char):
                logical[-1] = Run(before.text + char, before.face, before.rightwards)
            continue
        followed_by = text[position + 1 : position + 2]
        face = emoji_face(char) if followed_by == _AS_EMOJI else None
        face = face or face_for(char, weight, east_asian=east_asian)
        if face is None:
            continue
        rightwards = unicodedata.bidirectional(char) not in ("R", "AL")
        if before and (before.face, before.rightwards) == (face, rightwards):
            logical[-1] = Run(before.text + char, face, rightwards)
        else:
            logical.append(Run(char, face, rightwards))
    return logical if _reads_rightwards(text) else logical[::-1]


def legible(text: str, otherwise: str) -> str:
    """What can be drawn of a name, or the other one where that leaves out a letter.

    Fancy letters that no font has become plain ones. Where text cannot be shaped, a name that needs it
    counts as one that cannot be drawn.
    """
    composed = unicodedata.normalize("NFC", text)
    east_asian = east_asian_face(composed)
    kept: list[str] = []
    for char in composed:
        if joins(char):
            # What belongs to a letter goes with it.
            kept.append(char if kept and kept[-1] else "")
            continue
        drawn = char
        if face_for(char, 400, east_asian=east_asian) is None:
            plain = unicodedata.normalize("NFKC", char)
            can_be_plain = all(face_for(part, 400, east_asian=east_asian) for part in plain)
            drawn = plain if plain != char and can_be_plain else ""
            if not drawn and unicodedata.category(char)[0] in "LN":
                return otherwise
        kept.append(drawn)
    name = " ".join("".join(kept).split())
    shows = any(unicodedata.category(char)[0] in "LNS" for char in name)
    return name if shows and (can_shape() or not any(map(_needs_shaping, name))) else otherwise


def joins(char: str) -> bool:
    """Whether a character belongs to the one before it: an accent, a joiner, a skin tone."""
    return unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf") or char in _SKIN_TONES


def _stays_with(before: Run, char: str) -> bool:
    if joins(char) or before.text.endswith("\u200d"):
        return True
    if before.face.is_emoji:
        return ord(char) in _FLAG_LETTERS
    neutral = unicodedata.category(char)[0] in "ZP" or char in "0123456789"
    return neutral and covers(before.face, char)


def _reads_rightwards(text: str) -> bool:
    directions = map(unicodedata.bidirectional, text)
    return next((direction for direction in directions if direction in _STRONG), "L") == "L"


def _needs_shaping(char: str) -> bool:
    script = unicodedata.name(char, "").partition(" ")[0]
    return unicodedata.category(char)[0] in "LM" and script not in _STANDS_ALONE + _STANDS_ALONE_TOO
