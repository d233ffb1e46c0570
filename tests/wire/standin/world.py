"""The state of the small Discord: users, servers, channels, rights. It knows no network.

What Discord sends as JSON is kept as JSON, so that an answer needs no conversion.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from tests.wire.standin import permissions
from tests.wire.standin.changes import Changes
from tests.wire.standin.errors import ApiError

Json = dict[str, Any]
Publish = Callable[[str, Json, int | None], None]
Refused = Literal["opening", "sending"]

DISCORD_EPOCH_MS = 1_420_070_400_000
BOT_ID = 900_000_000_000_000_001
OWNER_ID = 900_000_000_000_000_002
TEXT, DIRECT_MESSAGE, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12


@dataclass(slots=True)
class Channel:
    """A text channel, thread or direct message; `messages` is in the order of their ids."""

    id: int
    guild_id: int | None
    payload: Json
    messages: dict[int, Json] = field(default_factory=dict)
    nonces: dict[str, tuple[float, int]] = field(default_factory=dict)

    @property
    def is_thread(self) -> bool:
        return self.payload["type"] in (PUBLIC_THREAD, PRIVATE_THREAD)


@dataclass(slots=True)
class Guild:
    """A server. `joined` says whether the bot is in it."""

    id: int
    owner_id: int
    payload: Json
    joined: bool
    roles: dict[int, Json] = field(default_factory=dict)
    members: dict[int, Json] = field(default_factory=dict)
    member_count: int = 0


class Channels(dict[int, Channel]):
    """All channels by their ids; those of a server are found without a look at everybody's."""

    def __init__(self) -> None:
        super().__init__()
        self._of: dict[int | None, dict[int, Channel]] = {}

    def __setitem__(self, channel_id: int, channel: Channel) -> None:
        super().__setitem__(channel_id, channel)
        self._of.setdefault(channel.guild_id, {})[channel_id] = channel

    def __delitem__(self, channel_id: int) -> None:
        del self._of[self[channel_id].guild_id][channel_id]
        super().__delitem__(channel_id)

    def of(self, guild: int) -> list[Channel]:
        """The channels and threads of a server, in the order in which they were made."""
        return list(self._of.get(guild, {}).values())


class World:
    """All that exists. Ids are plain integers here and strings in JSON, as at Discord.

    `application` is what the application's page has otherwise than by default.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._ahead = 0.0
        self._last_id = 0
        self.nonce_window = 180.0
        self.changes = Changes()
        self.publish: Publish = lambda event, data, guild_id: None
        self.users: dict[int, Json] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels = Channels()
        self.application: Json = {}
        self.commands: dict[int | None, list[Json]] = {}
        self.files: dict[int, bytes] = {}
        self.attached: dict[int, list[Json]] = {}
        self.embedded: set[str] = set()
        self.base_url = ""
        self.refuses_direct: dict[int, Refused] = {}
        self._direct: dict[int, int] = {}
        self.bot = self._new_user("Autodidact", BOT_ID, bot=True)
        self.owner = self._new_user("owner", OWNER_ID)

    def now(self) -> float:
        return self._clock() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the stand-in's own clock: ids, life of tokens and of nonces follow it."""
        self._ahead += seconds

    def snowflake(self) -> int:
        """A new id, always greater than all before it, as ids of messages are compared."""
        milliseconds = int(self.now() * 1000) - DISCORD_EPOCH_MS
        self._last_id = max(self._last_id + 1, milliseconds << 22)
        return self._last_id

    def timestamp(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    # -- making things

    def add_guild(
        self,
        name: str = "Study server",
        *,
        members: int = 0,
        owner: int | None = None,
        guild_id: int | None = None,
        everyone: int = permissions.EVERYONE,
        bot_permissions: int = permissions.LEAST,
        joined: bool = True,
        locale: str = "en-US",
    ) -> int:
        """Make a server and return its id. With joined=False the bot is not in it until `join`."""
        guild_id = guild_id or self.snowflake()
        owner = owner or self._new_id_user("admin")
        payload: Json = {
            "id": str(guild_id),
            "name": name,
            "owner_id": str(owner),
            "preferred_locale": locale,
            "features": [],
            "emojis": [],
            "stickers": [],
            "system_channel_id": None,
            "joined_at": self.timestamp(),
        }
        guild = self.guilds[guild_id] = Guild(guild_id, owner, payload, joined=False)
        self.add_role(guild_id, "@everyone", everyone, role_id=guild_id)
        bot_role = self.add_role(guild_id, "Autodidact", bot_permissions)
        self.add_member(guild_id, user=BOT_ID, roles=[bot_role])
        self.add_member(guild_id, user=owner)
        for number in range(members):
            self.add_member(guild_id, f"member{number}")
        guild.joined = joined
        if joined:
            self.publish("GUILD_CREATE", self.guild_payload(guild), guild_id)
        return guild_id

    def add_role(self, guild: int, name: str, allow: int = 0, *, role_id: int | None = None) -> int:
        role_id = role_id or self.snowflake()
        role: Json = {"id": str(role_id), "name": name, "permissions": str(allow), "position": 0}
        role |= {"colors": {}, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
        self.guilds[guild].roles[role_id] = role
        if self.guilds[guild].joined:
            self.publish("GUILD_ROLE_CREATE", {"guild_id": str(guild), "role": role}, guild)
        return role_id

    def add_member(
        self, guild: int, name: str = "member", *, roles: Iterable[int] = (), user: int | None = None
    ) -> int:
        """Put a new user (or the user with that id) into a server and return the user's id."""
        user = user or self._new_id_user(name)
        member: Json = {"user": self.users[user], "roles": [str(role) for role in roles], "nick": None}
        member |= {"joined_at": self.timestamp(), "deaf": False, "mute": False, "flags": 0}
        self.guilds[guild].members[user] = member
        self.guilds[guild].member_count += 1
        return user

    def add_channel(self, guild: int, name: str = "general", *, system: bool = False) -> int:
        """Make a text channel and return its id; `system` makes it the one for Discord's own greetings."""
        channel_id = self.snowflake()
        payload: Json = {"id": str(channel_id), "type": TEXT, "guild_id": str(guild), "name": name}
        payload |= {"permission_overwrites": [], "nsfw": False, "topic": None, "parent_id": None}
        payload |= {"position": 0, "rate_limit_per_user": 0, "last_message_id": None, "flags": 0}
        self.channels[channel_id] = Channel(channel_id, guild, payload)
        if system:
            self.guilds[guild].payload["system_channel_id"] = str(channel_id)
        if self.guilds[guild].joined:
            self.publish("CHANNEL_CREATE", payload, guild)
        return channel_id

    def limit_bot(self, channel: int, deny: int, allow: int = 0) -> None:
        """Set what the bot itself may not do (and may do) in one channel."""
        target = self.channel(channel)
        overwrites = [each for each in target.payload["permission_overwrites"] if each["id"] != str(BOT_ID)]
        overwrites.append({"id": str(BOT_ID), "type": 1, "allow": str(allow), "deny": str(deny)})
        target.payload["permission_overwrites"] = overwrites
        self.publish("CHANNEL_UPDATE", target.payload, target.guild_id)

    def direct_channel(self, user: int) -> int:
        """The channel between the bot and a user; made on first use, always the same."""
        if user in self._direct:
            return self._direct[user]
        recipients = [self.user(user)]
        channel_id = self._direct[user] = self.snowflake()
        payload = {"id": str(channel_id), "type": DIRECT_MESSAGE, "recipients": recipients, "flags": 0}
        self.channels[channel_id] = Channel(channel_id, None, payload | {"last_message_id": None})
        return channel_id

    def close_direct(self, user: int, refused: Refused = "sending") -> None:
        """A user takes no direct messages: the bot may not send them, or not even open the channel."""
        self.refuses_direct[user] = refused

    # -- joining and going

    def join(self, guild: int) -> None:
        """The bot is invited: it hears of the server by GUILD_CREATE."""
        self.guilds[guild].joined = True
        self.publish("GUILD_CREATE", self.guild_payload(self.guilds[guild]), guild)

    def leave(self, guild: int, *, outage: bool = False) -> None:
        """GUILD_DELETE: the bot was removed, or (outage) the server cannot be reached for a while."""
        self.guilds[guild].joined = outage
        self.publish("GUILD_DELETE", {"id": str(guild)} | ({"unavailable": True} if outage else {}), guild)

    def delete_channel(self, channel: int) -> Json:
        """Delete a channel with its threads, or a single thread."""
        gone = self.channel(channel)
        within = [each.id for each in self.channels.values() if each.payload.get("parent_id") == str(channel)]
        for each in [channel, *within]:
            del self.channels[each]
        self.publish("THREAD_DELETE" if gone.is_thread else "CHANNEL_DELETE", gone.payload, gone.guild_id)
        return gone.payload

    def delete_role(self, guild: int, role: int) -> None:
        """Delete a role; whoever had it has it no more."""
        del self.guilds[guild].roles[role]
        for member in self.guilds[guild].members.values():
            member["roles"] = [each for each in member["roles"] if each != str(role)]
        self.publish("GUILD_ROLE_DELETE", {"guild_id": str(guild), "role_id": str(role)}, guild)

    def expire_nonces(self) -> None:
        for channel in self.channels.values():
            channel.nonces.clear()

    # -- looking things up

    def user(self, user: int) -> Json:
        if user not in self.users:
            raise ApiError(10013)
        return self.users[user]

    def guild(self, guild: int) -> Guild:
        if guild not in self.guilds or not self.guilds[guild].joined:
            raise ApiError(10004)
        return self.guilds[guild]

    def channel(self, channel: int) -> Channel:
        if channel not in self.channels:
            raise ApiError(10003)
        return self.channels[channel]

    def messages(self, channel: int) -> list[Json]:
        """All messages of a channel or thread that everybody there can see, oldest first."""
        return list(self.channel(channel).messages.values())

    def guild_channels(self, guild: int, *, threads: bool) -> Iterator[Json]:
        for channel in self.channels.of(guild):
            if channel.is_thread == threads:
                yield channel.payload

    def guild_payload(self, guild: Guild) -> Json:
        """The body of GUILD_CREATE: of the members only the bot, as without the members intent."""
        return guild.payload | {
            "roles": list(guild.roles.values()),
            "channels": list(self.guild_channels(guild.id, threads=False)),
            "threads": list(self.guild_channels(guild.id, threads=True)),
            "members": [guild.members[BOT_ID]],
            "member_count": guild.member_count,
        }

    def permissions(self, channel: Channel, user: int) -> int:
        if channel.guild_id is None:
            return permissions.ALL
        guild = self.guilds[channel.guild_id]
        if user == guild.owner_id:
            return permissions.ALL
        if user not in guild.members:
            return 0
        roles = guild.members[user]["roles"]
        base = int(guild.roles[guild.id]["permissions"])
        for role in roles:
            base |= int(guild.roles[int(role)]["permissions"])
        source = self.channels[int(channel.payload["parent_id"])] if channel.is_thread else channel
        overwrites = source.payload["permission_overwrites"]
        return permissions.in_channel(base, overwrites, str(guild.id), roles, str(user))

    def require(self, channel: Channel, *needed: int) -> None:
        """Raise what Discord answers when the bot lacks a right in this channel."""
        here = channel.guild_id is None or self.guilds[channel.guild_id].joined
        held = self.permissions(channel, BOT_ID) if here else 0
        if not held & permissions.VIEW_CHANNEL:
            raise ApiError(50001)
        if any(not held & right for right in needed):
            raise ApiError(50013)

    def _new_id_user(self, name: str) -> int:
        user_id = self.snowflake()
        self._new_user(name, user_id)
        return user_id

    def _new_user(self, name: str, user_id: int, *, bot: bool = False) -> Json:
        user: Json = {"id": str(user_id), "username": name, "global_name": None, "bot": bot}
        self.users[user_id] = user | {"discriminator": "0", "avatar": None, "public_flags": 0}
        return self.users[user_id]
