"""What watches found: told once a day, to whom it concerns, where they want it, and never twice."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.errors import TryLater, Undeliverable
from bot.leads.filters import Filters
from bot.services import Services
from bot.watches.deliveries import WatchContent, WatchPingContent
from bot.watches.rules import How
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger, Message
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study
from tests.posted_leads import ONSITE, REMOTE, post, vanish

MONDAY, TUESDAY, WEDNESDAY = date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)
LEADS_CHANNEL, OTHER = 77, 2
FROM_AFAR, ON_SITE = Filters(modes=frozenset({REMOTE})), Filters(modes=frozenset({ONSITE}))


async def watch(
    study: Study,
    *members: int,
    filters: Filters = FROM_AFAR,
    how: How | None = None,
    guild_id: int = GUILD,
) -> None:
    for member in members:
        await study.services.watches.add(guild_id, member, filters)
        if how is not None:
            await study.services.watches.tell(guild_id, member, how)


async def posted(study: Study, *numbers: int, filters: Filters = FROM_AFAR) -> None:
    """Have posts appear now, one a second, the first one first."""
    for seconds, number in enumerate(numbers):
        at = study.clock.now() - timedelta(seconds=len(numbers) - seconds)
        await study.services.database.write(post, number, at, modes=filters.modes)


async def set_lead_channel(study: Study, channel_id: int = LEADS_CHANNEL) -> None:
    """A lead channel by hand, so that no digest is planned beside it."""
    await study.execute(
        "insert into lead_settings values (?, ?, '09:00', 50, '[]', '[]', 0)", GUILD, channel_id
    )


def pinged(study: Study) -> list[list[int]]:
    """Whom each mention was for."""
    return [list(_ping(message).members) for message in study.messenger.of(WatchPingContent)]


def told(study: Study) -> list[list[int]]:
    """The leads that each direct message tells."""
    return [
        [match.lead.id for match in _content(message).matches] for message in study.messenger.of(WatchContent)
    ]


def _ping(message: Message) -> WatchPingContent:
    assert isinstance(message.content, WatchPingContent)
    return message.content


def _content(message: Message) -> WatchContent:
    assert isinstance(message.content, WatchContent)
    return message.content


async def new_for(study: Study, member: int, guild_id: int = GUILD) -> Sequence[int]:
    matches = await study.services.watches.matches(guild_id, member)
    return [match.lead.id for match in matches.new]


# Where and to whom.


async def test_all_who_have_something_are_mentioned_in_one_message_that_tells_nothing(study: Study) -> None:
    await set_lead_channel(study)
    await watch(study, ADA, BEN)
    await watch(study, CLEO, filters=ON_SITE)
    await posted(study, 1, 2)
    await study.tick_at("09:00")
    (message,) = study.messenger.of(WatchPingContent)
    assert message.content == WatchPingContent([ADA, BEN], [])
    assert message.place.channel_id == LEADS_CHANNEL
    assert await new_for(study, ADA) == [2, 1]
    assert await new_for(study, CLEO) == []


async def test_whoever_chose_direct_messages_gets_their_matches_and_is_not_mentioned(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await watch(study, BEN)
    await posted(study, 1, 2)
    await study.tick_at("09:00")
    (message,) = study.messenger.of(WatchContent)
    content = _content(message)
    assert message.place.channel_id == -ADA
    assert (content.guild_id, content.channel_id, content.more) == (GUILD, CHANNEL, 0)
    assert [match.lead.id for match in content.matches] == [2, 1]
    own = await study.services.watches.find(GUILD, ADA)
    assert all(match.watches == tuple(own.watches) for match in content.matches)
    assert pinged(study) == [[BEN]]


async def test_whoever_wants_no_messages_gets_none_and_still_finds_what_is_new(study: Study) -> None:
    await watch(study, ADA, how=How.SILENT)
    await posted(study, 1)
    await study.tick_at("09:00")
    await study.tick_at("09:00", TUESDAY)
    assert study.messenger.of(WatchPingContent) == []
    assert await study.outbox("watch_ping") == []
    assert await new_for(study, ADA) == [1]
    await study.services.watches.tell(GUILD, ADA, How.PING)
    await study.tick_at("09:00", WEDNESDAY)
    assert pinged(study) == []


async def test_without_a_lead_channel_the_mention_comes_in_the_days_thread(study: Study) -> None:
    await study.plan(ADA, ping=False)
    await watch(study, ADA)
    await posted(study, 1)
    await study.tick_at("09:00")
    (prompt,) = study.messenger.prompts
    (message,) = study.messenger.of(WatchPingContent)
    assert message.place.channel_id == prompt.id


async def test_a_lead_channel_that_is_gone_gives_way_to_the_days_thread(study: Study) -> None:
    await set_lead_channel(study)
    study.messenger.gone.add(LEADS_CHANNEL)
    await watch(study, ADA, BEN)
    await posted(study, 1)
    await study.tick_at("09:00")
    (message,) = study.messenger.of(WatchPingContent)
    assert (message.content, message.place.channel_id) == (WatchPingContent([ADA, BEN], []), CHANNEL)
    await study.tick_at("09:00", TUESDAY)
    assert len(pinged(study)) == 1


async def test_what_no_channel_takes_is_told_when_one_does(study: Study) -> None:
    await watch(study, ADA)
    await posted(study, 1)
    study.messenger.gone.add(CHANNEL)
    await study.tick_at("09:00")
    study.messenger.gone.clear()
    await study.tick_at("12:00")
    assert pinged(study) == []
    await study.tick_at("09:00", TUESDAY)
    assert pinged(study) == [[ADA]]
    assert await new_for(study, ADA) == [1]


async def test_more_people_than_a_message_can_mention_get_a_second_one(study: Study) -> None:
    members = range(1_000, 1_081)
    await watch(study, *members)
    await posted(study, 1)
    await study.tick_at("09:00")
    assert sorted(map(len, pinged(study))) == [1, 80]
    assert sorted(member for each in pinged(study) for member in each) == list(members)


# When.


async def test_what_is_long_over_is_kept_of_nobody_not_even_of_those_who_never_look(study: Study) -> None:
    await watch(study, ADA, how=How.SILENT)
    await posted(study, 1)
    await study.tick_at("09:00")
    study.clock.advance(days=30)
    await study.tick()
    await posted(study, 2)
    await study.tick_at("09:00", date(2026, 6, 4))
    await study.tick_at("09:00", date(2026, 7, 6))

    def read(db: sqlite3.Connection) -> list[int]:
        return [lead_id for (lead_id,) in db.execute("select lead_id from watch_find")]

    assert await study.services.database.read(read) == [2]
    looks = [day for day, _, _ in await study.fates("watch_round")]
    assert (looks[0], looks[-1]) == ("2026-05-07", "2026-07-06")


async def test_nothing_is_said_when_nothing_is_new(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await watch(study, BEN)
    await study.services.database.write(post, 1, study.clock.now() - timedelta(days=2))
    await posted(study, 2, filters=ON_SITE)
    await study.tick_at("09:00")
    assert study.messenger.messages == {}
    assert await study.fates("watch_round") == [("2026-05-04", "skipped", "nothing is new")]


async def test_what_was_told_is_not_told_again_and_what_comes_later_is_told_the_next_day(
    study: Study,
) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1)
    await study.tick_at("09:00")
    await study.tick_at("15:00")
    await posted(study, 2)
    await study.tick_at("15:01")
    assert told(study) == [[1]]
    await study.tick_at("09:00", TUESDAY)
    assert told(study) == [[1], [2]]
    await study.tick_at("09:00", WEDNESDAY)
    assert told(study) == [[1], [2]]


async def test_what_a_member_looked_at_by_themselves_is_not_told_again(study: Study) -> None:
    await watch(study, ADA)
    await posted(study, 1)
    assert await new_for(study, ADA) == [1]
    await study.tick_at("09:00")
    assert pinged(study) == []


async def test_a_new_watch_is_told_of_the_last_day_and_not_of_what_another_one_told(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1)
    await posted(study, 2, filters=ON_SITE)
    await study.tick_at("09:00")
    await study.tick_at("10:00")
    await watch(study, ADA, filters=Filters())
    await study.tick_at("09:00", TUESDAY)
    assert told(study) == [[1], [2]]
    await study.services.watches.add(GUILD, ADA, Filters(place="Porto"))
    await study.tick_at("09:00", WEDNESDAY)
    assert told(study) == [[1], [2]]


async def test_a_post_that_was_changed_into_a_match_is_told(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1, filters=ON_SITE)
    await study.tick_at("09:00")
    await study.services.database.write(
        post, 1, study.clock.now() - timedelta(hours=1), stored_after=timedelta(hours=2)
    )
    await study.tick_at("09:00", TUESDAY)
    assert told(study) == [[1]]


async def test_what_came_while_a_member_was_away_is_told_when_they_are_back(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await watch(study, BEN)
    for member in (ADA, BEN):
        await study.services.routines.pause(GUILD, member, "today", "tomorrow")
    await posted(study, *range(1, 8))
    await study.tick_at("09:00")
    await study.tick_at("20:00")
    await posted(study, *range(8, 14))
    await study.tick_at("09:00", TUESDAY)
    assert study.messenger.messages == {}
    assert await study.outbox("watch") + await study.outbox("watch_ping") == []
    await study.tick_at("09:00", WEDNESDAY)
    (message,) = study.messenger.of(WatchContent)
    assert [match.lead.id for match in _content(message).matches] == list(range(13, 3, -1))
    assert _content(message).more == 3
    assert pinged(study) == [[BEN]]
    await study.tick_at("09:00", date(2026, 5, 7))
    assert len(told(study)) == 1


async def test_a_watch_that_matches_everything_tells_ten_a_day_at_most_and_how_many_more(
    study: Study,
) -> None:
    await watch(study, ADA, filters=Filters(), how=How.DIRECT)
    await posted(study, *range(1, 31))
    await study.tick_at("09:00")
    await study.tick_at("09:00", TUESDAY)
    assert [
        (len(_content(each).matches), _content(each).more) for each in study.messenger.of(WatchContent)
    ] == [(10, 20)]


async def test_posts_that_have_vanished_are_left_out(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await watch(study, BEN, filters=Filters(), how=How.DIRECT)
    await posted(study, 1)
    await posted(study, 2, filters=ON_SITE)
    await study.services.database.write(vanish, 1, study.clock.now())
    await study.tick_at("09:00")
    assert told(study) == [[2]]


async def test_posts_that_vanish_before_the_message_goes_out_are_left_out(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1, 2)
    study.messenger.fail("open_direct", TryLater("Discord answered 503"))
    await study.tick_at("09:00")
    await study.services.database.write(vanish, 1, study.clock.now())
    await study.tick_at("09:01")
    assert told(study) == [[2]]


async def test_a_post_that_was_gone_when_a_member_came_back_is_told_when_it_is_there_again(
    study: Study,
) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await study.services.routines.pause(GUILD, ADA, "today")
    await posted(study, 1, 2)
    await study.tick_at("09:00")
    await study.services.database.write(vanish, 1, study.clock.now())
    await study.tick_at("09:00", TUESDAY)
    assert told(study) == [[2]]
    await study.services.database.write(post, 1, study.clock.now())
    await study.tick_at("09:00", WEDNESDAY)
    assert told(study) == [[2], [1]]


async def test_the_servers_hour_and_zone_hold_and_a_change_of_zone_brings_no_second_message_that_day(
    study: Study,
) -> None:
    await study.set_up(zone="Asia/Tokyo")
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1)
    await study.tick_at("23:59")
    assert told(study) == []
    # Nine in the morning in Tokyo is midnight in UTC.
    await study.tick_at("00:00", TUESDAY)
    assert told(study) == [[1]]
    await study.set_up(zone="Pacific/Honolulu")
    await posted(study, 2)
    # Nine on Tuesday in Honolulu: that Tuesday has had its message.
    await study.tick_at("19:00", TUESDAY)
    assert told(study) == [[1]]
    await study.tick_at("18:59", WEDNESDAY)
    assert told(study) == [[1]]
    await study.tick_at("19:00", WEDNESDAY)
    assert told(study) == [[1], [2]]


async def test_a_new_hour_for_leads_holds_for_watches_as_well(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await study.services.leads.set_up(GUILD, hour=time(18))
    await posted(study, 1)
    await study.tick_at("17:59")
    assert told(study) == []
    await study.tick_at("18:00")
    assert told(study) == [[1]]


async def test_after_a_day_without_the_bot_everything_is_told_once(study: Study) -> None:
    await watch(study, ADA, how=How.DIRECT)
    await posted(study, 1)
    # Too late for Monday's, and nothing of it is lost.
    await study.tick_at("21:00")
    assert told(study) == []
    await posted(study, 2)
    await study.tick_at("09:00", WEDNESDAY)
    assert told(study) == [[2, 1]]


# Refusals, trouble, and changes of mind.


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
    contents = [_ping(message) for message in study.messenger.of(WatchPingContent)]
    assert WatchPingContent([ADA], [ADA]) in contents
    assert await new_for(study, ADA) == [1]
    preference = await study.services.preferences.find(GUILD, ADA)
    assert (preference.direct_leads, preference.direct_refused_on) == (False, MONDAY)
    asked = len(study.messenger.called("open_direct"))
    await posted(study, 2)
    await study.tick_at("09:00", TUESDAY)
    assert _ping(study.messenger.of(WatchPingContent)[-1]) == WatchPingContent([ADA, BEN], [])
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
    other = await Services.open(database_path, clock, sends_per_second=None)
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
