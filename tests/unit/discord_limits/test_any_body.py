"""Which requests are checked, and that no body whatever makes the check itself fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discord_limits import violations

LONG = {"content": "x" * 2001, "name": "x" * 101}
TOO_LONG_CONTENT = "content: 2001 characters, at most 2000"
TOO_LONG_NAME = "name: 101 characters, at most 100"

CHECKED = [
    ("POST", "/channels/123/messages", TOO_LONG_CONTENT),
    ("PATCH", "/channels/123/messages/456", TOO_LONG_CONTENT),
    ("POST", "/channels/1/messages/2/threads", TOO_LONG_NAME),
    ("POST", "/channels/1/threads", TOO_LONG_NAME),
    ("PATCH", "/channels/1", TOO_LONG_NAME),
    ("POST", "/webhooks/1/aW50ZXJhY3Rpb246MQ==", TOO_LONG_CONTENT),
    ("PATCH", "/webhooks/1/token/messages/@original", TOO_LONG_CONTENT),
    ("PATCH", "/webhooks/1/token/messages/2", TOO_LONG_CONTENT),
    ("post", "/channels/123/messages", TOO_LONG_CONTENT),
    ("POST", "/api/v10/channels/123/messages", TOO_LONG_CONTENT),
    ("POST", "/webhooks/1/token?wait=true", TOO_LONG_CONTENT),
]
NOT_CHECKED = [
    ("GET", "/channels/123/messages"),
    ("DELETE", "/channels/123/messages/456"),
    ("PUT", "/channels/1/messages/2/reactions/x/@me"),
    ("POST", "/channels/1/messages/bulk-delete"),
    ("POST", "/channels/1/typing"),
    ("GET", "/gateway/bot"),
    ("", ""),
]


@pytest.mark.parametrize(("method", "path", "sentence"), CHECKED)
def test_these_routes_are_checked(method: str, path: str, sentence: str) -> None:
    assert violations(method, path, LONG) == [sentence]


@pytest.mark.parametrize(("method", "path"), NOT_CHECKED)
def test_routes_without_a_body_of_ours_are_let_pass(method: str, path: str) -> None:
    assert violations(method, path, LONG) == []


@pytest.mark.parametrize("kind", [1, 5, 6, 12, None])
def test_answers_without_text_are_let_pass(kind: int | None) -> None:
    assert violations("POST", "/interactions/1/token/callback", {"type": kind, "data": LONG}) == []


def test_an_edited_message_as_an_answer_is_checked_and_may_be_empty() -> None:
    path = "/interactions/1/token/callback"
    assert violations("POST", path, {"type": 7, "data": {}}) == []
    assert violations("POST", path, {"type": 7, "data": LONG}) == [f"data.{TOO_LONG_CONTENT}"]


def test_a_text_that_is_no_text_is_told() -> None:
    body = {"content": 5, "components": [{"type": 1, "components": [{"type": 5, "max_values": "2"}]}]}
    assert violations("POST", "/channels/1/messages", body) == [
        "content: int, should be a text",
        "components[0].components[0].custom_id: missing",
        "components[0].components[0].max_values: '2', should be a whole number",
    ]


# Words that the checks look for, so that made-up bodies get past the first layer of them.
keys = st.sampled_from(
    [
        *("accessory", "allowed_mentions", "answers", "autocomplete", "choices", "component", "components"),
        *(
            "content",
            "custom_id",
            "data",
            "default_values",
            "description",
            "embeds",
            "fields",
            "flags",
            "footer",
        ),
        *(
            "id",
            "items",
            "label",
            "max_values",
            "media",
            "message",
            "min_values",
            "name",
            "name_localizations",
        ),
        *(
            "nonce",
            "options",
            "parse",
            "placeholder",
            "poll",
            "question",
            "required",
            "style",
            "text",
            "title",
        ),
        *("type", "url", "users", "value"),
    ]
)
scalars = st.none() | st.booleans() | st.integers(-1, 40) | st.floats() | st.text(max_size=5)
bodies = st.recursive(
    scalars, lambda part: st.lists(part, max_size=4) | st.dictionaries(keys, part, max_size=6), max_leaves=30
)
routes = st.sampled_from(
    [(method, path) for method, path, _ in CHECKED]
    + [("POST", "/interactions/1/token/callback")] * 3
    + [("PUT", "/applications/1/commands"), ("POST", "/applications/1/guilds/2/commands")]
)


@settings(database=None, max_examples=300)
@given(routes, bodies, st.integers(4, 9))
def test_no_body_makes_the_check_fail(route: tuple[str, str], body: object, kind: int) -> None:
    for sent in (body, {"type": kind, "data": body}, [body]):
        assert all(isinstance(sentence, str) for sentence in violations(*route, sent))
