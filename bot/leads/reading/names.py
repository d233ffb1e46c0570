"""A company's name without all that is written around it."""

import re

from bot.leads.reading.terms import MAIL
from bot.leads.reading.vocabulary import words as listed

LONGEST_NAME = 60

_NOT_NAMES = listed("no names")
_MAY_BEGIN_NAMES = listed("may begin names")
HIRES = (
    r"(?:is|are)\s+(?:\w+ly\s+)?(?:hiring|looking|seeking|recruiting|growing|expanding|"
    r"searching|building|on a mission|"
    r"a |an |the |in search|hoping|revolutioni[sz]ing|making|creating|changing|developing|"
    r"working|helping|transforming|"
    r"currently|now|still|again|ramping|reinventing|redefining|bringing|trying|always|rapidly|actively|at)"
)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?")
_ADDRESS_ALONE = re.compile(r"[\w-]+(?:\.[\w-]+){1,2}")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_ADDRESS_AFTER = re.compile(r"\s[\w-]+\.(?:com|io|ai|co|org|net|dev|app)\b\S*")
_GOES_ON = re.compile(
    rf"\s+(?:{HIRES}|hiring\b|seeks\b|seeking\b|needs\b|is\b|are\b|wants\b|has\b|looking for\b).*$"
    r"|\s*(?:[-–—]\s*)?(?:we['’]?re|we are)\s.*$|\s+(?:multiple|various|several) (?:roles|"
    r"positions|openings).*$",
    re.IGNORECASE | re.DOTALL,
)
_TAGLINE = re.compile(
    r"\s+[-–—:~]+\s+|\s*[—:]\s+|,\s+(?:an?|the|we|is|inc\b\.?.+)\b|\s+\|\s+|;\s|"
    r"(?<=\w{3})\.\s+(?=[A-Z])|\s*\n\s*"
)
_BATCH = re.compile(
    r"\s+\(?(?:YC ?[SWFX]?['’]?\d\d(?:\d\d)?|YC[SWFX]\d\d)\)?$|\s*,?\s*\bYC (?:[SWFX]\d\d|"
    r"backed|startup)\b.*$",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:at|join|company:|hiring at|work at|hiring:|here at)\s+", re.IGNORECASE)
_STEALTH = re.compile(r"(?:\w+ )?(?:stealth(?:[- ]mode)?|confidential|unnamed|undisclosed)\b", re.IGNORECASE)
_ABOUT_US = re.compile(r"(?:our|this|me|a|an)\b", re.IGNORECASE)


def tidy_name(text: str) -> str:
    """A name without brackets, batch, address, tagline and what the sentence goes on with; may be empty."""
    bare = MAIL.sub(" ", text[:200].strip().strip('*_~"“”>#-–—• '))
    name = _BRACKET.sub(" ", bare).strip() or bare.strip("()[] ")
    if not _ADDRESS_ALONE.fullmatch(name):
        name = _ADDRESS.sub(" ", name).strip() or name
    first, *more = name.split() or [""]
    if more and not re.fullmatch(r"[\w-]+\.\w+", first):
        name = _ADDRESS_AFTER.sub(" ", name).strip()
    name = _TAGLINE.split(_GOES_ON.sub("", f"{name} ").strip(), maxsplit=1)[0]
    name = _PREFIX.sub("", _BATCH.sub("", name).strip()).strip(" ,;:.-–—*_|/'\"“”’™®")
    return re.sub(r"\s+", " ", name) if 1 < len(name) <= LONGEST_NAME else ""


def is_name(name: str) -> bool:
    """Whether a text may be a company's name: short, no question, no word that begins a sentence."""
    words = name.lower().split()
    if not words or len(words) > 7 or is_stealth(name) or words[0] in ("i'm", "i’m", "we're", "we’re"):
        return False
    if words[0] in _NOT_NAMES and (len(words) == 1 or words[0] not in _MAY_BEGIN_NAMES):
        return False
    return _ABOUT_US.match(name) is None and not (name[-1] in "?!" and len(words) > 2)


def is_stealth(name: str) -> bool:
    """Whether a name only says that the name is kept back."""
    return _STEALTH.match(name) is not None
