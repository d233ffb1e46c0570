"""The forms of the tracker: by hand, notes, rounds, the day of applying, and what is refused."""

from typing import Any

import pytest

from bot.errors import ButtonOutdated, CompanyMissing, NothingNoted, TooManyNotes, TooManyOpenJobs
from bot.services import Services
from bot.tracker.rules import OPEN_AT_MOST, Kept, clean_job
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said, shown_values
from tests.cogs.recent_checkins import pressed_with
from tests.cogs.tracked_jobs import (
    add_by_hand,
    applied,
    choose,
    job,
    job_id,
    lead,
    press,
    tracker,
    with_leads,
)

FACTS = {
    "company": "Acme & Söhne",
    "role": "ML *Engineer*",
    "place": "Porto",
    "link": "https://example.org/a_job",
    "founder": "yes",
}


def heading(answer: Any) -> str:
    return (answer.response.embeds[0].description or "").split("\n")[0]


async def again(world: World, refused: Any) -> Any:
    return await press(world, refused, "Open the form again")


async def test_a_job_from_elsewhere_is_added_by_hand_and_changed(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world, **FACTS)
    assert page.response.embeds[0].title == "Acme & Söhne"
    assert page.response.embeds[0].description == (
        "It is in your tracker now.\n\n"
        "**ML \\*Engineer\\***\nPorto\nhttps://example.org/a_job\nA founder reads what you write."
    )
    form = await press(world, page, "Change it")
    assert shown_values(form.modal) == FACTS
    changed = await world.submit(form, company="Acme", link="", founder="no")
    assert changed.response.embeds[0].title == "Acme"
    assert changed.response.embeds[0].description == "Changed.\n\n**ML \\*Engineer\\***\nPorto"


async def test_only_the_company_must_be_known(world: World, services: Services) -> None:
    await with_leads(world, services)
    form = await press(world, await tracker(world), "Add a job by hand")
    fields = {label["component"]["custom_id"]: label["component"] for label in form.modal["components"]}
    assert [name for name, each in fields.items() if each.get("required", True)] == ["company", "founder"]
    page = await world.submit(form, company="Acme")
    assert page.response.embeds[0].description == "It is in your tracker now."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"company": "\u200b"}, str(CompanyMissing())),
        ({"company": "..."}, str(CompanyMissing())),
        ({"link": "javascript:alert(1)"}, "is no web address I can keep"),
        ({"link": "example.org"}, "is no web address I can keep"),
    ],
)
async def test_what_is_refused_comes_back_and_the_form_opens_as_it_was(
    world: World, services: Services, typed: dict[str, str], words: str
) -> None:
    await with_leads(world, services)
    refused = await add_by_hand(world, **{**FACTS, **typed})
    assert refused.ephemeral
    assert words in said(refused)
    assert "Porto" in said(refused)
    form = await again(world, refused)
    assert shown_values(form.modal) == {**FACTS, **typed}
    page = await world.submit(form, company="Acme", link="https://example.org")
    assert "It is in your tracker now." in said(page)
    assert page.response.id == refused.response.id


async def test_a_draft_that_a_restart_took_opens_an_empty_form(world: World, services: Services) -> None:
    await with_leads(world, services)
    refused = await add_by_hand(world, company="...", role="Engineer")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    form = await again(world, refused)
    assert shown_values(form.modal)["role"] == ""
    assert "It is in your tracker now." in said(await world.submit(form, company="Acme"))


async def test_no_more_jobs_are_open_than_can_be_pursued(world: World, services: Services) -> None:
    await with_leads(world, services)
    for number in range(OPEN_AT_MOST):
        await services.tracker.add(world.guild.id, world.member.id, clean_job(f"Firm {number}"))
    full = str(TooManyOpenJobs(limit=OPEN_AT_MOST))
    assert full in said(await add_by_hand(world, company="One more"))
    assert full in said(await press(world, await lead(world), "Save"))


async def test_notes_are_kept_shown_and_erased(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world)
    page = await world.submit(await press(world, page, "Add a note"), text="Talked to *Cleo*")
    assert heading(page) == "Noted."
    await world.pass_time(days=1)
    page = await world.submit(await press(world, page, "Add a note"), text="She wants a demo\nby Monday")
    assert field(page.response.embeds[0], "Notes") == (
        "**Friday, 2 January** She wants a demo\nby Monday\n**Thursday, 1 January** Talked to \\*Cleo\\*"
    )
    notes = await press(world, page, "All notes")
    (select,) = notes.response.components[0]["components"]
    oldest = select["options"][1]
    assert (oldest["label"], oldest["description"]) == ("Thursday, 1 January", "Talked to *Cleo*")
    erased = await choose(world, notes, oldest["value"], "leads:erase:v1:note:")
    assert heading(erased) == "Erased. It said: Talked to \\*Cleo\\*"
    assert "She wants a demo" in said(erased)
    assert "Cleo" not in said(await job(world, "Acme"))


async def test_a_note_that_was_erased_in_another_message_is_said_to_be_gone(
    world: World, services: Services
) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world)
    page = await world.submit(await press(world, page, "Add a note"), text="Once")
    number = job_id(page)
    notes = await press(world, page, "All notes")
    (note,) = (await services.tracker.open(world.guild.id, world.member.id, number)).record.notes
    await services.tracker.erase(world.guild.id, world.member.id, number, Kept.NOTE, note.id)
    assert heading(await choose(world, notes, str(note.id), "leads:erase:v1:note:")) == (
        "That was erased already."
    )


async def test_rounds_have_a_day_in_words_past_or_to_come(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await applied(world)
    for text, on in (("Call", "yesterday"), ("Task to take home", ""), ("On site", "9 January")):
        page = await world.submit(await press(world, page, "Add a round"), text=text, on=on)
    assert field(page.response.embeds[0], "Rounds") == (
        "**Friday, 9 January** On site\n"
        "**Thursday, 1 January** Task to take home\n"
        "**Wednesday, 31 December** Call"
    )
    notes = await press(world, page, "All notes")
    (select,) = notes.response.components[0]["components"]
    erased = await choose(world, notes, select["options"][0]["value"], "leads:erase:v1:round:")
    assert heading(erased) == "Erased. It said: On site"


@pytest.mark.parametrize(
    ("text", "on", "words"),
    [
        ("A call", "some day", "“some day” is no date I can read"),
        ("A call", "31 February", "There is no such day"),
        ("...", "tomorrow", str(NothingNoted())),
    ],
)
async def test_a_round_that_is_refused_comes_back(
    world: World, services: Services, text: str, on: str, words: str
) -> None:
    await with_leads(world, services)
    page = await applied(world)
    refused = await world.submit(await press(world, page, "Add a round"), text=text, on=on)
    assert words in said(refused)
    form = await again(world, refused)
    assert shown_values(form.modal) == {"text": text, "on": on}
    page = await world.submit(form, text="A call", on="tomorrow")
    assert "**Friday, 2 January** A call" in said(page)


async def test_notes_have_an_end(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world)
    for number in range(50):
        await services.tracker.note(world.guild.id, world.member.id, job_id(page), f"Note {number}")
    refused = await world.submit(await press(world, page, "Add a note"), text="The last straw")
    assert str(TooManyNotes(limit=50)) in said(refused)
    assert "The last straw" in said(refused)


async def test_who_applied_earlier_says_when(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await applied(world)
    form = await press(world, page, "I applied earlier")
    page = await world.submit(form, on="last sunday")
    assert field(page.response.embeds[0], "State") == "**Applied** for 4 days (Sunday, 28 December)"
    assert field(page.response.embeds[0], "Follow-up") == "Planned for Sunday, 4 January."


async def test_nobody_applies_in_the_future(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await applied(world)
    refused = await world.submit(await press(world, page, "I applied earlier"), on="tomorrow")
    assert "is still to come" in said(refused)
    assert shown_values((await again(world, refused)).modal) == {"on": "tomorrow"}


async def test_a_form_belongs_to_the_server_it_was_opened_in(world: World, services: Services) -> None:
    await with_leads(world, services)
    page = await add_by_hand(world)
    form = await press(world, page, "Add a note")
    await services.tracker.remove(world.guild.id, world.member.id, job_id(page))
    refused = await world.submit(form, text="Too late, and long thought about")
    assert "not in your tracker any more" in said(refused)
    assert "Too late, and long thought about" in said(refused)


async def test_a_note_about_no_job_cannot_be_asked_for(world: World, services: Services) -> None:
    await with_leads(world, services)
    assert said(await pressed_with(world, "leads:ask:v1:round:new")) == str(ButtonOutdated())
