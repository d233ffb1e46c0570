"""Messages, threads and rights on the stand-in, judged by an unmodified discord.py client."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
import pytest
from discord import ui

from tests.wire.small_bot import House, PressButton, open_house
from tests.wire.standin import BOT_ID, permissions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


# -- messages


async def test_a_second_message_with_the_same_nonce_returns_the_first(house: House) -> None:
    first = await house.place.send("prompt", nonce="prompt-1")
    again = await house.place.send("prompt once more", nonce="prompt-1")
    other = await house.place.send("another", nonce="prompt-2")
    assert (again.id, again.content, again.nonce) == (first.id, "prompt", "prompt-1")
    assert other.id != first.id
    assert house.texts() == ["prompt", "another"]


async def test_a_nonce_is_forgotten_after_its_window(house: House) -> None:
    await house.place.send("one", nonce="n")
    house.standin.advance(house.standin.world.nonce_window - 1)
    await house.place.send("two", nonce="n")
    house.standin.advance(2)
    await house.place.send("three", nonce="n")
    house.standin.expire_nonces()
    await house.place.send("four", nonce="n")
    assert house.texts() == ["one", "three", "four"]


async def test_messages_are_edited_listed_and_deleted(house: House) -> None:
    sent = [await house.place.send(str(number)) for number in range(5)]
    await sent[1].edit(content="edited")
    await sent[2].delete()
    assert [message.content async for message in house.place.history(limit=2)] == ["4", "3"]
    assert [m.content async for m in house.place.history(after=sent[0], oldest_first=True)] == [
        "edited",
        "3",
        "4",
    ]
    assert [m.content async for m in house.place.history(before=sent[3])] == ["edited", "0"]
    assert {m.content async for m in house.place.history(around=sent[3], limit=3)} == {"edited", "3", "4"}
    with pytest.raises(discord.NotFound) as error:
        await house.place.fetch_message(sent[2].id)
    assert error.value.code == 10008


async def test_a_reply_a_picture_and_mentions_are_kept(house: House) -> None:
    first = await house.place.send("first")
    picture = discord.File(io.BytesIO(b"not really a picture"), "progress.png")
    reply = await house.place.send(
        f"<@{house.user}> @everyone",
        file=picture,
        reference=first,
        allowed_mentions=discord.AllowedMentions(users=True, everyone=True),
    )
    assert reply.reference
    assert reply.reference.message_id == first.id
    assert [attachment.filename for attachment in reply.attachments] == ["progress.png"]
    stored = house.standin.messages(house.channel)[-1]
    assert [user["username"] for user in stored["mentions"]] == ["ada"]
    assert stored["mention_everyone"] is False
    await house.place.send(f"<@{house.user}>")
    assert house.standin.messages(house.channel)[-1]["mentions"] == []


async def test_components_come_back_with_ids(house: House) -> None:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay("hello"), ui.ActionRow(PressButton(1))))
    await house.place.send(view=view)
    container = house.standin.messages(house.channel)[0]["components"][0]
    text, row = container["components"]
    ids = [container["id"], text["id"], row["id"], row["components"][0]["id"]]
    assert len(set(ids)) == 4


async def test_only_mentions_of_the_bot_can_be_read_without_the_content_intent(house: House) -> None:
    house.standin.say(house.channel, house.user, "a secret")
    house.standin.say(house.channel, house.user, f"<@{BOT_ID}> status")
    assert (await house.bot.heard.get()).content == ""
    heard = await house.bot.heard.get()
    assert heard.content == f"<@{BOT_ID}> status"
    assert heard.author.name == "ada"


async def test_a_message_has_only_one_thread(house: House) -> None:
    message = await (await house.bot.room(house.channel)).send("prompt")
    thread = await message.create_thread(name="today")
    await thread.send("a card")
    assert thread.id == message.id
    assert [each["content"] for each in house.standin.messages(thread.id)] == ["a card"]
    with pytest.raises(discord.HTTPException) as error:
        await message.create_thread(name="again")
    assert error.value.code == 160004
    await thread.edit(archived=True)
    await thread.send("woken up")
    assert house.standin.world.channel(thread.id).payload["thread_metadata"]["archived"] is False


async def test_a_private_thread_needs_a_right_of_its_own(house: House) -> None:
    room = await house.bot.room(house.channel)
    async with room.typing():
        with pytest.raises(discord.Forbidden):
            await room.create_thread(name="quiet")
    house.standin.limit_bot(house.channel, deny=0, allow=permissions.CREATE_PRIVATE_THREADS)
    thread = await room.create_thread(name="quiet")
    assert thread.is_private()


async def test_direct_messages_reach_only_those_who_take_them(house: House) -> None:
    ada = await house.bot.fetch_user(house.user)
    await ada.send("hello")
    direct = house.standin.direct_channel(house.user)
    assert [message["content"] for message in house.standin.messages(direct)] == ["hello"]
    house.standin.close_direct(house.user)
    with pytest.raises(discord.Forbidden) as error:
        await ada.send("hello?")
    assert error.value.code == 50007
    stranger = house.standin.add_member(house.guild)
    house.standin.close_direct(stranger, "opening")
    with pytest.raises(discord.Forbidden) as error:
        await house.bot.create_dm(discord.Object(stranger))
    assert error.value.code == 50007


async def test_a_nonce_holds_in_direct_messages_and_what_is_sent_there_can_be_found_and_deleted(
    house: House,
) -> None:
    direct = await house.bot.create_dm(discord.Object(house.user))
    first = await direct.send("ping", nonce="ping-1")
    assert (await direct.send("ping", nonce="ping-1")).id == first.id
    house.standin.expire_nonces()
    second = await direct.send("ping", nonce="ping-1")
    place = house.bot.get_partial_messageable(direct.id, guild_id=house.guild)
    assert [message.id async for message in place.history(oldest_first=True)] == [first.id, second.id]
    await place.get_partial_message(first.id).delete()
    with pytest.raises(discord.NotFound) as error:
        await place.get_partial_message(first.id).delete()
    assert error.value.code == 10008
    assert [message["id"] for message in house.standin.messages(direct.id)] == [str(second.id)]


# -- missing rights and things that are gone


@pytest.mark.parametrize(
    ("denied", "code"), [(permissions.VIEW_CHANNEL, 50001), (permissions.SEND_MESSAGES, 50013)]
)
async def test_a_missing_right_in_a_channel_is_an_error(house: House, denied: int, code: int) -> None:
    house.standin.limit_bot(house.channel, deny=denied)
    with pytest.raises(discord.Forbidden) as error:
        await house.place.send("hello")
    assert error.value.code == code


async def test_a_thread_needs_its_own_rights(house: House) -> None:
    room = await house.bot.room(house.channel)
    message = await room.send("prompt")
    house.standin.limit_bot(house.channel, deny=permissions.CREATE_PUBLIC_THREADS)
    with pytest.raises(discord.Forbidden):
        await message.create_thread(name="today")
    house.standin.limit_bot(house.channel, deny=permissions.SEND_MESSAGES_IN_THREADS)
    thread = await message.create_thread(name="today")
    with pytest.raises(discord.Forbidden):
        await thread.send("a card")


async def test_a_channel_that_is_gone_is_unknown(house: House) -> None:
    house.standin.delete_channel(house.channel)
    with pytest.raises(discord.NotFound) as error:
        await house.place.send("hello")
    assert error.value.code == 10003


async def test_empty_and_overlong_messages_are_refused(house: House) -> None:
    for content, code in (("", 50006), ("x" * 2001, 50035)):
        with pytest.raises(discord.HTTPException) as error:
            await house.place.send(content)
        assert error.value.code == code
