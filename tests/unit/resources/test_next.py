"""Which resource comes next for a member, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.checkins.rules import CheckIn, Entry, KindOfWork
from bot.resources.entry import Step
from bot.resources.next import Ground, Standing, building_share, choose, level_of, next_step
from bot.resources.resource import Mark, Resource
from bot.search.facets import Cost, Kind, Level
from tests.shelved_resources import NOW, an_entry

L, B, S, J = KindOfWork.LEARNING, KindOfWork.BUILDING, KindOfWork.SHOWING, KindOfWork.JOB_HUNT
EARLIER = NOW - timedelta(days=9)

COURSE, HARD_COURSE, PROJECT, DEMO, BOARD, GONE = (
    Resource(1, an_entry("A course")),
    Resource(2, an_entry("A hard course", level=Level.ADVANCED)),
    Resource(3, an_entry("A project", step=Step.BUILD, topics=("audio",))),
    Resource(4, an_entry("A demo", step=Step.SHOW, topics=("web-demos",))),
    Resource(5, an_entry("A board", step=Step.HUNT, topics=("job-search",), kind=Kind.JOBS)),
    Resource(6, an_entry("Gone", dead="Closed in 2024.")),
)
SHELF = (COURSE, HARD_COURSE, PROJECT, DEMO, BOARD, GONE)


def days(*kinds: KindOfWork, minutes: int | None = None) -> list[CheckIn]:
    return [
        CheckIn(1, date(2026, 3, number), Entry("Done", kind=kind, minutes=minutes))
        for number, kind in enumerate(kinds, start=1)
    ]


@pytest.mark.parametrize(
    ("kinds", "step", "ground"),
    [
        ([], Step.LEARN, Ground.BEGINNING),
        ([L], Step.BUILD, Ground.BUILD_MORE),
        ([L, B, B], Step.BUILD, Ground.BUILD_MORE),  # 66 %
        ([L] * 3 + [B] * 7, Step.SHOW, Ground.SHOW_IT),  # 70 %, and nothing was shown
        ([L] * 3 + [B] * 7 + [S], Step.LEARN, Ground.LEARN_NEXT),
        ([B] * 4, Step.LEARN, Ground.LEARN_NEXT),  # not much to show yet
        ([B] * 5, Step.SHOW, Ground.SHOW_IT),
        ([S], Step.BUILD, Ground.BUILD_MORE),
        ([J, B], Step.LEARN, Ground.LEARN_NEXT),  # half is not above all
        ([J, J, B], Step.HUNT, Ground.JOB_HUNT),
        ([J], Step.HUNT, Ground.JOB_HUNT),
    ],
)
def test_the_step_follows_from_what_two_weeks_were_for(
    kinds: list[KindOfWork], step: Step, ground: Ground
) -> None:
    assert next_step(days(*kinds)) == (step, ground)
    found = choose(SHELF, Standing(days(*kinds)))
    assert found is not None
    assert (found.resource.entry.step, found.because.ground) == (step, ground)


def test_the_share_is_of_the_minutes_where_some_were_counted() -> None:
    assert building_share(days(B, L, minutes=30)) == 50
    assert building_share([*days(B, minutes=90), *days(L, minutes=10), *days(B)]) == 90
    assert building_share(days(B, B, L)) == 66
    assert building_share(days(S, J)) is None
    assert building_share([]) is None


@pytest.mark.parametrize(
    ("finished", "level"),
    [
        ("", Level.BEGINNER),
        ("b", Level.BEGINNER),
        ("xx", Level.BEGINNER),
        ("bb", Level.INTERMEDIATE),
        ("i", Level.INTERMEDIATE),
        ("bbb", Level.INTERMEDIATE),
        ("ii", Level.ADVANCED),
        ("a", Level.ADVANCED),
    ],
)
def test_the_level_follows_from_what_was_finished(finished: str, level: Level) -> None:
    levels = {"b": Level.BEGINNER, "i": Level.INTERMEDIATE, "a": Level.ADVANCED, "x": Level.ANYONE}
    assert level_of(an_entry("One", level=levels[letter]) for letter in finished) is level


def test_what_is_under_way_comes_first_the_latest_of_it() -> None:
    begun = {1: Mark(started_at=EARLIER), 5: Mark(started_at=EARLIER - timedelta(days=1))}
    found = choose(SHELF, Standing(days(B), marks=begun))
    assert found is not None
    assert (found.resource, found.because.ground, found.because.since) == (COURSE, Ground.STARTED, EARLIER)
    passed = choose(SHELF, Standing(days(B), marks=begun), passed=[1])
    assert passed is not None
    assert passed.resource == BOARD


def test_nothing_comes_next_that_is_finished_passed_over_or_dead() -> None:
    finished = {1: Mark(started_at=EARLIER, finished_at=NOW), 2: Mark(finished_at=NOW)}
    assert choose(SHELF, Standing(marks=finished), passed=[3, 4, 5]) is None
    assert choose([], Standing()) is None
    found = choose(SHELF, Standing(marks=finished), passed=[3, 4])
    assert found is not None
    assert found.resource == BOARD


def test_what_was_saved_is_told_as_such_when_it_comes() -> None:
    found = choose(SHELF, Standing(marks={2: Mark(saved_at=EARLIER)}, level=Level.INTERMEDIATE))
    assert found is not None
    assert (found.resource, found.because.ground, found.because.since) == (HARD_COURSE, Ground.SAVED, EARLIER)


def test_the_topic_decides_within_the_step() -> None:
    shelf = [
        Resource(1, an_entry("Tables", topics=("tabular-data",), kind=Kind.COURSE)),
        Resource(2, an_entry("Sounds", topics=("audio",), kind=Kind.BOOK, cost=Cost.PAID)),
        Resource(3, an_entry("Sounds beside", topics=("python", "audio"))),
    ]
    found = choose(shelf, Standing(days(B), topics={"audio": 2.0, "nlp": 1.0}))
    assert found is not None
    assert found.resource.id == 2
    assert (found.because.ground, found.because.topic, found.because.share) == (
        Ground.LEARN_NEXT,
        "audio",
        100,
    )


def test_the_step_says_more_than_the_topic_and_the_topic_is_why_when_no_step_fits() -> None:
    standing = Standing(days(L), topics={"machine-learning": 1.0})
    found = choose(SHELF, standing)
    assert found is not None
    assert (found.resource, found.because.topic) == (PROJECT, None)
    learning_only = choose([COURSE, HARD_COURSE], standing)
    assert learning_only is not None
    assert learning_only.because.ground is Ground.TOPIC
    assert learning_only.because.topic == "machine-learning"
    neither = choose([COURSE], Standing(days(L), topics={"audio": 1.0}))
    assert neither is not None
    assert neither.because.ground is Ground.LEVEL


def test_where_nothing_of_the_step_is_about_it_the_general_comes_before_the_far_off() -> None:
    shelf = [
        Resource(1, an_entry("Recipes", step=Step.BUILD, topics=("llm", "prompting"), kind=Kind.TUTORIAL)),
        Resource(2, an_entry("Competitions", step=Step.BUILD, kind=Kind.PRACTICE)),
    ]
    found = choose(shelf, Standing(days(L), topics={"linear-algebra": 1.0}))
    assert found is not None
    assert (found.resource.id, found.because.topic) == (2, None)


def test_whoever_only_has_goals_so_far_begins_with_what_these_are_about() -> None:
    about_audio = Resource(7, an_entry("Sounds", topics=("audio",)))
    found = choose([*SHELF, about_audio], Standing(topics={"audio": 1.0}))
    assert found is not None
    assert (found.resource, found.because.ground, found.because.topic) == (about_audio, Ground.TOPIC, "audio")


@pytest.mark.parametrize(
    ("level", "expected"),
    [(Level.BEGINNER, "beginner"), (Level.INTERMEDIATE, "intermediate"), (Level.ADVANCED, "advanced")],
)
def test_the_level_decides_among_what_is_alike(level: Level, expected: str) -> None:
    shelf = [Resource(number, an_entry(f"One {number}", level=each)) for number, each in enumerate(Level)]
    found = choose(shelf, Standing(level=level))
    assert found is not None
    assert found.resource.entry.level == expected


def test_among_what_is_alike_that_comes_which_helped_most() -> None:
    twin = replace(COURSE, id=9)
    assert choose([COURSE, twin], Standing()) == choose([twin, COURSE], Standing())
    found = choose([COURSE, twin], Standing(helped={9: 3}))
    assert found is not None
    assert found.resource.id == 9
