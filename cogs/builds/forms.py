"""The form that asks where a baseline can be seen."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import discord

from bot.ideas.rules import LINK_LIMIT
from bot.texts import gettext as _
from cogs.ui.forms import Form
from cogs.ui.lasting import custom_id_of

BUILD = r"(?P<build>\d{1,18})"
LINK = "link"


class About(StrEnum):
    """What becomes of the link."""

    THERE = "there"
    CORRECTED = "corrected"


FORM_ID = re.compile(rf"build:link:v1:(?P<about>{'|'.join(About)}):{BUILD}")


def baseline_form(about: About, build_id: int, values: Mapping[str, str]) -> Form:
    """The form about a build, with what its field holds at first."""
    is_end = about is About.THERE
    form = Form(
        title=_("Baseline is there") if is_end else _("Correct the link"),
        custom_id=custom_id_of("build:link:v1", about, build_id),
    )
    field = discord.ui.TextInput[Any](
        custom_id=LINK,
        placeholder=_("https:// a repository, a page, a short video"),
        max_length=LINK_LIMIT,
        default=values.get(LINK, "")[:LINK_LIMIT] or None,
    )
    ends = _("It ends the build, and counts as shown for everybody who is in.") if is_end else None
    form.add_field(label(), field, ends)
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    form.stop()
    return form


def label() -> str:
    """What stands over the field."""
    return _("Where it can be seen")
