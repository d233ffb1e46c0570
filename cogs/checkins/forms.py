"""The form of a check-in."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import discord

from bot.checkins.rules import BLOCKED_LIMIT, DONE_LIMIT, KIND_NAMES, NEXT_LIMIT, KindOfWork
from bot.checkins.service import Form as CheckInForm
from bot.texts import gettext as _
from cogs.ui.dates import date_or_none
from cogs.ui.forms import Form
from cogs.ui.presence import server_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

MINUTES_LIMIT = 20
DESCRIPTION_LIMIT = 100
FIELDS = ("done", "next", "blocked", "kind", "minutes")

# In direct messages the server is not known, so the form says it.
FORM_ID = re.compile(r"checkin:form:v1:(?P<day>\d{4}-\d{2}-\d{2})(?::(?P<guild>\d{1,20}))?")


def labels() -> dict[str, str]:
    """What stands over each field of the form."""
    return {
        "done": _("What did you get done?"),
        "next": _("What is next?"),
        "blocked": _("What blocks you?"),
        "kind": _("What kind of work was it?"),
        "minutes": _("How many minutes?"),
    }


async def open_form(
    interaction: "discord.Interaction[Autodidact]", day: date | None = None, guild: str | None = None
) -> None:
    """Show the form for a day, by default today, with what was reported for it."""
    guild_id = await server_of(interaction, guild)
    form = await interaction.client.services.checkins.form(guild_id, interaction.user.id, day)
    await interaction.response.send_modal(modal_of(form, _values_of(form), guild))


async def open_yesterdays_form(
    interaction: "discord.Interaction[Autodidact]", guild: str | None = None
) -> None:
    """Show the form for the member's yesterday, if it can still be reported or changed."""
    guild_id = await server_of(interaction, guild)
    form = await interaction.client.services.checkins.yesterdays_form(guild_id, interaction.user.id)
    await interaction.response.send_modal(modal_of(form, _values_of(form), guild))


async def open_draft(
    interaction: "discord.Interaction[Autodidact]", key: str, guild: str | None = None
) -> None:
    """Show a form that was refused as it was sent; an empty one where the draft is gone."""
    draft = interaction.client.drafts.find(key)
    if draft is None or draft.get("whose") != whose_draft(interaction, guild):
        await open_form(interaction, guild=guild)
        return
    service = interaction.client.services.checkins
    form = await service.form_for_draft(
        await server_of(interaction, guild), interaction.user.id, date_or_none(draft["day"])
    )
    await interaction.response.send_modal(modal_of(form, draft, guild))


def whose_draft(interaction: discord.Interaction[Any], guild: str | None) -> str:
    """To whom, and to which server, what was typed into a form belongs."""
    return f"{interaction.guild_id or guild}:{interaction.user.id}"


def _values_of(form: CheckInForm) -> Mapping[str, str]:
    entry = form.entry
    return {
        "done": entry.done,
        "next": entry.next,
        "blocked": entry.blocked,
        "kind": entry.kind.value,
        "minutes": "" if entry.minutes is None else str(entry.minutes),
    }


def modal_of(form: CheckInForm, values: Mapping[str, str], guild: str | None = None) -> Form:
    """The form, filled in; `guild` names the server where the form itself cannot know it."""
    heading = labels()
    custom_id = f"checkin:form:v1:{form.day}" + (f":{guild}" if guild else "")
    modal = Form(title=_title(form), custom_id=custom_id)
    done = _text("done", values, DONE_LIMIT, _("One honest line is enough. Links are welcome."))
    done.style, done.required = discord.TextStyle.paragraph, True
    modal.add_field(heading["done"], done, description=_goals(form))
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


def _title(form: CheckInForm) -> str:
    if form.edits:
        return _("Change your check-in")
    return _("Check in for yesterday") if form.late else _("Check in")


def _goals(form: CheckInForm) -> str | None:
    """The week's goals in the one line that Discord has room for, each with its fair share of it."""
    if not form.goals:
        return None
    intro = _("This week:")
    share = (DESCRIPTION_LIMIT - len(intro) - 3 * len(form.goals)) // len(form.goals)
    short = [goal if len(goal) <= share else goal[: share - 1].rstrip() + "…" for goal in form.goals]
    return f"{intro} {' · '.join(short)}"


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
