"""Where the work is done: hybrid, on site, remote, as stated anywhere in a post."""

import re
from dataclasses import dataclass

from bot.leads.lead import WorkMode
from bot.leads.reading.structure import APART, PostText, Read

_NOT = (
    r"(?:\bno(?:t|n)?[ -](?:\w+ ){0,3}?remote\b(?! sens)|\bno remotes?\b|\bnon-?remote\b|"
    r"\bremote(?: work| working)?[:\s-]+(?:is |are )?"
    r"(?:no\b|not\b|n't|isn['’]?t|aren['’]?t|won['’]?t)|\bremote\b[^.\n|"
    r"]{0,25}\b(?:will be|are|is) (?:ignored|rejected|not)\b"
    r"|(?:can['’]?t|cannot|don['’]?t|unable to|not able to)[^.\n|]{0,40}\bremote\b|\bremote\s*=\s*no\b)"
)
NO_REMOTE = re.compile(_NOT, re.IGNORECASE)

# What counts in a header or a labelled line, where every word is about the job.
_REMOTE = re.compile(
    r"\bremot(?:e(?:ly)?|os?)\b|\bfully[- ]distributed\b|\bwfh\b|\bwork from (?:home|"
    r"anywhere)\b|\btelecommut|"
    r"\bdistributed (?:team|company)\b|\bhome[- ]?office\b|\bfrom anywhere\b",
    re.IGNORECASE,
)
_HYBRID = re.compile(
    r"\bhybrid\b|\bpart(?:ly|ially|ial)?[- ]remote\b|\bsemi[- ]remote\b|"
    r"\bremote[- ]hybrid\b|\bpart(?:ly|ially|ial)?[- ]on-?site\b",
    re.IGNORECASE,
)
_DAYS = (
    r"(?:[1-4]|one|two|three|four|1-2|2-3|3-4|1-3|2-4)\+?\s*(?:x|times|days?)(?:\s*(?:/|a|per|"
    r"each|every)?\s*(?:week|wk|w))?"
)
SOME_DAYS = re.compile(
    rf"\b{_DAYS}[,]?\s*(?:in|at|from|on)?[- ]?(?:the |our |"
    rf"an )?(?:\w+ )?(?:in-?(?:the-)?office|in[- ]person|on-?site|office|hq)\b"
    rf"|\b(?:in[- ](?:the[- ])?office|in[- ]person|on-?site)\s*\(?(?:for )?{_DAYS}",
    re.IGNORECASE,
)
_ONSITE = re.compile(
    r"\bon[- –]?sit(?:e|es)\b|\bin[- ](?:the[- ])?office\b|\bin[- ]person\b|"
    r"\boffice[- ]based\b|\binoffice\b|\birl\b|\bin[- ]house only\b"
    r"|\blocal(?:s)? only\b|\bin our (?:\w+ ){0,3}office\b",
    re.IGNORECASE,
)
# What of it is about something else.
_ELSEWHERE = re.compile(
    r"\bon-?site (?:gym|interviews?|parking|lunch|meals?|chef|child ?care|visits?|"
    r"training|support|retreats?|meetings?|events?|search|at (?:customers?|clients?))"
    r"|\bin[- ]person (?:meet|event|retreat|interview|offsite|gather|off-?site|team|"
    r"summit|collab|technical|conference|onsite|on-?site|visit|class|care)\w*"
    r"|\bhybrid (?:cloud|search|retrieval|approach|mobile|app|model(?:s|ing)? of|"
    r"infrastructure|vehicle|car|electric|rocket|quantum|rag|recommend|architecture|"
    r"database|role between|of\b|human)|\bremote (?:sensing|desktop|control|access|"
    r"monitoring|server|device|api|procedure|code|patient|identity|support tool|"
    r"debug|diagnos|repos|procedure|area|location|village|site|asset|operat|health|care|"
    r"pilot|driv|island|browser|execution|"
    r"(?-i:hiring)|job board|workforce|communit|surveill|machine|town|region|part of)\w*|"
    r"\bteam (?:on-?sites?|off-?sites?)\b|\bany of the above hybrid\b"
    r"|\boff-?sites?\b|\bremotely (?:control|monitor|operat|access|manage|pilot)\w*",
    re.IGNORECASE,
)

# What counts in prose: the words say that a job or everybody's work is meant.
_REMOTE_PROSE = re.compile(
    r"\b(?:fully|100 ?%|completely|entirely|totally|all|primarily|mostly|truly|globally|"
    r"permanently)[- ](?:\w+ and )?remote\b"
    r"|\bremote[- ](?:first|only|friendly|based|ok\b|okay|possible|eligible|optional|"
    r"native|role|position|job|candidate|applicant|option|"
    r"employee|opportunit|contract|within|anywhere|worldwide|from|in the|across|across|"
    r"welcome|considered|available|working|"
    r"company|compan|start-?up|team\b|hire|engineer|developer|or\b|and hybrid|/|\()"
    r"|\bremote work(?:ing|ers?)?\b|\b(?:or|can be|is|are|be|also|considering|consider|"
    r"offer|allow|support|open to|welcome|and) (?:fully )?remote\b(?! \w+ing\b)"
    r"|\b(?:work(?:ing)?|team|live|contribute|collaborate|employees|distributed|join us|"
    r"based|operate) (?:\w+ )?(?:fully |100% )?remotely\b|\bremotely (?:from|within|in|or|"
    r"across)\b"
    r"|\b(?:work(?:ing)? from (?:home|anywhere)|wfh)\b|\b(?:fully|globally|"
    r"geographically)?[- ]?distributed (?:team|company|startup)\b|\bremote\b[\s:]*[✓✅]"
    r"|\((?:[^()\n]{0,40}\W)?remote\b[^()\n]{0,40}\)|(?-i:\bREMOTE\b)|\bremote:? (?:yes|ok)\b"
    r"|\bremote (?:is (?:also )?(?:possible|fine|ok|okay|an option|welcome|allowed)|also|"
    r"for (?:exceptional|the right|great|strong|outstanding|senior))\b"
    r"|(?:,|\bor) (?:at|from) home\b",
    re.IGNORECASE,
)
_ONSITE_PROSE = re.compile(
    r"\bon-?site (?:role|position|job|only|in|at our|from our|work|team|full|5|five|"
    r"required|or|and|/|\()\w*|\b(?:fully|100 ?%|is|are|be|work(?:ing)?|or|hybrid/|"
    r"remote/|remote,|offer|strictly) on-?site\b"
    r"|\bin[- ]person (?:in|at our|role|position|only|work|team|company|culture|5|"
    r"full)\w*|\b(?:work(?:ing)?|fully|100 ?%|team|is|are) in[- ]person\b"
    r"|\b(?:full[- ]time|5 days(?: a| per|/)? ?(?:week|wk)?|five days a week|every ?day|"
    r"daily|work(?:ing)?|be|fully) (?:in|from|at) (?:the|our) (?:\w+ ){0,3}?office\b"
    r"|\b(?:hybrid|remote)\s?(?:/|or|,)\s?on-?site\b|\bfrom our (?:\w+ ){0,3}office\b|"
    r"\b5 days(?: a week|/week)? (?:in[- ](?:the )?office|on-?site|in[- ]person)\b|"
    r"(?-i:\bON-?SITE\b)|\bas on-?site roles?\b|\bin[- ]office (?:role|position|only|5|in|"
    r"team|culture)"
    r"|\((?:on-?site|in[- ]person)[^()]{0,30}\)|\bcoming on-?site\b",
    re.IGNORECASE,
)
_HYBRID_PROSE = re.compile(
    r"\bhybrid (?:role|position|job|work|schedule|working|in\b|setup|policy|remote|model|"
    r"office|from|out of|environment|or|option|arrangement|\(|with|company|/|on-?site|"
    r"based|format|structure|opportunit|across)\w*"
    r"|\b(?:is|are|be|or|and|offer|work(?:ing)?|remote/|remote,|"
    r"via) hybrid\b(?! \w+ (?:of|between))|(?-i:\bHYBRID\b)|\(hybrid\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[^\w\n]*(?:work ?(?:mode|type|place|style)?|workplace|locations?|where|remote|"
    r"office|position|job type|type|policy|arrangement|setup|"
    r"work (?:arrangement|model|location|setting|policy))\b[^:\n]{0,25}[:—–-]\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)


_KEYS = (
    "remot", "hybrid", "home", "office", "person", "distributed", "anywhere", "site", "wfh", "telecommut",
    "irl", "local", "house", "hq",
)  # fmt: skip
"""Without any of these a line says nothing of where one works."""

_SENTENCES = re.compile(r"\n|(?<=[.!?])\s+(?=[A-Z])")
_BESIDE_HYBRID = re.compile(
    r"\bhybrid\b[\s,:/-]*(?:\((?![^()]*on-?site)[^()]*\)|in[- ]person|in[- ]office)", re.IGNORECASE
)
_HALF = re.compile(r"\bpart(?:ly|ially|ial)?[- ](?:remote|on-?site)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ModesOfHeader:
    """What a header says: the modes, and whether it turns remote work down."""

    modes: frozenset[WorkMode]
    no_remote: bool
    quotes: dict[WorkMode, str]


_NOTHING = ModesOfHeader(frozenset(), False, {})


def modes_in(text: str) -> ModesOfHeader:
    """The modes named in a header, a part of one, or a labelled line."""
    if not _may_tell(text):
        return _NOTHING
    no_remote = NO_REMOTE.search(text) if "emot" in text or "EMOT" in text else None
    plain = _ELSEWHERE.sub(_blank, NO_REMOTE.sub(_blank, text) if no_remote else text)
    quotes: dict[WorkMode, str] = {}
    if hybrid := _HYBRID.search(plain) or SOME_DAYS.search(plain):
        quotes[WorkMode.HYBRID] = hybrid[0]
        for beside in (SOME_DAYS, _BESIDE_HYBRID, _HALF):
            plain = beside.sub(_blank, plain)
    if remote := _REMOTE.search(plain):
        quotes[WorkMode.REMOTE] = remote[0]
    if onsite := _ONSITE.search(plain):
        quotes[WorkMode.ONSITE] = onsite[0]
    return ModesOfHeader(frozenset(quotes), no_remote is not None, quotes)


def read_work_modes(post: PostText) -> Read[frozenset[WorkMode]] | None:
    """The modes that are offered, by the header and by the rest of the post."""
    cut = len(post.text) - len(post.body)
    header = modes_in(post.words[:cut])
    quotes = dict(header.quotes)
    lines = "\n".join(line for line in post.words[cut:].split("\n") if _may_tell(line))
    said = [one for one in _SENTENCES.split(lines) if _may_tell(one)]
    body = "\n".join(said)
    remote_named = "emot" in body or "EMOT" in body
    turned_down = header.no_remote or (remote_named and NO_REMOTE.search(body) is not None)
    if said:
        body = _ELSEWHERE.sub(_blank, NO_REMOTE.sub(_blank, body) if turned_down else body)
        for label in _LABEL.finditer(body):
            for mode, quote in modes_in(label[0][:160]).quotes.items():
                quotes.setdefault(mode, quote)
        if hybrid := _HYBRID_PROSE.search(body) or SOME_DAYS.search(body):
            quotes.setdefault(WorkMode.HYBRID, hybrid[0])
            body = SOME_DAYS.sub(_blank, body)
        if onsite := _ONSITE_PROSE.search(body):
            quotes.setdefault(WorkMode.ONSITE, onsite[0])
    if turned_down and WorkMode.REMOTE not in header.modes:
        quotes.pop(WorkMode.REMOTE, None)
    elif said and (remote := _REMOTE_PROSE.search(body)):
        quotes.setdefault(WorkMode.REMOTE, remote[0])
    if not quotes:
        return None
    return Read(frozenset(quotes), APART.join(dict.fromkeys(quotes.values())))


def _may_tell(text: str) -> bool:
    small = text.lower()
    return any(map(small.__contains__, _KEYS))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
