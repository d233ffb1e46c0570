"""What watches found when Discord refuses it, the bot dies, or a member thinks otherwise meanwhile."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import TryLater, Undeliverable
from bot.services import Services
from bot.watches.deliveries import WatchPingContent
from bot.watches.rules import How
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import ADA, BEN, GUILD, Study
from tests.delivery.watching import (
    MONDAY,
    ON_SITE,
    OTHER,
    TUESDAY,
    new_for,
    ping_of,
    pinged,
    posted,
    set_lead_channel,
    told,
    watch,
)


@pytest.mark.parametrize("refused_at", ["opening", "sending"])
async def test_on_the_first_refusal_the_member_is_mentioned_and_told_so_and_only_mentioned_from_then_on(
    study: Study, refused_at: str
) -> None:
    await set_lead_channel(study)
    await watch(study, ADA, how=How.DIRECT)
    await watch(study, BEN)
    if refused_at == "opening":
        study.messenger.closed_to_direct.add(ADA)
    else:
        study.messenger.fail("send", Undeliverable("no mutual server"))
    await posted(study, 1)
    await study.tick_at("09:00")
    await study.tick_at("09:01")
    contents = [ping_of(message) for message in study.messenger.of(WatchPingContent)]
    assert WatchPingContent([ADA], [ADA]) in contents
    assert await new_for(study, ADA) == [1]
    preference = await study.services.preferences.find(GUILD, ADA)
    assert (preference.direct_leads, preference.direct_refused_on) == (False, MONDAY)
    asked = len(study.messenger.called("open_direct"))
    await posted(study, 2)
    await study.tick_at("09:00", TUESDAY)
    assert ping_of(study.messenger.of(WatchPingContent)[-1]) == WatchPingContent([ADA, BEN], [])
    assert len(study.messenger.called("open_direct")) == asked


async def test_a_message_that_arrived_before_its_answer_was_lost_is_not_sent_twice(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await watch(study, BEN)
    await posted(study, 1)
    study.messenger.fail("send", TryLater("no answer"), times=2, after_effect=True)
    await study.tick_at("09:00")
    await study.tick_at("09:10")
    await study.tick_at("09:20")
    assert (told(study), pinged(study)) == ([[1]], [[BEN]])


async def test_a_crash_between_the_round_and_its_messages_loses_nothing_and_tells_nothing_twice(
    study: Study, database_path: Path, clock: ManualClock, messenger: FakeMessenger
) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await watch(study, BEN)
    await posted(study, 1)
    clock.set(datetime(2026, 5, 4, 9, tzinfo=UTC))
    await study.services.delivery.claim_due()
    other = await Services.open(database_path, clock, openings_every=None)
    try:
        await other.delivery.resume()
        for _ in range(3):
            await other.delivery.tick(messenger)
    finally:
        await other.close()
    assert (told(study), pinged(study)) == ([[1]], [[BEN]])
    await study.tick_at("09:10")
    assert (told(study), pinged(study)) == ([[1]], [[BEN]])


async def test_what_could_not_be_sent_all_day_is_told_with_the_next_days(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1)
    study.messenger.fail("open_direct", TryLater("Discord answered 503"), times=100)
    await study.tick_at("09:00")
    await study.tick_at("20:00")
    assert await study.fates("watch") == [("2026-05-04", "skipped", "too late")]
    await posted(study, 2)
    study.messenger.recover()
    await study.tick_at("09:00", TUESDAY)
    assert told(study) == [[2, 1]]


async def test_whoever_falls_silent_or_goes_away_before_the_message_is_told_another_day(
    study: Study,
) -> None:
    await watch(study, ADA, BEN, how=How.DIRECT)
    await posted(study, 1)
    study.messenger.fail("open_direct", TryLater("Discord answered 503"), times=2)
    await study.tick_at("09:00")
    await study.services.watches.tell(GUILD, ADA, How.SILENT)
    await study.services.routines.pause(GUILD, BEN, "today")
    await study.tick_at("09:10")
    assert told(study) == []
    await study.services.watches.tell(GUILD, ADA, How.DIRECT)
    await study.tick_at("09:00", TUESDAY)
    assert told(study) == [[1], [1]]


async def test_whoever_changes_the_place_before_the_message_is_told_in_the_new_one(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1)
    study.messenger.fail("open_direct", TryLater("Discord answered 503"))
    await study.tick_at("09:00")
    await study.services.watches.tell(GUILD, ADA, How.PING)
    await study.tick_at("09:10")
    await study.tick_at("09:11")
    assert (told(study), pinged(study)) == ([], [[ADA]])


async def test_whoever_has_no_watch_any_more_is_told_nothing(study: Study) -> None:
    await watch(study, ADA)
    await posted(study, 1)
    own = await study.services.watches.find(GUILD, ADA)
    await watch(study, BEN, filters=ON_SITE)
    await study.services.watches.remove(GUILD, ADA, own.watches[0].id)
    await study.tick_at("09:00")
    assert study.messenger.messages == {}


async def test_servers_are_told_of_their_own_watches_only(study: Study) -> None:
    await study.set_up(OTHER, channel_id=20)
    await watch(study, ADA)
    await watch(study, ADA, filters=ON_SITE, guild_id=OTHER)
    await posted(study, 1)
    await study.tick_at("09:00")
    (message,) = study.messenger.of(WatchPingContent)
    assert message.place.guild_id == GUILD
    assert await new_for(study, ADA, OTHER) == []


async def test_forgotten_by_everything_a_member_hears_of_nothing(study: Study) -> None:
    await watch(study, ADA, BEN)
    await posted(study, 1)

    def forget(db: sqlite3.Connection) -> None:
        for feature in study.services.personal_data:
            feature.forget_member(db, GUILD, ADA)

    await study.services.database.write(forget)
    await study.tick_at("09:00")
    assert pinged(study) == [[BEN]]
