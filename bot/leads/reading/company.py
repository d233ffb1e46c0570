"""Who hires: the name as it is written, without tagline, batch or address."""

import re

from bot.leads.reading.places import find_places
from bot.leads.reading.segments import About, Segment
from bot.leads.reading.structure import PostText, Read
from bot.leads.reading.terms import MAIL
from bot.leads.reading.titles import is_strong_head, is_title, plain_words
from bot.leads.reading.vocabulary import words as listed

LONGEST_NAME = 60

_LABEL = re.compile(
    r"^\W*(?:company(?: name)?|employer|organi[sz]ation|startup|who)\s*[:=–—-]\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?")
_HIRES = (
    r"(?:is|are)\s+(?:\w+ly\s+)?(?:hiring|looking|seeking|recruiting|growing|expanding|searching|building|on a mission|a |an |the |in search|hoping|revolutioni[sz]ing|making|creating|changing|"
    r"developing|working|helping|transforming|currently|now|still|again|ramping|reinventing|redefining|bringing|trying|always|rapidly|actively|at)"
)
_NAME = r"[A-Z0-9][\w.&'’+!-]*(?:\s+(?:[A-Z0-9&][\w.&'’+!-]*|of|the|and|for|de|la|by)){0,4}?"
_SENTENCES = (
    re.compile(rf"\b(?i:at|join|here at)\s+({_NAME})(?:\s*\([^()\n]{{0,80}}\))?\s*,\s+(?i:we|you|our|I)\b"),
    re.compile(
        rf"(?:^|\n|[.!?]\s+)(?:(?i:hi|hello|hey)[^.\n]{{0,30}}[.!]\s+)?(?:(?i:the|our team at) )?({_NAME})(?:\s*\([^()\n]{{0,80}}\))?,?\s+{_HIRES}\b"
    ),
    re.compile(
        rf"\b(?i:we['’]?re|we are|I['’]?m|I am|this is)\s+(?:\w+ )?(?:at|from|with|of|for)?\s*({_NAME})(?:\s*\([^()\n]{{0,80}}\))?(?:,\s+(?i:an?|the|we)\b|\s+and\s+we\b|\s+[-–—]|\.\s)"
    ),
    re.compile(
        rf"(?:^|\n)({_NAME})(?:\s*\([^()\n]{{0,80}}\))?,?\s+(?:needs|wants|seeks|makes|builds|helps|provides|has|develops|offers|runs|powers|designs|creates|enables|delivers|operates|hires|was founded)\b"
    ),
    re.compile(
        rf"\b(?i:engineer|developer|designer|manager|scientist|lead|founder|cofounder|cto|ceo|vp|team|position|role|roles|jobs|job|opening|openings)s?\s+(?:at|for|of|with|@)\s+({_NAME})(?=[\s,.(:!]|$)"
    ),
    re.compile(rf"\b(?i:why|about|join)\s+({_NAME})\s*(?:[:?!]|\n|$)"),
)
_ABOUT_US = re.compile(r"^(?:us|our|the|this|me|you|a|an|we)\b", re.IGNORECASE)
_NOT_NAMES = listed("no names")
_TAGLINE = re.compile(
    r"\s+[-–—:~]+\s+|\s*[—:]\s+|,\s+(?:an?|the|we|is|inc\b\.?.+)|\s+\|\s+|;\s|\.\s+(?=[A-Z])"
)
_IS_HIRING = re.compile(
    rf"\s+(?:{_HIRES}|hiring\b|seeks\b|seeking\b|needs\b|is\b|are\b|wants\b|has\b).*$|\s*(?:[-–—]\s*)?(?:we['’]?re|we are)\s.*$|\s+(?:multiple|various|several) (?:roles|positions|openings).*$",
    re.IGNORECASE,
)
_BATCH = re.compile(
    r"\s+\(?(?:YC ?[SWFX]?['’]?\d\d(?:\d\d)?|YC[SWFX]\d\d)\)?$|\s*,?\s*\bYC (?:[SWFX]\d\d|backed|startup)\b.*$",
    re.IGNORECASE,
)
_STEALTH = re.compile(r"^(?:\w+ )?(?:stealth(?:[- ]mode)?|confidential|unnamed|undisclosed)\b", re.IGNORECASE)
_TERMS_OF_PAY = re.compile(
    r"\b(?:equity|salary|competitive|bonus|compensation|visa|full[- ]time|hiring|stock|benefits|funded|series [a-e]\b|seed|backed|roles?|positions?|stack|hour|year|flexible|founding team|startup)\b|[$€£]",
    re.IGNORECASE,
)


def read_company(post: PostText, segments: list[Segment]) -> Read[str] | None:
    """The company's name, or None where only an address or nothing names it."""
    if label := _LABEL.search(post.text[:1500]):
        name = tidy_name(label[1])
        if name:
            return Read(name, label[1].strip()[:120])
    if found := _of_header(post, segments):
        return found
    return _of_prose(post)


def _of_header(post: PostText, segments: list[Segment]) -> Read[str] | None:
    if not segments:
        return None
    split = len(segments) > 1
    first = segments[0]
    if split and (first.about is About.OTHER or _named_like_terms(first, segments)):
        name = tidy_name(first.text)
        if name and (_is_name(name, post) or (post.piped and 1 < len(name.split()) < 6 and name[0].isupper() and not _STEALTH.match(name))):
            return Read(name, first.text[:120])
    if not split and first.about is About.OTHER:
        return None
    if first.about is About.OTHER and len(first.text) > 80:
        return None
    for one in segments[1:]:
        if one.about is not About.OTHER or (not post.piped and len(one.text) > 40):
            continue
        name = tidy_name(one.text)
        if (
            name
            and len(name.split()) <= 4
            and name[0].isupper()
            and not _TERMS_OF_PAY.search(name)
            and _is_name(name, post)
            and not _stack(one.text)
            and (name in post.body or not post.piped or one is segments[1])
        ):
            return Read(name, one.text[:120])
    return None


def _named_like_terms(first: Segment, segments: list[Segment]) -> bool:
    """Whether the first part is a name although it looks like a title or an address: "Flow Traders", "Steel.dev"."""
    if first.about is About.ROLES:
        others = any(one.about is About.ROLES for one in segments[1:])
        if _IS_HIRING.search(first.text) and not is_strong_head(
            plain_words(_IS_HIRING.sub("", first.text))[-1]
            if plain_words(_IS_HIRING.sub("", first.text))
            else ""
        ):
            return True
        return others and not any(
            one.about is About.OTHER
            and len(one.text.split()) <= 3
            and not _stack(one.text)
            and not _TERMS_OF_PAY.search(one.text)
            for one in segments[1:]
        )
    if first.about is About.TERMS:
        bare = re.sub(r"^https?://(?:www\.)?", "", first.text)
        return bool(
            re.fullmatch(r"[\w-]{2,30}\.[a-z]{2,10}(?:\s*\([^()]*\))?", bare, re.IGNORECASE)
        ) and not first.text.startswith("http")
    return False


def _stack(text: str) -> bool:
    return text.count(",") >= 2 or text.count("/") >= 3


def _of_prose(post: PostText) -> Read[str] | None:
    text = post.text[:4000]
    best: tuple[int, str, str] | None = None
    for rank, sentence in enumerate(_SENTENCES):
        for match in sentence.finditer(text):
            name = tidy_name(match[1])
            if name and _is_name(name, post) and not find_places(name):
                # What stands first and is said again is the name.
                weight = match.start() + 400 * rank - 150 * min(text.count(name), 4)
                if best is None or weight < best[0]:
                    best = weight, name, match[0].strip()[:120]
                break
    for line in post.lines[:3]:
        lead = re.match(
            rf"({_NAME})\s*(?:\([^()\n]{{0,80}}\)\s*)?(?:[-–—:]+\s+|[-–—]\s*https?:|\(\s*https?:|https?:)",
            line.text,
        )
        if (
            lead
            and (name := tidy_name(lead[1]))
            and _is_name(name, post)
            and not find_places(name)
            and not is_title(name)
        ):
            weight = line.start + 100
            if best is None or weight < best[0]:
                best = weight, name, lead[0].strip()
    return Read(best[1], best[2]) if best else None


def _is_name(name: str, post: PostText) -> bool:
    words = name.lower().split()
    if (
        not words
        or len(words) > 7
        or (
            words[0] in _NOT_NAMES
            and (
                len(words) == 1
                or words[0]
                not in ("the", "open", "stealth", "ai", "people", "all", "all", "product", "job", "on", "us")
            )
        )
    ):
        return False
    if _STEALTH.match(name) or (_ABOUT_US.match(name) and words[0] != "the" and words[0] != "us"):
        return bool(_STEALTH.match(name)) and False
    return not (re.search(r"[?!]$", name) and len(words) > 2)


def tidy_name(text: str) -> str:
    """A name without brackets, batch, address, tagline and what the sentence goes on with."""
    text = text.strip().strip('*_~"“”>#-–—• ')
    bare = MAIL.sub(" ", text)
    bracketless = _BRACKET.sub(" ", bare).strip()
    name = bracketless or bare.strip("()[] ")
    whole = name.strip()
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+){1,2}", whole):
        without = re.sub(r"https?://\S+|www\.\S+", " ", name).strip()
        name = without or whole
    if len(name.split()) > 1 and not re.fullmatch(r"[\w-]+\.\w+", name.split()[0]):
        name = re.sub(r"\s[\w-]+\.(?:com|io|ai|co|org|net|dev|app)\b\S*", " ", name).strip()
    name = _IS_HIRING.sub("", f"{name} ").strip()
    name = _TAGLINE.split(name, maxsplit=1)[0]
    name = _BATCH.sub("", name).strip()
    name = re.sub(
        r"^(?:at|join|company:|hiring at|work at|hiring:|here at)\s+", "", name, flags=re.IGNORECASE
    )
    name = name.strip(" ,;:.-–—*_|/'\"“”’™®")
    return re.sub(r"\s+", " ", name) if 1 < len(name) <= LONGEST_NAME or name.isalnum() else ""


