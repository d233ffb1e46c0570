"""The only SQL of votes: who votes, their cards, and their ballots."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.polls.votes import Ballot, Choices, ballot_as_json, read_ballot


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who votes in a poll; `user_id` is None once they are forgotten."""

    id: int
    poll_id: int
    user_id: int | None
    receipt: str


@dataclass(frozen=True, slots=True)
class DealtCard:
    """A card as it was dealt to a voter; open while it is neither picked from nor skipped."""

    id: int
    shown: tuple[int, ...]
    picked: int | None
    skipped: bool

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.picked is None and not self.skipped


def find_voter(db: sqlite3.Connection, poll_id: int, user_id: int) -> Voter | None:
    """A member as a voter of a poll, if they are one yet."""
    row = db.execute(
        "select * from poll_voter where poll_id = ? and user_id = ?", (poll_id, user_id)
    ).fetchone()
    return _voter(row) if row else None


def add_voter(
    db: sqlite3.Connection, guild_id: int, poll_id: int, user_id: int, receipt: str, now: datetime
) -> Voter | None:
    """Store a member as a voter; None where somebody has that receipt already."""
    row = db.execute(
        """
        insert into poll_voter (poll_id, guild_id, user_id, receipt, joined_at) values (?, ?, ?, ?, ?)
        on conflict (receipt) do nothing returning *
        """,
        (poll_id, guild_id, user_id, receipt, _seconds(now)),
    ).fetchone()
    return _voter(row) if row else None


def voters_of(db: sqlite3.Connection, poll_id: int) -> list[Voter]:
    """All who have asked for a card or a ballot of a poll, the first first."""
    rows = db.execute("select * from poll_voter where poll_id = ? order by id", (poll_id,))
    return [_voter(row) for row in rows]


def voters_of_member(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Voter]:
    """All polls of a server in which a member is a voter."""
    rows = db.execute(
        "select * from poll_voter where guild_id = ? and user_id = ? order by id", (guild_id, user_id)
    )
    return [_voter(row) for row in rows]


def forget_name(db: sqlite3.Connection, voter_id: int) -> None:
    """Leave a voter's votes as nobody's."""
    db.execute("update poll_voter set user_id = null where id = ?", (voter_id,))


def remove_voter(db: sqlite3.Connection, voter_id: int) -> None:
    """Delete a voter with all their votes."""
    remove_cards(db, voter_id)
    remove_ballot(db, voter_id)
    db.execute("delete from poll_voter where id = ?", (voter_id,))


def find_card(db: sqlite3.Connection, guild_id: int, card_id: int) -> tuple[Voter, DealtCard] | None:
    """A card that was dealt in a server, and to whom."""
    row = db.execute(
        """
        select voter.id, voter.poll_id, voter.user_id, voter.receipt,
               card.id as card_id, card.shown, card.picked, card.skipped
        from poll_card as card join poll_voter as voter on voter.id = card.voter_id
        where card.id = ? and voter.guild_id = ?
        """,
        (card_id, guild_id),
    ).fetchone()
    if row is None:
        return None
    shown = tuple(json.loads(row["shown"]))
    return _voter(row), DealtCard(row["card_id"], shown, row["picked"], bool(row["skipped"]))


def cards_of(db: sqlite3.Connection, voter_id: int) -> list[DealtCard]:
    """All cards of a voter in the order in which they were dealt, which is also that of the taps on them."""
    rows = db.execute(
        "select id, shown, picked, skipped from poll_card where voter_id = ? order by id", (voter_id,)
    ).fetchall()
    shown = _lists(row["shown"] for row in rows)
    return [
        DealtCard(row["id"], ideas, row["picked"], bool(row["skipped"]))
        for row, ideas in zip(rows, shown, strict=True)
    ]


def add_card(db: sqlite3.Connection, voter: Voter, shown: Sequence[int], now: datetime) -> DealtCard:
    """Store a card that is shown to a voter who has no open one."""
    added = db.execute(
        "insert into poll_card (poll_id, voter_id, shown, dealt_at) values (?, ?, ?, ?)",
        (voter.poll_id, voter.id, json.dumps(list(shown), separators=(",", ":")), _seconds(now)),
    )
    assert added.lastrowid is not None
    return DealtCard(added.lastrowid, tuple(shown), None, skipped=False)


def pick(db: sqlite3.Connection, card_id: int, position: int, now: datetime) -> bool:
    """Store which idea of an open card is best; False where the card is not open any more."""
    changed = db.execute(
        """
        update poll_card set picked = ?, answered_at = ? where id = ? and picked is null and skipped = 0
        """,
        (position, _seconds(now), card_id),
    )
    return bool(changed.rowcount)


def skip(db: sqlite3.Connection, card_id: int, now: datetime) -> bool:
    """Leave an open card without an answer; False where it is not open any more."""
    changed = db.execute(
        """
        update poll_card set skipped = 1, answered_at = ? where id = ? and picked is null and skipped = 0
        """,
        (_seconds(now), card_id),
    )
    return bool(changed.rowcount)


def reopen(db: sqlite3.Connection, voter_id: int, card_id: int) -> None:
    """Take back the tap on a card, in place of the one that its voter has open."""
    db.execute("delete from poll_card where voter_id = ? and picked is null and skipped = 0", (voter_id,))
    db.execute("update poll_card set picked = null, answered_at = null where id = ?", (card_id,))


def remove_cards(db: sqlite3.Connection, voter_id: int) -> None:
    """Delete all cards of a voter, answered or not."""
    db.execute("delete from poll_card where voter_id = ?", (voter_id,))


def choices_of(db: sqlite3.Connection, poll_id: int) -> Choices:
    """All taps of a poll without whose they are, in an order that depends on nothing but them."""
    rows = db.execute(
        "select shown, picked from poll_card where poll_id = ? and picked is not null", (poll_id,)
    ).fetchall()
    shown = _lists(row["shown"] for row in rows)
    return tuple(sorted((ideas, row["picked"]) for row, ideas in zip(rows, shown, strict=True)))


def choices_by_voter(db: sqlite3.Connection, poll_id: int) -> dict[int, Choices]:
    """The taps of a poll by the number of the voter, each voter's in their order."""
    rows = db.execute(
        """
        select voter_id, shown, picked from poll_card where poll_id = ? and picked is not null
        order by voter_id, id
        """,
        (poll_id,),
    ).fetchall()
    taps: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    for row, shown in zip(rows, _lists(row["shown"] for row in rows), strict=True):
        taps.setdefault(row["voter_id"], []).append((shown, row["picked"]))
    return {voter_id: tuple(choices) for voter_id, choices in taps.items()}


def tap_counts(db: sqlite3.Connection, poll_id: int) -> Mapping[int, int]:
    """How many taps each voter of a poll has, by the number of the voter."""
    rows = db.execute(
        """
        select voter_id, count(*) from poll_card where poll_id = ? and picked is not null group by voter_id
        """,
        (poll_id,),
    )
    return {row[0]: row[1] for row in rows}


def ballot_of(db: sqlite3.Connection, voter_id: int) -> Ballot:
    """A voter's ballot, which says nothing where they cast none."""
    row = db.execute("select ballot from poll_ballot where voter_id = ?", (voter_id,)).fetchone()
    return read_ballot(json.loads(row["ballot"])) if row else Ballot()


def ballots_of(db: sqlite3.Connection, poll_id: int) -> dict[int, Ballot]:
    """The ballots of a poll by the number of the voter."""
    rows = db.execute("select voter_id, ballot from poll_ballot where poll_id = ?", (poll_id,))
    return {voter_id: read_ballot(json.loads(ballot)) for voter_id, ballot in rows}


def save_ballot(db: sqlite3.Connection, voter: Voter, ballot: Ballot, now: datetime) -> None:
    """Store a voter's ballot in place of the one they had."""
    db.execute(
        """
        insert into poll_ballot (voter_id, poll_id, ballot, cast_at) values (?, ?, ?, ?)
        on conflict (voter_id) do update set ballot = excluded.ballot, cast_at = excluded.cast_at
        """,
        (voter.id, voter.poll_id, json.dumps(ballot_as_json(ballot), sort_keys=True), _seconds(now)),
    )


def remove_ballot(db: sqlite3.Connection, voter_id: int) -> bool:
    """Delete a voter's ballot; False where there is none."""
    return bool(db.execute("delete from poll_ballot where voter_id = ?", (voter_id,)).rowcount)


def cards_and_ballots_of(
    db: sqlite3.Connection, guild_id: int, user_id: int
) -> dict[str, list[dict[str, str | int | None]]]:
    """What is stored of a member's votes besides that they vote, by table, for their own eyes."""
    return {
        table: [
            dict(row)
            for row in db.execute(
                f"""
                select * from {table}
                where voter_id in (select id from poll_voter where guild_id = ? and user_id = ?)
                """,
                (guild_id, user_id),
            )
        ]
        for table in ("poll_card", "poll_ballot")
    }


def _lists(texts: Iterable[str]) -> list[tuple[int, ...]]:
    """Many JSON lists, in a third of the time that it takes to read them one by one."""
    return list(map(tuple, json.loads(f"[{','.join(texts)}]")))


def _voter(row: sqlite3.Row) -> Voter:
    return Voter(row["id"], row["poll_id"], row["user_id"], row["receipt"])


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
