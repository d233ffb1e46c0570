"""`autodidact resources` as a person meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.errors import OperatorError
from bot.resources.command_line import app
from tests.unit.test_command_line import autodidact, told

BREAD = {
    "title": "Bread and Salt",
    "url": "https://bread.example/",
    "description": "Baking with an oven.",
    "tags": ["baking"],
}
KNOTS = {"title": "Knots for Sailors", "url": "https://knots.example/", "tags": "sailing, rope"}


def lines(*told: object) -> str:
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in told)


def run(*words: str) -> str:
    """What is printed; whatever goes wrong comes out as it was raised."""
    return CliRunner().invoke(app, list(words), catch_exceptions=False).stdout


def test_the_own_catalogue_is_searched_in_words(tmp_path: Path) -> None:
    done = autodidact(tmp_path, "resources", "search", "pytohn for everybody", "--limit", "1")
    assert done.returncode == 0, done.stderr
    first, *rest = done.stdout.splitlines()
    assert first == "Understood as: python for everybody"
    assert rest[:2] == ["1. Python for Everybody", "   https://www.py4e.com/"]
    assert len(rest) == 3


def test_piped_in_queries_are_answered_each_by_a_line(tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text(lines(BREAD, KNOTS), "utf-8")
    asked = 'bread\n\n{"query": "knots for sailors"}\n{not json\nvolcanoes\n'
    command = [sys.executable, "-m", "bot", "resources", "search", "--queries", "-"]
    command += ["--catalogue", str(tmp_path / "other.jsonl")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(answer) for answer in answers] == [["query", "results", "ms"]] * 4
    assert [answer["query"] for answer in answers] == ["bread", "knots for sailors", "{not json", "volcanoes"]
    (bread,), (knots,) = answers[0]["results"], answers[1]["results"]
    assert (bread["url"], bread["title"]) == ("https://bread.example/", "Bread and Salt")
    assert knots["url"] == "https://knots.example/"
    assert 0 < bread["score"] <= 1
    assert answers[3]["results"] == []
    assert all(0 <= answer["ms"] < 30_000 for answer in answers)


def test_what_is_known_of_an_address_is_lent_to_another_catalogue(tmp_path: Path) -> None:
    bare = {"title": "P4E", "url": "http://py4e.com"}
    (tmp_path / "other.jsonl").write_text(lines(BREAD, bare), "utf-8")
    answer = json.loads(
        run("search", "gentle first python course", "--json", "--catalogue", str(tmp_path / "other.jsonl"))
    )
    assert [(result["title"], result["url"]) for result in answer["results"]] == [("P4E", "http://py4e.com")]


def test_a_line_is_parted_at_its_end_only(tmp_path: Path) -> None:
    odd = BREAD | {"title": "Bread\u2028and Salt"}
    (tmp_path / "other.jsonl").write_text(lines(odd), "utf-8")
    answer = json.loads(run("search", "baking", "--json", "--catalogue", str(tmp_path / "other.jsonl")))
    assert [result["url"] for result in answer["results"]] == ["https://bread.example/"]


def test_one_query_can_be_answered_as_json(tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text(lines(BREAD, KNOTS), "utf-8")
    answer = json.loads(run("search", "baking", "--json", "--catalogue", str(tmp_path / "other.jsonl")))
    assert [result["title"] for result in answer["results"]] == ["Bread and Salt"]


def test_it_is_said_when_nothing_fits(tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text(lines(BREAD), "utf-8")
    told = run("search", "submarine welding", "--catalogue", str(tmp_path / "other.jsonl"))
    assert told.startswith("Nothing fits “submarine welding”.\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"\xff\xfe\x00", "it is not written in UTF-8"),
        (lines(BREAD, {"title": "x"}).encode(), "line 2"),
        (b"nonsense\n", "line 1"),
    ],
)
def test_a_catalogue_that_is_none_is_told_with_its_line(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "other.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(OperatorError, match="Give lines of JSON, each with a title and a url") as refusal:
        run("search", "x", "--catalogue", str(file))
    assert f"{file} cannot be read: {reason}" in str(refusal.value)


def test_queries_without_a_query_are_told_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "queries"
    file.write_text('python\n{"text": "python"}\n')
    with pytest.raises(OperatorError, match="line 2 has no query"):
        run("search", "--queries", str(file))


def test_a_search_needs_a_query_or_a_file_of_them(tmp_path: Path) -> None:
    for words in ([], ["python", "--queries", "file"]):
        with pytest.raises(OperatorError, match="Tell me what to search for"):
            run("search", *words)
    assert "Tell me what to search for" in told(autodidact(tmp_path, "resources", "search"))


def test_the_catalogue_that_is_brought_along_passes_the_check() -> None:
    assert run("check").endswith("not confirmed.\n")


def test_the_check_of_a_faulty_catalogue_names_each_fault_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_text('[[resource]]\nid = "one"\ntitle = "One"\nlevel = "novice"\n')
    done = CliRunner().invoke(app, ["check", str(file)])
    assert done.exit_code == 1
    first, *_, last = done.stdout.splitlines()
    assert first == "line 1: One: address: it is missing"
    assert last == "line 4: One: level: “novice” is none of anyone, beginner, intermediate, advanced"


def test_the_check_of_what_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read: No such file or directory"):
        run("check", str(tmp_path / "nothing.toml"))
