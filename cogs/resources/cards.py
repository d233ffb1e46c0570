"""How resources look: one by itself, several in a list, the four steps, and that nothing fits."""

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.resources.answers import Answer, FoundResource, Page
from bot.resources.browsing import Wanted
from bot.resources.entry import OWN, Entry, Step
from bot.resources.resource import Resource, Shown
from bot.search.facets import Filters
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.resources.wording import (
    GOOD_FOR_SHOWN,
    KIND_NAMES,
    STEP_NAMES,
    STEPS_SAY,
    all_facts,
    capitalised,
    dead_text,
    facts,
    filters_text,
    helped_text,
    link_text,
    linked_title,
    made_of_it,
    safe_address,
    topic_name,
    topics_text,
    why_line,
)
from cogs.ui import colours
from cogs.ui.fitting import fitted
from cogs.ui.markup import as_text

STEP_COLOURS = {
    Step.LEARN: colours.LEARNING,
    Step.BUILD: colours.BUILDING,
    Step.SHOW: colours.SHOWING,
    Step.HUNT: colours.JOB_HUNT,
}

SOURCE_NAMES = {
    "no-ml-degree-notes": mark("named in the notes on “No ML Degree”"),
    "ml-engineer-roadmap": mark("named in the guide “Machine Learning Engineer Without a Degree”"),
    "portfolio-equal-to-a-degree": mark("named in the guide “A Portfolio Equal to a Degree”"),
    "practicing-ml-in-a-non-ml-job": mark("named in the guide “Practicing ML in a Non-ML Job”"),
    "what-substitutes-for-experience": mark("named in the guide “What Substituted for Experience”"),
    "reading-list": mark("from a long reading list"),
    "ours": mark("chosen for this catalogue"),
    OWN: mark("suggested here, and taken in by the curators"),
}

LIST_LIMIT, TITLE_LIMIT, URL_LIMIT = 3_900, 250, 2_048
QUERY_SHOWN, GOOD_FOR_IN_LISTS, AUTHOR_SHOWN = 200, 110, 160


def found_card(answer: Answer, filters: Filters) -> discord.Embed:
    """What fits, the best first, and why."""
    notes = []
    if answer.respelt:
        notes.append(_("Understood as “{query}”.").format(query=as_text(answer.respelt, QUERY_SHOWN)))
    if said := filters_text(filters):
        notes.append(_("Asked for: {filters}.").format(filters=said))
    asked = answer.respelt or answer.query
    return list_card(_quoted(answer.query), answer.found, " ".join(notes), asked, best_first=True)


def nothing_card(answer: Answer, filters: Filters) -> discord.Embed:
    """That nothing fits, and what to do now."""
    if answer.fit_without_filters:
        text = _("You asked for: {filters}. Nothing fits all of that, but something does without it.")
        lines = [text.format(filters=filters_text(filters))]
    else:
        lines = [_("I know nothing here that is about this.")]
        if answer.nearest:
            lines.append(_("What comes nearest: {topics}.").format(topics=topics_text(answer.nearest)))
        lines.append(
            _(
                "Once a week the curators see what was not found, without names. "
                "If you know the right one, suggest it."
            )
        )
    title = _("Nothing fits {query}").format(query=_quoted(answer.query))
    return discord.Embed(title=title, description="\n\n".join(lines), colour=colours.CALM)


def list_card(
    title: str, found: Sequence[FoundResource], note: str = "", asked: str = "", *, best_first: bool = False
) -> discord.Embed:
    """Several resources, each with its link, why it fits what was asked, and what it is good for.

    `title` is shown with its markup. With `best_first` they are numbered, and the first has its whole
    sentence; the others have as much of theirs as a line or two hold.
    """
    numbers = [f"{number}. " if best_first else "" for number in range(1, len(found) + 1)]
    lengths = [
        GOOD_FOR_SHOWN if best_first and not place else GOOD_FOR_IN_LISTS for place in range(len(found))
    ]
    full = [_entry_text(*each, asked) for each in zip(found, numbers, lengths, strict=True)]
    # Addresses may be so long that not every sentence has room; what stands first keeps its own longest.
    for place in reversed(range(len(full))):
        if len("\n\n".join([note, *full])) <= LIST_LIMIT:
            break
        full[place] = _entry_text(found[place], numbers[place], 0, asked)
    text = fitted([f"{part}\n" for part in (note, *full) if part], LIST_LIMIT).rstrip()
    return discord.Embed(title=title[:TITLE_LIMIT], description=text, colour=colours.CALM)


def steps_card(page: Page) -> discord.Embed:
    """The four steps of the path, with how many resources each has."""
    lines = [
        _("**{step}** · {count} · {what}").format(
            step=_(STEP_NAMES[step]), count=page.counts.steps.get(step, 0), what=_(what)
        )
        for step, what in STEPS_SAY.items()
    ]
    lines.append("\n" + _("Choose a step, a topic, a kind, or one after the other."))
    title = ngettext("{count} resource to look at", "{count} resources to look at", page.total)
    return discord.Embed(
        title=title.format(count=page.total), description="\n".join(lines), colour=colours.CALM
    )


def page_card(page: Page, wanted: Wanted) -> discord.Embed:
    """A page of what was chosen by step, topic and kind."""
    title = wanted_text(wanted)
    if not page.resources:
        text = _("There is nothing of that. Choose another step, topic or kind.")
        return discord.Embed(title=title, description=text, colour=colours.CALM)
    embed = list_card(title, page.found, asked=wanted.topic or "")
    if wanted.step is not None:
        embed.colour = STEP_COLOURS[wanted.step]
    number = ngettext("{count} resource", "{count} resources", page.total).format(count=page.total)
    where = _("page {page} of {pages}").format(page=page.page + 1, pages=page.pages)
    return embed.set_footer(text=f"{number}, {where}" if page.pages > 1 else number)


def wanted_text(wanted: Wanted) -> str:
    """What was chosen by step, topic and kind."""
    said = (
        wanted.step and _(STEP_NAMES[wanted.step]),
        wanted.topic and topic_name(wanted.topic),
        wanted.kind and _(KIND_NAMES[wanted.kind]),
    )
    return capitalised(" · ".join(filter(None, said))) or _("Resources")


def resource_card(shown: Shown, *, for_all: bool = False) -> discord.Embed:
    """One resource with all that is known of it; `for_all`: as everybody may see it, whoever shares it."""
    entry = shown.resource.entry
    is_dead = bool(entry.dead) or shown.link.is_dead or shown.is_gone
    lines = [_good_for(entry), " · ".join(filter(None, [*all_facts(entry), helped_text(shown.helped)]))]
    # Whoever reads no further than the first line has read that it is gone.
    lines.insert(0 if is_dead else len(lines), _warning(shown))
    if not for_all:
        lines.append(_standing(shown))
    embed = _titled(shown.resource, "\n\n".join(filter(None, lines)))
    embed.colour = colours.PROBLEM if is_dead else STEP_COLOURS[entry.step]
    embed.add_field(name=_("About"), value=topics_text(entry.topics), inline=False)
    if entry.author:
        embed.add_field(name=_("By"), value=as_text(entry.author, AUTHOR_SHOWN))
    embed.add_field(name=_("For the step"), value=_(STEP_NAMES[entry.step]))
    return embed.set_footer(text=_source(entry))


def wants_building(shown: Shown) -> bool:
    """Whether a member has learned from it, and would do well to build something with it now."""
    return shown.mark.is_finished and shown.resource.entry.step is Step.LEARN and not shown.is_gone


def suggested_card(resource: Resource, why: str, path: str = "") -> discord.Embed:
    """One resource that comes next, why it does, and by what measure its step was chosen, if by any."""
    entry = resource.entry
    lines = [why, _good_for(entry), " · ".join([*facts(entry), topics_text(entry.topics[:2])])]
    embed = _titled(resource, "\n\n".join(lines))
    embed.colour = STEP_COLOURS[entry.step]
    return embed.set_footer(text=path) if path else embed


def _titled(resource: Resource, description: str) -> discord.Embed:
    address = safe_address(resource.entry.address)
    return discord.Embed(
        title=as_text(resource.entry.title, TITLE_LIMIT),
        url=address if len(address) <= URL_LIMIT else None,
        description=description,
    )


def _good_for(entry: Entry) -> str:
    return as_text(entry.good_for, GOOD_FOR_SHOWN)


def _warning(shown: Shown) -> str:
    """What is wrong with it or its link; nothing if all is well as far as is known."""
    entry = shown.resource.entry
    if shown.is_gone:
        return _("It is not on this server's shelf any more.")
    gone = dead_text(FoundResource(shown.resource, replacement=shown.replacement))
    if gone or shown.link.is_dead:
        return gone or link_text(shown.link)
    if shown.reported:
        return ngettext(
            "{count} member says that the link is dead.",
            "{count} members say that the link is dead.",
            shown.reported,
        ).format(count=shown.reported)
    if entry.recalled and shown.link.checked_at is None:
        return _("The address is not confirmed yet.")
    return ""


def _standing(shown: Shown) -> str:
    """What it is to the member, and what follows from that."""
    if wants_building(shown):
        return _("You finished it. Knowing is not showing: build something with it.")
    member = shown.mark
    if member.finished_at:
        return _("You finished it on {day}.").format(day=format_dt(member.finished_at, "D"))
    if member.started_at:
        return _("You began it on {day}.").format(day=format_dt(member.started_at, "D"))
    if member.saved_at:
        return _("You saved it on {day}.").format(day=format_dt(member.saved_at, "D"))
    return ""


def _source(entry: Entry) -> str:
    return _(SOURCE_NAMES[entry.source]) if entry.source in SOURCE_NAMES else ""


def _entry_text(found: FoundResource, number: str, sentence: int, asked: str) -> str:
    """A resource in a list, with at most so many characters of what it is good for."""
    title = f"**{number}{linked_title(found.resource)}**"
    if dead := dead_text(found):
        return f"~~{title}~~\n{dead}"
    lines = [" · ".join(filter(None, [title, made_of_it(found)])), why_line(found, asked)]
    said = link_text(found.link) or (as_text(found.resource.entry.good_for, sentence) if sentence else "")
    return "\n".join([*lines, said] if said else lines)


def _quoted(query: str) -> str:
    return f"“{as_text(query, QUERY_SHOWN)}”"
