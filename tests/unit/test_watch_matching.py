"""One pass over many watches finds what comparing each of them with each lead finds."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.leads.filters import Filters, matches
from bot.leads.lead import Degree, Lead, Level, MachineLearning, Period, PostKind, Salary, WorkMode
from bot.leads.posts import Findable, StoredLead
from bot.leads.yearly_pay import yearly_dollars
from bot.watches.matching import Matcher, finds
from bot.watches.rules import Watch

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
ONE_HOUR = timedelta(hours=1)
WORDS = ("python", "pythonic", "rust", "c++", "machine learning", "engineers", "remote")
PLACES = ("Berlin", "Germany", "Porto", "EU", "New York")


def stored(number: int, lead: Lead, text: str = "", hours_ago: int = 0) -> StoredLead:
    posted_at = NOW - hours_ago * ONE_HOUR
    pay = yearly_dollars(lead.salary)
    return StoredLead(number, date(2026, 5, 1), lead, (), text, posted_at, False, None, pay)


def watch(number: int, user_id: int, filters: Filters, hours_ago: int = 0) -> Watch:
    return Watch(number, user_id, None, filters, paused=False, since=NOW - hours_ago * ONE_HOUR)


some_words = st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)
salaries = st.builds(
    Salary, st.none(), st.integers(1, 200_000), st.sampled_from(["USD", "EUR"]), st.sampled_from(Period)
)
leads = st.builds(
    Lead,
    kind=st.just(PostKind.HIRING),
    locations=st.lists(st.sampled_from(PLACES), max_size=2).map(tuple),
    work_modes=st.frozensets(st.sampled_from(WorkMode)),
    seniority=st.frozensets(st.sampled_from(Level), max_size=2),
    salary=st.none() | salaries,
    degree=st.none() | st.sampled_from(Degree),
    ml=st.none() | st.sampled_from(MachineLearning),
)
posts = st.lists(st.tuples(leads, some_words, st.integers(0, 48)), max_size=8).map(
    lambda parts: [stored(number, *part) for number, part in enumerate(parts, 1)]
)
filters = st.builds(
    Filters,
    words=some_words | st.sampled_from(["pyt", "py", "rust pytho"]),
    place=st.just("") | st.sampled_from(PLACES),
    modes=st.frozensets(st.sampled_from(WorkMode), max_size=2),
    levels=st.frozensets(st.sampled_from(Level), max_size=2),
    pay_at_least=st.none() | st.sampled_from([1_000, 50_000, 120_000]),
    no_degree=st.booleans(),
    ml=st.booleans(),
)


@settings(max_examples=200)
@given(posts, st.lists(filters, max_size=6))
@example([stored(1, Lead(PostKind.HIRING))], [Filters()])
@example([], [Filters(words="rust")])
def test_what_meets_filters_is_what_meets_them_one_by_one(
    posts: list[StoredLead], several: list[Filters]
) -> None:
    matcher = Matcher(map(Findable.of, posts))
    for one in several:
        met = {post.id for post in posts if matches(one, post.lead, post.text)}
        assert set(matcher.ids(matcher.meeting(one))) == met


@settings(max_examples=100)
@given(posts, st.lists(st.tuples(st.integers(1, 3), filters, st.integers(0, 48)), max_size=6))
def test_each_member_finds_what_is_news_to_any_of_their_watches(
    posts: list[StoredLead], wanted: list[tuple[int, Filters, int]]
) -> None:
    watches = [watch(number, *each) for number, each in enumerate(wanted)]
    expected: dict[int, set[int]] = {}
    for each in watches:
        for post in posts:
            # News begin a day before the watch was made.
            if post.posted_at >= each.since - 24 * ONE_HOUR and matches(each.filters, post.lead, post.text):
                expected.setdefault(each.user_id, set()).add(post.id)
    assert finds(watches, map(Findable.of, posts), NOW) == expected


def test_a_post_of_the_very_instant_at_which_news_begin_is_news() -> None:
    lead = Lead(PostKind.HIRING)
    posts = [stored(1, lead, hours_ago=24), stored(2, lead, hours_ago=25)]
    assert finds([watch(1, 10, Filters())], map(Findable.of, posts), NOW) == {10: {1}}
