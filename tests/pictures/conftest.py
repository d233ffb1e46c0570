"""Pictures drawn with the font of the Python package alone, so that they look the same on every machine."""

from collections.abc import Iterator

import pytest

from cogs.pictures import fonts, runs


@pytest.fixture
def only_inter(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any installed font."""
    monkeypatch.setattr(fonts, "FOLDERS", ())
    _forget()
    yield
    _forget()


def _forget() -> None:
    fonts.installed_files.cache_clear()
    runs.runs.cache_clear()
