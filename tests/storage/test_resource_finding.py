"""Finding resources, looking round among them, and being told the next one, over a real database."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.checkins.rules import Entry, KindOfWork
from bot.ideas.rules import IdeaText
from bot.resources import loading, misses_store
from bot.resources.entry import Step
from bot.resources.errors import NoSuchResource, NothingNext, QueryEmpty, QueryTooLong
from bot.resources.next import Ground
from bot.search.document import Why
from bot.search.facets import Cost, Filters, Kind, Level
from bot.services import Services
from tests.clocks import ManualClock
from tests.shelved_resources import BOATS, FORESTS, an_entry, id_of, kill_link, listed, stock, titles

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20


@pytest.fixture
async def services(services: Services, db: sqlite3.Connection) -> Services:
    stock(db)
    return services


async def found(services: Services, query: str, guild: int = GUILD, **filters: Any) -> list[str]:
    answer = await services.resources.find(guild, ADA, query, replace(Filters(), **filters))
    return titles([one.resource for one in answer.found])


def misses(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute("select * from resource_miss order by guild_id, week, words")]


async def test_an_answer_has_all_that_its_reader_wants_to_know(
    services: Services, db: sqlite3.Connection
) -> None:
    number = id_of(db, "Random Forests")
    for user in (ADA, BEN):
        await services.resources.thank(GUILD, user, number, on=True)
    await services.resources.save(GUILD, ADA, number, on=True)
    answer = await services.resources.find(GUILD, ADA, " random \n forrests ")
    assert answer.query == "random forrests"
    assert answer.respelt == "random forests"
    first = answer.found[0]
    assert (first.resource.entry, first.helped) == (FORESTS, 2)
    assert (first.mark.is_saved, first.mark.has_helped, first.mark.is_finished) == (True, True, False)
    assert first.reasons[0].why is Why.NAME
    # What it is to others is theirs.
    others = (await services.resources.find(GUILD, BEN, "random forests")).found[0]
    assert (others.mark.is_saved, others.helped) == (False, 2)
    elsewhere = (await services.resources.find(OTHER, ADA, "random forests")).found[0]
    assert (elsewhere.mark.is_saved, elsewhere.helped) == (False, 0)


async def test_what_is_dead_is_found_by_its_name_with_what_replaced_it(services: Services) -> None:
    answer = await services.resources.find(GUILD, ADA, "lost atlas")
    (first,) = answer.found
    assert first.resource.entry.dead == "Closed in 2024."
    assert first.replacement is not None
    assert first.replacement.entry == BOATS
    await services.curation.take_in(GUILD, [an_entry("Radar, our notes", address=BOATS.address)])
    (first,) = (await services.resources.find(GUILD, ADA, "lost atlas")).found
    assert first.replacement is not None
    assert first.replacement.entry.title == "Radar, our notes"


async def test_filters_leave_what_is_asked_for_and_say_when_only_they_are_in_the_way(
    services: Services, db: sqlite3.Connection
) -> None:
    assert await found(services, "boat radar", kind=Kind.BOOK, level=Level.ADVANCED) == ["Boat Radar"]
    answer = await services.resources.find(GUILD, ADA, "boat radar", Filters(cost=Cost.FREE))
    assert (answer.found, answer.fit_without_filters) == ((), True)
    nothing = await services.resources.find(GUILD, ADA, "zzyzx", Filters(cost=Cost.FREE))
    assert (nothing.found, nothing.fit_without_filters) == ((), False)
    assert [words for *_, words, _ in misses(db)] == ["zzyzx"]


@pytest.mark.parametrize("typed", ["", "  \n\t "])
async def test_nothing_typed_is_no_query(services: Services, typed: str) -> None:
    with pytest.raises(QueryEmpty):
        await services.resources.find(GUILD, ADA, typed)
    assert await services.resources.complete(GUILD, typed) == []


async def test_any_text_up_to_a_length_is_a_query(services: Services) -> None:
    for typed in ('"', "***", "NEAR(", "a OR", "\x00", "🐦" * 100, "птицы", "' union select", "x" * 200):
        assert isinstance(await found(services, typed), list)
        assert isinstance(await services.resources.complete(GUILD, typed), list)
    with pytest.raises(QueryTooLong):
        await services.resources.find(GUILD, ADA, "x" * 201)
    assert await services.resources.complete(GUILD, "x" * 500) == []


async def test_what_is_chosen_is_found_by_id_title_or_name(
    services: Services, db: sqlite3.Connection
) -> None:
    stock(db, [listed("Walnuts", also=("nut course",)), listed("42")], "with names")
    for typed, title in (
        (str(id_of(db, "Walnuts")), "Walnuts"),
        (" wALNUTS ", "Walnuts"),
        ("Nut  Course", "Walnuts"),
        ("42", "42"),
    ):
        assert (await services.resources.chosen(GUILD, typed)).entry.title == title
    for typed in ("", "wal", "9999", str(id_of(db, "Boat Radar")), "²", "1" * 50, "1" * 5_000):
        with pytest.raises(NoSuchResource):
            await services.resources.chosen(GUILD, typed)


async def test_browsing_counts_what_members_of_this_server_say_helped(
    services: Services, db: sqlite3.Connection
) -> None:
    await services.resources.thank(GUILD, ADA, id_of(db, "Boat Radar"), on=True)
    here, there = await services.resources.browse(GUILD), await services.resources.browse(OTHER)
    assert titles(here.resources) == ["Boat Radar", "Bird Calls", "Random Forests"]
    assert titles(there.resources) == ["Bird Calls", "Random Forests", "Boat Radar"]
    assert titles((await services.resources.browse(GUILD, step=Step.BUILD)).resources) == ["Bird Calls"]


async def test_many_at_once_are_answered_each_for_itself(services: Services) -> None:
    for guild in (GUILD, OTHER):
        await services.curation.take_in(guild, [an_entry(f"Zymurgy {guild}")])
    answers = await asyncio.gather(
        *(found(services, "zymurgy", guild) for guild in (GUILD, OTHER, 3) for _ in range(10))
    )
    assert answers == [["Zymurgy 1"]] * 10 + [["Zymurgy 2"]] * 10 + [[]] * 10


# What was not found.


async def test_a_miss_is_counted_in_the_servers_week_without_whose_it_was(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    for user in (ADA, BEN):
        await services.resources.find(GUILD, user, "Walnut  Pie")
    await services.resources.find(OTHER, ADA, "walnut pie")
    await services.resources.find(GUILD, ADA, "boat radar")
    assert misses(db) == [(GUILD, "2026-03-02", "walnut pie", 2), (OTHER, "2026-03-02", "walnut pie", 1)]
    # It is Monday in Auckland while it is Sunday in UTC.
    await services.servers.set_up(OTHER, checkin_channel_id=5, zone="Pacific/Auckland", prompt_time=time(9))
    clock.advance(days=6, hours=3)
    for guild in (GUILD, OTHER):
        await services.resources.find(guild, ADA, "walnut pie")
    assert misses(db) == [
        (GUILD, "2026-03-02", "walnut pie", 3),
        (OTHER, "2026-03-02", "walnut pie", 1),
        (OTHER, "2026-03-09", "walnut pie", 1),
    ]


async def test_a_search_that_tells_of_somebody_leaves_no_trace(
    services: Services, db: sqlite3.Connection
) -> None:
    for typed in (
        "ada@example.org zzyzx",
        "<@777000111222333444>",
        "https://zzyzx.example",
        "zzyzx 0170 12345",
    ):
        assert await found(services, typed) == []
    assert misses(db) == []


async def test_after_eight_weeks_a_miss_is_forgotten(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    await services.resources.find(GUILD, ADA, "walnut pie")
    await services.resources.find(OTHER, ADA, "walnut pie")
    clock.advance(days=8 * 7)
    await services.resources.find(GUILD, ADA, "pecan pie")
    assert len(misses(db)) == 3
    clock.advance(days=7)
    await services.resources.find(GUILD, ADA, "pecan pie")
    assert [row[:3] for row in misses(db)] == [
        (GUILD, "2026-04-27", "pecan pie"),
        (GUILD, "2026-05-04", "pecan pie"),
        (OTHER, "2026-03-02", "walnut pie"),
    ]
    # Where nobody searches any more, it goes with the next start.
    loading.prepare(db, clock.now())
    assert {row[0] for row in misses(db)} == {GUILD}


async def test_of_a_week_only_so_many_words_are_kept(
    services: Services, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misses_store, "WORDS_A_WEEK", 2)
    for typed in ("walnuts", "pecans", "almonds", "walnuts"):
        await services.resources.find(GUILD, ADA, typed)
    assert [row[2:] for row in misses(db)] == [("pecans", 1), ("walnuts", 2)]


# What comes next.


async def test_what_comes_next_follows_from_what_a_member_does_here(
    services: Services, db: sqlite3.Connection
) -> None:
    # Nothing is known of them, and the server is not even set up.
    begin = await services.resources.next_for(GUILD, ADA)
    assert (begin.resource.entry, begin.because.ground) == (FORESTS, Ground.BEGINNING)
    await services.servers.set_up(GUILD, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    await services.checkins.report(GUILD, ADA, Entry("Read about audio", kind=KindOfWork.LEARNING))
    build = await services.resources.next_for(GUILD, ADA)
    assert (build.resource.entry.title, build.because.ground) == ("Bird Calls", Ground.BUILD_MORE)
    assert (build.because.share, build.because.topic) == (0, "audio")
    assert (await services.resources.next_for(GUILD, BEN)).resource.entry == FORESTS
    assert (await services.resources.next_for(OTHER, ADA)).resource.entry == FORESTS


async def test_goals_ideas_and_what_is_read_tell_what_somebody_is_at(services: Services) -> None:
    await services.servers.set_up(GUILD, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    topics = []
    await services.curation.take_in(
        GUILD, [an_entry("Sounds", topics=("audio",)), an_entry("Series", topics=("time-series",))]
    )
    await services.ideas.add(GUILD, ADA, IdeaText("Time series of bus delays"))
    topics.append((await services.resources.next_for(GUILD, ADA)).because.topic)
    await services.goals.add(GUILD, ADA, "Finish the audio chapter")
    topics.append((await services.resources.next_for(GUILD, ADA)).because.topic)
    assert topics == ["time-series", "audio"]


async def test_a_check_in_of_two_weeks_ago_says_nothing_any_more(
    services: Services, clock: ManualClock
) -> None:
    await services.servers.set_up(GUILD, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    await services.checkins.report(GUILD, ADA, Entry("Read about audio", kind=KindOfWork.LEARNING))
    clock.advance(days=13)
    assert (await services.resources.next_for(GUILD, ADA)).because.ground is Ground.BUILD_MORE
    clock.advance(days=1)
    assert (await services.resources.next_for(GUILD, ADA)).because.ground is Ground.BEGINNING


async def test_what_was_begun_comes_next_until_it_is_finished_or_its_link_is_dead(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    number = id_of(db, "Boat Radar")
    await services.resources.start(GUILD, ADA, number, on=True)
    begun_at = clock.now()
    clock.advance(days=9)
    follows = await services.resources.next_for(GUILD, ADA)
    assert (follows.resource.id, follows.because.ground) == (number, Ground.STARTED)
    assert follows.because.since == begun_at
    kill_link(db, number, clock.now())
    assert (await services.resources.next_for(GUILD, ADA)).resource.id != number
    db.execute("delete from resource_link")
    await services.resources.finish(GUILD, ADA, number, on=True)
    assert (await services.resources.next_for(GUILD, ADA)).resource.id != number


async def test_at_the_end_there_is_nothing_next(services: Services, db: sqlite3.Connection) -> None:
    passed: list[int] = []
    for _ in range(3):
        passed.append((await services.resources.next_for(GUILD, ADA, passed)).resource.id)
    assert sorted(passed) == sorted(
        id_of(db, title) for title in ("Bird Calls", "Boat Radar", "Random Forests")
    )
    with pytest.raises(NothingNext):
        await services.resources.next_for(GUILD, ADA, passed)
