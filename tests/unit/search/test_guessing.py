import pytest

from bot.search.facets import Cost, Kind, Level
from bot.search.guessing import guessed, guessed_topics


@pytest.mark.parametrize(
    ("title", "url", "tags", "kind", "cost"),
    [
        ("Knots", "https://www.youtube.com/watch?v=1", (), Kind.VIDEO, Cost.FREE),
        ("Knots", "https://youtu.be/1", (), Kind.VIDEO, Cost.FREE),
        ("On Knots", "https://arxiv.org/abs/1", (), Kind.PAPER, Cost.FREE),
        ("Knots", "https://www.coursera.org/learn/knots", (), Kind.COURSE, Cost.FREEMIUM),
        ("Knots", "https://github.com/someone/knots", (), Kind.PROJECT, Cost.FREE),
        ("r/knots", "https://old.reddit.com/r/knots", (), Kind.COMMUNITY, Cost.FREE),
        ("Knots in Action", "https://www.manning.com/books/knots", (), Kind.BOOK, Cost.PAID),
        ("Knots corpus", "https://example.org", (), Kind.DATASET, Cost.FREE),
        ("Knots", "https://example.org", ("book",), Kind.BOOK, None),
        ("Knots", "https://example.org/blog/knots", (), Kind.ARTICLE, Cost.FREE),
        ("Knots podcast", "https://example.org", (), Kind.NEWSLETTER, None),
        ("Knots", "https://example.org", (), None, None),
        ("Massive datasets of knots", "https://example.org", ("course",), Kind.COURSE, None),
        ("spaCy", "https://example.org", (), Kind.TOOL, Cost.FREE),
        ("Atomic Habits", "https://example.org", (), Kind.BOOK, Cost.PAID),
        ("Knots", "no address at all", (), None, None),
        ("", "", ("", "  "), None, None),
    ],
)
def test_kind_and_cost_are_guessed(
    title: str, url: str, tags: tuple[str, ...], kind: Kind | None, cost: Cost | None
) -> None:
    facets = guessed(title, url, tags)
    assert (facets.kind, facets.cost) == (kind, cost)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Knots for Beginners", Level.BEGINNER),
        ("A Gentle Introduction to Knots", Level.BEGINNER),
        ("Advanced Knots", Level.ADVANCED),
        ("Knots", None),
        # Known works, of which the title does not tell.
        ("Seeing Theory", Level.BEGINNER),
        ("Pattern Recognition and Machine Learning", Level.ADVANCED),
        ("CS229", Level.INTERMEDIATE),
        ("In-depth introduction to anything", Level.ADVANCED),
    ],
)
def test_the_level_is_guessed(title: str, level: Level | None) -> None:
    assert guessed(title, "https://example.org").level is level


def test_maths_is_guessed_where_the_words_say_it_and_the_time_never() -> None:
    assert guessed("Linear Algebra, Done", "https://example.org").maths is True
    assert guessed("Knots", "https://example.org").maths is None
    assert guessed("Knots", "https://youtu.be/1").minutes is None


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Fine-tune a language model with LoRA", ["fine-tuning", "llm"]),
        ("YOLO from scratch", ["computer-vision"]),
        ("Pandas for tables", ["data-analysis"]),
        ("Bread at home", []),
    ],
)
def test_topics_are_guessed(text: str, topics: list[str]) -> None:
    known = ["fine-tuning", "llm", "computer-vision", "data-analysis", "habits", "sql"]
    assert guessed_topics(text, known)[: len(topics)] == topics
    assert set(guessed_topics(text, known)) <= set(known)
    if not topics:
        assert guessed_topics(text, known) == []
