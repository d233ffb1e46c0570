"""Texts in the reader's language: gettext behind a context variable, English the source.

A catalogue is `bot/locale/LANGUAGE/LC_MESSAGES/autodidact.po`; adding one adds a language. It is read as
translators leave it, when its language is first spoken: nothing has to be compiled, or can be forgotten.
Whoever answers a person says in whose language by `speaking`; where nobody does, it is English.
"""

import gettext as _gettext
import hashlib
import logging
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.localedata import locale_identifiers

if TYPE_CHECKING:
    from babel.messages.catalog import Message

DOMAIN = "autodidact"
LOCALE_FOLDER = Path(__file__).parent / "locale"

MOST_TRIED = 200
"""No language's plurals tell numbers apart above this but by what they end in."""

_language: ContextVar[str] = ContextVar("language", default="en")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The messages of one file, by their English: each in its forms, and which form fits a number."""

    messages: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]


@cache
def catalogues(folder: Path) -> Mapping[str, Path]:
    """The catalogues that there are, by their languages as gettext writes them: es, pt_BR."""
    return {path.parts[-3]: path for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))}


@cache
def _spoken(language: str, folder: Path) -> tuple[_Catalogue, ...]:
    """The catalogues to be asked for a language, one after the other; none where it is English."""
    # Discord says "pt-BR" where gettext says "pt_BR"; the plain language is the next best.
    names = dict.fromkeys((language.replace("-", "_"), language.split("-", 1)[0]))
    found = (_read(catalogues(folder)[name]) for name in names if name in catalogues(folder))
    return tuple(each for each in found if each is not None)


@cache
def _read(path: Path) -> _Catalogue | None:
    """The catalogue in a file; None, with a warning, where there is no reading it."""
    # Importing and reading take some 60 ms and 6 MB, which nobody pays who speaks English alone.
    from babel.messages.pofile import read_po

    try:
        with path.open("rb") as file:
            read = read_po(file, abort_invalid=True)
        translated = [each for each in read if _is_translated(each)]
        fitting = [each for each in translated if _fits(each, read.num_plurals)]
        messages = {_several(each.id)[0]: _several(each.string) for each in fitting}
        form = _gettext.c2py(read.plural_expr)
        if not all(0 <= form(number) < read.num_plurals for number in range(MOST_TRIED)):
            raise ValueError("plural forms")
    except Exception as error:
        log.warning("%s can't be read (%s), so it is English instead", path, type(error).__name__)
        return None
    if len(fitting) < len(translated):
        number = len(translated) - len(fitting)
        log.warning("%d texts of %s don't fit the English ones, so they stay English", number, path)
    return _Catalogue(messages, form)


def _is_translated(message: "Message") -> bool:
    return bool(message.id) and not message.fuzzy and all(_several(message.string))


def _fits(message: "Message", plurals: int) -> bool:
    """Whether a translation has as many forms as it must, and asks for nothing that its source does not."""
    sources, forms = _several(message.id), _several(message.string)
    asked = set().union(*map(_fields, forms))
    wanted = plurals if message.pluralizable else 1
    return len(forms) == wanted and (not asked or asked <= set().union(*map(_fields, sources)))


def _several(texts: "str | list[str] | tuple[str, ...] | None") -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _fields(text: str) -> set[str]:
    if "{" not in text and "}" not in text:
        return set()
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return {text}


def learn(languages: Iterable[str]) -> None:
    """Read the catalogues of languages before they are spoken; a thread can do that."""
    for name in languages:
        _spoken(name, LOCALE_FOLDER)


def fingerprint() -> str:
    """What changes when any catalogue does; reads none."""
    found = hashlib.sha256()
    for name, path in catalogues(LOCALE_FOLDER).items():
        found.update(name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language, named as Discord names locales, for as long as the block lasts."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def speak(language: str) -> None:
    """Speak a language for the rest of the current task."""
    _language.set(language)


def language() -> str:
    """The language being spoken, as Babel names locales; English where Babel does not know it."""
    name = _language.get().replace("-", "_")
    known = name if name in _babel_locales() else name.split("_", 1)[0]
    # British and American readers alike get the dates of the source language.
    return "en" if known.startswith("en") or known not in _babel_locales() else known


@cache
def _babel_locales() -> frozenset[str]:
    return frozenset(locale_identifiers())


def gettext(message: str) -> str:
    """The message in the language being spoken."""
    return _said(message, _language.get())


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits a number, in the language being spoken."""
    for catalogue in _spoken(_language.get(), LOCALE_FOLDER):
        if forms := catalogue.messages.get(singular):
            return forms[catalogue.form(number)]
    return singular if number == 1 else plural


def translation(message: str, language: str) -> str | None:
    """The message in a language, or None where the catalogues have nothing else for it than it says."""
    translated = _said(message, language)
    return translated if translated != message else None


def _said(message: str, language: str) -> str:
    for catalogue in _spoken(language, LOCALE_FOLDER):
        if forms := catalogue.messages.get(message):
            return forms[0]
    return message


def mark(message: str) -> str:
    """Mark a text for the catalogues without translating it yet, as for tables of texts."""
    return message
