"""What a poll is: its phases, who may do what in each, and what ends them. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import TextTooLong, UserError
from bot.ideas.rules import IdeaText
from bot.inputs import clean_text, quoted, says_something
from bot.localtime import day_ends, local_day
from bot.polls.errors import DeadlineTooFar, DeadlineTooSoon, PollNameMissing, PollOver
from bot.ranking.criteria import Purpose
from bot.texts import gettext, mark

ENOUGH_IDEAS = 6
"""From so many on the cards may be opened: with fewer, all that are there fit into the final."""

GOAL_IDEAS = 20
ENTRIES_AT_MOST = 60
SHORTLIST = 5
LEAST_TO_CHOOSE = 2

INVITED_AT_MOST = 10
NAME_LIMIT = 80
POLLS_OF_A_STARTER, POLLS_OF_A_SERVER = 3, 10
"""How many may be open at a time."""

LASTS_USUALLY = timedelta(days=7)
"""To the end of that day."""

LASTS_AT_LEAST = timedelta(hours=1)
LASTS_AT_MOST = timedelta(days=90)

COLLECT_SHARE, CARDS_SHARE = 0.5, 0.35
"""How the time until the end is shared out; what is left is for the final."""

TAPS_TO_COUNT = 5
"""Whoever has tapped so often counts as having voted, when it is asked whether enough people have."""

VOTERS_TO_SETTLE = 5

NOTICED_WITHIN = timedelta(minutes=5)
"""A phase that ends later than this after its time has run into a downtime of the bot."""

TWO_TEAMS_WITHIN = timedelta(days=2)
"""For so long after the final a second team may still be made."""

FORGOTTEN = IdeaText(mark("An idea that was taken away"))
"""In place of what an idea said whose only author was forgotten after it was voted on."""


class Phase(StrEnum):
    """Where a poll is; the last three are ends."""

    COLLECT = "collect"
    CARDS = "cards"
    FINAL = "final"
    BASELINE = "baseline"
    CLOSED = "closed"
    MOVED_ON = "moved_on"
    DROPPED = "dropped"


OPEN = (Phase.COLLECT, Phase.CARDS, Phase.FINAL)
"""In these a poll goes on by itself and ends by time."""

DECIDED = (Phase.BASELINE, Phase.CLOSED, Phase.MOVED_ON)
"""In these the final has been counted."""


NOW = {
    Phase.COLLECT: mark("it is collecting ideas"),
    Phase.CARDS: mark("its cards are open"),
    Phase.FINAL: mark("its final is open"),
    Phase.BASELINE: mark("its final has been counted, and the pick is being built"),
    Phase.CLOSED: mark("it is closed, and a baseline is there"),
    Phase.MOVED_ON: mark("it is over, since its teams moved on"),
    Phase.DROPPED: mark("it was dropped"),
}
"""What an error says of a phase, at the end of a sentence."""


class Scope(StrEnum):
    """Who adds ideas and votes: who started it, those they invited as well, or the whole server."""

    ALONE = "alone"
    INVITED = "invited"
    EVERYONE = "everyone"


class Method(StrEnum):
    """How the final is voted on: marks for each question, or the finalists in order."""

    SCORES = "scores"
    RANKING = "ranking"


class EndedBy(StrEnum):
    """What ended the last phase of a poll."""

    TIME = "time"
    SETTLED = "settled"
    STARTER = "starter"
    EVERYBODY_VOTED = "everybody_voted"
    TOO_FEW = "too_few"
    NOBODY_VOTED = "nobody_voted"
    BUILT = "built"
    ALL_TRIED = "all_tried"


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll of a server. `user_id` started it; None once they are forgotten.

    `shortlist` and `tried` are positions of entries: the finalists, best by the cards first, empty before
    the final; and what was picked, in order.
    """

    id: int
    guild_id: int
    channel_id: int
    user_id: int | None
    name: str
    purpose: Purpose
    scope: Scope
    method: Method
    standing_open: bool
    seed: int
    phase: Phase
    collect_until: datetime
    cards_until: datetime
    final_until: datetime
    started_at: datetime
    phase_since: datetime
    ended_by: EndedBy | None = None
    shortlist: tuple[int, ...] = ()
    tried: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it still collects or votes."""
        return self.phase in OPEN

    @property
    def is_decided(self) -> bool:
        """Whether its final has been counted; from then on nothing about its votes changes."""
        return self.phase in DECIDED

    @property
    def until(self) -> datetime | None:
        """When its phase ends by time; None where that is not for the poll to say."""
        deadlines = {
            Phase.COLLECT: self.collect_until,
            Phase.CARDS: self.cards_until,
            Phase.FINAL: self.final_until,
        }
        return deadlines.get(self.phase)


@dataclass(frozen=True, slots=True)
class Entry:
    """An idea in a poll. `position` is what the ranking knows it by; once it is voted on, it stays.

    `text` is that of the idea while ideas are collected, and what was voted on from then on.
    """

    position: int
    idea_id: int
    authors: frozenset[int]
    text: IdeaText
    withdrawn: bool = False

    @property
    def title(self) -> str:
        """Its title as people read it."""
        return gettext(self.text.title) if self.text == FORGOTTEN else self.text.title


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When each phase of a poll ends by time."""

    collect: datetime
    cards: datetime
    final: datetime


def clean_name(text: str) -> str:
    """The name of a poll as it is typed; raises PollNameMissing or TextTooLong."""
    name = " ".join(clean_text(text).split())
    if not says_something(name):
        raise PollNameMissing
    if len(name) > NAME_LIMIT:
        raise TextTooLong(field=gettext("Name"), length=len(name), limit=NAME_LIMIT)
    return name


def deadlines(now: datetime, last_day: date | None, zone: str) -> Deadlines:
    """The deadlines of a poll that begins now and lasts to the end of a local day, or of that in a week.

    Raises DeadlineTooSoon and DeadlineTooFar.
    """
    now = now.replace(microsecond=0)
    final = day_ends(last_day or local_day(now, zone) + LASTS_USUALLY, zone)
    if final - now < LASTS_AT_LEAST:
        raise DeadlineTooSoon
    if final - now > LASTS_AT_MOST:
        raise DeadlineTooFar(days=LASTS_AT_MOST.days)
    whole = (final - now).total_seconds()
    collect = now + timedelta(seconds=int(whole * COLLECT_SHARE))
    return Deadlines(collect, collect + timedelta(seconds=int(whole * CARDS_SHARE)), final)


def delayed(poll: Poll, late: timedelta) -> Poll:
    """A poll whose phase ends so much later than its time: what follows is put off by as much."""
    if late <= NOTICED_WITHIN:
        return poll
    cards = poll.cards_until + late if poll.phase is Phase.COLLECT else poll.cards_until
    final = poll.final_until if poll.phase is Phase.FINAL else poll.final_until + late
    return replace(poll, cards_until=cards, final_until=final)


def extended(poll: Poll, days: int) -> Poll:
    """A poll whose phase, and all that follows, ends some days later; raises DeadlineTooFar."""
    longer = put_off(poll, timedelta(days=days))
    if longer.final_until - poll.started_at > LASTS_AT_MOST:
        raise DeadlineTooFar(days=LASTS_AT_MOST.days)
    return longer


def put_off(poll: Poll, longer: timedelta) -> Poll:
    """A poll whose phase, and all that follows, ends so much later."""
    collect = poll.collect_until + longer if poll.phase is Phase.COLLECT else poll.collect_until
    cards = poll.cards_until if poll.phase is Phase.FINAL else poll.cards_until + longer
    return replace(poll, collect_until=collect, cards_until=cards, final_until=poll.final_until + longer)


def require_phase(poll: Poll, phase: Phase, otherwise: type[UserError]) -> None:
    """Raises an error that says in which phase a poll is, unless it is in the one that is needed."""
    if poll.phase is not phase:
        raise otherwise(**_as_it_is(poll))


def require_open(poll: Poll) -> None:
    """Raises PollOver for a poll that neither collects nor votes any more."""
    if not poll.is_open:
        raise PollOver(**_as_it_is(poll))


def who_may_vote(poll: Poll, invited: Collection[int]) -> frozenset[int] | None:
    """Everybody who may vote, where they are known by name; None where all of the server may."""
    if poll.scope is Scope.EVERYONE:
        return None
    starter = () if poll.user_id is None else (poll.user_id,)
    return frozenset([*starter, *(invited if poll.scope is Scope.INVITED else ())])


def may_vote(poll: Poll, user_id: int, invited: Collection[int]) -> bool:
    """Whether a member may add ideas to a poll and vote in it."""
    voters = who_may_vote(poll, invited)
    return voters is None or user_id in voters


def may_steer(poll: Poll, user_id: int, *, manages: bool) -> bool:
    """Whether a member may end phases: whoever started it, and who manages the server."""
    return manages or user_id == poll.user_id


def enough_to_settle(poll: Poll, invited: Collection[int], taps: Mapping[int, int]) -> bool:
    """Whether so many have voted that a settled shortlist is theirs and not one person's.

    `taps` counts those of each member who is known.
    """
    counting = {user_id for user_id, number in taps.items() if number >= TAPS_TO_COUNT}
    voters = who_may_vote(poll, invited)
    if voters is None:
        return len(counting) >= VOTERS_TO_SETTLE
    return bool(voters) and voters <= counting


def _as_it_is(poll: Poll) -> Mapping[str, str]:
    return {"name": quoted(poll.name), "now": gettext(NOW[poll.phase])}
