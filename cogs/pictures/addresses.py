"""Web addresses, short enough to be read at a glance."""

from urllib.parse import urlsplit

LONGEST = 60


def short_address(url: str) -> str:
    """The host of an address and its path, without what a reader does not need to know the place."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    short = host + parts.path.rstrip("/")
    return short if len(short) <= LONGEST else f"{short[: LONGEST - 1]}…"
