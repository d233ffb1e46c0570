"""Posts out of files: both dialects of Algolia, lines, lists, and what is none of these."""

import json
from typing import Any

import pytest

from bot.leads.recordings import NotPosts, posts_in


def found(text: str) -> list[tuple[Any, str]]:
    return [(post.id, post.html) for post in posts_in(text.splitlines(keepends=True))]


def test_of_a_search_only_the_top_level_counts_and_ids_become_numbers() -> None:
    hits = [
        {"objectID": "12", "comment_text": "Acme | Welder", "parent_id": 1, "story_id": 1},
        {"objectID": "13", "comment_text": "Is it remote?", "parent_id": 12, "story_id": 1},
        {"objectID": "14", "comment_text": None, "parent_id": 1, "story_id": 1},
    ]
    assert found(json.dumps({"hits": hits})) == [(12, "Acme | Welder")]


@pytest.mark.parametrize("indent", [None, 2])
def test_of_a_thread_the_children_that_have_a_text(indent: int | None) -> None:
    children = [
        {"id": 2, "text": "Acme | Welder", "children": [{"id": 3, "text": "A reply", "children": []}]},
        {"id": 4, "text": None, "children": []},
    ]
    thread = {"id": 1, "type": "story", "text": "Who is hiring?", "children": children}
    assert found(json.dumps(thread, indent=indent)) == [(2, "Acme | Welder")]


def test_a_comment_by_itself_is_a_post() -> None:
    assert found('{"id": 7, "type": "comment", "text": "Acme", "children": []}') == [(7, "Acme")]


def test_lines_and_lists_of_posts_keep_their_ids() -> None:
    assert found('{"id": 1, "text": "a"}\n\n{"id": "x", "text": "b"}\n') == [(1, "a"), ("x", "b")]
    assert found('[{"id": null, "text": "a"}]') == [(None, "a")]


def test_an_empty_file_has_no_posts() -> None:
    assert found("") == []
    assert found("\n \n") == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not json", "it is no JSON"),
        ('{"hits": 1}', "it holds no posts"),
        ("[1, 2]", "not everything in its list is a post"),
        ('{"id": 1, "text": "a"}\n{"id": 2}', "line 2 is no post"),
        ('{"id": 1, "text": "a"}\nnonsense', "line 2 is no post"),
        ('{"a": 1}\n{"b": 2}', "its first line is no post"),
        ("3", "it holds no posts"),
        ("null", "it holds no posts"),
        ("[" * 100_000, "it is no JSON"),
    ],
)
def test_what_holds_no_posts_is_told(text: str, problem: str) -> None:
    with pytest.raises(NotPosts, match=problem):
        found(text)
