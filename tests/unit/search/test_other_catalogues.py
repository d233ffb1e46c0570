import json

import pytest

from bot.search.facets import Kind
from bot.search.other_catalogues import NotACatalogue, documents_of


def test_lines_are_read_as_documents() -> None:
    lines = [
        json.dumps(
            {"title": " Knots ", "url": "https://youtu.be/1", "tags": ["rope", " sea "], "address": "x"}
        ),
        "",
        json.dumps(
            {"title": "Hitches", "url": "https://example.org", "description": "More.", "tags": "rope, sea,"}
        ),
        json.dumps({"title": "Knots", "url": "https://youtu.be/1", "tags": None}),
    ]
    first, second, third = documents_of(lines)
    assert (first.key, first.title, first.tags, first.facets.kind) == (
        0,
        "Knots",
        ["rope", "sea"],
        Kind.VIDEO,
    )
    assert (second.key, second.description, second.tags) == (1, "More.", ["rope", "sea"])
    # The same address twice is two documents.
    assert (third.key, third.url) == (2, first.url)


def test_a_mark_of_byte_order_is_passed_over() -> None:
    assert len(documents_of(['\ufeff{"title": "a", "url": "b"}'])) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "this is not JSON (at character 2)."),
        ("nonsense", "this is not JSON (at character 1)."),
        ("[" * 100_000, "this is not JSON (nested too deeply)."),
        ("[1]", "this is no object with title and url."),
        ("null", "this is no object with title and url."),
        ('{"url": "x"}', "the title is missing."),
        ('{"title": "  ", "url": "x"}', "the title is missing."),
        ('{"title": "x"}', "the url is missing."),
        ('{"title": 7, "url": "x"}', "the title is no text."),
        ('{"title": "x", "url": ["y"]}', "the url is no text."),
        ('{"title": "x", "url": "y", "description": {}}', "the description is no text."),
        ('{"title": "x", "url": "y", "tags": 3}', "the tags are neither a list of texts nor one text."),
        (
            '{"title": "x", "url": "y", "tags": ["a", 3]}',
            "the tags are neither a list of texts nor one text.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_reason(line: str, reason: str) -> None:
    with pytest.raises(NotACatalogue) as raised:
        documents_of(['{"title": "a", "url": "b"}', "", line])
    assert (raised.value.line, raised.value.reason) == (3, reason)
    assert str(raised.value) == f"line 3: {reason}"


def test_nothing_is_a_catalogue_of_nothing() -> None:
    assert documents_of([]) == []
