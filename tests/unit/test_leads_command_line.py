"""`autodidact leads parse` as a person meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.test_command_line import autodidact, told

POST = {"id": 5, "text": "Acmé | Data Engineer | Remote (EU)<p>Apply: https://acme.example/jobs"}
KEYS = [
    "id", "kind", "company", "roles", "locations", "work_modes", "remote_scope", "employment_types", "salary",
    "visa", "seniority", "ml", "degree", "tech", "urls", "emails", "evidence",
]  # fmt: skip


def test_each_post_becomes_one_line(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text(f"{json.dumps(POST)}\n{json.dumps(POST | {'id': 'x'})}\n", "utf-8")
    done = autodidact(tmp_path, "leads", "parse", "posts.jsonl")
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert list(first) == KEYS
    assert (first["id"], second["id"]) == (5, "x")
    assert first["company"] == "Acmé"
    assert "Acmé" in done.stdout
    assert first["remote_scope"] == "EU"
    assert first["evidence"]["company"] == "Acmé"


def test_what_is_piped_in_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "leads", "parse", "-"]
    done = subprocess.run(command, input=json.dumps([POST]), capture_output=True, text=True, timeout=30)
    assert json.loads(done.stdout)["roles"] == ["Data Engineer"]


def test_an_empty_file_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    done = autodidact(tmp_path, "leads", "parse", "empty")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"nonsense", "it is no JSON"),
        (b'{"a": 1}', "it holds no posts"),
        (b"\xff\xfe\x00", "it is not written in UTF-8"),
    ],
)
def test_a_file_without_posts_is_told_in_one_sentence(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / "posts").write_bytes(content)
    message = told(autodidact(tmp_path, "leads", "parse", "posts"))
    assert message == (
        f"posts cannot be read: {reason}. Give a file with what Algolia answers, or lines with id and text."
    )


def test_whoever_has_read_enough_may_close_the_pipe(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(f"{json.dumps(POST)}\n" * 3_000, "utf-8")
    command = [sys.executable, "-m", "bot", "leads", "parse", "many.jsonl"]
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.readline()
        reading.stdout.close()
        assert reading.stderr.read() == b""
        assert reading.wait(30) == 0
