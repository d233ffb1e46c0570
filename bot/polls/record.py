"""The record of a poll: its votes without whose they are, and what came of them, as JSON. Pure.

Whoever has it can count again (bot.polls.recount). Voters stand in it by their receipts and in the order of
these, with their taps in their own order, and nothing says when anything was done.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from bot.polls.reckoning import FinalVotes, Votes, decide, finalists_of, reckon
from bot.polls.rules import Method
from bot.polls.votes import Ballot, Choices, ballot_as_json
from bot.ranking import METHOD_VERSION
from bot.ranking.certainty import Shortlist, Standing
from bot.ranking.criteria import Purpose, Weights
from bot.ranking.final import FinalResult

FORMAT = "autodidact idea poll"
FORMAT_VERSION = 1

DIGITS = 4
"""So many are kept of each figure behind its point: more say nothing, and differ between machines."""


class Withdrawn(StrEnum):
    """In which phase an idea was withdrawn: the shortlist is without it, or only the final is."""

    CARDS = "cards"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class RecordedIdea:
    """An idea of the poll; its place in the list is its position."""

    title: str
    withdrawn: Withdrawn | None = None


@dataclass(frozen=True, slots=True)
class RecordedVoter:
    """The votes of somebody whom only their receipt names."""

    receipt: str
    taps: Choices
    ballot: Ballot


@dataclass(frozen=True, slots=True)
class Record:
    """All that the result of a poll comes from."""

    name: str
    purpose: Purpose
    method: Method
    weights: Weights
    seed: int
    ideas: Sequence[RecordedIdea]
    voters: Sequence[RecordedVoter]
    method_version: int = METHOD_VERSION

    @property
    def votes(self) -> Votes:
        """What the shortlist depends on."""
        gone = frozenset(
            position for position, idea in enumerate(self.ideas) if idea.withdrawn is Withdrawn.CARDS
        )
        choices = tuple(sorted(choice for voter in self.voters for choice in voter.taps))
        return Votes(len(self.ideas), gone, choices, self.seed)

    def final_votes(self, votes: Votes) -> FinalVotes:
        """What the final depends on besides these."""
        withdrawn = [position for position, idea in enumerate(self.ideas) if idea.withdrawn is not None]
        voters = sorted(self.voters, key=attrgetter("receipt"))
        ballots = tuple(voter.ballot for voter in voters if not voter.ballot.is_empty)
        return FinalVotes(finalists_of(votes, withdrawn), ballots, self.method, self.weights)


@dataclass(frozen=True, slots=True)
class Result:
    """What comes of a record; no shortlist where nobody tapped a card."""

    shortlist: Shortlist | None
    final: FinalResult


def result_of(record: Record) -> Result:
    """Count the votes of a record."""
    votes = record.votes
    return Result(reckon(votes).shortlist, decide(votes, record.final_votes(votes)))


def record_text(record: Record) -> str:
    """A record with its result as JSON, a voter a line, ready to be given out."""
    parts = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "method_version": record.method_version,
        "name": record.name,
        "purpose": record.purpose.value,
        "method": record.method.value,
        "weights": {criterion.value: weight for criterion, weight in record.weights.items()},
        "seed": record.seed,
        "ideas": [_idea(position, idea) for position, idea in enumerate(record.ideas)],
        "voters": [voter_as_data(voter) for voter in sorted(record.voters, key=attrgetter("receipt"))],
        "result": result_as_data(result_of(record)),
    }
    return "{\n" + ",\n".join(f"{_line(name)}: {_lines(part)}" for name, part in parts.items()) + "\n}\n"


def voter_as_data(voter: RecordedVoter) -> dict[str, Any]:
    """A voter as they stand in a record."""
    return {
        "receipt": voter.receipt,
        "taps": [{"shown": list(shown), "best": best} for shown, best in voter.taps],
        "ballot": None if voter.ballot.is_empty else ballot_as_json(voter.ballot),
    }


def result_as_data(result: Result) -> dict[str, Any]:
    """A result as it stands in a record."""
    return {
        "shortlist": None if result.shortlist is None else _shortlist(result.shortlist),
        "final": _final(result.final),
    }


def _idea(position: int, idea: RecordedIdea) -> dict[str, Any]:
    withdrawn = None if idea.withdrawn is None else idea.withdrawn.value
    return {"position": position, "title": idea.title, "withdrawn": withdrawn}


def _shortlist(shortlist: Shortlist) -> dict[str, Any]:
    return {
        "members": [_standing(standing) for standing in shortlist.members],
        "others": [_standing(standing) for standing in shortlist.others],
        "overlap": _figure(shortlist.overlap),
        "settled": shortlist.settled,
        "near_ties": list(shortlist.near_ties),
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "idea": standing.idea,
        "strength": _figure(standing.strength),
        "low": _figure(standing.low),
        "high": _figure(standing.high),
        "sure": _figure(standing.sure),
    }


def _final(final: FinalResult) -> dict[str, Any]:
    return {
        "order": [
            {
                "idea": placed.idea,
                "points": _figure(placed.points),
                "low": _figure(placed.low),
                "high": _figure(placed.high),
                "sure": _figure(placed.sure),
            }
            for placed in final.order
        ],
        "tied": list(final.tied),
        "decided_by": final.decided_by.value,
        "split": None
        if final.split is None
        else {
            "first": final.split.first,
            "second": final.split.second,
            "for_first": final.split.for_first,
            "for_second": final.split.for_second,
        },
    }


def _figure(figure: float) -> float:
    # Zero has no sign here.
    return round(figure, DIGITS) + 0.0


def _lines(part: object) -> str:
    """JSON with one line for each thing in a list or in the result."""
    if isinstance(part, list) and part:
        return "[\n" + ",\n".join(f"  {_line(each)}" for each in part) + "\n]"
    return json.dumps(part, ensure_ascii=False, indent=2) if isinstance(part, dict) else _line(part)


def _line(part: object) -> str:
    return json.dumps(part, ensure_ascii=False)
