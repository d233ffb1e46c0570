"""A signal: what was found in a post, which way it pulls, and the words that prove it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class SignalName(StrEnum):
    """What can be found in a post. Stored by these values, so they must not change."""

    ML_ROLE = "ml_role"
    DATA_ROLE = "data_role"
    SOFTWARE_ROLE = "software_role"
    ML_COMPANY = "ml_company"

    INTERNSHIP = "internship"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"
    MANAGER = "manager"
    FEW_YEARS = "few_years"
    SOME_YEARS = "some_years"
    MANY_YEARS = "many_years"

    NO_DEGREE_NEEDED = "no_degree_needed"
    EXPERIENCE_INSTEAD = "experience_instead"
    DEGREE_PREFERRED = "degree_preferred"
    DEGREE_REQUIRED = "degree_required"
    PHD_REQUIRED = "phd_required"
    STUDENTS_ONLY = "students_only"

    SMALL_COMPANY = "small_company"
    FOUNDER_HIRING = "founder_hiring"
    DIRECT_CONTACT = "direct_contact"
    PRACTICAL_INTERVIEW = "practical_interview"
    SHOWN_WORK = "shown_work"
    MENTORSHIP = "mentorship"
    LEARNING = "learning"

    REMOTE = "remote"
    ON_SITE = "on_site"
    VISA_OFFERED = "visa_offered"
    VISA_NOT_OFFERED = "visa_not_offered"
    LANGUAGE_DEMANDED = "language_demanded"

    PAY_STATED = "pay_stated"
    PART_TIME = "part_time"
    CONTRACT = "contract"

    IMPOSSIBLE_MIX = "impossible_mix"
    NOTHING_CONCRETE = "nothing_concrete"
    NOT_A_JOB = "not_a_job"


class Weighs(StrEnum):
    """Which way a signal pulls for somebody who taught themselves; a server's weights have the last word."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was found.

    `quote` is the words of the post, verbatim and cut to `QUOTE_LIMIT`. `value` is what they come to, where
    that is more than yes: the years asked for, the language demanded, where a remote worker may be.
    """

    name: SignalName
    weighs: Weighs
    quote: str
    value: str = ""

    def as_json(self) -> dict[str, str]:
        """The signal as plain JSON values."""
        return {"name": self.name, "weighs": self.weighs, "quote": self.quote, "value": self.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The signal that `as_json` gave."""
        return cls(SignalName(stored["name"]), Weighs(stored["weighs"]), stored["quote"], stored["value"])


def by_name(signals: Iterable[Signal]) -> dict[SignalName, Signal]:
    """The signals, to be looked up."""
    return {signal.name: signal for signal in signals}
