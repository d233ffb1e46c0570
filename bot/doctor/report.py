"""The report: for people a line or two for each finding, for programs one JSON object."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from bot import __version__
from bot.doctor.finding import Finding, Status, worst
from bot.doctor.wording import counted, plain

COLUMNS = 110


def for_people(findings: Sequence[Finding]) -> str:
    """Aligned lines: the status, the name, what was found, and beneath it what to do."""
    width = max(len(finding.name) for finding in findings)
    lines = []
    for before, finding in pairwise([None, *findings]):
        assert finding is not None
        # What could not be looked at for one reason comes in a row.
        said = before is not None and (before.found, before.advice) == (finding.found, finding.advice)
        lines += _lines(replace(finding, advice=None) if said else finding, width)
    return "\n".join([*lines, "", _summary(findings)])


def for_programs(findings: Sequence[Finding], now: datetime) -> str:
    """One JSON object; `advice` is null where there is nothing to do."""
    report = {
        "status": worst(findings).value,
        "version": __version__,
        "at": now.isoformat(timespec="seconds"),
        "checks": [
            {
                "name": finding.name,
                "status": finding.status.value,
                "found": plain(finding.found),
                "advice": None if finding.advice is None else plain(finding.advice),
            }
            for finding in findings
        ],
    }
    return json.dumps(report, indent=2)


def exit_code(findings: Sequence[Finding], *, strict: bool = False) -> int:
    """1 when something is wrong, 0 otherwise; `strict` counts warnings as wrong."""
    bad = {Status.WRONG, Status.WARNING} if strict else {Status.WRONG}
    return 1 if worst(findings) in bad else 0


def _lines(finding: Finding, width: int) -> list[str]:
    head = f"{finding.status.value:<7}  {finding.name:<{width}}  "
    lines = _wrapped(finding.found, head)
    return lines + (_wrapped(finding.advice, " " * len(head) + "→ ") if finding.advice else [])


def _wrapped(text: str, head: str) -> list[str]:
    return textwrap.wrap(
        plain(text),
        width=COLUMNS,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(findings: Sequence[Finding]) -> str:
    numbers = {status: sum(finding.status is status for finding in findings) for status in Status}
    if not numbers[Status.WRONG] + numbers[Status.WARNING]:
        return "All is well."
    return f"{numbers[Status.WRONG]} wrong, {counted(numbers[Status.WARNING], 'warning', 'warnings')}."
