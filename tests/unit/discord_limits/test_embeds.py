"""Limits of embeds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discord_limits import violations

from .limit import Limit, Route

EMBED = Route("POST", "/channels/1/messages", lambda embed: {"embeds": [{"title": "Monday"} | embed]})
EMBEDS = Route("POST", "/channels/1/messages")


def fields(*values: tuple[str, str]) -> dict[str, object]:
    return {"fields": [{"name": name, "value": value} for name, value in values]}


def six_thousand_and(more: int) -> dict[str, object]:
    """A full embed of 6000 characters in all six kinds of text, over two embeds, and `more` in a title."""
    first = {"title": "t" * (100 + more), "description": "d" * 2900, "author": {"name": "a" * 200}}
    second = {"footer": {"text": "f" * 1800}} | fields(("n" * 200, "v" * 800))
    return {"embeds": [first, second]}


LIMITS: list[Limit] = [
    EMBEDS.limit("embeds", lambda n: {"embeds": [{"title": "t"}] * n}, 10, 11,
                 "embeds: 11 embeds, at most 10"),
    EMBEDS.limit("all-embeds", six_thousand_and, 0, 1, "embeds: 6001 characters, at most 6000"),
    EMBED.limit("title", lambda n: {"title": "t" * n}, 256, 257,
                "embeds[0].title: 257 characters, at most 256"),
    EMBED.limit("description", lambda n: {"description": "d" * n}, 4096, 4097,
                "embeds[0].description: 4097 characters, at most 4096"),
    EMBED.limit("footer", lambda n: {"footer": {"text": "f" * n}}, 2048, 2049,
                "embeds[0].footer.text: 2049 characters, at most 2048"),
    EMBED.limit("author", lambda n: {"author": {"name": "a" * n}}, 256, 257,
                "embeds[0].author.name: 257 characters, at most 256"),
    EMBED.limit("fields", lambda n: fields(*[("n", "v")] * n), 25, 26,
                "embeds[0].fields: 26 fields, at most 25"),
    EMBED.limit("field-name", lambda n: fields(("n" * n, "v")), 256, 257,
                "embeds[0].fields[0].name: 257 characters, at most 256"),
    EMBED.limit("field-value", lambda n: fields(("n", "v" * n)), 1024, 1025,
                "embeds[0].fields[0].value: 1025 characters, at most 1024"),
    EMBED.limit("field-name-empty", lambda name: fields((name, "v")), "\u200b", "  ",
                "embeds[0].fields[0].name: 0 characters, at least 1"),
    EMBED.limit("field-value-empty", lambda value: fields(("n", value)), "\u200b", "",
                "embeds[0].fields[0].value: 0 characters, at least 1"),
    EMBED.limit("field-name-missing", lambda field: {"fields": [field]}, {"name": "n", "value": "v"},
                {"value": "v"},
                "embeds[0].fields[0].name: missing"),
    EMBED.limit("url-length", lambda n: {"url": "https://" + "u" * (n - 8)}, 2048, 2049,
                "embeds[0].url: 2049 characters, at most 2048"),
    EMBED.limit("url-scheme", lambda url: {"url": url}, "https://example.org", "javascript:alert(1)",
                "embeds[0].url: an address must begin with http:// or https://"),
    EMBED.limit("author-url-scheme", lambda url: {"author": {"name": "Ada", "url": url}},
                "http://example.org", "x:y", "embeds[0].author.url: an address must begin with http:// or https://"),
    EMBED.limit("picture-scheme", lambda url: {"image": {"url": url}}, "attachment://a.png",
                "ftp://example.org/a.png",
                "embeds[0].image.url: an address must begin with http:// or https:// or attachment://"),
]  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_inside_the_limit_is_well(limit: Limit) -> None:
    assert limit.said_inside() == []


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_outside_the_limit_is_told_so_once(limit: Limit) -> None:
    assert limit.said_outside() == [limit.sentence]


def test_white_space_at_the_ends_of_an_embed_text_is_not_counted() -> None:
    body = {"embeds": [{"title": f"  {'t' * 256}\n"}]}
    assert violations("POST", "/channels/1/messages", body) == []


def texts(at_most: int, *, at_least: int = 0) -> st.SearchStrategy[str]:
    alphabet = st.characters(exclude_categories=("Cs", "Cc", "Z"))
    return st.text(alphabet, min_size=at_least, max_size=at_most)


# Their greatest sizes add up to 599, so ten of these embeds stay below 6000 characters together.
valid_embeds = st.fixed_dictionaries(
    {"type": st.just("rich")},
    optional={
        "title": texts(60),
        "description": texts(200),
        "color": st.integers(0, 0xFFFFFF),
        "url": st.just("https://example.org/"),
        "footer": st.fixed_dictionaries({"text": texts(60)}),
        "author": st.fixed_dictionaries({"name": texts(60)}),
        "fields": st.lists(
            st.fixed_dictionaries({"name": texts(20, at_least=1), "value": texts(23, at_least=1)}), max_size=5
        ),
    },
)


@settings(database=None, max_examples=50)
@given(st.lists(valid_embeds, max_size=10))
def test_valid_embeds_are_never_complained_of(embeds: list[dict[str, object]]) -> None:
    assert violations("POST", "/channels/1/messages", {"content": "hello", "embeds": embeds}) == []


@settings(database=None, max_examples=50)
@given(st.lists(valid_embeds, min_size=1, max_size=10), st.integers(0, 9))
def test_one_long_title_among_valid_embeds_is_found(embeds: list[dict[str, object]], where: int) -> None:
    where %= len(embeds)
    embeds[where] = {"title": "t" * 257}
    said = violations("POST", "/channels/1/messages", {"content": "hello", "embeds": embeds})
    assert said == [f"embeds[{where}].title: 257 characters, at most 256"]
