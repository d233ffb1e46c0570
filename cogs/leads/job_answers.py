"""What becomes of the forms about a member's jobs once they are sent."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.texts import gettext as _
from bot.tracker.rules import State, clean_job
from cogs.leads.job_forms import FIELDS, FORM_ID, NEW, About, AskButton, labels
from cogs.leads.job_pages import show_job
from cogs.leads.job_words import moved_text, saved_text
from cogs.ui.buttons import view_of
from cogs.ui.failures import answer_error
from cogs.ui.forms import FormRoute
from cogs.ui.presence import server_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


async def take_form(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store what was sent and show the job; a refused form can be opened again."""
    about, job, guild = About(match["about"]), match["job"], match["guild"]
    typed = {name: values.get(name, "") for name in FIELDS[about]}
    try:
        guild_id = await server_of(interaction, guild)
        job_id, heading = await _store(interaction, guild_id, about, job, typed)
    except Exception as error:
        again = AskButton(about, job, guild, interaction.client.drafts.keep(typed, by=interaction.user.id))
        labelled = {label: typed[name] for name, label in labels(about).items()}
        await answer_error(interaction, error, typed=labelled, view=view_of(again))
        return
    await show_job(interaction, guild_id, job_id, heading)


async def _store(
    interaction: "Interaction", guild_id: int, about: About, job: str, typed: Mapping[str, str]
) -> tuple[int, str]:
    """Store what was typed; answers the job that it is about, and what to say."""
    tracker, user_id = interaction.client.services.tracker, interaction.user.id
    if about is About.JOB:
        facts = clean_job(
            typed["company"], typed["role"], typed["place"], typed["link"], founder=typed["founder"] == "yes"
        )
        if job == NEW:
            saved = await tracker.add(guild_id, user_id, facts)
            return saved.application.id, saved_text(saved)
        await tracker.edit(guild_id, user_id, int(job), facts)
        return int(job), _("Changed.")
    job_id = int(job)
    if about is About.APPLIED:
        moved = await tracker.move(guild_id, user_id, job_id, State.APPLIED, typed["on"])
        return job_id, moved_text(moved)
    if about is About.NOTE:
        await tracker.note(guild_id, user_id, job_id, typed["text"])
    else:
        await tracker.add_round(guild_id, user_id, job_id, typed["text"], typed["on"])
    return job_id, _("Noted.")


FORMS = (FormRoute(FORM_ID, take_form),)
