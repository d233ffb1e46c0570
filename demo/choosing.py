"""What the invented people would like to build, and the polls by which they choose, as ideas.toml tells."""

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.ideas.rules import IdeaText
from bot.polls.errors import NotAtTheCards, NotInTheFinal
from bot.polls.rules import Method, Scope
from bot.polls.service import Wanted
from bot.ranking.criteria import Purpose

if TYPE_CHECKING:
    from demo.doings import Doing
    from demo.stage import Stage

FILE = Path(__file__).parent / "ideas.toml"


@dataclass(frozen=True, slots=True)
class PlannedIdea:
    """An idea, when its author adds it to a poll, and how good it is to them all, from 0 to 1."""

    poll: str
    by: str
    at: datetime
    text: IdeaText
    appeal: float


@dataclass(frozen=True, slots=True)
class PlannedPoll:
    """A poll, and when its starter ends each phase; of a poll that waits for whoever watches, nobody does."""

    key: str
    name: str
    by: str
    at: datetime
    who: str
    purpose: str
    until: str
    channel: str
    invited: Sequence[str] = ()
    opened: datetime | None = None
    cards_ended: datetime | None = None
    final_ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choosing:
    """All polls and ideas."""

    polls: Sequence[PlannedPoll]
    ideas: Sequence[PlannedIdea]

    def appeal(self, title: str) -> float:
        """How good an idea is to them all; one that somebody thought of while watching is in between."""
        return next((idea.appeal for idea in self.ideas if idea.text.title == title), 0.6)


def load() -> Choosing:
    """What the file says."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Choosing(
        [PlannedPoll(**_in_utc(entry)) for entry in table["poll"]],
        [_idea(_in_utc(entry)) for entry in table["idea"]],
    )


def _idea(entry: dict[str, Any]) -> PlannedIdea:
    own = {name: entry.pop(name) for name in ("poll", "by", "at", "appeal")}
    return PlannedIdea(text=IdeaText(**entry), **own)


def _in_utc(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.astimezone(UTC) if isinstance(value, datetime) else value for name, value in entry.items()
    }


def starts(planned: PlannedPoll) -> "Doing":
    """Somebody starts a poll, and invites whom they want in it."""

    async def happen(stage: "Stage") -> None:
        wanted = Wanted(
            planned.name,
            Purpose(planned.purpose),
            Scope(planned.who),
            planned.until,
            Method.SCORES,
            standing_open=False,
        )
        whose = stage.guild.id, stage.actors[planned.by].id
        channel_id = stage.channels[planned.channel].id
        view = await stage.services.polls.start(*whose, channel_id, wanted, may_ask_everyone=True)
        if planned.invited:
            people = [stage.actors[key].id for key in planned.invited]
            await stage.services.polls.invite(*whose, view.poll.id, people, manages=False)
        stage.polls[planned.key] = view.poll.id

    return happen


def adds(planned: PlannedIdea) -> "Doing":
    """Somebody adds an idea to a poll."""

    async def happen(stage: "Stage") -> None:
        poll_id, user_id = stage.polls[planned.poll], stage.actors[planned.by].id
        await stage.services.polls.add_idea(stage.guild.id, user_id, poll_id, planned.text)

    return happen


def opens(planned: PlannedPoll) -> "Doing":
    """The starter opens the cards."""

    async def happen(stage: "Stage") -> None:
        whose = stage.guild.id, stage.actors[planned.by].id
        await stage.services.polls.open_voting(*whose, stage.polls[planned.key], manages=False)

    return happen


def ends_cards(planned: PlannedPoll) -> "Doing":
    """The starter ends the cards, unless the poll was settled before."""

    async def happen(stage: "Stage") -> None:
        whose, poll_id = (stage.guild.id, stage.actors[planned.by].id), stage.polls[planned.key]
        with suppress(NotAtTheCards):
            await stage.services.polls.end_cards(*whose, poll_id, manages=False)

    return happen


def ends_final(planned: PlannedPoll) -> "Doing":
    """The starter ends the final, unless everybody had voted before."""

    async def happen(stage: "Stage") -> None:
        whose, poll_id = (stage.guild.id, stage.actors[planned.by].id), stage.polls[planned.key]
        with suppress(NotInTheFinal):
            await stage.services.polls.end_final(*whose, poll_id, manages=False)

    return happen
