"""The stage: the real bot on simcord's Discord, with the invented server and its months of history."""

import tempfile
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import simcord

from bot.delivery.due import next_due_at
from bot.leads.hackernews import HackerNews
from bot.services import Services
from cogs.client import Autodidact
from demo import history
from demo.electorate import Electorate
from demo.hacker_news import InventedWeb
from demo.portraits import portrait
from demo.preview_channel import (
    ChannelPreview,
    QuickEnv,
    direct_messages,
    dress,
    forget_private_answers,
    free_port,
    owner_of_direct_messages,
    set_date,
)
from demo.shelving import InventedLinks
from demo.told import Kind, OverheardMessenger, Told
from demo.world import World

BOT_NAME = "Autodidact"
CURTAIN = datetime(2026, 3, 5, 17, tzinfo=UTC)
"""When the demo begins: some have checked in for the day, some have not, and the next ping is near."""

OPENED_AT_ONCE = None
"""Openings are apart for Discord's sake, and this is not Discord; simcord's clock stands still meanwhile."""

SLOW_MACHINE = 60.0
"""Seconds that simcord waits for the bot to finish before it says that it hangs."""

SHOWN_THREADS = 2


LOOKS_AT_ONCE = 6

TEND_EVERY = timedelta(hours=1)
"""How often the bot looks after its buddies."""


class StageClock:
    """The bot's clock on the stage: simcord's, or that of a past which the stage looks back on."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None
        self.past: datetime | None = None

    def now(self) -> datetime:
        if self.past is not None:
            return self.past
        return self.env.now() if self.env else datetime.now(UTC)


class Stage:
    """A running bot in the invented server, whose time passes when it is told to."""

    def __init__(
        self, env: simcord.Env, bot: Autodidact, services: Services, world: World, clock: StageClock
    ):
        self.env = env
        self.bot = bot
        self.services = services
        self.world = world
        users = {
            person.key: env.create_user(
                person.username, global_name=person.name, avatar=portrait(person.name)[0]
            )
            for person in world.people
        }
        self.guild = env.create_guild(world.name, owner=users[world.owner])
        self.channels = {
            channel.name: self.guild.create_text_channel(channel.name, topic=channel.topic)
            for channel in world.channels
        }
        self.actors = {key: simcord.MemberActor(env, self.guild, user) for key, user in users.items()}
        self.people = {users[person.key].id: person for person in world.people}
        self.polls: dict[str, int] = {}
        self._electorate = Electorate(self)
        self._events = deque(history.events(world))
        self._clock = clock
        self._told: list[Told] = []
        self._shown = 0
        self._tend_at = env.now()
        self._overhear()

    def _overhear(self) -> None:
        self.bot.messenger = OverheardMessenger(self.bot, self._clock, self._told.append)

    @property
    def checkin_channel(self) -> simcord.ChannelHandle:
        """Where the prompts appear."""
        return self.channels[self.world.checkin_channel]

    async def remember(self) -> None:
        """Live through the months before the bot stood in the channels, by its services alone."""
        while self._events and self._events[0].at < self.world.opens:
            event = self._events.popleft()
            self._clock.past = event.at
            await event.happen(self)
        # A day later all of it is too late to be posted, so that the channels begin with a day of their own.
        self._clock.past = self.world.opens + timedelta(days=1)
        await self.services.delivery.send_outstanding(self.bot.messenger)
        self._clock.past = None

    async def pass_time(self, until: datetime) -> None:
        """Let time pass, and everybody do on the way what they would: the people and the bot."""
        while (at := await self._next_happening()) is not None and at <= until:
            await self._go_on(at)
        await self._advance(until)

    async def to_next_message(self) -> bool:
        """Move the world on until the bot speaks up by itself; False if it does not for a week.

        The card of a check-in does not count: it is what the member says.
        """
        give_up_at = self.env.now() + timedelta(days=7)
        while (at := await self._next_happening()) is not None and at <= give_up_at:
            before = len(self._told)
            await self._go_on(at)
            if any(told.kind is not Kind.CARD for told in self._told[before:]):
                return True
        return False

    async def tick(self) -> None:
        """What the bot's schedule would do every few seconds, every minute, and every hour."""
        await self.read_hacker_news()
        await self.look_at_links()
        if self.env.now() >= self._tend_at:
            self._tend_at = self.env.now() + TEND_EVERY
            await self.services.buddies.tend()
        await self.bot.tick()

    async def restart(self) -> None:
        """End the bot and begin it anew over what it has stored, with nothing else left of it."""
        path = self.services.database.path
        await self.services.close()
        self.services = await open_services(path, self._clock)
        self.bot = Autodidact(self.services, shard_count=1)
        await self.env.restart_bot(self.bot)
        self._overhear()

    async def read_hacker_news(self) -> None:
        """Take in what has been posted to the invented threads, if it is time for another look."""
        assert self.services.rounds is not None
        await self.services.rounds.tick()

    async def look_at_links(self) -> None:
        """Look at the links whose turn it is, a few at once: here, an hour passes in a moment."""
        assert self.services.links is not None
        for _ in range(LOOKS_AT_ONCE):
            if await self.services.links.tick() is None:
                return

    async def _next_happening(self) -> datetime | None:
        due = await self.services.database.read(next_due_at)
        moments = [due] if due else []
        if self._events:
            moments.append(self._events[0].at)
        if (turn := await self._electorate.next_at()) is not None:
            moments.append(turn)
        return min(moments, default=None)

    async def _go_on(self, moment: datetime) -> None:
        await self._advance(moment)
        await self.tick()
        if await self._electorate.take_part():
            await self.tick()
        while self._events and self._events[0].at <= moment:
            await self._events.popleft().happen(self)
            await self.tick()

    async def _advance(self, moment: datetime) -> None:
        seconds = (moment - self.env.now()).total_seconds()
        if seconds > 0:
            await self.env.advance_time(seconds)

    def take_told(self) -> list[Told]:
        """What the bot has said by itself since this was asked last."""
        told = self._told.copy()
        self._told.clear()
        return told

    def has_news(self) -> bool:
        """Whether the bot has sent or changed anything since it was asked last."""
        before, self._shown = self._shown, len(self.env.http_requests)
        return any(request.method != "GET" for request in self.env.http_requests[before:])

    def shown_channels(self) -> list[simcord.ChannelHandle]:
        """The channels a page can show: that of the check-ins, its newest threads, and the others.

        Last the direct messages of those through whose eyes a page can look, as far as the bot wrote any.
        """
        threads = sorted(self.checkin_channel.threads, key=lambda thread: thread.id, reverse=True)
        others = [channel for channel in self.channels.values() if channel.id != self.checkin_channel.id]
        direct = [channel for viewer in self.viewers() for channel in direct_messages(self.env, viewer.user)]
        return [self.checkin_channel, *threads[:SHOWN_THREADS], *others, *direct]

    def place_of(self, channel: simcord.ChannelHandle) -> str:
        """What a channel, a thread, or somebody's direct messages are called."""
        if channel.guild is None:
            return f"the direct messages of {self.people[self.owner_of(channel.id)].name}"
        return f"the thread “{channel.name}”" if channel.is_thread else f"#{channel.name}"

    def owner_of(self, channel_id: int) -> int:
        """The member whose direct messages a channel holds; 0 if it does not hold anybody's."""
        return owner_of_direct_messages(self.env, channel_id)

    def viewers(self) -> Sequence[simcord.MemberActor]:
        """Through whose eyes a page can look: a few members, and who looks after the server."""
        keys = [person.key for person in self.world.people if person.viewer]
        return [self.actors[key] for key in [*keys, self.world.owner]]


@asynccontextmanager
async def open_stage(world: World) -> AsyncIterator[Stage]:
    """The stage with its history performed; everything it kept on disk is gone afterwards."""
    clock = StageClock()
    with tempfile.TemporaryDirectory(prefix="autodidact-demo-") as folder:
        services = await open_services(Path(folder) / "demo.db", clock)
        stage = None
        try:
            bot = Autodidact(services, shard_count=1)
            env = QuickEnv(bot, settle_timeout=SLOW_MACHINE)
            clock.env = env
            dress(env, BOT_NAME, portrait(BOT_NAME)[0])
            set_date(env, world.opens)
            await env.start()
            try:
                with env.time_context():
                    stage = Stage(env, bot, services, world, clock)
                    await stage.remember()
                    await stage.pass_time(CURTAIN)
                    forget_private_answers(env)
                    stage.take_told()
                    stage.has_news()
                    yield stage
            finally:
                await env.shutdown()
        finally:
            # A bot that was restarted has others than it began with.
            await (stage.services if stage else services).close()


async def open_services(path: Path, clock: StageClock) -> Services:
    """What the bot can do, over a database, with an invented Hacker News and invented links."""
    return await Services.open(
        path,
        clock,
        openings_every=OPENED_AT_ONCE,
        hacker_news=HackerNews(InventedWeb(clock)),
        link_checker=InventedLinks(clock),
    )


@asynccontextmanager
async def open_preview(stage: Stage, port: int, acted: Callable[[], None]) -> AsyncIterator[ChannelPreview]:
    """A browser page on the stage at a port, or at any where it is taken."""
    avatars = {user_id: portrait(person.name) for user_id, person in stage.people.items()}
    if stage.bot.user is not None:
        avatars[stage.bot.user.id] = portrait(BOT_NAME)
    preview = ChannelPreview(
        stage.env,
        stage.checkin_channel,
        stage.viewers(),
        zones={user_id: person.zone for user_id, person in stage.people.items()},
        avatars=avatars,
        port=free_port(port),
        acted=acted,
    )
    async with preview:
        yield preview
