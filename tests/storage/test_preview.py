"""The preview of the next day against what is really sent once that day has passed."""

import random
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.checkins.deliveries import NOBODY, PromptContent
from bot.checkins.pings import MENTIONS_IN_A_MESSAGE, DirectPingContent, PingContent
from bot.checkins.preview import HAD_ITS_PROMPT, Preview, Reached
from bot.checkins.rules import Entry
from bot.delivery import due
from bot.errors import NotSetUp
from bot.localtime import ONE_DAY, day_ends, instant, local, local_day
from bot.lookback.deliveries import LookbackContent
from bot.preferences.service import change_preference
from bot.routines.service import replan_pings
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger

GUILD, OTHER, CHANNEL = 1, 2, 5
ADA, BEN = 10, 20
BERLIN = "Europe/Berlin"
TUESDAY = date(2026, 3, 3)

Sent = tuple[datetime, str, tuple[int, ...], object]
"""When, what, whom it reached, and what else it said."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
async def services(path: Path, clock: ManualClock) -> AsyncIterator[Services]:
    """Without a pace, so that all is sent at the moment it is due."""
    services = await Services.open(path, clock, openings_every=None)
    yield services
    await services.close()


async def set_up(services: Services, guild_id: int = GUILD, zone: str = BERLIN, at: time = time(9)) -> None:
    await services.servers.set_up(guild_id, checkin_channel_id=CHANNEL, zone=zone, prompt_time=at)


async def ask(services: Services, user_id: int, *, second: bool, direct: bool, guild_id: int = GUILD) -> None:
    """A member chooses a second ping, or pings as direct messages."""

    def change(db: sqlite3.Connection) -> None:
        change_preference(db, guild_id, user_id, second_ping=second, direct_pings=direct)
        replan_pings(db, guild_id, user_id, services.clock.now())

    await services.database.write(change)


async def go_away(services: Services, user_id: int, first: date, last: date, guild_id: int = GUILD) -> None:
    row = (guild_id, user_id, first.isoformat(), last.isoformat(), 0)
    await services.database.write(lambda db: db.execute("insert into pause values (?, ?, ?, ?, ?)", row))


async def take_off(services: Services, user_id: int, day: date) -> None:
    row = (GUILD, user_id, day.isoformat(), 0)
    await services.database.write(lambda db: db.execute("insert into rest_day values (?, ?, ?, ?)", row))


async def pass_time(
    services: Services, clock: ManualClock, messenger: FakeMessenger, until: datetime
) -> None:
    """Let the bot tick at each moment at which anything is due before an instant."""
    while (moment := await services.database.read(due.next_due_at)) is not None and moment < until:
        clock.set(max(moment, clock.now()))
        await services.delivery.tick(messenger)


def sent(messenger: FakeMessenger, guild_id: int, first: datetime, last: datetime) -> list[Sent]:
    found: list[Sent] = []
    for message in messenger.messages.values():
        at, content = message.sent_at, message.content
        if message.place.guild_id != guild_id or not first <= at < last:
            continue
        if isinstance(content, PromptContent):
            found.append((at, "prompt", tuple(content.members), content.question))
        elif isinstance(content, PingContent):
            found.append((at, "ping", tuple(content.members), content.is_second))
        elif isinstance(content, DirectPingContent):
            found.append((at, "direct", (-message.place.channel_id,), content.is_second))
        elif isinstance(content, LookbackContent):
            found.append((at, "lookback", (), None))
    return sorted(found, key=repr)


def told(preview: Preview) -> list[Sent]:
    found: list[Sent] = [
        (prompt.at, "prompt", tuple(prompt.content.members), prompt.content.question)
        for prompt in preview.prompts
    ]
    for ping in preview.pings:
        kind = "ping" if isinstance(ping.content, PingContent) else "direct"
        members = tuple(one.user_id for one in ping.reached)
        found.append((ping.at, kind, members, ping.content.is_second))
    if preview.lookback_at is not None:
        found.append((preview.lookback_at, "lookback", (), None))
    return sorted(found, key=repr)


ZONES = (
    BERLIN,
    "Etc/UTC",
    "Pacific/Kiritimati",
    "Pacific/Honolulu",
    "Asia/Kathmandu",
    "America/New_York",
    "America/Scoresbysund",
    "Africa/Cairo",
    "Australia/Lord_Howe",
)
# Plain days, and those around which clocks change in one of the zones.
MOMENTS = (
    "2026-03-02T12:00",
    "2026-03-07T21:00",
    "2026-03-27T23:30",
    "2026-03-28T20:00",
    "2026-04-04T03:00",
    "2026-04-23T22:30",
    "2026-10-24T08:00",
    "2026-10-30T00:00",
    "2026-12-31T23:59",
)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("seed", range(4))
async def test_what_the_preview_says_is_what_is_sent_when_the_day_has_passed(
    services: Services, clock: ManualClock, moment: str, seed: int
) -> None:
    chance = random.Random(f"{moment} {seed}")
    clock.set(utc(moment) - 3 * ONE_DAY)
    zone = chance.choice(ZONES)
    await set_up(services, zone=zone, at=time(chance.randrange(24)))
    weekday = (local_day(utc(moment), zone) + ONE_DAY).weekday()
    await services.servers.set_up(GUILD, lookback_weekday=weekday, lookback_time=time(chance.randrange(24)))
    for user_id in range(10, 40):
        await services.routines.plan(
            GUILD,
            user_id,
            zone=chance.choice(ZONES),
            days=chance.choice(("every day", "mon-fri", "weekends", "sun, tue, thu, sat")),
            at=f"{chance.randrange(24):02}:{chance.choice((0, 0, 30)):02}",
            ping=chance.random() < 0.8,
        )
        await ask(services, user_id, second=chance.random() < 0.5, direct=chance.random() < 0.3)
        if chance.random() < 0.2:
            away = utc(moment).date() + chance.randrange(-2, 3) * ONE_DAY
            await go_away(services, user_id, away, away + chance.randrange(3) * ONE_DAY)
    # Somebody has checked in, so that there is a week to look back on.
    await services.checkins.report(GUILD, 10, Entry("Read a paper"))
    messenger = FakeMessenger(clock)
    await pass_time(services, clock, messenger, utc(moment))
    clock.set(utc(moment))
    await services.delivery.tick(messenger)
    for user_id in range(10, 40):
        if chance.random() < 0.2:
            await services.checkins.report(GUILD, user_id, Entry("Early"))
        elif chance.random() < 0.2:
            await take_off(services, user_id, utc(moment).date() + chance.randrange(0, 3) * ONE_DAY)

    preview = await services.checkins.preview(GUILD)
    assert preview.day == local_day(utc(moment), zone) + ONE_DAY
    first, last = instant(preview.day, time.min, zone), day_ends(preview.day, zone)
    await pass_time(services, clock, messenger, last)
    assert told(preview) == sent(messenger, GUILD, first, last)
    assert preview.prompts
    assert preview.pings


async def test_looking_changes_nothing(services: Services) -> None:
    await set_up(services)
    await services.routines.plan(GUILD, ADA, ping=True)
    before = await services.database.read(lambda db: list(db.iterdump()))
    assert (await services.checkins.preview(GUILD)).pings
    assert await services.database.read(lambda db: list(db.iterdump())) == before


async def test_each_is_reached_at_a_time_of_the_server_and_one_of_their_own(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    await services.routines.plan(GUILD, ADA, zone=BERLIN, at="09:30", ping=True)
    await services.routines.plan(GUILD, BEN, zone="Asia/Tokyo", at="17:30", ping=True)
    preview = await services.checkins.preview(GUILD)
    assert (preview.day, preview.zone) == (TUESDAY, BERLIN)
    (ping,) = preview.pings
    assert ping.at == utc("2026-03-03T08:30")
    assert local(ping.at, BERLIN).time() == time(9, 30)
    # A wall clock without a zone: which one it is remains the member's affair.
    assert ping.reached == [
        Reached(ADA, datetime.combine(TUESDAY, time(9, 30))),
        Reached(BEN, datetime.combine(TUESDAY, time(17, 30))),
    ]


async def test_the_next_day_is_the_servers_whatever_day_it_is_for_others(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services, zone="Pacific/Kiritimati")
    clock.set(utc("2026-03-02T10:00"))  # Tuesday has just begun there.
    await services.routines.plan(GUILD, ADA, zone="Pacific/Honolulu", at="23:30", ping=True)
    preview = await services.checkins.preview(GUILD)
    assert preview.day == date(2026, 3, 4)
    (ping,) = preview.pings
    assert ping.reached == [Reached(ADA, datetime.combine(TUESDAY, time(23, 30)))]


async def test_away_members_are_not_in_it_and_without_anybody_else_there_is_no_prompt(
    services: Services,
) -> None:
    await set_up(services)
    await services.routines.plan(GUILD, ADA, ping=True)
    await go_away(services, ADA, TUESDAY, TUESDAY)
    preview = await services.checkins.preview(GUILD)
    assert (preview.prompts, preview.pings, preview.why_no_prompt) == ([], [], NOBODY)
    assert str(ADA) not in repr(preview)


async def test_without_a_routine_it_says_why_there_is_no_prompt(services: Services) -> None:
    await set_up(services)
    assert (await services.checkins.preview(GUILD)).why_no_prompt == NOBODY


async def test_a_day_that_has_had_its_prompt_before_a_move_to_the_west_is_said_to_have_had_it(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services, zone="Asia/Tokyo")
    await services.routines.plan(GUILD, ADA)
    clock.set(utc("2026-03-03T00:00"))
    await services.delivery.tick(FakeMessenger(clock))
    await services.servers.set_up(GUILD, zone="Pacific/Honolulu")
    preview = await services.checkins.preview(GUILD)
    assert (preview.day, preview.prompts, preview.why_no_prompt) == (TUESDAY, [], HAD_ITS_PROMPT)


async def test_the_prompt_is_shown_with_the_questions_chosen_now(services: Services) -> None:
    await set_up(services)
    await services.routines.plan(GUILD, ADA)
    await services.servers.set_questions(GUILD, "Is it **done**?")
    (prompt,) = (await services.checkins.preview(GUILD)).prompts
    assert prompt.content == PromptContent(TUESDAY, "Is it **done**?", [])


@pytest.mark.parametrize(("weekday", "at"), [(1, utc("2026-03-03T17:00")), (2, None), (None, None)])
async def test_the_look_back_is_in_it_on_its_day_only(
    services: Services, weekday: int | None, at: datetime | None
) -> None:
    await set_up(services)
    await services.servers.set_up(GUILD, lookback_weekday=weekday)
    preview = await services.checkins.preview(GUILD)
    assert (preview.lookback_at, preview.lookback_weekday) == (at, weekday)


async def test_more_people_than_a_message_can_mention_are_in_several(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    for user_id in range(100, 100 + MENTIONS_IN_A_MESSAGE + 1):
        await services.routines.plan(GUILD, user_id, ping=True)
    preview = await services.checkins.preview(GUILD)
    assert [len(ping.reached) for ping in preview.pings] == [MENTIONS_IN_A_MESSAGE, 1]
    messenger = FakeMessenger(clock)
    await pass_time(services, clock, messenger, utc("2026-03-03T23:00"))
    assert told(preview) == sent(messenger, GUILD, utc("2026-03-02T23:00"), utc("2026-03-03T23:00"))


async def test_two_servers_with_the_same_people_know_nothing_of_each_other(services: Services) -> None:
    await set_up(services)
    await set_up(services, OTHER)
    await services.routines.plan(GUILD, ADA, at="07:00", ping=True)
    await services.routines.plan(OTHER, ADA, at="20:00", ping=True)
    await services.servers.set_questions(OTHER, "Other?")
    await go_away(services, ADA, TUESDAY, TUESDAY, OTHER)
    mine, others = await services.checkins.preview(GUILD), await services.checkins.preview(OTHER)
    assert [ping.at for ping in mine.pings] == [utc("2026-03-03T06:00")]
    assert mine.prompts[0].content.question != "Other?"
    assert (others.pings, others.prompts) == ([], [])


async def test_a_server_that_was_not_set_up_has_no_preview(services: Services) -> None:
    with pytest.raises(NotSetUp):
        await services.checkins.preview(GUILD)


async def test_the_plan_between_two_instants_holds_every_time_of_a_row(services: Services) -> None:
    await set_up(services)
    await services.routines.plan(GUILD, ADA, days="mon, wed", at="10:00", ping=True)
    first = utc("2026-03-04T09:00")

    def between(last: datetime) -> list[datetime]:
        with sqlite3.connect(services.database.path) as db:
            db.row_factory = sqlite3.Row
            found = [one.at for one in due.between(db, GUILD, ("ping",), first, last)]
        db.close()
        return found

    # The first instant belongs to it, the last one does not.
    assert between(first + timedelta(days=7)) == [first, utc("2026-03-09T09:00")]
    assert between(first + timedelta(days=7, seconds=1))[-1] == utc("2026-03-11T09:00")
