"""Reading posts: how much of them is read as a person reads it, and how long 500 of them take."""

import importlib.util
import json
import os
import tempfile
import warnings
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import process_time

from benchmarks.others import Others, note
from benchmarks.table import Line, Mark, Section, ours_alone, seconds
from bot.leads.parse import parse

POSTS = 500
SHARED = Path(__file__).parents[1] / os.environ.get("AUTODIDACT_SHARED_DATA", "../shared/data")

IN_TIME = Mark("<", 1.0, seconds)
# What the shared tool calls a score, and the least it has to be.
MARKS = {
    "kind": None,
    "company": Mark("≥", 0.96),
    "work_modes": Mark("≥", 0.96),
    "remote_scope": Mark("≥", 0.90),
    "roles_f1": Mark("≥", 0.90),
    "locations_f1": Mark("≥", 0.90),
    "employment": Mark("≥", 0.96),
    "salary_exact_where_any": Mark("≥", 0.95),
    "visa": Mark("≥", 0.96),
    "seniority": Mark("≥", 0.90),
    "degree": None,
    "ml_role_f1": Mark("≥", 0.92),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many times the posts are read."""

    rounds: int = 5


QUICK = Size(rounds=1)


async def measure(size: Size) -> Section:
    labelled, tool = SHARED / "hn/leads_labelled.jsonl", SHARED.parent / "tools/score_leads.py"
    if not labelled.is_file() or not tool.is_file():
        return Section("Reading posts: the labelled posts are not here", [])
    posts = [json.loads(line) for line in labelled.read_text("utf-8").splitlines()]
    texts = [post["text"] for post in posts]
    scores = _scores(labelled, tool, {post["id"]: post["text"] for post in posts})
    lines = [
        Line(
            what.replace("_", " "),
            ours=f"{scores[what]:.3f}",
            mark=mark,
            judged=scores[what] if mark else None,
        )
        for what, mark in MARKS.items()
    ]
    times, busy = [], []
    for _ in range(size.rounds):
        others, began = Others(), process_time()
        for text in islice(cycle(texts), POSTS):
            parse(text)
        times.append(process_time() - began)
        busy.append(others.busy())
    return Section(
        f"Reading posts: scores on the {len(posts)} labelled ones, and the time of the processor for {POSTS}",
        [*lines, ours_alone(f"{POSTS} posts, the least of {size.rounds}", [min(times)], seconds, IN_TIME)],
        note(busy),
    )


def _scores(labelled: Path, tool: Path, texts: dict[int, str]) -> dict[str, float]:
    spec = importlib.util.spec_from_file_location("score_leads", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        read = Path(folder, "read.jsonl")
        leads = (json.dumps({"id": post, **parse(text).as_json()}) for post, text in texts.items())
        read.write_text("\n".join(leads), "utf-8")
        found: dict[str, float] = module.main(labelled, read)
    return found
