"""What the tracker withstands: other people and servers, what is gone, made-up buttons, long texts."""

import discord
import pytest

from bot.errors import ApplicationGone, ButtonOutdated, LeadGone, NotSetUp
from bot.services import Services
from bot.tracker.rules import State, clean_job
from cogs.client import Autodidact
from tests.cogs.conftest import World, said
from tests.cogs.recent_checkins import pressed_with
from tests.cogs.tracked_jobs import (
    OTHER_LEAD,
    THIRD_LEAD,
    applied,
    job_id,
    labels,
    lead,
    move,
    press,
    tracker,
    with_leads,
)
from tests.stored_leads import remove_lead


async def test_the_buttons_of_a_job_that_was_deleted_say_so_kindly(world: World, services: Services) -> None:
    await with_leads(world, services)
    old = await applied(world)
    number = job_id(old)
    await services.tracker.remove(world.guild.id, world.member.id, number)
    for label in (
        "Add a note",
        "Change it",
        "I applied earlier",
        "Draft the follow-up",
        "I wrote to them again",
        "Remind me in a week",
        "Don't remind me",
        "Delete",
    ):
        assert str(ApplicationGone()) in said(await press(world, old, label)), label
    assert str(ApplicationGone()) in said(await move(world, old, "offer"))
    assert str(ApplicationGone()) in said(await pressed_with(world, f"leads:deleted:v1:{number}"))
    assert "**Saved** since today" in said(await press(world, await lead(world), "Save"))


async def test_a_saved_job_stays_when_its_post_is_gone(world: World, services: Services) -> None:
    await with_leads(world, services)
    old = await lead(world, THIRD_LEAD)
    never_saved = await lead(world, OTHER_LEAD)
    await press(world, old, "Save")
    for number in (THIRD_LEAD, OTHER_LEAD):
        await services.database.write(remove_lead, number)
    assert "**Applied** since today" in said(await press(world, old, "I applied"))
    assert str(LeadGone()) in said(await press(world, never_saved, "Save"))


async def test_everything_works_after_a_restart(world: World, services: Services) -> None:
    await with_leads(world, services)
    card = await lead(world)
    page = await press(world, card, "Save")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    page = await move(world, page, "applied")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    form = await press(world, page, "Add a round")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    page = await world.submit(form, text="A call", on="tomorrow")
    assert "**Friday, 2 January** A call" in said(page)
    assert "follow up in 7 days" in said(await press(world, page, "Your tracker"))
    assert "in your tracker already" in said(await press(world, card, "I applied"))


async def test_nobody_reaches_the_jobs_of_others_by_a_made_up_button(
    world: World, services: Services
) -> None:
    await with_leads(world, services)
    page = await applied(world)
    form = await press(world, page, "Add a note")
    await world.submit(form, text="Secret")
    number = job_id(page)
    for custom_id in (
        f"leads:job:v1:{number}",
        f"leads:move:v1:offer:{number}",
        f"leads:turn:v1:written:{number}",
        f"leads:turn:v1:off:{number}",
        f"leads:draft:v1:first:noted:{number}",
        f"leads:ask:v1:job:{number}",
        f"leads:notes:v1:{number}",
        f"leads:delete:v1:{number}",
        f"leads:deleted:v1:{number}",
        f"leads:job:v1:{10**17}",
    ):
        answer = await pressed_with(world, custom_id, world.admin)
        assert said(answer) == str(ApplicationGone()), custom_id
    opened = await services.tracker.open(world.guild.id, world.member.id, number)
    assert opened.record.application.state is State.APPLIED


async def test_nobody_reaches_a_job_from_another_server(world: World, services: Services) -> None:
    await with_leads(world, services)
    other = world.env.create_guild("Another group")
    there = other.create_text_channel("daily")
    ben = other.add_member(world.member.user)
    admins = other.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    await other.add_member(world.admin.user, roles=[admins]).slash(
        there, "setup", channel=there, zone="Etc/UTC", hour=9
    )
    await applied(world)
    empty = await ben.slash(there, "leads tracker")
    assert "Nothing in it yet" in said(empty)
    form = await ben.click(empty.response, label="Add a job by hand")
    made = await world.submit(form, member=ben, company="There")
    assert "You wrote to them before" not in said(made)
    assert "There" not in said(await tracker(world))
    assert str(ApplicationGone()) in said(await pressed_with(world, f"leads:job:v1:{job_id(made)}"))


@pytest.mark.parametrize(
    "custom_id",
    [
        "leads:move:v1:hired:1",
        "leads:turn:v1:never:1",
        "leads:ask:v1:note:new",
        "leads:ask:v1:salary:1",
        "leads:job:v1:x",
        "leads:choose:v1:everything:on",
    ],
)
async def test_a_button_that_was_never_made_is_answered(
    world: World, services: Services, custom_id: str
) -> None:
    await with_leads(world, services)
    assert said(await pressed_with(world, custom_id)) == str(ButtonOutdated())


async def test_the_tracker_needs_a_server_that_is_set_up(world: World) -> None:
    assert said(await tracker(world)) == str(NotSetUp())
    world.expect_error(NotSetUp)


async def test_the_longest_texts_fit_and_stay_text(world: World, services: Services) -> None:
    await with_leads(world, services)
    guild, user = world.guild.id, world.member.id
    company = ("*A*" + "@everyone ") * 7
    for _ in range(3):
        saved = await services.tracker.add(
            guild,
            user,
            clean_job(company, "`r` " * 37, "~p~ " * 37, "https://example.org/" + "a" * 480, founder=True),
        )
        await services.tracker.move(guild, user, saved.application.id, State.APPLIED)
    number = saved.application.id
    for note in range(50):
        await services.tracker.note(guild, user, number, f"{note} " + "||*n*|| " * 120)
    for note in range(20):
        await services.tracker.add_round(guild, user, number, f"{note} " + "_r_ " * 48, "tomorrow")
    for state in [State.OFFER, State.REJECTED] * 15 + [State.APPLIED]:
        await services.tracker.move(guild, user, number, state)
    await world.pass_time(days=15)
    page = await pressed_with(world, f"leads:job:v1:{number}")
    assert "@everyone" in said(page)
    assert "\\*A\\*" in said(page)
    notes = await press(world, page, "All notes")
    assert len(notes.response.components) == 4
    page = await press(world, notes, "Back to the job")
    for label in ("Change it", "Add a note", "Add a round"):
        assert (await press(world, page, label)).modal is not None
    draft = await press(world, page, "Draft the follow-up")
    assert "I sent it" in labels(draft)
    page = await press(world, await press(world, page, "Delete"), "Keep it")
    assert "Congratulations" in said(await move(world, page, "offer"))
