"""Whether a role does machine learning, AI or data science, or only the company does."""

import re
from collections.abc import Sequence

from bot.leads.lead import MachineLearning
from bot.leads.reading.structure import PostText, Read

_REACH = 90

_FIELD = (
    r"(?:a\.?i\.?(?:/ml)?|ml(?:/ai)?|machine[- ]learning|deep[- ]learning|nlp|natural language processing|computer vision|llms?"
    r"|gen(?:erative)?[- ]?ai|genai|data scien(?:ce|tists?)|mlops|ml ops|llmops|aiops|agentic|ai agents?|reinforcement learning"
    r"|foundation models?|applied (?:scientists?|science|research(?:ers?)?)|prompt engineers?|mles?|robot learning|conversational ai"
    r"|speech (?:recognition|llms?)|recommender systems?)"
)
_IN_TITLE = re.compile(rf"(?<![\w.])(?:{_FIELD})(?![\w'])")
# These are of machine learning only where the post speaks of it.
_MAYBE = re.compile(r"\b(?:research (?:engineers?|scientists?)|researchers?|inference|perception|agents? engineers?|ranking|rl|cv|evals?|post-training|pre-training)\b")
_OTHER_WORK = re.compile(
    r"\b(?:sales|account|marketing|marketer|recruit\w*|counsel|writer|content|policy|customer success|partnerships?|growth|sdr|bdr|business"
    r"|product manag\w+|designer|operations|ops lead|community|finance|office|support)\b"
)
_SPOKEN = re.compile(
    r"(?<![\w.])(?:a\.?i\b|ai/ml|ml/ai|ml\b|machine[- ]learning|deep[- ]learning|nlp\b|computer vision|llms?\b|gen(?:erative)?[- ]?ai|genai|data science"
    r"|language models?|neural|gpt\w*|agentic|copilots?|foundation models?|reinforcement learning)(?!\w)"
)
_PERSON = (
    r"(?:engineers?|scientists?|researchers?|developers?|devs?|leads?|architects?|interns?|specialists?|swes?|programmers?|experts?|team"
    r"|engineering|research|roles?|positions?|platform|infrastructure|infra|ops|wizards?|hackers?|people|folks|quants?|analysts?)"
)
_TITLED = re.compile(rf"(?<![\w.@/-])(?:{_FIELD})(?:[ /,&+-]+[\w#+.()-]+){{0,3}}?[ /-]{_PERSON}\b|\b(?:data scientists?|applied scientists?|mlops|prompt engineers?)\b")
_SOUGHT = re.compile(
    r"\b(?:look(?:ing|s)? (?:for|to)|hir(?:e|ing)|seek(?:s|ing)?|search(?:ing)? for|recruit(?:ing)?|need|wants?|join|as an?|openings?|open|roles?"
    r"|positions?|adding|bring on|we have)\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:for|by|with|used|of|from|alongside|leading|top|our|their|help\w*|enabl\w+|partner\w*|collaborat\w+|other|between|include\w*|to|and our|who)\b"
)
_WORK = re.compile(
    rf"\b(?:join(?:ing)? (?:our|the|my) (?:[\w-]+ )?{_FIELD} (?:[\w-]+ )?(?:team|group|lab)"
    rf"|(?:engineers?|developers?|someone|you|generalists?) to (?:[\w, /]+ )?(?:work(?:ing)? on|build|own|scale|develop|train|design|lead)[\w, /]{{0,40}}? {_FIELD}"
    rf"(?: [\w-]+)? (?:models?|systems?|platform|pipelines?|infrastructure|team|features|products?|agents?|stack)"
    rf"|(?:train|training|fine-?tune|fine-?tuning|pre-?train\w*) (?:[\w, /-]+ )?(?:models?|llms?))\b"
)
_SENTENCE = re.compile(r".*(?:[|\n;•]|[.!?]\s)", re.DOTALL)
_BEGINS = re.compile(r"\W*(?:\d{1,2}\W{1,3})?(?:an? )?(?:\(?(?:senior|sr|staff|lead|principal|junior|founding|head of|director of|mid|first)[.)]?[ ,/&+-]*(?:and |or )?)*")


def read_machine_learning(post: PostText, roles: Sequence[str]) -> Read[MachineLearning] | None:
    """What the titles say, then what the text says that somebody will do, then what it says of the company."""
    text = post.folded
    spoken = _SPOKEN.search(text)
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
    for match in _TITLED.finditer(text):
        before = _SENTENCE.sub("", text[max(0, match.start() - _REACH) : match.start()])
        if _OTHER_WORK.search(match[0]):
            continue
        if _BEGINS.fullmatch(before) or _last(_SOUGHT, before) > _last(_OF_OTHERS, before):
            return post.text[match.start() : match.end()]
    work = _WORK.search(text)
    return post.text[work.start() : work.end()] if work else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for found in pattern.finditer(text):
        last = found.start()
    return last
