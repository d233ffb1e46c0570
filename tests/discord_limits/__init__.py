"""Discord's limits on what a bot sends, checked on request bodies before Discord would refuse them.

Characters are counted as Discord's API counts them: in Unicode code points, which is Python's `len`. An
emoji is therefore one or a few characters and a mention or a custom emoji is as long as its markup. In
embeds white space at both ends is left out; everywhere else it is counted, although Discord may trim it,
so the check is never the milder one.

The limits are those of Discord's developer documentation and of its published API description; where
the two differ, the stricter one.
"""

import re
from collections.abc import Callable
from enum import IntEnum

from .bounds import Findings, Object, as_object
from .commands import check_autocomplete, check_command, check_commands
from .messages import check_deferral, check_message, check_thread, check_webhook_message
from .modals import check_modal

__all__ = ["violations"]


def violations(method: str, path: str, body: object) -> list[str]:
    """One sentence for every limit that the body of this request passes; empty when all is well.

    `path` is what discord.py puts behind the base address ("/channels/1/messages"); an "/api/v10" before
    it and a query behind it do no harm. `body` is the parsed JSON, for a request with files its
    `payload_json`. A route that carries no checked body gives an empty list, and no body raises.
    """
    route = re.sub(r"^/api(/v\d+)?(?=/)", "", path).partition("?")[0]
    for route_method, pattern, check in _ROUTES:
        if method.upper() == route_method and re.fullmatch(pattern, route):
            return list(check(body))
    return []


class _Answer(IntEnum):
    """Interaction callback types, by Discord's numbers."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    EDITED_MESSAGE = 7
    AUTOCOMPLETE = 8
    MODAL = 9


def _callback(body: object) -> Findings:
    answer = as_object(body)
    data = as_object(answer.get("data"))
    match answer.get("type"):
        case _Answer.MESSAGE:
            return check_message("data", data, new=True)
        case _Answer.DEFERRED_MESSAGE:
            return check_deferral("data", data)
        case _Answer.EDITED_MESSAGE:
            return check_message("data", data, new=False)
        case _Answer.AUTOCOMPLETE:
            return check_autocomplete("data", data)
        case _Answer.MODAL:
            return check_modal("data", data)
    return iter(())


def _on_object(check: Callable[[Object], Findings]) -> Callable[[object], Findings]:
    return lambda body: check(as_object(body))


_new_message = _on_object(lambda body: check_message("", body, new=True))
_edited_message = _on_object(lambda body: check_message("", body, new=False))
_new_thread = _on_object(lambda body: check_thread(body, new=True))
_edited_channel = _on_object(lambda body: check_thread(body, new=False))
_webhook_message = _on_object(check_webhook_message)
_new_command = _on_object(check_command)
_edited_command = _on_object(lambda body: check_command(body, partial=True))

_COMMANDS = r"/applications/\d+(/guilds/\d+)?/commands"
_ROUTES: tuple[tuple[str, str, Callable[[object], Findings]], ...] = (
    ("POST", r"/channels/\d+/messages", _new_message),
    ("PATCH", r"/channels/\d+/messages/\d+", _edited_message),
    ("POST", r"/channels/\d+/messages/\d+/threads", _new_thread),
    ("POST", r"/channels/\d+/threads", _new_thread),
    ("PATCH", r"/channels/\d+", _edited_channel),
    ("POST", r"/interactions/\d+/[^/]+/callback", _callback),
    ("POST", r"/webhooks/\d+/[^/]+", _webhook_message),
    ("PATCH", r"/webhooks/\d+/[^/]+/messages/(@original|\d+)", _edited_message),
    ("PUT", _COMMANDS, check_commands),
    ("POST", _COMMANDS, _new_command),
    ("PATCH", _COMMANDS + r"/\d+", _edited_command),
)
