"""What is set for a server: stored, found, changed in part, and the plan of its daily prompt."""

import sqlite3
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.errors import (
    NoOwnQuestions,
    NotSetUp,
    QuestionTooLong,
    SettingMissing,
    TooManyQuestions,
    UnknownZoneWithHint,
    UserError,
)
from bot.localtime import Occurrence
from bot.servers import store
from bot.servers.service import NO_LOOKBACK, questions_of, zones_of
from bot.servers.store import Server
from bot.services import Services
from tests.clocks import ManualClock
from tests.storage.conftest import MONDAY_NOON

GUILD, OTHER = 2**62 + 1, 2
SERVER = Server(GUILD, 2**62 + 7, "Asia/Kathmandu", time(0, 0))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_what_was_saved_is_found_and_counted(db: sqlite3.Connection) -> None:
    assert store.find(db, GUILD) is None
    assert store.count(db) == 0
    store.save(db, SERVER, MONDAY_NOON)
    assert store.find(db, GUILD) == SERVER
    assert store.find(db, OTHER) is None
    store.save(db, Server(OTHER, 3, "Etc/UTC", time(23, 59)), MONDAY_NOON)
    assert store.count(db) == 2


def test_saving_again_takes_the_place_of_the_earlier_and_keeps_when_it_began(db: sqlite3.Connection) -> None:
    store.save(db, SERVER, MONDAY_NOON)
    changed = Server(GUILD, 5, "Etc/UTC", time(7, 30))
    store.save(db, changed, MONDAY_NOON + timedelta(days=1))
    assert store.find(db, GUILD) == changed
    assert store.count(db) == 1
    (row,) = db.execute("select set_up_at, changed_at from server")
    assert tuple(row) == (int(MONDAY_NOON.timestamp()), int(MONDAY_NOON.timestamp()) + 86_400)


# --- set-up


async def set_up(services: Services, guild_id: int = GUILD) -> None:
    await services.servers.set_up(guild_id, checkin_channel_id=5, zone="Europe/Berlin", prompt_time=time(9))


async def test_before_a_set_up_nothing_is_known_and_nothing_is_planned(services: Services) -> None:
    assert await services.servers.find(GUILD) is None
    assert (await services.health()).next_due is None


async def test_a_set_up_plans_the_next_prompt_at_the_servers_hour(services: Services) -> None:
    answer = await services.servers.set_up(GUILD, checkin_channel_id=5, zone="berlin", prompt_time=time(9))
    assert answer.server == Server(GUILD, 5, "Europe/Berlin", time(9))
    assert answer.next_prompt == Occurrence(date(2026, 3, 3), utc("2026-03-03T08:00"))
    assert await services.servers.find(GUILD) == answer
    health = await services.health()
    assert (health.servers, health.next_due) == (1, utc("2026-03-03T08:00"))


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "channel, zone, hour"),
        ({"zone": "Europe/Berlin"}, "channel, hour"),
        ({"zone": "Europe/Berlin", "prompt_time": time(0)}, "channel"),
        ({"checkin_channel_id": 5, "zone": "Europe/Berlin"}, "hour"),
        ({"checkin_channel_id": 5, "prompt_time": time(0)}, "zone"),
    ],
)
async def test_a_first_set_up_names_what_it_lacks_and_stores_nothing(
    services: Services, given: dict[str, object], missing: str
) -> None:
    with pytest.raises(SettingMissing) as caught:
        await services.servers.set_up(GUILD, **given)  # type: ignore[arg-type]
    assert f"the {missing} as well" in str(caught.value)
    assert await services.servers.find(GUILD) is None
    assert (await services.health()).next_due is None


async def test_a_later_set_up_changes_what_is_given_and_keeps_the_rest(services: Services) -> None:
    await set_up(services)
    midnight = await services.servers.set_up(GUILD, prompt_time=time(0))
    assert midnight.server == Server(GUILD, 5, "Europe/Berlin", time(0))
    moved = await services.servers.set_up(GUILD, zone="Asia/Tokyo")
    assert moved.server == Server(GUILD, 5, "Asia/Tokyo", time(0))
    assert moved.next_prompt == Occurrence(date(2026, 3, 3), utc("2026-03-02T15:00"))
    channel = await services.servers.set_up(GUILD, checkin_channel_id=6)
    assert channel.server == Server(GUILD, 6, "Asia/Tokyo", time(0))
    assert channel.next_prompt == moved.next_prompt


async def test_an_unknown_zone_changes_nothing(services: Services) -> None:
    await set_up(services)
    before = await services.servers.find(GUILD)
    with pytest.raises(UnknownZoneWithHint):
        await services.servers.set_up(GUILD, zone="Europe/Berln", prompt_time=time(1))
    with pytest.raises(UserError):
        await services.servers.set_up(GUILD, zone="@everyone")
    assert await services.servers.find(GUILD) == before


async def test_a_server_set_up_again_after_its_prompt_has_the_next_one_tomorrow(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    clock.set(utc("2026-03-03T08:00"))
    await services.delivery.claim_due()
    later = await services.servers.set_up(GUILD, prompt_time=time(18))
    assert later.next_prompt == Occurrence(date(2026, 3, 4), utc("2026-03-04T17:00"))
    # In Honolulu it is still the day before; that day is over for this server.
    west = await services.servers.set_up(GUILD, zone="Pacific/Honolulu")
    assert west.next_prompt is not None
    assert west.next_prompt.day == date(2026, 3, 4)


async def test_two_servers_know_nothing_of_each_other(services: Services) -> None:
    await set_up(services)
    await services.servers.set_up(OTHER, checkin_channel_id=9, zone="Asia/Tokyo", prompt_time=time(20))
    first, second = await services.servers.find(GUILD), await services.servers.find(OTHER)
    assert first is not None
    assert second is not None
    assert (first.server.zone, second.server.zone) == ("Europe/Berlin", "Asia/Tokyo")
    assert first.next_prompt != second.next_prompt


async def test_facts_are_kept_between_runs_and_replaced(services: Services, clock: ManualClock) -> None:
    assert await services.facts.get("commands.hash") is None
    await services.facts.put("commands.hash", "one")
    await services.facts.put("commands.hash", "two")
    again = await Services.open(services.database.path, clock)
    assert await again.facts.get("commands.hash") == "two"
    await again.close()


async def test_a_change_in_the_seconds_before_the_tick_does_not_lose_the_days_prompt(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    clock.set(utc("2026-03-03T08:00:02"))
    await services.servers.set_up(GUILD, checkin_channel_id=6)
    await services.delivery.claim_due()
    days = await services.database.read(
        lambda db: [day for (day,) in db.execute("select local_day from delivery")]
    )
    assert days == ["2026-03-03"]


# --- questions


async def test_own_questions_are_kept_in_their_order_and_asked_from_then_on(services: Services) -> None:
    await set_up(services)
    answer = await services.servers.set_questions(GUILD, "Z?\n\nA?\nz?\n")
    assert (answer.server.questions, answer.own_questions) == ("own", 2)
    assert await services.servers.questions(GUILD) == ["Z?", "A?"]
    assert await services.servers.find(GUILD) == answer
    assert await services.database.read(questions_of, GUILD) == ["Z?", "A?"]
    await services.servers.set_questions(GUILD, "B?")
    assert await services.servers.questions(GUILD) == ["B?"]


async def test_own_questions_stay_while_another_set_is_asked(services: Services) -> None:
    await set_up(services)
    await services.servers.set_questions(GUILD, "A?")
    assert (await services.servers.set_up(GUILD, questions="showing")).server.questions == "showing"
    again = await services.servers.set_up(GUILD, questions="own")
    assert (again.server.questions, again.own_questions) == ("own", 1)


async def test_without_own_questions_the_usual_ones_are_asked_again(services: Services) -> None:
    await set_up(services)
    await services.servers.set_questions(GUILD, "A?")
    answer = await services.servers.set_questions(GUILD, " \n ")
    assert (answer.server.questions, answer.own_questions) == ("doing", 0)
    await services.servers.set_up(GUILD, questions="mixed")
    assert (await services.servers.set_questions(GUILD, "")).server.questions == "mixed"


async def test_own_questions_cannot_be_chosen_before_any_is_written(services: Services) -> None:
    await set_up(services)
    before = await services.servers.find(GUILD)
    with pytest.raises(NoOwnQuestions):
        await services.servers.set_up(GUILD, questions="own", prompt_time=time(1))
    assert await services.servers.find(GUILD) == before


@pytest.mark.parametrize(
    ("text", "error"),
    [("x" * 201, QuestionTooLong), ("\n".join(f"{n}?" for n in range(61)), TooManyQuestions)],
)
async def test_refused_questions_leave_the_earlier_ones(
    services: Services, text: str, error: type[UserError]
) -> None:
    await set_up(services)
    await services.servers.set_questions(GUILD, "A?")
    with pytest.raises(error):
        await services.servers.set_questions(GUILD, text)
    assert await services.servers.questions(GUILD) == ["A?"]


async def test_questions_need_a_set_up_and_are_one_servers_own(services: Services) -> None:
    with pytest.raises(NotSetUp):
        await services.servers.set_questions(GUILD, "A?")
    assert await services.servers.questions(GUILD) == []
    await set_up(services)
    await set_up(services, OTHER)
    await services.servers.set_questions(GUILD, "A?")
    other = await services.servers.find(OTHER)
    assert other is not None
    assert (other.server.questions, other.own_questions) == ("doing", 0)
    assert await services.servers.questions(OTHER) == []


# --- the look back


async def test_the_look_back_is_off_until_a_day_is_chosen_and_then_planned_weekly(services: Services) -> None:
    await set_up(services)
    hour_only = await services.servers.set_up(GUILD, lookback_time=time(20))
    assert (hour_only.server.lookback_weekday, hour_only.next_lookback) == (None, None)
    answer = await services.servers.set_up(GUILD, lookback_weekday=6)
    assert (answer.server.lookback_weekday, answer.server.lookback_time) == (6, time(20))
    assert answer.next_lookback == Occurrence(date(2026, 3, 8), utc("2026-03-08T19:00"))
    assert await services.servers.find(GUILD) == answer


async def test_a_look_back_on_mondays_is_on_although_monday_is_number_0(services: Services) -> None:
    await set_up(services)
    answer = await services.servers.set_up(GUILD, lookback_weekday=0, lookback_time=time(0))
    assert answer.next_lookback == Occurrence(date(2026, 3, 9), utc("2026-03-08T23:00"))
    kept = await services.servers.set_up(GUILD, prompt_time=time(5))
    assert (kept.server.lookback_weekday, kept.next_lookback) == (0, answer.next_lookback)


async def test_a_look_back_can_be_turned_off(services: Services) -> None:
    await set_up(services)
    await services.servers.set_up(GUILD, lookback_weekday=2)
    answer = await services.servers.set_up(GUILD, lookback_weekday=NO_LOOKBACK)
    assert (answer.server.lookback_weekday, answer.next_lookback) == (None, None)
    assert await services.servers.find(GUILD) == answer


async def test_all_can_be_chosen_in_the_first_set_up(services: Services) -> None:
    answer = await services.servers.set_up(
        GUILD,
        checkin_channel_id=5,
        zone="Europe/Berlin",
        prompt_time=time(9),
        questions="job_hunt",
        lookback_weekday=4,
        lookback_time=time(17),
    )
    assert answer.server == Server(GUILD, 5, "Europe/Berlin", time(9), "job_hunt", 4, time(17))
    assert answer.next_lookback == Occurrence(date(2026, 3, 6), utc("2026-03-06T16:00"))


async def test_a_change_of_zone_plans_prompt_and_look_back_anew_and_is_remembered(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    await services.servers.set_up(GUILD, lookback_weekday=6)
    clock.advance(hours=1)
    moved = await services.servers.set_up(GUILD, zone="America/New_York")
    assert moved.next_prompt == Occurrence(date(2026, 3, 2), utc("2026-03-02T14:00"))
    # On that Sunday the clocks there have gone forward.
    assert moved.next_lookback == Occurrence(date(2026, 3, 8), utc("2026-03-08T22:00"))
    clock.advance(hours=1)
    await services.servers.set_up(GUILD, prompt_time=time(10))
    assert await services.database.read(zones_of, GUILD) == [
        (MONDAY_NOON, "Europe/Berlin"),
        (MONDAY_NOON + timedelta(hours=1), "America/New_York"),
    ]
