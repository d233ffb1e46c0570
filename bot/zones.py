"""Choosing a time zone the way a person types it: city, country, abbreviation, offset or IANA key."""

import re
import unicodedata
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

LONGEST_LABEL = 100
"""Characters Discord allows in the name of an autocomplete choice."""

_LONGEST_QUERY = 100
_LONGEST_TYPO = 40
_NEAR_ENOUGH = 0.75
_NOT_FOR_PEOPLE = ("posix/", "right/", "localtime", "posixrules", "Factory")

_MOST_USED = (
    "America/New_York America/Los_Angeles America/Chicago Europe/London Europe/Berlin Asia/Kolkata "
    "America/Sao_Paulo Europe/Paris Asia/Shanghai Asia/Tokyo Australia/Sydney UTC America/Denver "
    "America/Mexico_City Africa/Lagos Europe/Istanbul Europe/Moscow Asia/Dubai Asia/Karachi Asia/Dhaka "
    "Asia/Jakarta Asia/Singapore Africa/Cairo Africa/Nairobi Pacific/Auckland"
)

# What people call their time: the zones they mean by it, the likeliest first, and its names.
_NAMED_TIMES = {
    "UTC": "utc, zulu",
    "UTC Europe/London Africa/Accra Atlantic/Reykjavik": "gmt",
    "America/New_York America/Toronto": "et, edt, eastern time",
    "America/New_York America/Toronto America/Panama America/Jamaica": "est",
    "America/Chicago America/Winnipeg": "ct, cdt, central time",
    "America/Chicago America/Mexico_City Asia/Shanghai America/Winnipeg America/Havana": "cst",
    "America/Denver America/Edmonton": "mt, mdt, mountain time",
    "America/Denver America/Edmonton America/Phoenix": "mst",
    "America/Los_Angeles America/Vancouver America/Tijuana": "pt, pdt, pacific time",
    "America/Los_Angeles America/Vancouver America/Tijuana Asia/Manila": "pst",
    "America/Anchorage": "akst, akdt", "Pacific/Honolulu": "hst", "America/St_Johns": "nst, ndt",
    "America/Halifax America/Puerto_Rico Asia/Riyadh": "ast", "America/Halifax": "adt",
    "America/Sao_Paulo": "brt", "America/Argentina/Buenos_Aires": "art", "America/Santiago": "clt, clst",
    "America/Bogota": "cot", "America/Lima": "pet", "America/Caracas": "vet", "America/Montevideo": "uyt",
    "America/La_Paz": "bot", "Europe/London Asia/Dhaka": "bst", "Europe/Lisbon Atlantic/Canary": "wet, west",
    "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Amsterdam": "cet, cest, mez, mesz",
    "Europe/Athens Europe/Kyiv Europe/Bucharest Europe/Helsinki": "eest",
    "Europe/Athens Europe/Kyiv Europe/Bucharest Europe/Helsinki Africa/Cairo": "eet",
    "Europe/Moscow": "msk", "Europe/Istanbul": "trt", "Africa/Johannesburg": "sast", "Africa/Lagos": "wat",
    "Africa/Maputo Africa/Lusaka Africa/Harare": "cat", "Africa/Nairobi": "eat",
    "Asia/Kolkata Europe/Dublin Asia/Jerusalem": "ist", "Asia/Jerusalem": "idt", "Asia/Tehran": "irst",
    "Asia/Dubai": "gst", "Asia/Karachi": "pkt", "Asia/Kathmandu": "npt", "Asia/Jakarta": "wib",
    "Asia/Bangkok Asia/Ho_Chi_Minh": "ict", "Asia/Makassar": "wita", "Asia/Jayapura": "wit",
    "Asia/Singapore": "sgt", "Asia/Kuala_Lumpur": "myt", "Asia/Hong_Kong": "hkt", "Asia/Manila": "pht",
    "Asia/Tokyo": "jst", "Asia/Seoul": "kst", "Australia/Perth": "awst", "Australia/Adelaide": "acdt",
    "Australia/Adelaide Australia/Darwin": "acst", "Australia/Sydney Australia/Melbourne": "aedt",
    "Australia/Sydney Australia/Melbourne Australia/Brisbane": "aest", "Pacific/Auckland": "nzst, nzdt",
}  # fmt: skip
_ABBREVIATIONS = {name: zones.split() for zones, names in _NAMED_TIMES.items() for name in names.split(", ")}
# IANA keeps EST and MST as zones without daylight saving; who types them hardly ever means that.
_SEVERAL_MEANINGS = frozenset({"ast", "acst", "aest", "bst", "cst", "eet", "est", "ist", "mst", "pst"})

# CLDR's primary zones: where nearly everybody in a country with several clocks lives.
_PRIMARY_ZONES = {
    "CL": "America/Santiago", "CN": "Asia/Shanghai", "EC": "America/Guayaquil", "ES": "Europe/Madrid",
    "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon", "UA": "Europe/Kyiv",
}  # fmt: skip
_SHORTER_COUNTRY_NAMES = {"CD": "DR Congo", "HK": "Hong Kong", "MO": "Macao"}
_FURTHER_COUNTRY_NAMES = {
    "AE": ("uae", "emirates"), "AT": ("osterreich",), "BA": ("bosnia",), "BR": ("brasil",),
    "CD": ("democratic republic of the congo", "congo kinshasa", "drc"), "CG": ("republic of the congo",),
    "CH": ("schweiz", "suisse"), "CI": ("ivory coast",), "CV": ("cabo verde",), "CZ": ("czech republic",),
    "DE": ("deutschland",), "ES": ("espana",), "FI": ("suomi",), "FM": ("federated states of micronesia",),
    "GB": ("uk", "great britain", "britain", "england", "scotland", "wales", "northern ireland"),
    "IE": ("eire",), "IT": ("italia",), "KR": ("korea", "republic of korea"), "MK": ("macedonia",),
    "MM": ("myanmar", "burma"), "NL": ("holland", "nederland"), "NO": ("norge",), "PL": ("polska",),
    "PS": ("palestine",), "RU": ("russian federation",), "SE": ("sverige",), "SZ": ("swaziland",),
    "TL": ("east timor",), "TR": ("turkey",),
    "US": ("usa", "us", "america", "united states of america"), "VN": ("viet nam",),
}  # fmt: skip

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_PLAIN_LETTERS = str.maketrans("øłđðıħ", "olddih", "'’‘ʻʼ`´.") | {
    ord(letter): plain for letter, plain in (("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("&", " and "))
}
_APART = re.compile(r"[\W_]+")
# Two zones that agree on these days keep the same time: the tz database carries today's rules forward.
_SAMPLE_DAYS = [datetime(2030, month, 15, tzinfo=UTC) for month in range(1, 13)]


@dataclass(frozen=True)
class ZoneChoice:
    """A zone to offer: its IANA key and what a person reads, at most `LONGEST_LABEL` characters."""

    zone: str
    label: str


@dataclass(frozen=True, slots=True)
class _Place:
    zone: str
    country: str
    """ISO 3166 code; empty for UTC."""
    names: tuple[str, ...]
    folded: tuple[str, ...]
    words: str
    """Every word it is found by, folded, each with a space before it."""
    leads: bool
    """The place its zone is called after; it alone is found by the words of the zone's key."""


@dataclass(frozen=True, slots=True)
class _Atlas:
    places: list[_Place]
    """The best known first; from `ranked` on in no order."""
    ranked: int
    leads: dict[str, _Place]
    clocks: dict[str, ZoneInfo]
    country_names: dict[str, tuple[str, ...]]
    """By ISO code; the first is for showing, the rest folded."""


def search(query: str, now: datetime, limit: int = 25) -> list[ZoneChoice]:
    """Zones for what a person has typed so far, best first; an empty query gives the most used ones.

    `now` must be aware: offsets, in the labels and for a query such as "UTC+2", are those of that instant.
    """
    choices: dict[str, ZoneChoice] = {}
    for name, place in _found(query, now):
        if len(choices) >= limit:
            break
        label = _label(name, place, now)
        choices.setdefault(label, ZoneChoice(place.zone, label))
    return list(choices.values())


def resolve(text: str) -> str | None:
    """The one IANA key that a submitted text means, or None when it means none or several.

    Deprecated keys give the present one (US/Pacific: America/Los_Angeles).
    """
    folded = _fold(text[: _LONGEST_QUERY + 1])
    if not folded or len(text) > _LONGEST_QUERY:
        return None
    if (abbreviation := text.strip().casefold()) in _ABBREVIATIONS:
        return None if abbreviation in _SEVERAL_MEANINGS else _ABBREVIATIONS[abbreviation][0]
    if key := _key(text):
        return key
    if (offset := _offset(text)) is not None:
        return None if offset else "UTC"
    return _zone_of_name(folded)


def suggest(text: str) -> list[str]:
    """Up to three zones that may have been meant, nearest first; offsets are read as standard time."""
    if not text.strip():
        return []
    return list(dict.fromkeys(place.zone for _, place in _found(text, None)))[:3]


def is_zone(key: str) -> bool:
    """Whether this is exactly a key of the tz database that zoneinfo can load; never raises."""
    return key in _available() and _clock(key) is not None


def forget_rules() -> None:
    """Have the zone data read anew when it is needed next."""
    for held in (_available, _keys, _atlas):
        held.cache_clear()


def _found(query: str, now: datetime | None) -> list[tuple[str, _Place]]:
    """Places with the name to show for each, best first; a place may come twice."""
    atlas = _atlas()
    text = query[:_LONGEST_QUERY].strip()
    if not text:
        return _named(atlas.leads[zone] for zone in _MOST_USED.split() if zone in atlas.leads)
    folded = _fold(text)
    found = _named(atlas.leads[zone] for zone in _ABBREVIATIONS.get(folded, ()) if zone in atlas.leads)
    if key := _key(text):
        found += _named([atlas.leads.get(key) or _Place(key, "", (key,), (), "", leads=True)])
    if (offset := _offset(text)) is not None:
        return found + _named(p for p in atlas.leads.values() if _offset_of(p, now) == offset)
    if folded:
        found += _matching(folded) or ([] if found else _nearest(folded))
    return found


def _named(places: Iterable[_Place]) -> list[tuple[str, _Place]]:
    return [(place.names[0], place) for place in places]


def _matching(folded: str) -> list[tuple[str, _Place]]:
    """Exact names, then a whole country's zones, beginnings of names, beginnings of words, parts of words."""
    atlas = _atlas()
    starts = [f" {word}" for word in folded.split()]
    found: list[tuple[int, int, str, _Place]] = []
    for rank, place in enumerate(atlas.places):
        begins = all(start in place.words for start in starts)
        if not begins and folded not in place.words:
            continue
        # One row for each zone of a country comes before the other cities of these zones.
        first_of_zone = place.leads and rank < atlas.ranked
        tier, shown = (5 if begins else 7) + (not first_of_zone), place.names[0]
        if folded in place.folded:
            tier, shown = 0, place.names[place.folded.index(folded)]
        elif first_of_zone and folded in atlas.country_names.get(place.country, ())[1:]:
            tier = 1
        else:
            for which, name in enumerate(place.folded):
                if name.startswith(folded):
                    tier, shown = 2 + (which > 0), place.names[which]
                    break
        found.append((tier, rank, shown, place))
    found.sort(key=lambda entry: entry[:2])
    return [(name, place) for _, _, name, place in found]


def _nearest(folded: str) -> list[tuple[str, _Place]]:
    """Places spelled almost so: for a slip of the keys."""
    if not 4 <= len(folded) <= _LONGEST_TYPO:
        return []
    letters = set(folded)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    found: list[tuple[float, int, str, _Place]] = []
    for rank, place in enumerate(_atlas().places):
        spellings = list(zip(place.folded, place.names, strict=True))
        if place.leads:
            further = (
                place.zone.lower().replace("/", " ").replace("_", " "),
                *_atlas().country_names.get(place.country, ())[1:],
            )
            spellings += [(spelling, place.names[0]) for spelling in further]
        best, shown = _NEAR_ENOUGH, ""
        for spelling, name in spellings:
            if abs(len(spelling) - len(folded)) > 2 or len(letters.symmetric_difference(spelling)) > 3:
                continue
            matcher.set_seq1(spelling)
            if (likeness := matcher.ratio()) >= best:
                best, shown = likeness, name
        if shown:
            found.append((-best, rank, shown, place))
    found.sort(key=lambda entry: entry[:2])
    return [(name, place) for _, _, name, place in found]


def _zone_of_name(folded: str) -> str | None:
    atlas = _atlas()
    matches: list[_Place] = []
    for place in atlas.places:
        for name in place.folded:
            in_country = folded.startswith(f"{name} ") and folded.removeprefix(f"{name} ")
            if folded == name or in_country in atlas.country_names.get(place.country, ())[1:]:
                matches.append(place)
    countries = [code for code, names in atlas.country_names.items() if folded in names[1:]]
    zones = {place.zone for place in matches} | {_zone_of_country(code) or "" for code in countries}
    if len(zones) == 1:
        return zones.pop() or None
    # London alone is not the one in Ontario: the best known place has it, if its zone is called after it.
    return matches[0].zone if matches and matches[0].leads else None


def _zone_of_country(code: str) -> str | None:
    if code in _PRIMARY_ZONES:
        return _PRIMARY_ZONES[code]
    zones = list(dict.fromkeys(place.zone for place in _atlas().places if place.country == code))
    clocks = [_atlas().clocks[zone] for zone in zones]
    alike = {tuple(day.astimezone(clock).utcoffset() for day in _SAMPLE_DAYS) for clock in clocks}
    return zones[0] if len(alike) == 1 else None


def _key(text: str) -> str | None:
    """The present key for a key in any case, or for a whole label as `search` made it."""
    for part in text.split(" · "):
        if found := _keys().get(part.strip().replace(" ", "_").casefold()):
            return found
    return None


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text.strip())
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return offset if match[1] == "+" else -offset


def _offset_of(place: _Place, now: datetime | None) -> timedelta | None:
    clock = _atlas().clocks[place.zone]
    if now is not None:
        return now.astimezone(clock).utcoffset()
    return min(day.astimezone(clock).utcoffset() or timedelta() for day in _SAMPLE_DAYS)


def _label(name: str, place: _Place, now: datetime) -> str:
    clock = _atlas().clocks.get(place.zone) or ZoneInfo(place.zone)
    minutes = (now.astimezone(clock).utcoffset() or timedelta()) // timedelta(minutes=1)
    tail = f" · {place.zone} · UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    country, *folded_names = _atlas().country_names.get(place.country, ("",))
    where = f"{name}, {country}" if country and _fold(name) not in folded_names else name
    if where == place.zone:
        return where + tail.removeprefix(f" · {where}")
    room = LONGEST_LABEL - len(tail)
    return (where if len(where) <= room else where[: room - 1].rstrip() + "…") + tail


def _fold(text: str) -> str:
    """Lower case without accents and punctuation, words apart by one space."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _APART.sub(" ", text.casefold().translate(_PLAIN_LETTERS)).strip()


@cache
def _available() -> frozenset[str]:
    return frozenset(key for key in zoneinfo.available_timezones() if not key.startswith(_NOT_FOR_PEOPLE))


def _clock(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None


@cache
def _keys() -> dict[str, str]:
    """The present key for every key in lower case."""
    from babel.core import get_global

    aliases = get_global("zone_aliases")
    available = _available()

    def present(key: str) -> str:
        target = aliases.get(key, key)
        target = "UTC" if target in ("Etc/UTC", "Etc/GMT") else target
        return target if target in available else key

    return {key.casefold(): present(key) for key in available}


@cache
def _atlas() -> _Atlas:
    """The cities, Babel's English names and the clock of every zone, read at the first use.

    That takes 40 ms, and 85 ms where the zones come from the tzdata package alone.
    """
    from babel import Locale
    from babel.core import get_global

    english = Locale("en")
    territory_of = get_global("zone_territories")
    keys_of: dict[str, list[str]] = {}
    for key, zone in _keys().items():
        keys_of.setdefault(zone, []).append(_fold(key))
    clocks = {zone: clock for zone in keys_of if not zone.startswith("Etc/") and (clock := _clock(zone))}
    exemplars = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in clocks}
    for key, names in english.time_zones.items():
        if "city" in names and (zone := _keys().get(key.casefold(), "")) in exemplars:
            exemplars[zone] = names["city"]
    exemplars["UTC"] = "Coordinated Universal Time"
    country_names = {
        code: (name, _fold(name), *_FURTHER_COUNTRY_NAMES.get(code, ()))
        for code, name in (dict(english.territories) | _SHORTER_COUNTRY_NAMES).items()
        if len(code) == 2
    }

    places: list[_Place] = []
    leads: dict[str, _Place] = {}

    def add(names: tuple[str, ...], zone: str, country: str) -> None:
        folded = tuple(map(_fold, names))
        lead = zone not in leads and _fold(exemplars[zone]) in folded
        words = [*folded, *country_names.get(country, ())[1:], *(keys_of[zone] if lead else ())]
        place = _Place(zone, country, names, folded, " " + " ".join(words), lead)
        places.append(place)
        if lead:
            leads[zone] = place

    add((exemplars["UTC"],), "UTC", "")
    rows = [row for row in _city_rows() if row[1] in clocks]
    named = {(zone, _fold(name)) for names, zone, _ in rows for name in names}
    homeless = {zone for zone in clocks if (zone, _fold(exemplars[zone])) not in named} - leads.keys()
    for names, zone, country in rows:
        if zone in homeless and zone not in leads:
            add((exemplars[zone],), zone, territory_of.get(zone, country))
        add(names, zone, country)
    ranked = len(places) - 1
    for zone in sorted(homeless - leads.keys()):
        add((exemplars[zone],), zone, territory_of.get(zone, ""))
    places.append(places.pop(0))
    return _Atlas(places, ranked, leads, clocks, country_names)


def _city_rows() -> Iterable[tuple[tuple[str, ...], str, str]]:
    for line in Path(__file__).with_name("cities.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            names, zone, country = line.split("\t")
            yield tuple(names.split("|")), zone, country
