"""What came of counting a record again, in plain words for a terminal. Pure."""

import math
from collections.abc import Iterator, Sequence

from bot.polls.record import Record, RecordedVoter
from bot.polls.recount import Recount
from bot.polls.rules import Method
from bot.ranking.certainty import Shortlist, Sureness, how_sure
from bot.ranking.criteria import CRITERION_NAMES, PURPOSE_NAMES, Criterion
from bot.ranking.final import DecidedBy, FinalResult, Placed

HOW_DECIDED = {
    DecidedBy.COUNT: "",
    DecidedBy.BORDA: "by the places it has on all ballots (Borda)",
    DecidedBy.CARDS: "by the cards",
    DecidedBy.LOT: "by a lot that was drawn from the seed",
}
DIFFERENCES_TOLD = 10


def result_lines(counted: Recount) -> list[str]:
    """All that came of the count, and whether the file states the same."""
    record = counted.record
    sections = [
        [_heading(record)],
        list(_shortlist_lines(record, counted.result.shortlist)),
        list(_final_lines(record, counted.result.final)),
        list(_verdict_lines(counted.differences)),
    ]
    return [line for section in sections for line in [*section, ""]][:-1]


def voter_lines(record: Record, voter: RecordedVoter) -> list[str]:
    """The taps and the ballot that stand behind a receipt."""
    lines = [f"{voter.receipt}: {_count(len(voter.taps), 'tap', 'taps')}"]
    for number, (shown, best) in enumerate(voter.taps, start=1):
        others = ", ".join(_title(record, position) for position in shown if position != best)
        lines.append(f"{number:4}. {_title(record, best)}, rather than {others}")
    lines.append("No ballot" if voter.ballot.is_empty else "The ballot:")
    for position, marks in sorted(voter.ballot.scores.items()):
        said = ", ".join(f"{CRITERION_NAMES[each]} {marks[each]}" for each in Criterion if each in marks)
        lines.append(f"      {_title(record, position)}: {said}")
    for position, place in sorted(voter.ballot.ranks.items(), key=lambda ranked: (ranked[1], ranked[0])):
        lines.append(f"{place:4}. {_title(record, position)}")
    return lines


def printable(text: str) -> str:
    """A text of a file as one line in which nothing steers the terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _heading(record: Record) -> str:
    taps = sum(len(voter.taps) for voter in record.voters)
    ballots = sum(not voter.ballot.is_empty for voter in record.voters)
    counts = [
        _count(len(record.ideas), "idea", "ideas"),
        _count(len(record.voters), "voter", "voters"),
        _count(taps, "tap", "taps"),
        _count(ballots, "ballot", "ballots"),
    ]
    return f"{printable(record.name)} ({PURPOSE_NAMES[record.purpose]}): {', '.join(counts)}"


def _shortlist_lines(record: Record, shortlist: Shortlist | None) -> Iterator[str]:
    if shortlist is None:
        yield "Nobody tapped a card, so there is no shortlist: all ideas were in the final."
        return
    if shortlist.settled:
        yield f"The shortlist, settled: {_percent(shortlist.overlap)} of the true best is expected in it"
    else:
        enough = _percent(shortlist.enough)
        yield f"The shortlist, not settled: less than {enough} of the true best is expected in it"
    for place, member in enumerate(shortlist.members, start=1):
        sure = _sure(how_sure(member.sure, settled=shortlist.settled))
        yield f"{place:4}. {_title(record, member.idea)}: {sure}"
    if shortlist.near_ties:
        titles = ", ".join(_title(record, position) for position in shortlist.near_ties)
        yield f"      As good as in: {titles}"


def _final_lines(record: Record, final: FinalResult) -> Iterator[str]:
    cast = any(not voter.ballot.is_empty for voter in record.voters)
    how = "by marks from 0 to 5" if record.method is Method.SCORES else "by ranked ballots (Schulze)"
    yield f"The final, {how}:" if cast else "The final: nobody cast a ballot, so the cards decide"
    for place, placed in enumerate(final.order, start=1):
        yield f"{place:4}. {_title(record, placed.idea)}: {_points(record, final, placed)}"
    yield f"The pick: {_title(record, final.order[0].idea)}"
    if final.tied:
        titles = ", ".join(_title(record, position) for position in final.tied)
        yield f"First place was tied between {titles}; decided {HOW_DECIDED[final.decided_by]}"
    if final.split is not None:
        split = final.split
        yield (
            f"The voters are split: {split.for_first} prefer {_title(record, split.first)}, "
            f"{split.for_second} {_title(record, split.second)}"
        )


def _verdict_lines(differences: Sequence[str]) -> Iterator[str]:
    if not differences:
        yield "The file states the same."
        return
    yield "The file states something else:"
    for difference in differences[:DIFFERENCES_TOLD]:
        yield f"  {printable(difference)}"
    if len(differences) > DIFFERENCES_TOLD:
        yield f"  and {len(differences) - DIFFERENCES_TOLD} more"


def _points(record: Record, final: FinalResult, placed: Placed) -> str:
    points = f"{placed.points:.2f}"
    if record.method is Method.SCORES:
        return f"{points} of 5"
    return f"ahead of {points} of the other {len(final.order) - 1} on average"


def _sure(sureness: Sureness) -> str:
    if sureness.percent is not None:
        return f"{sureness.percent} %"
    low, high = sureness.range
    return f"between {low} and {high} %"


def _percent(share: float) -> str:
    return f"{math.floor(100 * share)} %"


def _title(record: Record, position: int) -> str:
    return printable(record.ideas[position].title)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
