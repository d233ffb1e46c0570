"""What is read out of a post: null and the empty tuple mean that it was not stated. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from bot.texts import mark


class PostKind(StrEnum):
    """What somebody posted for."""

    HIRING = "hiring"
    SEEKING_WORK = "seeking_work"
    SEEKING_FREELANCER = "seeking_freelancer"
    OTHER = "other"


class WorkMode(StrEnum):
    """Where the work is done."""

    HYBRID = "hybrid"
    ONSITE = "onsite"
    REMOTE = "remote"


MODE_NAMES = {
    WorkMode.REMOTE: mark("remote"),
    WorkMode.HYBRID: mark("hybrid"),
    WorkMode.ONSITE: mark("on site"),
}


class Employment(StrEnum):
    """How somebody is employed."""

    CONTRACT = "contract"
    FULL_TIME = "full-time"
    INTERNSHIP = "internship"
    PART_TIME = "part-time"


class Period(StrEnum):
    """What pay is for."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"


class Visa(StrEnum):
    """Whether the company helps with permission to work."""

    YES = "yes"
    NO = "no"


class Level(StrEnum):
    """How far along somebody has to be; STAFF is principal and lead too, MANAGER manages people."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"
    MANAGER = "manager"


LEVEL_NAMES = {
    Level.INTERN: mark("intern"),
    Level.JUNIOR: mark("junior"),
    Level.MID: mark("mid level"),
    Level.SENIOR: mark("senior"),
    Level.STAFF: mark("staff or lead"),
    Level.MANAGER: mark("manager"),
}


class MachineLearning(StrEnum):
    """Whether a role does machine learning, AI or data science, or the company's product only."""

    ROLE = "role"
    COMPANY = "company"


class Degree(StrEnum):
    """What is said of a degree. `PREFERRED` is also one that experience can stand in for."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NOT_REQUIRED = "not_required"


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay as it is stated, in whole numbers of a currency (ISO 4217), for a period."""

    min: int | None
    max: int | None
    currency: str
    period: Period


@dataclass(frozen=True, slots=True)
class Lead:
    """One post, read. `evidence` has, for each field that was set, the words of the post that prove it."""

    kind: PostKind
    company: str | None = None
    roles: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    work_modes: frozenset[WorkMode] = frozenset()
    remote_scope: str | None = None
    employment_types: frozenset[Employment] = frozenset()
    salary: Salary | None = None
    visa: Visa | None = None
    seniority: frozenset[Level] = frozenset()
    ml: MachineLearning | None = None
    degree: Degree | None = None
    tech: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The lead as plain JSON values: sets as sorted lists, tuples as lists."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """The lead that `as_json` was dumped from."""
        values = json.loads(stored)
        salary = values["salary"]
        return cls(
            kind=PostKind(values["kind"]),
            company=values["company"],
            roles=tuple(values["roles"]),
            locations=tuple(values["locations"]),
            work_modes=frozenset(map(WorkMode, values["work_modes"])),
            remote_scope=values["remote_scope"],
            employment_types=frozenset(map(Employment, values["employment_types"])),
            salary=Salary(salary["min"], salary["max"], salary["currency"], Period(salary["period"]))
            if salary
            else None,
            visa=Visa(values["visa"]) if values["visa"] else None,
            seniority=frozenset(map(Level, values["seniority"])),
            ml=MachineLearning(values["ml"]) if values["ml"] else None,
            degree=Degree(values["degree"]) if values["degree"] else None,
            tech=tuple(values["tech"]),
            urls=tuple(values["urls"]),
            emails=tuple(values["emails"]),
            evidence=values["evidence"],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Salary):
        return asdict(value)
    return list(value) if isinstance(value, tuple) else value
