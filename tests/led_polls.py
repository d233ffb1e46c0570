"""Polls led from one phase to the next by what members do, for tests of what a phase does and how it ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.ideas.rules import IdeaText
from bot.polls.rules import Entry, Method, Phase, Poll, Scope
from bot.polls.service import PollView, Wanted
from bot.ranking.criteria import Criterion, Purpose
from bot.ranking.final import FinalResult
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.open_polls import numbered_ideas

WANTED = Wanted("What do we build?", Purpose.RESUME, Scope.EVERYONE, None, Method.SCORES, standing_open=False)


@dataclass(frozen=True, slots=True)
class Led:
    """A poll of a server, started by a member, the clock by which its phases end, and what it is told to."""

    services: Services
    clock: ManualClock
    messenger: FakeMessenger
    guild: int
    starter: int
    id: int

    async def view(self) -> PollView:
        return await self.services.polls.view(self.guild, self.id, self.starter)

    async def outcome(self) -> PollView:
        return await self.services.polls.outcome(self.guild, self.id, self.starter)

    async def final(self) -> FinalResult:
        """How its final was counted."""
        final = (await self.outcome()).final
        assert final is not None
        return final

    async def poll(self) -> Poll:
        return (await self.view()).poll

    async def phase(self) -> Phase:
        return (await self.poll()).phase

    async def ideas(self) -> list[str]:
        """The titles of what is in it, in order, what was withdrawn aside."""
        return [entry.title for entry in (await self.view()).standing_entries]

    async def entry(self, position: int) -> Entry:
        return (await self.view()).entries[position]

    async def add(self, count: int, user: int | None = None) -> list[int]:
        """Have a member add so many ideas that nobody has added yet; answers the ids of all ideas."""
        before = len((await self.view()).entries)
        for text in numbered_ideas(before + count)[before:]:
            await self.services.polls.add_idea(self.guild, user or self.starter, self.id, text)
        return [entry.idea_id for entry in (await self.view()).entries]

    async def open(self) -> None:
        await self.services.polls.open_voting(self.guild, self.starter, self.id, manages=True)

    async def tap(self, user: int, taps: int = 1) -> None:
        """Have a member tap so many cards; the higher its position, the better they like an idea."""
        for _ in range(taps):
            card = (await self.services.voting.deal(self.guild, user, self.id)).card
            assert card is not None
            best = max(entry.position for entry in card.ideas)
            await self.services.voting.tap(self.guild, user, card.id, best)

    async def end_cards(self) -> None:
        await self.services.polls.end_cards(self.guild, self.starter, self.id, manages=True)

    async def mark(self, user: int, best: int, others: Sequence[int] = ()) -> None:
        """Have a member give one finalist the best marks and all others, or some, the worst."""
        for position in others or (await self.poll()).shortlist:
            marks = dict.fromkeys(Criterion, 5 if position == best else 0)
            await self.services.voting.score(self.guild, user, self.id, position, marks)

    async def end_final(self) -> None:
        await self.services.polls.end_final(self.guild, self.starter, self.id, manages=True)

    async def when_time_is_over(self, *, hours_late: float = 0) -> None:
        """Let the time of its phase be over, and what is due be done."""
        until = (await self.poll()).until
        assert until is not None
        self.clock.set(until)
        self.clock.advance(hours=hours_late)
        await self.work()

    async def work(self) -> None:
        """What the bot does by itself by now."""
        for _ in range(2):
            await self.services.delivery.tick(self.messenger)

    async def withdraw(self, position: int) -> None:
        """Have its author withdraw an idea."""
        entry = await self.entry(position)
        await self.services.ideas.withdraw(self.guild, min(entry.authors), entry.idea_id)

    async def there(self) -> None:
        """Have a team say that its baseline is there."""
        build = next(build for build in (await self.view()).builds if build.is_running)
        await self.services.polls.baseline_there(
            self.guild, build.members[0], build.id, "https://demo.example"
        )

    async def move_on(self) -> None:
        """Have the first team that still builds move on."""
        build = next(build for build in (await self.view()).builds if build.is_running)
        await self.services.polls.move_on(self.guild, build.members[0], build.id, manages=False)


@dataclass(frozen=True, slots=True)
class Leader:
    """Whoever leads polls in a server from one phase to the next."""

    services: Services
    clock: ManualClock
    messenger: FakeMessenger
    guild: int = 1001
    channel: int = 55
    starter: int = 7

    async def started(
        self,
        scope: Scope = Scope.EVERYONE,
        *,
        invited: Collection[int] = (),
        method: Method = Method.SCORES,
        until: str | None = None,
        name: str = WANTED.name,
    ) -> Led:
        wanted = replace(WANTED, name=name, scope=scope, method=method, until=until)
        view = await self.services.polls.start(
            self.guild, self.starter, self.channel, wanted, may_ask_everyone=True
        )
        led = Led(self.services, self.clock, self.messenger, self.guild, self.starter, view.poll.id)
        if invited:
            await self.services.polls.invite(self.guild, self.starter, led.id, invited, manages=False)
        return led

    async def at_cards(
        self,
        ideas: int = 7,
        scope: Scope = Scope.EVERYONE,
        *,
        invited: Collection[int] = (),
        author: int | None = None,
    ) -> Led:
        led = await self.started(scope, invited=invited)
        await led.add(ideas, author)
        await led.open()
        return led

    async def at_final(
        self,
        ideas: int = 7,
        scope: Scope = Scope.EVERYONE,
        *,
        invited: Collection[int] = (),
        author: int | None = None,
    ) -> Led:
        """With three taps of the starter."""
        led = await self.at_cards(ideas, scope, invited=invited, author=author)
        await led.tap(self.starter, 3)
        await led.end_cards()
        return led

    async def at_baseline(
        self,
        ideas: int = 7,
        scope: Scope = Scope.EVERYONE,
        *,
        invited: Collection[int] = (),
        author: int | None = None,
    ) -> Led:
        led = await self.at_final(ideas, scope, invited=invited, author=author)
        await led.end_final()
        return led

    async def at(self, phase: Phase, *, author: int | None = None, scope: Scope = Scope.EVERYONE) -> Led:
        """A poll that is in a phase, the first there is."""
        match phase:
            case Phase.COLLECT:
                led = await self.started(scope)
                await led.add(7, author)
            case Phase.CARDS:
                led = await self.at_cards(scope=scope, author=author)
            case Phase.FINAL:
                led = await self.at_final(scope=scope, author=author)
            case Phase.DROPPED:
                led = await self.at_cards(scope=scope, author=author)
                await self.services.polls.drop(self.guild, self.starter, led.id, manages=True)
            case _:
                led = await self.at_baseline(scope=scope, author=author)
        if phase is Phase.CLOSED:
            await led.there()
        while phase is Phase.MOVED_ON and await led.phase() is not phase:
            await led.move_on()
        assert await led.phase() is phase
        return led


def an_idea(title: str) -> IdeaText:
    return IdeaText(title, "A problem", "An angle", "A baseline", "https://idea.example")
