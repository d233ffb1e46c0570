"""Time zones to choose from while typing."""

from datetime import datetime

from discord import app_commands

from bot import zones


def zone_choices(current: str, now: datetime) -> list[app_commands.Choice[str]]:
    """The time zones that fit what is being typed, as Discord shows choices, best first."""
    return [app_commands.Choice(name=found.label, value=found.zone) for found in zones.search(current, now)]
