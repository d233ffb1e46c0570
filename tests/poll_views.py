"""Polls as they are shown, made by hand: where everything is as long and as many as it may be, or small."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.builds.rules import Build, BuildState
from bot.ideas.rules import IdeaText
from bot.polls.rules import EndedBy, Entry, Method, Phase, Poll, Scope
from bot.polls.service import PollView
from bot.polls.votes import VoterSeen
from bot.ranking.certainty import Shortlist, Standing
from bot.ranking.criteria import Purpose
from bot.ranking.final import DecidedBy, FinalResult, Placed, Split

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
GUILD, CHANNEL, STARTER, MESSAGE = 1, 2, 7, 99


def poll(phase: Phase = Phase.COLLECT, **changed: Any) -> Poll:
    """A poll for the whole server that lasts a week."""
    usual = Poll(
        id=3,
        guild_id=GUILD,
        channel_id=CHANNEL,
        user_id=STARTER,
        name="What do we build?",
        purpose=Purpose.RESUME,
        scope=Scope.EVERYONE,
        method=Method.SCORES,
        standing_open=False,
        seed=5,
        phase=phase,
        collect_until=START + timedelta(days=3),
        cards_until=START + timedelta(days=6),
        final_until=START + timedelta(days=7),
        started_at=START,
        phase_since=START,
        ended_by=None,
    )
    return replace(usual, **changed)


def entries(titles: Sequence[str], authors: Sequence[int] = (STARTER,)) -> list[Entry]:
    """Ideas with these titles, all of the same authors."""
    return [
        Entry(position, 100 + position, frozenset(authors), IdeaText(title))
        for position, title in enumerate(titles)
    ]


def shortlist(sure: Sequence[float], *, near: Sequence[int] = (), overlap: float = 0.9) -> Shortlist:
    """A shortlist of the first five ideas, each as sure as is said, best first."""
    standings = tuple(
        Standing(idea, 2 - idea / 4, 1 - idea / 4, 3 - idea / 4, chance) for idea, chance in enumerate(sure)
    )
    return Shortlist(standings[:5], standings[5:], overlap, tuple(near))


def result(
    points: Sequence[float],
    *,
    sure: float = 0.9,
    tied: Sequence[int] = (),
    decided_by: DecidedBy = DecidedBy.COUNT,
    split: Split | None = None,
) -> FinalResult:
    """A result in which the ideas stand in their order."""
    placed = tuple(
        Placed(idea, each, each - 0.5, each + 0.5, sure if idea == 0 else (1 - sure) / len(points))
        for idea, each in enumerate(points)
    )
    return FinalResult(placed, tuple(tied), decided_by, split)


def build(title: str, state: BuildState = BuildState.RUNNING, link: str = "") -> Build:
    """The seven days of a team for an idea."""
    over = None if state is BuildState.RUNNING else START + timedelta(days=12)
    return Build(
        id=4,
        guild_id=GUILD,
        poll_id=3,
        position=0,
        channel_id=CHANNEL,
        text=IdeaText(title),
        zone="UTC",
        began_at=START + timedelta(days=7),
        until=START + timedelta(days=14),
        state=state,
        ended_at=over,
        link=link,
    )


def seen(poll_seen: Poll, titles: Sequence[str] = ("One", "Two", "Three"), **changed: Any) -> PollView:
    """A poll as nobody in particular sees it."""
    usual = PollView(
        poll=poll_seen,
        entries=entries(titles),
        voters=(),
        invited=frozenset(),
        may_vote=False,
        may_steer=False,
        shortlist=None,
        final=None,
        builds=(),
        message_id=MESSAGE,
    )
    return replace(usual, **changed)


def crowded(phase: Phase, letter: str, **changed: Any) -> PollView:
    """A poll in which all is as long, and there is as much of everything, as there can be."""
    title = letter * 100
    decided = phase in (Phase.BASELINE, Phase.CLOSED, Phase.MOVED_ON)
    voted = decided or phase is Phase.FINAL
    state = BuildState.THERE if phase is Phase.CLOSED else BuildState.RUNNING
    link = "https://example.org/" + "a" * 480 if phase is Phase.CLOSED else ""
    return seen(
        poll(
            phase,
            name=letter * 80,
            ended_by=EndedBy.TIME,
            shortlist=tuple(range(5)) if voted else (),
            tried=(0,) if decided else (),
            **changed,
        ),
        [title] * 60,
        voters=[VoterSeen(10**18 + number, 500, True, counts_in_final=True) for number in range(200)],
        invited=frozenset(10**18 + number for number in range(10)),
        shortlist=shortlist([0.5] * 60, near=range(5, 60), overlap=0.5) if voted else None,
        final=result(
            [3.21] * 5,
            sure=0.4,
            tied=range(5),
            decided_by=DecidedBy.LOT,
            split=Split(0, 1, 99, 98),
        )
        if decided
        else None,
        builds=[build(title, state, link)] * 2 if decided else (),
    )
