"""What a member says of themselves in "Who wants to be hired?", and the draft that it makes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from bot.checkins.rules import Evidence
from bot.errors import NotAnEmail, TextTooLong
from bot.inputs import clean_text, quoted, read_link
from bot.texts import gettext, mark

LIMITS = {
    "location": 100,
    "remote": 100,
    "relocate": 100,
    "technologies": 300,
    "resume": 300,
    "email": 254,
    "built": 600,
}
"""How many characters each field may have."""

FIELD_NAMES = {
    "location": mark("Location"),
    "remote": mark("Remote"),
    "relocate": mark("Willing to relocate"),
    "technologies": mark("Technologies"),
    "resume": mark("Résumé or CV"),
    "email": mark("E-mail"),
    "built": mark("What you built"),
}

# The labels are those of the thread, which is in English whatever its readers speak.
_LABELS = {
    "location": "Location",
    "remote": "Remote",
    "relocate": "Willing to relocate",
    "technologies": "Technologies",
    "resume": "Résumé/CV",
    "email": "Email",
}
_TO_FILL_IN = {
    "location": mark("[your city and country]"),
    "remote": mark("[yes, no, or from where]"),
    "relocate": mark("[yes, no, or where to]"),
    "technologies": mark("[what you built things with, five to ten names]"),
    "resume": mark("[a link to your résumé or to a page about you]"),
    "email": mark("[your e-mail address]"),
    "built": mark("[Two sentences: what you built, for whom, and what it does for them.]"),
}

LINKS_IN_A_DRAFT = 3

_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a member put in, in the order of the thread's template; what is empty is still to be filled in."""

    location: str = ""
    remote: str = ""
    relocate: str = ""
    technologies: str = ""
    resume: str = ""
    email: str = ""
    built: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that are still empty, as FIELD_NAMES has them."""
        return tuple(name for name, text in asdict(self).items() if not text)


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to be copied into the thread, which has an empty line between any two: Hacker News joins others.

    `missing` names the fields that stand in [brackets]; `has_links`: something to show is in it.
    """

    text: str
    missing: tuple[str, ...]
    has_links: bool


def changed(introduction: Introduction, typed: Mapping[str, str]) -> Introduction:
    """An introduction with some fields as they were typed; raises TextTooLong, NotALink or NotAnEmail."""
    return replace(introduction, **{name: _clean(name, text) for name, text in typed.items()})


def draft_of(introduction: Introduction, evidence: Sequence[Evidence]) -> Draft:
    """The post in the thread's own template. `evidence` is the member's, the newest first."""
    given = asdict(introduction)
    filled = {name: given[name] or gettext(_TO_FILL_IN[name]) for name in given}
    lines = [f"{label}: {filled[name]}" for name, label in _LABELS.items()]
    in_order = sorted(evidence, key=lambda each: not each.showing)
    links = [each.url for each in in_order if each.url not in introduction.built][:LINKS_IN_A_DRAFT]
    return Draft("\n\n".join([*lines, filled["built"], *links]), introduction.missing, bool(links))


def _clean(name: str, text: str) -> str:
    cleaned = " ".join(clean_text(text).split())
    if len(cleaned) > LIMITS[name]:
        raise TextTooLong(field=gettext(FIELD_NAMES[name]), length=len(cleaned), limit=LIMITS[name])
    if name == "resume":
        return read_link(cleaned)
    if name == "email" and cleaned and not _EMAIL.fullmatch(cleaned):
        raise NotAnEmail(given=quoted(cleaned))
    return cleaned
