"""What somebody posted for: to hire, to be hired, to find a freelancer, or something else."""

import re

from bot.leads.lead import PostKind
from bot.leads.reading.segments import About, Segment
from bot.leads.reading.structure import PostText, Read

_READ_AT_MOST = 1_500
_QUOTE_AT_MOST = 120

_GONE = re.compile(r"\W*(?:\[?(?:flagged|dead|deleted|removed|edited|redacted)\]?|\.+)?\W*", re.IGNORECASE)
_FREELANCER = re.compile(
    r"\W*(?:seeking|looking for|hiring)[: ]+(?:an? )?freelance(?:r|rs)?\b", re.IGNORECASE
)
_WORK = re.compile(
    r"\W*(?:seeking|looking for|available for)[: ]+(?:freelance |remote |contract |"
    r"full[- ]time |new )?[\w/ ]{0,20}?"
    r"(?:work|jobs?|employment|positions?|opportunit\w+)\b(?! (?:with|on|for) us)|"
    r"\W*(?:open to work\b|seeking\W*\|)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"^[^\w\n]*(location|remote|willing to relocate|technologies|r[ée]sum[ée]s?(?:\s*/\s*cv)?|"
    r"cv(?:\s*/\s*r[ée]sum[ée])?|e-?mail)\b"
    r"[^:\n]{0,20}:",
    re.IGNORECASE | re.MULTILINE,
)
_JOB_TEMPLATE = re.compile(
    r"^[^\w\n]*(company|role|position|location|salary|type|job|title|compensation|description|"
    r"stack|apply|about|visa)\b[^:\n]{0,20}:",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_SEARCH = re.compile(
    r"\b(?:i['’]?m|i am|i['’]?ve been|i)\s+(?:[^.\n]{0,90}?\s)?(?:look(?:ing)?|"
    r"search(?:ing)?|seek(?:ing)?|open|available)\s+(?:for|to)\s+"
    r"(?:[^.\n]{0,40}?\s)?(?:work|jobs?|roles?|positions?|opportunit\w+|gigs?|projects?|"
    r"contracts?|employment|internships?|my next|challenges)\b"
    r"|\b(?:hire me|my (?:resume|résumé|cv)\b|i need a job|i (?:have|bring) \d+\+? years)"
    r"|\bi['’]?m (?:an? )?(?:[\w-]+ ){0,4}(?:engineer|developer|designer|student|"
    r"scientist|programmer) (?:with|based|from|who|looking)",
    re.IGNORECASE,
)
_OTHERS_SOUGHT = re.compile(
    r"\b(?:we['’]?re|we are|is|are|i['’]?m) (?:\w+ )?(?:hiring|looking for (?:an?|some|"
    r"someone|the) )|\bour team\b|\bwe (?:need|want)\b",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"\b(?:hiring|recruiting|(?:we(?: are|['’]?re)|is|are) (?:\w+ )?(?:looking|seeking|"
    r"searching|growing)|looking (?:for|to hire|to add)|"
    r"seeks?\b|seeking|searching for|we need|needs? an?|join (?:us|our|the)|"
    r"open(?:ing)?s? (?:positions?|roles?|for)|"
    r"(?:positions?|roles?) (?:are |is )?(?:open|available)|job openings?|openings|"
    r"apply\b|careers?\b|job description|"
    r"send (?:us )?(?:your|a|me) (?:resume|cv|résumé)|responsibilities|requirements)",
    re.IGNORECASE,
)
_JOB_BOARD = re.compile(
    r"greenhouse|lever\.co|ashbyhq|workable|smartrecruiters|breezy|recruitee|personio|bamboohr|grnh\.se|"
    r"/jobs?\b|/careers?\b|/hiring|join-us",
    re.IGNORECASE,
)
_NOT_HIRING = re.compile(
    r"\A\W*(?:not hiring|no longer hiring|filled\b)|\b(?:rss feed|searchable|job board|"
    r"sort(?:able|ed)? list|chrome extension|"
    r"map of (?:the|all)|aggregat\w*|list of \w+ (?:who)?is ?hiring|listings (?:in|"
    r"of) this thread|searcher|please (?:list|state) the location|one post per company)\b",
    re.IGNORECASE,
)
_TO_A_POSTER = re.compile(
    r"\b(?:you|your|anyone|does|do|can i|how|what|why|is this|are these)\b", re.IGNORECASE
)


def read_kind(post: PostText, segments: list[Segment], has_roles: bool) -> Read[PostKind]:
    """What the post is for. Nothing is hiring that neither names a job nor says that somebody hires."""
    text = post.text
    start = text[:_READ_AT_MOST]
    if len(text) < 60 and _GONE.fullmatch(text):
        return Read(PostKind.OTHER, text)
    if match := _FREELANCER.match(start):
        return Read(PostKind.SEEKING_FREELANCER, match[0].strip())
    if match := _WORK.match(start):
        return Read(PostKind.SEEKING_WORK, match[0].strip())
    headed = _is_headed(segments)
    greeting = start[: max(text.find(post.header), 0)]
    if (own := _OWN_SEARCH.search(greeting)) and not _OTHERS_SOUGHT.search(greeting.replace(own[0], "")):
        return Read(PostKind.SEEKING_WORK, own[0][:_QUOTE_AT_MOST])
    if not headed:
        if len({label[1].lower()[:4] for label in _TEMPLATE.finditer(text[:4_000])}) >= 4:
            return Read(PostKind.SEEKING_WORK, post.header[:_QUOTE_AT_MOST])
        if (own := _OWN_SEARCH.search(start)) and not _OTHERS_SOUGHT.search(start):
            return Read(PostKind.SEEKING_WORK, own[0][:_QUOTE_AT_MOST])
        if len(text) < 900 and (other := _NOT_HIRING.search(start[:300])):
            return Read(PostKind.OTHER, other[0])
    if headed or _offers(post, segments, has_roles):
        hiring = None if headed else _HIRING.search(post.words)
        return Read(PostKind.HIRING, hiring[0] if hiring else post.header[:_QUOTE_AT_MOST])
    return Read(PostKind.OTHER, text[:_QUOTE_AT_MOST])


def _is_headed(segments: list[Segment]) -> bool:
    """Whether the post begins with a header as jobs have it: parts, of which some are titles or terms."""
    about = {segment.about for segment in segments}
    many = len(segments) >= 3 or (len(segments) == 2 and any(segment.places for segment in segments))
    return many and bool(about & {About.ROLES, About.VAGUE, About.TERMS}) and len(segments[0].text) < 200


def _offers(post: PostText, segments: list[Segment], has_roles: bool) -> bool:
    """Whether a post without such a header offers work all the same."""
    text = post.text
    if len(text) < 400 and "?" in text and _TO_A_POSTER.search(text) and not _OTHERS_SOUGHT.search(text):
        return False
    if len({label[1].lower() for label in _JOB_TEMPLATE.finditer(text[:4_000])}) >= 3:
        return True
    places = any(segment.places for segment in segments)
    if has_roles and (places or len(segments) > 1):
        return True
    if (has_roles or len(text) > 120) and any(map(_JOB_BOARD.search, post.urls[:20])):
        return True
    hiring = _HIRING.search(post.words)
    return hiring is not None and (has_roles or places or len(text) > 250 or "hiring" in text[:300].lower())
