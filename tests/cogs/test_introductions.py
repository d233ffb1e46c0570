"""/leads introduction: filling it in, the draft, and the day on which the thread appears."""

from datetime import date
from typing import Any

import discord
import pytest

from bot.introductions.service import thread_appeared
from bot.leads import intake
from bot.leads.threads import Thread, ThreadKind
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said, shown_values
from tests.cogs.pings_seen import direct_messages
from tests.cogs.tracked_jobs import labels, press

WHERE = {
    "location": "Porto, Portugal",
    "remote": "Yes",
    "relocate": "Within Europe",
    "email": "ben@example.org",
}
WORK = {
    "technologies": "Python, PyTorch",
    "resume": "https://example.org/cv",
    "built": "A tool that reads bills for a bakery. It saves them an hour a day.",
}


async def introduction(world: World, member: Any = None) -> Any:
    return await (member or world.member).slash(world.channel, "leads introduction")


async def fill_in(world: World, shown: Any, label: str, typed: dict[str, str]) -> Any:
    return await world.submit(await press(world, shown, label), **typed)


async def appear(world: World, services: Services, number: int = 900) -> None:
    """The thread for those who seek work appears now."""
    now = world.env.now()
    thread = Thread(number, ThreadKind.SEEKING_WORK, date(now.year, now.month, 1), now)
    await services.database.write(intake.remember_thread, thread, now)
    await services.database.write(thread_appeared, thread, now)


def calls(world: World) -> list[discord.Message]:
    places = [*world.channel.threads, world.channel]
    messages = [message for place in places for message in world.posted(place)]
    return [message for message in messages if "Who wants to be hired?" in message.content]


async def test_it_begins_with_what_it_is_for(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    shown = await introduction(world)
    assert shown.ephemeral
    assert "you copy it and post it yourself" in said(shown)
    assert "You are not told" in said(shown)
    assert labels(shown) == ["Where you are", "What you can do", "Tell me when the thread appears"]


async def test_filled_in_it_is_a_post_to_be_copied(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Shown: https://example.org/demo", kind="showing")
    shown = await fill_in(world, await introduction(world), "Where you are", WHERE)
    assert field(shown.response.embeds[0], "Still to do") == (
        "Fill in what stands in [brackets]: Technologies, Résumé or CV, What you built."
    )
    shown = await fill_in(world, shown, "What you can do", WORK)
    embed = shown.response.embeds[0]
    assert embed.description == (
        "```\nLocation: Porto, Portugal\n\nRemote: Yes\n\nWilling to relocate: Within Europe\n\n"
        "Technologies: Python, PyTorch\n\nRésumé/CV: https://example.org/cv\n\nEmail: ben@example.org\n\n"
        "A tool that reads bills for a bakery. It saves them an hour a day.\n\nhttps://example.org/demo\n```"
    )
    assert [each.name for each in embed.fields] == ["When the thread appears"]
    again = await press(world, await introduction(world), "Where you are")
    assert shown_values(again.modal) == WHERE
    changed = await world.submit(again, remote="")
    assert "Remote: [yes, no, or from where]" in said(changed)


async def test_without_anything_to_open_the_draft_says_what_helps(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    shown = await fill_in(world, await introduction(world), "What you can do", WORK)
    assert "A link from your check-ins comes in by itself" in field(shown.response.embeds[0], "Still to do")


@pytest.mark.parametrize(
    ("label", "typed", "better", "words"),
    [
        (
            "Where you are",
            {**WHERE, "email": "ben at example"},
            {"email": ""},
            "“ben at example” is no e-mail address",
        ),
        (
            "What you can do",
            {**WORK, "resume": "example.org/cv"},
            {"resume": ""},
            "is no web address I can keep",
        ),
    ],
)
async def test_what_is_refused_comes_back_and_the_form_opens_as_it_was(
    world: World, services: Services, label: str, typed: dict[str, str], better: dict[str, str], words: str
) -> None:
    await world.set_up(zone="Etc/UTC")
    refused = await fill_in(world, await introduction(world), label, typed)
    assert words in said(refused)
    assert next(iter(typed.values())) in said(refused)
    form = await press(world, refused, "Open the form again")
    assert shown_values(form.modal) == typed
    assert "```" in said(await world.submit(form, **better))


async def test_a_form_outlives_a_restart(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    form = await press(world, await introduction(world), "Where you are")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert "Location: Porto, Portugal" in said(await world.submit(form, **WHERE))


async def test_on_the_day_of_the_thread_those_who_asked_are_mentioned(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    shown = await press(world, await introduction(world), "Tell me when the thread appears")
    assert "On that day you are mentioned" in said(shown)
    await fill_in(world, shown, "Where you are", WHERE)
    await introduction(world, world.admin)
    await world.pass_time(hours=15)
    await appear(world, services)
    await world.pass_time(seconds=1)
    (call,) = calls(world)
    assert call.content == (
        f"<@{world.member.id}>: this month's “Who wants to be hired?” is there, and your draft is ready. "
        "Only you see it, by the button."
    )
    bodies = [r.json for r in world.env.http_requests if "your draft is ready" in str(r.json)]
    assert [body["allowed_mentions"] for body in bodies] == [{"parse": [], "users": [world.member.id]}]
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    own = await world.member.click(call, label="Show mine")
    assert own.ephemeral
    assert "Porto, Portugal" in said(own)
    assert "The thread of January 2026" in labels(own)
    assert "Porto" not in said(await world.admin.click(call, label="Show mine"))


async def test_it_comes_as_a_direct_message_to_those_who_chose_so(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    await services.preferences.choose_direct_leads(world.guild.id, world.member.id, wanted=True)
    shown = await press(world, await introduction(world), "Tell me when the thread appears")
    assert "comes to you as a direct message" in said(shown)
    await fill_in(world, shown, "Where you are", WHERE)
    await world.pass_time(hours=15)
    await appear(world, services)
    await world.pass_time(seconds=1)
    assert calls(world) == []
    (letter,) = direct_messages(world)
    assert letter.content.startswith("**Study group**\nThis month's “Who wants to be hired?” is there.")
    assert "Location: Porto, Portugal" in (letter.embeds[0].description or "")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    user = world.member.user
    own = await user.click(letter, label="Change it")
    form = await user.click(own.response, label="Where you are")
    changed = await world.submit(form, member=user, location="Lisbon")
    assert "Location: Lisbon" in said(changed)
    refused = await world.submit(
        await user.click(changed.response, label="Where you are"), member=user, email="nowhere"
    )
    form = await user.click(refused.response, label="Open the form again")
    changed = await world.submit(form, member=user, email="ben@example.org")
    off = await user.click(changed.response, label="Don't tell me any more")
    assert "You are not told" in said(off)
    assert not (await services.introductions.find(world.guild.id, world.member.id)).wanted


async def test_a_refused_direct_message_becomes_a_mention(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    await services.preferences.choose_direct_leads(world.guild.id, world.member.id, wanted=True)
    await press(world, await introduction(world), "Tell me when the thread appears")
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await world.pass_time(hours=15)
    await appear(world, services)
    await world.pass_time(seconds=1)
    await world.pass_time(seconds=5)
    (call,) = calls(world)
    assert "Discord did not let me write to you directly" in call.content


async def test_the_longest_introduction_fits(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    link = "https://example.org/{number}/" + "a" * 460
    await world.check_in(done=" ".join(link.format(number=number) for number in range(3)))
    await services.introductions.write(
        world.guild.id,
        world.member.id,
        location="```" * 33,
        remote="*" * 100,
        relocate="@everyone " * 9,
        technologies="_" * 300,
        resume="https://example.org/" + "a" * 280,
        email="a" * 242 + "@example.org",
        built="`" * 600,
    )
    shown = await introduction(world)
    assert said(shown).count("```") == 2
    assert "@everyone" in said(shown)
    for label in ("Where you are", "What you can do"):
        assert (await press(world, shown, label)).modal is not None


async def test_each_server_has_its_own(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    other = world.env.create_guild("Another group")
    there = other.create_text_channel("daily")
    ben = other.add_member(world.member.user)
    await fill_in(world, await introduction(world), "Where you are", WHERE)
    assert "Porto" not in said(await ben.slash(there, "leads introduction"))
