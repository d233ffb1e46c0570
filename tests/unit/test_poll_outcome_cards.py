"""What the shortlist and the result of a poll say, and how sure they say it is."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.polls.deliveries import ResultContent
from bot.polls.rules import Method, Phase, Scope
from bot.polls.service import PollView
from bot.polls.votes import VoterSeen
from bot.ranking.final import DecidedBy, Split
from cogs.pictures.ranking_rows import ChartRow
from cogs.polls.charts import points_among, result_chart, shortlist_chart
from cogs.polls.results import render_result
from tests.poll_views import poll, result, seen, shortlist
from tests.unit.poll_cards_read import (
    NONCE,
    of_result,
    of_shortlist,
)

SIX = [f"Idea {number}" for number in range(1, 8)]


def finalists(**changed: Any) -> PollView:
    return seen(
        poll(Phase.FINAL, shortlist=(0, 1, 2, 3, 4)),
        SIX,
        voters=[VoterSeen(11, 9, False)],
        **changed,
    )


def test_a_settled_shortlist_says_percents_and_names_what_was_left_out_by_a_hair() -> None:
    text = of_shortlist(finalists(shortlist=shortlist([0.999, 0.91, 0.9, 0.88, 0.7, 0.4, 0.2], near=[5])))
    assert "Settled: more taps would hardly change more than one of them." in text
    # Nothing that is reckoned from votes is ever said to be certain.
    assert "1. **Idea 1** · 99 %\n2. **Idea 2** · 91 %" in text
    assert "Left out by a hair, and may as well belong in: **Idea 6**." in text
    assert "until <t:" in text


def test_a_shortlist_that_is_not_settled_says_words_and_ranges_and_no_percent() -> None:
    view = finalists(shortlist=shortlist([0.97, 0.7, 0.5, 0.3, 0.05, 0.4, 0.4], near=[5, 6], overlap=0.849))
    text = of_shortlist(view)
    assert "Not settled: with more taps other ideas might be in." in text
    assert "1. **Idea 1** · almost surely (90 to 100 %)" in text
    assert "2. **Idea 2** · likely (65 to 90 %)" in text
    assert "3. **Idea 3** · about even (35 to 65 %)" in text
    assert "4. **Idea 4** · unlikely (10 to 35 %)" in text
    assert "5. **Idea 5** · hardly (0 to 10 %)" in text
    assert not re.search(r"· \d+ %", text)
    assert "any of them may as well belong in: **Idea 6**, **Idea 7**." in text


def test_where_no_other_idea_is_left_nothing_is_said_to_be_sure() -> None:
    text = of_shortlist(finalists(shortlist=shortlist([1.0] * 5, overlap=1.0)))
    assert "There are no more ideas than these, so all of them are in." in text
    assert "%" not in text


def test_the_picture_of_a_shortlist_says_the_same_as_its_text() -> None:
    settled = shortlist([0.99, 0.91, 0.9, 0.88, 0.7, 0.4, 0.2], near=[5])
    told = shortlist_chart(finalists(shortlist=settled), settled).alternative
    assert "2. Idea 2: in the five 91 %." in told
    assert "6. Idea 6: in the five 40 %, nearly chosen." in told
    assert "1 voter" in told
    unsettled = replace(settled, overlap=0.5)
    assert "2. Idea 2: in the five almost surely." in shortlist_chart(finalists(), unsettled).alternative


def decided(method: Method = Method.SCORES, **changed: Any) -> PollView:
    return seen(
        poll(Phase.BASELINE, method=method, shortlist=(0, 1, 2), tried=(0,)),
        shortlist=shortlist([1.0, 1.0, 1.0]),
        **{"voters": [VoterSeen(number, 9, True, counts_in_final=True) for number in (11, 12)], **changed},
    )


def test_a_result_by_marks_says_the_pick_its_points_and_how_sure_it_is() -> None:
    text = of_result(decided(final=result([4.12, 3.0, 2.96], sure=0.91)))
    assert text.startswith("The pick: One\n")
    assert "Decided by marks from 0 to 5 for five questions, together with what the cards say." in text
    assert "**For a résumé.**" in text
    assert "How sure it is to be the best of these: **91 %**." in text
    assert "1. **One** · 4.1 of 5\n2. **Two** · 3.0 of 5\n3. **Three** · 3.0 of 5" in text
    assert "`autodidact ideas rank poll-votes.json`" in text
    assert "tie" not in text
    assert "Two teams" not in text


def test_a_result_that_is_not_sure_is_said_in_words() -> None:
    text = of_result(decided(final=result([4.1, 3.0, 3.0], sure=0.84)))
    assert "How sure it is to be the best of these: **likely (65 to 90 %)**." in text


@pytest.mark.parametrize(
    ("decided_by", "words"),
    [
        (DecidedBy.BORDA, "Borda's points decided"),
        (DecidedBy.CARDS, "What the cards say of them decided."),
        (DecidedBy.LOT, "so a lot decided; it comes from the seed in the file."),
    ],
)
def test_a_tie_is_called_a_tie_and_what_broke_it_is_said(decided_by: DecidedBy, words: str) -> None:
    final = result([1.5, 1.5, 0.0], tied=[0, 1], decided_by=decided_by)
    text = of_result(decided(Method.RANKING, final=final))
    assert "**A tie for the first place:** **One**, **Two**." in text
    assert words in text
    assert "Decided by ranked ballots and Schulze's method" in text
    assert "1. **One** · beats 1.5 of 2" in text


def test_without_a_ballot_the_cards_decide_and_no_marks_are_made_up() -> None:
    final = result([2.9, 2.5, 2.1], decided_by=DecidedBy.CARDS)
    view = decided(final=final, voters=[VoterSeen(11, 9, False)])
    text = of_result(view)
    assert "Nobody cast a ballot, so what the cards say decides." in text
    assert "1. **One**\n2. **Two**\n3. **Three**" in text
    assert "of 5" not in text


@pytest.mark.parametrize("decided_by", [DecidedBy.CARDS, DecidedBy.LOT])
def test_ballots_that_are_not_whole_have_had_their_say_where_a_tie_was_broken(decided_by: DecidedBy) -> None:
    final = result([2.9, 2.9, 2.1], tied=[0, 1], decided_by=decided_by)
    text = of_result(decided(final=final, voters=[VoterSeen(11, 9, False, counts_in_final=True)]))
    assert "Decided by marks from 0 to 5" in text
    assert "1. **One** · 2.9 of 5" in text
    assert "Nobody cast a ballot" not in text


def test_a_split_says_how_many_want_each_and_that_two_teams_are_possible() -> None:
    final = result([3.1, 3.0, 1.0], sure=0.55, split=Split(0, 1, 6, 5))
    text = of_result(decided(final=final))
    assert "**Close:** 6 voters prefer **One**, and 5 prefer **Two**. Two teams are possible" in text


def test_few_voters_are_told_that_others_may_guess_who_voted_how() -> None:
    view = decided(final=result([4.0, 3.0, 2.0]))
    assert "others may guess" in of_result(view, few=True)
    assert "others may guess" not in of_result(view)
    alone = replace(view, poll=replace(view.poll, scope=Scope.ALONE))
    assert "others may guess" not in of_result(alone, few=True)


def test_the_file_of_a_result_is_the_record_as_it_is() -> None:
    view = decided(final=result([4.0, 3.0, 2.0]))
    rendered = render_result(ResultContent(view, '{"ideas": "ü"}', few_voters=False), NONCE)
    assert rendered.attachment is not None
    assert rendered.attachment.content.decode() == '{"ideas": "ü"}'
    assert rendered.picture is not None
    assert "1. One: is the best 90 %" in rendered.picture.alternative


def test_the_chart_of_a_result_is_drawn() -> None:
    view = decided(final=result([4.0, 3.0, 2.0]))
    assert view.final is not None
    assert result_chart(view, view.final).draw().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("ranges", "points"),
    [
        ([(3.0, 3.9), (2.0, 2.5)], ["2", "3"]),
        ([(4.2, 4.6), (3.7, 4.1)], ["4.0", "4.5"]),
        ([(4.2, 4.45), (4.05, 4.1)], ["4.2", "4.4"]),
        ([(3.0, 3.0)], []),
        ([(4.7, 5.0), (0.0, 0.4)], ["0", "1", "2", "3", "4", "5"]),
    ],
)
def test_the_axis_of_a_result_names_points_among_what_is_on_it(
    ranges: list[tuple[float, float]], points: list[str]
) -> None:
    rows = [ChartRow("One", (low + high) / 2, low, high, "likely") for low, high in ranges]
    assert [tick.label for tick in points_among(rows)] == points
