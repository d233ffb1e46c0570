"""What somebody who types a date may mean, with the day that it comes to. Pure."""

from dataclasses import dataclass
from datetime import date

from bot.errors import UserError
from bot.inputs import quoted, read_range
from bot.texts import gettext as _
from bot.texts import mark

CHOICES_AT_MOST = 10
_FIRST_DAYS = (
    mark("today"),
    mark("tomorrow"),
    mark("next monday"),
    mark("next week"),
    mark("in a week"),
    mark("in 2 weeks"),
    mark("next month"),
)
_LAST_DAYS = (
    mark("today"),
    mark("tomorrow"),
    mark("friday"),
    mark("sunday"),
    mark("next sunday"),
    mark("in a week"),
    mark("in 2 weeks"),
    mark("in a month"),
)
"""As they are read, which is in English; what is shown is in the language of whoever chooses."""


@dataclass(frozen=True, slots=True)
class DateChoice:
    """A text and the local days that it names; `value` is what is sent when it is chosen."""

    text: str
    value: str
    first: date
    last: date


def date_choices(typed: str, today: date, first: str | None = None) -> list[DateChoice]:
    """What is typed, if it names a day already, then what begins like it, or with nothing typed the usual.

    With `first`, which begins the range, the days that may end it.
    """
    wanted = " ".join(typed.lower().split())
    usual = {text: _(text) for text in (_FIRST_DAYS if first is None else _LAST_DAYS)}
    fitting = {text: shown for text, shown in usual.items() if wanted in text or wanted in shown.lower()}
    choices: dict[tuple[date, date], DateChoice] = {}
    for text, shown in [(typed.strip(), typed.strip()), *fitting.items()]:
        choice = _choice(text, shown, today, first)
        if choice is not None:
            choices.setdefault((choice.first, choice.last), choice)
    return list(choices.values())[:CHOICES_AT_MOST]


def _choice(text: str, shown: str, today: date, first: str | None) -> DateChoice | None:
    try:
        if first is None:
            begin, end = read_range(text, None, today)
            return DateChoice(quoted(shown), text if begin < end else begin.isoformat(), begin, end)
        _begin, end = read_range(first, text, today)
    except UserError:
        return None
    return DateChoice(quoted(shown), end.isoformat(), end, end)
