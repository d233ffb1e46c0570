"""Titles out of a text that lists them, without the places, modes and pay written beside them."""

import re
from collections.abc import Iterator

from bot.leads.reading.gazetteer import Sort
from bot.leads.reading.modes import SOME_DAYS, modes_in
from bot.leads.reading.places import find_places
from bot.leads.reading.same_jobs import Title
from bot.leads.reading.terms import ADDRESS, EMPLOYMENT, HIRING, MAIL, MONEY, without_terms
from bot.leads.reading.title_splits import is_field_of_level, split_titles
from bot.leads.reading.titles import head_of, is_sure, is_title, tidy_title

_QUOTE_AT_MOST = 200
_LABEL = re.compile(
    r"^[^:]{0,25}\b(?:roles?|positions?|hiring|various|multiple|for|openings?)\s*[:–—-]\s*\[?", re.IGNORECASE
)
_AND_MORE = re.compile(
    r"(?:\s*(?:\b(?:and|or)\b|&|\+|,|;|-|–)\s*)+(?:more|others?|many (?:more|others)|"
    r"etc\.?|other roles|beyond)\b[^,;]{0,30}$",
    re.IGNORECASE,
)
_BRACKET_AT_END = re.compile(r"\s*(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\])\s*$")
_EMPTY_BRACKET = re.compile(r"\s*[(\[]\W*(?:(?:to|and|or|equity|bonus)\b\W*){0,3}[)\]]")
_FOR_WHOM = re.compile(r"\s(?:for|on|in|with|to|at)\s(?:our|the|an?|my)\s.*$", re.IGNORECASE)
_TAG = re.compile(r"^\[[^\[\]]{1,30}\]\s*")
_MODE = r"(?:remote|on-?site|hybrid|full[- ]?time|part[- ]?time|contract|in[- ]person|freelance)"
_MODE_AFTER = re.compile(rf"[\s,(–—-]+{_MODE}\b\W*$", re.IGNORECASE)
_DASH = re.compile(r"\s[-–—]\s")
_POSTED = re.compile(r"\s*[-–—(\[:]+\s*(?:job )?(?:post(?:ing)?|description|link|details)\W*$", re.IGNORECASE)
_MODE_BEFORE = re.compile(rf"^{_MODE}\b[\s,:–—-]+(?=\w)", re.IGNORECASE)
_PIECES = re.compile(r"(\s+[-–—@]+\s+|,\s+|\s+(?:in|at|near|for|from)\s+(?=[A-Z]))")
_ALL_GENDERS = re.compile(r"[mfwdx](?:\s*[/|*]\s*[mfwdx]\w*)+|all genders|gn", re.IGNORECASE)


def titles_in(text: str, quote: str, *, one_line: bool = False) -> Iterator[Title]:
    """The titles that a text lists, such as a part of a header."""
    if "@" in text:
        text = MAIL.sub(" ", text)
    if "." in text:
        text = ADDRESS.sub(" ", text)
    # Where an address stood there are spaces, which the patterns would try one by one.
    text = HIRING.sub("", re.sub(r" {2,}", " ", text))
    text = _AND_MORE.sub("", _LABEL.sub("", _unboxed(text)).strip(" *!."))
    text = _FOR_WHOM.sub("", _TAG.sub("", text))
    titles = split_titles(text, one_line=one_line)
    if not titles and is_field_of_level(text):
        titles = [tidy_title(text)]
    for title in titles:
        plain = without_terms_beside(title)
        if plain and head_of(plain) is not None and not is_title(plain):
            # What follows a dash may be too much for a title.
            plain = _DASH.split(plain, maxsplit=1)[0]
            if not is_title(plain):
                continue
        if plain:
            yield Title(plain, quote[:_QUOTE_AT_MOST])


def _unboxed(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text


def sure_titles(text: str, quote: str, *, one_line: bool = False) -> list[Title]:
    """The titles of a text, or none if nothing in it is surely a title."""
    found = list(titles_in(text, quote, one_line=one_line))
    return found if any(is_title(one.text) and has_strong_head(one.text) for one in found) else []


def has_strong_head(title: str) -> bool:
    """Whether a title has a word that by itself says what it is."""
    return is_sure(title)


def without_terms_beside(title: str) -> str:
    """A title without pay, place, mode and employment after it or in a bracket."""
    if any(map(str.isdigit, title)):
        title = MONEY.sub("", title)
    while (bracket := _BRACKET_AT_END.search(title)) and is_terms(bracket[0]):
        title = title[: bracket.start()]
    title = SOME_DAYS.sub("", _POSTED.sub("", title))
    title = _EMPTY_BRACKET.sub("", title)
    title = _MODE_BEFORE.sub("", _MODE_AFTER.sub("", title))
    pieces = _PIECES.split(title)
    last = next(reversed(find_places(title)), None) if len(pieces) == 1 else None
    if (
        last is not None
        and last.end == len(title)
        and last.sort is Sort.CITY
        and is_title(title[: last.start])
    ):
        pieces = [title[: last.start]]
    while len(pieces) > 1 and (is_terms(pieces[-1]) or pieces[-2].strip() in ("at", "@")):
        pieces = pieces[:-2]
    return tidy_title("".join(pieces))


def is_terms(text: str) -> bool:
    """Whether a text says nothing but where, how and for how much one works."""
    bare = text.strip(" ()[],-–—@.")
    if not bare or _ALL_GENDERS.fullmatch(bare):
        return False
    return not without_terms(bare, find_places(bare)).strip(" ()[]|,;:.-–—/&+*") and names_terms(bare)


def names_terms(text: str) -> bool:
    """Whether a text says at all where, how or for how much one works."""
    return bool(
        MONEY.search(text)
        or EMPLOYMENT.search(text)
        or modes_in(text).modes
        or find_places(text, header=False)
    )
