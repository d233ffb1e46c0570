"""Whether work can be done from where people are: places of work, and limits of remote work. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import cache

from babel import Locale


class Reach(IntEnum):
    """Whether a place suits; its value is the sign that points take."""

    NO = -1
    UNKNOWN = 0
    YES = 1


def reach_of_remote(scope: str, places: Sequence[str]) -> Reach:
    """Whether remote work under a stated limit can be done from one of some places.

    Work without a limit suits everybody. Where no places are asked for, a limit counts neither way.
    """
    allowed = _lands(scope)
    if not scope or allowed == _WORLD:
        return Reach.YES
    if not places:
        return Reach.UNKNOWN
    return max(_remote_from(place, scope, allowed) for place in places)


def reach_of_office(locations: Sequence[str], places: Sequence[str]) -> Reach:
    """Whether one of some places of work is among the places that people can get to."""
    if not locations or not places:
        return Reach.UNKNOWN
    return max(_office_in(location, place) for location in locations for place in places)


def _remote_from(place: str, scope: str, allowed: frozenset[str]) -> Reach:
    home = _lands(place)
    if home == _WORLD:
        return Reach.UNKNOWN
    if _names(place) & _names(scope) or home & allowed:
        return Reach.YES
    # Hours can be kept from elsewhere, and what isn't understood is no refusal.
    if not allowed or not home or _HOURS.search(scope):
        return Reach.UNKNOWN
    return Reach.NO


def _office_in(location: str, place: str) -> Reach:
    if _names(place) & _names(location):
        return Reach.YES
    home, there = _lands(place), _lands(location)
    if home == _WORLD:
        return Reach.YES
    if not home or not there:
        return Reach.UNKNOWN
    if not home & there:
        return Reach.NO
    # Somewhere in the land of a city is not yet that city.
    return Reach.YES if _is_land(place) else Reach.UNKNOWN


_HOURS = re.compile(
    r"\b(?:time ?zones?|tz|hours?|overlap|utc|gmt|[cew]e?s?t|[ecmp]s?t)\b|[±+-]\s?\d", re.IGNORECASE
)
_PARTS = re.compile(r"\s*(?:[,;/|&()]|\band\b|\bor\b)\s*")
_ALSO = {
    "us": "US", "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "holland": "NL", "the netherlands": "NL", "czech republic": "CZ",
    "uae": "AE", "korea": "KR", "turkey": "TR", "bosnia": "BA", "hong kong": "HK", "macedonia": "MK",
}  # fmt: skip
_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EUROPE = f"{_EU} AD AL BA BY CH FO GB GI IS LI MC MD ME MK NO RS SM TR UA VA XK"
_NORTH_AMERICA = "US CA MX"
_LATIN_AMERICA = "AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PR PY SV UY VE"
_AFRICA = (
    "AO BF BI BJ BW CD CF CG CI CM DJ DZ EG ET GA GH GM GN GQ KE LR LS LY MA MG ML MR MU MW MZ NA NE "
    "NG RW SD SL SN SO SS SZ TD TG TN TZ UG ZA ZM ZW"
)
_MIDDLE_EAST = "AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE"
_ASIA = (
    "AF AM AZ BD BN BT CN GE HK ID IN JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM "
    f"TW UZ VN {_MIDDLE_EAST}"
)
_OCEANIA = "AU NZ FJ PG"
_REGIONS = {
    "eu": _EU, "european union": _EU, "europe": _EUROPE, "eea": f"{_EU} IS LI NO",
    "dach": "DE AT CH", "nordics": "DK FI IS NO SE", "scandinavia": "DK NO SE", "benelux": "BE NL LU",
    "baltics": "EE LT LV", "north america": _NORTH_AMERICA, "latam": _LATIN_AMERICA,
    "latin america": _LATIN_AMERICA, "south america": _LATIN_AMERICA, "central america": _LATIN_AMERICA,
    "americas": f"{_NORTH_AMERICA} {_LATIN_AMERICA}", "the americas": f"{_NORTH_AMERICA} {_LATIN_AMERICA}",
    "africa": _AFRICA, "asia": _ASIA, "middle east": _MIDDLE_EAST, "mena": f"{_MIDDLE_EAST} DZ EG LY MA TN",
    "emea": f"{_EUROPE} {_MIDDLE_EAST} {_AFRICA}", "apac": f"{_ASIA} {_OCEANIA}", "oceania": _OCEANIA,
}  # fmt: skip
_EVERYWHERE = re.compile(
    r"\b(?:world(?:[ -]?wide)?|global(?:ly)?|anywhere|everywhere|any country|all countries)\b"
)
_STATES = (
    "al ak az ar ca co ct dc de fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv "
    "ny oh ok or pa ri sc sd tn tx ut va vt wa wi wv wy"
)
_WORLD = frozenset({"*"})


@cache
def _atlas() -> dict[str, frozenset[str]]:
    lands = {
        _folded(name): frozenset({code})
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ")
    }
    lands |= {name: frozenset({code}) for name, code in _ALSO.items()}
    return lands | {name: frozenset(codes.split()) for name, codes in _REGIONS.items()}


def _lands(where: str) -> frozenset[str]:
    """The countries that some words name; all of them together where they name several."""
    folded = _folded(where)
    if _EVERYWHERE.search(folded):
        return _WORLD
    parts = [part for part in _PARTS.split(folded) if part]
    found = frozenset[str]().union(*(_lands_of(part) for part in parts))
    # "Austin, TX", where "CA" after a city is California rather than Canada.
    if len(parts) > 1 and parts[-1] in _STATES.split():
        return frozenset({"US"})
    return found


def _lands_of(part: str) -> frozenset[str]:
    atlas = _atlas()
    if part in atlas:
        return atlas[part]
    words = part.split()
    runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 4, len(words)) + 1))
    return frozenset[str]().union(*(atlas.get(run, frozenset()) for run in runs))


def _is_land(place: str) -> bool:
    return _folded(place) in _atlas() or bool(_EVERYWHERE.search(_folded(place)))


def _names(where: str) -> frozenset[str]:
    return frozenset(part for part in _PARTS.split(_folded(where)) if len(part) > 2 or part in _ALSO)


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name[:200].casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).strip()
