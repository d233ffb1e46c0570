"""Merging two ideas: at once where both are one's own, else by asking those whose idea the other is."""

from typing import TYPE_CHECKING

import discord

from bot.ideas.deliveries import MergeContent, Outcome
from bot.ideas.errors import CannotAskHere
from bot.ideas.merging import Pair, Question
from bot.texts import gettext as _
from cogs.ideas.cards import AUTHORS_SHOWN, list_button, people
from cogs.ideas.pages import ListButton, ShowButton, show_idea
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.ideas import TITLE_SHOWN, idea_line, idea_text
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from bot.ideas.rules import Idea, Merge
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

_PAIR = r"(?P<gone>\d{1,18}):(?P<kept>\d{1,18})"
_MERGE = r"(?P<merge>\d{1,18})"
FIELD_SHOWN = 700


class MergeButton(LastingButton, template=rf"idea:merge:v1:{_PAIR}"):
    """Begins to merge an idea of the presser's into another; cogs.ui.ideas.merge_button makes it."""

    def __init__(self, gone: int | str, kept: int | str):
        super().__init__(_("Merge"), custom_id_of("idea:merge:v1", gone, kept))
        self.gone, self.kept = int(gone), int(kept)

    async def press(self, interaction: "Interaction") -> None:
        await begin_merge(interaction, self.gone, self.kept)


class ReallyMergeButton(LastingButton, template=rf"idea:merged:v1:{_PAIR}"):
    """Merges an idea of the presser's into another of theirs."""

    def __init__(self, gone: int | str, kept: int | str):
        style = discord.ButtonStyle.primary
        super().__init__(_("Yes, merge them"), custom_id_of("idea:merged:v1", gone, kept), style)
        self.gone, self.kept = int(gone), int(kept)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        pair = await interaction.client.services.ideas.merge(
            guild_id, interaction.user.id, self.gone, self.kept
        )
        text = _("Merged: {gone} is now part of this one.").format(gone=idea_line(pair.gone.text.title))
        await show_idea(interaction, self.kept, text)
        await interaction.client.deliver(guild_id)


class QuestionButton(LastingButton, template=rf"idea:asked:v1:{_MERGE}:{NONCE}"):
    """Shows two ideas that may be one to those whose idea the second is, and to nobody else.

    It stands under the question in the channel, which names neither of them.
    """

    def __init__(self, merge: int | str, nonce: str):
        style = discord.ButtonStyle.primary
        super().__init__(_("Look at both"), custom_id_of("idea:asked:v1", merge, nonce), style)
        self.merge_id = int(merge)

    async def press(self, interaction: "Interaction") -> None:
        asked = await interaction.client.services.ideas.merge_question(
            guild_of(interaction), interaction.user.id, self.merge_id
        )
        answers = view_of(AnswerButton("yes", self.merge_id), AnswerButton("no", self.merge_id))
        await turn_to(interaction, question_card(asked), answers)


class AnswerButton(LastingButton, template=rf"idea:answer:v1:(?P<word>yes|no):{_MERGE}"):
    """Answers whether two ideas are one, for those whose idea it is."""

    def __init__(self, word: str, merge: int | str):
        label, style = _("Merge"), discord.ButtonStyle.primary
        if word == "no":
            label, style = _("They differ"), discord.ButtonStyle.secondary
        super().__init__(label, custom_id_of("idea:answer:v1", word, merge), style)
        self.accepted, self.merge_id = word == "yes", int(merge)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        answered = await interaction.client.services.ideas.answer_merge(
            guild_id, interaction.user.id, self.merge_id, accepted=self.accepted
        )
        gone, kept = idea_line(answered.gone.text.title), idea_line(answered.kept.text.title)
        if answered.accepted:
            text = _("{gone} is now part of {kept}, which is an idea of you all.")
            text = text.format(gone=gone, kept=kept)
        else:
            text = _("They stay two ideas: {gone} and {kept}.").format(gone=gone, kept=kept)
        await turn_to(
            interaction, discord.Embed(description=text, colour=colours.GOOD), view_of(list_button())
        )
        await interaction.client.deliver(guild_id)


async def begin_merge(interaction: "Interaction", gone_id: int, kept_id: int) -> None:
    """Ask whoever begins it whether they mean it or, where the other idea is not theirs, ask its authors.

    Raises what bot.ideas.service.Ideas.pair and propose_merge raise, and CannotAskHere.
    """
    guild_id, user_id = guild_of(interaction), interaction.user.id
    ideas = interaction.client.services.ideas
    pair = await ideas.pair(guild_id, user_id, gone_id, kept_id)
    if pair.both_own:
        view = view_of(ReallyMergeButton(gone_id, kept_id), ShowButton(gone_id, _("They differ")))
        await turn_to(interaction, confirmation_card(pair), view)
        return
    channel_id = interaction.channel_id
    if channel_id is None or not _may_write(interaction):
        raise CannotAskHere
    await ideas.propose_merge(guild_id, user_id, gone_id, kept_id, channel_id)
    text = _(
        "I am asking those whose idea it is whether {gone} and {kept} are one. They see that the first is "
        "yours; the question below names neither."
    )
    text = text.format(gone=idea_line(pair.gone.text.title), kept=idea_line(pair.kept.text.title))
    await turn_to(
        interaction,
        discord.Embed(description=text, colour=colours.CALM),
        view_of(ShowButton(gone_id), list_button()),
    )
    await interaction.client.deliver(guild_id)


def confirmation_card(pair: Pair) -> discord.Embed:
    """Asks whether two ideas of one's own shall become one."""
    text = _("{gone} becomes part of {kept}, which keeps what it says. This can't be undone.")
    text = text.format(gone=idea_line(pair.gone.text.title), kept=idea_line(pair.kept.text.title))
    return discord.Embed(title=_("Merge these two?"), description=text, colour=colours.CALM)


def question_card(asked: Question) -> discord.Embed:
    """What both ideas say, for those who are asked whether they are one."""
    embed = discord.Embed(title=_("Are these two one?"), colour=colours.CALM)
    _add_idea(embed, _("Theirs: {title}"), asked.gone)
    _add_idea(embed, _("Yours: {title}"), asked.kept)
    return embed.set_footer(
        text=_("If you merge them, yours keeps what it says and becomes an idea of you all.")
    )


def render_merge(content: MergeContent, nonce: str) -> Rendered:
    """Asks those whose idea it is, and nobody else, whether another is the same; or what came of it.

    It names no idea, since all read it: polls promise that nobody sees which ideas are whose.
    """
    kept = content.kept
    if content.outcome is Outcome.ASKED and kept is not None:
        return _question(content.merge, kept, nonce)
    embed = discord.Embed(description=_outcome(content.outcome, kept), colour=colours.CALM)
    return Rendered(text="", embed=embed, view=view_of(ListButton(0, nonce)))


def _question(merge: "Merge", kept: "Idea", nonce: str) -> Rendered:
    authors = sorted(kept.authors)[:AUTHORS_SHOWN]
    text = _("{authors}: {proposer} finds that an idea of theirs and one of yours are one. Are they?")
    return Rendered(
        text=text.format(authors=people(authors), proposer=f"<@{merge.user_id}>"),
        view=view_of(QuestionButton(merge.id, nonce)),
        mentions=discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(author) for author in authors]
        ),
    )


def _outcome(outcome: Outcome, kept: "Idea | None") -> str:
    if outcome is Outcome.MERGED and kept is not None:
        text = _("Two ideas that were the same are one now, an idea of {authors}.")
        return text.format(authors=people(sorted(kept.authors)))
    if outcome is Outcome.TWO:
        return _("This was about two ideas that look alike. They stay two.")
    return _("This was about two ideas of which one is not there any more. Nothing is left to answer.")


def _add_idea(embed: discord.Embed, name: str, idea: "Idea") -> None:
    embed.add_field(
        name=name.format(title=as_text(idea.text.title, TITLE_SHOWN)),
        value=idea_text(idea.text, FIELD_SHOWN) or _("Nothing but a title."),
        inline=False,
    )


def _may_write(interaction: "Interaction") -> bool:
    held = interaction.app_permissions
    is_thread = isinstance(interaction.channel, discord.Thread)
    return held.view_channel and (held.send_messages_in_threads if is_thread else held.send_messages)


BUTTONS = (MergeButton, ReallyMergeButton, QuestionButton, AnswerButton)
RENDERERS: dict[type, Renderer] = {MergeContent: render_merge}
