"""The preview of the next day, as those who manage the server see it."""

import threading
from typing import Any

import discord
import pytest

from bot.services import Services
from cogs.setup import preview_card
from cogs.setup.buttons import settings_view
from tests.cogs.conftest import World, field, said

HONOLULU = "Pacific/Honolulu"


async def preview(world: World) -> Any:
    """The admin looks at what the next day will bring."""
    card = await world.admin.slash(world.channel, "setup")
    return await world.admin.click(card.response, label="Preview tomorrow")


def listed(answer: Any) -> list[str]:
    """The lines of the list."""
    _, _, lines = (answer.response.embeds[0].description or "").partition("\n\n")
    return lines.split("\n") if lines else []


async def test_the_list_says_whom_each_message_reaches_in_server_time_and_in_their_own(world: World) -> None:
    await world.set_up(hour=9, zone="Europe/Berlin")
    await world.admin.slash(world.channel, "setup", look_back_day=4, look_back_hour=18)
    await world.plan(world.member, zone=HONOLULU, time="22:30", ping=True)
    await world.plan(world.admin, zone="Europe/Berlin", time="09:30", ping=True)
    answer = await preview(world)
    assert answer.response.embeds[0].title == "Preview of Friday, 2 January"
    ben, ada, channel = world.member.id, world.admin.id, world.channel.id
    assert listed(answer) == [
        f"**09:00** the daily prompt in <#{channel}>, with the text below",
        f"**09:30** ping: \u2068<@{ada}>\u2069 (09:30), \u2068<@{ben}>\u2069 (22:30 Thursday)",
        "**18:00** the look back on the week, if there is anything to tell by then",
    ]
    everything = "".join(map(str, [embed.to_dict() for embed in answer.response.embeds]))
    assert "Honolulu" not in everything
    assert answer.ephemeral
    assert all(followup.ephemeral for followup in answer.followups)


async def test_the_prompt_and_the_pings_read_as_they_are_posted_when_the_day_has_come(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan(zone="Etc/UTC", time="10:00", ping=True)
    answer = await preview(world)
    (shown,) = answer.followups
    look = shown.embeds[0]
    await world.pass_time(hours=24)
    before = {message.id for message in world.posted()}
    await world.pass_time(hours=10)
    (prompt,) = [message for message in world.posted() if message.id not in before]
    assert look.author.name == "The prompt, as it will be posted at 09:00"
    assert look.title == prompt.embeds[0].title
    assert look.footer.text == prompt.embeds[0].footer.text == "Friday, 2 January"
    assert look.description == f"{prompt.content}\n\n{prompt.embeds[0].description}"
    (ping,) = world.posted(world.channel.threads[-1])
    assert field(answer.response.embeds[0], "What the pings say") == ping.content


async def test_what_is_not_sent_is_told_with_its_reason(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    answer = await preview(world)
    assert listed(answer) == []
    assert field(answer.response.embeds[0], "Not sent on that day").split("\n") == [
        "• The daily prompt: nobody has a routine, or all are away.",
        "• Pings: none that anybody asked for falls on it.",
        "• The look back: no day is chosen for it.",
    ]
    assert answer.followups == []
    await world.admin.slash(world.channel, "setup", look_back_day=6)
    again = await preview(world)
    assert "• The look back: its day is Sunday." in field(again.response.embeds[0], "Not sent on that day")


async def test_own_questions_are_shown_as_text(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan()
    await world.bot.services.servers.set_questions(world.guild.id, "**a**" * 40)
    (shown,) = (await preview(world)).followups
    assert shown.embeds[0].title.startswith(r"\*\*a\*\*")


async def test_a_channel_in_which_the_bot_may_not_write_is_told(world: World) -> None:
    me = world.bot.user
    assert me is not None
    mute = world.guild.create_text_channel(
        "mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)}
    )
    await world.set_up()
    await world.admin.slash(world.channel, "setup", channel=mute)
    warning = field((await preview(world)).response.embeds[0], "Nothing would arrive in the channel")
    assert f"<#{mute.id}>" in warning
    world.env.backend.delete_channel(mute.id)
    await world.env.settle()
    assert "Nothing would arrive" in said(await preview(world))


async def test_many_people_at_one_time_are_cut_and_all_of_them_in_the_file(
    world: World, services: Services
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    people = range(10**18, 10**18 + 25)
    for person in people:
        await services.routines.plan(world.guild.id, person, zone="Etc/UTC", at="10:00", ping=True)
    answer = await preview(world)
    assert listed(answer)[1].endswith("and 5 more")
    assert listed(answer)[-1] == "The file has the whole list."
    (file,) = answer.response.attachments
    assert file.filename == "preview-2026-01-02.txt"
    content = (await file.read()).decode()
    assert all(f"  {person} (10:00)\n" in content + "\n" for person in people)


async def test_a_day_full_of_pings_fits_into_a_message(world: World, services: Services) -> None:
    await world.set_up(hour=9, zone="Pacific/Kiritimati")
    for person in range(400):
        at = f"{person % 24:02}:{person % 60:02}"
        await services.routines.plan(
            world.guild.id, 10**18 + person, zone="America/New_York", at=at, ping=True
        )
    answer = await preview(world)
    lines = listed(answer)
    assert lines[-2].endswith("moments more.")
    (file,) = answer.response.attachments
    content = (await file.read()).decode()
    moments = [line for line in content.split("\n") if " ping" in line or " prompt" in line]
    assert len(moments) == len(lines) - 2 + int(lines[-2].split()[2])
    assert all(f"  {10**18 + person} (" in content for person in range(400))


async def test_a_preview_before_the_set_up_says_what_to_do(world: World) -> None:
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("Left over", view=settings_view())
    assert "has not been set up" in said(await world.admin.click(message, label="Preview tomorrow"))


async def test_the_list_is_written_off_the_event_loop(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    written_in: list[threading.Thread] = []
    write = preview_card.preview_card

    def watched(*given: Any) -> Any:
        written_in.append(threading.current_thread())
        return write(*given)

    monkeypatch.setattr(preview_card, "preview_card", watched)
    await world.set_up(hour=9, zone="Etc/UTC")
    await preview(world)
    (thread,) = written_in
    assert thread is not threading.main_thread()


async def test_the_digest_of_job_leads_stands_in_the_preview_at_its_hour(world: World) -> None:
    await world.set_up(hour=9, zone="Europe/Berlin")
    before = await preview(world)
    assert "job leads in" not in said(before)
    await world.admin.slash(world.channel, "setup", lead_channel=world.channel, lead_hour=19)
    told = f"**19:00** the digest of job leads in <#{world.channel.id}>, if there are new ones"
    assert told in said(await preview(world))
