"""/leads latest and /leads search: lists of leads, page by page, and what to do when nothing is found."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.errors import SearchGone
from bot.leads.filters import Filters, Months, describe, describe_one
from bot.leads.posts import JudgedLead
from bot.leads.search import Dropped, Found
from bot.leads.service import SHOWN_AT_ONCE, Latest
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.leads.lead_lines import lead_line
from cogs.leads.opening import OpenLeadSelect
from cogs.leads.watching import add_watch
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import month_and_year
from cogs.ui.feature import guild_of
from cogs.ui.fitting import fitted, shortened
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

KEY = r"(?P<key>[0-9a-f]{16})"
LIST_LIMIT, FILTERS_SHOWN, LABEL_LIMIT, DROPPED_SHOWN, DROPPED_LIMIT = 3_700, 300, 80, 3, 100

MONTHS = {
    Months.THIS: mark("this month"),
    Months.EARLIER: mark("earlier months"),
    Months.ALL: mark("all months"),
}


class PageButton(LastingButton, template=rf"leads:page:v1:{KEY}:(?P<offset>\d{{1,6}})"):
    """Shows another page of a search, or a search with a filter less."""

    def __init__(self, key: str, offset: int | str, label: str = ""):
        super().__init__(label or _("Next"), custom_id_of("leads:page:v1", key, offset))
        self.key, self.offset = key, int(offset)

    async def press(self, interaction: "Interaction") -> None:
        await search(interaction, _kept_filters(interaction, self.key), self.offset)


class WatchThisButton(LastingButton, template=rf"leads:keep:v1:{KEY}"):
    """Has whoever presses it told of what meets the filters of a search from now on."""

    def __init__(self, key: str):
        super().__init__(_("Watch this"), custom_id_of("leads:keep:v1", key), discord.ButtonStyle.primary)
        self.key = key

    async def press(self, interaction: "Interaction") -> None:
        await add_watch(interaction, _kept_filters(interaction, self.key))


class LatestButton(LastingButton, template=rf"leads:latest:v1:{NONCE}"):
    """Under a message of the bot's own: shows whoever presses it the best of the newest thread."""

    def __init__(self, nonce: str):
        super().__init__(_("Show the latest"), custom_id_of("leads:latest:v1", nonce))

    async def press(self, interaction: "Interaction") -> None:
        await show_latest(interaction)


async def show_latest(interaction: "Interaction") -> None:
    """Show whoever asks the best of the newest thread."""
    latest = await interaction.client.services.leads.latest(guild_of(interaction))
    view = view_of(OpenLeadSelect(latest.leads)) if latest.leads else None
    await reply(interaction, embed=latest_card(latest), view=view)


async def search(interaction: "Interaction", filters: Filters, offset: int = 0) -> None:
    """Show whoever asks a page of what meets some filters."""
    found = await interaction.client.services.leads.search(guild_of(interaction), filters, offset)
    await reply(interaction, embed=found_card(found), view=_view(interaction, found))


def latest_card(latest: Latest) -> discord.Embed:
    """The best leads of the newest thread."""
    if latest.month is None:
        text = _(
            "No thread has been read yet. Hacker News' hiring threads are posted on the first weekday of a "
            "month; what I read there shows up here."
        )
        return discord.Embed(title=_("Job leads"), description=text, colour=colours.CALM)
    title = _("Job leads of {month}").format(month=month_and_year(latest.month))
    embed = discord.Embed(title=title, description=_lines(latest.leads), colour=colours.CALM)
    posts = ngettext("{count} post so far", "{count} posts so far", latest.total).format(count=latest.total)
    ours = ngettext(
        "{count} with a fit of {mark} or more", "{count} with a fit of {mark} or more", latest.reaching
    ).format(count=latest.reaching, mark=latest.mark)
    return embed.set_footer(text=f"{posts}, {ours}. " + _("The fit is for people without a degree."))


def found_card(found: Found) -> discord.Embed:
    """A page of what was found, or what would be with a filter less."""
    asked = as_text(filters_text(found.filters), FILTERS_SHOWN)
    if not found.results:
        text = _("Nothing matches {filters}.") if found.filters.asked else _("There is nothing there yet.")
        text = text.format(filters=asked)
        return discord.Embed(
            title=_("Nothing found"), description=f"{text}\n{_without(found)}", colour=colours.CALM
        )
    first, last = found.offset + 1, found.offset + len(found.results)
    number = f"{found.total}+" if found.or_more else str(found.total)
    title = ngettext("{count} lead found", "{count} leads found", found.total).format(count=number)
    embed = discord.Embed(title=title, description=f"{asked}\n\n{_lines(found.results)}", colour=colours.CALM)
    footer = _("{first} to {last}, best fit first").format(first=first, last=last)
    if found.filters.pay_at_least:
        footer += ". " + _("Pay in other currencies is compared roughly")
    return embed.set_footer(text=footer)


def filters_text(filters: Filters) -> str:
    """All filters in words."""
    return " · ".join([*(describe(filters) or (_("every lead"),)), _(MONTHS[filters.months])])


def _without(found: Found) -> str:
    if not found.filters.asked and not found.without:
        return _("Nothing has been read yet. New posts come every day, most of them early in the month.")
    if not found.without:
        return _("Nothing would match with one of the filters dropped either.")
    lines = [f"• {_would_find(found, dropped)}" for dropped in found.without[:DROPPED_SHOWN]]
    return "\n".join([_("One filter less would find:"), *lines])


def _would_find(found: Found, dropped: Dropped) -> str:
    if dropped.name == "months":
        text = ngettext("{count} lead in all months", "{count} leads in all months", dropped.total)
        return text.format(count=dropped.total)
    text = ngettext("{count} lead without {filter}", "{count} leads without {filter}", dropped.total)
    what = as_text(describe_one(found.filters, dropped.name), DROPPED_LIMIT)
    return text.format(count=dropped.total, filter=what)


def _label_of(found: Found, dropped: Dropped) -> str:
    """What the button says that searches with a filter less."""
    if dropped.name == "months":
        return _("In all months")
    label = _("Without {filter}").format(filter=describe_one(found.filters, dropped.name))
    return shortened(label, LABEL_LIMIT)


def _lines(leads: Sequence[JudgedLead]) -> str:
    return fitted([f"- {lead_line(lead)}" for lead in leads], LIST_LIMIT) or _("Nothing yet.")


def _view(interaction: "Interaction", found: Found) -> discord.ui.View:
    key = _keep(interaction, found.filters)
    if not found.results:
        fewer = [
            PageButton(
                _keep(interaction, dropped.filters),
                0,
                _label_of(found, dropped),
            )
            for dropped in found.without[:DROPPED_SHOWN]
        ]
        return view_of(*fewer, WatchThisButton(key))
    pages = []
    if found.offset:
        pages.append(PageButton(key, found.offset - SHOWN_AT_ONCE, _("Back")))
    if found.offset + len(found.results) < found.total:
        pages.append(PageButton(key, found.offset + SHOWN_AT_ONCE, _("Next")))
    return view_of(OpenLeadSelect(found.results), *pages, WatchThisButton(key))


def _keep(interaction: "Interaction", filters: Filters) -> str:
    """The key under which filters are kept for buttons; they may be longer than a custom id."""
    return interaction.client.drafts.keep({"filters": json.dumps(filters.as_json())}, by=interaction.user.id)


def _kept_filters(interaction: "Interaction", key: str) -> Filters:
    kept = interaction.client.drafts.find(key)
    if kept is None or "filters" not in kept:
        raise SearchGone
    return Filters.from_json(json.loads(kept["filters"]))


BUTTONS = (PageButton, WatchThisButton, LatestButton)
