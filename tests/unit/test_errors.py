"""Errors whose docstring is the sentence that a person reads."""

import string

import pytest

from bot import errors, operator_errors
from bot.builds import errors as builds_errors
from bot.errors import (
    AutodidactError,
    OperatorError,
    SendingError,
    Silence,
    TryLater,
    Undeliverable,
    UserError,
)
from bot.ideas import errors as ideas_errors
from bot.polls import errors as polls_errors
from bot.privacy import errors as privacy_errors
from bot.resources import errors as resources_errors
from bot.servers import errors as servers_errors

MODULES = (
    errors,
    operator_errors,
    ideas_errors,
    polls_errors,
    builds_errors,
    privacy_errors,
    resources_errors,
    servers_errors,
)

SENTENCES = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type)
    and issubclass(kind, (UserError, OperatorError))
    and kind.__module__ == module.__name__
]


def template(kind: type[Exception]) -> str:
    return " ".join((vars(kind).get("__doc__") or "").split())


def fields(kind: type[Exception]) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template(kind)) if name is not None}


def an(kind: type[Exception], value: object) -> Exception:
    return kind(**dict.fromkeys(fields(kind), value))


@pytest.mark.parametrize("kind", SENTENCES)
def test_each_error_says_one_whole_sentence_of_its_own(kind: type[Exception]) -> None:
    # A kind without a docstring would say the head of the catalogue, which is what gettext has for "".
    assert template(kind)
    said = str(an(kind, "VALUE"))
    assert said[-1] in ".?"
    assert "\n" not in said
    assert "  " not in said
    assert said.count("VALUE") == template(kind).count("{")


@pytest.mark.parametrize("kind", SENTENCES)
def test_each_field_of_a_sentence_has_a_plain_name(kind: type[Exception]) -> None:
    assert all(name.isidentifier() for name in fields(kind))


def test_no_two_errors_say_the_same() -> None:
    templates = [template(kind) for kind in SENTENCES]
    assert len(set(templates)) == len(templates)


@pytest.mark.parametrize("kind", SENTENCES)
def test_what_was_typed_is_said_as_it_is_even_with_braces_and_per_cents(kind: type[Exception]) -> None:
    said = str(an(kind, "{limit} {0} {{ %s %(x)s \\n"))
    assert ("{limit} {0} {{ %s %(x)s \\n" in said) == bool(fields(kind))


def test_the_values_of_an_error_can_be_read() -> None:
    assert errors.UnknownTime(given="soon").values == {"given": "soon"}


def test_everything_raised_on_purpose_is_of_one_tree() -> None:
    kinds = [
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    ]
    assert all(issubclass(kind, AutodidactError) for kind in kinds)
    assert {kind for kind in kinds if issubclass(kind, SendingError)} == {
        SendingError,
        Undeliverable,
        TryLater,
        Silence,
    }


def test_no_sentence_is_for_both_members_and_operators() -> None:
    assert not [kind for kind in SENTENCES if issubclass(kind, UserError) and issubclass(kind, OperatorError)]


def test_a_reason_for_the_log_is_said_as_it_is() -> None:
    assert str(Undeliverable("the channel {is} gone")) == "the channel {is} gone"
