"""What is due is claimed once, whatever else is due and whoever else claims."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.checkins.deliveries import KINDS
from bot.delivery import due, outbox
from bot.delivery.composed import Composed, OneMessage
from bot.delivery.service import Delivery
from bot.errors import TryLater
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import ADA, BEN, CLEO, GUILD, Study

MONDAY, TUESDAY, WEDNESDAY = date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)


async def test_two_processes_that_claim_at_the_same_time_claim_each_row_once(
    study: Study, database_path: Path, clock: ManualClock
) -> None:
    for member in range(101, 161):
        await study.plan(member)
    clock.advance(hours=2)
    others = [await Services.open(database_path, clock, openings_every=None) for _ in range(2)]
    try:
        await asyncio.gather(*(each.delivery.claim_due() for each in (study.services, *others)))
        await asyncio.gather(
            *(each.delivery.send_outstanding(study.messenger) for each in (study.services, *others))
        )
    finally:
        for other in others:
            await other.close()
    assert len(await study.outbox("ping")) == 60
    assert study.messenger.pinged() == list(range(101, 161))
    assert len(study.messenger.called("send")) == 2, "one prompt and one ping"


async def test_a_message_that_one_process_is_sending_is_left_alone_by_another(
    study: Study, database_path: Path, clock: ManualClock
) -> None:
    await study.plan(ADA)
    clock.advance(hours=1)
    release = study.messenger.hold(GUILD)
    first = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    other = await Services.open(database_path, clock, openings_every=None)
    try:
        assert await other.delivery.tick(study.messenger) == 0
    finally:
        await other.close()
    release.set()
    assert await first == 1
    assert len(study.messenger.called("send")) == 1


@pytest.mark.parametrize(
    "damage",
    [
        "update due set zone = 'Mars/Olympus_Mons' where user_id = ?",
        "update due set kind = 'horoscope' where user_id = ?",
        "update due set at = 'noonish' where user_id = ?",
        "update due set local_day = 'yesterday' where user_id = ?",
    ],
    ids=["a zone that does not load", "an unknown kind", "a time that is none", "a day that is none"],
)
async def test_a_bad_row_is_put_off_for_a_day_and_logged_and_does_not_stop_the_others(
    study: Study, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    for member in (ADA, BEN, CLEO):
        await study.plan(member)
    await study.execute(damage, BEN)
    with caplog.at_level(logging.ERROR):
        await study.tick_at("09:30")
    assert study.messenger.pinged() == [ADA, CLEO]
    assert [record for record in caplog.records if "put off for a day" in record.getMessage()]
    caplog.clear()
    with caplog.at_level(logging.ERROR):
        await study.tick_at("23:00")
    assert not caplog.records, "it is not tried again on the same day"
    with caplog.at_level(logging.ERROR):
        await study.tick_at("09:30", TUESDAY)
    assert study.messenger.pinged() == [ADA, ADA, CLEO, CLEO]
    assert [record for record in caplog.records if "put off for a day" in record.getMessage()]


async def test_a_row_that_has_been_mended_is_due_again(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    await study.plan(ADA)
    await study.execute("update due set zone = 'Mars/Olympus_Mons' where user_id = ?", ADA)
    with caplog.at_level(logging.CRITICAL):
        await study.tick_at("09:30")
    await study.execute("update due set zone = 'UTC' where user_id = ?", ADA)
    await study.tick_at("09:31", TUESDAY)
    await study.tick_at("09:30", WEDNESDAY)
    assert study.messenger.pinged(), "pings go on once the row is right again"


async def test_a_message_of_an_unknown_kind_in_the_outbox_is_skipped_and_does_not_stop_the_others(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    await study.plan(ADA)
    await study.plan(BEN, "09:40")
    study.messenger.fail("send", TryLater("Discord answered 500"), times=2)
    await study.tick_at("09:30")
    await study.execute("update delivery set kind = 'horoscope' where user_id = ?", ADA)
    with caplog.at_level(logging.ERROR):
        await study.tick_at("09:40")
    assert study.messenger.pinged() == [BEN]
    assert await study.fates("horoscope") == [("2026-05-04", "skipped", "it could not be composed")]
    assert "could not be composed" in caplog.text


async def test_more_than_can_be_claimed_at_once_are_all_claimed_in_one_round(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "CLAIMED_AT_ONCE", 50)
    members = list(range(1, 152))
    for number, member in enumerate(members):
        await study.plan(member, f"09:{number % 7:02}", zone="UTC")
    study.clock.advance(hours=2)
    await study.tick()
    assert study.messenger.pinged() == members
    assert len(study.messenger.pings) == 7, "one for each minute"


class Nothing(OneMessage):
    """A kind of which there is never anything to say."""

    def __init__(self) -> None:
        self.composed = 0

    def too_late_at(self, due: due.Due) -> datetime:
        return due.at + timedelta(days=1)

    def message_key(self, due: due.Due, part: int) -> str:
        return f"nothing:{due.guild_id}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[outbox.Delivery], now: datetime) -> Composed:
        self.composed += 1
        return Composed(None)


async def test_what_a_member_sends_in_waits_for_a_few_messages_only_to_be_composed(study: Study) -> None:
    kind = Nothing()
    delivery = Delivery(study.services.database, study.clock, {"nothing": kind}, openings_every=None)

    def put_one_for_each_server(db: sqlite3.Connection) -> None:
        now = study.clock.now()
        for guild in range(1, 101):
            of_server = due.Due("nothing", guild, 0, "UTC", MONDAY, now)
            outbox.put(db, of_server, kind.message_key(of_server, 0), kind.too_late_at(of_server), now)

    await study.services.database.write(put_one_for_each_server)
    round_ = asyncio.create_task(delivery.send_outstanding(study.messenger))
    await asyncio.sleep(0)
    composed_before_it = await study.services.database.write(lambda db: kind.composed)
    assert 0 < composed_before_it <= 10
    await round_
    assert kind.composed == 100


async def test_members_of_one_minute_who_are_claimed_in_two_goes_are_all_pinged(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claiming and sending are two jobs: with many due at once, one may send between two claims."""
    monkeypatch.setattr(due, "CLAIMED_AT_ONCE", 2)
    await study.set_up(prompt_at="23:00")
    for member in (ADA, BEN, CLEO):
        await study.plan(member)
    study.clock.advance(hours=1, minutes=30)
    for _ in range(2):
        await study.services.database.write(due.claim, KINDS, study.clock.now())
        await study.services.delivery.send_outstanding(study.messenger)
    assert study.messenger.pinged() == [ADA, BEN, CLEO]
    assert [fate for _, fate, _ in await study.fates("ping")] == ["sent"] * 3


async def test_members_of_one_minute_who_are_claimed_after_a_lost_answer_are_pinged_too(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "CLAIMED_AT_ONCE", 2)
    await study.set_up(prompt_at="23:00")
    for member in (ADA, BEN, CLEO):
        await study.plan(member)
    study.clock.advance(hours=1, minutes=30)
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.services.database.write(due.claim, KINDS, study.clock.now())
    await study.services.delivery.send_outstanding(study.messenger)
    for _ in range(5):
        await study.tick()
        study.clock.advance(minutes=1)
    assert study.messenger.pinged() == [ADA, BEN, CLEO]


async def test_a_time_moved_back_by_an_edit_does_not_ping_twice_on_one_local_day(study: Study) -> None:
    await study.plan(ADA, "09:30")
    await study.tick_at("09:30")
    assert study.messenger.pinged() == [ADA]
    planned = await study.plan(ADA, "15:00")
    assert planned.next_ping is not None
    assert planned.next_ping.day == TUESDAY
    await study.tick_at("15:00")
    assert study.messenger.pinged() == [ADA]
    await study.tick_at("15:00", TUESDAY)
    assert study.messenger.pinged() == [ADA, ADA]


async def test_a_local_day_is_put_into_the_outbox_once_whatever_the_due_table_says(study: Study) -> None:
    await study.plan(ADA, "09:30")
    await study.tick_at("09:30")
    for at in ("10:00", "11:00"):
        await study.execute("update due set due_at = due_at - 84600, local_day = '2026-05-04'")
        await study.tick_at(at)
    assert study.messenger.pinged() == [ADA]
    assert len(study.messenger.prompts) == 1
    assert len(await study.outbox("ping")) == 1


async def test_a_row_that_comes_late_to_a_minute_whose_message_is_out_gets_a_message_of_its_own(
    study: Study,
) -> None:
    await study.plan(ADA, "09:30")
    await study.plan(BEN, "09:40")
    await study.tick_at("09:30")
    await study.execute("update due set due_at = due_at - 600 where user_id = ?", BEN)
    await study.tick_at("09:31")
    assert study.messenger.pinged() == [ADA, BEN]
    assert len(study.messenger.pings) == 2


async def test_a_prompt_moved_back_by_an_edit_is_not_posted_twice_on_one_local_day(study: Study) -> None:
    await study.plan(ADA, ping=False)
    await study.tick_at("09:00")
    await study.set_up(prompt_at="20:00")
    await study.tick_at("20:00")
    assert len(study.messenger.prompts) == 1
    await study.tick_at("20:00", TUESDAY)
    assert len(study.messenger.prompts) == 2


async def test_stopping_and_planning_again_does_not_ping_twice_on_one_local_day(study: Study) -> None:
    await study.plan(ADA, "09:30")
    await study.tick_at("09:30")
    await study.services.routines.stop(GUILD, ADA)
    await study.plan(ADA, "12:00", ping=True)
    await study.tick_at("12:00")
    assert study.messenger.pinged() == [ADA]


async def test_a_member_who_flies_across_the_date_line_is_pinged_once_for_each_local_day(
    study: Study,
) -> None:
    await study.plan(ADA, "09:30", zone="Pacific/Kiritimati")
    study.clock.advance(hours=12)
    await study.tick()
    assert [row.day for row in await study.outbox("ping")] == ["2026-05-05"]
    await study.plan(ADA, "09:30", zone="Pacific/Honolulu")
    for _ in range(72):
        study.clock.advance(hours=1)
        await study.tick()
    days = [row.day for row in await study.outbox("ping")]
    assert days == ["2026-05-05", "2026-05-06", "2026-05-07"]
    assert study.messenger.pinged() == [ADA] * 3


async def test_only_the_chosen_days_of_the_week_are_pinged(study: Study) -> None:
    await study.plan(ADA, "09:30", days="mon, wed, sat")
    for step in range(14):
        await study.tick_at("09:30", MONDAY + timedelta(days=step))
    days = [row.day for row in await study.outbox("ping")]
    assert days == ["2026-05-04", "2026-05-06", "2026-05-09", "2026-05-11", "2026-05-13", "2026-05-16"]
    assert len(study.messenger.pinged()) == 6


async def test_pings_that_were_turned_off_end_and_the_routine_stays(study: Study) -> None:
    await study.plan(ADA)
    await study.plan(ADA, ping=False)
    await study.tick_at("09:30")
    assert study.messenger.pinged() == []
    assert len(study.messenger.prompts) == 1


async def test_a_member_who_stops_between_claim_and_send_is_not_pinged(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.plan(ADA)
    await study.plan(BEN)
    study.clock.advance(hours=1, minutes=30)
    messenger.fail("send", TryLater("Discord answered 503"), times=2)
    await study.tick()
    await study.services.routines.stop(GUILD, ADA)
    for _ in range(5):
        study.clock.advance(minutes=1)
        await study.tick()
    assert messenger.pinged() == [BEN]


async def test_a_member_who_turns_pings_off_between_claim_and_send_is_not_pinged(study: Study) -> None:
    await study.plan(ADA)
    study.clock.advance(hours=1, minutes=30)
    study.messenger.fail("send", TryLater("Discord answered 503"), times=2)
    await study.tick()
    await study.plan(ADA, ping=False)
    for _ in range(5):
        study.clock.advance(minutes=1)
        await study.tick()
    assert study.messenger.pinged() == []


async def test_a_prompt_is_not_posted_when_the_last_routine_ends_between_claim_and_send(study: Study) -> None:
    await study.plan(ADA)
    study.clock.advance(hours=1)
    study.messenger.fail("send", TryLater("Discord answered 503"))
    await study.tick()
    await study.services.routines.stop(GUILD, ADA)
    study.clock.advance(minutes=1)
    await study.tick()
    assert study.messenger.messages == {}
    assert await study.fates("prompt") == [("2026-05-04", "skipped", "nobody has a routine, or all are away")]


async def test_an_edit_in_the_moment_between_being_due_and_being_claimed_does_not_lose_the_ping(
    study: Study,
) -> None:
    await study.plan(ADA, "09:30")
    study.clock.advance(hours=1, minutes=30, seconds=3)
    await study.plan(ADA, "09:30", days="mon-fri")
    await study.tick()
    assert study.messenger.pinged() == [ADA]
