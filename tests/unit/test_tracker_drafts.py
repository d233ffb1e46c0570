"""Drafts to companies: short, about one thing, honest where there is nothing to show, without flattery."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bot.checkins.rules import Evidence
from bot.texts import speaking
from bot.tracker.drafts import WORDS_AT_MOST, Brief, Draft, brief_of, first_message, follow_up
from bot.tracker.follow_ups import FIRST, SECOND, FollowUp
from bot.tracker.rules import Application, Job, State

DEMO, PAGE = "https://demo.example/app", "https://page.example/why"
APPLIED, TODAY = date(2026, 5, 4), date(2026, 5, 11)
JOB = Job("Acme", "ML Engineer, Data Engineer", founder=True)

FLATTERY = re.compile(
    r"\b(?:amazing|excellent|impress\w*|love[ds]?|great|passion\w*|enthusias\w*|exciting|excited|honou?r)\b",
    re.IGNORECASE,
)


def application(job: Job = JOB, *, lead_id: int | None = None, follow: FollowUp | None = None) -> Application:
    return Application(1, 10, job, None, lead_id, State.APPLIED, APPLIED, APPLIED, follow_up=follow)


def every_draft() -> Iterator[tuple[Brief, Draft]]:
    for role, founder, from_thread, shown, since, number in product(
        ("", "ML Engineer"), (False, True), (False, True), (None, DEMO), (None, PAGE), (FIRST, SECOND)
    ):
        brief = Brief("Acme", role, founder, from_thread, shown, since if shown else None, APPLIED, number)
        for write in (first_message, follow_up):
            yield brief, write(brief)


def links(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)


def test_every_draft_is_short_has_a_question_and_no_flattery() -> None:
    for brief, draft in every_draft():
        assert len(draft.text.split()) < WORDS_AT_MOST, brief
        assert draft.text.count("?") == 1, draft.text
        assert not FLATTERY.search(draft.text), draft.text
        assert "Acme" in draft.text
        assert "Acme" in draft.subject


def test_every_draft_shows_one_thing_or_says_where_to_put_it() -> None:
    for brief, draft in every_draft():
        if brief.shown is None:
            assert links(draft.text) == []
            assert "link" in draft.text
        else:
            assert len(links(draft.text)) == 1, draft.text


def test_no_braces_are_left_and_every_bracket_is_closed() -> None:
    for _, draft in every_draft():
        for text in (draft.subject, draft.text, *draft.advice):
            assert not re.search(r"[{}]", text)
            assert text.count("[") == text.count("]")


def test_names_of_many_words_do_not_make_it_long() -> None:
    brief = brief_of(application(Job("a " * 50, "b " * 75)), [], TODAY)
    for write in (first_message, follow_up):
        assert len(write(brief).text.split()) < WORDS_AT_MOST


def test_without_anything_shown_the_member_is_told_so_and_what_to_show_first() -> None:
    without, with_a_link = first_message(Brief("Acme")), first_message(Brief("Acme", shown=DEMO))
    assert "You have shown nothing by a link" in without.advice[0]
    assert "Show one thing first" in without.advice[0]
    assert not any("shown nothing" in advice for advice in with_a_link.advice)


@pytest.mark.parametrize("write", [first_message, follow_up])
@pytest.mark.parametrize("change", [{"founder": True}, {"role": "ML Engineer"}, {"shown": DEMO}])
def test_what_is_there_changes_what_is_written(
    write: Callable[[Brief], Draft], change: dict[str, object]
) -> None:
    brief = Brief("Acme", founder=False)
    assert write(brief).text != write(replace(brief, **change)).text  # type: ignore[arg-type]


def test_the_first_follow_up_says_on_which_day_the_first_message_went_out_if_that_is_known() -> None:
    known, unknown = Brief("Acme", "Analyst", applied_on=APPLIED), Brief("Acme")
    assert "On 4 May I wrote to you about the role of Analyst at Acme." in follow_up(known).text
    assert "\n\nI wrote to you about machine learning work at Acme." in follow_up(unknown).text


def test_the_two_follow_ups_differ_and_answer_the_first_message() -> None:
    brief = Brief("Acme", "ML Engineer", shown=DEMO)
    first, second = follow_up(brief), follow_up(replace(brief, number=SECOND))
    assert first.text != second.text
    assert first.subject == second.subject == f"Re: {first_message(brief).subject}"


def test_the_post_is_named_only_where_the_job_came_from_one() -> None:
    for lead_id, named in ((None, False), (7, True)):
        brief = brief_of(application(lead_id=lead_id), [], TODAY)
        assert ("Hacker News" in first_message(brief).text) is named


def test_a_brief_takes_the_first_title_and_what_was_for_showing_before_what_is_newer() -> None:
    evidence = [
        Evidence(PAGE, date(2026, 5, 9), showing=False),
        Evidence(DEMO, date(2026, 5, 1), showing=True),
    ]
    brief = brief_of(application(follow=FollowUp(FIRST, TODAY)), evidence, TODAY)
    assert brief == Brief("Acme", "ML Engineer", True, False, DEMO, PAGE, APPLIED, FIRST)


def test_what_was_shown_on_the_day_of_applying_or_before_is_not_new() -> None:
    evidence = [Evidence(DEMO, APPLIED, showing=False)]
    brief = brief_of(application(), evidence, TODAY)
    assert (brief.shown, brief.since) == (DEMO, None)


def test_a_week_after_the_first_was_told_it_is_the_second() -> None:
    told = FollowUp(FIRST, date(2026, 5, 4), told_on=date(2026, 5, 4))
    assert brief_of(application(follow=told), [], date(2026, 5, 10)).number == FIRST
    assert brief_of(application(follow=told), [], date(2026, 5, 11)).number == SECOND


def test_a_language_without_a_catalogue_gets_the_source() -> None:
    with speaking("de"):
        assert "Hi [name]," in first_message(Brief("Acme")).text
