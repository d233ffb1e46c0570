"""Permission bits and how Discord adds them up for a member in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_MESSAGES_IN_THREADS = 1 << 38

ALL = (1 << 53) - 1
# What the invite link of a careful bot asks for: nothing like Administrator.
LEAST = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS
)
EVERYONE = LEAST | USE_APPLICATION_COMMANDS


def in_channel(
    base: int, overwrites: Iterable[dict[str, Any]], guild: str, roles: list[str], user: str
) -> int:
    """Add a channel's overwrites to the permissions of the roles: everyone, then roles, then the member."""
    if base & ADMINISTRATOR:
        return ALL
    by_target = {overwrite["id"]: overwrite for overwrite in overwrites}
    for targets in ([guild], roles, [user]):
        matching = [by_target[target] for target in targets if target in by_target]
        for overwrite in matching:
            base &= ~int(overwrite["deny"])
        for overwrite in matching:
            base |= int(overwrite["allow"])
    return base if base & VIEW_CHANNEL else 0
