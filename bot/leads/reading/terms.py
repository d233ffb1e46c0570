"""Words about where, how and for how much one works, and taking them out of a text."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.leads.reading.modes import NO_REMOTE, SOME_DAYS
from bot.leads.reading.places import Place
from bot.leads.reading.vocabulary import words as listed

ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]{1,40}(?:\.[\w-]{1,40}){0,4}\.(?:com|io|ai|co|org|net|dev|app|tech|"
    r"de|uk|eu|us|xyz|so|me|sh|gg|fm|tv|health|care|jobs)\b(?:/\S*)?",
    re.IGNORECASE,
)
MAIL = re.compile(r"\S{1,64}@[\w.-]{1,80}\.\w+")
EMPLOYMENT = re.compile(
    r"\b(?:(?:full|part)[- ]?time|fulltime|parttime|ft|pt|contract(?:or|ors|"
    r"ing)?(?:[- ]to[- ]hire)?|c2h|c2c|w2|1099|permanent|perm|freelanc\w+|"
    r"intern(?:s|ship|ships)?|temporary|fte|salaried|b2b|fixed[- ]term|40 hours|contract-to-permanent)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"(?:(?:us|ca|au|nz|sg|hk)?[$€£¥₹]|\b(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|inr|"
    r"sgd)\b)\s?\d[\d.,]*\s*(?:k|m|lakhs?|lpa|kk)?\+?"
    r"|\b\d[\d.,]*\s?(?:k|lakhs?|lpa)?\+?\s?(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|"
    r"inr|sgd|€|£|\$|k\b)|\b\d{2,3}\s?k?\s?[-–—]+\s?\d{2,3}\s?k\b"
    r"|\b\d{2,3}[,.]?000\b|\b\d+(?:\.\d+)?\s?(?:[-–—]+\s?\d+(?:\.\d+)?)?\s?%",
    re.IGNORECASE,
)
_FILLER = listed("terms")
HIRING = re.compile(
    r"^\W*(?:(?:now|currently|we['’]?re|is|are) )*(?:hiring|looking for|seeking|wanted:|roles?:|"
    r"positions?:|role is|title:|job title:)[:\s]+(?:for )?(?:an? )?",
    re.IGNORECASE,
)


def without_terms(text: str, places: Sequence[Place]) -> str:
    """The text without places, modes, pay, employment, and words that go along with them."""
    for place in reversed(places):
        text = text[: place.start] + " " + text[place.end :]
    if any(map(str.isdigit, text)):
        text = MONEY.sub(" ", SOME_DAYS.sub(" ", text))
    if "emot" in text or "EMOT" in text:
        text = NO_REMOTE.sub(" ", text)
    text = EMPLOYMENT.sub(" ", text)
    kept = [word for word in _APART.split(text) if not _is_filler(word)]
    return re.sub(r"\s{2,}", " ", text).strip() if kept else ""


_APART = re.compile(r"[\s,;/|()\[\]]+")
_LIKE_FILLER = re.compile(
    r"[\d.,:+\-–%kx$€£]+|[ui]tc[+\-−±]?\d*|gmt[+\-−±]?\d*|remote\w*|on-?site|hybrid|(?:us|eu|uk)[/+-]?\w{0,4}"
)


@lru_cache(maxsize=4096)
def _is_filler(word: str) -> bool:
    plain = word.strip("*_~\"'“”‘’.:!?,;-–—•+&=<>").lower()
    return (
        not plain
        or plain in _FILLER
        or EMPLOYMENT.fullmatch(plain) is not None
        or _LIKE_FILLER.fullmatch(plain) is not None
    )
