"""What goes with a message: a picture that is drawn for it, and a file."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import discord

ALTERNATIVE_LIMIT = 1_024
"""Discord takes alternative texts of so many characters."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, shown in the embed of its message, or beneath the text where there is no embed.

    It is drawn in the client's studio when the message goes out, in the language of the server. Its name has
    plain letters, digits, "-" and "." only, or the embed would not find it.
    """

    name: str
    alternative: str
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is sent, with its alternative text if it is a picture."""

    name: str
    content: bytes
    alternative: str | None = None

    def file(self) -> discord.File:
        """The file for one request; it is read by that and worth nothing for another."""
        return discord.File(io.BytesIO(self.content), self.name, description=self.alternative)
