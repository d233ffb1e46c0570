"""Whether a company helps with permission to work, or demands that it is there already."""

import re

from bot.leads.lead import Visa
from bot.leads.reading.nearby import sentence_before
from bot.leads.reading.structure import PostText, Read

_REACH = 90

_WORD = re.compile(
    r"\b(?:visas?|sponsor(?:s|ed|ing|ships?)?|h-?1-?bs?|h1-?b|work (?:permits?|authori[sz]ation)|authori[sz]ed|authori[sz]ation"
    r"|(?:legally )?eligible|right to work|rights to work|legal right|citizen(?:s|ship)?|green ?cards?|u\.?s\.? persons?|immigration"
    r"|legally|permanent residents?|work visa|allowed to work|permitted to work)\b"
)
_DENIED = re.compile(
    r"\b(?:no|not|without|unable|cannot|can't|can not|don't|doesn't|do not|does not|won't|will not|unfortunately|n't|nor|isn't|aren't"
    r"|never|neither)\b(?!\s*(?:only|just|a problem|an issue|required to already))[^.;|\n]{0,60}$"
)
_DENIED_AFTER = re.compile(
    r"[^.;|\n]{0,30}?(?:\b(?:not|unavailable|isn't|aren't|cannot|can't|unable|unfortunately)\b|: ?(?:no|none|n/a)\b)|(?:s|ships?)? ?[:=-] ?(?:no|none|n/a)\b"
)
_COMPANY_SPONSORS = re.compile(
    r"\b(?:visas?|h-?1-?bs?|immigration|employment|candidates?|applicants?|relocation|permits?|new h1s)\b"
)
_VISA_SAYS_YES = re.compile(
    r"(?:[ /&+,-]|and|\(|or|relocation)*(?:sponsor|support|assist|help|transfer|available|possible|provided|offered|ok\b|okay|yes"
    r"|friendly|welcome|: ?yes|candidates? (?:are )?welcome|relocation|process)"
)
_VISA_YES_BEFORE = re.compile(
    r"\b(?:sponsor(?:s|ing)?|arrang\w+|provide|offer|support|help(?: you)?(?: with)?|handle|assist\w*(?: with)?|do|sort|cover|get you"
    r"|relocation|can|take care of|including)\b[^.;|\n]{0,40}$"
)
_MUST = re.compile(
    r"\b(?:must|need(?:s|ed)?|required?|requires|requirement|only|have to|should|has to|mandatory|currently|already|open to|applicants?"
    r"|candidates?|with|valid|you are|you're|be)\b"
)
_TO_WORK = re.compile(r"[^.;|\n]{0,40}?\bto (?:legally )?(?:work|be employed|live and work)\b")
_ONLY_AFTER = re.compile(
    r"[^.;|\n]{0,40}?\b(?:required|only|mandatory|a must|needed|necessary|requirement|preferred)\b"
)


def read_visa(post: PostText) -> Read[Visa] | None:
    """What is said of visa sponsorship; an offer weighs more than a demand to be allowed to work already."""
    text = post.folded
    demanded: Read[Visa] | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        before = sentence_before(text, start, _REACH)
        after = text[end : end + _REACH]
        answer = _answer(match[0], before, after, start < len(post.header))
        if answer is None:
            continue
        first = start - len(before)
        said = _SENTENCE_END.search(text, end, end + _REACH)
        quote = post.text[first : said.start() if said else end].strip(" ,-(")
        if answer == "demand":
            demanded = demanded or Read(Visa.NO, quote)
        else:
            return Read(Visa.YES if answer == "yes" else Visa.NO, quote)
    return demanded


_SENTENCE_END = re.compile(r"[|\n;]|[.!?](?:\s|$)")


def _answer(word: str, before: str, after: str, in_header: bool) -> str | None:
    denied = _DENIED.search(before) is not None
    if word.startswith("visa"):
        return _of_visa(before, after, denied, in_header)
    if word.startswith(("h1", "h-1")):
        return "no" if denied else "yes"
    if word.startswith("sponsor"):
        return _of_sponsoring(word, before, after, denied)
    if word == "immigration":
        return "yes" if re.match(r" (?:support|assistance|help|sponsorship)", after) and not denied else None
    if word.startswith("work permit"):
        if (
            denied
            or re.match(r"[^.;|\n]{0,20}\b(?:required|needed|only)", after)
            or re.search(r"\b(?:valid|must|existing)\b", before)
        ):
            return "demand"
        return "yes" if _VISA_YES_BEFORE.search(before) or "package" in before else None
    if word.startswith(("citizen", "green", "u.s", "us p", "permanent r")):
        if re.search(
            r"\b(?:first[ -]class|senior|global|digital|corporate|good|fellow|every|private|help\w*|for) (?:\w+ )?$",
            before,
        ) or re.match(r" (?:science|dev|developer)", after):
            return None
        said = (
            _ONLY_AFTER.match(after)
            or _MUST.search(before)
            or re.match(r"\s*(?:$|[|\n).,]|/)", after)
            and re.search(r"\b(?:u\.?s\.?|eu|uk|nato|american|canadian)\)? $", before)
        )
        return "demand" if said or (in_header and not word.startswith("permanent")) else None
    if word.startswith(("right", "legal right", "rights")):
        return "demand"
    if word.startswith(("authori", "eligible", "legally", "allowed", "permitted", "work auth")):
        if word in ("authorization", "authorisation") and not re.search(r"\b(?:work|employment)\s$", before):
            return None
        if word.endswith("ation"):
            return "demand" if _MUST.search(before) or _ONLY_AFTER.match(after) else None
        return "demand" if _TO_WORK.match(after) else None
    return None


def _of_visa(before: str, after: str, denied: bool, in_header: bool) -> str | None:
    if denied or re.search(r"\bno[ -]$", before):
        return (
            "demand" if re.search(r"\b(?:require|requiring|need|needing)\b[^.;|\n]{0,20}$", before) else "no"
        )
    if re.match(
        r"(?:es)? ?(?:sponsorships?|support|status|transfers?|assistance)?[^.;|\n]{0,12}(?:: ?no\b|: ?none\b|\bnot\b|\bunavailable\b|\bisn't\b)",
        after,
    ):
        return "no"
    if re.search(r"\b(?:valid|existing|own|current|require[sd]?|needs?|have an?)\b[^.;|\n]{0,24}$", before):
        return "demand" if not re.search(r"\b(?:who|if you|candidates)\b", before) else None
    if _VISA_SAYS_YES.match(after) or _VISA_YES_BEFORE.search(before):
        return "yes"
    stands_alone = re.match(r"\s*(?:$|[|\n,)/&+.]|and\b|for\b)", after) and re.search(
        r"(?:^|[|,(/&+-]|\band)\s*$", before
    )
    return (
        "yes"
        if in_header and stands_alone and not re.search(r"\b(?:mastercard|amex|paypal)\b", before + after)
        else None
    )


def _of_sponsoring(word: str, before: str, after: str, denied: bool) -> str | None:
    about_work = (
        word.startswith("sponsorship")
        or _COMPANY_SPONSORS.search(after[:50]) is not None
        or _COMPANY_SPONSORS.search(before) is not None
    )
    if re.search(r"\b(?:employer|company|government|university)-$", before) or re.search(
        r"\b(?:sell|selling|sold|event|brand)\b", before
    ):
        return None
    if denied and (about_work or word == "sponsor"):
        return "no"
    if word.startswith("sponsorship"):
        if re.match(r"[^.;|\n]{0,20}?(?:: ?(?:no|none)\b|\bnot\b|\bunavailable\b|\bisn't\b)", after):
            return "no"
        if re.search(r"\b(?:require|requiring|need|needing)\b[^.;|\n]{0,20}$", before):
            return "demand"
        return (
            "yes"
            if re.match(
                r"[^.;|\n]{0,24}?\b(?:available|offered|provided|possible|yes|ok|considered|support|h1)",
                after,
            )
            or re.search(r"\b(?:offer|provide|visa|can|will|relocation|h1b|with)\b[^.;|\n]{0,20}$", before)
            else None
        )
    if word in ("sponsor", "sponsors", "sponsoring") and about_work:
        return "yes"
    return None
