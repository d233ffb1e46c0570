"""Whether a role does machine learning, AI or data science, or only the company does."""

import re
from collections.abc import Sequence
from itertools import islice

from bot.leads.lead import MachineLearning
from bot.leads.reading.nearby import in_short_part, last, sentence_before
from bot.leads.reading.structure import PostText, Read

_REACH = 120
_MENTIONS_AT_MOST = 100
_PART_AT_MOST = 120

_FIELD = (
    r"(?:a\.?i\.?(?:/ml)?|ml(?:/ai)?|machine[- ]learning|deep[- ]learning|nlp|natural language processing"
    r"|computer vision|llms?"
    r"|gen(?:erative)?[- ]?ai|genai|data scien(?:ce|tists?)|mlops|ml ops|llmops|aiops|agentic|ai agents?"
    r"|reinforcement learning"
    r"|(?:foundation|language) models?|machine vision|applied (?:scientists?|science|research(?:ers?)?)"
    r"|prompt engineers?|mles?|robot learning|conversational ai"
    r"|speech (?:recognition|llms?)|recommender systems?)"
)
_IN_TITLE = re.compile(
    rf"(?<![\w.])(?:{_FIELD})(?![\w'])(?![ -](?:tools? (?:a|is|are)|experience|powered|native|assisted))"
)
# These are of machine learning only where the post speaks of it.
_MAYBE = re.compile(
    r"\b(?:research (?:engineers?|scientists?)|researchers?|inference|perception|agents? engineers?|ranking"
    r"|rl|cv|evals?|(?:post|pre)-training|agent (?:orchestration|platform|infra\w*|systems|eng\w*)"
    r"|agentops)\b|, agents$"
)
_OTHER_WORK = re.compile(
    r"\b(?:sales|account|marketing|marketer|recruit\w*|counsel|writer|content|policy|customer success"
    r"|partnerships?|growth|sdr|bdr|business"
    r"|product manag\w+|designer|operations|ops lead|community|finance|office|support|animators?|trainer"
    r"|client|partner|project manag\w+|devrel|regulatory|assessment|associate"
    r"|pms?|executive)\b"
)
_BUILDER = re.compile(r"\b(?:engineers?|scientists?|developers?|architects?|swes?)\b(?! advocate)")
_OTHER_RESEARCH = re.compile(
    r"\b(?:market|user|ux|security|vulnerability|policy) research|\badvocate\b|\b(?:sales"
    r"|marketing) engineer"
)
_SPOKEN = re.compile(
    r"(?<![\w.])(?=[acdglmnr])(?:a\.?i\b|ai/ml|ml/ai|ml\b|machine[- ]learning|deep[- ]learning|nlp\b"
    r"|computer vision|llms?\b|gen(?:erative)?[- ]?ai|genai"
    r"|data science|language models?|neural|gpt\w*|agentic|copilots?|foundation models?"
    r"|reinforcement learning)(?!\w)"
)
_PERSON = (
    r"(?:engineers?|scientists?|researchers?|developers?|devs?|leads?|architects?|interns?|specialists?"
    r"|swes?|programmers?|experts?"
    r"|wizards?|hackers?|folks|quants?|analysts?|engineering|roles?|positions?|team|research)"
)
# "AI-powered", "AI tools": of what the company makes or how it works, not of a role.
_NOT_A_ROLE = re.compile(
    r"[- ](?:power|first|native|driven|assist|enabl|enhanc|based|ready|focus|forward|augment)\w*"
    r"|(?:/[a-z]+)? (?:tools?|tooling|coding|labs?|startup"
    r"|companies|company|teams to)\b|[/ ](?:developer|research) (?:tools?|platform|lab|company|experience)"
    r"|[- ](?:developers?|engineers?) (?:platform|tools?)"
)
_MENTION = re.compile(rf"(?<![\w.@/-])(?=[acdglmnprs]){_FIELD}(?!\w)")
_TITLED = re.compile(
    rf"(?:[ /,&+-]{{1,3}}[\w#.()]{{1,24}}\+{{0,2}}){{0,3}}?[ /,&+-]{{1,3}}{_PERSON}\b(?! (?:tools?|platform"
    rf"|lab|company))"
)
_BY_ITSELF = re.compile(
    r"(?:data scientists?|applied (?:scientists?|researchers?)|mlops|prompt engineers?|mles?)$"
)
_LISTED = re.compile(
    r"(?:[ /,&+-]{1,3}[\w#.()]{1,24}){0,3} ?: *(?:\n|$|(?:build|develop|design|train|own|work|take|create"
    r"|lead|research|improve|you)\w*\b)"
)
_SOUGHT = re.compile(
    r"\b(?:look(?:ing|s)? (?:for|to)|hir(?:e|ing)|seek(?:s|ing)?|search(?:ing)? for|recruit(?:ing)?|need"
    r"|wants?|join|as an?|openings?"
    r"|open (?:roles?|positions?)|roles?|positions?|adding|bring on)\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:for|by|with|used|of|from|alongside|leading|top|our|their|help\w*|enabl\w+|partner\w*"
    r"|collaborat\w+|other|between|include\w*|to"
    r"|and our|who|not an?)\b"
)
_WORK_BEFORE = re.compile(
    r"\b(?:(?:join(?:ing)?|part of) (?:our|the|my|an?) (?:[\w-]+ ){0,3}"
    r"|(?:engineers?|developers?|someone|you|generalists?) to [^.;|\n]{0,30}?\b(?:work(?:ing)? on|build|own"
    r"|scale|develop|train|design|lead)"
    r"\b[^.;|\n]{0,50}"
    r"|(?:you will|you'll) (?:be )?(?:work(?:ing)? on|build\w*|own\w*|develop\w*|train\w*|design\w*"
    r"|fine-tun\w+|implement\w*)\b[^.;|\n]{0,40}"
    r"|contribut(?:e|ing) to [^.;|\n]{0,30}|\bhiring (?:across|in) [^.;|\n]{0,60}"
    r"|(?:you've|you have|have|who have|has) (?:\w+ )?(?:built|shipped|trained|deployed|fine-tuned|designed"
    r"|run)\b[^.;|\n]{0,40})$"
)
_SOUGHT_WITH = re.compile(
    r"\b(?:look(?:ing)? for|seek(?:ing)?|need|hiring) [^.;|\n]{0,80}\b(?:with|who (?:has|have|knows?|is"
    r"|are))\b"
    r"[^.;|\n]{0,30}$"
)
_EXPERTISE_AFTER = re.compile(r"(?: [\w/]+)? (?:expertise|experience|background|skills|knowledge)\b")
_FAR = re.compile(r"\b(?:behind|between|around|for|that|with|using|powered|used|interfaces?|humans)\b")
_HANDS_ON = re.compile(
    r"[ *•·-]*(?:(?:train|fine-?tun|research|build|architect|design|develop|implement|own|deploy|optimi[sz]"
    r"|evaluat|prototyp|scal|ship)"
    r"(?:e|ing|ning)?(?:,? and|,|/)? ){1,4}(?:[\w-]{1,20},? ){0,3}(?:and )?$"
)
_HANDS_ON_AFTER = re.compile(
    r"(?: [\w-]+)? (?:models?|systems?|pipelines?|agents?|algorithms?|workflows?)\b(?! platform)"
)
_WORK_AFTER = re.compile(
    r"(?: [\w-]+){0,2} (?:models?|systems?|pipelines?|teams?|group|features|agents?|algorithms?|stack"
    r"|platform)\b|/data science"
)
_BEGINS = re.compile(
    r"\W*(?:\d{1,2}\W{1,3})?(?:an? )?(?:\(?(?:senior|sr|staff|lead|principal|junior|founding|head of"
    r"|director of|mid|first)[.)]?"
    r"[ ,/&+-]{1,3}(?:and |or )?){0,3}"
)
_AREAS = re.compile(
    r"\b(?:android|ios|frontend|front-end|backend|back-end|full-?stack|devops|growth|design|infra\w*"
    r"|security|product|sre)\b"
)
# Words of what others do, of the tools and of the times: they make no company one of machine learning.
_BESIDE_BEFORE = re.compile(
    r"(?:\bdot |\busing |\bpowered by |\b(?:nice to have|plus|bonus|familiar\w* with|experience (?:with|in)"
    r"|interest in|stack|cursor|languages"
    r"|more roles)\b[^.|\n]{0,60})$"
)
_BESIDE_AFTER = re.compile(
    r"[ -](?:tools?\b(?! for)|tooling|coding|experience|era\b|world|tokens|familiarity|skills|expertise"
    r"|stack|meetups|made|assist\w*|is core|first\b)"
    r"|/data science stack"
)


def read_machine_learning(post: PostText, roles: Sequence[str]) -> Read[MachineLearning] | None:
    """What the titles say, then what somebody will do, then what the text says of the company."""
    spoken = _SPOKEN.search(post.folded)
    for role in roles:
        if _title_is(role, spoken is not None):
            return Read(MachineLearning.ROLE, role if role in post.text else "")
    found = _in_text(post)
    if found is not None:
        return Read(MachineLearning.ROLE, found)
    for match in islice(_SPOKEN.finditer(post.folded), _MENTIONS_AT_MOST):
        before = sentence_before(post.folded, match.start(), _REACH)
        if not (_BESIDE_BEFORE.search(before) or _BESIDE_AFTER.match(post.folded, match.end())):
            return Read(MachineLearning.COMPANY, post.text[match.start() : match.end()])
    return None


def _title_is(title: str, spoken: bool) -> bool:
    folded = PostText(title).folded
    if _OTHER_RESEARCH.search(folded) or (_OTHER_WORK.search(folded) and not _BUILDER.search(folded)):
        return False
    return _IN_TITLE.search(folded) is not None or (spoken and _MAYBE.search(folded) is not None)


def _in_text(post: PostText) -> str | None:
    text = post.folded
    for match in islice(_MENTION.finditer(text), _MENTIONS_AT_MOST):
        start, end = match.span()
        if _NOT_A_ROLE.match(text, end):
            continue
        before = sentence_before(text, start, _REACH)
        begins = _BEGINS.fullmatch(before) is not None
        titled = _TITLED.match(text, end)
        if titled or _BY_ITSELF.match(match[0]):
            last_word = titled.end() if titled else end
            in_header = (
                post.piped
                and start < len(post.header)
                and in_short_part(text, start, last_word, _PART_AT_MOST)
            )
            sought = last(_SOUGHT, before) >= max(last(_OF_OTHERS, before), 0)
            if (begins or in_header or sought) and not _OTHER_WORK.search(text, start, last_word):
                return post.text[start:last_word]
        if begins and start > len(post.header) and _LISTED.match(text, end):
            return post.text[start:end]
        if _is_work(text, before, match) or _is_area(post, match, before):
            return post.text[start - len(before) : end].strip()
    return None


def _is_work(text: str, before: str, match: re.Match[str]) -> bool:
    """Whether somebody will do it: "you'll train LLMs", "join our AI team"."""
    if _HANDS_ON.fullmatch(before) and not _FAR.search(before) and _HANDS_ON_AFTER.match(text, match.end()):
        return True
    if _SOUGHT_WITH.search(before) and _EXPERTISE_AFTER.match(text, match.end()):
        return True
    work = _WORK_BEFORE.search(before)
    if work is None or _FAR.search(work[0]):
        return False
    if work[0].startswith("hiring"):
        return True
    return _WORK_AFTER.match(text, match.end()) is not None or match[0].startswith(("machine", "deep", "llm"))


def _is_area(post: PostText, match: re.Match[str], before: str) -> bool:
    """Whether it stands among the areas of work that a header lists: "iOS, ML, Growth"."""
    if not post.piped or match.end() > len(post.header):
        return False
    after = post.folded[match.end() : match.end() + _REACH]
    listed = before.rstrip()[-1:] in ("", ",", "/", "&") and after.lstrip(" ")[:1] in (
        "",
        ",",
        "/",
        "&",
        "|",
        "\n",
    )
    return listed and _AREAS.search(before + after.split("|", 1)[0]) is not None
