"""The shape of the token, looked at without asking anybody. No part of it is ever told."""

import re

from bot.doctor.finding import Finding, ok, wrong
from bot.operator_errors import NoToken, TokenMissing
from bot.tokens import application_id

NAME = "token"
COPY = "Copy the token from the developer portal (Bot, Reset Token) into .env, and nothing else."

_LIKE = (
    (r"(?i)(bot|bearer)\s.*", "It begins with a word that does not belong to it."),
    (r".*[\"'].*", "There is a quote in it; one may be missing around it."),
    (r"\d{15,22}", "That is the application's id, not the token."),
    (r"[0-9a-f]{64}", "That is the application's public key, not the token."),
    (r"[\w-]{32}", "That looks like the client secret, not like the token."),
    (r".*\s.*", "There is a space or a line break in it."),
)


def judge(token: str | None) -> Finding:
    """Whether a token is there and could be one."""
    if not token:
        return wrong(NAME, "There is no bot token.", str(TokenMissing()).partition(": ")[2].capitalize())
    for pattern, problem in _LIKE:
        if re.fullmatch(pattern, token, re.DOTALL):
            return wrong(NAME, problem, COPY)
    try:
        application = application_id(token)
    except NoToken:
        return wrong(NAME, "It does not begin as a token does; a part may be missing.", COPY)
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token, re.ASCII):
        return wrong(NAME, "A token has three parts with dots between, and this has not.", COPY)
    return ok(NAME, f"There is one, of the application {application}.")
