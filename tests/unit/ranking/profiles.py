"""Ballots by chance, with ties and gaps, and cards tapped by chance."""

from collections.abc import Iterator
from random import Random

from hypothesis import strategies as st

from bot.ranking.choices import Choice
from bot.ranking.final import RankBallot

IDEAS = 6


def random_profiles(seed: int, count: int) -> Iterator[tuple[list[int], list[RankBallot]]]:
    """Ideas and ranked ballots on them; a ballot names one or more, and may tie some."""
    chance = Random(seed)
    for _ in range(count):
        ideas = list(range(chance.choice((2, 3, 4, 5, 5, 5))))
        ballots: list[RankBallot] = [
            {
                idea: chance.randint(1, len(ideas))
                for idea in chance.sample(ideas, chance.randint(1, len(ideas)))
            }
            for _ in range(chance.choice((1, 2, 3, 4, 5, 8, 15)))
        ]
        yield ideas, ballots


def random_choices(seed: int, ideas: int, taps: int) -> list[Choice]:
    """Cards of two, three and four ideas, of which the greater number is tapped more often."""
    chance = Random(seed)
    choices = []
    for _ in range(taps):
        shown = chance.sample(range(ideas), chance.randint(2, min(4, ideas)))
        choices.append(Choice(tuple(shown), max(shown, key=lambda idea: idea / 4 + chance.gauss())))
    return choices


@st.composite
def choices(draw: st.DrawFn) -> list[Choice]:
    """Any taps on six ideas."""
    found = []
    for _ in range(draw(st.integers(0, 25))):
        shown = draw(st.lists(st.integers(0, IDEAS - 1), min_size=2, max_size=4, unique=True))
        found.append(Choice(tuple(shown), draw(st.sampled_from(shown))))
    return found


rank_ballots = st.lists(
    st.dictionaries(st.integers(0, 4), st.integers(1, 5), min_size=1, max_size=5), min_size=1, max_size=9
)
"""Any ranked ballots on five ideas that say something."""
