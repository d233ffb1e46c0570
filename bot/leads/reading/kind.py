"""What somebody posted for: to hire, to be hired, to find a freelancer, or something else."""

import re

from bot.leads.lead import PostKind
from bot.leads.reading.segments import About, Segment
from bot.leads.reading.structure import PostText, Read

_FREELANCER = re.compile(
    r"^\W*(?:seeking|looking for|hiring)[: ]+(?:an? )?freelance(?:r|rs)?\b", re.IGNORECASE
)
_WORK = re.compile(
    r"^\W*(?:seeking|looking for|available for)[: ]+(?:freelance |remote |contract |full[- ]time |new )?(?:work|job|employment|position|opportunit\w+)\b",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"^\W*(location|remote|willing to relocate|technologies|r[ée]sum[ée]s?(?:\s*/\s*cv)?|cv(?:\s*/\s*r[ée]sum[ée])?|e-?mail)\b[^:\n]{0,20}:",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_SEARCH = re.compile(
    r"\b(?:i['’]?m|i am|i['’]?ve been)\s+(?:(?:currently|also|actively|an? [\w /-]{2,60}(?:engineer|developer|designer|scientist|student|programmer|manager|analyst)[^.\n]{0,80}?)\s+)?(?:looking|searching|seeking|open|available)\s+(?:for|to)\b(?! (?:hire|an? (?:\w+ ){0,2}(?:engineer|developer|co-?founder)))"
    r"|\b(?:hire me|my (?:resume|résumé|cv)\b|i (?:have|bring) \d+\+? years)|\bi['’]?m (?:an? )?(?:[\w-]+ ){0,4}(?:engineer|developer|designer|student|scientist|programmer) (?:with|based|from|who|looking)",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"\b(?:(?:is|are|we['’]?re|we are|i['’]?m|i am|now|currently|also|still|actively|team is) (?:\w+ )?(?:hiring|recruiting|growing)|hiring\b|we (?:are|['’]re) (?:\w+ )?(?:looking|seeking|searching)|we['’]?re (?:\w+ )?(?:looking|seeking|searching)|"
    r"looking (?:for|to hire|to add)|seeking|we need|needs? an?|join (?:us|our|the)|open(?:ing)?s? (?:positions?|roles?|for)|positions? (?:are |is )?(?:open|available)|job openings?|openings|"
    r"apply (?:at|here|now|online|via|to|directly|by)|careers?\b|/jobs\b|job description|send (?:us )?(?:your|a|me) (?:resume|cv|résumé)|responsibilities|requirements)",
    re.IGNORECASE,
)
_NOT_HIRING = re.compile(
    r"^\W*(?:not hiring|no longer hiring|filled\b)|\b(?:rss feed|searchable|job board|sort(?:able|ed)? list|chrome extension|map of (?:the|all)|aggregat)",
    re.IGNORECASE,
)
_GONE = re.compile(r"^\W*(?:\[?(?:flagged|dead|deleted|removed|edited|redacted)\]?|\.+)?\W*$", re.IGNORECASE)
_FIRST = 1_500


def read_kind(post: PostText, segments: list[Segment], has_roles: bool) -> Read[PostKind]:
    """What the post is for. Nothing is hiring that neither names a job nor says that somebody hires."""
    text = post.text
    if _GONE.match(text[:60]) and len(text) < 60:
        return Read(PostKind.OTHER, text)
    start = text[:_FIRST]
    if match := _FREELANCER.match(start):
        return Read(PostKind.SEEKING_FREELANCER, match[0].strip())
    if match := _WORK.match(start):
        return Read(PostKind.SEEKING_WORK, match[0].strip())
    labels = {label[1].lower()[:4] for label in _TEMPLATE.finditer(text[:4_000])}
    hiring = _HIRING.search(post.words)
    about = {segment.about for segment in segments}
    piped_job = (
        post.piped
        and len(segments) >= 3
        and (About.ROLES in about or About.VAGUE in about or About.TERMS in about)
    )
    if len(labels) >= 4 and not piped_job:
        return Read(PostKind.SEEKING_WORK, post.header[:120])
    if (
        not piped_job
        and (own := _OWN_SEARCH.search(start))
        and not re.search(
            r"\b(?:we['’]?re|we are|is|are) (?:\w+ )?(?:hiring|looking)|\bour team\b", start, re.IGNORECASE
        )
    ):
        return Read(PostKind.SEEKING_WORK, own[0])
    if piped_job and (hiring or has_roles or About.TERMS in about):
        return Read(PostKind.HIRING, post.header[:120])
    if (gone := _NOT_HIRING.search(start[:300])) and not piped_job and len(text) < 900:
        return Read(PostKind.OTHER, gone[0])
    places = any(segment.places for segment in segments)
    if (
        hiring
        and (has_roles or places or len(text) > 250 or re.search(r"\bhiring\b", start[:300], re.IGNORECASE))
        and not _asks(text)
    ):
        return Read(PostKind.HIRING, hiring[0])
    if has_roles and (places or post.piped or len(segments) > 1) and not _asks(text):
        return Read(PostKind.HIRING, post.header[:120])
    return Read(PostKind.OTHER, text[:120])


def _asks(text: str) -> bool:
    """Whether it is a short question to whoever posted something."""
    return (
        len(text) < 400
        and "?" in text
        and re.search(
            r"\b(?:you|your|anyone|does|do|can i|how|what|why|is this|are these)\b", text, re.IGNORECASE
        )
        is not None
        and re.search(
            r"\b(?:we['’]?re|we are|is|are|join) (?:\w+ )?(?:hiring|looking|us)\b", text, re.IGNORECASE
        )
        is None
    )
