"""Hours and zones to choose from."""

from datetime import datetime, time

import discord

from bot import zones
from bot.errors import ButtonOutdated

OPTIONS = 25
"""As many as a select holds."""


def options(chosen: time) -> list[discord.SelectOption]:
    """The hours of a day."""
    return [
        discord.SelectOption(label=f"{hour:02}:00", value=str(hour), default=time(hour) == chosen)
        for hour in range(24)
    ]


def named(value: str) -> time:
    """The hour that a custom id or a choice names; raises ButtonOutdated."""
    if not (value.isascii() and value.isdigit() and len(value) <= 2 and int(value) < 24):
        raise ButtonOutdated
    return time(int(value))


def zone_options(chosen: str, now: datetime) -> list[discord.SelectOption]:
    """The zones that are used most, and the one that is chosen."""
    found = zones.search("", now)
    if chosen not in [each.zone for each in found]:
        found = [*zones.search(chosen, now, limit=1), *found]
    return [
        discord.SelectOption(label=each.label, value=each.zone, default=each.zone == chosen)
        for each in found[:OPTIONS]
    ]
