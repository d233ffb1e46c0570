"""Interactions: what a member does, sent to the bot, and what the bot answers, with the time it took."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.wire.standin import asks, messages
from tests.wire.standin.attachments import Files
from tests.wire.standin.errors import ApiError
from tests.wire.standin.messages import EPHEMERAL, LOADING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.wire.standin.asks import Ask
    from tests.wire.standin.gateway import Gateway
    from tests.wire.standin.world import Json, World

DEADLINE, PATIENT = 3.0, 15.0
"""Seconds within which Discord wants an answer; and what a test of something else grants a busy machine."""

TOKEN_LIFE = 15 * 60.0
KEPT = 20_000
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction and all that the bot answered to it. `elapsed` is in seconds."""

    world: World
    ask: Ask
    id: int
    token: str
    created_at: float
    answered: asyncio.Future[None]
    started: float = 0.0
    elapsed: float = 0.0
    type: int = 0
    data: Json = field(default_factory=dict)
    message: Json | None = None
    edits: int = 0
    followups: list[Json] = field(default_factory=list)

    @property
    def choices(self) -> list[Json]:
        """What an autocomplete offered."""
        return list(self.data.get("choices", []))

    @property
    def ephemeral(self) -> bool:
        return bool(self.message and self.message["flags"] & EPHEMERAL)

    async def edited(self, times: int = 1, *, timeout: float = 5.0) -> Json:
        """Wait until the original response was edited (a deferred one: filled in), and return the message."""
        await self.world.changes.until(lambda: self.edits >= times, timeout, "an edit of the response")
        return self.message or {}

    async def followup(self, number: int = 1, *, timeout: float = 5.0) -> Json:
        """Wait for the follow-up message of that number, counted from one."""
        await self.world.changes.until(lambda: len(self.followups) >= number, timeout, "a follow-up")
        return self.followups[number - 1]

    def to_json(self) -> Json:
        names = ("type", "data", "elapsed", "message", "edits", "followups", "token")
        return {"id": str(self.id)} | {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Measurement:
    """`latencies` in seconds, one an interaction; `seconds` for all of them together."""

    latencies: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def to_json(self) -> Json:
        return {"latencies": self.latencies, "seconds": self.seconds, "per_second": self.per_second}


class Interactions:
    """Sends what members do and keeps what the bot answers."""

    def __init__(self, world: World, gateway: Gateway, deadline: float = DEADLINE) -> None:
        self.deadline = deadline
        self._world = world
        self._gateway = gateway
        self._by_token: dict[str, Interaction] = {}

    # -- what members do

    async def slash(
        self, channel: int, user: int, command: str, options: Mapping[str, Any] | None = None
    ) -> Interaction:
        """Use a slash command ("routine set" names a subcommand) and wait for the bot's first answer.

        Raises TimeoutError after Discord's 3 s, ValueError for what a Discord client would not let through.
        """
        return await self.send(asks.slash(self._world, channel, user, command, options or {}))

    async def autocomplete(
        self, channel: int, user: int, command: str, option: str, text: str
    ) -> Interaction:
        """Type `text` into an option; the answer's `choices` are what the member is offered."""
        return await self.send(asks.slash(self._world, channel, user, command, {option: text}, option))

    async def click(
        self, message: Json, custom_id: str, user: int, values: Sequence[str] | None = None
    ) -> Interaction:
        """Press a button, or choose `values` in a select. `custom_id` may be a shell pattern ("prompt:*")."""
        return await self.send(asks.click(self._world, message, custom_id, user, values))

    async def submit_modal(
        self, opened: Interaction | str, values: Mapping[str, Any], user: int | None = None
    ) -> Interaction:
        """Send the form which an earlier answer (or the token of it) opened.

        `values` is by custom_id or by label; what is left out keeps the value the form came with.
        """
        source = self._by_token[opened] if isinstance(opened, str) else opened
        return await self.send(asks.submit(source.ask, source.type == MODAL, source.data, values, user))

    async def send(self, ask: Ask) -> Interaction:
        sessions = self._gateway.sessions_of(ask.guild_id)
        if not sessions:
            raise RuntimeError("no session of the bot would hear of this interaction")
        number, token = self._world.snowflake(), secrets.token_hex(16)
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        interaction = Interaction(self._world, ask, number, token, self._world.now(), answered)
        self._by_token[token] = interaction
        if len(self._by_token) > KEPT:
            del self._by_token[next(iter(self._by_token))]
        payload = f'{{"id":"{number}","token":"{token}",{ask.text[1:]}'
        interaction.started = perf_counter()
        for session in sessions:
            session.dispatch("INTERACTION_CREATE", payload)
        try:
            async with asyncio.timeout(self.deadline):
                await answered
        except TimeoutError:
            raise TimeoutError(f"no answer to {ask.what} within {self.deadline:g} s") from None
        return interaction

    # -- measured load

    async def measure(
        self,
        channel: int,
        users: Sequence[int],
        count: int,
        in_flight: int = 1,
        *,
        slash: str | None = None,
        options: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        custom_id: str | None = None,
    ) -> Measurement:
        """Run `count` interactions, `in_flight` at a time, the users taking turns.

        `slash` alone measures the command. `slash` and `values`: it opens a form each time, all before and
        unmeasured, and submitting these values is measured. `custom_id` and `values`: submits a form that the
        bot did not open.
        """
        turns = [users[number % len(users)] for number in range(count)]
        if slash is not None:
            by_user = {user: asks.slash(self._world, channel, user, slash, options or {}) for user in users}
            load = [by_user[user] for user in turns]
            if values is not None:
                opened, _ = await self._run(load, in_flight)
                load = [asks.submit(each.ask, each.type == MODAL, each.data, values) for each in opened]
        elif custom_id is not None and values is not None:
            load = [asks.submit_unopened(self._world, channel, user, custom_id, values) for user in turns]
        else:
            raise ValueError("name a slash command, or a custom_id with values")
        for ask in load:
            ask.prepare()
        answers, seconds = await self._run(load, in_flight)
        return Measurement([answer.elapsed for answer in answers], seconds)

    async def _run(self, load: Sequence[Ask], in_flight: int) -> tuple[list[Interaction], float]:
        remaining = iter(load)
        answers: list[Interaction] = []

        async def work() -> None:
            for ask in remaining:
                answers.append(await self.send(ask))

        started = perf_counter()
        await asyncio.gather(*(work() for _ in range(in_flight)))
        return answers, perf_counter() - started

    # -- what the bot answers

    def by_token(self, token: str) -> Interaction:
        """The interaction of a webhook token, whose life is 15 minutes."""
        interaction = self._by_token.get(token)
        if interaction is None:
            raise ApiError(10015)
        if self._world.now() - interaction.created_at > TOKEN_LIFE:
            raise ApiError(50027)
        return interaction

    def answer(self, interaction_id: int, token: str, body: Json, files: Files) -> Json:
        """The interaction callback: the first answer, taken once and within the deadline."""
        now, interaction = perf_counter(), self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise ApiError(10062)
        if interaction.type:
            raise ApiError(40060)
        if now - interaction.started > self.deadline:
            raise ApiError(10062)
        kind, data = body["type"], body.get("data") or {}
        if kind in (MESSAGE, DEFERRED_MESSAGE):
            interaction.message = self._compose(interaction, data, files, deferred=kind == DEFERRED_MESSAGE)
        elif kind in (UPDATE, DEFERRED_UPDATE):
            interaction.message = interaction.ask.message
            if kind == UPDATE and interaction.message:
                self._edit(interaction.message, data, files)
        elif kind == MODAL:
            messages.number(data["components"])
        interaction.type, interaction.data = kind, data
        interaction.elapsed = now - interaction.started
        if not interaction.answered.done():
            interaction.answered.set_result(None)
        details: Json = {"id": str(interaction.id), "type": interaction.ask.type}
        resource: Json = {"type": kind}
        if interaction.message:
            details["response_message_id"] = interaction.message["id"]
            details["response_message_loading"] = kind == DEFERRED_MESSAGE
            details["response_message_ephemeral"] = interaction.ephemeral
            resource["message"] = interaction.message
        return {"interaction": details, "resource": resource}

    def edit_original(self, interaction: Interaction, body: Json, files: Files) -> Json:
        if interaction.message is None:
            raise ApiError(10008)
        loading = interaction.message["flags"] & LOADING
        interaction.message["flags"] &= ~LOADING
        self._edit(interaction.message, body, files)
        if loading:
            interaction.message["edited_timestamp"] = None
        interaction.edits += 1
        self._world.changes.notify()
        return interaction.message

    def follow_up(self, interaction: Interaction, body: Json, files: Files) -> Json:
        """Another message; the first one after "thinking" takes the place of that."""
        if not interaction.type:
            raise ApiError(10015)
        if interaction.message and interaction.message["flags"] & LOADING:
            return self.edit_original(interaction, {k: v for k, v in body.items() if k != "flags"}, files)
        message = self._compose(interaction, body, files, deferred=False)
        interaction.followups.append(message)
        self._world.changes.notify()
        return message

    def find_message(self, interaction: Interaction, message_id: int) -> Json:
        own = [*interaction.followups, *([interaction.message] if interaction.message else [])]
        for message in own:
            if int(message["id"]) == message_id:
                return message
        raise ApiError(10008)

    def edit_message(self, interaction: Interaction, message: Json, body: Json, files: Files) -> Json:
        if message is interaction.message:
            return self.edit_original(interaction, body, files)
        return self._edit(message, body, files)

    def delete_message(self, interaction: Interaction, message: Json) -> None:
        channel = self._world.channel(int(message["channel_id"]))
        if int(message["id"]) in channel.messages:
            messages.delete(self._world, channel, int(message["id"]))
        if message is interaction.message:
            interaction.message = None
        else:
            interaction.followups.remove(message)

    def _compose(self, interaction: Interaction, data: Json, files: Files, *, deferred: bool) -> Json:
        channel = self._world.channel(interaction.ask.channel_id)
        flags = (data.get("flags") or 0) | (LOADING if deferred else 0)
        body = data | {"flags": flags}
        message = messages.compose(self._world, channel, body, files, check=not deferred)
        message |= {"application_id": self._world.bot["id"], "webhook_id": self._world.bot["id"]}
        message |= {"type": 20 if interaction.ask.type == 2 else 0}
        if not flags & EPHEMERAL:
            messages.add(self._world, channel, message)
        return message

    def _edit(self, message: Json, body: Json, files: Files) -> Json:
        channel = self._world.channel(int(message["channel_id"]))
        return messages.edit(self._world, channel, message, body, files)
