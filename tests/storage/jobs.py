"""What the tests of the tracker share: two servers, three leads, and shorthands for saving and applying."""

from datetime import date, time

from bot.services import Services
from bot.tracker.rules import Application, State, clean_job
from tests.stored_leads import put_lead

GUILD, OTHER, ADA, BEN, CLEO = 1, 2, 10, 20, 30
MONDAY = date(2026, 3, 2)
BERLIN = "Europe/Berlin"


async def set_up(services: Services) -> Services:
    """Two servers in Berlin; it is one o'clock on Monday afternoon. Two leads of Acme's, one of Bolt's."""
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=5, zone=BERLIN, prompt_time=time(9))
    await services.database.write(put_lead, 7, by_founder=True)
    await services.database.write(put_lead, 8)
    await services.database.write(put_lead, 9, "Bolt", roles=())
    return services


async def add(services: Services, company: str = "Acme", *, guild: int = GUILD, user: int = ADA) -> int:
    """Save a job by hand and answer its id."""
    return (await services.tracker.add(guild, user, clean_job(company))).application.id


async def apply(services: Services, company: str = "Acme", *, guild: int = GUILD, user: int = ADA) -> int:
    """Save a job by hand, apply for it, and answer its id."""
    number = await add(services, company, guild=guild, user=user)
    await services.tracker.move(guild, user, number, State.APPLIED)
    return number


async def jobs(services: Services, guild: int = GUILD, user: int = ADA) -> list[Application]:
    board = (await services.tracker.board(guild, user)).board
    return [card.application for card in board.cards]
