"""The stand-in for Hacker News: what it answers by an instant, in both dialects."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.leads.hackernews import HackerNews
from bot.leads.threads import ACCOUNT, Thread, ThreadKind
from demo.hacker_news import InventedWeb
from demo.hiring import Post, load
from demo.hiring.algolia import Dialect, comments, item, stories
from tests.clocks import ManualClock

THREADS = load()
MARCH = THREADS[-3]
NOW = datetime(2026, 3, 5, 17, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


def post_by(name: str) -> Post:
    [found] = [post for post in MARCH.posts if post.by == name]
    return found


def ids_at(now: datetime) -> list[int]:
    hits = comments(THREADS, MARCH.id, now)["hits"]
    return [int(hit["objectID"]) for hit in hits if hit["parent_id"] == MARCH.id]


def test_the_newest_thread_of_each_kind_comes_first() -> None:
    assert MARCH.kind is ThreadKind.HIRING
    hits = stories(THREADS, NOW)["hits"]
    assert {hit["title"] for hit in hits[:3]} == {thread.title for thread in THREADS[-3:]}
    assert all(hit["author"] == ACCOUNT for hit in hits)


def test_a_thread_that_is_to_come_is_not_there() -> None:
    before = MARCH.at - MOMENT
    assert item(THREADS, MARCH.id, before) is None
    assert str(MARCH.id) not in {hit["objectID"] for hit in stories(THREADS, before)["hits"]}
    assert comments(THREADS, MARCH.id, before)["hits"] == []


def test_posts_arrive_as_time_passes_the_newest_first() -> None:
    post = post_by("thimble")
    assert post.at > NOW
    assert post.id not in ids_at(NOW)
    assert ids_at(post.at)[0] == post.id


def test_an_edited_post_reads_otherwise_from_then_on() -> None:
    post = post_by("cartwheel")
    assert post.edited_at
    assert post.html_at(post.edited_at - MOMENT) == post.html
    assert post.html_at(post.edited_at) == post.edited_html != post.html


def test_a_post_that_vanished_is_in_no_answer() -> None:
    post = post_by("moth_and_lamp")
    assert post.vanished_at
    assert post.id in ids_at(post.vanished_at - MOMENT)
    assert post.id not in ids_at(post.vanished_at)
    tree = item(THREADS, MARCH.id, post.vanished_at)
    assert tree
    assert post.id not in {child["id"] for child in tree["children"]}


def test_the_tree_and_the_search_have_the_same_posts() -> None:
    tree = item(THREADS, MARCH.id, NOW)
    assert tree
    assert sorted(child["id"] for child in tree["children"]) == sorted(ids_at(NOW))


def test_replies_are_among_the_hits_and_below_their_post() -> None:
    post = post_by("kettleandcrow")
    [reply] = post.replies
    hits = comments(THREADS, MARCH.id, NOW)["hits"]
    assert [hit["parent_id"] for hit in hits if hit["objectID"] == str(reply.id)] == [post.id]


def test_only_what_was_written_in_a_span_of_time_is_found() -> None:
    seconds = int(post_by("cartwheel").at.timestamp())
    hits = comments(THREADS, MARCH.id, NOW, since=seconds, until=seconds)["hits"]
    assert [hit["author"] for hit in hits] == ["cartwheel"]


def test_no_more_hits_are_given_than_asked_for() -> None:
    answer = comments(THREADS, MARCH.id, NOW, hits=5)
    assert len(answer["hits"]) == 5
    assert answer["nbHits"] > 5


@pytest.mark.parametrize(
    ("dialect", "written", "url_is_there"),
    [(Dialect.OLD, "2026-03-02T16:01:00.000Z", True), (Dialect.NEW, "2026-03-02T16:01:00Z", False)],
)
def test_dialects_differ_in_what_is_absent_and_in_milliseconds(
    dialect: Dialect, written: str, url_is_there: bool
) -> None:
    hit = comments(THREADS, MARCH.id, NOW, dialect=dialect)["hits"][-1]
    assert hit["created_at"] == written
    assert ("url" in hit) is url_is_there


async def test_the_real_client_reads_what_there_is_by_the_clock() -> None:
    clock = ManualClock(NOW)
    hacker_news = HackerNews(InventedWeb(clock))
    found = {thread.id: thread for thread in await hacker_news.find_threads(())}
    march = found[MARCH.id]
    assert march == Thread(MARCH.id, ThreadKind.HIRING, date(2026, 3, 1), MARCH.at)
    whole = await hacker_news.read(march, whole=True, known=())
    new = await hacker_news.read(march, whole=False, known=())
    assert whole.whole
    assert [one.id for one in whole.comments] == [one.id for one in new.comments] == sorted(ids_at(NOW))
    assert hacker_news.asked == 3

    clock.set(post_by("thimble").at)
    later = await hacker_news.read(march, whole=False, known=())
    assert {one.id for one in later.comments} - {one.id for one in new.comments} == {post_by("thimble").id}
