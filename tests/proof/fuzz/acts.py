"""What somebody does, of every kind and out of bounds: use a command, type into it, press, send a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.proof.fuzz import words
from tests.proof.fuzz.spelling import spelled
from tests.proof.fuzz.targets import BUTTON, CHANNEL_SELECT, STRING_SELECT, USER_SELECT, Command
from tests.proof.fuzz.town import OUTSIDE, Town, Who
from tests.wire.standin import BOT_ID, asks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from tests.proof.fuzz.targets import FormOf, Item, Json
    from tests.wire.standin.asks import Ask

TEXT_INPUT = 4
EPHEMERAL = 1 << 6
LANGUAGES = ("en-US", "es-ES", "fr", "tlh")


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody's act: which target it is meant for, and what is sent to the bot."""

    what: str
    who: Who
    ask: Ask

    def __str__(self) -> str:
        where = "in direct messages" if self.ask.guild_id is None else f"in channel {self.ask.channel_id}"
        shown = str(self.ask.data)
        return f"{self.who} {where}: {self.what} {shown[:600]}"


@dataclass(slots=True)
class Seen:
    """What the bot has shown so far, to be used again by anybody: components, forms and choices."""

    components: list[tuple[Json, Json]] = field(default_factory=list)
    forms: list[Json] = field(default_factory=list)
    fields: dict[str, Json] = field(default_factory=dict)
    choices: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)


class Acting:
    """Makes acts, at random but from what is known: of both servers, and of what the bot has shown."""

    def __init__(self, town: Town, rows: dict[str, list[int]], commands: Sequence[Command]) -> None:
        self.town = town
        self.seen = Seen()
        self.drawn: Sequence[str] = ()
        self.commands = commands
        self.known: Mapping[str, Sequence[str]] = words.known(town, rows)

    # -- where

    def channel(self, random: Random, who: Who) -> int:
        """A channel where somebody can be: mostly the check-in channel, for outsiders direct messages."""
        user, here = self.town.people[who], self.town.here
        if who in OUTSIDE or random.random() < 0.15:
            return self.town.standin.direct_channel(user)
        places = (here.channel, here.channel, here.channel, here.office, here.thread, self.town.bare.channel)
        return random.choice(places)

    # -- commands

    def command(self, random: Random, who: Who, command: Command, *, sound: bool = False) -> Act:
        """Use a command; a sound use is as a client would let it through, and another may lack anything."""
        options = []
        for option in command.options:
            if random.random() < (0.0 if option.get("required") else 0.4):
                continue
            value = self._value(random, command, option)
            kind = option["type"]
            if not sound and random.random() < 0.04:
                continue
            if not sound and random.random() < 0.04:
                kind, value = random.choice(
                    ((3, "text"), (4, 7), (5, True), (6, str(BOT_ID)), (10, 0.5), (11, "1"))
                )
            options.append({"name": option["name"], "type": kind, "value": value})
        if not sound and random.random() < 0.03:
            options.append({"name": "unknown", "type": 3, "value": "x"})
        data = command.data(options)
        if not sound and random.random() < 0.03:
            data = {"id": "1", "name": random.choice(("unknown", command.words[0])), "type": 1}
            data["options"] = random.choice(([], [{"name": "unknown", "type": 1, "options": []}]))
        channel = self.channel(random, who)
        self._resolve(random, data, channel, options)
        return self._act(random, command.name, who, asks.COMMAND, channel, data)

    def _resolve(self, random: Random, data: Json, channel: int, options: Sequence[Json]) -> None:
        given = [(each["type"], int(each["value"])) for each in options if each["type"] in (6, 7, 8)]
        found = asks.resolved(self.town.standin.world, channel, given) if random.random() < 0.95 else {}
        files = [each for each in options if each["type"] == 11]
        if files:
            found["attachments"] = {
                str(each["value"]): self._file(random, str(each["value"])) for each in files
            }
        if found:
            data["resolved"] = found

    def _file(self, random: Random, number: str) -> Json:
        world = self.town.standin.world
        name = random.choice(("own.csv", "own.toml", "own.exe", "own", "\u202eslx.csv", "a" * 200 + ".csv"))
        content = random.choice(FILES)
        world.files[int(number)] = content
        size = random.choice((len(content), len(content), 0, 2**40))
        there = random.choice((number, number, "404"))
        url = f"{world.base_url}/attachments/1/{there}/own.csv"
        return {"id": number, "filename": name, "size": size, "url": url, "proxy_url": url}

    def _value(self, random: Random, command: Command, option: Json) -> Any:
        offered = self.seen.choices.get((command.name, option["name"]))
        if offered and random.random() < 0.5:
            return random.choice(offered)
        if option["type"] == 11:
            return str(random.randrange(1, 50))
        value = words.value_of(random, self.town, option, self.drawn)
        return str(value) if option["type"] in (6, 7, 8) else value

    def complete(
        self, random: Random, who: Who, command: Command, option: Json, *, sound: bool = False
    ) -> Act:
        """Type into an option."""
        typed: Any = "" if sound and random.random() < 0.5 else words.text(random, self.town, self.drawn)
        if option["type"] == 4 and random.random() < 0.5:
            typed = random.choice(words.NUMBERS)
        options = [{"name": option["name"], "type": option["type"], "value": typed, "focused": True}]
        for other in command.options:
            if other is not option and random.random() < 0.4:
                value = self._value(random, command, other)
                options.append({"name": other["name"], "type": other["type"], "value": value})
        if not sound and random.random() < 0.05:
            del options[0]["focused"]
        what = f"{command.name} {option['name']}"
        data = command.data(options)
        return self._act(random, what, who, asks.AUTOCOMPLETE, self.channel(random, who), data)

    # -- buttons and selects

    def press(self, random: Random, who: Who, item: Item, *, sound: bool = False) -> Act:
        """Press a button or use a select with a custom id that its pattern takes, under a made-up message."""
        custom_id = spelled(item.pattern, random, self._known(), full=random.random())
        kind = item.component if sound or random.random() < 0.97 else random.choice((2, 3, 5, 6, 8))
        values = self._values(random, kind, [], sound=sound)
        return self._pressed(random, who, item.name, custom_id, kind, values, sound=sound)

    def outdated(self, random: Random, who: Who) -> Act:
        """Press something of another version, or that never was."""
        base = (
            random.choice(self.seen.components)[0]["custom_id"] if self.seen.components else "poll:vote:v1:1"
        )
        custom_id = random.choice(
            (
                base.replace(":v1", ":v0"),
                base.replace(":v1", ":v2"),
                base + ":",
                base + "\n",
                ":" + base,
                "x",
                "a" * 100,
            )
        )
        return self._pressed(random, who, "what is not known any more", custom_id[:100], BUTTON, [])

    def again(self, random: Random, who: Who) -> Act | None:
        """Press what the bot has shown to anybody, where it was shown or elsewhere, with any value."""
        if not self.seen.components:
            return None
        component, message = random.choice(self.seen.components)
        kind, offered = component["type"], [each["value"] for each in component.get("options") or []]
        values = self._values(random, kind, offered)
        if random.random() < 0.5:
            return self._pressed(random, who, "pressed again", component["custom_id"], kind, values)
        channel = self.town.standin.world.channels.get(int(message["channel_id"]))
        if channel is None or (channel.guild_id is None) != (who in OUTSIDE):
            return None
        data = self._component_data(random, component["custom_id"], kind, values, channel.id)
        return self._act(random, "pressed again where it was", who, asks.COMPONENT, channel.id, data, message)

    def _pressed(
        self,
        random: Random,
        who: Who,
        what: str,
        custom_id: str,
        kind: int,
        values: Sequence[str],
        *,
        sound: bool = False,
    ) -> Act:
        channel = self.channel(random, who)
        data = self._component_data(random, custom_id, kind, values, channel)
        message: Json | None = self._message(random, channel, custom_id, kind)
        if not sound and random.random() < 0.04:
            message = random.choice((None, self._message(random, channel, "other", BUTTON)))
        return self._act(random, what, who, asks.COMPONENT, channel, data, message)

    def _component_data(
        self, random: Random, custom_id: str, kind: int, values: Sequence[str], channel: int
    ) -> Json:
        data: Json = {"custom_id": custom_id, "component_type": kind, "id": 2}
        if kind != BUTTON:
            data["values"] = list(values)
        if kind in (USER_SELECT, CHANNEL_SELECT, 6):
            of = {USER_SELECT: 6, CHANNEL_SELECT: 7, 6: 8}[kind]
            data["resolved"] = asks.resolved(
                self.town.standin.world, channel, [(of, int(value)) for value in values if value.isdecimal()]
            )
        return data

    def _values(self, random: Random, kind: int, offered: Sequence[str], *, sound: bool = False) -> list[str]:
        town = self.town
        match kind:
            case 5:
                every = [str(user) for user in (*town.people.values(), *town.theirs, town.bait, BOT_ID)]
            case 8:
                every = [
                    str(one) for place in (town.here, town.there) for one in (place.channel, place.thread)
                ]
            case 6:
                every = [str(town.here.role), str(town.there.role)]
            case _:
                every = [*self.known[""], *words.EXTREME, *words.USUAL, "leads", "learn", "0", "9"]
                every = [each[:100] for each in every]
                if offered and (sound or random.random() < 0.6):
                    every = list(offered)
        count = 1 if sound or random.random() < 0.7 else random.choice((0, 2, 3, 25))
        return [random.choice(every) for _ in range(count)]

    def _message(self, random: Random, channel: int, custom_id: str, kind: int) -> Json:
        world = self.town.standin.world
        component: Json = {"type": kind, "id": 2, "custom_id": custom_id}
        if kind == BUTTON:
            component |= {"style": 2, "label": "Pressed"}
        elif kind == STRING_SELECT:
            component |= {"options": [{"label": "One", "value": "1"}], "min_values": 0, "max_values": 1}
        message: Json = {"id": str(world.snowflake()), "channel_id": str(channel), "author": world.bot}
        message |= {"content": "", "timestamp": world.timestamp(), "edited_timestamp": None, "tts": False}
        message |= {"mentions": [], "mention_roles": [], "mention_everyone": False, "attachments": []}
        message |= {"embeds": [], "pinned": False, "type": 0, "flags": random.choice((0, EPHEMERAL))}
        return message | {"components": [{"type": 1, "id": 1, "components": [component]}]}

    # -- forms

    def form(self, random: Random, who: Who, form: FormOf, *, sound: bool = False) -> Act:
        """Send a form that the bot did not open, with a custom id that its pattern takes."""
        custom_id = spelled(form.pattern, random, self._known(), full=random.random())
        opened = [each for each in self.seen.forms if form.pattern.fullmatch(each["custom_id"])]
        if opened:
            # Not what was filled in already: it may be somebody else's, who alone knows it.
            fields = [
                {name: value for name, value in each["component"].items() if name != "value"}
                for each in random.choice(opened)["components"]
                if "component" in each
            ]
        else:
            fields = [{"type": TEXT_INPUT, "custom_id": name} for name in ("done", "link", "title", "text")]
        return self._sent(random, who, form.name, custom_id, fields, sound=sound)

    def answered(self, random: Random, who: Who, opened: Json, channel: int) -> Act:
        """Send a form that the bot has opened, filled in with anything."""
        fields = [each["component"] for each in opened["components"] if "component" in each]
        act = self._sent(random, who, "form as opened", opened["custom_id"], fields)
        act.ask.channel_id, act.ask.guild_id = channel, self.town.standin.world.channel(channel).guild_id
        return act

    def _sent(
        self,
        random: Random,
        who: Who,
        what: str,
        custom_id: str,
        fields: Sequence[Json],
        *,
        sound: bool = False,
    ) -> Act:
        channel = self.channel(random, who)
        filled = [self._filled(random, one, usual=sound) for one in fields]
        if not sound and random.random() < 0.06 and filled:
            filled.pop(random.randrange(len(filled)))
        if not sound and random.random() < 0.06:
            filled.append(
                {"type": TEXT_INPUT, "id": 99, "custom_id": random.choice(("extra", "done")), "value": "x"}
            )
        components = [{"type": 18, "id": 50 + number, "component": one} for number, one in enumerate(filled)]
        data = {"custom_id": custom_id, "components": components}
        message = self._message(random, channel, "other", BUTTON) if random.random() < 0.7 else None
        return self._act(random, what, who, asks.MODAL_SUBMIT, channel, data, message)

    def _filled(self, random: Random, one: Json, *, usual: bool) -> Json:
        kind, name = one["type"], one["custom_id"]
        base: Json = {"type": kind, "id": one.get("id", 7), "custom_id": name}
        offered = [each["value"] for each in one.get("options") or []]
        if kind == TEXT_INPUT:
            keeps = random.random() < 0.4 and one.get("value")
            typed = one["value"] if keeps else words.text(random, self.town, self.drawn)
            if usual:
                typed = random.choice(words.USUAL)
            longest = 4000 if random.random() < 0.05 else one.get("max_length") or 4000
            return base | {"value": typed[:longest]}
        if kind == 23:
            return base | {"value": random.choice((True, False))}
        chosen = self._values(random, STRING_SELECT, offered, sound=usual)
        if kind == 21:
            return base | {"value": chosen[0] if chosen else None}
        return base | {"values": chosen}

    # -- both

    def _known(self) -> Mapping[str, Sequence[str]]:
        return {**self.known, "draft": self.seen.drafts or ["0" * 16]}

    def _act(
        self,
        random: Random,
        what: str,
        who: Who,
        kind: int,
        channel: int,
        data: Json,
        message: Json | None = None,
    ) -> Act:
        world = self.town.standin.world
        locale = random.choice(LANGUAGES)
        return Act(what, who, asks.raw(world, kind, channel, self.town.people[who], data, message, locale))


FILES = (
    b"",
    b"\x00\xff\xfe",
    b"title,address\n",
    b'title,address\n"unclosed',
    b"title = [[",
    b"\xef\xbb\xbftitle,address\r\nA,javascript:alert(1)\r\n",
    b"a," * 50_000,
    "title,address,good_for\n@everyone,https://a.example/\u202e,=1+1\n".encode(),
    "title,address\nÄ,x\n".encode("latin-1"),
)
"""Files that a curator may bring; of the kinds that are asked for, and of none."""
