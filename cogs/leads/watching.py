"""/leads watch: a member's watches, how they are told of what these find, and the buttons for both."""

from typing import TYPE_CHECKING

import discord

from bot.leads.filters import Filters, describe
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from bot.watches.deliveries import WatchContent, WatchPingContent
from bot.watches.rules import WATCHES_EACH, How, Watch
from bot.watches.service import Kept, MemberWatches, OwnMatches
from cogs.leads.calls import render_call
from cogs.leads.lead_lines import lead_line
from cogs.leads.opening import OpenLeadSelect
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import long_date
from cogs.ui.feature import guild_of
from cogs.ui.fitting import fitted, shortened
from cogs.ui.lasting import GUILD, NONCE, custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.presence import server_of
from cogs.ui.replies import reply
from cogs.ui.selects import LastingSelect

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NAME_SHOWN, FILTERS_SHOWN, LABEL_LIMIT, SECTION_LIMIT, LETTER_LIMIT = 80, 220, 100, 1_900, 3_900

HOW_LABELS = {
    How.PING: mark("Mention me"),
    How.DIRECT: mark("Write to me directly"),
    How.SILENT: mark("Don't tell me"),
}
HOW_TEXTS = {
    How.PING: mark(
        "Once a day, if there is something new, you are mentioned. What it is, only you see, by a button."
    ),
    How.DIRECT: mark("Once a day, if there is something new, it comes to you as a direct message."),
    How.SILENT: mark("You are not told. /leads watch shows what there is whenever you look."),
}


class WatchSelect(LastingSelect, template=r"leads:watch:v1"):
    """A member's watches to choose from; the one that is chosen is shown with what can be done about it."""

    def __init__(self, watches: MemberWatches | None = None):
        options = [
            discord.SelectOption(label=shortened(watch.name, LABEL_LIMIT), value=str(watch.id))
            for watch in (watches.watches if watches else ())
        ]
        super().__init__(_("Pause or remove a watch"), "leads:watch:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        watch = await interaction.client.services.watches.chosen(
            guild_of(interaction), interaction.user.id, values[0]
        )
        buttons = view_of(
            PauseWatchButton("off" if watch.paused else "on", watch.id), RemoveWatchButton(watch.id)
        )
        await reply(
            interaction, embed=discord.Embed(description=_line(watch), colour=colours.CALM), view=buttons
        )


class PauseWatchButton(LastingButton, template=r"leads:pause:v1:(?P<turn>on|off):(?P<watch>\d{1,18})"):
    """Has a watch find nothing for a while, or go on."""

    def __init__(self, turn: str, watch: int | str):
        label = _("Pause it") if turn == "on" else _("Let it go on")
        super().__init__(label, custom_id_of("leads:pause:v1", turn, watch))
        self.paused, self.watch_id = turn == "on", int(watch)

    async def press(self, interaction: "Interaction") -> None:
        watches = await interaction.client.services.watches.pause(
            guild_of(interaction), interaction.user.id, self.watch_id, paused=self.paused
        )
        await _show(interaction, watches)


class RemoveWatchButton(LastingButton, template=r"leads:unwatch:v1:(?P<watch>\d{1,18})"):
    """Lets go of a watch."""

    def __init__(self, watch: int | str):
        super().__init__(_("Remove it"), custom_id_of("leads:unwatch:v1", watch), discord.ButtonStyle.danger)
        self.watch_id = int(watch)

    async def press(self, interaction: "Interaction") -> None:
        watches = await interaction.client.services.watches.remove(
            guild_of(interaction), interaction.user.id, self.watch_id
        )
        await _show(interaction, watches)


class TellButton(LastingButton, template=r"leads:tell:v1:(?P<how>silent|ping|direct)"):
    """Chooses how a member is told of what their watches found."""

    def __init__(self, how: How | str):
        self.how = How(how)
        super().__init__(_(HOW_LABELS[self.how]), custom_id_of("leads:tell:v1", self.how))

    async def press(self, interaction: "Interaction") -> None:
        watches = await interaction.client.services.watches.tell(
            guild_of(interaction), interaction.user.id, self.how
        )
        await _show(interaction, watches)


class MatchesButton(LastingButton, template=rf"leads:mine:v1(?::{GUILD})?(?::{NONCE})?"):
    """Shows whoever presses it what their own watches match, privately."""

    def __init__(self, guild: int | str | None = None, nonce: str | None = None):
        custom_id = custom_id_of("leads:mine:v1", guild, nonce)
        super().__init__(_("Show mine"), custom_id, discord.ButtonStyle.primary)
        self.guild = None if guild is None else str(guild)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        matches = await interaction.client.services.watches.matches(guild_id, interaction.user.id)
        leads = [match.lead for match in (*matches.new, *matches.others)]
        where = guild_id if interaction.guild_id is None else None
        view = view_of(OpenLeadSelect(leads, where)) if leads else None
        await reply(interaction, embed=matches_card(matches), view=view)


async def show_watches(interaction: "Interaction") -> None:
    """Show whoever asks their watches."""
    watches = await interaction.client.services.watches.find(guild_of(interaction), interaction.user.id)
    await _show(interaction, watches)


async def add_watch(interaction: "Interaction", filters: Filters, name: str | None = None) -> None:
    """Watch for what meets some filters, for whoever asks."""
    kept = await interaction.client.services.watches.add(
        guild_of(interaction), interaction.user.id, filters, name
    )
    await reply(interaction, embed=kept_card(kept), view=_view(kept.all))


def kept_card(kept: Kept) -> discord.Embed:
    """That a watch is there now, and how much there already is for it."""
    embed = watches_card(kept.all)
    now = ngettext(
        "Now watching for {name}. {count} lead of this month matches already.",
        "Now watching for {name}. {count} leads of this month match already.",
        kept.matching,
    ).format(name=f"**{as_text(kept.watch.name, NAME_SHOWN)}**", count=kept.matching)
    embed.description = f"{now}\n\n{embed.description}"
    embed.colour = colours.GOOD
    return embed


def watches_card(watches: MemberWatches) -> discord.Embed:
    """A member's watches, and how they are told of what these find."""
    lines = [_line(watch) for watch in watches.watches]
    if not lines:
        lines = [
            _(
                "You watch for nothing yet. Begin with /leads watch and some words, a place or other "
                "filters, or with the button under a search."
            )
        ]
    embed = discord.Embed(title=_("Your watches"), description="\n".join(lines), colour=colours.CALM)
    if watches.watches:
        embed.add_field(name=_("How you are told"), value=_told(watches), inline=False)
    left = WATCHES_EACH - len(watches.watches)
    embed.set_footer(
        text=ngettext("Room for {count} more.", "Room for {count} more.", left).format(count=left)
        if left
        else _("That is as many as there can be; remove one to make room.")
    )
    return embed


def matches_card(matches: OwnMatches) -> discord.Embed:
    """What a member's watches match: what is new first."""
    embed = discord.Embed(title=_("What your watches found"), colour=colours.CALM)
    sections = []
    if matches.new:
        lines = [f"- {lead_line(match.lead)}" for match in matches.new]
        sections.append("\n".join([_("**New**"), fitted(lines, SECTION_LIMIT, matches.more_new)]))
    if matches.others:
        lines = [f"- {lead_line(match.lead)}" for match in matches.others]
        sections.append(
            "\n".join([_("**Earlier this month**"), fitted(lines, SECTION_LIMIT, matches.more_others)])
        )
    if not matches.watches:
        sections.append(_("You watch for nothing yet. /leads watch with words or a place begins."))
    elif not sections:
        sections.append(_("Nothing of this month matches your watches yet. New posts come every day."))
    embed.description = "\n\n".join(sections)
    return embed


async def _show(interaction: "Interaction", watches: MemberWatches) -> None:
    await reply(interaction, embed=watches_card(watches), view=_view(watches))


def _view(watches: MemberWatches) -> discord.ui.View | None:
    if not watches.watches:
        return None
    others = [TellButton(how) for how in How if how is not watches.how]
    return view_of(WatchSelect(watches), MatchesButton(), *others)


def _told(watches: MemberWatches) -> str:
    text = _(HOW_TEXTS[watches.how])
    if watches.next_round is not None and watches.how is not How.SILENT:
        moment = discord.utils.format_dt(watches.next_round.at, "R")
        text += " " + _("I look next {moment}.").format(moment=moment)
    if watches.refused_on is not None and watches.how is How.PING:
        refused = _("On {day} Discord would not let me write to you directly, so you are mentioned.")
        text += " " + refused.format(day=long_date(watches.refused_on))
    return text


def _line(watch: Watch) -> str:
    name = f"**{as_text(watch.name, NAME_SHOWN)}**"
    if watch.paused:
        name += " " + _("(paused)")
    filters = as_text(", ".join(describe(watch.filters)) or _("every lead"), FILTERS_SHOWN)
    return f"{name}: {filters}" if watch.own_name else name


def render_matches(content: WatchContent, nonce: str) -> Rendered:
    """What is new for a member's watches, as a direct message."""
    leads = [match.lead for match in content.matches]
    lines = fitted([f"- {lead_line(lead)}" for lead in leads], LETTER_LIMIT, content.more)
    embed = discord.Embed(title=_("What your watches found"), description=lines, colour=colours.CALM)
    view = view_of(OpenLeadSelect(leads, content.guild_id), MatchesButton(content.guild_id, nonce))
    text = _("New today for your watches in {channel}:").format(channel=f"<#{content.channel_id}>")
    return Rendered(text=text, embed=embed, view=view, names_server=True)


def render_ping(content: WatchPingContent, nonce: str) -> Rendered:
    """Tells members that there is something new for them; what it is, each sees alone."""
    text = _("{names}: there is something new for your watches.")
    return render_call(text, content.members, content.refused, MatchesButton(nonce=nonce))


BUTTONS = (WatchSelect, PauseWatchButton, RemoveWatchButton, TellButton, MatchesButton)
RENDERERS: dict[type, Renderer] = {WatchContent: render_matches, WatchPingContent: render_ping}
