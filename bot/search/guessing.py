"""What a resource nobody described is likely to be, from its host, title and tags. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.search.cues import cues
from bot.search.facets import Cost, Facets, Kind, Level
from bot.search.meanings import Meaning, meanings
from bot.search.reading import facet_term
from bot.search.words import folded, stems, words

_HOST = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/@?#]*@)?([^/:?#]+)([^?#]*)")

_HOSTS: Mapping[str, tuple[Kind | None, Cost | None]] = {
    "youtube.com": (Kind.VIDEO, Cost.FREE),
    "youtu.be": (Kind.VIDEO, Cost.FREE),
    "vimeo.com": (Kind.VIDEO, Cost.FREE),
    "twitch.tv": (Kind.VIDEO, Cost.FREE),
    "arxiv.org": (Kind.PAPER, Cost.FREE),
    "openreview.net": (Kind.PAPER, Cost.FREE),
    "aclanthology.org": (Kind.PAPER, Cost.FREE),
    "papers.nips.cc": (Kind.PAPER, Cost.FREE),
    "proceedings.mlr.press": (Kind.PAPER, Cost.FREE),
    "coursera.org": (Kind.COURSE, Cost.FREEMIUM),
    "edx.org": (Kind.COURSE, Cost.FREEMIUM),
    "udacity.com": (Kind.COURSE, Cost.FREEMIUM),
    "udemy.com": (Kind.COURSE, Cost.PAID),
    "datacamp.com": (Kind.COURSE, Cost.FREEMIUM),
    "dataquest.io": (Kind.COURSE, Cost.FREEMIUM),
    "khanacademy.org": (Kind.COURSE, Cost.FREE),
    "ocw.mit.edu": (Kind.COURSE, Cost.FREE),
    "codecademy.com": (Kind.COURSE, Cost.FREEMIUM),
    "freecodecamp.org": (Kind.COURSE, Cost.FREE),
    "fast.ai": (Kind.COURSE, Cost.FREE),
    "futurelearn.com": (Kind.COURSE, Cost.FREEMIUM),
    "pluralsight.com": (Kind.COURSE, Cost.PAID),
    "skillshare.com": (Kind.COURSE, Cost.PAID),
    "manning.com": (Kind.BOOK, Cost.PAID),
    "oreilly.com": (Kind.BOOK, Cost.PAID),
    "packtpub.com": (Kind.BOOK, Cost.PAID),
    "amazon.com": (Kind.BOOK, Cost.PAID),
    "nostarch.com": (Kind.BOOK, Cost.PAID),
    "leanpub.com": (Kind.BOOK, Cost.PAID),
    "github.com": (Kind.PROJECT, Cost.FREE),
    "gitlab.com": (Kind.PROJECT, Cost.FREE),
    "pypi.org": (Kind.TOOL, Cost.FREE),
    "readthedocs.io": (Kind.GUIDE, Cost.FREE),
    "reddit.com": (Kind.COMMUNITY, Cost.FREE),
    "discord.gg": (Kind.COMMUNITY, Cost.FREE),
    "discord.com": (Kind.COMMUNITY, Cost.FREE),
    "slack.com": (Kind.COMMUNITY, Cost.FREE),
    "meetup.com": (Kind.COMMUNITY, Cost.FREE),
    "stackoverflow.com": (Kind.COMMUNITY, Cost.FREE),
    "stackexchange.com": (Kind.COMMUNITY, Cost.FREE),
    "medium.com": (Kind.ARTICLE, None),
    "towardsdatascience.com": (Kind.ARTICLE, None),
    "dev.to": (Kind.ARTICLE, Cost.FREE),
    "kdnuggets.com": (Kind.ARTICLE, Cost.FREE),
    "distill.pub": (Kind.ARTICLE, Cost.FREE),
    "wikipedia.org": (Kind.ARTICLE, Cost.FREE),
    "substack.com": (Kind.NEWSLETTER, Cost.FREEMIUM),
    "anchor.fm": (Kind.NEWSLETTER, Cost.FREE),
    "spotify.com": (Kind.NEWSLETTER, Cost.FREEMIUM),
    "kaggle.com": (None, Cost.FREE),
    "archive.ics.uci.edu": (Kind.DATASET, Cost.FREE),
    "openslr.org": (Kind.DATASET, Cost.FREE),
    "leetcode.com": (Kind.PRACTICE, Cost.FREEMIUM),
    "hackerrank.com": (Kind.PRACTICE, Cost.FREE),
    "huggingface.co": (None, Cost.FREE),
    "angel.co": (Kind.JOBS, Cost.FREE),
    "wellfound.com": (Kind.JOBS, Cost.FREE),
    "linkedin.com": (None, Cost.FREEMIUM),
    "indeed.com": (Kind.JOBS, Cost.FREE),
}

_PATHS: Sequence[tuple[str, Kind]] = (
    ("/datasets", Kind.DATASET),
    ("/competitions", Kind.PRACTICE),
    ("/blog", Kind.ARTICLE),
    ("/posts", Kind.ARTICLE),
    ("/post/", Kind.ARTICLE),
    ("/learn", Kind.COURSE),
    ("/course", Kind.COURSE),
    ("/tutorial", Kind.TUTORIAL),
    ("/docs", Kind.GUIDE),
    ("/papers", Kind.PAPER),
    ("/jobs", Kind.JOBS),
    ("/spaces", Kind.HOSTING),
    ("/books", Kind.BOOK),
)

_TAGS: Mapping[str, Kind] = {
    "framework": Kind.TOOL,
    "library": Kind.TOOL,
    "platform": Kind.TOOL,
    "open source": Kind.PROJECT,
    "career": Kind.ARTICLE,
    "jobs": Kind.JOBS,
    "demo": Kind.HOSTING,
    "roadmap": Kind.GUIDE,
    "bootcamp": Kind.SCHOOL,
    "ideas": Kind.IDEAS,
    "interview": Kind.PRACTICE,
    "websites": Kind.NEWSLETTER,
}


def guessed(title: str, url: str, tags: Sequence[str] = ()) -> Facets:
    """The kind, level, cost and need of maths, each where something tells it; the time is never guessed."""
    host_kind, cost = _by_host(url)
    said = words(title)
    work = _work(title)
    kind = (
        (work.kind if work else None)
        or _by_words_and_tags(said, tags)
        or (host_kind if host_kind is not Kind.PROJECT or not _by_words(said, _OF_REPOSITORIES) else None)
        or _by_words(said, _OF_REPOSITORIES)
    )
    if work is not None:
        cost = next((cost for cost in Cost if facet_term(cost) in work.facets), cost)
    if cost is None and kind in (
        Kind.PAPER,
        Kind.DATASET,
        Kind.COMMUNITY,
        Kind.JOBS,
        Kind.PROJECT,
        Kind.ARTICLE,
    ):
        cost = Cost.FREE
    return Facets(kind, _level(title, work), cost, None, _maths(title, tags))


def guessed_topics(text: str, known: Iterable[str]) -> list[str]:
    """Those of the known topics' names that a text is about, the most surely first."""
    all_of = meanings()
    row = stems(text)
    found: dict[str, float] = {}
    for _, length, meaning in all_of.within(row):
        for term, much in ((meaning.term, 1.0 + 0.1 * length), *meaning.wider.items()):
            found[term] = max(found.get(term, 0.0), much)
    marks = {}
    for topic in known:
        named = stems(topic.replace("-", " "))
        direct = (
            any(row[place : place + len(named)] == named for place in range(len(row))) if named else False
        )
        term = "_" + "_".join(words(topic))
        mark = max(1.0 if direct else 0.0, found.get(term, 0.0))
        if mark >= 0.45:
            marks[topic] = mark
    return sorted(marks, key=lambda topic: -marks[topic])


_SURE_KINDS: Mapping[str, Kind] = {
    "course": Kind.COURSE,
    "courses": Kind.COURSE,
    "specialization": Kind.COURSE,
    "lectures": Kind.COURSE,
    "mooc": Kind.COURSE,
    "bootcamp": Kind.SCHOOL,
    "book": Kind.BOOK,
    "handbook": Kind.BOOK,
    "textbook": Kind.BOOK,
    "tutorial": Kind.TUTORIAL,
    "tutorials": Kind.TUTORIAL,
    "walkthrough": Kind.TUTORIAL,
    "podcast": Kind.NEWSLETTER,
    "newsletter": Kind.NEWSLETTER,
    "blog": Kind.NEWSLETTER,
    "dataset": Kind.DATASET,
    "datasets": Kind.DATASET,
    "corpus": Kind.DATASET,
    "community": Kind.COMMUNITY,
    "discord": Kind.COMMUNITY,
    "forum": Kind.COMMUNITY,
    "roadmap": Kind.GUIDE,
    "cheatsheet": Kind.GUIDE,
    "jobs": Kind.JOBS,
    "video": Kind.VIDEO,
    "videos": Kind.VIDEO,
    "channel": Kind.VIDEO,
}
_OF_REPOSITORIES: Mapping[str, Kind] = {
    "guide": Kind.GUIDE,
    "awesome": Kind.GUIDE,
    "introduction": Kind.TUTORIAL,
    "examples": Kind.TUTORIAL,
    "hands": Kind.TUTORIAL,
    "how": Kind.ARTICLE,
    "why": Kind.ARTICLE,
}


def _by_words_and_tags(said: Sequence[str], tags: Sequence[str]) -> Kind | None:
    named, tagged = _by_words(said, _SURE_KINDS), _by_tags(tags)
    # Titles often name data that they are only about.
    return (tagged or named) if named is Kind.DATASET else (named or tagged)


def _by_words(said: Iterable[str], kinds: Mapping[str, Kind]) -> Kind | None:
    return next((kinds[word] for word in said if word in kinds), None)


def _by_tags(tags: Sequence[str]) -> Kind | None:
    asked = cues()
    for tag in tags:
        row = tuple(words(tag))
        name = " ".join(row)
        if name in _TAGS:
            return _TAGS[name]
        for phrase, asking in asked.phrases.get(row[0], ()) if row else ():
            if phrase == row and isinstance(asking, Kind):
                return asking
    return None


def _by_host(url: str) -> tuple[Kind | None, Cost | None]:
    match = _HOST.match(folded(url))
    if match is None:
        return None, None
    host, path = match[1].removeprefix("www."), match[2]
    labels = host.split(".")
    for start in range(len(labels) - 1):
        known = _HOSTS.get(".".join(labels[start:]))
        if known is not None:
            kind = Kind.ARTICLE if path.startswith("/blog") else known[0]
            kind = kind or next((kind for part, kind in _PATHS if path.startswith(part)), None)
            return kind, known[1]
    return next((kind for part, kind in _PATHS if part in path), None), None


def _work(title: str) -> Meaning | None:
    """The known work that a title names, if it names nothing else to speak of."""
    row = stems(title)
    for place, length, meaning in meanings().within(row):
        if meaning.kind and (length == len(row) or (place == 0 and length > 1 and not meaning.whole)):
            return meaning
    return None


def _level(title: str, work: Meaning | None) -> Level | None:
    if work is not None:
        if "_beginners" in work.wider:
            return Level.BEGINNER
        if level := next((level for level in Level if facet_term(level) in work.facets), None):
            return level
    said = f" {' '.join(words(title))} "
    for level, telling in _IN_DEPTH if " in depth " in said else _LEVELS.items():
        if any(f" {phrase} " in said for phrase in telling):
            return level
    return None


_LEVELS: Mapping[Level, Sequence[str]] = {
    Level.BEGINNER: (
        *(
            "beginner",
            "beginners",
            "for everybody",
            "for everyone",
            "crash course",
            "from scratch",
            "dummies",
        ),
        *(
            "intro",
            "introduction",
            "introductory",
            "basics",
            "fundamentals",
            "first",
            "gentle",
            "friendly",
            "fun",
        ),
        *("made easy", "grokking", "essence", "101", "starter", "getting started", "for coders", "what is"),
        *("for kids", "learn python", "no degree", "zero to hero"),
    ),
    Level.ADVANCED: (
        *(
            "advanced",
            "graduate",
            "phd",
            "theory",
            "rigorous",
            "in depth",
            "elements of statistical learning",
        ),
        *("pattern recognition", "convex optimization", "gaussian processes", "probabilistic"),
    ),
}


_IN_DEPTH = ((Level.ADVANCED, ("in depth",)),)
"""What is said before all: an in-depth introduction is not for beginners."""


def _maths(title: str, tags: Sequence[str]) -> bool | None:
    said = set(stems(" ".join((title, *tags))))
    return (
        True if said & {"math", "algebra", "calculu", "bayesian", "probability", "convex", "matrix"} else None
    )
