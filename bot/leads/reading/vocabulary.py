"""The word lists of the readers, from `data/words.txt`."""

from functools import cache
from importlib.resources import files


def words(section: str) -> frozenset[str]:
    """The words of one section of the file."""
    return _sections()[section]


@cache
def _sections() -> dict[str, frozenset[str]]:
    text = (files("bot.leads.reading") / "data" / "words.txt").read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += line.split()
    return {name: frozenset(found) for name, found in sections.items()}
