"""The one place that reaches behind simcord's public face.

A preview of simcord shows one channel for as long as it lives. The demo wants the page that is already open
to follow to another channel, so this preview changes the channel in place, as its own viewer picker changes
the person. Whatever is touched here may be different in another simcord, hence the check of the version.
"""

import asyncio
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import simcord
from simcord.backend.access import can_access_channel, can_access_message
from simcord.backend.cdn import CDN_BASE
from simcord.preview import Preview, _markdown, _messages

WRITTEN_AGAINST = "3.2.1"
THREAD_CREATED = 18
EPHEMERAL = 1 << 6
ACTIONS_THE_BOT_MAY_ANSWER = frozenset({"run_command", "click", "select", "modal_submit"})

LOOK_AGAIN_AFTER = 0.002

Avatars = Mapping[int, tuple[str, bytes]]


class QuickEnv(simcord.Env):
    """simcord's Discord, which looks sooner whether the bot has finished: weeks of history are many looks."""

    async def _settle_internal(self, *, idle: float = LOOK_AGAIN_AFTER, **options: Any) -> None:
        await super()._settle_internal(idle=idle, **options)


class ChannelPreview(Preview):
    """A preview whose pages can be moved to another channel while they are open.

    Hold `turn` around everything else that drives the same Env: simcord refuses two operations at once, and
    a page whose action is refused in that way calls its outcome uncertain.
    """

    # A tab in the background is frozen by browsers and stops asking; it shall live on all the same.
    _PAGE_LEASE_SECONDS = 24 * 3600.0
    _MAX_PAGES = 64

    def __init__(
        self,
        env: simcord.Env,
        channel: simcord.ChannelHandle,
        viewers: Sequence[simcord.MemberActor],
        *,
        zones: Mapping[int, str],
        avatars: Avatars,
        port: int,
        acted: Callable[[], None],
    ):
        super().__init__(
            env,
            channel,
            tuple(viewers),
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            # The English of Discord's locales that writes 18:00 and not 6:00 PM.
            locale="en-GB",
            timezone="UTC",
            presentation_time=None,
            assets=_pictures(avatars),
            port=port,
        )
        resolve_mentions()
        self.turn = asyncio.Lock()
        self._home = channel
        self._zones = zones
        self._acted = acted
        self._newest_shown: dict[str, int | None] = {}

    @property
    def port(self) -> int | None:
        """Where the page is served, once the preview is entered."""
        return self._server.port

    def show_channel(self, channel: simcord.ChannelHandle) -> None:
        """Move all pages, those that are open and those that will be, to another channel. Needs `turn`.

        Direct messages are seen through the eyes of the member whom they go to.
        """
        self.channel = channel
        owner_id = owner_of_direct_messages(self.env, channel.id)
        for page in tuple(self._pages.values()):
            self._clear_page_assets(page)
            self._redact_page_receipts(page)
            self._reset_queries(page)
            page.viewer = self._viewer(owner_id or page.viewer.id)
            page.channel_id = channel.id
            page.target_id = page.window_end_id = self._initial_target(page.viewer, channel.id)
            page.modal = page.modal_handle = None
            page.status = "current"
            # A page whose generation went up takes the new state at once and drops what it had planned.
            page.generation += 1
            self._publish(page, reason="navigation")

    def publish(self) -> None:
        """Show what is true now on every page. Needs `turn`."""
        self._advance_presentation_time()
        self._publish_message_pages(reason="refresh")

    def _publish(self, page: Any, *, reason: Any = "action") -> None:
        self._choose_eyes(page)
        self._leave_out_thread_notices()
        self._follow(page)
        # Everybody sees their own time, as in Discord.
        self.timezone = self._zones.get(page.viewer.id, "UTC")
        super()._publish(page, reason=reason)

    def _choose_eyes(self, page: Any) -> None:
        owner_id = owner_of_direct_messages(self.env, page.channel_id)
        if owner_id and page.viewer.id != owner_id:
            # Whoever looks through other eyes than those of the member they go to is back in the server.
            self.channel = self._home
            page.channel_id = self._home.id
            page.target_id = page.window_end_id = self._initial_target(page.viewer, self._home.id)
        member = self._viewer(page.viewer.id)
        # simcord knows people as users in their direct messages, and as members in a server.
        page.viewer = member.user if page.viewer.id == owner_id else member

    def _follow(self, page: Any) -> None:
        # A page scrolls to the message it points at. Left alone it would stay where it was opened, with what
        # is new below its edge. Whoever reads in the past (the window has an end) is not pulled away.
        newest = self._initial_target(page.viewer, page.channel_id)
        if newest != self._newest_shown.get(page.id) and page.window_end_id is None:
            page.target_id = newest
        self._newest_shown[page.id] = newest

    def _initial_target(self, viewer: Any, channel_id: int) -> int | None:
        # simcord takes the bot's newest message; in a conversation it is anybody's.
        if not can_access_channel(self.env, channel_id, viewer, history=True):
            return None
        messages = self.env.backend.messages.get(channel_id, {}).values()
        return max(
            (
                message.id
                for message in messages
                if can_access_message(self.env, channel_id, message, viewer, history=True)
            ),
            default=None,
        )

    def _leave_out_thread_notices(self) -> None:
        # simcord says "started a thread" for every thread. Discord does not when a thread is opened from a
        # fresh message: there the message itself shows the thread.
        messages = self.env.backend.messages.get(self.channel.id, {})
        for message_id in [key for key, message in messages.items() if message.type == THREAD_CREATED]:
            del messages[message_id]

    def _open_page(self, viewer_id: Any = None, target_id: Any = None) -> Any:
        strangers = [page for page in self._pages.values() if page is not self._python]
        if len(strangers) >= self._MAX_PAGES:
            self._close_page(min(strangers, key=lambda page: page.last_activity).id)
        return super()._open_page(viewer_id, target_id)

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self.turn:
            result = await super()._action(context_id, body)
        if isinstance(body, dict) and body.get("kind") in ACTIONS_THE_BOT_MAY_ANSWER:
            self._acted()
        return result


def resolve_mentions() -> None:
    """Have mentions shown by name in embeds, and members and channels of servers in direct messages.

    Discord does both; simcord leaves such mentions as they are sent.
    """
    for part in ("embed_description", "embed_field_value"):
        _markdown._FIELD_POLICIES[part].update(mentions=True, commands=True)
    if _messages._markdown_context is not _context_with_names:
        _messages._markdown_context = _context_with_names


_original_context = _messages._markdown_context


def _context_with_names(preview: Any, page: Any, message: Any, channel: Any, **rest: Any) -> dict[str, Any]:
    context = _original_context(preview, page, message, channel, **rest)
    if channel.guild_id is None:
        backend = preview.env.backend
        for found in backend.channels.values():
            context["channels"].setdefault(str(found.id), found.name or str(found.id))
        for user in backend.users.values():
            context["users"].setdefault(str(user.id), user.global_name or user.name)
    return context


def check_version() -> None:
    """Ends the program with a sentence unless simcord is the version that this file was written against."""
    if simcord.__version__ != WRITTEN_AGAINST:
        raise SystemExit(
            f"The demo is written against simcord {WRITTEN_AGAINST}, and {simcord.__version__} is installed: "
            "run `make setup`, or read demo/preview_channel.py against the new version."
        )


def free_port(wanted: int) -> int:
    """The wanted port of this machine's loopback, or 0 (which means any) where it is taken."""
    with suppress(OSError), socket.socket() as probe:
        # As aiohttp binds: a connection of an earlier run that is still winding down does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", wanted))
        return wanted
    return 0


def dress(env: simcord.Env, name: str, picture: str) -> None:
    """Give the bot its name and the hash of its picture, before any server knows it."""
    env.backend.bot_user.name = name
    env.backend.bot_user.avatar = picture


def set_date(env: simcord.Env, moment: datetime) -> None:
    """Begin the world at an instant; only before the bot has come in."""
    env.backend.clock.advance((moment - env.now()).total_seconds())


def direct_messages(env: simcord.Env, user: simcord.UserHandle) -> list[simcord.ChannelHandle]:
    """The channel of what the bot wrote to somebody directly, if it ever did."""
    return [user.dm_channel] if user.id in env.backend.dm_channels else []


def owner_of_direct_messages(env: simcord.Env, channel_id: int) -> int:
    """To whom the direct messages in a channel go; 0 for every other channel."""
    return next((user for user, channel in env.backend.dm_channels.items() if channel == channel_id), 0)


def forget_private_answers(env: simcord.Env) -> None:
    """Discord forgets answers that only one person sees; simcord keeps them, and weeks of them pile up."""
    for messages in env.backend.messages.values():
        for message_id in [key for key, message in messages.items() if message.flags & EPHEMERAL]:
            del messages[message_id]


def _pictures(avatars: Avatars) -> dict[str, tuple[str, bytes]]:
    """Avatars under the addresses by which simcord itself, and discord.py in an embed, ask for them."""
    pictures = {}
    for user_id, (digest, png) in avatars.items():
        picture = (f"{digest}.png", png)
        pictures[f"{CDN_BASE}/avatars/{user_id}/{digest}.png"] = picture
        address = f"https://cdn.discordapp.com/avatars/{user_id}/{digest}.png"
        for size in (64, 128, 256, 512, 1024):
            pictures[f"{address}?size={size}"] = picture
    return pictures
