"""A language is added by a catalogue alone: commands, answers and errors come in the reader's language."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot import texts
from bot.polls.deliveries import PollContent
from bot.services import Services
from bot.texts import speaking
from cogs.checkins.cards import render_prompt
from cogs.client import Autodidact
from cogs.polls.message import render_poll
from tests.cogs.conftest import World
from tests.poll_views import poll, seen

GERMAN = {
    "checkin": "eintragen",
    "day": "tag",
    "Tell what you got done today": "Erzähl, was du heute geschafft hast",
    "Nobody has checked in yet. Who goes first?": "Noch niemand da. Wer fängt an?",
    "Check in": "Eintragen",
    "Collect": "Sammeln",
    "{count} of {goal} ideas": "{count} von {goal} Ideen",
}


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="de", domain=texts.DOMAIN)
    for source, translated in GERMAN.items():
        catalogue.add(source, translated)
    file = tmp_path / "de" / "LC_MESSAGES" / f"{texts.DOMAIN}.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_po(out, catalogue)
    monkeypatch.setattr(texts, "LOCALE_FOLDER", tmp_path)


@pytest.mark.usefixtures("german")
async def test_discord_is_told_the_commands_in_every_language(world: World, services: Services) -> None:
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    commands = [r.json for r in world.env.http_requests if r.method == "PUT"][-1]
    (checkin,) = [command for command in commands if command["name"] == "checkin"]
    assert checkin["description_localizations"] == {"de": "Erzähl, was du heute geschafft hast"}


async def test_discord_is_told_anew_when_a_catalogue_has_changed(
    world: World, services: Services, request: pytest.FixtureRequest
) -> None:
    def told() -> int:
        return sum(r.method == "PUT" and r.path.endswith("/commands") for r in world.env.http_requests)

    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert told() == 1
    request.getfixturevalue("german")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert told() == 2


@pytest.mark.usefixtures("german")
def test_a_prompt_is_written_in_the_language_of_its_server() -> None:
    from datetime import date

    from bot.checkins.deliveries import PromptContent

    content = PromptContent(date(2026, 1, 1), "What broke yesterday?", ())
    with speaking("de"):
        rendered = render_prompt(content, "a" * 24)
    assert rendered.text == "Noch niemand da. Wer fängt an?"
    assert rendered.embed is not None
    assert rendered.embed.footer.text == "Donnerstag, 1. Januar 2026"
    with speaking("fr"):
        assert render_prompt(content, "a" * 24).text == "Nobody has checked in yet. Who goes first?"


@pytest.mark.usefixtures("german")
def test_a_poll_is_written_in_the_language_of_its_server() -> None:
    content = PollContent(seen(poll()))
    with speaking("de"):
        rendered = render_poll(content, "a" * 24)
    assert rendered.embed is not None
    assert "**Sammeln** › Cards" in (rendered.embed.description or "")
    assert "3 von 20 Ideen" in (rendered.embed.description or "")
