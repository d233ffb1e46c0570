"""Asking a running bot whether it is well, as a container's health check does twice a minute.

Nothing of the bot is imported here but the sentence it may end with: whoever asks is soon gone again.
"""

import http.client
import json
from http import HTTPStatus

from bot.operator_errors import NotWell

ANSWERS_WITHIN = 4.0
"""Seconds; its slowest look, at the database, takes two."""

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where to ask a bot that answers on every address of its machine."""


def ask(host: str, port: int, within: float = ANSWERS_WITHIN) -> None:
    """Ask the bot behind that address and port; raises NotWell, which says what is wrong."""
    connection = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=within)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise NotWell(problem=f"no answer from port {port} of {host} ({_reason(error)})") from error
    finally:
        connection.close()
    if answer.status != HTTPStatus.OK:
        raise NotWell(problem=_problem(body) or f"its health port answers {answer.status}")


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it takes too long"
    said = error.strerror if isinstance(error, OSError) else None
    return said.lower() if said else type(error).__name__


def _problem(body: bytes) -> str:
    try:
        looks = json.loads(body)
        found = {name: said for name, said in looks.items() if name not in ("ok", "version")}
    except (ValueError, AttributeError):
        return ""
    return "; ".join(f"{name}: {said}" for name, said in found.items() if said != "ok")
