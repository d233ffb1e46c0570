"""Whether work can be done from where people are: places of work, and limits of remote work. Pure."""

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from bot.leads.reading.gazetteer import Sort, folded
from bot.leads.reading.places import Place, find_places
from bot.leads.where import AREAS

LONGEST = 200
"""Characters of a place that are looked at."""


class Reach(IntEnum):
    """Whether a place suits; its value is the sign that points take."""

    NO = -1
    UNKNOWN = 0
    YES = 1


def reach_of_remote(scope: str, places: Sequence[str]) -> Reach:
    """Whether remote work under a stated limit can be done from one of some places.

    Work without a limit suits everybody. Where no places are asked for, a limit counts neither way.
    """
    if not scope or _is_everywhere(scope):
        return Reach.YES
    return max((_remote_from(place, scope) for place in places), default=Reach.UNKNOWN)


def reach_of_office(locations: Sequence[str], places: Sequence[str]) -> Reach:
    """Whether one of some places of work is among the places that people can get to."""
    ways = (_office_in(location, place) for location in locations for place in places)
    return max(ways, default=Reach.UNKNOWN)


def _remote_from(place: str, scope: str) -> Reach:
    home, allowed = _countries(place), _countries(scope)
    if home & allowed:
        return Reach.YES
    # Hours can be kept from elsewhere, and what isn't understood is no refusal.
    if not home or not allowed or _HOURS.search(scope):
        return Reach.UNKNOWN
    return Reach.NO


_HOURS = re.compile(r"\b(?:time ?zones?|tz|hours?|overlap|utc|gmt|c?e?s?t)\b|[±+-] ?\d", re.IGNORECASE)


def _office_in(location: str, place: str) -> Reach:
    home, there = _countries(place), _countries(location)
    if _is_everywhere(place) or folded(place) == folded(location.split(",", 1)[0]):
        return Reach.YES
    if not home or not there:
        return Reach.UNKNOWN
    if not home & there:
        return Reach.NO
    # Somewhere in the land of a city is not yet that city.
    return Reach.YES if all(one.sort in (Sort.NATION, Sort.AREA) for one in _known(place)) else Reach.UNKNOWN


def _is_everywhere(where: str) -> bool:
    return any(one.sort is Sort.WORLD for one in _known(where))


def _countries(where: str) -> frozenset[str]:
    """The countries that some words name, or that what they name lies in, by its likeliest reading."""
    found: frozenset[str] = frozenset()
    for one in _known(where):
        code = one.codes[0]
        if one.sort is Sort.AREA:
            found |= AREAS.get(code, frozenset())
        elif one.sort is not Sort.WORLD:
            found |= {code[:2]}
    return found


@lru_cache(maxsize=4096)
def _known(where: str) -> tuple[Place, ...]:
    where = where[:LONGEST]
    # Short names such as "us" are known in capitals only.
    return find_places(where) or (find_places(where.upper()) if len(where) < 4 else ())
