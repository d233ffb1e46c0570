"""Many servers on a stand-in, and a command of newcomers there."""

from statistics import median

from benchmarks.load import commands, measured
from benchmarks.processes import Running
from benchmarks.study_servers import CHANNELS, ROLES, StudyServer
from tests.wire.standin import StandIn

FIRST_GUILD = 1_000
AFTER_THE_SEQUENCE = 22


def add(standin: StandIn, count: int) -> list[tuple[int, int]]:
    """Make servers of ten channels and five roles; each one's id and that of its first channel."""
    places = []
    for number in range(count):
        guild = (FIRST_GUILD + number) << AFTER_THE_SEQUENCE
        standin.add_guild(f"Study server {number}", guild_id=guild)
        for role in range(ROLES):
            standin.add_role(guild, f"role {role}")
        channels = [standin.add_channel(guild, f"channel-{place}") for place in range(CHANNELS)]
        places.append((guild, channels[0]))
    return places


async def command(standin: StandIn, bot: Running, calls: int) -> float:
    """The median wait, in seconds, until newcomers in as many servers have the form of a check-in."""
    members = []
    for guild in list(standin.world.guilds)[: min(calls, len(standin.world.guilds))]:
        channel = next(each.id for each in standin.world.channels.values() if each.guild_id == guild)
        user = standin.add_member(guild, "newcomer")
        members.append((StudyServer(guild, channel, [user]), user))
    load = commands(standin, members, "checkin")
    return median((await measured(standin, bot, load)).latencies)
