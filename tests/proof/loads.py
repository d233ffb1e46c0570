"""What people do all at once in the servers of a village, each act with what it promises.

Whoever is answered that something is done relies on it; whoever is not, knows nothing, and may do it again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cogs.ui import colours
from tests.proof.promises import NOTHING, Promises, Refused, Unsure, ballot_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from random import Random

    from tests.proof.village import Village
    from tests.wire.standin import Interaction, StandIn
    from tests.wire.standin.world import Json

GOALS_EACH, NOTES_EACH, IDEAS_EACH, SUGGESTIONS_EACH = 3, 20, 50, 6
RESOURCES = range(1, 40)
STATES = ("applied", "interviewing", "offer", "rejected")
LOOK_BACK_OFF = -1
NOT_HEARD = "My answer did not reach Discord"
"""Begins what members read where the first answer got lost: they look whether it was kept."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does things in a village."""

    village: Village
    user: int

    @property
    def ids(self) -> tuple[int, int]:
        """By which the database knows them."""
        return self.village.guild, self.user


class Crowd:
    """Everybody who does things: `begin`, and `end` once the bot is gone."""

    def __init__(
        self, standin: StandIn, villages: Sequence[Village], promises: Promises, chance: Random
    ) -> None:
        self._standin = standin
        self._promises = promises
        self._chance = chance
        self._idle = [Person(village, user) for village in villages for user in village.doers]
        self._numbers = 0
        self._given: Counter[tuple[str, int, int]] = Counter()
        self._screens: dict[tuple[str, Person], Json] = {}
        self._working: list[asyncio.Task[None]] = []
        self.lost: list[str] = []
        self.settable = {village.guild for village in villages}
        """Servers whose settings may change: whatever is planned there is planned anew by that."""
        self._acts: dict[Callable[[Person], Coroutine[Any, Any, None]], int] = {
            self._check_in: 6,
            self._delete_check_in: 1,
            self._tap: 6,
            self._rank: 2,
            self._pursue: 4,
            self._note: 2,
            self._set_goal: 2,
            self._tick_goal: 2,
            self._mark: 4,
            self._suggest: 1,
            self._focus: 2,
            self._add_idea: 1,
            self._prefer: 1,
            self._plan: 1,
            self._choose_day: 1,
        }

    def begin(self, at_once: int) -> None:
        """Have so many people do one thing after another from now on."""
        at_once = min(at_once, len(self._idle))
        self._working = [asyncio.create_task(self._work()) for _ in range(at_once)]

    async def end(self) -> None:
        """Have them all stop where they are; who was not answered yet never will be."""
        for task in self._working:
            task.cancel()
        for error in await asyncio.gather(*self._working, return_exceptions=True):
            if isinstance(error, Exception):
                self.lost.append(f"a member's act failed: {error!r}")
        self._working = []

    async def _work(self) -> None:
        while True:
            person = self._idle.pop(self._chance.randrange(len(self._idle)))
            (act,) = self._chance.choices(list(self._acts), list(self._acts.values()))
            try:
                await act(person)
            except Unsure:
                pass
            except Refused as refused:
                self.lost.append(f"{act.__name__.strip('_')} was refused: {refused}")
            except TimeoutError as late:
                self.lost.append(str(late))
            finally:
                self._idle.append(person)
            # Nobody in here waits for anything where an act had nothing to do.
            await asyncio.sleep(0)

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _may_yet(self, what: str, person: Person, limit: int) -> bool:
        """Whether somebody has room for one more of what the bot takes only so many of."""
        self._given[what, *person.ids] += 1
        return self._given[what, *person.ids] <= limit

    # -- what they do

    async def _slash(self, person: Person, command: str, **options: Any) -> Interaction:
        return accepted(await self._standin.slash(person.village.channel, person.user, command, options))

    async def _click(self, person: Person, message: Json | None, custom_id: str, *values: str) -> Interaction:
        return accepted(await self._standin.click(message or {}, custom_id, person.user, values))

    async def _check_in(self, person: Person) -> None:
        form = await self._slash(person, "checkin")
        link = f"https://work.example/{self._number()}"
        done = f"wrote more of {link}"
        with self._promises.of(self._check_in_key(person), f"{done} {link}"):
            accepted(await self._standin.submit_modal(form, {"done": done}))

    def _check_in_key(self, person: Person) -> tuple[str | int, ...]:
        return "check-in", *person.ids, person.village.day

    async def _delete_check_in(self, person: Person) -> None:
        key = self._check_in_key(person)
        if self._promises.known(key) is NOTHING:
            return
        recent = await self._slash(person, "checkins")
        day = await self._click(person, recent.message, "checkin:recent:v1", person.village.day)
        sure = await self._click(person, day.message, "checkin:delete:*")
        with self._promises.of(key, NOTHING):
            await self._click(person, sure.message, "checkin:deleted:*")

    async def _tap(self, person: Person) -> None:
        # A card stays on the screen when the bot dies; pressing the same button again must not count twice.
        screen = self._screens.get(("card", person))
        if screen is None or self._chance.random() < 0.5:
            poll = self._posted(person.village, f"poll:vote:*:{person.village.cards_poll}")
            if poll is None:
                return
            opened = await self._click(person, poll, "poll:vote:*")
            screen = self._screens["card", person] = opened.message or {}
        buttons = ids_of(screen, "poll:tap:")
        if not buttons:
            del self._screens["card", person]
            return
        button = buttons[person.user % len(buttons)]
        card, position = map(int, button.split(":")[3:5])
        with suppress(CardsAreClosed), self._promises.of(("tap", card), position):
            answer = await self._click(person, screen, button)
            if ids_of(answer.message or {}, "poll:ballot:"):
                raise CardsAreClosed

    async def _rank(self, person: Person) -> None:
        poll_id = person.village.final_poll
        poll = self._posted(person.village, f"poll:ballot:*:{poll_id}")
        if poll is None:
            return
        ballot = await self._click(person, poll, f"poll:ballot:*:{poll_id}")
        form = await self._click(person, ballot.message, "poll:order:*")
        positions = [field["component"]["custom_id"] for field in form.data["components"]]
        places = {position: self._chance.randint(1, 5) for position in positions}
        values = {position: [str(place)] for position, place in places.items()}
        with self._promises.of(("ballot", poll_id, person.user), ballot_text(places)):
            accepted(await self._standin.submit_modal(form, values))

    async def _pursue(self, person: Person) -> None:
        latest = await self._slash(person, "leads latest")
        lead = self._chance.choice(options_of(latest.message or {}, "leads:open:"))
        card = await self._click(person, latest.message, "leads:open:*", lead)
        key = ("job", *person.ids, int(lead))
        before = self._promises.known(key)
        if before is NOTHING:
            saved = ("saved", "saved")
            if self._chance.random() < 0.5:
                with self._promises.of(key, saved):
                    await self._click(person, card.message, "leads:pursue:v1:save:*")
            else:
                with self._promises.of(key, saved, ("saved", "applied", "applied")):
                    await self._click(person, card.message, "leads:pursue:v1:applied:*")
            return
        assert isinstance(before, tuple)
        page = await self._click(person, card.message, "leads:job:*")
        *steps, now = map(str, before)
        state = self._chance.choice([state for state in STATES if state != now])
        with self._promises.of(key, (*steps, state, state)):
            await self._click(person, page.message, "leads:state:*", state)

    async def _note(self, person: Person) -> None:
        tracker = await self._slash(person, "leads tracker")
        jobs = options_of(tracker.message or {}, "leads:jobs:")
        if not jobs or not self._may_yet("note", person, NOTES_EACH):
            return
        page = await self._click(person, tracker.message, "leads:jobs:*", self._chance.choice(jobs))
        form = await self._click(person, page.message, "leads:ask:v1:note:*")
        text = f"note number {self._number()}"
        with self._promises.of(("note", *person.ids, text), 1):
            accepted(await self._standin.submit_modal(form, {"text": text}))

    async def _set_goal(self, person: Person) -> None:
        if self._may_yet("goal", person, GOALS_EACH):
            text = f"goal number {self._number()}"
            with self._promises.of(("goal", *person.ids, text), "open"):
                await self._slash(person, "goal set", text=text)

    async def _tick_goal(self, person: Person) -> None:
        goals = (await self._slash(person, "goal list")).message or {}
        every = components_of(goals)
        buttons = [each for each in every if each.get("label", "").startswith(("Kept", "Undo"))]
        if not buttons:
            return
        button = self._chance.choice(buttons)
        what, _, text = button["label"].partition(": ")
        with self._promises.of(("goal", *person.ids, text), "kept" if what == "Kept" else "open"):
            await self._click(person, goals, button["custom_id"])

    async def _mark(self, person: Person) -> None:
        resource, marking = self._chance.choice(RESOURCES), self._chance.choice(["saved", "helped"])
        options = {"resource": str(resource)}
        page = await self._standin.slash(person.village.channel, person.user, "resource show", options)
        button = next(iter(ids_of(page.message or {}, f"resource:mark:v1:{marking}:")), None)
        if button is None:
            # The catalogue has some whose end it tells.
            return
        with self._promises.of((marking, *person.ids, resource), 1 if button.endswith(":1") else NOTHING):
            await self._click(person, page.message, button)

    async def _suggest(self, person: Person) -> None:
        if not self._may_yet("suggestion", person, SUGGESTIONS_EACH):
            return
        form = await self._slash(person, "resource suggest")
        number = self._number()
        values = {"address": f"https://new.example/{number}", "title": f"Number {number}"}
        values["good_for"] = "Whoever reads it knows one number more."
        with self._promises.of(("suggestion", person.village.guild, values["address"]), 1):
            accepted(await self._standin.submit_modal(form, values))

    async def _focus(self, person: Person) -> None:
        key = ("focus", *person.ids)
        before = self._promises.known(key)
        blocks, running = before if isinstance(before, tuple) else (0, False)
        begun = (int(blocks) + (not running), True)
        with self._promises.of(key, begun):
            block = await self._slash(person, "focus", minutes=25, effort="high")
        if running:
            with self._promises.of(key, (int(blocks), False)):
                await self._click(person, block.message, "focus:stop:*")

    async def _add_idea(self, person: Person) -> None:
        if not self._may_yet("idea", person, IDEAS_EACH):
            return
        form = await self._slash(person, "idea add")
        title = f"Idea number {self._number()}"
        with self._promises.of(("idea", *person.ids, title), 1):
            accepted(await self._standin.submit_modal(form, {"title": title}))

    async def _prefer(self, person: Person) -> None:
        shown = self._chance.choice(["streak", "consistency", "nothing"])
        with self._promises.of(("preference", *person.ids), NOTHING if shown == "nothing" else shown):
            await self._slash(person, "preferences", shown=shown)

    async def _plan(self, person: Person) -> None:
        at = f"{self._chance.randrange(24):02}:01"
        with self._promises.of(("routine", *person.ids), at):
            await self._slash(person, "routine set", days="every day", time=at, zone=person.village.zone)

    async def _choose_day(self, person: Person) -> None:
        village, day = person.village, self._chance.choice(range(LOOK_BACK_OFF, 7))
        # One admin: two at once would not know whose choice came last.
        if person.user != village.doers[0] or village.guild not in self.settable:
            return
        options = {"look_back_day": day}
        with self._promises.of(("look back", village.guild), NOTHING if day == LOOK_BACK_OFF else day):
            accepted(await self._standin.slash(village.channel, village.admin, "setup", options))

    def _posted(self, village: Village, custom_id: str) -> Json | None:
        """The bot's message in the channel that has a button, if it has come yet."""
        begins, _, ends = custom_id.partition("*")
        for message in self._standin.messages(village.channel):
            if any(each.endswith(ends) for each in ids_of(message, begins)):
                return message
        return None


class CardsAreClosed(Refused):
    """Enough people have tapped: the page that answers leads on to the final."""


def accepted(answer: Interaction) -> Interaction:
    """The same answer; raises Refused where it says that something is wrong, and Unsure where it may be."""
    for embed in answer.data.get("embeds") or ():
        if embed.get("color") == colours.PROBLEM.value and not ids_of(answer.data, "checkin:deleted:"):
            said = str(embed.get("description"))
            raise Unsure if said.startswith(NOT_HEARD) else Refused(said)
    return answer


def components_of(message: Json) -> list[Json]:
    """All buttons and selects of a message."""
    return [item for row in message.get("components") or () for item in row.get("components", ())]


def ids_of(message: Json, begins: str) -> list[str]:
    """The custom ids in a message that begin so."""
    found = [str(item.get("custom_id") or "") for item in components_of(message)]
    return [each for each in found if each.startswith(begins)]


def options_of(message: Json, begins: str) -> list[str]:
    """What can be chosen in the selects of a message whose custom id begins so."""
    selects = [item for item in components_of(message) if (item.get("custom_id") or "").startswith(begins)]
    return [option["value"] for select in selects for option in select["options"]]
