"""What each part of a header is about: company, roles, places and modes, or something beside the point."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.leads.reading.modes import modes_in
from bot.leads.reading.places import Place, find_places
from bot.leads.reading.structure import PostText
from bot.leads.reading.terms import ADDRESS, HIRING, MAIL, without_terms
from bot.leads.reading.title_splits import is_field_of_level, split_titles
from bot.leads.reading.titles import head_of, is_head, is_sure, is_title, plain_words

_VAGUE_ROLES = re.compile(
    r"^(?:\W|\b(?:hiring|for|we['’]?re|now|are|many|multiple|various|several|different|"
    r"numerous|lots of|all|engineering|tech|technical|software|eng|product|design|"
    r"open|other|some|and|&|/|\+|in|across|more|ai|ml|data|dev|development|r&d|new|remote|"
    r"senior|mid|junior|levels?|full[- ]?time|a few|mixed|any|backend|frontend|"
    r"sales|marketing|operations|science|business|it|gtm|commercial)\b)*\b(?:roles?|"
    r"positions?|openings?|jobs?|opportunit(?:y|ies)|vacanc(?:y|ies)|"
    r"functions)\b\W*(?:available|open)?\W*$",
    re.IGNORECASE,
)


_ABOUT_EMPLOYMENT = re.compile(
    r"(?:\W|\b(?:interns?|internships?|co-?ops?|contractors?|freelancers?|employees?)\b)+", re.IGNORECASE
)


_SOME_ROLES = re.compile(
    r"(?:many|multiple|various|several|different) (?:roles|positions|openings|jobs) (?:in|across) .*|"
    r"(?:[\w&/,.#+]+ ){1,5}(?:roles|positions|openings|jobs|internships)",
    re.IGNORECASE,
)


class About(Enum):
    """What a part of a header is about."""

    ROLES = auto()
    TERMS = auto()
    """Places, modes, employment, pay, addresses."""
    VAGUE = auto()
    """ "Multiple roles": that there are some."""
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a header, with the places in it."""

    text: str
    about: About
    places: tuple[Place, ...]


def segments_of(post: PostText) -> list[Segment]:
    """The parts of a header, each with what it is about."""
    return [segment(text) for text in post.segments]


def segment(text: str) -> Segment:
    """What one part of a header is about."""
    bare = ADDRESS.sub(" ", text) if "." in text else text
    bare = (MAIL.sub(" ", bare) if "@" in bare else bare).strip()
    if len(bare) > 300:
        bare = bare[:300]
    if not bare or not bare.strip(" ()[]|,;:.-"):
        return Segment(text, About.TERMS, ())
    if _VAGUE_ROLES.match(bare) or (_SOME_ROLES.fullmatch(bare) and not is_sure(bare)):
        return Segment(text, About.VAGUE, find_places(bare))
    bare = HIRING.sub("", bare)
    places = find_places(bare)
    rest = without_terms(bare, places)
    if not rest.strip(" ()[]|,;:.-–—/&+*"):
        return Segment(text, About.TERMS, places)
    if _names_roles(rest):
        return Segment(text, About.ROLES, places)
    words = plain_words(rest)
    if (
        places
        and len(words) <= 2
        and sum(len(place.text) for place in places) > len(rest)
        and not is_head(words[-1] if words else "")
    ):
        return Segment(text, About.TERMS, places)
    modes = modes_in(bare)
    if (modes.modes or modes.no_remote) and re.match(
        r"\W*(?:100%|fully|full|all|no|on|in|hybrid|remote|work|flexible)", bare, re.IGNORECASE
    ):
        return Segment(text, About.TERMS, places)
    return Segment(text, About.OTHER, places)


def _names_roles(text: str) -> bool:
    """Whether a part of a header is a title or a list of titles."""
    titles = split_titles(text)
    if not titles:
        return is_field_of_level(text)
    heads = [title for title in titles if head_of(title) is not None]
    sure = [title for title in heads if is_title(title)]
    if not sure or len(sure) < len(heads) / 2:
        return False
    return any(map(is_sure, sure)) and not all(_ABOUT_EMPLOYMENT.fullmatch(title) for title in heads)
