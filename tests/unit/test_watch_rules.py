"""What a watch is called, which one is meant, and from when on a post is news to it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NoSuchWatch, TooManyWatches, WatchAlready, WatchNameTaken, WatchNameTooLong
from bot.leads.filters import Filters
from bot.leads.lead import WorkMode
from bot.watches.rules import (
    KEPT_FOR,
    NAME_LIMIT,
    WATCHES_EACH,
    Watch,
    clean_name,
    find_chosen,
    name_made_of,
    news_since,
    require_its_own,
    require_room,
)

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
REMOTE = Filters(modes=frozenset({WorkMode.REMOTE}))


def watch(
    number: int = 1,
    filters: Filters = REMOTE,
    name: str | None = None,
    since: datetime = NOW,
) -> Watch:
    return Watch(number, 10, name, filters, paused=False, since=since)


def test_a_watch_is_called_what_its_member_calls_it_or_else_by_what_it_looks_for() -> None:
    assert watch(name="Far away").name == "Far away"
    looking = Filters(words="nlp engineer", place="Berlin", modes=frozenset({WorkMode.REMOTE}))
    assert {"nlp engineer", "Berlin"} <= {part.strip("“”") for part in name_made_of(looking).split(", ")}
    assert name_made_of(Filters()) == "Everything"


def test_a_name_made_of_many_filters_is_cut() -> None:
    name = name_made_of(Filters(words="a " * 40, place="b" * 80))
    assert len(name) <= NAME_LIMIT
    assert name.endswith("…")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(None, None), ("", None), (" \n ", None), ("\u200b", None), ("  Far \n away\u202e ", "Far away")],
)
def test_a_name_is_kept_on_one_line_and_one_that_says_nothing_is_none(
    typed: str | None, kept: str | None
) -> None:
    assert clean_name(typed) == kept


def test_a_name_may_have_sixty_characters() -> None:
    assert clean_name("x" * 60) == "x" * 60
    with pytest.raises(WatchNameTooLong, match="61 characters"):
        clean_name("x" * 61)


def test_a_member_may_have_five() -> None:
    require_room([watch(number) for number in range(WATCHES_EACH - 1)])
    with pytest.raises(TooManyWatches, match="5 watches"):
        require_room([watch(number) for number in range(WATCHES_EACH)])


def test_no_two_look_for_the_same_or_have_the_same_name() -> None:
    others = [watch(1), watch(2, Filters(place="Berlin"), "Home")]
    require_its_own(Filters(place="Hamburg"), "Away", others)
    require_its_own(Filters(place="Hamburg"), None, others)
    with pytest.raises(WatchAlready):
        require_its_own(REMOTE, "Away", others)
    with pytest.raises(WatchNameTaken, match="home"):
        require_its_own(Filters(place="Hamburg"), "home", others)


def test_a_watch_is_chosen_by_its_number_or_typed_by_its_name() -> None:
    one, seven = watch(7, name="Mine"), watch(8, Filters(place="Berlin"), "7")
    assert find_chosen([one, seven], "7") is one
    assert find_chosen([seven], "7") is seven
    assert find_chosen([one, seven], "  mINE ") is one
    for typed in ("", "Min", "9"):
        with pytest.raises(NoSuchWatch):
            find_chosen([one, seven], typed)


def test_news_are_posts_from_a_day_before_the_watch_was_made() -> None:
    assert news_since(watch(since=NOW), NOW) == NOW - ONE_DAY
    assert news_since(watch(since=NOW - 3 * ONE_DAY), NOW) == NOW - 4 * ONE_DAY


def test_what_is_two_months_old_is_news_to_no_watch() -> None:
    assert news_since(watch(since=NOW - 100 * ONE_DAY), NOW) == NOW - KEPT_FOR
