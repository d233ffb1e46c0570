"""How what the bot says by itself about builds looks."""

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.builds.deliveries import (
    BuildContent,
    BuildThreadTitle,
    KickoffContent,
    ThereContent,
    WeekOverContent,
)
from bot.builds.rules import DAYS, Build, BuildState
from bot.ideas.rules import PART_NAMES, Part
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.builds.buttons import (
    CorrectButton,
    JoinButton,
    LeaveButton,
    MoveOnButton,
    ThereButton,
    TwoTeamsButton,
)
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.fitting import shortened
from cogs.ui.ideas import TITLE_SHOWN, idea_line
from cogs.ui.markup import as_text

NAMES_SHOWN, FIELD_SHOWN, EMBED_TITLE_SHOWN, THREAD_TITLE_SHOWN = 30, 1_000, 256, 80


def render_build(content: BuildContent, nonce: str) -> Rendered:
    """A build as it stands; it mentions nobody so that they notice."""
    build = content.build
    match build.state:
        case BuildState.RUNNING:
            return _running(build, nonce)
        case BuildState.THERE:
            return _there(build, nonce)
        case BuildState.MOVED_ON:
            return _moved_on(build)


def render_kickoff(content: KickoffContent, nonce: str) -> Rendered:
    """How to begin, for those who are in."""
    build = content.build
    steps = [
        _("Agree on the smallest thing that runs end to end: something goes in, something can be seen."),
        _("A dumb rule counts. Guess the commonest answer, match one word: now there is something to beat."),
        _("Show it on day one, here and in your check-in. Ugly is fine; unseen is not."),
        _("Make one thing better a day. What does not fit into the week goes on a list for later."),
    ]
    lines = [
        _("**Who is in:** {names}").format(names=_names(build.members)),
        "",
        _("**First steps**"),
        *(f"{number}. {step}" for number, step in enumerate(steps, 1)),
    ]
    running = [JoinButton(build.id, nonce), ThereButton(build.id)] if build.is_running else []
    return Rendered(text="\n".join(lines), view=view_of(*running))


def render_week_over(content: WeekOverContent, nonce: str) -> Rendered:
    """The one question at the end; it mentions those who asked for it, and nobody else."""
    build = content.build
    title = idea_line(build.text.title)
    if build.state is BuildState.THERE:
        text = _("The seven days for {title} are over, and the baseline is there.").format(title=title)
    elif build.state is BuildState.MOVED_ON:
        text = _("The seven days for {title} are over, and its team has moved on.").format(title=title)
    else:
        question = _("the seven days for {title} are over. Is the baseline there?")
        if not content.mentioned:
            question = _("The seven days for {title} are over. Is the baseline there?")
        help_ = _("If not, moving on is no defeat: the next idea gets a week of its own. I won't ask again.")
        names = " ".join(f"<@{member}>" for member in content.mentioned)
        text = "\n".join([": ".join(filter(None, [names, question.format(title=title)])), help_])
    running = [ThereButton(build.id, nonce), MoveOnButton(build.id)] if build.is_running else []
    return Rendered(
        text=text,
        view=view_of(*running),
        mentions=discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(member) for member in content.mentioned]
        ),
    )


def render_there(content: ThereContent, nonce: str) -> Rendered:
    """Congratulates those who are in."""
    build = content.build
    well_done = _(
        "Well done, {names}. It runs and others can see it, which is more than most ideas ever get. It "
        "counts as something you have shown, for each of you."
    )
    lines = [
        _("**The baseline of {title} is there.**").format(title=as_text(build.text.title, TITLE_SHOWN)),
        as_text(build.link, FIELD_SHOWN),
        well_done.format(names=_names(build.members)) if build.members else "",
    ]
    return Rendered(text="\n".join(filter(None, lines)), view=view_of(CorrectButton(build.id, nonce)))


def render_thread_title(title: BuildThreadTitle, nonce: str) -> Rendered:
    """The title of the thread under a build."""
    return Rendered(text=_("Build · {title}").format(title=shortened(title.title, THREAD_TITLE_SHOWN)))


def _running(build: Build, nonce: str) -> Rendered:
    embed = _embed(build, colours.CALM)
    embed.description = _("**{days} days for a baseline**, until {until} ({left}).").format(
        days=DAYS, until=format_dt(build.until, "f"), left=format_dt(build.until, "R")
    )
    if build.text.problem:
        _add(embed, _(PART_NAMES[Part.PROBLEM]), as_text(build.text.problem, FIELD_SHOWN))
    baseline = as_text(build.text.baseline, FIELD_SHOWN)
    nothing = _("Nobody has written it down yet. Agree on it first: the smallest thing that runs.")
    _add(embed, _(PART_NAMES[Part.BASELINE]), baseline or nothing)
    _add(embed, _("Who is in"), _names(build.members) or _("Nobody yet."))
    if build.rival:
        _add(embed, _("Another idea, close behind"), _rival(build))
    embed.set_footer(
        text=_(
            "Whoever wants to build it may join. If you press “I'm in”, I mention you once, in the thread, "
            "when the week is over."
        )
    )
    view = view_of(
        JoinButton(build.id, nonce),
        LeaveButton(build.id),
        ThereButton(build.id),
        MoveOnButton(build.id),
        *([TwoTeamsButton(build.id)] if build.rival else ()),
    )
    return Rendered(text=_("**Being built**"), embed=embed, view=view)


def _rival(build: Build) -> str:
    text = _(
        "{title} has about as many people behind it. Within two days, whoever started the poll can make it "
        "two teams."
    )
    return text.format(title=idea_line(build.rival))


def _there(build: Build, nonce: str) -> Rendered:
    embed = _embed(build, colours.GOOD)
    if build.ended_at is not None and build.ended_at < build.until:
        embed.description = _("**The baseline is there**, on day {day} of {days}.").format(
            day=build.day_at(build.ended_at), days=DAYS
        )
    else:
        embed.description = _("**The baseline is there.**")
    if build.link:
        _add(embed, _("Where it can be seen"), as_text(build.link, FIELD_SHOWN))
    if build.members:
        _add(embed, _("Who built it"), _names(build.members))
    return Rendered(text=_("**Built**"), embed=embed, view=view_of(CorrectButton(build.id, nonce)))


def _moved_on(build: Build) -> Rendered:
    embed = _embed(build, colours.CALM)
    embed.description = _("Its team has moved on. What it taught them goes along.")
    return Rendered(text=_("**Moved on**"), embed=embed, view=view_of())


def _embed(build: Build, colour: discord.Colour) -> discord.Embed:
    return discord.Embed(title=as_text(build.text.title, EMBED_TITLE_SHOWN), colour=colour)


def _add(embed: discord.Embed, name: str, value: str) -> None:
    embed.add_field(name=name, value=value, inline=False)


def _names(members: Sequence[int]) -> str:
    names = ", ".join(f"<@{member}>" for member in members[:NAMES_SHOWN])
    more = len(members) - NAMES_SHOWN
    if more > 0:
        return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
            names=names, count=more
        )
    return names


RENDERERS: dict[type, Renderer] = {
    BuildContent: render_build,
    KickoffContent: render_kickoff,
    WeekOverContent: render_week_over,
    ThereContent: render_there,
    BuildThreadTitle: render_thread_title,
}
