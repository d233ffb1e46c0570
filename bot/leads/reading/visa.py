"""Whether a company helps with permission to work, or demands that it is there already."""

import re
from collections.abc import Callable
from enum import Enum, auto
from itertools import islice

from bot.leads.lead import Visa
from bot.leads.reading.nearby import sentence_before
from bot.leads.reading.structure import PostText, Read

_REACH = 90
_WORDS_AT_MOST = 100


class _Said(Enum):
    OFFERED = auto()
    REFUSED = auto()
    DEMANDED = auto()
    """Somebody must be allowed to work there: the company offers no help."""


_TOPIC = re.compile(
    r"\b(?:(?P<visa>visas?)|(?P<h1b>h-?1-?bs?|h1-b)|(?P<sponsorship>sponsorships?)|(?P<sponsor>sponsor(?:s"
    r"|ing)?)|(?P<immigration>immigration)"
    r"|(?P<permit>work(?:ing)? (?:permits?|authori[sz]ation)|permits? to work)"
    r"|(?P<citizen>citizen(?:s|ship)?|green ?cards?|u\.?s\.? persons?|permanent residents?)"
    r"|(?P<right>rights? to (?:legally )?(?:work|live)|legal right)"
    r"|(?P<allowed>authori[sz]ed|eligible|legally|allowed|permitted))\b"
)
_SENTENCE_END = re.compile(r"[|\n;]|[.!?](?:\s|$)")

_DENIED = re.compile(
    r"\b(?:no|not|without|unable|cannot|can't|can not|don't|doesn't|do not|does not|won't|will not"
    r"|unfortunately|nor|isn't"
    r"|aren't|never|neither)\b(?! (?:only|just|a problem|an issue))[^.;|\n]{0,60}$"
)
_DENIED_AFTER = re.compile(
    r"(?: ?(?:sponsor\w*|support|status|transfers?|assistance|relocation|/|&|and))*"
    r"(?:\W{1,6}(?:no|none|not|n/a|unavailable)\b|[^.;|\n]{0,12}\b(?:not|unavailable|isn't|aren't)\b)"
)
_NEEDED = re.compile(r"\b(?:requir|need)(?:e|es|ing|s)?\b[^.;|\n]{0,20}$")

_OFFER_AFTER = re.compile(
    r"(?:[ /&+,:*-]|and|\(|or|relocation|full)*(?:sponsor|support|assist|help|transfers?\b|available"
    r"|possible|provided|offered|ok\b"
    r"|okay|yes|friendly|welcome|accepted|relocation|process|holders (?:are )?welcome"
    r"|candidates? (?:are )?welcome)"
)
_OFFER_BEFORE = re.compile(
    r"\b(?:sponsor(?:s|ing)?|arrang\w+|provide|offer|support|help(?: you)?(?: with)?|handle"
    r"|assist\w*(?: with)?|do|sort|cover"
    r"|get you|relocation|can|take care of|including|package)\b[^.;|\n]{0,40}$"
)
_STATUS = re.compile(r" (?:status|cap\b|requirements? form)")
_HELD = re.compile(r"\b(?:valid|existing|own|current|have an?|hold an?)\b[^.;|\n]{0,24}$")
_WELCOME = re.compile(r" (?:transfers?|holders?)[^.;|\n]{0,12}\bwelcome")
_DEMAND_AFTER = re.compile(r" (?:is )?(?:required|needed|mandatory|a must)\b")
_ALONE_BEFORE = re.compile(r"(?:^|[|,(/&+-]|\band|\bor)\s*$")
_ALONE_AFTER = re.compile(r"\s*(?:$|[|\n,)(/&+.]|and\b|for\b|or\b)")
_CARDS = re.compile(r"\b(?:mastercard|amex|paypal|stripe)\b")

_SPONSORED = re.compile(
    r"\b(?:visas?|h-?1-?bs?|immigration|employment|candidates?|applicants?|relocation|permits?|h1s)\b"
)
_OTHER_SPONSORS = re.compile(
    r"\b(?:employer|company|government|university)-$|\b(?:sell|selling|sold|event|brand|deal|announced)\b"
)
_SPONSORSHIP_OFFER_BEFORE = re.compile(
    r"\b(?:offer|provide|can|will|relocation|h1b|with|or)\b[^.;|\n]{0,20}$"
)
_SPONSORSHIP_OFFER_AFTER = re.compile(
    r"[^.;|\n]{0,24}?\b(?:available|offered|provided|possible|yes|ok|considered|support|h1|for an? visa)"
)
_HELP_AFTER = re.compile(r" (?:support|assistance|help|sponsorship)\b")

_MUST = re.compile(
    r"\b(?:must|need(?:s|ed)?|require[sd]?|requirement|only|have|should|has|hold|holds|mandatory|currently"
    r"|already|open to"
    r"|applicants?|candidates?|with|valid|you are|you're|be|existing)\b"
)
_ONLY_AFTER = re.compile(
    r"[^;|\n]{0,40}?\b(?:required|only|mandatory|a must|needed|necessary|requirement|preferred)\b"
)
_NOT_OF_WORK = re.compile(
    r"\b(?:first[ -]class|senior|global|digital|corporate|good|fellow|every|private|elderly|help\w*"
    r"|protect\w*|for|the) (?:\w+ )?$"
)
_CITIZENS_OF_OTHERS = re.compile(r" (?:science|dev|developer|and immigration|from|of the web)\b")
_A_COUNTRY_BEFORE = re.compile(r"\b(?:u\.?s\.?a?|eu|uk|nato|american|canadian|british|european)\)? $")
_TO_WORK = re.compile(
    r"[^.;|\n]{0,40}?\b(?:to (?:legally )?(?:work|be employed|live and work)|for public trust)\b"
)


def read_visa(post: PostText) -> Read[Visa] | None:
    """What is said of visa sponsorship; an offer weighs more than a demand to be allowed to work already."""
    text = post.folded
    demanded: Read[Visa] | None = None
    for match in islice(_TOPIC.finditer(text), _WORDS_AT_MOST):
        before = sentence_before(text, match.start(), _REACH)
        after = text[match.end() : match.end() + _REACH]
        said = _READERS[match.lastgroup or ""](before, after, match.start() < len(post.header))
        if said is _Said.DEMANDED:
            demanded = demanded or Read(Visa.NO, _quote(post, match, before))
        elif said is not None:
            return Read(Visa.YES if said is _Said.OFFERED else Visa.NO, _quote(post, match, before))
    return demanded


def _quote(post: PostText, match: re.Match[str], before: str) -> str:
    start = match.start() - len(before)
    if start and len(before) == _REACH:
        start = post.text.find(" ", start, match.start()) + 1 or match.start()
    ended = _SENTENCE_END.search(post.folded, match.end(), match.end() + _REACH)
    return post.text[start : ended.start() if ended else match.end()].strip(" ,-(*•")


def _of_visa(before: str, after: str, in_header: bool) -> _Said | None:
    if _DENIED.search(before):
        return _Said.DEMANDED if _NEEDED.search(before) else _Said.REFUSED
    if _DENIED_AFTER.match(after):
        return _Said.REFUSED
    if _STATUS.match(after):
        return None
    if _WELCOME.match(after):
        return _Said.OFFERED
    if _HELD.search(before) or _NEEDED.search(before) or _DEMAND_AFTER.match(after):
        return _Said.DEMANDED
    if _OFFER_AFTER.match(after) or _OFFER_BEFORE.search(before):
        return _Said.OFFERED
    alone = _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after) and not _CARDS.search(before + after)
    return _Said.OFFERED if in_header and alone else None


def _of_h1b(before: str, after: str, in_header: bool) -> _Said | None:
    return _Said.REFUSED if _DENIED.search(before) or _DENIED_AFTER.match(after) else _Said.OFFERED


def _of_sponsoring(before: str, after: str, in_header: bool) -> _Said | None:
    if _OTHER_SPONSORS.search(before):
        return None
    if _DENIED.search(before) or _DENIED_AFTER.match(after):
        return _Said.DEMANDED if _NEEDED.search(before) else _Said.REFUSED
    return _Said.OFFERED if _SPONSORED.search(before) or _SPONSORED.search(after[:50]) else None


def _of_sponsorship(before: str, after: str, in_header: bool) -> _Said | None:
    if _OTHER_SPONSORS.search(before):
        return None
    if _DENIED.search(before) or _DENIED_AFTER.match(after):
        return _Said.DEMANDED if _NEEDED.search(before) else _Said.REFUSED
    if _NEEDED.search(before):
        return _Said.DEMANDED
    offered = _SPONSORSHIP_OFFER_BEFORE.search(before) or _SPONSORSHIP_OFFER_AFTER.match(after)
    return _Said.OFFERED if offered else None


def _of_immigration(before: str, after: str, in_header: bool) -> _Said | None:
    return _Said.OFFERED if _HELP_AFTER.match(after) and not _DENIED.search(before) else None


def _of_permit(before: str, after: str, in_header: bool) -> _Said | None:
    if _DENIED.search(before) or _MUST.search(before) or _ONLY_AFTER.match(after):
        return _Said.DEMANDED
    return _Said.OFFERED if _OFFER_BEFORE.search(before) or _OFFER_AFTER.match(after) else None


def _of_citizens(before: str, after: str, in_header: bool) -> _Said | None:
    if _NOT_OF_WORK.search(before) or _CITIZENS_OF_OTHERS.match(after):
        return None
    a_country = _A_COUNTRY_BEFORE.search(before) and _ALONE_AFTER.match(after)
    return (
        _Said.DEMANDED if in_header or a_country or _MUST.search(before) or _ONLY_AFTER.match(after) else None
    )


def _of_right(before: str, after: str, in_header: bool) -> _Said | None:
    return _Said.DEMANDED


def _of_being_allowed(before: str, after: str, in_header: bool) -> _Said | None:
    return _Said.DEMANDED if _TO_WORK.match(after) else None


_READERS: dict[str, Callable[[str, str, bool], _Said | None]] = {
    "visa": _of_visa,
    "h1b": _of_h1b,
    "sponsor": _of_sponsoring,
    "sponsorship": _of_sponsorship,
    "immigration": _of_immigration,
    "permit": _of_permit,
    "citizen": _of_citizens,
    "right": _of_right,
    "allowed": _of_being_allowed,
}
