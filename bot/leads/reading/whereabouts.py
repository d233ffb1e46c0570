"""Where the job is, and from where somebody remote may do it."""

import re

from bot.leads.lead import WorkMode
from bot.leads.reading.gazetteer import Sort, folded
from bot.leads.reading.modes import NO_REMOTE, modes_in
from bot.leads.reading.places import Place, find_places
from bot.leads.reading.segments import About, Segment
from bot.leads.reading.structure import PostText, Read
from bot.leads.reading.titles import head_of, is_title

_ZONE = re.compile(
    r"\b(?:(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|CST|MST|EET|BST|AEST|AEDT|IST|ET|PT|CT)\b(?:\s?(?:[+\-−–±]|\+/-|\+-|\+\\-|plus/minus)+\s?\d{1,2}(?:(?::|h|\.)\d\d)?)?(?:\s?(?:h|hrs?|hours?)\b)?"
    r"(?:\s?(?:to|-|–|—|/|and|or|through|\.\.)\s?(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|CST|MST|EET|BST|AEST|ET|PT|CT|IST)?\s?(?:[+\-−–±]\s?)?\d{0,2})?"
    r"|(?:[+\-−–±]|\+/-)\s?\d{1,2}\s?(?:h|hrs?|hours?)?\s?(?:of |from )?(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|CST|EET|BST|AEST|ET|PT)\b)"
)
_AROUND = re.compile(r"(?i)\b(?:time ?zones?|hours?|overlap|tz)\b")
_REMOTE = re.compile(
    r"(?i)\b(?:100%[ -]|fully[ -]|full[ -])?remot(?:e|ely|o)(?:[ -](?:work|friendly|first|only|ok|okay|possible|position|role|option|available|job)s?)?\b|\bwfh\b|\bwork from (?:home|anywhere)\b|\bdistributed\b"
)
_OR = re.compile(r"(?i)^\s*(?:[,;+&/|]|\bor\b|\band\b|[-–—])+\s*$")
_TIED = re.compile(
    r"(?i)^\s*(?:[-–—:,/]|\bin\b|\bwithin\b|\bfrom\b|\bacross\b|\banywhere in\b|\binside\b|\bfor\b|\bthe\b|\bto\b|\(|\[|\bonly\b|\bbased\b|\bok\b|\bok in\b|\bany(?:where)?\b|\bof\b|\baround\b|\bthroughout\b|\bUS-based\b)*\s*$"
)
_SCOPE_NOISE = re.compile(
    r"(?i)\b(?:only|strictly|please|candidates|applicants|residents|citizens|based|remote|remotely|fully|100%|preferred|located|must be|ok|okay|welcome|friendly|full[- ]time|contract|in|within|from|positions?|also|considered|available|possible|work)\b"
)
_BRACKET_AFTER = re.compile(r"\s*[(\[]([^()\[\]]{1,90})[)\]]")
_HQ = re.compile(r"(?i)\b(?:hq|headquarter\w*|based in|offices? in|we are in)\b")
_BODY_SCOPE = (
    re.compile(
        r"(?i)\b(?:remote|remotely|work)\b[^.\n]{0,30}?\b(?:within|anywhere in|from anywhere in|across|in|from)\s+(?:the )?([A-Z][^.,;:\n()]{1,50})"
    ),
    re.compile(
        r"(?i)\b(?:must|should|need to|have to|can|candidates?|applicants?|you|ideally|only)\b[^.\n]{0,50}?\b(?:be |are )?(?:based|located|reside|live|residing|living|resident)\s*(?:in|within|anywhere in|inside|somewhere in)?\s+(?:the )?([A-Z][^.,;:\n()]{1,50})"
    ),
    re.compile(r"(?i)\bremote\W{1,3}\(?([A-Z][^.;:\n()]{1,40})\)?"),
    re.compile(
        r"(?i)\b((?:US|U\.S\.|USA|EU|UK|Europe|Canada)[- ](?:based )?(?:only|residents? only|citizens? only|candidates? only))\b"
    ),
)
_ANYWHERE = re.compile(
    r"(?i)\b((?:from |be )?anywhere in the world|worldwide|(?:from|work) anywhere(?! in)|anywhere on earth|globally)\b"
)
_OFFICE = re.compile(
    r"(?i)\b(?:offices?|headquarter\w*|hq|based|located|team|position is|role is|jobs? (?:is|are)|work|on-?site|in[- ]person|hybrid|hiring|positions?|roles?|opportunit\w+|move|relocate|us|studio|lab)\b[^.\n]{0,40}?\b(?:in|at|near|from|to|is)\s+(?:the |downtown |central |our |sunny |beautiful )?$"
)
_LOCATION_LABEL = re.compile(
    r"^\W*(?:(?:work|job|office) )?(?:locations?|where|place|based|office|city|offices)\b[^:\n]{0,20}[:=–—-]\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)


_PERMIT = re.compile(r"(?i)\b(?:authori[sz]\w+|eligib\w+|legal\w*|right to|permit\w*|visas?|clearance)\b")
_SAME_ZONE = re.compile(r"(?i)\b(?:or|and|within|\+/?-)\b.{0,20}\b(?:time ?zones?|hours)\b")
_HQ_BEFORE = re.compile(r"(?i)\b(?:hq|headquarter\w*)\b[^|]{0,12}$")
_NO_PLACE_AFTER = re.compile(
    r"(?i)\s*(?:[-–]\s*)?(?:based )?(?:work (?:auth\w*|permit|visa)|citizen\w*|passport|national\w*|residen\w*|security clearance|(?:and \w+ )?hq\b|headquarter|persons?\b)"
)


def _is_no_workplace(text: str, place: Place) -> bool:
    """Whether a place is named for something else: where the headquarters are, whose citizen one must be."""
    before, after = text[max(0, place.start - 30) : place.start], text[place.end : place.end + 30]
    if _NO_PLACE_AFTER.match(after) and (place.sort is not Sort.CITY or _REMOTE.search(text)):
        return True
    return _HQ_BEFORE.search(before) is not None and _REMOTE.search(text) is not None


def _lies_in(city: Place, land: Place) -> bool:
    return any(code == land.codes[0] or code[:2] == land.codes[0] for code in city.codes[:1])


class Whereabouts:
    """What a post says of places: collected part by part, then answered as two fields."""

    def __init__(self, post: PostText, segments: list[Segment], modes: frozenset[WorkMode]) -> None:
        self.locations: list[tuple[str, str]] = []
        self.scopes: list[tuple[str, str]] = []
        self.loose: list[tuple[Place, str]] = []
        """Lands and regions that stand by themselves in a header."""
        self.modes = modes
        self._read_header(segments)
        self._read_labels(post)
        self._settle_loose()
        if not self.locations and not self.scopes:
            self._read_first_lines(post)
        if not self.locations:
            self._read_lines_of_jobs(post)
        if not self.locations and not self.scopes and modes != {WorkMode.REMOTE}:
            self._read_prose(post)
        if WorkMode.REMOTE in modes and not self.scopes:
            self._read_prose_scope(post)

    def _read_header(self, segments: list[Segment]) -> None:
        named = False
        for index, one in enumerate(segments):
            if one.about is About.OTHER and ((index == 0 and len(segments) > 1) or len(one.text) > 160):
                bracket = re.search(r"[(\[][^()\[\]]*(?i:remote|on-?site|hybrid)[^()\[\]]*[)\]]", one.text)
                if bracket:
                    self._read_part(bracket[0].strip("()[]"))
                continue
            if one.about is About.OTHER and not one.places and not _ZONE.search(one.text):
                continue
            if one.about is About.ROLES and not named:
                named = True
            self._read_part(one.text)

    def _read_part(self, text: str) -> None:
        """One part of a header, such as "Berlin or REMOTE (EU)"."""
        text = re.sub(r"https?://\S+", lambda match: " " * len(match[0]), text)
        if "emot" in text or "EMOT" in text:
            text = NO_REMOTE.sub(lambda match: " " * len(match[0]), text)
        places = [place for place in find_places(text) if not _is_no_workplace(text, place)]
        if _SAME_ZONE.search(text) and WorkMode.REMOTE in self.modes and _REMOTE.search(text) is None:
            self.scopes.append((_tidy_scope(text), text))
            self.locations += [(place.text, text) for place in places if place.sort is Sort.CITY]
            return
        remote = _REMOTE.search(text)
        taken: list[tuple[int, int]] = []
        scoped = False
        while remote is not None and not scoped:
            scoped = self._scope_beside(text, remote, places, taken)
            remote = _REMOTE.search(text, remote.end())
        modes = modes_in(text)
        for place in places:
            if any(start <= place.start < end for start, end in taken) or place.sort is Sort.WORLD:
                continue
            alone = place.sort in (Sort.STATE, Sort.PART) and WorkMode.REMOTE not in modes.modes
            if place.sort in (Sort.NATION, Sort.AREA, Sort.STATE, Sort.PART) and not alone:
                if not any(_lies_in(city, place) for city in places if city.sort is Sort.CITY):
                    self._land(text, place, modes.modes)
            else:
                self.locations.append((place.text, text))
        self._unknown_cities(text, places, taken)

    def _scope_beside(
        self, text: str, remote: re.Match[str], places: list[Place], taken: list[tuple[int, int]]
    ) -> bool:
        """The limit written after or before "remote"."""
        bracket = _BRACKET_AFTER.match(text, remote.end())
        if bracket and not _HQ.search(bracket[1]):
            scope = self._scope_of(bracket[1])
            if scope:
                self.scopes.append((scope, text[remote.start() : bracket.end()]))
                taken.append((bracket.start(), bracket.end()))
                return True
        rest_places = [place for place in places if place.start >= remote.end()]
        if rest_places and not (bracket and rest_places[0].start > bracket.end()):
            first = rest_places[0]
            gap = text[remote.end() : first.start]
            if _TIED.match(gap) and (first.sort is not Sort.CITY):
                end = first.end
                for place in rest_places[1:]:
                    if _OR.match(text[end : place.start]) and place.sort is not Sort.CITY:
                        end = place.end
                    else:
                        break
                tail = re.match(
                    r"(?i)\s*(?:and similar )?(?:time ?zones?|hours|time|TZ)\b(?: overlap)?|\s*[-–]\s*(?:EST|PST|CST|CET)\b[^|;,]{0,20}|\s*\([^()]{0,60}\)",
                    text[end:],
                )
                stop = end + (tail.end() if tail else 0)
                self.scopes.append((_tidy_scope(text[first.start : stop]), text[remote.start() : stop]))
                taken.append((first.start, stop))
                return True
        zone = _ZONE.search(text, remote.end())
        if (
            zone
            and len(text[remote.end() : zone.start()].split()) <= 5
            and "|" not in text[remote.end() : zone.start()]
        ):
            start = zone.start()
            stop = zone.end()
            if more := re.match(r"(?i)\s*(?:time ?zones?|hours|timezone)", text[stop:]):
                stop += more.end()
            self.scopes.append((_tidy_scope(text[start:stop]), text[remote.start() : stop]))
            taken.append((start, stop))
            return True
        before = [place for place in places if place.end <= remote.start()]
        if before and before[-1].sort is not Sort.CITY:
            last = before[-1]
            gap = text[last.end : remote.start()]
            if re.fullmatch(
                r"(?i)[\s\-–—:,(\[/]*(?:only|based|wide)?[\s\-–—:,(\[/]*(?:fully|100%)?\s*", gap
            ) and not gap.startswith(" / "):
                start = last.start
                for place in reversed(before[:-1]):
                    if _OR.match(text[place.end : start]) and place.sort is not Sort.CITY:
                        start = place.start
                    else:
                        break
                self.scopes.append((_tidy_scope(text[start : last.end]), text[start : remote.end()]))
                if self.modes <= {WorkMode.REMOTE} or not (modes_in(text).modes - {WorkMode.REMOTE}):
                    taken.append((start, last.end))
                return True
        return False

    def _scope_of(self, text: str) -> str | None:
        """What a bracket after "remote" says of where, or None where it says something else."""
        places = find_places(text)
        lands = [place for place in places if place.sort is not Sort.CITY]
        zone = _ZONE.search(text)
        if (
            not places
            and not zone
            and not re.search(r"(?i)\b(?:time ?zones?|overlap|anywhere|hours)\b", text)
        ):
            return None
        if places and not lands and not zone:
            return None
        if zone and zone.start() < 6:
            # "AEST +- 3 hours - Australia, Japan": the rest only explains it.
            cut = re.search(r"\s[-–—]\s(?=[A-Za-z])", text[zone.start() + 3 :])
            if cut and len(text) > zone.start() + 3 + cut.end() + 12:
                text = text[: zone.start() + 3 + cut.start()]
        return _tidy_scope(text)

    def _land(self, text: str, place: Place, modes: frozenset[WorkMode]) -> None:
        others = modes - {WorkMode.REMOTE}
        if WorkMode.REMOTE in modes and not others:
            # "Austria or Remote": the land is the other choice.
            beside = text[max(0, place.start - 14) : place.start] + "·" + text[place.end : place.end + 14]
            if re.search(r"(?i)\bremote\W*\bor\W*·|·\W*\bor\b\W*(?:fully |100% )?remote|· / (?:fully |100% )?remote", beside):
                self.locations.append((place.text, text))
            else:
                self.scopes.append((_tidy_scope(place.text), text))
        else:
            self.loose.append((place, text))

    def _settle_loose(self) -> None:
        """A land alone is the limit where all is remote, the place of work where nothing is, else both."""
        others = self.modes - {WorkMode.REMOTE}
        remote = WorkMode.REMOTE in self.modes
        if not self.loose:
            return
        if remote and not self.scopes and (not self.locations or others):
            lands = [place.text for place, text in self.loose]
            text = self.loose[0][1]
            whole = text if len(lands) > 1 and all(text == other for _, other in self.loose) else ""
            start, end = self.loose[0][0].start, self.loose[-1][0].end
            scope = _tidy_scope(whole[start:end]) if whole else ", ".join(lands)
            self.scopes.append((scope, text))
            if not others:
                return
        for place, text in self.loose:
            if place.sort is not Sort.WORLD and not (remote and not others and self.scopes):
                self.locations.append((place.text, text))

    def _unknown_cities(self, text: str, places: list[Place], taken: list[tuple[int, int]]) -> None:
        """Names between known cities in a list are places too."""
        cities = [place for place in places if place.sort is Sort.CITY]
        if len(cities) < 2 or len(text) > 200:
            return
        for match in re.finditer(
            r"(?:^|[,/;|]|\bor\b|\band\b|&)\s*([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})\s*(?=[,/;|]|$|\bor\b|\band\b|&|\()",
            text,
        ):
            start, end = match.span(1)
            if any(place.start < end and start < place.end for place in places) or any(
                a <= start < b for a, b in taken
            ):
                continue
            if modes_in(match[1]).modes or re.search(
                r"(?i)\b(?:full|part|time|visa|hq|only|office|engineer|developer|remote|salary|equity|senior|contract|onsite|hybrid)\b",
                match[1],
            ):
                continue
            if cities[0].start < start < cities[-1].end or (start < cities[0].start and len(cities) >= 2):
                self.locations.append((match[1], text))

    def _read_labels(self, post: PostText) -> None:
        for label in _LOCATION_LABEL.finditer(post.body[:6_000]):
            if len(label[1]) < 200:
                self._read_part(label[1])
        if not post.piped and (first := _LOCATION_LABEL.match(post.header)):
            self._read_part(first[1])

    def _read_first_lines(self, post: PostText) -> None:
        for line in post.lines[1:4]:
            if len(line.text) < 90:
                places = find_places(line.text)
                if places and sum(place.end - place.start for place in places) > len(line.text) * 0.5:
                    self._read_part(line.text)
        self._settle_loose()

    def _read_lines_of_jobs(self, post: PostText) -> None:
        """Places beside titles, or with nothing but a link beside them, in lines of their own."""
        for line in post.lines[1:80]:
            if len(line.text) > 400 or line.start < len(post.text) - len(post.body):
                continue
            text = line.text
            titled = head_of(text[:120]) is not None and is_title(re.split(r"\s*(?:[(|:]|\s[-–—]\s|https?:)", text[:160])[0], strict=True)
            if "|" in text and titled or re.search(r"\w \([^()]*\)\W*$", text) and titled:
                for part in re.split(r"\||\s[-–—]\s|(?=\()|(?<=\))", text)[1:]:
                    if len(part) < 80 and (places := find_places(part)):
                        self.locations += [(place.text, text) for place in places if place.sort is not Sort.WORLD and not re.search(r"(?i)remote[^/|]*$", part[: place.start]) and (place.sort is Sort.CITY or "/" in part)]
            elif "http" in text or line.bullet:
                words = re.sub(r"https?://\S+", "", text).strip(" -–—:•")
                places = find_places(words)
                if places and sum(place.end - place.start for place in places) > 0.6 * len(words):
                    self.locations += [(place.text, text) for place in places if place.sort is Sort.CITY]

    def _read_prose(self, post: PostText) -> None:
        text = post.words[:5_000]
        for place in find_places(text, header=False):
            if place.sort in (Sort.CITY, Sort.STATE, Sort.PART) and _OFFICE.search(
                text[max(0, place.start - 90) : place.start]
            ):
                end = place.end
                self.locations.append((place.text, text[max(0, place.start - 40) : end]))
                for other in find_places(text[end : end + 80], header=False):
                    if _OR.match(text[end : end + other.start]) is None:
                        break
                    self.locations.append((other.text, text[end : end + other.end]))
                    text = text[:end] + text[end:]
                    break
                if len(self.locations) > 5:
                    return

    def _read_prose_scope(self, post: PostText) -> None:
        body = post.words[len(post.text) - len(post.body) :][:6_000] if post.piped else post.words[:6_000]
        for pattern in _BODY_SCOPE:
            for match in pattern.finditer(body):
                lands = [
                    place for place in find_places(match[1], header=False) if place.sort is not Sort.CITY
                ]
                if lands and lands[0].start < 5:
                    end = lands[0].end
                    for place in lands[1:]:
                        if _OR.match(match[1][end : place.start]):
                            end = place.end
                    self.scopes.append((_tidy_scope(match[1][lands[0].start : end]), match[0].strip()))
                    return
        if match := _ANYWHERE.search(body):
            self.scopes.append((match[1], match[0]))


def _tidy_scope(text: str) -> str:
    plain = re.sub(
        r"(?i)\b(?:only|strictly|preferred|please|candidates?|applicants?|residents?|citizens?|based|remote(?:ly)?|full[- ]?time|located|must be|fully|friendly)\b",
        " ",
        text,
    )
    plain = re.sub(r"\s{2,}", " ", plain).strip(" ,;:-–—/|().[]&+").strip()
    plain = re.sub(r"(?i)^(?:in|within|from|the|anywhere in|across)\s+(?:the )?", "", plain)
    if text.count("(") == text.count(")") and "(" in plain and ")" not in plain:
        plain += ")"
    return plain or text.strip()


_SHORT = {
    "la": "los angeles", "dtla": "los angeles", "sf": "san francisco", "ssf": "san francisco",
    "nyc": "new york", "ny": "new york", "new york city": "new york", "manhattan": "new york", "dc": "washington",
    "philly": "philadelphia", "hcmc": "ho chi minh city", "bangalore": "bengaluru", "usa": "united states",
    "us": "united states", "uk": "united kingdom", "cdmx": "mexico city", "atx": "austin",
}  # fmt: skip


def read_locations(where: Whereabouts) -> Read[tuple[str, ...]] | None:
    """The places of work, each once."""
    kept: dict[str, str] = {}
    quotes: list[str] = []
    for name, quote in where.locations:
        name = name.strip(" ,;")
        short = folded(re.split(r"[,(]| - ", name)[0])
        key = _SHORT.get(short, short)
        if not key:
            continue
        if key not in kept:
            kept[key] = name
            quotes.append(quote.strip())
        elif len(name) > len(kept[key]) and kept[key] in name:
            kept[key] = name
    if not kept:
        return None
    return Read(tuple(kept.values()), " … ".join(dict.fromkeys(quotes)))


def read_remote_scope(where: Whereabouts) -> Read[str] | None:
    """Where somebody remote may be, as it is stated."""
    if not where.scopes or WorkMode.REMOTE not in where.modes:
        return None
    named = dict.fromkeys(scope for scope, _ in where.scopes if scope)
    if not named:
        return None
    scope = (
        next(iter(named)) if len(named) == 1 or len(where.scopes[0][0]) > 12 else "; ".join(list(named)[:3])
    )
    return Read(scope[:80], where.scopes[0][1].strip())
