"""Where what concerns a day is posted: in the thread under the day's prompt."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.delivery import outbox
from bot.delivery.messenger import Place, Post, Thread
from bot.servers.service import PROMPT, require_server

PROMPT_STANDS_FOR = timedelta(hours=36)
"""What belongs to a day without a prompt goes under the newest prompt that is younger than this."""


@dataclass(frozen=True, slots=True)
class ThreadTitle:
    """The title of the thread under a day's prompt."""

    day: date


def in_days_thread(
    db: sqlite3.Connection, guild_id: int, local_day: date, at: datetime, content: object
) -> Post:
    """A post in the thread under the prompt of a day, or the newest before an instant, or the channel."""
    channel = Place(guild_id, require_server(db, guild_id).checkin_channel_id)
    prompt = outbox.find_sent(db, PROMPT, guild_id, local_day) or outbox.newest_sent(
        db, PROMPT, guild_id, since=at - PROMPT_STANDS_FOR
    )
    if prompt is None or prompt.channel_id is None or prompt.message_id is None:
        return Post(channel, content)
    # The prompt may hang in a channel that an admin has replaced since, and that may even be gone.
    thread = Thread(Place(guild_id, prompt.channel_id), prompt.message_id, ThreadTitle(prompt.local_day))
    return Post(channel, content, thread)
