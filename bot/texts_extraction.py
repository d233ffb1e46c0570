"""Extracting texts that stand in no call of gettext for the catalogues; Babel calls this, by babel.cfg."""

import ast
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

ROOTS = frozenset({"UserError", "OperatorError"})


def extract_sentences(
    fileobj: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, object]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The docstrings of a file's UserErrors and OperatorErrors, on one line, as the errors look them up.

    Yields what Babel asks of an extractor: line, no function's name, the message, no comments.
    """
    known = set(ROOTS)
    for node in ast.walk(ast.parse(fileobj.read())):
        if not isinstance(node, ast.ClassDef):
            continue
        if node.name not in known and known.isdisjoint(map(_name, node.bases)):
            continue
        known.add(node.name)
        sentence = " ".join((ast.get_docstring(node) or "").split())
        if sentence:
            yield node.body[0].lineno, None, sentence, []


def extract_places(
    fileobj: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, object]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The texts of bot/ideas/places.toml: all but the addresses."""
    lines = fileobj.read().decode()
    told = tomllib.loads(lines)
    texts = [place[key] for place in told["place"] for key in ("name", "what", "why")]
    for text in [*told["counsels"], *texts]:
        yield lines[: lines.index(text)].count("\n") + 1, None, text, []


def extract_topics(
    fileobj: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, object]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The names of topics in bot/resources/topics.toml that people read."""
    lines = fileobj.read().decode().splitlines()
    for topic, name in tomllib.loads("\n".join(lines))["topics"].items():
        yield next(n for n, line in enumerate(lines, 1) if line.startswith(f"{topic} =")), None, name, []


def _name(base: ast.expr) -> str:
    return base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
