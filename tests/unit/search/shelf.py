"""A small invented catalogue, which tests of the search share."""

from functools import cache

from bot.search.document import Document
from bot.search.facets import Cost, Facets, Kind, Level
from bot.search.search import Index

SHELF = [
    Document(
        1,
        "Neural Networks, Slowly",
        "https://example.org/slow",
        "Explains backpropagation and gradient descent to beginners, with drawings.",
        ("deep-learning", "neural networks"),
        "Ada Quill",
        ("nns",),
        facets=Facets(Kind.BOOK, Level.BEGINNER, Cost.FREE, 900, False),
    ),
    Document(
        2,
        "Attention in an Hour",
        "https://example.org/attention",
        "A talk on how transformers read a sentence.",
        ("transformers", "nlp"),
        "Bo Lindqvist",
        (),
        facets=Facets(Kind.VIDEO, Level.INTERMEDIATE, Cost.FREE, 55, False),
    ),
    Document(
        3,
        "The Transformer Workbook",
        "https://example.org/workbook",
        "Two hundred pages of exercises on transformers and large language models.",
        ("transformers", "llm"),
        "Bo Lindqvist",
        (),
        facets=Facets(Kind.BOOK, Level.ADVANCED, Cost.PAID, 3_000, True),
    ),
    Document(
        4,
        "Plotling",
        "https://plotling.example.org",
        "Draws charts from tables with one line of Python.",
        ("data-visualization", "python"),
        "",
        ("plot ling",),
        facets=Facets(Kind.TOOL, Level.ANYONE, Cost.FREE, None, False),
    ),
    Document(
        5,
        "Seeing Things: a Course in Computer Vision",
        "https://example.org/seeing",
        "Object detection and image segmentation from the first pixel on.",
        ("computer-vision", "deep-learning"),
        "Cleo Marsh",
        ("seeing things",),
        facets=Facets(Kind.COURSE, Level.BEGINNER, Cost.FREEMIUM, 2_400, False),
    ),
    Document(
        6,
        "Work Without Papers",
        "https://example.org/work",
        "A board of jobs for those who have no degree.",
        ("job-search", "career"),
        "",
        (),
        facets=Facets(Kind.JOBS, Level.ANYONE, Cost.FREE, None, False),
    ),
    Document(
        7,
        "Oldnet",
        "https://example.org/oldnet",
        "A library of neural networks that is no longer looked after.",
        ("deep-learning",),
        "",
        ("old net",),
        facets=Facets(Kind.TOOL, Level.ANYONE, Cost.FREE, None, False),
        stands=False,
    ),
    Document(
        8,
        "Bird Calls of the North",
        "https://example.org/birds",
        "Forty hours of recordings, each with the name of the bird.",
        ("audio", "datasets"),
        "",
        (),
        facets=Facets(Kind.DATASET, Level.ANYONE, Cost.FREE, None, False),
    ),
    Document(
        9,
        "Chances: Probability for the Curious",
        "https://example.org/chances",
        "Probability and statistics with dice and cards, and with proofs.",
        ("probability", "statistics"),
        "Dag Ortiz",
        (),
        facets=Facets(Kind.COURSE, Level.INTERMEDIATE, Cost.FREE, 1_800, True),
    ),
    Document(
        10,
        "Small Habits",
        "https://example.org/habits",
        "How to sit down to it every day.",
        ("habits",),
        "",
        (),
        facets=Facets(Kind.ARTICLE, Level.ANYONE, Cost.FREE, 15, False),
    ),
    Document(
        11,
        "Sentences: a Course in Language Processing",
        "https://example.org/sentences",
        "Tokens, embeddings and named entities.",
        ("nlp", "python"),
        "Cleo Marsh",
        (),
        facets=Facets(Kind.COURSE, Level.BEGINNER, Cost.PAID, 1_200, False),
    ),
    Document(
        12,
        "The Reading Room",
        "https://discord.com/invite/example",
        "A server of people who read papers together.",
        ("community", "papers"),
        "",
        (),
        facets=Facets(Kind.COMMUNITY, Level.ANYONE, Cost.FREE, None, False),
    ),
]


@cache
def index() -> Index:
    return Index(SHELF)


def keys(query: str, limit: int = 5) -> list[int]:
    return [hit.key for hit in index().search(query, limit=limit).hits]
