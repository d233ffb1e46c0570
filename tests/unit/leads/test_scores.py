"""How well posts are read that a person read too, field by field; floors are raised as it gets better."""

import importlib.util
import json
import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.leads.parse import parse

FLOORS = {
    "kind": 0.99,
    "company": 0.97,
    "work_modes": 0.98,
    "remote_ok": 0.99,
    "remote_scope": 0.98,
    "roles_f1": 0.955,
    "locations_f1": 0.985,
    "employment": 0.99,
    "salary_exact_where_any": 0.99,
    "visa": 0.99,
    "seniority": 0.99,
    "degree": 0.99,
    "ml_role_f1": 0.955,
}


@pytest.fixture(scope="module")
def scores(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, float]:
    """The scores of the shared tool on the shared posts."""
    labelled, tool = shared_data / "hn/leads_labelled.jsonl", shared_data.parent / "tools/score_leads.py"
    if not labelled.is_file() or not tool.is_file():
        pytest.skip("the labelled posts or the tool that scores them are not here")
    read = tmp_path_factory.mktemp("scores") / "read.jsonl"
    posts = map(json.loads, labelled.read_text("utf-8").splitlines())
    lines = [json.dumps({"id": post["id"], **parse(post["text"]).as_json()}) for post in posts]
    read.write_text("\n".join(lines), "utf-8")
    spec = importlib.util.spec_from_file_location("score_leads", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with warnings.catch_warnings():
        # The tool leaves its files for the collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        found: Mapping[str, float] = module.main(labelled, read)
    return found


@pytest.mark.parametrize("field", FLOORS)
def test_the_posts_are_read_as_a_person_reads_them(scores: Mapping[str, float], field: str) -> None:
    assert scores[field] >= FLOORS[field]
