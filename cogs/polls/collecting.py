"""Adding ideas to a poll: new ones by a form, and those that a member has on their list."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.ideas.rules import Idea, IdeaText
from bot.ideas.similar import similar_to
from bot.polls.errors import NotCollecting, NotYourPoll
from bot.polls.rules import GOAL_IDEAS, Phase, require_phase
from bot.polls.service import PollView
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.polls.entries import IdeasButton
from cogs.polls.voting_pages import POLL
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of
from cogs.ui.fitting import shortened
from cogs.ui.forms import Form, FormRoute
from cogs.ui.ideas import add_idea_fields, idea_line, labelled, merge_button, read_idea, typed_idea
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

OPTIONS_AT_MOST, OPTION_LIMIT = 25, 100
FORM_ID = re.compile(rf"poll:added:v1:{POLL}")


class AddButton(LastingButton, template=rf"poll:add:v1(?::{NONCE})?:{POLL}(?::d(?P<draft>[0-9a-f]{{16}}))?"):
    """Opens the form of a new idea for a poll, or one that was refused as it was sent."""

    def __init__(
        self,
        poll_id: int | str,
        nonce: str | None = None,
        draft: str | None = None,
        *,
        label: str = "",
        row: int | None = None,
    ):
        custom_id = custom_id_of("poll:add:v1", nonce, poll_id, draft and f"d{draft}")
        label = _("Open the form again") if draft else label or _("Add an idea")
        super().__init__(label, custom_id, discord.ButtonStyle.success, row=row)
        self.poll_id, self.draft = int(poll_id), draft

    async def press(self, interaction: "Interaction") -> None:
        # Whoever may not add any is told so before they write.
        await _collecting(interaction, self.poll_id)
        drafts = interaction.client.drafts
        form = Form(title=_("Add an idea"), custom_id=custom_id_of("poll:added:v1", self.poll_id))
        add_idea_fields(form, (drafts.find(self.draft) if self.draft else None) or {})
        # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
        form.stop()
        await interaction.response.send_modal(form)


class EnterButton(LastingButton, template=rf"poll:list:v1:{POLL}"):
    """Shows the presser those of their ideas that are not in the poll yet."""

    def __init__(self, poll_id: int | str, *, label: str = ""):
        super().__init__(label or _("From my list"), custom_id_of("poll:list:v1", poll_id))
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        await _show_list(interaction, await _collecting(interaction, self.poll_id))


class EnterSelect(LastingSelect, template=rf"poll:enter:v1:{POLL}"):
    """Ideas of a member's to choose from; those that are chosen come into the poll."""

    def __init__(self, poll_id: int | str, ideas: Sequence[tuple[int, str]] = ()):
        options = [
            discord.SelectOption(label=shortened(title, OPTION_LIMIT), value=str(idea_id))
            for idea_id, title in ideas
        ]
        super().__init__(_("Choose one or several"), custom_id_of("poll:enter:v1", poll_id), options)
        self.item.max_values = max(1, len(options))
        self.poll_id = int(poll_id)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        guild_id, user_id = guild_of(interaction), interaction.user.id
        ideas = [number_named(value) for value in values]
        view = await interaction.client.services.polls.enter(guild_id, user_id, self.poll_id, ideas)
        count = len(view.standing_entries)
        text = ngettext("The poll has {count} idea now.", "The poll has {count} ideas now.", count)
        await _show_list(interaction, view, text.format(count=count))
        await interaction.client.deliver(guild_id)


async def take_idea(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store what was sent and enter it into the poll; a refused form can be opened again."""
    poll_id, typed = int(match["poll_id"]), typed_idea(values)
    guild_id, user_id = guild_of(interaction), interaction.user.id
    services = interaction.client.services
    try:
        text = read_idea(typed)
        view = await services.polls.add_idea(guild_id, user_id, poll_id, text)
    except Exception as error:
        again = AddButton(poll_id, draft=interaction.client.drafts.keep(typed, by=interaction.user.id))
        await answer_error(interaction, error, typed=labelled(typed), view=view_of(again))
        return
    new_id = view.entries[-1].idea_id
    others = [idea for idea in await services.ideas.in_sight(guild_id, user_id) if idea.id != new_id]
    alike = similar_to(text, others)
    await turn_to(interaction, added_card(view, text, alike), _added_view(poll_id, new_id, alike))
    await interaction.client.deliver(guild_id)


def added_card(view: PollView, text: IdeaText, alike: Sequence[Idea]) -> discord.Embed:
    """That an idea is in the poll, how many there are now, and which others look like it."""
    count = len(view.standing_entries)
    added = _("{idea} is in the poll, and on your list.").format(idea=idea_line(text.title))
    number = ngettext("There is {count} idea now.", "There are {count} ideas now.", count)
    if count < GOAL_IDEAS:
        number = ngettext(
            "There is {count} idea now; {goal} are a good number.",
            "There are {count} ideas now; {goal} are a good number.",
            count,
        )
    embed = discord.Embed(
        description=f"{added}\n{number.format(count=count, goal=GOAL_IDEAS)}", colour=colours.GOOD
    )
    if alike:
        lines = [f"- {idea_line(idea.text.title)}" for idea in alike]
        embed.add_field(
            name=ngettext("This one looks like it", "These look like it", len(alike)),
            value="\n".join([*lines, _("Are they one? Then merge them, or they split the votes.")]),
            inline=False,
        )
    return embed.set_footer(text=_("What it says may be changed until the voting begins: /idea edit."))


def where_to_look_button() -> discord.ui.Button[Any]:
    """Shows a place to look for ideas; the ideas answer it, which find it by its custom id."""
    return discord.ui.Button(label=_("Where to look"), custom_id="idea:places:v1")


def _added_view(poll_id: int, new_id: int, alike: Sequence[Idea]) -> discord.ui.View:
    merges: list[discord.ui.Item[Any]] = [
        merge_button(new_id, idea.id, idea.text.title, row=row) for row, idea in enumerate(alike)
    ]
    row = len(merges)
    return view_of(
        *merges, AddButton(poll_id, label=_("Add another"), row=row), IdeasButton(poll_id, row=row)
    )


async def _collecting(interaction: "Interaction", poll_id: int) -> PollView:
    """A poll to which the presser may add ideas; raises PollGone, NotYourPoll and NotCollecting."""
    view = await interaction.client.services.polls.view(guild_of(interaction), poll_id, interaction.user.id)
    if not view.may_vote:
        raise NotYourPoll
    require_phase(view.poll, Phase.COLLECT, NotCollecting)
    return view


async def _show_list(interaction: "Interaction", view: PollView, heading: str = "") -> None:
    """Turn to a member's ideas that are not in a poll yet."""
    left = await interaction.client.services.polls.enterable(
        guild_of(interaction), interaction.user.id, view.poll.id
    )
    if not left:
        text = _("There is nothing more on your list of ideas that could go into this poll.")
    elif len(left) > OPTIONS_AT_MOST:
        text = _("Your newest ideas that are not in the poll; the older ones come when these are in.")
    else:
        text = _("Your ideas that are not in the poll yet.")
    embed = discord.Embed(description="\n\n".join(filter(None, [heading, text])), colour=colours.CALM)
    embed.set_author(name=view.poll.name)
    items: list[discord.ui.Item[Any]] = (
        [EnterSelect(view.poll.id, left[:OPTIONS_AT_MOST])] if left else [AddButton(view.poll.id)]
    )
    await turn_to(interaction, embed, view_of(*items, IdeasButton(view.poll.id)))


BUTTONS = (AddButton, EnterButton, EnterSelect)
FORMS = (FormRoute(FORM_ID, take_idea),)
