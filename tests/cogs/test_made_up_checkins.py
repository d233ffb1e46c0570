"""Buttons, selects and forms of check-ins as nobody was ever shown them."""

import discord
import pytest

from bot.services import Services
from tests.cogs.conftest import World, said, shown_values
from tests.cogs.recent_checkins import (
    NEW_YEAR,
    cards,
    choose,
    days_of,
    options,
    press,
    pressed_with,
    recent,
)

NONCE = "a" * 24


@pytest.mark.parametrize(
    "custom_id",
    [
        "checkin:edit:v1:2026-99-99",
        "checkin:delete:v1:2026-99-99",
        "checkin:deleted:v1:2026-99-99",
        "checkin:delete:v1:0000-00-00",
        "checkin:deleted:v1:2026-02-30",
        "checkin:delete:v1:9999-12-31",
        "checkin:edit:v1:0001-01-01",
        "checkin:edit:v1:２０２６-０１-０１",
        "checkin:edit:v1:2026-01-01:extra",
        "checkin:deleted:v2:2026-01-01",
        "checkin:again:v1:short",
        "checkin:open:v1:TOOLOUD",
        "checkin:rest:v1:",
        "checkin:nothing:v1",
    ],
)
async def test_a_button_with_an_impossible_id_is_answered_as_an_outdated_one(
    world: World, custom_id: str
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    answer = await pressed_with(world, custom_id)
    assert answer.ephemeral
    assert "older version" in said(answer)


@pytest.mark.parametrize("custom_id", ["checkin:delete:v1:2999-12-31", "checkin:deleted:v1:1900-01-01"])
async def test_days_without_a_check_in_cannot_be_deleted(world: World, custom_id: str) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    assert "no check-in of yours" in said(await pressed_with(world, custom_id))
    assert len(cards(world)) == 1


@pytest.mark.parametrize("day", ["2999-12-31", "2026-01-02"])
async def test_a_day_to_come_is_counted_for_today(world: World, day: str) -> None:
    await world.set_up(zone="Etc/UTC")
    form = await pressed_with(world, f"checkin:edit:v1:{day}")
    answer = await world.submit(form, done="Sent from a day to come")
    assert "Thursday, 1 January" in (answer.response.embeds[0].footer.text or "")


async def test_a_day_of_long_ago_cannot_be_reported(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    for day in ("1900-01-01", "2025-12-30"):
        assert "no check-in of yours for that day" in said(
            await pressed_with(world, f"checkin:edit:v1:{day}")
        )


async def test_a_button_named_by_another_members_day_touches_that_members_day_never(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(world.admin, done="Ada's")
    asked = await pressed_with(world, f"checkin:delete:v1:{NEW_YEAR}")
    assert "no check-in of yours" in said(asked)
    deleted = await pressed_with(world, f"checkin:deleted:v1:{NEW_YEAR}")
    assert "no check-in of yours" in said(deleted)
    form = await pressed_with(world, f"checkin:edit:v1:{NEW_YEAR}")
    assert shown_values(form.modal)["done"] == ""
    await world.submit(form, done="Ben's")
    assert await days_of(services, world, world.admin) == ["done"]
    assert sorted(cards(world)) == ["Ada's", "Ben's"]


@pytest.mark.parametrize(
    "custom_id",
    [
        f"checkin:direct:v1:99999999999999999999:{NONCE}",
        f"checkin:direct:v1:9223372036854775808:{NONCE}",
        f"checkin:direct:v1:0:{NONCE}",
        "checkin:rest:v1:99999999999999999999",
        "checkin:rest:v1:5",
    ],
)
async def test_a_button_that_names_another_server_is_about_the_one_it_is_pressed_in(
    world: World, services: Services, custom_id: str
) -> None:
    await world.set_up(zone="Etc/UTC")
    answer = await pressed_with(world, custom_id)
    if ":direct:" in custom_id:
        answer = await world.submit(answer, done="Here")
        assert await days_of(services, world) == ["done"]
    else:
        assert "Rest well" in said(answer)


async def test_a_draft_that_never_was_opens_an_ordinary_form(world: World) -> None:
    await world.set_up()
    form = await pressed_with(world, "checkin:again:v1:0123456789abcdef")
    assert form.modal["title"] == "Check in"


async def test_a_form_for_an_impossible_day_counts_for_today_and_can_be_mended(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    shown = await world.member.slash(world.channel, "checkin")
    shown._interaction.modal["custom_id"] = "checkin:form:v1:2026-99-99"
    refused = await world.submit(shown, done="Typed", minutes="lots")
    again = await press(world, refused, "Open the form again")
    assert again.modal is not None
    assert "Thursday, 1 January" in (
        (await world.submit(again, minutes="5")).response.embeds[0].footer.text or ""
    )


async def test_a_choice_that_is_no_day_is_answered_kindly(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None)
    view.add_item(
        discord.ui.Select(
            custom_id="checkin:recent:v1",
            options=[
                discord.SelectOption(label=value, value=value) for value in ("2026-99-99", "2026-01-05", "x")
            ],
        )
    )
    view.stop()
    message = await channel.send("Made up", view=view)
    for value, sentence in (
        ("2026-99-99", "older version"),
        ("x", "older version"),
        ("2026-01-05", "no check-in"),
    ):
        answer = await world.member.select(message, [value])
        assert answer.ephemeral
        assert sentence in said(answer)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("done", "“What did you get done?” has 4000 characters, and I can keep 1500"),
        ("next", "“What is next?” has 4000 characters, and I can keep 500"),
        ("blocked", "“What blocks you?” has 4000 characters, and I can keep 500"),
        ("minutes", "is no number of minutes"),
    ],
)
async def test_four_thousand_characters_of_markup_are_refused_with_a_sentence_and_given_back(
    world: World, name: str, sentence: str
) -> None:
    await world.set_up()
    markup = ("*_~`|#[a](b)@everyone " * 182)[:3999] + "!"
    shown = await world.member.slash(world.channel, "checkin")
    # Discord's own client lets nobody type more than the form says; another one may.
    for label in shown._interaction.modal["components"]:
        label["component"].pop("max_length", None)
    refused = await world.submit(shown, **{"done": "Short", name: markup})
    assert refused.ephemeral
    assert sentence in said(refused)
    (attachment,) = refused.response.attachments
    assert attachment.filename == "what-you-typed.txt"
    assert world.posted() == []
    again = await press(world, refused, "Open the form again")
    # As much of it as the field can hold.
    assert markup.startswith(shown_values(again.modal)[name])
    assert shown_values(again.modal)[name]


async def test_the_most_markup_that_fits_is_shown_everywhere_within_the_limits(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    line = "*_~`|#[a](b)@everyone "
    for _day in range(8):
        await world.check_in(
            done=(line * 100)[:1500], next=(line * 100)[:500], blocked=(line * 100)[:500], minutes="1440"
        )
        await world.pass_time(days=1)
    shown = await recent(world)
    assert len(options(shown)) == 7
    chosen = await choose(world, shown, "2026-01-02")
    assert r"\*\_\~\`\|" in said(chosen)
    assert (await press(world, chosen, "Change it")).modal is not None
