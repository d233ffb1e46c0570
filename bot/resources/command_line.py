"""The commands of `autodidact resources`."""

import json
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.given_files import named, printing, read_or, text_of
from bot.operator_errors import NoCatalogue, NoQueries, NoQuery, NoResources

if TYPE_CHECKING:
    from bot.search.document import Document, Found
    from bot.search.search import Index

MOST = 100

app = typer.Typer(
    help="Resources to learn, build, show and find work with.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(metavar="QUERY", help="What you are after.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many are shown at most.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON instead of words.")] = False,
    catalogue: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Search lines of JSON with title, url, description and tags instead."
        ),
    ] = None,
    queries: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Answer each line, or each query of lines of JSON, by a line of JSON."
        ),
    ] = None,
) -> None:
    """Find resources, the best first; - stands for a file that is piped in."""
    if (query is None) == (queries is None):
        raise NoQuery
    asked = [query] if query is not None else _queries_in(queries or "-")
    documents = _documents(catalogue)
    index = _index(documents)
    with printing():
        for one in asked:
            began = time.perf_counter()
            found = index.search(one, limit=limit)
            seconds = time.perf_counter() - began
            if as_json or queries is not None:
                sys.stdout.write(_as_json(one, found, documents, seconds) + "\n")
            else:
                sys.stdout.write(_in_words(one, found, documents))


@app.command()
def check(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A catalogue in TOML; else the one that I bring."),
    ] = None,
) -> None:
    """Say whether a catalogue keeps to the format; ends with status 1, and each fault by its line, if not."""
    from bot.resources.catalogue import FileFaulty, read_catalogue, shipped

    with read_or(NoResources, file or "The catalogue"):
        text = text_of(file) if file else shipped().decode()
    try:
        entries = read_catalogue(text)
    except FileFaulty as faulty:
        for fault in faulty.faults:
            typer.echo(fault)
        raise typer.Exit(1) from None
    dead = sum(bool(entry.dead) for entry in entries)
    recalled = sum(entry.recalled for entry in entries)
    typer.echo(f"{len(entries)} resources, all as they should be; {dead} are dead, {recalled} not confirmed.")


def _documents(catalogue: str | None) -> "Sequence[Document]":
    from bot.resources.documents import shipped_documents
    from bot.search.borrowing import with_what_is_known
    from bot.search.other_catalogues import NotACatalogue, documents_of

    if catalogue is None:
        return shipped_documents()
    with read_or(NoCatalogue, catalogue):
        text = text_of(catalogue)
    try:
        return with_what_is_known(documents_of(text.split("\n")), shipped_documents())
    except NotACatalogue as problem:
        raise NoCatalogue(name=named(catalogue), reason=str(problem).rstrip(".")) from None


def _index(documents: "Sequence[Document]") -> "Index":
    from bot.search.search import Index

    return Index(documents)


def _queries_in(file: str) -> list[str]:
    with read_or(NoQueries, file):
        lines = text_of(file).splitlines()
    return [_query_of(line, number, file) for number, line in enumerate(lines, 1) if line.strip()]


def _query_of(line: str, number: int, file: str) -> str:
    """What is asked in a line: the line itself, unless it is an object of JSON."""
    if not line.lstrip().startswith("{"):
        return line.strip()
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return line.strip()
    query = told.get("query") if isinstance(told, dict) else None
    if not isinstance(query, str):
        raise NoQueries(name=named(file), reason=f"line {number} has no query")
    return query


def _as_json(query: str, found: "Found", documents: "Sequence[Document]", seconds: float) -> str:
    results = [
        {
            "url": documents[hit.key].url,
            "title": documents[hit.key].title,
            "score": round(hit.score, 4),
        }
        for hit in found.hits
    ]
    told = {"query": query, "results": results, "ms": round(seconds * 1000, 3)}
    return json.dumps(told, ensure_ascii=False)


def _in_words(query: str, found: "Found", documents: "Sequence[Document]") -> str:
    lines = [f"Understood as: {found.respelt}"] if found.respelt else []
    if not found.hits:
        lines.append(f"Nothing fits “{query}”.")
        if found.nearest:
            lines.append(f"What comes closest is about {', '.join(found.nearest)}.")
    for number, hit in enumerate(found.hits, 1):
        document = documents[hit.key]
        lines += [f"{number}. {document.title}", f"   {document.url}"]
        lines += [f"   {document.description}"] if document.description else []
    return "\n".join(lines) + "\n"
