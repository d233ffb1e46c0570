"""What watches found: told once a day, to whom it concerns, where they want it, and never twice."""

import sqlite3
from datetime import date, time, timedelta

from bot.errors import TryLater
from bot.leads.filters import Filters
from bot.watches.deliveries import WatchContent, WatchPingContent
from bot.watches.rules import How
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study
from tests.delivery.watching import (
    LEADS_CHANNEL,
    ON_SITE,
    TUESDAY,
    WEDNESDAY,
    letter_of,
    new_for,
    pinged,
    posted,
    set_lead_channel,
    told,
    watch,
)
from tests.posted_leads import post, vanish

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
    content = letter_of(message)
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
    assert [match.lead.id for match in letter_of(message).matches] == list(range(13, 3, -1))
    assert letter_of(message).more == 3
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
        (len(letter_of(each).matches), letter_of(each).more) for each in study.messenger.of(WatchContent)
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
