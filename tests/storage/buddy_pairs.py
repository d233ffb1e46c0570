"""What tests of buddies share: two servers, pairing up, and looking at who has whom."""

from datetime import date, time

from bot.buddies.service import Paired, Waiting
from bot.errors import NoBuddy
from bot.localtime import ONE_DAY
from bot.services import Services

GUILD, OTHER_GUILD = 1, 2
ADA, BEN, CLEO, DAN = 10, 20, 30, 40
MONDAY = date(2026, 3, 2)
BERLIN, TOKYO, HONOLULU = "Europe/Berlin", "Asia/Tokyo", "Pacific/Honolulu"


async def set_up_two_servers(services: Services) -> None:
    """Two servers in Berlin; it is one o'clock on Monday afternoon."""
    for guild in (GUILD, OTHER_GUILD):
        await services.servers.set_up(guild, checkin_channel_id=5, zone=BERLIN, prompt_time=time(9))


async def pause(services: Services, user: int, first: int, last: int, guild: int = GUILD) -> None:
    """Pause from one day to another, counted from Monday."""
    days = (MONDAY + first * ONE_DAY, MONDAY + last * ONE_DAY)
    await services.database.write(
        lambda db: (
            db.execute(
                "insert into pause (guild_id, user_id, first_day, last_day, set_at) values (?, ?, ?, ?, 0)",
                (guild, user, days[0].isoformat(), days[1].isoformat()),
            ).rowcount
        )
    )


async def end_pauses(services: Services, user: int) -> None:
    await services.database.write(
        lambda db: db.execute("delete from pause where user_id = ?", (user,)).rowcount
    )


async def pair_up(services: Services, one: int = ADA, other: int = BEN, guild: int = GUILD) -> None:
    await services.buddies.find(guild, one)
    assert await buddy_of(services, one, guild) is None
    await services.buddies.find(guild, other)
    assert await buddy_of(services, one, guild) == other


async def buddy_of(services: Services, user: int, guild: int = GUILD) -> int | None:
    try:
        standing = await services.buddies.show(guild, user)
    except NoBuddy:
        return None
    return standing.buddy_id if isinstance(standing, Paired) else None


async def is_waiting(services: Services, user: int) -> bool:
    try:
        return isinstance(await services.buddies.show(GUILD, user), Waiting)
    except NoBuddy:
        return False


async def announced(services: Services, guild: int = GUILD) -> int:
    query = "select count(*) from delivery where kind = 'buddies' and guild_id = ?"
    return await services.database.read(lambda db: int(db.execute(query, (guild,)).fetchone()[0]))
