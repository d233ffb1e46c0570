import pytest

from bot.resources.catalogue import Fault, FileFaulty, hash_of, read_catalogue, shipped
from bot.resources.entry import Entry, Step
from bot.search.facets import Cost, Kind, Level

FIRST = """[[resource]]
id = "first-steps"
title = "First Steps"
address = "https://www.example.org/steps?utm_source=mail"
good_for = "Takes an invented beginner by the hand and walks them to a small model."
kind = "course"
level = "beginner"
topics = ["python", "machine-learning"]
cost = "freemium"
hours = 1.5
maths = false
step = "learn"
source = "ours"
author = "Ada Example"
also = ["steps one"]
recalled = true
"""

SECOND = """
[[resource]]
id = "old-board"
title = "Old Board"
address = "https://board.example.com/"
good_for = "Listed invented jobs for people without invented degrees."
kind = "jobs"
level = "anyone"
topics = ["job-search"]
cost = "free"
maths = false
step = "hunt"
source = "no-ml-degree-notes"
dead = "Closed in 2020."
replaced_by = "first-steps"
"""


def test_a_file_is_read_as_it_stands() -> None:
    first, second = read_catalogue(FIRST + SECOND)
    assert first == Entry(
        title="First Steps",
        address="https://www.example.org/steps",
        good_for="Takes an invented beginner by the hand and walks them to a small model.",
        kind=Kind.COURSE,
        level=Level.BEGINNER,
        topics=("python", "machine-learning"),
        cost=Cost.FREEMIUM,
        minutes=90,
        maths=False,
        step=Step.LEARN,
        source="ours",
        author="Ada Example",
        also=("steps one",),
        recalled=True,
        slug="first-steps",
    )
    assert (second.dead, second.replaced_by, second.minutes) == ("Closed in 2020.", "first-steps", None)


def test_topics_may_be_written_as_people_read_them() -> None:
    (entry,) = read_catalogue(FIRST.replace('["python", "machine-learning"]', '["Data Sets", "python"]'))
    assert entry.topics == ("datasets", "python")


@pytest.mark.parametrize(
    ("line", "becomes", "fault"),
    [
        ('title = "First Steps"', "", Fault(1, "first-steps: title: it is missing")),
        ('title = "First Steps"', 'title = " "', Fault(3, " : title: it is empty")),
        ('title = "First Steps"', "title = 3", Fault(3, "first-steps: title: it is no text")),
        (
            'level = "beginner"',
            'level = "novice"',
            Fault(7, "First Steps: level: “novice” is none of anyone, beginner, intermediate, advanced"),
        ),
        ('cost = "freemium"', "", Fault(1, "First Steps: cost: it is missing")),
        ("hours = 1.5", "hours = 0", Fault(10, "First Steps: hours: it is no number of hours up to 400")),
        ("hours = 1.5", 'hours = "2"', Fault(10, "First Steps: hours: it is no number of hours up to 400")),
        ("hours = 1.5", "hours = true", Fault(10, "First Steps: hours: it is no number of hours up to 400")),
        ("hours = 1.5", "hours = nan", Fault(10, "First Steps: hours: it is no number of hours up to 400")),
        ("maths = false", "maths = 0", Fault(11, "First Steps: maths: it is neither true nor false")),
        (
            'topics = ["python", "machine-learning"]',
            'topics = ["python", "cooking"]',
            Fault(8, "First Steps: topics: “cooking” is none of the topics"),
        ),
        (
            'topics = ["python", "machine-learning"]',
            "topics = []",
            Fault(8, "First Steps: topics: at least one is needed"),
        ),
        (
            'also = ["steps one"]',
            'also = ["steps\\none"]',
            Fault(15, "First Steps: also: one of them has more than one line"),
        ),
        (
            'source = "ours"',
            'source = "hearsay"',
            Fault(13, "First Steps: source: “hearsay” is none of the sources"),
        ),
        ('id = "first-steps"', 'id = "First"', Fault(2, "First Steps: id: “First” is not of a-z, 0-9 and -")),
        ("recalled = true", "colour = 1", Fault(16, "First Steps: colour: there is no such key")),
        (
            "recalled = true",
            'replaced_by = "old-board"',
            Fault(16, "First Steps: replaced_by: only what is dead is replaced"),
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_reason(line: str, becomes: str, fault: Fault) -> None:
    assert line in FIRST
    with pytest.raises(FileFaulty) as refusal:
        read_catalogue(FIRST.replace(line, becomes))
    assert fault in refusal.value.faults


def test_a_wrong_address_is_told_in_the_words_that_members_read() -> None:
    with pytest.raises(FileFaulty) as refusal:
        read_catalogue(FIRST.replace("https://www.example.org/steps?utm_source=mail", "javascript:alert(1)"))
    (fault,) = refusal.value.faults
    assert fault.line == 4
    assert "is no web address that I can keep" in fault.reason


def test_all_faults_are_told_at_once_in_their_order() -> None:
    broken = FIRST.replace('kind = "course"', 'kind = "curse"').replace('step = "learn"', 'step = "rest"')
    with pytest.raises(FileFaulty) as refusal:
        read_catalogue(broken)
    assert [fault.line for fault in refusal.value.faults] == [6, 12]
    assert str(refusal.value).startswith("line 6: First Steps: kind: “curse” is none of course, book")


@pytest.mark.parametrize(
    ("now", "then", "fault"),
    [
        (
            'id = "old-board"',
            'id = "first-steps"',
            Fault(19, "Old Board: id: it is the same as that of “First Steps”"),
        ),
        (
            'title = "Old Board"',
            'title = "FIRST steps"',
            Fault(20, "FIRST steps: title: it is the same as that of “First Steps”"),
        ),
        (
            "https://board.example.com/",
            "http://example.org/steps/",
            Fault(21, "Old Board: address: it is the same as that of “First Steps”"),
        ),
        (
            'replaced_by = "first-steps"',
            'replaced_by = "nobody"',
            Fault(31, "Old Board: replaced_by: “nobody” is not in the file"),
        ),
        (
            'replaced_by = "first-steps"',
            'replaced_by = "old-board"',
            Fault(31, "Old Board: replaced_by: “old-board” is dead itself"),
        ),
    ],
)
def test_entries_that_contradict_each_other_are_told(now: str, then: str, fault: Fault) -> None:
    assert now in SECOND
    with pytest.raises(FileFaulty) as refusal:
        read_catalogue(FIRST + SECOND.replace(now, then))
    assert refusal.value.faults == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: there is no resource in it"),
        ("resource = 3", "line 1: each resource begins with a line of [[resource]]"),
        ('\n\n[[resource]]\nid = "a', "line 4: this is no TOML: Unterminated string"),
        ("[[resource]]\nid = \n", "line 2: this is no TOML: Invalid value"),
        ("a = 1\na = 2\n", "line 2: this is no TOML: Cannot overwrite a value"),
    ],
)
def test_what_is_no_catalogue_at_all_is_told(text: str, fault: str) -> None:
    with pytest.raises(FileFaulty) as refusal:
        read_catalogue(text)
    assert fault in [str(one) for one in refusal.value.faults]


def test_a_file_of_a_server_has_neither_ids_nor_sources() -> None:
    own = "\n".join(line for line in FIRST.splitlines() if not line.startswith(("id", "source", "recalled")))
    (entry,) = read_catalogue(own, of_the_catalogue=False)
    assert (entry.slug, entry.source, entry.title) == (None, "server", "First Steps")
    with pytest.raises(FileFaulty) as refusal:
        read_catalogue(FIRST, of_the_catalogue=False)
    assert [fault.line for fault in refusal.value.faults] == [2, 13, 16]


def test_the_catalogue_that_comes_with_the_program_keeps_to_the_format() -> None:
    entries = read_catalogue(shipped().decode())
    assert len(entries) >= 300
    assert {entry.step for entry in entries} == set(Step)
    assert {entry.kind for entry in entries} == set(Kind)
    for entry in entries:
        assert 40 <= len(entry.good_for) <= 220, entry.slug
        assert entry.good_for.endswith("."), entry.slug
        # An address is written in the file as it is kept.
        assert f'address = "{entry.address}"' in shipped().decode(), entry.slug


def test_another_edition_has_another_hash() -> None:
    assert hash_of(FIRST.encode()) == hash_of(FIRST.encode())
    assert hash_of(FIRST.encode()) != hash_of(SECOND.encode())
