"""How the invented people vote and join: each by the appeal of an idea and a taste of their own, some hours
after a poll calls for it, also in polls that somebody who watches has started."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.polls.errors import CardsClosed, FinalClosed
from bot.polls.rules import Entry, Method, Phase, Scope
from bot.polls.service import PollView
from bot.ranking.criteria import BEST_MARK, Criterion
from demo.biography import Person

if TYPE_CHECKING:
    from demo.stage import Stage

TAPS_EACH = 12

FIRST_AFTER, EACH_AFTER = timedelta(minutes=40), timedelta(minutes=95)
"""When the first of them acts, and how long after the one before each other one does."""

TASTE, MOOD = 0.2, 0.15
"""How far somebody's own taste, and the mood of a moment, move an idea up or down, in appeal."""

BUILDERS = 3
"""How many more join what was picked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of them does in a phase of a poll, and when."""

    at: datetime
    person: Person
    view: PollView


class Electorate:
    """The invented people as voters.

    Left to those who watch is whoever looks after the server, and whom they have had start a poll or vote.
    """

    def __init__(self, stage: "Stage"):
        self._stage = stage
        self._done: set[tuple[int, Phase, str]] = set()

    async def next_at(self) -> datetime | None:
        """When the next of them does something."""
        return min([turn.at for turn in await self._turns()], default=None)

    async def take_part(self) -> bool:
        """Have all do what they would have done by now, one after the other; whether anybody did anything."""
        now, before = self._stage.env.now(), len(self._done)
        while turns := [turn for turn in await self._turns() if turn.at <= now]:
            turn = min(turns, key=lambda turn: turn.at)
            self._done.add(_key(turn.view, turn.person))
            # A poll may be settled, or everybody have voted, while somebody is at it.
            with suppress(CardsClosed, FinalClosed):
                await self._act(turn)
        return len(self._done) > before

    async def _act(self, turn: Turn) -> None:
        match turn.view.poll.phase:
            case Phase.CARDS:
                await self._tap(turn.person, turn.view)
            case Phase.FINAL:
                await self._cast(turn.person, turn.view)
            case Phase.BASELINE:
                await self._join(turn.person, turn.view)

    async def _turns(self) -> list[Turn]:
        stage, polls = self._stage, self._stage.services.polls
        turns: list[Turn] = []
        for poll in await polls.running(stage.guild.id):
            if poll.phase is not Phase.COLLECT:
                view = await polls.view(stage.guild.id, poll.id, stage.actors[stage.world.owner].id)
                turns += self._turns_in(view)
        return turns

    def _turns_in(self, view: PollView) -> Iterator[Turn]:
        at = view.poll.phase_since + FIRST_AFTER
        for person in self._called(view):
            if _key(view, person) not in self._done and not self._has_voted(person, view):
                yield Turn(at, person, view)
            at += EACH_AFTER

    def _has_voted(self, person: Person, view: PollView) -> bool:
        user_id = self._stage.actors[person.key].id
        seen = next((voter for voter in view.voters if voter.user_id == user_id), None)
        if seen is None or view.poll.phase is Phase.BASELINE:
            return False
        return seen.taps > 0 if view.poll.phase is Phase.CARDS else seen.counts_in_final

    def _called(self, view: PollView) -> Sequence[Person]:
        """Who acts in the phase of a poll, in the order in which they do."""
        poll = view.poll
        people = [person for person in self._stage.world.people if self._takes_part(person, view)]
        random.Random(poll.id).shuffle(people)
        if poll.phase is Phase.BASELINE:
            return people[:BUILDERS] if poll.scope is Scope.EVERYONE else people
        return people

    def _takes_part(self, person: Person, view: PollView) -> bool:
        poll, user_id = view.poll, self._stage.actors[person.key].id
        if person.key == self._stage.world.owner:
            return False
        if user_id == poll.user_id:
            return poll.id in self._stage.polls.values()
        return poll.scope is Scope.EVERYONE or user_id in view.invited

    async def _tap(self, person: Person, view: PollView) -> None:
        voting, voter = self._stage.services.voting, (self._stage.guild.id, self._stage.actors[person.key].id)
        mood = random.Random(f"{person.key} {view.poll.id}")
        dealt = await voting.deal(*voter, view.poll.id)
        for _ in range(TAPS_EACH):
            if dealt.card is None:
                return
            best = max(dealt.card.ideas, key=lambda entry: self._liking(person, entry) + mood.gauss(0, MOOD))
            dealt = await voting.tap(*voter, dealt.card.id, best.position)

    async def _cast(self, person: Person, view: PollView) -> None:
        voting, voter = self._stage.services.voting, (self._stage.guild.id, self._stage.actors[person.key].id)
        finalists = {
            position: self._liking(person, view.entries[position]) for position in view.poll.shortlist
        }
        if view.poll.method is Method.RANKING:
            await voting.rank(*voter, view.poll.id, _places(finalists))
            return
        mood = random.Random(f"{person.key} marks {view.poll.id}")
        for position, liking in finalists.items():
            marks = {criterion: _mark(liking + mood.gauss(0, MOOD)) for criterion in Criterion}
            await voting.score(*voter, view.poll.id, position, marks)

    async def _join(self, person: Person, view: PollView) -> None:
        build = next((build for build in view.builds if build.is_running), None)
        user_id = self._stage.actors[person.key].id
        if build is not None and user_id not in build.members:
            await self._stage.services.builds.join(self._stage.guild.id, user_id, build.id)

    def _liking(self, person: Person, entry: Entry) -> float:
        taste = random.Random(f"{person.key} likes {entry.text.title}").gauss(0, TASTE)
        return self._stage.world.choosing.appeal(entry.text.title) + taste


def _key(view: PollView, person: Person) -> tuple[int, Phase, str]:
    return view.poll.id, view.poll.phase, person.key


def _places(finalists: Mapping[int, float]) -> dict[int, int]:
    order = sorted(finalists, key=finalists.__getitem__, reverse=True)
    return {position: place for place, position in enumerate(order, start=1)}


def _mark(liking: float) -> int:
    return min(max(round(liking * BEST_MARK), 0), BEST_MARK)
