"""The image that was built, containers of it, and the figures that are told at the end."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.image.container import Container
from tests.image.image import Image
from tests.wire.bot_process import settings_for
from tests.wire.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FIGURES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash[FIGURES]:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> list[str]:
    """Lines that are told at the end."""
    return pytestconfig.stash[FIGURES]


@pytest.fixture(scope="session")
def image() -> Image:
    folder = Path(os.environ.get("AUTODIDACT_IMAGE_FOLDER", "build/image"))
    if not (folder / "image.json").exists():
        pytest.fail("there is no image: make image-check builds one and looks at it")
    return Image(folder)


class Containers:
    """Starts containers of the image on one stand-in and one /data."""

    def __init__(self, image: Image, standin: StandIn, folder: Path) -> None:
        self.image = image
        self.data = folder / "data"
        self._settings = settings_for(standin, folder)
        # Where the database lies is for the image to know.
        del self._settings["DATABASE"]
        self._launched: list[Container] = []
        # As an engine fills a new volume: with what the image has there, rights and owner with it.
        shutil.copytree(image.root / "data", self.data)
        status = (image.root / "data").stat()
        os.chown(self.data, status.st_uid, status.st_gid)

    async def launch(self, *command: str, **settings: str) -> Container:
        """Run the bot, or another command of its; `settings` by their names without AUTODIDACT_."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        own = self._settings | {"HEALTH_PORT": str(port)} | settings
        container = await Container.launch(self.image, self.data, own, *command)
        self._launched.append(container)
        return container

    async def start(self) -> Container:
        """Run the bot and wait until it is in its servers."""
        container = await self.launch()
        await container.line("ready in ")
        return container

    async def end(self) -> None:
        for container in self._launched:
            await container.kill()


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as standin:
        standin.add_guild("Night school")
        yield standin
    assert standin.violations == []


@pytest.fixture
async def containers(image: Image, standin: StandIn, tmp_path: Path) -> AsyncIterator[Containers]:
    containers = Containers(image, standin, tmp_path)
    yield containers
    await containers.end()
