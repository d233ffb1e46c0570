"""The texts of this repository, and the catalogues that it holds, as tests look at them."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.texts import LOCALE_FOLDER, catalogues
from tests.conftest import REPOSITORY

CATALOGUES = catalogues(LOCALE_FOLDER)


@cache
def template() -> Catalog:
    """What Babel extracts from this repository by babel.cfg."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "autodidact.pot"
        extract = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
        command = [*extract, "-F", "babel.cfg", "-o", str(path), "."]
        subprocess.run(command, cwd=REPOSITORY, check=True, timeout=60)
        with path.open("rb") as file:
            return read_po(file)


@cache
def catalogue(language: str) -> Catalog:
    """A catalogue, as a file that Babel reads without having to overlook anything."""
    with CATALOGUES[language].open("rb") as file:
        return read_po(file, abort_invalid=True)


def sources(message: Message) -> tuple[str, ...]:
    """The English of a message: its text, or its singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    """The translation of a message: its text, or all its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
