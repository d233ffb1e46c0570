"""What can be done with a server's settings."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final

from bot.clock import Clock
from bot.delivery import due
from bot.delivery.due import EVERYONE as EVERYONE
from bot.errors import NoOwnQuestions, NotSetUp, SettingMissing
from bot.inputs import read_zone
from bot.localtime import Occurrence, Weekdays
from bot.servers import rules, store
from bot.servers.errors import SetUpMeanwhile
from bot.servers.store import Server
from bot.storage.database import Database
from bot.texts import gettext

PROMPT = "prompt"
"""The kind of delivery that a server's settings plan: the day's prompt in the check-in channel."""

LOOKBACK = "lookback"
"""The other kind that they plan: the weekly look back in the same channel."""

USUAL_QUESTIONS, OWN_QUESTIONS = "doing", "own"
"""Sets of questions, by the names that bot.checkins.questions gives them."""

NO_LOOKBACK: Final = -1
"""Stands in place of a weekday where the week is not to be looked back on."""

AfterAChange = Callable[[sqlite3.Connection, int, datetime], object]
"""What rooms above this one do when a server has got another zone: server, now."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """A server's settings, how many questions of its own it has, and what is due next.

    There is no next look back where no day was chosen for it.
    """

    server: Server
    next_prompt: Occurrence | None
    own_questions: int = 0
    next_lookback: Occurrence | None = None


class Servers:
    """Servers' settings."""

    def __init__(self, database: Database, clock: Clock, *, after_a_change: Sequence[AfterAChange] = ()):
        """`after_a_change` is called within the transaction that changes a server's zone."""
        self._database = database
        self._clock = clock
        self._after_a_change = after_a_change

    async def find(self, guild_id: int) -> SetUp | None:
        """What is set for a server, or None before its first set-up."""
        return await self._database.read(self._find, guild_id)

    async def set_up(
        self,
        guild_id: int,
        *,
        checkin_channel_id: int | None = None,
        zone: str | None = None,
        prompt_time: time | None = None,
        questions: str | None = None,
        lookback_weekday: int | None = None,
        lookback_time: time | None = None,
    ) -> SetUp:
        """Set what is given and keep the rest; plans the daily prompt and the weekly look back.

        The weekday is 0 for Monday to 6 for Sunday, or NO_LOOKBACK. Raises UnknownZone, SettingMissing when
        a first set-up lacks something, and NoOwnQuestions where "own" ones are chosen before any is written.
        """
        given = {
            "checkin_channel_id": checkin_channel_id,
            "zone": None if zone is None else read_zone(zone),
            "prompt_time": prompt_time,
            "questions": questions,
            "lookback_weekday": lookback_weekday,
            "lookback_time": lookback_time,
        }
        chosen = {name: value for name, value in given.items() if value is not None}
        return await self._database.write(self._set_up, guild_id, chosen)

    async def begin(self, guild_id: int, *, checkin_channel_id: int, zone: str, prompt_time: time) -> SetUp:
        """Set a server up that has not been; one that has stays as it is.

        Raises UnknownZone, and SetUpMeanwhile where something else holds by now.
        """
        chosen = {
            "checkin_channel_id": checkin_channel_id,
            "zone": read_zone(zone),
            "prompt_time": prompt_time,
        }
        return await self._database.write(self._begin, guild_id, chosen)

    async def questions(self, guild_id: int) -> list[str]:
        """A server's own questions, in the order in which they were typed."""
        return await self._database.read(store.questions, guild_id)

    async def set_questions(self, guild_id: int, text: str) -> SetUp:
        """Have the prompt ask a server's own questions, one a line; without any, it asks the usual ones.

        Raises NotSetUp, TextTooLong, QuestionTooLong and TooManyQuestions.
        """
        return await self._database.write(self._set_questions, guild_id, rules.read_questions(text))

    def _find(self, db: sqlite3.Connection, guild_id: int) -> SetUp | None:
        server = store.find(db, guild_id)
        return _set_up_of(db, server) if server else None

    def _set_up(self, db: sqlite3.Connection, guild_id: int, chosen: dict[str, Any]) -> SetUp:
        if chosen.get("questions") == OWN_QUESTIONS and not store.questions(db, guild_id):
            raise NoOwnQuestions
        if chosen.get("lookback_weekday") == NO_LOOKBACK:
            chosen = {**chosen, "lookback_weekday": None}
        earlier = store.find(db, guild_id)
        server = replace(earlier, **chosen) if earlier else _first(guild_id, chosen)
        now = self._clock.now()
        store.save(db, server, now)
        if earlier is None or earlier.zone != server.zone:
            store.save_zone(db, guild_id, server.zone, now)
            for follow_up in self._after_a_change:
                follow_up(db, guild_id, now)
        _plan(db, server, now)
        return _set_up_of(db, server)

    def _begin(self, db: sqlite3.Connection, guild_id: int, chosen: dict[str, Any]) -> SetUp:
        earlier = store.find(db, guild_id)
        if earlier is None:
            return self._set_up(db, guild_id, chosen)
        if replace(earlier, **chosen) != earlier:
            raise SetUpMeanwhile
        return _set_up_of(db, earlier)

    def _set_questions(self, db: sqlite3.Connection, guild_id: int, questions: list[str]) -> SetUp:
        server = require_server(db, guild_id)
        store.save_questions(db, guild_id, questions)
        if questions:
            server = replace(server, questions=OWN_QUESTIONS)
        elif server.questions == OWN_QUESTIONS:
            server = replace(server, questions=USUAL_QUESTIONS)
        store.save(db, server, self._clock.now())
        return _set_up_of(db, server)


def require_server(db: sqlite3.Connection, guild_id: int) -> Server:
    """The settings of a server, within another feature's transaction; raises NotSetUp."""
    server = store.find(db, guild_id)
    if server is None:
        raise NotSetUp
    return server


def zones_of(db: sqlite3.Connection, guild_id: int) -> list[tuple[datetime, str]]:
    """The zones a server has had, each from an instant on, within another feature's transaction."""
    return store.zones(db, guild_id)


def questions_of(db: sqlite3.Connection, guild_id: int) -> list[str]:
    """A server's own questions, as they were typed, within another feature's transaction."""
    return store.questions(db, guild_id)


def _first(guild_id: int, chosen: Mapping[str, Any]) -> Server:
    """The settings of a server that had none; raises SettingMissing."""
    needed = {
        "checkin_channel_id": gettext("channel"),
        "zone": gettext("zone"),
        "prompt_time": gettext("hour"),
    }
    missing = [option for name, option in needed.items() if name not in chosen]
    if missing:
        raise SettingMissing(missing=", ".join(missing))
    return Server(guild_id, **chosen)


def _plan(db: sqlite3.Connection, server: Server, now: datetime) -> None:
    due.schedule(
        db,
        PROMPT,
        server.guild_id,
        EVERYONE,
        zone=server.zone,
        at=server.prompt_time,
        days=Weekdays.EVERY_DAY,
        now=now,
    )
    if server.lookback_weekday is None:
        due.unschedule(db, LOOKBACK, server.guild_id, EVERYONE)
    else:
        due.schedule(
            db,
            LOOKBACK,
            server.guild_id,
            EVERYONE,
            zone=server.zone,
            at=server.lookback_time,
            days=Weekdays.of([server.lookback_weekday]),
            now=now,
        )


def _set_up_of(db: sqlite3.Connection, server: Server) -> SetUp:
    return SetUp(
        server,
        due.planned(db, PROMPT, server.guild_id, EVERYONE),
        len(store.questions(db, server.guild_id)),
        due.planned(db, LOOKBACK, server.guild_id, EVERYONE),
    )
