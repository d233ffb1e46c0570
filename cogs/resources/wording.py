"""How what is known of a resource is put, in a few words each."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from babel.numbers import format_decimal

from bot.resources.answers import FoundResource
from bot.resources.entry import Entry, Step, topics
from bot.resources.resource import LinkHealth, Mark, Resource
from bot.search.document import Reason, Why
from bot.search.facets import Cost, Filters, Kind, Level
from bot.search.guessing import guessed_topics
from bot.search.words import stems
from bot.texts import gettext as _
from bot.texts import language, mark, ngettext
from cogs.ui.markup import as_text

KIND_NAMES = {
    Kind.COURSE: mark("course"),
    Kind.BOOK: mark("book"),
    Kind.VIDEO: mark("video"),
    Kind.ARTICLE: mark("article"),
    Kind.PAPER: mark("paper"),
    Kind.TUTORIAL: mark("tutorial"),
    Kind.GUIDE: mark("guide"),
    Kind.TOOL: mark("tool"),
    Kind.PROJECT: mark("open-source project"),
    Kind.DATASET: mark("data set"),
    Kind.PRACTICE: mark("practice"),
    Kind.IDEAS: mark("ideas for projects"),
    Kind.HOSTING: mark("hosting"),
    Kind.COMMUNITY: mark("community"),
    Kind.NEWSLETTER: mark("newsletter or blog"),
    Kind.SCHOOL: mark("school"),
    Kind.JOBS: mark("finding work"),
}

LEVEL_NAMES = {
    Level.ANYONE: mark("for anyone"),
    Level.BEGINNER: mark("for beginners"),
    Level.INTERMEDIATE: mark("intermediate"),
    Level.ADVANCED: mark("advanced"),
}

COST_NAMES = {Cost.FREE: mark("free"), Cost.FREEMIUM: mark("free in part"), Cost.PAID: mark("paid")}

STEP_NAMES = {
    Step.LEARN: mark("Learn"),
    Step.BUILD: mark("Build"),
    Step.SHOW: mark("Show"),
    Step.HUNT: mark("Find work"),
}
STEPS_SAY = {
    Step.LEARN: mark("understand something"),
    Step.BUILD: mark("make something: tools, data, ideas, practice"),
    Step.SHOW: mark("put what you made before people"),
    Step.HUNT: mark("get paid for it"),
}

ASKED_LEVELS = (Level.BEGINNER, Level.INTERMEDIATE, Level.ADVANCED)
"""The levels one can ask for; what is for anyone fits each of them."""
ASKED_COSTS = {
    Cost.FREE: mark("free"),
    Cost.FREEMIUM: mark("free, at least in part"),
    Cost.PAID: mark("paid"),
}
ASKED_TIMES = {
    30: mark("up to half an hour"),
    180: mark("an evening (3 hours)"),
    960: mark("a weekend (16 hours)"),
    3_600: mark("some weeks (60 hours)"),
}
"""How much time one can ask for, by the minutes that it may take at most."""

TITLE_SHOWN, GOOD_FOR_SHOWN, WHAT_SHOWN, ADDRESS_SHOWN = 120, 440, 60, 500
TOPICS_SAID = 2
HOUR = 60

_BETWEEN_NAMES = re.compile(r"[,;/()]|\band\b")


def time_text(minutes: int | None) -> str:
    """The rough time it takes, such as "some 3 hours"; nothing for what one dips into."""
    if minutes is None:
        return ""
    if minutes < HOUR:
        return ngettext("some {count} minute", "some {count} minutes", minutes).format(count=minutes)
    # Halves say something only where there are few hours.
    hours = round(minutes / 30) / 2 if minutes < 5 * HOUR else round(minutes / HOUR)
    if hours == 1:
        return _("about an hour")
    number = format_decimal(hours, locale=language())
    return ngettext("some {count} hour", "some {count} hours", math.ceil(hours)).format(count=number)


def topic_name(topic: str) -> str:
    """A topic as people read it, by its short name; one that is not known any more is said as it is."""
    return _(topics()[topic]) if topic in topics() else topic


def capitalised(text: str) -> str:
    """A text that stands by itself, such as a title or what a button says, with a capital."""
    return text[:1].upper() + text[1:]


def topics_text(names: Iterable[str]) -> str:
    """Several topics, by their short names."""
    return ", ".join(map(topic_name, names))


def facts(entry: Entry) -> list[str]:
    """What kind of thing it is, for whom, at what cost, and how long it takes."""
    said = [_(KIND_NAMES[entry.kind]), _(LEVEL_NAMES[entry.level]), _(COST_NAMES[entry.cost])]
    return [*said, *filter(None, [time_text(entry.minutes)])]


def all_facts(entry: Entry) -> list[str]:
    """The facts, and whether it needs maths."""
    return [*facts(entry), *([_("needs more maths than school's")] if entry.maths else [])]


def helped_text(helped: int) -> str:
    """How many members here it helped; nothing if none."""
    return (
        ngettext("helped {count} here", "helped {count} here", helped).format(count=helped) if helped else ""
    )


def why_line(found: FoundResource, asked: str = "") -> str:
    """Why it fits what was asked for, in a few words, and what it is."""
    entry = found.resource.entry
    return " · ".join([about_text(entry, found.reasons, asked), *facts(entry)])


def about_text(entry: Entry, reasons: Sequence[Reason] = (), asked: str = "") -> str:
    """What it is about, what was asked for first, or by whom it is if somebody was named.

    Words of a search that stand in what is said of it are not repeated: they are read there.
    """
    about = _topics_asked(entry, reasons, asked)
    author = _author_asked(entry, reasons, asked)
    if author and not about:
        return _("by {author}").format(author=as_text(author, WHAT_SHOWN))
    if author:
        return _("about {topic}, by {author}").format(
            topic=topic_name(about[0]), author=as_text(author, WHAT_SHOWN)
        )
    told = list(dict.fromkeys([*about, *entry.topics]))[:TOPICS_SAID]
    return _("about {topics}").format(topics=topics_text(told))


def _topics_asked(entry: Entry, reasons: Sequence[Reason], asked: str) -> list[str]:
    """The topics of a resource that were asked for, by a name of theirs or by a word that stands for them."""
    found = [reason.what for reason in reasons if reason.why is Why.TOPIC and reason.what in entry.topics]
    return list(dict.fromkeys([*found, *guessed_topics(asked, entry.topics)]))


def _author_asked(entry: Entry, reasons: Sequence[Reason], asked: str) -> str:
    """Who of those that made a resource was named; nobody where the words say what it is about."""
    if all(reason.why is not Why.AUTHOR for reason in reasons):
        return ""
    of_topics = {
        stem for topic in entry.topics for name in (topic, topics().get(topic, "")) for stem in stems(name)
    }
    said = set(stems(asked)) - of_topics
    for name in filter(None, map(str.strip, _BETWEEN_NAMES.split(entry.author))):
        parts = set(stems(name))
        if 2 * len(parts & said) >= len(parts) > 0:
            return name
    return ""


def made_of_it(found: FoundResource) -> str:
    """What members made of it, and what it is to whoever reads this; nothing if nothing."""
    return " · ".join(filter(None, [helped_text(found.helped), mark_text(found.mark)]))


def mark_text(mark: Mark) -> str:
    """What a resource is to whoever reads it; nothing if it is nothing."""
    if mark.is_finished:
        return _("you finished it")
    if mark.is_under_way:
        return _("you began it")
    return _("saved") if mark.is_saved else ""


def filters_text(filters: Filters) -> str:
    """What was asked for beside the words, such as "free, for beginners"; nothing if nothing was."""
    return ", ".join(_asked(filters))


def _asked(filters: Filters) -> Iterator[str]:
    if filters.cost is not None:
        yield _(ASKED_COSTS[filters.cost])
    if filters.level is not None:
        yield _(LEVEL_NAMES[filters.level])
    if filters.kind is not None:
        yield _(KIND_NAMES[filters.kind])
    if filters.minutes_at_most is not None:
        asked = ASKED_TIMES.get(filters.minutes_at_most)
        yield _(asked) if asked else time_text(filters.minutes_at_most)


def linked_title(resource: Resource, limit: int = TITLE_SHOWN) -> str:
    """The title as a link; nothing in it or in the address ends the link too early.

    An address that takes too much room is left to the page of the resource.
    """
    # In the text of a link Discord shows no other address, and a bracket would end it.
    title = as_text(resource.entry.title.replace("://", ":"), limit).replace("]", "\\]")
    address = safe_address(resource.entry.address)
    return f"[{title}]({address})" if len(address) <= ADDRESS_SHOWN else title


def safe_address(address: str) -> str:
    """An address in which nothing ends a link."""
    return quote(address, safe="/:?#@!$&'*+,;=%~-._[]")


def dead_text(found: FoundResource) -> str:
    """That it is gone, what became of it, and what to use instead; nothing while it is there."""
    what = found.resource.entry.dead
    if not what:
        return ""
    text = _("**Gone.** {what}").format(what=as_text(what, GOOD_FOR_SHOWN))
    if found.replacement is None:
        return text
    return text + " " + _("Use {title} instead.").format(title=linked_title(found.replacement))


def link_text(link: LinkHealth) -> str:
    """That a link is dead; nothing while it works, or failed but once."""
    return _("**The link is dead**, as far as I can tell.") if link.is_dead else ""
