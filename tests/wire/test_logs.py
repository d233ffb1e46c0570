"""What members write is in no log, however much is logged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.wire.standin import BOT_ID

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import StudyServer

WORD = "quetzalcoatlus"


@pytest.mark.parametrize("log_format", ["lines", "json"])
async def test_what_members_write_is_never_logged_in_any_format(
    bots: Bots, standin: StandIn, server: StudyServer, log_format: str
) -> None:
    bot = await bots.start(LOG_LEVEL="debug", LOG_FORMAT=log_format)
    bots.expect_outcries()
    await server.set_up()
    await server.check_in(f"wrote {WORD}", next=WORD, blocked=WORD)
    await server.wait_for("card")
    # Where things go wrong, too: for the member, for the bot, and for Discord.
    await server.check_in(f"changed {WORD}", minutes=WORD[:20])
    await standin.slash(server.channel, server.member, "routine set", {"zone": WORD, "days": WORD})
    await standin.autocomplete(server.channel, server.member, "routine set", "zone", WORD)
    form = await standin.slash(server.channel, server.member, "checkin")
    standin.faults.fail("POST", "/interactions/*/callback", status=403)
    await standin.submit_modal(form, {"done": f"and again {WORD}"})
    standin.faults.fail("PATCH", f"/channels/{server.channel}/messages/*", status=400)
    await server.catch_up(bots.database)
    for user in (server.member, server.admin):
        standin.say(server.office, user, f"<@{BOT_ID}> {WORD}")
    await server.ask("status")
    await bot.stop()
    assert [line for line in bot.lines if WORD in line] == []
    assert standin.token not in "\n".join(bot.lines)
    if log_format == "json":
        assert {json.loads(line)["logger"].split(".")[0] for line in bot.lines} >= {"bot", "cogs", "discord"}
