"""Study servers on a stand-in, and the same servers set up in the bot's database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.localtime import local
from bot.services import Services
from tests.clocks import ManualClock
from tests.wire.standin import StandIn

CHANNELS, ROLES = 10, 5


@dataclass(frozen=True, slots=True)
class StudyServer:
    """A server of the stand-in with its check-in channel and its members."""

    guild: int
    channel: int
    members: Sequence[int]


def add_servers(standin: StandIn, count: int, members: int = 1) -> list[StudyServer]:
    """Make servers of ten channels and five roles with some members each."""
    servers = []
    for number in range(count):
        guild = standin.add_guild(f"Study server {number}")
        for role in range(ROLES):
            standin.add_role(guild, f"role {role}")
        channels = [standin.add_channel(guild, f"channel-{place}") for place in range(CHANNELS)]
        users = [standin.add_member(guild, f"member {number}-{place}") for place in range(members)]
        servers.append(StudyServer(guild, channels[0], users))
    return servers


def zone_at_midday() -> str:
    """A zone in which it is noon to one o'clock, so that no measurement runs into the next local day."""
    ahead = 12 - datetime.now(UTC).hour
    # The names in the zone database have the sign the other way round.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


async def set_up(database: Path, servers: Sequence[StudyServer], *, prompt_due: bool) -> None:
    """Make the database; with `prompt_due` each server's prompt of today is due at the bot's start."""
    now, zone = datetime.now(UTC), zone_at_midday()
    at = local(now - timedelta(hours=1) if prompt_due else now + timedelta(hours=6), zone)
    services = await Services.open(database, ManualClock(now - timedelta(hours=2)))
    try:
        for server in servers:
            await services.servers.set_up(
                server.guild,
                checkin_channel_id=server.channel,
                zone=zone,
                prompt_time=at.time().replace(second=0, microsecond=0),
            )
            await services.routines.plan(server.guild, server.members[0], days="every day")
    finally:
        await services.close()
