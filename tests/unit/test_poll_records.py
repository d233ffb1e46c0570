"""The record of a poll: what stands in it, and counting it again."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from bot.polls.record import Record, RecordedIdea, RecordedVoter, Withdrawn, record_text, result_of
from bot.polls.record_reading import NewerRecord, NotARecord, read_record
from bot.polls.recount import recount
from bot.polls.rules import Method
from bot.polls.votes import Ballot, Choices
from bot.ranking import METHOD_VERSION
from bot.ranking.criteria import WEIGHTS, Criterion, Purpose
from bot.ranking.final import DecidedBy
from tests.poll_records import drawn_record

ADA: Choices = (((2, 0, 1, 3), 2), ((4, 5, 2, 1), 2), ((5, 3, 0, 4), 5))
BEN: Choices = (((0, 2, 4, 5), 2), ((1, 2, 3, 5), 2))


def marks(*given: int) -> dict[Criterion, int]:
    return dict(zip(Criterion, given, strict=True))


def small_record(method: Method = Method.SCORES) -> Record:
    """Two who both like idea 2 best; Ada casts a ballot too."""
    ballot = Ballot({2: marks(5, 5, 4, 5, 5), 5: marks(1, 0, 2, 1, 0)})
    return Record(
        name="What do we build?",
        purpose=Purpose.RESUME,
        method=method,
        weights=WEIGHTS[Purpose.RESUME],
        seed=1234,
        ideas=[RecordedIdea(f"Idea {number}") for number in range(6)],
        voters=[
            RecordedVoter(
                "WXYZ-2345", ADA, ballot if method is Method.SCORES else Ballot(ranks={2: 1, 5: 2})
            ),
            RecordedVoter("ABCD-6789", BEN, Ballot()),
        ],
    )


def parsed(record: Record) -> dict[str, Any]:
    whole = json.loads(record_text(record))
    assert isinstance(whole, dict)
    return whole


@pytest.mark.parametrize("method", Method)
def test_the_record_of_any_poll_recounts_to_the_same(method: Method) -> None:
    draw = Random(f"records {method}")
    for _ in range(25):
        record = drawn_record(
            draw,
            ideas=draw.randint(2, 12),
            voters=draw.randint(0, 8),
            taps=draw.choice([0, 1, 6]),
            method=method,
        )
        text = record_text(record)
        counted = recount(text)
        assert counted.differences == []
        assert counted.result == result_of(record)
        assert record_text(counted.record) == text


def test_voters_stand_by_their_receipts_and_in_the_order_of_these() -> None:
    whole = parsed(small_record())
    assert whole["voters"] == [
        {
            "receipt": "ABCD-6789",
            "taps": [{"shown": [0, 2, 4, 5], "best": 2}, {"shown": [1, 2, 3, 5], "best": 2}],
            "ballot": None,
        },
        {
            "receipt": "WXYZ-2345",
            "taps": [{"shown": list(shown), "best": best} for shown, best in ADA],
            "ballot": {
                "scores": {
                    "2": {"impresses": 5, "quick_to_run": 5, "within_reach": 4, "angle": 5, "excites": 5},
                    "5": {"impresses": 1, "quick_to_run": 0, "within_reach": 2, "angle": 1, "excites": 0},
                }
            },
        },
    ]


def test_a_record_says_all_that_its_result_comes_from_and_nothing_of_people_or_times() -> None:
    whole = parsed(small_record())
    assert list(whole) == [
        "format", "version", "method_version", "name", "purpose", "method", "weights", "seed", "ideas",
        "voters", "result",
    ]  # fmt: skip
    assert (whole["version"], whole["method_version"], whole["seed"]) == (1, METHOD_VERSION, 1234)
    assert whole["weights"] == {str(criterion): WEIGHTS[Purpose.RESUME][criterion] for criterion in Criterion}
    assert whole["ideas"][3] == {"position": 3, "title": "Idea 3", "withdrawn": None}
    assert whole["result"]["final"]["order"][0]["idea"] == 2


def test_the_order_in_which_voters_stand_changes_nothing() -> None:
    record = small_record()
    assert record_text(replace(record, voters=record.voters[::-1])) == record_text(record)


def test_an_idea_withdrawn_from_the_cards_is_not_in_the_shortlist() -> None:
    record = small_record()
    ideas = [
        replace(idea, withdrawn=Withdrawn.CARDS if idea.title == "Idea 2" else None) for idea in record.ideas
    ]
    result = result_of(replace(record, ideas=ideas))
    assert result.shortlist is not None
    standings = (*result.shortlist.members, *result.shortlist.others)
    assert {standing.idea for standing in standings} == {0, 1, 3, 4, 5}
    assert 2 not in {placed.idea for placed in result.final.order}


def test_an_idea_withdrawn_from_the_final_stays_in_the_shortlist() -> None:
    record = small_record()
    ideas = [
        replace(idea, withdrawn=Withdrawn.FINAL if idea.title == "Idea 2" else None) for idea in record.ideas
    ]
    result = result_of(replace(record, ideas=ideas))
    assert result.shortlist is not None
    assert result.shortlist.members[0].idea == 2
    # Ada's ballot says of idea 5 alone, and nothing good; the cards put it before the others all the same.
    assert 2 not in {placed.idea for placed in result.final.order}
    assert len(result.final.order) == 4


def test_without_taps_there_is_no_shortlist_and_all_ideas_are_in_the_final() -> None:
    record = small_record(Method.RANKING)
    voters = [replace(voter, taps=()) for voter in record.voters]
    result = result_of(replace(record, voters=voters))
    assert result.shortlist is None
    assert len(result.final.order) == 6
    assert result.final.order[0].idea == 2
    assert result.final.decided_by is DecidedBy.COUNT
    assert parsed(replace(record, voters=voters))["result"]["shortlist"] is None


def edited(where: list[str | int], value: object, method: Method = Method.SCORES) -> str:
    """The small record with one thing in it changed, or taken out if the value is Ellipsis."""
    whole: Any = parsed(small_record(method))
    *path, last = where
    at = whole
    for step in path:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("where", "value", "difference"),
    [
        (
            ["result", "final", "order", 0, "idea"],
            4,
            "result.final.order[0].idea: the file says 4, and the votes say 2",
        ),
        (
            ["result", "final", "decided_by"],
            "lot",
            'result.final.decided_by: the file says "lot", and the votes say "count"',
        ),
        (
            ["result", "shortlist", "settled"],
            1,
            "result.shortlist.settled: the file says 1, and the votes say false",
        ),
        (["weights", "angle"], 0.9, "weights.angle: the file says 0.9, and this purpose has 0.15"),
    ],
)
def test_an_edited_record_is_told_from_a_true_one(
    where: list[str | int], value: object, difference: str
) -> None:
    counted = recount(edited(where, value))
    assert not counted.is_same
    assert counted.differences[0] == difference


def test_a_result_that_misses_something_is_no_true_one() -> None:
    counted = recount(edited(["result", "final"], ...))
    (difference,) = counted.differences
    assert difference == "result.final: the file says nothing, and the votes say something longer"


def test_an_edited_vote_shows_in_the_result() -> None:
    counted = recount(edited(["voters", 1, "taps", 0, "best"], 3))
    assert any(difference.startswith("result.shortlist.members[0].") for difference in counted.differences)


def test_figures_that_differ_in_the_last_digit_are_the_same() -> None:
    strength = parsed(small_record())["result"]["shortlist"]["members"][0]["strength"]
    at: list[str | int] = ["result", "shortlist", "members", 0, "strength"]
    assert recount(edited(at, strength + 0.001)).is_same
    assert not recount(edited(at, strength + 0.002)).is_same
    assert not recount(edited(at, 10**400)).is_same


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is no JSON"),
        ("votes", "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
        ('{"seed": NaN}', "it is no JSON"),
        ("[]", "the file: this is no JSON object"),
        ("{}", "it is not the record of an idea poll"),
        ('{"format": "leads"}', "it is not the record of an idea poll"),
    ],
)
def test_what_is_no_record_is_told_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotARecord) as told:
        read_record(text)
    assert str(told.value) == reason


@pytest.mark.parametrize(
    ("where", "value", "reason"),
    [
        (["version"], 2, "it is in a format of another version than 1, which is all I know"),
        (["version"], True, "it is in a format of another version than 1, which is all I know"),
        (["method_version"], 0, "method_version: 0 is out of bounds"),
        (["name"], ..., "name is missing"),
        (["name"], 7, "name: this is no text"),
        (["purpose"], "fame", "purpose: this is none of resume, name, devrel, learning"),
        (["purpose"], [], "purpose: this is none of resume, name, devrel, learning"),
        (["method"], "lot", "method: this is none of scores, ranking"),
        (["weights"], {}, "weights: it has to have one for each criterion, and no other"),
        (["weights", "angle"], 1.1, "weights.angle: this is no number from 0 to 1"),
        (["weights", "angle"], 10**400, "weights.angle: this is no number from 0 to 1"),
        (["weights", "angle"], True, "weights.angle: this is no number from 0 to 1"),
        (["seed"], 1.5, "seed: this is no whole number"),
        (["seed"], False, "seed: this is no whole number"),
        (["ideas"], {}, "ideas: this is no list"),
        (["ideas"], [], "ideas: a poll has 2 to 60, and these are 0"),
        (["ideas", 0], "Idea 0", "ideas[0]: this is no JSON object"),
        (["ideas", 1, "position"], 3, "ideas[1].position: the ideas have to stand in their order, from 0 on"),
        (["ideas", 1, "withdrawn"], "never", "ideas[1].withdrawn: this is none of cards, final"),
        (["voters", 0, "receipt"], "ABCD-678O", "voters[0].receipt: this is no receipt"),
        (["voters", 0, "receipt"], "WXYZ-2345", "voters: the receipt WXYZ-2345 stands there twice"),
        (["voters", 0, "taps"], ..., "voters[0].taps is missing"),
        (["voters", 0, "taps", 0, "best"], 3, "voters[0].taps[0].best: idea 3 was not on that card"),
        (["voters", 0, "taps", 0, "best"], 6, "voters[0].taps[0].best: there is no idea 6"),
        (["voters", 0, "taps", 0, "best"], -1, "voters[0].taps[0].best: there is no idea -1"),
        (
            ["voters", 0, "taps", 0, "shown"],
            [2, 2, 1],
            "voters[0].taps[0].shown: a card shows two to four different ideas",
        ),
        (
            ["voters", 0, "taps", 0, "shown"],
            [2],
            "voters[0].taps[0].shown: a card shows two to four different ideas",
        ),
        (
            ["voters", 0, "taps", 1],
            {"shown": [5, 4, 2, 0], "best": 5},
            "voters[0].taps[1].shown: this voter has had that card already",
        ),
        (
            ["voters", 1, "ballot"],
            {"places": {"2": 1}},
            "voters[1].ballot: a ballot of this poll holds “scores” and nothing else",
        ),
        (["voters", 1, "ballot", "scores"], {"6": {}}, 'voters[1].ballot.scores: there is no idea "6"'),
        (["voters", 1, "ballot", "scores"], {"02": {}}, 'voters[1].ballot.scores: there is no idea "02"'),
        (
            ["voters", 1, "ballot", "scores", "2", "angle"],
            6,
            "voters[1].ballot.scores.2.angle: 6 is out of bounds",
        ),
        (
            ["voters", 1, "ballot", "scores", "2"],
            {"looks": 1},
            "voters[1].ballot.scores.2: this is none of " + ", ".join(Criterion),
        ),
        (["result"], [], "result: this is no JSON object"),
    ],
)
def test_a_record_with_something_wrong_in_it_is_told_where(
    where: list[str | int], value: object, reason: str
) -> None:
    with pytest.raises(NotARecord) as told:
        read_record(edited(where, value))
    assert str(told.value) == reason


def test_a_record_of_ranked_ballots_takes_places_only() -> None:
    with pytest.raises(NotARecord, match="0 is out of bounds"):
        read_record(edited(["voters", 1, "ballot", "places", "2"], 0, Method.RANKING))


def test_a_record_of_ideas_that_were_all_withdrawn_cannot_be_counted() -> None:
    record = small_record()
    whole = parsed(record)
    for idea in whole["ideas"]:
        idea["withdrawn"] = "cards"
    with pytest.raises(NotARecord, match="all that could be in the final were withdrawn"):
        read_record(json.dumps(whole))


def test_a_record_of_a_newer_method_is_told_as_such() -> None:
    with pytest.raises(NewerRecord, match=r"^99$"):
        read_record(edited(["method_version"], 99))
