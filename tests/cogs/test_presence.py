"""Asking Discord whether somebody is still in a server, when Discord cannot be asked."""

from typing import Any, cast

import aiohttp
import discord
import pytest

from cogs.ui.presence import has_left


class Unreachable:
    """A client in one server, whose members cannot be fetched."""

    def __init__(self, trouble: Exception):
        self._trouble = trouble
        self.http = self

    def get_guild(self, guild_id: int) -> "Unreachable":
        return self

    async def get_member(self, guild_id: int, user_id: int) -> Any:
        raise self._trouble


@pytest.mark.parametrize(
    "trouble", [aiohttp.ClientConnectionError(), OSError(), TimeoutError(), discord.RateLimited(60.0)]
)
async def test_while_discord_cannot_be_reached_nobody_is_taken_to_have_left(trouble: Exception) -> None:
    assert await has_left(cast(Any, Unreachable(trouble)), 1, 2) is False
