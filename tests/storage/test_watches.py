"""Watches over a real database: having some, what matches them, and nobody else's business."""

import sqlite3
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.errors import (
    NoSuchWatch,
    NotSetUp,
    TooManyWatches,
    WatchAlready,
    WatchGone,
    WatchNameTaken,
    WatchNameTooLong,
)
from bot.leads.filters import Filters, Months
from bot.preferences.service import change_preference
from bot.services import Services
from bot.watches.rules import TOLD_AT_ONCE, How
from bot.watches.service import OwnMatches, Watches
from tests.clocks import ManualClock
from tests.posted_leads import ONSITE, REMOTE, post, vanish

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20
FROM_AFAR = Filters(modes=frozenset({REMOTE}))
ON_SITE = Filters(modes=frozenset({ONSITE}))


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers, one in Berlin, one in Tokyo. It is one o'clock on a Monday afternoon in Berlin."""
    for guild, zone in ((GUILD, "Europe/Berlin"), (OTHER, "Asia/Tokyo")):
        await services.servers.set_up(guild, checkin_channel_id=5, zone=zone, prompt_time=time(8))
    return services


@pytest.fixture
def watches(services: Services) -> Watches:
    return services.watches


def numbers(matches: OwnMatches) -> tuple[list[int], list[int]]:
    """The new ones and the others, as the numbers of their posts."""
    return [match.lead.id for match in matches.new], [match.lead.id for match in matches.others]


# Having watches.


async def test_before_the_set_up_there_is_no_hour_to_be_told_at(watches: Watches) -> None:
    with pytest.raises(NotSetUp):
        await watches.add(99, ADA, FROM_AFAR)
    assert (await watches.find(99, ADA)).watches == []


async def test_whoever_never_watched_has_none(watches: Watches) -> None:
    own = await watches.find(GUILD, ADA)
    assert (own.watches, own.how, own.refused_on, own.next_round) == ([], How.PING, None, None)
    assert numbers(await watches.matches(GUILD, ADA)) == ([], [])


async def test_a_watch_is_kept_and_looked_for_at_the_servers_usual_hour(
    watches: Watches, clock: ManualClock
) -> None:
    kept = await watches.add(GUILD, ADA, FROM_AFAR)
    assert (kept.watch.name, kept.watch.filters, kept.watch.paused) == ("remote", FROM_AFAR, False)
    assert kept.watch.since == clock.now()
    own = await watches.find(GUILD, ADA)
    assert own == kept.all
    assert own.watches == [kept.watch]
    # Nine o'clock in Berlin in winter.
    assert own.next_round is not None
    assert own.next_round.at == datetime(2026, 3, 3, 8, tzinfo=UTC)


async def test_adding_one_tells_how_much_of_this_month_matches_already(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    for number in range(1, 13):
        await services.database.write(post, number, clock.now() - timedelta(hours=number))
    await services.database.write(post, 13, clock.now(), modes=[ONSITE])
    await services.database.write(post, 14, clock.now() - timedelta(days=20))
    assert (await watches.add(GUILD, ADA, FROM_AFAR)).matching == 12
    assert (await watches.add(GUILD, ADA, ON_SITE)).matching == 1
    assert (await watches.add(GUILD, ADA, Filters(words="nobody says this"))).matching == 0


async def test_five_are_as_many_as_a_member_may_have_in_a_server(watches: Watches) -> None:
    for number in range(5):
        await watches.add(GUILD, ADA, Filters(place=f"Town{number}"))
    with pytest.raises(TooManyWatches):
        await watches.add(GUILD, ADA, FROM_AFAR)
    assert len((await watches.find(GUILD, ADA)).watches) == 5
    await watches.add(OTHER, ADA, FROM_AFAR)
    await watches.add(GUILD, BEN, FROM_AFAR)


async def test_no_two_watches_look_for_the_same_whatever_month_was_searched(watches: Watches) -> None:
    await watches.add(GUILD, ADA, FROM_AFAR, "Far away")
    with pytest.raises(WatchAlready, match="Far away"):
        await watches.add(GUILD, ADA, Filters(modes=frozenset({REMOTE}), months=Months.ALL))
    with pytest.raises(WatchNameTaken):
        await watches.add(GUILD, ADA, ON_SITE, " far  AWAY ")
    with pytest.raises(WatchNameTooLong):
        await watches.add(GUILD, ADA, ON_SITE, "x" * 61)
    assert len((await watches.find(GUILD, ADA)).watches) == 1


async def test_a_watch_is_renamed_and_takes_the_name_of_its_filters_again(
    watches: Watches, clock: ManualClock
) -> None:
    kept = await watches.add(GUILD, ADA, FROM_AFAR)
    clock.advance(days=3)
    named = await watches.change(GUILD, ADA, kept.watch.id, name="Far away")
    assert (named.watch.name, named.watch.since) == ("Far away", kept.watch.since)
    changed = await watches.change(GUILD, ADA, kept.watch.id, filters=ON_SITE)
    assert (changed.watch.name, changed.watch.filters) == ("Far away", ON_SITE)
    # What it looks for now is news from now on.
    assert changed.watch.since == clock.now()
    unnamed = await watches.change(GUILD, ADA, kept.watch.id, name=" ")
    assert unnamed.watch.name == "on site"
    assert (await watches.find(GUILD, ADA)).watches == [unnamed.watch]


async def test_a_watch_keeps_out_of_the_way_of_others_but_not_of_itself(watches: Watches) -> None:
    mine = await watches.add(GUILD, ADA, FROM_AFAR, "Mine")
    other = await watches.add(GUILD, ADA, ON_SITE)
    await watches.change(GUILD, ADA, mine.watch.id, filters=FROM_AFAR, name="mine")
    with pytest.raises(WatchAlready):
        await watches.change(GUILD, ADA, other.watch.id, filters=FROM_AFAR)
    with pytest.raises(WatchNameTaken):
        await watches.change(GUILD, ADA, other.watch.id, name="MINE")


@pytest.mark.parametrize("where", [(GUILD, BEN), (OTHER, ADA)], ids=["another member", "another server"])
async def test_a_watch_is_its_members_alone_in_its_server_alone(
    watches: Watches, where: tuple[int, int]
) -> None:
    watch = (await watches.add(GUILD, ADA, FROM_AFAR)).watch
    for doing in (
        watches.change(*where, watch.id, name="Theirs"),
        watches.pause(*where, watch.id, paused=True),
        watches.remove(*where, watch.id),
    ):
        with pytest.raises(WatchGone):
            await doing
    with pytest.raises(NoSuchWatch):
        await watches.chosen(*where, str(watch.id))
    assert (await watches.chosen(GUILD, ADA, str(watch.id))) == watch
    assert (await watches.find(*where)).watches == []


async def test_a_watch_that_was_removed_stays_away_and_its_number_is_not_used_again(
    watches: Watches,
) -> None:
    watch = (await watches.add(GUILD, ADA, FROM_AFAR)).watch
    assert (await watches.remove(GUILD, ADA, watch.id)).watches == []
    with pytest.raises(WatchGone):
        await watches.remove(GUILD, ADA, watch.id)
    assert (await watches.add(GUILD, ADA, ON_SITE)).watch.id != watch.id


async def test_a_server_is_looked_through_as_long_as_anybody_watches(watches: Watches) -> None:
    ada = (await watches.add(GUILD, ADA, FROM_AFAR)).watch
    ben = (await watches.add(GUILD, BEN, FROM_AFAR)).watch
    await watches.remove(GUILD, ADA, ada.id)
    assert (await watches.find(GUILD, ADA)).next_round is not None
    await watches.remove(GUILD, BEN, ben.id)
    assert (await watches.find(GUILD, ADA)).next_round is None


async def test_how_one_is_told_is_chosen_and_direct_holds_for_all_of_leads(
    services: Services, watches: Watches
) -> None:
    assert (await watches.tell(GUILD, ADA, How.DIRECT)).how is How.DIRECT
    assert (await services.preferences.find(GUILD, ADA)).direct_leads
    assert (await watches.tell(GUILD, ADA, How.SILENT)).how is How.SILENT
    assert (await services.preferences.find(GUILD, ADA)).direct_leads
    assert (await watches.tell(GUILD, ADA, How.PING)).how is How.PING
    assert not (await services.preferences.find(GUILD, ADA)).direct_leads
    assert (await watches.find(OTHER, ADA)).how is How.PING


async def test_a_refusal_is_told_until_direct_messages_are_chosen_again(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    day = clock.now().date()
    await services.database.write(change_preference, GUILD, ADA, direct_refused_on=day)
    assert (await watches.find(GUILD, ADA)).refused_on == day
    assert (await watches.tell(GUILD, ADA, How.DIRECT)).refused_on is None


# What matches.


async def test_new_is_what_was_posted_since_the_day_before_and_the_rest_of_the_month_comes_after(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    clock.advance(days=9)
    now = clock.now()
    for number, hours in ((1, 200), (2, 25), (3, 23), (4, 1)):
        await services.database.write(post, number, now - timedelta(hours=hours))
    await services.database.write(post, 5, now, modes=[ONSITE])
    await watches.add(GUILD, ADA, FROM_AFAR)
    matches = await watches.matches(GUILD, ADA)
    assert numbers(matches) == ([4, 3], [2, 1])
    assert (matches.more_new, matches.more_others) == (0, 0)
    assert all(match.watches == tuple(matches.watches) for match in (*matches.new, *matches.others))


async def test_what_was_looked_at_stays_new_for_a_day(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    await watches.add(GUILD, ADA, FROM_AFAR)
    await services.database.write(post, 1, clock.now())
    assert numbers(await watches.matches(GUILD, ADA)) == ([1], [])
    clock.advance(hours=23)
    await services.database.write(post, 2, clock.now())
    assert numbers(await watches.matches(GUILD, ADA)) == ([2, 1], [])
    clock.advance(hours=2)
    assert numbers(await watches.matches(GUILD, ADA)) == ([2], [1])


async def test_a_lead_that_two_watches_match_is_there_once_with_the_names_of_both(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    await watches.add(GUILD, ADA, FROM_AFAR)
    await watches.add(GUILD, ADA, Filters(place="Porto"), "Port wine")
    await services.database.write(post, 1, clock.now())
    (match,) = (await watches.matches(GUILD, ADA)).new
    assert [watch.name for watch in match.watches] == ["remote", "Port wine"]


async def test_what_suits_the_server_best_comes_first_and_at_most_ten(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    await watches.add(GUILD, ADA, Filters())
    for number in range(1, 26):
        await services.database.write(
            post, number, clock.now() + timedelta(minutes=number), for_juniors=number == 3
        )
    clock.advance(hours=1)
    matches = await watches.matches(GUILD, ADA)
    assert numbers(matches) == ([3, *range(25, 16, -1)], [])
    assert (len(matches.new), matches.more_new) == (TOLD_AT_ONCE, 15)


async def test_what_has_vanished_is_left_out_and_comes_back_with_its_post(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    await watches.add(GUILD, ADA, FROM_AFAR)
    for number in (1, 2):
        await services.database.write(post, number, clock.now())
    await services.database.write(vanish, 1, clock.now())
    assert numbers(await watches.matches(GUILD, ADA)) == ([2], [])
    clock.advance(minutes=1)
    await services.database.write(vanish, 2, clock.now())
    assert numbers(await watches.matches(GUILD, ADA)) == ([], [])
    await services.database.write(post, 2, clock.now())
    assert numbers(await watches.matches(GUILD, ADA)) == ([2], [])


async def test_a_paused_watch_finds_nothing_and_goes_on_from_when_it_is_taken_up(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    watch = (await watches.add(GUILD, ADA, FROM_AFAR)).watch
    paused = await watches.pause(GUILD, ADA, watch.id, paused=True)
    assert [each.paused for each in paused.watches] == [True]
    await services.database.write(post, 1, clock.now())
    matches = await watches.matches(GUILD, ADA)
    assert (numbers(matches), matches.watches) == (([], []), paused.watches)
    clock.advance(days=3)
    await watches.pause(GUILD, ADA, watch.id, paused=False)
    await services.database.write(post, 2, clock.now())
    assert numbers(await watches.matches(GUILD, ADA)) == ([2], [1])


async def test_a_changed_watch_forgets_what_it_does_not_look_for_any_more(
    services: Services, watches: Watches, clock: ManualClock, db: sqlite3.Connection
) -> None:
    watch = (await watches.add(GUILD, ADA, FROM_AFAR)).watch
    await services.database.write(post, 1, clock.now())
    found_at = int(clock.now().timestamp())
    db.execute("insert into watch_find values (?, ?, 1, ?, null)", (GUILD, ADA, found_at))
    await watches.change(GUILD, ADA, watch.id, filters=ON_SITE)
    assert numbers(await watches.matches(GUILD, ADA)) == ([], [])
    assert db.execute("select * from watch_find").fetchall() == []


async def test_members_and_servers_have_nothing_in_common(
    services: Services, watches: Watches, clock: ManualClock
) -> None:
    await watches.add(GUILD, ADA, FROM_AFAR)
    await watches.add(GUILD, BEN, ON_SITE)
    await watches.add(OTHER, ADA, ON_SITE)
    await services.database.write(post, 1, clock.now())
    await services.database.write(post, 2, clock.now(), modes=[ONSITE])
    assert numbers(await watches.matches(GUILD, ADA)) == ([1], [])
    assert numbers(await watches.matches(GUILD, BEN)) == ([2], [])
    assert numbers(await watches.matches(OTHER, ADA)) == ([2], [])
    assert numbers(await watches.matches(OTHER, BEN)) == ([], [])
