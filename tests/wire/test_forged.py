"""What no Discord would send: commands of another version, and presses of what was never offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.wire.database_file import query
from tests.wire.standin import asks

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wire.bots import Bots
    from tests.wire.standin import Interaction, StandIn
    from tests.wire.study_server import StudyServer

BUTTON, SELECT, ROLE_SELECT, CHANNEL_SELECT = 2, 3, 6, 8
OUTDATED_COMMAND, OUTDATED_BUTTON = "Restart Discord", "from an older version of me"


def option(name: str, kind: int, value: object) -> dict[str, Any]:
    return {"name": name, "type": kind, "value": value}


def under(words: str, *options: dict[str, Any]) -> dict[str, Any]:
    """The data of a command with its subcommand and these options."""
    name, _, inner = words.partition(" ")
    data: dict[str, Any] = {"id": "1", "name": name, "type": 1, "options": list(options)}
    return data | {"options": [{"name": inner, "type": 1, "options": list(options)}]} if inner else data


def said(answer: Interaction) -> str:
    return str((answer.message or {}).get("embeds"))


async def used(server: StudyServer, data: dict[str, Any]) -> Interaction:
    ask = asks.raw(server.standin.world, asks.COMMAND, server.channel, server.admin, data)
    return await server.standin.interactions.send(ask)


async def pressed(
    server: StudyServer,
    custom_id: str,
    values: list[str] | None = None,
    *,
    is_there: bool = True,
    kind: int | None = None,
) -> Interaction:
    """Press a button, or choose values in a select, under a message that has it or has another."""
    kind = kind or (BUTTON if values is None else SELECT)
    component: dict[str, Any] = {"type": kind, "id": 2, "custom_id": custom_id if is_there else "another"}
    component |= {"style": 2, "label": "Press"} if kind == BUTTON else {"options": []}
    posted = server.standin.say(server.channel, server.member, "A message")
    message = posted | {"components": [{"type": 1, "id": 1, "components": [component]}]}
    data = {"custom_id": custom_id, "component_type": kind, "id": 2}
    data |= {} if values is None else {"values": values, "resolved": {}}
    ask = asks.raw(server.standin.world, asks.COMPONENT, server.channel, server.member, data, message)
    return await server.standin.interactions.send(ask)


async def test_a_command_of_another_version_is_answered_kindly(bots: Bots, server: StudyServer) -> None:
    await bots.start()
    await server.set_up()
    for data in (
        under("unknown"),
        under("goal unknown"),
        under("goal"),
        under("goal set"),
        under("goal set", option("text", 4, 7)),
        under("goal set", option("text", 3, 7)),
        under("goal set", option("text", 3, "Ship it"), option("size", 3, "large")),
        under("week", option("which", 4, -(2**53))),
        under("week", option("which", 4, True)),
        under("resource find", option("query", 3, "python"), option("cost", 3, "a song")),
        under("setup", option("channel", 7, "5"), option("zone", 3, "Etc/UTC"), option("hour", 4, 9)),
        under("setup", option("hour", 4, 24)),
    ):
        assert OUTDATED_COMMAND in said(await used(server, data)), data
    good = under("goal set", option("text", 3, "Ship it"))
    assert OUTDATED_COMMAND not in said(await used(server, good))


async def test_a_channel_of_another_server_is_none_to_choose(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    foreign = standin.add_channel(standin.add_guild("Another school"), "theirs")
    data = under("setup", option("channel", 7, str(foreign)), option("hour", 4, 9))
    data["resolved"] = asks.resolved(standin.world, server.channel, [(7, foreign)])
    assert "I can't use that channel" in said(await used(server, data))


async def test_what_is_typed_into_an_option_that_is_gone_has_no_choices(
    bots: Bots, server: StudyServer
) -> None:
    await bots.start()
    data = under("goal drop", option("gone", 3, "x") | {"focused": True})
    ask = asks.raw(server.standin.world, asks.AUTOCOMPLETE, server.channel, server.member, data)
    answer = await server.standin.interactions.send(ask)
    assert (answer.type, answer.choices) == (8, [])


async def test_a_command_of_servers_has_no_choices_in_direct_messages(
    bots: Bots, server: StudyServer
) -> None:
    await bots.start()
    world, direct = server.standin.world, server.standin.direct_channel(server.member)
    for words, name in (("poll show", "poll"), ("routine pause", "from"), ("resource find", "query")):
        data = under(words, option(name, 3, "x") | {"focused": True})
        ask = asks.raw(world, asks.AUTOCOMPLETE, direct, server.member, data)
        answer = await server.standin.interactions.send(ask)
        assert (answer.type, answer.choices) == (8, [])


async def test_what_was_never_offered_is_answered_kindly(bots: Bots, server: StudyServer) -> None:
    await bots.start()
    await server.set_up()
    for custom_id, values in (
        ("lookback:week:v1:9999-12-31", None),
        ("lookback:week:v1:0001-01-01", None),
        ("leads:open:v1", ["0x10"]),
        ("leads:open:v1", ["9" * 30]),
        ("idea:open:v1", ["9" * 30]),
        ("leads:jobs:v1", ["٣"]),
        ("resource:kind:v1:show:-:tutorial", []),
        ("privacy:forget:v1:1:1:999999999999", None),
    ):
        assert OUTDATED_BUTTON in said(await pressed(server, custom_id, values)), (custom_id, values)
    assert OUTDATED_BUTTON in said(await pressed(server, "idea:list:v1:0", is_there=False))


async def test_a_component_of_another_kind_is_answered_kindly(bots: Bots, server: StudyServer) -> None:
    await bots.start()
    await server.set_up()
    for custom_id, kind, values in (
        ("leads:open:v1", BUTTON, None),
        ("leads:jobs:v1", CHANNEL_SELECT, ["1"]),
        ("poll:invite:v1:1", ROLE_SELECT, []),
        ("setup:first-channel:v1", CHANNEL_SELECT, []),
        ("setup:first-channel:v1", SELECT, ["1"]),
    ):
        answer = await pressed(server, custom_id, values, kind=kind)
        assert OUTDATED_BUTTON in said(answer), custom_id


async def test_a_press_without_its_message_is_answered(bots: Bots, server: StudyServer) -> None:
    await bots.start()
    data = {"custom_id": "idea:list:v1:0", "component_type": BUTTON, "id": 2}
    ask = asks.raw(server.standin.world, asks.COMPONENT, server.channel, server.member, data)
    assert OUTDATED_BUTTON in said(await server.standin.interactions.send(ask))


async def test_the_draft_of_another_form_opens_an_empty_one(bots: Bots, server: StudyServer) -> None:
    await bots.start()
    await server.set_up()
    searched = await server.standin.slash(
        server.channel, server.member, "leads search", {"words": "rust", "place": "nowhere at all"}
    )
    ids = [each["custom_id"] for row in (searched.message or {})["components"] for each in row["components"]]
    key = next(part for each in ids for part in each.split(":") if len(part) == 16)
    opened = await pressed(server, f"checkin:again:v1:{key}")
    assert opened.data["custom_id"].startswith("checkin:form:")


async def test_sundays_of_another_server_are_not_touched_from_here(
    bots: Bots, standin: StandIn, server: StudyServer, database_path: Path
) -> None:
    await bots.start()
    await server.set_up()
    other = standin.add_guild("Another school")
    await pressed(server, f"lookback:sundays:v1:on:{other}")
    rows = query(database_path, "select guild_id from preference where direct_weeks = 1")
    assert [tuple(row) for row in rows] == [(server.guild,)]
