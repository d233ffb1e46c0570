"""The files of messages: which a message has after it was sent or edited, and where they are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tests.wire.standin.errors import ApiError

if TYPE_CHECKING:
    from tests.wire.standin.world import Channel, Json, World

Files = Sequence[tuple[str, bytes]]

LARGEST = 10 * 1024 * 1024
REFERENCE = "attachment://"


def attach(world: World, channel: Channel, message: Json, body: Json, files: Files) -> None:
    """Give a message the files of a request; those it had stay if the request says nothing of attachments.

    A file that an embed refers to is seen in the embed alone and is not among the message's attachments. One
    that stays while its embed is written anew, without the reference, is seen beside it.
    """
    described = {str(each.get("id")): each for each in body.get("attachments") or []}
    before = world.attached.get(int(message["id"]), [])
    held = [each for each in before if "attachments" not in body or each["id"] in described]
    for index, (name, content) in enumerate(files):
        held.append(_stored(world, channel, name, content, described.get(str(index), {})))
    world.attached[int(message["id"])] = held
    if "embeds" in body:
        world.embedded -= {each["id"] for each in held}
        world.embedded |= {each["id"] for each in _resolved(message["embeds"], held)}
    message["attachments"] = [each for each in held if each["id"] not in world.embedded]


def _stored(world: World, channel: Channel, name: str, content: bytes, described: Json) -> Json:
    if len(content) > LARGEST:
        raise ApiError(40005)
    file_id = world.snowflake()
    world.files[file_id] = content
    url = f"{world.base_url}/attachments/{channel.id}/{file_id}/{name}"
    attachment: Json = {"id": str(file_id), "filename": name, "size": len(content)}
    return attachment | {"url": url, "proxy_url": url, "description": described.get("description")}


def _resolved(embeds: Sequence[Json], held: Sequence[Json]) -> Iterator[Json]:
    """Put addresses in place of references; the files that were referred to."""
    for embed in embeds:
        for key in ("image", "thumbnail"):
            url = (embed.get(key) or {}).get("url") or ""
            if not url.startswith(REFERENCE):
                continue
            found = [each for each in held if each["filename"] == url.removeprefix(REFERENCE)]
            if not found:
                # Discord would show a broken picture; nobody ever means that.
                raise ApiError(50035, message=f"Invalid Form Body: no file for {url}")
            embed[key] = {"url": found[0]["url"], "description": found[0]["description"]}
            yield found[0]
