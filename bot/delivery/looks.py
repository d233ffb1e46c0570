"""The rows of daily looks, by which no local day is looked at twice: for how long they are kept."""

import sqlite3
from datetime import timedelta

from bot.delivery.outbox import Delivery

LOOKS_KEPT_FOR = timedelta(days=60)


def forget_earlier_looks(db: sqlite3.Connection, look: Delivery) -> None:
    """Delete the rows of a server's daily looks that are long over: they say nothing, and one comes each day.

    The latest have to stay, since by them no local day is looked at twice.
    """
    db.execute(
        """
        delete from delivery
        where kind = ? and guild_id = ? and user_id = ? and local_day < ? and state = 'skipped'
        """,
        (look.kind, look.guild_id, look.user_id, (look.local_day - LOOKS_KEPT_FOR).isoformat()),
    )
