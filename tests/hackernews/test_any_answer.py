"""Whatever JSON comes as an answer: it is read, or it is a failure that the reading knows of."""

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.leads.hackernews import HackerNews
from bot.leads.threads import Comment, Thread, ThreadKind
from bot.leads.web import Web
from bot.operator_errors import HackerNewsUnreadable
from tests.clocks import ManualClock
from tests.hackernews.month import POSTED

THREAD = Thread(7, ThreadKind.HIRING, date(2026, 5, 1), POSTED)

odd = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["7", "٣", 7, -1])
names = st.sampled_from(
    [
        *("objectID", "id", "parent_id", "story_id", "created_at", "created_at_i", "time", "type"),
        *("comment_text", "text", "title", "author", "deleted", "dead"),
    ]
)
entry = st.dictionaries(names, odd, max_size=8)
good = st.fixed_dictionaries(
    {
        "objectID": st.sampled_from(["11", 11]),
        "id": st.just(11),
        "parent_id": st.just(7),
        "author": st.just("whoishiring"),
        "created_at_i": odd | st.just(1777647660),
        "created_at": odd | st.datetimes().map(str),
        "time": odd | st.just(1777647660),
    },
    optional={"comment_text": odd, "text": odd, "title": odd},
)
inside = st.lists(odd | entry | good | st.lists(odd), max_size=5)
answers = (
    odd
    | inside
    | st.dictionaries(
        st.sampled_from(["hits", "nbHits", "children", "id", "kids", "submitted", "time", "text", "type"]),
        odd | inside | st.just(7),
    )
)


class AnyAnswer(Web):
    """Answers with what it was given, whatever is asked."""

    def __init__(self, given: Any):
        super().__init__(ManualClock(POSTED))
        self._given = given

    async def get(self, url: str, **params: str | int) -> Any:
        return self._given


def read(coroutine: Any) -> Any:
    """What a coroutine that waits for nothing comes to; None where it failed as it may."""
    with suppress(HackerNewsUnreadable):
        try:
            coroutine.send(None)
        except StopIteration as done:
            return done.value
        raise AssertionError("it waited for something")


@given(answers)
def test_any_answer_is_read_or_is_a_failure(given: Any) -> None:
    news = HackerNews(AnyAnswer(given))
    news.begin_round()
    threads: list[Thread] = read(news.find_threads(set())) or []
    assert all(isinstance(thread.id, int) and thread.id > 0 for thread in threads)
    for whole in (True, False):
        news.begin_round()
        reading = read(news.read(THREAD, whole=whole, known=set()))
        comments: list[Comment] = reading.comments if reading else []
        assert len({comment.id for comment in comments}) == len(comments)
        for comment in comments:
            assert comment.story_id == THREAD.id
            assert isinstance(comment.html, str)
            assert datetime(2006, 1, 1, tzinfo=UTC) <= comment.created_at < datetime(3000, 1, 1, tzinfo=UTC)
