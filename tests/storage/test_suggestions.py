"""Suggestions of members, and what curators make of them."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest

from bot.errors import NotSetUp, TextTooLong, UserError
from bot.resources import shelving
from bot.resources.curation import SUGGESTIONS_EACH
from bot.resources.entry import Step
from bot.resources.errors import (
    AddressMissing,
    AddressNotPublic,
    AddressNotWeb,
    AddressWithPassword,
    DeclineReasonMissing,
    GoodForMissing,
    ResourceThere,
    ResourceTitleMissing,
    SuggestedAlready,
    SuggestionDecided,
    SuggestionGone,
    TooManyOwnResources,
    TooManySuggestions,
    TopicMissing,
)
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.search.facets import Kind
from bot.services import Services
from tests.clocks import ManualClock
from tests.shelved_resources import FORESTS, an_entry, id_of, stock, titles

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20


@pytest.fixture
async def services(services: Services, db: sqlite3.Connection) -> Services:
    stock(db)
    return services


async def suggest(
    services: Services, name: str = "walnuts", user: int = ADA, guild: int = GUILD
) -> Suggestion:
    return await services.curation.suggest(
        guild,
        user,
        address=f"https://{name}.example/",
        title=f"{name.title()} in Python",
        good_for="Teaches nuts.",
    )


async def test_what_was_not_asked_is_guessed_and_the_address_is_cleaned(
    services: Services, clock: ManualClock
) -> None:
    made = await services.curation.suggest(
        GUILD,
        ADA,
        address=" http://Example.org/nlp?utm_source=x ",
        title="  An NLP   course\n",
        good_for=" Teaches\nNLP. ",
    )
    assert made.entry.address == "http://example.org/nlp"
    assert (made.entry.title, made.entry.good_for) == ("An NLP course", "Teaches NLP.")
    assert (made.entry.kind, made.entry.step, made.entry.topics[0]) == (Kind.COURSE, Step.LEARN, "nlp")
    assert (made.state, made.user_id, made.suggested_at) == (SuggestionState.WAITING, ADA, clock.now())
    assert await services.curation.queue(GUILD) == [made]
    assert await services.curation.queue(OTHER) == []
    assert (await services.resources.of_member(GUILD, ADA)).suggestions == [made]


@pytest.mark.parametrize(
    ("address", "title", "good_for", "error"),
    [
        ("", "Nuts", "", AddressMissing),
        ("javascript:alert(1)", "Nuts", "", AddressNotWeb),
        ("https://me:secret@nuts.example", "Nuts", "", AddressWithPassword),
        ("http://127.0.0.1/", "Nuts", "", AddressNotPublic),
        ("https://nuts.example", " \u200b ", "", ResourceTitleMissing),
        ("https://nuts.example", "x" * 101, "", TextTooLong),
        ("https://nuts.example", "Nuts", "x" * 221, TextTooLong),
    ],
)
async def test_what_cannot_be_kept_is_refused_with_a_sentence(
    services: Services, address: str, title: str, good_for: str, error: type[UserError]
) -> None:
    with pytest.raises(error):
        await services.curation.suggest(GUILD, ADA, address=address, title=title, good_for=good_for)
    assert await services.curation.queue(GUILD) == []


async def test_what_is_there_or_waits_is_not_suggested_again(
    services: Services, db: sqlite3.Connection
) -> None:
    with pytest.raises(ResourceThere) as there:
        await services.curation.suggest(
            GUILD, ADA, address="http://www.random-forests.example?utm_medium=y", title="Forests"
        )
    assert there.value.values["resource_id"] == id_of(db, "Random Forests")
    await suggest(services)
    for user in (ADA, BEN):
        with pytest.raises(SuggestedAlready):
            await suggest(services, user=user)
    assert (await suggest(services, guild=OTHER)).guild_id == OTHER


async def test_so_many_of_a_member_may_wait(services: Services) -> None:
    made = [await suggest(services, f"nut-{number}") for number in range(SUGGESTIONS_EACH)]
    with pytest.raises(TooManySuggestions):
        await suggest(services, "one-too-many")
    await suggest(services, "of-another", BEN)
    await suggest(services, "elsewhere", guild=OTHER)
    await services.curation.decline(GUILD, made[0].id, "Not about learning.")
    await suggest(services, "room-again")
    assert [one.entry.title for one in await services.curation.queue(GUILD)][:2] == [
        made[1].entry.title,
        made[2].entry.title,
    ]


async def test_a_curator_fills_in_and_accepts_and_it_is_found(services: Services, clock: ManualClock) -> None:
    made = await suggest(services)
    changed = await services.curation.change(
        GUILD, made.id, title="Walnuts", kind="book", topics=["audio"], hours="3", step="build", maths=True
    )
    assert changed.entry == replace(
        made.entry,
        title="Walnuts",
        kind=Kind.BOOK,
        topics=("audio",),
        minutes=180,
        step=Step.BUILD,
        maths=True,
    )
    clock.advance(minutes=5)
    resource = await services.curation.accept(GUILD, made.id)
    assert (resource.entry, resource.guild_id) == (changed.entry, GUILD)
    decided = await services.curation.suggestion(GUILD, made.id)
    assert (decided.state, decided.resource_id) == (SuggestionState.ACCEPTED, resource.id)
    assert decided.decided_at == clock.now()
    answer = await services.resources.find(GUILD, BEN, "walnuts")
    assert titles([one.resource for one in answer.found]) == ["Walnuts"]
    assert (await services.resources.find(OTHER, BEN, "walnuts")).found == ()
    with pytest.raises(ResourceThere):
        await suggest(services, user=BEN)


async def test_one_is_declined_with_a_reason_that_its_member_reads(services: Services) -> None:
    made = await suggest(services)
    with pytest.raises(DeclineReasonMissing):
        await services.curation.decline(GUILD, made.id, " \n")
    with pytest.raises(TextTooLong):
        await services.curation.decline(GUILD, made.id, "x" * 301)
    await services.curation.decline(GUILD, made.id, "Only an\nadvertisement.")
    (mine,) = (await services.resources.of_member(GUILD, ADA)).suggestions
    assert (mine.state, mine.reason) == (SuggestionState.DECLINED, "Only an advertisement.")
    # Whoever thinks otherwise may try again.
    assert (await suggest(services, user=BEN)).id != made.id


async def test_of_two_curators_the_second_is_told(services: Services) -> None:
    made = await suggest(services)
    both = await asyncio.gather(
        services.curation.accept(GUILD, made.id),
        services.curation.accept(GUILD, made.id),
        services.curation.decline(GUILD, made.id, "No."),
        services.curation.change(GUILD, made.id, title="Later"),
        return_exceptions=True,
    )
    assert [type(one) for one in both[1:]] == [SuggestionDecided] * 3
    assert len(await services.curation.own(GUILD)) == 1


async def test_what_is_not_whole_or_there_meanwhile_is_not_accepted_and_goes_on_waiting(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = await services.curation.suggest(GUILD, ADA, address="https://bare.example", title="Qqq")
    assert bare.entry.topics == ()
    with pytest.raises(GoodForMissing):
        await services.curation.accept(GUILD, bare.id)
    with pytest.raises(GoodForMissing):
        await services.curation.change(GUILD, bare.id, good_for="  great      ")
    await services.curation.change(GUILD, bare.id, good_for="Shows how.")
    with pytest.raises(TopicMissing):
        await services.curation.accept(GUILD, bare.id)
    await services.curation.change(GUILD, bare.id, topics=["python"])
    await services.curation.take_in(GUILD, [an_entry("Bare", address="http://bare.example/")])
    with pytest.raises(ResourceThere):
        await services.curation.accept(GUILD, bare.id)
    full = await suggest(services)
    monkeypatch.setattr(shelving, "OWN_AT_MOST", 1)
    with pytest.raises(TooManyOwnResources):
        await services.curation.accept(GUILD, full.id)
    assert [one.id for one in await services.curation.queue(GUILD)] == [bare.id, full.id]
    assert titles(await services.curation.own(GUILD)) == ["Bare"]


async def test_another_address_must_be_free(services: Services) -> None:
    one, two = await suggest(services, "one"), await suggest(services, "two")
    with pytest.raises(SuggestedAlready):
        await services.curation.change(GUILD, one.id, address=two.entry.address)
    with pytest.raises(ResourceThere):
        await services.curation.change(GUILD, one.id, address=FORESTS.address)
    changed = await services.curation.change(GUILD, one.id, address="https://one.example/book")
    assert changed.entry.address == "https://one.example/book"
    # What changes nothing needs no leave.
    assert await services.curation.change(GUILD, one.id, address="https://one.example/book") == changed


async def test_no_other_server_sees_or_decides_it(services: Services) -> None:
    made = await suggest(services)
    for attempt in (
        services.curation.suggestion(OTHER, made.id),
        services.curation.change(OTHER, made.id, title="Mine"),
        services.curation.accept(OTHER, made.id),
        services.curation.decline(OTHER, made.id, "No."),
    ):
        with pytest.raises(SuggestionGone):
            await attempt
    assert await services.curation.suggestion(GUILD, made.id) == made


async def test_who_is_forgotten_takes_their_suggestions_along_and_leaves_what_was_taken_in(
    services: Services, db: sqlite3.Connection
) -> None:
    accepted, waiting, declined, others = (
        await suggest(services, "one"),
        await suggest(services, "two"),
        await suggest(services, "four"),
        await suggest(services, "three", BEN),
    )
    await services.curation.decline(GUILD, declined.id, "We have that.")
    own = await services.curation.accept(GUILD, accepted.id)
    await services.database.write(services.curation.forget_member, GUILD, ADA)
    assert await services.curation.queue(GUILD) == [others]
    for gone in (accepted, waiting, declined):
        with pytest.raises(SuggestionGone):
            await services.curation.suggestion(GUILD, gone.id)
    assert await services.curation.own(GUILD) == [own]
    assert services.curation.export_member(db, GUILD, ADA) == {"resource_suggestion": []}
    (given_out,) = services.curation.export_member(db, GUILD, BEN)["resource_suggestion"]
    assert given_out["title"] == "Three in Python"


async def test_a_channel_for_curators_needs_a_server_with_a_zone(services: Services) -> None:
    with pytest.raises(NotSetUp):
        await services.curation.set_up(GUILD, 5)
    settings = await services.curation.settings(GUILD)
    assert (settings.channel_id, settings.next_report) == (None, None)
