"""Reading how the links of resources are doing; what finds it out is in `bot.resources.links`."""

import json
import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime

from bot.resources.resource import LinkHealth


def health_of(db: sqlite3.Connection, resource_ids: Collection[int]) -> dict[int, LinkHealth]:
    """How the links of some resources are doing, by the ids of the resources, as far as it is known."""
    rows = db.execute(
        """
        select resource.id, link.* from resource join resource_link as link using (address_key)
        where resource.id in (select value from json_each(?))
        """,
        (json.dumps(list(resource_ids)),),
    )
    return {row["id"]: _health(row) for row in rows}


def dead_links(db: sqlite3.Connection, guild_id: int) -> dict[int, LinkHealth]:
    """The links that are dead, of the catalogue and of a server's own resources, by the resources' ids."""
    rows = db.execute(
        """
        select resource.id, link.* from resource_link as link join resource using (address_key)
        where link.dead_since is not null and (resource.guild_id is null or resource.guild_id = ?)
        """,
        (guild_id,),
    )
    return {row["id"]: _health(row) for row in rows}


def _health(row: sqlite3.Row) -> LinkHealth:
    return LinkHealth(_instant(row["checked_at"]), _instant(row["dead_since"]), row["problem"])


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
