"""What each part of a header is about: company, roles, places and modes, or something beside the point."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.leads.reading.modes import _NO_REMOTE, _SOME_DAYS, modes_in
from bot.leads.reading.places import Place, find_places
from bot.leads.reading.structure import PostText
from bot.leads.reading.titles import (
    head_of,
    is_head,
    is_strong_head,
    is_title,
    plain_words,
    split_titles,
    tidy_title,
)

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|io|ai|co|org|net|dev|app|tech|de|uk|eu|us|xyz|so|me|sh|gg|fm|tv|health|care|jobs)\b(?:/\S*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+\.\w+")
_EMPLOYMENT = re.compile(
    r"\b(?:(?:full|part)[- ]?time|fulltime|parttime|ft|pt|contract(?:or|ors|ing)?(?:[- ]to[- ]hire)?|c2h|c2c|w2|1099|permanent|perm|freelanc\w+|"
    r"intern(?:s|ship|ships)?|temporary|fte|salaried|b2b|fixed[- ]term|40 hours|contract-to-permanent)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:(?:us|ca|au|nz|sg|hk)?[$€£¥₹]|\b(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|inr|sgd)\b)\s?\d[\d.,]*\s*(?:k|m|lakhs?|lpa|kk)?\+?"
    r"|\b\d[\d.,]*\s?(?:k|lakhs?|lpa)?\+?\s?(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|inr|sgd|€|£|\$|k\b)|\b\d{2,3}\s?k?\s?[-–—]+\s?\d{2,3}\s?k\b"
    r"|\b\d{2,3}[,.]?000\b|\b\d+(?:\.\d+)?\s?(?:[-–—]+\s?\d+(?:\.\d+)?)?\s?%",
    re.IGNORECASE,
)
_FILLER = frozenset(
    ["only", "or", "and", "in", "the", "a", "an", "of", "at", "from", "to", "with", "for", "any", "all", "based", "office", "offices", "hq", "headquarters", "location", "locations", "preferred", "ok", "okay", "possible", "available", "considered", "also", "within", "across", "near", "time", "timezone", "timezones", "zone", "zones", "tz", "hours", "overlap", "overlapping", "working", "business", "citizens", "citizen", "residents", "candidates", "applicants", "salary", "equity", "benefits", "bonus", "competitive", "plus", "stock", "options", "option", "base", "annual", "year", "yearly", "per", "month", "hour", "hr", "hourly", "day", "days", "week", "weekly", "wk", "visa", "visas", "sponsorship", "sponsor", "sponsored", "transfer", "h1b", "h-1b", "relocation", "relocate", "assistance", "support", "yes", "no", "not", "friendly", "first", "flexible", "flex", "optional", "local", "locals", "domestic", "open", "position", "positions", "roles", "role", "multiple", "various", "several", "many", "jobs", "job", "openings", "opening", "hiring", "we're", "we", "are", "now", "immediate", "start", "asap", "type", "commitment", "level", "levels", "seniority", "english", "german", "french", "spanish", "fluent", "required", "speaking", "speakers", "100%", "fully", "remote", "remotely", "onsite", "hybrid", "on-site", "in-office", "in-person", "person", "wfh", "home", "anywhere", "else", "us-based", "eu-based", "us-only", "usa-only", "united", "states-based", "metro", "area", "region", "downtown", "est", "pst", "cst", "mst", "cet", "gmt", "utc", "et", "pt", "ct", "mt", "eastern", "pacific", "central", "european", "mountain", "bst", "edt", "pdt", "cest", "eet", "+", "&", "/", "-", "–", "—", "*", "+/-", "±", "x", "times", "ote", "total", "comp", "compensation", "tc", "package", "up", "dependent", "experience", "doe", "depending", "negotiable", "range", "pay", "paid", "rate", "market", "rates", "great", "good", "excellent", "commission", "early", "stage", "seed", "series", "b", "c", "d", "profitable", "bootstrapped", "stealth", "yc", "backed", "vc-backed", "funded", "founding", "team", "no-remote", "non-remote", "other", "others", "more", "etc", "global", "worldwide", "international", "countries", "country", "globally", "world", "must", "be", "can", "work", "live", "living", "reside", "authorized", "authorization", "eligible", "legally", "clearance", "secret", "ts/sci", "required", "citizenship", "travel", "occasional", "some", "part", "partly", "half-time", "4-day", "32", "40", "20", "10", "hrs", "hours/week", "us/eu", "both", "either", "you", "your", "choice", "but", "strongly", "preference", "ideally"]
)  # fmt: skip
_VAGUE_ROLES = re.compile(
    r"^(?:\W|\b(?:hiring|for|we['’]?re|now|are|many|multiple|various|several|different|numerous|lots of|all|engineering|tech|technical|software|eng|product|design|"
    r"open|other|some|and|&|/|\+|in|across|more|ai|ml|data|dev|development|r&d|new|remote|senior|mid|junior|levels?|full[- ]?time|a few|mixed|any|backend|frontend|"
    r"sales|marketing|operations|science|business|it|gtm|commercial)\b)*\b(?:roles?|positions?|openings?|jobs?|opportunit(?:y|ies)|vacanc(?:y|ies)|functions)\b\W*(?:available|open)?\W*$",
    re.IGNORECASE,
)


_HIRING = re.compile(
    r"^\W*(?:(?:now|currently|we['’]?re|is|are) )*(?:hiring|looking for|seeking|roles?:|positions?:|role is|title:|job title:)[:\s]+(?:for )?(?:an? )?",
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
    bare = _MAIL.sub(" ", _ADDRESS.sub(" ", text)).strip()
    if len(bare) > 300:
        bare = bare[:300]
    places = tuple(find_places(bare))
    if not bare or not bare.strip(" ()[]|,;:.-"):
        return Segment(text, About.TERMS, ())
    if _VAGUE_ROLES.match(bare):
        return Segment(text, About.VAGUE, places)
    bare = _HIRING.sub("", bare)
    places = tuple(find_places(bare))
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


def without_terms(text: str, places: tuple[Place, ...] | list[Place]) -> str:
    """The text without places, modes, pay, employment, and words that go along with them."""
    for place in reversed(places):
        text = text[: place.start] + " " + text[place.end :]
    for pattern in (_NO_REMOTE, _SOME_DAYS, _MONEY, _EMPLOYMENT):
        text = pattern.sub(" ", text)
    kept = [word for word in re.split(r"[\s,;/|()\[\]]+", text) if not _is_filler(word)]
    return re.sub(r"\s{2,}", " ", text).strip() if kept else ""


def _is_filler(word: str) -> bool:
    plain = word.strip("*_~\"'“”‘’.:!?,;-–—•+&=<>").lower()
    return (
        not plain
        or plain in _FILLER
        or _EMPLOYMENT.fullmatch(plain) is not None
        or re.fullmatch(
            r"[\d.,:+\-–%kx$€£]+|[ui]tc[+\-−±]?\d*|gmt[+\-−±]?\d*|remote\w*|on-?site|hybrid|(?:us|eu|uk)[/+-]?\w{0,4}",
            plain,
        )
        is not None
    )


def _names_roles(text: str) -> bool:
    """Whether a part of a header is a title or a list of titles."""
    titles = split_titles(text)
    if not titles:
        return False
    heads = [title for title in titles if head_of(title) is not None]
    sure = [title for title in heads if is_title(title)]
    if not sure or len(sure) < len(heads) / 2:
        return False
    strong = any(is_strong_head(word) for title in sure for word in plain_words(title))
    return strong or all(len(plain_words(title)) <= 4 for title in sure)


__all__ = ["About", "Segment", "segment", "segments_of", "tidy_title", "without_terms"]
