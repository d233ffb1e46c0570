"""Whether a role does machine learning, AI or data science, or only the company does."""

import re
from collections.abc import Sequence
from itertools import islice

from bot.leads.lead import MachineLearning
from bot.leads.reading.nearby import last, sentence_before
from bot.leads.reading.structure import PostText, Read

_REACH = 90
_MENTIONS_AT_MOST = 100

_FIELD = (
    r"(?:a\.?i\.?(?:/ml)?|ml(?:/ai)?|machine[- ]learning|deep[- ]learning|nlp|natural language processing|computer vision|llms?"
    r"|gen(?:erative)?[- ]?ai|genai|data scien(?:ce|tists?)|mlops|ml ops|llmops|aiops|agentic|ai agents?|reinforcement learning"
    r"|foundation models?|applied (?:scientists?|science|research(?:ers?)?)|prompt engineers?|mles?|robot learning|conversational ai"
    r"|speech (?:recognition|llms?)|recommender systems?)"
)
_IN_TITLE = re.compile(rf"(?<![\w.])(?:{_FIELD})(?![\w'])(?! (?:tools|experience))")
# These are of machine learning only where the post speaks of it.
_MAYBE = re.compile(
    r"\b(?:research (?:engineers?|scientists?)|researchers?|inference|perception|agents? engineers?|ranking|rl|cv|evals?|(?:post|pre)-training)\b"
)
_OTHER_WORK = re.compile(
    r"\b(?:sales|account|marketing|marketer|recruit\w*|counsel|writer|content|policy|customer success|partnerships?|growth|sdr|bdr|business"
    r"|product manag\w+|designer|operations|ops lead|community|finance|office|support|animators?|trainer)\b"
)
_SPOKEN = re.compile(
    r"(?<![\w.])(?=[acdglmnr])(?:a\.?i\b|ai/ml|ml/ai|ml\b|machine[- ]learning|deep[- ]learning|nlp\b|computer vision|llms?\b|gen(?:erative)?[- ]?ai|genai"
    r"|data science|language models?|neural|gpt\w*|agentic|copilots?|foundation models?|reinforcement learning)(?!\w)"
)
_PERSON = (
    r"(?:engineers?|scientists?|researchers?|developers?|devs?|leads?|architects?|interns?|specialists?|swes?|programmers?|experts?|team"
    r"|engineering|research|roles?|positions?|platform|infrastructure|infra|ops|wizards?|hackers?|people|folks|quants?|analysts?)"
)
_MENTION = re.compile(rf"(?<![\w.@/-])(?=[acdglmnprs]){_FIELD}(?!\w)")
_TITLED = re.compile(rf"(?:[ /,&+-]{{1,3}}[\w#.()]{{1,24}}\+{{0,2}}){{0,3}}?[ /-]{{1,3}}{_PERSON}\b")
_BY_ITSELF = re.compile(
    r"(?:data scientists?|applied (?:scientists?|researchers?)|mlops|prompt engineers?|mles?)$"
)
_LISTED = re.compile(r"(?:[ /,&+-]{1,3}[\w#.()]{1,24}){0,4} ?:? *(?:\n|$)")
_SOUGHT = re.compile(
    r"\b(?:look(?:ing|s)? (?:for|to)|hir(?:e|ing)|seek(?:s|ing)?|search(?:ing)? for|recruit(?:ing)?|need|wants?|join|as an?|openings?|open|roles?"
    r"|positions?|adding|bring on|we have)\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:for|by|with|used|of|from|alongside|leading|top|our|their|help\w*|enabl\w+|partner\w*|collaborat\w+|other|between|include\w*|to|and our|who)\b"
)
_WORK_BEFORE = re.compile(
    r"\b(?:join(?:ing)? (?:our|the|my) (?:[\w-]+ )?"
    r"|(?:engineers?|developers?|someone|you|generalists?) to [^.;|\n]{0,30}?\b(?:work(?:ing)? on|build|own|scale|develop|train|design|lead)\b[^.;|\n]{0,50}"
    r"|(?:you will|you'll) (?:be )?(?:work(?:ing)? on|build\w*|own\w*|develop\w*|train\w*|design\w*|fine-tun\w+|implement\w*)\b[^.;|\n]{0,40}"
    r"|(?:train|fine-?tun|pre-?train)(?:e|ing)? [^.;|\n]{0,30})$"
)
_WORK_AFTER = re.compile(
    r"(?: [\w-]+){0,2} (?:models?|systems?|platform|pipelines?|infrastructure|teams?|group|lab|features|products?|agents?|stack|algorithms?)\b|/data science"
)
_BEGINS = re.compile(
    r"\W*(?:\d{1,2}\W{1,3})?(?:an? )?(?:\(?(?:senior|sr|staff|lead|principal|junior|founding|head of|director of|mid|first)[.)]?[ ,/&+-]{1,3}(?:and |or )?){0,3}"
)


def read_machine_learning(post: PostText, roles: Sequence[str]) -> Read[MachineLearning] | None:
    """What the titles say, then what the text says that somebody will do, then what it says of the company."""
    spoken = _SPOKEN.search(post.folded)
    for role in roles:
        if _title_is(role, spoken is not None):
            return Read(MachineLearning.ROLE, role if role in post.text else "")
    found = _in_text(post)
    if found is not None:
        return Read(MachineLearning.ROLE, found)
    if spoken is not None:
        return Read(MachineLearning.COMPANY, post.text[spoken.start() : spoken.end()])
    return None


def _title_is(title: str, spoken: bool) -> bool:
    folded = PostText(title).folded
    if _OTHER_WORK.search(folded):
        return False
    return _IN_TITLE.search(folded) is not None or (spoken and _MAYBE.search(folded) is not None)


def _in_text(post: PostText) -> str | None:
    text = post.folded
    for match in islice(_MENTION.finditer(text), _MENTIONS_AT_MOST):
        start, end = match.span()
        before = sentence_before(text, start, _REACH)
        begins = _BEGINS.fullmatch(before) is not None
        titled = _TITLED.match(text, end)
        if titled or _BY_ITSELF.match(match[0]):
            end = titled.end() if titled else end
            if _OTHER_WORK.search(text, start, end):
                continue
            if begins or last(_SOUGHT, before) > last(_OF_OTHERS, before):
                return post.text[start:end]
        if begins and _LISTED.match(text, end) and start > len(post.header):
            return post.text[start:end]
        work = _WORK_BEFORE.search(before)
        if work and (_WORK_AFTER.match(text, end) or match[0].startswith(("machine", "deep", "llm"))):
            return post.text[start - len(before) + work.start() : end]
    return None
