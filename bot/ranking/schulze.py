"""Schulze's method (Social Choice and Welfare, 2011): who is beaten by nobody over the strongest paths.

The strength of a path is that of its weakest duel, and a duel is as strong as the number of voters for its
winner ("winning votes").
"""

from collections.abc import Collection, Mapping, Sequence

from bot.ranking.ballots import Opinion

Paths = Mapping[tuple[int, int], int]


def duels(opinions: Sequence[Opinion], finalists: Sequence[int]) -> dict[tuple[int, int], int]:
    """How many voters prefer the first of two ideas to the second, for every two."""
    return {
        (one, other): sum(
            one in opinion and other in opinion and opinion[one] > opinion[other] for opinion in opinions
        )
        for one in finalists
        for other in finalists
        if one != other
    }


def strongest_paths(preferred: Mapping[tuple[int, int], int], finalists: Sequence[int]) -> Paths:
    """The strength of the strongest path from each idea to each other one (Floyd and Warshall)."""
    paths = {
        (one, other): votes if votes > preferred[other, one] else 0
        for (one, other), votes in preferred.items()
    }
    for via in finalists:
        for one in finalists:
            for other in finalists:
                if len({via, one, other}) == 3:
                    through = min(paths[one, via], paths[via, other])
                    paths[one, other] = max(paths[one, other], through)
    return paths


def unbeaten(paths: Paths, ideas: Collection[int]) -> set[int]:
    """Those of some ideas that none of them beats; there is always one at least."""
    return {
        idea
        for idea in ideas
        if all(paths[idea, other] >= paths[other, idea] for other in ideas if other != idea)
    }
