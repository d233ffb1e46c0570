"""What curators are told on Mondays: what was missed, which links are dead, and what waits."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.curators_week import CuratorsWeekContent, DeadLink
from bot.resources.resource import Resource
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.messenger import NEVER_SENT, Rendered, Renderer
from cogs.resources.curators_buttons import queue_button
from cogs.resources.resource_page import OpenSelect
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import long_date
from cogs.ui.feature import guild_of, require_curator, require_manager
from cogs.ui.fitting import fitted
from cogs.ui.markup import as_text, boxed
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

MISSES_LIMIT, FIELD_LIMIT, TITLE_SHOWN, PROBLEM_SHOWN = 2_600, 1_024, 100, 60


class SilenceButton(LastingButton, template=r"curate:silence:v1"):
    """Has the curators told of nothing any more; it stands under the server's settings."""

    def __init__(self) -> None:
        super().__init__(_("Tell curators nothing"), "curate:silence:v1")

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await interaction.client.services.curation.set_up(guild_of(interaction), None)
        text = _(
            "The curators are told of nothing any more. What members suggest waits in /curate queue, and "
            "/curate week has what was missed."
        )
        await reply(interaction, embed=discord.Embed(description=text, colour=colours.CALM))


def render_week(content: CuratorsWeekContent, nonce: str) -> Rendered:
    """The week as curators see it in their channel; whoever opens a resource sees it alone."""
    embed = discord.Embed(
        title=_("Resources: the week before {day}").format(day=long_date(content.day)),
        description="\n".join(_misses(content)),
        colour=colours.CALM,
    )
    if content.dead:
        lines = [_dead_line(link) for link in content.dead]
        told = _list(lines, content.more_dead)
        embed.add_field(name=_("Links that are dead"), value=told, inline=False)
    if content.reported:
        lines = [_reported_line(resource, times) for resource, times in content.reported]
        embed.add_field(name=_("Links that members say are dead"), value=_list(lines), inline=False)
    if content.waiting:
        waiting = ngettext(
            "{count} suggestion waits to be decided.",
            "{count} suggestions wait to be decided.",
            content.waiting,
        )
        embed.add_field(name=_("The queue"), value=waiting.format(count=content.waiting), inline=False)
    opened = _opened(content)
    if opened:
        embed.set_footer(text=_("Open one to change it, or to hide it here."))
    items: list[discord.ui.Item[Any]] = [OpenSelect(opened)] if opened else []
    return Rendered(text="", embed=embed, view=view_of(*items, queue_button(nonce)))


async def show_week(interaction: "Interaction") -> None:
    """Show a curator what the next report would say now."""
    require_curator(interaction)
    curation, guild_id = interaction.client.services.curation, guild_of(interaction)
    content = await curation.week(guild_id)
    if content is None:
        embed = discord.Embed(description=_("Nothing to tell so far."), colour=colours.CALM)
        await reply(interaction, embed=embed)
        return
    look = render_week(content, NEVER_SENT)
    assert look.embed is not None
    settings = await curation.settings(guild_id)
    if settings.channel_id is None:
        note = _("This is posted nowhere: /setup with `curators_channel` chooses where.")
    else:
        note = _("On Monday it is posted to the curators' channel, as things stand by then.")
    await reply(interaction, embed=look.embed.set_footer(text=note), view=look.view)


def _misses(content: CuratorsWeekContent) -> Iterator[str]:
    if not content.misses:
        yield _("Whatever was searched was found.")
        return
    yield _("What was searched and not found, and how often. Who searched is not kept.")
    lines = [_("{count} × {words}").format(count=times, words=words) for words, times in content.misses]
    yield boxed(fitted(lines, MISSES_LIMIT, content.more_misses))


def _dead_line(link: DeadLink) -> str:
    since = link.health.dead_since
    said = [
        f"**{as_text(link.resource.entry.title, TITLE_SHOWN)}**",
        _("since {day}").format(day=discord.utils.format_dt(since, "d")) if since else "",
        as_text(_(link.health.problem), PROBLEM_SHOWN) if link.health.problem else "",
    ]
    if link.instead is not None:
        title = as_text(link.instead.entry.title, TITLE_SHOWN)
        said.append(_("perhaps {title} instead").format(title=f"**{title}**"))
    return "- " + " · ".join(filter(None, said))


def _reported_line(resource: Resource, times: int) -> str:
    title = f"**{as_text(resource.entry.title, TITLE_SHOWN)}**"
    count = ngettext("{count} member", "{count} members", times).format(count=times)
    return f"- {title} · {count}"


def _list(lines: Sequence[str], more: int = 0) -> str:
    return fitted(lines, FIELD_LIMIT, more)


def _opened(content: CuratorsWeekContent) -> list[Resource]:
    """What can be opened out of the report, each once."""
    resources = [
        *(link.resource for link in content.dead),
        *(resource for resource, _times in content.reported),
        *(link.instead for link in content.dead if link.instead is not None),
    ]
    return list({resource.id: resource for resource in resources}.values())


BUTTONS = (SilenceButton,)
RENDERERS: dict[type, Renderer] = {CuratorsWeekContent: render_week}
