"""What the bot has posted, against its outbox and against what is true: each message is there once."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery import rules
from tests.proof.loads import components_of
from tests.wire.standin import BOT_ID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from tests.wire.standin import StandIn
    from tests.wire.standin.world import Json

NONCE = re.compile("[a-z2-7]{24}")

Wanted = tuple[str, int, int]
"""Something that has to be there once: its kind, the server, and the member or 0."""


@dataclass(frozen=True, slots=True)
class Posted:
    """How many messages had to be there, how many are there just once, and what is wrong."""

    due: int
    there: int
    wrong: Sequence[str]


def by_the_bot(standin: StandIn) -> dict[int, Json]:
    """All messages that the bot sent without being asked, by their ids."""
    every = (message for channel in standin.world.channels for message in standin.messages(channel))
    return {
        int(message["id"]): message
        for message in every
        if message["author"]["id"] == str(BOT_ID) and "webhook_id" not in message
    }


def sent_twice(standin: StandIn) -> list[str]:
    """A sentence for each message that somebody has got more than once."""
    nonces = Counter(nonce for message in by_the_bot(standin).values() for nonce in nonces_of(message))
    return [f"the message {nonce} is there {times} times" for nonce, times in nonces.items() if times > 1]


def nonces_of(message: Json) -> set[str]:
    """What a message carries to be found by again."""
    return {
        part
        for item in components_of(message)
        for part in str(item.get("custom_id") or "").split(":")
        if NONCE.fullmatch(part)
    }


def examined(standin: StandIn, database: Path, due: Collection[Wanted]) -> Posted:
    """Compare, once nothing is outstanding any more."""
    messages = by_the_bot(standin)
    with closing(sqlite3.connect(database, timeout=5)) as db:
        db.row_factory = sqlite3.Row
        rows = db.execute("select * from delivery").fetchall()
        done = {
            (row["guild_id"], row["user_id"], row["local_day"]): str(row["done"])
            for row in db.execute("select * from checkin")
        }
    wrong = [
        *sent_twice(standin),
        *_apart_from_the_outbox(messages, rows),
        *_untrue_cards(messages, rows, done),
        *_untrue_prompts(messages, rows, {(guild, day, user) for guild, user, day in done}),
    ]
    sent = Counter(
        (row["kind"], row["guild_id"], row["user_id"])
        for row in rows
        if row["state"] == "sent" and row["message_id"] in messages
    )
    said = {(row["kind"], row["guild_id"], row["user_id"]): (row["state"], row["reason"]) for row in rows}
    missing = [
        f"{kind} of {user or 'everybody'} in server {guild} came {sent[kind, guild, user]} times: "
        f"{said.get((kind, guild, user), 'nothing is known of it')}"
        for kind, guild, user in due
        if sent[kind, guild, user] != 1
    ]
    mentioned = Counter(
        int(user["id"])
        for message in messages.values()
        if "your time" in message["content"]
        for user in message["mentions"]
    )
    wrong += [f"member {user} was mentioned {times} times" for user, times in mentioned.items() if times > 1]
    pinged = {user for kind, _, user in due if kind == "ping"}
    wrong += [f"member {user} was not mentioned" for user in pinged - mentioned.keys()]
    return Posted(len(due), len(due) - len(missing), [*missing, *wrong])


def _apart_from_the_outbox(messages: dict[int, Json], rows: Iterable[sqlite3.Row]) -> list[str]:
    wrong, known = [], set()
    for row in rows:
        name = f"{row['kind']} {row['id']} in server {row['guild_id']}"
        if row["shown"] < row["wanted"]:
            wrong.append(f"{name} is outstanding: {row['reason']}")
        if row["message_id"] is None:
            continue
        known.add(row["message_id"])
        message = messages.get(row["message_id"])
        if message is None:
            wrong.append(f"{name} counts as sent, and is not there")
        elif rules.nonce(row["message_key"]) not in nonces_of(message):
            wrong.append(f"{name} counts as sent by a message that is another one")
    stray = [message for number, message in messages.items() if number not in known]
    return wrong + [f"the outbox knows nothing of {_line(message)}" for message in stray]


def _untrue_cards(
    messages: dict[int, Json], rows: Iterable[sqlite3.Row], done: dict[tuple[int, int, str], str]
) -> list[str]:
    cards = {
        (row["guild_id"], row["user_id"], row["local_day"]): messages.get(row["message_id"])
        for row in rows
        if row["kind"] == "card"
    }
    wrong = []
    for key in cards.keys() | done.keys():
        card = cards.get(key)
        shown = None if card is None else card["embeds"][0].get("description")
        if shown != done.get(key):
            wrong.append(f"the check-in {key} is {done.get(key)!r}, and its card says {shown!r}")
    return wrong


def _untrue_prompts(
    messages: dict[int, Json], rows: Iterable[sqlite3.Row], done: Collection[tuple[int, str, int]]
) -> list[str]:
    wrong = []
    for row in rows:
        if row["kind"] != "prompt" or row["message_id"] not in messages:
            continue
        named = {int(user) for user in re.findall(r"<@(\d+)>", messages[row["message_id"]]["content"])}
        there = {user for guild, day, user in done if (guild, day) == (row["guild_id"], row["local_day"])}
        if named != there:
            wrong.append(f"the prompt of server {row['guild_id']} names {named}, and {there} checked in")
    return wrong


def _line(message: Json) -> str:
    titles = [embed.get("title") or embed.get("description") for embed in message["embeds"]]
    return f"{message['id']}: {' '.join(filter(None, [message['content'], *titles]))[:60]!r}"
