"""Taking in what the threads hold: each post once, what changed, what is gone, what is read anew."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from bot.leads import intake, store, thread_store
from bot.leads.filters import Filters, Months
from bot.leads.intake import Stored
from bot.leads.judging import find_lead, find_leads, findable_since
from bot.leads.lead import PostKind
from bot.leads.search import search
from bot.leads.threads import Comment, Thread, ThreadKind
from tests.hiring_posts import APRIL, MAY, a_post, read_by_an_earlier_parser, store_posts, vanish

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def found(db: sqlite3.Connection, words: str) -> list[int]:
    return [lead.id for lead in search(db, 1, Filters(words, months=Months.ALL), 0, 10).results]


def whole(db: sqlite3.Connection) -> str:
    return "\n".join(db.iterdump())


def test_a_thread_is_remembered_once_with_its_newest_post(db: sqlite3.Connection) -> None:
    assert intake.remember_thread(db, MAY, NOON)
    assert not intake.remember_thread(db, MAY, NOON + HOUR)
    assert intake.known_threads(db) == [MAY]
    store_posts(db, a_post(1, NOON), a_post(2, NOON + HOUR))
    store_posts(db, a_post(3, NOON - HOUR))
    (thread,) = intake.known_threads(db)
    assert (thread.newest_at, thread.read_whole_at) == (NOON + HOUR, None)


def test_a_post_is_stored_once_and_untouched_where_nothing_changed(db: sqlite3.Connection) -> None:
    assert store_posts(db, a_post(1), a_post(2)) == Stored(new=2)
    before = whole(db)
    assert store_posts(db, a_post(1), a_post(2), now=NOON) == Stored()
    assert whole(db) == before


def test_a_changed_post_is_read_anew_and_found_by_its_new_words_only(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1, NOON, text="rust"), a_post(2, NOON))
    assert store_posts(db, a_post(1, NOON, text="python"), now=NOON + HOUR) == Stored(changed=1)
    assert (found(db, "rust"), found(db, "python")) == ([], [1])
    assert [lead.id for lead in findable_since(db, NOON + HOUR)] == [1]
    assert [lead.id for lead in findable_since(db, NOON)] == [2, 1]
    stored = find_lead(db, 1)
    assert stored is not None
    assert (stored.text, stored.posted_at) == ("python", NOON)


def test_what_is_missing_from_a_whole_reading_has_vanished_and_may_come_back(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1), a_post(2), a_post(3))
    assert intake.mark_vanished(db, MAY.id, {1, 3}, NOON) == 1
    assert intake.mark_vanished(db, MAY.id, {1, 3}, NOON + HOUR) == 0
    assert intake.stored_hashes(db, MAY.id).keys() == {1, 3}
    assert store.ids_of_month(db, MAY.month) == [3, 1]
    assert [(lead.id, lead.vanished) for lead in find_leads(db, [3, 2])] == [(3, False), (2, True)]
    assert intake.known_threads(db)[0].read_whole_at == NOON + HOUR
    assert store_posts(db, a_post(2)) == Stored(changed=1)
    assert store.ids_of_month(db, MAY.month) == [3, 2, 1]
    assert found(db, "build") == [3, 2, 1]


def test_one_thread_says_nothing_of_another(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1, APRIL.began_at), thread=APRIL)
    store_posts(db, a_post(2))
    assert intake.mark_vanished(db, MAY.id, set(), NOON) == 1
    assert intake.stored_hashes(db, APRIL.id).keys() == {1}


def test_posts_of_a_thread_that_is_not_known_are_not_stored(db: sqlite3.Connection) -> None:
    assert intake.store_prepared(db, 99, [a_post(1)], NOON) == Stored()
    assert find_lead(db, 1) is None


def test_what_offers_no_job_is_kept_and_found_nowhere(db: sqlite3.Connection) -> None:
    store_posts(db, a_post(1, kind=PostKind.SEEKING_WORK), a_post(2))
    assert intake.stored_hashes(db, MAY.id).keys() == {1, 2}
    assert (store.ids_of_month(db, MAY.month), found(db, "build")) == ([2], [2])
    assert [lead.id for lead in findable_since(db, MAY.began_at)] == [2]


@pytest.mark.parametrize(
    ("html", "gone"),
    [
        ("", True),
        ("  \n", True),
        ("[flagged]", True),
        ("[dead]", True),
        ("<p>[deleted]</p>", True),
        ("[flagged] [dead]", True),
        ("Acme | Engineer", False),
        ("[flagged] but here is more", False),
    ],
)
def test_of_a_flagged_post_nothing_is_left(html: str, gone: bool) -> None:
    assert intake.is_gone(html) is gone


# From a comment to what is stored.

COMMENT = Comment(
    1,
    MAY.id,
    NOON,
    "Acme Maps, Inc. | Junior Data Engineer | Berlin, Germany | REMOTE (EU) | €60k-€70k<p>We teach you."
    '<p>Apply: <a href="https:&#x2F;&#x2F;acme.example">https:&#x2F;&#x2F;acme.example</a>',
)


def test_a_comment_becomes_a_lead_that_is_found(db: sqlite3.Connection) -> None:
    (prepared,) = intake.prepare([COMMENT])
    store_posts(db, prepared)
    stored = find_lead(db, 1)
    assert stored is not None
    assert stored.lead.kind is PostKind.HIRING
    assert stored.company_key == "acmemaps"
    assert "We teach you." in stored.text
    # 70,000 euros at 1.16 dollars.
    assert stored.yearly_pay == 81_200
    assert found(db, "junior data engineers") == [1]
    assert found(db, "rust") == []


def test_a_comment_with_half_a_character_in_it_is_stored(db: sqlite3.Connection) -> None:
    html = "Acme | Engineer | \ud83d REMOTE \x00 <p>\udc00"
    store_posts(db, *intake.prepare([Comment(1, MAY.id, NOON, html)]))
    assert intake.stored_hashes(db, MAY.id) == {1: intake.text_hash(html)}


def test_a_very_long_comment_is_kept_in_part(db: sqlite3.Connection) -> None:
    (prepared,) = intake.prepare([Comment(1, MAY.id, NOON, "Acme | Engineer | REMOTE<p>" + "word " * 40_000)])
    store_posts(db, prepared)
    stored = find_lead(db, 1)
    assert stored is not None
    assert len(stored.text) == intake.TEXT_KEPT


# When the parser has been replaced.


def test_what_an_earlier_parser_read_is_handed_out_in_slices(db: sqlite3.Connection) -> None:
    store_posts(db, *(read_by_an_earlier_parser(a_post(number, NOON)) for number in (1, 2, 3)), a_post(4))
    assert [comment.id for comment in intake.to_read_anew(db, 2)] == [3, 2]
    assert [comment.id for comment in intake.to_read_anew(db, 2, before=2)] == [1]


def test_a_newer_parser_has_the_last_word(db: sqlite3.Connection) -> None:
    (prepared,) = intake.prepare([COMMENT])
    (other,) = intake.prepare([Comment(2, MAY.id, NOON, "Bolt | Engineer | REMOTE<p>We make locks.")])
    store_posts(db, read_by_an_earlier_parser(prepared), read_by_an_earlier_parser(other))
    vanish(db, 2, now=NOON)
    anew = intake.prepare(intake.to_read_anew(db, 10))
    intake.store_read_anew(db, anew, NOON + HOUR)
    assert intake.to_read_anew(db, 10) == []
    assert findable_since(db, NOON + HOUR) == []
    # It is found as before, and what has vanished is not.
    assert (found(db, "junior"), found(db, "locks")) == ([1], [])


def test_a_text_that_no_database_can_hold_is_read_anew_as_well(db: sqlite3.Connection) -> None:
    (prepared,) = intake.prepare([Comment(1, MAY.id, NOON, "Acme \ud800 | Engineer | Paris")])
    store_posts(db, read_by_an_earlier_parser(prepared))
    intake.store_read_anew(db, intake.prepare(intake.to_read_anew(db, 10)), NOON + HOUR)
    assert intake.to_read_anew(db, 10) == []


def test_what_was_changed_meanwhile_is_not_overwritten(db: sqlite3.Connection) -> None:
    (prepared,) = intake.prepare([COMMENT])
    store_posts(db, read_by_an_earlier_parser(prepared))
    old = intake.prepare(intake.to_read_anew(db, 10))
    store_posts(db, *intake.prepare([Comment(1, MAY.id, NOON, "Acme | Cook | Paris")]), now=NOON + HOUR)
    intake.store_read_anew(db, old, NOON + HOUR)
    assert (found(db, "cook"), found(db, "junior")) == ([1], [])


def test_a_thread_of_those_who_seek_work_is_no_month_of_leads(db: sqlite3.Connection) -> None:
    intake.remember_thread(db, Thread(5, ThreadKind.SEEKING_WORK, MAY.month, MAY.began_at), NOON)
    assert thread_store.newest_thread(db) is None
