"""A member's jobs as a CSV file that spreadsheets open and that does nothing but hold text. Pure."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from bot.texts import gettext as _
from bot.tracker.rules import FOLLOWED_UP, STATE_NAMES, Note, Record, Step

BOM = "\ufeff"
"""Without it, the spreadsheet most people have takes UTF-8 for the code page of 1985."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(records: Iterable[Record]) -> bytes:
    """All that is kept of jobs, a row each: UTF-8 with a byte order mark, and lines as RFC 4180 has them.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_header())
    writer.writerows([_safe(cell) for cell in _row(record)] for record in records)
    return (BOM + file.getvalue()).encode()


def _header() -> list[str]:
    return [
        _("Company"),
        _("Role"),
        _("Place"),
        _("Link"),
        _("State"),
        _("In this state since"),
        _("Applied on"),
        _("Next follow-up"),
        _("What happened"),
        _("Rounds"),
        _("Notes"),
    ]


def _row(record: Record) -> list[str]:
    application = record.application
    job, follow_up = application.job, application.follow_up
    is_planned = follow_up is not None and application.follow_ups
    return [
        job.company,
        job.role,
        job.place,
        job.link,
        _(STATE_NAMES[application.state]),
        application.since.isoformat(),
        application.applied_on.isoformat() if application.applied_on else "",
        follow_up.on.isoformat() if follow_up and is_planned else "",
        "\n".join(f"{step.day.isoformat()} {_name(step)}" for step in record.steps),
        _written(record.rounds),
        _written(record.notes),
    ]


def _name(step: Step) -> str:
    return _("Followed up") if step.step == FOLLOWED_UP else _(STATE_NAMES[step.state]) if step.state else ""


def _written(notes: Sequence[Note]) -> str:
    return "\n".join(f"{note.day.isoformat()} {note.text}" for note in notes)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_BEGINS_A_FORMULA) else cell
