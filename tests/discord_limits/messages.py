"""Limits of messages, their polls and their mentions, and of threads."""

from .bounds import Findings, Object, as_list, as_object, count, entries, inside, number, text, unique, whole
from .components import check_components, uses_v2
from .embeds import check_embeds

CONTENT = 2000
NONCE = 25
STICKERS = 3
ATTACHMENTS = 10
ATTACHMENT_DESCRIPTION = 1024
MENTIONS = 100
WEBHOOK_NAME = 80
QUESTION, ANSWER, ANSWERS, POLL_HOURS = 300, 55, 10, 32 * 24
THREAD_NAME, THREAD_TAGS, SLOW_MODE_SECONDS = 100, 5, 6 * 60 * 60
ARCHIVE_AFTER_MINUTES = (60, 1440, 4320, 10080)

EPHEMERAL = 1 << 6
COMPONENTS_V2 = 1 << 15
FORWARD = 1


def check_message(place: str, message: Object, *, new: bool) -> Findings:
    """A message that is sent (`new`) or edited; `place` is "" for the body itself."""
    flags = whole(message.get("flags"), 0)
    components = message.get("components")
    v2 = bool(flags & COMPONENTS_V2)
    if not v2 and uses_v2(components):
        v2 = True
        yield f"{inside(place, 'flags')}: these components need the flag IS_COMPONENTS_V2 (1 << 15)"
    if v2:
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if message.get(key):
                yield f"{inside(place, key)}: not allowed in a message of Components V2"
    if new and _is_empty(message, v2=v2):
        yield f"{place or 'message'}: an empty message"

    yield from text(inside(place, "content"), message.get("content"), at_most=CONTENT)
    yield from check_embeds(inside(place, "embeds"), message.get("embeds"))
    yield from check_components(inside(place, "components"), components, v2=v2)
    yield from _allowed_mentions(
        inside(place, "allowed_mentions"), as_object(message.get("allowed_mentions"))
    )
    if message.get("poll") is not None:
        yield from _poll(inside(place, "poll"), as_object(message.get("poll")))
    if (nonce := message.get("nonce")) is not None:
        yield from text(inside(place, "nonce"), str(nonce), at_most=NONCE)
    at = inside(place, "sticker_ids")
    yield from count(at, len(as_list(message.get("sticker_ids"))), "sticker", at_most=STICKERS)
    attachments = entries(inside(place, "attachments"), message.get("attachments"))
    at = inside(place, "attachments")
    yield from count(at, len(attachments), "attachment", at_most=ATTACHMENTS)
    for at, attachment in attachments:
        description = attachment.get("description")
        yield from text(inside(at, "description"), description, at_most=ATTACHMENT_DESCRIPTION)


def check_webhook_message(message: Object) -> Findings:
    """A message through a webhook, which may bring its own name and open a thread."""
    yield from check_message("", message, new=True)
    yield from text("username", message.get("username"), at_least=1, at_most=WEBHOOK_NAME)
    yield from text("thread_name", message.get("thread_name"), at_least=1, at_most=THREAD_NAME)


def check_deferral(place: str, data: Object) -> Findings:
    """A deferred answer carries nothing but, at most, the flag EPHEMERAL."""
    if whole(data.get("flags"), 0) & ~EPHEMERAL:
        yield f"{inside(place, 'flags')}: a deferred answer takes no flag but EPHEMERAL (1 << 6)"


def check_thread(thread: Object, *, new: bool) -> Findings:
    """A thread that is started or edited, with its first message where it is a post in a forum."""
    yield from text("name", thread.get("name"), at_least=1, at_most=THREAD_NAME, required=new)
    minutes = thread.get("auto_archive_duration")
    if minutes is not None and minutes not in ARCHIVE_AFTER_MINUTES:
        allowed = ", ".join(str(each) for each in ARCHIVE_AFTER_MINUTES)
        yield f"auto_archive_duration: {minutes!r} minutes, should be one of {allowed}"
    pause = thread.get("rate_limit_per_user")
    yield from number("rate_limit_per_user", pause, at_least=0, at_most=SLOW_MODE_SECONDS)
    tags = len(as_list(thread.get("applied_tags")))
    yield from count("applied_tags", tags, "tag", at_most=THREAD_TAGS)
    if "message" in thread:
        yield from check_message("message", as_object(thread.get("message")), new=new)


def _is_empty(message: Object, *, v2: bool) -> bool:
    if v2:
        return not message.get("components")
    if as_object(message.get("message_reference")).get("type") == FORWARD:
        return False
    content = message.get("content")
    if isinstance(content, str) and content.strip():
        return False
    carriers = ("components", "sticker_ids", "attachments", "poll", "shared_client_theme")
    if any(message.get(key) for key in carriers):
        return False
    embeds = entries("", message.get("embeds"))
    return not any(value for _, embed in embeds for key, value in embed.items() if key != "type")


def _allowed_mentions(place: str, allowed: Object) -> Findings:
    parse = as_list(allowed.get("parse"))
    for key in ("users", "roles"):
        ids, at = as_list(allowed.get(key)), inside(place, key)
        yield from count(at, len(ids), key.removesuffix("s"), at_most=MENTIONS)
        yield from unique(((f"{at}[{index}]", str(each)) for index, each in enumerate(ids)), "id")
        if ids and key in parse:
            yield f"{at}: a list of {key} and parse {key!r} exclude each other"


def _poll(place: str, poll: Object) -> Findings:
    question = as_object(poll.get("question")).get("text")
    at = inside(place, "question.text")
    yield from text(at, question, at_least=1, at_most=QUESTION, required=True)
    answers = entries(inside(place, "answers"), poll.get("answers"))
    at = inside(place, "answers")
    yield from count(at, len(answers), "answer", at_least=1, at_most=ANSWERS)
    for at, answer in answers:
        media = as_object(answer.get("poll_media"))
        at = inside(at, "poll_media.text")
        yield from text(at, media.get("text"), at_least=1, at_most=ANSWER, required=True)
    yield from number(inside(place, "duration"), poll.get("duration"), at_least=1, at_most=POLL_HOURS)
