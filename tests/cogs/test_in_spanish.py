"""Spanish, from its catalogue: to a member their own language, to a channel that of its server."""

from collections.abc import Callable, Iterator
from typing import Any

import discord
import pytest
from simcord import interactions

from bot.errors import UnknownDays
from bot.texts import ngettext, speaking
from cogs.client import Autodidact
from tests.cogs.conftest import World, said
from tests.discord_limits import violations


@pytest.fixture
def speak_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Sets a member's Discord to a language; simcord's people all have English ones."""
    languages: dict[int, str] = {}
    english = interactions.base_payload

    def payload(backend: Any, **given: Any) -> Any:
        record, sent = english(backend, **given)
        return record, {**sent, "locale": languages.get(given["user_id"], "en-US")}

    monkeypatch.setattr(interactions, "base_payload", payload)
    return lambda member, language: languages.update({member.id: language})


def test_one_and_several() -> None:
    for language in ("es-ES", "es-419"):
        with speaking(language):
            forms = [ngettext("{count} day", "{count} days", number) for number in (0, 1, 2, 21)]
        assert forms == ["{count} días", "{count} día", "{count} días", "{count} días"]


async def test_discord_is_told_both_kinds_of_spanish_and_the_names_of_none(world: World) -> None:
    (commands,) = [request.json for request in world.env.http_requests if request.method == "PUT"]
    (checkin,) = [command for command in commands if command["name"] == "checkin"]
    told = "Cuenta lo que lograste hoy"
    assert checkin["description_localizations"] == {"es-ES": told, "es-419": told}
    assert not any(each.get("name_localizations") for each in called(commands))
    (day,) = [option for option in checkin["options"] if option["name"] == "day"]
    assert day["choices"][0]["name_localizations"] == {"es-ES": "hoy", "es-419": "hoy"}


def called(commands: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All that is called by what is typed: commands, groups and options, but no choices."""
    for command in commands:
        yield command
        yield from called(command.get("options", []))


async def test_a_spanish_server_is_spoken_to_in_spanish_and_its_english_member_in_english(
    simcord_env: Any, simcord_bot: Autodidact, clock: Any
) -> None:
    clock.env = simcord_env
    world = World(simcord_env, simcord_bot, "es-ES")
    await world.set_up(hour=9, zone="Etc/UTC")
    answer = await world.plan(days="every day")
    assert "Days" in said(answer)
    await world.pass_time(hours=9)
    (prompt,) = world.posted()
    assert prompt.content == "Nadie ha registrado su día todavía. ¿Quién empieza?"
    assert prompt.embeds[0].footer.text == "jueves, 1 de enero de 2026"
    assert [label_of(item) for row in prompt.components for item in getattr(row, "children", ())] == [
        "Registrar el día"
    ]
    await world.check_in()
    await world.pass_time(seconds=5)
    (thread,) = [r.json["name"] for r in simcord_env.http_requests if r.path.endswith("/threads")]
    assert thread == "Registros · 1 de enero"
    assert [
        broken for r in simcord_env.http_requests for broken in violations(r.method, r.path, r.json)
    ] == []


def label_of(item: Any) -> str | None:
    assert isinstance(item, discord.Button)
    return item.label


async def test_a_spanish_member_of_an_english_server_is_answered_in_spanish(
    world: World, speak_as: Callable[[Any, str], None]
) -> None:
    speak_as(world.member, "es-419")
    await world.set_up(hour=9, zone="Etc/UTC")
    assert "No entiendo los días “nunca”" in said(await world.plan(days="nunca"))
    world.expect_error(UnknownDays)
    answer = await world.plan(days="lunes y jueves")
    assert "Días: lun, jue" in said(answer)
    await world.pass_time(hours=9)
    (prompt,) = world.posted()
    assert prompt.content == "Nobody has checked in yet. Who goes first?"


async def test_what_a_member_shares_is_in_the_language_of_those_who_read_it(
    world: World, speak_as: Callable[[Any, str], None]
) -> None:
    speak_as(world.member, "es-ES")
    await world.set_up()
    await world.check_in(done="Wrote the data loader", minutes="50")
    answer = await world.member.slash(world.channel, "progress")
    told = answer.response.attachments[0].description
    assert "Racha" in told
    shared = await world.member.click(answer.response, label="Compartir")
    assert "shows what half a year came to" in shared.response.content
    assert "Streak: 1 due day in a row" in shared.response.attachments[0].description
