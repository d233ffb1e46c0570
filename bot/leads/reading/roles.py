"""The jobs a post offers: titles of the header, of lists in the body, and of sentences that name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.leads.reading.modes import modes_in
from bot.leads.reading.places import find_places
from bot.leads.reading.segments import (
    _ADDRESS,
    _EMPLOYMENT,
    _HIRING,
    _MAIL,
    _MONEY,
    About,
    Segment,
    without_terms,
)
from bot.leads.reading.structure import Line, PostText, Read
from bot.leads.reading.title_words import FIELDS, LEVELS
from bot.leads.reading.titles import (
    head_of,
    is_head,
    is_strong_head,
    is_title,
    plain_words,
    split_titles,
    tidy_title,
)

MOST = 12

_NO_JOBS_BELOW = re.compile(
    r"^\W*(?:(?:key |core |main |basic |minimum |preferred |desired |technical |our |the |your |some |ideal )*(?:requirements?|qualifications?|responsibilit\w+|benefits|perks|"
    r"tech(?:nology|nical)? ?stack|stack|skills?|about (?:us|you|the (?:company|team|role|job|position))|what (?:you|we)|who you are|who we are|you (?:have|are|will|should|might|bring)|you['’]ll|nice to have|bonus|must have|"
    r"why |how |interview|process|experience|compensation|salary|culture|values|team\b|the team|investors|founders|our team|contact|technologies|tools|we offer|we use|mission|products?\b(?! (?:manager|designer|engineer))|profile|ideal candidate|"
    r"we['’]re looking for someone|you['’]re|candidates?|duties|impact|highlights|expectations|day to day|in this role|as an? ))",
    re.IGNORECASE,
)
_JOBS_BELOW = re.compile(
    r"(?:\b(?:roles?|positions?|openings?|jobs?|vacanc\w+|opportunit\w+|hiring|looking for|seeking|recruiting|need|in the market for|searching for|titles?)\b[^.\n]{0,60}|hiring for)\s*[:–—-]?\s*$",
    re.IGNORECASE,
)
_LINE_LABEL = re.compile(
    r"^\W*(?:(?:open |current |available |key |priority |our |new |job |hiring |urgent |immediate |active |engineering |eng |multiple |technical |tech |remote |high[- ]priority )*(?:roles?|positions?|openings?|jobs?|titles?|hiring(?: for)?|vacanc(?:y|ies)|opportunit(?:y|ies)|looking for|seeking|we need|openings include|opening)"
    r"(?: (?:include|are|open|available|we are hiring for|we['’]re hiring for|now|currently|title|name|for)\w*)*(?: \([^()\n]{0,30}\)| #?\d{1,2})?)\s*[:=–—]\s*(\S.*)$",
    re.IGNORECASE,
)
_TRIGGER = re.compile(
    r"(?:\b(?:hiring|looking for|looking to (?:hire|add|bring on|fill|recruit|expand)|seeking|searching for|recruiting|in (?:need|search) of|on the lookout for|on the hunt for|"
    r"(?:we|i|team) (?:also )?(?:need|want)s?|needs|hire|openings? for|opportunit(?:y|ies) for|positions? (?:open )?for|positions? (?:include|are|available|open)|roles? (?:include|are|available|open)|"
    r"(?:open|available|current|new|following) (?:roles?|positions?|openings?)(?: (?:on|in) (?:my|our|the) team)?(?: (?:include|are|is|for|as))?|interested in|role (?:open )?(?:on|in) (?:my|our|the) team|join (?:us|our team|the team) as|to join (?:us|our team) as|work as|roles? for|role of|position of|adding|"
    r"bringing on|add|have (?:an? )?(?:\w+ )?(?:opening|role|position|spot)s? (?:open )?(?:for|as))(?: for| to fill| to hire)?|\bas (?:an?|our|the)(?: first| next| new| founding)?(?= [A-Z])|\b(?:we['’]re|we are) after)\b[:\s•*-]*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.!?](?:\s|$)|\n\n|\bhttps?:|\s[(]?(?:who|whom|which|that|with|to|in|at|on|for|based|from|located|whose|as|using|across all|excited|passionate|interested|proficient|experienced|familiar|capable|comfortable|able|working|building|"
    r"and (?:help|build|more|many|other|anyone|people|someone|we|you|i|if|are|have|a few other)|we|you|ranging|skilled|versed|but|so|because|since|if|where|when|while|located|remotely|remote|onsite|on-site|hybrid|full[- ]time|part[- ]time|joining|join|could|can|will|is|are|or anyone|among|plus more|ideally|preferably|including|specializing|focus\w*|responsible|both)\b|\s[-–—]{1,2}\s|;|\|",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:\((?:[^()]{0,60})\)|\[[^\[\]]{0,60}\])\s*$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is written, and the words around it."""

    text: str
    quote: str


def read_roles(post: PostText, segments: list[Segment]) -> Read[tuple[str, ...]] | None:
    """Up to twelve titles, each once. The header's give way where the body lists the same jobs in full."""
    header = list(_of_header(post, segments))
    listed = list(_of_lists(post))
    told = [] if header and listed else list(_of_sentences(post))
    if listed and not header:
        titles = (
            _once([*listed, *[title for title in told if not _covered(title, listed)]])
            if len(listed) < 2
            else _once(listed)
        )
    elif listed:
        titles = _once([*[title for title in header if not _covered(title, listed)], *listed])
    elif header:
        fuller = _once(told)
        bare = all(_is_bare(title.text) for title in header)
        titles = (
            _once([*[t for t in header if not _covered(t, fuller)], *fuller])
            if bare and fuller and _all_covered(header, fuller) and len(fuller) > 1
            else _once(header)
        )
    else:
        titles = _once(told)
    if not titles:
        return None
    titles = titles[:MOST]
    return Read(
        tuple(title.text for title in titles), " … ".join(dict.fromkeys(title.quote for title in titles))
    )


def _of_header(post: PostText, segments: list[Segment]) -> Iterator[Title]:
    for one in segments:
        if one.about is About.ROLES:
            yield from _titles(one.text, one.text)
    if not any(one.about is About.ROLES for one in segments):
        for one in segments:
            if one.about is About.OTHER and post.piped and (match := _TRIGGER.search(one.text)):
                yield from _titles(one.text[match.end() :], one.text)


def _titles(text: str, quote: str) -> Iterator[Title]:
    text = _HIRING.sub("", _ADDRESS.sub(" ", _MAIL.sub(" ", text)))
    text = re.sub(
        r"^[^:]{0,25}\b(?:roles?|positions?|hiring|various|multiple|for)\s*:\s*\[?",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        r"\s*\b(?:and|&|\+|,)\s+(?:more|others?|many (?:more|others)|etc\.?)\W*$",
        "",
        text.strip(" []"),
        flags=re.IGNORECASE,
    )
    for title in split_titles(text):
        plain = _without_terms(title)
        if plain and (head_of(plain) is None or is_title(plain)):
            yield Title(plain, quote[:200])


def _without_terms(title: str) -> str:
    """A title without pay, place, mode and employment after it or in a bracket."""
    title = _MONEY.sub("", title) if _MONEY.search(title) else title
    while (tail := _TAIL.search(title)) and _is_terms(tail[0]):
        title = title[: tail.start()]
    title = re.sub(
        r"(?i)[\s,(–—-]+(?:remote|on-?site|hybrid|full[- ]?time|part[- ]?time|contract|in[- ]person)\b\W*$",
        "",
        title,
    )
    title = re.sub(
        r"(?i)^(?:remote|on-?site|hybrid|full[- ]?time|part[- ]?time|contract)\b[\s,:–—-]+(?=\w)", "", title
    )
    pieces = re.split(r"(\s+[-–—@]+\s+|,\s+|\s+(?:in|at|near|for)\s+(?=[A-Z]))", title)
    while len(pieces) > 1 and _is_terms(pieces[-1]) and find_or_mode(pieces[-1]):
        pieces = pieces[:-2]
    if len(pieces) > 1 and re.fullmatch(r"\s+(?:at|@)\s+", pieces[-2]):
        pieces = pieces[:-2]
    return tidy_title("".join(pieces))


def find_or_mode(text: str) -> bool:
    """Whether a piece names a place or a mode at all."""
    return bool(find_places(text) or modes_in(text).modes or _EMPLOYMENT.search(text) or _MONEY.search(text))


def _is_terms(text: str) -> bool:
    bare = text.strip(" ()[],-–—@")
    if not bare or re.fullmatch(r"(?i)[mfwdx](?:\s*[/|*]\s*[mfwdx]\w*)+|all genders|gn", bare):
        return False
    return not without_terms(bare, find_places(bare)).strip(" ()[]|,;:.-–—/&+*") and find_or_mode(bare)


def _of_lists(post: PostText) -> Iterator[Title]:
    """Titles that stand in lines of their own, under a heading, or with a link or pay beside them."""
    lines = [line for line in post.lines if line.start >= len(post.text) - len(post.body)]
    below_jobs, below_other = False, False
    found: list[tuple[Line, list[Title], bool]] = []
    for index, line in enumerate(lines):
        text = line.text.strip("*_ ")
        if not text:
            continue
        if label := _LINE_LABEL.match(text):
            titles = list(_of_label(label[1], text))
            if titles:
                found.append((line, titles, True))
                below_other = False
                continue
        titles, whole = _line_titles(line)
        if titles:
            if (
                below_other
                and not (whole and line.bullet == "" and _has_link(text))
                and not (whole and not line.bullet and len(text) < 60)
            ):
                continue
            sure = below_jobs or (
                whole and (line.bullet == "" or _has_link(text) or bool(_MONEY.search(text)))
            )
            found.append((line, titles, sure))
            if not line.bullet and whole:
                below_other = False
            continue
        if _JOBS_BELOW.search(text) and len(text) < 220 and not _NO_JOBS_BELOW.match(text):
            below_jobs, below_other = True, False
        elif _NO_JOBS_BELOW.match(text) and len(text) < 120:
            below_jobs, below_other = False, True
        elif not line.bullet and len(text) > 160:
            below_jobs = below_jobs and index + 1 < len(lines) and bool(lines[index + 1].bullet)
    bullets = sum(not sure for _, _, sure in found)
    for _, titles, sure in found:
        if sure or bullets >= 2:
            yield from titles


def _has_link(text: str) -> bool:
    return _ADDRESS.search(text) is not None


def _of_label(rest: str, quote: str) -> Iterator[Title]:
    rest = _ADDRESS.sub(" ", rest)
    cut = re.search(r"\.\s|\.$|\bwho\b|\bto (?:help|join|work|build)\b", rest)
    if cut and cut.start() > 2:
        rest = rest[: cut.start()]
    if len(rest) < 600:
        yield from _sure(_titles(rest, quote))


def _sure(titles: Iterator[Title]) -> list[Title]:
    all_of_them = list(titles)
    return (
        all_of_them
        if any(
            is_title(title.text) and any(is_strong_head(word) for word in plain_words(title.text))
            for title in all_of_them
        )
        else []
    )


_LINE_CUT = re.compile(
    r"\s*(?:\bhttps?://|\bwww\.|\||:\s|:$|\s[-–—=]{1,3}>?\s|\s[-–—]{1,3}$|—|–\s|\s@\s|[$€£]\s?\d|\.\s|\.$|→|->|\bapply\b|\bemail\b|;\s|\?\s)",
    re.IGNORECASE,
)
_SPECIALITY = re.compile(r"^\s*(?:[-–—]{1,3}|:)\s+([^\s].{1,60}?)\s*(?:$|[|(]|https?:|:\s|\s[-–—]\s)")


def _line_titles(line: Line) -> tuple[list[Title], bool]:
    """The titles a line begins with, and whether the line says hardly anything else."""
    text = line.text.strip("*_ ").replace("**", "")
    if len(text) > 1200 or not text or not (text[0].isalnum() or text[0] in "([.*"):
        return [], False
    window = _HIRING.sub("", text[:240])
    cut = _LINE_CUT.search(window)
    portion = window[: cut.start()] if cut else window
    rest = window[cut.start() :] if cut else ""
    if not portion.strip() or len(portion) > 150:
        return [], False
    if cut is None and len(text) > 130:
        return [], False
    portion = portion.strip()
    # A title ends its bracket; what comes after it is about the job.
    described = re.match(r"([^()]{3,80}?(?:\s*\([^()]{1,60}\))?)\s*\(", portion)
    if described and not is_title(portion, strict=True) and is_title(described[1], strict=True):
        portion, rest = described[1], portion[described.end(1) :] + rest
    if head_of(portion) is None or not _in_good_form(portion, line):
        return [], False
    if rest and (more := _SPECIALITY.match(rest)) and _is_speciality(more[1]):
        whole = portion + rest[: more.end(1)]
        if is_title(whole) and not _is_terms(more[1]):
            portion, rest = whole, rest[more.end(1) :]
    titles = _sure(_titles(portion, text))
    if not titles or not all(
        head_of(title.text) is None or is_title(title.text, strict=True) for title in titles
    ):
        return [], False
    said = without_terms(_ADDRESS.sub(" ", _MAIL.sub(" ", rest)), find_places(rest)) if rest else ""
    return titles, len(plain_words(said)) <= 3


def _is_speciality(text: str) -> bool:
    words = text.split()
    return (
        len(words) <= 6
        and words[0][0].isupper()
        and not re.search(r"[.!?]|\b(?:you|we|our|your|the|a|an|is|are|build|own|help|with|to)\b", text)
        and not find_or_mode(text)
        and head_of(text) is None
    )


_GOOD_START = re.compile(r"[A-Z(]|\.NET|i?OS|\d")


def _in_good_form(portion: str, line: Line) -> bool:
    """Whether the words are written as a title is, not as the beginning of a sentence."""
    words = plain_words(portion)
    if (
        not words
        or len(words) > 12
        or words[0]
        in (
            "experience",
            "experienced",
            "ex",
            "built",
            "as",
            "no",
            "to",
            "by",
            "you",
            "cto",
            "ceo",
            "founder",
            "founders",
            "co-founder",
            "cofounder",
            "team",
            "other",
            "former",
        )
    ):
        return False
    if _GOOD_START.match(portion):
        capitals = sum(
            word[0].isupper() or not word[0].isalpha()
            for word in re.findall(r"[\w.#+]+", _TAIL.sub("", portion))
        )
        return capitals >= len(words) / 2 or len(words) <= 3 or bool(line.bullet)
    return bool(line.bullet) or (len(words) <= 4 and (words[0] in FIELDS or words[0] in LEVELS))


def _of_sentences(post: PostText) -> Iterator[Title]:
    """Titles in prose: "We're hiring platform and inference engineers to ..."."""
    text = post.words
    start = len(post.text) - len(post.body) if post.piped else 0
    for match in _TRIGGER.finditer(text, start, min(len(text), start + 6_000)):
        rest = text[match.end() : match.end() + 400]
        rest = rest.lstrip(" :\n•*-")
        cut = _end_of_list(rest)
        portion = rest[:cut].strip()
        if not portion or len(portion) > 300:
            continue
        portion = portion.replace(" • ", ", ").replace("\n", ", ")
        for title in _titles(portion, (match[0] + portion).strip()):
            if (
                is_title(title.text, strict=True)
                and any(is_strong_head(word) for word in plain_words(title.text))
                and not _is_crowd(title.text)
            ):
                yield title


def _end_of_list(rest: str) -> int:
    """Where the list of titles ends: at the first word that goes on about them, outside brackets."""
    at = 0
    while at < len(rest):
        match = _END.search(rest, at)
        if match is None:
            return min(len(rest), 300)
        before = rest[: match.start()]
        if before.count("(") > before.count(")") and match[0] != "\n\n" and ")" in rest[match.start() :]:
            at = rest.index(")", match.start()) + 1
            continue
        # "Head of Engineering", "Engineer in Test", "Engineer for Growth": a title may go on.
        if re.match(
            r"\s(?:in test|for growth|on test)\b",
            match[0] + rest[match.end() : match.end() + 8],
            re.IGNORECASE,
        ):
            at = match.end()
            continue
        return match.start()
    return len(rest)


_CROWD = re.compile(
    r"^(?:\W|\b(?:great|good|people|person|someone|talented|hackers?|best|team|members?|players?|individuals?|candidates?|experts?|partners?|contractors?|leaders?|co-?founders?|interns?|advisors?|owner|developers? like|fellow)\b)+$",
    re.IGNORECASE,
)


def _is_crowd(title: str) -> bool:
    return _CROWD.match(title) is not None and not re.search(r"(?i)intern|co-?founder|hacker", title)


_SAME = {"sr": "senior", "snr": "senior", "jr": "junior", "swe": "software engineer", "dev": "developer", "devs": "developer", "eng": "engineer", "engineering": "engineer",
         "sre": "site reliability engineer", "ml": "machine learning", "pm": "product manager", "frontend": "front end", "front-end": "front end", "backend": "back end", "back-end": "back end",
         "fullstack": "full stack", "full-stack": "full stack", "developer": "engineer", "programmer": "engineer", "em": "engineering manager"}  # fmt: skip


def _meaning(title: str) -> frozenset[str]:
    out: set[str] = set()
    for word in plain_words(title):
        word = _SAME.get(word, word)
        for part in word.split():
            part = part[:-1] if part.endswith("s") and len(part) > 3 and is_head(part) else part
            part = _SAME.get(part, part)
            out.update(part.split())
    return frozenset(
        out - {"and", "or", "of", "the", "software", "founding", "various", "m", "f", "d"}
        | ({"software"} if out <= {"software", "engineer"} else set())
    )


def _covered(title: Title, others: list[Title]) -> bool:
    """Whether a title is said more fully, or just as fully, by another one."""
    mine = _meaning(title.text) - {"senior", "staff", "lead", "principal", "junior"} - {"software"}
    for other in others:
        theirs = _meaning(other.text)
        if mine <= theirs:
            return True
        if len(mine & theirs) >= max(2, 0.6 * len(mine)) and mine & theirs - {
            "engineer",
            "manager",
            "designer",
            "scientist",
        }:
            return True
    return False


def _all_covered(titles: list[Title], others: list[Title]) -> bool:
    return all(_covered(title, others) for title in titles)


def _is_bare(title: str) -> bool:
    """Whether a title says no more than that engineers are sought."""
    return _meaning(title) <= {
        "engineer",
        "software",
        "designer",
        "manager",
        "scientist",
        "senior",
        "staff",
        "lead",
        "principal",
        "junior",
        "full",
        "stack",
    }


def _once(titles: list[Title]) -> list[Title]:
    """Each job once; what is said twice keeps the fuller words."""
    out: list[Title] = []
    for title in titles:
        mine = _meaning(title.text) | _bracketed(title.text)
        for index, other in enumerate(out):
            theirs = _meaning(other.text) | _bracketed(other.text)
            if mine == theirs or (mine < theirs and _is_bare(title.text)):
                break
            if theirs < mine and _is_bare(other.text):
                out[index] = title
                break
        else:
            out.append(title)
    return out


def _bracketed(title: str) -> frozenset[str]:
    return frozenset(
        word.lower() for part in re.findall(r"[(\[]([^()\[\]]*)", title) for word in part.split()
    )
