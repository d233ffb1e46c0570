"""What can be done with preferences."""

import sqlite3
from dataclasses import replace
from typing import Any

from bot.personal_data import MemberRows
from bot.preferences import store
from bot.preferences.purpose import PURPOSE
from bot.preferences.rules import Preference, Shown
from bot.storage.database import Database

NOT_CHOSEN = Preference()


class Preferences(MemberRows):
    """What members let others see."""

    name = "preferences"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database):
        self._database = database

    async def find(self, guild_id: int, user_id: int) -> Preference:
        """What a member chose, or what holds until they do."""
        return await self._database.read(preference_of, guild_id, user_id)

    async def change(
        self, guild_id: int, user_id: int, *, shown: Shown | None = None, named: bool | None = None
    ) -> Preference:
        """Change what is given and keep the rest."""
        given = {name: value for name, value in (("shown", shown), ("named", named)) if value is not None}
        return await self._database.write(change_preference, guild_id, user_id, **given)

    async def choose_direct_leads(self, guild_id: int, user_id: int, *, wanted: bool) -> Preference:
        """Have what concerns job leads come as direct messages, or not; only for who asks by a button."""
        return await self._database.write(choose_direct_leads, guild_id, user_id, wanted)


def preference_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> Preference:
    """What a member chose, within another feature's transaction."""
    return store.find(db, guild_id, user_id) or NOT_CHOSEN


def change_preference(db: sqlite3.Connection, /, guild_id: int, user_id: int, **given: Any) -> Preference:
    """Change fields of a member's preference within another feature's transaction."""
    changed = replace(preference_of(db, guild_id, user_id), **given)
    store.save(db, guild_id, user_id, changed)
    return changed


def choose_direct_leads(db: sqlite3.Connection, guild_id: int, user_id: int, wanted: bool) -> Preference:
    """Have what concerns job leads come directly or not, within another feature's transaction."""
    # Whoever chooses again knows what became of it the last time.
    given = {"direct_leads": True, "direct_refused_on": None} if wanted else {"direct_leads": False}
    return change_preference(db, guild_id, user_id, **given)


def members_named(db: sqlite3.Connection, guild_id: int) -> set[int]:
    """The members of a server who agreed to be named, within another feature's transaction."""
    return store.named(db, guild_id)
