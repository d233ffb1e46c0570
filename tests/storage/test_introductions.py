"""Introductions over a real database: each member's own, field by field."""

from datetime import UTC, date, datetime, time

import pytest

from bot.checkins.rules import Entry, KindOfWork
from bot.errors import NoIntroduction, NotALink, NotAnEmail, TextTooLong
from bot.introductions.rules import Introduction
from bot.leads import thread_store as leads_store
from bot.leads.threads import Thread, ThreadKind
from bot.services import Services

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20


@pytest.fixture
async def services(services: Services) -> Services:
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    return services


async def know_thread(services: Services, number: int, month: date, kind: ThreadKind) -> None:
    began_at = datetime(month.year, month.month, 2, 15, tzinfo=UTC)
    await services.database.write(leads_store.add_thread, Thread(number, kind, month, began_at), began_at)


async def test_fields_are_changed_one_by_one_and_the_rest_stays(services: Services) -> None:
    assert (await services.introductions.find(GUILD, ADA)).introduction == Introduction()
    await services.introductions.write(GUILD, ADA, location="Porto", remote="Yes", email="ada@ada.example")
    own = await services.introductions.write(GUILD, ADA, remote="", built="A page for surfers.")
    assert own.introduction == Introduction(
        location="Porto", email="ada@ada.example", built="A page for surfers."
    )
    assert (own.wanted, own.direct) == (False, False)
    assert await services.introductions.find(GUILD, ADA) == own


async def test_what_is_wrong_is_refused_and_nothing_is_changed(services: Services) -> None:
    write = services.introductions.write
    before = await write(GUILD, ADA, location="Porto")
    for attempt, error in (
        (write(GUILD, ADA, location="Faro", email="nobody"), NotAnEmail),
        (write(GUILD, ADA, location="Faro", resume="javascript:alert(1)"), NotALink),
        (write(GUILD, ADA, location="F" * 500), TextTooLong),
    ):
        with pytest.raises(error):
            await attempt
    assert await services.introductions.find(GUILD, ADA) == before


async def test_the_wish_for_a_draft_is_kept_with_and_without_anything_written(services: Services) -> None:
    assert (await services.introductions.remind(GUILD, ADA, wanted=True)).wanted
    assert (await services.introductions.write(GUILD, ADA, location="Porto")).wanted
    own = await services.introductions.remind(GUILD, ADA, wanted=False)
    assert (own.wanted, own.introduction.location) == (False, "Porto")


async def test_the_draft_has_what_was_written_and_shown_and_the_newest_thread_of_its_kind(
    services: Services,
) -> None:
    with pytest.raises(NoIntroduction):
        await services.introductions.draft(GUILD, ADA)
    await services.introductions.write(GUILD, ADA, technologies="Python, SQL")
    without = await services.introductions.draft(GUILD, ADA)
    assert (without.thread_url, without.month, without.draft.has_links) == (None, None, False)
    await know_thread(services, 600, date(2026, 2, 1), ThreadKind.SEEKING_WORK)
    await know_thread(services, 700, date(2026, 3, 1), ThreadKind.SEEKING_WORK)
    await know_thread(services, 701, date(2026, 3, 1), ThreadKind.HIRING)
    await services.checkins.report(GUILD, ADA, Entry("https://demo.example", kind=KindOfWork.SHOWING))
    draft = await services.introductions.draft(GUILD, ADA)
    assert draft.thread_url == "https://news.ycombinator.com/item?id=700"
    assert draft.month == date(2026, 3, 1)
    assert "Technologies: Python, SQL" in draft.draft.text
    assert draft.draft.text.endswith("https://demo.example")


async def test_what_one_member_wrote_is_for_nobody_else_and_no_other_server(services: Services) -> None:
    await services.introductions.write(GUILD, ADA, email="ada@ada.example")
    for guild, user in ((GUILD, BEN), (OTHER, ADA)):
        assert (await services.introductions.find(guild, user)).introduction == Introduction()
        with pytest.raises(NoIntroduction):
            await services.introductions.draft(guild, user)
        own = await services.introductions.write(guild, user, location="Faro")
        assert own.introduction == Introduction(location="Faro")
    assert (await services.introductions.find(GUILD, ADA)).introduction == Introduction(
        email="ada@ada.example"
    )
