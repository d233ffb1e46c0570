"""Messages with a picture and a file, by the messenger: sent, changed, and where none may be attached."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest
from discord import ui

from bot.delivery.messenger import Place
from bot.errors import Undeliverable
from bot.texts import language
from cogs.enclosures import ALTERNATIVE_LIMIT, Attachment, Picture
from cogs.messenger import DiscordMessenger, Rendered
from cogs.pictures.studio import Studio
from tests.discord_limits import violations
from tests.wire.small_bot import House, open_house
from tests.wire.standin import permissions
from tests.wire.standin.attachments import LARGEST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

NONCE = "nonce-of-a-result"


@dataclass(frozen=True)
class Result:
    """Has what is given of: title of an embed, drawing, alternative text, file."""

    title: str | None = "Result"
    drawing: bytes | None = b"a chart"
    alternative: str = "Two bars."
    record: bytes | None = b'{"taps": []}'


def rendered(content: Result, nonce: str) -> Rendered:
    drawing = content.drawing
    return Rendered(
        text="It is over.",
        embed=discord.Embed(title=content.title) if content.title else None,
        view=ui.View(timeout=None).add_item(ui.Button(label="More", custom_id=f"more:v1:{nonce}")),
        picture=Picture("chart.png", content.alternative, lambda: drawing) if drawing else None,
        attachment=Attachment("record.json", content.record) if content.record else None,
    )


class Post:
    """The messenger in a house, and what stands in the house's channel."""

    def __init__(self, house: House, messenger: DiscordMessenger) -> None:
        self.house, self.messenger = house, messenger
        self.place = Place(house.guild, house.channel)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.house.standin.messages(self.house.channel)

    async def files(self) -> dict[str, bytes]:
        """What is seen as files under the one message there is, by name."""
        (message,) = self.messages
        return {each["filename"]: await fetched(each) for each in message["attachments"]}

    async def picture(self) -> bytes | None:
        """What is seen in the embed of the one message there is."""
        (message,) = self.messages
        (embed,) = message["embeds"]
        return await fetched(embed["image"]) if "image" in embed else None


async def fetched(file: Mapping[str, str]) -> bytes:
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
        assert response.status == 200
        return await response.read()


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    studio = Studio()
    async with open_house() as house:
        yield Post(house, DiscordMessenger(house.bot, {Result: rendered}, studio))
        sent = house.standin.requests
        assert [each for r in sent for each in violations(r.method, r.path, r.body)] == []
    studio.close()


async def test_a_picture_stands_in_the_embed_with_its_alternative_text_and_a_file_below(post: Post) -> None:
    await post.messenger.send(post.place, Result(), NONCE)
    assert await post.picture() == b"a chart"
    assert post.messages[0]["embeds"][0]["image"]["description"] == "Two bars."
    assert await post.files() == {"record.json": b'{"taps": []}'}


async def test_without_an_embed_the_picture_is_seen_by_itself(post: Post) -> None:
    await post.messenger.send(post.place, Result(title=None, record=None), NONCE)
    assert await post.files() == {"chart.png": b"a chart"}
    assert post.messages[0]["attachments"][0]["description"] == "Two bars."


async def test_a_changed_message_shows_the_new_picture_and_file_once(post: Post) -> None:
    message = await post.messenger.send(post.place, Result(), NONCE)
    for number in (b"2", b"3"):
        await post.messenger.edit(post.place, message, Result(drawing=number, record=number), NONCE)
        assert await post.picture() == number
        assert await post.files() == {"record.json": number}


async def test_a_message_that_is_changed_to_one_without_files_has_none(post: Post) -> None:
    message = await post.messenger.send(post.place, Result(), NONCE)
    await post.messenger.edit(post.place, message, Result(drawing=None, record=None), NONCE)
    assert await post.picture() is None
    assert await post.files() == {}


async def test_a_message_of_an_earlier_run_is_found_and_changed_without_doubling_anything(post: Post) -> None:
    sent = await post.messenger.send(post.place, Result(), NONCE)
    found = await post.messenger.find(post.place, NONCE, datetime.fromtimestamp(0, UTC))
    assert found == sent
    await post.messenger.edit(post.place, found, Result(), NONCE)
    assert await post.picture() == b"a chart"
    assert await post.files() == {"record.json": b'{"taps": []}'}


async def test_sent_twice_with_one_nonce_it_is_one_message(post: Post) -> None:
    first = await post.messenger.send(post.place, Result(), NONCE)
    assert await post.messenger.send(post.place, Result(), NONCE) == first
    assert await post.files() == {"record.json": b'{"taps": []}'}


async def test_a_file_is_whole_in_a_thread_that_has_to_be_opened_first(post: Post) -> None:
    room = await post.house.bot.room(post.house.channel)
    thread = await room.create_thread(name="Baseline", type=discord.ChannelType.public_thread)
    place = Place(post.house.guild, thread.id)
    message = await post.messenger.send(place, Result(), NONCE)
    post.house.standin.faults.fail("PATCH", f"/channels/{thread.id}/messages/*", status=400).body["code"] = (
        50083
    )
    await post.messenger.edit(place, message, Result(drawing=b"anew", record=b"anew"), NONCE)
    (shown,) = post.house.standin.messages(thread.id)
    assert await fetched(shown["embeds"][0]["image"]) == b"anew"
    assert [await fetched(each) for each in shown["attachments"]] == [b"anew"]


async def test_where_the_bot_may_attach_nothing_the_message_comes_without_and_says_so(post: Post) -> None:
    post.house.standin.limit_bot(post.house.channel, deny=permissions.ATTACH_FILES)
    await post.house.bot.wait_for("guild_channel_update")
    message = await post.messenger.send(post.place, Result(), NONCE)
    said = "It is over.\nI may not attach files in this channel, so a picture or a file is missing here."
    assert post.house.texts() == [said]
    assert await post.picture() is None

    post.house.standin.limit_bot(post.house.channel, deny=0)
    await post.house.bot.wait_for("guild_channel_update")
    await post.messenger.edit(post.place, message, Result(), NONCE)
    assert post.house.texts() == ["It is over."]
    assert await post.picture() == b"a chart"


async def test_a_file_that_discord_finds_too_large_is_refused_in_words(post: Post) -> None:
    with pytest.raises(Undeliverable, match="the file is too large"):
        await post.messenger.send(post.place, Result(record=bytes(LARGEST + 1)), NONCE)
    assert post.messages == []


async def test_a_long_alternative_text_is_cut_to_what_discord_takes(post: Post) -> None:
    await post.messenger.send(post.place, Result(alternative="word " * 500), NONCE)
    description = post.messages[0]["embeds"][0]["image"]["description"]
    assert len(description) <= ALTERNATIVE_LIMIT
    assert description.endswith("wor…")


async def test_a_picture_is_drawn_in_the_studio_in_the_language_of_the_server(post: Post) -> None:
    drawn_in = []

    def draw() -> bytes:
        drawn_in.append((threading.current_thread().name.partition("_")[0], language()))
        return b"drawn"

    guild = post.house.bot.get_guild(post.house.guild)
    assert guild
    guild.preferred_locale = discord.Locale.german

    def render(content: Result, nonce: str) -> Rendered:
        return Rendered(text="", picture=Picture("chart.png", "", draw))

    studio = Studio()
    await DiscordMessenger(post.house.bot, {Result: render}, studio).send(post.place, Result(), NONCE)
    studio.close()
    assert drawn_in == [("pictures", "de")]
