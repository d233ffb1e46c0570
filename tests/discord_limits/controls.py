"""What messages and modals share: kinds of components, ids, options, and the select menu."""

from collections.abc import Container, Iterator
from enum import IntEnum

from .bounds import Findings, Object, as_list, as_object, count, entries, inside, number, text, unique, whole

CUSTOM_ID = 100
OPTION_TEXT = 100
PLACEHOLDER = 150
SELECT_OPTIONS = 25


class Kind(IntEnum):
    """Component types, by Discord's numbers."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {Kind.STRING_SELECT, Kind.USER_SELECT, Kind.ROLE_SELECT, Kind.MENTIONABLE_SELECT, Kind.CHANNEL_SELECT}
)


_KINDS = {kind.value: kind for kind in Kind}


def kind_of(component: Object) -> Kind | None:
    return _KINDS.get(whole(component.get("type"), 0))


def stands_in(place: str, component: Object, allowed: Container[Kind], where: str) -> Findings:
    kind = kind_of(component)
    if kind is None:
        yield f"{inside(place, 'type')}: {component.get('type')!r} is no component"
    elif kind not in allowed:
        yield f"{place}: {kind.name} cannot stand {where}"


def walk(components: list[tuple[str, Object]]) -> Iterator[tuple[str, Object]]:
    """Every component with its place, those inside of others included."""
    for place, component in components:
        yield place, component
        yield from walk(entries(inside(place, "components"), component.get("components")))
        for key in ("accessory", "component"):
            if child := as_object(component.get(key)):
                yield from walk([(inside(place, key), child)])


def check_identities(components: list[tuple[str, Object]]) -> Findings:
    """No custom_id and no id twice in one message or modal (an id of 0 means none)."""
    everything = list(walk(components))
    yield from unique(((at, component.get("custom_id")) for at, component in everything), "custom_id")
    yield from unique(((at, component.get("id") or None) for at, component in everything), "id")


def check_custom_id(place: str, component: Object) -> Findings:
    value = component.get("custom_id")
    yield from text(inside(place, "custom_id"), value, at_least=1, at_most=CUSTOM_ID, required=True)


def check_options(place: str, control: Object, *, at_least: int, at_most: int) -> Findings:
    """The options of a string select, radio group or checkbox group."""
    options = entries(inside(place, "options"), control.get("options"))
    yield from count(inside(place, "options"), len(options), "option", at_least=at_least, at_most=at_most)
    for at, option in options:
        for key in ("label", "value"):
            yield from text(inside(at, key), option.get(key), at_least=1, at_most=OPTION_TEXT, required=True)
        yield from text(inside(at, "description"), option.get("description"), at_most=OPTION_TEXT)
    yield from unique(((at, option.get("value")) for at, option in options), "value")


def check_span(place: str, control: Object, *, at_most: int, default_most: int, required: bool) -> Findings:
    """min_values and max_values: in range, in order, and at least one where an answer is required."""
    least, most = whole(control.get("min_values"), 1), whole(control.get("max_values"), default_most)
    yield from number(inside(place, "min_values"), control.get("min_values"), at_least=0, at_most=at_most)
    yield from number(inside(place, "max_values"), control.get("max_values"), at_least=1, at_most=at_most)
    if 1 <= most < least <= at_most:
        yield f"{place}: min_values {least} is more than max_values {most}"
    if required and least == 0:
        yield f"{inside(place, 'min_values')}: 0, at least 1 where an answer is required"


def check_select(place: str, select: Object, *, answer_required: bool) -> Findings:
    """A select menu of any kind; `answer_required` is what `required` says, which counts in modals only."""
    yield from check_custom_id(place, select)
    yield from text(inside(place, "placeholder"), select.get("placeholder"), at_most=PLACEHOLDER)
    yield from check_span(place, select, at_most=SELECT_OPTIONS, default_most=1, required=answer_required)
    least, most = whole(select.get("min_values"), 1), whole(select.get("max_values"), 1)
    if kind_of(select) == Kind.STRING_SELECT:
        yield from check_options(place, select, at_least=1, at_most=SELECT_OPTIONS)
        options = len(as_list(select.get("options")))
        if 0 < options < most <= SELECT_OPTIONS:
            yield f"{inside(place, 'max_values')}: {most}, at most the number of options, {options}"
    elif preset := len(as_list(select.get("default_values"))):
        at = inside(place, "default_values")
        yield from count(at, preset, "default value", at_least=least, at_most=most)
