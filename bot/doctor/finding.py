"""What a look came to: each finding is one line of the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How good or bad a finding is, from good to bad."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found under a name that scripts may rely on; with advice unless there is nothing to do.

    Several findings may have one name, such as one for each channel without rights.
    """

    name: str
    status: Status
    found: str
    advice: str | None = None


def ok(name: str, found: str) -> Finding:
    """All is as it should be."""
    return Finding(name, Status.OK, found)


def warning(name: str, found: str, advice: str) -> Finding:
    """It works, but may not for long, or not all of it."""
    return Finding(name, Status.WARNING, found, advice)


def wrong(name: str, found: str, advice: str) -> Finding:
    """It does not work like this."""
    return Finding(name, Status.WRONG, found, advice)


def not_looked_at(name: str, why: str) -> Finding:
    """Something else has to be put right before this can be looked at."""
    return warning(name, f"Not looked at: {why}.", "Put that right first.")


def worst(findings: Sequence[Finding]) -> Status:
    """The status of all together."""
    order = list(Status)
    return max((finding.status for finding in findings), key=order.index, default=Status.OK)
