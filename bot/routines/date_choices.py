"""What somebody who types a date may mean, with the day that it comes to. Pure."""

from dataclasses import dataclass
from datetime import date

from bot.errors import UserError
from bot.inputs import quoted, read_range

CHOICES_AT_MOST = 10
_FIRST_DAYS = ("today", "tomorrow", "next monday", "next week", "in a week", "in 2 weeks", "next month")
_LAST_DAYS = ("today", "tomorrow", "friday", "sunday", "next sunday", "in a week", "in 2 weeks", "in a month")


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
    usual = _FIRST_DAYS if first is None else _LAST_DAYS
    texts = dict.fromkeys([typed.strip(), *(text for text in usual if wanted in text)])
    choices: dict[tuple[date, date], DateChoice] = {}
    for text in texts:
        choice = _choice(text, today, first)
        if choice is not None:
            choices.setdefault((choice.first, choice.last), choice)
    return list(choices.values())[:CHOICES_AT_MOST]


def _choice(text: str, today: date, first: str | None) -> DateChoice | None:
    try:
        if first is None:
            begin, end = read_range(text, None, today)
            return DateChoice(quoted(text), text if begin < end else begin.isoformat(), begin, end)
        _, end = read_range(first, text, today)
    except UserError:
        return None
    return DateChoice(quoted(text), end.isoformat(), end, end)
