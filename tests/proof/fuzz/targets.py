"""Everything that can be addressed: commands, lasting buttons and selects, forms; found, not listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cogs.client import FEATURES
from cogs.ui.selects import LastingChannelSelect, LastingSelect, LastingUserSelect

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

Json = dict[str, Any]

BUTTON, STRING_SELECT, USER_SELECT, CHANNEL_SELECT = 2, 3, 5, 8


@dataclass(frozen=True, slots=True)
class Command:
    """A command or subcommand as the bot registered it: its words, and what it takes."""

    id: str
    words: tuple[str, ...]
    kinds: tuple[int, ...]
    options: tuple[Json, ...]

    @property
    def name(self) -> str:
        return "/" + " ".join(self.words)

    def data(self, given: Sequence[Json]) -> Json:
        """The data of an interaction that uses it, with these options as they are."""
        inner = list(given)
        for word, kind in zip(reversed(self.words[1:]), reversed(self.kinds[1:]), strict=True):
            inner = [{"name": word, "type": kind, "options": inner}]
        return {"id": self.id, "name": self.words[0], "type": 1, "options": inner}


@dataclass(frozen=True, slots=True)
class Item:
    """A lasting button or select: the kind of its component, and its pattern."""

    name: str
    component: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form that the bot takes."""

    name: str
    pattern: re.Pattern[str]


def commands(declared: Sequence[Json]) -> list[Command]:
    """What the bot told Discord that it can be asked for."""
    return [leaf for each in declared for leaf in _leaves(each["id"], (), (), each)]


def _leaves(number: str, words: tuple[str, ...], kinds: tuple[int, ...], level: Json) -> Iterator[Command]:
    words, kinds = (*words, level["name"]), (*kinds, level.get("type") or 1)
    options = level.get("options") or []
    inner = [each for each in options if each["type"] in (1, 2)]
    if not inner:
        yield Command(number, words, kinds, tuple(options))
    for each in inner:
        yield from _leaves(number, words, kinds, each)


def items() -> list[Item]:
    """Every lasting button and select that a feature registers."""
    found = []
    for feature in FEATURES:
        for item in feature.buttons:
            name = f"{item.__module__.removeprefix('cogs.')}.{item.__name__}"
            found.append(Item(name, _component(item), item.__discord_ui_compiled_template__))
    return found


def _component(item: type[Any]) -> int:
    for kind, number in (
        (LastingSelect, STRING_SELECT),
        (LastingUserSelect, USER_SELECT),
        (LastingChannelSelect, CHANNEL_SELECT),
    ):
        if issubclass(item, kind):
            return number
    return BUTTON


def forms() -> list[FormOf]:
    """Every form that a feature takes."""
    made: Any = None
    routes = [route for feature in FEATURES for route in feature(made).forms]
    return [FormOf(f"form {route.pattern.pattern}", route.pattern) for route in routes]
