"""A poll in which members vote: what they press, and what they see by it."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.ideas.rules import IdeaText
from bot.services import Services
from tests.cogs.conftest import World, shown_values
from tests.open_polls import Chair, numbered_ideas, open_poll

UNTIL_IT_IS_POSTED = 10


class Booth:
    """A poll whose cards are open, under a message in the check-in channel."""

    def __init__(self, world: World, services: Services, poll_id: int):
        self.world, self.services, self.poll_id = world, services, poll_id

    @classmethod
    async def opened(
        cls, world: World, services: Services, ideas: Sequence[IdeaText] | int = 8, **options: Any
    ) -> "Booth":
        """The admin starts it, with so many ideas of theirs."""
        await world.set_up(zone="Etc/UTC")
        texts = numbered_ideas(ideas) if isinstance(ideas, int) else ideas
        chair = Chair(world.guild.id, world.channel.id, world.admin.id)
        view = await open_poll(services, chair, texts, **options)
        await world.pass_time(seconds=UNTIL_IT_IS_POSTED)
        return cls(world, services, view.poll.id)

    @property
    def message(self) -> discord.Message:
        """The bot's newest message in the channel whose buttons are about the poll."""
        mine = [
            message
            for message in self.world.posted()
            if any(f":{self.poll_id}" in custom_id for custom_id in _message_custom_ids(message))
        ]
        return mine[-1]

    async def enter(self, door: str, member: Any = None) -> Any:
        """Press the button whose custom id says so under the poll's message: vote, ballot or own."""
        found = [
            (message, custom_id)
            for message in self.world.posted()
            for custom_id in _message_custom_ids(message)
            if custom_id.startswith(f"poll:{door}:") and custom_id.endswith(f":{self.poll_id}")
        ]
        message, custom_id = found[-1]
        return await (member or self.world.member).click(message, custom_id=custom_id)

    async def vote(self, member: Any = None) -> Any:
        return await self.enter("vote", member)

    async def press(self, answer: Any, label: str, member: Any = None) -> Any:
        return await (member or self.world.member).click(answer.response, label=label)

    async def tap(self, answer: Any, number: int = 1, member: Any = None) -> Any:
        """Press the button of the idea that stands there on a card, from one on."""
        return await (member or self.world.member).click(
            answer.response, custom_id=tap_ids(answer)[number - 1]
        )

    async def send(self, form: Any, member: Any = None, **chosen: str) -> Any:
        """Send a form of selects; those that are not named go as they were shown, and "" chooses nothing."""
        values = {**shown_values(form.modal), **chosen}
        lists = {name: [value] if value else [] for name, value in values.items()}
        return await (member or self.world.member).submit_modal(form, lists)

    async def to_the_final(self) -> None:
        """Somebody taps, and the starter ends the cards."""
        await self.tap(await self.vote())
        await self.services.polls.end_cards(
            self.world.guild.id, self.world.admin.id, self.poll_id, manages=False
        )
        await self.world.pass_time(seconds=UNTIL_IT_IS_POSTED)

    async def end_final(self) -> None:
        await self.services.polls.end_final(
            self.world.guild.id, self.world.admin.id, self.poll_id, manages=False
        )
        await self.world.pass_time(seconds=UNTIL_IT_IS_POSTED)

    async def taps(self, member: Any = None) -> int:
        """How many taps of a member's are stored."""
        own = await self.services.voting.own(
            self.world.guild.id, (member or self.world.member).id, self.poll_id
        )
        return own.taps


def _message_custom_ids(message: discord.Message) -> list[str]:
    return [
        item.custom_id or ""
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.Button)
    ]


def buttons(answer: Any) -> list[list[dict[str, Any]]]:
    """The rows of buttons of an answer."""
    return [row["components"] for row in answer.response.components]


def labels(answer: Any) -> list[str]:
    return [button["label"] for row in buttons(answer) for button in row]


def tap_ids(answer: Any) -> list[str]:
    """The custom ids of the buttons by which the ideas of a card are tapped, in their order."""
    ids = [button["custom_id"] for row in buttons(answer) for button in row]
    return [each for each in ids if each.startswith("poll:tap:")]


def shown(answer: Any) -> list[int]:
    """The ideas of a card by their positions in the poll, in their order."""
    return [int(custom_id.split(":")[4]) for custom_id in tap_ids(answer)]


def footer(answer: Any) -> str:
    return answer.response.embeds[0].footer.text or ""


def title(answer: Any) -> str:
    return answer.response.embeds[0].title or ""


def text(answer: Any) -> str:
    return answer.response.embeds[0].description or ""
