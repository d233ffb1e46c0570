"""Suggesting resources: from a member's form to what everybody finds."""

from typing import Any

from bot.resources.entry import topics
from bot.resources.errors import (
    AddressNotWeb,
    ResourceThere,
    SuggestionDecided,
    TooManyTopics,
)
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said, shown_values
from tests.cogs.curators_desk import (
    BIRDS,
    buttons,
    choose,
    click,
    find,
    mine,
    suggest,
    text_of,
    the_message,
)
from tests.cogs.recent_checkins import pressed_with
from tests.small_shelf import NETS

HOSTILE = "**@everyone** <@1> [free](https://a.example) `x` # z"


async def test_from_a_form_to_the_shelf_with_a_restart_between(
    world: World, services: Services, desk: Any, curator: Any
) -> None:
    thanks = await suggest(world)
    assert thanks.ephemeral
    assert "Suggested: Hearing Birds" in said(thanks)
    assert "<https://www.birds.example/course?page=2>" in said(thanks)
    assert "what only tracks people" in said(thanks)
    assert "decided yet" in await mine(world)

    (posted,) = world.posted(desk)
    assert "Hearing Birds" in text_of(posted)
    assert f"Suggested by <@{world.member.id}>" in text_of(posted)
    assert "birds.example/course?page=2" in text_of(posted)
    assert buttons(posted) == ["Accept", "Edit…", "Decline…"]

    await world.env.restart_bot(Autodidact(services, shard_count=1))
    page = await click(posted, curator, "Edit…")
    assert page.ephemeral
    page = await choose(page, curator, "curate:facet:v1:level:s1", "advanced")
    page = await choose(page, curator, "curate:facet:v1:cost:s1", "paid")
    page = await click(page, curator, "Needs maths")
    assert "advanced · paid" in said(page)
    assert "needs more maths" in said(page)
    form = await click(page, curator, "Topics…")
    page = await curator.submit_modal(form, {"topics0": ["audio"], "topics1": [], "topics2": ["python"]})
    assert field(page.response.embeds[0], "About") == "audio, Python"
    form = await click(page, curator, "Words…")
    assert shown_values(form.modal)["address"] == "https://www.birds.example/course?page=2"
    page = await world.submit(form, member=curator, hours="12,5", title="Hearing Every Bird")
    assert "some 12 hours" in said(page)
    posted = await the_message(world, desk)
    assert "Hearing Every Bird" in text_of(posted)

    assert "Hearing Every Bird" not in await find(world)
    taken = await click(page, curator, "Accept")
    assert "It is on the shelf now." in said(taken)
    posted = await the_message(world, desk)
    assert buttons(posted) == ["Look at it"]
    assert "It is on the shelf now." in text_of(posted)
    assert "Hearing Every Bird" in await find(world)
    assert "Hearing Every Bird · taken in" in await mine(world)

    look = await click(posted, world.member, "Look at it")
    assert "suggested here, and taken in by the curators" in str(look.response.embeds[0].footer.text)
    assert "Edit…" not in buttons(look)
    page = await click(await click(posted, curator, "Look at it"), curator, "Edit…")
    form = await click(page, curator, "Names…")
    page = await world.submit(
        form, member=curator, author="Ada Wren", also="tweeting\nbirdlearn", asks="which wren\n"
    )
    assert field(page.response.embeds[0], "Also known as") == "tweeting, birdlearn"
    assert "Hearing Every Bird" in await find(world, "birdlearn")
    form = await click(page, curator, "Names…")
    assert shown_values(form.modal) == {
        "author": "Ada Wren",
        "also": "tweeting\nbirdlearn",
        "asks": "which wren",
    }


async def test_declining_asks_for_a_reason_and_the_member_reads_it(
    world: World, desk: Any, curator: Any, services: Services
) -> None:
    await suggest(world, good_for=f"Says {HOSTILE} to whoever reads it.")
    (posted,) = world.posted(desk)
    assert r"\*\*@everyone\*\* \<@1>" in text_of(posted)
    form = await click(posted, curator, "Decline…")
    other = await click(posted, world.admin, "Decline…")
    refused = await world.submit(form, member=curator, reason="x" * 301)
    assert "301 characters" in said(refused)
    again = await click(refused, curator, "Open the form again")
    assert shown_values(again.modal)["reason"] == "x" * 301
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    done = await world.submit(again, member=curator, reason="We have **two** of these.")
    assert r"Declined: We have \*\*two\*\* of these." in said(done)
    posted = await the_message(world, desk)
    assert buttons(posted) == ["See the queue"]
    assert r"declined: We have \*\*two\*\* of these." in await mine(world)
    # Whoever comes second is told so, with a form that was open and with a button.
    second = await world.submit(other, member=world.admin, reason="No")
    assert str(SuggestionDecided()) in said(second)
    assert said(await pressed_with(world, "curate:decide:v1:accept:1", curator)) == str(SuggestionDecided())


async def test_what_has_no_topic_yet_is_taken_in_with_those_that_are_asked_for(
    world: World, desk: Any, curator: Any, services: Services
) -> None:
    await suggest(world, title="Zzyzx", good_for="Zzyzx zzyzx zzyzx.", address="https://zzyzx.example")
    (suggestion,) = await services.curation.queue(world.guild.id)
    assert not suggestion.entry.topics
    (posted,) = world.posted(desk)
    assert "No topic yet" in text_of(posted)
    form = await click(posted, curator, "Accept")
    options = [label["component"]["options"] for label in form.modal["components"]]
    assert sorted(one["value"] for each in options for one in each) == sorted(topics())
    many = {f"topics{n}": [one["value"] for one in each[:3]] for n, each in enumerate(options)}
    refused = await curator.submit_modal(form, many)
    assert str(TooManyTopics(count=9, limit=6)) in said(refused)
    form = await click(refused, curator, "Choose again")
    taken = await curator.submit_modal(form, {"topics0": ["career"], "topics1": [], "topics2": []})
    assert "It is on the shelf now." in said(taken)
    (resource,) = await services.curation.own(world.guild.id)
    assert resource.entry.topics == ("career",)


async def test_a_refused_form_is_given_back_and_what_is_there_is_shown(
    world: World, desk: Any, services: Services
) -> None:
    refused = await suggest(world, address="javascript:alert(1)")
    assert str(AddressNotWeb(given="javascript:alert(1)")) in said(refused)
    assert BIRDS["good_for"] in said(refused)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    again = await click(refused, world.member, "Open the form again")
    there = await world.submit(again, **{**BIRDS, "address": "http://nets.example/start/?utm_medium=x"})
    assert str(ResourceThere(title=NETS.title)) in said(there)
    assert NETS.title in said(await click(there, world.member, "Look at it"))
    form = await world.member.slash(world.channel, "resource suggest", address="https://a.example/x")
    assert shown_values(form.modal)["address"] == "https://a.example/x"
