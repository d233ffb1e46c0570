"""The body of INTERACTION_CREATE for each thing a member can do, with the checks a Discord client makes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from tests.wire.standin import permissions as right
from tests.wire.standin.messages import walk
from tests.wire.standin.world import BOT_ID, Json, World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
RESOLVED = {6: "users", 7: "channels", 8: "roles"}
BUTTON, STRING_SELECT, TEXT_INPUT, RADIO_GROUP, CHECKBOX = 2, 3, 4, 21, 23


@dataclass(slots=True, eq=False)
class Ask:
    """What a member does, ready to be sent any number of times; only id and token are missing."""

    world: World
    type: int
    guild_id: int | None
    channel_id: int
    user_id: int
    data: Json
    message: Json | None = None
    locale: str = "en-US"
    _text: str | None = None

    @property
    def what(self) -> str:
        return f"/{self.data['name']}" if "name" in self.data else str(self.data["custom_id"])

    def prepare(self) -> None:
        """Write the JSON once, before a measured load."""
        self._text = json.dumps(self._payload(), separators=(",", ":"))

    @property
    def text(self) -> str:
        return self._text or json.dumps(self._payload(), separators=(",", ":"))

    def _payload(self) -> Json:
        channel = self.world.channels[self.channel_id]
        allowed = self.world.permissions(channel, self.user_id)
        payload = {
            "type": self.type,
            "application_id": str(BOT_ID),
            "version": 1,
            "channel_id": str(self.channel_id),
            "channel": channel.payload | {"permissions": str(allowed)},
            "data": self.data,
            "locale": self.locale,
            "entitlements": [],
            "app_permissions": str(self.world.permissions(channel, BOT_ID)),
            "attachment_size_limit": 10 * 1024 * 1024,
            "context": 1 if self.guild_id is None else 0,
            "authorizing_integration_owners": {"0": str(self.guild_id or 0)},
        }
        if self.message:
            payload["message"] = self.message
        if self.guild_id is None:
            return payload | {"user": self.world.users[self.user_id]}
        guild = self.world.guilds[self.guild_id]
        locale = guild.payload["preferred_locale"]
        payload |= {"guild_id": str(guild.id), "guild_locale": locale}
        payload |= {"guild": {"id": str(guild.id), "locale": locale, "features": []}}
        return payload | {"member": guild.members[self.user_id] | {"permissions": str(allowed)}}


def slash(
    world: World, channel: int, user: int, command: str, options: Mapping[str, Any], focused: str = ""
) -> Ask:
    """Raises ValueError where a client would not send: unknown command or option, a required one left out."""
    guild_id = world.channel(channel).guild_id
    known = [*world.commands.get(guild_id, []), *world.commands.get(None, [])]
    name, *deeper = command.split(" ")
    declared = next((each for each in known if each["name"] == name), None)
    if declared is None:
        raise ValueError(f"the bot registered no command {name!r}, only {[each['name'] for each in known]}")
    needed = int(declared.get("default_member_permissions") or 0)
    if needed & ~world.permissions(world.channel(channel), user):
        raise ValueError(f"this member does not see /{name}")
    data: Json = {"id": declared["id"], "name": name, "type": 1}
    level, place = declared, data
    for word in deeper:
        level = next(each for each in level["options"] if each["name"] == word)
        inner: Json = {"name": word, "type": level["type"]}
        place["options"] = [inner]
        place = inner
    by_name = {each["name"]: each for each in level.get("options") or []}
    if unknown := set(options) - set(by_name):
        raise ValueError(f"/{command} has no option {sorted(unknown)}")
    missing = [key for key, each in by_name.items() if each.get("required") and key not in options]
    if missing and not focused:
        raise ValueError(f"/{command} needs {missing}")
    place["options"] = [_option(by_name[name], value, name == focused) for name, value in options.items()]
    resolved = _resolve(world, channel, [(by_name[name]["type"], value) for name, value in options.items()])
    if resolved:
        data["resolved"] = resolved
    return Ask(world, AUTOCOMPLETE if focused else COMMAND, guild_id, channel, user, data)


def _option(declared: Json, value: Any, focused: bool) -> Json:
    kind = declared["type"]
    option = {"name": declared["name"], "type": kind, "value": str(value) if kind in RESOLVED else value}
    allowed = [choice["value"] for choice in declared.get("choices") or []]
    if allowed and value not in allowed and not focused:
        raise ValueError(f"{declared['name']} is one of {allowed}, not {value!r}")
    return option | ({"focused": True} if focused else {})


def _resolve(world: World, channel: int, given: Sequence[tuple[int, Any]]) -> Json:
    resolved: dict[str, Json] = {}
    guild_id = world.channel(channel).guild_id
    for kind, value in given:
        if kind not in RESOLVED:
            continue
        number = int(value)
        found = resolved.setdefault(RESOLVED[kind], {})
        if kind == 7:
            allowed = world.permissions(world.channel(number), BOT_ID)
            found[str(number)] = world.channel(number).payload | {"permissions": str(allowed)}
        elif kind == 8 and guild_id:
            found[str(number)] = world.guilds[guild_id].roles[number]
        else:
            found[str(number)] = world.user(number)
            if guild_id and number in world.guilds[guild_id].members:
                member = world.guilds[guild_id].members[number] | {"permissions": str(right.EVERYONE)}
                member = {key: each for key, each in member.items() if key != "user"}
                resolved.setdefault("members", {})[str(number)] = member
    return resolved


def click(world: World, message: Json, custom_id: str, user: int, values: Sequence[str] | None = None) -> Ask:
    """Raises ValueError when the message has no such component, or it is disabled."""
    with_id = [each for each in walk(message["components"]) if each.get("custom_id")]
    found = [each for each in with_id if fnmatchcase(each["custom_id"], custom_id)]
    if not found or found[0].get("disabled"):
        raise ValueError(f"nothing to press as {custom_id!r} among {[each['custom_id'] for each in with_id]}")
    component, channel = found[0], world.channel(int(message["channel_id"]))
    # Over HTTP a copy comes in; what the bot edits is the message itself.
    message = channel.messages.get(int(message["id"]), message)
    data = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
    if component["type"] != BUTTON:
        data["values"] = list(values or [])
    return Ask(world, COMPONENT, channel.guild_id, channel.id, user, data, message)


def submit(
    opened: Ask, is_modal: bool, form: Json, values: Mapping[str, Any], user: int | None = None
) -> Ask:
    """Fill in a form that the bot opened. ValueError for an unknown field or a required one left blank."""
    if not is_modal:
        raise ValueError(f"the answer to {opened.what} was no form")
    left = dict(values)
    components = [_filled(component, left) for component in form["components"]]
    if left:
        raise ValueError(f"the form has no field {sorted(left)}")
    data = {"custom_id": form["custom_id"], "components": components}
    sender = user or opened.user_id
    return Ask(opened.world, MODAL_SUBMIT, opened.guild_id, opened.channel_id, sender, data, opened.message)


def _filled(component: Json, left: dict[str, Any], label: str = "") -> Json:
    outer: Json = {key: component[key] for key in ("type", "id") if key in component}
    if "component" in component:
        return outer | {"component": _filled(component["component"], left, component["label"])}
    if "components" in component:
        inner = [_filled(each, left, each.get("label") or "") for each in component["components"]]
        return outer | {"components": inner}
    if "custom_id" not in component:
        return outer
    key = component["custom_id"] if component["custom_id"] in left else label
    value = left.pop(key) if key in left else _preset(component)
    if value in (None, "", []) and component.get("required", component["type"] != CHECKBOX):
        raise ValueError(f"{label or component['custom_id']!r} is required")
    plural = component["type"] not in (TEXT_INPUT, RADIO_GROUP, CHECKBOX)
    return outer | {"custom_id": component["custom_id"], "values" if plural else "value": value}


def _preset(component: Json) -> Any:
    if component["type"] == TEXT_INPUT:
        return component.get("value") or ""
    if component["type"] == CHECKBOX:
        return bool(component.get("default"))
    chosen = [option["value"] for option in component.get("options") or [] if option.get("default")]
    if component["type"] == RADIO_GROUP:
        return chosen[0] if chosen else None
    return chosen + [str(each["id"]) for each in component.get("default_values") or []]


def submit_unopened(world: World, channel: int, user: int, custom_id: str, values: Mapping[str, Any]) -> Ask:
    """A form not known here: text is for text inputs, a list for string selects, a bool for checkboxes."""
    components = []
    for number, (name, value) in enumerate(values.items(), start=1):
        kind = {list: STRING_SELECT, bool: CHECKBOX}.get(type(value), TEXT_INPUT)
        field = {"type": kind, "id": 2 * number, "custom_id": name}
        field["values" if kind == STRING_SELECT else "value"] = value
        components.append({"type": 18, "id": 2 * number - 1, "component": field})
    data = {"custom_id": custom_id, "components": components}
    return Ask(world, MODAL_SUBMIT, world.channel(channel).guild_id, channel, user, data)


def raw(
    world: World,
    kind: int,
    channel: int,
    user: int,
    data: Json,
    message: Json | None = None,
    locale: str = "en-US",
) -> Ask:
    """Any interaction at all, such as no client would send; `kind` is COMMAND, COMPONENT and so on.

    Nothing of `data` and `message` is checked. Who and where must exist, since Discord says so itself.
    """
    return Ask(world, kind, world.channel(channel).guild_id, channel, user, data, message, locale)


def resolved(world: World, channel: int, given: Sequence[tuple[int, Any]]) -> Json:
    """What Discord knows of named users (6), channels (7) and roles (8); of unknown ones nothing."""
    guild = world.guilds.get(world.channel(channel).guild_id or 0)
    known: Mapping[int, Any] = {6: world.users, 7: world.channels, 8: guild.roles if guild else {}}
    return _resolve(world, channel, [(kind, value) for kind, value in given if value in known.get(kind, ())])
