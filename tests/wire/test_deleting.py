"""A deleted check-in takes its card along, also when the process is killed over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wire.database_file import checkins, deliveries, hurry, make_due

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.standin.faults import When
    from tests.wire.study_server import StudyServer

DELETED = ("skipped", "the check-in was deleted", None)


async def test_deleting_a_check_in_deletes_its_card_and_takes_the_name_from_the_prompt(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    await server.plan()
    make_due(bots.database, "prompt", server.guild)
    prompt = await server.wait_for("prompt")
    await server.check_in("wrote a parser")
    await server.wait_for("card")
    await server.catch_up(bots.database)
    assert str(server.member) in prompt["content"]

    await server.delete_check_in()
    assert checkins(bots.database, server.guild) == {}
    await server.catch_up(bots.database)
    assert server.posted("card") == []
    assert str(server.member) not in prompt["content"]
    assert deliveries(bots.database, "card", server.guild) == [DELETED]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_a_card_is_being_deleted(
    bots: Bots, standin: StandIn, server: StudyServer, when: When
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.check_in("wrote a parser")
    card = await server.wait_for("card")
    await server.catch_up(bots.database)
    hold = standin.faults.hold("DELETE", f"/channels/{server.channel}/messages/{card['id']}", when=when)
    await server.delete_check_in()
    hurry(bots.database)
    await hold.reached()
    await bot.kill()
    hold.abandon()
    assert len(server.posted("card")) == (0 if when == "after" else 1)

    await bots.start()
    await server.catch_up(bots.database)
    assert server.posted("card") == []
    assert deliveries(bots.database, "card", server.guild) == [DELETED]


async def test_a_check_in_made_anew_while_its_card_is_being_deleted_has_one_card(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    await server.check_in("wrote a parser")
    card = await server.wait_for("card")
    await server.catch_up(bots.database)
    hold = standin.faults.hold("DELETE", f"/channels/{server.channel}/messages/{card['id']}", when="after")
    await server.delete_check_in()
    hurry(bots.database)
    await hold.reached()
    await server.check_in("wrote another")
    hold.release()
    await server.wait_for("card")
    await server.catch_up(bots.database)
    (anew,) = server.posted("card")
    assert anew["embeds"][0]["description"] == "wrote another"
    assert deliveries(bots.database, "card", server.guild) == [("sent", None, anew["id"])]


async def test_a_check_in_made_anew_after_a_kill_in_its_deletion_has_one_card(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.check_in("wrote a parser")
    card = await server.wait_for("card")
    await server.catch_up(bots.database)
    hold = standin.faults.hold("DELETE", f"/channels/{server.channel}/messages/{card['id']}", when="after")
    await server.delete_check_in()
    hurry(bots.database)
    await hold.reached()
    await server.check_in("wrote another")
    await bot.kill()
    hold.abandon()

    await bots.start()
    await server.catch_up(bots.database)
    (anew,) = server.posted("card")
    assert anew["embeds"][0]["description"] == "wrote another"
