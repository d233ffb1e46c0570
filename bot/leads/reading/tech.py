"""The technologies a post names: languages, frameworks, databases, clouds, tools."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from bot.leads.reading.structure import PostText, Read

AT_MOST = 20
_TOKENS_AT_MOST = 3_000

_TOKEN = re.compile(r"\.?[^\W\d_][^\W_]*(?:[.+#][^\W_+#]*){0,8}|\d+")
_BREAK = re.compile(r"\n")
_VERSION = re.compile(r"(?<=[a-z+#])\d{1,3}$")
# What makes a word of English, or a letter, something else than the technology of that name.
_OTHER_AFTER = re.compile(
    r"[ -](?:to[ -]?market|live|ahead|beyond|to\b|here|through|check|suite|level|corp|round|funding)"
    r"|[’'&](?!\s)|/D|\+\+"
)
_OTHER_BEFORE = re.compile(
    r"(?:[Ss]eries|[Vv]itamin|[Pp]hase|[Pp]lan|[Ll]evel|[Tt]ier|[Cc]lass|[Gg]rade|[Oo]ption|PRE-|&|[A-Z]\."
    r"|\d) ?$"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A technology: its tokens in lower case, how it is spelt, and whether only that spelling counts."""

    tokens: tuple[str, ...]
    spelt: str
    exact: bool


@cache
def _names() -> dict[str, list[_Name]]:
    """All technologies by their first token, the longest first."""
    names: dict[str, list[_Name]] = {}
    exact = False
    for line in files(__package__).joinpath("data/technologies.txt").read_text("utf-8").splitlines():
        if line == "---":
            exact = True
        elif line and not line.startswith("#"):
            for spelt in line.split("|"):
                tokens = tuple(_plain(found[0]) for found in _TOKEN.finditer(spelt))
                names.setdefault(tokens[0], []).append(_Name(tokens, spelt, exact))
    for known in names.values():
        known.sort(key=lambda name: -len(name.tokens))
    return names


def _plain(token: str) -> str:
    return token.rstrip(".").lower()


def read_tech(post: PostText) -> Read[tuple[str, ...]] | None:
    """The first twenty technologies, as written, each once; the quote is the line that names most of them."""
    found: dict[str, str] = {}
    lines = Counter[int]()
    names = _names()
    breaks = [found.start() for found in _BREAK.finditer(post.text)]
    end = 0
    for token in islice(_TOKEN.finditer(post.words), _TOKENS_AT_MOST):
        known = _known(token[0].lower(), names)
        if known is None or token.start() < end:
            continue
        for name in known:
            written = _written(post.words, token, name)
            if written is not None:
                found.setdefault(written.lower(), written)
                lines[bisect(breaks, token.start())] += 1
                end = token.start() + len(written)
                break
        if len(found) == AT_MOST:
            break
    if not found:
        return None
    (line, _), *_rest = lines.most_common(1)
    begin = breaks[line - 1] + 1 if line else 0
    return Read(
        tuple(found.values()), post.text[begin : breaks[line] if line < len(breaks) else None].strip()
    )


def _known(token: str, names: Mapping[str, Sequence[_Name]]) -> Sequence[_Name] | None:
    """The technologies that begin with a token, whatever version may stick to it ("C++23")."""
    known = names.get(token)
    if known is not None or token.isalpha():
        return known
    plain = _plain(token)
    return names.get(plain) or names.get(_VERSION.sub("", plain))


def _written(text: str, token: re.Match[str], name: _Name) -> str | None:
    """The name as the text has it, where it begins with this token."""
    start = token.start()
    if len(name.tokens) == 1:
        written = text[start : start + len(name.tokens[0])]
    else:
        end = start + len(name.spelt)
        written = text[start:end]
        if _spaced(written) != _spaced(name.spelt) or text[end : end + 1].isalnum():
            return None
    return written if not name.exact or _exactly(text, start, written, name.spelt) else None


def _spaced(name: str) -> str:
    return name.lower().replace("-", " ")


def _exactly(text: str, start: int, written: str, spelt: str) -> bool:
    if written != spelt:
        return False
    if len(spelt) > 2:
        return True
    before = text[max(0, start - 10) : start]
    return not _OTHER_AFTER.match(text, start + len(written)) and not _OTHER_BEFORE.search(before)
