"""When a delivery is tried again, and the names that keep it from happening twice. Pure."""

from base64 import b32encode
from datetime import timedelta
from hashlib import blake2b

LEASE = timedelta(minutes=2)
"""How long a message being sent is left alone; after that, whoever was sending it is taken to be dead."""

EDIT_GAP = timedelta(seconds=5)
"""A message is not changed more often than this."""

LONGEST_WAIT = timedelta(minutes=5)


NONCE_ALONE = "nonce:"
"""Begins the key of a message of which nothing but the nonce is known any more."""


def nonce_alone(message_key: str) -> str:
    """A key that tells nothing of what the message is about, and has the same nonce."""
    return NONCE_ALONE + nonce(message_key)


def nonce(message_key: str) -> str:
    """24 characters that stand for a message; Discord allows a nonce 25."""
    if message_key.startswith(NONCE_ALONE):
        return message_key.removeprefix(NONCE_ALONE)
    return b32encode(blake2b(message_key.encode(), digest_size=15).digest()).decode().lower()


def wait_before_retry(attempts: int) -> timedelta:
    """Five seconds after the first failure, twice as long after each further one, five minutes at most."""
    return min(timedelta(seconds=5 * 2.0 ** min(attempts - 1, 16)), LONGEST_WAIT)
