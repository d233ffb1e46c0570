"""Who hires: the name as it is written, without tagline, batch or address."""

import re
from collections.abc import Sequence

from bot.leads.reading.company_prose import company_of_prose
from bot.leads.reading.modes import modes_in
from bot.leads.reading.names import is_name, is_stealth, tidy_name
from bot.leads.reading.segments import About, Segment
from bot.leads.reading.structure import PostText, Read
from bot.leads.reading.terms import EMPLOYMENT, MONEY, without_terms
from bot.leads.reading.titles import is_sure, is_title

_QUOTE_AT_MOST = 120

_LABEL = re.compile(
    r"^[^\w\n]*(?:company(?: name)?|employer|organi[sz]ation|startup|who)\s*[:=–—]\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_DOMAIN = re.compile(r"[\w-]{2,30}(?:\.[\w-]{2,30})?\.[a-z]{2,10}(?:\s*\([^()]*\))?", re.IGNORECASE)
_MARKDOWN = re.compile(r"\W*\[([^\[\]]{2,50})\]\(\s*http")
_HIRING_AT = re.compile(
    r"(?:we(?:['’]re| are) |is |now )?hiring at (\w[\w.&'’ -]{1,40}?)(?:,|$|\s+[-–—])", re.IGNORECASE
)
_AT = re.compile(
    r"(?:engineer|developer|programmer|designer|manager|scientist|"
    r"lead)s? @ ?([A-Z0-9][\w.&' -]{1,40})$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s+(?:is|are)\s+(?:\w+ly\s+)?(?:hiring|looking|seeking|recruiting)\b.*$|\s*\(YC\b.*$", re.IGNORECASE
)
_BESIDE_THE_POINT = re.compile(
    r"\b(?:equity|salary|competitive|bonus|compensation|visa|full[- ]time|hiring|stock|"
    r"benefits|funded|series [a-e]\b|seed|"
    r"backed|roles?|positions?|hour|year|flexible|founding team|startup|fluent|english|"
    r"language|level|team|relocation|saas|fintech)\b|[$€£]",
    re.IGNORECASE,
)


def read_company(post: PostText, segments: list[Segment]) -> Read[str] | None:
    """The company's name, or None where only an address or nothing names it."""
    label = _LABEL.search(post.text[:1_500])
    if label and (name := tidy_name(label[1])):
        return Read(name, label[1].strip()[:_QUOTE_AT_MOST])
    return _of_header(post, segments) or company_of_prose(post)


def _of_header(post: PostText, segments: list[Segment]) -> Read[str] | None:
    if len(segments) < 2:
        return None
    first = segments[0]
    written = _written_name(first.text) if first.about is not About.VAGUE else None
    if written is None and _is_named_first(post, first, segments[1:]):
        written = _before_place(first)
    if written and (name := tidy_name(written)) and not is_stealth(name):
        capital = post.piped and 1 < len(name.split()) < 8 and name[0].isupper()
        if is_name(name) or capital:
            return Read(name, first.text[:_QUOTE_AT_MOST])
    if first.about is About.OTHER and len(first.text) > 80:
        return None
    for one in segments:
        if at := _AT.search(one.text):
            return Read(tidy_name(at[1]), at[1].strip()[:_QUOTE_AT_MOST]) if tidy_name(at[1]) else None
    for one in segments[1:]:
        name = tidy_name(one.text)
        if name and _is_named_later(post, one, name, one is segments[1]):
            return Read(name, one.text[:_QUOTE_AT_MOST])
    return None


def _written_name(text: str) -> str | None:
    """A name in the ways that leave no doubt: a link with words, "hiring at Acme"."""
    found = _MARKDOWN.match(text) or _HIRING_AT.match(text)
    return found[1] if found else None


def _is_named_first(post: PostText, first: Segment, others: list[Segment]) -> bool:
    """Whether the first part is the name, although it may look like a title, a place or an address."""
    if first.about is About.OTHER:
        begins_with_place = bool(first.places) and first.places[0].start < 2
        return post.piped or not (begins_with_place or is_title(first.text))
    if first.about is About.ROLES:
        bare = _GOES_ON.sub("", first.text)
        hosts = [url.split("/")[2] for url in post.urls[:5] if url.count("/") > 1]
        if (bare != first.text and not is_sure(bare)) or _are_in(first.text, hosts):
            return True
        titled = any(one.about is About.ROLES for one in others)
        return titled and not any(_is_named_later(post, one, tidy_name(one.text), False) for one in others)
    if first.about is About.VAGUE or first.text.startswith("http"):
        return False
    if first.places and not post.piped:
        # Without pipes the place goes first, as it did in the first years.
        return False
    if _DOMAIN.fullmatch(first.text):
        return True
    if modes_in(first.text).modes or MONEY.search(first.text) or EMPLOYMENT.search(first.text):
        return False
    if not first.places:
        return first.text[0].isupper()
    if re.search(r"\w", without_terms(first.text, first.places)) or _before_place(first) != first.text:
        return True
    return len(first.places) == 1 and _is_said_again(post, tidy_name(first.text), first.text)


def _is_said_again(post: PostText, name: str, text: str) -> bool:
    if "http" in text:
        return True
    rest = post.header[len(text) :] + post.body[:3_000]
    return bool(name) and re.search(rf"\b{re.escape(name)}\b", rest, re.IGNORECASE) is not None


def _before_place(first: Segment) -> str:
    """The words before the place that follows a name: "Acme, Boulder, CO"."""
    for place in first.places:
        before = first.text[: place.start]
        if before.rstrip().endswith((",", "(", "-", "–", "—", "@")) and re.search(r"\w", before):
            return before
    return first.text


def _is_named_later(post: PostText, one: Segment, name: str, next_to_first: bool) -> bool:
    """Whether a part after the first one is the name: short, and known to the rest of the post."""
    if (
        one.about is not About.OTHER
        or not name
        or len(name.split()) > 4
        or (not post.piped and len(one.text) > 40)
    ):
        return False
    if is_title(name):
        return False
    if (
        _BESIDE_THE_POINT.search(name)
        or one.text.count(",") > 1
        or one.text.count("/") > 2
        or not is_name(name)
    ):
        return False
    if name[0].isupper() and (name in post.body or next_to_first or not post.piped):
        return True
    return _are_in(name, post.urls[:5])


def _are_in(name: str, addresses: Sequence[str]) -> bool:
    """Whether one of some web addresses is made of a name."""
    squeezed = re.sub(r"\W", "", name.lower())
    return any(squeezed in re.sub(r"\W", "", address.lower()) for address in addresses)
