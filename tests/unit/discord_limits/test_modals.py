"""Limits of modals."""

import pytest

from tests.discord_limits import violations

from .limit import Limit, Route


def label(component: dict[str, object], text: str = "What", **changes: object) -> dict[str, object]:
    return {"type": 18, "label": text, "component": component} | changes


def text_input(custom_id: str = "done", **changes: object) -> dict[str, object]:
    return {"type": 4, "custom_id": custom_id, "style": 2} | changes


def options(number: int, **changes: object) -> list[dict[str, object]]:
    return [{"label": "A", "value": str(index)} | changes for index in range(number)]


def radio(number: int, **changes: object) -> dict[str, object]:
    return {"type": 21, "custom_id": "kind", "options": options(number)} | changes


def checkboxes(number: int, **changes: object) -> dict[str, object]:
    return {"type": 22, "custom_id": "days", "options": options(number)} | changes


def upload(**changes: object) -> dict[str, object]:
    return {"type": 19, "custom_id": "proof"} | changes


def user_select(**changes: object) -> dict[str, object]:
    return {"type": 5, "custom_id": "who"} | changes


MODAL = Route(
    "POST",
    "/interactions/1/token/callback",
    lambda data: {
        "type": 9,
        "data": {"custom_id": "checkin", "title": "Check in", "components": [label(text_input())]} | data,
    },
)
TOP = Route("POST", MODAL.path, lambda component: MODAL.around({"components": [component]}))
CONTROL = Route("POST", MODAL.path, lambda control: TOP.around(label(control)))

IN_LABEL = "data.components[0].component"
LIMITS: list[Limit] = [
    MODAL.limit("title", lambda n: {"title": "t" * n}, 45, 46, "data.title: 46 characters, at most 45"),
    MODAL.limit("title-empty", lambda n: {"title": "t" * n}, 1, 0, "data.title: 0 characters, at least 1"),
    MODAL.limit("title-missing", lambda title: {"title": title}, "t", None, "data.title: missing"),
    MODAL.limit("modal-id", lambda n: {"custom_id": "i" * n}, 100, 101,
                "data.custom_id: 101 characters, at most 100"),
    MODAL.limit("modal-id-empty", lambda n: {"custom_id": "i" * n}, 1, 0,
                "data.custom_id: 0 characters, at least 1"),
    MODAL.limit("components", lambda n: {"components": [label(text_input(str(i))) for i in range(n)]}, 5, 6,
                "data.components: 6 components, at most 5"),
    MODAL.limit("no-components", lambda n: {"components": [label(text_input())] * n}, 1, 0,
                "data.components: 0 components, at least 1"),
    MODAL.limit("id-twice", lambda id_: {"components": [label(text_input("a")), label(text_input(id_))]},
                "b", "a",
                "data.components[1].component: the custom_id 'a' is taken by data.components[0].component"),
    TOP.limit("label", lambda n: label(text_input(), "l" * n), 45, 46,
              "data.components[0].label: 46 characters, at most 45"),
    TOP.limit("label-empty", lambda n: label(text_input(), "l" * n), 1, 0,
              "data.components[0].label: 0 characters, at least 1"),
    TOP.limit("label-missing", lambda text: label(text_input()) | {"label": text}, "l", None,
              "data.components[0].label: missing"),
    TOP.limit("label-description-empty", lambda n: label(text_input(), description="d" * n), 1, 0,
              "data.components[0].description: 0 characters, at least 1"),
    TOP.limit("label-description", lambda n: label(text_input(), description="d" * n), 100, 101,
              "data.components[0].description: 101 characters, at most 100"),
    TOP.limit("label-without-a-control", lambda part: label(part), text_input(), {},
              f"{IN_LABEL}.type: None is no component"),
    TOP.limit("button-in-a-label", lambda part: label(part), text_input(), {"type": 2, "custom_id": "b"},
              f"{IN_LABEL}: BUTTON cannot stand in a label"),
    TOP.limit("control-without-a-label", lambda part: part, label(text_input()), text_input(),
              "data.components[0]: TEXT_INPUT cannot stand at the top level of a modal"),
    TOP.limit("text", lambda n: {"type": 10, "content": "x" * n}, 4000, 4001,
              "data.components[0].content: 4001 characters, at most 4000"),
    TOP.limit("text-empty", lambda n: {"type": 10, "content": "x" * n}, 1, 0,
              "data.components[0].content: 0 characters, at least 1"),
    TOP.limit("text-missing", lambda content: {"type": 10, "content": content}, "x", None,
              "data.components[0].content: missing"),
    TOP.limit("row-without-inputs", lambda n: {"type": 1, "components": [text_input(label="What")] * n}, 1, 0,
              "data.components[0]: 0 text inputs, at least 1"),
    TOP.limit("row-of-a-group", lambda part: {"type": 1, "components": [part | {"label": "What"}]},
              text_input(), radio(2),
              "data.components[0].components[0]: RADIO_GROUP cannot stand in a row of a modal"),
    TOP.limit("row-placeholder",
              lambda n: {"type": 1, "components": [text_input(label="What", placeholder="p" * n)]}, 100, 101,
              "data.components[0].components[0].placeholder: 101 characters, at most 100"),
    TOP.limit("row-of-inputs",
              lambda n: {"type": 1, "components": [text_input(str(i), label="What") for i in range(n)]}, 1, 2,
              "data.components[0]: 2 text inputs, at most 1"),
    TOP.limit("row-label", lambda n: {"type": 1, "components": [text_input(label="l" * n)]}, 45, 46,
              "data.components[0].components[0].label: 46 characters, at most 45"),
    CONTROL.limit("input-id", lambda n: text_input("i" * n), 100, 101,
                  f"{IN_LABEL}.custom_id: 101 characters, at most 100"),
    CONTROL.limit("input-value", lambda n: text_input(value="v" * n), 4000, 4001,
                  f"{IN_LABEL}.value: 4001 characters, at most 4000"),
    CONTROL.limit("input-placeholder", lambda n: text_input(placeholder="p" * n), 100, 101,
                  f"{IN_LABEL}.placeholder: 101 characters, at most 100"),
    CONTROL.limit("input-max-length", lambda n: text_input(max_length=n), 4000, 4001,
                  f"{IN_LABEL}.max_length: 4001, at most 4000"),
    CONTROL.limit("input-max-length-zero", lambda n: text_input(max_length=n), 1, 0,
                  f"{IN_LABEL}.max_length: 0, at least 1"),
    CONTROL.limit("input-min-length", lambda n: text_input(min_length=n), 4000, 4001,
                  f"{IN_LABEL}.min_length: 4001, at most 4000"),
    CONTROL.limit("input-min-length-negative", lambda n: text_input(min_length=n), 0, -1,
                  f"{IN_LABEL}.min_length: -1, at least 0"),
    CONTROL.limit("input-min-above-max", lambda n: text_input(min_length=n, max_length=10), 10, 11,
                  f"{IN_LABEL}: min_length 11 is more than max_length 10"),
    CONTROL.limit("input-greatest-min-above-max", lambda n: text_input(min_length=4000, max_length=n),
                  4000, 3999, f"{IN_LABEL}: min_length 4000 is more than max_length 3999"),
    CONTROL.limit("input-own-label", lambda n: text_input(label="l" * n), 45, 46,
                  f"{IN_LABEL}.label: 46 characters, at most 45"),
    CONTROL.limit("input-style", lambda n: text_input(style=n), 1, 3,
                  f"{IN_LABEL}.style: 3 is no style of a text input"),
    CONTROL.limit("radio-group", radio, 10, 11, f"{IN_LABEL}.options: 11 options, at most 10"),
    CONTROL.limit("radio-group-of-one", radio, 2, 1, f"{IN_LABEL}.options: 1 option, at least 2"),
    CONTROL.limit("radio-id", lambda n: radio(2, custom_id="i" * n), 100, 101,
                  f"{IN_LABEL}.custom_id: 101 characters, at most 100"),
    CONTROL.limit("radio-label", lambda n: radio(2, options=[*options(1, label="l" * n), {"label": "B",
                  "value": "b"}]),
                  100, 101, f"{IN_LABEL}.options[0].label: 101 characters, at most 100"),
    CONTROL.limit("radio-value-twice", lambda value: radio(0, options=[*options(1), {"label": "B",
                  "value": value}]),
                  "1", "0", f"{IN_LABEL}.options[1]: the value '0' is taken by {IN_LABEL}.options[0]"),
    CONTROL.limit("checkbox-group", checkboxes, 10, 11, f"{IN_LABEL}.options: 11 options, at most 10"),
    CONTROL.limit("checkbox-group-empty", checkboxes, 1, 0, f"{IN_LABEL}.options: 0 options, at least 1"),
    CONTROL.limit("checkbox-description", lambda n: checkboxes(0, options=options(1, description="d" * n)),
                  100, 101,
                  f"{IN_LABEL}.options[0].description: 101 characters, at most 100"),
    CONTROL.limit("checkbox-max", lambda n: checkboxes(10, max_values=n), 10, 11,
                  f"{IN_LABEL}.max_values: 11, at most 10"),
    CONTROL.limit("checkbox-min-above-options", lambda n: checkboxes(3, min_values=n), 3, 4,
                  f"{IN_LABEL}: min_values 4 is more than max_values 3"),
    CONTROL.limit("checkbox-id", lambda id_: {"type": 23, "custom_id": id_}, "sure", None,
                  f"{IN_LABEL}.custom_id: missing"),
    CONTROL.limit("upload-max", lambda n: upload(max_values=n), 10, 11,
                  f"{IN_LABEL}.max_values: 11, at most 10"),
    CONTROL.limit("upload-min-of-a-required", lambda n: upload(min_values=n), 1, 0,
                  f"{IN_LABEL}.min_values: 0, at least 1 where an answer is required"),
    CONTROL.limit("upload-min-above-the-default-max", lambda n: upload(min_values=n), 1, 2,
                  f"{IN_LABEL}: min_values 2 is more than max_values 1"),
    CONTROL.limit("select-min-of-a-required", lambda required: user_select(min_values=0,
                  required=required), False, True,
                  f"{IN_LABEL}.min_values: 0, at least 1 where an answer is required"),
    CONTROL.limit("select-placeholder", lambda n: user_select(placeholder="p" * n), 150, 151,
                  f"{IN_LABEL}.placeholder: 151 characters, at most 150"),
    CONTROL.limit("select-disabled", lambda disabled: user_select(disabled=disabled), False, True,
                  f"{IN_LABEL}: nothing can be disabled in a modal"),
]  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_inside_the_limit_is_well(limit: Limit) -> None:
    assert limit.said_inside() == []


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_body_just_outside_the_limit_is_told_so_once(limit: Limit) -> None:
    assert limit.said_outside() == [limit.sentence]


def test_a_control_may_have_the_custom_id_of_its_modal() -> None:
    body = MODAL.around({"custom_id": "same", "components": [label(text_input("same"))]})
    assert violations("POST", MODAL.path, body) == []
