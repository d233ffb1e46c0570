"""A catalogue of a dozen resources, small enough to know which one fits what."""

from dataclasses import replace

from bot.resources.entry import Entry, Step
from bot.resources.loading import load
from bot.search.facets import Cost, Kind, Level
from bot.services import Services


def _entry(slug: str, title: str, good_for: str, topics: tuple[str, ...], **said: object) -> Entry:
    entry = Entry(
        title=title,
        address=f"https://{slug}.example/start",
        good_for=good_for,
        kind=Kind.COURSE,
        level=Level.BEGINNER,
        topics=topics,
        cost=Cost.FREE,
        minutes=3_600,
        maths=False,
        step=Step.LEARN,
        source="ours",
        slug=slug,
    )
    return replace(entry, **said)  # type: ignore[arg-type]


NETS = _entry(
    "nets",
    "Nets by Hand",
    "Builds a neural network from nothing, so that a beginner sees how it learns.",
    ("deep-learning", "pytorch"),
    author="Ines Falk",
    also=("nbh",),
)
ACADEMY = _entry(
    "academy",
    "Deep Academy",
    "Months of mentored neural network projects for people who want a teacher.",
    ("deep-learning", "portfolio"),
    level=Level.INTERMEDIATE,
    cost=Cost.PAID,
    minutes=18_000,
)
TENSORS = _entry(
    "tensors",
    "Tensors in an Evening",
    "A notebook on tensors and gradients for who meets neural networks for the first time.",
    ("pytorch", "deep-learning"),
    kind=Kind.TUTORIAL,
    minutes=150,
    recalled=True,
)
FRAMES = _entry(
    "frames",
    "Frames and Tables",
    "Exercises in cleaning and joining tables with Python.",
    ("data-analysis", "python"),
    kind=Kind.PRACTICE,
    step=Step.BUILD,
    minutes=960,
)
ARENA = _entry(
    "arena",
    "Open Arena",
    "Competitions with data and a public ranking, to build a model that is measured.",
    ("competitions", "datasets"),
    kind=Kind.PRACTICE,
    step=Step.BUILD,
    minutes=None,
)
STAGE = _entry(
    "stage",
    "Little Stage",
    "Puts a demo of a model on the web for nothing.",
    ("web-demos", "deployment"),
    kind=Kind.HOSTING,
    step=Step.SHOW,
    level=Level.ANYONE,
    cost=Cost.FREEMIUM,
    minutes=None,
)
BOARD = _entry(
    "board",
    "Board of Small Firms",
    "Lists openings for machine learning people without a degree.",
    ("job-search",),
    kind=Kind.JOBS,
    step=Step.HUNT,
    level=Level.ANYONE,
    minutes=None,
)
SHELF = _entry(
    "shelf",
    "Paper Shelf",
    "Lists the papers of the day with the code that belongs to them.",
    ("papers",),
    kind=Kind.GUIDE,
    level=Level.ADVANCED,
    minutes=None,
)
TROVE = _entry(
    "trove",
    "Code Trove",
    "Joined papers with their code and their results.",
    ("papers",),
    kind=Kind.GUIDE,
    minutes=None,
    dead="Closed in July 2025.",
    replaced_by="shelf",
)
MORE = [
    _entry(f"python-{number}", f"Python, Part {number}", f"Teaches chapter {number} of Python.", ("python",))
    for number in range(1, 8)
]

CATALOGUE = [NETS, ACADEMY, TENSORS, FRAMES, ARENA, STAGE, BOARD, SHELF, TROVE, *MORE]


async def stock(services: Services) -> dict[str, int]:
    """Have the catalogue be this one; answers the ids by title."""
    await services.database.write(load, CATALOGUE, services.clock.now())
    return await ids(services)


async def ids(services: Services) -> dict[str, int]:
    """The ids of the resources of the small catalogue, by title."""
    found = {}
    for entry in CATALOGUE:
        resource = await services.resources.chosen(1, entry.title)
        found[entry.title] = resource.id
    return found
