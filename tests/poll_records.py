"""Polls that nobody held: their votes drawn by lot, for tests and measurements of what is counted."""

from random import Random

from bot.polls.record import Record, RecordedIdea, RecordedVoter, Withdrawn
from bot.polls.rules import Method
from bot.polls.votes import RECEIPT_LETTERS, Ballot, Choices
from bot.ranking.criteria import BEST_MARK, WEIGHTS, Criterion, Purpose


def drawn_record(
    draw: Random, *, ideas: int, voters: int, taps: int, method: Method = Method.SCORES
) -> Record:
    """A record of voters who each tapped up to so many cards; the higher its position, the better an idea.

    Some ideas are withdrawn, some voters cast no ballot, and some ballots leave ideas out.
    """
    when = [None] * 8 + [Withdrawn.CARDS, Withdrawn.FINAL]
    purpose = draw.choice(list(Purpose))
    return Record(
        name="What do we build?",
        purpose=purpose,
        method=method,
        weights=WEIGHTS[purpose],
        seed=draw.getrandbits(40),
        ideas=[
            # The first two stay, so that there is always something to decide.
            RecordedIdea(f"Idea {position}", None if position < 2 else draw.choice(when))
            for position in range(ideas)
        ],
        voters=[
            RecordedVoter(_receipt(draw), _taps(draw, ideas, taps), _ballot(draw, ideas, method))
            for _ in range(voters)
        ],
    )


def _receipt(draw: Random) -> str:
    letters = draw.choices(RECEIPT_LETTERS, k=8)
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def _taps(draw: Random, ideas: int, most: int) -> Choices:
    taps = {}
    for _ in range(most):
        shown = tuple(draw.sample(range(ideas), min(4, ideas)))
        taps[frozenset(shown)] = (shown, max(shown, key=lambda idea: idea + draw.gauss(0, ideas / 4)))
    return tuple(taps.values())


def _ballot(draw: Random, ideas: int, method: Method) -> Ballot:
    if draw.random() < 0.2:
        return Ballot()
    marked = draw.sample(range(ideas), min(ideas, 6))
    if method is Method.RANKING:
        return Ballot(ranks={position: draw.randint(1, 5) for position in marked})
    return Ballot(
        scores={
            position: {
                criterion: draw.randint(0, BEST_MARK) for criterion in Criterion if draw.random() < 0.9
            }
            for position in marked
        }
    )
