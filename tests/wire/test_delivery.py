"""What becomes due while the real process is away, or while two of them run, is posted exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from bot.checkins.pings import MENTIONS_IN_A_MESSAGE
from tests.wire.database_file import A_WHILE, deliveries, make_due, plan_pings, query
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn


async def test_a_prompt_that_became_due_while_the_bot_was_away_comes_once(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.plan()
    await bot.stop()
    make_due(bots.database, "prompt", server.guild)

    for _ in range(2):
        bot = await bots.start()
        prompt = await server.wait_for("prompt")
        await server.settle()
        await bot.stop()
        assert server.posted("prompt") == [prompt]
        assert deliveries(bots.database, "prompt", server.guild) == [("sent", None, prompt["id"])]


async def test_what_is_too_late_or_for_nobody_is_not_posted_and_the_reason_is_kept(
    bots: Bots, standin: StandIn
) -> None:
    late, nobody, in_time = (StudyServer(standin, name) for name in ("Late", "Nobody", "In time"))
    bot = await bots.start()
    for server in (late, nobody, in_time):
        await server.set_up()
    await late.plan()
    await in_time.plan()
    await bot.stop()
    make_due(bots.database, "prompt", late.guild, ago=timedelta(hours=23))
    make_due(bots.database, "prompt", nobody.guild)
    make_due(bots.database, "prompt", in_time.guild)

    await bots.start()
    await in_time.wait_for("prompt")
    await in_time.settle()
    assert late.posted("prompt") == nobody.posted("prompt") == []
    assert deliveries(bots.database, "prompt", late.guild)[0] == ("skipped", "too late", None)
    (skipped,) = deliveries(bots.database, "prompt", nobody.guild)
    assert skipped == ("skipped", "nobody has a routine, or all are away", None)


async def test_a_ping_mentions_those_who_asked_and_have_not_checked_in(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    asked, done, quiet = server.member, standin.add_member(server.guild), standin.add_member(server.guild)
    await server.plan(asked, ping=True)
    await server.plan(done, ping=True)
    await server.plan(quiet, ping=False)
    await server.check_in("wrote a parser", done)
    await server.wait_for("card")
    make_due(bots.database, "ping", server.guild)
    ping = await server.wait_for("ping")
    assert [user["id"] for user in ping["mentions"]] == [str(asked)]
    await server.settle()
    assert server.posted("ping") == [ping]


async def test_a_server_where_sending_takes_long_keeps_no_other_waiting(bots: Bots, standin: StandIn) -> None:
    slow, other = StudyServer(standin, "Slow"), StudyServer(standin, "Other")
    await bots.start()
    for server in (slow, other):
        await server.set_up()
        await server.plan()
    hold = standin.faults.hold("POST", f"/channels/{slow.channel}/messages")
    make_due(bots.database, "prompt", slow.guild)
    await hold.reached()
    make_due(bots.database, "prompt", other.guild)
    await other.wait_for("prompt")
    hold.release()
    await slow.wait_for("prompt")


async def test_a_round_that_the_database_refuses_leaves_no_server_behind(
    bots: Bots, standin: StandIn
) -> None:
    """As when the disk is full for a while: what was claimed in that round is claimed again."""
    first, second = StudyServer(standin, "Has a prompt"), StudyServer(standin, "Nobody has a routine")
    bot = await bots.start()
    bots.expect_outcries()
    for server in (first, second):
        await server.set_up()
    await first.plan()
    query(
        bots.database,
        """
        create trigger full before update on delivery when new.state = 'skipped'
        begin select raise(abort, 'database or disk is full'); end
        """,
    )
    make_due(bots.database, "prompt", first.guild, second.guild)
    await bot.line("the job outbox failed")
    query(bots.database, "drop trigger full")
    await first.wait_for("prompt")
    await first.settle()
    assert deliveries(bots.database, "prompt", second.guild) == [
        ("skipped", "nobody has a routine, or all are away", None)
    ]


async def test_everybody_who_is_due_at_one_minute_is_mentioned_once_however_many_they_are(
    bots: Bots, standin: StandIn
) -> None:
    """Two servers with 490 and 100 pings: more than are claimed in one go, and the second is cut in two."""
    servers = {StudyServer(standin, "Large"): 490, StudyServer(standin, "Small"): 100}
    members = {server: [standin.add_member(server.guild) for _ in range(n)] for server, n in servers.items()}
    bot = await bots.start()
    for server in servers:
        await server.set_up()
    await bot.stop()
    moment = datetime.now(UTC) - A_WHILE
    for server, users in members.items():
        plan_pings(bots.database, server.guild, server.zone, users, moment)

    bot = await bots.start()
    for server, users in members.items():
        await server.wait_for("ping", ceil(len(users) / MENTIONS_IN_A_MESSAGE), timeout=20)
        await server.settle()
    await bot.stop()
    for server, users in members.items():
        mentioned = Counter(int(user["id"]) for ping in server.posted("ping") for user in ping["mentions"])
        assert mentioned == Counter(users)
