"""Messages and threads: what a request to send, edit or list them does to the world."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.wire.standin import permissions as right
from tests.wire.standin.attachments import Files, attach
from tests.wire.standin.errors import ApiError
from tests.wire.standin.world import BOT_ID, PUBLIC_THREAD, Channel, Json, World

EPHEMERAL, LOADING, HAS_THREAD, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 5, 1 << 15
REPLY = 19
USER_MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Every component, nested ones included, parents first."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        yield from walk([component[key] for key in ("component", "accessory") if key in component])


def number(components: Sequence[Json]) -> Sequence[Json]:
    """Give an id to each component that came without one, as Discord does."""
    every = list(walk(components))
    taken = {component["id"] for component in every if component.get("id")}
    free = (candidate for candidate in range(1, len(every) + len(taken) + 1) if candidate not in taken)
    for component in every:
        if not component.get("id"):
            component["id"] = next(free)
    return components


def _mentions(world: World, channel: Channel, author: int, body: Mapping[str, Any], message: Json) -> Json:
    shown = [
        component.get("content", "") for component in walk(message["components"]) if component["type"] == 10
    ]
    text = "\n".join([message["content"], *shown])
    if "@" not in text:
        return {"mentions": [], "mention_roles": [], "mention_everyone": False}
    allowed = body.get("allowed_mentions")
    parse = ["users", "roles", "everyone"] if allowed is None else allowed.get("parse") or []
    named = [str(each) for kind in ("users", "roles") for each in (allowed or {}).get(kind) or []]
    users = [each for each in dict.fromkeys(USER_MENTION.findall(text)) if "users" in parse or each in named]
    roles = [each for each in dict.fromkeys(ROLE_MENTION.findall(text)) if "roles" in parse or each in named]
    everyone = "everyone" in parse and bool(re.search("@(everyone|here)", text))
    may = world.permissions(channel, author) & right.MENTION_EVERYONE
    return {
        "mentions": [world.users[int(each)] for each in users if int(each) in world.users],
        "mention_roles": roles,
        "mention_everyone": bool(everyone and may),
    }


def _check(message: Json) -> None:
    """Refuse what Discord refuses beyond its API description."""
    if len(message["content"]) > 2000:
        raise ApiError(50035, message="Invalid Form Body: content must be 2000 or fewer in length")
    if message["flags"] & COMPONENTS_V2:
        if message["content"] or message["embeds"] or not message["components"]:
            raise ApiError(50035, message="Invalid Form Body: not allowed beside Components V2")
    elif not any(message[key] for key in ("content", "embeds", "components", "attachments")):
        raise ApiError(50006)


def compose(
    world: World,
    channel: Channel,
    body: Json,
    files: Files = (),
    author: int = BOT_ID,
    *,
    check: bool = True,
) -> Json:
    """A complete message that is not in the channel yet; without `check` it may be empty."""
    message: Json = {
        "id": str(world.snowflake()),
        "channel_id": str(channel.id),
        "author": world.users[author],
        "content": body.get("content") or "",
        "timestamp": world.timestamp(),
        "edited_timestamp": None,
        "tts": bool(body.get("tts")),
        "attachments": [],
        "embeds": [{"type": "rich", **embed} for embed in body.get("embeds") or []],
        "pinned": False,
        "type": 0,
        "flags": body.get("flags") or 0,
        "components": number(body.get("components") or []),
    }
    message |= _mentions(world, channel, author, body, message)
    attach(world, channel, message, body, files)
    if check:
        _check(message)
    return message


def add(world: World, channel: Channel, message: Json) -> Json:
    """Put a message where everybody sees it, and tell the gateway."""
    channel.messages[int(message["id"])] = message
    channel.payload["last_message_id"] = message["id"]
    if channel.is_thread:
        channel.payload["message_count"] += 1
        channel.payload["total_message_sent"] += 1
    _announce(world, "MESSAGE_CREATE", channel, message)
    world.changes.notify()
    return message


def send(world: World, channel: Channel, body: Json, files: Files = ()) -> Json:
    """Create Message by the bot, with all that Discord checks first."""
    in_thread = channel.is_thread
    world.require(channel, right.SEND_MESSAGES_IN_THREADS if in_thread else right.SEND_MESSAGES)
    if body.get("embeds"):
        world.require(channel, right.EMBED_LINKS)
    if files:
        world.require(channel, right.ATTACH_FILES)
    if any(int(user["id"]) in world.refuses_direct for user in channel.payload.get("recipients", ())):
        raise ApiError(50007)
    nonce = str(body["nonce"]) if body.get("nonce") is not None else None
    if nonce is not None and body.get("enforce_nonce"):
        sent_at, first = channel.nonces.get(nonce, (0.0, 0))
        if world.now() - sent_at < world.nonce_window and first in channel.messages:
            return channel.messages[first] | {"nonce": nonce}
    message = compose(world, channel, body, files)
    if reference := body.get("message_reference"):
        _refer(world, channel, reference, message)
    if in_thread:
        _wake(world, channel)
    add(world, channel, message)
    if nonce is None:
        return message
    channel.nonces[nonce] = (world.now(), int(message["id"]))
    # Discord names the nonce in its answer only: no history ever shows it.
    return message | {"nonce": nonce}


def _refer(world: World, channel: Channel, reference: Json, message: Json) -> None:
    world.require(channel)
    if not world.permissions(channel, BOT_ID) & right.READ_MESSAGE_HISTORY:
        raise ApiError(160002)
    referenced = channel.messages.get(int(reference["message_id"]))
    if referenced is None and reference.get("fail_if_not_exists", True):
        raise ApiError(50035, message="Invalid Form Body: message_reference: Unknown message")
    message |= {"type": REPLY, "message_reference": {"channel_id": str(channel.id), **reference}}
    message["referenced_message"] = referenced


def _wake(world: World, thread: Channel) -> None:
    metadata = thread.payload["thread_metadata"]
    if metadata["locked"]:
        raise ApiError(160005)
    if metadata["archived"]:
        metadata["archived"] = False
        world.publish("THREAD_UPDATE", thread.payload, thread.guild_id)


def edit(world: World, channel: Channel, message: Json, body: Json, files: Files = ()) -> Json:
    """Change a message in place; what the body leaves out stays."""
    changed = message | {"edited_timestamp": world.timestamp()}
    changed |= {key: body[key] or "" for key in ("content",) if key in body}
    if "embeds" in body:
        changed["embeds"] = [{"type": "rich", **embed} for embed in body["embeds"] or []]
    changed["flags"] |= (body.get("flags") or 0) & COMPONENTS_V2
    if "components" in body:
        changed["components"] = number(body["components"] or [])
    attach(world, channel, changed, body, files)
    changed |= _mentions(world, channel, int(message["author"]["id"]), body, changed)
    _check(changed)
    message.update(changed)
    if int(message["id"]) in channel.messages:
        _announce(world, "MESSAGE_UPDATE", channel, message)
    world.changes.notify()
    return message


def delete(world: World, channel: Channel, message_id: int) -> None:
    if channel.messages.pop(message_id, None) is None:
        raise ApiError(10008)
    gone = {"id": str(message_id), "channel_id": str(channel.id)}
    world.publish("MESSAGE_DELETE", gone | _guild_of(channel), channel.guild_id)
    world.changes.notify()


def history(channel: Channel, query: Mapping[str, str]) -> list[Json]:
    """Get Channel Messages: newest first, by before, after, around and limit (50, at most 100)."""
    limit = min(int(query.get("limit", 50)), 100)
    ids = list(channel.messages)
    if "after" in query:
        ids = [each for each in ids if each > int(query["after"])][:limit]
    elif "before" in query:
        ids = [each for each in ids if each < int(query["before"])]
    elif "around" in query:
        middle = bisect_left(ids, int(query["around"]))
        ids = ids[max(0, middle - limit // 2) :][:limit]
    return [channel.messages[each] for each in reversed(ids[-limit:])]


def open_thread(world: World, parent: Channel, body: Json, *, kind: int, message: Json | None = None) -> Json:
    """Open a thread; on a message it takes the message's id, so that there can be only one."""
    world.require(
        parent, right.CREATE_PUBLIC_THREADS if kind == PUBLIC_THREAD else right.CREATE_PRIVATE_THREADS
    )
    thread_id = int(message["id"]) if message else world.snowflake()
    if thread_id in world.channels:
        raise ApiError(160004)
    now = world.timestamp()
    minutes = body.get("auto_archive_duration") or 1440
    metadata = {
        "archived": False,
        "auto_archive_duration": minutes,
        "archive_timestamp": now,
        "locked": False,
    }
    payload = {
        "id": str(thread_id),
        "type": kind,
        "guild_id": str(parent.guild_id),
        "parent_id": str(parent.id),
    }
    payload |= {"owner_id": str(BOT_ID), "name": body["name"], "message_count": 0, "member_count": 1}
    payload |= {"total_message_sent": 0, "rate_limit_per_user": 0, "last_message_id": None, "flags": 0}
    payload |= {"thread_metadata": metadata | {"create_timestamp": now}}
    world.channels[thread_id] = Channel(thread_id, parent.guild_id, payload)
    if message:
        message |= {"flags": message["flags"] | HAS_THREAD, "thread": payload}
    member = {"id": str(thread_id), "user_id": str(BOT_ID), "join_timestamp": now, "flags": 0}
    world.publish("THREAD_CREATE", payload | {"newly_created": True, "member": member}, parent.guild_id)
    world.changes.notify()
    return payload | {"member": member}


def _guild_of(channel: Channel) -> Json:
    return {"guild_id": str(channel.guild_id)} if channel.guild_id else {}


def _announce(world: World, event: str, channel: Channel, message: Json) -> None:
    extra = _guild_of(channel)
    if channel.guild_id:
        member = world.guilds[channel.guild_id].members.get(int(message["author"]["id"]))
        if member:
            extra["member"] = {key: value for key, value in member.items() if key != "user"}
    world.publish(event, message | extra, channel.guild_id)
