"""/curate export and import: a server's own resources as a file, and back."""

import asyncio
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.resources.catalogue import Fault, FileFaulty
from bot.resources.errors import FileUnreadable
from bot.resources.exchange import as_csv, as_toml, read_file, require_size
from bot.resources.shelving import TakenIn
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.resources.curators_buttons import list_button
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.feature import guild_of, require_curator
from cogs.ui.fitting import fitted, shortened
from cogs.ui.markup import as_text, boxed
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

FORMATS = {"CSV": as_csv, "TOML": as_toml}
"""The formats by what they are called, and what writes them."""

FAULTS_SHOWN, FAULT_SHOWN, LIST_LIMIT, NAME_SHOWN = 10, 300, 3_900, 200


async def export(interaction: "Interaction", file_format: str) -> None:
    """Give a curator the server's own resources as a file."""
    require_curator(interaction)
    own = await interaction.client.services.curation.own(guild_of(interaction))
    written = await asyncio.to_thread(FORMATS[file_format], [one.entry for one in own])
    count = ngettext(
        "{count} resource of this server's own.", "{count} resources of this server's own.", len(own)
    ).format(count=len(own))
    text = _("{resources} Change the file and bring it back with /curate import. What you leave out stays.")
    text = text.format(resources=count)
    if not own:
        text = _(
            "This server has no resources of its own yet, so the file only shows how they are written. "
            "Fill it in and bring it back with /curate import."
        )
    embed = discord.Embed(description=text, colour=colours.CALM)
    file = discord.File(io.BytesIO(written), f"resources.{file_format.lower()}")
    await reply(interaction, embed=embed, file=file)


async def take_file(interaction: "Interaction", attachment: discord.Attachment) -> None:
    """Take the resources of a curator's file in, all or none; a file that is faulty is told all its faults.

    Raises FileUnreadable, AddressTwice and TooManyOwnResources.
    """
    require_curator(interaction)
    # Reading two thousand may take longer than Discord waits for an answer.
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        require_size(attachment.size)
        entries = await asyncio.to_thread(read_file, attachment.filename, await attachment.read())
    except FileFaulty as faulty:
        await reply(interaction, embed=faults_card(attachment.filename, faulty.faults))
        return
    except discord.HTTPException:
        raise FileUnreadable from None
    taken_in = await interaction.client.services.curation.take_in(guild_of(interaction), entries)
    await reply(interaction, embed=taken_in_card(taken_in), view=view_of(list_button()))


def taken_in_card(taken_in: TakenIn) -> discord.Embed:
    """What became of the resources of a file."""
    text = _("{new} new, {changed} changed, {same} as before.").format(
        new=taken_in.new, changed=taken_in.changed, same=taken_in.same
    )
    return discord.Embed(title=_("Taken in"), description=text, colour=colours.GOOD)


def faults_card(name: str, faults: Sequence[Fault]) -> discord.Embed:
    """What is wrong with a file, line by line; the first ten, and how many more there are."""
    lines = [shortened(str(fault), FAULT_SHOWN) for fault in faults[:FAULTS_SHOWN]]
    listed = boxed(fitted(lines, LIST_LIMIT, len(faults) - len(lines)))
    heading = ngettext(
        "Nothing was taken in: one thing in it is not as it should be.",
        "Nothing was taken in: {count} things in it are not as they should be.",
        len(faults),
    ).format(count=len(faults))
    return discord.Embed(
        title=as_text(name, NAME_SHOWN), description=f"{heading}\n{listed}", colour=colours.PROBLEM
    )
