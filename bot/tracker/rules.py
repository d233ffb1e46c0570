"""What a member pursues: a job, the states it goes through, and what is noted about it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from bot.errors import CompanyMissing, DateIsOver, NothingNoted, TextTooLong, UnknownState
from bot.inputs import clean_text, read_date, read_link, says_something
from bot.leads.lead import MODE_NAMES, Lead
from bot.texts import gettext, mark
from bot.tracker.follow_ups import FollowUp

OPEN_AT_MOST, KEPT_AT_MOST = 200, 1000
"""How many jobs a member may have open, and in all."""

NOTES_AT_MOST, ROUNDS_AT_MOST = 50, 20
"""How many notes and rounds of interviewing a job may have."""

COMPANY_LIMIT, ROLE_LIMIT, PLACE_LIMIT, LINK_LIMIT = 100, 150, 150, 500
NOTE_LIMIT, ROUND_LIMIT = 1000, 200
"""How many characters each text may have."""


class State(StrEnum):
    """How far a job has come. Any may follow any: people mistype, and companies change their minds."""

    SAVED = "saved"
    APPLIED = "applied"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    REJECTED = "rejected"
    GHOSTED = "ghosted"
    NOT_FOR_ME = "not_for_me"


STATE_NAMES = {
    State.SAVED: mark("Saved"),
    State.APPLIED: mark("Applied"),
    State.INTERVIEWING: mark("Interviewing"),
    State.OFFER: mark("Offer"),
    State.REJECTED: mark("Rejected"),
    State.GHOSTED: mark("Ghosted"),
    State.NOT_FOR_ME: mark("Not for me"),
}

OPEN = frozenset({State.SAVED, State.APPLIED, State.INTERVIEWING, State.OFFER})
"""The states in which something may still come of a job."""

SENT = frozenset(State) - {State.SAVED, State.NOT_FOR_ME}
"""The states which tell that a member has written to the company."""

JOYS = frozenset({State.INTERVIEWING, State.OFFER})
"""The states which tell that a company wants to know a member: what all of this is for."""

FOLLOWED_UP = "followed_up"
"""Stands in place of a state for the step by which a member followed up."""


@dataclass(frozen=True, slots=True)
class Job:
    """The facts of a job; all but the company may be empty. `founder`: a founder is who reads the message."""

    company: str
    role: str = ""
    place: str = ""
    link: str = ""
    founder: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """A job that a member pursues. `since` is the local day on which it came into its state."""

    id: int
    user_id: int
    job: Job
    company_key: str | None
    lead_id: int | None
    state: State
    since: date
    applied_on: date | None = None
    follow_ups: bool = True
    follow_up: FollowUp | None = None

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in OPEN

    @property
    def was_sent(self) -> bool:
        """Whether the member has written to the company."""
        return self.applied_on is not None or self.state in SENT


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a job on a local day: a state, or FOLLOWED_UP."""

    day: date
    step: str

    @property
    def state(self) -> State | None:
        """The state that it came into; None where its member followed up."""
        return None if self.step == FOLLOWED_UP else State(self.step)


@dataclass(frozen=True, slots=True)
class Note:
    """What a member wrote about a job, or a round of interviewing: on a local day, or for one to come."""

    id: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member chose for all their jobs, or what holds until they do.

    `counted`: in "three of us applied". `follow_ups`: whether they are told of any.
    """

    counted: bool = False
    follow_ups: bool = True


class Kept(StrEnum):
    """What a member writes about a job."""

    NOTE = "note"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Record:
    """All that is kept of a job, each list the earliest first."""

    application: Application
    steps: Sequence[Step]
    rounds: Sequence[Note]
    notes: Sequence[Note]


def clean_job(company: str, role: str = "", place: str = "", link: str = "", *, founder: bool = False) -> Job:
    """A job as it is typed, fit to be stored; raises CompanyMissing, TextTooLong or NotALink."""
    name = _one_line(gettext("Company"), company, COMPANY_LIMIT)
    if not says_something(name):
        raise CompanyMissing
    return Job(
        name,
        _one_line(gettext("Role"), role, ROLE_LIMIT),
        _one_line(gettext("Place"), place, PLACE_LIMIT),
        clean_link(link),
        founder,
    )


def clean_link(link: str) -> str:
    """A web address as it is typed, or nothing; raises NotALink or TextTooLong."""
    return _within(gettext("Link"), read_link(link), LINK_LIMIT)


def clean_note(text: str) -> str:
    """A note fit to be stored; raises NothingNoted or TextTooLong."""
    return _said(_within(gettext("Note"), clean_text(text), NOTE_LIMIT))


def clean_round(text: str) -> str:
    """What a round of interviewing is; raises NothingNoted or TextTooLong."""
    return _said(_one_line(gettext("Round"), text, ROUND_LIMIT))


def read_day(text: str, today: date) -> date:
    """A day that was or will be, as it is typed, or today where nothing is.

    Raises what bot.inputs.read_date raises.
    """
    if not text.strip():
        return today
    try:
        return read_date(text, today)
    except DateIsOver:
        return read_date(text, today, ahead=False)


def read_state(text: str) -> State:
    """The state that a select or a command names; raises UnknownState."""
    try:
        return State(text)
    except ValueError:
        raise UnknownState from None


def job_of_lead(lead: Lead, link: str, *, founder: bool = False) -> Job:
    """The facts of a lead, cut to what a tracker keeps."""
    modes = [gettext(MODE_NAMES[mode]) for mode in sorted(lead.work_modes)]
    place = ", ".join([*lead.locations, *modes])
    if lead.remote_scope:
        place = f"{place} ({lead.remote_scope})"
    return Job(
        _cut(lead.company or _host_of(lead.urls) or gettext("Company not named"), COMPANY_LIMIT),
        _cut(", ".join(lead.roles), ROLE_LIMIT),
        _cut(place, PLACE_LIMIT),
        link,
        founder,
    )


def _one_line(field: str, text: str, limit: int) -> str:
    return _within(field, " ".join(clean_text(text).split()), limit)


def _within(field: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit)
    return text


def _said(text: str) -> str:
    if not says_something(text):
        raise NothingNoted
    return text


def _cut(text: str, limit: int) -> str:
    line = " ".join(clean_text(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip(" ,;") + "…"


def _host_of(urls: Sequence[str]) -> str | None:
    try:
        host = urlsplit(urls[0]).hostname if urls else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
