"""/leads introduction: a member's own post for "Who wants to be hired?", and telling them that it is time."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord

from bot.errors import NoIntroduction
from bot.introductions.deliveries import IntroductionContent, IntroductionPingContent
from bot.introductions.rules import FIELD_NAMES, Draft
from bot.introductions.service import OwnDraft, OwnIntroduction
from bot.texts import gettext as _
from cogs.leads import introduction_forms
from cogs.leads.calls import render_call
from cogs.leads.introduction_forms import FORM_ID, FillInButton, Part, labels_typed
from cogs.leads.pages import named
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import month_and_year
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of
from cogs.ui.forms import FormRoute
from cogs.ui.lasting import GUILD, NONCE, custom_id_of
from cogs.ui.markup import boxed
from cogs.ui.presence import server_of
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DRAFT_LIMIT = 3_400


class IntroductionButton(LastingButton, template=rf"leads:introduction:v1(?::{GUILD})?:{NONCE}"):
    """Shows whoever presses it their own introduction; the nonce names the message it stands under."""

    def __init__(self, guild: int | str | None, nonce: str, label: str = ""):
        custom_id = custom_id_of("leads:introduction:v1", guild, nonce)
        super().__init__(label or _("Show mine"), custom_id, discord.ButtonStyle.primary)
        self.guild = None if guild is None else str(guild)

    async def press(self, interaction: "Interaction") -> None:
        await _show(interaction, await server_of(interaction, self.guild))


class WantDraftButton(LastingButton, template=rf"leads:want-draft:v1:(?P<turn>on|off)(?::{GUILD})?"):
    """Has a draft come on the day on which the thread appears, or not any more."""

    def __init__(self, turn: str, guild: int | str | None = None):
        label = _("Tell me when the thread appears") if turn == "on" else _("Don't tell me any more")
        super().__init__(label, custom_id_of("leads:want-draft:v1", turn, guild))
        self.wanted, self.guild = turn == "on", None if guild is None else str(guild)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        await interaction.client.services.introductions.remind(
            guild_id, interaction.user.id, wanted=self.wanted
        )
        await _show(interaction, guild_id)


async def show_introduction(interaction: "Interaction") -> None:
    """Show whoever asks the draft of their post."""
    await _show(interaction, guild_of(interaction))


async def take_form(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Keep what a member says of themselves; a refused form can be opened again."""
    part, guild = Part(match["part"]), match["guild"]
    typed = {name: values.get(name, "") for name in part.fields}
    try:
        guild_id = await server_of(interaction, guild)
        await interaction.client.services.introductions.write(guild_id, interaction.user.id, **typed)
    except Exception as error:
        again = FillInButton(part, guild, interaction.client.drafts.keep(typed, by=interaction.user.id))
        await answer_error(interaction, error, typed=labels_typed(typed), view=view_of(again))
        return
    await _show(interaction, guild_id)


def introduction_card(own: OwnIntroduction, own_draft: OwnDraft | None) -> discord.Embed:
    """What a member's post would be, what it lacks, and whether they are told when it is time."""
    embed = discord.Embed(title=_("Your introduction"), colour=colours.CALM)
    intro = _(
        "Each month Hacker News has a thread “Who wants to be hired?”, and companies read it. I make a draft "
        "of your post from what you fill in here; you copy it and post it yourself."
    )
    if own_draft is None:
        embed.description = intro
    else:
        embed.description = draft_text(own_draft.draft)
        if missing := missing_text(own_draft.draft):
            embed.add_field(name=_("Still to do"), value=missing, inline=False)
    embed.add_field(name=_("When the thread appears"), value=_told(own), inline=False)
    return embed.set_footer(text=_("Only you see this."))


def draft_text(draft: Draft) -> str:
    """A draft to be copied; links that a message does not hold are left out."""
    lines = draft.text.split("\n\n")
    while len(text := "\n\n".join(lines)) > DRAFT_LIMIT:
        lines.pop()
    return boxed(text)


def missing_text(draft: Draft) -> str:
    """What a draft still lacks; empty where it lacks nothing."""
    lines = []
    if draft.missing:
        names = ", ".join(_(FIELD_NAMES[name]) for name in draft.missing)
        lines.append(_("Fill in what stands in [brackets]: {fields}.").format(fields=names))
    if not draft.has_links:
        lines.append(
            _(
                "Nothing in it can be opened yet. A link from your check-ins comes in by itself; a demo or a "
                "repository says more than a list of skills."
            )
        )
    return "\n".join(lines)


def render_introduction(content: IntroductionContent, nonce: str) -> Rendered:
    """The draft on the day of the thread, as a direct message."""
    text = _(
        "This month's “Who wants to be hired?” is there. Here is your draft, from what you filled in for "
        "{channel}: copy it and post it yourself. Early posts are read most."
    )
    embed = discord.Embed(
        title=_("Your introduction"), description=draft_text(content.draft), colour=colours.CALM
    )
    if missing := missing_text(content.draft):
        embed.add_field(name=_("Still to do"), value=missing, inline=False)
    change = IntroductionButton(content.guild_id, nonce, _("Change it"))
    return Rendered(
        text=text.format(channel=f"<#{content.channel_id}>"),
        embed=embed,
        view=view_of(change, _thread_link(content.thread_url)),
        names_server=True,
    )


def render_introduction_ping(content: IntroductionPingContent, nonce: str) -> Rendered:
    """Mentions those who asked for it, and says no more than that it is time, since all can read it."""
    text = _(
        "{names}: this month's “Who wants to be hired?” is there, and your draft is ready. Only you see it, "
        "by the button."
    )
    buttons = (IntroductionButton(None, nonce), _thread_link(content.thread_url))
    return render_call(text, content.members, content.refused, *buttons)


async def _show(interaction: "Interaction", guild_id: int) -> None:
    introductions, user_id = interaction.client.services.introductions, interaction.user.id
    own = await introductions.find(guild_id, user_id)
    try:
        draft = await introductions.draft(guild_id, user_id)
    except NoIntroduction:
        draft = None
    guild = named(interaction, guild_id)
    items: list[discord.ui.Item[Any]] = [FillInButton(part, guild) for part in Part]
    items.append(WantDraftButton("off" if own.wanted else "on", guild))
    if draft is not None and draft.thread_url is not None and draft.month is not None:
        label = _("The thread of {month}").format(month=month_and_year(draft.month))
        items.append(discord.ui.Button(label=label, url=draft.thread_url))
    await turn_to(interaction, introduction_card(own, draft), view_of(*items))


def _told(own: OwnIntroduction) -> str:
    if not own.wanted:
        return _("You are not told. The button below changes that.")
    if own.direct:
        return _("On that day, your draft comes to you as a direct message.")
    return _("On that day you are mentioned, and a button shows your draft to you alone.")


def _thread_link(url: str) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=_("The thread"), url=url)


BUTTONS = (IntroductionButton, WantDraftButton, *introduction_forms.BUTTONS)
RENDERERS: dict[type, Renderer] = {
    IntroductionContent: render_introduction,
    IntroductionPingContent: render_introduction_ping,
}
FORMS = (FormRoute(FORM_ID, take_form),)
