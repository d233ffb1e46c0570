"""Texts cut to what Discord holds."""

from collections.abc import Sequence
from operator import itemgetter

from bot.texts import ngettext


def fitted(lines: Sequence[str], limit: int, more: int = 0) -> str:
    """As many lines as `limit` characters hold, and how many more there are, with `more` not given at all."""
    shown = list(lines)
    while True:
        left_out = len(lines) - len(shown) + more
        rest = [ngettext("and {count} more", "and {count} more", left_out).format(count=left_out)]
        text = "\n".join([*shown, *(rest if left_out else ())])
        if len(text) <= limit or not shown:
            return text
        shown.pop()


def shortened(text: str, limit: int) -> str:
    """A text on one line, at most `limit` characters long, for where nothing is markup."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def shares(lengths: Sequence[int], room: int) -> list[int]:
    """How much of a room each text gets: all that it needs, unless an equal share for all is less."""
    given = [0] * len(lengths)
    for served, (place, length) in enumerate(sorted(enumerate(lengths), key=itemgetter(1))):
        given[place] = min(length, room // (len(lengths) - served))
        room -= given[place]
    return given
