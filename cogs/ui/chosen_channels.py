"""How the channels stand that a server chose for something."""

from collections.abc import Mapping, Sequence

import discord

from bot.guide.steps import ServerSettings, Step
from cogs.rights import NEEDED_FOR_MESSAGES, Right, missing_in


def missing_by_step(
    guild: discord.Guild | None, settings: ServerSettings
) -> Mapping[Step, Sequence[Right] | None]:
    """Which rights the bot lacks in each channel, as far as they matter there; None where it is gone."""
    missing: dict[Step, Sequence[Right] | None] = {}
    for step, channel_id in settings.channels.items():
        lacking = missing_in(guild, channel_id)
        if lacking is not None and step is not Step.CHECKINS:
            lacking = [right for right in lacking if right.flag in NEEDED_FOR_MESSAGES]
        missing[step] = lacking
    return missing


def hindered(settings: ServerSettings, missing: Mapping[Step, Sequence[Right] | None]) -> set[int]:
    """The channels of a server that are gone or lack a right."""
    return {channel for step, channel in settings.channels.items() if missing[step] != []}
