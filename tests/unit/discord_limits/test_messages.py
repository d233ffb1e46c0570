"""Limits of messages, their mentions and polls, and of threads."""

import pytest

from tests.discord_limits import violations

from .limit import Limit, Route

SEND = Route("POST", "/channels/1/messages", lambda body: {"content": "hello"} | body)
SEND_BARE = Route("POST", "/channels/1/messages")
EDIT = Route("PATCH", "/channels/1/messages/2")
ANSWER = Route("POST", "/interactions/1/token/callback", lambda data: {"type": 4, "data": data})
DEFER = Route("POST", "/interactions/1/token/callback", lambda data: {"type": 5, "data": data})
FOLLOW_UP = Route("POST", "/webhooks/1/token", lambda body: {"content": "hello"} | body)
FOLLOW_UP_BARE = Route("POST", "/webhooks/1/token")
EDIT_ANSWER = Route("PATCH", "/webhooks/1/token/messages/@original")
THREAD = Route("POST", "/channels/1/messages/2/threads", lambda body: {"name": "Monday"} | body)
FORUM = Route("POST", "/channels/1/threads", lambda post: {"name": "Monday", "message": post})
CHANNEL = Route("PATCH", "/channels/1")
POLL = Route(
    "POST",
    "/channels/1/messages",
    lambda poll: {"poll": {"question": {"text": "Which?"}, "answers": [answer("this")]} | poll},
)


def answer(text: str) -> dict[str, object]:
    return {"poll_media": {"text": text}}


def content(length: int) -> dict[str, object]:
    return {"content": "x" * length}


def mentions(**allowed: object) -> dict[str, object]:
    return {"allowed_mentions": allowed}


LIMITS: list[Limit] = [
    SEND.limit("content", content, 2000, 2001, "content: 2001 characters, at most 2000"),
    EDIT.limit("content-of-an-edit", content, 2000, 2001, "content: 2001 characters, at most 2000"),
    ANSWER.limit("content-of-an-answer", content, 2000, 2001, "data.content: 2001 characters, at most 2000"),
    FOLLOW_UP.limit("content-of-a-follow-up", content, 2000, 2001, "content: 2001 characters, at most 2000"),
    EDIT_ANSWER.limit("content-of-an-edited-answer", content, 2000, 2001,
                      "content: 2001 characters, at most 2000"),
    FORUM.limit("content-of-a-forum-post", content, 2000, 2001,
                "message.content: 2001 characters, at most 2000"),
    SEND_BARE.limit("empty-message", content, 1, 0, "message: an empty message"),
    SEND_BARE.limit("blank-message", lambda text: {"content": text}, " x ", " \n ",
                    "message: an empty message"),
    ANSWER.limit("empty-answer", content, 1, 0, "data: an empty message"),
    SEND_BARE.limit("empty-embed", lambda embed: {"embeds": [embed]}, {"title": "x"}, {"type": "rich"},
                    "message: an empty message"),
    SEND_BARE.limit("empty-v2-message", lambda parts: {"flags": 1 << 15, "components": parts},
                    [{"type": 10, "content": "x"}], [], "message: an empty message"),
    SEND.limit("nonce", lambda n: {"nonce": "n" * n}, 25, 26, "nonce: 26 characters, at most 25"),
    SEND.limit("stickers", lambda n: {"sticker_ids": ["1"] * n}, 3, 4, "sticker_ids: 4 stickers, at most 3"),
    SEND.limit("attachments", lambda n: {"attachments": [{"id": i} for i in range(n)]}, 10, 11,
               "attachments: 11 attachments, at most 10"),
    SEND.limit("attachment-description", lambda n: {"attachments": [{"id": 0, "description": "d" * n}]},
               1024, 1025,
               "attachments[0].description: 1025 characters, at most 1024"),
    SEND.limit("mentioned-users", lambda n: mentions(parse=[], users=list(range(n))), 100, 101,
               "allowed_mentions.users: 101 users, at most 100"),
    SEND.limit("mentioned-roles", lambda n: mentions(parse=[], roles=list(range(n))), 100, 101,
               "allowed_mentions.roles: 101 roles, at most 100"),
    SEND.limit("users-listed-and-parsed", lambda kind: mentions(parse=[kind], users=[1]), "everyone", "users",
               "allowed_mentions.users: a list of users and parse 'users' exclude each other"),
    SEND.limit("roles-listed-and-parsed", lambda kind: mentions(parse=[kind], roles=[1]), "everyone", "roles",
               "allowed_mentions.roles: a list of roles and parse 'roles' exclude each other"),
    SEND.limit("user-listed-twice", lambda ids: mentions(users=ids), ["1", "2"], ["1", "1"],
               "allowed_mentions.users[1]: the id '1' is taken by allowed_mentions.users[0]"),
    DEFER.limit("flags-of-a-deferred-answer", lambda flags: {"flags": flags}, 1 << 6, 1 << 6 | 1 << 15,
                "data.flags: a deferred answer takes no flag but EPHEMERAL (1 << 6)"),
    FOLLOW_UP_BARE.limit("empty-follow-up", content, 1, 0, "message: an empty message"),
    FOLLOW_UP.limit("webhook-name-empty", lambda n: {"username": "n" * n}, 1, 0,
                    "username: 0 characters, at least 1"),
    FOLLOW_UP.limit("webhook-thread-empty", lambda n: {"thread_name": "n" * n}, 1, 0,
                    "thread_name: 0 characters, at least 1"),
    FOLLOW_UP.limit("webhook-name", lambda n: {"username": "n" * n}, 80, 81,
                    "username: 81 characters, at most 80"),
    FOLLOW_UP.limit("webhook-thread", lambda n: {"thread_name": "n" * n}, 100, 101,
                    "thread_name: 101 characters, at most 100"),
    POLL.limit("poll-question", lambda n: {"question": {"text": "q" * n}}, 300, 301,
               "poll.question.text: 301 characters, at most 300"),
    POLL.limit("poll-question-missing", lambda question: {"question": question}, {"text": "q"}, {},
               "poll.question.text: missing"),
    POLL.limit("poll-question-empty", lambda n: {"question": {"text": "q" * n}}, 1, 0,
               "poll.question.text: 0 characters, at least 1"),
    POLL.limit("poll-answer-empty", lambda n: {"answers": [answer("a" * n)]}, 1, 0,
               "poll.answers[0].poll_media.text: 0 characters, at least 1"),
    POLL.limit("poll-answer-missing", lambda media: {"answers": [{"poll_media": media}]}, {"text": "a"}, {},
               "poll.answers[0].poll_media.text: missing"),
    POLL.limit("poll-answers", lambda n: {"answers": [answer("a")] * n}, 10, 11,
               "poll.answers: 11 answers, at most 10"),
    POLL.limit("poll-without-answers", lambda n: {"answers": [answer("a")] * n}, 1, 0,
               "poll.answers: 0 answers, at least 1"),
    POLL.limit("poll-answer", lambda n: {"answers": [answer("a" * n)]}, 55, 56,
               "poll.answers[0].poll_media.text: 56 characters, at most 55"),
    POLL.limit("poll-hours", lambda n: {"duration": n}, 768, 769, "poll.duration: 769, at most 768"),
    POLL.limit("poll-without-time", lambda n: {"duration": n}, 1, 0, "poll.duration: 0, at least 1"),
    THREAD.limit("thread-name", lambda n: {"name": "n" * n}, 100, 101, "name: 101 characters, at most 100"),
    THREAD.limit("thread-name-empty", lambda n: {"name": "n" * n}, 1, 0, "name: 0 characters, at least 1"),
    THREAD.limit("thread-name-missing", lambda name: {"name": name}, "n", None, "name: missing"),
    THREAD.limit("thread-archive", lambda n: {"auto_archive_duration": n}, 10080, 10000,
                 "auto_archive_duration: 10000 minutes, should be one of 60, 1440, 4320, 10080"),
    THREAD.limit("slow-mode", lambda n: {"rate_limit_per_user": n}, 21600, 21601,
                 "rate_limit_per_user: 21601, at most 21600"),
    THREAD.limit("slow-mode-negative", lambda n: {"rate_limit_per_user": n}, 0, -1,
                 "rate_limit_per_user: -1, at least 0"),
    CHANNEL.limit("renamed-thread", lambda n: {"name": "n" * n}, 100, 101,
                  "name: 101 characters, at most 100"),
    CHANNEL.limit("thread-tags", lambda n: {"applied_tags": ["1"] * n}, 5, 6,
                  "applied_tags: 6 tags, at most 5"),
]  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_inside_the_limit_is_well(limit: Limit) -> None:
    assert limit.said_inside() == []


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_outside_the_limit_is_told_so_once(limit: Limit) -> None:
    assert limit.said_outside() == [limit.sentence]


@pytest.mark.parametrize("minutes", [60, 1440, 4320, 10080])
def test_a_thread_may_be_archived_after_each_of_the_four_times(minutes: int) -> None:
    body = {"name": "Monday", "auto_archive_duration": minutes}
    assert violations("POST", "/channels/1/threads", body) == []


def test_an_emoji_outside_the_basic_plane_counts_as_one_character() -> None:
    assert violations("POST", "/channels/1/messages", {"content": "\N{GRINNING FACE}" * 2000}) == []


@pytest.mark.parametrize(
    "body",
    [
        {"sticker_ids": ["1"]},
        {"shared_client_theme": {"colors": ["5865F2"]}},
        {"attachments": [{"id": 0, "filename": "progress.png"}]},
        {"embeds": [{"image": {"url": "attachment://progress.png"}}]},
        {"message_reference": {"type": 1, "message_id": "2", "channel_id": "1"}},
    ],
    ids=["sticker", "theme", "file", "picture-in-an-embed", "forward"],
)
def test_a_message_without_content_is_not_empty_when_it_carries_something_else(body: object) -> None:
    assert violations("POST", "/channels/1/messages", body) == []


def test_an_edit_may_take_everything_away() -> None:
    assert violations("PATCH", "/channels/1/messages/2", {"content": None, "embeds": []}) == []


def test_every_limit_that_is_passed_is_told() -> None:
    body = {"content": "x" * 2001, "nonce": "n" * 26}
    assert violations("POST", "/channels/1/messages", body) == [
        "content: 2001 characters, at most 2000",
        "nonce: 26 characters, at most 25",
    ]
