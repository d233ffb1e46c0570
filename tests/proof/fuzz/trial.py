"""Malice from outside, on the real process: everything addressed by everybody, with everything wrong."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

import hypothesis
from hypothesis import strategies as st

from bot.storage.migrations import migrate
from tests.proof.fuzz import targets
from tests.proof.fuzz.acts import Acting
from tests.proof.fuzz.lives import live
from tests.proof.fuzz.town import Who, found
from tests.proof.fuzz.witness import Witness
from tests.proof.houses import house
from tests.proof.outcomes import Outcome
from tests.wire.database_file import outstanding
from tests.wire.standin import PATIENT, StandIn
from tests.wire.standin.messages import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tests.proof.fuzz.acts import Act
    from tests.wire.standin import Interaction

ERRORS = "anything typed, pressed or forged: no unforeseen error"
ANSWERED = "the same: an answer, within Discord's limits, that calls nobody"
APART = "the same: nothing of another server seen or changed"
RIGHTS = "the same: nothing changed without the right to"
REACHED = "every command, option, button, select and form was reached"

TOLD_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Size:
    """How often each target is addressed and by how many, and for how long anything else is tried.

    `again` is how much of what was shown is tried once more when what it belongs to is gone.
    """

    rounds: int
    people: int
    examples: int
    seconds: float
    again: int


FULL = Size(rounds=4, people=3, examples=20_000, seconds=90.0, again=150)
SHORT = Size(rounds=1, people=1, examples=80, seconds=1.5, again=15)


async def trial(folder: Path, short: bool) -> Sequence[Outcome]:
    """Address everything in turn, then anything at random, then all again once what it belongs to is gone."""
    size = SHORT if short else FULL
    standin = StandIn(interaction_deadline=PATIENT)
    town = found(standin)
    path = folder / "filled.db"
    migrate(path)
    await live(path, town)
    async with house(folder, standin, path) as place:
        bot = await place.bots.start()
        await _quiet(place.database)
        acting = Acting(town, _numbers(place.database), targets.commands(standin.world.commands[None]))
        trial = _Trial(acting, Witness(town, bot, place.database))
        try:
            for number in range(size.rounds):
                await trial.everything(Random(number), size.people)
            await trial.anything(size)
            await trial.afterwards(Random(7), size.again)
            if not bot.running:
                trial.lose(ERRORS, "the process has ended", None)
        finally:
            trial.witness.close()
    return trial.outcomes()


def _numbers(path: Path) -> dict[str, list[int]]:
    """The numbers of rows, by table."""
    with closing(sqlite3.connect(path)) as db:
        tables = [
            name
            for (name,) in db.execute(
                "select tables.name from sqlite_schema as tables, pragma_table_info(tables.name) as columns "
                "where tables.type = 'table' and columns.name = 'id' "
                "and tables.name not in ('delivery', 'due')"
            )
        ]
        return {
            table: [number for (number,) in db.execute(f"select id from {table} order by random() limit 40")]
            for table in tables
            if not table.startswith(("yoyo", "_yoyo"))
        }


class _Trial:
    def __init__(self, acting: Acting, witness: Witness) -> None:
        self.acting, self.witness = acting, witness
        self.tried = 0
        self.reached: Counter[str] = Counter()
        self.lost: dict[str, dict[str, str]] = defaultdict(dict)
        self.failed: Counter[str] = Counter()
        self.slowest = 0.0
        self._items, self._forms = targets.items(), targets.forms()

    # -- what is done

    async def everything(self, random: Random, people: int) -> None:
        """Each target, by so many people who are not the same each time, soundly at first."""
        sound = self.tried == 0
        for command in self.acting.commands:
            for option in command.options:
                if option.get("autocomplete"):
                    await self.do(self.acting.complete(random, Who.RICH, command, option, sound=True))
            for who in _people(random, people):
                await self.do(self.acting.command(random, who, command, sound=sound))
        for item in self._items:
            for who in _people(random, people):
                await self.do(self.acting.press(random, who, item, sound=sound))
        for form in self._forms:
            for who in _people(random, people):
                await self.do(self.acting.form(random, who, form, sound=sound))

    async def anything(self, size: Size) -> None:
        """As hypothesis wills it, in a thread of its own, since it knows no event loop."""
        loop, until = asyncio.get_running_loop(), perf_counter() + size.seconds

        @hypothesis.settings(
            max_examples=size.examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(
            st.sampled_from(list(Who)),
            st.sampled_from(_KINDS),
            st.lists(st.text(max_size=300), max_size=3),
            st.integers(0, 2**32),
        )
        def one(who: Who, kind: str, drawn: Sequence[str], seed: int) -> None:
            # What there is to press depends on what was shown before, of which hypothesis knows nothing.
            if perf_counter() < until and self.failed[ANSWERED] < TOLD_AT_MOST:
                self.acting.drawn = drawn
                acts = self._acts(Random(seed), who, kind)
                asyncio.run_coroutine_threadsafe(self._do_all(acts), loop).result()

        await asyncio.to_thread(one)

    async def afterwards(self, random: Random, again: int) -> None:
        """All that was ever shown, once members are forgotten, polls dropped, leads gone, the server left."""
        town = self.acting.town
        for user in (town.people[Who.RICH], town.people[Who.MEMBER]):
            await self._forget(random, user)
        for _ in range(again):
            for who in (Who.RICH, Who.NEWCOMER):
                if act := self.acting.again(random, who):
                    await self.do(act)
        town.standin.leave(town.here.guild)
        for item in random.sample(self._items, min(again, len(self._items))):
            await self.do(self.acting.press(random, Who.STRANGER, item))

    async def _forget(self, random: Random, user: int) -> None:
        who = self.acting.town.who(user)
        forget = next(each for each in self.acting.commands if each.words == ("privacy", "forget"))
        interaction = await self.do(self.acting.command(random, who, forget, sound=True))
        message = interaction.message if interaction else None
        for component in walk(message["components"]) if message else ():
            if str(component.get("custom_id", "")).startswith("privacy:forget"):
                await self.acting.town.standin.click(message or {}, component["custom_id"], user)
        # That was no act to be judged.
        self.witness.look_again()

    def _acts(self, random: Random, who: Who, kind: str) -> Iterator[Act]:
        acting = self.acting
        match kind:
            case "command":
                yield acting.command(random, who, random.choice(acting.commands))
            case "complete":
                pairs = [(one, option) for one in acting.commands for option in one.options]
                typed = [(one, option) for one, option in pairs if option.get("autocomplete")]
                yield acting.complete(random, who, *random.choice(typed))
            case "press":
                yield acting.press(random, who, random.choice(self._items))
            case "form":
                yield acting.form(random, who, random.choice(self._forms))
            case "outdated":
                yield acting.outdated(random, who)
            case _:
                if act := acting.again(random, who):
                    yield act

    async def _do_all(self, acts: Iterable[Act]) -> None:
        for act in acts:
            interaction = await self.do(act)
            if interaction and interaction.type == 9:
                random = Random(self.tried)
                await self.do(self.acting.answered(random, act.who, interaction.data, act.ask.channel_id))

    async def do(self, act: Act) -> Interaction | None:
        """Send it, wait for all of the answer, and look at everything that must be true."""
        custom_id = str(act.ask.data.get("custom_id", ""))
        # Of these two everything is to stay until the end; whom others would forget does not matter.
        own = f":{act.ask.user_id}:" in custom_id and act.who in (Who.RICH, Who.MEMBER)
        if custom_id.startswith("privacy:forget") and own:
            return None
        self.tried += 1
        interaction = None
        try:
            interaction = await self.acting.town.standin.interactions.send(act.ask)
            self.reached[act.what] += 1
            self.slowest = max(self.slowest, interaction.elapsed)
            if interaction.type == 5:
                await _filled_in(interaction)
            self._remember(act, interaction)
        except TimeoutError as error:
            self.lose(ANSWERED, str(error).split(" within")[0][:20], act)
        for sentence in self.witness.errors():
            self.lose(ERRORS, sentence, act)
        for sentence in (*self.witness.passed_limits(), *self.witness.calls(interaction)):
            self.lose(ANSWERED, sentence, act)
        for sentence in self.witness.leaks(act):
            self.lose(APART, sentence, act)
        for sentence in self.witness.changes(act):
            self.lose(APART if "other server" in sentence else RIGHTS, sentence, act)
        return interaction

    def _remember(self, act: Act, interaction: Interaction) -> None:
        seen = self.acting.seen
        if interaction.type == 9:
            seen.forms = [*seen.forms[-200:], interaction.data]
        for message in (interaction.message, *interaction.followups):
            for component in walk(message["components"]) if message else ():
                if "custom_id" in component:
                    seen.components.append((component, message or {}))
                    if draft := _draft(component["custom_id"]):
                        seen.drafts = [*seen.drafts[-20:], draft]
        del seen.components[:-600]
        if interaction.choices:
            option = act.what.rsplit(" ", 1)
            seen.choices[option[0], option[1]] = [each["value"] for each in interaction.choices]

    # -- what came of it

    def lose(self, what: str, sentence: str, act: Act | None) -> None:
        """Note what did not hold, once for each kind of it."""
        self.failed[what] += 1
        self.lost[what].setdefault(_kind(sentence), f"{sentence} — {act}" if act else sentence)

    def outcomes(self) -> list[Outcome]:
        for sentence in self.witness.called_in_channels():
            self.lose(ANSWERED, sentence, None)
        names = [
            *(command.name for command in self.acting.commands),
            *(
                f"{command.name} {option['name']}"
                for command in self.acting.commands
                for option in command.options
                if option.get("autocomplete")
            ),
            *(item.name for item in self._items),
            *(form.name for form in self._forms),
        ]
        missed = [name for name in names if not self.reached[name]]
        figures = f"slowest answer {self.slowest * 1000:.0f} ms"
        return [
            *(
                Outcome(
                    what,
                    self.tried,
                    self.tried - self.failed[what],
                    list(self.lost[what].values())[:TOLD_AT_MOST],
                    figures if what == ANSWERED else "",
                )
                for what in (ERRORS, ANSWERED, APART, RIGHTS)
            ),
            Outcome(REACHED, len(names), len(names) - len(missed), [f"not reached: {one}" for one in missed]),
        ]


_KINDS = (
    "command",
    "command",
    "complete",
    "press",
    "press",
    "press",
    "form",
    "form",
    "again",
    "again",
    "outdated",
)


def _people(random: Random, count: int) -> Sequence[Who]:
    """Of whom most is stored, who may do most, and anybody; of fewer, one of the first two at least."""
    first = [Who.RICH, Who.MANAGER]
    random.shuffle(first)
    return [*first, random.choice(list(Who))][:count]


async def _quiet(path: Path) -> None:
    """Wait until the bot has said what it had to say, so that whatever changes then was changed by an act."""
    for _ in range(600):
        if not outstanding(path):
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the bot does not come to an end with what it has to say")


async def _filled_in(interaction: Interaction) -> None:
    changes = interaction.world.changes
    await changes.until(
        lambda: interaction.edits or interaction.followups or interaction.message is None,
        PATIENT,
        "a deferred answer",
    )


def _draft(custom_id: str) -> str:
    last = custom_id.rsplit(":", 1)[-1].removeprefix("d")
    return last if len(last) == 16 and all(char in "0123456789abcdef" for char in last) else ""


def _kind(sentence: str) -> str:
    return "".join(char for char in sentence if not char.isdigit())[:160]
