"""Reading the record of a poll, which may be anything that somebody calls one. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from bot.polls.record import FORMAT, FORMAT_VERSION, Record, RecordedIdea, RecordedVoter, Withdrawn
from bot.polls.rules import ENTRIES_AT_MOST, Method
from bot.polls.votes import RECEIPT_LETTERS, Ballot, Choices
from bot.ranking import METHOD_VERSION
from bot.ranking.criteria import BEST_MARK, Criterion, Purpose, Weights

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

CARD_SIZES = range(2, 5)
LEAST_IDEAS = 2
NAME_SHOWN = 20

_RECEIPT = re.compile(rf"[{RECEIPT_LETTERS}]{{4}}-[{RECEIPT_LETTERS}]{{4}}")
_POSITION = re.compile(r"0|[1-9][0-9]{0,3}")


class NotARecord(ValueError):
    """The text is no record of a poll; the message says what is wrong with it, and where."""


class NewerRecord(NotARecord):
    """It was counted by a newer method than this program knows; the message names its version."""


def read_record(text: str) -> tuple[Record, Mapping[str, Any]]:
    """A record and the result that it states, which is left as it was found; raises NotARecord."""
    whole = _object(_json(text), "the file")
    if whole.get("format") != FORMAT:
        raise NotARecord("it is not the record of an idea poll")
    if whole.get("version") != FORMAT_VERSION or isinstance(whole["version"], bool):
        raise NotARecord(f"it is in a format of another version than {FORMAT_VERSION}, which is all I know")
    method_version = _number(_part(whole, "method_version"), "method_version", least=1)
    if method_version > METHOD_VERSION:
        raise NewerRecord(str(method_version))
    ideas = _ideas(_part(whole, "ideas"))
    method = _one_of(Method, _part(whole, "method"), "method")
    record = Record(
        _text(_part(whole, "name"), "name"),
        _one_of(Purpose, _part(whole, "purpose"), "purpose"),
        method,
        _weights(_part(whole, "weights")),
        _number(_part(whole, "seed"), "seed"),
        ideas,
        _voters(_part(whole, "voters"), len(ideas), method),
        method_version,
    )
    if not record.final_votes(record.votes).finalists:
        raise NotARecord("ideas: all that could be in the final were withdrawn")
    return record, _object(_part(whole, "result"), "result")


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotARecord("it is no JSON") from None


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _ideas(given: Any) -> list[RecordedIdea]:
    ideas = [_idea(each, position) for position, each in enumerate(_list(given, "ideas"))]
    if not LEAST_IDEAS <= len(ideas) <= ENTRIES_AT_MOST:
        raise NotARecord(f"ideas: a poll has {LEAST_IDEAS} to {ENTRIES_AT_MOST}, and these are {len(ideas)}")
    return ideas


def _idea(given: Any, position: int) -> RecordedIdea:
    where = f"ideas[{position}]"
    idea = _object(given, where)
    if _number(_part(idea, "position", where), f"{where}.position") != position:
        raise NotARecord(f"{where}.position: the ideas have to stand in their order, from 0 on")
    withdrawn = _part(idea, "withdrawn", where)
    return RecordedIdea(
        _text(_part(idea, "title", where), f"{where}.title"),
        None if withdrawn is None else _one_of(Withdrawn, withdrawn, f"{where}.withdrawn"),
    )


def _weights(given: Any) -> Weights:
    weights = _object(given, "weights")
    if set(weights) != {criterion.value for criterion in Criterion}:
        raise NotARecord("weights: it has to have one for each criterion, and no other")
    for name, weight in weights.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
            raise NotARecord(f"weights.{name}: this is no number from 0 to 1")
    return {criterion: float(weights[criterion.value]) for criterion in Criterion}


def _voters(given: Any, ideas: int, method: Method) -> list[RecordedVoter]:
    voters = [
        _voter(each, f"voters[{number}]", ideas, method) for number, each in enumerate(_list(given, "voters"))
    ]
    seen = set()
    for voter in voters:
        if voter.receipt in seen:
            raise NotARecord(f"voters: the receipt {voter.receipt} stands there twice")
        seen.add(voter.receipt)
    return voters


def _voter(given: Any, where: str, ideas: int, method: Method) -> RecordedVoter:
    voter = _object(given, where)
    receipt = _text(_part(voter, "receipt", where), f"{where}.receipt")
    if not _RECEIPT.fullmatch(receipt):
        raise NotARecord(f"{where}.receipt: this is no receipt")
    taps = _list(_part(voter, "taps", where), f"{where}.taps")
    ballot = _part(voter, "ballot", where)
    return RecordedVoter(
        receipt,
        _taps(taps, f"{where}.taps", ideas),
        Ballot() if ballot is None else _ballot(ballot, f"{where}.ballot", ideas, method),
    )


def _taps(given: list[Any], where: str, ideas: int) -> Choices:
    taps, cards = [], set()
    for number, each in enumerate(given):
        at = f"{where}[{number}]"
        tap = _object(each, at)
        shown = tuple(
            _idea_position(position, f"{at}.shown", ideas)
            for position in _list(_part(tap, "shown", at), f"{at}.shown")
        )
        best = _idea_position(_part(tap, "best", at), f"{at}.best", ideas)
        if len(shown) not in CARD_SIZES or len(set(shown)) != len(shown):
            raise NotARecord(f"{at}.shown: a card shows two to four different ideas")
        if best not in shown:
            raise NotARecord(f"{at}.best: idea {best} was not on that card")
        if frozenset(shown) in cards:
            raise NotARecord(f"{at}.shown: this voter has had that card already")
        cards.add(frozenset(shown))
        taps.append((shown, best))
    return tuple(taps)


def _ballot(given: Any, where: str, ideas: int, method: Method) -> Ballot:
    ballot = _object(given, where)
    kind = "scores" if method is Method.SCORES else "places"
    if set(ballot) != {kind}:
        raise NotARecord(f"{where}: a ballot of this poll holds “{kind}” and nothing else")
    if method is Method.SCORES:
        return Ballot(scores=_by_position(ballot[kind], f"{where}.{kind}", ideas, _marks))
    return Ballot(ranks=_by_position(ballot[kind], f"{where}.{kind}", ideas, _place))


def _by_position(given: Any, where: str, ideas: int, read: Callable[[Any, str], T]) -> dict[int, T]:
    found = {}
    for name, value in _object(given, where).items():
        if not _POSITION.fullmatch(name) or int(name) >= ideas:
            raise NotARecord(f"{where}: there is no idea {json.dumps(name[:NAME_SHOWN])}")
        found[int(name)] = read(value, f"{where}.{name}")
    return found


def _marks(given: Any, where: str) -> dict[Criterion, int]:
    return {
        _one_of(Criterion, name, where): _number(mark, f"{where}.{name}", least=0, greatest=BEST_MARK)
        for name, mark in _object(given, where).items()
    }


def _place(given: Any, where: str) -> int:
    return _number(given, where, least=1, greatest=ENTRIES_AT_MOST)


def _idea_position(given: Any, where: str, ideas: int) -> int:
    position = _number(given, where)
    if not 0 <= position < ideas:
        raise NotARecord(f"{where}: there is no idea {position}")
    return position


def _part(whole: Mapping[str, Any], name: str, where: str = "") -> Any:
    if name not in whole:
        raise NotARecord(f"{where}.{name} is missing" if where else f"{name} is missing")
    return whole[name]


def _object(given: Any, where: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise NotARecord(f"{where}: this is no JSON object")
    return given


def _list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise NotARecord(f"{where}: this is no list")
    return given


def _text(given: Any, where: str) -> str:
    if not isinstance(given, str):
        raise NotARecord(f"{where}: this is no text")
    return given


def _number(given: Any, where: str, least: int | None = None, greatest: int | None = None) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise NotARecord(f"{where}: this is no whole number")
    if (least is not None and given < least) or (greatest is not None and given > greatest):
        raise NotARecord(f"{where}: {given} is out of bounds")
    return given


def _one_of(kind: type[E], given: Any, where: str) -> E:
    try:
        return kind(given)
    except ValueError:
        raise NotARecord(f"{where}: this is none of {', '.join(kind)}") from None
