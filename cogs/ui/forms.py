"""Forms: modals whose answers are handled by their custom id, so that a form outlives a restart.

discord.py forgets every open modal when the process ends, and with it what the person is typing. So a form
here only shows fields; what is sent comes to the client, which finds the handler by the custom id.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import discord

from bot.texts import speak
from cogs.ui import counting
from cogs.ui.failures import answer_error

FORM_LASTS = 15 * 60.0

Handler = Callable[[discord.Interaction[Any], re.Match[str], Mapping[str, str]], Awaitable[None]]
"""Takes what was filled in, by custom id; where several options are chosen, each is a line."""


@dataclass(frozen=True, slots=True)
class FormRoute:
    """Which handler takes the forms whose custom id matches a pattern."""

    pattern: re.Pattern[str]
    handler: Handler


class Form(discord.ui.Modal):
    """A modal that is only shown; see FormRoute for what becomes of its answers."""

    def __init__(self, *, title: str, custom_id: str):
        super().__init__(title=title, custom_id=custom_id, timeout=FORM_LASTS)

    def add_field(self, text: str, component: discord.ui.Item[Any], description: str | None = None) -> None:
        """Add a component under a label."""
        self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Nothing: the client hands the answers to the form's route."""


async def handle_form(interaction: discord.Interaction[Any], routes: list[FormRoute]) -> bool:
    """Hand a sent form to its route; False where none knows its custom id."""
    data: Mapping[str, Any] = cast(Mapping[str, Any], interaction.data or {})
    for route in routes:
        match = route.pattern.fullmatch(str(data.get("custom_id", "")))
        if match is not None:
            speak(interaction.locale.value)
            counting.begin(interaction)
            try:
                await route.handler(interaction, match, dict(_values(data.get("components", ()))))
            except Exception as error:
                await answer_error(interaction, error)
            counting.count(interaction, counting.name_of(match.string))
            return True
    return False


def _values(components: Any) -> Iterator[tuple[str, str]]:
    for component in components:
        if "component" in component:
            yield from _values([component["component"]])
        elif "components" in component:
            yield from _values(component["components"])
        elif "custom_id" in component:
            value = component.get("value")
            if value is None:
                value = "\n".join(map(str, component.get("values") or ()))
            yield component["custom_id"], str(value)
