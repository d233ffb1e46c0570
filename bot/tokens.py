"""What a bot token tells of itself, without asking Discord."""

import base64
import binascii

from bot.operator_errors import NoToken


def application_id(token: str) -> int:
    """The id of the application, which is the first part of every bot token, in base 64; raises NoToken."""
    first = token.split(".", 1)[0]
    try:
        decoded = base64.b64decode(first + "=" * (-len(first) % 4), validate=True)
    except (ValueError, binascii.Error):
        raise NoToken from None
    if not decoded.isdigit():
        raise NoToken
    return int(decoded)
