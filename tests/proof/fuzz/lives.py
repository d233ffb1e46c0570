"""What is stored of both servers before anybody acts: a row of everything, made by what people would do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.checkins.rules import Entry
from bot.ideas.rules import IdeaText
from bot.leads.filters import Filters
from bot.polls.rules import Phase, Scope
from bot.privacy.server_data import tables_of_servers
from bot.resources.store import on_shelf
from bot.services import Services
from bot.storage.database import connect
from bot.tracker.rules import Job, State
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.led_polls import Leader
from tests.posted_leads import post
from tests.proof.fuzz.town import PRIVATE, THEIRS, Town, Who
from tests.small_shelf import NETS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.proof.fuzz.town import Place

ZONE = "Etc/UTC"
DAYS_BEFORE = 4
LEADS = 12

TEXTS = {
    "checkin": ("done", "next", "blocked"),
    "question": ("text",),
    "goal": ("text",),
    "watch": ("name",),
    "application": ("company", "role", "place"),
    "application_note": ("text",),
    "application_round": ("text",),
    "introduction": ("location", "technologies", "built"),
    "idea": ("title", "problem", "angle", "baseline"),
    "poll": ("name",),
    "poll_entry": ("title", "problem", "angle", "baseline"),
    "build": ("title", "problem", "angle", "baseline"),
    "resource": ("title", "good_for"),
    "resource_suggestion": ("title", "good_for"),
    "resource_miss": ("words",),
}
"""Where people's own words are stored."""

OWN = ("watch", "application", "application_note", "application_round", "introduction")
"""Those of the tables whose words nobody but their member ever sees."""


async def live(path: Path, town: Town) -> None:
    """Fill a migrated database; raises AssertionError where a table of the other server stays empty."""
    now = datetime.now(UTC)
    clock = ManualClock(now - timedelta(days=DAYS_BEFORE))
    services = await Services.open(path, clock, None)
    try:
        for number in range(LEADS):
            await services.database.write(
                post, 501 + number, now - timedelta(hours=1 + number), for_juniors=number % 2 == 0
            )
        here, rich = town.here, town.people[Who.RICH]
        for place in (here, town.there):
            await _set_up(services, place)
        people = {here: (rich, town.people[Who.MEMBER]), town.there: town.theirs}
        for _day in range(DAYS_BEFORE):
            for place, two in people.items():
                for user in two:
                    await services.routines.plan(
                        place.guild, user, zone=ZONE, days="every day", at=_later(now), ping=True
                    )
                    await services.checkins.report(
                        place.guild, user, Entry("Built https://a.example/shown", "Test it", "Nothing")
                    )
            clock.advance(days=1)
        clock.set(now)
        for place, two in people.items():
            await _live_in(services, clock, place, *two)
        await _begin(services, here, town.people[Who.LEFT])
        await services.delivery.claim_due()
    finally:
        await services.close()
    with closing(connect(path)) as db:
        _mark(db, town, rich)
        empty = {
            table
            for table in tables_of_servers(db)
            if not db.execute(f"select 1 from {table} where guild_id = ?", (town.there.guild,)).fetchone()
        }
    assert not empty, f"nothing is stored of the other server in {sorted(empty)}"


def _later(now: datetime) -> str:
    """A time of day that is not near, so that nothing becomes due meanwhile."""
    return f"{now + timedelta(hours=12):%H:%M}"


async def _set_up(services: Services, place: Place) -> None:
    now = services.clock.now()
    at = (now + timedelta(hours=12)).time().replace(minute=0, second=0, microsecond=0)
    guild = place.guild
    await services.servers.set_up(
        guild,
        checkin_channel_id=place.channel,
        zone=ZONE,
        prompt_time=at,
        lookback_weekday=now.weekday(),
        lookback_time=at,
    )
    await services.servers.set_questions(guild, "What runs now that did not?\nWho saw it?")
    await services.leads.set_up(
        guild, channel_id=place.channel, hour=at, mark=10, places="Porto", weights={"remote": 9}
    )
    await services.curation.set_up(guild, place.office)


async def _begin(services: Services, place: Place, user: int) -> None:
    await services.routines.plan(place.guild, user, zone=ZONE, days="mon-fri", at="13:00", ping=True)
    await services.goals.add(place.guild, user, "Ship it")


async def _live_in(services: Services, clock: ManualClock, place: Place, one: int, other: int) -> None:
    guild = place.guild
    messenger = FakeMessenger(clock)
    for user in (one, other):
        await services.preferences.change(guild, user, named=True)
        await services.goals.add(guild, user, "Ship it")
        await services.focus.start(guild, user, minutes=50)
        await services.ideas.add(guild, user, IdeaText("Hear birds", "Nobody knows", "On a phone", "Ten"))
        await services.watches.add(guild, user, Filters(words="things"), "My things")
        application = (await services.tracker.save(guild, user, 501)).application.id
        by_hand = (await services.tracker.add(guild, user, Job("Acme", "Engineer", "Porto", ""))).application
        for number in (application, by_hand.id):
            await services.tracker.move(guild, user, number, State.APPLIED)
            await services.tracker.note(guild, user, number, "Noted")
            await services.tracker.add_round(guild, user, number, "A call")
        await services.tracker.choose(guild, user, counted=True)
        await services.introductions.write(
            guild, user, location="Porto", technologies="Python", built="A thing", email="me@a.example"
        )
        await services.routines.pause(guild, user, "in 7 days", "in 9 days")
        await services.resources.find(guild, user, "zzzzqqqq xxxyyy")
    await services.curation.take_in(guild, [replace(NETS, slug="", source="server")])
    shelf = await services.database.read(on_shelf, guild)
    for user in (one, other):
        await services.resources.save(guild, user, shelf[-1].id, on=True)
        await services.resources.finish(guild, user, shelf[0].id, on=True)
        await services.resources.report_dead(guild, user, shelf[1].id)
        await services.curation.suggest(
            guild, user, address=f"https://nuts.example/{user}", title="Nuts", good_for="Teaches nuts."
        )
    await services.curation.remove(guild, shelf[2].id)
    first, second = (Leader(services, clock, messenger, guild, place.channel, user) for user in (one, other))
    for phase in (Phase.CLOSED, Phase.DROPPED, Phase.COLLECT, Phase.FINAL):
        await first.at(phase)
    for phase in (Phase.CARDS, Phase.BASELINE):
        await second.at(phase)
    await first.at(Phase.COLLECT, scope=Scope.INVITED)
    await services.database.write(_insert, place, one, other)


def _insert(db: sqlite3.Connection, place: Place, one: int, other: int) -> None:
    """What would take several days, or more people, to come about."""
    guild = place.guild
    db.execute("insert into poll_invited select max(id), ?, ? from poll", (guild, other))
    for user, buddy in ((one, other), (other, one)):
        db.execute("insert into buddy values (?, ?, ?, 0)", (guild, user, buddy))
        db.execute("insert into buddy_before values (?, ?, ?, 0)", (guild, user, buddy + 1))
        db.execute("insert into nudge values (?, ?, '2026-01-01', ?, 0)", (guild, user, buddy))
        db.execute("insert into rest_day values (?, ?, '2026-01-01', 0)", (guild, user))
        db.execute("insert or ignore into watch_find values (?, ?, 502, 0, null)", (guild, user))
        db.execute("insert or ignore into watch_silence values (?, ?, 0)", (guild, other))
        (idea,) = db.execute("select max(id) from idea where guild_id = ?", (guild,)).fetchone()
        db.execute("insert or ignore into idea_co_author values (?, ?, ?)", (idea, guild, other))
    db.execute("insert into buddy_search values (?, ?, 0)", (guild, place.role))
    db.execute(
        "insert into idea_merge values (null, ?, ?, ?, ?, ?, 0, null, null)",
        (guild, other, place.channel, idea - 1, idea),
    )
    db.execute("insert or ignore into lead_shown values (?, 503, '2026-01-01')", (guild,))
    db.execute("insert or ignore into watch_round values (?, 0)", (guild,))


def _mark(db: sqlite3.Connection, town: Town, rich: int) -> None:
    """Put the words that must not be seen into what is stored."""
    for table, columns in TEXTS.items():
        for column in columns:
            db.execute(
                f"update {table} set {column} = '{THEIRS} ' || {column} where guild_id = ?",
                (town.there.guild,),
            )
            if table in OWN:
                db.execute(
                    f"update {table} set {column} = '{PRIVATE} ' || {column} "
                    "where guild_id = ? and user_id = ?",
                    (town.here.guild, rich),
                )
    db.execute(
        f"update evidence set url = 'https://{THEIRS}.example' where guild_id = ?", (town.there.guild,)
    )
    db.execute(
        f"""update lead_settings set places = '["{THEIRS}"]' where guild_id = ?""", (town.there.guild,)
    )
