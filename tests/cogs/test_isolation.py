"""Nothing of one server shows in another, though the same people are in both."""

from datetime import time

from bot.services import Services
from tests.cogs.conftest import World, said, shown_values


async def test_two_servers_with_the_same_people_know_nothing_of_each_other(
    world: World, services: Services
) -> None:
    other = world.env.create_guild("Another group")
    other_channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await world.set_up(hour=9, zone="Etc/UTC")
    await services.servers.set_up(
        other.id, checkin_channel_id=other_channel.id, zone="Asia/Tokyo", prompt_time=time(9)
    )
    await world.plan(zone="Etc/UTC", time="10:00", ping=True)
    await world.check_in(done="Only for the first")
    shown = await ben_there.slash(other_channel, "checkin")
    assert shown_values(shown.modal)["done"] == ""
    assert "Day one of a streak" in said(
        await world.submit(shown, member=ben_there, done="Only for the second")
    )
    await world.pass_time(hours=20)
    first = [m.content + "".join(e.description or "" for e in m.embeds) for m in world.channel.history()]
    second = [m.content + "".join(e.description or "" for e in m.embeds) for m in other_channel.history()]
    assert any("Only for the first" in text for text in first)
    assert not any("Only for the second" in text for text in first)
    # Nobody has a routine there, so nothing but the card was posted.
    assert second == [f"<@{world.member.id}> checked in.Only for the second"]
