"""The measures that all checks are made of: each yields one sentence for every limit that is passed.

A body is checked for its limits, not for its shape: where a list or an object is expected and something
else stands there, it counts as empty, and what is required in it is reported as missing.
"""

from collections.abc import Iterable, Iterator, Mapping

Object = Mapping[str, object]
Findings = Iterator[str]


def inside(place: str, key: str) -> str:
    """The place of `key` within `place`; an empty place is the body itself."""
    return f"{place}.{key}" if place else key


def as_object(value: object) -> Object:
    return value if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[object]:
    """Its entries; a tuple counts too, since a body may be seen before it becomes JSON."""
    return list(value) if isinstance(value, list | tuple) else []


def entries(place: str, value: object) -> list[tuple[str, Object]]:
    """The objects of a list, each with its place."""
    return [(f"{place}[{index}]", as_object(entry)) for index, entry in enumerate(as_list(value))]


def plural(number: int, noun: str) -> str:
    return f"{number:d} {noun}" if number == 1 else f"{number:d} {noun}s"


def count(place: str, number: int, noun: str, *, at_least: int = 0, at_most: int) -> Findings:
    if number < at_least:
        yield f"{place}: {plural(number, noun)}, at least {at_least}"
    if number > at_most:
        yield f"{place}: {plural(number, noun)}, at most {at_most}"


def text(
    place: str,
    value: object,
    *,
    at_least: int = 0,
    at_most: int,
    required: bool = False,
    trimmed: bool = False,
) -> Findings:
    """A text's length in code points; `trimmed` leaves out white space at both ends, as in embeds."""
    if value is None:
        if required:
            yield f"{place}: missing"
    elif isinstance(value, str):
        measured = value.strip() if trimmed else value
        yield from count(place, len(measured), "character", at_least=at_least, at_most=at_most)
    else:
        yield f"{place}: {type(value).__name__}, should be a text"


def number(place: str, value: object, *, at_least: int, at_most: int) -> Findings:
    """A whole number's range, both ends included; None is the same as leaving it out."""
    if value is None:
        return
    measured = _whole(value)
    if measured is None:
        yield f"{place}: {value!r}, should be a whole number"
    elif measured < at_least:
        yield f"{place}: {measured}, at least {at_least}"
    elif measured > at_most:
        yield f"{place}: {measured}, at most {at_most}"


def address(
    place: str, value: object, *schemes: str, at_most: int = 2048, required: bool = False
) -> Findings:
    """A URL's length and scheme."""
    yield from text(place, value, at_least=int(required), at_most=at_most, required=required)
    if isinstance(value, str) and value and value.partition("://")[0].lower() not in schemes:
        yield f"{place}: an address must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}"


def unique(values: Iterable[tuple[str, object]], noun: str) -> Findings:
    """Each of these (place, value) pairs has its own value; None is passed over."""
    first_place: dict[str, str] = {}
    for place, value in values:
        if value is None:
            continue
        first = first_place.setdefault(repr(value), place)
        if first != place:
            yield f"{place}: the {noun} {value!r} is taken by {first}"


def whole(value: object, default: int) -> int:
    """`value` if it is a whole number, else `default`, as for a number that may be left out."""
    number_or_none = _whole(value)
    return default if number_or_none is None else number_or_none


def _whole(value: object) -> int | None:
    # JSON knows one kind of number, and discord.py does send 24.0 for the hours of a poll.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
