"""What a member may choose. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Shown(StrEnum):
    """Which figure others see with a member's check-ins."""

    STREAK = "streak"
    CONSISTENCY = "consistency"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Preference:
    """What a member chose, or what holds until they do: everything that others would notice is off.

    `direct_refused_on` is the local day on which Discord last refused a direct message to them.
    """

    shown: Shown = Shown.NOTHING
    named: bool = False
    second_ping: bool = False
    direct_pings: bool = False
    direct_weeks: bool = False
    direct_leads: bool = False
    direct_refused_on: date | None = None
