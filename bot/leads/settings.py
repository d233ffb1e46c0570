"""What a server wants of leads, and how it is typed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from bot.errors import (
    ListEntryTooLong,
    ListTooLong,
    NothingInList,
    UnknownLeadMark,
    UnknownSignal,
    UnknownWeight,
)
from bot.inputs import clean_text, quoted, says_something
from bot.leads.fit import GREATEST_WEIGHT, LEAST_WEIGHT, Criteria
from bot.leads.signal import SignalName

USUAL_HOUR = time(9)
USUAL_MARK = 55
"""Well above where every lead begins; about a quarter of a month's posts reach it."""

LIST_LIMIT, ENTRY_LIMIT = 12, 40
_NOTHING = frozenset({"none", "no", "any", "anywhere", "everywhere", "-", "nothing"}) | {
    "ninguno", "ninguna", "nada", "cualquiera", "cualquier lugar", "en cualquier parte",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeadSettings:
    """What holds for the leads of a server. Without a channel there is no digest, all else works.

    `weights` has what the server chose; the other signals are worth the usual.
    """

    channel_id: int | None = None
    hour: time = USUAL_HOUR
    mark: int = USUAL_MARK
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    weights: Mapping[SignalName, int] = field(default_factory=dict)

    @property
    def criteria(self) -> Criteria:
        """By which leads are judged."""
        return Criteria(self.weights, self.places, self.languages)


USUAL = LeadSettings()


def read_mark(given: int | str) -> int:
    """A mark from 0 to 100; raises UnknownLeadMark."""
    number = _whole_number(given)
    if number is None or not 0 <= number <= 100:
        raise UnknownLeadMark(given=quoted(str(given)))
    return number


def read_weight(given: int | str) -> int | None:
    """What a signal is to be worth, None for the usual; raises UnknownWeight."""
    if isinstance(given, str) and (not says_something(given) or given.strip().casefold() in _NOTHING - {"-"}):
        return None
    number = _whole_number(given)
    if number is None or not LEAST_WEIGHT <= number <= GREATEST_WEIGHT:
        raise UnknownWeight(given=quoted(str(given)), least=LEAST_WEIGHT, greatest=GREATEST_WEIGHT)
    return number


def read_signal(given: str) -> SignalName:
    """A signal by its stored name, as lists hand it on; raises UnknownSignal."""
    try:
        return SignalName(given.strip().casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        raise UnknownSignal(given=quoted(given)) from None


def read_list(typed: str) -> tuple[str, ...]:
    """Places or languages, apart by commas, semicolons or lines; nothing for "none" or "anywhere".

    Raises NothingInList, ListTooLong and ListEntryTooLong.
    """
    cleaned = clean_text(typed)
    if cleaned.casefold() in _NOTHING:
        return ()
    entries: dict[str, str] = {}
    for part in cleaned.replace(";", ",").replace("\n", ",").split(","):
        entry = " ".join(part.split())
        if not (says_something(entry) and any(letter.isalnum() for letter in entry)):
            continue
        if len(entry) > ENTRY_LIMIT:
            raise ListEntryTooLong(given=quoted(entry), length=len(entry), limit=ENTRY_LIMIT)
        entries.setdefault(entry.casefold(), entry)
    if not entries:
        raise NothingInList(given=quoted(typed))
    if len(entries) > LIST_LIMIT:
        raise ListTooLong(count=len(entries), limit=LIST_LIMIT)
    return tuple(entries.values())


def _whole_number(given: int | str) -> int | None:
    if isinstance(given, int):
        return given
    plain = clean_text(given).replace("\u2212", "-").removeprefix("+")
    digits = plain.removeprefix("-")
    return int(plain) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else None
