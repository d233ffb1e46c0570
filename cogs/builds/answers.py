"""How the private answers about a build look."""

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.builds.rules import Build
from bot.texts import gettext as _
from cogs.ui import colours
from cogs.ui.ideas import idea_line


def joined_card(build: Build) -> discord.Embed:
    """The answer to whoever is in now."""
    text = _(
        "You are in on {title}, until {until}. When the week is over, I mention you once in the thread and "
        "ask whether the baseline is there. Nothing else comes."
    )
    return _card(text.format(title=idea_line(build.text.title), until=format_dt(build.until, "f")))


def left_card(build: Build) -> discord.Embed:
    """The answer to whoever is out now."""
    text = _("You are out of {title}, and I won't mention you. “I'm in” takes you back whenever you like.")
    return _card(text.format(title=idea_line(build.text.title)))


def there_card(build: Build) -> discord.Embed:
    """The answer to whoever said that the baseline is there."""
    text = _("The baseline of {title} is there. Everybody who is in has it to show. Enjoy it.")
    embed = _card(text.format(title=idea_line(build.text.title)))
    embed.colour = colours.GOOD
    embed.set_footer(text=_("A wrong link can be corrected for a day."))
    return embed


def corrected_card(build: Build) -> discord.Embed:
    """The answer to whoever put the link right."""
    text = _("Corrected. The baseline of {title} is at {link} now.")
    return _card(text.format(title=idea_line(build.text.title), link=build.link))


def really_card(build: Build) -> discord.Embed:
    """Asks whether the team is really to move on."""
    text = _(
        "Move on from {title}? It ends for everybody who is in, and there is no way back. The next idea of "
        "the shortlist gets its seven days, if there is one left."
    )
    return _card(text.format(title=idea_line(build.text.title)))


def moved_on_card(builds: Sequence[Build], build_id: int) -> discord.Embed:
    """The answer once the team of a build has moved on: which of its poll's builds are going on now."""
    moved_at = next((build.ended_at for build in builds if build.id == build_id), None)
    running = [build for build in builds if build.is_running]
    for build in running:
        title, until = idea_line(build.text.title), format_dt(build.until, "f")
        if moved_at is not None and build.began_at >= moved_at:
            text = _("Moved on. Now {title} has its seven days, until {until}.")
            return _card(text.format(title=title, until=until))
    if running:
        text = _("Moved on. The other team goes on with {title}.")
        return _card(text.format(title=idea_line(running[0].text.title)))
    return _card(_("Moved on. That was the last idea of the shortlist, so the poll ends here."))


def two_teams_card() -> discord.Embed:
    """The answer to whoever made it two teams."""
    return _card(_("Two teams it is. The second idea has its own message, and its own seven days."))


def _card(text: str) -> discord.Embed:
    return discord.Embed(description=text, colour=colours.CALM)
