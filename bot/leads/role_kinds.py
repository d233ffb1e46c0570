"""What kind of work a job title stands for, and whether it says a level. Pure."""

import re

_DATA = re.compile(
    r"\b(?:data (?!cent)|data$|data,|analytics|analysts?|business intelligence|bi\b|statistician)",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"\b(?:software|developers?|programmers?|swe|sdet?|front[- ]?end|back[- ]?end|full[- ]?stack|devops|sres?"
    r"|site reliability|platform|infrastructure|mobile|ios|android|web|(?:product|systems|security) engineer"
    r"|forward[- ]deployed|founding engineers?|embedded|firmware|compilers?|python|rust|react|typescript"
    r"|javascript|java|golang|rails|ruby|php|django|node(?:\.?js)?|elixir|scala|kotlin)\b|c\+\+",
    re.IGNORECASE,
)
_NO_SOFTWARE = re.compile(
    r"\b(?:sales|marketing|account|recruit\w*|product manager|counsel|finance|mechanical|electrical"
    r"|operations manager|designer|advocate|relations|writer|success)\b",
    re.IGNORECASE,
)
_MACHINE_LEARNING = re.compile(
    r"\b(?:ml|ai|machine learning|deep learning|llms?|nlp|computer vision|mlops|applied scientist"
    r"|research (?:engineer|scientist))\b",
    re.IGNORECASE,
)
_MANAGES = re.compile(
    r"\b(?:(?<!product )(?<!program )(?<!project )manager|director|vp|vice president|head of|cto|chief)\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:seniors?|sr|staff|principal|lead|head|managers?|directors?|vp|cto|chief|architects?|founding)\b",
    re.IGNORECASE,
)


def is_data(title: str) -> bool:
    """Whether somebody works with data: analysts, data engineers and the like."""
    return bool(_DATA.search(title))


def is_software(title: str) -> bool:
    """Whether somebody makes software."""
    return bool(_SOFTWARE.search(title)) and not _NO_SOFTWARE.search(title)


def is_open_to_beginners(title: str) -> bool:
    """Whether it is a job of ours whose title asks for no level."""
    ours = is_software(title) or is_data(title) or bool(_MACHINE_LEARNING.search(title))
    return ours and " " in title and not has_high_level(title)


def has_high_level(title: str) -> bool:
    """Whether it is for those who are far along."""
    return bool(_LEVEL.search(title))


def manages_people(title: str) -> bool:
    """Whether it is for those who lead people rather than do the work."""
    return bool(_MANAGES.search(title))
