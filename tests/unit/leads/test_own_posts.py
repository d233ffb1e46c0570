"""The project's own invented posts: their form, and what the parser reads out of them.

What is expected was written down by reading the posts. Where the parser differs, the message says so.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.leads.lead import Degree, Employment, Level, MachineLearning, Period, PostKind, Visa, WorkMode
from bot.leads.parse import parse
from bot.leads.threads import ThreadKind
from demo.hiring import HiringThread, Post, load

POSTS = [(thread, post) for thread in load() for post in thread.posts]
JOBS = [post for _, post in POSTS if post.expect["kind"] == PostKind.HIRING]

FIELDS: Mapping[str, type | None] = {
    "kind": PostKind,
    "company": None,
    "roles": None,
    "locations": None,
    "work_modes": WorkMode,
    "remote_scope": None,
    "employment_types": Employment,
    "salary": None,
    "visa": Visa,
    "seniority": Level,
    "ml": MachineLearning,
    "degree": Degree,
}

# How many of the jobs have to be read exactly as a person read them; of the lists, all of it.
FLOORS = {
    "company": 0.93,
    "roles": 0.82,
    "locations": 0.9,
    "work_modes": 0.96,
    "remote_scope": 0.96,
    "employment_types": 0.96,
    "salary": 0.97,
    "visa": 0.98,
    "seniority": 0.98,
    "ml": 0.93,
    "degree": 0.93,
}


def read(post: Post) -> dict[str, Any]:
    return parse(post.html).as_json()


def same_words(one: str | None, other: str | None) -> bool:
    # The full stop of "Co." is nobody's business.
    one, other = ((words or "").casefold().rstrip(".") for words in (one, other))
    return one.split() == other.split()


def same(field: str, read: Any, expected: Any) -> bool:
    """Whether a field was read as expected; the order of a list and the case of words don't matter."""
    match field:
        case "company" | "remote_scope":
            return same_words(read, expected)
        case "roles" | "locations" | "work_modes" | "employment_types" | "seniority":
            return sorted(map(str.casefold, read or ())) == sorted(map(str.casefold, expected or ()))
        case "salary":
            if not expected or not read:
                return not expected and not read
            return bool({"min": None, "max": None} | dict(expected) == read)
        case _:
            return bool(read == expected)


@pytest.mark.parametrize("field", FLOORS)
def test_the_parser_reads_our_posts_as_a_person_did(field: str) -> None:
    wrong = [
        f"{post.id} {post.by}: read {read(post)[field]!r}, a person read {post.expect.get(field)!r}"
        for post in JOBS
        if not same(field, read(post)[field], post.expect.get(field))
    ]
    share = 1 - len(wrong) / len(JOBS)
    assert share >= FLOORS[field], f"{field}: {share:.3f} of {len(JOBS)}\n" + "\n".join(wrong)


def test_every_post_is_taken_for_what_it_is() -> None:
    taken = {post.by: read(post)["kind"] for _, post in POSTS}
    assert taken == {post.by: post.expect["kind"] for _, post in POSTS}


def test_an_edit_that_says_no_degree_is_needed_is_read() -> None:
    [cartwheel] = [post for _, post in POSTS if post.by == "cartwheel"]
    assert (parse(cartwheel.html).degree, parse(cartwheel.edited_html).degree) == (None, Degree.NOT_REQUIRED)


def test_ids_are_used_once_and_belong_to_nobody_on_hacker_news() -> None:
    ids = [thread.id for thread in load()]
    ids += [post.id for _, post in POSTS] + [reply.id for _, post in POSTS for reply in post.replies]
    assert len(ids) == len(set(ids))
    # Hacker News counted to about 47 million by the beginning of 2026.
    assert min(ids) > 900_000_000


def test_there_are_threads_of_three_months_with_at_least_seventy_posts() -> None:
    hiring = [thread for thread in load() if thread.kind is ThreadKind.HIRING]
    assert [(thread.at.year, thread.at.month) for thread in hiring] == [(2026, 1), (2026, 2), (2026, 3)]
    assert len(POSTS) >= 70
    assert {thread.kind for thread in load()} == set(ThreadKind)


def test_posts_come_after_their_thread_and_what_becomes_of_them_after_that() -> None:
    for thread, post in POSTS:
        later = [post.edited_at, post.vanished_at, *(reply.at for reply in post.replies)]
        assert thread.at < post.at
        assert all(post.at < at for at in later if at)
        assert bool(post.edited_at) == bool(post.edited_html)


def test_a_third_of_the_jobs_is_about_machine_learning() -> None:
    share = sum(post.expect.get("ml") == "role" for post in JOBS) / len(JOBS)
    assert 0.25 <= share <= 0.5


def test_expectations_name_fields_and_values_of_a_lead() -> None:
    for _, post in POSTS:
        assert post.expect.keys() <= FIELDS.keys(), post.by
        for field, value in post.expect.items():
            kind: Callable[[Any], Any] = FIELDS[field] or str
            for one in value if isinstance(value, list) else [value]:
                kind(one)
        if pay := post.expect.get("salary"):
            assert pay.keys() <= {"min", "max", "currency", "period"}
            assert Period(pay["period"])


def test_posts_have_the_form_in_which_hacker_news_answers() -> None:
    for _, post in POSTS:
        for html in filter(None, (post.html, post.edited_html)):
            outside_of_tags = (
                html.replace("<p>", "").replace("</p>", "").replace("<i>", "").replace("</i>", "")
            )
            if "<a " not in html:
                assert "<" not in outside_of_tags, post.by
            assert "'" not in html, post.by
            assert html == html.strip(), post.by


def test_what_is_invented_leads_to_no_real_place() -> None:
    for _, post in POSTS:
        lead = parse(post.html)
        for address in (*lead.urls, *(mail for mail in lead.emails if "@" in mail)):
            host = address.split("//")[-1].split("/")[0].split("@")[-1].split(":")[0]
            assert host.endswith((".example", "example.org", "example.com", "example.net")), address


def posts_of(thread: HiringThread) -> set[str]:
    return {post.by for post in thread.posts}


def test_companies_come_back_from_month_to_month() -> None:
    january, february, march = [posts_of(one) for one in load() if one.kind is ThreadKind.HIRING]
    assert len(january & february & march) >= 3
