"""Whatever goes wrong, the member gets a sentence, and what is unforeseen gets a code that is in the log."""

import re
import sqlite3
from typing import Any

import pytest

from bot.services import Services
from tests.cogs.conftest import World, said


def break_the_database(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_args: Any, **_options: Any) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(services.database, "write", broken)


def code_in(text: str) -> str:
    match = re.search(r"\*\*([A-Z2-9]{6})\*\*", text)
    assert match
    return match[1]


@pytest.mark.simcord(check_errors=False)
async def test_an_unforeseen_error_in_a_form_shows_a_code_and_gives_the_text_back(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()
    break_the_database(services, monkeypatch)
    answer = await world.check_in(done="Two hours of work", next="More of it")
    assert answer.ephemeral
    assert "Two hours of work" in said(answer)
    assert "More of it" in said(answer)
    assert code_in(said(answer)) in caplog.text
    assert "Two hours of work" not in caplog.text


@pytest.mark.simcord(check_errors=False)
async def test_an_unforeseen_error_in_a_command_shows_a_code(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()
    break_the_database(services, monkeypatch)
    answer = await world.plan(time="10:00")
    assert code_in(said(answer)) in caplog.text


@pytest.mark.simcord(check_errors=False)
async def test_an_unforeseen_error_behind_a_button_shows_a_code(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()
    answer = await world.check_in()

    async def broken(*_args: Any) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(services.database, "read", broken)
    refused = await world.member.click(answer.response, label="Change it")
    assert refused.ephemeral
    assert code_in(said(refused)) in caplog.text


async def test_texts_too_long_to_be_shown_come_back_as_a_file(world: World) -> None:
    import discord

    from cogs.ui.failures import TYPED_AT_MOST, _give_back  # the one pure piece behind the error path

    embed = discord.Embed(description="No.")
    file = _give_back(embed, {"Done": "x" * TYPED_AT_MOST, "Next": "y"})
    assert file is not None
    content = file.fp.read().decode()
    assert "x" * TYPED_AT_MOST in content
    assert content.endswith("y")
    await world.set_up()
