"""What is read of Algolia's answers and of Hacker News's own, in both dialects, and what when one fails."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.leads import algolia, firebase
from bot.leads.hackernews import ALGOLIA, FIREBASE, HackerNews
from bot.leads.threads import Comment, Thread, ThreadKind
from bot.leads.web import TRIES, Web
from bot.operator_errors import HackerNewsUnreadable
from tests.clocks import ManualClock
from tests.hackernews import faults
from tests.hackernews.conftest import FIRST_OF_MAY
from tests.hackernews.standin import Dialect, StandIn

POSTED = datetime(2026, 5, 1, 15, 0, 7, tzinfo=UTC)
MAY = date(2026, 5, 1)
TITLE = "Ask HN: Who is hiring? (May 2026)"
AN_HOUR = timedelta(hours=1)


def minutes(number: float) -> datetime:
    """So many minutes after the thread was posted."""
    return POSTED + timedelta(minutes=number)


def hiring(thread_id: int, newest_at: datetime | None = None) -> Thread:
    return Thread(thread_id, ThreadKind.HIRING, MAY, POSTED, newest_at)


async def texts(news: HackerNews, thread: Thread, *, whole: bool, known: set[int] | None = None) -> list[str]:
    reading = await news.read(thread, whole=whole, known=known or set())
    assert len({comment.id for comment in reading.comments}) == len(reading.comments)
    return [comment.html for comment in reading.comments]


async def test_left_alone_it_asks_hacker_news(web: Web) -> None:
    news = HackerNews(web)
    assert (news.url, news.firebase_url) == (ALGOLIA, FIREBASE)
    assert ALGOLIA.startswith("https://")
    assert FIREBASE.startswith("https://")


@pytest.mark.parametrize("dialect", ["2023", "2026"])
async def test_the_threads_of_the_month_are_found_by_themselves(
    news: HackerNews, standin: StandIn, dialect: Dialect
) -> None:
    standin.dialect = dialect
    seeking = standin.post_thread("Ask HN: Who wants to be hired? (May 2026)", POSTED)
    thread = standin.post_thread(TITLE, POSTED)
    standin.post_thread("Ask HN: Who is hiring remotely? (May 2026)", POSTED)
    standin.post_thread(TITLE, POSTED, author="somebody else")
    found = await news.find_threads(set())
    assert {(one.id, one.kind) for one in found} == {
        (thread, ThreadKind.HIRING),
        (seeking, ThreadKind.SEEKING_WORK),
    }
    assert {(one.month, one.began_at) for one in found} == {(MAY, POSTED)}
    assert len(standin.requests) == 1


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("dialect", ["2023", "2026"])
async def test_what_is_posted_in_a_thread_is_read_without_the_replies(
    news: HackerNews, standin: StandIn, dialect: Dialect, whole: bool
) -> None:
    standin.dialect = dialect
    thread = standin.post_thread(TITLE, POSTED)
    first = standin.post(thread, "Acorn | Baker | Oslo", minutes(1))
    standin.post(first, "Is it remote?", minutes(2))
    second = standin.post(thread, "Birch | Clerk | Rome", minutes(3))
    standin.post(thread, "Not there yet", FIRST_OF_MAY + AN_HOUR)
    reading = await news.read(hiring(thread), whole=whole, known=set())
    assert reading.comments == [
        Comment(first, thread, minutes(1), "Acorn | Baker | Oslo"),
        Comment(second, thread, minutes(3), "Birch | Clerk | Rome"),
    ]
    assert (reading.whole, reading.more, len(standin.requests)) == (whole, False, 1)


async def test_only_what_was_posted_in_the_last_two_hours_is_asked_for_again(
    news: HackerNews, standin: StandIn, clock: ManualClock
) -> None:
    thread = standin.post_thread(TITLE, POSTED)
    for number in (0, 60, 61, 180, 181):
        standin.post(thread, f"after {number}", minutes(number))
    clock.advance(hours=5)
    assert await texts(news, hiring(thread, minutes(180)), whole=False) == [
        "after 60",
        "after 61",
        "after 180",
        "after 181",
    ]


async def test_of_posts_in_the_same_second_none_is_left_out(news: HackerNews, standin: StandIn) -> None:
    thread = standin.post_thread(TITLE, POSTED)
    for number in range(3):
        standin.post(thread, f"post {number}", minutes(1))
    assert len(await texts(news, hiring(thread, minutes(1)), whole=False)) == 3


@pytest.mark.parametrize("dialect", ["2023", "2026"])
async def test_the_limit_of_a_thousand_hits_is_walked_around(
    news: HackerNews, standin: StandIn, clock: ManualClock, dialect: Dialect
) -> None:
    standin.dialect = dialect
    thread = standin.post_thread(TITLE, POSTED)
    # A reply to each post, and seven posts of one second, so that the limit falls in the middle of one.
    written = [standin.post(thread, f"post {number}", minutes(number // 7)) for number in range(1300)]
    for number, comment in enumerate(written):
        standin.post(comment, "a reply", minutes(number // 7))
    clock.advance(days=3)
    reading = await news.read(hiring(thread), whole=False, known=set())
    assert [comment.id for comment in reading.comments] == written
    # 2600 hits, and the second in which one answer ended is in the next as well.
    assert len(standin.requests) == 3


async def test_exactly_a_thousand_hits_take_one_request(
    news: HackerNews, standin: StandIn, clock: ManualClock
) -> None:
    thread = standin.post_thread(TITLE, POSTED)
    for number in range(1000):
        standin.post(thread, "a post", minutes(number))
    clock.advance(days=3)
    assert len(await texts(news, hiring(thread), whole=False)) == 1000
    assert len(standin.requests) == 1


async def test_a_search_that_goes_round_in_circles_comes_to_an_end(web: Web, standin: StandIn) -> None:
    hit = {
        "objectID": "9",
        "parent_id": 7,
        "created_at_i": int(POSTED.timestamp()) + 9999,
        "comment_text": "x",
    }
    standin.recorded["search"] = json.dumps({"hits": [hit], "nbHits": 5000}).encode()
    source = algolia.Algolia(web, standin.algolia)
    with pytest.raises(HackerNewsUnreadable, match="comes to no end"):
        await source.comments_since(7, POSTED)
    assert len(standin.requests) == algolia.QUERIES_AT_MOST


async def test_a_thread_that_is_not_there_has_no_posts(news: HackerNews, standin: StandIn) -> None:
    reading = await news.read(hiring(7), whole=True, known=set())
    assert (reading.comments, reading.whole) == ([], False)
    assert standin.requests[0] == "/algolia/items/7"


def bad_comments() -> list[dict[str, Any]]:
    """One comment that can be read between others that cannot, or not fully, in the way of a search."""
    good = {
        "objectID": "11",
        "parent_id": 7,
        "comment_text": "good",
        "created_at": "2026-05-01T15:01:00Z",
        "created_at_i": 1777647660,
    }
    return [
        good | {"objectID": "a word", "comment_text": "its id is a word"},
        good | {"objectID": None, "comment_text": "its id is null"},
        good | {"objectID": True, "comment_text": "its id is a truth"},
        good | {"objectID": "-5", "comment_text": "its id is negative"},
        good | {"objectID": "9" * 30, "comment_text": "its id is huge"},
        good | {"objectID": "٣", "comment_text": "its id is a figure of another script"},
        good | {"objectID": "12", "created_at": "yesterday", "created_at_i": None, "comment_text": "no date"},
        good | {"objectID": "13", "created_at_i": 10**15, "comment_text": "in the year 30 million"},
        good | {"objectID": "14", "created_at_i": 10**11, "comment_text": "in the year 5138"},
        good | {"objectID": "15", "created_at_i": 1, "comment_text": "in 1970"},
        good | {"objectID": "16", "parent_id": None, "comment_text": "no parent"},
        good | {"objectID": "17", "parent_id": 8, "comment_text": "a reply"},
        good | {"objectID": 18, "created_at_i": "1777647661", "comment_text": "figures and numbers swapped"},
        good | {"objectID": "19", "created_at_i": None, "comment_text": "its date is in words alone"},
        good | {"objectID": "20", "comment_text": None},
        {name: value for name, value in good.items() if name != "comment_text"} | {"objectID": "21"},
        good | {"objectID": "22", "comment_text": ["a", "list"]},
        good,
        good,
    ]


@pytest.mark.parametrize("whole", [False, True])
async def test_what_cannot_be_read_of_a_reply_is_left_out_and_the_rest_is_read(
    news: HackerNews, standin: StandIn, whole: bool
) -> None:
    comments = bad_comments()
    standin.recorded["search"] = json.dumps({"hits": [None, 3, "x", [], {}, *comments]}).encode()
    as_items = [one | {"id": one["objectID"], "text": one.get("comment_text")} for one in comments]
    standin.recorded["items"] = json.dumps({"id": 7, "children": [None, "x", {}, *as_items]}).encode()
    reading = await news.read(hiring(7), whole=whole, known=set())
    assert {comment.id: comment.html for comment in reading.comments} == {
        11: "good",
        18: "figures and numbers swapped",
        19: "its date is in words alone",
        20: "",
        21: "",
        22: "",
    }
    assert {comment.created_at for comment in reading.comments} == {
        datetime(2026, 5, 1, 15, 1, 0, tzinfo=UTC),
        datetime(2026, 5, 1, 15, 1, 1, tzinfo=UTC),
    }
    assert len(reading.comments) == 6


async def test_stories_that_cannot_be_read_are_left_out(news: HackerNews, standin: StandIn) -> None:
    good = {"objectID": "11", "author": "whoishiring", "title": TITLE, "created_at_i": 1777647607}
    hits = [
        good | {"objectID": "a word"},
        good | {"objectID": "12", "created_at_i": None},
        good | {"objectID": "13", "title": None},
        good | {"objectID": "14", "author": "somebody else"},
        None,
        good,
    ]
    standin.recorded["search"] = json.dumps({"hits": hits}).encode()
    assert [thread.id for thread in await news.find_threads(set())] == [11]


@pytest.mark.parametrize(
    "answer", [b"null", b"[]", b"{}", b'{"hits": null}', b'{"hits": {}}', b'"hits"', b"7"]
)
async def test_an_answer_of_another_kind_is_a_failure_of_algolia(
    news: HackerNews, standin: StandIn, answer: bytes
) -> None:
    thread = standin.post_thread(TITLE, POSTED)
    standin.post(thread, "Acorn | Baker | Oslo", minutes(1))
    standin.recorded["/algolia"] = answer
    troubles = news.begin_round()
    assert [one.id for one in await news.find_threads(set())] == [thread]
    assert await texts(news, hiring(thread), whole=True) == ["Acorn | Baker | Oslo"]
    assert troubles
    assert standin.asked("/firebase") == 4


async def test_where_algolia_fails_hacker_news_itself_is_asked_for_the_rest_of_the_round(
    news: HackerNews, standin: StandIn
) -> None:
    thread = standin.post_thread(TITLE, POSTED)
    written = [standin.post(thread, f"post {number}", minutes(number / 60)) for number in range(5)]
    standin.faults.strike("/algolia", faults.status(503), times=TRIES)
    troubles = news.begin_round()
    assert [one.id for one in await news.find_threads(set())] == [thread]
    assert await texts(news, hiring(thread), whole=False) == [f"post {number}" for number in range(5)]
    assert standin.asked("/algolia") == TRIES
    assert ["status 503" in trouble for trouble in troubles] == [True]
    news.begin_round()
    before = standin.asked("/firebase")
    assert len(await texts(news, hiring(thread), whole=False)) == len(written)
    assert (standin.asked("/algolia"), standin.asked("/firebase")) == (TRIES + 1, before)


async def test_a_whole_reading_that_fails_gives_way_to_the_search(news: HackerNews, standin: StandIn) -> None:
    thread = standin.post_thread(TITLE, POSTED)
    standin.post(thread, "Acorn | Baker | Oslo", minutes(1))
    standin.faults.strike("/items/", faults.status(500), times=TRIES)
    news.begin_round()
    reading = await news.read(hiring(thread), whole=True, known=set())
    assert ([one.html for one in reading.comments], reading.whole) == (["Acorn | Baker | Oslo"], False)
    assert standin.asked("/firebase") == 0


@pytest.mark.parametrize(
    "answer", [b"null", b"[]", b'{"id": 8, "children": []}', b'{"id": 7, "children": null}']
)
async def test_an_item_that_is_another_is_no_whole_reading(
    news: HackerNews, standin: StandIn, answer: bytes
) -> None:
    standin.recorded["/items/"] = answer
    reading = await news.read(hiring(7), whole=True, known=set())
    assert not reading.whole


async def test_where_both_fail_the_reasons_of_both_are_told(news: HackerNews, standin: StandIn) -> None:
    standin.faults.strike("", faults.status(500), times=100)
    troubles = news.begin_round()
    with pytest.raises(HackerNewsUnreadable, match="status 500"):
        await news.find_threads(set())
    assert len(troubles) == 1


async def test_of_hacker_news_itself_only_what_is_not_known_is_asked(web: Web, standin: StandIn) -> None:
    source = firebase.Firebase(web, standin.firebase)
    thread = standin.post_thread(TITLE, POSTED)
    first, second, third = (standin.post(thread, f"post {number}", minutes(1)) for number in range(3))
    standin.post(first, "a reply", minutes(2))
    portion = await source.comments(thread, known={first, third})
    assert [one.id for one in portion.comments] == [second]
    assert len(standin.requests) == 2
    assert await source.stories(known={thread}) == []
    assert len(standin.requests) == 3


async def test_hacker_news_itself_is_asked_for_a_hundred_posts_a_round(
    web: Web, standin: StandIn, clock: ManualClock
) -> None:
    source = firebase.Firebase(web, standin.firebase)
    thread = standin.post_thread(TITLE, POSTED)
    written = [standin.post(thread, f"post {number}", minutes(number)) for number in range(120)]
    clock.advance(days=1)
    portion = await source.comments(thread, known=set())
    assert ([one.id for one in portion.comments], portion.more) == (written[:100], True)
    portion = await source.comments(thread, known=set(written[:100]))
    assert ([one.id for one in portion.comments], portion.more) == (written[100:], False)


async def test_what_is_deleted_is_asked_for_once(web: Web, standin: StandIn) -> None:
    source = firebase.Firebase(web, standin.firebase)
    thread = standin.post_thread(TITLE, POSTED)
    there, gone = (standin.post(thread, "a post", minutes(1)) for _ in range(2))
    standin.remove(gone)
    assert [one.id for one in (await source.comments(thread, known=set())).comments] == [there]
    assert (await source.comments(thread, known={there})).comments == []
    assert standin.asked(f"/item/{gone}") == 1


@pytest.mark.parametrize(
    "item",
    [
        None,
        {},
        {"id": 5, "time": 1777647660},
        {"id": 5, "time": 1777647660, "text": None},
        {"id": 5, "time": "soon", "text": "a post"},
        {"id": 5, "text": "a post"},
        {"id": 5, "time": 1777647660, "text": "[flagged]", "dead": True},
        [],
        7,
    ],
)
async def test_an_item_without_a_text_is_no_failure(web: Web, standin: StandIn, item: object) -> None:
    standin.recorded["item/7.json"] = b'{"id": 7, "kids": [5, "six", null, -1, 5]}'
    standin.recorded["item/5.json"] = json.dumps(item).encode()
    source = firebase.Firebase(web, standin.firebase)
    portion = await source.comments(7, known=set())
    assert (portion.comments, portion.more) == ([], False)


@pytest.mark.parametrize("answer", [b"null", b"[]", b"{}", b'{"submitted": null}'])
async def test_an_account_that_is_none_is_a_failure(web: Web, standin: StandIn, answer: bytes) -> None:
    standin.recorded["user/"] = answer
    with pytest.raises(HackerNewsUnreadable, match="whoishiring is no user"):
        await firebase.Firebase(web, standin.firebase).stories(known=set())


@pytest.mark.parametrize("answer", [b"null", b"{}", b'{"kids": 5}', b"[]"])
async def test_a_thread_that_is_none_has_no_posts(web: Web, standin: StandIn, answer: bytes) -> None:
    standin.recorded["item/7"] = answer
    assert (await firebase.Firebase(web, standin.firebase).comments(7, known=set())).comments == []
