"""What is filled in of a suggestion before a curator looks at it. Pure."""

from collections.abc import Mapping

from bot.resources.entry import Entry, Step, topics
from bot.resources.reading import TOPICS_EACH
from bot.search.facets import Cost, Kind, Level
from bot.search.guessing import guessed, guessed_topics

USUAL_STEPS: Mapping[Kind, Step] = {
    Kind.TOOL: Step.BUILD,
    Kind.DATASET: Step.BUILD,
    Kind.PRACTICE: Step.BUILD,
    Kind.IDEAS: Step.BUILD,
    Kind.PROJECT: Step.SHOW,
    Kind.HOSTING: Step.SHOW,
    Kind.COMMUNITY: Step.SHOW,
    Kind.JOBS: Step.HUNT,
}
"""The step that resources of a kind mostly serve; that of all others is to learn."""


def guessed_entry(address: str, title: str, good_for: str) -> Entry:
    """A resource as it is likely to be, by its address, its title and a sentence; perhaps without a topic."""
    facets = guessed(title, address)
    about = guessed_topics(f"{title}\n{good_for}", topics())[:TOPICS_EACH]
    kind = facets.kind or Kind.ARTICLE
    return Entry(
        title=title,
        address=address,
        good_for=good_for,
        kind=kind,
        level=facets.level or Level.ANYONE,
        topics=tuple(about),
        cost=facets.cost or Cost.FREE,
        minutes=facets.minutes,
        maths=bool(facets.maths),
        step=USUAL_STEPS.get(kind, Step.LEARN),
    )
