"""A study server in which members watch for leads: watching, posting, and reading what they were told."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.leads.filters import Filters
from bot.watches.deliveries import WatchContent, WatchPingContent
from bot.watches.rules import How
from tests.delivery.fake_messenger import Message
from tests.delivery.study import GUILD, Study
from tests.posted_leads import ONSITE, REMOTE, post

MONDAY, TUESDAY, WEDNESDAY = date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)
LEADS_CHANNEL, OTHER = 77, 2
FROM_AFAR, ON_SITE = Filters(modes=frozenset({REMOTE})), Filters(modes=frozenset({ONSITE}))


async def watch(
    study: Study,
    *members: int,
    filters: Filters = FROM_AFAR,
    how: How | None = None,
    guild_id: int = GUILD,
) -> None:
    for member in members:
        await study.services.watches.add(guild_id, member, filters)
        if how is not None:
            await study.services.watches.tell(guild_id, member, how)


async def posted(study: Study, *numbers: int, filters: Filters = FROM_AFAR) -> None:
    """Have posts appear now, one a second, the first one first."""
    for seconds, number in enumerate(numbers):
        at = study.clock.now() - timedelta(seconds=len(numbers) - seconds)
        await study.services.database.write(post, number, at, modes=filters.modes)


async def set_lead_channel(study: Study, channel_id: int = LEADS_CHANNEL) -> None:
    """A lead channel by hand, so that no digest is planned beside it."""
    await study.execute(
        "insert into lead_settings values (?, ?, '09:00', 50, '[]', '[]', 0)", GUILD, channel_id
    )


def pinged(study: Study) -> list[list[int]]:
    """Whom each mention was for."""
    return [list(ping_of(message).members) for message in study.messenger.of(WatchPingContent)]


def told(study: Study) -> list[list[int]]:
    """The leads that each direct message tells."""
    return [
        [match.lead.id for match in letter_of(message).matches]
        for message in study.messenger.of(WatchContent)
    ]


def ping_of(message: Message) -> WatchPingContent:
    assert isinstance(message.content, WatchPingContent)
    return message.content


def letter_of(message: Message) -> WatchContent:
    assert isinstance(message.content, WatchContent)
    return message.content


async def new_for(study: Study, member: int, guild_id: int = GUILD) -> Sequence[int]:
    matches = await study.services.watches.matches(guild_id, member)
    return [match.lead.id for match in matches.new]
