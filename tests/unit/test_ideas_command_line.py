"""`autodidact ideas rank` as a person meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.polls.record import record_text
from bot.polls.rules import Method
from tests.unit.test_command_line import autodidact, told
from tests.unit.test_poll_records import edited, small_record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "poll.json").write_text(record_text(small_record()), "utf-8")
    return tmp_path


def test_a_record_is_counted_again_in_plain_words(folder: Path) -> None:
    done = autodidact(folder, "ideas", "rank", "poll.json")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "What do we build? (For a résumé): 6 ideas, 2 voters, 5 taps, 1 ballot"
    assert lines[2] == "The shortlist, not settled: less than 93 % of the true best is expected in it"
    assert lines[3].startswith("   1. Idea 2: between ")
    assert "The final, by marks from 0 to 5:" in lines
    assert "The pick: Idea 2" in lines
    assert lines[-1] == "The file states the same."


def test_what_is_piped_in_is_counted_as_json(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "ideas", "rank", "-", "--json"]
    done = subprocess.run(
        command, input=edited(["result", "final", "tied"], [2, 5]), capture_output=True, text=True, timeout=30
    )
    assert (done.returncode, done.stderr) == (1, "")
    counted = json.loads(done.stdout)
    assert counted["same"] is False
    assert counted["differences"] == ["result.final.tied: the file says [2, 5], and the votes say []"]
    assert counted["result"]["final"]["order"][0]["idea"] == 2


def test_a_record_that_states_something_else_ends_with_status_1(folder: Path) -> None:
    (folder / "poll.json").write_text(edited(["name"], "A \x1b[31mred\x1b[0m poll"), "utf-8")
    done = autodidact(folder, "ideas", "rank", "poll.json")
    assert (done.returncode, done.stdout.splitlines()[0].partition(" (")[0]) == (0, "A �[31mred�[0m poll")
    wrong = edited(["result", "final", "decided_by"], "\x1b[2J")
    (folder / "poll.json").write_text(wrong, "utf-8")
    done = autodidact(folder, "ideas", "rank", "poll.json")
    assert (done.returncode, done.stderr) == (1, "")
    assert "\x1b" not in done.stdout
    assert done.stdout.splitlines()[-2:] == [
        "The file states something else:",
        '  result.final.decided_by: the file says "\\u001b[2J", and the votes say "count"',
    ]


def test_whoever_has_a_receipt_sees_their_votes(folder: Path) -> None:
    done = autodidact(folder, "ideas", "rank", "poll.json", "--receipt", "wxyz2345")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "WXYZ-2345: 3 taps",
        "   1. Idea 2, rather than Idea 0, Idea 1, Idea 3",
        "   2. Idea 2, rather than Idea 4, Idea 5, Idea 1",
        "   3. Idea 5, rather than Idea 3, Idea 0, Idea 4",
        "The ballot:",
        "      Idea 2: Impresses 5, Quick to try 5, Within reach 4, Has an angle 5, Excites you 5",
        "      Idea 5: Impresses 1, Quick to try 0, Within reach 2, Has an angle 1, Excites you 0",
    ]


def test_a_ranked_ballot_is_shown_in_its_order(folder: Path) -> None:
    (folder / "poll.json").write_text(record_text(small_record(Method.RANKING)), "utf-8")
    done = autodidact(folder, "ideas", "rank", "poll.json", "--receipt", "WXYZ-2345")
    assert done.stdout.splitlines()[-3:] == ["The ballot:", "   1. Idea 2", "   2. Idea 5"]


def test_an_unknown_receipt_is_told_in_one_sentence(folder: Path) -> None:
    message = told(autodidact(folder, "ideas", "rank", "poll.json", "--receipt", "AAAA-\x1b222"))
    assert message == (
        "Nobody in that record has the receipt AAAA-�222. Look for a mistaken letter, or for another file."
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"nonsense", "it is no JSON"),
        (b"\xff\xfe\x00", "it is not written in UTF-8"),
        (edited(["voters", 0, "taps", 0, "best"], 9).encode(), "voters[0].taps[0].best: there is no idea 9"),
    ],
)
def test_a_file_without_a_record_is_told_in_one_sentence(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / "poll.json").write_bytes(content)
    message = told(autodidact(tmp_path, "ideas", "rank", "poll.json"))
    assert message == (
        f"poll.json is no record of a poll that I can count: {reason}. "
        "Give the file that was posted at its end."
    )


def test_a_record_of_a_newer_method_asks_for_a_newer_program(tmp_path: Path) -> None:
    (tmp_path / "poll.json").write_text(edited(["method_version"], 99), "utf-8")
    message = told(autodidact(tmp_path, "ideas", "rank", "poll.json"))
    assert message == (
        "poll.json was counted by a newer method (99) than I know: install a newer version of me."
    )
