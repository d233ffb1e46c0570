"""How to reach those who posted: web addresses, and mail addresses as they are written, hidden ones too."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from bot.leads.reading.structure import PostText, Read

_DOT = r"(?: ?\.| ?[\[({<]\s?(?:dot|\.)\s?[\])}>] ?|[ _-]{1,2}dot[ _-]{1,2})"
# Where a sign may stand: to look for all of `_AT` at every letter would take far longer.
_MAYBE_AT = re.compile(r"[@aA](?:(?<=@)|(?<=[ \[({<_\s-].)[tT](?=[ \])}>_\s-]))")
_AT = re.compile(
    r"(?P<plain>(?<! )@)|(?P<hidden> ?[\[({<]\s?(?:[aA][tT]|@)\s?[\])}>] ?| @ | -at- |[_ ]_at_[_ ]|_at_)"
    r"|(?P<spoken> (?:at|AT) )"
)
_PLAIN_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.){1,5}[a-z]{2,24}(?![\w@])", re.IGNORECASE
)
_HOST = re.compile(
    rf"[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?(?:{_DOT}[a-z0-9-]{{2,30}}){{0,3}}?{_DOT}[a-z]{{2,18}}(?![\w@]"
    rf"|{_DOT}[a-z])",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w.+%-])(?:[\w-]{1,20} dot )?[\w.+%-]{1,48}$", re.IGNORECASE)
_LONGEST_BRACKET = 3
_LONGEST_NAME = 76
_SIGNS_AT_MOST = 300
_DOT_SAID = re.compile(r"(?:\b|_)dot(?:\b|_)", re.IGNORECASE)
_MAIL_BEFORE = re.compile(
    r"\b(?:e-?mails?|mail|contact|reach(?: out)?|write|ping|send|resume|cv|message)\b[^\n]{0,40}$",
    re.IGNORECASE,
)
# "Apply at example.org" tells of a page.
_NO_NAME = re.compile(
    r"(?:apply|applying|us|me|out|more|look|learn|find|available|visit|work|working|online|"
    r"directly|here|position|positions|role|roles|live|hosted|up|details|read|see|check|it|them|"
    r"hiring|team|page|site|website|engineer|engineers|developer|developers|is|are|we|you|i|and|"
    r"or|app|demo|based|ceo|cto|founder|cofounder|engineering|lead|manager|email|mail|resume|cv|"
    r"contact|information|info|job)$",
    re.IGNORECASE,
)


def read_urls(post: PostText) -> Read[tuple[str, ...]] | None:
    """All web addresses that lead somewhere, in order."""
    urls = tuple(url for url in post.urls if _has_host(url))
    return Read(urls, urls[0]) if urls else None


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:  # "https://[::1" is taken for half an address of IPv6.
        return False


def read_emails(post: PostText) -> Read[tuple[str, ...]] | None:
    """All mail addresses, in order, as written: "ada [at] example [dot] org" stays as it is."""
    text = post.text
    found: dict[str, None] = {}
    end = 0
    for at in islice(_signs(text), _SIGNS_AT_MOST):
        name = _NAME.search(text, max(end, at.start() - _LONGEST_NAME), at.start())
        host = (_PLAIN_HOST if at["plain"] else _HOST).match(text, at.end())
        if name is None or host is None or (at["spoken"] and not _is_mail(text, name, host)):
            continue
        end = host.end()
        found.setdefault(text[name.start() : end].strip(" ."))
    return Read(tuple(found), next(iter(found))) if found else None


def _signs(text: str) -> Iterator[re.Match[str]]:
    """The "@" of each address, in whatever way it is written, with the brackets around it."""
    end = 0
    for sign in _MAYBE_AT.finditer(text):
        for start in range(max(end, sign.start() - _LONGEST_BRACKET), sign.start() + 1):
            if at := _AT.match(text, start):
                end = at.end()
                yield at
                break


def _is_mail(text: str, name: re.Match[str], host: re.Match[str]) -> bool:
    """Whether "ada at example.org" is an address: a page is told of in the same words."""
    said = _MAIL_BEFORE.search(text, max(0, name.start() - 60), name.start()) is not None
    dotted = _DOT_SAID.search(host[0]) is not None
    if _NO_NAME.match(name[0]):
        return said and dotted
    return said or dotted or " dot " in name[0] or "." in name[0].strip(".") or "+" in name[0]
