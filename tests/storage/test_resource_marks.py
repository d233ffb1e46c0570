"""What resources are to members: saved, begun, finished, helped, reported; each for themselves."""

import sqlite3

import pytest

from bot.resources.errors import ResourceGone
from bot.resources.links.rules import NOT_THERE
from bot.resources.resource import Mark
from bot.services import Services
from tests.clocks import ManualClock
from tests.shelved_resources import id_of, kill_link, stock, titles

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20


@pytest.fixture
async def services(services: Services, db: sqlite3.Connection) -> Services:
    stock(db)
    return services


@pytest.fixture
async def number(services: Services, db: sqlite3.Connection) -> int:
    return id_of(db, "Random Forests")


async def test_a_mark_is_set_once_and_taken_off_again(
    services: Services, clock: ManualClock, number: int, db: sqlite3.Connection
) -> None:
    resources, now = services.resources, clock.now()
    for act in (resources.save, resources.start, resources.finish, resources.thank):
        await act(GUILD, ADA, number, on=True)
        clock.advance(minutes=1)
        shown = await act(GUILD, ADA, number, on=True)
        clock.advance(minutes=-1)
    assert shown.mark == Mark(now, now, now, now)
    for act in (resources.save, resources.start, resources.finish, resources.thank):
        for _ in range(2):
            shown = await act(GUILD, ADA, number, on=False)
    assert shown.mark == Mark()
    assert db.execute("select count(*) from resource_mark").fetchone()[0] == 0


async def test_what_is_begun_again_is_not_finished(
    services: Services, clock: ManualClock, number: int
) -> None:
    await services.resources.start(GUILD, ADA, number, on=True)
    shown = await services.resources.finish(GUILD, ADA, number, on=True)
    assert (shown.mark.is_under_way, shown.mark.is_finished) == (False, True)
    clock.advance(days=1)
    shown = await services.resources.start(GUILD, ADA, number, on=True)
    assert (shown.mark.is_under_way, shown.mark.is_finished) == (True, False)
    assert shown.mark.started_at == clock.now()
    shown = await services.resources.finish(GUILD, ADA, number, on=True)
    shown = await services.resources.finish(GUILD, ADA, number, on=False)
    assert shown.mark.is_under_way


async def test_helped_counts_once_for_each_member_of_the_server(services: Services, number: int) -> None:
    for user in (ADA, ADA, BEN):
        shown = await services.resources.thank(GUILD, user, number, on=True)
    assert shown.helped == 2
    assert (await services.resources.thank(OTHER, ADA, number, on=True)).helped == 1
    assert (await services.resources.thank(GUILD, ADA, number, on=False)).helped == 1


async def test_a_dead_link_is_reported_once_by_each_and_looked_at_soon(
    services: Services, clock: ManualClock, number: int, db: sqlite3.Connection
) -> None:
    kill_link(db, number, clock.now())
    later = int(clock.now().timestamp()) + 500_000
    db.execute("update resource_link set next_check_at = ?, checked_at = 0, dead_since = null", (later,))
    for user in (ADA, ADA, BEN):
        shown = await services.resources.report_dead(GUILD, user, number)
    assert (shown.reported, shown.reported_by_me) == (2, True)
    elsewhere = await services.resources.show(OTHER, ADA, number)
    assert (elsewhere.reported, elsewhere.reported_by_me) == (0, False)
    assert shown.link.problem == NOT_THERE
    assert not shown.link.is_dead
    assert db.execute("select next_check_at from resource_link").fetchone()[0] == clock.now().timestamp()


async def test_a_report_is_of_the_address_that_was_there(services: Services, db: sqlite3.Connection) -> None:
    suggestion = await services.curation.suggest(
        GUILD, ADA, address="https://walnuts.example", title="Walnuts in Python", good_for="Teaches nuts."
    )
    own = await services.curation.accept(GUILD, suggestion.id)
    await services.resources.report_dead(GUILD, BEN, own.id)
    await services.curation.change_own(GUILD, own.id, title="Walnuts")
    assert (await services.resources.show(GUILD, ADA, own.id)).reported == 1
    await services.curation.change_own(GUILD, own.id, address="https://walnuts.example/new")
    assert (await services.resources.show(GUILD, ADA, own.id)).reported == 0


async def test_each_resource_is_in_one_list_of_mine_the_newest_first(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    forests, birds, boats, lost = (
        id_of(db, title) for title in ("Random Forests", "Bird Calls", "Boat Radar", "Lost Atlas")
    )
    resources = services.resources
    for each in (forests, birds, boats):
        await resources.save(GUILD, ADA, each, on=True)
        clock.advance(minutes=1)
    await resources.thank(GUILD, ADA, lost, on=True)
    mine = await resources.of_member(GUILD, ADA)
    assert [one.resource.entry.title for one in mine.saved] == ["Boat Radar", "Bird Calls", "Random Forests"]
    assert [one.resource.id for one in mine.helped] == [lost]
    await resources.start(GUILD, ADA, birds, on=True)
    await resources.start(GUILD, ADA, boats, on=True)
    await resources.finish(GUILD, ADA, boats, on=True)
    await resources.thank(GUILD, ADA, boats, on=True)
    mine = await resources.of_member(GUILD, ADA)
    assert titles([one.resource for one in (*mine.saved, *mine.started, *mine.finished, *mine.helped)]) == [
        "Random Forests",
        "Bird Calls",
        "Boat Radar",
        "Lost Atlas",
    ]
    assert mine.finished[0].mark.has_helped
    for guild, user in ((GUILD, BEN), (OTHER, ADA)):
        others = await resources.of_member(guild, user)
        assert (others.saved, others.started, others.finished, others.helped) == ([], [], [], [])


async def test_a_mark_on_what_is_gone_can_be_taken_off_and_nothing_else(
    services: Services, number: int
) -> None:
    await services.resources.save(GUILD, ADA, number, on=True)
    await services.curation.remove(GUILD, number)
    shown = await services.resources.show(GUILD, ADA, number)
    assert (shown.is_gone, shown.mark.is_saved) == (True, True)
    for attempt in (
        services.resources.thank(GUILD, ADA, number, on=True),
        services.resources.report_dead(GUILD, ADA, number),
        services.resources.show(GUILD, BEN, number),
    ):
        with pytest.raises(ResourceGone):
            await attempt
    shown = await services.resources.save(GUILD, ADA, number, on=False)
    assert (shown.is_gone, shown.mark) == (True, Mark())
    assert (await services.resources.of_member(GUILD, ADA)).saved == []


@pytest.mark.parametrize("number", [0, -1, 2**62])
async def test_what_never_was_is_gone(services: Services, number: int) -> None:
    for on in (True, False):
        with pytest.raises(ResourceGone):
            await services.resources.save(GUILD, ADA, number, on=on)
