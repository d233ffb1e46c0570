"""What a server wants of leads: /setup, and the card and forms behind its button."""

from typing import Any

import pytest

from bot.errors import ManagersOnly, NotSetUp, UnknownLeadMark, UnknownSignal, UnknownWeight
from bot.leads.fit import WEIGHTS
from bot.leads.signals import SignalName
from bot.services import Services
from cogs.client import Autodidact
from cogs.leads.settings import read_weights, weights_text
from tests.cogs.conftest import World, field, said, shown_values
from tests.cogs.recent_checkins import pressed_with


async def settings(world: World) -> Any:
    """The card behind the button of the server's settings."""
    shown = await world.admin.slash(world.channel, "setup")
    return await world.admin.click(shown.response, label="Job leads")


async def wishes(world: World, **typed: str) -> Any:
    form = await world.admin.click((await settings(world)).response, label="Mark, places, languages")
    return await world.submit(form, member=world.admin, **typed)


async def weights(world: World, text: str) -> Any:
    form = await world.admin.click((await settings(world)).response, label="What counts how much")
    return await world.submit(form, member=world.admin, weights=text)


async def test_the_lead_channel_needs_a_server_that_is_set_up(world: World) -> None:
    channel = world.guild.create_text_channel("job-leads")
    answer = await world.admin.slash(world.channel, "setup", lead_channel=channel)
    assert said(answer) == str(NotSetUp())
    world.expect_error(NotSetUp)


async def test_one_set_up_does_both(world: World) -> None:
    channel = world.guild.create_text_channel("job-leads")
    answer = await world.admin.slash(
        world.channel,
        "setup",
        channel=world.channel,
        zone="Europe/Berlin",
        hour=9,
        lead_channel=channel,
        lead_hour=7,
    )
    # 07:00 in Berlin on 1 January 2026 is 06:00 UTC, which is 1767247200 seconds after 1970.
    assert field(answer.response.embeds[0], "Job leads") == (
        f"The day's best in <#{channel.id}> at 07:00, from a fit of 55 on, if there are new ones "
        "(<t:1767247200:R>)"
    )


async def test_without_a_channel_the_card_says_what_works_all_the_same(world: World) -> None:
    await world.set_up()
    answer = await settings(world)
    assert answer.ephemeral
    assert "/leads works without it" in field(answer.response.embeds[0], "Daily digest")


async def test_mark_places_and_languages_are_set_in_one_form(world: World, services: Services) -> None:
    await world.set_up()
    answer = await wishes(world, mark="65", places="Berlin, EU; Lagos", languages="German\nPolish")
    card = answer.response.embeds[0]
    assert "a fit of 65 or more" in field(card, "Mark")
    assert field(card, "Places") == "Berlin, EU, Lagos"
    assert field(card, "Languages besides English") == "German, Polish"
    chosen = (await services.leads.settings(world.guild.id)).settings
    assert (chosen.mark, chosen.places) == (65, ("Berlin", "EU", "Lagos"))
    emptied = await wishes(world, places="", languages="")
    assert "Anywhere" in field(emptied.response.embeds[0], "Places")


async def test_a_form_that_is_refused_opens_again_as_it_was_sent(world: World) -> None:
    await world.set_up()
    answer = await wishes(world, mark="abc", places="Porto")
    assert said(answer).startswith(str(UnknownLeadMark(given="abc")))
    again = await world.admin.click(answer.response, label="Open the form again")
    values = shown_values(again.modal)
    assert (values["mark"], values["places"]) == ("abc", "Porto")
    assert "Porto" in said(await world.submit(again, member=world.admin, mark="40"))


async def test_weights_are_changed_in_the_list_of_all_and_back(world: World, services: Services) -> None:
    await world.set_up()
    form = await world.admin.click((await settings(world)).response, label="What counts how much")
    shown = shown_values(form.modal)["weights"]
    assert len(shown.split("\n")) == len(SignalName)
    assert "no degree needed: 20" in shown
    changed = shown.replace("no degree needed: 20", "No degree needed : 35").replace("senior level: -10", "")
    answer = await world.submit(form, member=world.admin, weights=changed)
    assert field(answer.response.embeds[0], "What counts how much") == "1 is changed here."
    chosen = (await services.leads.settings(world.guild.id)).settings.weights
    assert chosen == {SignalName.NO_DEGREE_NEEDED: 35}
    back = await weights(world, "")
    assert "As I come" in field(back.response.embeds[0], "What counts how much")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("sunshine: 10", UnknownSignal(given="sunshine")),
        ("remote: a lot", UnknownWeight(given="a lot", least=-100, greatest=100)),
        ("remote: 101", UnknownWeight(given="101", least=-100, greatest=100)),
    ],
)
async def test_weights_that_cannot_be_read_are_said_and_come_back(
    world: World, text: str, error: Exception
) -> None:
    await world.set_up()
    answer = await weights(world, text)
    assert said(answer).startswith(str(error))
    again = await world.admin.click(answer.response, label="Open the form again")
    assert shown_values(again.modal)["weights"] == text


async def test_the_digest_can_be_stopped(world: World, services: Services) -> None:
    await world.set_up()
    await world.admin.slash(world.channel, "setup", lead_channel=world.channel)
    stopped = await world.admin.click((await settings(world)).response, label="No digest any more")
    assert "None." in field(stopped.response.embeds[0], "Daily digest")
    assert (await services.leads.settings(world.guild.id)).next_look is None


async def test_the_buttons_work_after_a_restart_and_for_managers_only(
    world: World, services: Services
) -> None:
    await world.set_up()
    card = await settings(world)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    form = await world.admin.click(card.response, label="Mark, places, languages")
    assert shown_values(form.modal)["mark"] == "55"
    for act in ("leads:settings:v1", "leads:wishes:v1", "leads:weights:v1", "leads:stop:v1"):
        assert said(await pressed_with(world, act)) == str(ManagersOnly())


def test_what_the_form_shows_is_read_back_as_nothing_changed() -> None:
    assert set(read_weights(weights_text({})).values()) == {""}
    assert read_weights(weights_text(WEIGHTS)) == dict.fromkeys(SignalName, "")
    assert read_weights("remote = 9")[SignalName.REMOTE] == "9"
