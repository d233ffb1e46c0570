"""The form of a check-in, and the drafts of forms that were refused."""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.checkins.rules import BLOCKED_LIMIT, DONE_LIMIT, KIND_NAMES, NEXT_LIMIT, KindOfWork
from bot.checkins.service import Form as CheckInForm
from bot.errors import ServerOnly
from bot.texts import gettext as _
from cogs.ui.forms import Form

if TYPE_CHECKING:
    from cogs.client import Autodidact

MINUTES_LIMIT = 20
FIELDS = ("done", "next", "blocked", "kind", "minutes")


class Drafts:
    """What was typed into forms that were refused, by a random key; beyond a thousand the oldest go."""

    KEPT = 1_000

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, Mapping[str, str]] = OrderedDict()

    def keep(self, values: Mapping[str, str]) -> str:
        """Keep what was typed; answers its key, 16 hexadecimal digits."""
        key = secrets.token_hex(8)
        self._drafts[key] = {name: values.get(name, "") for name in FIELDS}
        while len(self._drafts) > self.KEPT:
            self._drafts.popitem(last=False)
        return key

    def find(self, key: str) -> Mapping[str, str] | None:
        """What was kept under a key, or None after a restart or a thousand later ones."""
        return self._drafts.get(key)


def labels() -> dict[str, str]:
    """What stands over each field of the form."""
    return {
        "done": _("What did you get done?"),
        "next": _("What is next?"),
        "blocked": _("What blocks you?"),
        "kind": _("What kind of work was it?"),
        "minutes": _("How many minutes?"),
    }


async def open_form(interaction: "discord.Interaction[Autodidact]", draft: str | None = None) -> None:
    """Show the form, with what was reported for today or with a refused draft in it."""
    if interaction.guild_id is None:
        raise ServerOnly
    form = await interaction.client.services.checkins.form(interaction.guild_id, interaction.user.id)
    values = interaction.client.drafts.find(draft) if draft else None
    await interaction.response.send_modal(_modal(form, values or _values_of(form)))


def _values_of(form: CheckInForm) -> Mapping[str, str]:
    entry = form.entry
    return {
        "done": entry.done,
        "next": entry.next,
        "blocked": entry.blocked,
        "kind": entry.kind.value,
        "minutes": "" if entry.minutes is None else str(entry.minutes),
    }


def _modal(form: CheckInForm, values: Mapping[str, str]) -> Form:
    heading = labels()
    title = _("Change today's check-in") if form.edits else _("Check in")
    modal = Form(title=title, custom_id=f"checkin:form:v1:{form.day}")
    done = _text("done", values, DONE_LIMIT, _("One honest line is enough. Links are welcome."))
    done.style, done.required = discord.TextStyle.paragraph, True
    modal.add_field(heading["done"], done)
    modal.add_field(
        heading["next"], _text("next", values, NEXT_LIMIT, _("The first small step of next time"))
    )
    blocked = _text("blocked", values, BLOCKED_LIMIT, _("Somebody here may know the answer"))
    modal.add_field(heading["blocked"], blocked)
    modal.add_field(
        heading["kind"],
        discord.ui.RadioGroup(
            custom_id="kind",
            options=[
                discord.RadioGroupOption(
                    label=_(KIND_NAMES[kind]), value=kind.value, default=kind.value == values["kind"]
                )
                for kind in KindOfWork
            ],
        ),
    )
    minutes = _text("minutes", values, MINUTES_LIMIT, _("For example 50; leave it empty if you didn't count"))
    modal.add_field(heading["minutes"], minutes)
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    modal.stop()
    return modal


def _text(
    name: str, values: Mapping[str, str], limit: int, placeholder: str
) -> discord.ui.TextInput[discord.ui.Modal]:
    return discord.ui.TextInput(
        custom_id=name,
        placeholder=placeholder,
        default=values[name][:limit],
        max_length=limit,
        required=False,
    )
