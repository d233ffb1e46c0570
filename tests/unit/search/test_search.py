"""Which document stands first, and which are left out; in a small invented catalogue."""

import pytest

from bot.search.document import Document, Reason, Why
from bot.search.facets import Cost, Facets, Filters, Kind, Level
from bot.search.search import Index
from tests.unit.search.shelf import SHELF, index, keys


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Neural Networks, Slowly", 1),
        ("plot ling", 4),
        ("plotling", 4),
        ("seeingthings", 5),
        ("cleo marsh vision", 5),
        ("bo lindqvist video", 2),
        ("nlp course", 11),
        ("natural language processing", 11),
        ("backprop", 1),
        ("what is attention?", 2),
        ("something short about transformers", 2),
        ("advanced book on transformers", 3),
        ("where can i find a job without a degree", 6),
        ("find objects in photos", 5),
        ("nueral netwroks", 1),
        ("transfomer workbok", 3),
        ("audio dataset", 8),
        ("probability", 9),
        ("how do i stop procrastinating", 10),
        ("people to read papers with", 12),
        ("charts in python", 4),
        ("the reading room", 12),
    ],
)
def test_the_right_one_stands_first(query: str, first: int) -> None:
    assert keys(query)[:1] == [first]


@pytest.mark.parametrize(
    "query",
    [
        "training plan for a marathon",
        "learn spanish",
        "deep tissue massage",
        "machine knitting",
        "chess openings",
        "feeding a ball python",
        "best washing machine",
        "model trains",
        "good course on guitar",
        "learn",
        "qwertzuiop",
        "学习西班牙语",
    ],
)
def test_nothing_is_found_where_nothing_fits(query: str) -> None:
    assert keys(query) == []


@pytest.mark.parametrize("query", ["", "   ", "\0", "🤖🤖", "the of and", "?!", "how do i"])
def test_a_query_without_a_word_that_asks_finds_nothing(query: str) -> None:
    found = index().search(query)
    assert (found.hits, found.respelt) == ((), "")


def _first(query: str, *documents: Document) -> int:
    return Index(documents).search(query).hits[0].key


def test_among_equals_the_one_that_most_can_use_stands_first_unless_a_level_is_asked() -> None:
    hard, easy = (
        Document(key, f"{name} on Knots", "https://example.org", facets=Facets(level=level))
        for key, name, level in ((1, "Agbaje", Level.ADVANCED), (2, "Bellini", Level.BEGINNER))
    )
    assert _first("knots", hard, easy) == 2
    assert _first("advanced knots", hard, easy) == 1


def test_among_equals_a_known_work_stands_first() -> None:
    unknown, known = (
        Document(key, title, "https://example.org", tags=("habits",))
        for key, title in ((1, "Better Knots"), (2, "Atomic Habits"))
    )
    assert _first("something on habits", unknown, known) == 2


def test_a_name_within_a_longer_one_is_meant_as_well() -> None:
    both, one = (
        Document(1, "Stories", "https://example.org", tags=("datasets", "audio")),
        Document(2, "Numbers", "https://example.org", tags=("datasets", "finance")),
    )
    assert _first("audio datasets", one, both) == 1


def test_a_name_of_plain_words_says_less_than_one_that_tells() -> None:
    plan, source = (
        Document(1, "Plans", "https://example.org", tags=("roadmap",)),
        Document(2, "Joining In", "https://example.org", tags=("open source",)),
    )
    assert _first("where to start with open source", plan, source) == 2


def test_tags_of_what_comes_closest_are_named_where_nothing_fits() -> None:
    found = index().search("probability of rain on a wedding in tuscany")
    assert not found.hits
    assert "probability" in found.nearest


def test_scores_fall_from_one_towards_nothing() -> None:
    for query in ("transformers", "deep learning", "free course for beginners"):
        scores = [hit.score for hit in index().search(query, limit=12).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
    exact, vague = (
        index().search(query).hits[0].score for query in ("plotling", "free beginners deep learning")
    )
    assert exact > 0.85 > vague


def test_a_query_is_shown_as_it_was_understood() -> None:
    assert index().search("nueral networks").respelt == "neural networks"
    assert index().search("neural networks").respelt == ""


def test_filters_leave_out_what_they_do_not_admit() -> None:
    search = index().search
    assert [hit.key for hit in search("transformers", filters=Filters(kind=Kind.BOOK)).hits] == [3]
    assert [hit.key for hit in search("transformers", filters=Filters(minutes_at_most=60)).hits] == [2]
    assert not search("transformers", filters=Filters(level=Level.BEGINNER, kind=Kind.VIDEO)).hits
    paid = search("course", limit=12, filters=Filters(cost=Cost.PAID)).hits
    assert {hit.key for hit in paid} <= {3, 11}


def test_what_is_dead_is_found_by_its_name_alone() -> None:
    assert keys("oldnet") == [7]
    assert 7 not in keys("neural networks library", limit=12)


def test_what_is_dead_and_was_named_stands_last_within_the_limit() -> None:
    named = [Document(key, f"Oldnet Cookbook {key}", f"https://example.org/{key}") for key in range(20, 29)]
    hits = Index([*SHELF, *named]).search("oldnet", limit=3).hits
    assert [hit.key for hit in hits][2:] == [7]
    assert hits[0].key >= 20
    assert hits[2].score <= hits[1].score


def test_votes_decide_between_those_that_fit_as_well() -> None:
    twins = [Document(key, "Pandas Primer", f"https://example.org/{key}", "Tables.") for key in (1, 2)]
    other = Document(3, "Plotting Primer", "https://example.org/3", "Charts, and a word on pandas.")
    both = Index([*twins, other])
    assert [hit.key for hit in both.search("pandas primer", votes={2: 3}).hits][:2] == [2, 1]
    assert next(hit.key for hit in both.search("pandas primer", votes={3: 900}).hits) != 3
    assert Reason(Why.VOTES, "3") in both.search("pandas primer", votes={2: 3}).hits[0].reasons


def test_reasons_say_what_is_so() -> None:
    hit = index().search("free beginner course on computer vision by cleo marsh").hits[0]
    said = {reason.why: reason.what for reason in hit.reasons}
    assert hit.key == 5
    assert said[Why.AUTHOR] == "Cleo Marsh"
    assert said[Why.KIND] == "course"
    # Its free part is what was asked for; that it is wholly free would not be so.
    assert said.get(Why.COST, "freemium") == "freemium"
    assert index().search("plotling").hits[0].reasons[0] == Reason(Why.NAME)


@pytest.mark.parametrize(
    ("query", "key", "reason"),
    [
        ("nlp", 11, Reason(Why.TOPIC, "nlp")),
        ("natural language understanding", 11, Reason(Why.TOPIC, "nlp")),
        ("how do i get hired", 6, Reason(Why.TOPIC, "job-search")),
        ("pixel", 5, Reason(Why.WORDS, "pixel")),
        ("lindqvist", 2, Reason(Why.AUTHOR, "Bo Lindqvist")),
        ("short video on transformers", 2, Reason(Why.TIME, "55")),
        ("probability for beginners", 9, Reason(Why.WORDS, "probability")),
    ],
)
def test_a_reason_names_what_the_document_has(query: str, key: int, reason: Reason) -> None:
    (hit,) = [hit for hit in index().search(query, limit=12).hits if hit.key == key]
    assert reason in hit.reasons


def test_the_same_documents_are_found_in_the_same_order_each_time() -> None:
    again = Index(SHELF)
    for query in ("deep learning", "python", "free"):
        assert again.search(query) == index().search(query)


def test_an_index_of_nothing_finds_nothing() -> None:
    empty = Index([])
    assert empty.search("anything").hits == ()
    assert empty.complete("any") == []
    empty.close()


def test_documents_that_say_next_to_nothing_do_no_harm() -> None:
    bare = Index([Document(1, "", ""), Document(2, "?", "no address"), Document(3, "Kaggle", "https://[bad")])
    assert [hit.key for hit in bare.search("kaggle").hits] == [3]
    assert bare.complete("kag") == [3]


def test_facets_that_nobody_knows_are_neither_asked_for_nor_against() -> None:
    unknown = Document(1, "Knots of Graph Theory", "https://example.org/k")
    known = Document(2, "Knots of Graph Theory", "https://example.org/b", facets=Facets(kind=Kind.BOOK))
    assert [hit.key for hit in Index([unknown, known]).search("book on graph theory").hits] == [2, 1]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("something in two hours on transformers", 2),
        ("book on neural networks, no heavy maths", 1),
        ("course on images, i can't pay for", 5),
    ],
)
def test_what_is_asked_for_beside_a_subject_is_heard_in_plain_words(query: str, first: int) -> None:
    assert keys(query)[:1] == [first]


@pytest.mark.parametrize("query", ["house plants", "submarine engines", "clothing for toddlers"])
def test_everyday_words_are_not_taken_for_slips_of_the_field(query: str) -> None:
    found = index().search(query)
    assert (found.hits, found.respelt) == ((), "")


def test_a_word_that_only_asks_is_mended_as_well() -> None:
    assert index().search("tranformers explaned").respelt == "transformers explained"
