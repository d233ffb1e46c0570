"""bot.delivery's Messenger over discord.py."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import aiohttp
import discord

from bot.delivery.messenger import Direct, Place, Thread
from bot.errors import Silence, TryLater, Undeliverable
from bot.texts import gettext as _
from bot.texts import mark, speaking
from cogs.enclosures import ALTERNATIVE_LIMIT, Attachment, Picture
from cogs.pictures.studio import Studio
from cogs.ui.fitting import shortened
from cogs.ui.languages import language_of
from cogs.ui.markup import as_text

MESSAGES_SEARCHED = 200
NAME_SHOWN = 100
THREAD_EXISTS, THREAD_ARCHIVED = 160004, 50083
REFUSALS = {
    10003: mark("the channel is gone"),
    10008: mark("the message is gone"),
    40005: mark("the file is too large"),
    50001: mark("I can't see the channel"),
    50013: mark("I lack a right in the channel"),
    THREAD_ARCHIVED: mark("the thread is archived"),
    160005: mark("the thread is locked"),
    50007: mark("Discord does not let me write to them directly"),
    50278: mark("Discord does not let me write to them directly"),
}
NO_THREADS = mark("I may not open threads there or write in them")
NOT_THERE = mark("I am not in that server any more")
REASONS = frozenset({*REFUSALS.values(), NO_THREADS, NOT_THERE})
"""Why a message could not be delivered, where Discord gives no code that is unknown here."""

OPENING_TOO_FAST = 40003
GONE = frozenset({10003, 10008})
"""Discord's codes for a channel, and a message, that is not there any more."""
A_DAY_IN_MINUTES: Final = 1440
NEVER_SENT: Final = "a" * 24
"""In place of the nonce of what is only looked at."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """How a content looks: text, embed, buttons, and who is mentioned by it (nobody, unless it says so).

    What is sent directly names the server it comes from, before the text. A picture and a file take the place
    of those that the message had; where the bot may not attach any, the message comes without, and says so.
    """

    text: str
    embed: discord.Embed | None = None
    view: discord.ui.View | None = None
    mentions: discord.AllowedMentions | None = None
    names_server: bool = False
    picture: Picture | None = None
    attachment: Attachment | None = None


Renderer = Callable[[Any, str], Rendered]
"""Makes a content and its nonce into what is seen. The nonce must stand in the custom id of a button: by it
the message is found again after a crash."""


class DiscordMessenger:
    """Sends what each kind of content looks like, in the language of the server it goes to."""

    def __init__(self, client: discord.Client, renderers: Mapping[type, Renderer], studio: Studio):
        self._client = client
        self._renderers = renderers
        self._studio = studio

    async def send(self, place: Place, content: object, nonce: str) -> int:
        channel = self._channel(place)
        rendered = self._render(place, content, nonce)
        enclosed = await self._enclosed(place, rendered)
        options = _options(rendered)
        if enclosed:
            options["files"] = [each.file() for each in enclosed]
        with _discord_errors():
            message = await channel.send(nonce=nonce, **options)
        return message.id

    async def edit(self, place: Place, message_id: int, content: object, nonce: str) -> None:
        message = self._channel(place).get_partial_message(message_id)
        rendered = self._render(place, content, nonce)
        enclosed = await self._enclosed(place, rendered)

        async def act() -> None:
            # Discord shows a picture that is kept a second time, beside its embed. So none is kept.
            await message.edit(**_options(rendered), attachments=[each.file() for each in enclosed])

        with _discord_errors():
            await self._in_open_thread(place, act)

    async def delete(self, place: Place, message_id: int) -> None:
        message = self._channel(place).get_partial_message(message_id)
        with _discord_errors():
            try:
                await self._in_open_thread(place, message.delete)
            except discord.NotFound as error:
                if error.code not in GONE:
                    raise

    async def _in_open_thread(self, place: Place, act: Callable[[], Awaitable[object]]) -> None:
        """Do something to a message; Discord archives threads after a day and allows it in open ones only."""
        try:
            await act()
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED:
                raise
            thread = await self._client.fetch_channel(place.channel_id)
            if not isinstance(thread, discord.Thread):
                raise
            await thread.edit(archived=False)
            await act()

    async def find(self, place: Place, nonce: str, since: datetime) -> int | None:
        history = self._channel(place).history(limit=MESSAGES_SEARCHED, after=since, oldest_first=True)
        with _discord_errors():
            async for message in history:
                if message.author.id == self._me and any(nonce in name for name in _custom_ids(message)):
                    return message.id
        return None

    async def open_direct(self, direct: Direct) -> int:
        with _discord_errors():
            channel = await self._client.create_dm(discord.Object(direct.user_id))
        return channel.id

    async def open_thread(self, thread: Thread) -> int:
        channel = self._client.get_channel(thread.place.channel_id)
        if isinstance(channel, discord.TextChannel):
            held = channel.permissions_for(channel.guild.me)
            if not (held.create_public_threads and held.send_messages_in_threads):
                raise Undeliverable(NO_THREADS)
        message = self._channel(thread.place).get_partial_message(thread.message_id)
        with _discord_errors():
            try:
                opened = await message.create_thread(
                    name=self._render(thread.place, thread.title, "").text,
                    auto_archive_duration=A_DAY_IN_MINUTES,
                )
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise
                return thread.message_id
        return opened.id

    def _channel(self, place: Place) -> discord.TextChannel | discord.PartialMessageable:
        # Refusals count against a limit of Discord's, so what is known to be refused is not asked.
        guild = self._client.get_guild(place.guild_id)
        if guild is None:
            raise Undeliverable(NOT_THERE)
        channel = guild.get_channel(place.channel_id)
        if isinstance(channel, discord.TextChannel):
            held = channel.permissions_for(guild.me)
            if not (held.view_channel and held.send_messages):
                raise Undeliverable(REFUSALS[50013])
            return channel
        return self._client.get_partial_messageable(place.channel_id, guild_id=place.guild_id)

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0

    def look(self, guild_id: int, content: object) -> Rendered:
        """How a content would look in a server if it were sent; its buttons lead nowhere."""
        return self._render(Place(guild_id, 0), content, NEVER_SENT)

    def _render(self, place: Place, content: object, nonce: str) -> Rendered:
        guild = self._client.get_guild(place.guild_id)
        with speaking(language_of(guild)):
            rendered = self._renderers[type(content)](content, nonce)
            if (rendered.picture or rendered.attachment) and not _may_attach(guild, place.channel_id):
                rendered = replace(rendered, text=_without_files(rendered), picture=None, attachment=None)
        if rendered.names_server and guild is not None:
            name = f"**{as_text(guild.name, NAME_SHOWN)}**"
            return replace(rendered, text="\n".join(filter(None, [name, rendered.text])))
        return rendered

    async def _enclosed(self, place: Place, rendered: Rendered) -> Sequence[Attachment]:
        """What goes with a message, its picture drawn."""
        enclosed = [rendered.attachment] if rendered.attachment else []
        if rendered.picture is None:
            return enclosed
        name, alternative = rendered.picture.name, rendered.picture.alternative
        with speaking(language_of(self._client.get_guild(place.guild_id))):
            drawn = await self._studio.draw(rendered.picture.draw)
        return [Attachment(name, drawn, shortened(alternative, ALTERNATIVE_LIMIT)), *enclosed]


def _may_attach(guild: discord.Guild | None, channel_id: int) -> bool:
    """Whether files may go into a channel, as far as is known."""
    channel = guild.get_channel(channel_id) if guild else None
    return channel is None or guild is None or channel.permissions_for(guild.me).attach_files


def _without_files(rendered: Rendered) -> str:
    reason = _("I may not attach files in this channel, so a picture or a file is missing here.")
    return "\n".join(filter(None, [rendered.text, reason]))


def _options(rendered: Rendered) -> dict[str, Any]:
    options: dict[str, Any] = {
        "content": rendered.text,
        "allowed_mentions": rendered.mentions or discord.AllowedMentions.none(),
    }
    if rendered.embed is not None:
        options["embed"] = rendered.embed
        if rendered.picture is not None:
            address = f"attachment://{rendered.picture.name}"
            options["embed"] = rendered.embed.copy().set_image(url=address)
    if rendered.view is not None:
        options["view"] = rendered.view
    return options


def _custom_ids(message: discord.Message) -> Iterator[str]:
    for row in message.components:
        for component in getattr(row, "children", ()):
            yield getattr(component, "custom_id", None) or ""


@contextmanager
def _discord_errors() -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        if error.status in (401, 429) or error.status >= 500:
            raise Silence(f"Discord answered {error.status}") from error
        if error.code == OPENING_TOO_FAST:
            raise TryLater(f"Discord answered {error.status}") from error
        reason = REFUSALS.get(error.code)
        raise Undeliverable(reason or f"Discord refused it with code {error.code}") from error
    except (aiohttp.ClientError, OSError, TimeoutError, discord.RateLimited) as error:
        raise Silence(type(error).__name__) from error
