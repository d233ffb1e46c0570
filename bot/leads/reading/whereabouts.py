"""Where the job is, and from where somebody remote may do it: both are read in one walk."""

import re
from collections.abc import Sequence

from bot.leads.lead import WorkMode
from bot.leads.reading.gazetteer import Sort, folded
from bot.leads.reading.modes import NO_REMOTE, modes_in
from bot.leads.reading.place_lines import places_of_lines, places_of_prose
from bot.leads.reading.places import Place, find_places
from bot.leads.reading.scopes import OR, REMOTE, ZONE, Scope, scope_beside, scope_in_prose, tidy_scope
from bot.leads.reading.segments import About, Segment
from bot.leads.reading.structure import APART, PostText, Read
from bot.leads.reading.terms import MONEY

_LONGEST_SCOPE = 80
_LONGEST_PART = 160

_LANDS = frozenset({Sort.NATION, Sort.AREA, Sort.STATE, Sort.PART})
_SAME_ZONE = re.compile(r"\b(?:or|and|within|\+/?-)\b.{0,20}\b(?:time ?zones?|hours)\b", re.IGNORECASE)
_HQ_BEFORE = re.compile(r"\b(?:hq|headquarter\w*)\b[^|]{0,12}$", re.IGNORECASE)
_NO_PLACE_AFTER = re.compile(
    r"\s*(?:[-–]\s*)?(?:based )?(?:work (?:auth\w*|permit|visa)|citizen\w*|passport|"
    r"national\w*|residen\w*|security clearance|"
    r"(?:and \w+ )?hq\b|headquarter|persons?\b|candidates\b|government\b)",
    re.IGNORECASE,
)
_SOME_PLACES = re.compile(r"\b(?:multiple|various|several|many)\b.*\blocations\b", re.IGNORECASE)
_OTHER_CHOICE = re.compile(
    r"\bremote\W*\bor\W*·|·\W*\bor\b\W*(?:fully |100% )?remote|· / (?:fully |100% )?remote", re.IGNORECASE
)
_ASIDE = re.compile(
    r"\s*\([^()]*\b(?:team|although|though|mostly|company|founders?|we)\b[^()]*\)", re.IGNORECASE
)
_OTHER_MODE_BEFORE = re.compile(
    r"\b(?:hybrid|on-?site|in-person)\W{1,3}(?:and |or )?$|(?:\bor|/|\band)\s*$", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")
_WORKED = re.compile(r"remote|on-?site|hybrid|in[- ]person|office", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:^[^\w\n]*(?:(?:work|job|office) )?(?:locations?|where|place|based|office|city|"
    r"offices)\b[^:\n]{0,20}[:=–—-]|\bLocations?:)\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_IN_LIST = re.compile(
    r"(?:^|[,/;|]|\bor\b|\band\b|&)\s*([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})\s*(?=[,/;|"
    r"(]|$|\bor\b|\band\b|&)"
)
_NO_TOWN = re.compile(
    r"\b(?:full|part|time|visa|hq|only|office|engineer|developer|remote|salary|equity|"
    r"senior|contract|onsite|hybrid|worldwide|relocation)\b",
    re.IGNORECASE,
)
_SHORT = {
    "la": "los angeles", "dtla": "los angeles", "sf": "san francisco", "ssf": "san francisco",
    "sfo": "san francisco", "nyc": "new york", "ny": "new york", "new york city": "new york",
    "manhattan": "new york", "dc": "washington", "washington dc": "washington", "philly": "philadelphia",
    "hcmc": "ho chi minh city", "bangalore": "bengaluru", "usa": "united states", "us": "united states",
    "uk": "united kingdom", "cdmx": "mexico city", "atx": "austin",
}  # fmt: skip


class Whereabouts:
    """What a post says of places: collected part by part, then answered as two fields."""

    def __init__(self, post: PostText, segments: Sequence[Segment], modes: frozenset[WorkMode]) -> None:
        self.modes = modes
        self._remote = WorkMode.REMOTE in modes
        self._only_remote = modes == {WorkMode.REMOTE}
        self._places: list[tuple[str, str]] = []
        self._scopes: list[tuple[str, str]] = []
        self._lands: list[tuple[Place, str]] = []
        """Lands that stand by themselves in a header: what they are is settled when all is read."""
        self._perhaps: list[tuple[Place, str]] = []
        """Limits of remote work beside which another mode stands: places of work, if there are no others."""
        for index, one in enumerate(segments):
            self._read_segment(one, first=index == 0 and len(segments) > 1)
        for label in _LABEL.finditer(
            post.text[: len(post.header) if not post.piped else 0] + post.body[:6_000]
        ):
            if len(label[1]) < 200:
                self._read_part(label[1])
        self._settle_lands()
        self._read_body(post)

    def _read_segment(self, one: Segment, *, first: bool) -> None:
        if one.about is About.OTHER and (first or len(one.text) > _LONGEST_PART):
            for bracket in _BRACKETED.finditer(one.text[:300]):
                places = find_places(bracket[1])
                full = sum(place.end - place.start for place in places) > 0.6 * len(bracket[1])
                if full or _WORKED.search(bracket[1]):
                    self._read_part(bracket[1])
        elif one.about is About.OTHER and MONEY.match(one.text):
            return
        elif one.places or one.about is not About.OTHER or ZONE.search(one.text):
            self._read_part(one.text)

    def _read_part(self, text: str) -> None:
        """One part of a header, such as "Berlin or REMOTE (EU)"."""
        text = re.sub(r"https?://\S+", _blank, text)
        if "emot" in text or "EMOT" in text:
            text = NO_REMOTE.sub(_blank, text)
        if _SOME_PLACES.search(text):
            return
        places = [place for place in find_places(text) if not _is_no_workplace(text, place)]
        remote = REMOTE.search(text)
        if remote is None and self._remote and _SAME_ZONE.search(text):
            self._scopes.append((tidy_scope(text), text))
            self._places += [(place.text, text) for place in places if place.sort is Sort.CITY]
            return
        modes = modes_in(text).modes
        taken = self._read_scopes(text, remote, places, modes)
        free = [place for place in places if not any(start <= place.start < end for start, end in taken)]
        cities = [place for place in free if place.sort is Sort.CITY]
        lands = []
        for place in free:
            if (
                place.sort is Sort.CITY
                or _stands_among(text, place, cities)
                or (place.sort in (Sort.STATE, Sort.PART) and self._is_workplace(text, place, modes))
            ):
                self._places.append((place.text, text))
            elif (
                place.sort in _LANDS
                and not any(_lies_in(city, place) for city in cities)
                and not _closes_list(text, place, cities)
            ):
                lands.append(place)
        world = [place for place in free if place.sort is Sort.WORLD]
        if world and self._remote and remote is None and len(world[0].text) > 0.6 * len(text.strip()):
            self._scopes.append((world[0].text, text))
        self._read_lands(text, lands, modes)
        self._read_unknown_towns(text, cities, places)

    def _read_scopes(
        self, text: str, remote: re.Match[str] | None, places: list[Place], modes: frozenset[WorkMode]
    ) -> list[tuple[int, int]]:
        """Keep the limit beside "remote"; answers where places stand that are nothing else."""
        taken: list[tuple[int, int]] = []
        said: list[str] = []
        while remote is not None:
            scope = scope_beside(text, remote, places)
            if scope is not None and not any(start <= scope.start < end for start, end in taken):
                said.append(scope.text)
                self._scopes.append((", ".join(said), text if len(said) > 1 else scope.quote))
                taken.append((scope.start, scope.end))
                self._perhaps += self._limits_of_others(text, remote, scope, places, modes)
            elif aside := _ASIDE.match(text, remote.end()):
                taken.append(aside.span())
            remote = REMOTE.search(text, remote.end())
        if len(said) > 1:
            del self._scopes[-len(said) : -1]
        return taken

    def _limits_of_others(
        self,
        text: str,
        remote: re.Match[str],
        scope: Scope,
        places: list[Place],
        modes: frozenset[WorkMode],
    ) -> list[tuple[Place, str]]:
        """The lands of a limit that other modes share: "Hybrid or remote (US)", "US - Remote and Hybrid"."""
        if not modes - {WorkMode.REMOTE}:
            return []
        if scope.end > remote.start() and not _OTHER_MODE_BEFORE.search(text[: remote.start()]):
            return []
        return [
            (one, text)
            for one in places
            if scope.start <= one.start < scope.end and one.sort is not Sort.WORLD
        ]

    def _is_workplace(self, text: str, place: Place, modes: frozenset[WorkMode]) -> bool:
        return WorkMode.REMOTE not in modes or place.sort is Sort.PART or bool(modes - {WorkMode.REMOTE})

    def _read_lands(self, text: str, lands: list[Place], modes: frozenset[WorkMode]) -> None:
        for group in _groups(text, lands):
            if modes != {WorkMode.REMOTE}:
                self._lands += [(place, text) for place in group]
                continue
            start, end = group[0].start, group[-1].end
            beside = f"{text[max(0, start - 14) : start]}·{text[end : end + 18]}"
            if _OTHER_CHOICE.search(beside):
                self._places += [(place.text, text) for place in group]
            else:
                self._scopes.append((tidy_scope(text[start:end]), text))

    def _settle_lands(self) -> None:
        """A land alone is the limit where all is remote, the place of work where nothing is, else both."""
        if not self._places and not self._lands:
            self._lands = self._perhaps
        if not self._lands:
            return
        if self._remote and not self._scopes and not (self._places and self._only_remote):
            (first, text), (last, other) = self._lands[0], self._lands[-1]
            apart = text != other
            scope = (
                ", ".join(place.text for place, _ in self._lands) if apart else text[first.start : last.end]
            )
            self._scopes.append((tidy_scope(scope), text))
        if not (self._only_remote and self._scopes):
            self._places += [(place.text, text) for place, text in self._lands]

    def _read_unknown_towns(self, text: str, cities: list[Place], places: list[Place]) -> None:
        """Names between known cities in a list are places too."""
        if len(cities) < 2 or len(text) > 200:
            return
        for match in _IN_LIST.finditer(text, 0, cities[-1].end):
            known = any(place.start < match.end(1) and match.start(1) < place.end for place in places)
            if (
                not known
                and "." not in match[1]
                and not _NO_TOWN.search(match[1])
                and not modes_in(match[1]).modes
            ):
                self._places.append((match[1], text))

    def _read_body(self, post: PostText) -> None:
        if not self._places:
            self._places += places_of_lines(post, only_jobs=bool(self._scopes))
        if not self._places and not self._scopes and not self._only_remote:
            self._places += places_of_prose(post)
        if self._remote and not self._scopes and (found := scope_in_prose(post)):
            self._scopes.append(found)

    def locations(self) -> Read[tuple[str, ...]] | None:
        """The places of work, each once."""
        kept: dict[str, str] = {}
        quotes: list[str] = []
        for written, quote in self._places:
            name = re.sub(r"^[Tt]he (?=[A-Z])", "", written)
            short = folded(re.split(r"[,(]| - ", name)[0])
            key = _SHORT.get(short, short)
            if key and key not in kept:
                kept[key] = name.strip(" ,;")
                quotes.append(quote.strip())
            elif key and len(name) > len(kept[key]) and kept[key] in name:
                kept[key] = name.strip(" ,;")
        if not kept:
            return None
        return Read(tuple(kept.values()), APART.join(dict.fromkeys(quotes)))

    def remote_scope(self) -> Read[str] | None:
        """Where somebody remote may be, as it is stated."""
        named = dict(reversed([one for one in self._scopes if one[0]]))
        if not named or not self._remote:
            return None
        texts = list(reversed(named))
        scope = texts[0] if len(texts[0]) > 12 else "; ".join(texts[:3])
        return Read(scope[:_LONGEST_SCOPE], named[texts[0]].strip())


def _is_no_workplace(text: str, place: Place) -> bool:
    """Whether a place is named for something else: where the headquarters are, whose citizen one must be."""
    if _NO_PLACE_AFTER.match(text, place.end) and (place.sort is not Sort.CITY or REMOTE.search(text)):
        return True
    return (
        _HQ_BEFORE.search(text[max(0, place.start - 30) : place.start]) is not None
        and REMOTE.search(text) is not None
    )


def _lies_in(city: Place, land: Place) -> bool:
    return city.codes[0] == land.codes[0] or city.codes[0][:2] == land.codes[0]


def _stands_among(text: str, land: Place, cities: list[Place]) -> bool:
    """Whether a land is one of a list of cities: "Boston, New Jersey, Seattle"."""
    return land.sort in (Sort.STATE, Sort.NATION) and any(
        OR.fullmatch(text[city.end : land.start]) or OR.fullmatch(text[land.end : city.start])
        for city in cities
        if not _lies_in(city, land)
    )


def _closes_list(text: str, place: Place, cities: list[Place]) -> bool:
    """Whether an area only says where what stands before it lies: "Ghent (EU)", "Oslo, Norway, Europe"."""
    if place.sort is not Sort.AREA or not cities or place.start < cities[-1].end:
        return False
    between = text[cities[-1].end : place.start].strip()
    return between == "(" or (between == "," and "," in cities[-1].text)


def _groups(text: str, lands: list[Place]) -> list[list[Place]]:
    """The lands, those together that are joined by a comma, a slash or a word."""
    groups: list[list[Place]] = []
    for place in lands:
        if groups and OR.fullmatch(text[groups[-1][-1].end : place.start]):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
