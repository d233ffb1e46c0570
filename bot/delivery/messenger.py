"""What the delivery needs of the outside world; `cogs/messenger.py` is the one over Discord."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or thread of a server."""

    guild_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class Direct:
    """A member's direct messages, for one who chose them; they speak of one server."""

    guild_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread under one of the bot's own messages, which may not have been opened yet.

    Its title is a content, as that of a post is: the messenger knows its words.
    """

    place: Place
    message_id: int
    title: object


@dataclass(frozen=True, slots=True)
class Post:
    """A message to be shown: where, and what. The messenger knows how each kind of content looks."""

    place: Place | Direct
    content: object
    thread: Thread | None = None


class Messenger(Protocol):
    """Sends, changes and finds the bot's own messages.

    Every method raises Undeliverable for what will never work and TryLater for what may.
    """

    async def send(self, place: Place, content: object, nonce: str) -> int:
        """Post a message and answer its id; a nonce used minutes ago answers with the message it made."""
        ...

    async def edit(self, place: Place, message_id: int, content: object, nonce: str) -> None:
        """Make a message show the content."""
        ...

    async def delete(self, place: Place, message_id: int) -> None:
        """Delete a message; one that is gone already counts as deleted."""
        ...

    async def find(self, place: Place, nonce: str, since: datetime) -> int | None:
        """The id of the bot's own message that was sent with a nonce after an instant, if it is there."""
        ...

    async def open_direct(self, direct: Direct) -> int:
        """Open a member's direct messages, or find them open, and answer the channel's id."""
        ...

    async def open_thread(self, thread: Thread) -> int:
        """Open the thread, or find it open, and answer its id."""
        ...
