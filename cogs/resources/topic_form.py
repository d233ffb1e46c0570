"""Choosing what a suggestion or an own resource is about, in one form; deciding.take_topics stores it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.entry import topics
from bot.resources.reading import TOPICS_EACH
from bot.texts import gettext as _
from cogs.resources import curated
from cogs.resources.curated import ABOUT, Curated
from cogs.resources.wording import topic_name
from cogs.ui.buttons import LastingButton
from cogs.ui.fitting import shortened
from cogs.ui.forms import Form
from cogs.ui.lasting import custom_id_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

THEN = r"(?P<then>:accept)?"
"""At the end of what opens the form where topics are all that keeps a suggestion from being taken in."""

LISTS = 3
"""A list in a form holds 25, and there are more topics."""

LABEL_LIMIT = 45


class TopicsButton(LastingButton, template=rf"curate:topics:v1:{ABOUT}{THEN}"):
    """Opens the form in which topics are chosen."""

    def __init__(self, about: str, then: str | None = None, *, again: bool = False):
        label = _("Choose again") if again else _("Topics…")
        super().__init__(label, custom_id_of("curate:topics:v1", about) + (then or ""))
        self.about, self.accepts = Curated.named(about), then is not None

    async def press(self, interaction: "Interaction") -> None:
        found = await curated.find(interaction, self.about)
        await open_topics(interaction, self.about, found.entry.topics, accepts=self.accepts)


async def open_topics(
    interaction: "Interaction", about: Curated, chosen: Sequence[str], *, accepts: bool = False
) -> None:
    """Show the form in which topics are chosen; with `accepts` the suggestion is taken in with them."""
    then = "accept" if accepts else None
    form = Form(title=_("What is it about?"), custom_id=custom_id_of("curate:topical:v1", about, then))
    names = sorted(topics(), key=lambda name: topic_name(name).casefold())
    length = -(-len(names) // LISTS)
    for part in range(0, len(names), length):
        offered = names[part : part + length]
        label = _("{first} … {last}").format(first=topic_name(offered[0]), last=topic_name(offered[-1]))
        options = [
            discord.SelectOption(label=topic_name(name), value=name, default=name in chosen)
            for name in offered
        ]
        select: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"topics{part // length}",
            options=options,
            min_values=0,
            max_values=TOPICS_EACH,
            required=False,
        )
        form.add_field(shortened(label, LABEL_LIMIT), select)
    form.stop()
    await interaction.response.send_modal(form)


def chosen_topics(values: Mapping[str, str], before: Sequence[str]) -> list[str]:
    """The topics that were chosen in the form; those that were there before stay in front, as they were.

    The search takes the first for the most important.
    """
    lists = [values.get(f"topics{number}", "") for number in range(LISTS)]
    chosen = [name for part in lists for name in part.split("\n") if name]
    return [name for name in before if name in chosen] + [name for name in chosen if name not in before]


BUTTONS = (TopicsButton,)
