"""Checks request bodies against Discord's own API description, where that file is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, relevance

Json = dict[str, Any]
REPOSITORY = Path(__file__).resolve().parents[3]


def description_path() -> Path:
    shared = os.environ.get("AUTODIDACT_SHARED_DATA")
    return (Path(shared) if shared else REPOSITORY.parent / "shared" / "data") / "discord" / "openapi.json"


def _without_false_alarms(document: Json) -> Json:
    """Discord itself takes integers for snowflakes, and knows channel type 16 (media)."""
    schemas = document["components"]["schemas"]
    schemas["SnowflakeType"]["type"] = ["string", "integer"]
    schemas["ChannelTypes"]["oneOf"].append({"title": "GUILD_MEDIA", "const": 16})
    return document


def _is_other_kind(error: ValidationError) -> bool:
    """A branch of a union that is ruled out already by its type, so that its other errors say nothing."""
    path = list(error.relative_path)
    return path == ["type"] or (not path and error.validator == "type")


def _deepest(error: ValidationError) -> ValidationError:
    """The error that a person would name: inside a union, the one in the branch that was meant."""
    while error.context:
        branches: dict[Any, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        meant = [errors for errors in branches.values() if not any(_is_other_kind(inner) for inner in errors)]
        candidates = min(meant or branches.values(), key=len)
        error = max(candidates, key=relevance)
    return error


class Validator:
    """Validators are built once a route. `violations` reads as one sentence each."""

    def __init__(self, path: Path | None = None) -> None:
        self.violations: list[str] = []
        path = path or description_path()
        self._document = (
            _without_false_alarms(json.loads(path.read_text("utf-8"))) if path.is_file() else None
        )
        self._routes: dict[tuple[str, str], Draft202012Validator | None] = {}

    @property
    def works(self) -> bool:
        return self._document is not None

    def _build(self, method: str, route: str) -> Draft202012Validator | None:
        if self._document is None:
            return None
        operation = self._document["paths"].get(route, {}).get(method.lower(), {})
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return None
        return Draft202012Validator(content["schema"] | {"components": self._document["components"]})

    def check(self, method: str, route: str, body: Any) -> None:
        """Note what is wrong with the body of a request to a documented route."""
        key = (method, route)
        if key not in self._routes:
            self._routes[key] = self._build(method, route)
        validator = self._routes[key]
        if validator is None:
            return
        for error in validator.iter_errors(body):
            deepest = _deepest(error)
            where = ".".join(map(str, deepest.absolute_path)) or "body"
            self.violations.append(f"{method} {route}: {where}: {deepest.message[:300]}")
