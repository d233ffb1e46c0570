"""Places to look for ideas, one at a time, each with a word of counsel. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "places.toml"


@dataclass(frozen=True, slots=True)
class Place:
    """A place to look at: its name, what is there, why it is good, its address, and a counsel beside it."""

    number: int
    name: str
    what: str
    why: str
    link: str
    counsel: str


@cache
def all_places() -> tuple[Place, ...]:
    """All of them, in their order."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    counsels = told["counsels"]
    return tuple(
        Place(number, **place, counsel=counsels[number % len(counsels)])
        for number, place in enumerate(told["place"])
    )


def place_at(number: int) -> Place:
    """The place with a number; after the last comes the first again."""
    places = all_places()
    return places[number % len(places)]
