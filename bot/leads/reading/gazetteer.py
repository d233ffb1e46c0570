"""What is known of places: names, what sort they are, and where they lie. Loaded with the first question."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

_PLAIN_LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "æ": "ae",
    **dict.fromkeys("'’‘ʻ`.ʼ"),
})  # fmt: skip
_APART = re.compile(r"[\W_]+")


class Sort(StrEnum):
    """What sort of place a name is."""

    CITY = "c"
    STATE = "s"
    PART = "p"
    """A part of a country that is no state, such as the Bay Area."""
    NATION = "n"
    AREA = "a"
    """Several countries, such as Europe or EMEA."""
    WORLD = "w"


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for. `codes` are countries (ISO 3166), with the state where one is known."""

    sort: Sort
    codes: tuple[str, ...]
    weak: bool = False
    """An everyday word or a given name too: a place only in good company."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names, folded, and what may follow a comma: "CA", "UK", "NL"."""

    cities: Mapping[str, str]
    lands: Mapping[str, Known]
    codes: Mapping[str, tuple[str, ...]]
    first_words: frozenset[str]
    """The first words of all names: whatever does not begin with one is no place."""

    def get(self, name: str) -> Known | None:
        """What a folded name stands for; a land or region goes before a city of that name."""
        land = self.lands.get(name)
        if land is not None and land.sort is not Sort.CITY:
            return land
        lies_in = self.cities.get(name)
        if lies_in is None:
            return land
        weak = lies_in[0] == "~"
        codes = tuple(lies_in.lstrip("~").split(","))
        if land is not None:
            return Known(Sort.CITY, tuple(dict.fromkeys(land.codes + codes)))
        return Known(Sort.CITY, codes, weak)


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """A name in small plain letters, words apart by one space."""
    name = name.translate(_PLAIN_LETTERS)
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _APART.sub(" ", name.lower()).strip()


@cache
def gazetteer() -> Gazetteer:
    """All places that are known."""
    cities = dict(line.split("\t", 1) for line in _rows("cities.tsv"))
    lands: dict[str, Known] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for line in _rows("lands.tsv"):
        sort, code, alike = line.split("\t")
        for name in alike.split("|"):
            more = lands[name].codes if name in lands else ()
            lands.setdefault(name, Known(Sort(sort), (*more, code), weak=name in _EVERYDAY_LANDS))
            if more and lands[name].sort == sort:
                lands[name] = Known(Sort(sort), (*more, code))
        if sort in "ns":
            short = code[3:] if code[:3] in ("US-", "CA-", "AU-") else code
            codes[short] = (*codes.get(short, ()), code)
    # "CA" is California more often than Canada, "MA" Massachusetts more often than Morocco.
    codes = {code: tuple(sorted(lands, key=lambda land: land[:3] != "US-")) for code, lands in codes.items()}
    codes |= {"UK": ("GB",), "USA": ("US",), "UAE": ("AE",)}
    first_words = {name.split(" ", 1)[0] for names in (cities, lands) for name in names}
    return Gazetteer(cities, lands, codes, frozenset(first_words))


# Names of lands that are more often something else where they stand alone.
_EVERYDAY_LANDS = frozenset({"chad", "jordan", "guinea", "mali", "turkey", "peninsula", "triangle", "earth"})


def _rows(name: str) -> list[str]:
    text = (files("bot.leads.reading") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]
