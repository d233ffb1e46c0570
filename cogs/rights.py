"""The rights the bot asks for, and why; nothing more, and never Administrator."""

from dataclasses import dataclass

import discord

from bot.texts import mark


@dataclass(frozen=True, slots=True)
class Right:
    """One of Discord's permissions, by discord.py's name for it and by Discord's own.

    `purpose` says what it is for, and `reason` what does not work without it.
    """

    flag: str
    label: str
    reason: str
    purpose: str


RIGHTS = (
    Right(
        "view_channel",
        mark("View Channel"),
        mark("without it I can't see the channel at all"),
        mark("to see its channels"),
    ),
    Right(
        "send_messages",
        mark("Send Messages"),
        mark("without it there is no daily prompt"),
        mark("for the daily prompt, pings, polls and digests"),
    ),
    Right(
        "embed_links",
        mark("Embed Links"),
        mark("without it prompts and check-ins come without text"),
        mark("since what I post has its text in embeds"),
    ),
    Right(
        "create_public_threads",
        mark("Create Public Threads"),
        mark("without it check-ins go into the channel instead of a thread under the prompt"),
        mark("for one thread a day under the prompt, so that the channel stays calm"),
    ),
    Right(
        "send_messages_in_threads",
        mark("Send Messages in Threads"),
        mark("without it check-ins and pings can't go into the day's thread"),
        mark("for check-ins and pings in that thread"),
    ),
    Right(
        "read_message_history",
        mark("Read Message History"),
        mark("without it I can't make sure after a crash that nothing is posted twice"),
        mark("to look, after a crash, for what I have posted already"),
    ),
    Right(
        "attach_files",
        mark("Attach Files"),
        mark("without it I can't post pictures of progress, or the chart and the votes of a poll"),
        mark("for pictures of progress, charts of polls and their votes as a file"),
    ),
)

NEEDED_FOR_MESSAGES = frozenset({"view_channel", "send_messages", "embed_links", "read_message_history"})
"""Nothing but messages stands in the lead channel and in that of the curators."""

PERMISSIONS = discord.Permissions(**{right.flag: True for right in RIGHTS})


def missing_rights(channel: discord.abc.GuildChannel) -> list[Right]:
    """Which rights the bot lacks in a channel."""
    held = channel.permissions_for(channel.guild.me)
    return [right for right in RIGHTS if not getattr(held, right.flag)]


def missing_in(guild: discord.Guild | None, channel_id: int) -> list[Right] | None:
    """Which rights the bot lacks in a channel of a server; None where the channel is gone or unseen."""
    channel = guild.get_channel(channel_id) if guild else None
    return None if channel is None else missing_rights(channel)


def invite_link(application_id: int) -> str:
    """The address under which an admin adds the bot to a server with just these rights."""
    return discord.utils.oauth_url(
        application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )
