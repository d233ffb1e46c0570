"""Everything the real process sends is as Discord describes it, and within Discord's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wire.bots import passed_limits
from tests.wire.database_file import make_due
from tests.wire.standin import Request

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import StudyServer


async def test_every_request_of_a_day_is_as_discord_describes_it(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    if not standin.validates:
        pytest.skip("the shared data has no discord/openapi.json to validate with")
    longest = "@everyone *" * 1000
    await bots.start()
    await server.set_up()
    await server.plan(ping=True)
    await standin.slash(server.channel, server.member, "routine show")
    make_due(bots.database, "ping", server.guild)
    await server.wait_for("ping")
    make_due(bots.database, "prompt", server.guild)
    prompt = await server.wait_for("prompt")
    form = await standin.click(prompt, "checkin:open:*", server.member)
    part = longest[:500]
    long = {"done": longest[:1500], "next": part, "blocked": part, "minutes": "1440"}
    await standin.submit_modal(form, long)
    await server.wait_for("card")
    await server.check_in(longest[1:1500], next=part, blocked=part, minutes="-5")
    await server.check_in("and more")
    await standin.slash(server.channel, server.member, "routine stop")
    await server.catch_up(bots.database)
    sent = [request for request in standin.requests if request.body is not None]
    kinds = {request.method for request in sent}, {str(request.status)[0] for request in sent}
    assert kinds == ({"PUT", "POST", "PATCH"}, {"2"})
    assert standin.violations == []


async def test_a_request_beyond_a_limit_would_be_noticed(standin: StandIn) -> None:
    too_long = Request(0.0, "POST", "/channels/1/messages", {"content": "x" * 2001}, 200)
    standin.requests.append(too_long)
    assert len(passed_limits(standin)) == 1
    standin.requests.clear()
