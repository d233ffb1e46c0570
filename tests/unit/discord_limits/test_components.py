"""Limits of the components of a message."""

import pytest

from tests.discord_limits import violations

from .limit import Limit, Route

V2 = 1 << 15


def row(*children: dict[str, object]) -> dict[str, object]:
    return {"type": 1, "components": list(children)}


def button(custom_id: str = "go", **changes: object) -> dict[str, object]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id} | changes


def link(**changes: object) -> dict[str, object]:
    return {"type": 2, "style": 5, "label": "Read", "url": "https://example.org"} | changes


def premium(**changes: object) -> dict[str, object]:
    return {"type": 2, "style": 6, "sku_id": "1"} | changes


def option(value: str = "a", **changes: object) -> dict[str, object]:
    return {"label": "A", "value": value} | changes


def select(custom_id: str = "pick", **changes: object) -> dict[str, object]:
    return {"type": 3, "custom_id": custom_id, "options": [option()]} | changes


def options(number: int) -> list[dict[str, object]]:
    return [option(str(index)) for index in range(number)]


def user_select(number: int, **changes: object) -> dict[str, object]:
    preset = [{"id": str(index), "type": "user"} for index in range(number)]
    return {"type": 5, "custom_id": "who", "default_values": preset} | changes


def text(content: str = "x", **changes: object) -> dict[str, object]:
    return {"type": 10, "content": content} | changes


def section(*texts: dict[str, object], accessory: object) -> dict[str, object]:
    return {"type": 9, "components": list(texts), "accessory": accessory}


def picture(**changes: object) -> dict[str, object]:
    return {"media": {"url": "https://example.org/a.png"}} | changes


def thumbnail(**changes: object) -> dict[str, object]:
    return picture(type=11, **changes)


def gallery(number: int, **changes: object) -> dict[str, object]:
    return {"type": 12, "items": [picture(**changes)] * number}


def container(*children: dict[str, object]) -> dict[str, object]:
    return {"type": 17, "components": list(children)}


def of(*components: dict[str, object]) -> dict[str, object]:
    return {"components": list(components)}


def buttons(number: int) -> dict[str, object]:
    return of(row(*(button(f"b{index}") for index in range(number))))


def forty_and(more: int) -> dict[str, object]:
    """40 components on all levels: 2 containers, 2 sections with 3 texts and a button each, 28 texts."""
    sections = [section(text(), text(), text(), accessory=button(f"b{index}")) for index in range(2)]
    return of(*(container(each) for each in sections), *[text()] * (28 + more))


ROWS = Route("POST", "/channels/1/messages", lambda body: {"content": "hello"} | body)
LAYOUT = Route("POST", "/channels/1/messages", lambda body: {"flags": V2} | body)

IN_ROW = "components[0].components[0]"
LIMITS: list[Limit] = [
    ROWS.limit("rows", lambda n: of(*(row(button(f"b{i}")) for i in range(n))),
               5, 6, "components: 6 rows, at most 5"),
    ROWS.limit("buttons-in-a-row", buttons, 5, 6, "components[0]: 6 buttons, at most 5"),
    ROWS.limit("empty-row", buttons, 1, 0, "components[0]: 0 buttons, at least 1"),
    ROWS.limit("select-beside-a-button", lambda more: of(row(select(), *more)), [], [button()],
               "components[0]: a select needs a row of its own"),
    ROWS.limit("two-selects", lambda more: of(row(select(), *more)), [], [select("other")],
               "components[0]: a select needs a row of its own"),
    ROWS.limit("button-outside-a-row", lambda part: of(part), row(button()), button(),
               "components[0]: BUTTON cannot stand at the top level of a message"),
    ROWS.limit("input-in-a-message", lambda part: of(row(part)),
               button(), {"type": 4, "custom_id": "a", "style": 1},
               f"{IN_ROW}: TEXT_INPUT cannot stand in a row of a message"),
    ROWS.limit("unknown-component", lambda kind: of(row(button(type=kind))), 2, 99,
               f"{IN_ROW}.type: 99 is no component"),
    ROWS.limit("custom-id", lambda n: of(row(button("i" * n))), 100, 101,
               f"{IN_ROW}.custom_id: 101 characters, at most 100"),
    ROWS.limit("custom-id-empty", lambda n: of(row(button("i" * n))), 1, 0,
               f"{IN_ROW}.custom_id: 0 characters, at least 1"),
    ROWS.limit("custom-id-missing", lambda id_: of(row(button() | {"custom_id": id_})), "go", None,
               f"{IN_ROW}.custom_id: missing"),
    ROWS.limit("custom-id-twice", lambda id_: of(row(button("go")), row(select(id_))), "pick", "go",
               "components[1].components[0]: the custom_id 'go' is taken by components[0].components[0]"),
    ROWS.limit("id-twice", lambda ids: of(row(button("a", id=ids[0]), button("b", id=ids[1]))),
               (7, 8), (7, 7),
               "components[0].components[1]: the id 7 is taken by components[0].components[0]"),
    ROWS.limit("button-label", lambda n: of(row(button(label="l" * n))), 80, 81,
               f"{IN_ROW}.label: 81 characters, at most 80"),
    ROWS.limit("button-without-a-face", lambda emoji: of(row(button(label=None, emoji=emoji))),
               {"name": "x"}, None,
               f"{IN_ROW}: a button needs a label or an emoji"),
    ROWS.limit("button-style", lambda style: of(row(button(style=style))), 4, 0,
               f"{IN_ROW}.style: 0 is no button style"),
    ROWS.limit("button-style-unknown", lambda style: of(row(button(style=style))), 1, 7,
               f"{IN_ROW}.style: 7 is no button style"),
    ROWS.limit("button-with-an-address", lambda url: of(row(button(url=url))), None, "https://example.org",
               f"{IN_ROW}.url: not allowed on a non-link button"),
    ROWS.limit("link-address", lambda n: of(row(link(url="https://" + "u" * (n - 8)))), 512, 513,
               f"{IN_ROW}.url: 513 characters, at most 512"),
    ROWS.limit("link-without-an-address", lambda url: of(row(link(url=url))), "https://example.org", None,
               f"{IN_ROW}.url: missing"),
    ROWS.limit("link-to-nowhere", lambda url: of(row(link(url=url))), "https://example.org", "",
               f"{IN_ROW}.url: 0 characters, at least 1"),
    ROWS.limit("link-scheme", lambda url: of(row(link(url=url))),
               "discord://-/channels/1", "ftp://example.org",
               f"{IN_ROW}.url: an address must begin with http:// or https:// or discord://"),
    ROWS.limit("link-with-a-custom-id", lambda id_: of(row(link(custom_id=id_))), None, "go",
               f"{IN_ROW}.custom_id: not allowed on a link button"),
    ROWS.limit("premium-with-a-label", lambda label: of(row(premium(label=label))), None, "Buy",
               f"{IN_ROW}.label: not allowed on a premium button"),
    ROWS.limit("premium-without-goods", lambda sku: of(row(premium(sku_id=sku))), "1", None,
               f"{IN_ROW}.sku_id: missing on a premium button"),
    ROWS.limit("options", lambda n: of(row(select(options=options(n)))), 25, 26,
               f"{IN_ROW}.options: 26 options, at most 25"),
    ROWS.limit("no-options", lambda n: of(row(select(options=options(n)))), 1, 0,
               f"{IN_ROW}.options: 0 options, at least 1"),
    ROWS.limit("option-label", lambda n: of(row(select(options=[option(label="l" * n)]))), 100, 101,
               f"{IN_ROW}.options[0].label: 101 characters, at most 100"),
    ROWS.limit("option-label-empty", lambda n: of(row(select(options=[option(label="l" * n)]))), 1, 0,
               f"{IN_ROW}.options[0].label: 0 characters, at least 1"),
    ROWS.limit("option-label-missing", lambda label: of(row(select(options=[option(label=label)]))),
               "l", None, f"{IN_ROW}.options[0].label: missing"),
    ROWS.limit("option-value", lambda n: of(row(select(options=[option("v" * n)]))), 100, 101,
               f"{IN_ROW}.options[0].value: 101 characters, at most 100"),
    ROWS.limit("option-value-empty", lambda n: of(row(select(options=[option("v" * n)]))), 1, 0,
               f"{IN_ROW}.options[0].value: 0 characters, at least 1"),
    ROWS.limit("option-description", lambda n: of(row(select(options=[option(description="d" * n)]))),
               100, 101,
               f"{IN_ROW}.options[0].description: 101 characters, at most 100"),
    ROWS.limit("option-twice", lambda value: of(row(select(options=[option("a"), option(value)]))), "b", "a",
               f"{IN_ROW}.options[1]: the value 'a' is taken by {IN_ROW}.options[0]"),
    ROWS.limit("placeholder", lambda n: of(row(select(placeholder="p" * n))), 150, 151,
               f"{IN_ROW}.placeholder: 151 characters, at most 150"),
    ROWS.limit("select-id", lambda n: of(row(select("i" * n))), 100, 101,
               f"{IN_ROW}.custom_id: 101 characters, at most 100"),
    ROWS.limit("max-values", lambda n: of(row(user_select(0, max_values=n))), 25, 26,
               f"{IN_ROW}.max_values: 26, at most 25"),
    ROWS.limit("max-values-none", lambda n: of(row(user_select(0, max_values=n))), 1, 0,
               f"{IN_ROW}.max_values: 0, at least 1"),
    ROWS.limit("max-values-and-options", lambda n: of(row(select(options=options(3), max_values=n))), 3, 4,
               f"{IN_ROW}.max_values: 4, at most the number of options, 3"),
    ROWS.limit("min-values", lambda n: of(row(user_select(0, min_values=n, max_values=25))), 25, 26,
               f"{IN_ROW}.min_values: 26, at most 25"),
    ROWS.limit("min-values-negative", lambda n: of(row(user_select(0, min_values=n))), 0, -1,
               f"{IN_ROW}.min_values: -1, at least 0"),
    ROWS.limit("min-above-max", lambda n: of(row(user_select(0, min_values=n, max_values=2))), 2, 3,
               f"{IN_ROW}: min_values 3 is more than max_values 2"),
    ROWS.limit("min-above-the-default-max", lambda n: of(row(user_select(0, min_values=n))), 1, 2,
               f"{IN_ROW}: min_values 2 is more than max_values 1"),
    ROWS.limit("too-many-preset", lambda n: of(row(user_select(n, max_values=2))), 2, 3,
               f"{IN_ROW}.default_values: 3 default values, at most 2"),
    ROWS.limit("preset-above-the-default-max", lambda n: of(row(user_select(n))), 1, 2,
               f"{IN_ROW}.default_values: 2 default values, at most 1"),
    ROWS.limit("too-few-preset", lambda n: of(row(user_select(n, min_values=2, max_values=3))), 2, 1,
               f"{IN_ROW}.default_values: 1 default value, at least 2"),
    Route("POST", "/channels/1/messages").limit(
        "flag-missing", lambda flags: {"flags": flags} | of(*[text()] * 6), V2, 64,
        "flags: these components need the flag IS_COMPONENTS_V2 (1 << 15)"),
    LAYOUT.limit("v2-with-content", lambda content: {"content": content} | of(text()), None, "hello",
                 "content: not allowed in a message of Components V2"),
    LAYOUT.limit("v2-with-embeds", lambda embeds: {"embeds": embeds} | of(text()), [], [{"title": "t"}],
                 "embeds: not allowed in a message of Components V2"),
    LAYOUT.limit("v2-with-a-poll", lambda poll: {"poll": poll} | of(text()), None,
                 {"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}]},
                 "poll: not allowed in a message of Components V2"),
    LAYOUT.limit("v2-with-stickers", lambda stickers: {"sticker_ids": stickers} | of(text()), [], ["1"],
                 "sticker_ids: not allowed in a message of Components V2"),
    LAYOUT.limit("all-components", forty_and, 0, 1, "components: 41 components, at most 40"),
    LAYOUT.limit("all-texts", lambda n: of(text("x" * 3000), container(text("x" * n))), 1000, 1001,
                 "components: 4001 characters, at most 4000"),
    LAYOUT.limit("text-empty", lambda n: of(text("x" * n)), 1, 0,
                 "components[0].content: 0 characters, at least 1"),
    LAYOUT.limit("text-missing", lambda content: of(text() | {"content": content}), "x", None,
                 "components[0].content: missing"),
    LAYOUT.limit("text-empty-in-a-section", lambda n: of(section(text("x" * n), accessory=button())), 1, 0,
                 "components[0].components[0].content: 0 characters, at least 1"),
    LAYOUT.limit("texts-in-a-section", lambda n: of(section(*[text()] * n, accessory=button())), 3, 4,
                 "components[0]: 4 texts, at most 3"),
    LAYOUT.limit("section-without-texts", lambda n: of(section(*[text()] * n, accessory=button())), 1, 0,
                 "components[0]: 0 texts, at least 1"),
    LAYOUT.limit("section-without-an-accessory", lambda part: of(section(text(), accessory=part)),
                 button(), None,
                 "components[0].accessory: missing"),
    LAYOUT.limit("select-as-an-accessory", lambda part: of(section(text(), accessory=part)),
                 button(), select(),
                 "components[0].accessory: STRING_SELECT cannot stand as the accessory of a section"),
    LAYOUT.limit("accessory-label", lambda n: of(section(text(), accessory=button(label="l" * n))), 80, 81,
                 "components[0].accessory.label: 81 characters, at most 80"),
    LAYOUT.limit("accessory-id-twice",
                 lambda id_: of(section(text(), accessory=button(id_)), row(button("b"))), "a", "b",
                 "components[1].components[0]: the custom_id 'b' is taken by components[0].accessory"),
    LAYOUT.limit("thumbnail-description",
                 lambda n: of(section(text(), accessory=thumbnail(description="d" * n))), 1024, 1025,
                 "components[0].accessory.description: 1025 characters, at most 1024"),
    LAYOUT.limit("button-in-a-section", lambda part: of(section(part, accessory=link())), text(), button(),
                 "components[0].components[0]: BUTTON cannot stand in a section"),
    LAYOUT.limit("gallery", lambda n: of(gallery(n)), 10, 11, "components[0].items: 11 items, at most 10"),
    LAYOUT.limit("gallery-empty", lambda n: of(gallery(n)), 1, 0, "components[0].items: 0 items, at least 1"),
    LAYOUT.limit("gallery-description", lambda n: of(gallery(1, description="d" * n)), 1024, 1025,
                 "components[0].items[0].description: 1025 characters, at most 1024"),
    LAYOUT.limit("gallery-description-empty", lambda n: of(gallery(1, description="d" * n)), 1, 0,
                 "components[0].items[0].description: 0 characters, at least 1"),
    LAYOUT.limit("gallery-without-a-picture", lambda media: of(gallery(1, media=media)),
                 {"url": "attachment://a"}, {},
                 "components[0].items[0].media.url: missing"),
    LAYOUT.limit("file-scheme", lambda url: of({"type": 13, "file": {"url": url}}),
                 "attachment://a", "https://a",
                 "components[0].file.url: an address must begin with attachment://"),
    LAYOUT.limit("file-missing", lambda file: of({"type": 13, "file": file}), {"url": "attachment://a"}, {},
                 "components[0].file.url: missing"),
    LAYOUT.limit("separator-without-space", lambda n: of({"type": 14, "spacing": n}), 1, 0,
                 "components[0].spacing: 0, at least 1"),
    LAYOUT.limit("separator-spacing", lambda n: of({"type": 14, "spacing": n}), 2, 3,
                 "components[0].spacing: 3, at most 2"),
    LAYOUT.limit("container-empty", lambda n: of(container(*[text()] * n)), 1, 0,
                 "components[0]: 0 components, at least 1"),
    LAYOUT.limit("container-in-a-container", lambda part: of(container(part)), text(), container(text()),
                 "components[0].components[0]: CONTAINER cannot stand in a container"),
    LAYOUT.limit("row-in-a-container", lambda n: of(container(row(*(button(f"b{i}") for i in range(n))))),
                 5, 6,
                 "components[0].components[0]: 6 buttons, at most 5"),
]  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_inside_the_limit_is_well(limit: Limit) -> None:
    assert limit.said_inside() == []


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_outside_the_limit_is_told_so_once(limit: Limit) -> None:
    assert limit.said_outside() == [limit.sentence]


@pytest.mark.parametrize("kind", [3, 5, 6, 7, 8], ids=["string", "user", "role", "mentionable", "channel"])
def test_every_kind_of_select_is_checked(kind: int) -> None:
    body = {"components": [row(select(type=kind, placeholder="p" * 151))]}
    assert violations("PATCH", "/channels/1/messages/2", body) == [
        "components[0].components[0].placeholder: 151 characters, at most 150"
    ]


def test_a_layout_may_have_more_than_five_rows() -> None:
    rows = [row(button(f"b{index}")) for index in range(6)]
    assert violations("POST", "/channels/1/messages", {"flags": V2, "components": rows}) == []


def test_an_edit_to_a_layout_resets_what_is_not_allowed_there() -> None:
    body = {"flags": V2, "content": None, "embeds": [], "components": [text()]}
    assert violations("PATCH", "/channels/1/messages/2", body) == []


def test_ids_of_zero_mean_none_and_may_repeat() -> None:
    components = [row(button("a", id=0), button("b", id=0))]
    assert violations("PATCH", "/channels/1/messages/2", {"components": components}) == []
