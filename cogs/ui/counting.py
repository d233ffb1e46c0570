"""Counting how commands, buttons and forms were answered, and how long that took.

What is counted goes by names of the program's own: a command's, or the first two parts of the custom id that
one of the program's own patterns has matched.
"""

import time
from typing import Any

import discord

from bot.health.figures import Outcome

BEGAN = "began"
OUTCOME = "outcome"

OUTDATED = "outdated"
"""In place of the name of a button or form that the program does not know any more."""

UNKNOWN = "unknown command"


def begin(interaction: discord.Interaction[Any]) -> None:
    """Remember when the handling of an interaction began."""
    interaction.extras[BEGAN] = time.perf_counter()


def note(interaction: discord.Interaction[Any], outcome: Outcome) -> None:
    """Say how the answer came out, where it is not the usual one."""
    interaction.extras[OUTCOME] = outcome


def count(interaction: discord.Interaction[Any], what: str) -> None:
    """Count an interaction that has been answered, if its beginning was remembered."""
    began = interaction.extras.pop(BEGAN, None)
    if began is not None:
        outcome = interaction.extras.get(OUTCOME, Outcome.OK)
        interaction.client.services.figures.interaction(what, outcome, time.perf_counter() - began)


def count_command(interaction: discord.Interaction[Any]) -> None:
    """Count a command that has been answered; what is completed while somebody types is none."""
    if interaction.type is discord.InteractionType.application_command:
        count(interaction, interaction.command.qualified_name if interaction.command else UNKNOWN)


def name_of(custom_id: str) -> str:
    """The first two parts of a custom id: the feature and what is to be done."""
    return ":".join(custom_id.split(":", 2)[:2])
