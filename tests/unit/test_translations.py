"""Every catalogue of this repository is whole, and says what the English says with the same values."""

import gettext as standard_gettext
import re
import string
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message
from discord import app_commands

from bot.texts import translation
from cogs.client import FEATURES
from tests.catalogues import CATALOGUES, catalogue, forms, sources, template
from tests.texts_in_code import rooms

FIELD = re.compile(r"\{[^{}]*\}")
GROUPS = [group for feature in FEATURES for group in feature.__cog_app_commands__]
COMMANDS = [
    command
    for group in GROUPS
    for command in (group.walk_commands() if isinstance(group, app_commands.Group) else [group])
    if isinstance(command, app_commands.Command)
]
NAMES = sorted((command.qualified_name for command in COMMANDS), key=len, reverse=True)
COMMAND = re.compile(rf"(?<!\w)/(?:{'|'.join(NAMES)})\b")
QUOTED = re.compile(r"“([^“”{}]+?)[,.]?”|\*\*([^*{}]+)\*\*")
WEB_ADDRESS = re.compile(r"https?://[^\s)>\"“”]+")


@pytest.fixture(params=CATALOGUES)
def translated(request: pytest.FixtureRequest) -> Catalog:
    return catalogue(request.param)


def messages(of: Catalog) -> list[Message]:
    return [message for message in of if message.id]


def done(of: Catalog) -> list[Message]:
    return [message for message in messages(of) if all(forms(message))]


def pairs(message: Message, of: Catalog) -> list[tuple[str, str]]:
    """Each form of a translation with the English that it stands for."""
    singular, *plural = sources(message)
    if not plural:
        return [(singular, forms(message)[0])]
    of_one = standard_gettext.c2py(of.plural_expr)(1)
    return [(singular if number == of_one else plural[0], form) for number, form in enumerate(forms(message))]


def test_spanish_is_there() -> None:
    assert "es" in CATALOGUES


def test_every_text_is_translated_and_no_other(translated: Catalog) -> None:
    wanted = {sources(message) for message in messages(template())}
    given = {sources(message) for message in messages(translated)}
    assert sorted(wanted - given) == [], "make texts, and translate these"
    assert sorted(given - wanted) == [], "make texts takes these out"
    assert list(translated.obsolete) == []


def test_no_translation_is_empty_or_a_guess(translated: Catalog) -> None:
    doubtful = [message.id for message in messages(translated) if message.fuzzy or not all(forms(message))]
    assert doubtful == [], "translate these, and take the word fuzzy away"


def test_every_plural_has_the_forms_of_its_language(translated: Catalog) -> None:
    numbers = {standard_gettext.c2py(translated.plural_expr)(number) for number in range(200)}
    assert numbers == set(range(translated.num_plurals))
    for message in messages(translated):
        assert len(forms(message)) == (translated.num_plurals if message.pluralizable else 1), message.id


def fields(text: str) -> set[str]:
    return {
        f"{field}!{kind}:{spec}"
        for _, field, spec, kind in string.Formatter().parse(text)
        if field is not None
    }


def test_a_translation_is_filled_with_what_the_english_is(translated: Catalog) -> None:
    for message in done(translated):
        for english, said in pairs(message, translated):
            assert fields(said) == fields(english), english


def test_marks_lines_commands_and_addresses_are_those_of_the_english(translated: Catalog) -> None:
    def outline(text: str) -> object:
        plain = FIELD.sub("", text)
        return (
            text[: len(text) - len(text.lstrip())],
            text[len(text.rstrip()) :],
            text.count("\n"),
            plain.count("**"),
            plain.count("`"),
            plain.count("-# "),
            Counter(WEB_ADDRESS.findall(plain)),
            Counter(COMMAND.findall(WEB_ADDRESS.sub("", plain))),
        )

    for message in done(translated):
        for english, said in pairs(message, translated):
            assert outline(said) == outline(english), english


@pytest.mark.parametrize("language", CATALOGUES)
def test_what_is_said_of_commands_fits_in_their_list(language: str) -> None:
    described = [
        *(each.description for each in (*GROUPS, *COMMANDS)),
        *(parameter.description for command in COMMANDS for parameter in command.parameters),
        *(choice.name for command in COMMANDS for each in command.parameters for choice in each.choices),
    ]
    assert len(described) > 150
    said = [translation(str(text), language) or str(text) for text in described]
    assert [text for text in said if not 1 <= len(text) <= 100] == []


def test_what_is_put_on_buttons_and_into_lists_and_forms_fits_there(translated: Catalog) -> None:
    by_source = {source: message for message in messages(translated) for source in sources(message)}
    limited = rooms()
    assert len({room.text for room in limited}) > 250
    assert {room.limit for room in limited} == {45, 80, 100, 150}
    too_long = [
        f"{room.place}: {form!r} has more than {room.limit} characters"
        for room in limited
        for form in forms(by_source[room.text])
        # What is filled in is cut to what is left, and is something at least.
        if len(FIELD.sub("…", form)) > room.limit
    ]
    assert too_long == []


def test_a_button_is_called_in_a_sentence_as_it_is_called_on_the_button(translated: Catalog) -> None:
    by_source = {sources(message)[0]: message for message in done(translated)}
    labels = {room.text: forms(by_source[room.text]) for room in rooms() if room.text in by_source}
    called = [
        (english, said, labels[name])
        for message in done(translated)
        for english, said in pairs(message, translated)
        for found in QUOTED.finditer(english)
        for name in filter(None, found.groups())
        if name in labels
    ]
    assert len(called) > 10
    assert [
        (english, said) for english, said, names in called if not any(name in said for name in names)
    ] == []
