"""What stands on a server's shelf: the catalogue without what is hidden, and what is its own."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.resources import catalogue, loading, marks_store, shelving, store
from bot.resources.documents import document_of
from bot.resources.errors import (
    AddressTwice,
    NotOwnResource,
    ResourceGone,
    ResourceThere,
    ResourceTitleMissing,
    TooManyOwnResources,
    TooManyTopics,
    UnknownHours,
    UnknownTopic,
    UnknownWord,
)
from bot.resources.resource import Mark, Resource
from bot.resources.shelves import HELD, Common
from bot.resources.shelving import TakenIn
from bot.search.facets import Kind, Level
from bot.search.meanings import meanings
from bot.search.reading import read
from bot.services import Services
from tests.shelved_resources import (
    BOATS,
    FORESTS,
    LOST,
    NOW,
    an_entry,
    id_of,
    listed,
    stock,
    titles,
)

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20


@pytest.fixture
async def services(services: Services, db: sqlite3.Connection) -> Services:
    stock(db)
    return services


async def seen(services: Services, guild: int = GUILD) -> list[str]:
    """All that a server sees and that is not dead, by title."""
    found = []
    for page in range((await services.resources.browse(guild)).pages):
        found += titles((await services.resources.browse(guild, page=page)).resources)
    return sorted(found)


ALL_ALIVE = ["Bird Calls", "Boat Radar", "Random Forests"]


# The catalogue.


async def test_the_catalogue_is_read_once_for_each_edition(
    services: Services, db: sqlite3.Connection
) -> None:
    assert loading.load_shipped(db, NOW)
    before = db.execute("select * from resource order by id").fetchall()
    assert not loading.load_shipped(db, NOW + timedelta(days=1))
    db.execute("delete from fact where name = ?", (store.CATALOGUE,))
    assert loading.load_shipped(db, NOW + timedelta(days=1))
    assert [tuple(row) for row in db.execute("select * from resource order by id")] == list(
        map(tuple, before)
    )
    shipped = catalogue.read_catalogue(catalogue.shipped().decode())
    assert [one.entry for one in store.on_shelf(db, GUILD) if one.entry.slug == shipped[0].slug] == [
        shipped[0]
    ]
    assert len(store.on_shelf(db, GUILD)) == len(shipped)


async def test_what_vanishes_from_the_catalogue_and_comes_back_keeps_its_id(
    services: Services, db: sqlite3.Connection
) -> None:
    number = id_of(db, "Boat Radar")
    await services.resources.save(GUILD, ADA, number, on=True)
    stock(db, [FORESTS], "smaller")
    assert await seen(services) == ["Random Forests"]
    (kept,) = (await services.resources.of_member(GUILD, ADA)).saved
    assert (kept.resource.id, kept.resource.entry.title, kept.is_gone) == (number, "Boat Radar", True)
    stock(db, [FORESTS, replace(BOATS, title="Boat Radar, second edition")], "larger")
    assert await seen(services) == ["Boat Radar, second edition", "Random Forests"]
    (kept,) = (await services.resources.of_member(GUILD, ADA)).saved
    assert (kept.resource.id, kept.is_gone) == (number, False)


async def test_another_edition_is_seen_without_a_new_start(
    services: Services, db: sqlite3.Connection
) -> None:
    assert (await services.resources.find(GUILD, ADA, "walnuts")).found == ()
    stock(db, [listed("Walnuts")], "with walnuts")
    answer = await services.resources.find(GUILD, ADA, "walnuts")
    assert titles([one.resource for one in answer.found]) == ["Walnuts"]


# What a server has of its own.


async def test_each_server_sees_its_own_and_hides_for_itself(
    services: Services, db: sqlite3.Connection
) -> None:
    await services.curation.take_in(GUILD, [an_entry("Zymurgy")])
    await services.curation.remove(OTHER, id_of(db, "Boat Radar"))
    assert await seen(services) == [*ALL_ALIVE, "Zymurgy"]
    assert await seen(services, OTHER) == ["Bird Calls", "Random Forests"]
    assert await seen(services, 3) == ALL_ALIVE
    number = id_of(db, "Zymurgy")
    for attempt in (
        services.resources.show(OTHER, ADA, number),
        services.resources.save(OTHER, ADA, number, on=True),
        services.resources.save(OTHER, ADA, number, on=False),
        services.resources.report_dead(OTHER, ADA, number),
        services.curation.change_own(OTHER, number, title="Mine"),
        services.curation.remove(OTHER, number),
        services.curation.bring_back(OTHER, number),
        services.resources.show(OTHER, ADA, id_of(db, "Boat Radar")),
    ):
        with pytest.raises(ResourceGone):
            await attempt


async def test_no_word_of_a_server_changes_what_another_is_answered(services: Services) -> None:
    before = [
        await services.resources.find(OTHER, ADA, typed) for typed in ("zymurgi", "forrests", "zymurgy")
    ]
    await services.curation.take_in(
        GUILD, [an_entry("Zymurgy", good_for="Forrests and zymurgi, for whoever brews.", also=("zymurgi",))]
    )
    own = await services.resources.find(GUILD, ADA, "zymurgi")
    assert titles([one.resource for one in own.found]) == ["Zymurgy"]
    assert [
        await services.resources.find(OTHER, ADA, typed) for typed in ("zymurgi", "forrests", "zymurgy")
    ] == before
    assert before[1].respelt == "forests"
    assert await services.resources.complete(OTHER, "zym") == []
    assert titles(await services.resources.complete(GUILD, "zym")) == ["Zymurgy"]


async def test_what_is_hidden_is_brought_back_with_what_it_was_to_members(
    services: Services, db: sqlite3.Connection
) -> None:
    number = id_of(db, "Random Forests")
    await services.resources.start(GUILD, ADA, number, on=True)
    await services.curation.remove(GUILD, number)
    with pytest.raises(ResourceGone):
        await services.curation.remove(GUILD, number)
    assert titles(await services.curation.taken_off(GUILD)) == ["Random Forests"]
    assert (await services.resources.of_member(GUILD, ADA)).started[0].is_gone
    for _ in range(2):
        assert (await services.curation.bring_back(GUILD, number)).id == number
    assert await services.curation.taken_off(GUILD) == []
    assert not (await services.resources.of_member(GUILD, ADA)).started[0].is_gone


async def test_ones_own_is_changed_field_by_field_and_the_catalogues_is_not(
    services: Services, db: sqlite3.Connection
) -> None:
    await services.curation.take_in(GUILD, [an_entry("Zymurgy")])
    (own,) = await services.curation.own(GUILD)
    changed = await services.curation.change_own(
        GUILD,
        own.id,
        title="  Brewing ",
        kind="book",
        level=Level.ADVANCED,
        hours="2,5",
        topics=["python", "python"],
    )
    assert changed.id == own.id
    assert changed.entry == replace(
        own.entry, title="Brewing", kind=Kind.BOOK, level=Level.ADVANCED, minutes=150, topics=("python",)
    )
    assert await services.curation.own(GUILD) == [changed]
    answer = await services.resources.find(GUILD, ADA, "brewing")
    assert answer.found[0].resource == changed
    with pytest.raises(NotOwnResource):
        await services.curation.change_own(GUILD, id_of(db, "Boat Radar"), title="Mine")
    with pytest.raises(ResourceThere):
        await services.curation.change_own(GUILD, own.id, address="http://www.boat-radar.example")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", " \n", ResourceTitleMissing),
        ("kind", "opera", UnknownWord),
        ("topics", ["astrology"], UnknownTopic),
        ("topics", ["python", "git", "sql", "nlp", "llm", "rag", "gpus"], TooManyTopics),
        ("hours", "soon", UnknownHours),
        ("hours", "401", UnknownHours),
        ("hours", "nan", UnknownHours),
        ("hours", "0", UnknownHours),
    ],
)
async def test_a_field_that_cannot_be_is_refused_and_nothing_is_changed(
    services: Services, field: str, value: object, error: type[UserError]
) -> None:
    await services.curation.take_in(GUILD, [an_entry("Zymurgy")])
    (own,) = await services.curation.own(GUILD)
    with pytest.raises(error):
        await services.curation.change_own(GUILD, own.id, good_for="Something else now.", **{field: value})
    assert await services.curation.own(GUILD) == [own]


# Importing.


async def test_a_file_is_taken_in_by_address_and_a_second_time_changes_nothing(services: Services) -> None:
    file = [an_entry("Zymurgy"), an_entry("Walnuts")]
    assert await services.curation.take_in(GUILD, file) == TakenIn(new=2, changed=0, same=0)
    assert await services.curation.take_in(GUILD, file) == TakenIn(new=0, changed=0, same=2)
    numbers = {one.entry.title: one.id for one in await services.curation.own(GUILD)}
    file[1] = replace(file[1], title="Pecans", address="http://www.walnuts.example")
    assert await services.curation.take_in(GUILD, [*file, an_entry("Figs")]) == TakenIn(1, 1, 1)
    own = await services.curation.own(GUILD)
    assert titles(own) == ["Figs", "Pecans", "Zymurgy"]
    assert own[1].id == numbers["Walnuts"]
    # Taken off and in a file again, it is the one that it was.
    await services.curation.remove(GUILD, numbers["Zymurgy"])
    assert await services.curation.take_in(GUILD, file) == TakenIn(1, 0, 1)
    assert (await services.curation.own(GUILD))[2].id == numbers["Zymurgy"]


async def test_of_a_file_all_is_taken_in_or_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AddressTwice):
        await services.curation.take_in(
            GUILD, [an_entry("Zymurgy"), an_entry("Again", address="http://zymurgy.example")]
        )
    monkeypatch.setattr(shelving, "OWN_AT_MOST", 2)
    with pytest.raises(TooManyOwnResources):
        await services.curation.take_in(GUILD, [an_entry(title) for title in ("One", "Two", "Three")])
    assert await services.curation.own(GUILD) == []
    assert await seen(services) == ALL_ALIVE
    assert (await services.curation.take_in(GUILD, [an_entry("One"), an_entry("Two")])).new == 2
    # What is there already takes no room.
    assert (await services.curation.take_in(GUILD, [an_entry("One"), an_entry("Two")])).same == 2
    assert (await services.curation.take_in(OTHER, [an_entry("Three")])).new == 1


async def test_what_the_catalogue_has_word_for_word_is_not_taken_in_anew(services: Services) -> None:
    assert await services.curation.take_in(GUILD, [replace(FORESTS, slug=None)]) == TakenIn(0, 0, 1)
    assert await services.curation.own(GUILD) == []


# An address that both have.


async def test_where_both_have_an_address_the_servers_own_stands_with_the_members_marks(
    services: Services, db: sqlite3.Connection
) -> None:
    listed_id = id_of(db, "Random Forests")
    await services.resources.thank(GUILD, ADA, listed_id, on=True)
    await services.resources.save(OTHER, ADA, listed_id, on=True)
    mine = an_entry("Forests, our notes", address="http://www.random-forests.example")
    assert await services.curation.take_in(GUILD, [mine]) == TakenIn(0, 1, 0)
    own_id = id_of(db, "Forests, our notes")
    assert await seen(services) == ["Bird Calls", "Boat Radar", "Forests, our notes"]
    assert (await services.resources.show(GUILD, BEN, own_id)).helped == 1
    with pytest.raises(ResourceGone):
        await services.resources.show(GUILD, ADA, listed_id)
    # Nobody else is concerned.
    assert (await services.resources.show(OTHER, ADA, listed_id)).mark.is_saved
    await services.curation.remove(GUILD, own_id)
    assert await seen(services) == ALL_ALIVE
    shown = await services.resources.show(GUILD, ADA, listed_id)
    assert (shown.helped, shown.mark.has_helped) == (1, True)
    await services.curation.bring_back(GUILD, own_id)
    assert (await services.resources.show(GUILD, ADA, own_id)).mark.has_helped
    assert await seen(services) == ["Bird Calls", "Boat Radar", "Forests, our notes"]


async def test_what_a_new_edition_brings_that_a_server_has_stays_the_servers(
    services: Services, db: sqlite3.Connection
) -> None:
    await services.curation.take_in(GUILD, [an_entry("Zymurgy")])
    stock(db, [FORESTS, listed("Zymurgy for all", address="https://zymurgy.example/")], "with zymurgy")
    assert await seen(services) == ["Random Forests", "Zymurgy"]
    assert await seen(services, OTHER) == ["Random Forests", "Zymurgy for all"]


async def test_what_replaces_something_dead_is_shown_in_the_servers_own_words(
    services: Services, db: sqlite3.Connection
) -> None:
    lost = id_of(db, "Lost Atlas")
    assert LOST.replaced_by == BOATS.slug
    shown = await services.resources.show(GUILD, ADA, lost)
    assert shown.replacement is not None
    assert shown.replacement.entry == BOATS
    await services.curation.take_in(GUILD, [an_entry("Radar, our notes", address=BOATS.address)])
    shown = await services.resources.show(GUILD, ADA, lost)
    assert shown.replacement is not None
    assert shown.replacement.entry.title == "Radar, our notes"
    await services.curation.remove(OTHER, id_of(db, "Boat Radar"))
    assert (await services.resources.show(OTHER, ADA, lost)).replacement is None


def test_marks_on_two_resources_are_made_one_and_what_is_there_stays(db: sqlite3.Connection) -> None:
    later = NOW + timedelta(days=1)
    marks_store.save(db, GUILD, ADA, 1, Mark(saved_at=later, helped_at=later))
    marks_store.save(db, GUILD, ADA, 2, Mark(saved_at=NOW, started_at=NOW))
    marks_store.save(db, GUILD, BEN, 1, Mark(finished_at=later))
    marks_store.save(db, OTHER, ADA, 1, Mark(saved_at=later))
    marks_store.move(db, GUILD, 1, 2)
    assert marks_store.of_member(db, GUILD, ADA) == {2: Mark(NOW, NOW, None, later)}
    assert marks_store.of_member(db, GUILD, BEN) == {2: Mark(finished_at=later)}
    assert marks_store.of_member(db, OTHER, ADA) == {1: Mark(saved_at=later)}


async def test_each_change_is_found_at_once(services: Services) -> None:
    async def found(query: str) -> list[str]:
        answer = await services.resources.find(GUILD, ADA, query)
        return titles([one.resource for one in answer.found])

    await services.curation.take_in(GUILD, [an_entry("Zymurgy")])
    assert await found("zymurgy") == ["Zymurgy"]
    (own,) = await services.curation.own(GUILD)
    await services.curation.change_own(GUILD, own.id, title="Walnuts", good_for="Teaches all about nuts.")
    assert await found("walnuts") == ["Walnuts"]
    await services.curation.take_in(GUILD, [an_entry("Pecans")])
    assert await found("pecans") == ["Pecans"]
    await services.curation.remove(GUILD, own.id)
    assert await found("walnuts") == []
    await services.curation.bring_back(GUILD, own.id)
    assert await found("walnuts") == ["Walnuts"]


async def test_a_shelf_that_is_not_held_any_more_is_built_anew(services: Services) -> None:
    for guild in range(1, 20):
        await services.curation.take_in(guild, [an_entry(f"Book of {guild}")])
        assert f"Book of {guild}" in await seen(services, guild)
    assert len(services.resources._shelves._held) == HELD
    assert await seen(services, 1) == sorted([*ALL_ALIVE, "Book of 1"])


def test_the_catalogue_is_read_once_for_all_shelves_and_what_is_a_servers_own_for_it_alone() -> None:
    common = Common()
    listed_one, own = Resource(1, FORESTS), Resource(2, an_entry("Pecans"), GUILD)
    one = common.of(listed_one)
    assert common.of(Resource(1, replace(FORESTS))) is one
    assert common.of(own) is own
    document, of_own = document_of(1, FORESTS), document_of(2, own.entry)
    said = common.read(document, meanings())
    assert said == read(document, meanings())
    assert common.read(replace(document), meanings()) is said
    assert common.read(of_own, meanings()) is not common.read(of_own, meanings())
    # A new edition of the catalogue has the same number for it.
    changed = Resource(1, replace(FORESTS, title="Forests at Random"))
    assert common.of(changed) is changed
    assert common.read(document_of(1, changed.entry), meanings())[0].title == ("forest", "random")
