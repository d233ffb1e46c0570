"""The show: time passes on the stage, the page keeps up, and keys on the terminal are obeyed."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

import simcord

from demo import narration, world
from demo.keys import Keys, reading_keys
from demo.preview_channel import ChannelPreview
from demo.stage import Stage, open_preview, open_stage
from demo.told import Told

log = logging.getLogger(__name__)

PULSE = 1.0
"""Seconds between two looks at whether the bot has anything to do."""


async def perform(port: int, *, until_end_of_input: bool) -> None:
    """Set the stage, open the page at a port or at another, and run until the show is ended."""
    invented = world.load()
    with reading_keys() as keys:
        async with open_stage(invented) as stage:
            show = Show(stage, keys, until_end_of_input)
            async with open_preview(stage, port, show.acted) as preview:
                if port and preview.port != port:
                    print(narration.other_port(port))
                print(narration.opening(invented, preview.url, stage.env.now()), flush=True)
                await show.run(preview)


class Show:
    """Runs until it is ended by a key, by the page, or from outside by cancelling `run`."""

    def __init__(self, stage: Stage, keys: Keys, until_end_of_input: bool):
        self._stage = stage
        self._keys = keys
        self._until_end_of_input = until_end_of_input
        self._acted = asyncio.Event()
        self._preview: ChannelPreview

    def acted(self) -> None:
        """Somebody did something on the page that the bot may answer with more than an answer."""
        self._acted.set()

    async def run(self, preview: ChannelPreview) -> None:
        """Keep the page and the terminal going."""
        self._preview = preview
        tasks = {
            asyncio.create_task(self._beat(), name="pulse"),
            asyncio.create_task(self._obey(), name="keys"),
            asyncio.create_task(preview.wait_closed(), name="page"),
        }
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    async def _beat(self) -> None:
        """Let the clock of the stage run as the one on the wall does, with the bot's ticking job."""
        loop = asyncio.get_running_loop()
        before = loop.time()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._acted.wait(), PULSE)
            self._acted.clear()
            now = loop.time()
            try:
                async with self._preview.turn:
                    await self._stage.pass_time(self._stage.env.now() + timedelta(seconds=now - before))
                    await self._stage.tick()
                    self._keep_up()
            except (simcord.SetupError, TimeoutError) as error:
                log.warning("the stage missed a beat: %s", error)
            before = now

    def _keep_up(self) -> None:
        """Tell what the bot said, and show it. Needs the preview's turn.

        The page is published only when there is something new: what a person is about to send from an older
        state of it would be refused.
        """
        for told in self._stage.take_told():
            self._tell(told)
        if self._stage.has_news():
            self._preview.publish()

    async def _obey(self) -> None:
        while (key := await self._keys.get()) != "q":
            if key is None:
                if self._until_end_of_input:
                    return
                await asyncio.Event().wait()  # no more keys, but the page lives on
            else:
                try:
                    await self._press(key)
                except (simcord.SetupError, TimeoutError) as error:
                    log.warning("that did not work, try again: %s", error)

    async def _press(self, key: str) -> None:
        if key == "n":
            await self._to_next_message()
        elif key == "c":
            await self._show_channel(None)
        elif key in "1234567890":
            await self._show_channel((int(key) or 10) - 1)
        elif key == "r":
            await self._restart()
        elif key == "v":
            self._say_who_is_who()
        elif key in "h?":
            print(narration.KEYS, flush=True)

    async def _to_next_message(self) -> None:
        stage = self._stage
        async with self._preview.turn:
            something = await stage.to_next_message()
            self._keep_up()
            print(narration.when(stage.env.now(), stage.world.zone), flush=True)
            if not something:
                print("Nothing is planned for a week from then.", flush=True)

    async def _restart(self) -> None:
        async with self._preview.turn:
            await self._stage.restart()
            self._keep_up()
            # What a page sends is refused as long as it shows what an earlier bot was behind.
            self._preview.publish()
        print("The bot was ended and is back; the buttons on the page are as good as before.", flush=True)

    async def _show_channel(self, wanted: int | None) -> None:
        """Show one of the channels by its place in the list, or the one after that which is shown."""
        channels = self._stage.shown_channels()
        ids = [channel.id for channel in channels]
        shown = ids.index(self._preview.channel.id) if self._preview.channel.id in ids else -1
        if wanted is None:
            wanted = (shown + 1) % len(channels)
        if wanted < len(channels):
            async with self._preview.turn:
                self._preview.show_channel(channels[wanted])
            shown = wanted
        places = [self._stage.place_of(channel) for channel in channels]
        print(narration.channels(places, shown), flush=True)

    def _say_who_is_who(self) -> None:
        stage = self._stage
        can_view = {viewer.id for viewer in stage.viewers()}
        people = [(person, user_id in can_view) for user_id, person in stage.people.items()]
        print(narration.viewers(people, stage.world, stage.env.now()), flush=True)

    def _tell(self, told: Told) -> None:
        stage = self._stage
        places = {channel.id: stage.place_of(channel) for channel in stage.shown_channels()}
        owner = stage.people.get(stage.owner_of(told.channel_id))
        usual = f"the direct messages of {owner.name}" if owner else "an older thread"
        place = places.get(told.channel_id, usual)
        print(narration.message(told, place, stage.people, stage.world.zone, owner), flush=True)
