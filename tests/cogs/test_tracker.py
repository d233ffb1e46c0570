"""/leads tracker: from a lead to an answer, the board, the page of a job, and nobody else's business."""

import csv
import io
from typing import Any

import pytest

from bot.services import Services
from bot.tracker.rules import clean_job
from tests.cogs.conftest import World, field, said
from tests.cogs.recent_checkins import pressed_with
from tests.cogs.tracked_jobs import (
    OTHER_LEAD,
    THIRD_LEAD,
    add_by_hand,
    applied,
    choose,
    footer,
    job,
    job_id,
    jobs,
    labels,
    lead,
    move,
    press,
    tracker,
    with_leads,
)


def fields(answer: Any) -> list[str]:
    return [each.name for each in answer.response.embeds[0].fields]


async def test_a_lead_is_saved_and_then_applied_for(world: World, services: Services) -> None:
    await with_leads(world, services)
    shown = await lead(world)
    assert labels(shown) == ["Save", "I applied", "Not for me", "Draft a message", "The post"]
    saved = await press(world, shown, "Save")
    assert saved.ephemeral
    assert "It is in your tracker now." in said(saved)
    assert "**ML Engineer**\nPorto\nhttps://news.ycombinator.com/item?id=7" in said(saved)
    assert "A founder reads what you write." in said(saved)
    assert field(saved.response.embeds[0], "State") == "**Saved** since today"
    moved = await move(world, saved, "applied")
    assert "If you hear nothing, I tell you on Thursday, 8 January" in said(moved)
    assert field(moved.response.embeds[0], "State") == "**Applied** since today (Thursday, 1 January)"
    assert field(moved.response.embeds[0], "Follow-up") == "Planned for Thursday, 8 January."
    assert field(moved.response.embeds[0], "What happened") == "1 Jan · Applied\n1 Jan · Saved"


async def test_a_jobs_page_is_one_message_that_changes(world: World, services: Services) -> None:
    await with_leads(world, services)
    await press(world, await lead(world), "Save")
    page = await job(world, "Acme")
    number = job_id(page)
    moved = await move(world, page, "interviewing")
    back = await press(world, moved, "Your tracker")
    again = await choose(world, back, str(number), "leads:jobs:")
    assert {page.response.id, moved.response.id, back.response.id} == {again.response.id}
    assert "**Interviewing** since today" in said(again)


@pytest.mark.parametrize(
    ("first", "offered"),
    [
        ("Save", ["I applied", "Not for me", "Draft a message", "Open in your tracker", "The post"]),
        ("Not for me", ["Save", "I applied", "Open in your tracker", "The post"]),
        ("I applied", ["Draft the follow-up", "Open in your tracker", "The post"]),
    ],
)
async def test_a_leads_card_offers_what_comes_next(
    world: World, services: Services, first: str, offered: list[str]
) -> None:
    await with_leads(world, services)
    await press(world, await lead(world), first)
    assert labels(await lead(world)) == offered


async def test_a_press_under_an_old_card_does_not_take_a_job_back(world: World, services: Services) -> None:
    await with_leads(world, services)
    old = await lead(world)
    await move(world, await press(world, old, "Save"), "interviewing")
    for label in ("I applied", "Not for me", "Save"):
        pressed = await press(world, old, label)
        assert "in your tracker already" in said(pressed)
        assert "**Interviewing**" in said(pressed)


async def test_what_was_not_for_me_can_be_saved_after_all(world: World, services: Services) -> None:
    await with_leads(world, services)
    shown = await lead(world)
    assert "not for you" in said(await press(world, shown, "Not for me"))
    assert "**Saved** since today" in said(await press(world, shown, "Save"))


async def test_whoever_wrote_to_a_company_before_is_told_so_and_not_held_up(
    world: World, services: Services
) -> None:
    await with_leads(world, services)
    await applied(world)
    await world.pass_time(days=20)
    assert "You wrote to them before" in said(await lead(world, OTHER_LEAD))
    again = await applied(world, OTHER_LEAD)
    assert field(again.response.embeds[0], "You wrote to them before") == (
        "Acme, ML Engineer: applied, 1 Jan\nLook at how that went before you write to them again."
    )
    assert "**Applied** since today" in said(again)
    assert "You wrote to them before" not in said(await applied(world, THIRD_LEAD))


async def test_being_wanted_is_celebrated_once(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await applied(world)
    page = await move(world, page, "interviewing")
    assert "They want to talk to you. Well done!" in said(page)
    page = await move(world, page, "offer")
    assert "An offer. Congratulations!" in said(page)
    assert "Congratulations" not in said(await move(world, page, "offer"))


@pytest.mark.parametrize(
    ("state", "words"),
    [("rejected", "what you built stays yours"), ("ghosted", "not about your work"), ("saved", "Saved.")],
)
async def test_every_other_state_is_noted_in_a_line(
    world: World, services: Services, state: str, words: str
) -> None:
    await with_leads(world, services)
    page = await move(world, await applied(world), state)
    assert words in said(page)
    assert "Follow-up" not in fields(page)


async def test_an_empty_tracker_says_how_to_begin(world: World, services: Services) -> None:
    await with_leads(world, services)
    shown = await tracker(world)
    assert shown.ephemeral
    assert "Nothing in it yet" in said(shown)
    assert labels(shown) == [
        "Add a job by hand",
        "Count me in",
        "No follow-ups",
        "Write to me directly",
    ]


async def test_the_board_shows_what_is_due_first_and_then_the_liveliest(
    world: World, services: Services
) -> None:
    await with_leads(world, services)
    await applied(world)
    await move(world, await add_by_hand(world, company="Cargo", role="Data Engineer"), "rejected")
    await world.pass_time(days=9)
    await press(world, await lead(world, THIRD_LEAD), "Save")
    await move(world, await add_by_hand(world, company="Delta"), "interviewing")
    shown = await tracker(world)
    assert (shown.response.embeds[0].description or "").split("\n") == [
        "Saved 1 · Applied 1 · Interviewing 1 · Rejected 1",
        "",
        "__Time to follow up__",
        "- **Acme** · ML Engineer · 9 days · due for 2 days",
        "",
        "__Interviewing__",
        "- **Delta** · today",
        "",
        "__Saved__",
        "- **Bolt** · ML Engineer · today",
        "",
        "__Rejected__",
        "- **Cargo** · Data Engineer · 9 days",
    ]
    assert [label for label, _ in jobs(shown)] == [
        "Acme · ML Engineer",
        "Delta",
        "Bolt · ML Engineer",
        "Cargo · Data Engineer",
    ]
    assert footer(shown) == "Only you see this."


async def test_two_hundred_jobs_are_read_page_by_page(world: World, services: Services) -> None:
    await with_leads(world, services)
    for number in range(200):
        long_name = f"{number:03} " + "*Unreasonably long name*" * 4
        await services.tracker.add(
            world.guild.id,
            world.member.id,
            clean_job(
                long_name[:100], "_Engineer_ " * 13, "`Porto` " * 18, "https://example.org/" + "a" * 480
            ),
        )
    shown = await tracker(world)
    seen = []
    for page in range(1, 9):
        assert footer(shown) == f"Page {page} of 8. Only you see this."
        assert "more" not in (shown.response.embeds[0].description or "")
        seen += [label[:3] for label, _ in jobs(shown)]
        if page < 8:
            shown = await press(world, shown, "Next")
    assert sorted(seen) == [f"{number:03}" for number in range(200)]
    assert "Next" not in labels(shown)
    back = await press(world, shown, "Back")
    assert footer(back) == "Page 7 of 8. Only you see this."


async def test_a_page_that_is_gone_shows_the_last_one(world: World, services: Services) -> None:
    await with_leads(world, services)
    await add_by_hand(world)
    assert "**Acme**" in said(await pressed_with(world, "leads:tracker:v1:7"))


async def test_members_who_agree_count_in_how_many_applied(world: World, services: Services) -> None:
    await with_leads(world, services)
    for member in (world.member, world.admin):
        await applied(world, member=member)
    assert "of us applied" not in said(await job(world, "Acme"))
    counted = await press(world, await tracker(world), "Count me in")
    assert "You count in" in said(counted)
    assert "2 of us applied" not in said(await job(world, "Acme"))
    await press(world, await tracker(world, world.admin), "Count me in", world.admin)
    assert "2 of us applied here." in said(await job(world, "Acme"))
    assert "2 of us applied here." in said(await lead(world))
    assert "You don't count" in said(await press(world, await tracker(world), "Don't count me"))
    assert "of us applied" not in said(await job(world, "Acme"))


async def test_how_one_is_told_is_chosen_by_buttons(world: World, services: Services) -> None:
    await with_leads(world, services)
    direct = await press(world, await tracker(world), "Write to me directly")
    assert "It comes to you directly." in said(direct)
    assert (await services.preferences.find(world.guild.id, world.member.id)).direct_leads
    mentioned = await press(world, direct, "Mention me")
    assert "You are mentioned; what it is, only you see." in said(mentioned)
    off = await press(world, mentioned, "No follow-ups")
    assert "You are not told" in said(off)
    assert "Write to me directly" not in labels(off)
    page = await applied(world)
    assert "I tell you on" not in said(page)
    assert "Turned off for all your jobs" in said(page)
    assert "You are told" in said(await press(world, await tracker(world), "Tell me when to follow up"))


async def test_the_tracker_is_exported_as_a_file(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world, company="=cmd()", role="Engineer, ML", link="https://example.org/job")
    await world.submit(await press(world, page, "Add a note"), text="Said “soon”,\nand smiled")
    exported = await press(world, await tracker(world), "Export CSV")
    assert exported.ephemeral
    (attachment,) = exported.response.attachments
    assert attachment.filename == "tracker.csv"
    content = (await attachment.read()).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(content, newline=""))
    assert dict(zip(header, row, strict=True)) == {
        "Company": "'=cmd()",
        "Role": "Engineer, ML",
        "Place": "",
        "Link": "https://example.org/job",
        "State": "Saved",
        "In this state since": "2026-01-01",
        "Applied on": "",
        "Next follow-up": "",
        "What happened": "2026-01-01 Saved",
        "Rounds": "",
        "Notes": "2026-01-01 Said “soon”,\nand smiled",
    }


async def test_a_job_is_deleted_only_when_asked_twice(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world)
    asked = await press(world, page, "Delete")
    assert "Delete **Acme** from your tracker for good?" in said(asked)
    kept = await press(world, asked, "Keep it")
    assert "**Saved**" in said(kept)
    gone = await press(world, await press(world, kept, "Delete"), "Delete for good")
    assert "**Acme** is gone from your tracker." in said(gone)
    assert "Nothing in it yet" in said(await press(world, gone, "Your tracker"))
