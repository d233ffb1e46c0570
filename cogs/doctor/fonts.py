"""Whether the names of members can be drawn, in whatever script they are."""

from bot.doctor.finding import Finding, ok, warning
from cogs.pictures import fonts

NAME = "fonts"

SAMPLES = {
    "Chinese": "\u5b66",
    "Japanese": "\u306e",
    "Korean": "\ud55c",
    "Arabic": "\u0639",
    "Hebrew": "\u05e9",
    "Devanagari": "\u0905",
    "Bengali": "\u0995",
    "Tamil": "\u0ba4",
    "Thai": "\u0e01",
    "Georgian": "\u10d0",
    "Armenian": "\u0561",
    "Amharic": "\u12a0",
}
EMOJI = "\U0001f680"

INSTALL = "On Debian or Ubuntu: apt install {packages}"
PACKAGES = "libfribidi0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"


def look() -> list[Finding]:
    """Try one letter of each script that many people write in."""
    lacking = [script for script, char in SAMPLES.items() if fonts.face_for(char, 400) is None]
    if fonts.emoji_face(EMOJI) is None:
        lacking.append("emoji")
    return [judge(lacking, shapes=fonts.can_shape())]


def judge(lacking: list[str], *, shapes: bool) -> Finding:
    """What it means that these scripts have no font, or that Pillow cannot join and turn letters."""
    said = [f"There is no font for: {', '.join(lacking)}."] if lacking else []
    if not shapes:
        said.append("FriBiDi is missing, which joins and turns letters.")
    if not said:
        return ok(NAME, f"Pictures can show names in {len(SAMPLES)} scripts beside Latin, and emoji.")
    said.append("Pictures show the user name instead of such names.")
    return warning(NAME, " ".join(said), INSTALL.format(packages=PACKAGES))
