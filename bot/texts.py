"""Texts in the reader's language: gettext behind a context variable, English the source.

A catalogue is `bot/locale/LANGUAGE/LC_MESSAGES/autodidact.mo`; adding one adds a language. Whoever answers
a person says in whose language by `speaking`; where nobody does, it is English.
"""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.localedata import locale_identifiers

DOMAIN = "autodidact"
LOCALE_FOLDER = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="en")


@cache
def _catalogue(language: str, folder: Path) -> _gettext.NullTranslations:
    # Discord says "pt-BR" where gettext says "pt_BR"; the plain language is the next best.
    names = [language.replace("-", "_"), language.split("-", 1)[0]]
    return _gettext.translation(DOMAIN, folder, languages=names, fallback=True)


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
    return _catalogue(_language.get(), LOCALE_FOLDER).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits a number, in the language being spoken."""
    return _catalogue(_language.get(), LOCALE_FOLDER).ngettext(singular, plural, number)


def translation(message: str, language: str) -> str | None:
    """The message in a language, or None where the catalogues have nothing for it."""
    translated = _catalogue(language, LOCALE_FOLDER).gettext(message)
    return translated if translated != message else None


def mark(message: str) -> str:
    """Mark a text for the catalogues without translating it yet, as for tables of texts."""
    return message
