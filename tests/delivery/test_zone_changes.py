"""A country changes its clocks at short notice: no local day goes without its pings, and none has two."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.delivery import zone_changes
from tests.delivery.study import ADA, BEN, CLEO, GUILD
from tests.made_zones import make_zone, zones_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.clocks import ManualClock
    from tests.delivery.study import Study

ZONE = "Europe/Berlin"
HOUR = timedelta(hours=1)
ONE, THREE, LESS_TEN, LESS_EIGHT, FOURTEEN = "<+01>-1", "<+03>-3", "<-10>10", "<-08>8", "<+14>-14"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "zones"
    make_zone(folder, ZONE, ONE)
    with zones_from(folder):
        yield folder


async def planned(study: Study, user_id: int) -> datetime:
    found = await study.services.routines.find(GUILD, user_id)
    assert found.next_ping is not None
    return found.next_ping.at


async def live(study: Study, clock: ManualClock, hours: float) -> None:
    """Tick every ten minutes."""
    for _ in range(round(hours * 6)):
        await study.tick()
        clock.advance(minutes=10)


async def said(study: Study) -> dict[str, datetime]:
    """When each local day's ping was sent; it fails where one is there twice or was not sent."""
    found = {}
    for user, row in ((row.user_id, row) for row in await study.outbox("ping")):
        assert (user, row.state) == (ADA, "sent")
        assert row.day not in found
        (found[row.day],) = [ping.sent_at for ping in study.messenger.pings if ping.id == row.message_id]
    return found


@pytest.mark.parametrize(
    ("before", "after"), [(ONE, THREE), (THREE, ONE), (FOURTEEN, LESS_TEN), (LESS_TEN, LESS_EIGHT)]
)
@pytest.mark.parametrize("hour", range(0, 24, 5))
async def test_every_local_day_is_pinged_once_when_the_rules_change(
    study: Study, clock: ManualClock, folder: Path, before: str, after: str, hour: int
) -> None:
    make_zone(folder, ZONE, before)
    await study.services.zone_changes.look()
    await study.plan(ADA, "10:00", zone=ZONE)
    await live(study, clock, 48 + hour)
    make_zone(folder, ZONE, after)
    await study.services.zone_changes.look()
    await live(study, clock, 72)
    days = sorted(await said(study))
    first, last = (datetime.fromisoformat(days[end]) for end in (0, -1))
    assert len(days) == (last - first).days + 1 >= 4
    # From the second day after the change on it is ten o'clock by the new rules.
    sent = await said(study)
    assert {at.astimezone(ZoneInfo(ZONE)).time() for at in [sent[day] for day in days][-2:]} == {time(10)}
    for one, next_one in pairwise(sent[day] for day in days):
        assert one < next_one


async def test_what_is_planned_moves_with_the_rules_of_its_zone_and_nothing_else_does(
    study: Study, folder: Path
) -> None:
    await study.plan(ADA, "10:00", zone=ZONE)
    await study.plan(BEN, "10:00", zone="Asia/Tokyo")
    berlin, tokyo = await planned(study, ADA), await planned(study, BEN)
    await study.services.zone_changes.look()
    assert await study.services.zone_changes.look() == 0
    make_zone(folder, ZONE, THREE)
    assert await study.services.zone_changes.look() == 1
    assert (await planned(study, ADA), await planned(study, BEN)) == (berlin - 2 * HOUR, tokyo)
    assert await study.services.zone_changes.look() == 0


async def test_a_start_notices_what_changed_while_the_bot_was_away(study: Study, folder: Path) -> None:
    await study.plan(ADA, "10:00", zone=ZONE)
    before = await planned(study, ADA)
    await study.services.zone_changes.look()
    with zones_from(folder):
        make_zone(folder, ZONE, THREE)
        # The bot of the next start has read nothing yet.
        assert await zone_changes.ZoneChanges(study.services.database).look() == 1
        assert await planned(study, ADA) == before - 2 * HOUR


async def test_who_comes_to_a_zone_after_a_change_is_reckoned_with_by_the_new_rules(
    study: Study, folder: Path
) -> None:
    await study.plan(ADA, "10:00", zone="Asia/Tokyo")
    await study.services.zone_changes.look()
    # Somebody has looked at a clock there.
    assert datetime(2026, 5, 4, tzinfo=UTC).astimezone(ZoneInfo(ZONE)).hour == 1
    make_zone(folder, ZONE, THREE)
    await study.plan(BEN, "10:00", zone=ZONE)
    await study.services.zone_changes.look()
    assert await planned(study, BEN) == datetime(2026, 5, 4, 7, tzinfo=UTC)


async def test_the_first_zone_of_all_is_reckoned_with_by_the_new_rules(study: Study, folder: Path) -> None:
    # As before anybody has set anything up.
    await study.execute("delete from due")
    assert await study.services.zone_changes.look() == 0
    await study.plan(ADA, "10:00", zone=ZONE)
    before = await planned(study, ADA)
    make_zone(folder, ZONE, THREE)
    assert await study.services.zone_changes.look() == 1
    assert await planned(study, ADA) == before - 2 * HOUR


async def test_it_looks_through_everything_bit_by_bit(
    study: Study, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zone_changes, "AT_ONCE", 2)
    members = range(1001, 1008)
    for member in members:
        await study.plan(member, "10:00", zone=ZONE)
    before = {member: await planned(study, member) for member in members}
    await study.services.zone_changes.look()
    make_zone(folder, ZONE, THREE)
    assert await study.services.zone_changes.look() == len(members)
    assert {member: await planned(study, member) for member in members} == {
        member: at - 2 * HOUR for member, at in before.items()
    }


async def test_a_zone_that_is_gone_stops_only_those_who_live_by_it_until_it_is_back(
    study: Study, clock: ManualClock, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_zone(folder, "Made/Up", ONE)
    await study.services.zone_changes.look()
    await study.plan(CLEO, "10:00")
    await study.execute("update due set zone = 'Made/Up' where user_id = ? and kind = 'ping'", CLEO)
    await study.plan(ADA, "10:00", zone=ZONE)
    await study.services.zone_changes.look()
    (folder / "Made" / "Up").unlink()
    await study.services.zone_changes.look()
    assert "knows no Made/Up" in caplog.text
    await live(study, clock, 48)
    assert {row.user_id for row in await study.outbox("ping")} == {ADA}

    make_zone(folder, "Made/Up", ONE)
    await study.services.zone_changes.look()
    await live(study, clock, 24)
    mine = [row for row in await study.outbox("ping") if row.user_id == CLEO and row.state == "sent"]
    assert len(mine) == 1
