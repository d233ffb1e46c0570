"""What the code says in words, as its syntax trees have it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conftest import REPOSITORY

TRANSLATING = frozenset({"_", "gettext", "ngettext"})
MARKING = TRANSLATING | {"mark", "locale_str", "translation"}

FOR_OPERATORS = ("cogs/doctor/", "cogs/owner/")
"""What only who runs the bot reads, in English as the logs are."""


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the program, by its path from the top of the repository."""

    name: str
    tree: ast.Module

    @property
    def is_read_by_members(self) -> bool:
        return not self.name.startswith(FOR_OPERATORS)


@cache
def modules(package: str) -> tuple[Module, ...]:
    """The files of `bot` or `cogs`."""
    paths = sorted((REPOSITORY / package).rglob("*.py"))
    return tuple(_module(path) for path in paths)


def _module(path: Path) -> Module:
    return Module(path.relative_to(REPOSITORY).as_posix(), ast.parse(path.read_text("utf-8")))


def name_of(node: ast.expr) -> str:
    """The last name of what is called or named: `add_field` for `embed.add_field`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


# --- which texts end up where Discord has little room


LABEL, OPTION, PLACEHOLDER, DESCRIPTION, FORM_TITLE, FORM_LABEL, HINT = 80, 100, 150, 100, 45, 45, 100
"""Discord's limits, in characters: `HINT` is for what an empty field of a form shows."""

FORMS = frozenset({"form", "modal"})


@dataclass(frozen=True, slots=True)
class Room:
    """A text, where it is put, and how many characters there are."""

    text: str
    place: str
    limit: int


@cache
def rooms() -> frozenset[Room]:
    """Each text that is put on a button, in a list or in a form, as far as it can be followed there."""
    return frozenset(_rooms())


def _rooms() -> Iterator[Room]:
    for module in modules("cogs"):
        if module.is_read_by_members:
            for scope in _scopes(module.tree):
                for node in _within(scope):
                    if isinstance(node, ast.Call):
                        for argument, limit in _limited(node, scope):
                            for text in _texts(argument, scope.assigned):
                                yield Room(text, f"{module.name}:{node.lineno}", limit)


@dataclass(frozen=True, slots=True)
class _Scope:
    """A function, in which class it stands, and what is assigned in it."""

    function: ast.FunctionDef | ast.AsyncFunctionDef
    class_name: str
    assigned: dict[str, list[ast.expr]]


def _scopes(tree: ast.Module) -> Iterator[_Scope]:
    owners = {
        id(child): node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for child in node.body
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield _Scope(node, owners.get(id(node), ""), _assigned(node))


def _within(scope: _Scope) -> Iterator[ast.AST]:
    return ast.walk(scope.function)


def _assigned(function: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                for name, each in zip(target.elts, value.elts, strict=False):
                    found.setdefault(name_of(name), []).append(each)
            elif isinstance(target, ast.Name):
                found.setdefault(target.id, []).append(value)
    return found


def _limited(call: ast.Call, scope: _Scope) -> Iterator[tuple[ast.expr, int]]:
    name = name_of(call.func)
    keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    if name == "__init__":
        # Buttons and selects hand their label or placeholder on first, whatever they are derived from.
        name = scope.class_name
        first = {"Button": LABEL, "Select": PLACEHOLDER}.get(name[-6:])
        if first and call.args:
            yield call.args[0], first
    elif name == "add_field" and isinstance(call.func, ast.Attribute) and name_of(call.func.value) in FORMS:
        yield from zip(call.args[:1], (FORM_LABEL,), strict=False)
        yield from zip(call.args[2:3], (DESCRIPTION,), strict=False)
    elif name.endswith("Option"):
        yield from zip(call.args[:1], (OPTION,), strict=False)
    by_keyword = {"label": OPTION if name.endswith("Option") else LABEL}
    by_keyword["placeholder"] = HINT if name == "TextInput" else PLACEHOLDER
    if name.endswith("Option"):
        by_keyword["description"] = DESCRIPTION
    if name.endswith(("Form", "Modal")):
        by_keyword["title"] = FORM_TITLE
    for keyword, limit in by_keyword.items():
        if keyword in keywords:
            yield keywords[keyword], limit


def _texts(expression: ast.expr, assigned: dict[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and name_of(node.func) in TRANSLATING:
            for argument in node.args[: 2 if name_of(node.func) == "ngettext" else 1]:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)
                else:
                    yield from _texts_named(argument, assigned, depth)
        elif isinstance(node, ast.Name) and depth < 3:
            for value in assigned.get(node.id, ()):
                if value is not expression:
                    yield from _texts(value, assigned, depth + 1)


def _texts_named(expression: ast.expr, assigned: dict[str, list[ast.expr]], depth: int) -> Iterator[str]:
    """The texts of the tables, or of what was taken from one, that an expression names."""
    for node in ast.walk(expression):
        name = name_of(node) if isinstance(node, ast.expr) else ""
        yield from _tables().get(name, ())
        if depth < 3:
            for value in assigned.get(name, ()):
                yield from _texts_named(value, assigned, depth + 1)


@cache
def _tables() -> dict[str, frozenset[str]]:
    """The marked texts of each table of the program, by the table's name."""
    found: dict[str, set[str]] = {}
    for module in modules("bot") + modules("cogs"):
        for node in module.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                marked = {
                    str(call.args[0].value)
                    for call in ast.walk(node.value)
                    if isinstance(call, ast.Call) and name_of(call.func) == "mark"
                    if isinstance(call.args[0], ast.Constant)
                }
                if name_of(target).isupper() and marked:
                    found.setdefault(name_of(target), set()).update(marked)
    return {name: frozenset(texts) for name, texts in found.items()}
