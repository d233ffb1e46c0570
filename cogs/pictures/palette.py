"""The colours of the pictures: a dark panel that stands well in Discord's dark and light themes.

Nothing is told by colour alone, and nothing is red: shades of done days differ in lightness, and each other
state of a day has a mark of its own.
"""

from bot.checkins.rules import KindOfWork
from cogs.ui import colours

Colour = tuple[int, int, int]

PANEL: Colour = (0x1C, 0x1E, 0x29)
EDGE: Colour = (0x3A, 0x3D, 0x4E)
GHOST: Colour = (0x21, 0x24, 0x31)
WELL: Colour = (0x2C, 0x2F, 0x3E)
TEXT: Colour = (0xF2, 0xF3, 0xF8)
QUIET: Colour = (0xB0, 0xB5, 0xC6)

SHADES: tuple[Colour, ...] = (
    (0x45, 0x50, 0xA8),
    (0x65, 0x74, 0xDC),
    (0x90, 0x9E, 0xFA),
    (0xC9, 0xD1, 0xFF),
)
"""Done days, from a few minutes to many."""

ICE: Colour = (0x8F, 0xD8, 0xF2)
GREY: Colour = (0x8B, 0x90, 0xA4)
FAINT: Colour = (0x5C, 0x61, 0x75)

KINDS: dict[KindOfWork, Colour] = {
    KindOfWork.BUILDING: colours.BUILDING.to_rgb(),
    KindOfWork.LEARNING: colours.LEARNING.to_rgb(),
    KindOfWork.SHOWING: colours.SHOWING.to_rgb(),
    KindOfWork.JOB_HUNT: colours.JOB_HUNT.to_rgb(),
}
