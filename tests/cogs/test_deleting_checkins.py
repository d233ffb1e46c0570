"""Deleting check-ins of the last week, with their cards."""

from datetime import date

from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said, shown_values
from tests.cogs.recent_checkins import (
    NEW_YEAR,
    cards,
    choose,
    confirm_deletion,
    days_of,
    delete,
    press,
    recent,
    with_card_in_archived_thread,
)


async def test_deleting_is_asked_about_first_and_says_what_it_costs(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    asked = await confirm_deletion(world)
    assert asked.ephemeral
    assert "for good" in said(asked)
    assert "card" in said(asked)
    assert await days_of(services, world) == ["done"]
    assert len(world.posted()) == 1


async def test_a_deleted_check_in_takes_its_card_along(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(world.admin, done="Another person's work")
    await world.check_in(done="Posted by mistake")
    answer = await delete(world)
    assert answer.ephemeral
    assert "Deleted" in said(answer)
    await world.pass_time(minutes=1)
    assert cards(world) == ["Another person's work"]
    assert await days_of(services, world, world.admin) == ["done"]


async def test_a_card_in_the_thread_goes_as_well_and_the_prompt_forgets_who_it_was(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan()
    await world.pass_time(hours=9)
    await world.check_in(done="Posted by mistake")
    await world.pass_time(minutes=1)
    (thread,) = world.channel.threads
    assert len(world.posted(thread)) == 1
    await delete(world)
    await world.pass_time(minutes=1)
    assert world.posted(thread) == []
    (prompt,) = world.posted()
    assert "Nobody has checked in yet" in prompt.content


async def test_a_card_that_was_posted_before_a_restart_is_deleted_after_it(
    world: World, services: Services
) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan()
    await world.pass_time(hours=9)
    await world.check_in(done="Posted by mistake")
    shown = await recent(world)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    world.bot = world.env.bot
    chosen = await choose(world, shown, NEW_YEAR)
    assert "Posted by mistake" in said(chosen)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    world.bot = world.env.bot
    asked = await press(world, chosen, "Delete it")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    world.bot = world.env.bot
    assert "Deleted" in said(await press(world, asked, "Delete for good"))
    await world.pass_time(minutes=1)
    (thread,) = world.channel.threads
    assert world.posted(thread) == []


async def test_after_a_deletion_the_day_can_be_reported_anew_with_a_new_card(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    for text in ("Wrong", "Wrong again"):
        await world.check_in(done=text)
        await delete(world)
    form = await world.member.slash(world.channel, "checkin")
    assert form.modal["title"] == "Check in"
    assert shown_values(form.modal)["done"] == ""
    answer = await world.submit(form, done="Right")
    assert "Day one of a streak" in said(answer)
    await world.pass_time(minutes=1)
    assert cards(world) == ["Right"]
    assert await days_of(services, world) == ["done"]


async def test_deleting_and_reporting_at_once_leaves_one_card_with_the_newest_text(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Wrong")
    # The service alone, so that neither the deletion nor the new card has been sent in between.
    await services.checkins.delete(world.guild.id, world.member.id, date(2026, 1, 1))
    await world.check_in(done="Right")
    await world.pass_time(minutes=1)
    await world.pass_time(minutes=1)
    assert cards(world) == ["Right"]


async def test_a_second_press_on_delete_for_good_is_answered_kindly(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    asked = await confirm_deletion(world)
    await press(world, asked, "Delete for good")
    again = await press(world, asked, "Delete for good")
    assert "no check-in of yours for that day" in said(again)


async def test_a_card_that_an_admin_deleted_by_hand_does_not_hinder_a_deletion(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    (card,) = world.posted()
    world.env.backend.delete_message(world.channel.id, card.id)
    assert "Deleted" in said(await delete(world))
    await world.pass_time(minutes=1)
    assert world.posted() == []
    assert await days_of(services, world) == []


async def test_a_check_in_whose_channel_is_gone_can_be_deleted_all_the_same(
    world: World, services: Services
) -> None:
    doomed = world.guild.create_text_channel("doomed")
    await world.admin.slash(world.channel, "setup", channel=doomed, zone="Etc/UTC", hour=9)
    await world.check_in()
    # A message is not changed for some seconds after it was sent.
    await world.pass_time(minutes=1)
    world.env.backend.delete_channel(doomed.id)
    world.env.inject_error(
        "DELETE", "/channels/*/messages/*", status=404, code=10003, message="Unknown Channel", times=None
    )
    deleted = await delete(world)
    assert "Deleted" in said(deleted)
    # Its card went with the channel, so there is nothing to ask anybody for.
    assert deleted.followups == []
    assert await days_of(services, world) == []


async def test_a_deleted_day_counts_as_if_it_had_not_been(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    for _day in range(4):
        await world.check_in()
        await world.pass_time(days=1)
    await delete(world, "2026-01-02")
    assert await days_of(services, world) == ["done", "frozen", "done", "done", "today"]


async def test_a_form_that_changes_a_deleted_check_in_puts_its_text_in_no_other_days_place(
    world: World,
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="On the first")
    await world.pass_time(days=3)
    await world.check_in(done="On the fourth")
    chosen = await choose(world, await recent(world), NEW_YEAR)
    form = await press(world, chosen, "Change it")
    await delete(world)
    answer = await world.submit(form, done="Sent after the deletion")
    assert "Sent after the deletion" in said(answer)
    today = await world.member.slash(world.channel, "checkin")
    assert shown_values(today.modal)["done"] == "On the fourth"


async def test_a_check_in_deleted_before_its_card_was_sent_is_never_shown(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    world.env.inject_error("POST", "/channels/*/messages", status=500, times=1)
    await world.check_in(done="Regretted at once")
    await delete(world)
    await world.pass_time(minutes=10)
    assert world.posted() == []


async def test_discord_being_down_for_the_deletion_of_a_card_only_puts_it_off(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    world.env.inject_error("DELETE", "/channels/*/messages/*", status=500, times=10)
    assert "Deleted" in said(await delete(world))
    assert len(world.posted()) == 1
    for _round in range(12):
        await world.pass_time(minutes=10)
    assert world.posted() == []


async def test_a_card_in_a_thread_that_discord_has_archived_is_deleted_too(world: World) -> None:
    thread = await with_card_in_archived_thread(world, "DELETE")
    await delete(world)
    await world.pass_time(minutes=1)
    assert world.posted(thread) == []
    assert {"archived": False} in [
        r.json for r in world.env.http_requests if r.path == f"/channels/{thread.id}"
    ]


async def test_a_member_is_told_if_a_card_cannot_be_deleted(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="To stay in a locked place")
    await world.pass_time(minutes=1)
    world.env.inject_error(
        "DELETE", "/channels/*/messages/*", status=403, code=160005, message="Thread is locked", times=None
    )
    deleted = await delete(world)
    texts = [said(deleted), *(notice.embeds[0].description or "" for notice in deleted.followups)]
    assert any("the thread is locked" in text for text in texts)


async def test_a_check_in_reported_anew_on_the_next_morning_has_a_card_again(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.pass_time(hours=8)
    await world.check_in(done="Wrong")
    await world.pass_time(days=1, hours=1)
    await delete(world)
    form = await world.member.slash(world.channel, "checkin", day="yesterday")
    answer = await world.submit(form, done="Right")
    assert answer.followups == []
    assert cards(world) == ["Right"]
