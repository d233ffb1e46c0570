"""What the bot said by itself, read from the requests it made to Discord. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from simcord import HttpLogEntry

_POST = re.compile(r"/channels/(?P<channel>\d+)/messages")
_ESCAPE = re.compile(r"\\([\W_])")
_MENTION = re.compile(r"<@!?(\d+)>")


class Kind(StrEnum):
    """What a message is for."""

    PROMPT = "prompt"
    PING = "ping"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Told:
    """One message: when and where it was posted, which members it is about, and what it says."""

    at: datetime
    kind: Kind
    channel_id: int
    members: Sequence[int]
    text: str


def read_requests(requests: Sequence[HttpLogEntry], at: datetime) -> list[Told]:
    """The messages among the requests of an instant; what answers a command or a form is not told."""
    told = []
    for request in requests:
        match = _POST.fullmatch(request.path)
        if request.method == "POST" and match is not None and isinstance(request.json, Mapping):
            told.append(_told(at, int(match["channel"]), request.json))
    return told


def _told(at: datetime, channel_id: int, body: Mapping[str, Any]) -> Told:
    content = body.get("content") or ""
    embed: Mapping[str, str] = next(iter(body.get("embeds") or ()), {})
    # Only a ping may mention people, and only a prompt has a title: its question.
    if (body.get("allowed_mentions") or {}).get("users"):
        kind = Kind.PING
    else:
        kind = Kind.PROMPT if embed.get("title") else Kind.CARD
    return Told(
        at=at,
        kind=kind,
        channel_id=channel_id,
        members=[int(member) for member in _MENTION.findall(content)],
        text=_ESCAPE.sub(r"\1", embed.get("title") or embed.get("description") or content),
    )
