"""Which searches may be told to curators: words that say what was looked for, and nothing of who looked."""

import re
import unicodedata

from bot.inputs import clean_text, says_something

LONGEST = 80

_TELLTALE = re.compile(
    r"""
    ://                              # an address,
    | \bwww\.
    | [^\s@]@[^\s@]                  # an e-mail,
    | (?:^|\s)@\w                    # somebody's name on another site,
    | <[@#:/a]                       # a mention as Discord writes it,
    | \b[a-z0-9-]+\.[a-z]{2,}/       # an address without its beginning,
    | \d(?:[\W_]*\d){4}             # or a number of five figures and more, such as that of a phone
    """,
    re.VERBOSE,
)


def words_to_tell(query: str) -> str | None:
    """A search as it may be kept, in small letters and on one line; None where it is better forgotten."""
    words = " ".join(clean_text(query).casefold().split())
    # A Japanese keyboard has an @, a colon and a full stop of its own.
    plain = unicodedata.normalize("NFKC", words).replace("。", ".")
    if len(words) > LONGEST or not says_something(words) or _TELLTALE.search(plain):
        return None
    return words
