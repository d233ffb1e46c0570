"""Whether the right resource stands first, whether "nothing fits" is said rightly, and how long it takes.

Marked are nDCG at 5 and the share of queries whose first hit is right: graded 2 or 3, or the best grade there
is where nothing is graded better than 1. Of the queries kept aside only totals are shown.

`python -m benchmarks.resources own` (or `other`) lists what goes wrong among the queries to tune with.
"""

import argparse
import json
import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.graded_queries import Half, Query, Sort, first_right, graded, ndcg, score
from benchmarks.invented_resources import beginnings, documents, queries, vocabulary
from benchmarks.table import Line, Mark, Section, milliseconds
from bot.resources.catalogue import read_catalogue, shipped
from bot.resources.documents import shipped_documents
from bot.resources.entry import topics
from bot.search.borrowing import with_what_is_known
from bot.search.document import Document
from bot.search.other_catalogues import documents_of
from bot.search.search import Index

SHARED = Path(__file__).parents[1] / os.environ.get("AUTODIDACT_SHARED_DATA", "../shared/data")
CATALOGUES = ("own", "other")
BORROWING = "other, with what is known"
"""As the command line searches another catalogue: what ours says of the same addresses is lent to it."""

RANKED = Mark("≥", 0.85)
FIRST = Mark("≥", 0.90)
SEARCH_TIMES = {2_000: Mark("<", 0.010, milliseconds), 100_000: Mark("<", 0.040, milliseconds)}
COMPLETED = Mark("<", 0.050, milliseconds)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: sizes of invented catalogues, and how many queries each."""

    invented: Sequence[int] = (2_000, 100_000)
    queries: int = 2_000


QUICK = Size(invented=(2_000,), queries=200)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Resources to search, and the name by which the grades call each."""

    documents: Sequence[Document]
    names: dict[int, str]


async def measure(size: Size) -> Section:
    lines = [line for name in (*CATALOGUES, BORROWING) for line in _qualities(name)]
    return Section(
        "Finding resources: queries graded by hand; per sort nDCG@5, and how many first hits are right",
        [*lines, *_speeds(size)],
    )


def catalogue(name: str) -> Catalogue | None:
    """The catalogue that comes with the program ("own"), or the list elsewhere; None if it is not here."""
    if name == "own":
        slugs = [entry.slug or "" for entry in read_catalogue(shipped().decode())]
        return Catalogue(shipped_documents(), dict(enumerate(slugs)))
    path = SHARED / "resources.jsonl"
    if not path.is_file():
        return None
    read = documents_of(path.read_text("utf-8").split("\n"))
    if name == BORROWING:
        read = with_what_is_known(read, shipped_documents())
    return Catalogue(read, {each.key: each.url for each in read})


def answers(index: Index, known: Catalogue, asked: Sequence[Query]) -> list[tuple[Query, list[str]]]:
    """What is found for each query, by the names that the grades use."""
    return [
        (query, [known.names[hit.key] for hit in index.search(query.text, limit=5).hits]) for query in asked
    ]


def _qualities(name: str) -> Iterator[Line]:
    known = catalogue(name)
    if known is None:
        yield Line("the other catalogue is not here")
        return
    with closing(Index(known.documents)) as index:
        for half in Half:
            asked = graded(name.split(",")[0], half)
            answered = answers(index, known, asked)
            yield Line(f"{name}: {len(known.documents)} resources, {len(asked)} queries {half}")
            yield from _totals(answered)
            if half is Half.TUNED:
                yield from _by_sort(answered)
            yield _time("   a search", index.search, [query.text for query in asked])


def _totals(answered: Sequence[tuple[Query, Sequence[str]]]) -> Iterator[Line]:
    total = score(answered)
    for what, value, mark in (
        ("   nDCG@5", total.ndcg, RANKED),
        ("   first hit right", total.first, FIRST),
        ("   nothing fits, and none is shown", total.said_nothing, None),
        ("   something fits, and none is shown", total.wrongly_nothing, None),
    ):
        if value is not None:
            yield Line(what, ours=f"{value:.3f}", mark=mark, judged=value if mark else None)


def _by_sort(answered: Sequence[tuple[Query, Sequence[str]]]) -> Iterator[Line]:
    for sort in Sort:
        alike = [answer for answer in answered if answer[0].sort is sort]
        of_sort = score(alike)
        if of_sort.ndcg is not None:
            first = f"{of_sort.first:.2f} of {len(alike)}"
            yield Line(f"      {sort}", ours=f"{of_sort.ndcg:.3f}", ratio=first)


def _speeds(size: Size) -> Iterator[Line]:
    described = [f"{each.title} {each.description}" for name in CATALOGUES for each in _documents(name)]
    words = vocabulary(described, random.Random("words"))
    for number in size.invented:
        chance = random.Random(number)
        invented = documents(number, words, topics(), chance)
        typed = queries(size.queries, words, invented, chance)
        typed += [query.text for name in CATALOGUES for query in graded(name, Half.TUNED)]
        chance.shuffle(typed)
        began = perf_counter()
        with closing(Index(invented)) as index:
            yield Line(f"{number:,} invented resources", ours=milliseconds(perf_counter() - began))
            index.search("the first of all")
            yield _time("   a search", index.search, typed, SEARCH_TIMES[number])
            index.complete("t")
            yield _time("   completing", index.complete, beginnings(typed, chance), COMPLETED)


def _documents(name: str) -> Sequence[Document]:
    known = catalogue(name)
    return known.documents if known else ()


def _time(what: str, work: Callable[[str], object], typed: Sequence[str], mark: Mark | None = None) -> Line:
    times = []
    for text in typed:
        began = perf_counter()
        work(text)
        times.append(perf_counter() - began)
    slowest = quantiles(times, n=100)[98]
    return Line(
        f"{what}, the slowest of a hundred",
        ours=milliseconds(slowest),
        ratio=f"median {milliseconds(median(times))}",
        mark=mark,
        judged=slowest if mark else None,
    )


def misses(name: str) -> Iterator[str]:
    """What goes wrong among the queries to tune with, the worst first, as JSON lines."""
    known = catalogue(name)
    if known is None:
        return
    with closing(Index(known.documents)) as index:
        answered = answers(index, known, graded(name, Half.TUNED))
    wrong = []
    for query, found in answered:
        if query.sort is Sort.NOTHING:
            reached = 0.0 if found else 1.0
            right = not found
        else:
            reached, right = ndcg(found, query.grades), first_right(found, query.grades)
        if reached < RANKED.limit or not right:
            wrong.append((reached, query, found))
    for reached, query, found in sorted(wrong, key=lambda each: each[0]):
        yield json.dumps(
            {
                "query": query.text,
                "sort": query.sort,
                "reached": round(reached, 3),
                "found": {name: query.grades.get(name, 0) for name in found},
                "not found": {name: grade for name, grade in query.grades.items() if name not in found},
            }
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resources")
    parser.add_argument("catalogue", choices=CATALOGUES)
    for each in misses(parser.parse_args().catalogue):
        print(each)
