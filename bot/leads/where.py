"""Where work can be done, as keys that a place typed by somebody is compared with. Pure.

"Germany" finds what is in Germany by the gazetteer, such as Berlin, and what may be done remotely from
there: remote in Germany, in Europe, anywhere. A city finds what names it, and what may be done remotely from
there. Remote work that states no limit is found by no place, since nobody knows.
"""

from collections.abc import Iterator, Sequence

from bot.leads.reading.gazetteer import Sort
from bot.leads.reading.places import find_places
from bot.leads.words import words_in, words_typed

WORLD = "WORLD"

_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EUROPE = f"{_EU} AD AL BA BY CH FO GB GI IS LI MC MD ME MK NO RS SM UA VA XK"
_MENA = "AE BH DZ EG IL IQ IR JO KW LB LY MA OM QA SA SY TN TR YE"
_AFRICA = "AO BJ BW CD CI CM DZ EG ET GH KE LY MA MG MU MW MZ NA NG RW SD SN SO TN TZ UG ZA ZM ZW"
_NORTH_AMERICA = "CA MX US"
_LATIN_AMERICA = "AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PR PY SV UY VE"
_ASIA = "AF AM AZ BD BT CN GE HK ID IN JP KG KH KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TM TW UZ VN"
_OCEANIA = "AU FJ NZ PG"

AREAS = {
    area: frozenset(lands.split())
    for area, lands in {
        "EU": _EU,
        "EUROPE": _EUROPE,
        "EMEA": f"{_EUROPE} {_MENA} {_AFRICA}",
        "APAC": f"{_ASIA} {_OCEANIA}",
        "LATAM": _LATIN_AMERICA,
        "NA": _NORTH_AMERICA,
        "AMER": f"{_NORTH_AMERICA} {_LATIN_AMERICA}",
        "ASIA": _ASIA,
        "AFRICA": _AFRICA,
        "MENA": _MENA,
        "OCEANIA": _OCEANIA,
        "DACH": "AT CH DE",
        "NORDICS": "DK EE FI IS LT LV NO SE",
        "BENELUX": "BE LU NL",
    }.items()
}
"""The countries (ISO 3166) of the areas that the gazetteer knows."""


def keys_of(locations: Sequence[str], remote_scope: str | None) -> set[str]:
    """The keys of a lead: what its places are called, where they lie, and from where it may be done."""
    keys = {f"in:{word}" for where in (*locations, remote_scope or "") for word in words_in(where)}
    for location in locations:
        keys.update(_keys_of_place(location))
    if remote_scope:
        keys.update(_keys_of_place(remote_scope))
        keys.update(f"from:{code}" for _, code in _codes(remote_scope))
    return keys


def keys_sought(place: str) -> tuple[tuple[str, ...], ...]:
    """What one looks for by a place: any of these groups, each of which holds where all its keys do."""
    called = tuple(f"in:{word}" for word in words_typed(place))
    known = _place_typed(place)
    there: list[tuple[str, ...]] = [(f"over:{WORLD}",)] if known else []
    if known is not None and known[0] is not Sort.WORLD:
        sort, code = known
        if sort not in _TOWNS:
            there.append((f"at:{code}",))
        if sort is not Sort.AREA:
            there += [(key,) for key in _remote_from(code)]
        there.append(called)
    elif known is None:
        there.append(called)
    return tuple(keys for keys in there if keys)


_TOWNS = frozenset({Sort.CITY, Sort.PART})


def _remote_from(code: str) -> Iterator[str]:
    """What remote work that names a limit may name, so that it can be done from a country or a part of it."""
    country = code[:2]
    yield from dict.fromkeys((f"from:{code}", f"from:{country}"))
    yield from (f"over:{area}" for area, lands in AREAS.items() if country in lands)


def _place_typed(place: str) -> tuple[Sort, str] | None:
    """What somebody typed, as the likeliest place that it names alone; None for what isn't known."""
    # Short names such as "us" and "uk" are known in capitals only, and towns with a capital.
    for written in dict.fromkeys((place, place.upper() if len(place) < 6 else place.title())):
        found = find_places(written)
        if len(found) == 1 and found[0].text.strip(" .") == written.strip(" ."):
            return found[0].sort, found[0].codes[0]
    return None


def _keys_of_place(where: str) -> Iterator[str]:
    for sort, code in _codes(where):
        if sort is Sort.WORLD:
            yield f"over:{WORLD}"
        elif sort is Sort.AREA:
            yield f"over:{code}"
            lands = AREAS.get(code, frozenset())
            yield from (f"at:{area}" for area, others in AREAS.items() if lands <= others or others <= lands)
            yield f"at:{code}"
        else:
            yield f"at:{code}"
            yield f"at:{code[:2]}"
            yield from (f"at:{area}" for area, lands in AREAS.items() if code[:2] in lands)


def _codes(where: str) -> Iterator[tuple[Sort, str]]:
    """What some words name, each as the likeliest that it can be."""
    for place in find_places(where):
        yield place.sort, place.codes[0]
