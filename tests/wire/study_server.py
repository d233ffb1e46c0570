"""A study server on the stand-in, and what its people do there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.wire.database_file import hurry, outstanding
from tests.wire.standin import BOT_ID, OWNER_ID

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wire.standin import Interaction, StandIn

# No clock changes in these, and in one of them it is always between six in the morning and six at night.
ZONES = ("Africa/Lagos", "Asia/Tokyo", "Pacific/Honolulu")

Message = dict[str, Any]


def daytime_zone() -> str:
    """A zone where it is daytime, so that no test runs into midnight."""
    now = datetime.now(UTC)
    return next(zone for zone in ZONES if 6 <= now.astimezone(ZoneInfo(zone)).hour < 18)


def kind_of(message: Message) -> str:
    """What one of the bot's messages is: a prompt, a ping, a card, or something else."""
    if message["embeds"]:
        return "prompt" if message["embeds"][0].get("title") else "card"
    return "ping" if message["components"] else "other"


class StudyServer:
    """A server with a check-in channel, a channel for whoever runs the bot, an admin and a member."""

    def __init__(self, standin: StandIn, name: str = "Night school", guild_id: int | None = None) -> None:
        self.standin = standin
        self.zone = daytime_zone()
        self.guild = standin.add_guild(name, guild_id=guild_id)
        self.channel = standin.add_channel(self.guild, "check-ins")
        self.office = standin.add_channel(self.guild, "office")
        self.admin = standin.world.guilds[self.guild].owner_id
        self.member = standin.add_member(self.guild, "ada")
        standin.add_member(self.guild, user=OWNER_ID)

    # -- what people do

    async def set_up(self) -> Interaction:
        """The admin sets the server up; the prompt is due at noon."""
        options = {"channel": self.channel, "zone": self.zone, "hour": 12}
        return await self.standin.slash(self.channel, self.admin, "setup", options)

    async def plan(self, user: int | None = None, *, ping: bool = False) -> Interaction:
        """A member makes a routine: every day at noon."""
        options = {"zone": self.zone, "days": "every day", "time": "12:00", "ping": ping}
        return await self.standin.slash(self.channel, user or self.member, "routine set", options)

    async def choose_direct_pings(self) -> Interaction:
        """The member makes a routine and presses the button that has its pings come as direct messages."""
        answer = await self.plan(ping=True)
        return await self.standin.click(answer.message or {}, "routine:place:v1:direct", self.member)

    async def delete_check_in(self) -> Interaction:
        """The member deletes today's check-in, by /checkins and the buttons there; the last answer."""
        answer = await self.standin.slash(self.channel, self.member, "checkins")
        (choices,) = [each for row in answer.data["components"] for each in row["components"]][:1]
        day = choices["options"][0]["value"]
        answer = await self.standin.click(answer.message or {}, "checkin:recent:v1", self.member, [day])
        answer = await self.standin.click(answer.message or {}, "checkin:delete:*", self.member)
        return await self.standin.click(answer.message or {}, "checkin:deleted:*", self.member)

    async def check_in(self, done: str, user: int | None = None, **values: str) -> Interaction:
        """A member checks in by the command and its form; the answer to the form."""
        form = await self.standin.slash(self.channel, user or self.member, "checkin")
        return await self.standin.submit_modal(form, {"done": done, **values})

    async def ask(self, command: str) -> str:
        """Whoever runs the bot gives it a text command; what it answers."""
        asked = self.standin.say(self.office, OWNER_ID, f"<@{BOT_ID}> {command}")
        answer = await self.standin.wait_for_message(self.office, after=int(asked["id"]))
        return str(answer["content"])

    async def settle(self) -> None:
        """Have the bot look for what is due until it finds nothing more to send."""
        while not (await self.ask("tick")).startswith("0 "):
            pass

    async def catch_up(self, database: Path) -> None:
        """Have the bot send and change all that is outstanding, also what it has put off for a while."""
        for _ in range(50):
            hurry(database)
            await self.ask("tick")
            if not outstanding(database):
                return
        raise AssertionError(f"{outstanding(database)} messages stay outstanding")

    # -- what is to be seen

    def places(self) -> list[int]:
        """The check-in channel and its threads."""
        parent = str(self.channel)
        channels = self.standin.world.channels.values()
        return [self.channel, *(each.id for each in channels if each.payload.get("parent_id") == parent)]

    def posted(self, kind: str) -> list[Message]:
        """What the bot has posted of a kind, in the check-in channel and in its threads."""
        every = [message for place in self.places() for message in self.standin.messages(place)]
        return [message for message in every if kind_of(message) == kind]

    def posted_directly(self) -> list[Message]:
        """What the bot has sent to the member as direct messages."""
        return self.standin.messages(self.standin.direct_channel(self.member))

    async def wait_for(self, kind: str, number: int = 1, *, timeout: float = 5.0) -> Message:
        """Wait until that many of a kind have been posted; answers the last of them."""

        def look() -> Message | None:
            posted = self.posted(kind)
            return posted[number - 1] if len(posted) >= number else None

        what = f"{kind} number {number} in server {self.guild}"
        return await self.standin.world.changes.until(look, timeout, what)
