"""Leads for a server: the best of the month, one of them, and what a server chooses."""

from datetime import UTC, datetime, time

import pytest

from bot.delivery import due
from bot.errors import (
    LeadGone,
    ListEntryTooLong,
    ListTooLong,
    NothingInList,
    NotSetUp,
    UnknownLeadMark,
    UnknownSignal,
    UnknownWeight,
)
from bot.leads import store
from bot.leads.filters import Filters
from bot.leads.fit import DEFAULT
from bot.leads.planning import LEADS
from bot.leads.service import NO_CHANNEL, Leads, criteria_of, lead_hour, lead_place
from bot.leads.settings import USUAL, USUAL_MARK
from bot.leads.signals import SignalName
from bot.servers.service import EVERYONE
from bot.services import Services
from tests.clocks import ManualClock
from tests.hiring_posts import APRIL, MARCH, MAY, a_post, read_by_an_earlier_parser, store_posts, vanish

GUILD, OTHER, NEVER_SET_UP = 1, 2, 99
CHECKINS, LEAD_CHANNEL = 5, 6


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers, one in Berlin, one in Tokyo. It is one o'clock on a Monday afternoon in Berlin."""
    for guild, zone in ((GUILD, "Europe/Berlin"), (OTHER, "Asia/Tokyo")):
        await services.servers.set_up(guild, checkin_channel_id=CHECKINS, zone=zone, prompt_time=time(8))
    return services


@pytest.fixture
def leads(services: Services) -> Leads:
    return services.leads


async def planned(services: Services, guild: int = GUILD) -> datetime | None:
    next_look = await services.database.read(due.planned, LEADS, guild, EVERYONE)
    return next_look.at if next_look else None


# What there is.


async def test_before_anything_was_read_there_is_nothing_to_show(leads: Leads) -> None:
    latest = await leads.latest(GUILD)
    assert (latest.month, latest.leads, latest.total, latest.reaching) == (None, (), 0, 0)


async def test_the_best_of_the_newest_thread_come_first(services: Services, leads: Leads) -> None:
    await services.database.write(store_posts, a_post(1, signals=(SignalName.JUNIOR,)), thread=APRIL)
    await services.database.write(
        store_posts,
        a_post(2),
        a_post(3, signals=(SignalName.NO_DEGREE_NEEDED,)),
        a_post(4, signals=(SignalName.PHD_REQUIRED,)),
        a_post(5),
        a_post(6),
    )
    await services.database.write(vanish, 6)
    latest = await leads.latest(GUILD, limit=3)
    assert latest.month == MAY.month
    assert [lead.id for lead in latest.leads] == [3, 5, 2]
    # 40 where every lead begins, and 20 for what is said of the degree.
    assert (latest.leads[0].fit.score, latest.mark) == (60, USUAL_MARK)
    assert (latest.total, latest.reaching) == (4, 1)


async def test_it_works_in_a_server_that_was_never_set_up(services: Services, leads: Leads) -> None:
    await services.database.write(store_posts, a_post(1))
    assert [lead.id for lead in (await leads.latest(NEVER_SET_UP)).leads] == [1]
    assert (await leads.search(NEVER_SET_UP, Filters("things"))).total == 1
    assert (await leads.find(NEVER_SET_UP, 1)).id == 1
    assert (await leads.settings(NEVER_SET_UP)).settings == USUAL
    assert await services.database.read(criteria_of, NEVER_SET_UP) == DEFAULT


async def test_a_lead_is_found_even_when_its_post_has_vanished(services: Services, leads: Leads) -> None:
    await services.database.write(store_posts, a_post(1))
    await services.database.write(vanish, 1)
    assert (await leads.find(GUILD, 1)).vanished
    for unknown in (2, 0, -1, 2**62):
        with pytest.raises(LeadGone):
            await leads.find(GUILD, unknown)


async def test_a_company_is_seen_since_the_first_month_of_its_row(services: Services, leads: Leads) -> None:
    await services.database.write(store_posts, a_post(1, company="Acme"), thread=MARCH)
    await services.database.write(store_posts, a_post(2, company="Acme, Inc."), thread=APRIL)
    await services.database.write(store_posts, a_post(3, company="ACME"))
    assert [(await leads.find(GUILD, number)).seen_since for number in (1, 2, 3)] == [
        None,
        MARCH.month,
        MARCH.month,
    ]


async def test_the_status_counts_what_is_stored(services: Services, leads: Leads) -> None:
    await services.database.write(store_posts, a_post(1), thread=APRIL)
    await services.database.write(store_posts, a_post(2), read_by_an_earlier_parser(a_post(3)), a_post(4))
    await services.database.write(vanish, 4)
    status = await leads.status()
    assert [(each.thread.month, each.posts) for each in status.threads] == [(MAY.month, 2), (APRIL.month, 1)]
    assert (status.posts, status.to_read_anew) == (4, 1)


# What a server chooses.


async def test_a_lead_channel_plans_the_daily_look_in_the_servers_zone(
    services: Services, leads: Leads
) -> None:
    chosen = await leads.set_up(GUILD, channel_id=LEAD_CHANNEL, hour=time(18))
    assert (chosen.settings.channel_id, chosen.settings.hour) == (LEAD_CHANNEL, time(18))
    assert chosen.next_look is not None
    assert chosen.next_look.at == datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert await planned(services, OTHER) is None


async def test_what_is_not_given_stays(leads: Leads) -> None:
    await leads.set_up(GUILD, channel_id=LEAD_CHANNEL, places="Berlin; EU", languages="German")
    await leads.set_up(GUILD, mark="65", weights={"junior": "+30", "phd_required": -50})
    settings = (await leads.set_up(GUILD, weights={"phd_required": ""})).settings
    assert (settings.channel_id, settings.hour, settings.mark) == (LEAD_CHANNEL, time(9), 65)
    assert (settings.places, settings.languages) == (("Berlin", "EU"), ("German",))
    assert settings.weights == {SignalName.JUNIOR: 30}
    assert (await leads.settings(GUILD)).settings == settings
    assert (await leads.settings(OTHER)).settings == USUAL


async def test_the_channel_and_the_lists_can_be_taken_back(services: Services, leads: Leads) -> None:
    await leads.set_up(GUILD, channel_id=LEAD_CHANNEL, places="Berlin", languages="German, French")
    settings = (
        await leads.set_up(GUILD, channel_id=NO_CHANNEL, places="anywhere", languages="none")
    ).settings
    assert (settings.channel_id, settings.places, settings.languages) == (None, (), ())
    assert await planned(services) is None


async def test_choosing_needs_a_server_with_a_zone(leads: Leads) -> None:
    with pytest.raises(NotSetUp):
        await leads.set_up(NEVER_SET_UP, channel_id=LEAD_CHANNEL)


async def test_another_zone_moves_the_daily_look(services: Services, leads: Leads) -> None:
    await leads.set_up(GUILD, channel_id=LEAD_CHANNEL, hour=time(18))
    await services.servers.set_up(GUILD, zone="Asia/Tokyo")
    assert await planned(services) == datetime(2026, 3, 3, 9, tzinfo=UTC)
    # Without a lead channel nothing is planned by a change of the zone.
    await services.servers.set_up(OTHER, zone="Europe/Berlin")
    assert await planned(services, OTHER) is None


async def test_rooms_above_are_told_of_a_new_hour_or_channel_and_of_nothing_else(
    services: Services, clock: ManualClock
) -> None:
    told = []
    leads = Leads(services.database, clock, after_a_change=[lambda db, guild, now: told.append((guild, now))])
    await leads.set_up(GUILD, mark=70, places="Berlin")
    assert told == []
    await leads.set_up(GUILD, hour=time(7))
    await leads.set_up(GUILD, channel_id=LEAD_CHANNEL)
    assert told == [(GUILD, clock.now())] * 2


@pytest.mark.parametrize("mark", [-1, 101, "a lot", "", "50.5", "٥٠", "1" * 30])
async def test_a_mark_is_a_whole_number_from_0_to_100(leads: Leads, mark: int | str) -> None:
    with pytest.raises(UnknownLeadMark):
        await leads.set_up(GUILD, mark=mark)
    assert (await leads.settings(GUILD)).settings.mark == USUAL_MARK


@pytest.mark.parametrize("weight", [101, -101, "much", "1e2", "--5", "9" * 40])
async def test_a_weight_is_a_whole_number_within_bounds(leads: Leads, weight: int | str) -> None:
    with pytest.raises(UnknownWeight):
        await leads.set_up(GUILD, weights={"junior": weight})
    assert (await leads.settings(GUILD)).settings.weights == {}


async def test_a_signal_that_is_not_known_has_no_weight(leads: Leads) -> None:
    with pytest.raises(UnknownSignal):
        await leads.set_up(GUILD, weights={"no such *signal*": 5})


@pytest.mark.parametrize("typed", ["", "   ", "\u3164", " , ; \n", "🚀"])
async def test_a_list_of_only_blanks_names_nothing(leads: Leads, typed: str) -> None:
    with pytest.raises(NothingInList):
        await leads.set_up(GUILD, places=typed)
    with pytest.raises(NothingInList):
        await leads.set_up(GUILD, languages=typed)


async def test_lists_have_bounds(leads: Leads) -> None:
    with pytest.raises(ListEntryTooLong):
        await leads.set_up(GUILD, places="x" * 41)
    with pytest.raises(ListTooLong):
        await leads.set_up(GUILD, places=",".join(map(str, range(13))))
    settings = (await leads.set_up(GUILD, places=" berlin ,Berlin\n\n  New   York")).settings
    assert settings.places == ("berlin", "New York")


async def test_a_weight_of_a_signal_that_is_gone_does_no_harm(services: Services, leads: Leads) -> None:
    await leads.set_up(GUILD, weights={"junior": 1})
    await services.database.write(
        lambda db: (
            db.execute("insert into lead_weight values (?, 'of_an_older_version', 5)", (GUILD,)).rowcount
        )
    )
    assert (await leads.settings(GUILD)).settings.weights == {SignalName.JUNIOR: 1}


# Where it is posted.


async def test_what_concerns_leads_goes_to_the_lead_channel_or_else_where_the_day_is(
    services: Services, leads: Leads, clock: ManualClock
) -> None:
    day = clock.now().date()
    before = await services.database.read(lead_place, GUILD, day, clock.now(), "content")
    await leads.set_up(GUILD, channel_id=LEAD_CHANNEL)
    after = await services.database.read(lead_place, GUILD, day, clock.now(), "content")
    assert [getattr(post.place, "channel_id", None) for post in (before, after)] == [CHECKINS, LEAD_CHANNEL]
    assert await services.database.read(lead_hour, GUILD) == (time(9), "Europe/Berlin")
    with pytest.raises(NotSetUp):
        await services.database.read(lead_hour, NEVER_SET_UP)


async def test_nothing_of_a_person_is_kept_with_a_post(services: Services) -> None:
    columns = await services.database.read(
        lambda db: {row["name"] for row in db.execute("select name from pragma_table_info('lead')")}
    )
    assert columns == {
        *("id", "thread_id", "month", "kind", "company_key", "yearly_pay", "remote", "for_juniors"),
        *("degree_demanded", "ml_role", "posted_at", "found_at"),
        *("changed_at", "vanished_at", "parser_version", "hash", "signals", "lead", "text", "html"),
    }
    assert await services.database.read(store.count) == 0
