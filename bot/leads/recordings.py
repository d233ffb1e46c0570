"""Posts out of a file: what Algolia answers for a thread or a comment search, or one post a line. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.leads import answers


@dataclass(frozen=True, slots=True)
class RecordedPost:
    """A post as it was found; `id` is a number wherever it can be one."""

    id: Any
    html: str


class NotPosts(ValueError):
    """The text is no JSON, or JSON that holds no posts; the message says which."""


def posts_in(lines: Iterable[str]) -> Iterator[RecordedPost]:
    """The posts in a file's lines, in order; one line after another where each is a post of its own.

    Of a thread or a search only the comments at the top level are posts. Raises NotPosts.
    """
    lines = iter(lines)
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        return
    value = _value(first)
    if value is None:
        # No whole value in the first line, so the file is one value over many lines.
        yield from _of_answer(_whole(first + "".join(lines)))
    elif _is_post(value):
        yield _post(value)
        yield from _of_lines(lines)
    else:
        if any(line.strip() for line in lines):
            raise NotPosts("its first line is no post")
        yield from _of_answer(value)


def _of_lines(lines: Iterator[str]) -> Iterator[RecordedPost]:
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        value = _value(line)
        if not _is_post(value):
            raise NotPosts(f"line {number} is no post")
        yield _post(value)


def _of_answer(value: Any) -> Iterator[RecordedPost]:
    if isinstance(value, list):
        if not all(map(_is_post, value)):
            raise NotPosts("not everything in its list is a post")
        yield from map(_post, value)
    elif isinstance(value, dict) and isinstance(value.get("hits"), list):
        for hit in answers.objects(value["hits"]):
            if hit.get("parent_id") == hit.get("story_id") and hit.get("comment_text") is not None:
                yield RecordedPost(_id(hit.get("objectID")), answers.text(hit["comment_text"]))
    elif isinstance(value, dict) and isinstance(value.get("children"), list):
        yield from _of_item(value)
    elif _is_post(value):
        yield _post(value)
    else:
        raise NotPosts("it holds no posts")


def _of_item(item: Mapping[str, Any]) -> Iterator[RecordedPost]:
    """The answers to a story; of a comment itself, that comment."""
    if item.get("type") == "comment":
        yield _post(item)
        return
    for child in answers.objects(item["children"]):
        # A comment that was deleted has no text, and stays in the tree for the answers to it.
        if child.get("text") is not None:
            yield _post(child)


def _is_post(value: Any) -> bool:
    if not isinstance(value, dict) or "children" in value or "hits" in value:
        return False
    return "id" in value and isinstance(value.get("text"), str | None) and "text" in value


def _post(value: Mapping[str, Any]) -> RecordedPost:
    return RecordedPost(value.get("id"), answers.text(value.get("text")))


def _id(given: Any) -> Any:
    number = answers.number(given)
    return given if number is None else number


def _value(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _whole(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NotPosts("it is no JSON") from None
