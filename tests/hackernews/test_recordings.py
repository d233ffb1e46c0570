"""The client on what Hacker News really answered, unchanged: a thread of 2011, a month of 2026."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.leads.hackernews import HackerNews
from bot.leads.threads import Thread, ThreadKind
from tests.hackernews.standin import StandIn

MAY = Thread(47975571, ThreadKind.HIRING, date(2026, 5, 1), datetime(2026, 5, 1, 15, 0, 7, tzinfo=UTC))
APRIL_2011 = Thread(
    2396027, ThreadKind.HIRING, date(2011, 4, 1), datetime(2011, 4, 1, 13, 11, 26, tzinfo=UTC)
)


def recorded(standin: StandIn, shared_data: Path, part: str, name: str) -> dict[str, Any]:
    """Serve a recording, and read it for oneself."""
    standin.recorded[part] = (shared_data / "hn" / name).read_bytes()
    found: dict[str, Any] = json.loads(standin.recorded[part])
    return found


async def test_the_threads_of_twelve_months_are_found(
    news: HackerNews, standin: StandIn, shared_data: Path
) -> None:
    recorded(standin, shared_data, "tags=story,author_whoishiring", "search_stories_2026-05.json")
    found = await news.find_threads(set())
    assert MAY in found
    assert {thread.kind for thread in found} == {ThreadKind.HIRING}
    assert sorted(thread.month for thread in found) == [
        *(date(2025, month, 1) for month in range(6, 13)),
        *(date(2026, month, 1) for month in range(1, 6)),
    ]


async def test_of_the_month_of_2026_every_post_is_read_and_no_reply(
    news: HackerNews, standin: StandIn, shared_data: Path
) -> None:
    answer = recorded(standin, shared_data, "tags=comment,story_47975571", "search_comments_2026-05.json")
    reading = await news.read(MAY, whole=False, known=set())
    # 555 comments, of which 335 are posts (counted in the recording by other means).
    assert len(reading.comments) == 335
    by_id = {int(hit["objectID"]): hit for hit in answer["hits"]}
    for comment in reading.comments:
        hit = by_id[comment.id]
        assert comment.html == hit["comment_text"]
        assert comment.created_at == datetime.fromisoformat(hit["created_at"])
        assert hit["parent_id"] == comment.story_id == MAY.id
    assert reading.comments == sorted(reading.comments, key=lambda comment: comment.created_at)
    assert len(standin.requests) == 1


async def test_of_the_thread_of_2011_every_post_is_read_and_no_reply(
    news: HackerNews, standin: StandIn, shared_data: Path
) -> None:
    answer = recorded(standin, shared_data, "/items/2396027", "items_2011-04.json")
    reading = await news.read(APRIL_2011, whole=True, known=set())
    assert (reading.whole, len(reading.comments)) == (True, 219)
    by_id = {child["id"]: child for child in answer["children"]}
    for comment in reading.comments:
        assert comment.html == by_id[comment.id]["text"]
        assert comment.created_at == datetime.fromisoformat(by_id[comment.id]["created_at"])
    assert len(standin.requests) == 1
