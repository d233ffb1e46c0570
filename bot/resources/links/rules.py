"""What an answer says of a link, when a link counts as dead, and when it is looked at next. Pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from bot.texts import mark

NO_SUCH_SITE = mark("no site of that name is known")
NO_CONNECTION = mark("the site takes no connection")
NO_ANSWER = mark("the site gives no answer in time")
UNREADABLE = mark("the site's answer cannot be read")
BAD_CERTIFICATE = mark("the site's certificate is not valid")
NOT_THERE = mark("the page is not there")
TAKEN_DOWN = mark("the page was taken down for good")
NOT_GIVEN = mark("the site does not give the page out")
SITE_FAULT = mark("the site has a fault of its own")
LEADS_ON = mark("it leads on and on to other addresses")
LEADS_ROUND = mark("it leads round in a circle")
LEADS_NOWHERE = mark("it leads on without saying where to")

A_MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)
DAYS_TO_DIE = 3
"""Failures on so many different days in UTC, with no success between them, make a link dead."""

FEW = 100
"""So many new addresses are looked at within a day, for curators want to know; more of them within a week."""

# "Who are you", "not you", "not like this", "not so often", "not in your country", "you are a robot": whoever
# says so has something there. 402 is what robots are asked for that people read free of charge.
_KEEPS_US_OUT = frozenset({401, 402, 403, 405, 429, 451, 999})
_CHALLENGES = ("cf-mitigated", "x-amzn-waf-action")


class Outcome(StrEnum):
    """What a look at a link came to. One that is kept from us counts as alive: people may well see it."""

    ALIVE = "alive"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at a link says; `problem` in words where it failed, marked for translation.

    With `unsure` the fault may as well lie with this machine's own line, since nobody answered at all.
    """

    outcome: Outcome
    problem: str = ""
    unsure: bool = False

    @property
    def has_failed(self) -> bool:
        return self.outcome is Outcome.FAILED


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a link came to, and which sites it asked on the way."""

    verdict: Verdict
    sites: frozenset[str]


ALIVE = Verdict(Outcome.ALIVE)
BLOCKED = Verdict(Outcome.BLOCKED)


def failed(problem: str, *, unsure: bool = False) -> Verdict:
    """The verdict on a link that did not work."""
    return Verdict(Outcome.FAILED, problem, unsure)


@dataclass(frozen=True, slots=True)
class Link:
    """An address and how it is doing, in UTC.

    `failed_on` are the last days on which it failed, with no success after them.
    """

    address_key: str
    address: str
    next_check_at: datetime
    checked_at: datetime | None = None
    failed_on: tuple[date, ...] = ()
    problem: str = ""
    dead_since: datetime | None = None


def verdict_on(status: int, headers: Mapping[str, str]) -> Verdict:
    """What the last answer says, by its status and headers; the one of a redirect is none of these."""
    if status < HTTPStatus.BAD_REQUEST:
        return ALIVE
    if status in _KEEPS_US_OUT or any(name in headers for name in _CHALLENGES):
        return BLOCKED
    if status == HTTPStatus.NOT_FOUND:
        return failed(NOT_THERE)
    if status == HTTPStatus.GONE:
        return failed(TAKEN_DOWN)
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return failed(NOT_GIVEN)
    # A hotel's network says 511 to all that is asked before one has logged in.
    return failed(SITE_FAULT, unsure=status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED)


def after(link: Link, verdict: Verdict, now: datetime) -> Link:
    """The link after a look at it. A failure is looked at again the next day, until it is one too many."""
    if not verdict.has_failed:
        return replace(
            link,
            next_check_at=next_weekly(link.address_key, now),
            checked_at=now,
            failed_on=(),
            problem="",
            dead_since=None,
        )
    today = now.astimezone(UTC).date()
    failed_on = tuple(sorted({*link.failed_on, today}))[-DAYS_TO_DIE:]
    dead_since = link.dead_since
    if dead_since is None and len(failed_on) == DAYS_TO_DIE:
        dead_since = now
    return replace(
        link,
        next_check_at=next_weekly(link.address_key, now) if dead_since else next_daily(link.address_key, now),
        checked_at=now,
        failed_on=failed_on,
        problem=verdict.problem,
        dead_since=dead_since,
    )


def next_weekly(address_key: str, now: datetime) -> datetime:
    """The address's own second of the week, half a week from now at the earliest.

    Since it is its own, the looks stay spread over the week whatever the program has been through.
    """
    return _own_second(address_key, A_WEEK, now + A_WEEK / 2)


def next_daily(address_key: str, now: datetime) -> datetime:
    """A day from now, or up to two hours later."""
    return now + A_DAY + _share(address_key, timedelta(hours=2))


def first_check(address_key: str, now: datetime, beside: int) -> datetime:
    """When an address is looked at for the first time, spread out together with the others new beside it."""
    return _own_second(address_key, A_DAY if beside <= FEW else A_WEEK, now)


def catching_up(overdue: Sequence[str], now: datetime) -> list[tuple[str, datetime]]:
    """When to look at what became due while the program was stopped: one a minute, or all within a day."""
    step = min(A_MINUTE, A_DAY / max(len(overdue), 1))
    return [(key, now + step * place) for place, key in enumerate(overdue)]


def site_of(host: str) -> str:
    """What hosts such as www.example.org and example.org have in common; no site is asked too often."""
    return re.sub(r"^(?:www|m|mobile)\.", "", host.lower().rstrip("."))


def site_of_key(address_key: str) -> str:
    """The site of an address, by its key."""
    host = re.match(r"\[[^\]]*\]|[^/?#:]*", address_key)
    return host.group().strip("[]") if host else ""


def _own_second(address_key: str, period: timedelta, after: datetime) -> datetime:
    """The first instant after another one that is the address's own, which comes once a period."""
    wait = (_share(address_key, period).total_seconds() - after.timestamp()) % period.total_seconds()
    return after + timedelta(seconds=wait)


def _share(address_key: str, period: timedelta) -> timedelta:
    """A part of a period, in whole seconds: always the same for an address, and for each another one."""
    number = int.from_bytes(hashlib.sha256(address_key.encode()).digest()[:8], "big")
    return timedelta(seconds=number % int(period.total_seconds()))
