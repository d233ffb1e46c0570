"""Limits of modals: documentation "Component Reference" and "Receiving and Responding"."""

from .bounds import Findings, Object, as_list, as_object, count, entries, inside, number, text, whole
from .controls import (
    SELECTS,
    Kind,
    check_custom_id,
    check_identities,
    check_options,
    check_select,
    check_span,
    kind_of,
    stands_in,
)

TITLE = 45
COMPONENTS = 5
LABEL = 45
LABEL_DESCRIPTION = 100
INPUT_TEXT = 4000
INPUT_PLACEHOLDER = 100
TEXT_DISPLAY = 4000
RADIO_OPTIONS = range(2, 11)
CHECKBOXES = 10
UPLOADS = 10

GROUPS = frozenset({Kind.RADIO_GROUP, Kind.CHECKBOX_GROUP, Kind.CHECKBOX})
IN_A_LABEL = SELECTS | GROUPS | {Kind.TEXT_INPUT, Kind.FILE_UPLOAD}


def check_modal(place: str, modal: Object) -> Findings:
    """The data of a callback that opens a modal; `place` is that of the data."""
    yield from text(inside(place, "title"), modal.get("title"), at_least=1, at_most=TITLE, required=True)
    yield from check_custom_id(place, modal)
    components = entries(inside(place, "components"), modal.get("components"))
    at = inside(place, "components")
    yield from count(at, len(components), "component", at_least=1, at_most=COMPONENTS)
    for at, component in components:
        yield from _top(at, component)
    yield from check_identities(components)


def _top(place: str, component: Object) -> Findings:
    allowed = {Kind.LABEL, Kind.ACTION_ROW, Kind.TEXT_DISPLAY}
    yield from stands_in(place, component, allowed, "at the top level of a modal")
    match kind_of(component):
        case Kind.TEXT_DISPLAY:
            at = inside(place, "content")
            yield from text(at, component.get("content"), at_least=1, at_most=TEXT_DISPLAY, required=True)
        case Kind.ACTION_ROW:
            children = entries(inside(place, "components"), component.get("components"))
            yield from count(place, len(children), "text input", at_least=1, at_most=1)
            for at, child in children:
                yield from stands_in(at, child, {Kind.TEXT_INPUT}, "in a row of a modal")
                yield from _label_text(at, child)
                yield from _control(at, child)
        case Kind.LABEL:
            yield from _label_text(place, component)
            description = component.get("description")
            at = inside(place, "description")
            yield from text(at, description, at_least=1, at_most=LABEL_DESCRIPTION)
            control, at = as_object(component.get("component")), inside(place, "component")
            yield from stands_in(at, control, IN_A_LABEL, "in a label")
            yield from text(inside(at, "label"), control.get("label"), at_most=LABEL)
            yield from _control(at, control)


def _label_text(place: str, component: Object) -> Findings:
    yield from text(inside(place, "label"), component.get("label"), at_least=1, at_most=LABEL, required=True)


def _control(place: str, control: Object) -> Findings:
    required = control.get("required") is not False
    kind = kind_of(control)
    if control.get("disabled"):
        yield f"{place}: nothing can be disabled in a modal"
    if kind in SELECTS:
        yield from check_select(place, control, answer_required=required)
    elif kind in IN_A_LABEL:
        yield from check_custom_id(place, control)
    match kind:
        case Kind.TEXT_INPUT:
            yield from _text_input(place, control)
        case Kind.RADIO_GROUP:
            least, most = RADIO_OPTIONS[0], RADIO_OPTIONS[-1]
            yield from check_options(place, control, at_least=least, at_most=most)
        case Kind.CHECKBOX_GROUP:
            yield from check_options(place, control, at_least=1, at_most=CHECKBOXES)
            options = len(as_list(control.get("options")))
            yield from check_span(
                place, control, at_most=CHECKBOXES, default_most=max(options, 1), required=required
            )
        case Kind.FILE_UPLOAD:
            yield from check_span(place, control, at_most=UPLOADS, default_most=1, required=required)


def _text_input(place: str, control: Object) -> Findings:
    if control.get("style") not in (1, 2):
        yield f"{inside(place, 'style')}: {control.get('style')!r} is no style of a text input"
    yield from text(inside(place, "value"), control.get("value"), at_most=INPUT_TEXT)
    yield from text(inside(place, "placeholder"), control.get("placeholder"), at_most=INPUT_PLACEHOLDER)
    least, most = whole(control.get("min_length"), 0), whole(control.get("max_length"), INPUT_TEXT)
    yield from number(inside(place, "min_length"), control.get("min_length"), at_least=0, at_most=INPUT_TEXT)
    yield from number(inside(place, "max_length"), control.get("max_length"), at_least=1, at_most=INPUT_TEXT)
    if 1 <= most < least <= INPUT_TEXT:
        yield f"{place}: min_length {least} is more than max_length {most}"
