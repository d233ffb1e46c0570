"""Limits of the components of a message: documentation "Component Reference".

Without the flag IS_COMPONENTS_V2 a message has up to five rows. With it, the message is made of
components alone: 40 of them, nested ones counted, with 4000 characters over all TextDisplays.
"""

from .bounds import Findings, Object, address, as_object, count, entries, inside, number, text
from .controls import SELECTS, Kind, check_custom_id, check_identities, check_select, kind_of, stands_in, walk

ROWS = 5
BUTTONS_IN_A_ROW = 5
ALL_COMPONENTS = 40
ALL_TEXT = 4000
BUTTON_LABEL = 80
BUTTON_URL = 512
TEXTS_IN_A_SECTION = 3
PICTURES_IN_A_GALLERY = 10
PICTURE_DESCRIPTION = 1024
LINK, PREMIUM = 5, 6

IN_A_CONTAINER = frozenset(
    {Kind.ACTION_ROW, Kind.TEXT_DISPLAY, Kind.SECTION, Kind.MEDIA_GALLERY, Kind.SEPARATOR, Kind.FILE}
)
AT_THE_TOP = IN_A_CONTAINER | {Kind.CONTAINER}
ONLY_IN_V2 = (AT_THE_TOP | {Kind.THUMBNAIL}) - {Kind.ACTION_ROW}


def uses_v2(value: object) -> bool:
    """Whether a list of components holds any that needs the flag IS_COMPONENTS_V2."""
    return any(kind_of(component) in ONLY_IN_V2 for _, component in walk(entries("", value)))


def check_components(place: str, value: object, *, v2: bool) -> Findings:
    """The list of components of one message; `place` is that of the list."""
    components = entries(place, value)
    if v2:
        everything = list(walk(components))
        yield from count(place, len(everything), "component", at_most=ALL_COMPONENTS)
        texts = [part.get("content") for _, part in everything if kind_of(part) == Kind.TEXT_DISPLAY]
        characters = sum(len(content) for content in texts if isinstance(content, str))
        yield from count(place, characters, "character", at_most=ALL_TEXT)
    else:
        yield from count(place, len(components), "row", at_most=ROWS)
    for at, component in components:
        yield from stands_in(at, component, AT_THE_TOP, "at the top level of a message")
        yield from _component(at, component)
    yield from check_identities(components)


def _component(place: str, component: Object) -> Findings:
    match kind_of(component):
        case Kind.ACTION_ROW:
            yield from _row(place, component)
        case Kind.SECTION:
            yield from _section(place, component)
        case Kind.TEXT_DISPLAY:
            at = inside(place, "content")
            yield from text(at, component.get("content"), at_least=1, at_most=ALL_TEXT, required=True)
        case Kind.MEDIA_GALLERY:
            pictures = entries(inside(place, "items"), component.get("items"))
            at = inside(place, "items")
            yield from count(at, len(pictures), "item", at_least=1, at_most=PICTURES_IN_A_GALLERY)
            for at, picture in pictures:
                yield from _picture(at, picture)
        case Kind.FILE:
            url = as_object(component.get("file")).get("url")
            yield from address(inside(place, "file.url"), url, "attachment", required=True)
        case Kind.SEPARATOR:
            yield from number(inside(place, "spacing"), component.get("spacing"), at_least=1, at_most=2)
        case Kind.CONTAINER:
            children = entries(inside(place, "components"), component.get("components"))
            yield from count(place, len(children), "component", at_least=1, at_most=ALL_COMPONENTS)
            for at, child in children:
                yield from stands_in(at, child, IN_A_CONTAINER, "in a container")
                yield from _component(at, child)


def _row(place: str, row: Object) -> Findings:
    children = entries(inside(place, "components"), row.get("components"))
    selects = [child for _, child in children if kind_of(child) in SELECTS]
    if selects and len(children) > 1:
        yield f"{place}: a select needs a row of its own"
    else:
        yield from count(place, len(children), "button", at_least=1, at_most=BUTTONS_IN_A_ROW)
    for at, child in children:
        yield from stands_in(at, child, SELECTS | {Kind.BUTTON}, "in a row of a message")
        if kind_of(child) == Kind.BUTTON:
            yield from _button(at, child)
        elif kind_of(child) in SELECTS:
            yield from check_select(at, child, answer_required=False)


def _section(place: str, section: Object) -> Findings:
    children = entries(inside(place, "components"), section.get("components"))
    yield from count(place, len(children), "text", at_least=1, at_most=TEXTS_IN_A_SECTION)
    for at, child in children:
        yield from stands_in(at, child, {Kind.TEXT_DISPLAY}, "in a section")
        if kind_of(child) == Kind.TEXT_DISPLAY:
            yield from _component(at, child)

    accessory, at = as_object(section.get("accessory")), inside(place, "accessory")
    if not accessory:
        yield f"{at}: missing"
        return
    yield from stands_in(at, accessory, {Kind.BUTTON, Kind.THUMBNAIL}, "as the accessory of a section")
    if kind_of(accessory) == Kind.BUTTON:
        yield from _button(at, accessory)
    elif kind_of(accessory) == Kind.THUMBNAIL:
        yield from _picture(at, accessory)


def _picture(place: str, picture: Object) -> Findings:
    yield from text(
        inside(place, "description"), picture.get("description"), at_least=1, at_most=PICTURE_DESCRIPTION
    )
    url = as_object(picture.get("media")).get("url")
    yield from address(inside(place, "media.url"), url, "http", "https", "attachment", required=True)


def _button(place: str, button: Object) -> Findings:
    style = button.get("style")
    if style not in range(1, 7):
        yield f"{inside(place, 'style')}: {style!r} is no button style"
    yield from text(inside(place, "label"), button.get("label"), at_most=BUTTON_LABEL)

    def without(kind: str, *keys: str) -> Findings:
        for key in keys:
            if button.get(key) is not None:
                yield f"{inside(place, key)}: not allowed on a {kind} button"

    if style == PREMIUM:
        yield from without("premium", "custom_id", "label", "url", "emoji")
        if button.get("sku_id") is None:
            yield f"{inside(place, 'sku_id')}: missing on a premium button"
        return
    if not button.get("label") and not button.get("emoji"):
        yield f"{place}: a button needs a label or an emoji"
    if style == LINK:
        yield from without("link", "custom_id", "sku_id")
        at, url = inside(place, "url"), button.get("url")
        yield from address(at, url, "http", "https", "discord", at_most=BUTTON_URL, required=True)
    else:
        yield from without("non-link", "url", "sku_id")
        yield from check_custom_id(place, button)
