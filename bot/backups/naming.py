"""What the files are called, which of them are kept, and how long: by names and dates alone, in UTC."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import chain

DAILY = timedelta(days=7)
WEEKLY = 4

UNFINISHED = ".unfinished"
BESIDE = ("", "-journal", "-wal", "-shm")
"""What SQLite may put beside a database, itself included, by the end of the name."""

_STAMP = "%Y-%m-%d-%H%M%S"


class Kind(StrEnum):
    """Why there is a copy: it is a backup, or a restored backup took its place."""

    BACKUP = "backup"
    REPLACED = "replaced"


def name_of(database: str, made_at: datetime, kind: Kind = Kind.BACKUP) -> str:
    """What a copy of a database is called, by the name of the database's file."""
    return f"{database}-{made_at.astimezone(UTC).strftime(_STAMP)}.{kind}"


def made_at(database: str, name: str, kind: Kind = Kind.BACKUP) -> datetime | None:
    """When a copy was made, by its name; None for every name that `name_of` does not give."""
    stamp = name.removeprefix(f"{database}-").removesuffix(f".{kind}")
    try:
        moment = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if name_of(database, moment, kind) == name else None


def is_unfinished(database: str, name: str, kind: Kind = Kind.BACKUP) -> bool:
    """Whether a file is what is left of a copy that was never finished, or lies beside one."""
    for ending in BESIDE:
        finished = name.removesuffix(UNFINISHED + ending)
        if finished != name and made_at(database, finished, kind):
            return True
    return False


def gone_by(day: date) -> date:
    """The day on which every backup of a day is gone: the Monday after the four weeks that follow its week.

    That is 29 to 35 days later. What is deleted from the database on a day is in no backup from then on.
    """
    return day - timedelta(days=day.weekday()) + timedelta(weeks=WEEKLY + 1)


def superfluous(made: Collection[datetime], today: date) -> set[datetime]:
    """Which backups are deleted on a day.

    Kept are the newest of each of the last seven days, today among them, and the newest of each ISO week
    for as long as `gone_by` says: of this one, and of the four before. What seems to come from the future is
    kept as well: rather is the clock wrong.
    """
    days = {moment.date(): moment for moment in sorted(made)}
    weeks = {moment.isocalendar()[:2]: moment for moment in sorted(made)}
    daily = {moment for day, moment in days.items() if today - day < DAILY}
    weekly = {moment for moment in weeks.values() if today < gone_by(moment.date())}
    return {moment for moment in made if moment.date() <= today} - set(chain(daily, weekly))


def outlived(made: Collection[datetime], today: date) -> set[datetime]:
    """Which of the copies that a restored backup replaced are deleted on a day: whatever a backup is not."""
    return {moment for moment in made if today >= gone_by(moment.date())}
