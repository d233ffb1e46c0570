"""Builds as a poll begins and ends them, for tests in which there is no poll."""

import sqlite3
from collections.abc import Iterable

from bot.builds.rules import Build, BuildState
from bot.builds.service import begin, end
from bot.ideas.rules import IdeaText
from bot.services import Services

IDEA = IdeaText(
    "Plant doctor",
    problem="My aunt loses a tomato plant a week and can't tell why",
    angle="The known apps want a subscription",
    baseline="A web page that takes a photo and says healthy or not",
    link="https://plants.example",
)
SHOWN = "https://demo.example"


async def begun(
    services: Services,
    guild_id: int,
    members: Iterable[int] = (),
    *,
    text: IdeaText = IDEA,
    poll_id: int = 1,
    channel_id: int = 10,
    zone: str = "UTC",
    rival: str = "",
) -> Build:
    """A build that begins now."""

    def job(db: sqlite3.Connection) -> Build:
        return begin(
            db,
            guild_id,
            poll_id=poll_id,
            position=0,
            channel_id=channel_id,
            text=text,
            members=members,
            zone=zone,
            now=services.clock.now(),
            rival=rival,
        )

    return await services.database.write(job)


async def baseline_there(
    services: Services, build: Build, *, by: int | None = None, link: str = SHOWN
) -> Build:
    """Its baseline is there now."""
    now = services.clock.now()
    return await services.database.write(end, build.guild_id, build.id, BuildState.THERE, now, link, by)


async def moved_on(services: Services, build: Build, *, by: int | None = None) -> Build:
    """Its team moves on now."""
    now = services.clock.now()
    return await services.database.write(end, build.guild_id, build.id, BuildState.MOVED_ON, now, None, by)
