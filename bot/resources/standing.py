"""Where a member stands, read out of what they checked in, want, build, and have read."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.builds.service import running_builds
from bot.checkins.rules import CheckIn
from bot.checkins.service import checkins_between
from bot.errors import NotSetUp
from bot.goals.service import open_goals
from bot.ideas.rules import IdeaText
from bot.ideas.service import open_ideas_of
from bot.localtime import ONE_DAY, local_day, week_of
from bot.resources import marks_store, store
from bot.resources.entry import Entry, topics
from bot.resources.next import Standing, level_of
from bot.resources.resource import Mark
from bot.routines.service import today_of
from bot.search.guessing import guessed_topics

DAYS = 14

NEWEST_CHECKIN, EARLIER_CHECKIN, BLOCKED = 1.5, 1.0, 2.0
GOAL, BUILDING, IDEA = 2.0, 3.0, 0.5
BEGUN, SAVED = 0.8, 0.4
"""How much what somebody wrote or marked says of what they are at."""

LESS_SURE = 0.8
"""How much a topic of a text counts, of what the one before it does."""

GENERAL = frozenset({"programming", "machine-learning"})
OF_THE_GENERAL = 0.3
"""What everybody here is at says so little of what one of them is at."""

IDEAS_READ = 5

_ADDRESS = re.compile(r"https?://\S+")

Said = tuple[str, float]
"""A text and how much it says."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a member; `entries` are those of the resources that they marked, by id."""

    checkins: Sequence[CheckIn]
    said: Sequence[Said]
    marks: Mapping[int, Mark]
    entries: Mapping[int, Entry]
    helped: Mapping[int, int]

    def standing(self) -> Standing:
        """Where they stand. Reads every text, so not for a thread for which others wait."""
        read = [(entry, self.marks[number]) for number, entry in self.entries.items()]
        return Standing(
            self.checkins,
            weighed(self.said, read),
            level_of(entry for entry, mark in read if mark.is_finished),
            self.marks,
            self.helped,
        )


def known_of(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> Known:
    """What is stored of a member of a server, be it set up or not."""
    today = _today(db, guild_id, user_id, now)
    checkins = checkins_between(db, guild_id, user_id, today - (DAYS - 1) * ONE_DAY, date.max)
    marks = marks_store.of_member(db, guild_id, user_id)
    said = [
        *_said_in(checkins),
        *((goal.text, GOAL) for goal in open_goals(db, guild_id, user_id, week_of(today))),
        *_said_of_ideas(db, guild_id, user_id),
    ]
    entries = {number: one.entry for number, one in store.find_all(db, guild_id, marks).items()}
    return Known(checkins, said, marks, entries, marks_store.helped(db, guild_id))


def weighed(said: Iterable[Said], read: Iterable[tuple[Entry, Mark]] = ()) -> dict[str, float]:
    """How much each topic is what a member is at, by what they wrote and by what they marked."""
    weights: dict[str, float] = defaultdict(float)
    for text, weight in said:
        for place, topic in enumerate(guessed_topics(_ADDRESS.sub("", text), topics())):
            weights[topic] += weight * LESS_SURE**place
    for entry, mark in read:
        weight = BEGUN if mark.started_at or mark.finished_at else SAVED if mark.is_saved else 0.0
        for topic in entry.topics if weight else ():
            weights[topic] += weight
    return {
        topic: weight * (OF_THE_GENERAL if topic in GENERAL else 1.0) for topic, weight in weights.items()
    }


def _today(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> date:
    try:
        return today_of(db, guild_id, user_id, now)[0]
    except NotSetUp:
        return local_day(now, "UTC")


def _said_in(checkins: Sequence[CheckIn]) -> Iterator[Said]:
    for place, checkin in enumerate(reversed(checkins)):
        entry = checkin.entry
        yield f"{entry.done}\n{entry.next}", EARLIER_CHECKIN if place else NEWEST_CHECKIN
        if entry.blocked:
            yield entry.blocked, EARLIER_CHECKIN if place else BLOCKED


def _said_of_ideas(db: sqlite3.Connection, guild_id: int, user_id: int) -> Iterator[Said]:
    for build in running_builds(db, guild_id):
        if user_id in build.members:
            yield _words(build.text), BUILDING
    for idea in open_ideas_of(db, guild_id, user_id)[:IDEAS_READ]:
        yield _words(idea.text), IDEA


def _words(text: IdeaText) -> str:
    return "\n".join((text.title, text.problem, text.angle, text.baseline))
